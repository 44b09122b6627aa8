"""Derived cells where there is nothing to derive them from: empty, and never a guess."""

import attrs
import pytest

import povdata
from povdata.derivation import DERIVATIONS

HEADLINES = [
    ("provinces", "poverty_counties"),
    ("provinces", "last_batch_counties"),
    ("provinces", "last_batch_date"),
    ("provinces", "authority"),
    ("reconciliation", "article_total"),
    ("reconciliation", "remainder"),
    ("reconciliation", "article_last_batch"),
    ("reconciliation", "source"),
]


@pytest.mark.parametrize("last", [False, True], ids=["no last batch", "two last batches"])
@pytest.mark.parametrize(("table", "column"), HEADLINES)
def test_without_one_last_batch_there_are_no_headlines(table, column, last):
    """A region none of whose delistings is the last batch, or several are, has no headline facts."""
    tables = povdata.tables()
    batches = [attrs.evolve(item, last_batch=last) if item.province == "460000" else item for item in povdata.delistings]
    assert sum(item.province == "460000" for item in batches) == 2
    tables = {**tables, "delistings": povdata.Table("delistings", povdata.delistings.record, batches)}
    assert DERIVATIONS[table, column](tables[table]["460000"], tables) is None
