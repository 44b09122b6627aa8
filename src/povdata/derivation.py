"""What derived columns are computed from: one function a column, each from a record and all tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from povdata import edtf

if TYPE_CHECKING:
    from povdata.records import Citation, CountyCode, Delisting, DelistingPlace, Observation, Place, PovertyCounty, Province, Reconciliation
    from povdata.table import Table

    Tables = Mapping[str, Table[Any]]


LAST_YEAR = 2019
"""The last assessment year of the 15 regions on the national list."""


def _last_batch(province: Province, tables: Tables) -> Delisting | None:
    batches = [item for item in tables["delistings"] if item.province == province.key and item.last_batch]
    return batches[0] if len(batches) == 1 else None


def poverty_counties(province: Province, tables: Tables) -> int | None:
    """The last batch's running total; where it is told by tier, the tiers added."""
    batch = _last_batch(province, tables)
    if batch is None:
        return None
    if batch.total is None and batch.total_national is not None:
        return batch.total_national + (batch.total_provincial or 0)
    return batch.total


def last_batch_counties(province: Province, tables: Tables) -> int | None:
    """The number stated; where only names are printed, the counties named."""
    batch = _last_batch(province, tables)
    if batch is None:
        return None
    named = [item.place for item in tables["delisting_places"] if item.delisting == batch.key]
    return batch.count or sum(tables["places"][place].level == "county" for place in named)


def last_batch_date(province: Province, tables: Tables) -> str | None:
    """The date of the last batch."""
    batch = _last_batch(province, tables)
    return None if batch is None else batch.date


def authority(province: Province, tables: Tables) -> str | None:
    """The body that acted on the last batch."""
    batch = _last_batch(province, tables)
    return None if batch is None else batch.authority


def _national(province: str, tables: Tables) -> list[PovertyCounty]:
    return [item for item in tables["poverty_counties"] if item.province == province and item.tier == "national"]


def region(row: Reconciliation, tables: Tables) -> str:
    """The key of the region itself."""
    return str(tables["provinces"][row.key].key)


def article_total(row: Reconciliation, tables: Tables) -> int | None:
    """The region's headline total."""
    return poverty_counties(tables["provinces"][row.key], tables)


def national(row: Reconciliation, tables: Tables) -> int:
    """The region's counties on the national list."""
    return len(_national(row.key, tables))


def remainder(row: Reconciliation, tables: Tables) -> int | None:
    """The article's total less the counties known by name."""
    total = article_total(row, tables)
    return None if total is None else total - national(row, tables) - provincial_named(row, tables)


def article_last_batch(row: Reconciliation, tables: Tables) -> int | None:
    """The region's headline size of the last batch."""
    return last_batch_counties(tables["provinces"][row.key], tables)


def national_last_year(row: Reconciliation, tables: Tables) -> int:
    """The region's counties on the national list that passed the assessment of 2019."""
    return sum(item.exit_year == LAST_YEAR for item in _national(row.key, tables))


def national_last_batch(row: Reconciliation, tables: Tables) -> int:
    """The counties on the national list that the article's last batch stands for."""
    return _in_last_batch(row, "national", tables)


def provincial_last_batch(row: Reconciliation, tables: Tables) -> int:
    """The counties of the provincial tier that the article's last batch stands for."""
    return _in_last_batch(row, "provincial", tables)


def _in_last_batch(row: Reconciliation, tier: str, tables: Tables) -> int:
    batch = _last_batch(tables["provinces"][row.key], tables)
    return sum(batch is not None and item.delisting == batch.key and item.tier == tier for item in tables["poverty_counties"])


def agreement(row: Reconciliation, tables: Tables) -> str:
    """No total; a remainder; another year in the national list; or agreement by name."""
    left = remainder(row, tables)
    if left is None:
        return "no_total"
    if left:
        return "by_number"
    return "by_name" if national_last_year(row, tables) == national_last_batch(row, tables) else "by_year"


def source(row: Reconciliation, tables: Tables) -> str | None:
    """The first source of the announcement that is the article's last batch."""
    batch = _last_batch(tables["provinces"][row.key], tables)
    acts = [item for item in tables["announcements"] if batch is not None and item.delisting == batch.key]
    return acts[0].sources[0] if acts and acts[0].sources else None


def provincial_named(row: Reconciliation, tables: Tables) -> int:
    """The region's counties of the provincial tier among the poverty counties."""
    return sum(item.province == row.key and item.tier == "provincial" for item in tables["poverty_counties"])


def county_name_zh(county: PovertyCounty, tables: Tables) -> str:
    """The division's."""
    return str(tables["divisions"][county.key].name_zh)


def county_name_en(county: PovertyCounty, tables: Tables) -> str:
    """The division's."""
    return str(tables["divisions"][county.key].name_en)


def county_province(county: PovertyCounty, tables: Tables) -> str:
    """The division above that has none above it."""
    division = tables["divisions"][county.key]
    while division.parent is not None:
        division = tables["divisions"][division.parent]
    return str(division.key)


