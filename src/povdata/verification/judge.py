"""What a copy says in the place of each span, by five rules.

1. Both sides: a span is good only where what stands next to it on both sides is the source's; beyond its own line's end, all is free.
2. Nothing in between that says something. (Both hold for every `Node`.)
3. Its own section: a span that moved is good only under its own heading, together with the other spans of its records.
4. One version: where the copy has it twice, differently, it is contradicted.
5. What these rules do not let pass, and what is yet not another text, is unclear.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations, groupby, pairwise
from typing import Literal, NamedTuple, get_args
from unicodedata import decomposition

from povdata.locators import Locator, digest
from povdata.verification.match import NEAR, Cited, Node, Side, Sought, blocks, chains, holds, nodes, supported
from povdata.verification.normalize import BRACKET, Reading, stream

Status = Literal["confirmed", "moved", "unclear", "contradicted", "missing"]
STATUSES: tuple[Status, ...] = get_args(Status)

_ROUNDS = 8  # how often figures that are written otherwise are rewritten, each time with more around them that stands
_WORD = 12  # so long, in characters of the stream, is a word that was put beside a span
_NOTE = re.compile(r"[(\[（［〔【〈][^\n()\[\]（）［］〔〕【】〈〉]{1,8}[)\]）］〕】〉]|[\u00b2\u00b3\u00b9\u2070-\u209f\u2460-\u24ff]")
"""A note's mark: in brackets, raised or circled."""
_NOTES = 8  # so many marks are told from what the source itself has in brackets
_RUN = 3  # fewer spans that moved do not tear apart what stands before and after
_AHEAD = 3  # so many of the spans before and after are tried as the edges of a gap
_RANK = {"": 0, "confirmed": 0, "moved": 0, "unclear": 1, "contradicted": 2}


class Found(NamedTuple):
    """What a copy has of a span."""

    status: Status
    start: int | None = None  # in what is seen of the copy; None where nothing is found
    end: int | None = None
    reason: str = ""  # why it is not good, in words


class Context(NamedTuple):
    """What a dataset knows of its spans beside their fingerprints."""

    same: Callable[[Cited, str], bool]  # whether other characters say the same as those of a figure or date, for all cells read from it
    section: Callable[[Locator], str]  # empty outside the sections
    records: Mapping[str, Iterable[object]]  # that cite each span


def judge(spans: Sequence[Cited], copy: Reading, context: Context) -> tuple[dict[str, Found], Reading]:
    """What a copy has of each span, by its key; and the copy with figures and dates as the source writes them."""
    sought = sorted((Sought(span, copy.variants) for span in spans), key=lambda one: (one.start, -one.end))
    sought = [one for one in sought if one.size]
    reading, rounds = copy, _ROUNDS
    while True:
        standing = supported(nodes(sought, reading))
        gaps = list(_gaps(sought, standing, reading))
        edits = dict(_equal(gaps, reading, context)) if rounds else {}
        if not edits:
            break
        reading, rounds = reading.rewritten(edits), rounds - 1
    found = _placed(standing, reading, context)
    placed = {(node.start, node.end) for node in standing}  # another span stands there, or should
    placed |= {(gap.left, gap.right) for gap in gaps if gap.span.span.key not in found}
    for gap in gaps:
        key = gap.span.span.key
        before = found.get(key)
        other = None if before and (gap.left, gap.right) in placed else _instead(gap, reading)
        if other and before and _RANK[other.status] > _RANK[before.status]:
            shown = reading.view.text[before.start : before.end]
            found[key] = other._replace(reason=f"the copy has it twice, differently: {shown!r} as well")
        elif other and not before:
            found[key] = other
    found |= _in_part(sought, found)
    return {span.key: found.get(span.key, Found("missing")) for span in spans}, reading


def _placed(standing: Sequence[Node], reading: Reading, context: Context) -> dict[str, Found]:
    """Where each span stands, in the source's order or moved, and whether that is where it belongs."""
    place: dict[str, tuple[Node, int]] = {}
    astray: dict[str, str] = {}
    for number, taken in enumerate(chains(standing)):
        for node in taken:
            place.setdefault(node.sought.span.key, (node, number))
        if number and len(taken) == 1:
            astray[taken[0].sought.span.key] = "it stands elsewhere, alone"
    astray |= _astray(place, context)
    faulty: dict[str, Node] = {}
    for node in sorted(standing, key=lambda node: -_RANK[node.fault]):
        faulty.setdefault(node.sought.span.key, node)
    found = {}
    for key, (node, number) in place.items():
        start, end = reading.places[node.start], reading.places[node.end - 1] + 1
        if fault := faulty[key].fault:
            start, end = reading.gap(faulty[key].start)[0], reading.gap(faulty[key].end)[1]
            found[key] = Found(fault, start, end, "signs beside it or within it are not the source's")
        elif key in astray:
            found[key] = Found("unclear", start, end, astray[key])
        else:
            found[key] = Found("moved" if number else "confirmed", start, end)
    return found


