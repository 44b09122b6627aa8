"""Finding what a dataset cites in a copy of its source that differs, without the source's text.

Of the source, a dataset keeps for each span where it stands in the stream (see `normalize`), its characters or their digest, a byte for
each of the four blocks of two characters beside it, and its context: what closes it off on both sides, as codes and a seal. A span *stands*
where its characters are and the seal holds. What stands in the source's order is the longest chain; other chains have moved.
"""

import re
import string
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import islice, pairwise, product
from operator import add
from typing import NamedTuple, Protocol

from povdata.locators import Locator, digest
from povdata.verification.normalize import (
    BLANK,
    BRACKET,
    DASH,
    LINE_END,
    NO_VARIANTS,
    OTHER,
    PLUS,
    SIGN,
    SIGNS,
    STROKE,
    Reading,
    View,
    stream,
)

NONE = "__"
"""A block that is cut by an end of the text."""
RESTORED = 8
"""So many characters may stand where the source has a mask."""
LONG = 8
"""So many characters stand in one place alone."""
NEAR = 400
"""How far, in characters of the stream, two spans at their distance support each other."""


_CODES = f"{string.digits}{string.ascii_letters}_-"


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


# Fingerprints. ------------------------------------------------------------------------------------------------------------------


class Fingerprint(NamedTuple):
    """What must be known of a span to find it in a copy that differs.

    Attributes:
        position: how many characters of the stream stand before it.
        lengths: how many it has itself; several numbers where masks (``*``) divide it, 0 for one at its edge.
        digest: digest of them.
        neighbours: a byte for each of the two blocks before and the two after, `NONE` where the text ends.
        context: what closes the span off. First a code for each side: how many of the two characters beside it stand in its own line, as a
            number if a line ends there and as ``l``, ``m`` if a mask stands before the first or the second; then what stands right
            before it, within it and right after it but characters of the stream, as bits in base 32; then a digest of it with these
            characters.
    """

    position: int
    lengths: tuple[int, ...]
    digest: str
    neighbours: str
    context: str


def parts_of(characters: str, variants: Mapping[int, str] = NO_VARIANTS) -> list[str]:
    """The characters of the stream between masks; empty at an edge where a mask stands."""
    return [stream(part, variants) for part in re.split(r"\*+", characters)]


def fingerprints(
    lines: Sequence[str], locators: Iterable[Locator], variants: Mapping[int, str] = NO_VARIANTS
) -> dict[Locator, Fingerprint]:
    """The fingerprint of each span, from the lines of the source."""
    reading = Reading(View.of("\n".join(lines)), variants)
    begins = [0]
    for line in lines:
        begins.append(begins[-1] + len(line) + 1)
    found = {}
    for locator in locators:
        start, end = (bisect_left(reading.places, begins[locator.line - 1] + at) for at in (locator.start, locator.end))
        parts = parts_of(lines[locator.line - 1][locator.start : locator.end], variants)
        sides = _side(reading, start, -1), _side(reading, end, 1)
        inner = [reading.between(*reading.gap(at)) for at in range(start + 1, end)]
        bits = sides[0][2], (_united(inner) | BLANK * any(one & BLANK for one in inner)), sides[1][2]
        codes = "".join(str(count) if not masked else "lm"[count] for count, masked, _ in sides)
        seal = _seal(reading.text, start, end, reading.text[start:end], sides[0][0], sides[1][0])
        context = codes + "".join(_CODES[bit] for bit in bits) + seal
        marks = "".join(_marks(reading.text[max(start - 4, 0) : start], reading.text[end : end + 4]))
        found[locator] = Fingerprint(start, tuple(map(len, parts)), digest("".join(parts)), marks, context)
    return found


def _united(bits: Iterable[int]) -> int:
    found = 0
    for one in bits:
        found |= one
    return found


