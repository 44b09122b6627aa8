"""What derived columns are computed from, and how: each names cells of records, and a function of what stands in them.

The record classes name these where they declare the columns; checks, evidence and caveats follow from them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from povdata import chinese
from povdata.model import edtf
from povdata.model.registry import Dataset, dataset_of
from povdata.model.schema import Cells, Derivation

Tables = Mapping[str, Any]

LAST_YEAR = 2019
"""The last assessment year of the 15 regions on the national list."""


# Functions of the values of cells. ------------------------------------------------------------------------------------------------


def only(values: list[Any]) -> Any:
    """The one value; None where there is no cell."""
    return values[0] if values else None


def added(values: list[Any]) -> Any:
    """The sum; None where there is no cell."""
    return sum(values) if values else None


def number(values: list[Any]) -> int:
    """How many cells there are."""
    return len(values)


def stated_or_counted(values: list[Any]) -> Any:
    """The number stated; where only names are printed, how many there are."""
    return values[0] if values and isinstance(values[0], int) else len(values) or None


def difference(values: list[Any]) -> Any:
    """The first value less the second; None where one is missing."""
    return None if None in values else values[0] - values[1]


def first_day(values: list[Any]) -> date | None:
    """The first day of a period."""
    return edtf.bounds(values[0])[0] if values[0] else None


def last_day(values: list[Any]) -> date | None:
    """The last day of a period."""
    return edtf.bounds(values[0])[1] if values[0] else None


def joined(separator: str, *columns: str) -> Derivation:
    """Columns of the record itself, joined by a character."""
    return own(*columns, value=_Joined(separator))


class _Joined:
    """Joins values; a class, so that what holds it can be pickled."""

    def __init__(self, separator: str) -> None:
        self.separator = separator

    def __call__(self, values: list[Any]) -> str:
        return self.separator.join(map(str, values))


def own(*columns: str, value: Callable[[list[Any]], Any] = only) -> Derivation:
    """A function of columns of the record itself."""
    return Derivation(_Own(columns), value)


class _Own:
    """Cells of the record itself; a class, so that what holds it can be pickled."""

    def __init__(self, columns: tuple[str, ...]) -> None:
        self.columns = columns

    def __call__(self, record: Any, tables: Tables) -> Cells:
        return [(record, column) for column in self.columns]


# The headline facts of a region: those of its last batch. ---------------------------------------------------------------------------


def _last_batch(province: Any, tables: Tables) -> Any:
    batches = [item for item in tables["delistings"] if item.province == province.key and item.last_batch]
    return batches[0] if len(batches) == 1 else None


def _filled(record: Any, *columns: str) -> Cells:
    return [(record, column) for column in columns if record is not None and getattr(record, column) is not None]


def _total(province: Any, tables: Tables) -> Cells:
    batch = _last_batch(province, tables)
    return _filled(batch, "total") or (_filled(batch, "total_national", "total_provincial") if _filled(batch, "total_national") else [])


def _size(province: Any, tables: Tables) -> Cells:
    batch = _last_batch(province, tables)
    named = [
        (item, "place")
        for item in tables["delisting_places"]
        if batch is not None and item.delisting == batch.key and _county(item, tables)
    ]
    return _filled(batch, "count") or named


def _county(item: Any, tables: Tables) -> bool:
    return bool(tables["places"][item.place].level == "county")


def _date(province: Any, tables: Tables) -> Cells:
    return _filled(_last_batch(province, tables), "date")


def _authority(province: Any, tables: Tables) -> Cells:
    return _filled(_last_batch(province, tables), "authority")


poverty_counties: Derivation = Derivation(_total, added)
"""The last batch's running total; where it is told by tier, the tiers added."""
last_batch_counties: Derivation = Derivation(_size, stated_or_counted)
"""The number stated; where only names are printed, the counties named."""
last_batch_date: Derivation = Derivation(_date, only)
authority: Derivation = Derivation(_authority, only)


# The article's numbers beside the national list. ------------------------------------------------------------------------------------


def _region(row: Any, tables: Tables) -> Cells:
    return [(tables["provinces"][row.key], "key")]


def _region_total(row: Any, tables: Tables) -> Cells:
    return [(tables["provinces"][row.key], "poverty_counties")]


def _region_batch(row: Any, tables: Tables) -> Cells:
    return [(tables["provinces"][row.key], "last_batch_counties")]


def _named(row: Any, tables: Tables, tier: str) -> Cells:
    return [(item, "key") for item in tables["poverty_counties"] if item.province == row.key and item.tier == tier]


def _national(row: Any, tables: Tables) -> Cells:
    return _named(row, tables, "national")


def _provincial(row: Any, tables: Tables) -> Cells:
    return _named(row, tables, "provincial")


def _national_last_year(row: Any, tables: Tables) -> Cells:
    return [(item, column) for item, column in _national(row, tables) if item.exit_year == LAST_YEAR]


def _in_last_batch(row: Any, tables: Tables, named: Cells) -> Cells:
    batch = _last_batch(tables["provinces"][row.key], tables)
    return [(item, column) for item, column in named if batch is not None and item.delisting == batch.key]


