"""The tables as pages that open from a disk: tables to sort and search, and a page per record where the publication wants one.

Each page holds all languages, so that a search finds names in any of them; a button shows one and hides the others.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

import attrs

from povdata.exports.sheets import Order, Sheet, template
from povdata.model.columns import Shown, is_number, label
from povdata.model.datatypes import Boolean, Edtf, Enumeration, NameList, Quantity, Reference, References, Text
from povdata.model.extras import Extra
from povdata.model.links import Many, Within

if TYPE_CHECKING:
    import jinja2
    import markupsafe
    from markupsafe import Markup
else:
    jinja2, markupsafe = Extra("jinja2", "html"), Extra("markupsafe", "html")

LONGEST = 40
"""Characters of a title beside a reference; a longer one, such as a source's, gives way to its key."""


class Cell(NamedTuple):
    """What a column says of a record; the unit of a number, or the meaning of a word, stands behind it; an empty one may be wanted too."""

    name: str
    shown: Markup
    number: bool = False
    remark: Markup | str = ""
    wanted: bool = False


def write(order: Order, folder: Path) -> None:
    """Write an index, a page per table and the pages of records, with the few files that they share; pictures show the whole dataset."""
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(template), autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    publication = order.publication
    whole = len(order.tables) == len(publication.data)
    tables = tuple(name for name in order.tables if not whole or name not in publication.folded)
    languages = (order.labels,) if order.labels else tuple(publication.data.naming.languages)
    site = _Site(attrs.evolve(order, tables=tables, labels=None, bounds=order.bounds or True, caveats=False), languages)
    environment.globals |= {"site": site, "publication": publication, "about": publication.about, "say": site.say}
    folder.mkdir()
    pictures = []
    for language in languages if whole else ():
        for name, title, data in publication.pictures(language):
            pictures.append((f"{name}-{language}.png", language, title))
            (folder / pictures[-1][0]).write_bytes(data)

    def page(name: str, source: str, **values: Any) -> None:
        text = environment.get_template(source).render(values)
        (folder / name).write_text(text, encoding="utf-8", newline="\n")

    for name in ("style.css", "sortable.min.js", "pages.js"):
        page(name, name)
    page("index.html", "index.html.jinja", pictures=pictures)
    (folder / "records.js").write_text(f"const records = {site.entries()};\n", encoding="utf-8", newline="\n")
    for sheet in site.sheets.values():
        page(f"{sheet.name}.html", "table.html.jinja", sheet=sheet, paged=sheet.name in publication.pages)
        for record in sheet.table if sheet.name in publication.pages else ():
            (folder / sheet.name).mkdir(exist_ok=True)
            page(f"{sheet.name}/{quote(record.key, safe='')}.html", "record.html.jinja", sheet=sheet, record=record)


