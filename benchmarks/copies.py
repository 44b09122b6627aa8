# ruff: noqa: S311, T201  # seeds make it repeatable; it prints its tables
"""How well `povdata.verify` tells honest copies of the article from falsified ones.

    python benchmarks/copies.py [--article PATH] [--seeds N] [--only KIND] [--examples N]

A kind of copy is a table of edits: what is edited, and templates of what comes in its place. Each edit of a copy draws its template and
the fields in it: tags from HTML's elements, characters from Unicode's categories, words and figures from the article itself.

honest      spans that are present in the copy: the share that is good (confirmed or moved), how many are unclear or missing, and how many
            are called contradicted (must be 0)
falsified   spans that were altered, or beside which something was put: how many are confirmed all the same (must be 0), how many are
            shown as contradicted, unclear or missing
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable
from functools import cache, partial
from html import escape
from itertools import accumulate, pairwise
from pathlib import Path
from random import Random
from typing import NamedTuple

import povdata
from measuring import arguments
from povdata import installed
from povdata.chinese import _written as numeral
from povdata.locators import Locator
from povdata.verification import Reading, locate

BLOCKS = """address article aside blockquote center dd details dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header
    hgroup li main menu nav ol p search section summary td th ul""".split()
INLINE = """a abbr acronym b bdi big cite code data dfn em font i ins kbd label mark nobr output q samp small span strong sub sup time tt u
    var x-word""".split()
STYLES = ("display:none", "visibility: hidden", "font-size:0", "color:red;DISPLAY : none", "opacity:0")
HIDDEN = ["hidden", *(f'style="{style}"' for style in STYLES)]
HIDING = "script style template noscript noframes iframe object title s del strike datalist".split()
CATEGORIES = ["Ll", "Lu", "Lm", "Lo", "Nd", "Nl", "No", "Sm", "Sc", "Sk", "So", "Mn", "Me"]
NUMERALS = "一二三四五六七八九十百千万亿两"
GOOD = ("confirmed", "moved")


class Span(NamedTuple):
    """A span with its place in the article."""

    key: str
    kind: str
    line: int
    start: int
    end: int


class Article:
    """The reference edition with its spans."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = text.split("\n")
        begins = [0, *accumulate(len(line) + 1 for line in self.lines)]
        locators = [(span, Locator.parse(span.key), begins[Locator.parse(span.key).line - 1]) for span in povdata.spans]
        spans = (Span(span.key, span.kind, at.line, begin + at.start, begin + at.end) for span, at, begin in locators)
        self.spans = sorted(spans, key=lambda span: (span.start, -span.end))
        self.letters = [character for character in text if character.isalpha() and not character.isascii()]
        self.figures = re.findall(r"\d+(?:\.\d+)?", text)
        self.sections = [(region.first_line - 1, region.last_line) for region in povdata.provinces]

    def word(self, random: Random, longest: int = 4) -> str:
        """Letters of the article that follow each other."""
        at = random.randrange(len(self.letters) - longest)
        return "".join(self.letters[at : at + random.randrange(1, longest + 1)])


# Templates. ---------------------------------------------------------------------------------------------------------------------


class Drawn(dict[str, str]):
    """The fields of a template: parts of the true text, and what is drawn when it is asked for, once."""

    def __init__(self, article: Article, random: Random, true: str) -> None:
        self.article, self.random = article, random
        size = max(len(true), 1)
        first, cut = random.randrange(size), random.randrange(size - 1) + 1 if size > 1 else 1
        last = random.randrange(first, size) + 1
        super().__init__(true=true, start=true[:first], inner=true[first:last], end=true[last:], left=true[:cut], right=true[cut:])

    def __missing__(self, name: str) -> str:
        self[name] = found = FIELDS[name](self)
        return found


@cache
def characters() -> dict[str, list[str]]:
    """The characters of each Unicode category."""
    found: dict[str, list[str]] = {category: [] for category in CATEGORIES}
    for character in map(chr, range(0x110000)):
        category = unicodedata.category(character)
        if category in found and not re.search("VARIATION SELECTOR|FILLER", unicodedata.name(character, "")):
            found[category].append(character)
    return found


def other(drawn: Drawn) -> str:
    """Another figure, date or phrase of the same form."""
    if found := re.search(r"\d", drawn["true"]):
        return drawn["true"].replace(found[0], drawn.random.choice("123456789".replace(found[0], "")), 1)
    return drawn.random.choice("不未非曾另约") + drawn["true"]


