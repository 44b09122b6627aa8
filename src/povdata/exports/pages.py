"""The tables as pages that open from a disk: tables to sort and search, and a page per record where the dataset wants one.

Each page holds all languages, so that a search finds names in any of them; a button shows one and hides the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import compress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

import attrs

from povdata.celltypes import Boolean, CellType, Difference, Edtf, Enumeration, Integer, NameList, Quantity, Reference, References
from povdata.exceptions import MissingExtraError
from povdata.exports.sheets import Cited, Order, Sheet, by_type, has_bounds, template
from povdata.exports.words import counted, said
from povdata.links import Many, Within
from povdata.schema import Column, schema_of
from povdata.table import label

if TYPE_CHECKING:
    from markupsafe import Markup

BESIDE = ("style.css", "sortable.min.js", "pages.js")
"""Files that every page uses."""
BOUNDS = ("lower", "upper")
LONGEST = 40
"""Characters of a title beside a reference; a longer one, such as a source's, gives way to its key."""
FEW = 40
"""Records that are listed on the index."""

Text = Sequence[str]
"""A text in each language, or one for all."""


class Part(NamedTuple):
    """A piece of a cell: its text, and where it leads."""

    text: Text
    address: str | None = None


class Cell(NamedTuple):
    """A cell of a table, or a field of a record; its unit or meaning stands behind it."""

    name: str
    parts: Sequence[Part]
    number: bool = False
    remark: Text = ()


