"""What every format writes: the tables of a dataset with what is said of it, and the columns that the options add."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from importlib.resources import files
from typing import Any, NamedTuple

from povdata import provenance
from povdata.locators import Locator
from povdata.manifest import summary
from povdata.model.columns import Bounds, Shown, columns, label
from povdata.model.datatypes import Reference
from povdata.model.frozen import FrozenDict
from povdata.model.record import Record
from povdata.model.registry import Dataset
from povdata.model.schema import Origin
from povdata.model.table import Table
from povdata.provenance import Evidence


def template(name: str) -> str:
    """The text of a file beside the formats."""
    return (files("povdata.exports") / "templates" / name).read_text(encoding="utf-8")


class Publication(NamedTuple):
    """A dataset with what an export says of it."""

    data: Dataset
    # title, name (with which the names of the files begin), description, version, licence (its address), licence_name (in SPDX),
    # licence_title, author, year, citation and bibtex; where cells cite a text, its text_language and text_sha256
    about: Mapping[str, str]
    readme: bytes = b""  # goes with the CSV files
    words: Mapping[str, Mapping[str, str]] = FrozenDict()  # how each language says columns, values and words of pages
    # the title and the statement of a record in a language
    headline: Callable[[Publication, Any, str], tuple[str, str]] = lambda _, record, language: (label(record, language), "")
    cite: Callable[[Any, str], str] = lambda *_: ""  # a record, in a language
    pages: tuple[str, ...] = ()  # the tables whose records get a page each
    folded: tuple[str, ...] = ()  # those shown beside the cells they are about; pages leave them out unless they are asked for
    pictures: Callable[[str], Iterable[tuple[str, str, bytes]]] = lambda _: ()  # name, title and PNG of those that can be drawn

    def said(self, word: str, language: str, scope: str = "", count: Any = None) -> str:
        """A word in a language: as it is said in a scope, such as a column, or anywhere; else, and for one in English, itself."""
        words = self.words.get(language, {}) if language != "en" or count != 1 else {}
        return words.get(f"{scope}={word}") or words.get(word) or (word if " " in word else word.replace("_", " "))

    def evidence(self, record: Record) -> list[tuple[list[str], Evidence]]:
        """What a record was read from, each piece with the columns that rest on it; a cell of another record is named by its path."""
        found: dict[tuple[Locator, str], tuple[list[str], Evidence]] = {}
        own = (self.data.table_of(record).name, record.key)
        for item in provenance.evidence(self.data, record) if "citations" in self.data else ():
            column = item.column if item[:2] == own else "/".join(item[:3])
            found.setdefault((item.locator, item.basis), ([], item))[0].append(column)
        return list(found.values())


class Sheet(NamedTuple):
    """A table with its own columns and those that the options add."""

    name: str
    description: str
    table: Table[Any]
    columns: list[Shown]
    references: Mapping[str, str]  # the columns that refer to a record of a table which is written too, with its name

    def origin(self, column: Shown) -> Origin:
        """Where the cells of a column come from."""
        return self.table.schema[column.name].origin if column.name in self.table.schema else "derived"

    def as_csv(self) -> bytes:
        """The bytes of a CSV file."""
        cells = ([value if value is None else column.type.format(value) for value in column.values] for column in self.columns)
        buffer = io.StringIO(newline="")
        csv.writer(buffer, lineterminator="\n").writerows([[column.name for column in self.columns], *zip(*cells, strict=True)])
        return buffer.getvalue().encode()


class Order(NamedTuple):
    """What is to be written."""

    publication: Publication
    tables: tuple[str, ...]
    labels: str | None = None
    bounds: Bounds = False
    caveats: bool = False

    def sheets(self, **options: Any) -> list[Sheet]:
        """The tables with the columns that the options add where they can have them; further options take the place of those here."""
        order, found = self._replace(**options), []
        for table in map(order.publication.data.table, order.tables):
            bounds, caveats = hasattr(table.record, "bounds") and order.bounds, hasattr(table.record, "caveats") and order.caveats
            shown = columns(table, order.labels, bounds, caveats)
            targets = {column.name: column.type.table for column in shown if isinstance(column.type, Reference)}
            references = {column: target for column, target in targets.items() if target in self.tables}
            found.append(Sheet(table.name, summary(table.name, table.record), table, shown, references))
        return found
