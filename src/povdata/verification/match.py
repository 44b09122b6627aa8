"""Finding what a dataset cites in a copy of its source that differs, without the source's text.

Of the source, a dataset keeps for each span where it stands in the stream (see `normalize`), its characters or their digest, a byte for
each of the four blocks of two characters beside it, and its context: what closes it off on both sides, as codes and a seal. A span *stands*
where its characters are and the seal holds. What stands in the source's order is the longest chain; other chains have moved.
"""

import re
import string
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, reduce
from hashlib import sha256
from itertools import accumulate, pairwise, product
from operator import add, or_
from typing import Any, Literal, NamedTuple, Protocol, Self

from povdata.locators import Locator, digest
from povdata.verification.normalize import BLANK, LINE_END, NO_VARIANTS, PLUS, PUNCTUATION, STROKE, SYMBOLS, Reading, View, stream

NONE = "__"  # a block that is cut by an end of the text; as a number, -1
RESTORED = 8  # so many characters may stand where the source has a mask
LONG = 8  # so many characters stand in one place alone
NEAR = 400  # how far, in characters of the stream, two spans at their distance support each other
_CODES = f"{string.digits}{string.ascii_letters}_-"
_MASK_OR_END = re.compile(r"[*\n]")

Fault = Literal["", "unclear", "contradicted"]


class Cited(Protocol):
    """A span with its fingerprint, as the table of spans keeps it."""

    key: str
    kind: str
    text: str | None
    digest: str | None
    lengths: str | None
    position: int
    neighbours: str
    context: str


@cache
def _byte(block: str) -> int:
    """The first byte of the digest of a block."""
    return sha256(block.encode("utf-8", "surrogatepass")).digest()[0]


def blocks(text: str, edge: int, step: int) -> tuple[int, ...]:
    """The bytes of the two blocks after an edge, or before it where the step is -1, the nearer first; -1 where the text ends."""
    places = (edge, edge + 2) if step > 0 else (edge - 2, edge - 4)
    return tuple(_byte(text[at : at + 2]) if 0 <= at < len(text) - 1 else -1 for at in places)


def _beside(text: str, edge: int, step: int, size: int) -> str:
    """The characters after an edge, or before it."""
    return text[edge : edge + size] if step > 0 else text[max(edge - size, 0) : max(edge, 0)]


def _up_to(pattern: re.Pattern[str], reading: Reading, edge: int, step: int) -> tuple[int, int, str]:
    """The stretch beside an edge, in what is seen, up to the nearest sign of a pattern; and that sign, if there is one."""
    start, end = reading.gap(edge)
    signs = list(pattern.finditer(reading.view.text, start, end))
    if not signs:
        return start, end, ""
    return (start, signs[0].start(), signs[0][0]) if step > 0 else (signs[-1].end(), end, signs[-1][0])


class Side(NamedTuple):
    """What closes a span off before it or after it."""

    step: int  # -1 before it, 1 after it
    own: int  # how many of the two characters beside it stand in its own line
    masked: bool  # whether a mask ends them, not the line
    bits: int  # what stands right beside it but characters of the stream
    blocks: tuple[int, ...]  # the bytes of the two blocks beside it, the nearer first

    @classmethod
    def of(cls, reading: Reading, edge: int, step: int) -> Self:
        """The side of a span in its source."""
        start, end, sign = _up_to(_MASK_OR_END, reading, edge, step)
        bits, count = reading.between(start, end), 0
        while not sign and count < 2 and 0 < edge + step * count < len(reading.text):
            count += 1
            sign = _up_to(_MASK_OR_END, reading, edge + step * count, step)[2] if count < 2 else ""
        return cls(step, count, sign == "*", bits, blocks(reading.text, edge, step))

    @classmethod
    def read(cls, span: Cited, step: int) -> Self:
        """The side of a span as its table keeps it."""
        code, bits = span.context[step > 0], span.context[3 + step]
        marks = (span.neighbours[at : at + 2] for at in ((4, 6) if step > 0 else (2, 0)))
        count = "lm".index(code) if code in "lm" else int(code)
        return cls(step, count, code in "lm", _CODES.index(bits), tuple(-1 if mark == NONE else int(mark, 16) for mark in marks))

    def ends(self, reading: Reading, edge: int) -> bool:
        """Whether the line of the span ends at it, in the source and at an edge in a copy."""
        return self.own == 0 and not self.masked and reading.divided(*reading.gap(edge))

    def closed(self, reading: Reading, edge: int) -> Literal["", "weak", "firm"]:
        """How the side is closed off beyond the characters in the seal: firmly, or weakly by what stands across a line's end."""
        if self.own == 2:
            return "firm"
        at = edge + self.step * self.own
        start, end = reading.gap(at)
        if not self.masked and reading.divided(start, end):
            return "firm"
        if self.masked and "*" in reading.view.text[start:end] and LINE_END.search(reading.view.text, start, end):
            return "firm"
        for slip in range(RESTORED + 1) if self.masked else (0,):  # what may stand for the mask
            if slip and not _restored(reading, *sorted((at, at + self.step * slip))):
                break
            near = _beside(reading.text, edge, self.step, self.own)
            far = _beside(reading.text, at + self.step * slip, self.step, 4)
            if blocks(near + far if self.step > 0 else far + near, 0 if self.step > 0 else len(far + near), self.step) == self.blocks:
                return "firm" if self.masked else "weak"
        return ""

    def signs(self, reading: Reading, edge: int) -> tuple[int, int]:
        """What stands right beside a span in a copy, and what may stand there: where a line or mask ends, whatever punctuation."""
        ended = self.own == 0 and not self.masked
        start, end = _up_to(LINE_END, reading, edge, self.step)[:2] if ended else reading.gap(edge)
        return reading.between(start, end), self.bits | (PUNCTUATION if self.own == 0 else 0)

    def doubled(self, text: str, edge: int) -> bool:
        """Whether what stands beside a span in a copy stands there twice, and not in the source, so that one may have been put there."""
        beside = _beside(text, edge, self.step, 8)[:: self.step]
        twice = any(beside[:size] == beside[size : 2 * size] != "" for size in range(1, 5))
        return twice and self.own == 2 and blocks(text, edge, self.step)[1] != self.blocks[1]


