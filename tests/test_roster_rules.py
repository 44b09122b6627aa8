"""A slip in the roster is found where it is: table, record, column, and what is wrong."""

import attrs
import pytest

import povdata
from povdata.checks.consistency import CONSISTENT, code_years


def with_slip(table, key, **cells):
    """The tables with other cells in one record."""
    own = povdata.tables()[table]
    return dict(povdata.tables()) | {table: own.selection(attrs.evolve(item, **cells) if item.key == key else item for item in own)}


BEFORE = next(row for row in povdata.county_codes if row.relation == "before")
SAME = next(row for row in povdata.county_codes if row.relation == "same" and row.first_year <= 2019 <= row.last_year)
AFTER = next(row for row in povdata.county_codes if row.relation == "after")
ACT = next(act for act in povdata.announcements if act.counties_national)
GROUPED = next(act for act in povdata.announcements if act.instalment == 2)


@pytest.mark.parametrize(
    ("table", "record", "cells", "column", "says"),
    [
        ("announcements", ACT, {"counties_national": 1000}, "counties_national", f"is 1000, but {ACT.counties_national} counties"),
        ("announcements", GROUPED, {"instalment": 7}, "instalment", "is 7, but must be 2"),
        ("county_codes", SAME, {"relation": "part"}, "relation", "is 'part', but must be 'same' for the code of 2019 alone"),
        ("county_codes", SAME, {"name_zh": "某县"}, "name_zh", f"is '某县', but must be {SAME.name_zh!r}"),
        (
            "county_codes",
            BEFORE,
            {"relation": "after"},
            "relation",
            "is 'after', but must be 'same' for the code of 2019 alone, and go with the years",
        ),
        (
            "county_codes",
            AFTER,
            {"relation": "before"},
            "relation",
            "is 'before', but must be 'same' for the code of 2019 alone, and go with the years",
        ),
        (
            "county_codes",
            AFTER,
            {"first_year": 2019},
            "relation",
            "is 'after', but must be 'same' for the code of 2019 alone, and go with the years",
        ),
        (
            "county_codes",
            BEFORE,
            {"last_year": 2019},
            "relation",
            "is 'before', but must be 'same' for the code of 2019 alone, and go with the years",
        ),
    ],
)
def test_a_slip_is_found_where_it_is(table, record, cells, column, says):
    """The finding names the cell, and says what stands there and what was expected."""
    tables = with_slip(table, record.key, **cells)
    found = [finding for rule in CONSISTENT for finding in rule(tables) if finding.column == column]
    assert [(finding.table, finding.key) for finding in found] == [(table, record.key)]
    assert found[0].message.startswith(says)


def test_a_year_between_two_codes_is_a_gap():
    """Codes follow each other, and the last runs to 2024."""
    last = max((row for row in povdata.county_codes if row.division == AFTER.division), key=lambda row: row.last_year)
    found = list(code_years(with_slip("county_codes", last.key, last_year=2023)))
    assert [(finding.table, finding.column) for finding in found] == [("county_codes", "last_year")]
    assert "the last in 2024" in found[0].message
