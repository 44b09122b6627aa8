"""What derived columns are computed from, and how: each names cells of records, and a function of what stands in them.

The record classes name these where they declare the columns; checks, evidence and caveats follow from them. Functions are bound with
`partial`, so that a schema can be pickled.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache, partial
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


def stated_or_counted(values: list[Any]) -> Any:
    """The number stated; where only names are printed, how many there are."""
    return values[0] if values and isinstance(values[0], int) else len(values) or None


def left_over(values: list[Any]) -> Any:
    """The first value less the others; None where it is missing."""
    return None if values[0] is None else values[0] - sum(values[1:])


def how_far(values: list[Any]) -> str:
    """No total; a remainder; another year in the national list; or agreement by name."""
    remainder, last_year, last_batch = values
    if remainder is None:
        return "no_total"
    return "by_number" if remainder else "by_name" if last_year == last_batch else "by_year"


def first_of(values: list[Any]) -> Any:
    """The first part of a list; None where there is none."""
    return values[0][0] if values and values[0] else None


def end_of_period(values: list[Any], end: int) -> Any:
    """The first or the last day of a period."""
    return edtf.bounds(values[0])[end] if values[0] else None


def joined_by(separator: str, values: list[Any]) -> str:
    """Values as one text."""
    return separator.join(map(str, values))


# Where cells are. -------------------------------------------------------------------------------------------------------------------


def _own(record: Any, _: Tables, columns: tuple[str, ...]) -> Cells:
    return [(record, column) for column in columns]


def _beside(record: Any, tables: Tables, table: str, column: str, reference: str) -> Cells:
    found = tables[table].by_key.get(getattr(record, reference))
    return [] if found is None else [(found, column)]


def _province(record: Any, tables: Tables, table: str) -> Cells:
    found = tables[table].by_key.get(f"{record.key[:2]}0000")
    return [] if found is None else [(found, "key")]


def _last_batch(region: str, tables: Tables) -> list[Any]:
    """The delisting with which a region's last counties left; none where the data name none, or several."""
    found = [item for item in tables["delistings"] if item.province == region and item.last_batch]
    return found if len(found) == 1 else []


def _of_last_batch(province: Any, tables: Tables, columns: tuple[str, ...]) -> Cells:
    """Those of the columns of a region's last batch that are filled."""
    return [(batch, column) for batch in _last_batch(province.key, tables) for column in columns if getattr(batch, column) is not None]


def _total(province: Any, tables: Tables) -> Cells:
    tiers = _of_last_batch(province, tables, ("total_national", "total_provincial"))
    return _of_last_batch(province, tables, ("total",)) or [cell for cell in tiers if tiers[0][1] == "total_national"]


def _size(province: Any, tables: Tables) -> Cells:
    batch = [item.key for item in _last_batch(province.key, tables)]
    named = [(item, "place") for item in tables["delisting_places"] if item.delisting in batch]
    return _of_last_batch(province, tables, ("count",)) or [cell for cell in named if tables["places"][cell[0].place].level == "county"]


def _counties(row: Any, tables: Tables, tier: str, last: str) -> Cells:
    found = [item for item in tables["poverty_counties"] if item.province == row.key and item.tier == tier]
    if last == "batch":
        batch = [item.key for item in _last_batch(row.key, tables)]
        found = [item for item in found if item.delisting in batch]
    return [(item, "key") for item in found if last != "year" or item.exit_year == LAST_YEAR]


def _sources(row: Any, tables: Tables) -> Cells:
    batch = [item.key for item in _last_batch(row.key, tables)]
    return [(act, "sources") for act in tables["announcements"] if act.delisting in batch][:1]


# The derivations. -------------------------------------------------------------------------------------------------------------------


def own(*columns: str, value: Callable[[list[Any]], Any]) -> Derivation:
    """A function of columns of the record itself."""
    return Derivation(partial(_own, columns=columns), value)


def joined(separator: str, *columns: str) -> Derivation:
    """Columns of the record itself, joined by a character."""
    return own(*columns, value=partial(joined_by, separator))


def beside(table: str, column: str, reference: str = "key") -> Derivation:
    """A column of the record that the key, or another reference, means in a table; empty where there is none."""
    return Derivation(partial(_beside, table=table, column=column, reference=reference), only)


def province_in(table: str) -> Derivation:
    """The province with whose two digits the code begins; empty where it is not in the table."""
    return Derivation(partial(_province, table=table), only)


def of_last_batch(column: str) -> Derivation:
    """A column of a region's last batch."""
    return Derivation(partial(_of_last_batch, columns=(column,)), only)


def counties(tier: str, last: str = "") -> Derivation:
    """How many counties of a tier a region has: in all, in its last ``batch``, or of the last ``year``."""
    return Derivation(partial(_counties, tier=tier, last=last), len)


total: Derivation = Derivation(_total, added)
"""The last batch's running total; where it is told by tier, the tiers added."""
size: Derivation = Derivation(_size, stated_or_counted)
"""The number stated; where only names are printed, the counties named."""
source: Derivation = Derivation(_sources, first_of)
remainder: Derivation = own("article_total", "national", "provincial_named", value=left_over)
agreement: Derivation = own("remainder", "national_last_year", "national_last_batch", value=how_far)
period_start: Derivation = own("period", value=partial(end_of_period, end=0))
period_end: Derivation = own("period", value=partial(end_of_period, end=1))


# Bounds of figures. -----------------------------------------------------------------------------------------------------------------

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