def _side(reading: Reading, edge: int, step: int) -> tuple[int, bool, int]:
    """How many of the two characters beside a span stand in its line, whether a mask ends them, and the bits right beside the span."""
    bits = 0
    for count in range(2):
        start, end = reading.gap(edge - count if step < 0 else edge + count)
        gap = reading.view.text[start:end]
        cut = (max if step < 0 else min)(
            (at for sign in "*\n" if (at := gap.rfind(sign) if step < 0 else gap.find(sign)) >= 0), default=None
        )
        if count == 0:
            own = (start, end) if cut is None else (start + cut + 1, end) if step < 0 else (start, start + cut)
            bits = reading.between(*own)
        if cut is not None or (start == 0 if step < 0 else end == len(reading.plain)):
            return count, cut is not None and gap[cut] == "*", bits
    return 2, False, bits


def _marks(before: str, after: str) -> tuple[str, str, str, str]:
    """The bytes of the two blocks at the end of a text and of the two at the start of another."""
    size = len(before)
    return (
        _byte(before[-4:-2]) if size >= 4 else NONE,
        _byte(before[-2:]) if size >= 2 else NONE,
        _byte(after[:2]) if len(after) >= 2 else NONE,
        _byte(after[2:4]) if len(after) >= 4 else NONE,
    )


class _Bytes(dict[str, int]):
    """The first byte of the digest of each block."""

    def __missing__(self, block: str) -> int:
        self[block] = found = sha256(block.encode("utf-8", "surrogatepass")).digest()[0]
        return found


_BYTES = _Bytes()


def _byte(block: str) -> str:
    return f"{_BYTES[block]:02x}"


def _seal(text: str, start: int, end: int, characters: str, before: int, after: int) -> str:
    return sha256(f"{text[start - before : start]}[{characters}]{text[end : end + after]}".encode("utf-8", "surrogatepass")).hexdigest()[:8]


# Spans. -------------------------------------------------------------------------------------------------------------------------


