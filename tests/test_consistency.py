"""The rules between cells: the data keep them all, and each notices what it is there for."""

from decimal import Decimal
from functools import cache

import attrs
import pytest

import povdata
from povdata.checks.consistency import CONSISTENT, exits
from povdata.checks.integrity import Finding

# Table, key, column, another value, and what is then said.
SLIPS = [
    ("places", "130624", "parent", "130000", "must be '130600'"),
    ("places", "130624", "adcode", None, "must be '130624'"),
    ("places", "410423212", "nbs_code", "410423212215", "must be '410423212000'"),
    ("places", "410423212", "level", "village", "must be 'township'"),
    ("places", "410400", "parent", "410423", "must be '410000'"),
    ("places", "130624", "wikidata", "Q21208", "as in 130000"),
    ("places", "130624", "pinyin", "Fùpíng", "must have a syllable for each character"),
    ("provinces", "130000", "wikidata", "Q46913", "must be that of places"),
    ("provinces", "130000", "name_short_zh", "山西", "must be that of divisions"),
    ("provinces", "140000", "first_line", 12, "the section before ends with line 10"),
    ("provinces", "130000", "iso_3166_2", "CN-SX", "must be that of divisions"),
    ("places", "130624", "name_en", "Pingshan County", "must be that of divisions"),
    ("places", "410423212", "level", "county", "must be a division, from county level up"),
    ("divisions", "130624", "level", "prefecture", "must be 'county'"),
    ("divisions", "130624", "parent", "130000", "must be '130600'"),
    ("divisions", "130624", "name_short_zh", "平阜", "must be the name, shortened"),
    ("divisions", "130624", "name_short_zh", "平县", "must be the name, shortened"),
    ("divisions", "130624", "name_short_zh", "阜山", "must be the name, shortened"),
    ("divisions", "130624", "iso_3166_2", "CN-XX", "must stand for provinces"),
    ("divisions", "130000", "iso_3166_2", "CN-SX", "as in 130000"),
    ("divisions", "130624", "wikidata", "Q21208", "as in 130000"),
    ("divisions", "130624", "latitude", Decimal(60), "must stand with longitude, source and certainty, in China"),
    ("divisions", "130624", "longitude", None, "must stand with longitude, source and certainty, in China"),
    ("divisions", "130624", "point_source", "mca-2019", "must be Wikidata or GeoNames"),
    ("county_codes", "130624:2010:130624", "last_year", 2018, "must end where the next code begins"),
    ("county_codes", "130624:2010:130624", "relation", "before", "must be 'same' for the code of 2019 alone"),
    ("county_codes", "130624:2010:130624", "name_zh", "平山县", "must be '阜平县'"),
    ("county_codes", "130624:2010:130624", "name_en", "Fuping County", "must stand where the name is not that of 2019"),
    ("county_codes", "361104:2010:361121", "pinyin", None, "must stand where the name is not that of 2019"),
    ("county_codes", "361104:2010:361121", "last_year", 2019, "and go with the years"),
    ("poverty_counties", "130624", "name_listed", "上饶县", "must be like a name that the county had"),
    ("poverty_counties", "130624", "exit_year", None, "is None, as in 1 counties; there are 0"),
    ("poverty_counties", "130624", "source", "wikidata", "must be the list for its counties"),
    ("poverty_counties", "130624", "announcement", "hebei-2018", "must be of the county's province and year"),
    ("poverty_counties", "130624", "delisting", "anhui-2020-04-29", "must be of the county's province and batch"),
    ("announcements", "hebei-2018", "province", "140000", "must be of the county's province and year"),
    ("announcements", "hebei-2018", "date", "2019", "must be of the kind of date"),
    ("announcements", "hebei-2018", "sources", None, "must stand where a date does"),
    ("announcements", "hebei-2018", "counties_national", 1, "is 1, but"),
    ("announcements", "hebei-2018", "counties_provincial", None, "is None, but"),
    ("announcements", "hebei-2018", "instalment", 1, "is 1, but must be None"),
    ("poverty_counties", "130624", "exit_year", 2018, "as in 284 counties; there are 283"),
    ("sources", "wikidata", "trust", "primary", "must be primary for the article alone"),
    ("observations", "fuping-poverty-rate-2014", "change", None, "the role with a change"),
    ("observations", "fuping-poverty-rate-2014", "change", "henan-poverty-rate", "has at most one start and one end"),
    ("observations", "fuping-poverty-rate-2014", "practice", "antu-blood-making", "of the same place or one above it"),
    ("spans", "7:88-93", "kind", "name", "cells of figure are read from it"),
    ("provinces", "130000", "last_line", 1, "before the first line"),
    ("observations", "fuping-poverty-rate-2014", "change_role", "to", "at most one start and one end, of one place and unit"),
    ("observations", "fuping-poverty-rate-2014", "place", "140000", "at most one start and one end, of one place and unit"),
    ("observations", "fuping-poverty-rate-2014", "indicator", "poor_households", "at most one start and one end, of one place and unit"),
    ("observations", "fuping-poverty-rate-2014", "period", None, "must be empty for what undated-figures names, and for no other"),
    ("observations", "banbiantian-age", "period", "2020", "must be empty for what undated-figures names, and for no other"),
]


