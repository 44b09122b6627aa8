"""Finding what the dataset cites in a copy of the article that differs, without the article's text.

Both texts are reduced to their canonical characters: letters, digits, ``%`` and decimal points. Of the article, the dataset keeps where
in this stream a span stands, how long it is, its characters or their digest, and a digest of its `neighbours`. A span is found by its
characters and its neighbours, or by its characters, a neighbour and its distance from a span found already; never by its rank among
equal figures.
"""

from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping
from itertools import islice, pairwise, product
from operator import add, attrgetter, eq
from typing import Literal, NamedTuple, Protocol

from povdata.canonical import LINE_START, NONE, Canonical, behind, mark, marks, parts_of
from povdata.locators import digest

Status = Literal["confirmed", "moved", "contradicted", "missing"]

# Numbers of canonical characters.
_RESTORED = 6  # what a redaction may stand for
_LONG = 8  # a phrase that needs only one neighbour; twice as long, none
_NEAR = 12  # how far one neighbour and the exact distance are enough
_SUPPORT = 400  # how far two spans at their distance in the article support each other
_BETWEEN = 400  # what may have been inserted where a span is looked for between two others
_BESIDE = 100  # the same where it is looked for beside one
_PIECE = 256  # how many are indexed at a time

_DIGITS = frozenset("0123456789")
NUMERALS = "0123456789〇零一二两三四五六七八九十百千万亿"
_NUMERALS = frozenset(NUMERALS)
_OTHER = _DIGITS | frozenset(".⁄¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞⅟↉")  # what makes digits beside it another number
_number = attrgetter("number")
_start = attrgetter("start")


class Found(NamedTuple):
    """What a copy has of a span.

    Attributes:
        status: ``confirmed`` (its characters, in the article's order), ``moved`` (its characters, elsewhere), ``contradicted`` (others
            between its neighbours) or ``missing``.
        characters: the characters of the copy; None where it has none.
        start: where they start in the copy, in code points.
        end: where they end.
    """

    status: Status
    characters: str | None
    start: int | None
    end: int | None


class Cited(Protocol):
    """A span with its fingerprint; ``digest`` and ``lengths`` are read only where ``text`` is None."""

    @property
    def key(self) -> str: ...  # noqa: D102
    @property
    def text(self) -> str | None: ...  # noqa: D102
    @property
    def digest(self) -> str | None: ...  # noqa: D102
    @property
    def position(self) -> int: ...  # noqa: D102
    @property
    def lengths(self) -> tuple[int, ...] | None: ...  # noqa: D102
    @property
    def neighbours(self) -> str: ...  # noqa: D102


# Matching. ----------------------------------------------------------------------------------------------------------------------


_Agreement = tuple[bool, bool, bool, bool]
"""Which of the four neighbours agree, in the order of the text."""


class _Sought:
    """A span to be found: where it stands in the canonical article and what it looks like."""

    def __init__(self, span: Cited) -> None:
        parts = None if span.text is None else parts_of(span.text)
        lengths = span.lengths or (0,) if parts is None else tuple(map(len, parts))
        self.key = span.key
        self.number = -1  # its rank in the article
        self.text = None if parts is None else "".join(parts)
        self.digest = span.digest if parts is None else None
        self.lengths = tuple(filter(None, lengths))
        self.closed = lengths[0] > 0, lengths[-1] > 0
        self.start, self.end, self.size = span.position, span.position + sum(lengths), sum(lengths)
        self.marks = tuple(span.neighbours[at : at + 2] for at in (0, 2, 4, 6))
        # How many neighbours it takes where no distance helps: a figure can stand in many places, a long phrase in one.
        if self.text is not None:
            self.least = 2 if _NUMERALS.isdisjoint(self.text) else 3
        else:
            self.least = sum(self.size < size for size in (4, _LONG, 2 * _LONG))

    def stands(self, text: str, start: int) -> int | None:
        """Where the span ends in the copy if it starts here; redactions within it may have been restored, by words without digits."""
        for gaps in product(range(_RESTORED + 1), repeat=len(self.lengths) - 1):
            characters = words = ""
            end = start
            for length, gap in zip(self.lengths, (*gaps, 0), strict=True):
                characters += text[end : end + length]
                words += text[end + length : end + length + gap]
                end += length + gap
            if (characters == self.text if self.digest is None else digest(characters) == self.digest) and _DIGITS.isdisjoint(words):
                return end
        return None

    def agreement(self, text: str, start: int, end: int) -> _Agreement:
        """Which neighbours agree; where a redaction stands beside the span, both of that side may stand behind restored words."""
        one, two, three, four = (there == mark != NONE for there, mark in zip(marks(text, start, end), self.marks, strict=True))
        for slip in range(1, _RESTORED + 1):
            if not (self.closed[0] or one or two):
                one = two = (mark(text, start - slip - 4), mark(text, start - slip - 2)) == self.marks[:2]
            if not (self.closed[1] or three or four):
                three = four = (mark(text, end + slip), mark(text, end + slip + 2)) == self.marks[2:]
        return one, two, three, four


