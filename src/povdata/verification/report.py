"""The report on a copy: every cited passage, and every cell read again from what the copy has."""

import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from hashlib import sha256
from typing import Any, Literal, NamedTuple, Protocol, get_args
from unicodedata import category

from povdata.exceptions import CopyError
from povdata.locators import Locator, digest
from povdata.model import markup
from povdata.model.datatypes import Language as Reader
from povdata.model.datatypes import Names
from povdata.model.schema import schema_of
from povdata.model.table import Table
from povdata.verification.copies import text_of, written_as
from povdata.verification.judge import Context, Found, Status, judge
from povdata.verification.match import Cited, parts_of
from povdata.verification.normalize import GAP, Reading, folded, stream

GOOD: frozenset[Status] = frozenset({"confirmed", "moved"})
"""What supports a cell."""
FEWEST = 30
"""Fewer passages than this make no copy of the source, nor of a part of it."""
_WORST: tuple[Status, ...] = ("contradicted", "unclear", "missing", "moved", "confirmed")


class Language(Reader, Protocol):
    """How the language of a source writes, beside what cells are read by."""

    @property
    def VARIANTS(self) -> Mapping[int, str]:  # noqa: N802
        """The usual form for each other form of a character."""
        ...

    def alike(self, kind: str, one: str, other: str) -> bool:
        """Whether two writings of a figure or a date say the same, the year of a date apart."""
        ...


class Source(NamedTuple):
    """What the tables of a dataset were read from.

    Attributes:
        tables: the tables by name, ``spans``, ``citations`` and ``set_aside`` among them.
        language: how its language writes.
        sha256: of the reference edition.
        section: the section of a locator; empty outside the sections.
        titles: what the sections are called.
        masks: for records, as ``table/key``, the word that the dataset reads into a mask which they cite.
    """

    tables: Mapping[str, Table[Any]]
    language: Language
    sha256: str
    section: Callable[[Locator], str] = lambda _: ""
    titles: Mapping[str, str] = {}
    masks: Mapping[str, str] = {}


class Passage(NamedTuple):
    """A cited passage and what the copy has in its place.

    Attributes:
        locator: where it stands in the reference edition.
        status: ``confirmed`` (it stands there, and next to it what stands there in the source), ``moved`` (the same elsewhere, under its
            own heading and with the rest of its records), ``unclear`` (neither confirmed nor another), ``contradicted`` (the copy says
            something else) or ``missing``.
        expected: the characters cited, where they are kept; else None.
        found: the characters that a reader sees in the copy; None where it has none.
        start: where they start in the copy, in code points; None where it has none.
        reason: why it is not good, where more is known than the characters say.
        around: what stands before and after it.
    """

    locator: Locator
    status: Status
    expected: str | None
    found: str | None
    start: int | None
    reason: str = ""
    around: tuple[str, str] = ("", "")

    def difference(self) -> str:
        """What is wrong, in words."""
        expected = "other characters" if self.expected is None else repr(self.expected)
        if self.found is None:
            return f"the copy has nothing for {self.locator}, where {expected} should stand"
        alike = self.expected is not None and stream(self.found, {}).replace(GAP, "") == stream(self.expected, {}).replace(GAP, "")
        found = repr(self.found)
        if alike:  # what makes the difference is hard to see
            found = "".join(ascii(one)[1:-1] if category(one)[0] in "MC" else one for one in found)
        return f"the copy has {found} for {self.locator}, where {expected} should stand" + f" ({self.reason})" * bool(self.reason)


class Cell(NamedTuple):
    """A cell and whether the copy supports it.

    Attributes:
        table: the table of the cell.
        key: the key of its record.
        column: its column.
        value: the cell as it stands in the file.
        status: ``confirmed`` or ``moved`` where every cited passage is there and reads as this value; else the worst of its passages.
        message: what is wrong, else empty.
    """

    table: str
    key: str
    column: str
    value: str
    status: Status
    message: str

    def __str__(self) -> str:
        return f"{self.table}/{self.key}/{self.column} = {self.value!r}: {self.message or self.status}"


