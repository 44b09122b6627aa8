"""The report on a copy: every cited passage, and every cell read again from what the copy has."""

import os
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import accumulate
from typing import Any, Literal, NamedTuple
from unicodedata import category

import attrs

from povdata.exceptions import CopyError
from povdata.locators import Locator, digest
from povdata.model import markup
from povdata.model.datatypes import Language
from povdata.model.table import Table
from povdata.verification.copies import text_of, written_as
from povdata.verification.judge import STATUSES, Context, Found, Status, judge
from povdata.verification.match import Cited, parts_of
from povdata.verification.normalize import GAP, Reading, View, stream

GOOD: frozenset[Status] = frozenset({"confirmed", "moved"})  # what supports a cell
FEWEST = 30  # fewer passages than this make no copy of the source, nor of a part of it
AROUND = 40  # characters of a copy that are kept before and after a passage
Verdict = Literal["confirmed", "part", "unclear", "contradicted"]
_WORST: tuple[Status, ...] = ("contradicted", "unclear", "missing", "moved", "confirmed")


class Source(NamedTuple):
    """What the tables of a dataset were read from."""

    tables: Mapping[str, Table[Any]]  # by name, ``spans``, ``citations`` and ``set_aside`` among them
    language: Language
    sha256: str  # of the reference edition
    section: Callable[[Locator], str] = lambda _: ""  # of a locator; empty outside the sections
    titles: Mapping[str, str] = {}  # of the sections
    masks: Mapping[str, str] = {}  # for records, as ``table/key``, the word that the dataset reads into a mask which they cite


class Passage(NamedTuple):
    """A cited passage and what the copy has in its place.

    In the source it stands at the ``locator``, in a ``section``, with the characters ``expected`` where they are kept; the ``cells``, as
    ``table/key/column``, rest on it. In the copy a reader sees the characters ``found``, from the code point ``start``, with what stands
    ``around``. The status is ``confirmed`` (it stands there, and next to it what stands there in the source), ``moved`` (the same
    elsewhere, under its own heading and with the rest of its records), ``unclear`` (neither confirmed nor another), ``contradicted`` (the
    copy says something else) or ``missing``; the ``reason`` says why it is not good, where more is known than the characters say.
    """

    locator: Locator
    status: Status
    expected: str | None
    found: str | None
    start: int | None
    reason: str = ""
    around: tuple[str, str] = ("", "")
    section: str = ""
    cells: tuple[str, ...] = ()

    def difference(self) -> str:
        """What is wrong, in words."""
        expected = "other characters" if self.expected is None else repr(self.expected)
        if self.found is None:
            return f"the copy has nothing for {self.locator}, where {expected} should stand"
        alike = self.expected is not None and stream(self.found).replace(GAP, "") == stream(self.expected).replace(GAP, "")
        found = repr(self.found)
        if alike:  # what makes the difference is hard to see
            found = "".join(ascii(one)[1:-1] if category(one)[0] in "MC" else one for one in found)
        return f"the copy has {found} for {self.locator}, where {expected} should stand" + f" ({self.reason})" * bool(self.reason)


class Cell(NamedTuple):
    """A cell, its value as it stands in the file, and whether the copy supports it.

    The status is ``confirmed`` or ``moved`` where every cited passage is there and reads as this value, else the worst of its passages; the
    message says what is wrong.
    """

    table: str
    key: str
    column: str
    value: str
    status: Status
    message: str

    def __str__(self) -> str:
        return f"{self.table}/{self.key}/{self.column} = {self.value!r}: {self.message or self.status}"


