"""A reader's own copy of the article, compared with what the dataset cites.

`verify` finds every cited passage in the copy and reads every cell again from the characters that stand there.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from povdata import catalog, html
from povdata.celltypes import Names
from povdata.exceptions import CopyError
from povdata.locators import Locator, digest
from povdata.records import Span
from povdata.schema import schema_of

if TYPE_CHECKING:
    from povdata.table import Table

Status = Literal["confirmed", "contradicted", "missing"]


class Passage(NamedTuple):
    """A cited passage and what the copy has in its place.

    Attributes:
        locator: where it stands in the reference edition.
        status: ``confirmed`` (the same characters), ``contradicted`` (others) or ``missing`` (the copy ends before).
        expected: the characters cited, where they are kept; else None.
        found: the characters of the copy.
    """

    locator: Locator
    status: Status
    expected: str | None
    found: str | None


class Cell(NamedTuple):
    """A cell and whether the copy supports it.

    Attributes:
        table: the table of the cell.
        key: the key of its record.
        column: its column.
        value: the cell as it stands in the file.
        status: ``confirmed`` where every cited passage is there and reads as this value.
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
        edition: ``reference`` where the copy is the reference edition byte for byte, else ``other``.
        passages: every cited passage.
        cells: every cell that the article supports: cells read from it, and cells of ours that rest on a passage.
    """

    __slots__ = ("cells", "edition", "passages")

    def __init__(self, edition: Literal["reference", "other"], passages: Sequence[Passage], cells: Sequence[Cell]) -> None:
        self.edition = edition
        self.passages = tuple(passages)
        self.cells = tuple(cells)

    @property
    def ok(self) -> bool:
        """Whether every passage and every cell is confirmed."""
        return not self.problems

    @property
    def problems(self) -> tuple[Cell, ...]:
        """The cells that are not confirmed."""
        return tuple(cell for cell in self.cells if cell.status != "confirmed")

    def counts(self) -> dict[str, dict[Status, int]]:
        """Number of cells by table and status."""
        found: dict[str, Counter[Status]] = {}
        for cell in self.cells:
            found.setdefault(cell.table, Counter())[cell.status] += 1
        return {table: dict(counter) for table, counter in found.items()}

    def to_dict(self) -> dict[str, Any]:
        """The report as plain values, ready for JSON."""
        return {
            "edition": self.edition,
            "ok": self.ok,
            "passages": dict(Counter(passage.status for passage in self.passages)),
            "cells": self.counts(),
            "problems": [cell._asdict() for cell in self.problems],
        }

    def __repr__(self) -> str:
        return f"<Report: {len(self.cells) - len(self.problems)} of {len(self.cells)} cells confirmed>"

    def __str__(self) -> str:
        passages = Counter(passage.status for passage in self.passages)
        lines = [
            f"edition: {self.edition}",
            f"passages: {passages['confirmed']} of {len(self.passages)} confirmed",
            f"cells: {len(self.cells) - len(self.problems)} of {len(self.cells)} confirmed",
            *(f"  {cell}" for cell in self.problems),
        ]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        rows: list[list[str | None]] = [
            [table, *(str(statuses.get(status, 0)) for status in ("confirmed", "contradicted", "missing"))]
            for table, statuses in self.counts().items()
        ]
        summary = html.grid(["table", "confirmed", "contradicted", "missing"], rows, f"{self!r}, {self.edition} edition")
        if self.ok:
            return summary
        details = ([cell.table, cell.key, cell.column, cell.value, cell.message] for cell in self.problems)
        return summary + html.grid(["table", "key", "column", "value", "what is wrong"], details, "not confirmed")


def verify(copy: str | os.PathLike[str] | bytes) -> Report:
    """Compare a copy of the article with everything the dataset cites.

    Passages are looked for at their locators, so the copy must have the line structure of the reference edition; the line above the passage
    may differ, a passage that moved within its line counts as contradicted.

    Args:
        copy: the path of a text file, or its bytes; UTF-8.

    Raises:
        CopyError: the file cannot be read, is not UTF-8, or is not the article.
    """
    data = copy if isinstance(copy, bytes) else _read(copy)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CopyError(f"the copy is not UTF-8 (byte 0x{data[error.start]:02x} at {error.start}); convert it first") from None
    reference = sha256(data).hexdigest() == catalog.sources["article"].sha256
    lines = [line.rstrip("\r") for line in text.split("\n")]
    passages = {span.key: _compare(span, lines) for span in catalog.spans}
    confirmed = sum(passage.status == "confirmed" for passage in passages.values())
    if confirmed * 2 < len(passages):
        raise CopyError(
            f"this is not the article, or not with its lines: {confirmed} of {len(passages)} cited passages stand where they should"
        )
    cells = _cells(catalog.tables(), passages)
    return Report("reference" if reference else "other", list(passages.values()), cells)


def _read(path: str | os.PathLike[str]) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise CopyError(f"cannot read {os.fspath(path)}: {error.strerror}") from None


def _compare(span: Span, lines: list[str]) -> Passage:
    locator = Locator.parse(span.key)
    found = locator.cut(lines)
    if found is None:
        return Passage(locator, "missing", span.text, None)
    same = found == span.text if span.text is not None else digest(found) == span.digest
    return Passage(locator, "confirmed" if same else "contradicted", span.text, found)


def _cells(tables: Mapping[str, Table[Any]], passages: Mapping[str, Passage]) -> list[Cell]:
    names = names_of(tables)
    cited: dict[tuple[str, str, str], list[Passage]] = {}
    for citation in tables["citations"]:
        cited.setdefault((citation.table, citation.record, citation.column), []).append(passages[citation.span])
    return [_cell(tables, names, *cell, found) for cell, found in cited.items()]


def _cell(tables: Mapping[str, Table[Any]], names: Names, table: str, key: str, column_name: str, found: Sequence[Passage]) -> Cell:
    column = tables[table].schema[column_name]
    value = getattr(tables[table][key], column_name)
    text = "" if value is None else column.type.format(value)
    wrong = [passage for passage in found if passage.status != "confirmed"]
    if wrong:
        status: Status = "missing" if all(passage.status == "missing" for passage in wrong) else "contradicted"
        return Cell(table, key, column_name, text, status, "; ".join(map(_difference, wrong)))
    if column.origin == "article":
        readings = column.type.read([passage.found or "" for passage in found], names)
        if value not in readings:
            quotes = ", ".join(f"{passage.found!r} at {passage.locator}" for passage in found)
            return Cell(table, key, column_name, text, "contradicted", f"the characters do not say so: {quotes}")
    return Cell(table, key, column_name, text, "confirmed", "")


def _difference(passage: Passage) -> str:
    expected = "other characters" if passage.expected is None else repr(passage.expected)
    found = "nothing" if passage.found is None else repr(passage.found)
    return f"the copy has {found} at {passage.locator}, where {expected} should stand"


def names_of(tables: Mapping[str, Table[Any]]) -> dict[str, dict[str, frozenset[str]]]:
    """What the records of each table are called: table → name → keys."""
    found: dict[str, dict[str, set[str]]] = {}
    for name, table in tables.items():
        columns = [column.name for column in schema_of(table.record).values() if column.is_name]
        names = found.setdefault(name, {})
        for record in table.records:
            for column in columns:
                value = getattr(record, column)
                for text in value if isinstance(value, tuple) else (value,):
                    if text is not None:
                        names.setdefault(text, set()).add(record.key)
    return {table: {name: frozenset(keys) for name, keys in names.items()} for table, names in found.items()}
