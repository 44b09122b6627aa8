"""What the reference half keeps: codes with names and years, counties with their announcements, places with their divisions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from types import MappingProxyType
from typing import Any

from povdata.checks.rules import Finding, Rule, Tables, each, same, unique

_EXITS = MappingProxyType({2016: 28, 2017: 125, 2018: 283, 2019: 344, 2020: 52})
"""Counties that left the national list, by year of assessment: the official numbers, 832 in all."""


def exits(tables: Tables) -> Iterator[Finding]:
    """As many counties leave the list in each year as the official numbers say."""
    counted = Counter(county.exit_year for county in tables["poverty_counties"] if county.tier == "national")
    for year, number in counted.items():
        if number != _EXITS.get(year):
            county = next(county for county in tables["poverty_counties"] if county.tier == "national" and county.exit_year == year)
            yield Finding(
                "poverty_counties", county.key, "exit_year", f"is {year}, as in {number} counties; there are {_EXITS.get(year, 0)}"
            )


def _listed(county: Any, tables: Tables) -> bool:
    """The list's name begins like a name that the county had, or holds one; where it is of another kind, a note says so."""
    listed = county.name_listed
    division = tables["divisions"][county.key]
    had = [division.name_zh, division.name_short_zh, *(item.name_zh for item in tables["county_codes"] if item.division == county.key)]
    return listed is None or any(listed[:2] == name[:2] or name in listed for name in had)


def _left_by_its_announcement(county: Any, tables: Tables) -> bool:
    """The act is of the county's province and year."""
    act = None if county.announcement is None else tables["announcements"][county.announcement]
    return act is None or (act.province, act.assessment_year) == (county.province, county.exit_year)


def _delisting_of_its_batch(county: Any, tables: Tables) -> bool:
    """Of the county's province, and the one of its announcement where that is a last batch of the article."""
    if county.delisting is not None and tables["delistings"][county.delisting].province != county.province:
        return False
    act = None if county.announcement is None else tables["announcements"][county.announcement]
    return act is None or act.delisting is None or act.delisting == county.delisting


def counted(tables: Tables) -> Iterator[Finding]:
    """An announcement has as many counties of the national list as it counts, and no more of the provincial tier."""
    left = Counter((county.announcement, county.tier) for county in tables["poverty_counties"])
    for act in tables["announcements"]:
        national, provincial = left[act.key, "national"], left[act.key, "provincial"]
        if national != act.counties_national:
            yield Finding("announcements", act.key, "counties_national", f"is {act.counties_national}, but {national} counties name it")
        if provincial > (act.counties_provincial or 0):
            yield Finding("announcements", act.key, "counties_provincial", f"is {act.counties_provincial}, but {provincial} name it")


_DATE_SHAPES = MappingProxyType(
    {"province": r"\d{4}-\d{2}-\d{2}", "national": r"\d{4}-\d{2}-\d{2}", "month": r"\d{4}-\d{2}", "bound": ".+/.+"}
)


def instalments(tables: Tables) -> Iterator[Finding]:
    """The acts of a province and year are numbered from 1 where there are several."""
    acts: dict[tuple[str, int], list[Any]] = {}
    for act in tables["announcements"]:
        acts.setdefault((act.province, act.assessment_year), []).append(act)
    for group in acts.values():
        for number, act in enumerate(group, 1):
            expected = number if len(group) > 1 else None
            if act.instalment != expected:
                yield Finding("announcements", act.key, "instalment", f"is {act.instalment}, but must be {expected}")


def _division_level(division: Any, _: Tables) -> bool:
    """Six digits are a province, prefecture or county by their zeros; a slug is neither."""
    key = division.key
    coded = "province" if key.endswith("0000") else "prefecture" if key.endswith("00") else "county"
    return division.level == coded if key.isdecimal() else division.level in ("zone", "district_of_county")


def _division_parent(division: Any, tables: Tables) -> object:
    """The next higher unit by the code; counties of municipalities and some others lie directly below the province."""
    code, slug, _ = division.key.rpartition("-")
    above = [code] if slug else [f"{division.key[:4]}00", f"{division.key[:2]}0000"]
    return division.parent == next((key for key in above if key != division.key and key in tables["divisions"].by_key), None)


def _shortened(division: Any, _: Tables) -> bool:
    """The short name is the beginning of the name, or, of banners, leaves out characters."""
    rest = iter(division.name_zh)
    return division.name_short_zh[0] == division.name_zh[0] and all(character in rest for character in division.name_short_zh)


