"""What cells have to do with each other: codes with names and years, figures with units, counties with their announcements.

The data keep every rule, so whatever breaks one is a slip or corruption; what the article itself gets wrong is a caveat and breaks none.
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from povdata.checks.integrity import Finding, Rule, Tables, each, must_be, unique
from povdata.locators import Locator
from povdata.model.registry import grouped

_VOWELS = "aeiouüāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
_SYLLABLE = re.compile(rf"(?:[zcs]h|[bpmfdtnlgkhjqxzcsryw])?[{_VOWELS}]+(?:(?:ng|n|r)(?![{_VOWELS}]))?")
_COUNTY_UP = frozenset({"province", "prefecture", "county"})  # levels whose units have a code of six digits
_BELOW = "name a practice of the same place or one above it"
_CARRIED = frozenset({"place", "province", "date", "period", "last_batch", "indicator"})  # may rest on words that stand elsewhere
_TELLING = frozenset({"delistings", "observations", "practices", "industries", "designations", "people", "events", "images"})
"""Tables whose records tell something of a place, so that more than the place is cited."""
_EXITS = MappingProxyType({2016: 28, 2017: 125, 2018: 283, 2019: 344, 2020: 52})  # counties that left the national list, officially
_DAY = r"\d{4}-\d{2}-\d{2}"
_DATE_SHAPES = MappingProxyType({"province": _DAY, "national": _DAY, "month": r"\d{4}-\d{2}", "bound": ".+/.+", "unknown": ""})


def same(column: str, table: str, other: str) -> Rule:
    """A column that two tables share, of the records that both have."""
    return each(table, column, f"be that of {other}", lambda r, t: getattr(t[other].by_key.get(r.key, r), column) == getattr(r, column))


def _parent(table: str, place: Any, tables: Tables) -> object:
    """The nearest unit of the table with whose code the key begins."""
    key = place.key
    above = [key[:9], key[:6], f"{key[:4]}00", f"{key[:2]}0000", "CN"] if key.isdecimal() else [key.rpartition("-")[0]]
    return next((code for code in above if code != key and code in tables[table].by_key), None)


def _level(place: Any, _: Tables) -> object:
    """What the number of digits of a code says, and its zeros."""
    coded = "province" if place.key.endswith("0000") else "prefecture" if place.key.endswith("00") else "county"
    return {6: coded, 9: "township", 12: "village"}[len(place.key)] if place.key.isdecimal() else place.level


def _syllables(place: Any, _: Tables) -> bool:
    return len(_SYLLABLE.findall(place.pinyin.lower())) == len(place.name_zh)


def _shortened(division: Any, _: Tables) -> bool:
    """The short name is the beginning of the name, or, of banners, leaves out characters."""
    rest = iter(division.name_zh)
    return division.name_short_zh[0] == division.name_zh[0] and all(character in rest for character in division.name_short_zh)


def _pointed(division: Any, _: Tables) -> bool:
    """A point is whole, and lies in China."""
    cells = (division.latitude, division.longitude, division.point_source, division.point_certainty)
    return set(cells) == {None} or (None not in cells and 18 < division.latitude < 54 and 73 < division.longitude < 136)


def code_years(tables: Tables) -> Iterator[Finding]:
    """A county's codes follow each other to 2024 without a gap."""
    for rows in grouped(tables["county_codes"], "division").values():
        starts = {row.first_year for row in rows} | {2025}
        if {row.last_year + 1 for row in rows} != starts - {min(starts)}:
            yield Finding("county_codes", rows[0].key, "last_year", "must end where the next code begins, the last in 2024")


def _related(row: Any, _: Tables) -> object:
    in_time = {"before": row.last_year < 2019, "after": row.first_year > 2019}.get(row.relation, True)
    return in_time and (row.relation == "same") == (row.code == row.division)


def _renamed(column: str, row: Any, tables: Tables) -> object:
    return (getattr(row, column) is None) == (row.name_zh == tables["divisions"][row.division].name_zh)


def _below(column: str, record: Any, tables: Tables) -> object:
    practice, place = tables["practices"].by_key.get(getattr(record, column)), record.place
    while practice is not None and place not in (practice.place, None):
        place = tables["places"][place].parent
    return place is not None


def sections(tables: Tables) -> Iterator[Finding]:
    """The regions' sections follow each other without a gap."""
    for before, region in pairwise(tables["provinces"]):
        if region.first_line != before.last_line + 1:
            says = f"is {region.first_line}, but the section before ends with line {before.last_line}"
            yield Finding("provinces", region.key, "first_line", says)