def _restored(reading: Reading, start: int, end: int) -> bool:
    """Whether a stretch of the stream may be what a mask stood for: words without numbers, and no mask is left."""
    if start < 0 or end > len(reading.text):
        return False
    seen = reading.view.text[reading.gap(start)[0] : reading.gap(end)[1]]
    return "*" not in seen and not any(map(str.isnumeric, reading.text[start:end]))


def _inner(reading: Reading, start: int, end: int) -> int:
    """What stands between the characters of a stretch of the stream."""
    return reduce(or_, (reading.between(*reading.gap(at)) for at in range(start + 1, end)), 0)


def _seal(text: str, start: int, end: int, characters: str, sides: Sequence[Side]) -> str:
    sealed = f"{text[start - sides[0].own : start]}[{characters}]{text[end : end + sides[1].own]}"
    return sha256(sealed.encode("utf-8", "surrogatepass")).hexdigest()[:8]


class Fingerprint(NamedTuple):
    """What must be known of a span to find it in a copy that differs.

    The context is what closes it off: a code for each side, which is the number of characters beside it, up to two, that stand in its own
    line, or ``l``, ``m`` if a mask stands before the first or the second; the bits of what stands right before it, within it and right
    after it, in base 32; a digest of it with these characters.
    """

    position: int  # how many characters of the stream stand before it
    lengths: tuple[int, ...]  # how many it has itself; several numbers where masks (*) divide it, 0 for one at its edge
    digest: str  # of them
    neighbours: str  # a byte for each of the two blocks before and the two after, `NONE` where the text ends
    context: str


def parts_of(characters: str, variants: Mapping[int, str] = NO_VARIANTS) -> list[str]:
    """The characters of the stream between masks; empty at an edge where a mask stands."""
    return [stream(part, variants) for part in re.split(r"\*+", characters)]


def fingerprints(
    lines: Sequence[str], locators: Iterable[Locator], variants: Mapping[int, str] = NO_VARIANTS
) -> dict[Locator, Fingerprint]:
    """The fingerprint of each span, from the lines of the source."""
    reading = Reading(View.of("\n".join(lines)), variants)
    begins = [0, *accumulate(len(line) + 1 for line in lines)]
    found = {}
    for locator in locators:
        start, end = (bisect_left(reading.places, begins[locator.line - 1] + at) for at in locator[1:])
        parts = parts_of(lines[locator.line - 1][locator.start : locator.end], variants)
        before, after = sides = Side.of(reading, start, -1), Side.of(reading, end, 1)
        codes = [("lm" if side.masked else "012")[side.own] for side in sides]
        bits = (before.bits, _inner(reading, start, end), after.bits)
        if max(bits) >= len(_CODES):
            raise ValueError(f"{locator}: plus signs, or two signs, stand in or beside the span; cite them with it, or a span without them")
        codes += (_CODES[each] for each in bits)
        marks = (NONE if byte < 0 else f"{byte:02x}" for byte in (*before.blocks[::-1], *after.blocks))
        seal = _seal(reading.text, start, end, reading.text[start:end], sides)
        found[locator] = Fingerprint(start, tuple(map(len, parts)), digest("".join(parts)), "".join(marks), "".join(codes) + seal)
    return found