class _Place(NamedTuple):
    """A stretch of the canonical characters of the copy."""

    start: int
    end: int
    status: Status


class _Window(NamedTuple):
    """A stretch of the copy in which a span is looked for.

    ``expected``: where spans found say that it starts, by their distance, and how many neighbours it takes there.
    """

    start: int
    end: int
    status: Status
    expected: tuple[tuple[int, int], ...]


_Nodes = dict[tuple[int, int], list[tuple[_Sought, int, int]]]
"""(Place in the article, place in the copy) → spans, each with its end in the copy and the number of neighbours that agree."""


class _Matcher:
    """The search for all spans in one copy."""

    def __init__(self, spans: Iterable[Cited], canonical: Canonical, lines: frozenset[int]) -> None:
        self.text = canonical.text
        self.lines = lines
        self.breaks = frozenset(canonical.starts)
        self.sought = sorted(filter(lambda span: span.size, map(_Sought, spans)), key=lambda span: (span.start, -span.end))
        self.found: dict[str, _Place] = {}
        self.standing: list[_Sought] = []  # those found, in the article's order
        self.taken: dict[tuple[int, int], tuple[int, int]] = {}
        self.vain: set[tuple[str, _Window, bool]] = set()  # what was looked for and not found: it never will be
        self.pieces: dict[int, dict[str, list[int]]] = {}  # number of a stretch of `_PIECE` characters → byte → where its blocks start
        self.related: dict[str, list[_Sought]] = {span.key: [] for span in self.sought}
        for number, outer in enumerate(self.sought):
            outer.number = number
            for inner in islice(self.sought, number + 1, None):
                if inner.start >= outer.end:
                    break
                if inner.end <= outer.end:
                    self.related[inner.key].append(outer)
                    if outer.text is None or 2 * inner.size >= outer.size:
                        self.related[outer.key].append(inner)

    def run(self) -> None:
        """Find what stands in the article's order, then what moved, as long as there is more; then what stands near what was found."""
        nodes = self._occurrences()
        status: Status = "confirmed"
        while self._settle(nodes, status):
            status = "moved"
            free = ((node, [one for one in spans if self._free(one[0], node[1], one[1])]) for node, spans in nodes.items())
            nodes = {node: spans for node, spans in free if spans}
        while self._search(far=False) or self._search(far=True):
            pass

    def _occurrences(self) -> _Nodes:
        """Where characters and three neighbours agree. The copy is read once, by pairs of characters."""
        index: dict[str, dict[str, list[_Sought]]] = {}
        for span in self.sought:
            if span.text is not None and len(span.lengths) == 1 and span.size > 1:
                index.setdefault(span.text[:2], {}).setdefault(span.text, []).append(span)
        text = self.text
        nodes: _Nodes = {}
        for start, pair in enumerate(map(add, text, islice(text, 1, None))):
            if pair in index:
                for characters, spans in index[pair].items():
                    if text.startswith(characters, start):
                        end = start + len(characters)
                        there = marks(text, start, end)
                        for span in spans:
                            if sum(map(eq, there, span.marks)) < 3:
                                continue
                            agreement = span.agreement(text, start, end)
                            if self._whole(start, end, agreement):
                                nodes.setdefault((span.start, start), []).append((span, end, sum(agreement)))
        return nodes

    def _settle(self, nodes: _Nodes, status: Status) -> bool:
        """Accept what stands in the heaviest chain and has another span of it at the distance of the article."""
        chain = _chain({node: sum(agree - 2 for _, _, agree in spans) for node, spans in nodes.items()})
        diagonals: dict[int, list[tuple[int, int]]] = {}
        for node in chain:
            diagonals.setdefault(node[1] - node[0], []).append(node)
        before = len(self.found)
        for group in diagonals.values():
            for one, other in pairwise(group):
                if max(span.end for span, _, _ in nodes[one]) <= other[0] <= one[0] + _SUPPORT:
                    for node in (one, other):
                        for span, end, _ in nodes[node]:
                            self._accept(span, node[1], end, status)
        return len(self.found) > before

    def _free(self, span: _Sought, start: int, end: int) -> bool:
        """Whether the span is still to be found and no other stands here."""
        return span.key not in self.found and self.taken.get((start, end), (span.start, span.end)) == (span.start, span.end)

    def _accept(self, span: _Sought, start: int, end: int, status: Status) -> bool:
        if not self._free(span, start, end):
            return False
        self.taken[start, end] = (span.start, span.end)
        self.found[span.key] = _Place(start, end, status)
        insort(self.standing, span, key=_number)
        return True

    def _try(self, span: _Sought, start: int, status: Status, least: int) -> bool:
        """Accept a span here if its characters stand here and so many of its neighbours; two must be next to each other."""
        end = span.stands(self.text, start) if start >= 0 else None
        if end is None:
            return False
        agreement = span.agreement(self.text, start, end)
        enough = sum(agreement) >= least and (least != 2 or any(map(all, pairwise(agreement))))
        return enough and self._whole(start, end, agreement) and self._accept(span, start, end, status)

    def _whole(self, start: int, end: int, agreement: _Agreement) -> bool:
        """Whether no number is cut: never a run of digits; a Chinese numeral or a percentage only where the neighbour is the article's."""
        text = self.text
        before, first, last, after = text[max(start - 1, 0) : start], text[start], text[end - 1], text[end : end + 1]
        if first in _DIGITS and before in _OTHER and start not in self.lines:
            return False
        if last in _DIGITS and after in _OTHER and end not in self.lines:
            return False
        if first in _NUMERALS and before in _NUMERALS and start not in self.breaks and not agreement[1]:
            return False
        return agreement[2] or last not in _NUMERALS or end in self.lines or not (after in _NUMERALS or after == "%")

    def _search(self, *, far: bool) -> bool:
        """Accept spans where those that were found say that they stand or, if ``far``, near these; forth and back."""
        before = len(self.found)
        for numbers in (range(len(self.sought)), reversed(range(len(self.sought)))):
            for number in numbers:
                span = self.sought[number]
                if span.key not in self.found:
                    related = [one for one in self.related[span.key] if one.key in self.found]
                    if not any(
                        self._try(span, start, self.found[one.key].status, 0) for one in related for start in self._starts(span, one)
                    ):
                        any(self._look(span, window, far=far) for window in self._windows(number))
        return len(self.found) > before

    def _starts(self, span: _Sought, other: _Sought) -> set[int]:
        """Where the place of another span says that this one starts: reckoned from its start and from its end."""
        place = self.found[other.key]
        return {place.start + span.start - other.start, place.end + span.start - other.end}

    def _windows(self, number: int) -> list[_Window]:
        """Where a span can be: between the spans found before and after, or beside each of them where these are apart."""
        span = self.sought[number]
        earlier = range(bisect_left(self.standing, number, key=_number) - 1, -1, -1)
        later = bisect_left(self.standing, span.end, key=_start)
        one = next((self.standing[at] for at in earlier if self.standing[at].end <= span.start), None)
        other = self.standing[later] if later < len(self.standing) else None
        windows = []
        if one is not None:
            left = self.found[one.key]
            start = left.end + span.start - one.end
            expected = (start, 1 if span.start - one.end <= _NEAR else 2)
            windows.append(_Window(left.end, min(len(self.text), start + span.size + _BESIDE), left.status, (expected,)))
        if other is not None:
            right = self.found[other.key]
            start = right.start - other.start + span.start
            expected = (start, 1 if other.start - span.end <= _NEAR else 2)
            windows.append(_Window(max(0, start - _BESIDE), right.start, right.status, (expected,)))
        if one is not None and other is not None and 0 <= right.start - left.end <= other.start - one.end + _BETWEEN:
            return [_Window(left.end, right.start, left.status, windows[0].expected + windows[1].expected)]
        return windows

    def _look(self, span: _Sought, window: _Window, *, far: bool) -> bool:
        """Accept a span at its distance from one found, or elsewhere in a window: where distances agree, only if all neighbours do."""
        search = (span.key, window, far)
        if search in self.vain:
            return False
        least: dict[int, int] = {}
        if far:
            agreed = len({place for place, _ in window.expected}) < len(window.expected)
            least |= dict.fromkeys(self._places(span, window), 4 if agreed else span.least)
            least |= {place + slip: min(span.least, 2) for place, _ in window.expected for slip in (-1, 1)}
        for place, enough in window.expected:
            least[place] = min(span.least, enough, least.get(place, 4))
        places = sorted(least, key=lambda place: (least[place], place))
        found = any(self._try(span, place, window.status, least[place]) for place in places)
        if not found:
            self.vain.add(search)
        return found

    def _places(self, span: _Sought, window: _Window) -> Iterable[int]:
        """Where in a window a span can start: at its characters or, where these are not kept, between its neighbours, or anywhere."""
        if span.text is not None:
            part = span.text[: span.lengths[0]]
            return [at for at in range(window.start, window.end) if self.text.startswith(part, at)]
        if span.least == 0:
            return range(window.start, window.end - span.size + 1)
        starts, ends = self._edges(span, window)
        return [*starts, *(end - span.size for end in ends)]

    def _edges(self, span: _Sought, window: _Window) -> tuple[dict[int, int], dict[int, int]]:
        """Where in a window the neighbours before, and those after a span stand, and how well."""
        starts: dict[int, int] = {}
        ends: dict[int, int] = {}
        for number, distance, score, places in ((0, 4, 1, starts), (1, 2, 2, starts), (2, 0, 2, ends), (3, -2, 1, ends)):
            for at in self._blocks(span.marks[number], window.start - distance, window.end - distance):
                places[at + distance] = places.get(at + distance, 0) + score
        return starts, ends

    def _blocks(self, byte: str, first: int, last: int) -> Iterable[int]:
        """Where in a stretch the blocks with a byte start."""
        for number in range(first // _PIECE, last // _PIECE + 1):
            if number not in self.pieces:
                piece = self.pieces[number] = {}
                for at in range(number * _PIECE, (number + 1) * _PIECE):
                    piece.setdefault(mark(self.text, at), []).append(at)
            yield from (at for at in self.pieces[number].get(byte, ()) if first <= at <= last)

    def contradiction(self, number: int) -> _Place | None:
        """Where other characters stand between a span's neighbours, or where the spans found before and after say that it stands."""
        span = self.sought[number]
        for window in self._windows(number):
            starts, ends = self._edges(span, window)
            if len(window.expected) == 2:
                for places, place in ((starts, window.expected[0][0]), (ends, window.expected[1][0] + span.size)):
                    places[place] = places.get(place, 0) + 2
            pairs = [
                (one + other, -abs(end - start - span.size), start, end)
                for start, one in starts.items()
                for end, other in ends.items()
                if min(one, other) > 1 and one + other > 4 and span.size <= 2 * (end - start) + 8 and 0 < end - start <= 2 * span.size + 8
            ]
            _, _, start, end = max(pairs, default=(0, 0, 0, 0))
            number_for_number = _NUMERALS.isdisjoint(span.text or "") or not _NUMERALS.isdisjoint(self.text[start:end])
            if window.start <= start < end <= window.end and span.stands(self.text, start) != end and number_for_number:
                return _Place(start, end, "contradicted")
        return None


def _chain(weights: Mapping[tuple[int, int], int]) -> list[tuple[int, int]]:
    """The heaviest chain of pairs (place in the article, place in the copy) in which both increase; O(n log n)."""
    nodes = sorted(weights, key=lambda node: (node[0], -node[1]))
    ranks = {place: rank for rank, place in enumerate(sorted({place for _, place in nodes}), 1)}
    tree = [(0, -1)] * (len(ranks) + 1)  # Fenwick tree: weight and last node of the heaviest chain that ends at or before a rank
    previous = []
    for number, node in enumerate(nodes):
        best = (0, -1)
        rank = ranks[node[1]] - 1
        while rank:
            best = max(best, tree[rank])
            rank &= rank - 1
        previous.append(best[1])
        rank = ranks[node[1]]
        while rank < len(tree):
            tree[rank] = max(tree[rank], (best[0] + weights[node], number))
            rank += rank & -rank
    chain = []
    last = max(tree)[1]
    while last >= 0:
        chain.append(nodes[last])
        last = previous[last]
    return chain[::-1]


def match(spans: Iterable[Cited], text: str, canonical: Canonical | None = None) -> dict[str, Found]:
    """What a copy of the article has of each span.

    Args:
        spans: the spans with their fingerprints.
        text: the copy, plain or HTML, the article alone or in a page.
        canonical: its canonical characters, where they are at hand.

    Returns:
        For each span's key, what was found.
    """
    canonical = canonical or Canonical.of(text)
    starts = zip(canonical.starts, canonical.origins, strict=True)
    lines = (
        start
        for start, origin in starts
        if text[origin - 1 : origin] in "\n\r\f\u2028\u3000\t >" and LINE_START.search(text, max(0, origin - 20), origin)
    )
    spans = list(spans)
    matcher = _Matcher(spans, canonical, frozenset(lines))
    matcher.run()
    found = {span.key: Found("missing", None, None, None) for span in spans}
    for number, span in enumerate(matcher.sought):
        place = matcher.found.get(span.key) or matcher.contradiction(number)
        if place is not None:
            start, end = canonical.origin(place.start), behind(text, canonical.origin(place.end - 1))
            found[span.key] = Found(place.status, text[start:end], start, end)
    return found