def changes(tables: Tables) -> Iterator[Finding]:
    """A change has a start, an end or both, of one place and in one unit."""
    for (change,), items in grouped(tables["observations"], "change").items():
        roles = Counter(item.change_role for item in items)
        subjects = {(item.place, tables["indicators"][item.indicator].unit) for item in items}
        if change is not None and (not roles <= Counter(("from", "to")) or len(subjects) > 1):
            says = f"is {change!r}, which has at most one start and one end, of one place and unit"
            yield Finding("observations", items[0].key, "change", says)


def _undated(figure: Any, tables: Tables) -> bool:
    named = (item.records for item in tables["caveats"] if item.key == "undated-figures")
    return (figure.period is None) == any(f"observations/{figure.key}" in records for records in named)


def _told(citation: Any, tables: Tables) -> bool:
    """What is inferred has a caveat that says so; it names the English of two sister columns."""
    record = f"{citation.table}/{citation.record}"
    about = {record, f"{record}/{re.sub('_zh$', '_en', citation.column)}"}
    caveats = (item for item in tables["caveats"] if item.kind in ("inferred", "redaction"))
    return citation.basis != "inferred" or any(about & set(item.records) for item in caveats)


def carried(tables: Tables) -> Iterator[Finding]:
    """Where a place or date stands in another line than all else that its record cites, it carries over."""
    for (table, _), items in grouped(tables["citations"], "table", "record").items():
        for item in items if table in _TELLING else ():
            line = Locator.parse(item.span).line
            others = {Locator.parse(other.span).line for other in items if other.column != item.column}
            if item.column in _CARRIED and item.basis == "stated" and line not in others:
                yield Finding("citations", item.key, "basis", f"is 'stated', but the record cites nothing else in line {line}")


def kinds(tables: Tables) -> Iterator[Finding]:
    """A span is of the kind that one of the cells read from it needs."""
    for (span,), items in grouped(tables["citations"], "span").items():
        needed = {tables[item.table].schema[item.column].type.span_kind for item in items}
        if (kind := tables["spans"][span].kind) not in needed:
            yield Finding("spans", span, "kind", f"is {kind!r}, but cells of {', '.join(sorted(needed))} are read from it")


def exits(tables: Tables) -> Iterator[Finding]:
    """As many counties leave the list in each year as the official numbers say."""
    for (tier, year), counties in grouped(tables["poverty_counties"], "tier", "exit_year").items():
        if tier == "national" and len(counties) != (official := _EXITS.get(year, 0)):
            says = f"is {year}, as in {len(counties)} counties; there are {official}"
            yield Finding("poverty_counties", counties[0].key, "exit_year", says)


def _listed(county: Any, tables: Tables) -> bool:
    """The list's name begins like a name that the county had, or holds one."""
    listed, division = county.name_listed, tables["divisions"][county.key]
    had = [division.name_zh, division.name_short_zh, *(item.name_zh for item in tables["county_codes"] if item.division == county.key)]
    return listed is None or any(listed[:2] == name[:2] or name in listed for name in had)


def _announced(county: Any, tables: Tables) -> bool:
    act = tables["announcements"].by_key.get(county.announcement)
    return act is None or (act.province, act.assessment_year) == (county.province, county.exit_year)


def _delisted(county: Any, tables: Tables) -> bool:
    """The delisting is of the county's province, and the one of its announcement where that is a last batch of the article."""
    act, delisting = tables["announcements"].by_key.get(county.announcement), tables["delistings"].by_key.get(county.delisting)
    return getattr(delisting, "province", county.province) == county.province and (act is None or act.delisting in (None, county.delisting))


def counted(tables: Tables) -> Iterator[Finding]:
    """An announcement has as many counties of the national list as it counts, and no more of the provincial tier."""
    left = Counter((county.announcement, county.tier) for county in tables["poverty_counties"])
    for act in tables["announcements"]:
        national, provincial = left[act.key, "national"], left[act.key, "provincial"]
        if national != act.counties_national:
            yield Finding("announcements", act.key, "counties_national", f"is {act.counties_national}, but {national} counties name it")
        if provincial > (act.counties_provincial or 0):
            yield Finding("announcements", act.key, "counties_provincial", f"is {act.counties_provincial}, but {provincial} name it")


def _instalment(act: Any, tables: Tables) -> object:
    """Its number among the acts of its province and year, where there are several."""
    acts = grouped(tables["announcements"], "province", "assessment_year")[act.province, act.assessment_year]
    return acts.index(act) + 1 if len(acts) > 1 else None


