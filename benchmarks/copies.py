# ruff: noqa: S311, T201  # seeds make it repeatable; it prints its table
"""How well matching finds the dataset's spans in copies of the article that differ, and whether it can be fooled.

    python benchmarks/copies.py [--article PATH] [--seeds N] [--json] [--only KIND] [--examples N]

Each kind of difference is applied to the reference edition with seeds 0 to N-1. Every character of a copy carries the place in the
reference edition that it comes from, so what is truly there is known from the edits alone; nothing here asks the matcher. A span is truly
there where its letters, digits, percent signs and decimal points all survive, next to each other, and no number of it was lengthened.

recall      spans truly there that are confirmed or moved
same        spans not truly there, but the same characters stand beside the article's own: one of two equal passages was dropped
false       other spans not truly there that are confirmed or moved all the same (must be 0); a figure or date beside which a word was put
            that makes it another one (about, or more, since, a minus sign) is not truly there
misplaced   spans truly there that are found in another place than their own
shown       falsified figures that are reported as contradicted, with the characters that stand there
"""

import argparse
import json
import os
import re
import sys
import time
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import NamedTuple

import povdata
from povdata.canonical import Fingerprint, fingerprints
from povdata.locators import Locator
from povdata.matching import match
from povdata.verification import locate

FOREIGN = -1
"""Origin of a character that is not the article's."""
SILENT = -2
"""Origin of a character that a reader does not see as text: markup, or a separator within a number."""

DIGITS = "0123456789"
NUMERALS = DIGITS + "〇零一二两三四五六七八九十百千万亿"
NUMBER = re.compile(r"\d+(?:\.\d+)?")
RESTORED = ("书记", "总书记", "第一书记", "锐", "习近平", "习近平总书记", "各级书记", "股东")
ADVERTS = (
    "【广告】{a}元起,{b}天无理由退换,全场{c}折!",
    "相关阅读:{c}县市{a}年工作综述 阅读{b}次",
    "责任编辑:小王({a}-{b}-{c} {b}:{c})",
    "扫码关注,已有{a}人加入;客服电话{b}-{a}",
    "上一页 1 2 3 {c} 下一页 共{b}页",
    "热点:{b}个贫困村、{c}个贫困县、{a}名党员、{c}%",
)


BESIDE = {
    "figure": (("约", "近", "超过", "不到", "不足", "至少", "最多", "-"), ("以上", "以下", "余", "多", "左右", "以内")),
    "date": (("截至", "自", "约"), ("以来", "以前", "前后", "底", "初")),
}
"""Words before and after a figure, and a date, that make it say something else."""


class Span(NamedTuple):
    """A span with its fingerprint, as the dataset keeps it."""

    key: str
    kind: str
    text: str | None
    digest: str | None
    position: int
    lengths: tuple[int, ...] | None
    neighbours: str


class Copy:
    """A text whose characters know where they come from."""

    def __init__(self, characters: Sequence[str], origins: Sequence[int]) -> None:
        self.characters = list(characters)
        self.origins = list(origins)
        self.qualified: set[str] = set()  # keys of the spans beside which a word was put that alters them

    @property
    def text(self) -> str:
        """The text."""
        return "".join(self.characters)

    def edit(self, edits: list[tuple[int, int, str, int | None]]) -> None:
        """Replace stretches; each edit is start, end, new text and its origin, None where the origins stay."""
        for start, end, text, origin in sorted(edits, key=lambda edit: edit[:2], reverse=True):
            self.origins[start:end] = self.origins[start:end] if origin is None else [origin] * len(text)
            self.characters[start:end] = text

    def lines(self) -> list["Copy"]:
        """The lines, without their ends."""
        found = []
        start = 0
        for end in [*(i for i, c in enumerate(self.characters) if c == "\n"), len(self.characters)]:
            found.append(Copy(self.characters[start:end], self.origins[start:end]))
            start = end + 1
        return found

    def set_lines(self, lines: Sequence["Copy"]) -> None:
        """Put the lines together again."""
        characters: list[str] = []
        origins: list[int] = []
        for number, line in enumerate(lines):
            characters += ["\n"] * bool(number) + line.characters
            origins += [FOREIGN] * bool(number) + line.origins
        self.characters, self.origins = characters, origins