class Sought:
    """A span to be found: where it stands in the stream of the source and what it looks like."""

    def __init__(self, span: Cited, variants: Mapping[int, str]) -> None:
        parts = () if span.text is None else parts_of(span.text, variants)
        lengths = tuple(map(len, parts)) or tuple(map(int, (span.lengths or "0").split(";")))
        self.span = span
        self.lengths: tuple[int, ...] = tuple(filter(None, lengths))
        self.text: str | None = "".join(parts) if len(self.lengths) == len(parts) == 1 else None
        self.digest: str = span.digest or digest("".join(parts))
        self.size: int = sum(self.lengths)
        self.start: int = span.position
        self.end: int = span.position + self.size
        self.marks: tuple[str, ...] = tuple(span.neighbours[at : at + 2] for at in (0, 2, 4, 6))
        self.masked: tuple[bool, ...] = tuple(code in "lm" for code in span.context[:2])
        self.counts: tuple[int, ...] = tuple("lm".index(code) if code in "lm" else int(code) for code in span.context[:2])
        self.bits: tuple[int, ...] = tuple(map(_CODES.index, span.context[2:5]))
        self.seal: str = span.context[5:]
        self.near: tuple[int | None, ...] = tuple(int(self.marks[1 + side], 16) if self.counts[side] == 2 else None for side in (0, 1))

    def stands(self, reading: Reading, start: int) -> tuple[int, str] | None:
        """Where the span ends if it starts here, and its characters; masks within it may be restored by words without numbers."""
        text = reading.text
        if start < 0:
            return None
        if self.text is not None:
            return (start + self.size, self.text) if text.startswith(self.text, start) else None
        for gaps in product(range(RESTORED + 1), repeat=len(self.lengths) - 1):
            characters = ""
            end = start
            for length, gap in zip(self.lengths, (*gaps, 0), strict=True):
                characters += text[end : end + length]
                end += length
                if gap and not _restored(reading, end, end + gap):
                    break
                end += gap
            else:
                if digest(characters) == self.digest:
                    return end, characters
        return None

    def node(self, reading: Reading, start: int) -> "Node | None":
        """The place of the span in a copy if it stands here, closed off on both sides as in the source."""
        text = reading.text
        found = self.stands(reading, start)
        if found is None or _seal(text, start, found[0], found[1], *self.counts) != self.seal:
            return None
        end = found[0]
        there = _marks(text[max(start - 4, 0) : start], text[end : end + 4])
        agree = sum(one == other != NONE for one, other in zip(there, self.marks, strict=True))
        free = self._free(reading, start, -1), self._free(reading, end, 1)
        if None in free:
            return None
        inner = _united(reading.between(*reading.gap(at)) for at in range(start + 1, end))
        fault = self._fault(inner, self.bits[1]) or self._beside(reading, start, -1) or self._beside(reading, end, 1)
        if not fault and any(
            self.counts[step > 0] == 2 and one != other and _doubled(text, edge, step)
            for edge, step, one, other in ((start, -1, there[0], self.marks[0]), (end, 1, there[3], self.marks[3]))
        ):
            fault = "unclear"
        return Node(self, start, end, agree, (free[0] == "weak", free[1] == "weak"), fault)

    def _free(self, reading: Reading, edge: int, step: int) -> str | None:
        """How a side is closed off beyond the characters in the seal: by them, by a line's end or mask, or weakly by what stands beyond."""
        side = step > 0
        count = self.counts[side]
        at = edge + step * count
        if count == 2:
            return "seal"
        start, end = reading.gap(at)
        if not self.masked[side]:
            ended = reading.divided(start, end)
            return "line" if ended else "weak" if self._crosses(reading.text, edge, step, 0) else None
        if "*" in reading.view.text[start:end] and LINE_END.search(reading.view.text, start, end):
            return "line"
        for slip in range(RESTORED + 1):
            first, last = (at - slip, at) if step < 0 else (at, at + slip)
            if slip and not _restored(reading, first, last):
                return None
            if self._crosses(reading.text, edge, step, slip):
                return "mask"
        return None

    def _crosses(self, text: str, edge: int, step: int, slip: int) -> bool:
        """Whether both blocks of a side agree where so many characters are left out behind those in the seal."""
        count = self.counts[step > 0]
        if step < 0:
            at = edge - count
            there = _marks(text[max(at - slip - 4, 0) : max(at - slip, 0)] + text[at:edge], "")[:2]
            return there == self.marks[:2]
        at = edge + count
        return _marks("", text[edge:at] + text[at + slip : at + slip + 4])[2:] == self.marks[2:]

    def _beside(self, reading: Reading, edge: int, step: int) -> str:
        """What is wrong with the signs between the span and what is beside it."""
        start, end = reading.gap(edge)
        side = step > 0
        allowed = self.bits[2 * side]
        if self.counts[side] == 0:  # a line or a mask ends: whatever punctuation
            allowed |= OTHER | DASH | BRACKET
            cuts = [] if self.masked[side] else [start + one.start() for one in LINE_END.finditer(reading.view.text[start:end])]
            if cuts:
                start, end = (cuts[-1] + 1, end) if step < 0 else (start, cuts[0])
        return self._fault(reading.between(start, end), allowed)

    def _fault(self, bits: int, allowed: int) -> str:
        """Whether signs that the source does not have there make the span unclear or another one."""
        if bits & STROKE:
            return "contradicted"
        if bits & PLUS and allowed & BLANK:  # a form writes a blank for a plus sign, and so it may have been lost
            bits &= ~PLUS
        if bits & (SIGN | SIGNS | PLUS) & ~allowed:
            return "contradicted" if self.span.kind in ("figure", "date") else "unclear"
        return "unclear" if bits & ~allowed & ~BLANK else ""


def _doubled(text: str, edge: int, step: int) -> bool:
    """Whether what stands beside a span stands there twice, so that one may have been put there."""
    beside = text[edge : edge + 8] if step > 0 else text[max(edge - 8, 0) : edge][::-1]
    return any(beside[:size] == beside[size : 2 * size] != "" for size in range(1, 5))