class Report:
    """What `verify` found.

    Attributes:
        edition: ``reference`` where the text of the copy is the reference edition to the character, else ``other``.
        passages: every cited passage, in the order of the source.
        cells: every cell that the source supports: cells read from it, and cells of ours that rest on a passage.
    """

    def __init__(
        self, edition: Literal["reference", "other"], passages: Sequence[Passage], cells: Sequence[Cell], source: Source | None = None
    ) -> None:
        self.edition: Literal["reference", "other"] = edition
        self.passages: tuple[Passage, ...] = tuple(passages)
        self.cells: tuple[Cell, ...] = tuple(cells)
        self._source = source

    @cached_property
    def problems(self) -> tuple[Cell, ...]:
        """The cells that the copy does not confirm: contradicted, unclear, or without their passages."""
        return tuple(cell for cell in self.cells if cell.status not in GOOD)

    @property
    def ok(self) -> bool:
        """Whether every cell is confirmed, if need be from a passage that moved."""
        return not self.problems

    @property
    def verdict(self) -> Literal["confirmed", "part", "unclear", "contradicted"]:
        """The worst that is told of a cell; ``part`` where passages are missing and all that the copy holds is confirmed."""
        found = {cell.status for cell in self.problems}
        return "contradicted" if "contradicted" in found else "unclear" if "unclear" in found else "part" if found else "confirmed"

    def __bool__(self) -> bool:
        """As `ok`."""
        return self.ok

    def counts(self) -> dict[str, dict[Status, int]]:
        """Number of cells by table and status."""
        return _counted((cell.table, cell.status) for cell in self.cells)

    def sections(self) -> dict[str, dict[Status, int]]:
        """Number of passages by section, empty for what stands outside, and status."""
        section = self._source.section if self._source else lambda _: ""
        found = _counted((section(passage.locator), passage.status) for passage in self.passages)
        return {name: found[name] for name in sorted(found)}

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
        held = Counter(passage.status for passage in self.passages)
        counts = Counter(cell.status for cell in self.cells)
        shares = ", ".join(f"{held[status]} {status}" for status in ("moved", "unclear", "contradicted") if held[status])
        total = len(self.passages)
        cells = "".join(f", {counts[status]} {status}" for status in get_args(Status)[1:] if counts[status])
        return "\n".join(
            [
                f"edition: {self.edition}",
                f"the copy holds {total - held['missing']} of {total} passages; of these {held['confirmed']} confirmed"
                + f", {shares}" * bool(shares),
                f"cells: {counts['confirmed']} of {len(self.cells)} confirmed{cells}",
                *(f"  {line}" for line in self._differences()),
                "Text that no cell rests on is not compared.",
            ]
        )

    def _title(self, section: str) -> str:
        titles = self._source.titles if self._source else {}
        return titles.get(section, section) or "outside the sections"

    def _differences(self) -> Iterator[str]:
        """A line for each section that the copy lacks, each passage that differs, with its cells, and each cell that reads otherwise."""
        resting: dict[str, dict[str, list[str]]] = {}  # span → record → columns
        for citation in self._source.tables["citations"] if self._source else ():
            resting.setdefault(citation.span, {}).setdefault(f"{citation.table}/{citation.record}", []).append(citation.column)
        lacking = [name for name, found in self.sections().items() if name and set(found) == {"missing"}]
        yield from (f"nothing of the section {self._title(name)} is in the copy" for name in lacking)
        explained: set[tuple[str, str]] = set()
        for passage in self.passages:
            if passage.status not in GOOD:
                records = resting.get(str(passage.locator), {})
                explained.update((record, column) for record, columns in records.items() for column in columns)
                if not (self._source and self._source.section(passage.locator) in lacking):
                    cells = "; ".join(f"{record} ({', '.join(columns)})" for record, columns in records.items())
                    yield f"{passage.status}: {passage.difference()}: {cells or 'set aside, no cell rests on it'}"
        yield from (str(cell) for cell in self.problems if (f"{cell.table}/{cell.key}", cell.column) not in explained)

    def _repr_html_(self) -> str:
        statuses = get_args(Status)
        tables = [[name, *(str(found.get(status, 0)) for status in statuses)] for name, found in self.counts().items()]
        sections = [[self._title(name), *(str(found.get(status, 0)) for status in statuses)] for name, found in self.sections().items()]
        confirmed = f"{len(self.cells) - len(self.problems)} of {len(self.cells)} cells confirmed, {self.edition} edition"
        shown = markup.grid(["table", *statuses], tables, f"{confirmed}: by table", numbers=statuses)
        shown += markup.grid(["section", *statuses], sections, "cited passages by section", numbers=statuses)
        if self.problems:
            rows = ([cell.table, cell.key, cell.column, cell.value, cell.status, cell.message] for cell in self.problems)
            shown += markup.grid(["table", "key", "column", "value", "status", "what is wrong"], rows, "not confirmed")
        return shown