def spelt(drawn: Drawn) -> str:
    """A figure in Chinese numerals."""

    def percent(found: re.Match[str]) -> str:
        return f"百分之{numeral(int(found[1]))}{'点' * bool(found[2])}{''.join('零一二三四五六七八九'[int(d)] for d in found[2] or '')}"

    text = re.sub(r"(\d+)(?:\.(\d+))?%", percent, drawn["true"])
    return text if "%" in drawn["true"] else re.sub(r"(?<![\d.])\d+(?![\d.万亿余多])", lambda found: numeral(int(found[0])), text)


def myriads(drawn: Drawn) -> str:
    """A figure in ten thousands instead of with four more digits, or the other way round."""
    if found := re.fullmatch(r"(\d+(?:\.\d+)?)万([^\d余多]*)", drawn["true"]):
        return f"{round(float(found[1]) * 10000)}{found[2]}"
    return re.sub(r"^(\d{4,})(?=[户人名元个](?:以上)?$)", lambda f: f"{int(f[1]) / 10000:.10g}" + "万", drawn["true"])


def iso(drawn: Drawn) -> str:
    """A day as ISO 8601 has it, where the article tells of it in 2020."""
    day = "2020-{:02}-{:02}".format(*map(int, re.findall(r"\d+", drawn["true"])))
    return day if day in {str(delisting.date) for delisting in povdata.delistings} else drawn["true"]


def wrapped(drawn: Drawn) -> str:
    """A line broken after a fixed number of characters."""
    size = drawn.random.randrange(25, 60)
    return "\n".join(drawn["true"][at : at + size] for at in range(0, len(drawn["true"]), size))


def traditional(drawn: Drawn) -> str:
    """Traditional characters, if OpenCC is at hand; else by the table of forms."""
    try:
        import opencc
    except ImportError:
        return "".join(drawn.random.choice(FORMS.get(character, [character])) for character in drawn["true"])
    found: str = opencc.OpenCC(drawn.random.choice(["s2t", "s2tw", "s2hk"])).convert(drawn["true"])
    return found


FORMS: dict[str, list[str]] = defaultdict(list)
for code, simplified in povdata.chinese.VARIANTS.items():
    FORMS[simplified].append(chr(code))


def one_of(*options: str) -> Callable[[Drawn], str]:
    """A field that is one of these."""
    return lambda drawn: drawn.random.choice(options)


FIELDS: dict[str, Callable[[Drawn], str]] = {
    "block": one_of(*BLOCKS),
    "tag": one_of(*INLINE),
    "hidden": one_of(*HIDDEN),
    "hiding": one_of(*HIDING),
    "to": one_of(*"至-—～~或/"),
    "blank": one_of(" ", "\u3000", "\u200b", "\u00ad", "\t", "**"),
    "reference to a blank": one_of("&nbsp;", "&#8203;", "<wbr>"),
    "invisible": one_of(*"\u200b\u200c\u200d\u2060\ufeff\u00ad"),
    "digit": one_of(*"123456789"),
    "figure": lambda drawn: drawn.random.choice(drawn.article.figures),
    "numeral": one_of(*NUMERALS),
    "question mark": one_of("?", "？", "(?)", "??", "¿", "⁇"),
    "word": lambda drawn: drawn.article.word(drawn.random),
    "character": lambda drawn: drawn.article.word(drawn.random, 1),
    "two letters": lambda drawn: "".join(drawn.random.choices(drawn.article.letters, k=2)),
    "word in brackets": lambda drawn: f"({drawn['word']})",
    "name": lambda drawn: drawn.article.word(drawn.random, 3).translate(dict.fromkeys(map(ord, "〇零" + NUMERALS), "某")),
    **{category: lambda drawn, category=category: drawn.random.choice(characters()[category]) for category in CATEGORIES},
    "thing": lambda drawn: drawn[drawn.random.choice(THINGS)],
    "thing as references": lambda drawn: "".join(f"&#{ord(character)};" for character in drawn["thing"]),
    "other": other,
    "struck": lambda drawn: "".join(c + drawn.random.choice("\u0335\u0336\u0337\u0338\u20d2\u20e0") for c in drawn["true"]),
    "wide": lambda drawn: chr(ord(drawn["true"]) + 0xFEE0),
    "reference": lambda drawn: f"&#{ord(drawn['true'])};",
    "escaped": lambda drawn: escape(drawn["true"]),
    "pinyin": lambda drawn: "".join(drawn.random.choice("abcdeghijklmnopqrstuwxyzāéǐò") for _ in drawn["inner"]),
    "spelt": spelt,
    "myriads": myriads,
    "iso": iso,
    "wrapped": wrapped,
    "traditional": traditional,
}
THINGS = ["word", "word in brackets", "character", "digit", "numeral", "question mark", *CATEGORIES]