def _national_last_batch(row: Any, tables: Tables) -> Cells:
    return _in_last_batch(row, tables, _national(row, tables))


def _provincial_last_batch(row: Any, tables: Tables) -> Cells:
    return _in_last_batch(row, tables, _provincial(row, tables))


def _sources(row: Any, tables: Tables) -> Cells:
    batch = _last_batch(tables["provinces"][row.key], tables)
    acts = [item for item in tables["announcements"] if batch is not None and item.delisting == batch.key]
    return [(acts[0], "sources")] if acts else []


def left_over(values: list[Any]) -> Any:
    """The first value less the others; None where it is missing."""
    return None if values[0] is None else values[0] - sum(values[1:])


def how_far(values: list[Any]) -> str:
    """No total; a remainder; another year in the national list; or agreement by name."""
    remainder, last_year, last_batch = values
    if remainder is None:
        return "no_total"
    if remainder:
        return "by_number"
    return "by_name" if last_year == last_batch else "by_year"


def first_of(values: list[Any]) -> Any:
    """The first part of a list; None where there is none."""
    return values[0][0] if values and values[0] else None


region: Derivation = Derivation(_region, only)
article_total: Derivation = Derivation(_region_total, only)
article_last_batch: Derivation = Derivation(_region_batch, only)
national: Derivation = Derivation(_national, number)
provincial_named: Derivation = Derivation(_provincial, number)
remainder: Derivation = own("article_total", "national", "provincial_named", value=left_over)
national_last_year: Derivation = Derivation(_national_last_year, number)
national_last_batch: Derivation = Derivation(_national_last_batch, number)
provincial_last_batch: Derivation = Derivation(_provincial_last_batch, number)
agreement: Derivation = own("remainder", "national_last_year", "national_last_batch", value=how_far)
source: Derivation = Derivation(_sources, first_of)


# Counties of the roster: what their division and announcement say. --------------------------------------------------------------------


def _division(county: Any, tables: Tables) -> Any:
    return tables["divisions"][county.key]


def _outermost(county: Any, tables: Tables) -> Cells:
    division = _division(county, tables)
    while division.parent is not None:
        division = tables["divisions"][division.parent]
    return [(division, "key")]


def _division_zh(county: Any, tables: Tables) -> Cells:
    return [(_division(county, tables), "name_zh")]


def _division_en(county: Any, tables: Tables) -> Cells:
    return [(_division(county, tables), "name_en")]


def _act_date(county: Any, tables: Tables) -> Cells:
    return [] if county.announcement is None else [(tables["announcements"][county.announcement], "date")]


def _same_place(county: Any, tables: Tables) -> Cells:
    place = tables["places"].by_key.get(county.key)
    return [] if place is None else [(place, "key")]


county_name_zh: Derivation = Derivation(_division_zh, only)
county_name_en: Derivation = Derivation(_division_en, only)
county_province: Derivation = Derivation(_outermost, only)
announced: Derivation = Derivation(_act_date, only)
county_place: Derivation = Derivation(_same_place, only)


# Places and figures. ----------------------------------------------------------------------------------------------------------------


def _own_region(place: Any, tables: Tables) -> Cells:
    region = tables["provinces"].by_key.get(f"{place.key[:2]}0000")
    return [] if region is None else [(region, "key")]


province: Derivation = Derivation(_own_region, only)
"""The region with whose two digits the code begins."""
period_start: Derivation = own("period", value=first_day)
period_end: Derivation = own("period", value=last_day)

_WRITTEN_OUT = frozenset({"count", "age", "duration", "multiple"})
"""Kinds of quantities that are exact where they are printed as a whole number."""


def bounds(observation: Any, *, rounding: bool) -> tuple[Decimal | None, Decimal | None]:
    """Lower and upper bound of a figure by its relation and, on request, by rounding and the natural limits."""
    value, relation = observation.value, observation.relation
    step = _half_step(observation) if rounding and relation == "exact" else Decimal(0)
    lower = None if relation in ("less_than", "at_most", "about") else value - step
    upper = None if relation in ("more_than", "at_least", "about") else value + step
    if rounding:
        lower = max(lower or Decimal(0), Decimal(0))
        if observation.indicator_record.kind == "share":
            upper = Decimal(100) if upper is None else min(upper, Decimal(100))
    return lower, upper


def _half_step(observation: Any) -> Decimal:
    """Half of the last place in which a figure is printed; nothing for counts and times that are written out."""
    step = chinese.precision(_printed(dataset_of(type(observation)))[observation.key])
    exact = step == 1 and observation.indicator_record.kind in _WRITTEN_OUT
    return Decimal(0) if exact else step / 2


@cache
def _printed(dataset: Dataset) -> dict[str, str]:
    """The characters that each figure was read from."""
    cited = (item for item in dataset["citations"] if (item.table, item.column) == ("observations", "value"))
    return {item.record: dataset["spans"][item.span].text or "" for item in cited}