class Reference:
    """The reference edition with its spans."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = text.split("\n")
        self.begins = [0]
        for line in self.lines:
            self.begins.append(self.begins[-1] + len(line) + 1)
        locators = {span.key: Locator.parse(span.key) for span in povdata.spans}
        marks: dict[Locator, Fingerprint] = fingerprints(self.lines, locators.values())
        self.spans = []
        self.places: dict[str, tuple[int, int]] = {}
        for span in povdata.spans:
            locator = locators[span.key]
            begin = self.begins[locator.line - 1]
            self.places[span.key] = (begin + locator.start, begin + locator.end)
            mark = marks[locator]
            kept = span.text is not None
            self.spans.append(
                Span(
                    span.key,
                    span.kind,
                    span.text,
                    None if kept else mark.digest,
                    mark.position,
                    None if kept else mark.lengths,
                    mark.neighbours,
                )
            )
        self.significant = significant(text, range(len(text)))
        self.numbers = [found.span() for found in NUMBER.finditer(text)]
        self.sections = [(province.first_line - 1, province.last_line) for province in povdata.provinces]
        self.captions = {number for number, line in enumerate(self.lines) if "(图片来源" in line}

    def section(self, offset: int) -> int | None:
        """The section in which an offset stands."""
        for number, (first, last) in enumerate(self.sections):
            if self.begins[first] <= offset < self.begins[last]:
                return number
        return None


# What is truly there. -----------------------------------------------------------------------------------------------------------


def significant(characters: Sequence[str], origins: Sequence[int]) -> list[int]:
    """The characters that carry meaning: letters, digits, percent signs, decimal points."""
    seen = [i for i, origin in enumerate(origins) if origin != SILENT]
    plain = [unicodedata.normalize("NFKC", characters[i]) for i in seen]
    return [
        seen[at]
        for at, character in enumerate(plain)
        if character.isalnum()
        or character == "%"
        or (character == "." and 0 < at < len(plain) - 1 and plain[at - 1] in DIGITS and plain[at + 1] in DIGITS)
    ]


def truth(reference: Reference, copy: Copy) -> dict[str, int | None]:
    """For each span the offset in the copy where it truly stands, else None."""
    original = reference.significant
    present = significant(copy.characters, copy.origins)
    rank = {copy.origins[i]: number for number, i in enumerate(present) if copy.origins[i] >= 0}
    plain = [unicodedata.normalize("NFKC", character) for character in copy.characters]

    def neighbour(index: int, step: int) -> int:
        index += step
        while 0 <= index < len(plain) and copy.origins[index] == SILENT:
            index += step
        return index

    def lengthened(inner: int, step: int, known: int | None) -> bool:
        """Whether a number of the span goes on in the copy where it does not in the article."""
        outer = neighbour(inner, step)
        if not 0 <= outer < len(plain) or (known is not None and copy.origins[outer] == known):
            return False
        a, b = plain[inner], plain[outer]
        further = neighbour(outer, step)
        point = b == "." and 0 <= further < len(plain) and plain[further] in DIGITS
        return bool(a in NUMERALS and b and (b in NUMERALS or (a in DIGITS and point) or (step > 0 and a in DIGITS and b == "%")))

    found: dict[str, int | None] = {}
    place = 0
    for key, (start, end) in reference.places.items():
        while place and original[place - 1] >= start:
            place -= 1
        while original[place] < start:
            place += 1
        own = [i for i in original[place : place + end - start] if i < end]
        ranks = [rank.get(i) for i in own]
        there = None not in ranks
        for one, other, i, j in zip(own, own[1:], ranks, ranks[1:], strict=False):
            if not there or i is None or j is None:
                break
            redacted = "*" in reference.text[one + 1 : other]
            there = j == i + 1 or (redacted and i < j <= i + 9)
            if there and reference.text[one] in DIGITS and reference.text[other] in DIGITS:
                there = (other == one + 1) == (neighbour(present[i], 1) == present[j])
        if there:
            first, last = present[ranks[0] or 0], present[ranks[-1] or 0]
            there = not lengthened(first, -1, own[0] - 1) and not lengthened(last, 1, own[-1] + 1)
            there = there and key not in copy.qualified
        found[key] = present[ranks[0] or 0] if there else None
    return found


def same_text(reference: Reference, copy: Copy, key: str, start: int) -> bool:
    """Whether the article's own four letters before, or after, stand intact beside the characters found.

    Where one of two equal passages that follow each other is dropped, the text does not say which; both answers are right. Noise at times
    puts back what it took.
    """
    begin, end = reference.places[key]
    original = reference.significant
    present = significant(copy.characters, copy.origins)
    size = sum(begin <= i < end for i in original)
    at = next((number for number, i in enumerate(present) if i == start), None)
    if at is None or "*" in reference.text[begin:end]:
        return False
    before = [i for i in original if i < begin][-4:]
    after = [i for i in original if i >= end][:4]
    return [copy.origins[i] for i in present[max(0, at - 4) : at]] == before or [
        copy.origins[i] for i in present[at + size : at + size + 4]
    ] == after


# Ordinary differences. ----------------------------------------------------------------------------------------------------------

Edit = Callable[[Reference, Copy, Random], None]


def redactions(_: Reference, copy: Copy, random: Random) -> None:
    """Each redaction is restored with words."""
    copy.edit([(found.start(), found.end(), random.choice(RESTORED), FOREIGN) for found in re.finditer(r"\*+", copy.text)])


def widths(_: Reference, copy: Copy, random: Random) -> None:
    """Full-width or other punctuation, full-width digits, other quotation marks; each or not."""
    table: dict[str, str] = {}
    if random.random() < 0.8:
        table |= dict(zip(",:;?()!", ",:;?()!".translate({ord(c): ord(c) + 0xFEE0 for c in ",:;?()!"}), strict=True))
    if random.random() < 0.5:
        table |= {c: chr(ord(c) + 0xFEE0) for c in DIGITS}
    if random.random() < 0.5:
        table |= {"%": random.choice("％﹪"), ".": "．"}
    if random.random() < 0.5:
        table |= dict(zip("“”‘’", random.choice(['""' + "''", "「」『』"]), strict=True))
    if random.random() < 0.5:
        table |= {"、": ",", "。": ".", "—": "-", "·": "•"}
    if table.get("。") == ".":  # a full stop between two digits would be a decimal point
        text = copy.text
        copy.edit([(f.start(), f.end(), "。\n", FOREIGN) for f in re.finditer(r"(?<=\d)。(?=\d)", text)])
    copy.characters = [table.get(character, character) for character in copy.characters]


def paragraphs(_: Reference, copy: Copy, random: Random) -> None:
    """Paragraphs merged, split and indented."""
    text = copy.text
    edits: list[tuple[int, int, str, int | None]] = []
    for found in re.finditer(r"\n|。(?!\n)|,", text):
        at = found.start()
        if found[0] == "\n":
            if random.random() < 0.5 and not (text[at - 1].isdigit() and text[at + 1 : at + 2].isdigit()):
                edits.append((at, at + 1, "", FOREIGN))
            elif random.random() < 0.5:
                edits.append((at, at + 1, "\r\n\r\n　　", FOREIGN))
        elif random.random() < (0.3 if found[0] == "。" else 0.02):
            edits.append((at + 1, at + 1, "\n　　", FOREIGN))
    copy.edit(edits)


def captions(reference: Reference, copy: Copy, _: Random) -> None:
    """Captions dropped."""
    dropped = {reference.begins[number] for number in reference.captions}
    copy.set_lines([line for line in copy.lines() if not line.origins or line.origins[0] not in dropped])


def advert(reference: Reference, random: Random) -> str:
    """A line of a site's own, with numbers of its own or of the article."""
    numbers = [
        reference.text[slice(*random.choice(reference.numbers))] if random.random() < 0.5 else str(random.randrange(1, 3000)) for _ in "abc"
    ]
    return random.choice(ADVERTS).format(**dict(zip("abc", numbers, strict=True)))