def _astray(place: Mapping[str, tuple[Node, int]], context: Context) -> dict[str, str]:
    """What does not stand under its own heading, or not together with the rest of its records."""
    sections = {key: context.section(Locator.parse(key)) for key in place}

    def heads(line: int, section: str) -> bool:
        return section != "" and (line == 1 or context.section(Locator(line - 1, 0, 1)) != section)

    headings = sorted((place[key][0].start, section) for key, section in sections.items() if heads(Locator.parse(key).line, section))
    found = {}
    headed = {section for _, section in headings}
    for key, (node, number) in place.items():
        at = bisect_right(headings, node.start, key=lambda heading: heading[0])
        under = headings[at - 1][1] if at else ""
        if sections[key] and under != sections[key] and (number or sections[key] in headed):
            found[key] = "it stands under another heading"
    order = sorted(place, key=lambda key: (place[key][0].start, -place[key][0].end))
    runs = [list(run) for _, run in groupby(order, key=lambda key: place[key][1])]
    long = [key for run in runs if len(run) >= _RUN for key in run]
    blocks = {key: number for number, (_, run) in enumerate(groupby(long, key=lambda key: place[key][1])) for key in run}
    together = defaultdict(list)
    for key in sorted(blocks, key=lambda key: place[key][0].sought.start):
        for record in context.records.get(key, ()):
            together[record, sections[key]].append(key)
    for first, *rest in together.values():
        found |= {key: "it stands apart from the rest of its record" for key in rest if blocks[key] != blocks[first]}
    return found


def _in_part(sought: Sequence[Sought], found: Mapping[str, Found]) -> dict[str, Found]:
    """The spans that stand but hold a contradicted one, which contradicts them too."""
    wholes: list[Sought] = []
    contradicted = {}
    for part in sought:
        wholes = [whole for whole in wholes if whole.end > part.start]
        if (own := found.get(part.span.key)) and own.status == "contradicted":
            for key in (whole.span.key for whole in wholes if whole.end >= part.end and whole.span.key in found):
                if found[key].status != "contradicted":
                    contradicted[key] = found[key]._replace(status="contradicted", reason="a part of it is contradicted")
        wholes.append(part)
    return contradicted


class _Gap(NamedTuple):
    """A stretch of the stream in which a span should stand: where it should start and end, by what stands near, and what is free around."""

    span: Sought
    left: int
    right: int
    low: int
    high: int


def _gaps(sought: Sequence[Sought], standing: Sequence[Node], reading: Reading) -> Iterator[_Gap]:
    """Where spans do not stand between others which stand about as near to each other as in the source; wherever that is."""
    places: defaultdict[Sought, list[Node]] = defaultdict(list)
    for node in sorted(standing, key=lambda node: node.start):
        places[node.sought].append(node)
    by_end, by_start = sorted(places, key=lambda span: span.end), sorted(places, key=lambda span: span.start)
    for span in sought:
        own = [node.start for node in places.get(span, ())]
        first = bisect_right(by_end, span.start, key=lambda one: one.end)
        last = bisect_left(by_start, span.end, key=lambda one: one.start)
        before, after = by_end[max(first - _AHEAD, 0) : first][::-1], by_start[last : last + _AHEAD]
        seen: set[int] = set()
        for one in (node for near in before for node in places[near]):
            for near in after:
                at = bisect_left(places[near], one.end, key=lambda node: node.start)
                other = places[near][at] if at < len(places[near]) else None
                if other and other.start - one.end <= 2 * (near.start - one.sought.end) + NEAR:
                    if other.start not in seen and not holds(own, one.end, other.start):
                        left, right = one.end + span.start - one.sought.end, other.start - (near.start - span.end)
                        yield _Gap(span, left, right, one.end, other.start)
                    seen.add(other.start)
                    break
        if own:
            for side, anchors in zip(span.sides, (after, before), strict=True):
                if span.sides[side.step < 0].own == 2:
                    yield from _versions(span, side, own, [places[near] for near in anchors], reading)


def _versions(span: Sought, side: Side, own: Sequence[int], anchors: Iterable[Sequence[Node]], reading: Reading) -> Iterator[_Gap]:
    """Where the span stands elsewhere, but not beside a place of one near it, though what is on its other side stands there."""
    for places in anchors:
        standing = [node for node in places if node.agree == 4]
        bounds = [0, *(node.start for node in standing), len(reading.text)]
        for number, node in enumerate(standing, 1):
            if holds(own, *sorted((bounds[number + side.step], node.start))):
                continue  # the span that belongs to it stands there
            edge = node.start + span.end - node.sought.start if side.step < 0 else node.end + span.start - node.sought.end
            for length in sorted(range(1, 2 * span.size + 9), key=lambda length: abs(length - span.size)):
                left, right = (edge - length, edge) if side.step < 0 else (edge, edge + length)
                if 0 <= left < right <= len(reading.text):
                    far = left if side.step < 0 else right
                    there = blocks(reading.text, far, side.step)
                    if side.ends(reading, far) or there == side.blocks or (length == span.size and there[0] == side.blocks[0]):
                        yield _Gap(span, left, right, left, right)
                        break