@attrs.frozen(repr=False)
class Report:
    """What `verify` found in a copy: every cited passage in the order of the source, and every cell that was read from it or rests on it.

    The edition is ``reference`` where the text is the reference edition to the character, else ``other``; ``titles`` name the sections.
    """

    edition: Literal["reference", "other"]
    passages: tuple[Passage, ...]
    cells: tuple[Cell, ...]
    titles: Mapping[str, str] = attrs.field(factory=dict, hash=False)

    @property
    def problems(self) -> tuple[Cell, ...]:
        """The cells that the copy does not support."""
        return tuple(cell for cell in self.cells if cell.status not in GOOD)

    @property
    def ok(self) -> bool:
        """Whether every cell is confirmed, if need be from a passage that moved."""
        return not self.problems

    @property
    def verdict(self) -> Verdict:
        """The worst that is told of a cell; ``part`` where passages are missing and all that the copy holds is confirmed."""
        worst = _worst(cell.status for cell in self.cells)
        return "part" if worst == "missing" else "confirmed" if worst == "moved" else worst

    def __bool__(self) -> bool:
        """As `ok`."""
        return self.ok

    def counts(self) -> dict[str, dict[Status, int]]:
        """Number of cells by table and status."""
        return _counted((cell.table, cell.status) for cell in self.cells)

    def sections(self) -> dict[str, dict[Status, int]]:
        """Number of passages by section, empty for what stands outside, and status."""
        return dict(sorted(_counted((passage.section, passage.status) for passage in self.passages).items()))

    def to_dict(self) -> dict[str, Any]:
        """The report as plain values, ready for JSON."""
        return {
            "edition": self.edition,
            "ok": self.ok,
            "verdict": self.verdict,
            "passages": _counted(("", passage.status) for passage in self.passages).get("", {}),
            "cells": self.counts(),
            "sections": self.sections(),
            "problems": [cell._asdict() for cell in self.problems],
        }

    def __repr__(self) -> str:
        return f"<Report: {len(self.cells) - len(self.problems)} of {len(self.cells)} cells confirmed>"

    def __str__(self) -> str:
        passages, cells = (Counter(one.status for one in ones) for ones in (self.passages, self.cells))
        present = "".join(f", {passages[status]} {status}" for status in STATUSES[1:-1] if passages[status])
        others = "".join(f", {cells[status]} {status}" for status in STATUSES[1:] if cells[status])
        total = len(self.passages)
        lines = [
            f"edition: {self.edition}",
            f"the copy holds {total - passages['missing']} of {total} passages; of these {passages['confirmed']} confirmed{present}",
            f"cells: {cells['confirmed']} of {len(self.cells)} confirmed{others}",
            *(f"  {line}" for line in self._differences()),
            "Text that no cell rests on is not compared.",
        ]
        return "\n".join(lines)

    def _title(self, section: str) -> str:
        return self.titles.get(section, section) or "outside the sections"

    def _differences(self) -> Iterator[str]:
        """A line for each section that the copy lacks, each passage that differs, with its cells, and each cell that reads otherwise."""
        lacking = [name for name, found in self.sections().items() if name and set(found) == {"missing"}]
        yield from (f"nothing of the section {self._title(name)} is in the copy" for name in lacking)
        explained: set[str] = set()
        for passage in self.passages:
            if passage.status not in GOOD:
                explained.update(passage.cells)
                if passage.section not in lacking:
                    columns = defaultdict(list)
                    for record, _, column in (cell.rpartition("/") for cell in passage.cells):
                        columns[record].append(column)
                    cells = "; ".join(f"{record} ({', '.join(names)})" for record, names in columns.items())
                    yield f"{passage.status}: {passage.difference()}: {cells or 'set aside, no cell rests on it'}"
        yield from (str(cell) for cell in self.problems if "/".join(cell[:3]) not in explained)

    def _repr_html_(self) -> str:
        caption = f"{len(self.cells) - len(self.problems)} of {len(self.cells)} cells confirmed, {self.edition} edition: by table"
        sections = {self._title(name): found for name, found in self.sections().items()}
        shown = ""
        for kind, counts, title in (("table", self.counts(), caption), ("section", sections, "cited passages by section")):
            rows = ([name, *(str(found.get(status, 0)) for status in STATUSES)] for name, found in counts.items())
            shown += markup.grid([kind, *STATUSES], rows, title, numbers=STATUSES)
        if self.problems:
            shown += markup.grid(["table", "key", "column", "value", "status", "what is wrong"], self.problems, "not confirmed")
        return shown


def _worst(statuses: Iterable[Status]) -> Status:
    return min(statuses, key=_WORST.index, default="confirmed")


def _counted(pairs: Iterable[tuple[str, Status]]) -> dict[str, dict[Status, int]]:
    counter = Counter(pairs)
    return {name: {status: counter[name, status] for status in STATUSES if counter[name, status]} for name, _ in counter}


_Key = tuple[str, str, str]  # of a cell: its table, the key of its record, its column


class Names(dict[str, Mapping[str, frozenset[str]]]):
    """What the records of each table are called: table → name → keys; a table is read when it is asked for."""

    def __init__(self, source: Source) -> None:
        super().__init__()
        self.source = source

    def __missing__(self, name: str) -> Mapping[str, frozenset[str]]:
        table = self.source.tables[name]
        columns = [column.name for column in table.schema.values() if column.is_name]
        keys = defaultdict(set)
        for record in table.records:
            for value in (getattr(record, column) for column in columns):
                for text in value if isinstance(value, tuple) else (value,) if value is not None else ():
                    keys[text].add(record.key)
                    keys["…".join(stream(part, self.source.language.VARIANTS) for part in text.split("…"))].add(record.key)
        self[name] = found = {text: frozenset(those) for text, those in keys.items()}
        return found

    def say(self, cell: _Key, quotes: Sequence[str]) -> bool:
        """Whether characters mean what a cell holds; those of a cell that was not read from the source need not."""
        table, key, name = cell
        column, value = self.source.tables[table].schema[name], getattr(self.source.tables[table][key], name)
        return column.origin != "article" or value in column.type.read(quotes, self, self.source.language)


def verify(copy: str | os.PathLike[str] | bytes, source: Source, *, encoding: str = "utf-8") -> Report:
    """Compare a copy of a source with everything that a dataset cites of it; see `povdata.verify` for the arguments and errors."""
    text = text_of(copy, encoding)
    passages = locate(text, source)
    edition: Literal["reference", "other"] = "reference" if _is_reference(text, source) else "other"
    return Report(edition, tuple(passages.values()), tuple(_cells(source, passages)), source.titles)


def _is_reference(text: str, source: Source) -> bool:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest() == source.sha256