# Honest copies. -----------------------------------------------------------------------------------------------------------------


class Edit(NamedTuple):
    """What is edited (a pattern, or spans: all, or the figures), by which templates, and how often."""

    what: str
    templates: list[str]
    share: float = 1


def edited(article: Article, random: Random, *edits: Edit) -> str:
    """The article after some edits, one after the other; those of spans first."""
    text = article.text
    for what, templates, share in edits:
        pieces, last = [], 0
        spans = [span[3:] for span in article.spans if what in ("spans", f"{span.kind}s")]
        for start, end in spans or (found.span() for found in re.finditer(what, text)):
            if start >= last and random.random() < share:
                pieces += [text[last:start], random.choice(templates).format_map(Drawn(article, random, text[start:end]))]
                last = end
        text = "".join([*pieces, text[last:]])
    return text


def shuffled(article: Article, random: Random) -> list[int]:
    """The sections in another order."""
    order = [range(*section) for section in random.sample(article.sections, len(article.sections))]
    lines = [number for section in order for number in section]
    return [*range(article.sections[0][0]), *lines, *range(article.sections[-1][1], len(article.lines))]


def left_out(article: Article, random: Random) -> list[int]:
    """Without a third of the sections."""
    gone = {number for section in random.sample(article.sections, 5) for number in range(*section)}
    return [number for number in range(len(article.lines)) if number not in gone]


def columns(article: Article, random: Random) -> str:
    """Two columns of a PDF, line by line."""
    half, size = len(article.text) // 2, random.randrange(18, 30)
    parts = (article.text[:half].replace("\n", ""), article.text[half:].replace("\n", ""))
    left, right = ([part[at : at + size] for at in range(0, half, size)] for part in parts)
    return "\n".join(f"{one}    {other}" for one, other in zip(left, right, strict=False))