def _counted(pairs: Any) -> dict[str, dict[Status, int]]:
    found: dict[str, Counter[Status]] = {}
    for name, status in pairs:
        found.setdefault(name, Counter())[status] += 1
    return {name: {status: counter[status] for status in get_args(Status) if counter[status]} for name, counter in found.items()}


# Comparing. ---------------------------------------------------------------------------------------------------------------------


def verify(copy: str | os.PathLike[str] | bytes, source: Source, *, encoding: str = "utf-8") -> Report:
    """Compare a copy of a source with everything that a dataset cites of it.

    Args:
        copy: the path of a text or HTML file, the file's bytes, or the text itself: a string with line breaks is taken for the text, one
            without for a path.
        source: what the dataset was read from.
        encoding: how the bytes encode the text, such as ``"gb18030"``.

    Raises:
        CopyError: the file cannot be read, its bytes are not of that encoding, or it is not the source.
        InvalidArgumentError: the copy or the encoding is none of these.
    """
    text = text_of(copy, encoding)
    passages = locate(text, source)
    return Report("reference" if _is_reference(text, source) else "other", list(passages.values()), _cells(source, passages), source)


def _is_reference(text: str, source: Source) -> bool:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest() == source.sha256


AROUND = 40
"""Characters of a copy that are kept before and after a passage."""


def locate(text: str, source: Source) -> dict[str, Passage]:
    """What a copy has of every cited passage, by the key of its span, in the order of the source.

    Raises:
        CopyError: the text is not the source.
    """
    spans = sorted(source.tables["spans"], key=lambda span: Locator.parse(span.key))
    if _is_reference(text, source):
        return _at_locators(text, spans, source)
    copy = Reading(text, source.language.VARIANTS)
    found, reading = judge(spans, copy, _context(source))
    passages = {span.key: _passage(span, found[span.key], reading, text) for span in spans}
    held = sum(passage.status in GOOD for passage in passages.values())
    if held < FEWEST:
        other = written_as(text)
        what = other or "this is not the article, or too little of it"
        raise CopyError(f"{what}: {held} of {len(passages)} cited passages are in it, {FEWEST} are needed")
    return passages


def _at_locators(text: str, spans: Sequence[Cited], source: Source) -> dict[str, Passage]:
    """The reference edition: every passage stands at its locator, if it is the one that is cited."""
    lines = text.split("\n")
    begins = [0]
    for line in lines:
        begins.append(begins[-1] + len(line) + 1)
    found = {}
    for span in spans:
        locator = Locator.parse(span.key)
        cut = locator.cut(lines)
        if cut is None:
            found[span.key] = Passage(locator, "missing", span.text, None, None)
            continue
        start = begins[locator.line - 1] + locator.start
        same = cut == span.text if span.text is not None else digest("".join(parts_of(cut, source.language.VARIANTS))) == span.digest
        line = lines[locator.line - 1]
        around = line[max(locator.start - AROUND, 0) : locator.start], line[locator.end : locator.end + AROUND]
        found[span.key] = Passage(locator, "confirmed" if same else "contradicted", span.text, cut, start, "", around)
    return found


def _passage(span: Cited, found: Found, reading: Reading, text: str) -> Passage:
    locator = Locator.parse(span.key)
    if found.start is None or found.end is None:
        return Passage(locator, found.status, span.text, None, None)
    view = reading.view
    start = view.begin(found.start)
    own = view.text[found.start : found.end]
    before, after = view.text[max(found.start - AROUND, 0) : found.start], view.text[found.end : found.end + AROUND]
    raw = text[start : view.end(found.end - 1)]
    return Passage(
        locator, found.status, span.text, raw if "<" not in raw and "&" not in raw else own, start, found.reason, (before, after)
    )