def announced(county: PovertyCounty, tables: Tables) -> str | None:
    """The date of the announcement."""
    return None if county.announcement is None else tables["announcements"][county.announcement].date


def county_place(county: PovertyCounty, tables: Tables) -> str | None:
    """The place of the same key."""
    return county.key if county.key in tables["places"].by_key else None


def county_code_key(row: CountyCode, tables: Tables) -> str:
    """Division, first year and code."""
    return f"{row.division}:{row.first_year}:{row.code}"


def province(place: Place, tables: Tables) -> str | None:
    """The region with whose two digits the code begins."""
    region = f"{place.key[:2]}0000"
    return region if region in tables["provinces"].by_key else None


def period_start(observation: Observation, tables: Tables) -> date | None:
    """The first day of the period."""
    return edtf.bounds(observation.period)[0] if observation.period else None


def period_end(observation: Observation, tables: Tables) -> date | None:
    """The last day of the period."""
    return edtf.bounds(observation.period)[1] if observation.period else None


def delisting_place_key(item: DelistingPlace, tables: Tables) -> str:
    """The keys of the delisting and of the place."""
    return f"{item.delisting}:{item.place}"


def citation_key(citation: Citation, tables: Tables) -> str:
    """The cell and its span."""
    return f"{citation.table}/{citation.record}/{citation.column}/{citation.span}"


DERIVATIONS: Mapping[tuple[str, str], Callable[[Any, Tables], Any]] = MappingProxyType(
    {
        ("provinces", "poverty_counties"): poverty_counties,
        ("provinces", "last_batch_counties"): last_batch_counties,
        ("provinces", "last_batch_date"): last_batch_date,
        ("provinces", "authority"): authority,
        ("places", "province"): province,
        ("reconciliation", "key"): region,
        ("reconciliation", "article_total"): article_total,
        ("reconciliation", "national"): national,
        ("reconciliation", "remainder"): remainder,
        ("reconciliation", "article_last_batch"): article_last_batch,
        ("reconciliation", "national_last_batch"): national_last_batch,
        ("reconciliation", "provincial_last_batch"): provincial_last_batch,
        ("reconciliation", "national_last_year"): national_last_year,
        ("reconciliation", "agreement"): agreement,
        ("reconciliation", "source"): source,
        ("reconciliation", "provincial_named"): provincial_named,
        ("poverty_counties", "name_zh"): county_name_zh,
        ("poverty_counties", "name_en"): county_name_en,
        ("poverty_counties", "province"): county_province,
        ("poverty_counties", "announced"): announced,
        ("poverty_counties", "place"): county_place,
        ("county_codes", "key"): county_code_key,
        ("observations", "period_start"): period_start,
        ("observations", "period_end"): period_end,
        ("delisting_places", "key"): delisting_place_key,
        ("citations", "key"): citation_key,
    }
)
"""Table and column → how the cell is computed."""


# What derived cells rest on. ------------------------------------------------------------------------------------------------------

Cells = list[tuple[str, str, str]]


def _of_last_batch(province: Province, tables: Tables, *columns: str) -> Cells:
    """Those of the columns of the region's last batch that are filled."""
    batch = _last_batch(province, tables)
    return [("delistings", batch.key, column) for column in columns if getattr(batch, column) is not None] if batch else []


def _total(province: Province, tables: Tables) -> Cells:
    return _of_last_batch(province, tables, "total") or _of_last_batch(province, tables, "total_national", "total_provincial")


def _size(province: Province, tables: Tables) -> Cells:
    batch = _last_batch(province, tables)
    named = [item.key for item in tables["delisting_places"] if batch and item.delisting == batch.key]
    return _of_last_batch(province, tables, "count") or [("delisting_places", key, "place") for key in named]


_RESTS_ON: Mapping[tuple[str, str], Callable[[Any, Tables], Cells]] = MappingProxyType(
    {
        ("provinces", "poverty_counties"): _total,
        ("provinces", "last_batch_counties"): _size,
        ("provinces", "last_batch_date"): lambda record, tables: _of_last_batch(record, tables, "date"),
        ("provinces", "authority"): lambda record, tables: _of_last_batch(record, tables, "authority"),
        ("reconciliation", "article_total"): lambda record, tables: _total(tables["provinces"][record.key], tables),
        ("reconciliation", "remainder"): lambda record, tables: _total(tables["provinces"][record.key], tables),
        ("reconciliation", "article_last_batch"): lambda record, tables: _size(tables["provinces"][record.key], tables),
        ("observations", "period_start"): lambda record, _: [("observations", record.key, "period")],
        ("observations", "period_end"): lambda record, _: [("observations", record.key, "period")],
    }
)
"""Table and column → which cells, read from the article, a cell of it was computed from."""


def rests_on(table: str, record: Any, column: str, tables: Tables) -> Cells:
    """The cells read from the article, as table, key and column, that a derived cell was computed from; none for an empty or other cell."""
    found = _RESTS_ON.get((table, column))
    return [] if found is None or getattr(record, column) is None or record.key not in tables[table].by_key else found(record, tables)