def _equal(gaps: Iterable[_Gap], reading: Reading, context: Context) -> Iterator[tuple[tuple[int, int], str]]:
    """The stretches that say what a figure or date says, written otherwise, and its own characters."""
    taken: set[int] = set()
    for span, left, right, low, high in gaps:
        if span.span.kind in ("figure", "date") and span.text:
            lengths = range(1, 2 * span.size + 12)
            for start, end in [(left, right), *((left, left + n) for n in lengths), *((right - n, right) for n in lengths)]:
                if low <= start < end <= high and taken.isdisjoint(range(start, end)):
                    characters = reading.view.text[reading.places[start] : reading.places[end - 1] + 1]
                    if reading.text[start:end] != span.text and context.same(span.span, characters):
                        taken.update(range(start, end))
                        yield (start, end), span.span.text or ""
                        break


def _instead(gap: _Gap, reading: Reading) -> Found | None:
    """What stands where a span should: itself, but with something beside it, or other characters between its neighbours."""
    span, left, right, low, high = gap
    for start in (left, right - span.size, reading.text.find(span.text, low, high) if span.text else -1):
        if low <= start and (stands := span.stands(reading, start)) and stands[0] <= high:
            return _put_beside(gap, start, stands[0], reading)
    if not (low <= left < right <= high and right - left <= 2 * span.size + 8):
        return None
    for side, edge in zip(span.sides, (left, right), strict=True):
        near = blocks(reading.text, edge, side.step)[0]
        if side.blocks[0] not in (near, -1) and not (side.own == 0 and reading.divided(*reading.gap(edge))):
            return None
    begin, end = reading.places[left], reading.places[right - 1] + 1
    torn = right - left != span.size and reading.divided(begin + 1, end)
    if torn or _marked(span, left, right, reading):
        return Found("unclear", begin, end, "something is put in that is marked off")
    return Found("contradicted", begin, end)


def _marked(span: Sought, left: int, right: int, reading: Reading) -> bool:
    """Whether the span's own characters remain if what is marked off is left out of a stretch: some notes, or one other thing."""
    text, more = reading.text, right - left - span.size
    seen = reading.view.text[reading.gap(left)[0] : reading.gap(right)[1]]
    notes = [note.span() for note in _NOTE.finditer(seen)][:_NOTES]
    some = chain.from_iterable(combinations(notes, number) for number in range(len(notes), 0, -1))
    kept = ("".join(seen[end:start] for (_, end), (start, _) in pairwise([(0, 0), *put_in, (len(seen), 0)])) for put_in in some)
    places = range(left + 1, left + span.size) if more > 0 else ()
    rests = (text[left:at] + text[at + more : right] for at in places if _set_off(reading, at, at + more))
    return any(digest(rest) == span.digest for rest in chain((stream(rest, reading.variants) for rest in kept), rests))


def _put_beside(gap: _Gap, start: int, end: int, reading: Reading) -> Found:
    """The span stands, but what is next to it is not the source's: a word was put there, or else it is unclear."""
    span = gap.span
    edges = zip(span.sides, (gap.left, gap.right), (start, end), strict=True)
    first, last = (there if blocks(reading.text, there, side.step) == side.blocks else own for side, there, own in edges)
    put = [(one, other) for one, other in ((first, start), (end, last)) if one < other <= one + _WORD]
    bare = put and span.span.kind != "name" and not any(_set_off(reading, *stretch) for stretch in put)
    first, last = min([start, *(one for one, _ in put)]), max([end, *(other for _, other in put)])
    status: Status = "contradicted" if bare else "unclear"
    return Found(status, reading.places[first], reading.places[last - 1] + 1, "something else stands beside it")


def _set_off(reading: Reading, start: int, end: int) -> bool:
    """Whether something that was put in is marked off: by the end of a line, brackets, as a note's number, or by an element of its own."""
    first, last = reading.gap(start)[0], reading.gap(end)[1]
    begin, stop = reading.places[start], reading.places[end - 1] + 1
    text, begins, ends = reading.view
    return bool(
        (begin > 0 and stop < len(text) and begins[begin] > ends[begin - 1] and begins[stop] > ends[stop - 1])
        or (reading.between(first, begin) | reading.between(stop, last)) & BRACKET
        or reading.divided(first, last)
        or all(decomposition(text[at])[:7] in ("<super>", "<circle") for at in range(begin, stop))
    )
