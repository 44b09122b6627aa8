"""The rules between cells: the data keep them all, and each notices what it is there for."""

from decimal import Decimal

import attrs
import pytest

import povdata
from povdata.checks.consistency import CONSISTENT, bodies, exits

# Table, key, column, another value, and what is then said.
SLIPS = [
    ("places", "130624", "parent", "130000", "must be the unit above"),
    ("places", "130624", "adcode", None, "must be the key where that has six digits"),
    ("places", "410423212", "nbs_code", "410423212215", "must be the key with zeros"),
    ("places", "410423212", "level", "village", "must go with the key"),
    ("places", "130624", "name_zh", "石家庄市", "must share characters with the printed names"),
    ("places", "130624", "name_en", "Pingshan County", "must be the pinyin"),
    ("places", "220000", "name_en", "Hebei", "must be the pinyin"),
    ("places", "130600", "name_en", "Xingtai City", "must be the pinyin"),
    ("places", "410423212", "name_en", "Liangwa Township", "must be the pinyin"),
    ("places", "410400", "parent", "410423", "must be the unit above"),
    ("places", "410423", "parent", "no-such", "must be the unit above"),
    ("places", "130624", "wikidata", "Q21208", "as in 130000"),
    ("places", "130624", "pinyin", "Fùpíng", "must have a syllable for each character"),
    ("places", "130624", "pinyin", "Píngshān Xiàn", "is read otherwise elsewhere"),
    ("places", "130624", "role", "hierarchy", "which the other tables do not bear out"),
    ("provinces", "130000", "wikidata", "Q46913", "must be that of places"),
    ("provinces", "130000", "name_short_zh", "山西", "must be that of divisions"),
    ("provinces", "130000", "iso_3166_2", "CN-SX", "must be that of divisions"),
    ("provinces", "130000", "kind", "municipality", "must go with the name"),
    ("provinces", "140000", "first_line", 12, "the section before ends with line 10"),
    ("poverty_counties", "130624", "exit_year", 2018, "as in 284 counties; there are 283"),
    ("places", "130624", "name_zh", "阜平", "must be that of divisions"),
    ("places", "130600", "wikidata", None, "must be that of divisions"),
    ("divisions", "130624", "level", "prefecture", "must go with the key"),
    ("divisions", "130624", "parent", "130000", "must be the unit above"),
    ("divisions", "469001", "parent", "460100", "must be the unit above"),
    ("divisions", "431281-hongjiang", "level", "county", "must go with the key"),
    ("divisions", "130624", "name_short_zh", "平阜", "must be the name, shortened"),
    ("divisions", "130624", "iso_3166_2", "CN-HE", "must stand for provinces"),
    ("divisions", "130624", "longitude", None, "must stand with longitude, source and certainty"),
    ("divisions", "130624", "latitude", Decimal("114.1"), "in China"),
    ("divisions", "130624", "point_source", "cpad-832", "must be Wikidata or GeoNames"),
    ("divisions", "130624", "wikidata", "Q1363553", "as in 130125"),
    ("divisions", "341302", "pinyin", "Yǒngqiáo", "must have a syllable for each character"),
    ("county_codes", "361104:2010:361121", "last_year", 2017, "must end where the next code begins"),
    ("county_codes", "361104:2010:361121", "relation", "same", "but the code of 2019 is 361104"),
    ("county_codes", "361104:2010:361121", "relation", "after", "which does not go with the years"),
    ("county_codes", "361104:2019:361104", "name_zh", "上饶县", "but the division of 2019 is 广信区"),
    ("poverty_counties", "130624", "name_listed", "上饶县", "must be like a name that the county had"),
    ("poverty_counties", "130624", "exit_year", None, "must stand for every county of the list"),
    ("poverty_counties", "130624", "exit_year", 2018, "must be of the county's province and year"),
    ("poverty_counties", "130624", "source", "wikidata", "must be the list for its counties"),
    ("poverty_counties", "130624", "announcement", "shanxi-2019", "must be of the county's province and year"),
    ("poverty_counties", "130624", "announcement", None, "but 12 counties name it"),
    ("poverty_counties", "130624", "delisting", "shanxi-2020-02-27", "must be of the county's province and batch"),
    ("poverty_counties", "130624", "delisting", None, "must be of the county's province and batch"),
    ("announcements", "hebei-2019", "counties_national", 12, "but 13 counties name it"),
    ("announcements", "jilin-2019", "counties_provincial", 3, "but 4 name it"),
    ("announcements", "hebei-2019", "province", "130600", "must be a province"),
    ("announcements", "hebei-2019", "date", "2020-02", "must be of the kind of date"),
    ("announcements", "hebei-2019", "date_kind", "unknown", "must be of the kind of date"),
    ("announcements", "hebei-2019", "sources", None, "must stand where a date does"),
    ("announcements", "hunan-2018-2", "instalment", 3, "must be 2"),
    ("places", "130600", "note", None, "must name a place below"),
    ("observations", "fuping-poverty-rate-2014", "population_zh", "拜泉县贫困发生率", "must name its own place if it names one"),
    ("observations", "fuping-poverty-rate-2014", "population_en", "Baiquan County", "must name its own place if it names one"),
    ("places", "130600", "note", "Prefecture of Guangling County.", "must name a place below"),
    ("places", "230100", "note", None, "must name a place below"),
    ("designations", "fuping-old-base", "designation", "award", "must go with the words"),
    ("caveats", "seven-and-seven", "records", ("observations/fuping-poverty-rate-2014",), "of which the caveat speaks"),
    ("sources", "wikidata", "trust", "primary", "must be primary for the article alone"),
    ("indicators", "poverty_rate", "unit", "yuan", "the figure of"),
    ("indicators", "poverty_rate", "kind", "count", "must go with the unit"),
    ("indicators", "poverty_rate", "measure", "flow", "must go with the kind"),
    ("indicators", "poor_households", "name_zh", "贷款额", "must share characters with the terms"),
    ("observations", "fuping-poverty-rate-2014", "change", None, "the role without a change"),
    ("observations", "fuping-poverty-rate-2014", "change", "henan-poverty-rate", "must have a start and an end"),
    ("observations", "fuping-poverty-rate-2014", "practice", "antu-blood-making", "of the same place or one above it"),
    ("people", "fan-zheng", "name_en", "Zheng Fan", "must be the key in capitals"),
    ("organizations", "renmin-ribao", "kind", "team", "must go with the name"),
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
    findings = [finding for rule in CONSISTENT for finding in rule(tables)]
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
    assert [finding for rule in CONSISTENT for finding in rule(tables)] == []


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


def test_any_word_of_an_indicators_key_will_do():
    """The English name of poor_households may speak of households, with poor or without."""
    indicators = [
        attrs.evolve(item, name_en="Households in need") if item.key == "poor_households" else item for item in povdata.indicators
    ]
    tables = {**povdata.tables(), "indicators": povdata.Table("indicators", povdata.indicators.record, indicators)}
    assert [finding for rule in CONSISTENT for finding in rule(tables)] == []


def test_a_county_of_the_year_is_named():
    """Where too many counties leave in a year, the finding stands at one that leaves in it."""
    counties = [attrs.evolve(item, exit_year=2018) if item.key == "130624" else item for item in povdata.poverty_counties]
    table = povdata.Table("poverty_counties", povdata.poverty_counties.record, counties)
    found = list(exits({**povdata.tables(), "poverty_counties": table}))
    assert {table[finding.key].exit_year: finding.message for finding in found} == {
        2018: "is 2018, as in 284 counties; there are 283",
        2019: "is 2019, as in 343 counties; there are 344",
    }


def test_a_photo_agency_is_a_medium():
    """A medium may be credited, compile, or take the pictures."""
    organizations = [attrs.evolve(item, role="photo_agency") if item.key == "renmin-ribao" else item for item in povdata.organizations]
    table = povdata.Table("organizations", povdata.organizations.record, organizations)
    assert list(bodies({**povdata.tables(), "organizations": table})) == []