class Sought:
    """A span to be found: where it stands in the stream of the source and what it looks like."""

    def __init__(self, span: Cited, variants: Mapping[int, str]) -> None:
        parts = [] if span.text is None else parts_of(span.text, variants)
        lengths = map(int, (span.lengths or "0").split(";")) if span.text is None else map(len, parts)
        self.span = span
        self.lengths: tuple[int, ...] = tuple(filter(None, lengths))
        self.text: str = parts[0] if len(parts) == 1 else ""
        self.digest: str = span.digest or digest("".join(parts))
        self.size: int = sum(self.lengths)
        self.start: int = span.position
        self.end: int = span.position + self.size
        self.sides: tuple[Side, Side] = Side.read(span, -1), Side.read(span, 1)
        self.bits: int = _CODES.index(span.context[3])
        self.seal: str = span.context[5:]

    def stands(self, reading: Reading, start: int) -> tuple[int, str] | None:
        """Where the span ends if it starts here, and its characters; masks within it may be restored by words without numbers."""
        text = reading.text
        if start < 0:
            return None
        if self.text:
            return (start + self.size, self.text) if text.startswith(self.text, start) else None
        for gaps in product(range(RESTORED + 1), repeat=len(self.lengths) - 1):
            characters, end = "", start
            for length, gap in zip(self.lengths, (*gaps, 0), strict=True):
                characters += text[end : end + length]
                end += length + gap
                if gap and not _restored(reading, end - gap, end):
                    break
            else:
                if digest(characters) == self.digest:
                    return end, characters
        return None

    def node(self, reading: Reading, start: int) -> "Node | None":
        """The place of the span in a copy if it stands here, closed off on both sides as in the source."""
        text, found = reading.text, self.stands(reading, start)
        if found is None or _seal(text, start, *found, self.sides) != self.seal:
            return None
        edges = list(zip(self.sides, (start, found[0]), strict=True))
        closed = [side.closed(reading, edge) for side, edge in edges]
        if not all(closed):
            return None
        agree = sum(
            one == other >= 0 for side, edge in edges for one, other in zip(blocks(text, edge, side.step), side.blocks, strict=True)
        )
        faults = [
            self._fault(_inner(reading, start, found[0]), self.bits),
            *(self._fault(*side.signs(reading, edge)) for side, edge in edges),
        ]
        faults += ["unclear" for side, edge in edges if side.doubled(text, edge)]
        return Node(self, start, found[0], agree, (closed[0] == "weak", closed[1] == "weak"), next(filter(None, faults), ""))

    def _fault(self, bits: int, allowed: int) -> Fault:
        """Whether signs that the source does not have there make the span unclear or another one."""
        if bits & PLUS and allowed & BLANK:  # a form writes a blank for a plus sign, and so it may have been lost
            bits &= ~PLUS
        if bits & STROKE or (bits & SYMBOLS & ~allowed and self.span.kind in ("figure", "date")):
            return "contradicted"
        return "unclear" if bits & ~allowed & ~BLANK else ""


class Node(NamedTuple):
    """A place where a span stands in a copy."""

    sought: Sought
    start: int  # in the stream
    end: int
    agree: int  # how many of the four blocks beside it are the source's
    weak: tuple[bool, bool]  # whether each side is closed off only by what stands across the end of a line
    fault: Fault  # of signs beside it or within it that are not the source's

    @property
    def shifts(self) -> set[int]:
        """How far the place is from the source's, at its start and at its end."""
        return {self.start - self.sought.start, self.end - self.sought.end}


def nodes(spans: Sequence[Sought], reading: Reading) -> list[Node]:
    """Everything that stands in a copy, in the order of the source."""
    found: dict[tuple[Sought, int], Node] = {}

    def place(span: Sought, start: int) -> None:
        if (span, start) not in found and (node := span.node(reading, start)):
            found[span, start] = node

    for span, start in _candidates(spans, reading):
        place(span, start)
    standing = sorted(found.values(), key=lambda node: node.sought.start)
    have = {node.sought for node in standing}
    for span in (span for span in spans if span not in have):  # what others say by their distance
        masked = len(span.lengths) > 1 or any(side.masked for side in span.sides)
        at = bisect_left(standing, span.start, key=lambda node: node.sought.start)
        for near in standing[max(at - 3, 0) : at + 3]:
            if abs(near.sought.start - span.start) < NEAR:
                for shift in near.shifts:
                    for slip in range(-RESTORED, RESTORED + 1) if masked else (0,):
                        place(span, shift + span.start + slip)
    return sorted(found.values(), key=lambda node: (node.sought.start, node.start))