def adverts(reference: Reference, copy: Copy, random: Random) -> None:
    """A site's lines and adverts, with numbers, between paragraphs and within them."""
    copy.edit(
        [
            (found.end(), found.end(), "\n" * (found[0] != "\n") + advert(reference, random) + "\n", FOREIGN)
            for found in re.finditer(r"\n|。(?!\n)", copy.text)
            if random.random() < (0.3 if found[0] == "\n" else 0.1)
        ]
    )


def thousands(_: Reference, copy: Copy, random: Random) -> None:
    """Thousands separators."""
    comma = random.choice(",，")
    edits: list[tuple[int, int, str, int | None]] = []
    for found in re.finditer(r"(?<![\d.])\d{4,}(?![年\d])", copy.text):
        edits += [(at, at, comma, SILENT) for at in range(found.end() - 3, found.start(), -3)]
    copy.edit(edits)


def sections_removed(reference: Reference, copy: Copy, random: Random) -> None:
    """Some of the fifteen sections removed, and paragraphs of others."""
    gone = {line for section in random.sample(reference.sections, random.randrange(1, 9)) for line in range(*section)}
    gone |= {line for line in range(len(reference.lines)) if random.random() < 0.1}
    begins = {reference.begins[line] for line in gone}
    copy.set_lines([line for line in copy.lines() if not line.origins or line.origins[0] not in begins])


