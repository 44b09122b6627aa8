"""A dataset of our own invention, made with the engine alone: what a German newspaper of 2031 might print about mills in two lands.

It shares nothing with the installed data: other tables, another language, other provinces, another year, a vocabulary of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date as day
from decimal import Decimal
from types import SimpleNamespace
from typing import Annotated, Any, ClassVar

import attrs

from povdata import verification
from povdata.locators import Locator
from povdata.model import edtf, markup
from povdata.model.datatypes import (
    Day,
    Edtf,
    Enumeration,
    Integer,
    Name,
    NameList,
    Pattern,
    Position,
    Qualifier,
    Quantity,
    Reference,
    References,
    Text,
)
from povdata.model.frozen import FrozenDict
from povdata.model.links import Concerning, Many, Maybe, One, Within
from povdata.model.lookup import Naming
from povdata.model.reading import format_table
from povdata.model.record import Record
from povdata.model.registry import Dataset
from povdata.model.schema import Derivation, article, derived, editorial
from povdata.model.table import Table

ARTICLE = """\
Mühlen zwischen Fluss und Heide: was zwei Länder erneuert haben
Ostau, 4. Mai 2031. Das Land lässt seine Wasserräder wieder laufen.
Im Kreis Lehmau drehten sich am 3. März 2031 wieder 118 Räder, so die Kreisverwaltung auf Nachfrage.
Noch zehn Jahre zuvor, im Jahr 2021, waren es dort kaum mehr als 40 gewesen.
Stillgelegt bleiben 12,5 % der Anlagen; ihre Besitzer fehlen seit langem.
Der Kreis Birkenfurt meldet für April 2031 mindestens 61 Räder, dazu 7,25 % Stillstand.
Wer in Tannwerder nachzählt, findet 1.204 Räder: so viele standen Ende 2030 in keinem anderen Kreis.
Rund 300 davon mahlen Korn, die übrigen pumpen Wasser aus den Poldern.
Westrand, 6. Mai 2031. Auch jenseits des Flusses wird gehämmert.
Kreis Sandholm: 85 Räder im Februar 2031, 33 weniger als geplant.
Weniger als 5 % stehen still, heißt es im Rathaus; geprüft hat das niemand.
Auf der Grauwiese, dem kleinsten Kreis, arbeiten seit dem 1. Januar 2031 genau 9 Räder.
Ihr Anteil am Stillstand: 20 %, nach anderer Rechnung höchstens 25 %.
Zusammen haben beide Länder die Marke von 1.477 Rädern erreicht."""
LINES = ARTICLE.split("\n")

# How the language writes. --------------------------------------------------------------------------------------------------------

_MONTHS = ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"]
_QUALIFIERS = {"more_than": "mehr als", "less_than": "weniger als", "at_least": "mindestens", "at_most": "höchstens", "about": "rund"}


def _number(text: str) -> Decimal:
    found = re.findall(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?", text)
    if len(found) != 1:
        raise ValueError(f"not one number: {text!r}")
    return Decimal(found[0].replace(".", "").replace(",", "."))


def _qualifier(text: str) -> str:
    return next((key for key, words in _QUALIFIERS.items() if words in text.lower()), "exact")


def _date(quotes: Sequence[str]) -> str:
    found = re.fullmatch(rf"(?:(?:(\d+)\. )?({'|'.join(_MONTHS)}) )?(\d{{4}})", " ".join(quotes))
    if found is None:
        raise ValueError(f"not a date: {quotes}")
    number, month, year = found.groups()
    parts = [year, *([f"{_MONTHS.index(month) + 1:02}"] if month else []), *([f"{int(number):02}"] if number else [])]
    return "-".join(parts)


def _alike(kind: str, one: str, other: str) -> bool:
    """The same date, or the same number among the same words."""
    try:
        if kind == "date":
            return _date([one]) == _date([other])
        return _number(one) == _number(other) and re.sub(r"[\d.,\s]", "", one).lower() == re.sub(r"[\d.,\s]", "", other).lower()
    except ValueError:
        return False


GERMAN: Any = SimpleNamespace(number=_number, qualifier=_qualifier, date=_date, part=lambda quotes: None, VARIANTS={}, alike=_alike)
NAMING = Naming(
    languages=FrozenDict(de="Deutsch", en="Englisch"),
    language=lambda text: "en" if "district" in text.lower() else "de",
    stems=lambda name: [name.removeprefix("Kreis ")] if name.startswith("Kreis ") else [],
)


# The tables. ---------------------------------------------------------------------------------------------------------------------

LEVELS = {"land": "a land", "kreis": "a district of a land"}
SUBJECTS = {"wheels": "mill wheels that turn", "idle": "share of the mills that stand still, in percent"}
RELATIONS = {"exact": "as it stands"} | {key: f"„{words}“" for key, words in _QUALIFIERS.items()}

Slug = Annotated[str, Pattern(r"[a-z0-9-]+", "a lower-case key")]


def _wheels(region: Any, tables: Mapping[str, Any]) -> list[tuple[Any, str]]:
    figures = [item for item in tables["figures"] if item.subject == "wheels" and item.region == region.key]
    return [(max(figures, key=lambda item: edtf.bounds(item.date)[1]), "value")] if figures else []


def _latest(values: list[Any]) -> int | None:
    return int(values[0]) if values else None


def _own_date(figure: Any, tables: Mapping[str, Any]) -> list[tuple[Any, str]]:
    return [(figure, "date")]


def _first_day(values: list[Any]) -> day | None:
    return edtf.bounds(values[0])[0]


class Told(Record):
    """Base of the records: each has the remarks that concern it, under the name that the engine knows, and shows itself."""

    __slots__ = ()
    caveats: ClassVar[Concerning[Remark]] = Concerning("remarks", "records")

    def _repr_html_(self) -> str:
        return markup.record(self)


@attrs.frozen(eq=False, repr=False)
class Region(Told):
    """A land or one of its districts."""

    key: Annotated[Slug, editorial("Name without capitals.")]
    name_de: Annotated[Annotated[str, Name()], article("German name.", name=True)]
    name_en: Annotated[Annotated[str, Text()], editorial("English name.", name=True)]
    level: Annotated[Annotated[str, Enumeration(LEVELS)], editorial("Land or district.")]
    parent: Annotated[Annotated[str, Reference("regions")] | None, editorial("The land.")]
    wheels: Annotated[Annotated[int, Integer()] | None, derived("Wheels, the last number told.", Derivation(_wheels, _latest))]

    parent_record: ClassVar[Maybe[Region]] = Maybe("parent")
    children: ClassVar[Many[Region]] = Many("regions", "parent")
    figures: ClassVar[Within[Figure]] = Within("figures")


@attrs.frozen(eq=False, repr=False)
class Figure(Told):
    """A number that the article prints."""

    key: Annotated[Slug, editorial("Region, subject and year.")]
    region: Annotated[Annotated[str, Reference("regions")], article("The region.")]
    subject: Annotated[Annotated[str, Enumeration(SUBJECTS)], editorial("What is counted.")]
    value: Annotated[Annotated[Decimal, Quantity()], article("The number.")]
    relation: Annotated[Annotated[str, Qualifier(RELATIONS)], article("How exactly it is meant.")]
    date: Annotated[Annotated[str, Edtf()], article("When.")]
    start: Annotated[Annotated[day, Day()], derived("First day of the date.", Derivation(_own_date, _first_day))]

    region_record: ClassVar[One[Region]] = One("region")

    def bounds(self, *, rounding: bool = False) -> tuple[Decimal | None, Decimal | None]:
        """Lower and upper bound of the value."""
        lower = None if self.relation in ("less_than", "at_most", "about") else self.value
        upper = None if self.relation in ("more_than", "at_least", "about") else self.value
        return lower, upper


@attrs.frozen(eq=False, repr=False)
class Remark(Told):
    """What a careful reader must know."""

    key: Annotated[Slug, editorial("What it is about.")]
    records: Annotated[Annotated[tuple[str, ...], References()], editorial("The records or cells concerned.")]
    text: Annotated[Annotated[str, Text()], editorial("What is odd.")]
    words: Annotated[Annotated[tuple[str, ...], NameList()] | None, editorial("Words of the article that it is about.")]


@attrs.frozen(eq=False, repr=False)
class Source(Record):
    """What the data were read from."""

    key: Annotated[Slug, editorial("Short name.")]
    title: Annotated[Annotated[str, Text()], editorial("Title.", name=True)]


@attrs.frozen(eq=False, repr=False)
class Span(Record):
    """A stretch of the article that something cites."""

    key: Annotated[Annotated[str, Position()], editorial("Locator.")]
    kind: Annotated[Annotated[str, Enumeration(dict.fromkeys(("figure", "date", "name", "phrase"), ""))], editorial("Kind.")]
    text: Annotated[Annotated[str, Name()] | None, article("The characters.")]
    digest: Annotated[Annotated[str, Text()] | None, editorial("Digest of a phrase.")]
    lengths: Annotated[Annotated[str, Text()] | None, editorial("How many letters and digits a phrase has.")]
    position: Annotated[Annotated[int, Integer()], editorial("How many letters and digits stand before.")]
    neighbours: Annotated[Annotated[str, Text()], editorial("Digests of what stands before and after.")]
    context: Annotated[Annotated[str, Text()] | None, editorial("What closes it off.")]


@attrs.frozen(eq=False, repr=False)
class Citation(Record):
    """A cell and a span that it was read from."""

    key: Annotated[Annotated[str, Text()], editorial("Table, record, column and span.")]
    table: Annotated[Annotated[str, Name()], editorial("Table.")]
    record: Annotated[Annotated[str, Name()], editorial("Record.")]
    column: Annotated[Annotated[str, Name()], editorial("Column.")]
    span: Annotated[Annotated[str, Reference("spans")], editorial("Span.")]
    basis: Annotated[Annotated[str, Enumeration({"stated": "said so", "context": "from what stands around"})], editorial("How.")]


RECORDS = {
    "regions": Region,
    "figures": Figure,
    "remarks": Remark,
    "sources": Source,
    "spans": Span,
    "citations": Citation,
}

# The data. -----------------------------------------------------------------------------------------------------------------------

FILES = {
    "regions.csv": """\