LINE = r"(?m)^.*$"
DIGITS = r"(?<=\d)(?=\d)"
PARAGRAPHS = Edit("\n", ["</p>\n<p>"])
PAGE = [
    Edit(LINE, ['<{block} class="c{digit}">{escaped}</{block}>']),
    Edit(r"\A", ["<!DOCTYPE html><html><head><title>15个省区市</title><style>p{{margin:1em}}</style></head><body>"]),
    Edit(r"\Z", ["<script>var n = 62;</script></body></html>"]),
]
EDITED: dict[str, list[Edit]] = {
    "line ends of Windows, and one more": [Edit("\n", ["\r\n"]), Edit(r"\Z", ["\r\n"])],
    "full-width digits and punctuation": [Edit(r"[0-9%,():;?.]", ["{wide}"])],
    "other punctuation": [
        *(Edit(one, list(others)) for one, others in {"“": '「《"', "”": '」》"', "‘": "『〈'", "’": "』〉'"}.items()),
        *(Edit(one, list(others)) for one, others in {"、": ",", ";": "；。", "—": "-"}.items()),
    ],
    "masks restored": [Edit(r"(?<=[支部委级一组织])\*", ["书记"], 0.5), Edit(r"\*+", ["{name}"])],
    "masks dropped": [Edit(r"\*", [""])],
    "lost signs restored": [Edit(r"(?<=[^\s]) (?=[^\s])", ["+"])],
    "paragraphs merged": [Edit("\n", ["", "　"])],
    "paragraphs split": [Edit("。", ["。\r\n\r\n　　"])],
    "a site's lines between": [Edit(r"(?m)$", ["\n{word}{figure}{character}"], 0.4)],
    "a page": PAGE,
    "a page in ASCII": [*PAGE, Edit(r"[^\x00-\x7f]", ["{reference}"])],
    "inline elements within": [Edit("spans", ["{start}<{tag}>{inner}</{tag}>{end}"], 0.2)],
    "lines broken by <br>": [Edit("\n", ["<br>\n"]), Edit(r"\A", ["<div>"]), Edit(r"\Z", ["</div>"])],
    "numbers broken at line ends": [Edit(DIGITS, ["\n", " \n", "\n  ", "\r\n"], 0.05)],
    "numbers broken by <br>": [Edit(DIGITS, ["<br>", "<br />"], 0.05), PARAGRAPHS],
    "lines wrapped and indented": [Edit(LINE, ["{wrapped}"]), Edit(r"(?m)^", ["", "    "])],
    "lines wrapped and quoted": [Edit(LINE, ["{wrapped}"]), Edit(r"(?m)^", ["> "])],
    "mail quotes and bullets": [Edit(r"(?m)^", [">> ", "> ", "• ", "◆ ", "■ ", "- "])],
    "thousands set apart": [Edit(r"(?<![\d.])\d{1,3}(?=\d{3}(?![\d年]))", ["{true},", "{true} ", "{true}\u2009"])],
    "ruby": [Edit("spans", ["{start}<ruby>{inner}<rp>(</rp><rt>{pinyin}</rt><rp>)</rp></ruby>{end}"], 0.2), PARAGRAPHS],
    "Markdown escapes": [Edit(r"[.()!*-]", [r"\{true}"])],
    "Markdown emphasis": [Edit("spans", ["{start}**{inner}**{end}", "{start}__{inner}__{end}"], 0.2)],
    "escaped markup": [Edit(LINE, ["&lt;p&gt;{true}&lt;/p&gt;"])],
    "a feed": [
        Edit(LINE, ["<p>{true}</p>"]),
        Edit(r"\A", ["<?xml version='1.0'?><rss><item><title>x</title><description><![CDATA["]),
        Edit(r"\Z", ["]]></description></item></rss>"]),
    ],
    "invisible characters": [Edit(r"(?s)(?<=.)", ["{invisible}"], 0.2)],
    "blanks between characters": [Edit(r"(?<=[^\d\s])(?=[^\d\s])", [" "])],
    "blanks around numbers": [Edit(r"(?<![\d.\s])(\d+(?:\.\d+)?%?)(?![\d.\s%])", [" {true} "])],
    "radicals of a PDF": [Edit(one, [form]) for one, form in zip("民人年长", "⺠⼈\uf98e⻓", strict=True)],
    "own year before a date": [Edit(r"(?<=\n)(?=\d+月\d+日)(?!12月23日)", ["今年", "2020年"])],
    "Chinese numerals": [Edit("figures", ["{spelt}"], 0.1)],
    "ten thousands": [Edit("figures", ["{myriads}"], 0.15)],
    "ISO dates": [Edit(r"(?<!年)(?<!\d)\d+月\d+日", ["{iso}"])],
    "hidden watermark": [Edit(r"(?s)(?<=.)", ['<span style="font-size:0">{digit}</span>'], 0.05)],
    "traditional characters": [Edit(LINE, ["{traditional}"])],
    "footnote marks": [Edit("spans", ["{true}[1]", "{true}<sup>[2]</sup>", "{true}①", "{true}¹"], 0.03)],
    "running headers of a PDF": [Edit(LINE, ["{wrapped}"]), Edit(r"(?m)$", ["\n\n人民网 第{digit}页\n"], 0.025)],
}
CHOSEN: dict[str, Callable[[Article, Random], list[int]]] = {
    "sections in another order": shuffled,
    "captions dropped": lambda article, _: [number for number, line in enumerate(article.lines) if "(图片来源" not in line],
    "sections left out": left_out,
    "the first third": lambda *_: list(range(45)),
}
HONEST: dict[str, Callable[[Article, Random], str]] = {
    **{kind: lambda article, random, edits=edits: edited(article, random, *edits) for kind, edits in EDITED.items()},
    **{
        kind: lambda article, random, choose=choose: "\n".join(article.lines[number] for number in choose(article, random))
        for kind, choose in CHOSEN.items()
    },
    "two columns of a PDF": columns,
}
TORN = {"two columns of a PDF", "footnote marks", "running headers of a PDF"}
"""Copies that tear sentences apart: their spans may be unclear."""

# Falsified copies. --------------------------------------------------------------------------------------------------------------


