"""The tables as pages that open from a disk: tables to sort and search, and a page per record where the dataset wants one.

Each page holds all languages, so that a search finds names in any of them; a button shows one and hides the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import compress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

import attrs

from povdata.exceptions import MissingExtraError
from povdata.exports.sheets import Cited, Order, Sheet, by_type, has_bounds, template
from povdata.exports.words import counted, said
from povdata.model.columns import label
from povdata.model.datatypes import Boolean, CellType, Difference, Edtf, Enumeration, Integer, NameList, Quantity, Reference, References
from povdata.model.links import Many, Within
from povdata.model.schema import Column, schema_of

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


class Field(NamedTuple):
    """A column as it is shown: its name, its declaration, and where its values stand in a row, one per language or one for all."""

    name: str
    column: Column
    numbers: Sequence[int]


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

    def _fields(self, sheet: Sheet) -> list[Field]:
        """The columns as they are shown: those of one text in several languages together, but each name for itself."""
        numbers = {column.name: number for number, column in enumerate(sheet.columns)}
        found: dict[str, Field] = {}
        for column in sheet.columns:
            stem, _, code = column.name.rpartition("_")
            told = (
                code in self.dataset.languages and not column.is_name and all(f"{stem}_{one}" in numbers for one in self.dataset.languages)
            )
            names = [f"{stem}_{language}" for language in self.languages] if told else [column.name]
            found.setdefault(stem if told else column.name, Field(stem if told else column.name, column, [numbers[name] for name in names]))
        return list(found.values())

    def _table(self, sheet: Sheet) -> dict[str, Any]:
        """Names, then the columns that say something else than the names; evidence where the records have no page for it."""
        paged = sheet.name in self.dataset.pages
        fields = [field for field in self._fields(sheet) if not paged or field.name != "key"]
        fields.sort(key=lambda field: not isinstance(field.column.type, Quantity))  # figures first
        rows = []
        for record, row in zip(sheet.table, sheet.rows, strict=True):
            cells = [self._cell(field, record, row) for field in fields]
            cells = [cell._replace(remark=()) if cell.name in BOUNDS else cell for cell in cells]
            cells.append(Cell("evidence", [] if paged else [Part([self._cited(record)])]))
            cells.append(Cell("caveats", [part for _, parts in self._caveats(record) for part in parts]))
            rows.append((record.key, Part(self._title(record), self.address(sheet.name, record.key) if paged else None), cells))
        told = [
            any(any(part.text) for _, _, cells in rows for part in cells[number].parts)
            and any([{*part.text} for part in cells[number].parts] != [{*entry.text}] for _, entry, cells in rows)
            for number in range(len(fields) + 2)
        ]
        heads = [*((field.name, field.column.description) for field in fields), ("evidence", ""), ("caveats", "")]
        return {
            "sheet": sheet,
            "paged": paged,
            "first": "key" if all({*entry.text} == {key} for key, entry, _ in rows) else "name",
            "heads": [*compress(heads, told)],
            "rows": [(key, entry, [*compress(cells, told)]) for key, entry, cells in rows],
        }

    def _record(self, sheet: Sheet, record: Any, row: Sequence[Any]) -> dict[str, Any]:
        cells = ((field, self._cell(field, record, row)) for field in self._fields(sheet))
        return {
            "sheet": sheet,
            "record": record,
            "title": self._title(record),
            "statement": [self.dataset.headline(record, language)[1] for language in self.languages],
            "fields": [cell for field, cell in cells if cell.parts or isinstance(field.column.type, Edtf) or cell.name in BOUNDS],
            "evidence": self._evidence(record),
            "caveats": self._caveats(record),
            "related": list(self._related(record)),
        }

    def _caveats(self, record: Any) -> list[tuple[Any, list[Part]]]:
        return [(caveat, self.reference(self.names[type(caveat)], caveat.key)) for caveat in self.dataset.caveats(record)]

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

    def _cited(self, record: Any) -> str:
        cited = {item.locator: item.characters or "…" for _, item in self._evidence(record)}
        return "; ".join(f"{characters} {locator}" for locator, characters in cited.items())

    # Cells.

    def _cell(self, field: Field, record: Any, row: Sequence[Any]) -> Cell:
        values = [row[number] for number in field.numbers]
        celltype: Any = field.column.type
        if values == [None] * len(values):
            return Cell(field.name, [])
        if len(values) > 1:
            return Cell(field.name, [Part([value or "" for value in values])])
        remark: Text = ()
        if isinstance(celltype, Quantity) and has_bounds(type(record)):
            remark = self._unit(record, values[0])
        elif isinstance(celltype, Enumeration):
            remark = [celltype.values[values[0]] if language == "en" else "" for language in self.languages]
        number = isinstance(celltype, Integer | Difference | Quantity)
        return Cell(field.name, by_type(PARTS, celltype)(self, field.column, values[0], record), number, remark)

    def _unit(self, record: Any, value: Any) -> Text:
        """The unit of a record's value, from the record that says what is measured."""
        found = (
            getattr(self.dataset.tables[table].get(getattr(record, name) or ""), "unit", None) for table, name in _targets(type(record))
        )
        unit = next(filter(None, found), "")
        return [counted(unit, value, language) for language in self.languages] if unit else ()

    def reference(self, table: str, key: str, *, above: bool = True) -> list[Part]:
        """A record by its name, with what it belongs to where that has a page and is wanted."""
        record = self.dataset.tables[table][key]
        parts = [Part(self._name(record), self.address(table, key))]
        for target, name in _targets(type(record)) if above else ():
            if target in self.dataset.pages and target != table and (upper := getattr(record, name)) is not None:
                parts += [Part([", "]), *self.reference(target, upper, above=False)]
        return parts

    def placed(self, record: Any) -> bool:
        """Whether a record itself says what it belongs to."""
        return any(table in self.dataset.pages for table, _ in _targets(type(record)))

    def _name(self, record: Any) -> Text:
        names = [label(record, language) for language in self.languages]
        return names if len(set(names)) > 1 or len(names[0]) <= LONGEST else [record.key]

    def path(self, path: str) -> list[Part]:
        """A record or cell named by a path."""
        table, key, *column = path.split("/")
        return [Part(["/".join([key, *column])], self.address(table, key)), Part([" "])]


def _targets(record: type[Any]) -> list[tuple[str, str]]:
    """The tables that records of a class refer to, each with the column."""
    return [(column.type.table, name) for name, column in schema_of(record).items() if isinstance(column.type, Reference)]


Parts = Callable[[_Site, Any, Any, Any], list[Part]]
PARTS: dict[type[CellType], Parts] = {
    CellType: lambda _, column, value, __: [Part([column.type.format(value)])],
    Enumeration: lambda site, column, value, _: [Part(site.words(value, column.name))],
    Boolean: lambda site, _, value, __: [Part(site.words("yes" if value else "no"))],
    NameList: lambda _, __, value, ___: [Part(["; ".join(value)])],
    Reference: lambda site, column, value, record: site.reference(column.type.table, value, above=not site.placed(record)),
    References: lambda site, _, value, __: [part for path in value for part in site.path(path)],
}
"""What a cell of each type shows, of a column with a value in a record."""