def _pointed(division: Any, _: Tables) -> bool:
    """A point is whole, and lies in China."""
    cells = (division.latitude, division.longitude, division.point_source, division.point_certainty)
    if division.latitude is None or division.longitude is None:
        return set(cells) == {None}
    return None not in cells and 18 < division.latitude < 54 and 73 < division.longitude < 136


def shared(column: str) -> Rule:
    """A column that places and divisions share."""

    def holds(place: Any, tables: Tables) -> bool:
        division = tables["divisions"].by_key.get(place.key)
        value = getattr(place, column)
        return division is None or getattr(division, column) == (None if value == "CN" else value)

    return each("places", column, "be that of divisions", holds)


def _of_county_level_and_up(place: Any, tables: Tables) -> bool:
    return place.level not in ("province", "prefecture", "county") or place.key in tables["divisions"].by_key


def code_years(tables: Tables) -> Iterator[Finding]:
    """A county's codes follow each other to 2024 without a gap, and that of 2019 is its own."""
    runs: dict[str, list[Any]] = {}
    for row in tables["county_codes"]:
        runs.setdefault(row.division, []).append(row)
    for rows in runs.values():
        follows = {row.first_year for row in rows} - {min(row.first_year for row in rows)}
        if {row.last_year + 1 for row in rows} != follows | {2025}:
            yield Finding("county_codes", rows[0].key, "last_year", "must end where the next code begins, the last in 2024")
    for row in tables["county_codes"]:
        division = tables["divisions"][row.division]
        if (row.relation == "same") != (row.code == row.division):
            yield Finding("county_codes", row.key, "relation", f"is {row.relation!r}, but the code of 2019 is {row.division}")
        if row.first_year <= 2019 <= row.last_year and (row.code, row.name_zh) != (division.key, division.name_zh):
            yield Finding("county_codes", row.key, "name_zh", f"is {row.name_zh!r}, but the division of 2019 is {division.name_zh}")
        if (row.relation == "before" and row.last_year >= 2019) or (row.relation == "after" and row.first_year <= 2019):
            yield Finding("county_codes", row.key, "relation", f"is {row.relation!r}, which does not go with the years")


ROSTER: tuple[Rule, ...] = (
    *(same(column, "provinces", "divisions") for column in ("iso_3166_2", "name_short_zh")),
    *(shared(column) for column in ("name_zh", "name_en", "pinyin", "level", "parent", "wikidata")),
    each("places", "key", "be a division, from county level up", _of_county_level_and_up),
    each("divisions", "level", "go with the key", _division_level),
    each("divisions", "parent", "be the unit above, with whose key the key begins", _division_parent),
    each("divisions", "name_short_zh", "be the name, shortened", _shortened),
    each("divisions", "iso_3166_2", "stand for provinces", lambda r, _: (r.iso_3166_2 is None) == (r.level != "province")),
    each("divisions", "latitude", "stand with longitude, source and certainty, in China", _pointed),
    each("divisions", "point_source", "be Wikidata or GeoNames", lambda r, _: r.point_source in (None, "geonames", "wikidata")),
    unique("divisions", "wikidata"),
    unique("divisions", "iso_3166_2"),
    code_years,
    each("poverty_counties", "name_listed", "be like a name that the county had", _listed),
    each(
        "poverty_counties", "exit_year", "stand for every county of the list", lambda r, _: r.exit_year is not None or r.tier != "national"
    ),
    each(
        "poverty_counties", "source", "be the list for its counties alone", lambda r, _: (r.source == "cpad-832") == (r.tier == "national")
    ),
    each("poverty_counties", "announcement", "be of the county's province and year", _left_by_its_announcement),
    each("poverty_counties", "delisting", "be of the county's province and batch", _delisting_of_its_batch),
    each("announcements", "province", "be a province", lambda r, t: t["divisions"][r.province].level == "province"),
    each(
        "announcements",
        "date",
        "be of the kind of date",
        lambda r, _: re.fullmatch(_DATE_SHAPES[r.date_kind], r.date or "") if r.date_kind != "unknown" else r.date is None,
    ),
    each("announcements", "sources", "stand where a date does", lambda r, _: r.sources is not None or r.date is None),
    counted,
    instalments,
    exits,
)
"""The rules of the reference half."""
