"""What derived columns are computed from, and how: each names cells of records, and a function of what stands in them."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from povdata import chinese
from povdata.model import edtf
from povdata.model.registry import citations, dataset_of
from povdata.model.schema import Cells, Derivation

Tables = Mapping[str, Any]

LAST_YEAR = 2019  # the last assessment year of the 15 regions on the national list
_WRITTEN_OUT = frozenset({"count", "age", "duration", "multiple"})  # kinds that are exact where printed as whole numbers


def own(*columns: str, value: Callable[..., Any]) -> Derivation:
    """A function of columns of the record itself."""
    return Derivation(lambda record, _: [(record, column) for column in columns], lambda values: value(*values))


def joined(separator: str, *columns: str) -> Derivation:
    """Columns of the record itself, joined by a character."""
    return own(*columns, value=lambda *parts: separator.join(map(str, parts)))


def beside(table: str, column: str, reference: str = "key") -> Derivation:
    """A column of the record that the key, or another reference, means in a table; empty where there is none."""
    return _looked_up(table, column, lambda record: getattr(record, reference))


def province_in(table: str) -> Derivation:
    """The province with whose two digits the code begins; empty where it is not in the table."""
    return _looked_up(table, "key", lambda record: f"{record.key[:2]}0000")


def _looked_up(table: str, column: str, key: Callable[[Any], str]) -> Derivation:
    return Derivation(lambda record, tables: [(found, column) for found in [tables[table].by_key.get(key(record))] if found], _only)


def _only(values: list[Any]) -> Any:
    """The one value; None where there is no cell."""
    return values[0] if values else None


def _last_batch(region: Any, tables: Tables) -> list[Any]:
    """The delisting with which a region's last counties left; none where the data name none, or several."""
    found = [item for item in tables["delistings"] if item.province == region.key and item.last_batch]
    return found if len(found) == 1 else []


def _told(region: Any, tables: Tables, *columns: str) -> Cells:
    """The filled ones of some columns of a region's last batch."""
    return [(batch, column) for batch in _last_batch(region, tables) for column in columns if getattr(batch, column) is not None]


def _part(region: Any, tables: Tables, table: str) -> list[Any]:
    """The records of a table that name a region's last batch."""
    return [item for batch in _last_batch(region, tables) for item in tables[table] if item.delisting == batch.key]


def of_last_batch(column: str) -> Derivation:
    """A column of a region's last batch."""
    return Derivation(lambda region, tables: _told(region, tables, column), _only)


def counties(tier: str, last: str = "") -> Derivation:
    """How many counties of a tier a region has: in all, in its last ``batch``, or of the last ``year``."""

    def cells(region: Any, tables: Tables) -> Cells:
        found = _part(region, tables, "poverty_counties") if last == "batch" else tables["poverty_counties"]
        own_tier = (item for item in found if (item.province, item.tier) == (region.key, tier))
        return [(item, "key") for item in own_tier if last != "year" or item.exit_year == LAST_YEAR]

    return Derivation(cells, len)


def _total(region: Any, tables: Tables) -> Cells:
    tiers = _told(region, tables, "total_national", "total_provincial")
    return _told(region, tables, "total") or [cell for cell in tiers if tiers[0][1] == "total_national"]


def _size(region: Any, tables: Tables) -> Cells:
    named = [(item, "place") for item in _part(region, tables, "delisting_places") if tables["places"][item.place].level == "county"]
    return _told(region, tables, "count") or named


def _how_far(left: int | None, year: int, batch: int) -> str:
    return "no_total" if left is None else "by_number" if left else "by_name" if year == batch else "by_year"


total: Derivation = Derivation(_total, lambda values: sum(values) if values else None)
"""The last batch's running total; where it is told by tier, the tiers added."""
size: Derivation = Derivation(_size, lambda values: values[0] if values and isinstance(values[0], int) else len(values) or None)
"""The number stated; where only names are printed, the counties named."""
source: Derivation = Derivation(
    lambda region, tables: [(act, "sources") for act in _part(region, tables, "announcements")][:1],
    lambda values: values[0][0] if values and values[0] else None,
)
remainder: Derivation = own(
    "article_total", "national", "provincial_named", value=lambda total, *named: None if total is None else total - sum(named)
)
agreement: Derivation = own("remainder", "national_last_year", "national_last_batch", value=_how_far)
period_start: Derivation = own("period", value=lambda period: period and edtf.bounds(period)[0])
period_end: Derivation = own("period", value=lambda period: period and edtf.bounds(period)[1])


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
    dataset = dataset_of(type(observation))
    cited = citations(dataset)["observations", observation.key, "value"][-1]
    step = chinese.precision(dataset["spans"][cited.span].text or "")
    return Decimal(0) if step == 1 and observation.indicator_record.kind in _WRITTEN_OUT else step / 2