def _context(source: Source) -> Context:
    """What the tables say of the spans: the records that cite them, and what cells were read from them."""
    names = names_of(source)
    spans = source.tables["spans"]
    records: dict[str, list[object]] = {}
    cells: dict[tuple[str, str, str], list[str]] = {}
    cited: dict[str, list[tuple[str, str, str]]] = {}
    for citation in source.tables["citations"]:
        cell = citation.table, citation.record, citation.column
        records.setdefault(citation.span, []).append(cell[:2])
        cells.setdefault(cell, []).append(citation.span)
        cited.setdefault(citation.span, []).append(cell)

    def same(span: Cited, characters: str) -> bool:
        """Whether other characters are the same figure or date, and every cell reads them as its value."""
        if span.text is None or not source.language.alike(span.kind, span.text, characters):
            return False
        for table, key, column in cited.get(span.key, ()):
            declared = source.tables[table].schema[column]
            others = [characters if other == span.key else spans[other].text or "" for other in cells[table, key, column]]
            value = getattr(source.tables[table][key], column)
            if (
                declared.origin == "article"
                and declared.type.span_kind == span.kind
                and value not in declared.type.read(others, names, source.language)
            ):
                return False
        return True

    return Context(same, source.section, records)


def _cells(source: Source, passages: Mapping[str, Passage]) -> list[Cell]:
    names = names_of(source)
    cited: dict[tuple[str, str, str], list[Passage]] = {}
    for citation in source.tables["citations"]:
        passage = passages[citation.span]
        word = source.masks.get(f"{citation.table}/{citation.record}") if citation.basis == "inferred" else None
        if word is not None:
            passage = _unmasked(passage, source.tables["spans"][citation.span], word, source)
        cited.setdefault((citation.table, citation.record, citation.column), []).append(passage)
    return [_cell(source, names, *cell, found) for cell, found in cited.items()]


def _cell(source: Source, names: Names, table: str, key: str, column_name: str, found: Sequence[Passage]) -> Cell:
    column = source.tables[table].schema[column_name]
    value = getattr(source.tables[table][key], column_name)
    text = "" if value is None else column.type.format(value)
    statuses = {passage.status for passage in found}
    status = _WORST[min(map(_WORST.index, statuses))]
    if status not in GOOD:
        wrong = (passage.difference() for passage in found if passage.status not in GOOD)
        return Cell(table, key, column_name, text, status, "; ".join(wrong))
    if column.origin == "article" and value not in column.type.read([_quote(passage, source) for passage in found], names, source.language):
        masked = any(";" in (source.tables["spans"][str(one.locator)].lengths or "") and "*" not in (one.found or "") for one in found)
        if not masked:  # where a mask was lifted, the words around it are the evidence
            quotes = ", ".join(f"{passage.found!r} at {passage.locator}" for passage in found)
            return Cell(table, key, column_name, text, "contradicted", f"the characters do not say so: {quotes}")
    return Cell(table, key, column_name, text, status, "")


def _unmasked(passage: Passage, span: Cited, word: str, source: Source) -> Passage:
    """A passage, or the contradiction where the copy restores another word than the dataset reads into its mask."""
    first, *others = (span.lengths or "").split(";")
    if not others or passage.status not in GOOD or passage.found is None:
        return passage
    before = passage.around[0][-2 - len(word) :] if first == "0" else ""
    after = passage.around[1][: 2 + len(word)] if others[-1] == "0" else ""
    found = f"{before}{passage.found}{after}"
    return (
        passage if "*" in found or word in folded(found, source.language.VARIANTS) else passage._replace(status="contradicted", found=found)
    )


def _quote(passage: Passage, source: Source) -> str:
    """The characters to read a cell from: those cited, or of a phrase what is left without punctuation and width."""
    return passage.expected if passage.expected is not None else stream(passage.found or "", source.language.VARIANTS)


def names_of(source: Source) -> dict[str, dict[str, frozenset[str]]]:
    """What the records of each table are called: table → name → keys."""
    variants = source.language.VARIANTS
    found: dict[str, dict[str, set[str]]] = {}
    for name, table in source.tables.items():
        columns = [column.name for column in schema_of(table.record).values() if column.is_name]
        names = found.setdefault(name, {})
        for record in table.records:
            for column in columns:
                value = getattr(record, column)
                for text in value if isinstance(value, tuple) else (value,):
                    if text is not None:
                        names.setdefault(text, set()).add(record.key)
                        plain = "…".join(stream(part, variants) for part in text.split("…"))
                        names.setdefault(plain, set()).add(record.key)
    return {table: {name: frozenset(keys) for name, keys in names.items()} for table, names in found.items()}