# Where what is found is not the cell that was changed: the cell, by what is said.
ELSEWHERE = {
    ("level", "must be a division, from county level up"): ("places", "410423212", "key"),
    ("iso_3166_2", "as in 130000"): ("divisions", "140000", "iso_3166_2"),
    ("longitude", "must stand with longitude, source and certainty, in China"): ("divisions", "130624", "latitude"),
    ("last_year", "and go with the years"): ("county_codes", "361104:2010:361121", "relation"),
    ("province", "must be of the county's province and year"): ("poverty_counties", "130125", "announcement"),
    ("exit_year", "as in 284 counties; there are 283"): ("poverty_counties", "130125", "exit_year"),
    **{
        (column, "at most one start and one end, of one place and unit"): ("observations", "fuping-poverty-rate-2014", "change")
        for column in ("change_role", "place", "indicator")
    },
}


class Asked(dict):
    """Tables that remember which of them were asked for."""

    def __init__(self, tables):
        super().__init__(tables)
        self.names = set()

    def __getitem__(self, name):
        self.names.add(name)
        return super().__getitem__(name)


@cache
def tables_of_rules():
    """Each rule with the tables that it looks at: what changes in another makes no difference to it."""
    found = []
    for rule in CONSISTENT:
        asked = Asked(povdata.tables())
        list(rule(asked))
        found.append((rule, frozenset(asked.names)))
    return found


def findings(name, records):
    """What the rules say where a table has other records; of cells that are there."""
    tables = {**povdata.tables(), name: povdata.Table(name, povdata.tables()[name].record, records)}
    found = [finding for rule, names in tables_of_rules() if name in names for finding in rule(tables)]
    for finding in found:
        assert finding.key in tables[finding.table].by_key, finding
        assert finding.column in tables[finding.table].schema, finding
    return found


def changed(name, key, **cells):
    """The records of a table, one of them with other cells."""
    return [attrs.evolve(record, **cells) if record.key == key else record for record in povdata.tables()[name]]


def test_a_place_of_another_line_is_not_stated():
    """The county of a village's figure that is named lines before carries over."""
    citations = [attrs.evolve(item, basis="stated") if item.basis == "context" else item for item in povdata.citations]
    assert any("cites nothing else in line" in finding.message for finding in findings("citations", citations))


def test_the_data_keep_every_rule():
    """No rule finds anything in what is shipped."""
    tables = povdata.tables()
    assert [finding for rule in CONSISTENT for finding in rule(tables)] == []


@pytest.mark.parametrize(("table", "key", "column", "value", "message"), SLIPS, ids=[f"{slip[0]}.{slip[2]}: {slip[4]}" for slip in SLIPS])
def test_a_slip_is_noticed(table, key, column, value, message):
    """A wrong cell is found, and what is said names what it should be."""
    found = findings(table, changed(table, key, **{column: value}))
    assert ELSEWHERE.get((column, message), (table, key, column)) in [finding[:3] for finding in found if message in finding.message]


@pytest.mark.parametrize(
    ("basis", "message"),
    [("context", "must not be 'context' for this column"), ("inferred", "must have a caveat about the cell that says so")],
)
def test_a_wrong_basis_is_noticed(basis, message):
    """Figures are not carried over, and nothing is inferred in silence."""
    key = "observations/fuping-poverty-rate-2014/value/7:88-93"
    assert findings("citations", changed("citations", key, basis=basis)) == [
        Finding("citations", key, "basis", f"is {basis!r}, but {message}")
    ]


def test_a_county_of_the_year_is_named():
    """Where too many counties leave in a year, the finding stands at one that leaves in it."""
    counties = [attrs.evolve(item, exit_year=2018) if item.key == "130624" else item for item in povdata.poverty_counties]
    table = povdata.Table("poverty_counties", povdata.poverty_counties.record, counties)
    found = list(exits({**povdata.tables(), "poverty_counties": table}))
    assert {table[finding.key].exit_year: finding.message for finding in found} == {
        2018: "is 2018, as in 284 counties; there are 283",
        2019: "is 2019, as in 343 counties; there are 344",
    }


@pytest.mark.parametrize(
    ("column", "value", "inside"),
    [
        ("latitude", "18", False),
        ("latitude", "18.1", True),
        ("latitude", "53.9", True),
        ("latitude", "54", False),
        ("longitude", "73", False),
        ("longitude", "73.1", True),
        ("longitude", "135.9", True),
        ("longitude", "136", False),
    ],
)
def test_a_point_lies_in_china(column, value, inside):
    """Between 18 and 54 degrees north, 73 and 136 east."""
    found = findings("divisions", changed("divisions", "130624", **{column: Decimal(value)}))
    assert [finding[:3] for finding in found] == ([] if inside else [("divisions", "130624", "latitude")])


@pytest.mark.parametrize(
    "cells", [{"latitude": None}, {"point_source": None}, {"point_certainty": None}, {"latitude": None, "longitude": None}]
)
def test_a_point_is_whole(cells):
    """Latitude, longitude, source and certainty stand together, or none of them."""
    assert [finding[:3] for finding in findings("divisions", changed("divisions", "130624", **cells))] == [
        ("divisions", "130624", "latitude")
    ]


def test_a_section_of_one_line_is_one():
    """What ends in the line in which it begins is no slip; that the next one then begins too late is."""
    first = povdata.provinces["130000"].first_line
    found = findings("provinces", changed("provinces", "130000", last_line=first))
    assert [finding[:3] for finding in found] == [("provinces", "140000", "first_line")]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [("inferred", "redaction", True), ("redaction", "inferred", True), ("inferred", "claim", False), ("redaction", "claim", False)],
)
def test_what_is_inferred_has_a_caveat_of_the_right_kind(old, new, told):
    """One that says that we infer, or what we read into a mask."""
    caveats = [attrs.evolve(item, kind=new) if item.kind == old else item for item in povdata.caveats]
    assert {finding.message for finding in findings("caveats", caveats)} == (
        set() if told else {"is 'inferred', but must have a caveat about the cell that says so"}
    )
