"""What a copy says in the place of each span, by five rules.

1. Both sides: a span is good only where what stands next to it on both sides is the source's; beyond its own line's end, all is free.
2. Nothing in between that says something. (Both hold for every `Node`.)
3. Its own section: a span that moved is good only under its own heading, together with the other spans of its records.
4. One version: where the copy has it twice, differently, it is contradicted.
5. What these rules do not let pass, and what is yet not another text, is unclear.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Literal, NamedTuple, get_args
from unicodedata import decomposition

from povdata.locators import Locator, digest
from povdata.verification.match import NEAR, NONE, Cited, Node, Sought, _marks, chains, nodes, supported
from povdata.verification.normalize import BRACKET, Reading, stream

Status = Literal["confirmed", "moved", "unclear", "contradicted", "missing"]
STATUSES: tuple[Status, ...] = get_args(Status)

_ROUNDS = 8
"""How often figures that are written otherwise are rewritten, each time with more around them that stands."""
_WORD = 12
"""So long, in characters of the stream, is a word that was put beside a span."""
_NOTE = re.compile(r"[(\[（［〔【〈][^\n]{1,8}?[)\]）］〕】〉]|[\u00b2\u00b3\u00b9\u2070-\u209f\u2460-\u24ff]")
"""A note's mark: in brackets, raised or circled."""
_RUN = 3
"""Fewer spans that moved do not tear apart what stands before and after."""
_AHEAD = 3
"""So many of the spans before and after are tried as the edges of a gap."""


class Found(NamedTuple):
    """What a copy has of a span.

    Attributes:
        status: ``confirmed``, ``moved``, ``unclear``, ``contradicted`` or ``missing``.
        start: where it starts in what is seen of the copy; None where nothing is found.
        end: where it ends.
        reason: why it is not good, in words; else empty.
    """

    status: Status
    start: int | None = None
    end: int | None = None
    reason: str = ""


_MISSING = Found("missing")
_RANK = {"": 0, "confirmed": 0, "moved": 0, "unclear": 1, "contradicted": 2}


class Context(NamedTuple):
    """What a dataset knows of its spans beside their fingerprints.

    Attributes:
        same: whether other characters say the same as those of a figure or date, for all cells that were read from it.
        section: the section of a locator; empty outside the sections.
        records: the records that cite each span.
    """

    same: Callable[[Cited, str], bool]
    section: Callable[[Locator], str]
    records: Mapping[str, Iterable[object]]


def judge(spans: Sequence[Cited], copy: Reading, context: Context) -> tuple[dict[str, Found], Reading]:
    """What a copy has of each span, by its key."""
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
        if gap.span.span.key in found and (gap.left, gap.right) in placed:
            continue
        other = _instead(gap, reading)
        key = gap.span.span.key
        before = found.get(key)
        if other and (before is None or _RANK[other.status] > _RANK[before.status]):
            reason = other.reason if before is None else f"the copy has it twice, differently: {_shown(reading, before)!r} as well"
            found[key] = other._replace(reason=reason)
    return {span.key: found.get(span.key, _MISSING) for span in spans}, reading


def _shown(reading: Reading, found: Found) -> str:
    return reading.view.text[found.start : found.end]


# What stands. -------------------------------------------------------------------------------------------------------------------


def _placed(standing: Sequence[Node], reading: Reading, context: Context) -> dict[str, Found]:
    """Where each span stands, in the source's order or moved, and whether that is where it belongs."""
    place: dict[str, tuple[Node, int]] = {}
    alone: set[str] = set()
    for number, taken in enumerate(chains(standing)):
        for node in taken:
            place.setdefault(node.sought.span.key, (node, number))
        if number and len(taken) == 1:
            alone.add(taken[0].sought.span.key)
    faults: dict[str, str] = {}
    for node in standing:
        key = node.sought.span.key
        faults[key] = max(faults.get(key, ""), node.fault, key=lambda fault: _RANK[fault])
    astray = dict.fromkeys(alone, "it stands elsewhere, alone") | _astray(place, context)
    found = {}
    for key, (node, number) in place.items():
        start, end = reading.places[node.start], reading.places[node.end - 1] + 1
        if faults[key]:
            faulty = next(one for one in standing if one.sought.span.key == key and one.fault == faults[key])
            start, end = reading.gap(faulty.start)[0], reading.gap(faulty.end)[1]
            found[key] = Found(faults[key], start, end, "signs beside it or within it are not the source's")  # type: ignore[arg-type]
        elif key in astray:
            found[key] = Found("unclear", start, end, astray[key])
        else:
            found[key] = Found("moved" if number else "confirmed", start, end)
    return found


