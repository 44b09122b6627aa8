"""What derived columns are computed from: one function a column, each from a record and all tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from povdata import edtf
from povdata.records import Citation, Delisting, DelistingPlace, Observation, Province
from povdata.table import Table

Tables = Mapping[str, Table[Any]]


def _last_batch(province: Province, tables: Tables) -> Delisting | None:
    batches = [item for item in tables["delistings"] if item.province == province.key and item.last_batch]
    return batches[0] if len(batches) == 1 else None


def poverty_counties(province: Province, tables: Tables) -> int | None:
    """The last batch's running total; where it is told by tier, the tiers added."""
    batch = _last_batch(province, tables)
    if batch is None or batch.total is not None:
        return batch and batch.total
    return None if batch.total_national is None else batch.total_national + (batch.total_provincial or 0)


def last_batch_counties(province: Province, tables: Tables) -> int | None:
    """The number stated; where only names are printed, the counties named."""
    batch = _last_batch(province, tables)
    if batch is None or batch.count is not None:
        return batch and batch.count
    named = [item.place for item in tables["delisting_places"] if item.delisting == batch.key]
    return sum(tables["places"][place].level == "county" for place in named)


def last_batch_date(province: Province, tables: Tables) -> str | None:
    """The date of the last batch."""
    batch = _last_batch(province, tables)
    return batch and batch.date


def authority(province: Province, tables: Tables) -> str | None:
    """The body that acted on the last batch."""
    batch = _last_batch(province, tables)
    return batch and batch.authority


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
        ("observations", "period_start"): period_start,
        ("observations", "period_end"): period_end,
        ("delisting_places", "key"): delisting_place_key,
        ("citations", "key"): citation_key,
    }
)
"""Table and column → how the cell is computed."""