def _restored(reading: Reading, start: int, end: int) -> bool:
    """Whether a stretch of the stream may be what a mask stood for: words without numbers, and no mask is left."""
    if start < 0 or end > len(reading.text):
        return False
    seen = reading.view.text[reading.gap(start)[0] : reading.gap(end)[1]]
    return "*" not in seen and not any(map(str.isnumeric, reading.text[start:end]))


class Node(NamedTuple):
    """A place where a span stands in a copy.

    Attributes:
        sought: the span.
        start: where it starts in the stream.
        end: where it ends.
        agree: how many of the four blocks beside it are the source's.
        weak: of each side, whether it is closed off only by what stands across the end of a line.
        fault: ``unclear`` or ``contradicted`` where signs beside it or within it are not the source's.
    """

    sought: Sought
    start: int
    end: int
    agree: int
    weak: tuple[bool, bool]
    fault: str

    @property
    def shift(self) -> int:
        """How far the place is from the source's."""
        return self.start - self.sought.start


# The search. --------------------------------------------------------------------------------------------------------------------


def nodes(spans: Sequence[Sought], reading: Reading) -> list[Node]:
    """Everything that stands in a copy, in the order of the source."""
    text = reading.text
    blocks = bytes(map(_BYTES.__getitem__, map(add, text, islice(text, 1, None))))
    found: dict[tuple[int, int], Node] = {}

    def place(span: Sought, start: int) -> None:
        end = start + span.size
        if not 0 <= start < end <= len(text) or (span.near[0] is not None and (start < 2 or blocks[start - 2] != span.near[0])):
            return
        if span.near[1] is not None and len(span.lengths) == 1 and (end >= len(blocks) or blocks[end] != span.near[1]):
            return
        if (id(span), start) not in found and (node := span.node(reading, start)):
            found[id(span), start] = node

    for span, start in _candidates(spans, reading, blocks):
        place(span, start)
    have = {key for key, _ in found}
    standing = sorted(found.values(), key=_in_source)
    starts = [node.sought.start for node in standing]
    for span in (span for span in spans if id(span) not in have):  # what others say by their distance
        slips = range(-RESTORED, RESTORED + 1) if True in span.masked or len(span.lengths) > 1 else (0,)
        at = bisect_left(starts, span.start)
        for near in standing[max(at - 3, 0) : at + 3]:
            if abs(near.sought.start - span.start) < NEAR:
                for shift in (near.shift, near.end - near.sought.end):
                    for slip in slips:
                        place(span, shift + span.start + slip)
    return sorted(found.values(), key=_in_source)


def _in_source(node: "Node") -> tuple[int, int]:
    return node.sought.start, node.start


def _candidates(spans: Sequence[Sought], reading: Reading, blocks: bytes) -> Iterator[tuple[Sought, int]]:
    """Where spans may stand. The copy is read once, by pairs of characters for those that are kept and by blocks for the others."""
    by_text: dict[str, dict[int | None, list[Sought]]] = {}  # first two characters → byte of the block before, if it is in the seal
    by_length: dict[int, list[Sought]] = {}  # of whole lines
    sides: tuple[dict[int, list[Sought]], dict[int, list[Sought]]] = {}, {}
    for span in spans:
        if span.text is not None and span.size > 1:
            by_text.setdefault(span.text[:2], {}).setdefault(span.near[0], []).append(span)
            continue
        marks = [-1 if mark == NONE else int(mark, 16) for mark in span.marks]
        sides[0].setdefault(marks[0] << 8 | marks[1], []).append(span)
        if len(span.lengths) == 1:
            sides[1].setdefault(marks[2] << 8 | marks[3], []).append(span)
        if not any(span.counts) and not any(span.masked):
            by_length.setdefault(span.size, []).append(span)
    before, after = sides
    for start, (one, two) in enumerate(zip(blocks, islice(blocks, 2, None), strict=False)):
        pair = one << 8 | two
        if pair in before:
            yield from ((span, start + 4) for span in before[pair])
        if pair in after:
            yield from ((span, start - span.size) for span in after[pair])
    text = reading.text
    for start, first in enumerate(map(add, text, islice(text, 1, None))):
        if first in by_text:
            same = by_text[first]
            yield from ((span, start) for span in same.get(blocks[start - 2] if start > 1 else -1, ()))
            yield from ((span, start) for span in same.get(None, ()))
    lines = [at for at in range(len(text)) if reading.divided(*reading.gap(at))] if by_length else []
    for start, end in pairwise([*lines, len(text)]):
        yield from ((span, start) for span in by_length.get(end - start, ()))