def locate(text: str, source: Source) -> dict[str, Passage]:
    """What a copy has of every cited passage, by the key of its span, in the order of the source; CopyError for another text."""
    cells: defaultdict[str, list[_Key]] = defaultdict(list)  # that rest on each span
    for citation in source.tables["citations"]:
        cells[citation.span].append((citation.table, citation.record, citation.column))
    spans = sorted(source.tables["spans"], key=lambda span: Locator.parse(span.key))
    if _is_reference(text, source):
        view, found = View.of(text), _at_locators(text, spans, source)
    else:
        found, reading = judge(spans, Reading(text, source.language.VARIANTS), _context(source, cells))
        view = reading.view
    passages = {}
    for span in spans:
        locator, here = Locator.parse(span.key), found[span.key]
        passage = Passage(
            locator, here.status, span.text, None, None, section=source.section(locator), cells=tuple(map("/".join, cells[span.key]))
        )
        if here.start is not None and here.end is not None:
            start, seen = view.begins[here.start], view.text[here.start : here.end]
            raw = text[start : view.ends[here.end - 1]]
            around = view.text[max(here.start - AROUND, 0) : here.start], view.text[here.end : here.end + AROUND]
            passage = passage._replace(found=seen if "<" in raw or "&" in raw else raw, start=start, reason=here.reason, around=around)
        passages[span.key] = passage
    held = sum(passage.status in GOOD for passage in passages.values())
    if held < FEWEST:
        what = written_as(text) or "this is not the article, or too little of it"
        raise CopyError(f"{what}: {held} of {len(passages)} cited passages are in it, {FEWEST} are needed")
    return passages


def _at_locators(text: str, spans: Sequence[Cited], source: Source) -> dict[str, Found]:
    """The reference edition: every passage stands at its locator, if it is the one that is cited."""
    begins = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
    found = {}
    for span in spans:
        line, start, end = Locator.parse(span.key)
        start, end = begins[line - 1] + start, begins[line - 1] + end
        cut = text[start:end]
        same = cut == span.text if span.text is not None else digest("".join(parts_of(cut, source.language.VARIANTS))) == span.digest
        found[span.key] = Found("confirmed" if same else "contradicted", start, end)
    return found


def _context(source: Source, cells: Mapping[str, Sequence[_Key]]) -> Context:
    """What the tables say of the spans: the records that cite them, and what cells were read from them."""
    names, spans = Names(source), source.tables["spans"]

    def same(span: Cited, characters: str) -> bool:
        """Whether other characters are the same figure or date, and every cell reads them as its value."""
        if span.text is None or not source.language.alike(span.kind, span.text, characters):
            return False
        for cell in cells[span.key]:
            quotes = [characters if key == span.key else spans[key].text or "" for key, resting in cells.items() if cell in resting]
            if source.tables[cell[0]].schema[cell[2]].type.span_kind == span.kind and not names.say(cell, quotes):
                return False
        return True

    return Context(same, source.section, {key: [cell[:2] for cell in resting] for key, resting in cells.items()})


def _cells(source: Source, passages: Mapping[str, Passage]) -> Iterator[Cell]:
    """Every cell, read again from the passages that it cites."""
    names = Names(source)
    variants = source.language.VARIANTS
    cited = defaultdict(list)
    for citation in source.tables["citations"]:
        passage = passages[citation.span]
        word = source.masks.get(f"{citation.table}/{citation.record}") if citation.basis == "inferred" else None
        if word is not None:
            passage = _unmasked(passage, source.tables["spans"][citation.span], word, variants)
        cited[citation.table, citation.record, citation.column].append(passage)
    for cell, found in cited.items():
        table, key, name = cell
        value = getattr(source.tables[table][key], name)
        status, message = _worst(passage.status for passage in found), ""
        if status not in GOOD:
            message = "; ".join(passage.difference() for passage in found if passage.status not in GOOD)
        elif not names.say(cell, [stream(one.found or "", variants) if one.expected is None else one.expected for one in found]):
            lengths = (source.tables["spans"][str(one.locator)].lengths or "" for one in found if "*" not in (one.found or ""))
            if not any(";" in one for one in lengths):  # where a mask was lifted, the words around it are the evidence
                quotes = ", ".join(f"{passage.found!r} at {passage.locator}" for passage in found)
                status, message = "contradicted", f"the characters do not say so: {quotes}"
        text = "" if value is None else source.tables[table].schema[name].type.format(value)
        yield Cell(table, key, name, text, status, message)


def _unmasked(passage: Passage, span: Cited, word: str, variants: Mapping[int, str]) -> Passage:
    """A passage, or the contradiction where the copy restores another word than the dataset reads into its mask."""
    first, *others = (span.lengths or "").split(";")
    if not others or passage.status not in GOOD or passage.found is None:
        return passage
    before = passage.around[0][-2 - len(word) :] if first == "0" else ""
    after = passage.around[1][: 2 + len(word)] if others[-1] == "0" else ""
    found = f"{before}{passage.found}{after}"
    return passage if "*" in found or word in stream(found, variants) else passage._replace(status="contradicted", found=found)
