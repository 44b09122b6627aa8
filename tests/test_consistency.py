"""The rules between cells: the data keep them all, and each notices what it is there for."""

import attrs
import pytest

import povdata
from povdata.checks.consistency import CONSISTENT
from povdata.checks.roster import ROSTER, exits

# Table, key, column, another value, and what is then said.
SLIPS = [
    ("places", "130624", "parent", "130000", "must be the unit above"),
    ("places", "130624", "adcode", None, "must be the key where that has six digits"),
    ("places", "410423212", "nbs_code", "410423212215", "must be the key with zeros"),
    ("places", "410423212", "level", "village", "must go with the key"),
    ("places", "410400", "parent", "410423", "must be the unit above"),
    ("places", "410423", "parent", "no-such", "must be the unit above"),
    ("places", "130624", "wikidata", "Q21208", "as in 130000"),
    ("places", "130624", "pinyin", "Fùpíng", "must have a syllable for each character"),
    ("places", "130624", "pinyin", "Píngshān Xiàn", "is read otherwise elsewhere"),
    ("places", "130624", "role", "hierarchy", "which the other tables do not bear out"),
    ("provinces", "130000", "wikidata", "Q46913", "must be that of places"),
    ("provinces", "130000", "name_short_zh", "山西", "must begin the name"),
    ("provinces", "130000", "kind", "municipality", "must go with the name"),
    ("provinces", "140000", "first_line", 12, "the section before ends with line 10"),
    ("poverty_counties", "130624", "province", "140000", "must begin the key"),
    ("poverty_counties", "130624", "province_zh", "山西省", "but '河北省' in"),
    ("poverty_counties", "130624", "prefecture_zh", "石家庄市", "which is not that of 130600"),
    ("poverty_counties", "130624", "prefecture_zh", None, "must stand but below a province or municipality"),
    ("poverty_counties", "130624", "exit_year", 2018, "as in 284 counties; there are 283"),
    ("poverty_counties", "130624", "tier", "provincial", "must be national where there is a year"),
    ("poverty_counties", "130624", "source", "wikidata", "must be the list or the announcement"),
    ("poverty_counties", "130624", "place", None, "must be the county among the places"),
    ("poverty_counties", "130125", "announced", "2020-02-27", "must stand for the last batches alone"),
    ("reconciliation", "130000", "source", "announcement-shanxi", "must be the announcement of the region's counties"),
    ("sources", "wikidata", "trust", "primary", "must be primary for the article alone"),
    ("indicators", "poverty_rate", "unit", "yuan", "the figure of"),
    ("indicators", "poverty_rate", "kind", "count", "must go with the unit"),
    ("indicators", "poverty_rate", "measure", "flow", "must go with the kind"),
    ("observations", "fuping-poverty-rate-2014", "change", None, "the role without a change"),
    ("observations", "fuping-poverty-rate-2014", "change", "henan-poverty-rate", "must have a start and an end"),
    ("observations", "fuping-poverty-rate-2014", "practice", "antu-blood-making", "of the same place or one above it"),
    ("people", "fan-zheng", "name_en", "Zheng Fan", "must be the key in capitals"),
    ("organizations", "renmin-ribao", "role", "authority", "which the delistings do not bear out"),
    ("spans", "7:88-93", "kind", "name", "cells of figure are read from it"),
    ("spans", "7:88-93", "position", 0, "which does not fit the span before"),
    ("spans", "7:88-93", "position", 10**6, "which does not fit the span before"),
    ("spans", "7:88-93", "lengths", "5", "must stand where the characters do not"),
    ("spans", "7:71-76", "lengths", None, "must stand where the characters do not"),
    ("spans", "7:71-76", "lengths", "4;2", "more than the locator has"),
    ("provinces", "130000", "last_line", 1, "before the first line"),
    ("observations", "fuping-poverty-rate-2014", "change_role", "to", "must have a start and an end of one place and unit"),
    ("observations", "fuping-poverty-rate-2014", "place", "140000", "must have a start and an end of one place and unit"),
    ("observations", "fuping-poverty-rate-2014", "indicator", "poor_households", "must have a start and an end of one place and unit"),
    ("organizations", "renmin-ribao", "kind", "enterprise", "which does not go with the kind 'enterprise'"),
    ("observations", "fuping-poverty-rate-2014", "period", None, "is empty, but undated-figures leaves it out"),
    ("observations", "banbiantian-age", "period", "2020", "stands, but undated-figures names it"),
]


def said(tables, message):
    """Whether a rule says so; whatever the rules say, they say of cells that are there."""
    findings = [finding for rule in (*CONSISTENT, *ROSTER) for finding in rule(tables)]
    for finding in findings:
        assert finding.key in tables[finding.table].by_key, finding
        assert finding.column in tables[finding.table].schema, finding
    return any(message in finding.message for finding in findings)


def test_a_place_of_another_line_is_not_stated():
    """The county of a village's figure that is named lines before carries over."""
    citations = [attrs.evolve(item, basis="stated") if item.basis == "context" else item for item in povdata.citations]
    assert said(
        {**povdata.tables(), "citations": povdata.Table("citations", povdata.citations.record, citations)}, "cites nothing else in line"
    )


def test_the_data_keep_every_rule():
    """No rule finds anything in what is shipped."""
    tables = povdata.tables()
    assert [finding for rule in (*CONSISTENT, *ROSTER) for finding in rule(tables)] == []


@pytest.mark.parametrize(("table", "key", "column", "value", "message"), SLIPS, ids=[f"{slip[0]}.{slip[2]}: {slip[4]}" for slip in SLIPS])
def test_a_slip_is_noticed(table, key, column, value, message):
    """A wrong cell is found, and what is said names what it should be."""
    records = [attrs.evolve(record, **{column: value}) if record.key == key else record for record in povdata.tables()[table]]
    assert said({**povdata.tables(), table: povdata.Table(table, povdata.tables()[table].record, records)}, message)


@pytest.mark.parametrize(("basis", "message"), [("context", "no value is carried over"), ("inferred", "no caveat about the cell says so")])
def test_a_wrong_basis_is_noticed(basis, message):
    """Figures are not carried over, and nothing is inferred in silence."""
    citations = [
        attrs.evolve(item, basis=basis) if (item.record, item.column) == ("fuping-poverty-rate-2014", "value") else item
        for item in povdata.citations
    ]
    assert said({**povdata.tables(), "citations": povdata.Table("citations", povdata.citations.record, citations)}, message)


def test_a_county_of_the_year_is_named():
    """Where too many counties leave in a year, the finding stands at one that leaves in it."""
    counties = [attrs.evolve(item, exit_year=2018) if item.key == "130624" else item for item in povdata.poverty_counties]
    table = povdata.Table("poverty_counties", povdata.poverty_counties.record, counties)
    found = list(exits({**povdata.tables(), "poverty_counties": table}))
    assert {table[finding.key].exit_year: finding.message for finding in found} == {
        2018: "is 2018, as in 284 counties; there are 283",
        2019: "is 2019, as in 343 counties; there are 344",
    }