def beside(thing: str) -> list[str]:
    """Something before, after and within a span."""
    return [thing + "{true}", "{true}" + thing, "{left}" + thing + "{right}"]


FALSIFIED: dict[str, list[str]] = {
    **{f"{name} beside or within": beside(f"{{{name}}}") for name in THINGS},
    "something in an element": beside("<{tag}>{thing}</{tag}>"),
    "something as references": beside("{thing as references}"),
    "something between blanks": beside("{blank}{thing}{blank}"),
    "something between blanks of a page": beside("{reference to a blank}{thing}{reference to a blank}"),
    "a picture": beside("<img src=1.png>") + beside("<svg><text>1</text></svg>") + beside("<input value=1>") + beside('<img alt="1">'),
    "another": ["{other}"],
    "dropped": [""],
    "true hidden": ["<{tag} {hidden}>{true}</{tag}>", "<{hiding}>{true}</{hiding}>"],
    "true hidden beside another": [
        *("<{tag} {hidden}>{true}</{tag}>{other}", "<{hiding}>{true}</{hiding}>{other}"),
        *("{other}<{tag} {hidden}>{true}</{tag}>", "{other}<{hiding}>{true}</{hiding}>"),
    ],
    "true in brackets beside another": ["{other}({true})", "({true}){other}"],
    "true struck out in Markdown or BBCode": ["~~{true}~~ {other}", "[s]{true}[/s]{other}"],
    "true under strokes": ["{struck}"],
    "a range": ["{other}{to}{true}", "{true}{to}{other}"],
    "turned round by characters": ["\u202e{true}\u202c", "\u202d{true}\u202c"],
    "turned round by elements": ['<bdo dir="rtl">{true}</bdo>', '<span style="unicode-bidi:bidi-override;direction:rtl">{true}</span>'],
    "two neighbours before": ["{two letters}{true}"],
    "two neighbours after": ["{true}{two letters}"],
}
OVER = {"two neighbours before": (2, 0), "two neighbours after": (0, 2)}
"""How many of the article's characters on either side a kind replaces."""


def falsify(article: Article, random: Random, kind: str, apart: int = 12, only: str = "") -> tuple[str, set[str]]:
    """A copy with spans falsified that are far from each other, and the keys of all spans that hold one of these edits.

    Left out are spans before which a question mark may stand, and what is put beside a span and begins as the article goes on
    there: rule 1 asks for two characters.
    """
    text, touched = article.text, set()
    before, after = OVER.get(kind, (0, 0))
    spans = [span for span in article.spans if span.kind != "name" and "?" not in text[span.start - 4 : span.start]]
    spans = [span for span in spans if re.match(only, text[span.start])]
    chosen: list[Span] = []
    for span in random.sample(spans, len(spans)):
        if all(span.end + apart < one.start or one.end + apart < span.start for one in chosen):
            chosen.append(span)
    for span in sorted(chosen, reverse=True, key=lambda span: span.start):
        start, end, own = span.start - before, span.end + after, text[span.start : span.end]
        changed = random.choice(FALSIFIED[kind]).format_map(Drawn(article, random, own))
        sides = Reading(text[max(span.start - 9, 0) : span.start]).text[-2:], Reading(text[span.end : span.end + 9]).text[:2]
        stands, extra = Reading(own).text, Reading(changed).text  # without the signs that reading passes over
        if kind in OVER:
            replaced = text[start : span.start] + text[span.end : end]
            if not replaced.isalpha() or replaced in changed:
                continue
        elif own in changed and (extra[len(stands) :].startswith(sides[1]) or extra[: -len(stands)].endswith(sides[0])):
            continue
        text = text[:start] + changed + text[end:]
        touched |= {one.key for one in article.spans if one.start <= span.start and span.end <= one.end}
    return text, touched


def rearranged(article: Article, random: Random, *, exchange: bool) -> tuple[str, set[str]]:
    """Seven paragraphs under the heading of another province, or exchanged with one there."""
    numbers = [random.randrange(first + 1, last) for first, last in random.sample(article.sections, 14)]
    found = [[line] for line in article.lines]
    for one, two in zip(numbers[:7], numbers[7:], strict=True):
        found[one], found[two] = (found[two], found[one]) if exchange else ([], found[two] + found[one])
    touched = {span.key for span in article.spans if span.line - 1 in numbers[: 14 if exchange else 7]}
    return "\n".join(line for group in found for line in group), touched