def sections_shuffled(reference: Reference, copy: Copy, random: Random) -> None:
    """The fifteen sections in another order."""
    lines = copy.lines()
    first, last = reference.sections[0][0], reference.sections[-1][1]
    order = random.sample(reference.sections, len(reference.sections))
    copy.set_lines([*lines[:first], *(line for section in order for line in lines[slice(*section)]), *lines[last:]])


def markup(_: Reference, copy: Copy, random: Random) -> None:
    """HTML: tags, a script, character references."""
    names = {"“": "&ldquo;", "”": "&#8221;", "—": "&mdash;", "·": "&middot;", "…": "&hellip;", "\n": '</p>\n<p class="p2">&nbsp;&nbsp;'}
    edits: list[tuple[int, int, str, int | None]] = [
        (i, i + 1, names[character], SILENT) for i, character in enumerate(copy.characters) if character in names and random.random() < 0.9
    ]
    edits.append((0, 0, "<html><head><script>var n = 15; // 15个</script></head><body><p>", SILENT))
    copy.edit([edit for edit in edits if copy.characters[edit[0]] != "\n" or edit[2][:2] == "</"])


def wrapped(_: Reference, copy: Copy, random: Random) -> None:
    """Lines broken after a fixed number of characters, also within numbers."""
    width = random.randrange(30, 60)
    copy.edit([(at, at, "\n", SILENT) for at in range(width, len(copy.characters), width)])


def noise(rate: float) -> Edit:
    """Characters replaced, dropped and inserted."""

    def edit(reference: Reference, copy: Copy, random: Random) -> None:
        alphabet = [c for c in reference.text if c.isalnum()]
        edits: list[tuple[int, int, str, int | None]] = []
        for i, character in enumerate(copy.characters):
            if random.random() < rate:
                other = random.choice(alphabet)
                while other == character:
                    other = random.choice(alphabet)
                edits.append(random.choice([(i, i + 1, other, FOREIGN), (i, i + 1, "", FOREIGN), (i, i, other, FOREIGN)]))
        copy.edit(edits)

    return edit


def ordinary(reference: Reference, copy: Copy, random: Random) -> None:
    """All of the ordinary differences at once, the sections left in place."""
    for change in (captions, adverts, redactions, thousands, paragraphs, widths):
        change(reference, copy, random)


# Falsifications: they come first, on the reference edition, where index and origin are one. ---------------------------------


def digits(reference: Reference, copy: Copy, random: Random) -> None:
    """In one number out of ten a digit is changed, added or lost, or the decimal point moves."""
    edits: list[tuple[int, int, str, int | None]] = []
    for start, end in reference.numbers:
        if random.random() < 0.1:
            at = random.randrange(start, end)
            number = reference.text[start:end]
            digit = random.choice(DIGITS)
            changed = random.choice(
                [
                    number[: at - start] + digit + number[at - start + 1 :],
                    number[: at - start] + digit + number[at - start :],
                    number[: at - start] + number[at - start + 1 :],
                    number.replace(".", ""),
                ]
            )
            if changed.strip(".") != number:
                edits.append((start, end, changed, FOREIGN))
    copy.edit(edits)


def dropped(reference: Reference, copy: Copy, random: Random) -> None:
    """One number out of ten is missing."""
    copy.edit([(start, end, "", FOREIGN) for start, end in reference.numbers if random.random() < 0.1])