def _astray(place: Mapping[str, tuple[Node, int]], context: Context) -> dict[str, str]:
    """What does not stand under its own heading, or not together with the rest of its records."""
    locators = {key: Locator.parse(key) for key in place}
    sections = {key: context.section(locator) for key, locator in locators.items()}
    heads: dict[str, int] = {}
    for key, section in sections.items():
        heads[section] = min(heads.get(section, locators[key].line), locators[key].line)
    headings = sorted(
        (node.start, sections[key]) for key, (node, _) in place.items() if sections[key] and _heads(context, locators[key], sections[key])
    )
    headed = {section for _, section in headings}
    starts = [start for start, _ in headings]
    found = {}
    for key, (node, number) in place.items():
        section = sections[key]
        at = bisect_right(starts, node.start) - 1
        under = headings[at][1] if at >= 0 else ""
        if section and under != section and (number or section in headed):
            found[key] = "it stands under another heading"
    order = sorted(place.items(), key=lambda item: (item[1][0].start, -item[1][0].end))
    blocks: dict[str, int] = {}
    runs = [list(run) for _, run in groupby(order, key=lambda item: item[1][1])]
    long = [item for run in runs if len(run) >= _RUN for item in run]
    for number, (_, run) in enumerate(groupby(long, key=lambda item: item[1][1])):
        blocks |= {key: number for key, _ in run}
    together: dict[tuple[object, str], list[str]] = {}
    for key, _ in order:
        for record in context.records.get(key, ()):
            if key in blocks:
                together.setdefault((record, sections[key]), []).append(key)
    for keys in together.values():
        if len({blocks[key] for key in keys}) > 1:
            first = blocks[min(keys, key=lambda key: place[key][0].sought.start)]
            found |= {key: "it stands apart from the rest of its record" for key in keys if blocks[key] != first}
    return found


def _heads(context: Context, locator: Locator, section: str) -> bool:
    """Whether a locator is in the first line of its section."""
    return locator.line == 1 or context.section(locator._replace(line=locator.line - 1)) != section


# What stands instead. -----------------------------------------------------------------------------------------------------------


class _Gap(NamedTuple):
    """A stretch of the stream in which a span should stand: where it should start and end, by what stands near, and what is free around."""

    span: Sought
    left: int
    right: int
    low: int
    high: int


def _gaps(sought: Sequence[Sought], standing: Sequence[Node], reading: Reading) -> Iterator[_Gap]:
    """Where spans do not stand between others which stand about as near to each other as in the source; wherever that is."""
    places: dict[int, list[Node]] = {}
    for node in sorted(standing, key=lambda node: node.start):
        places.setdefault(id(node.sought), []).append(node)
    have = [span for span in sought if id(span) in places]
    before, after = sorted(have, key=lambda span: span.end), sorted(have, key=lambda span: span.start)
    ends, starts = [span.end for span in before], [span.start for span in after]
    for span in sought:
        own = [node.start for node in places.get(id(span), ())]
        first, last = bisect_right(ends, span.start), bisect_left(starts, span.end)
        seen: set[int] = set()
        for one in (node for near in before[max(first - _AHEAD, 0) : first][::-1] for node in places[id(near)]):
            for near in after[last : last + _AHEAD]:
                others = places[id(near)]
                at = bisect_left(others, one.end, key=lambda node: node.start)
                if at < len(others) and others[at].start - one.end <= 2 * (near.start - one.sought.end) + NEAR:
                    other = others[at]
                    if bisect_left(own, one.end) == bisect_left(own, other.start) and other.start not in seen:
                        left, right = one.end + span.start - one.sought.end, other.start - (near.start - span.end)
                        yield _Gap(span, left, right, one.end, other.start)
                    seen.add(other.start)
                    break
        if own:
            sides = before[max(first - _AHEAD, 0) : first][::-1], after[last : last + _AHEAD]
            yield from _versions(span, own, sides, places, reading)


def _versions(
    span: Sought,
    own: Sequence[int],
    near: tuple[Sequence[Sought], Sequence[Sought]],
    places: Mapping[int, Sequence[Node]],
    reading: Reading,
) -> Iterator[_Gap]:
    """Where the span stands elsewhere, but not beside one of those near it, though what is on its other side stands there."""
    reach = 2 * span.size + 8
    size = len(reading.text)
    for side, spans in ((0, near[1]), (1, near[0])):
        for one in spans if span.counts[1 - side] == 2 else ():
            nodes = [node for node in places[id(one)] if node.agree == 4]
            for number, other in enumerate(nodes):
                beyond = nodes[number - 1 if side == 0 else number + 1].start if 0 <= number - 1 + 2 * side < len(nodes) else size * side
                if _any(own, *sorted((beyond, other.start))):
                    continue  # the span that belongs to it stands there
                if side == 0:
                    right = other.start - (other.sought.start - span.end)
                    stretches = [(left, right) for left in range(max(right - reach, 0), right)]
                else:
                    left = other.end + span.start - other.sought.end
                    stretches = [(left, right) for right in range(left + 1, min(left + reach, size) + 1)]
                for left, right in sorted(stretches, key=lambda stretch: abs(stretch[1] - stretch[0] - span.size)):
                    if right <= size and _begins(span, left, right, side, reading):
                        yield _Gap(span, left, right, left, right)
                        break


def _any(places: Sequence[int], start: int, end: int) -> bool:
    return bisect_left(places, start) < bisect_left(places, end)