class _Site:
    """What the templates ask."""

    def __init__(self, order: Order, languages: tuple[str, ...]) -> None:
        self.publication = order.publication
        self.data = order.publication.data
        self.languages = languages
        self.sheets = {sheet.name: sheet for sheet in order.sheets()}
        self._fields = {name: list(self._grouped(sheet)) for name, sheet in self.sheets.items()}
        self._rows = {name: dict(zip(sheet.table.by_key, sheet.rows, strict=True)) for name, sheet in self.sheets.items()}

    # Words.

    def show(self, text: Sequence[str]) -> Markup:
        """A text in each language, where they differ; one of them is hidden."""
        if len(set(text)) == 1:
            return markupsafe.escape(text[0])
        shown = markupsafe.Markup("<i lang={}>{}</i>")
        return markupsafe.Markup().join(shown.format(*pair) for pair in zip(self.languages, text, strict=True) if pair[1])

    def say(self, word: str, scope: str = "") -> Markup:
        """A word, to be shown."""
        return self.show([self.publication.said(word, language, scope) for language in self.languages])

    def plain(self, word: str) -> str:
        """A word in all languages, for places that hold no markup."""
        return " · ".join(dict.fromkeys(self.publication.said(word, language) for language in self.languages))

    def purpose(self, sheet: Sheet) -> Markup:
        """What a row of a table is."""
        return self.show(
            [self.publication.words.get(language, {}).get(f"about:{sheet.name}", sheet.description) for language in self.languages]
        )

    def cite(self, record: Any) -> Markup:
        """How to cite a record."""
        return self.show([self.publication.cite(record, language) for language in self.languages])

    # Records.

    def address(self, table: str, key: str) -> str | None:
        """Where a record is shown; None where it is not."""
        if table not in self.sheets:
            return None
        return f"{table}/{quote(quote(key, safe=''))}.html" if table in self.publication.pages else f"{table}.html#{quote(key)}"

    def link(self, text: Sequence[str], table: str, key: str) -> Markup:
        """A text that leads to a record, where that is shown."""
        address, shown = self.address(table, key), self.show(text)
        return markupsafe.Markup('<a href="{}">{}</a>').format(address, shown) if address else shown

    def headlines(self, record: Any) -> list[tuple[str, str]]:
        """The title and the statement of a record in each language."""
        return [self.publication.headline(self.publication, record, language) for language in self.languages]

    def title(self, record: Any) -> list[str]:
        """The title of a record in each language."""
        return [title for title, _ in self.headlines(record)]

    def entry(self, record: Any) -> Markup:
        """A record in a list: its title and, where it has one, its statement."""
        return self.link([" · ".join(filter(None, pair)) for pair in self.headlines(record)], self.data.table_of(record).name, record.key)

    def entries(self) -> str:
        """The titles of all named records in each language, with where each is shown."""
        named = ((sheet.name, record.key, self.title(record)) for sheet in self.sheets.values() for record in sheet.table)
        found = [[*dict.fromkeys(title), self.address(table, key)] for table, key, title in named if title[0] != key]
        return json.dumps(found, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c").replace("],[", "],\n[")

    def reference(self, table: str, key: str, *, above: bool = True) -> Markup:
        """A record by its name, with what it belongs to where that has a page and is wanted."""
        record = self.data[table][key]
        names = [label(record, language) for language in self.languages]
        shown = self.link(names if len(set(names)) > 1 or len(names[0]) <= LONGEST else [key], table, key)
        uppers = [self.reference(*upper, above=False) for upper in self._paged(record) if upper[0] != table] if above else []
        return markupsafe.Markup(", ").join([shown, *uppers])

    def _paged(self, record: Any) -> list[tuple[str, str]]:
        """The records with a page that a record refers to."""
        return [(table, key) for table, key in self._referred(record) if table in self.publication.pages]

    def _referred(self, record: Any) -> Iterator[tuple[str, str]]:
        """The records that a record refers to, by table and key."""
        for column in self.data.table_of(record).schema.values():
            if isinstance(column.type, Reference) and (key := getattr(record, column.name)):
                yield column.type.table, key

    def caveats(self, record: Any) -> list[tuple[str, Markup]]:
        """What to know about a record: the texts of each caveat, and its name."""
        found = []
        for caveat in getattr(record, "caveats", ()):
            table = self.data.table_of(caveat)
            texts = [getattr(caveat, column.name) for column in table.schema.values() if isinstance(column.type, Text)]
            found.append((" ".join(filter(None, texts)), self.reference(table.name, caveat.key)))
        return found

    def related(self, record: Any) -> Iterator[tuple[str, list[Markup]]]:
        """The records that links lead to, by the name of the link."""
        links = {name: link for base in reversed(type(record).__mro__) for name, link in vars(base).items()}
        for name, link in links.items():
            if isinstance(link, Many | Within) and link.table in self.sheets and (found := getattr(record, name)):
                yield name, [self.entry(one) for one in found]

    def evidence(self, record: Any) -> list[tuple[list[str], Any]]:
        """The citations of a record, those of the same characters together."""
        found: dict[tuple[Any, str], tuple[list[str], Any]] = {}
        for item in self.publication.evidence(record):
            found.setdefault((item.locator, item.basis), ([], item))[0].append(item.column)
        return list(found.values())

    # Cells.

    def _grouped(self, sheet: Sheet) -> Iterator[tuple[str, Shown, list[int]]]:
        """The columns as they are shown: those of one text in several languages together, but each name for itself."""
        numbers = {column.name: number for number, column in enumerate(sheet.columns)}
        codes = self.data.naming.languages
        for column in sheet.columns:
            stem, _, code = column.name.rpartition("_")
            own = sheet.table.schema.get(column.name)
            if code not in codes or not {f"{stem}_{one}" for one in codes} <= numbers.keys() or (own and own.is_name):
                yield column.name, column, [numbers[column.name]]
            elif code == next(iter(codes)):
                yield stem, column, [numbers[f"{stem}_{language}"] for language in self.languages]

    def table(self, sheet: Sheet) -> tuple[list[tuple[str, str]], list[tuple[str, Markup, list[Cell]]]]:
        """The columns that say something else than the titles, figures first, with what they say; and key, title and cells of each row."""
        paged, rows = sheet.name in self.publication.pages, []
        for record in sheet.table:
            cited = {item.locator: item.characters or "…" for item in (() if paged else self.publication.evidence(record))}
            caveats = markupsafe.Markup(" ").join(name for _, name in self.caveats(record))
            evidence = markupsafe.escape("; ".join(f"{characters} {locator}" for locator, characters in cited.items()))
            cells = [*self.cells(sheet, record), Cell("evidence", evidence), Cell("caveats", caveats)]
            rows.append((record, self.show(self.title(record)), cells))
        heads = [
            *((name, column.description, column.type) for name, column, _ in self._fields[sheet.name]),
            ("evidence", "", None),
            ("caveats", "", None),
        ]
        told = [n for n in range(len(heads)) if any(cells[n].shown and cells[n].shown != title for _, title, cells in rows)]
        told.sort(key=lambda n: not isinstance(heads[n][2], Quantity))
        return [heads[n][:2] for n in told], [(record, title, [cells[n] for n in told]) for record, title, cells in rows]

    def cells(self, sheet: Sheet, record: Any) -> list[Cell]:
        """What the columns say of a record."""
        row = self._rows[sheet.name][record.key]
        return [self._cell(name, column, [row[number] for number in numbers], record) for name, column, numbers in self._fields[sheet.name]]

    def _cell(self, name: str, column: Shown, values: list[Any], record: Any) -> Cell:
        value, celltype = values[0], column.type
        if values == [None] * len(values):
            return Cell(name, markupsafe.Markup(), wanted=isinstance(celltype, Edtf) or name in ("lower", "upper"))
        if len(values) > 1:
            return Cell(name, self.show([value or "" for value in values]))
        match celltype:
            case Reference():
                return Cell(name, self.reference(celltype.table, value, above=not self._paged(record)))
            case References():
                paths = (path.split("/") for path in value)
                return Cell(name, markupsafe.Markup(" ").join(self.link(["/".join(path)], path[0], path[1]) for path in paths))
            case NameList():
                return Cell(name, markupsafe.escape("; ".join(value)))
            case Boolean():
                return Cell(name, self.say("yes" if value else "no"))
            case Enumeration():
                meaning = [celltype.values[value] if language == "en" else "" for language in self.languages]
                return Cell(name, self.say(value, column.name), remark=self.show(meaning))
            case Quantity() if hasattr(record, "bounds"):
                units = (getattr(self.data[table][key], "unit", "") for table, key in self._referred(record))
                unit = next(filter(None, units), "")
                counted = [self.publication.counted(unit, value, language) for language in self.languages]
                return Cell(name, markupsafe.escape(celltype.format(value)), number=True, remark=self.show(counted))
            case _:
                return Cell(name, markupsafe.escape(celltype.format(value)), number=is_number(celltype))