key,name_de,name_en,level,parent,wheels
birkenfurt,Kreis Birkenfurt,Birkenfurt District,kreis,ostau,61
grauwiese,Grauwiese,Grauwiese District,kreis,westrand,9
lehmau,Kreis Lehmau,Lehmau District,kreis,ostau,118
ostau,Ostau,Land of Ostau,land,,
sandholm,Kreis Sandholm,Sandholm District,kreis,westrand,85
tannwerder,Tannwerder,Tannwerder District,kreis,ostau,1204
westrand,Westrand,Land of Westrand,land,,
""",
    "figures.csv": """\
key,region,subject,value,relation,date,start
birkenfurt-idle,birkenfurt,idle,7.25,exact,2031-04,2031-04-01
birkenfurt-wheels,birkenfurt,wheels,61,at_least,2031-04,2031-04-01
grauwiese-idle,grauwiese,idle,20,exact,2031-01-01,2031-01-01
grauwiese-idle-otherwise,grauwiese,idle,25,at_most,2031-01-01,2031-01-01
grauwiese-wheels,grauwiese,wheels,9,exact,2031-01-01,2031-01-01
lehmau-idle,lehmau,idle,12.5,exact,2031-03-03,2031-03-03
lehmau-wheels,lehmau,wheels,118,exact,2031-03-03,2031-03-03
lehmau-wheels-before,lehmau,wheels,40,more_than,2021,2021-01-01
sandholm-idle,sandholm,idle,5,less_than,2031-02,2031-02-01
sandholm-wheels,sandholm,wheels,85,exact,2031-02,2031-02-01
tannwerder-wheels,tannwerder,wheels,1204,exact,2030,2030-01-01
""",
    "remarks.csv": """\