def twice(article: Article, random: Random, order: str) -> tuple[str, set[str]]:
    """Both versions, one after the other: of the whole, or of each line in either order."""
    false, touched = falsify(article, random, "another", 100, r"\d")
    if order == "either":
        pairs = ({*pair} for pair in zip(article.lines, false.split("\n"), strict=True))
        return "\n".join(line for pair in pairs for line in random.sample(sorted(pair), len(pair))), touched
    return "\n".join([article.text, false] if order == "true" else [false, article.text]), touched


def swapped(article: Article, random: Random) -> tuple[str, set[str]]:
    """Figures that follow each other change places."""
    text, touched, last = article.text, set(), len(article.text)
    for one, two in reversed(list(pairwise(span for span in article.spans if span.kind == "figure"))):
        a, b = text[one.start : one.end], text[two.start : two.end]
        if a != b and one.end <= two.start and two.end < last - 12 and random.random() < 0.3:
            text = text[: one.start] + b + text[one.end : two.start] + a + text[two.end :]
            touched |= {one.key, two.key}
            last = one.start
    return text, touched


WHOLE: dict[str, Callable[[Article, Random], tuple[str, set[str]]]] = {
    "paragraphs exchanged": partial(rearranged, exchange=True),
    "paragraphs moved": partial(rearranged, exchange=False),
    "both versions, the true one first": partial(twice, order="true"),
    "both versions, the false one first": partial(twice, order="false"),
    "both versions of each line": partial(twice, order="either"),
    "figures swapped": swapped,
}

# The study. ---------------------------------------------------------------------------------------------------------------------


def recall(article: Article, kind: str, seeds: int, examples: list[str]) -> Counter[str]:
    """How the spans that are present are found in honest copies of a kind."""
    counts: Counter[str] = Counter()
    for seed in range(seeds):
        text = HONEST[kind](article, Random(f"{kind}/{seed}"))
        kept = {number for number, line in enumerate(article.lines, 1) if kind not in CHOSEN or line in text}
        for key, passage in locate(text, installed.source()).items():
            present, good = passage.locator.line in kept, passage.status in GOOD
            counts.update(("present", passage.status) if present else ("false",) * good)
            if present != good:
                examples.append(f"seed {seed}: {passage.status} {key} {passage.expected}: {passage.found!r} {passage.reason}")
    return counts


def falsified(article: Article, kind: str, seeds: int, examples: list[str]) -> Counter[str]:
    """How the spans that were falsified are found."""
    counts: Counter[str] = Counter()
    make = WHOLE.get(kind, partial(falsify, kind=kind))
    for seed in range(seeds):
        text, touched = make(article, Random(f"{kind}/{seed}"))
        found = locate(text, installed.source())
        for key in sorted(touched):
            passage = found[key]
            counts.update(("falsified", passage.status))
            if passage.status in GOOD:
                examples.append(f"seed {seed}: {passage.status} {key} {passage.expected}: {passage.found!r} {passage.around}")
    return counts


def main() -> None:
    """Run the study and print both tables."""
    parser = arguments(__doc__)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--only", default="", help="only kinds whose name contains this")
    parser.add_argument("--examples", type=int, default=0, help="show so many failures of each kind")
    options = parser.parse_args()
    article = Article(Path(options.article).read_bytes().decode())
    for name, first, kinds, study in (("honest", "present", HONEST, recall), ("falsified", "falsified", FALSIFIED | WHOLE, falsified)):
        columns = [first, *GOOD, "unclear", "contradicted", "missing", *["false"] * (name == "honest")]
        print(f"{name:42}{''.join(f'{column:>13}' for column in columns)}{'good' if name == 'honest' else 'false':>10}")
        for kind in (kind for kind in kinds if options.only in kind):
            examples: list[str] = []
            counts = study(article, kind, options.seeds, examples)
            good = counts["confirmed"] + counts["moved"]
            last = f"{good / max(1, counts['present']):10.2%}" if name == "honest" else f"{good:10}"
            print(f"{kind:42}{''.join(f'{counts[column]:13}' for column in columns)}{last}", flush=True)
            print(*(f"     - {example}\n" for example in examples[: options.examples]), sep="", end="")


if __name__ == "__main__":
    main()
