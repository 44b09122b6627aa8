# ruff: noqa: S311, T201  # kinds are a table of lambdas; seeds make it repeatable; it prints its tables
"""How well `povdata.verify` tells honest copies of the article from falsified ones.

    python benchmarks/copies.py [--article PATH] [--seeds N] [--json] [--only KIND] [--examples N]

Copies are drawn, not listed: tags from HTML's elements, characters from Unicode's categories, words and places from the article itself.

honest      spans that are present in the copy: the share that is good (confirmed or moved), how many are unclear or missing, and how many
            are called contradicted (must be 0)
falsified   spans that were altered, or beside which something was put: how many are confirmed all the same (must be 0), how many are
            shown as contradicted, unclear or missing
"""

import argparse
import json
import os
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache
from html import escape
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import NamedTuple

import povdata
from povdata import installed
from povdata.locators import Locator
from povdata.verification import Reading, locate

BLOCKS = "address article aside blockquote center dd details dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup li "
BLOCKS += "main menu nav ol p pre search section summary table td th tr ul"
INLINE = "a abbr acronym b bdi big cite code data dfn em font i ins kbd label mark nobr output q samp small span strong sub sup time tt u var x-word"
HIDDEN = [
    "hidden",
    'style="display:none"',
    "style='visibility: hidden'",
    'style="font-size:0"',
    'style="color:red;DISPLAY : none"',
    'style="opacity:0"',
]
HIDING = ["script", "style", "template", "noscript", "noframes", "iframe", "object", "title", "s", "del", "strike", "datalist"]
NUMERALS = dict.fromkeys(map(ord, "〇零一二三四五六七八九十百千万亿两"), "某")
NUMBERS = re.compile(r"\d+(?:\.\d+)?")


class Span(NamedTuple):
    """A span with its place in the article."""

    key: str
    kind: str
    start: int
    end: int


