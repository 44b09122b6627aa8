"""Derived cells where there is nothing to derive them from: empty, and never a guess."""

from decimal import Decimal

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
    row = povdata.reconciliation["460000"]
    assert povdata.reconciliation.schema["source"].derivation.compute(row, tables) is None
    assert [povdata.reconciliation.schema[f"{tier}_last_batch"].derivation.compute(row, tables) for tier in ("national", "provincial")] == [
        0,
        0,
    ]


@pytest.mark.parametrize("column", ["article_total", "remainder"])
def test_a_region_without_a_total_is_not_compared(column):
    """Where the article states no total, it cannot be set beside that of the list."""
    provinces = [attrs.evolve(item, poverty_counties=None) for item in povdata.provinces]
    tables = {**povdata.tables(), "provinces": povdata.Table("provinces", povdata.provinces.record, provinces)}
    row = attrs.evolve(povdata.reconciliation["460000"], article_total=None)
    assert povdata.reconciliation.schema[column].derivation.compute(row, tables) is None


BOUNDS = [
    # key, and the bounds without and with what rounding and nature leave open
    ("alashanyouqi-enterprises-cooperatives-supported", ("49", "49"), ("49", "49")),  # counted
    ("baiquan-effort-duration", ("7", "7"), ("7", "7")),
    ("pandao-income-doublings-2015-2018", ("3", "3"), ("3", "3")),
    ("fuping-poverty-rate-2014", ("54.4", "54.4"), ("54.35", "54.45")),
    ("heshun-villages-above-collective-income", ("64", "64"), ("63.5", "64.5")),
    ("fuping-rural-income-2012", ("3262", "3262"), ("3261.5", "3262.5")),
    ("antu-support-funds-2018", ("47958157", "47958157"), ("47958156.5", "47958157.5")),
    ("henan-people-lifted-out-cumulative", ("6511000", "6511000"), ("6510500", "6511500")),  # printed in ten thousands
    ("alashanyouqi-income-gain", ("2000", None), ("2000", None)),
    ("dulanhe-age-salt-bag-workers", ("60", None), ("60", None)),
    ("huayuangou-forest-cover", ("95", None), ("95", "100")),
    ("wangjiang-effort-share-on-relief", ("66.67", None), ("66.67", "100")),
    ("shanxi-poverty-rate-2020", (None, "0.1"), ("0", "0.1")),
]


@pytest.mark.parametrize(("key", "stated", "rounded"), BOUNDS, ids=[case[0] for case in BOUNDS])
def test_the_bounds_of_a_figure(key, stated, rounded):
    """By its words; rounding adds half of the last printed place, save for what is counted one by one, and no share is above 100 %."""
    figure = povdata.observations[key]
    for rounding, expected in ((False, stated), (True, rounded)):
        assert figure.bounds(rounding=rounding) == tuple(None if bound is None else Decimal(bound) for bound in expected)


@pytest.mark.parametrize(
    ("relation", "stated", "rounded"),
    [
        ("about", (None, None), (0, 100)),
        ("at_most", (None, "54.4"), (0, "54.4")),
        ("less_than", (None, "54.4"), (0, "54.4")),
        ("more_than", ("54.4", None), ("54.4", 100)),
        ("at_least", ("54.4", None), ("54.4", 100)),
    ],
)
def test_a_word_opens_a_bound(relation, stated, rounded):
    """Below, above, or both; a share stays between 0 and 100, and what is no exact figure is not rounded."""
    figure = attrs.evolve(povdata.observations["fuping-poverty-rate-2014"], relation=relation)
    for rounding, expected in ((False, stated), (True, rounded)):
        assert figure.bounds(rounding=rounding) == tuple(None if bound is None else Decimal(bound) for bound in expected)


def test_a_bound_does_not_leave_what_can_be():
    """Half of the last place below a tiny share is not below zero, nor above a hundred."""
    rate = povdata.observations["fuping-poverty-rate-2014"]
    assert attrs.evolve(rate, value=Decimal("0.01")).bounds(rounding=True) == (0, Decimal("0.06"))
    assert attrs.evolve(rate, value=Decimal("99.99")).bounds(rounding=True) == (Decimal("99.94"), 100)