def _begins(span: Sought, left: int, right: int, side: int, reading: Reading) -> bool:
    """Whether what stands on a side of the span in the source stands at the edge of a stretch: its line's end, or both blocks, or one."""
    at = right if side else left
    if span.counts[side] == 0 and not span.masked[side] and reading.divided(*reading.gap(at)):
        return True
    there = _marks(reading.text[max(left - 4, 0) : left], reading.text[right : right + 4])[2 * side : 2 * side + 2]
    own = span.marks[2 * side : 2 * side + 2]
    return there == own or (right - left == span.size and there[1 - side] == own[1 - side])


def _equal(gaps: Iterable[_Gap], reading: Reading, context: Context) -> Iterator[tuple[tuple[int, int], str]]:
    """The stretches that say what a figure or date says, written otherwise, and its own characters."""
    taken: set[int] = set()
    for span, left, right, low, high in gaps:
        if span.span.kind in ("figure", "date") and span.text is not None:
            lengths = range(1, 2 * span.size + 12)
            stretches = [(left, right), *((left, left + n) for n in lengths), *((right - n, right) for n in lengths)]
            for start, end in stretches:
                if low <= start < end <= high and taken.isdisjoint(range(start, end)):
                    characters = reading.view.text[reading.places[start] : reading.places[end - 1] + 1]
                    if reading.text[start:end] != span.text and context.same(span.span, characters):
                        taken.update(range(start, end))
                        yield (start, end), span.span.text or ""
                        break


def _instead(gap: _Gap, reading: Reading) -> Found | None:
    """What stands where a span should: itself, but with something beside it, or other characters between its neighbours."""
    span, left, right, low, high = gap
    text = reading.text
    places = dict.fromkeys((left, right - span.size))
    if span.text is not None and (at := text.find(span.text, low, high)) >= 0:
        places[at] = None
    for start in places:
        if low <= start and (ends := span.stands(reading, start)) and ends[0] <= high:
            return _put_beside(gap, start, ends[0], reading)
    if not (low <= left < right <= high and right - left <= 2 * span.size + 8):
        return None
    there = _marks(text[max(left - 4, 0) : left], text[right : right + 4])
    edges = [span.counts[side] == 0 and reading.divided(*reading.gap((left, right)[side])) for side in (0, 1)]
    if all(edges[side] or span.marks[1 + side] in (there[1 + side], NONE) for side in (0, 1)):
        start, end = reading.places[left], reading.places[right - 1] + 1
        torn = right - left != span.size and reading.divided(start + 1, end)
        marked = torn or _marked(span, left, right, reading)
        return Found("unclear" if marked else "contradicted", start, end, "something is put in that is marked off" if marked else "")
    return None


def _marked(span: Sought, left: int, right: int, reading: Reading) -> bool:
    """Whether the span's own characters remain if what is marked off is left out of a stretch: notes, or one other thing."""
    text, more = reading.text, right - left - span.size
    seen = reading.view.text[reading.gap(left)[0] : reading.gap(right)[1]]
    rests = [stream(_NOTE.sub("", seen), reading.variants)] if _NOTE.search(seen) else []
    places = range(left + 1, left + span.size) if more > 0 else ()
    rests += [text[left:at] + text[at + more : right] for at in places if _set_off(reading, at, at + more)]
    return any(rest == span.text or (span.text is None and digest(rest) == span.digest) for rest in rests)


def _put_beside(gap: _Gap, start: int, end: int, reading: Reading) -> Found:
    """The span stands, but what is next to it is not the source's: a word was put there, or else it is unclear."""
    span, text = gap.span, reading.text
    first = gap.left if _marks(text[max(gap.left - 4, 0) : gap.left], "")[:2] == span.marks[:2] else start
    last = gap.right if _marks("", text[gap.right : gap.right + 4])[2:] == span.marks[2:] else end
    put = [(one, other) for one, other in ((first, start), (end, last)) if one < other <= one + _WORD]
    bare = put and span.span.kind != "name" and not any(_set_off(reading, *stretch) for stretch in put)
    first, last = min([start, *(one for one, _ in put)]), max([end, *(other for _, other in put)])
    return Found(
        "contradicted" if bare else "unclear", reading.places[first], reading.places[last - 1] + 1, "something else stands beside it"
    )


def _set_off(reading: Reading, start: int, end: int) -> bool:
    """Whether something that was put in is marked off: by the end of a line, brackets, as a note's number, or by an element of its own."""
    first, last = reading.gap(start)[0], reading.gap(end)[1]
    begin, stop = reading.places[start], reading.places[end - 1] + 1
    view = reading.view
    own = begin > 0 and stop < len(view.text) and view.begins[begin] > view.ends[begin - 1] and view.begins[stop] > view.ends[stop - 1]
    brackets = (reading.between(first, begin) | reading.between(stop, last)) & BRACKET
    return bool(
        own
        or brackets
        or reading.divided(first, last)
        or all(decomposition(view.text[at])[:7] in ("<super>", "<circle") for at in range(begin, stop))
    )