class Article:
    """The reference edition with its spans."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = text.split("\n")
        self.begins = [0]
        for line in self.lines:
            self.begins.append(self.begins[-1] + len(line) + 1)
        self.spans = []
        for span in povdata.spans:
            at = Locator.parse(span.key)
            self.spans.append(Span(span.key, span.kind, self.begins[at.line - 1] + at.start, self.begins[at.line - 1] + at.end))
        self.letters = [character for character in text if character.isalpha() and not character.isascii()]
        self.sections = [(region.first_line - 1, region.last_line) for region in povdata.provinces]

    def word(self, random: Random, longest: int = 4) -> str:
        """Letters of the article that follow each other."""
        at = random.randrange(len(self.letters) - longest)
        return "".join(self.letters[at : at + random.randrange(1, longest + 1)])


@cache
def characters(category: str) -> list[str]:
    """The characters of a Unicode category."""
    return [
        character
        for code in range(0x110000)
        if unicodedata.category(character := chr(code)) == category
        and not re.search("VARIATION SELECTOR|FILLER", unicodedata.name(character, ""))
    ]


# Honest copies: text → text, with the lines that are left if some are not. ------------------------------------------------------------

Honest = Callable[[Article, Random], str]


def drawn(
    article: Article,
    random: Random,
    share: float,
    change: Callable[[str], str],
    kinds: Iterable[str] = ("figure", "date", "name", "phrase"),
) -> str:
    """The article with some of its spans changed, none of which overlap."""
    edits, last = [], -1
    for span in sorted(article.spans, key=lambda span: span.start):
        if span.start > last and span.kind in kinds and random.random() < share:
            edits.append((span.start, span.end))
            last = span.end
    text = article.text
    for start, end in reversed(edits):
        text = text[:start] + change(text[start:end]) + text[end:]
    return text


def cut(text: str, random: Random) -> int:
    """A place within a text."""
    return random.randrange(1, len(text)) if len(text) > 1 else 1


def within(article: Article, random: Random, make: Callable[[str, str, str], str]) -> str:
    """Something around a few characters within spans."""

    def change(text: str) -> str:
        start = random.randrange(len(text))
        end = random.randrange(start, len(text)) + 1
        return make(text[:start], text[start:end], text[end:])

    return drawn(article, random, 0.2, change)


def tags(article: Article, random: Random) -> str:
    """Inline elements within spans."""

    def make(before: str, inner: str, after: str) -> str:
        tag = random.choice(INLINE.split())
        return f"{before}<{tag}>{inner}</{tag}>{after}"

    return within(article, random, make)


def page(article: Article, random: Random) -> str:
    """A page whose paragraphs are blocks of any kind."""
    tag = random.choice([tag for tag in BLOCKS.split() if tag not in ("tr", "table", "dialog", "pre")])
    body = "\n".join(f'<{tag} class="c{random.randrange(9)}">{escape(line)}</{tag}>' for line in article.lines)
    return f"<!DOCTYPE html><html><head><title>15个省区市</title><style>p{{margin:1em}}</style></head><body>{body}<script>var n = 62;</script></body></html>"


def in_numbers(article: Article, random: Random, separators: list[str], share: float = 0.3) -> str:
    """Something between the digits of some numbers."""
    return re.sub(
        r"(?<![\d.])\d{2,}(?![\d.])",
        lambda found: (
            found[0][: (at := cut(found[0], random))] + random.choice(separators) + found[0][at:] if random.random() < share else found[0]
        ),
        article.text,
    )


def thousands(separator: str) -> Honest:
    """Thousands set apart."""
    return lambda article, _: re.sub(r"(?<![\d.])(\d{1,3})(\d{3})(?![\d年])", rf"\g<1>{separator}\g<2>", article.text)


def numeral(number: int) -> str:
    """A number in Chinese numerals."""
    from povdata.chinese import _written

    return _written(number)


def spelt(article: Article, random: Random) -> str:
    """Figures in Chinese numerals."""

    def change(text: str) -> str:
        if "%" in text:
            return re.sub(
                r"(\d+)(?:\.(\d+))?%",
                lambda f: "百分之" + numeral(int(f[1])) + (f"点{''.join('零一二三四五六七八九'[int(d)] for d in f[2])}" if f[2] else ""),
                text,
            )
        return re.sub(r"(?<![\d.])\d+(?![\d.万亿余多])", lambda f: numeral(int(f[0])), text)

    return drawn(article, random, 0.1, change, ("figure",))


def myriads(article: Article, random: Random) -> str:
    """Numbers in ten thousands instead of with four more digits, and the other way round."""

    def change(text: str) -> str:
        if found := re.fullmatch(r"(\d+(?:\.\d+)?)万(\D*)", text):
            return f"{round(float(found[1]) * 10000)}{found[2]}" if "余" not in text and "多" not in text else text
        return re.sub(r"^(\d{4,})(?=[户人名元个](?:以上)?$)", lambda f: f"{int(f[1]) / 10000:.4f}".rstrip("0").rstrip(".") + "万", text)

    return drawn(article, random, 0.15, change, ("figure",))


def iso(article: Article, _: Random) -> str:
    """Days as ISO 8601 has them, with the year that the article means."""
    days = {str(item.date): item for item in povdata.delistings if item.date and len(str(item.date)) == 10}
    text = article.text
    for day in days:
        year, month, date = day.split("-")
        text = re.sub(rf"(?<!年)(?<!\d){int(month)}月{int(date)}日", day, text) if year == "2020" else text
    return text


def lines(change: Callable[[str, int], str], end: str = "\n") -> Honest:
    """Every line changed."""
    return lambda article, _: end.join(change(line, number) for number, line in enumerate(article.lines))


def wrapped(end: str, width: tuple[int, int] = (25, 60)) -> Honest:
    """Lines broken after a fixed number of characters."""

    def make(article: Article, random: Random) -> str:
        size = random.randrange(*width)
        return "\n".join(end.join(line[at : at + size] for at in range(0, len(line), size)) for line in article.lines)

    return make


def adverts(article: Article, random: Random) -> str:
    """A site's lines between paragraphs, made of the article's own words and figures."""
    figures = NUMBERS.findall(article.text)
    return "\n".join(
        line + f"\n{article.word(random)}{random.choice(figures)}{article.word(random)}" * (random.random() < 0.4) for line in article.lines
    )


def columns(article: Article, random: Random) -> str:
    """Two columns of a PDF, line by line; it may be unclear."""
    half = len(article.text) // 2
    size = random.randrange(18, 30)
    left, right = (
        [part[at : at + size] for at in range(0, half, size)]
        for part in (article.text[:half].replace("\n", ""), article.text[half:].replace("\n", ""))
    )
    return "\n".join(f"{one}    {other}" for one, other in zip(left, right, strict=False))


def shuffled(article: Article, random: Random) -> str:
    """The sections in another order."""
    order = random.sample(article.sections, len(article.sections))
    middle = [line for first, last in order for line in article.lines[first:last]]
    return "\n".join([*article.lines[: article.sections[0][0]], *middle, *article.lines[article.sections[-1][1] :]])


def left_out(article: Article, random: Random) -> str:
    """Without a third of the sections."""
    gone = {number for first, last in random.sample(article.sections, 5) for number in range(first, last)}
    return "\n".join(line for number, line in enumerate(article.lines) if number not in gone)


def converted(name: str) -> Honest:
    """In traditional characters, if OpenCC is at hand; else by the table of forms, at random."""

    def make(article: Article, random: Random) -> str:
        try:
            import opencc
        except ImportError:
            forms: dict[str, list[str]] = {}
            for code, one in povdata.chinese.VARIANTS.items():
                forms.setdefault(one, []).append(chr(code))
            return "".join(random.choice(forms.get(character, [character])) for character in article.text)
        found: str = opencc.OpenCC(name).convert(article.text)
        return found

    return make


def sprinkled(article: Article, random: Random, what: Callable[[], str], rate: float) -> str:
    """Something that says nothing between any two characters."""
    return "".join(character + what() * (random.random() < rate) for character in article.text)


HONEST: dict[str, Honest] = {
    "the article with another last line": lambda a, _: a.text + "\n",
    "line ends of Windows": lambda a, _: a.text.replace("\n", "\r\n"),
    "full-width digits and punctuation": lambda a, _: a.text.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789%,():;?."}),
    "other quotation marks": lambda a, r: a.text.translate(
        dict(zip(map(ord, "“”‘’"), r.choice(["「」『』", '""' + "''", "《》〈〉"]), strict=True))
    ),
    "other commas and stops": lambda a, r: a.text.translate({ord("、"): ",", ord(";"): r.choice("；。"), ord("—"): "-"}),
    "masks restored": lambda a, r: re.sub(r"\*+", lambda _: a.word(r, 3).translate(NUMERALS), a.text),
    "masks restored as secretary": lambda a, _: re.sub(r"(?<=[支部委级一组织])\*", "书记", a.text),
    "masks dropped": lambda a, _: a.text.replace("*", ""),
    "lost signs restored": lambda a, _: re.sub(r"(?<=[^\s]) (?=[^\s])", "+", a.text),
    "paragraphs merged": lambda a, _: a.text.replace("\n", ""),
    "paragraphs merged with blanks": lambda a, _: a.text.replace("\n", "　"),
    "paragraphs split": lambda a, _: a.text.replace("。", "。\r\n\r\n　　"),
    "captions dropped": lambda a, _: "\n".join(line for line in a.lines if "(图片来源" not in line),
    "sections left out": left_out,
    "the first third": lambda a, _: "\n".join(a.lines[:45]),
    "sections in another order": shuffled,
    "a site's lines between": adverts,
    "a page": page,
    "a page in ASCII": lambda a, r: page(a, r).encode("ascii", "xmlcharrefreplace").decode(),
    "inline elements within": tags,
    "lines broken by <br>": lambda a, _: "<div>" + a.text.replace("\n", "<br>\n") + "</div>",
    "numbers broken at line ends": lambda a, r: in_numbers(a, r, ["\n", " \n", "\n  ", "\r\n"], 0.05),
    "numbers broken by <br>": lambda a, r: "<p>" + in_numbers(a, r, ["<br>", "<br />"], 0.05).replace("\n", "</p>\n<p>") + "</p>",
    "lines wrapped": wrapped("\n"),
    "lines wrapped and indented": wrapped("\n    "),
    "lines wrapped and quoted": lambda a, r: "\n".join(f"> {line}" for line in wrapped("\n")(a, r).split("\n")),
    "mail quotes": lines(lambda line, _: ">> " + line),
    "bullets": lines(lambda line, n: "•◆■- "[n % 4] + " " + line),
    "thousands with commas": thousands(","),
    "thousands with blanks": thousands(" "),
    "thousands with thin blanks": thousands("\u2009"),
    "ruby": lambda a, r: (
        "<p>"
        + within(
            a,
            r,
            lambda b, i, e: (
                f"{b}<ruby>{i}<rp>(</rp><rt>{''.join(r.choice('abcdeghijklmnopqrstuwxyzāéǐò') for _ in i)}</rt><rp>)</rp></ruby>{e}"
            ),
        ).replace("\n", "</p><p>")
    ),
    "Markdown escapes": lambda a, _: re.sub(r"([.()!*-])", r"\\\1", a.text),
    "Markdown emphasis": lambda a, r: within(a, r, lambda b, i, e: f"{b}{(m := r.choice(['**', '__']))}{i}{m}{e}"),
    "escaped markup": lines(lambda line, _: f"&lt;p&gt;{line}&lt;/p&gt;"),
    "a feed": lambda a, _: (
        f"<?xml version='1.0'?><rss><item><title>x</title><description><![CDATA[{''.join(f'<p>{x}</p>' for x in a.lines)}]]></description></item></rss>"
    ),
    "invisible characters": lambda a, r: sprinkled(a, r, lambda: r.choice("\u200b\u200c\u200d\u2060\ufeff\u00ad"), 0.2),
    "blanks between characters": lambda a, _: re.sub(r"(?<=[^\d\s])(?=[^\d\s])", " ", a.text),
    "blanks around numbers": lambda a, _: re.sub(r"(?<![\d.\s])(\d+(?:\.\d+)?%?)(?![\d.\s%])", r" \1 ", a.text),
    "radicals of a PDF": lambda a, _: a.text.replace("民", "⺠").replace("人", "⼈").replace("年", "年").replace("长", "⻓"),
    "own year before a date": lambda a, r: re.sub(
        r"\n(\d+月\d+日)", lambda f: f"\n{r.choice(['今年', '2020年'])}{f[1]}" if f[1] != "12月23日" else f[0], a.text
    ),
    "Chinese numerals": spelt,
    "ten thousands": myriads,
    "ISO dates": iso,
    "hidden watermark": lambda a, r: sprinkled(a, r, lambda: f'<span style="font-size:0">{r.randrange(99)}</span>', 0.05),
    "footnote marks": lambda a, r: drawn(a, r, 0.03, lambda t: t + r.choice(["[1]", "<sup>[2]</sup>", "①", "¹"])),
    "running headers of a PDF": lambda a, r: "".join(
        line + "\n" + (f"\n人民网 第{n}页\n" if n % 40 == 39 else "") for n, line in enumerate(wrapped("\n")(a, r).split("\n"))
    ),
    "two columns of a PDF": columns,
    "traditional (s2t)": converted("s2t"),
    "traditional (s2tw)": converted("s2tw"),
    "traditional (s2hk)": converted("s2hk"),
}

# Falsified copies: a span → what stands in its place. ------------------------------------------------------------------------------

Falsified = Callable[[Article, Random, str], str]


def other(random: Random, text: str) -> str:
    """Another figure, date or phrase of the same form."""
    if found := re.search(r"\d", text):
        digit = random.choice([d for d in "123456789" if d != found[0]])
        return text[: found.start()] + digit + text[found.end() :]
    return random.choice("不未非曾另约") + text


def put(side: str, what: Callable[[Article, Random], str]) -> Falsified:
    """Something before, after or within a span."""

    def make(article: Article, random: Random, text: str) -> str:
        thing = what(article, random)
        at = {"before": 0, "after": len(text), "within": cut(text, random)}[side]
        return text[:at] + thing + text[at:]

    return make


def tagged(thing: Callable[[Article, Random], str]) -> Callable[[Article, Random], str]:
    """The same in an element."""

    def make(article: Article, random: Random) -> str:
        tag = random.choice(INLINE.split())
        return f"<{tag}>{thing(article, random)}</{tag}>"

    return make


def referenced(thing: Callable[[Article, Random], str]) -> Callable[[Article, Random], str]:
    """The same as references."""
    return lambda article, random: "".join(f"&#{ord(c)};" for c in thing(article, random))


def spaced(thing: Callable[[Article, Random], str]) -> Callable[[Article, Random], str]:
    """The same with blanks or what has no width around it."""

    def make(article: Article, random: Random) -> str:
        blank = random.choice([" ", "\u3000", "\u200b", "\u00ad", "\t", "&nbsp;", "&#8203;", "<wbr>", "**"])
        return f"{blank}{thing(article, random)}{blank}"

    return make


THINGS: dict[str, Callable[[Article, Random], str]] = {
    "a word of the article": lambda a, r: a.word(r),
    "a character of the article": lambda a, r: a.word(r, 1),
    "a digit": lambda _, r: r.choice("123456789"),
    "a Chinese numeral": lambda _, r: r.choice("一二三四五六七八九十百千万亿两"),
    **{
        f"a character of {c}": (lambda _, r, c=c: r.choice(characters(c)))
        for c in ["Ll", "Lu", "Lm", "Lo", "Nd", "Nl", "No", "Sm", "Sc", "Sk", "So", "Mn", "Me"]
    },
    "a word in brackets": lambda a, r: f"({a.word(r)})",
    "a question mark": lambda _, r: r.choice(["?", "？", "(?)", "??", "¿", "⁇"]),
}


def hiding(random: Random, text: str) -> str:
    """A span that is not shown."""
    if random.random() < 0.5:
        tag = random.choice(INLINE.split())
        return f"<{tag} {random.choice(HIDDEN)}>{text}</{tag}>"
    tag = random.choice(HIDING)
    return f"<{tag}>{text}</{tag}>"


FALSIFIED: dict[str, Falsified] = {
    **{f"{name} {side}": put(side, thing) for name, thing in THINGS.items() for side in ("before", "within", "after")},
    **{
        f"{name} {side}, {how}": put(side, wrap(THINGS[name]))
        for name in ("a word of the article", "a digit", "a character of So")
        for side in ("before", "after")
        for how, wrap in (("in an element", tagged), ("as references", referenced), ("with blanks", spaced))
    },
    "another figure": lambda _, r, t: other(r, t),
    "one digit more": lambda _, r, t: r.choice("123456789") + t if re.match(r"\d", t) else other(r, t),
    "true hidden before another": lambda _, r, t: hiding(r, t) + other(r, t),
    "true hidden after another": lambda _, r, t: other(r, t) + hiding(r, t),
    "true hidden": lambda _, r, t: hiding(r, t),
    "true in brackets after another": lambda _, r, t: f"{other(r, t)}({t})",
    "true in brackets before another": lambda _, r, t: f"({t}){other(r, t)}",
    "struck out in Markdown": lambda _, r, t: f"~~{t}~~ {other(r, t)}",
    "struck out in BBCode": lambda _, r, t: f"[s]{t}[/s]{other(r, t)}",
    "strokes": lambda _, r, t: "".join(c + r.choice("\u0335\u0336\u0337\u0338\u20d2\u20e0") for c in t),
    "turned round": lambda _, r, t: r.choice(
        ["\u202e{}\u202c", '<bdo dir="rtl">{}</bdo>', "\u202d{}\u202c", '<span style="unicode-bidi:bidi-override;direction:rtl">{}</span>']
    ).format(t),
    "range before": lambda _, r, t: f"{other(r, t)}{r.choice(['至', '-', '—', '～', '~', '或', '/'])}{t}",
    "range after": lambda _, r, t: f"{t}{r.choice(['至', '-', '—', '～', '~', '或', '/'])}{other(r, t)}",
    "a picture before": lambda _, r, t: r.choice(["<img src=1.png>", "<svg><text>1</text></svg>", "<input value=1>", '<img alt="1">']) + t,
    "dropped": lambda *_: "",
    "two neighbours replaced": lambda a, r, t: "\0" + t,
}


def falsify(article: Article, random: Random, make: Falsified, kinds: tuple[str, ...]) -> tuple[str, set[str]]:
    """A copy with some spans falsified, far from each other, and the keys of those.

    Left out are spans before which a question mark may stand, and what is put beside a span and begins as the article goes on there: rule 1 asks
    for two characters.
    """
    spans = [span for span in article.spans if span.kind in kinds and "?" not in article.text[span.start - 4 : span.start]]
    chosen: list[Span] = []
    for span in random.sample(spans, len(spans)):
        if all(span.end + 12 < one.start or one.end + 12 < span.start for one in chosen):
            chosen.append(span)
    text, touched = article.text, set()
    for span in sorted(chosen, key=lambda span: -span.start):
        own = text[span.start : span.end]
        changed = make(article, random, own)
        start = span.start
        if changed[:1] == "\0":  # the two characters before are others
            start -= 2
            changed = article.word(random, 2)[:1] + random.choice(article.letters) + changed[1:]
            if not text[start : span.start].isalpha() or text[start : span.start] == changed[:2]:
                continue
        around = Reading(text[span.end : span.end + 9]).text[:2], Reading(text[max(span.start - 9, 0) : span.start]).text[-2:]
        stands, extra = Reading(own).text, Reading(changed).text  # without the signs that reading passes over
        if own in changed and (extra[len(stands) :].startswith(around[0]) or extra[: -len(stands)].endswith(around[1])):
            continue
        text = text[:start] + changed + text[span.end :]
        touched.add(span.key)
    return text, touched


def exchanged(article: Article, random: Random, pick: Callable[[Random], tuple[int, int]]) -> tuple[str, set[str]]:
    """Two lines exchanged; what stands in them."""
    one, two = pick(random)
    found = list(article.lines)
    found[one], found[two] = found[two], found[one]
    return "\n".join(found), {span.key for span in article.spans if Locator.parse(span.key).line - 1 in (one, two)}


def paragraphs(article: Article, random: Random) -> tuple[str, set[str]]:
    """Two paragraphs of different provinces exchanged."""

    def pick(random: Random) -> tuple[int, int]:
        (a, b), (c, d) = random.sample(article.sections, 2)
        return random.randrange(a + 1, b), random.randrange(c + 1, d)

    return exchanged(article, random, pick)


def moved_line(article: Article, random: Random) -> tuple[str, set[str]]:
    """A paragraph under the heading of another province."""
    (a, b), (c, d) = random.sample(article.sections, 2)
    one, two = random.randrange(a + 1, b), random.randrange(c + 1, d)
    found = list(article.lines)
    line = found.pop(one)
    found.insert(two - (one < two) + 1, line)
    return "\n".join(found), {span.key for span in article.spans if Locator.parse(span.key).line - 1 == one}


def twice(article: Article, random: Random) -> tuple[str, set[str]]:
    """Both versions in one copy: whole, a paragraph or a sentence, before or after."""
    spans = [span for span in article.spans if span.kind == "figure" and re.match(r"\d", article.text[span.start])]
    span = random.choice(spans)
    changed = article.text[: span.start] + other(random, article.text[span.start : span.end]) + article.text[span.end :]
    line = Locator.parse(span.key).line - 1
    kind = random.choice(["whole", "line"])
    if kind == "whole":
        text = "\n".join(random.sample([changed, article.text], 2))
    else:
        false = changed.split("\n")[line]
        rows = list(article.lines)
        rows[line : line + 1] = random.sample([false, rows[line]], 2)
        text = "\n".join(rows)
    touched = {one.key for one in article.spans if one.start <= span.start and span.end <= one.end}
    return text, touched


def swapped(article: Article, random: Random) -> tuple[str, set[str]]:
    """Figures that follow each other change places."""
    figures = sorted((span for span in article.spans if span.kind == "figure"), key=lambda span: span.start)
    text, touched, last = article.text, set(), len(article.text)
    for one, two in reversed(list(pairwise(figures))):
        a, b = article.text[one.start : one.end], article.text[two.start : two.end]
        if a != b and one.end <= two.start and two.end < last - 12 and random.random() < 0.3:
            text = text[: one.start] + b + text[one.end : two.start] + a + text[two.end :]
            touched |= {one.key, two.key}
            last = one.start
    return text, touched


WHOLE: dict[str, Callable[[Article, Random], tuple[str, set[str]]]] = {
    "paragraphs exchanged": paragraphs,
    "paragraph moved": moved_line,
    "both versions": twice,
    "figures swapped": swapped,
}
REPEATS = 12
"""So often with each seed where one copy has one falsification."""
COMPARED = {"figure": ("figure",), "date": ("date",), "phrase": ("phrase",)}


def statuses(text: str) -> dict[str, str]:
    """The status of each span in a copy."""
    return {key: passage.status for key, passage in locate(text, installed.source()).items()}


def recall(article: Article, kind: str, seeds: int, examples: list[str]) -> Counter[str]:
    """How the spans that are present are found in honest copies of a kind."""
    counts: Counter[str] = Counter()
    for seed in range(seeds):
        text = HONEST[kind](article, Random(f"{kind}/{seed}"))
        found = locate(text, installed.source())
        removed = kind in ("captions dropped", "sections left out", "the first third")
        kept = {number for number, line in enumerate(article.lines, 1) if line in text} if removed else None
        for key, passage in found.items():
            if kept is None or passage.locator.line in kept:
                counts["present"] += 1
                counts[passage.status] += 1
                if passage.status not in ("confirmed", "moved"):
                    examples.append(f"seed {seed}: {passage.status} {key} {passage.expected}: {passage.found!r} {passage.reason}")
            elif passage.status in ("confirmed", "moved"):
                counts["false"] += 1
                examples.append(f"seed {seed}: FALSE {key} {passage.expected}: {passage.found!r}")
    return counts


def falsified(article: Article, kind: str, seeds: int, examples: list[str]) -> Counter[str]:
    """How the spans that were falsified are found."""
    counts: Counter[str] = Counter()
    for seed in range(seeds):
        random = Random(f"{kind}/{seed}")
        if kind in WHOLE:
            copies = [WHOLE[kind](article, random) for _ in range(REPEATS if kind != "figures swapped" else 1)]
        else:
            copies = [falsify(article, random, FALSIFIED[kind], kinds) for kinds in COMPARED.values()]
        for text, touched in copies:
            found = locate(text, installed.source())
            for key in touched:
                status = found[key].status
                counts["falsified"] += 1
                counts[status] += 1
                if status in ("confirmed", "moved"):
                    examples.append(f"seed {seed}: {status} {key} {found[key].expected}: {found[key].found!r} {found[key].around}")
    return counts


def main() -> int:
    """Run the study and print both tables."""
    parser = argparse.ArgumentParser(description="How well honest copies are told from falsified ones.")
    parser.add_argument("--article", type=Path, help="the reference edition; else POVDATA_ARTICLE or ../shared/article.txt")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--only", help="only kinds whose name contains this")
    parser.add_argument("--examples", type=int, default=0, help="show so many failures of each kind")
    options = parser.parse_args()
    path = options.article or Path(os.environ.get("POVDATA_ARTICLE") or Path(__file__).parents[2] / "shared" / "article.txt")
    try:
        article = Article(path.read_bytes().decode())
    except OSError as error:
        print(f"cannot read the article: {error}; give its path with --article", file=sys.stderr)
        return 1
    rows: dict[str, dict[str, dict[str, int]]] = {"honest": {}, "falsified": {}}
    for name, kinds, study in (("honest", HONEST, recall), ("falsified", FALSIFIED | WHOLE, falsified)):
        first = "present" if name == "honest" else "falsified"
        columns = [first, "confirmed", "moved", "unclear", "contradicted", "missing", *["false"] * (name == "honest")]
        if not options.json:
            print(f"{name:52}{''.join(f'{column:>13}' for column in columns)}{'good' if name == 'honest' else 'false':>10}")
        for kind in kinds:
            if not options.only or options.only in kind:
                examples: list[str] = []
                counts = study(article, kind, options.seeds, examples)
                rows[name][kind] = dict(counts)
                good = counts["confirmed"] + counts["moved"]
                if not options.json:
                    last = f"{good / max(1, counts['present']):10.2%}" if name == "honest" else f"{good:10}"
                    print(f"{kind:52}{''.join(f'{counts[column]:13}' for column in columns)}{last}", flush=True)
                    for example in examples[: options.examples]:
                        print("     -", example)
    if options.json:
        print(json.dumps({"seeds": options.seeds, **rows}, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