def _candidates(spans: Sequence[Sought], reading: Reading) -> Iterator[tuple[Sought, int]]:
    """Where spans may stand: by two blocks in a row, of the span itself if its characters are kept, else beside it, and by whole lines."""
    by_blocks: defaultdict[tuple[int, int], list[tuple[Sought, int]]] = defaultdict(list)  # with where the span starts from there
    by_length: defaultdict[int, list[Sought]] = defaultdict(list)
    for span in spans:
        text, (before, after) = span.text, span.sides
        if len(text) > 1 and before.own == 2:
            by_blocks[before.blocks[0], _byte(text[:2])].append((span, 2))
        elif len(text) > 1 and after.own == 2:
            by_blocks[_byte(text[-2:]), after.blocks[0]].append((span, 2 - span.size))
        elif len(text) > 3:
            by_blocks[_byte(text[:2]), _byte(text[2:4])].append((span, 0))
        else:
            by_blocks[before.blocks[1], before.blocks[0]].append((span, 4))
            if len(span.lengths) == 1:
                by_blocks[after.blocks[0], after.blocks[1]].append((span, -span.size))
            if not any(side.own or side.masked for side in span.sides):
                by_length[span.size].append(span)
    text = reading.text
    every = list(map(_byte, map(add, text, text[1:])))
    for at, pair in enumerate(zip(every, every[2:], strict=False)):
        if pair in by_blocks:
            yield from ((span, at + offset) for span, offset in by_blocks[pair])
    lines = [at for at in range(len(text)) if reading.divided(*reading.gap(at))] if by_length else []
    for start, end in pairwise([*lines, len(text)]):
        yield from ((span, start) for span in by_length.get(end - start, ()))


def holds(places: Sequence[Any], start: int, end: int) -> bool:
    """Whether one of some sorted places is in a stretch."""
    return bisect_left(places, start) < bisect_left(places, end)


def supported(found: Sequence[Node]) -> list[Node]:
    """What stands at its distance from something else that is near, or is the only place for a span and the only span for a place."""
    shifts, places, spans = defaultdict(list), defaultdict(set), defaultdict(set)
    for node in found:
        for shift in node.shifts:
            shifts[shift].append(node)
        places[node.start].add(node.sought.start)
        spans[node.sought].add(node.start)
    before, after = set(), set()  # what has something at its distance before it, and after it
    for group in shifts.values():
        starts, ends = sorted(node.sought.start for node in group), sorted(node.sought.end for node in group)
        before |= {node for node in group if holds(ends, node.sought.start - NEAR, node.sought.start + 1)}
        after |= {node for node in group if holds(starts, node.sought.end, node.sought.end + NEAR + 1)}

    def stays(node: Node) -> bool:
        alone = len(spans[node.sought]) == len(places[node.start]) == 1 and (node.agree > 1 or node.sought.size >= LONG)
        sides = node in before, node in after
        return (any(sides) or alone) and all(held or not weak for held, weak in zip(sides, node.weak, strict=True))

    return [node for node in found if stays(node)]


def chains(found: Sequence[Node]) -> Iterator[list[Node]]:
    """First what stands in the source's order, then the next longest chain of what is left, and so on."""
    rest = list(found)
    while rest:
        weights: Counter[tuple[int, int]] = Counter()
        for node in rest:
            weights[node.sought.start, node.start] += 1 + node.agree
        best = set(chain(weights))
        taken = [node for node in rest if (node.sought.start, node.start) in best]
        yield taken
        spans, places = {node.sought for node in taken}, {node[1:3] for node in taken}
        rest = [node for node in rest if node.sought not in spans and node[1:3] not in places]


def chain(weights: Mapping[tuple[int, int], int]) -> list[tuple[int, int]]:
    """The heaviest chain of pairs (place in the source, place in the copy) in which both increase."""
    places: list[int] = []  # in the copy, where chains end of which no other is heavier and ends before
    best: list[tuple[int, Any]] = []  # of each the weight, and the chain from its end
    for pair in sorted(weights, key=lambda pair: (pair[0], -pair[1])):
        at = bisect_left(places, pair[1])
        weight, before = best[at - 1] if at else (0, None)
        weight += weights[pair]
        end = at
        while end < len(best) and best[end][0] <= weight:
            end += 1
        if end > at or at == len(best) or places[at] > pair[1]:
            places[at:end], best[at:end] = [pair[1]], [(weight, (pair, before))]
    found = []
    link = best[-1][1] if best else None
    while link:
        pair, link = link
        found.append(pair)
    return found[::-1]
