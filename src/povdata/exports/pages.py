"""The tables as pages that open from a disk: tables to sort and search, and a page per record where the publication wants one.

Each page holds all languages, so that a search finds names in any of them; a button shows one and hides the others.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from povdata.exports.sheets import Order, Sheet, template
from povdata.model.columns import Shown, is_number, label
from povdata.model.datatypes import Boolean, Edtf, Enumeration, NameList, Quantity, Reference, References, Text
from povdata.model.extras import Extra
from povdata.model.links import Many, Within

jinja2: Extra = Extra("jinja2", "html")
markupsafe: Extra = Extra("markupsafe", "html")

Markup = Any  # that of markupsafe, which is there with the extra
ENDING = "-html"
TAGS = ("b", "i", "u", "s")  # around a text in the first language, in the second and so on; there are thousands, so they are short
LONGEST = 40  # characters of a title beside a reference; a longer one, such as a source's, gives way to its key

slug: Callable[[str], str] = partial(quote, safe="")  # a key as the name of a file or an id


class Field(NamedTuple):
    """A column as it is shown."""

    name: str
    description: str
    cells: list[tuple[Markup, Markup]]  # of each record, and behind it the unit of a number or the meaning of a word
    number: bool = False
    figure: bool = False
    wanted: bool = False  # an empty cell is said to be empty on the page of a record


def write(order: Order, folder: Path) -> None:
    """Write an index, a page per table and the pages of records, with the few files that they share; pictures show the whole dataset."""
    loader = jinja2.FunctionLoader(template)
    environment = jinja2.Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined)
    publication, whole = order.publication, len(order.tables) == len(order.publication.data)
    tables = tuple(name for name in order.tables if not whole or name not in publication.folded)
    site = _Site(order._replace(tables=tables, bounds=order.bounds or True, caveats=False))
    environment.globals |= {"site": site, "publication": publication, "about": publication.about, "say": site.say, "slug": slug}

    def page(name: str, source: str, **values: Any) -> None:
        (folder / name).write_text(environment.get_template(source).render(values), encoding="utf-8", newline="\n")

    folder.mkdir()
    for name in ("style.css", "sortable.min.js", "pages.js", "records.js"):
        page(name, name)
    drawn = [(language, *picture) for language in site.languages for picture in publication.pictures(language)] if whole else []
    for language, name, _, data in drawn:
        (folder / f"{name}-{language}.png").write_bytes(data)
    page("index.html", "index.html.jinja", pictures=drawn)
    for sheet in site.sheets.values():
        page(f"{sheet.name}.html", "table.html.jinja", sheet=sheet, paged=sheet.name in publication.pages)
    for sheet in filter(None, map(site.sheets.get, publication.pages)):
        (folder / sheet.name).mkdir()
        for number, record in enumerate(sheet.table):
            cited = site.show([publication.cite(record, language) for language in site.languages])
            page(f"{sheet.name}/{slug(record.key)}.html", "record.html.jinja", sheet=sheet, record=record, number=number, cited=cited)


class _Site:
    """What the templates ask, as markup; a text is a list, with an element per language, or one for all."""

    def __init__(self, order: Order) -> None:
        self.publication = order.publication
        self.data, self.pages = order.publication.data, order.publication.pages
        self.languages = [order.labels] if order.labels else list(self.data.naming.languages)
        self.tags = dict(zip(self.languages, TAGS, strict=False))
        self.sheets = {sheet.name: sheet for sheet in order.sheets(labels=None)}
        self.fields = {name: list(self._fields(sheet)) for name, sheet in self.sheets.items()}

    def show(self, text: Sequence[str]) -> Markup:
        """A text in each language, where they differ; all but one are hidden."""
        if len(set(text)) == 1:
            return markupsafe.escape(text[0])
        told = (markupsafe.Markup("<{0}>{1}</{0}>").format(*pair) for pair in zip(TAGS, text, strict=False) if pair[1])
        return markupsafe.Markup().join(told)

    def say(self, word: str, scope: str = "") -> Markup:
        return self.show([self.publication.said(word, language, scope) for language in self.languages])

    def plain(self, word: str) -> str:
        """A word in all languages, for places that hold no markup."""
        return " · ".join(dict.fromkeys(self.publication.said(word, language) for language in self.languages))

    def form(self, table: str) -> str:
        """Where records of a table are shown, with a star for their file or id."""
        return f"{table}/*.html" if table in self.pages else f"{table}.html#*"

    def link(self, text: Sequence[str], table: str, key: str) -> Markup:
        """A text that leads to a record, where that is shown."""
        address, shown = self.form(table).replace("*", quote(slug(key))), self.show(text)
        return markupsafe.Markup('<a href="{}">{}</a>').format(address, shown) if table in self.sheets else shown

    def headline(self, record: Any) -> list[tuple[str, ...]]:
        """The title and the statement of a record."""
        pairs = (self.publication.headline(self.publication, record, language) for language in self.languages)
        return list(zip(*pairs, strict=True))

    def summary(self, record: Any) -> list[str]:
        return [" · ".join(filter(None, pair)) for pair in zip(*self.headline(record), strict=True)]

    def entry(self, record: Any) -> Markup:
        return self.link(self.summary(record), self.data.table_of(record).name, record.key)

    def entries(self) -> Markup:
        """For the search over all tables: of each its name, the form of its addresses, and the named records with file or id."""
        found = []
        for name, sheet in self.sheets.items():
            named = (record for record in sheet.table if self.headline(record)[0][0] != record.key)
            found.append(
                [self.plain(name), self.form(name), [[*dict.fromkeys(self.summary(record)), slug(record.key)] for record in named]]
            )
        return markupsafe.Markup(json.dumps(found, ensure_ascii=False, separators=(",", ":")).replace("],[", "],\n["))  # no HTML

    def reference(self, table: str, key: str, *, above: bool = True) -> Markup:
        """A record by its name, with what it belongs to where that has a page and is wanted."""
        record = self.data[table][key]
        names = [label(record, language) for language in self.languages]
        shown = self.link(names if len(set(names)) > 1 or len(names[0]) <= LONGEST else [key], table, key)
        uppers = ((over, upper) for over, upper in self.referred(record) if over in self.pages and over != table and upper != key)
        return markupsafe.Markup(", ").join([shown, *(self.reference(*upper, above=False) for upper in uppers if above)])

    def referred(self, record: Any) -> list[tuple[str, str]]:
        """The records that a record refers to, by table and key."""
        targets = {
            name: column.type.table for name, column in self.data.table_of(record).schema.items() if isinstance(column.type, Reference)
        }
        return [(table, key) for name, table in targets.items() if (key := getattr(record, name))]

    def caveats(self, record: Any) -> Iterator[tuple[str, Markup]]:
        """What to know about a record: the texts of each caveat, and its name."""
        for caveat in getattr(record, "caveats", ()):
            table = self.data.table_of(caveat)
            texts = (getattr(caveat, column.name) for column in table.schema.values() if isinstance(column.type, Text))
            yield " ".join(filter(None, texts)), self.reference(table.name, caveat.key)

    def related(self, record: Any) -> Iterator[tuple[str, Any]]:
        """The records that links lead to, by the name of the link."""
        for name, link in (item for base in reversed(type(record).__mro__) for item in vars(base).items()):
            if isinstance(link, Many | Within) and link.name in self.sheets and (found := getattr(record, name)):
                yield name, found

    def _fields(self, sheet: Sheet) -> Iterator[Field]:
        """The columns: those of one text in several languages together, but each name for itself."""
        columns, codes = {column.name: column for column in sheet.columns}, list(self.data.naming.languages)
        for column in sheet.columns:
            name, told, celltype = column.name, [column], column.type
            stem, _, code = name.rpartition("_")
            own = sheet.table.schema.get(name)
            if code in codes and columns.keys() >= {f"{stem}_{one}" for one in codes} and not (own and own.is_name):
                if code != codes[0]:
                    continue
                name, told = stem, [columns[f"{stem}_{language}"] for language in self.languages]
            rows = zip(sheet.table, *(one.values for one in told), strict=True)
            cells = [self._cell(column, values, record) for record, *values in rows]
            wanted = isinstance(celltype, Edtf) or name in ("lower", "upper")
            yield Field(name, column.description, cells, is_number(celltype), isinstance(celltype, Quantity), wanted)

    def told(self, sheet: Sheet) -> list[Field]:
        """The columns that say something else than the titles of the records, figures first."""
        titles, cited, caveats = [], [], []
        for record in sheet.table:
            title = self.headline(record)[0]
            titles.append({self.show(title), *map(markupsafe.escape, title), ""})
            found = self.publication.evidence(record) if sheet.name not in self.pages else ()
            cited.append((markupsafe.escape("; ".join(dict.fromkeys(f"{item.characters or '…'} {item.locator}" for _, item in found))), ""))
            caveats.append((markupsafe.Markup(" ").join(name for _, name in self.caveats(record)), ""))
        fields = [*self.fields[sheet.name], Field("evidence", "", cited), Field("caveats", "", caveats)]
        said = (field for field in fields if not all(shown in title for (shown, _), title in zip(field.cells, titles, strict=True)))
        return sorted(said, key=lambda field: not field.figure)

    def _cell(self, column: Shown, values: list[Any], record: Any) -> tuple[Markup, Markup]:
        value, celltype, remark = values[0], column.type, ""
        if all(one is None for one in values):
            return "", ""
        match celltype:
            case Reference() if column.name == "key":  # such as a code, which the title does not say
                shown = self.link([value], celltype.table, value)
            case Reference():
                shown = self.reference(celltype.table, value, above=not any(table in self.pages for table, _ in self.referred(record)))
            case References():
                shown = markupsafe.Markup(" ").join(self.link([path], *path.split("/")[:2]) for path in value)
            case NameList():
                shown = markupsafe.escape("; ".join(value))
            case Boolean():
                shown = self.say("yes" if value else "no")
            case Enumeration():
                shown, remark = self.say(value, column.name), self.show([celltype.values[value] * (one == "en") for one in self.languages])
            case _:
                shown = self.show(["" if value is None else celltype.format(value) for value in values])
        if isinstance(celltype, Quantity) and hasattr(record, "bounds"):
            unit = next(filter(None, (getattr(self.data[table][key], "unit", "") for table, key in self.referred(record))), "")
            remark = self.show([self.publication.said(unit, language, "unit", value) for language in self.languages])
        return shown, remark