key,records,text,words
nobody-counted,figures/sandholm-idle/value,The article says itself that nobody checked it.,niemand
sum,figures/lehmau-wheels figures/tannwerder-wheels/value regions/westrand,The sum in the last line adds numbers of different days.,
""",
    "sources.csv": "key,title\narticle,Mühlen zwischen Fluss und Heide\n",
}

# Cell, line, and the characters that it was read from.
_READ = """\
regions/ostau/name_de 2 Ostau
regions/westrand/name_de 9 Westrand
regions/lehmau/name_de 3 Kreis Lehmau
regions/birkenfurt/name_de 6 Kreis Birkenfurt
regions/tannwerder/name_de 7 Tannwerder
regions/sandholm/name_de 10 Kreis Sandholm
regions/grauwiese/name_de 12 Grauwiese
figures/lehmau-wheels/region 3 Kreis Lehmau
figures/lehmau-wheels/value 3 118 Räder
figures/lehmau-wheels/relation 3 118 Räder
figures/lehmau-wheels/date 3 3. März 2031
figures/lehmau-wheels/subject 3 drehten sich
figures/lehmau-wheels-before/region 3 Kreis Lehmau
figures/lehmau-wheels-before/value 4 mehr als 40
figures/lehmau-wheels-before/relation 4 mehr als 40
figures/lehmau-wheels-before/date 4 2021
figures/lehmau-idle/region 3 Kreis Lehmau
figures/lehmau-idle/value 5 12,5 %
figures/lehmau-idle/relation 5 12,5 %
figures/lehmau-idle/date 3 3. März 2031
figures/lehmau-idle/subject 5 Stillgelegt bleiben
figures/birkenfurt-wheels/region 6 Kreis Birkenfurt
figures/birkenfurt-wheels/value 6 mindestens 61
figures/birkenfurt-wheels/relation 6 mindestens 61
figures/birkenfurt-wheels/date 6 April 2031
figures/birkenfurt-idle/region 6 Kreis Birkenfurt
figures/birkenfurt-idle/value 6 7,25 %
figures/birkenfurt-idle/relation 6 7,25 %
figures/birkenfurt-idle/date 6 April 2031
figures/birkenfurt-idle/subject 6 Stillstand
figures/tannwerder-wheels/region 7 Tannwerder
figures/tannwerder-wheels/value 7 1.204 Räder
figures/tannwerder-wheels/relation 7 1.204 Räder
figures/tannwerder-wheels/date 7 2030
figures/tannwerder-wheels/subject 8 mahlen Korn
figures/sandholm-wheels/region 10 Kreis Sandholm
figures/sandholm-wheels/value 10 85 Räder
figures/sandholm-wheels/relation 10 85 Räder
figures/sandholm-wheels/date 10 Februar 2031
figures/sandholm-idle/region 10 Kreis Sandholm
figures/sandholm-idle/value 11 Weniger als 5 %
figures/sandholm-idle/relation 11 Weniger als 5 %
figures/sandholm-idle/date 10 Februar 2031
figures/sandholm-idle/subject 11 stehen still
figures/grauwiese-wheels/region 12 Grauwiese
figures/grauwiese-wheels/value 12 9 Räder
figures/grauwiese-wheels/relation 12 9 Räder
figures/grauwiese-wheels/date 12 1. Januar 2031
figures/grauwiese-idle/region 12 Grauwiese
figures/grauwiese-idle/value 13 20 %
figures/grauwiese-idle/relation 13 20 %
figures/grauwiese-idle/date 12 1. Januar 2031
figures/grauwiese-idle-otherwise/region 12 Grauwiese
figures/grauwiese-idle-otherwise/value 13 höchstens 25 %
figures/grauwiese-idle-otherwise/relation 13 höchstens 25 %
figures/grauwiese-idle-otherwise/date 12 1. Januar 2031
sources/article/title 1 Fluss und Heide
sources/article/title 4 zehn Jahre zuvor
sources/article/title 8 Wasser aus den Poldern
sources/article/title 9 jenseits des Flusses
sources/article/title 14 beide Länder"""


def _cited() -> list[tuple[str, str, str, Locator]]:
    """Table, record, column and locator of each citation."""
    found = []
    for line in _READ.splitlines():
        cell, number, characters = line.split(" ", 2)
        start = LINES[int(number) - 1].index(characters)
        found.append((*cell.split("/"), Locator(int(number), start, start + len(characters))))
    return found


_KINDS = {"value": "figure", "relation": "figure", "date": "date", "region": "name", "name_de": "name"}


def _spans() -> list[Span]:
    """The spans of all citations, with what the engine must know of them to find them in a copy."""
    columns = {locator: column for _, _, column, locator in reversed(_cited())}
    marks = verification.fingerprints(LINES, columns)
    found = []
    for locator, column in columns.items():
        kind, mark = _KINDS.get(column, "phrase"), marks[locator]
        text, told, lengths = (
            (None, mark.digest, ";".join(map(str, mark.lengths))) if kind == "phrase" else (locator.cut(LINES), None, None)
        )
        found.append(Span(str(locator), kind, text, told, lengths, mark.position, mark.neighbours, mark.context))
    return found


def files() -> dict[str, bytes]:
    """The data files: those of our own hand as they stand above, spans and citations made from the article."""
    citations = [
        Citation("/".join((table, record, column, str(at))), table, record, column, str(at), "stated")
        for table, record, column, at in _cited()
    ]
    made = {"spans.csv": format_table(Span, _spans()), "citations.csv": format_table(Citation, citations)}
    return {name: text.encode() for name, text in (FILES | made).items()}


def read(name: str) -> bytes:
    """The bytes of a data file."""
    return files()[name]


MILLS = Dataset((Table(name, record) for name, record in RECORDS.items()), read, NAMING)