def write(order: Order, folder: Path) -> None:
    """Write an index, a page per table and the pages of records, with the few files that they share; pictures show the whole dataset."""
    try:
        from jinja2 import Environment, FunctionLoader, StrictUndefined
    except ImportError:
        raise MissingExtraError("jinja2", "html") from None
    dataset = order.dataset
    whole = len(order.tables) == len(dataset.tables)
    tables = tuple(name for name in order.tables if not whole or name not in dataset.folded)
    languages = (order.labels,) if order.labels else dataset.languages
    site = _Site(attrs.evolve(order, tables=tables, labels=None, bounds=order.bounds or True, caveats=False), languages)
    environment = Environment(
        loader=FunctionLoader(template),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.globals |= {"site": site, "dataset": dataset, "say": site.say, "show": site.show, "parts": site.parts, "plain": site.plain}
    folder.mkdir()
    for name in BESIDE:
        (folder / name).write_text(template(name), encoding="utf-8", newline="\n")
    drawn = ((language, *picture) for language in languages for picture in dataset.pictures(language)) if whole else ()
    pictures = [(f"{name}-{language}.png", language, title, data) for language, name, title, data in drawn]
    for name, _, _, data in pictures:
        (folder / name).write_bytes(data)
    for name, source, values in site.pages(pictures):
        path = folder / f"{name}.html"
        path.parent.mkdir(exist_ok=True)
        text = environment.get_template(source).render(values, root="../" * name.count("/"))
        path.write_text(text, encoding="utf-8", newline="\n")


class _Site:
    """What the templates ask."""

    def __init__(self, order: Order, languages: tuple[str, ...]) -> None:
        self.order = order
        self.dataset = order.dataset
        self.languages = languages
        self.names = {table.record: name for name, table in self.dataset.tables.items()}

    # Words.

    def words(self, word: str, scope: str = "") -> Text:
        """A word in each language."""
        return [said(word, language, scope) for language in self.languages]

    def show(self, text: Text) -> Markup:
        """A text in each language, where they differ; one of them is hidden."""
        from markupsafe import Markup, escape

        if len(set(text)) == 1:
            return escape(text[0])
        found = (f"<i lang={language}>{escape(one)}</i>" for language, one in zip(self.languages, text, strict=True) if one)
        return Markup("".join(found))  # noqa: S704  # each text is escaped

    def say(self, word: str, scope: str = "") -> Markup:
        """A word, to be shown."""
        return self.show(self.words(word, scope))

    def plain(self, text: Text) -> str:
        """A text in all languages, for places that hold no markup."""
        return " · ".join(dict.fromkeys(text))

    def parts(self, parts: Sequence[Part], root: str) -> Markup:
        """The pieces of a cell, with links."""
        from markupsafe import Markup

        link = Markup('<a href="{}{}">{}</a>')
        return Markup().join(
            link.format(root, part.address, self.show(part.text)) if part.address else self.show(part.text) for part in parts
        )

    def about(self, sheet: Sheet) -> Markup:
        """What a row of a table is."""
        key = f"about:{sheet.name}"
        return self.show(
            [sheet.description if (found := said(key, language)) == key.replace("_", " ") else found for language in self.languages]
        )

    # Pages.

    def address(self, table: str, key: str) -> str | None:
        """Where a record is shown, from the folder's top; None where it is not."""
        if table not in self.order.tables:
            return None
        return f"{table}/{quote(quote(key, safe=''))}.html" if table in self.dataset.pages else f"{table}.html#{quote(key)}"

    def pages(self, pictures: Sequence[tuple[Any, ...]]) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """The name, template and values of each page."""
        sheets = self.order.sheets()
        few = [sheet for sheet in sheets if sheet.name in self.dataset.pages and len(sheet.rows) <= FEW]
        yield "index", "index.html.jinja", {"sheets": sheets, "pictures": pictures, "few": few}
        for sheet in sheets:
            yield sheet.name, "table.html.jinja", self._table(sheet)
            if sheet.name in self.dataset.pages:
                for record, row in zip(sheet.table, sheet.rows, strict=True):
                    yield f"{sheet.name}/{quote(record.key, safe='')}", "record.html.jinja", self._record(sheet, record, row)

    def entry(self, record: Any) -> Part:
        """A record in a list: its title and, where it has one, its statement."""
        text = [" · ".join(filter(None, self.dataset.headline(record, language))) for language in self.languages]
        return Part(text, self.address(self.names[type(record)], record.key))

    def _title(self, record: Any) -> Text:
        return [self.dataset.headline(record, language)[0] for language in self.languages]

    def _shown(self, columns: Sequence[Column]) -> list[int]:
        """The positions of the columns that are shown: of those in several languages the first, which shows them all, but every name."""
        names = {column.name: column.is_name for column in columns}
        return [number for number, name in enumerate(names) if names[name] or not self._twins(name, names)[:-1].count(name)]

    def _twins(self, name: str, names: Mapping[str, Any]) -> list[str]:
        """A column in each language, where there are such; the last is the one that stands for all."""
        stem, _, code = name.rpartition("_")
        twins = [f"{stem}_{language}" for language in reversed(self.dataset.languages)]
        return twins if code in self.dataset.languages and all(twin in names for twin in twins) else [name]

    def _table(self, sheet: Sheet) -> dict[str, Any]:
        """Names, then the columns that say something else than the names; evidence where the records have no page for it."""
        paged = sheet.name in self.dataset.pages
        titles = [self._title(record) for record in sheet.table]
        columns = [sheet.columns[number] for number in self._shown(sheet.columns) if not paged or sheet.columns[number].name != "key"]
        columns.sort(key=lambda column: not isinstance(column.type, Quantity))  # figures first
        rows = []
        for record, row, title in zip(sheet.table, sheet.rows, titles, strict=True):
            cells = [cell._replace(remark=()) if cell.name in BOUNDS else cell for cell in self._cells(sheet, columns, record, row)]
            cells.append(Cell("evidence", [] if paged else [Part(self._cited(record))]))
            cells.append(
                Cell(
                    "caveats",
                    [part for caveat in self.dataset.caveats(record) for part in self.reference(self.names[type(caveat)], caveat.key)],
                )
            )
            rows.append((record.key, Part(title, self.address(sheet.name, record.key) if paged else None), cells))
        told = [
            any(any(part.text) for _, _, cells in rows for part in cells[number].parts)
            and any([part.text for part in cells[number].parts] != [entry.text] for _, entry, cells in rows)
            for number in range(len(columns) + 2)
        ]
        return {
            "sheet": sheet,
            "paged": paged,
            "first": "key" if all({*entry.text} == {key} for key, entry, _ in rows) else "name",
            "heads": [
                *compress([*((self._head(column), column.description) for column in columns), ("evidence", ""), ("caveats", "")], told)
            ],
            "rows": [(key, entry, [*compress(cells, told)]) for key, entry, cells in rows],
        }

    def _record(self, sheet: Sheet, record: Any, row: Sequence[Any]) -> dict[str, Any]:
        columns = [sheet.columns[number] for number in self._shown(sheet.columns)]
        cells = zip(columns, self._cells(sheet, columns, record, row), strict=True)
        return {
            "sheet": sheet,
            "record": record,
            "title": self._title(record),
            "statement": [self.dataset.headline(record, language)[1] for language in self.languages],
            "fields": [cell for column, cell in cells if cell.parts or isinstance(column.type, Edtf) or column.name in BOUNDS],
            "evidence": self._evidence(record),
            "caveats": [(caveat, self.reference(self.names[type(caveat)], caveat.key)) for caveat in self.dataset.caveats(record)],
            "related": list(self._related(record)),
        }

    def _related(self, record: Any) -> Iterator[tuple[str, list[Part]]]:
        """The records of each table that belong to a record."""
        for name, link in vars(type(record)).items():
            if isinstance(link, Many | Within) and link.table in self.order.tables and (found := getattr(record, name)):
                yield name, [self.entry(one) for one in found]

    def _evidence(self, record: Any) -> list[tuple[list[str], Cited]]:
        """The citations of a record, those of the same characters together."""
        found: dict[tuple[str, str], tuple[list[str], Cited]] = {}
        for item in self.dataset.evidence(record):
            found.setdefault((item.locator, item.basis), ([], item))[0].append(item.column)
        return list(found.values())

    def _cited(self, record: Any) -> Text:
        return [
            "; ".join(
                f"{item.characters or '…'} {item.locator}" for item in {item.locator: item for _, item in self._evidence(record)}.values()
            )
        ]

    # Cells.

    def _head(self, column: Column) -> str:
        """The heading of a column: of one in several languages what they have in common."""
        stem, _, code = column.name.rpartition("_")
        return stem if code in self.dataset.languages and not column.is_name else column.name

    def _cells(self, sheet: Sheet, columns: Sequence[Column], record: Any, row: Sequence[Any]) -> list[Cell]:
        values = dict(zip((column.name for column in sheet.columns), row, strict=True))
        cells = []
        for column in columns:
            twins = [] if column.is_name else self._twins(column.name, values)
            if len(twins) > 1:
                text = [values[f"{self._head(column)}_{language}"] or "" for language in self.languages]
                cells.append(Cell(self._head(column), [Part(text)] if any(text) else []))
            else:
                cells.append(self._cell(column, values[column.name], record))
        return cells

    def _cell(self, column: Column, value: Any, record: Any) -> Cell:
        if value is None:
            return Cell(column.name, [])
        celltype: Any = column.type
        remark: Text = ()
        if isinstance(celltype, Quantity) and has_bounds(type(record)):
            remark = self._unit(record, value)
        elif isinstance(celltype, Enumeration):
            remark = [celltype.values[value] if language == "en" else "" for language in self.languages]
        return Cell(
            column.name, by_type(PARTS, celltype)(self, column, value), isinstance(celltype, Integer | Difference | Quantity), remark
        )

    def _unit(self, record: Any, value: Any) -> Text:
        """The unit of a record's value, from the record that says what is measured."""
        for column in schema_of(type(record)).values():
            if isinstance(column.type, Reference) and (key := getattr(record, column.name)) is not None:
                unit = getattr(self.dataset.tables[column.type.table][key], "unit", None)
                if unit:
                    return [counted(unit, value, language) for language in self.languages]
        return ()

    def reference(self, table: str, key: str) -> list[Part]:
        """A record by its name, and what it belongs to where that has a page."""
        record = self.dataset.tables[table][key]
        parts = [Part(self._name(record), self.address(table, key))]
        for column in schema_of(type(record)).values():
            if isinstance(column.type, Reference) and column.type.table in self.dataset.pages:
                above = getattr(record, column.name)
                if above not in (None, key) and column.type.table != table:
                    target = self.dataset.tables[column.type.table][above]
                    parts += [Part([", "]), Part(self._name(target), self.address(column.type.table, above))]
        return parts

    def _name(self, record: Any) -> Text:
        names = [label(record, language) for language in self.languages]
        return names if len(set(names)) > 1 or len(names[0]) <= LONGEST else [record.key]

    def path(self, path: str) -> list[Part]:
        """A record or cell named by a path."""
        table, key, *column = path.split("/")
        return [Part(["/".join([key, *column])], self.address(table, key)), Part([" "])]


Parts = Callable[[_Site, Any, Any], list[Part]]
PARTS: dict[type[CellType], Parts] = {
    CellType: lambda _, column, value: [Part([column.type.format(value)])],
    Enumeration: lambda site, column, value: [Part(site.words(value, column.name))],
    Boolean: lambda site, _, value: [Part(site.words("yes" if value else "no"))],
    NameList: lambda _, __, value: [Part(["; ".join(value)])],
    Reference: lambda site, column, value: site.reference(column.type.table, value),
    References: lambda site, _, value: [part for path in value for part in site.path(path)],
}
"""What a cell of each type shows."""
