"""Derived cells where there is nothing to derive them from: empty, and never a guess."""

import attrs
import pytest

import povdata

HEADLINES = ["poverty_counties", "last_batch_counties", "last_batch_date", "authority"]


@pytest.mark.parametrize("last", [False, True], ids=["no last batch", "two last batches"])
@pytest.mark.parametrize("column", HEADLINES)
def test_without_one_last_batch_there_are_no_headlines(column, last):
    """A region none of whose delistings is the last batch, or several are, has no headline facts."""
    tables = povdata.tables()
    batches = [attrs.evolve(item, last_batch=last) if item.province == "460000" else item for item in povdata.delistings]
    assert sum(item.province == "460000" for item in batches) == 2
    tables = {**tables, "delistings": povdata.Table("delistings", povdata.delistings.record, batches)}
    assert povdata.provinces.schema[column].derivation.compute(povdata.provinces["460000"], tables) is None


@pytest.mark.parametrize("column", ["article_total", "remainder"])
def test_a_region_without_a_total_is_not_compared(column):
    """Where the article states no total, it cannot be set beside that of the list."""
    provinces = [attrs.evolve(item, poverty_counties=None) for item in povdata.provinces]
    tables = {**povdata.tables(), "provinces": povdata.Table("provinces", povdata.provinces.record, provinces)}
    row = attrs.evolve(povdata.reconciliation["460000"], article_total=None)
    assert povdata.reconciliation.schema[column].derivation.compute(row, tables) is None
