"""What every format writes: a dataset, and its tables with the columns that the options add."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib.resources import files
from typing import Any, Literal, NamedTuple, TypeVar

import attrs

from povdata.manifest import summary
from povdata.model.columns import Shown
from povdata.model.columns import columns as widened
from povdata.model.datatypes import CellType, NameList, References
from povdata.model.reading import format_cell
from povdata.model.schema import Column
from povdata.model.table import Table

T = TypeVar("T")
Language = Literal["en", "zh"]
Bounds = bool | Literal["rounding"]

SEPARATORS: Mapping[type[CellType], str | None] = {NameList: ";", References: " ", CellType: None}
"""What stands between the parts of a cell that is a list."""


def by_type(mapping: Mapping[type[CellType], T], celltype: CellType) -> T:
    """What a mapping says of a cell type: of its class, or else of the nearest class above."""
    return next(mapping[kind] for kind in type(celltype).__mro__ if kind in mapping)


def separator(column: Column) -> str | None:
    """What stands between the parts of a list; None for a column that holds none."""
    return by_type(SEPARATORS, column.type)


def template(name: str) -> str:
    """The text of a file beside the formats."""
    return (files("povdata.exports") / "templates" / name).read_text(encoding="utf-8")


class Cited(NamedTuple):
    """A piece of evidence: the column it is for, the characters where they are kept, where they stand, and how the cell follows."""

    column: str
    value: str
    characters: str | None
    locator: str
    basis: str


@attrs.frozen
class Publication:
    """A set of tables with what an export says of it.

    Attributes:
        name: the beginning of the files' names.
        title: what the dataset is called.
        description: what it is, in a sentence.
        version: its version.
        licence: the address of its licence.
        licence_name: its SPDX identifier.
        author: who made it.
        year: when it was published.
        cite: gives a citation, ``"apa"`` or ``"bibtex"``; of the dataset, or of one record.
        tables: the tables by name.
        readme: a text that goes with the CSV files.
        languages: the languages of names and pages, first the one that pages open in.
        digest: SHA-256 of the text that the citations point into.
        evidence: gives what a record was read from.
        caveats: gives the records that say what to know about a record.
        headline: gives a title and a statement of a record, in a language.
        pages: the tables whose records get a page each.
        folded: the tables that are shown beside the cells they are about; pages leave them out unless they are asked for.
        pictures: gives the pictures in a language, as PNG by name and title; nothing where they cannot be drawn.
        views: SQL views by name: the tables that each needs, without which it is left out, and its query.
    """

    name: str
    title: str
    description: str
    version: str
    licence: str
    licence_name: str
    author: str
    year: str
    cite: Callable[[str, Any], str]
    tables: Mapping[str, Table[Any]]
    readme: bytes = b""
    languages: tuple[Language, ...] = ("en",)
    digest: str = ""
    evidence: Callable[[Any], Iterable[Cited]] = lambda _: ()
    caveats: Callable[[Any], Iterable[Any]] = lambda _: ()
    headline: Callable[[Any, str], tuple[str, str]] = lambda record, _: (record.key, "")
    pages: tuple[str, ...] = ()
    folded: tuple[str, ...] = ()
    pictures: Callable[[str], Iterable[tuple[str, str, bytes]]] = lambda _: ()
    views: Mapping[str, tuple[frozenset[str], str]] = attrs.field(factory=dict)

    @property
    def about(self) -> dict[str, str]:
        """What every export says of itself."""
        return {"title": self.title, "version": self.version, "licence": self.licence, "citation": self.cite("apa", None)}


class Sheet(NamedTuple):
    """A table as it is written.

    Attributes:
        name: the table's name.
        description: what a row is.
        columns: its own columns, and those that the options add.
        rows: the values.
        table: the table itself.
    """

    name: str
    description: str
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Any, ...]]
    table: Table[Any]

    def csv(self) -> bytes:
        """The bytes of a CSV file."""
        buffer = io.StringIO(newline="")
        writer = csv.writer(buffer, lineterminator="\n")
        writer.writerow(column.name for column in self.columns)
        writer.writerows([format_cell(column, value) for column, value in zip(self.columns, row, strict=True)] for row in self.rows)
        return buffer.getvalue().encode()


@attrs.frozen
class Order:
    """What is to be written: a dataset, the tables of it that were asked for, and how they are to be widened."""

    dataset: Publication
    tables: tuple[str, ...]
    labels: Language | None = None
    bounds: Bounds = False
    caveats: bool = False

    def sheets(self) -> list[Sheet]:
        """The tables with the columns that the options add."""
        return [self._sheet(self.dataset.tables[name]) for name in self.tables]

    def _sheet(self, table: Table[Any]) -> Sheet:
        bounds = self.bounds if has_bounds(table.record) else False
        shown = widened(table, self.labels, bounds, self.caveats and hasattr(table.record, "caveats"))
        columns = tuple(table.schema.get(column.name) or added(column) for column in shown)
        rows = list(zip(*(column.values for column in shown), strict=True))
        return Sheet(table.name, summary(table.name, table.record), columns, rows, table)

    def among(self, columns: Iterable[Column]) -> Iterator[tuple[Column, str]]:
        """The columns that refer to a table which is written too, with its name."""
        for column in columns:
            target = getattr(column.type, "table", None)
            if target in self.tables:
                yield column, target


def has_bounds(record: type[Any]) -> bool:
    """Whether records of a class have values with a lower and an upper bound."""
    return hasattr(record, "bounds")


def added(column: Shown) -> Column:
    """A column that a table itself does not have."""
    return Column(column.name, column.type, column.required, "derived", column.description, (), is_name=False)