CONSISTENT: tuple[Rule, ...] = (
    *(same(column, "provinces", "places") for column in ("name_zh", "name_en", "pinyin", "wikidata")),
    *(same(column, "provinces", "divisions") for column in ("iso_3166_2", "name_short_zh")),
    *(same(column, "places", "divisions") for column in ("name_zh", "name_en", "pinyin", "level", "wikidata")),
    *(must_be(table, "level", _level) for table in ("places", "divisions")),
    *(must_be(table, "parent", partial(_parent, table)) for table in ("places", "divisions")),
    *(each(table, "pinyin", "have a syllable for each character of the name", _syllables) for table in ("places", "divisions")),
    unique("places", "name_en", "wikidata"),
    unique("divisions", "wikidata", "iso_3166_2"),
    unique("indicators", "name_en", "name_zh"),
    unique("organizations", "name_zh", "name_en"),
    must_be("places", "adcode", lambda r, _: r.key if re.fullmatch(r"\d{6}", r.key) else None),
    must_be("places", "nbs_code", lambda r, _: r.key.ljust(12, "0") if re.fullmatch(r"\d{7,}", r.key) else None),
    each("places", "key", "be a division, from county level up", lambda r, t: r.level not in _COUNTY_UP or r.key in t["divisions"].by_key),
    each("divisions", "level", "be below a county where the key has a slug", lambda r, _: r.key.isdecimal() or r.level not in _COUNTY_UP),
    each("divisions", "name_short_zh", "be the name, shortened", _shortened),
    each("divisions", "iso_3166_2", "stand for provinces", lambda r, _: (r.iso_3166_2 is None) == (r.level != "province")),
    each("divisions", "latitude", "stand with longitude, source and certainty, in China", _pointed),
    each("divisions", "point_source", "be Wikidata or GeoNames", lambda r, _: r.point_source in (None, "geonames", "wikidata")),
    code_years,
    each("county_codes", "relation", "be 'same' for the code of 2019 alone, and go with the years", _related),
    must_be(
        "county_codes", "name_zh", lambda r, t: t["divisions"][r.division].name_zh if r.first_year <= 2019 <= r.last_year else r.name_zh
    ),
    *(each("county_codes", name, "stand where the name is not that of 2019", partial(_renamed, name)) for name in ("name_en", "pinyin")),
    *(each(table, "practice", _BELOW, partial(_below, "practice")) for table in ("observations", "industries", "events")),
    each("observations", "result_of", _BELOW, partial(_below, "result_of")),
    each("practices", "part_of", _BELOW, partial(_below, "part_of")),
    each("observations", "result_of", "be empty where a practice stands", lambda r, _: r.result_of is None or r.practice is None),
    each("observations", "change", "stand with a role, the role with a change", lambda r, _: (r.change is None) == (r.change_role is None)),
    each("observations", "period", "be empty for what undated-figures names, and for no other", _undated),
    changes,
    sections,
    each("provinces", "last_line", "not be before the first line", lambda r, _: r.last_line >= r.first_line),
    each("sources", "sha256", "stand for the article alone", lambda r, _: (r.sha256 is None) == (r.key != "article")),
    each("sources", "trust", "be primary for the article alone", lambda r, _: (r.trust == "primary") == (r.key == "article")),
    each("citations", "basis", "not be 'context' for this column", lambda r, _: r.basis != "context" or r.column in _CARRIED),
    each("citations", "basis", "have a caveat about the cell that says so", _told),
    carried,
    kinds,
    each("set_aside", "kind", "be a name where the span is one", lambda r, t: (r.kind == "name") == (t["spans"][r.key].kind == "name")),
    exits,
    each("poverty_counties", "name_listed", "be like a name that the county had", _listed),
    each("poverty_counties", "source", "be the list for its counties", lambda r, _: (r.source == "cpad-832") == (r.tier == "national")),
    each("poverty_counties", "announcement", "be of the county's province and year", _announced),
    each("poverty_counties", "delisting", "be of the county's province and batch", _delisted),
    each("announcements", "date", "be of the kind of date", lambda r, _: re.fullmatch(_DATE_SHAPES[r.date_kind], r.date or "")),
    each("announcements", "sources", "stand where a date does", lambda r, _: r.sources is not None or r.date is None),
    counted,
    must_be("announcements", "instalment", _instalment),
)
"""The rules of the installed data."""