def units(reference: Reference, copy: Copy, random: Random) -> None:
    """The unit behind half of the numbers is lost or added: 万, 亿, percent."""
    edits: list[tuple[int, int, str, int | None]] = []
    for start, end in reference.numbers:
        if random.random() < 0.5:
            if reference.text[end] in "万亿千%多余":
                edits.append((end, end + 1, "", FOREIGN))
            elif random.random() < 0.2:
                # The number itself is another one now.
                edits.append((start, end, reference.text[start:end] + random.choice("万亿%"), FOREIGN))
    copy.edit(edits)


def _exchange(reference: Reference, copy: Copy, pairs: Iterator[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    edits: list[tuple[int, int, str, int | None]] = []
    for one, other in pairs:
        a, b = reference.text[slice(*one)], reference.text[slice(*other)]
        if a not in b and b not in a:
            edits += [(*one, b, FOREIGN), (*other, a, FOREIGN)]
    copy.edit(edits)


def _with_measure(reference: Reference, number: tuple[int, int]) -> tuple[int, int]:
    """The number with the words behind it, as a figure of the dataset."""
    places = [place for span in reference.spans if span.kind == "figure" for place in [reference.places[span.key]] if place[0] == number[0]]
    return max(places, default=number)


def neighbours_swapped(reference: Reference, copy: Copy, random: Random) -> None:
    """Figures that follow each other change places, with or without their measure words."""

    def pairs() -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
        last = -1
        for one, other in pairwise(reference.numbers):
            if random.random() < 0.15 and "\n" not in reference.text[one[0] : other[0]]:
                a, b = (_with_measure(reference, one), _with_measure(reference, other)) if random.random() < 0.5 else (one, other)
                if a[0] > last and a[1] <= b[0]:
                    last = b[1]
                    yield a, b

    _exchange(reference, copy, pairs())


def names_swapped(reference: Reference, copy: Copy, random: Random) -> None:
    """Names that follow each other change places."""
    every = sorted(reference.places.values())
    names = {reference.places[span.key] for span in reference.spans if span.kind == "name"}
    places = [one for one in sorted(names) if not any(one[0] <= other[0] and other[1] <= one[1] and one != other for other in every)]

    def pairs() -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
        last = -1
        for one, other in pairwise(places):
            if random.random() < 0.15 and one[0] > last and one[1] <= other[0]:
                last = other[1]
                yield one, other

    _exchange(reference, copy, pairs())


def sections_exchanged(reference: Reference, copy: Copy, random: Random) -> None:
    """Pairs of sections exchange their figures: the first with the first, the second with the second, and so on."""
    by_section: dict[int, list[tuple[int, int]]] = {}
    for number in reference.numbers:
        section = reference.section(number[0])
        if section is not None:
            by_section.setdefault(section, []).append(_with_measure(reference, number) if random.random() < 0.5 else number)
    order = random.sample(sorted(by_section), 8)

    def pairs() -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
        for one, other in zip(order[::2], order[1::2], strict=True):
            last = {one: -1, other: -1}
            for a, b in zip(by_section[one], by_section[other], strict=False):
                if a[0] >= last[one] and b[0] >= last[other]:
                    last = {one: a[1], other: b[1]}
                    yield a, b

    _exchange(reference, copy, pairs())


def figures_scattered(reference: Reference, copy: Copy, random: Random) -> None:
    """A third of the figures change places at random, each with one of another place."""
    chosen = [number for number in reference.numbers if random.random() < 0.33]
    random.shuffle(chosen)
    _exchange(reference, copy, zip(chosen[::2], chosen[1::2], strict=False))


def words_beside(reference: Reference, copy: Copy, random: Random) -> None:
    """A word is put before or after one figure or date out of ten that makes it say something else; its characters stay."""
    edits: dict[int, tuple[int, int, str, int | None]] = {}
    for span in reference.spans:
        if span.kind in BESIDE and random.random() < 0.1:
            side = random.randrange(2)
            at = reference.places[span.key][side]
            word = random.choice(BESIDE[span.kind][side])
            if word != "-" or reference.text[at - 1] != "\n":  # at the start of a line it is the dash of a list
                edits[at] = (at, at, word, FOREIGN)
    copy.edit(list(edits.values()))
    copy.qualified = {
        span.key for span in reference.spans if span.kind in BESIDE and not edits.keys().isdisjoint(reference.places[span.key])
    }


DIFFERENCES: dict[str, tuple[Edit, ...]] = {
    "reference edition": (),
    "redactions restored": (redactions,),
    "widths and punctuation": (widths,),
    "paragraphs merged, split": (paragraphs,),
    "captions dropped": (captions,),
    "adverts with numbers": (adverts,),
    "thousands separators": (thousands,),
    "HTML": (markup,),
    "all of these": (ordinary, markup),
    "sections removed": (sections_removed,),
    "sections removed, all": (sections_removed, ordinary),
    "sections shuffled": (sections_shuffled,),
    "sections shuffled, all": (sections_shuffled, ordinary),
    "lines wrapped": (wrapped,),
    "noise 5 %": (noise(0.05),),
    "noise 15 %": (noise(0.15),),
}
FALSIFICATIONS: dict[str, tuple[Edit, ...]] = {
    "digits": (digits,),
    "figures dropped": (dropped,),
    "units dropped or added": (units,),
    "neighbours swapped": (neighbours_swapped,),
    "names swapped": (names_swapped,),
    "sections exchanged": (sections_exchanged,),
    "figures scattered": (figures_scattered,),
    "words put beside": (words_beside,),
}
KINDS = (
    DIFFERENCES
    | {f"{name} *": edits for name, edits in FALSIFICATIONS.items()}
    | {f"{name} *, all": (*edits, ordinary) for name, edits in FALSIFICATIONS.items()}
    | {f"{name} *, shuffled": (*edits, sections_shuffled, ordinary) for name, edits in FALSIFICATIONS.items()}
)


FINDINGS = {
    "reference edition": "all, each in its own place",
    "redactions restored": "all; a phrase with a redaction inside is known by the digest of the rest",
    "widths and punctuation": "all",
    "paragraphs merged, split": "all",
    "captions dropped": "one name missed: a dropped caption and the next paragraph begin with it, so the text does not tell which stands",
    "adverts with numbers": "a short word between two adverts misses its neighbours on both sides, and is missed",
    "thousands separators": "all",
    "HTML": "all",
    "all of these": "short names missed that stand between an advert and a restored redaction",
    "sections removed": "all that is left but the name of 'captions dropped'; what is removed is missing and found nowhere else",
    "sections removed, all": "as in 'all of these'",
    "sections shuffled": "all; the longest run in order is confirmed, the others moved",
    "sections shuffled, all": "as in 'all of these', and short headings between two adverts",
    "lines wrapped": "all, numbers broken anywhere included",
    "noise 5 %": "missed is what lost its neighbours and its distance; false are repeated names in a row that lost one",
    "noise 15 %": "as with 5 %, more so",
    "digits *": "none confirmed; all shown but beside adverts",
    "figures dropped *": "none confirmed; shown is another number that is left in the place; where only a unit is left, missing",
    "units dropped or added *": "none confirmed; the figure without its unit is shown",
    "neighbours swapped *": "none confirmed; words between two swapped figures lose their neighbours and are missed",
    "names swapped *": "none confirmed; words between as above",
    "sections exchanged *": "none confirmed, though each figure stands in the copy among like words; words between as above",
    "figures scattered *": "none confirmed; words between as above",
    "words put beside *": "none confirmed; the figure is shown with the word; short words beside lose their neighbours and are missed",
}


class Result(NamedTuple):
    """What was counted for one kind over all seeds."""

    kind: str
    present: int
    found: int
    misplaced: int
    absent: int
    same: int
    false: int
    falsified: int
    shown: int
    examples: list[str]

    @property
    def recall(self) -> float:
        """Share of the spans truly there that are confirmed or moved in their own place."""
        return self.found / max(1, self.present)


def study(reference: Reference, kind: str, seeds: int) -> Result:
    """Apply one kind of difference with each seed and count."""
    present = hits = misplaced = absent = same = false = falsified = shown = 0
    examples: list[str] = []
    for seed in range(seeds):
        random = Random(f"{kind}/{seed}")
        copy = Copy(reference.text, range(len(reference.text)))
        for edit in KINDS[kind]:
            edit(reference, copy, random)
        real = truth(reference, copy)
        kept = {origin for origin in copy.origins if origin >= 0}
        present += sum(place is not None for place in real.values())
        absent += sum(place is None for place in real.values())
        matched = locate(copy.text)
        letters = significant(copy.characters, copy.origins)
        for span in reference.spans:
            found, place = matched[span.key], real[span.key]
            accepted = found.status in {"confirmed", "moved"}
            if place is not None:
                if not accepted:
                    examples.append(f"seed {seed}: {found.status} {span.key} {span.text or span.kind}")
                elif found.start is None or letters[bisect_left(letters, found.start)] != place:
                    misplaced += 1
                    examples.append(f"seed {seed}: misplaced {span.key} {span.text or span.kind} at {found.start}, not {place}")
                else:
                    hits += 1
            else:
                if accepted and same_text(reference, copy, span.key, found.start or 0):
                    same += 1
                elif accepted:
                    false += 1
                    examples.append(
                        f"seed {seed}: FALSE {found.status} {span.key} {span.text or span.kind}: {found.found!r} at {found.start}"
                    )
                start, end = reference.places[span.key]
                if span.kind == "figure" and any(i in kept for i in (start - 1, end)):
                    falsified += 1
                    shown += found.status == "contradicted"
    return Result(kind, present, hits, misplaced, absent, same, false, falsified, shown, examples)


def page(reference: Reference, size: int) -> tuple[int, float, int]:
    """A page of so many bytes made of the article and of its own names and figures, strewn at random: bytes, seconds, misses."""
    random = Random(size)
    pieces = [span.text for span in reference.spans if span.text is not None]
    words = [c for c in reference.text if c.isalnum()]
    filler: list[str] = []
    length = 0
    while length < size:
        piece = random.choice(pieces) + "".join(random.choices(words, k=random.randrange(1, 8))) + random.choice(",。\n")
        filler.append(piece)
        length += len(piece.encode())
    half = len(filler) // 2
    text = "".join([*filler[:half], "\n", reference.text, "\n", *filler[half:]])
    begin = time.perf_counter()
    found = match(reference.spans, text)
    seconds = time.perf_counter() - begin
    return len(text.encode()), seconds, sum(one.status != "confirmed" for one in found.values())


def main() -> int:
    """Run the study and print it."""
    parser = argparse.ArgumentParser(description="How well spans are found in copies that differ.")
    parser.add_argument("--article", type=Path, help="the reference edition; else POVDATA_ARTICLE or ../shared/article.txt")
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--only", help="only kinds whose name contains this")
    parser.add_argument("--examples", type=int, default=0, help="show so many failures of each kind")
    options = parser.parse_args()
    path = options.article or Path(os.environ.get("POVDATA_ARTICLE") or Path(__file__).parents[2] / "shared" / "article.txt")
    try:
        reference = Reference(path.read_bytes().decode())
    except OSError as error:
        print(f"cannot read the article: {error}; give its path with --article", file=sys.stderr)
        return 1
    results = [study(reference, kind, options.seeds) for kind in KINDS if not options.only or options.only in kind]
    size, seconds, misses = page(reference, 10_000_000)
    if options.json:
        rows = [{**result._asdict(), "recall": result.recall, "finding": FINDINGS.get(result.kind)} for result in results]
        print(
            json.dumps(
                {"seeds": options.seeds, "kinds": rows, "page": {"bytes": size, "seconds": seconds, "missed": misses}}, ensure_ascii=False
            )
        )
        return 0
    print(f"{'kind':36} {'present':>8} {'recall':>8} {'misplaced':>9} {'absent':>7} {'same':>5} {'false':>5} {'falsified':>9} {'shown':>6}")
    for r in results:
        shown = f"{r.shown / r.falsified:6.1%}" if r.falsified else ""
        print(f"{r.kind:36} {r.present:8} {r.recall:8.3%} {r.misplaced:9} {r.absent:7} {r.same:5} {r.false:5} {r.falsified:9} {shown:>6}")
        if r.kind in FINDINGS:
            print("   ", FINDINGS[r.kind])
        for example in r.examples[: options.examples]:
            print("     -", example)
    print(f"a page of {size / 1e6:.1f} MB with the article in it: {seconds:.1f} s, {misses} spans missed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
