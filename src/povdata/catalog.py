"""The tables of the installed data: one object each, and what is true of all of them together."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from povdata import records
from povdata.exceptions import NotFoundError
from povdata.records import RECORDS, Record
from povdata.selections import (
    AnnouncementTable,
    CaveatTable,
    CitationTable,
    CountyCodeTable,
    DelistingPlaceTable,
    DelistingTable,
    DesignationTable,
    DivisionTable,
    EventTable,
    ImageTable,
    IndicatorTable,
    IndustryTable,
    ObservationTable,
    OrganizationTable,
    PersonTable,
    PlaceTable,
    PovertyCountyTable,
    PracticeTable,
    ProvinceTable,
    ReconciliationTable,
    SetAsideTable,
    SourceTable,
    SpanTable,
)
from povdata.table import Table, nearest

provinces: ProvinceTable = ProvinceTable("provinces", records.Province)
places: PlaceTable = PlaceTable("places", records.Place)
delistings: DelistingTable = DelistingTable("delistings", records.Delisting)
delisting_places: DelistingPlaceTable = DelistingPlaceTable("delisting_places", records.DelistingPlace)
events: EventTable = EventTable("events", records.Event)
indicators: IndicatorTable = IndicatorTable("indicators", records.Indicator)
observations: ObservationTable = ObservationTable("observations", records.Observation)
practices: PracticeTable = PracticeTable("practices", records.Practice)
people: PersonTable = PersonTable("people", records.Person)
organizations: OrganizationTable = OrganizationTable("organizations", records.Organization)
designations: DesignationTable = DesignationTable("designations", records.Designation)
industries: IndustryTable = IndustryTable("industries", records.Industry)
images: ImageTable = ImageTable("images", records.Image)
divisions: DivisionTable = DivisionTable("divisions", records.Division)
county_codes: CountyCodeTable = CountyCodeTable("county_codes", records.CountyCode)
poverty_counties: PovertyCountyTable = PovertyCountyTable("poverty_counties", records.PovertyCounty)
announcements: AnnouncementTable = AnnouncementTable("announcements", records.Announcement)
reconciliation: ReconciliationTable = ReconciliationTable("reconciliation", records.Reconciliation)
caveats: CaveatTable = CaveatTable("caveats", records.Caveat)
sources: SourceTable = SourceTable("sources", records.Source)
spans: SpanTable = SpanTable("spans", records.Span)
citations: CitationTable = CitationTable("citations", records.Citation)
set_aside: SetAsideTable = SetAsideTable("set_aside", records.SetAside)


def tables() -> Mapping[str, Table[Any]]:
    """Every table by name.

    >>> import povdata
    >>> list(povdata.tables())[:3]
    ['provinces', 'places', 'delistings']
    """
    return MappingProxyType({name: globals()[name] for name in RECORDS})


def table(name: str) -> Table[Any]:
    """The table of that name.

    Raises:
        NotFoundError: there is no such table; the nearest names are given.
    """
    if name not in RECORDS:
        raise NotFoundError("table", name, nearest(name, RECORDS))
    found: Table[Any] = globals()[name]
    return found


def table_of(record: Record) -> Table[Any]:
    """The table that a record belongs to."""
    return table(next(name for name, kind in RECORDS.items() if kind is type(record)))


@cache
def descendants(key: str) -> frozenset[str]:
    """The keys of a place and of all places below it."""
    below: dict[str | None, list[str]] = {}
    for place in places:
        below.setdefault(place.parent, []).append(place.key)
    found, queue = {key}, [key]
    while queue:
        for child in below.get(queue.pop(), ()):
            found.add(child)
            queue.append(child)
    return frozenset(found)
