"""The tables of the installed data: one object each, and what is true of all of them together."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from povdata.exceptions import NotFoundError
from povdata.records import (
    RECORDS,
    Caveat,
    Citation,
    Delisting,
    DelistingPlace,
    Designation,
    Event,
    Image,
    Indicator,
    Industry,
    Observation,
    Organization,
    Person,
    Place,
    PovertyCounty,
    Practice,
    Province,
    Reconciliation,
    Record,
    SetAside,
    Source,
    Span,
)
from povdata.table import Table, nearest

provinces: Table[Province] = Table("provinces", Province)
places: Table[Place] = Table("places", Place)
delistings: Table[Delisting] = Table("delistings", Delisting)
delisting_places: Table[DelistingPlace] = Table("delisting_places", DelistingPlace)
events: Table[Event] = Table("events", Event)
indicators: Table[Indicator] = Table("indicators", Indicator)
observations: Table[Observation] = Table("observations", Observation)
practices: Table[Practice] = Table("practices", Practice)
people: Table[Person] = Table("people", Person)
organizations: Table[Organization] = Table("organizations", Organization)
designations: Table[Designation] = Table("designations", Designation)
industries: Table[Industry] = Table("industries", Industry)
images: Table[Image] = Table("images", Image)
poverty_counties: Table[PovertyCounty] = Table("poverty_counties", PovertyCounty)
reconciliation: Table[Reconciliation] = Table("reconciliation", Reconciliation)
caveats: Table[Caveat] = Table("caveats", Caveat)
sources: Table[Source] = Table("sources", Source)
spans: Table[Span] = Table("spans", Span)
citations: Table[Citation] = Table("citations", Citation)
set_aside: Table[SetAside] = Table("set_aside", SetAside)


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