def supported(found: Sequence[Node]) -> list[Node]:
    """What stands at its distance from something else that is near, or is the only place for a span and the only span for a place."""
    shifts: dict[int, list[Node]] = {}
    places: dict[int, set[int]] = {}
    spans: dict[int, set[int]] = {}
    for node in found:
        for shift in {node.shift, node.end - node.sought.end}:
            shifts.setdefault(shift, []).append(node)
        places.setdefault(node.start, set()).add(node.sought.start)
        spans.setdefault(id(node.sought), set()).add(node.start)
    held: tuple[set[int], set[int]] = set(), set()  # what has something at its distance before it, and after it
    for group in shifts.values():
        starts, ends = (sorted(getattr(node.sought, edge) for node in group) for edge in ("start", "end"))
        for node in group:
            if bisect_right(ends, node.sought.start) > bisect_left(ends, node.sought.start - NEAR):
                held[0].add(id(node))
            if bisect_right(starts, node.sought.end + NEAR) > bisect_left(starts, node.sought.end):
                held[1].add(id(node))
    kept = set()
    for node in found:
        before, after = id(node) in held[0], id(node) in held[1]
        alone = len(spans[id(node.sought)]) == len(places[node.start]) == 1 and (node.agree > 1 or node.sought.size >= LONG)
        if (before or not node.weak[0]) and (after or not node.weak[1]) and (before or after or alone):
            kept.add(id(node))
    return [node for node in found if id(node) in kept]


def chains(found: Sequence[Node]) -> Iterator[list[Node]]:
    """First what stands in the source's order, then the next longest chain of what is left, and so on."""
    rest = list(found)
    while rest:
        weights: dict[tuple[int, int], int] = {}
        for node in rest:
            place = node.sought.start, node.start
            weights[place] = weights.get(place, 0) + 1 + node.agree
        best = set(chain(weights))
        taken = [node for node in rest if (node.sought.start, node.start) in best]
        yield taken
        spans = {id(node.sought) for node in taken}
        places = {(node.start, node.end) for node in taken}
        rest = [node for node in rest if id(node.sought) not in spans and (node.start, node.end) not in places]


def chain(weights: Mapping[tuple[int, int], int]) -> list[tuple[int, int]]:
    """The heaviest chain of pairs (place in the source, place in the copy) in which both increase; O(n log n)."""
    pairs = sorted(weights, key=lambda pair: (pair[0], -pair[1]))
    ranks = {place: rank for rank, place in enumerate(sorted({place for _, place in pairs}), 1)}
    tree = [(0, -1)] * (len(ranks) + 1)  # Fenwick tree: weight and last pair of the heaviest chain that ends at or before a rank
    previous = []
    for number, pair in enumerate(pairs):
        best = (0, -1)
        rank = ranks[pair[1]] - 1
        while rank:
            best = max(best, tree[rank])
            rank &= rank - 1
        previous.append(best[1])
        rank = ranks[pair[1]]
        while rank < len(tree):
            tree[rank] = max(tree[rank], (best[0] + weights[pair], number))
            rank += rank & -rank
    found = []
    last = max(tree)[1]
    while last >= 0:
        found.append(pairs[last])
        last = previous[last]
    return found[::-1]
