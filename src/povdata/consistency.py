"""What cells have to do with each other: codes with names, figures with units, parts with wholes.

Each rule is a sentence about one column that other columns can answer. The data keep them all, so whatever breaks one is a slip or
corruption. What the article itself gets wrong is a caveat and breaks no rule.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from povdata.locators import Locator

if TYPE_CHECKING:
    from povdata.records import Indicator, Observation, Person, Place, PovertyCounty, Reconciliation
    from povdata.table import Table

    Tables = Mapping[str, Table[Any]]
    Holds = Callable[[Any, Tables], object]
    Rule = Callable[[Tables], Iterator["Finding"]]


class Finding(NamedTuple):
    """A cell that does not go with the others."""

    table: str
    key: str
    column: str
    message: str


# Ways to make a rule. ---------------------------------------------------------------------------------------------------------


def each(table: str, column: str, says: str, holds: Holds) -> Rule:
    """What each record must keep; what is said completes "must …"."""

    def rule(tables: Tables) -> Iterator[Finding]:
        for record in tables[table]:
            if not holds(record, tables):
                yield Finding(table, record.key, column, f"is {getattr(record, column)!r}, but must {says}")

    return rule


def unique(table: str, column: str) -> Rule:
    """A column in which no two records are alike."""

    def rule(tables: Tables) -> Iterator[Finding]:
        seen: dict[Any, str] = {}
        for record in tables[table]:
            value = getattr(record, column)
            if value is not None and seen.setdefault(value, record.key) != record.key:
                yield Finding(table, record.key, column, f"is {value!r}, as in {seen[value]}")

    return rule


def alike(table: str, column: str, group: Callable[[Any], object]) -> Rule:
    """A column in which the records of a group are alike; None is no group."""

    def rule(tables: Tables) -> Iterator[Finding]:
        firsts: dict[object, Any] = {}
        for record in tables[table]:
            name = group(record)
            if name is not None and getattr(firsts.setdefault(name, record), column) != getattr(record, column):
                says = f"is {getattr(record, column)!r}, but {getattr(firsts[name], column)!r} in {firsts[name].key}"
                yield Finding(table, record.key, column, says)

    return rule


def same(column: str, table: str, other: str) -> Rule:
    """A column that two tables share."""

    def holds(record: Any, tables: Tables) -> bool:
        return bool(getattr(record, column) == getattr(tables[other][record.key], column))

    return each(table, column, f"be that of {other}", holds)


def below(table: str, column: str, target: str) -> Rule:
    """A column whose record belongs to the same place or one above."""

    def holds(record: Any, tables: Tables) -> bool:
        named = getattr(record, column)
        return named is None or tables[target][named].place in _chain(record.place, tables)

    return each(table, column, f"name a record of {target} of the same place or one above it", holds)


def _practice_of_the_person(person: Person, tables: Tables) -> bool:
    """Who acts outside the regions has no place in common with the practice."""
    chain = _chain(person.place, tables)
    return person.practice is None or tables["practices"][person.practice].place in chain or tables["places"][person.place].province is None


def near(table: str, column: str, target: str) -> Rule:
    """A column whose record belongs to a place above, below, or in the same county."""

    def holds(record: Any, tables: Tables) -> bool:
        named = getattr(record, column)
        place = None if named is None else tables[target][named].place
        return (
            place is None or place[:6] == record.place[:6] or place in _chain(record.place, tables) or record.place in _chain(place, tables)
        )

    return each(table, column, f"name a record of {target} from above, below or the same county", holds)


def _chain(place: str | None, tables: Tables) -> list[str]:
    """A place and those above it; the references are checked apart."""
    found: list[str] = []
    while place is not None and place not in found and place in tables["places"].by_key:
        found.append(place)
        place = tables["places"][place].parent
    return found


# Names. -----------------------------------------------------------------------------------------------------------------------

_VOWELS = "aeiouüāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
_SYLLABLE = re.compile(rf"(?:[zcs]h|[bpmfdtnlgkhjqxzcsryw])?[{_VOWELS}]+(?:(?:ng|n|r)(?![{_VOWELS}]))?")
_READ_IN_TWO_WAYS = frozenset(
    {("六", "lù"), ("六", "liù"), ("子", "zi"), ("子", "zǐ"), ("行", "háng"), ("行", "xíng"), ("嘎", "gā"), ("嘎", "gá")}
)


def readings(tables: Tables) -> Iterator[Finding]:
    """Pinyin has a syllable for each character, and a character has one reading, but for those that are named."""
    found: dict[tuple[str, str], list[tuple[str, Any]]] = {}
    for table in ("places", "poverty_counties"):
        for record in tables[table]:
            syllables = _SYLLABLE.findall(record.pinyin.lower())
            if len(record.name_zh) != len(syllables):
                says = f"is {record.pinyin!r}, but must have a syllable for each character of {record.name_zh}"
                yield Finding(table, record.key, "pinyin", says)
            else:
                for reading in zip(record.name_zh, syllables, strict=True):
                    found.setdefault(reading, []).append((table, record))
    ways = Counter(character for character, _ in found)
    for (character, syllable), records in found.items():
        if ways[character] > 1 and (character, syllable) not in _READ_IN_TWO_WAYS and len({record.key for _, record in records}) == 1:
            table, record = records[0]
            yield Finding(table, record.key, "pinyin", f"is {record.pinyin!r}, but {character} is read otherwise elsewhere than {syllable}")


def _plain(text: str) -> str:
    """Latin text without case and marks; ü as in keys."""
    decomposed = unicodedata.normalize("NFKD", text.lower().replace("ü", "v"))
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def _words(text: str) -> set[str]:
    return set(re.findall("[a-z0-9]+", _plain(text)))


def _stems(text: str) -> set[str]:
    return {word[:4] for word in _words(text.replace("_", " "))}


def _overlap(name: str, others: str | tuple[str, ...] | None) -> bool:
    """Whether a Chinese name has a character in common with others, the words for county, city and district apart."""
    return others is None or not (set(name) - set("县市区旗")).isdisjoint("".join(others))


_NAMES_FROM_OTHER_LANGUAGES = ("15", "230100", "230200", "54", "610000", "63")
"""Where places go by Mongolian, Tibetan or Manchu names, and Shaanxi."""


def _english_is_pinyin(place: Place, _: Tables) -> bool:
    transcribed = place.level in ("province", "prefecture", "county", "township", "village") and "儿" not in place.name_zh
    return (
        not transcribed or place.key.startswith(_NAMES_FROM_OTHER_LANGUAGES) or not _words(place.name_en).isdisjoint(_words(place.pinyin))
    )


# Places. ----------------------------------------------------------------------------------------------------------------------


def _above(place: Place, tables: Tables) -> bool:
    """Keys begin with the key of the unit above, as far as that is listed."""
    code, slug, _ = place.key.rpartition("-")
    if slug:
        return place.parent == code
    steps = [place.key[:9], place.key[:6], f"{place.key[:4]}00", f"{place.key[:2]}0000"]
    listed = (step for step in steps if len(step) <= len(place.key) and step != place.key and step in tables["places"].by_key)
    return place.parent == next(listed, "CN" if place.key[0].isdigit() else None)


def _level(place: Place, _: Tables) -> bool:
    """Six digits are a province, prefecture or county by their zeros, nine a township, twelve a village."""
    shapes = {
        r"[A-Z]{2}": "country",
        r"\d{2}0000": "province",
        r"\d{4}00": "prefecture",
        r"\d{6}": "county",
        r"\d{9}": "township",
        r"\d{12}": "village",
    }
    expected = next((level for shape, level in shapes.items() if re.fullmatch(shape, place.key)), None)
    return place.level == expected if expected else place.level not in shapes.values()


def roles(tables: Tables) -> Iterator[Finding]:
    """The role of a place is what the other tables make of it."""
    delisted = {item.place for item in tables["delisting_places"]}
    scenes = {
        item.place
        for name in ("observations", "practices", "people", "events", "images", "industries", "designations")
        for item in tables[name]
    }
    above = {key for place in tables["places"] if place.names_printed for key in _chain(place.parent, tables)}
    for place in tables["places"]:
        fits = {
            "region": place.key in tables["provinces"].by_key,
            "hierarchy": not place.names_printed,
            "delisted": place.key in delisted,
            "example": place.key in scenes,
            "located": place.key in above and place.key not in delisted,
            "mentioned": place.key not in delisted,
            "name_part": place.key not in delisted,
        }
        alone = next((role for role in ("region", "hierarchy") if fits[role]), place.role)
        if not fits[place.role] or place.role != alone:
            yield Finding("places", place.key, "role", f"is {place.role!r}, which the other tables do not bear out")


_ISO = MappingProxyType(
    {
        "130000": "CN-HE",
        "140000": "CN-SX",
        "150000": "CN-NM",
        "220000": "CN-JL",
        "230000": "CN-HL",
        "340000": "CN-AH",
        "360000": "CN-JX",
        "410000": "CN-HA",
        "420000": "CN-HB",
        "430000": "CN-HN",
        "460000": "CN-HI",
        "500000": "CN-CQ",
        "540000": "CN-XZ",
        "610000": "CN-SN",
        "630000": "CN-QH",
    }
)
_REGION_KINDS = MappingProxyType({"province": "省", "autonomous_region": "自治区", "municipality": "市"})


def _digits(key: str) -> int:
    return len(key) if key.isdecimal() else 0


def sections(tables: Tables) -> Iterator[Finding]:
    """The regions' sections follow each other without a gap."""
    end = None
    for province in tables["provinces"]:
        if end is not None and province.first_line != end + 1:
            yield Finding("provinces", province.key, "first_line", f"is {province.first_line}, but the section before ends with line {end}")
        if province.last_line < province.first_line:
            yield Finding("provinces", province.key, "last_line", f"is {province.last_line}, before the first line")
        end = province.last_line


# The national list. -----------------------------------------------------------------------------------------------------------

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


def _has_prefecture(county: PovertyCounty, _: Tables) -> bool:
    return (county.prefecture_zh is None) == (county.province == "500000" or county.key[2:4] == "90")


def prefectures(tables: Tables) -> Iterator[Finding]:
    """A prefecture's name stands for one code, and is that of places."""
    codes: dict[str, str] = {}
    places = tables["places"].by_key
    for county in tables["poverty_counties"]:
        name, code = county.prefecture_zh, f"{county.key[:4]}00"
        if name is not None and (codes.setdefault(name, code) != code or (code in places and places[code].name_zh != name)):
            yield Finding("poverty_counties", county.key, "prefecture_zh", f"is {name!r}, which is not that of {code}")


def _announcement_of_the_region(row: Reconciliation, tables: Tables) -> bool:
    announcements = {county.announcement for county in tables["poverty_counties"] if county.province == row.key}
    return row.source in announcements


def _withdrawn(county: PovertyCounty) -> bool:
    return (county.note or "").startswith("Code no longer in the list")


def _listed(county: PovertyCounty, _: Tables) -> bool:
    """The list's name begins like the name or holds it; where the county was renamed, a note says so."""
    listed = county.name_listed
    return listed is None or listed[:2] == county.name_zh[:2] or county.name_zh in listed or county.note is not None


def _batch_of_its_province(county: PovertyCounty, tables: Tables) -> bool:
    return county.delisting is None or tables["delistings"][county.delisting].province == county.province


def batch_notes(tables: Tables) -> Iterator[Finding]:
    """What most notes of a batch of counties say, all of them say, and no others."""
    told: dict[str, set[str]] = {}  # what is usual in a batch → its counties
    batches: dict[tuple[object, ...], list[PovertyCounty]] = {}
    for county in tables["poverty_counties"]:
        if county.announced is not None:
            batches.setdefault((county.province, county.announced, county.tier), []).append(county)
    for batch in batches.values():
        says = {county.key: frozenset(part.strip(" .").lower() for part in re.split("[;.] ", f"{county.note or ''} ")) for county in batch}
        usual = {part for part, times in Counter(part for parts in says.values() for part in parts).items() if 2 * times > len(batch)}
        for part in usual - {""}:
            told.setdefault(part, set()).update(says)
        for county in batch:
            if not usual <= says[county.key]:
                yield Finding("poverty_counties", county.key, "note", f"is {county.note!r}, but most of its batch say more")
    for county in tables["poverty_counties"]:
        for part, batch_keys in told.items():
            if part in (county.note or "").lower() and county.key not in batch_keys:
                yield Finding("poverty_counties", county.key, "note", f"is {county.note!r}, as only another batch's is")


def _listed_note(county: PovertyCounty, _: Tables) -> bool:
    """A note speaks of the list's name only where that differs, and then of the right one; of the provincial tier only there."""
    note = county.note or ""
    named = re.match(r"Listed (?:as|with the former name) (\w+)", note)
    differs = named is not None or note.startswith(("Short name in the list", "The list "))
    right = county.name_listed is not None and (named is None or named[1] in county.name_listed)
    return (not differs or right) and note.startswith("Provincial tier") == (county.tier == "provincial")


def _place_note(place: Place, tables: Tables) -> bool:
    """A note that says whose prefecture, county or town the place is names a place below it; one inside a name alone is said to be."""
    note = place.note or ""
    named = re.match(
        r"(?:Prefecture|Prefecture-level city|City|Town|Township|County) (?:of|in which) (.+?)(?: lies| \(caption\))?[.;]", note
    )
    inside = named is None or any(other.name_en == named[1] and place.key in _chain(other.key, tables) for other in tables["places"])
    located = named is not None or note.startswith(("Village to which", "County that", "Prefecture whose"))
    return inside and (located or place.role != "located") and note.startswith("Named only inside the name") == (place.role == "name_part")


def _names_its_own(observation: Observation, tables: Tables) -> bool:
    """Of whom a figure is names the place, the one above or the body that it is about, if it names any place."""
    place = tables["places"][observation.place]
    own = [place, *(tables["places"][key] for key in _chain(place.key, tables)[1:2])]
    bodies = [tables["organizations"][observation.organization]] if observation.organization else []
    names = {name for one in (*own, *bodies) for name in (*(one.names_printed or ()), one.name_zh)}
    names |= {name[:-1] for name in names if len(name) > 2}
    if any(name in observation.population_zh for name in names):
        return True
    return not any(name in observation.population_zh for other in tables["places"] for name in other.names_printed or ())


def told_lines(tables: Tables) -> Iterator[Finding]:
    """A caveat that names lines of the article concerns a record that is cited there, or two lines away at most."""
    cited: dict[str, set[int]] = {}
    for citation in tables["citations"]:
        cited.setdefault(f"{citation.table}/{citation.record}", set()).add(Locator.parse(citation.span).line)
    for caveat in tables["caveats"]:
        told = re.findall(r"\d+", " ".join(re.findall(r"\b[Ll]ines? \d+(?:(?:, | and |, and |–| to )\d+)*", caveat.explanation)))
        lines = set().union(*(cited.get("/".join(path.split("/")[:2]), ()) for path in caveat.records))
        if told and lines and not any(abs(int(line) - other) <= 2 for line in told for other in lines):
            yield Finding("caveats", caveat.key, "records", f"are cited nowhere near line {' or '.join(told)}, of which the caveat speaks")


_STATUS_WORDS = MappingProxyType(
    {
        "national_poverty_county": "^国",
        "national_key_county": "重点县",
        "provincial_poverty_county": "自治区级|省级",
        "deep_poverty_county": "深度",
        "poverty_village": "^贫困村",
        "contiguous_poor_area": "连片|片区",
        "old_revolutionary_base": "老",
        "mountain_area": "山",
        "minority_area": "民族",
        "border_area": "边",
        "poor_area": "贫|穷",
        "first_poverty_county_batch": "首批",
        "weak_village": "空壳|重点村|后进",
        "demonstration": "示范",
        "award": "奖",
    }
)


def _names_its_own_in_english(observation: Observation, tables: Tables) -> bool:
    """The same in English, by the first words of the names."""
    own = {name.split()[0] for name in _english_names(observation, tables)}
    if any(name in observation.population_en for name in own):
        return True
    return not any(re.search(rf"\b{re.escape(other.name_en.split()[0])}\b", observation.population_en) for other in tables["places"])


def _english_names(observation: Observation, tables: Tables) -> Iterator[str]:
    for key in _chain(observation.place, tables)[:3]:
        yield tables["places"][key].name_en
    if observation.organization:
        yield tables["organizations"][observation.organization].name_en


# Figures and their codebook. --------------------------------------------------------------------------------------------------

_UNIT_WORDS = MappingProxyType(
    {
        "yuan": "元|万$",
        "percent": "%|分之",
        "person": "人(?!次)|名|万$",
        "person_time": "人次",
        "household": "户|个|名",
        "mu": "亩",
        "km": "公里",
        "year": "年|岁",
        "week": "周",
        "doubling": "番",
        "session": "场",
        "group": "个|组",
    }
)
"""How the article prints a unit; any other unit stands in the indicator's key."""
_KINDS = MappingProxyType(
    {
        "yuan": ("money", "income"),
        "percent": ("share",),
        "mu": ("area",),
        "km": ("length",),
        "year": ("duration", "age"),
        "week": ("duration",),
        "doubling": ("multiple",),
    }
)
"""What a unit measures; any other unit counts."""
_MEASURES = MappingProxyType(
    {
        "count": ("stock", "flow", "cumulative"),
        "money": ("flow", "cumulative"),
        "income": ("flow", "change"),
        "multiple": ("change",),
    }
)
"""How a quantity can be measured; any other kind is a stock."""


def units(tables: Tables) -> Iterator[Finding]:
    """The characters of a figure name the unit of its indicator."""
    spans, observations, indicators = tables["spans"].by_key, tables["observations"].by_key, tables["indicators"].by_key
    for citation in tables["citations"]:
        if (citation.table, citation.column) == ("observations", "value"):
            indicator = indicators[observations[citation.record].indicator]
            words = _UNIT_WORDS.get(indicator.unit)
            if words and not re.search(words, spans[citation.span].text or ""):
                yield Finding(
                    "indicators", indicator.key, "unit", f"is {indicator.unit!r}, but the figure of {citation.record} is in another"
                )


def _counted_thing(indicator: Indicator, _: Tables) -> bool:
    return indicator.unit in _UNIT_WORDS or indicator.unit.rstrip("y") in indicator.key


def changes(tables: Tables) -> Iterator[Finding]:
    """A change has a start, an end or both, of one place and in one unit."""
    found: dict[str, list[Any]] = {}
    for item in tables["observations"]:
        if (item.change is None) != (item.change_role is None):
            yield Finding("observations", item.key, "change", "stands without a role, or the role without a change")
        elif item.change is not None:
            found.setdefault(item.change, []).append(item)
    for change, items in found.items():
        ends = sorted(item.change_role for item in items)
        subjects = {(item.place, tables["indicators"][item.indicator].unit) for item in items}
        if ends not in (["from", "to"], ["from"], ["to"]) or len(subjects) > 1:
            yield Finding(
                "observations", items[0].key, "change", f"is {change!r}, which has at most one start and one end, of one place and unit"
            )


# Bodies and people. -----------------------------------------------------------------------------------------------------------

_BODY_WORDS = MappingProxyType(
    {
        "party": "党",
        "government": "政府$|国务院",
        "leading_group": "领导小组|指挥部",
        "meeting": "会议",
        "ministry": "部$|局$",
        "enterprise": "公司|油坊",
        "cooperative": "合作社",
        "team": "队|团$",
        "medium": "报|社$",
        "website": "网",
    }
)


def bodies(tables: Tables) -> Iterator[Finding]:
    """A body's role is what the other tables make of it."""
    acting = {body for item in tables["delistings"] for body in (item.authority, item.endorsed_by)}
    for body in tables["organizations"]:
        if (body.role == "authority") != (body.key in acting):
            yield Finding("organizations", body.key, "role", f"is {body.role!r}, which the delistings do not bear out")
        if (body.role in ("credited_medium", "compiler", "photo_agency")) != (body.kind in ("medium", "website")):
            yield Finding("organizations", body.key, "role", f"is {body.role!r}, which does not go with the kind {body.kind!r}")


# Citations. -------------------------------------------------------------------------------------------------------------------

_CARRIED = frozenset({"place", "province", "date", "period", "last_batch", "indicator"})
"""Columns whose cells may rest on words that stand elsewhere."""


def bases(tables: Tables) -> Iterator[Finding]:
    """Only some columns rest on context, and what is inferred has a caveat that says so."""
    told = {path for caveat in tables["caveats"] if caveat.kind in ("inferred", "redaction") for path in caveat.records}
    for citation in tables["citations"]:
        if citation.basis == "context" and citation.column not in _CARRIED:
            yield Finding("citations", citation.key, "basis", f"is 'context', but no {citation.column} is carried over")
        record = f"{citation.table}/{citation.record}"
        cell = f"{record}/{re.sub('_zh$', '_en', citation.column)}"  # a caveat names the English of two sister columns
        if citation.basis == "inferred" and told.isdisjoint((record, cell)):
            yield Finding("citations", citation.key, "basis", "is 'inferred', but no caveat about the cell says so")


_TELLING = frozenset({"delistings", "observations", "practices", "industries", "designations", "people", "events", "images"})
"""Tables whose records tell something of a place, so that more than the place is cited."""


def carried(tables: Tables) -> Iterator[Finding]:
    """Where a place or date stands in another line than all else that its record cites, it carries over."""
    lines: dict[tuple[str, str], dict[str, set[int]]] = {}
    for citation in tables["citations"]:
        cited = lines.setdefault((citation.table, citation.record), {})
        cited.setdefault(citation.column, set()).add(Locator.parse(citation.span).line)
    for citation in tables["citations"]:
        if citation.table in _TELLING and citation.column in _CARRIED and citation.basis == "stated":
            others = (its for column, its in lines[citation.table, citation.record].items() if column != citation.column)
            line = Locator.parse(citation.span).line
            if line not in set().union(*others):
                yield Finding("citations", citation.key, "basis", f"is 'stated', but the record cites nothing else in line {line}")


def undated(tables: Tables) -> Iterator[Finding]:
    """The caveat about figures without a date names each of them, and no other."""
    told = {path for caveat in tables["caveats"] if caveat.key == "undated-figures" for path in caveat.records}
    for figure in tables["observations"]:
        if (figure.period is None) != (f"observations/{figure.key}" in told):
            says = "is empty, but undated-figures leaves it out" if figure.period is None else "stands, but undated-figures names it"
            yield Finding("observations", figure.key, "period", says)


def positions(tables: Tables) -> Iterator[Finding]:
    """Spans stand in the canonical text as they stand in their lines, and are no longer there."""
    before: tuple[Locator, int] | None = None
    for locator, span in sorted((Locator.parse(span.key), span) for span in tables["spans"]):
        steps = span.position - before[1] if before else 0
        if steps < 0 or (before and before[0].line == locator.line and steps > locator.start - before[0].start):
            yield Finding("spans", span.key, "position", f"is {span.position}, which does not fit the span before")
        if (span.lengths is None) == (span.text is None):
            yield Finding("spans", span.key, "lengths", "must stand where the characters do not")
        elif span.lengths and sum(map(int, span.lengths.split(";"))) > locator.end - locator.start:
            yield Finding("spans", span.key, "lengths", f"is {span.lengths}, more than the locator has")
        before = (locator, span.position)


def kinds(tables: Tables) -> Iterator[Finding]:
    """A span is of the kind that one of the cells read from it needs."""
    needed: dict[str, set[str]] = {}
    for citation in tables["citations"]:
        column = tables[citation.table].schema[citation.column]
        needed.setdefault(citation.span, set()).add(column.type.span_kind)
    for span in tables["spans"]:
        if span.key in needed and span.kind not in needed[span.key]:
            yield Finding(
                "spans", span.key, "kind", f"is {span.kind!r}, but cells of {', '.join(sorted(needed[span.key]))} are read from it"
            )


CONSISTENT: tuple[Rule, ...] = (
    each("places", "parent", "be the unit above, with whose key the key begins", _above),
    each("places", "adcode", "be the key where that has six digits", lambda r, _: r.adcode == (r.key if _digits(r.key) == 6 else None)),
    each(
        "places",
        "nbs_code",
        "be the key with zeros where that has nine digits or twelve",
        lambda r, _: r.nbs_code == (r.key.ljust(12, "0") if _digits(r.key) > 6 else None),
    ),
    each("places", "level", "go with the key", _level),
    each("places", "name_zh", "share characters with the printed names", lambda r, _: _overlap(r.name_zh, r.names_printed)),
    each("places", "name_en", "be the pinyin, as far as that goes", _english_is_pinyin),
    each("places", "note", "name a place below where it says whose it is", _place_note),
    unique("places", "name_en"),
    unique("places", "wikidata"),
    readings,
    roles,
    *(same(column, "provinces", "places") for column in ("name_zh", "name_en", "pinyin", "wikidata")),
    each("provinces", "name_short_zh", "begin the name", lambda r, _: r.name_zh.startswith(r.name_short_zh)),
    each("provinces", "iso_3166_2", "be that of the code", lambda r, _: r.iso_3166_2 == _ISO.get(r.key)),
    each("provinces", "kind", "go with the name", lambda r, _: r.name_zh.endswith(_REGION_KINDS[r.kind])),
    sections,
    each("poverty_counties", "province", "begin the key", lambda r, _: r.province == f"{r.key[:2]}0000"),
    alike("poverty_counties", "province_zh", lambda r: r.province),
    alike("poverty_counties", "prefecture_zh", lambda r: r.key[:4]),
    each("poverty_counties", "prefecture_zh", "stand but below a province or municipality", _has_prefecture),
    prefectures,
    each("poverty_counties", "name_listed", "be like the name or explained in a note", _listed),
    each("poverty_counties", "note", "speak of the list's name and of the tier as they are", _listed_note),
    batch_notes,
    each("poverty_counties", "tier", "be national where there is a year", lambda r, _: (r.tier == "national") == (r.exit_year is not None)),
    each(
        "poverty_counties",
        "source",
        "be the list or the announcement",
        lambda r, _: r.source == (r.announcement, "cpad-832")[r.tier == "national"],
    ),
    each(
        "poverty_counties",
        "place",
        "be the county among the places",
        lambda r, t: r.place == (r.key if r.key in t["places"].by_key else None),
    ),
    each(
        "poverty_counties", "announced", "stand for the last batches alone", lambda r, _: r.announced is None or r.exit_year in (2019, None)
    ),
    each("poverty_counties", "delisting", "be of the county's province", _batch_of_its_province),
    each("poverty_counties", "announcement", "stand by its date", lambda r, _: (r.announcement is None) == (r.announced is None)),
    each("poverty_counties", "delisting", "stand by its date", lambda r, _: (r.delisting is None) == (r.announced is None)),
    *(alike("poverty_counties", column, lambda r: r.announced and r.province) for column in ("announced", "announcement", "delisting")),
    each("poverty_counties", "code_withdrawn", "be true where the note says so", lambda r, _: r.code_withdrawn is (_withdrawn(r) or None)),
    exits,
    each("reconciliation", "source", "be the announcement of the region's counties", _announcement_of_the_region),
    each("sources", "sha256", "stand for the article alone", lambda r, _: (r.sha256 is None) == (r.key != "article")),
    each("sources", "trust", "be primary for the article alone", lambda r, _: (r.trust == "primary") == (r.key == "article")),
    units,
    each("indicators", "unit", "stand in the key where the article prints a mere measure word", _counted_thing),
    each("indicators", "kind", "go with the unit", lambda r, _: r.kind in _KINDS.get(r.unit, ("count",))),
    each("indicators", "measure", "go with the kind", lambda r, _: r.measure in _MEASURES.get(r.kind, ("stock",))),
    each("indicators", "name_en", "share a word with the key", lambda r, _: not _stems(r.name_en).isdisjoint(_stems(r.key))),
    each("indicators", "name_zh", "share characters with the terms", lambda r, _: r.kind == "age" or _overlap(r.name_zh, r.terms)),
    unique("indicators", "name_en"),
    unique("indicators", "name_zh"),
    changes,
    each("observations", "population_zh", "name its own place if it names one", _names_its_own),
    each("observations", "population_en", "name its own place if it names one", _names_its_own_in_english),
    below("observations", "practice", "practices"),
    below("observations", "result_of", "practices"),
    each("observations", "result_of", "be empty where a practice stands", lambda r, _: r.result_of is None or r.practice is None),
    below("practices", "part_of", "practices"),
    near("practices", "organization", "organizations"),
    each("practices", "name_zh", "share characters with the printed name", lambda r, _: _overlap(r.name_zh, r.name_printed)),
    below("industries", "practice", "practices"),
    near("industries", "organization", "organizations"),
    each("industries", "product_zh", "share characters with the printed one", lambda r, _: _overlap(r.product_zh, r.product_printed)),
    below("events", "practice", "practices"),
    near("events", "organization", "organizations"),
    each("people", "practice", "be of the same place or one above it, if that is in one of the regions", _practice_of_the_person),
    each("people", "name_en", "be the key in capitals", lambda r, _: re.sub("[^a-z]+", "-", _plain(r.name_en)) == r.key),
    each("organizations", "name_zh", "hold a printed name", lambda r, _: any(set(name) <= set(r.name_zh) for name in r.names_printed)),
    each("organizations", "kind", "go with the name", lambda r, _: re.search(_BODY_WORDS.get(r.kind, ""), r.name_zh)),
    unique("organizations", "name_zh"),
    unique("organizations", "name_en"),
    bodies,
    each("designations", "designation", "go with the words", lambda r, _: re.search(_STATUS_WORDS.get(r.designation, ""), r.name_printed)),
    alike("set_aside", "kind", lambda r: r.reason),
    told_lines,
    bases,
    carried,
    undated,
    kinds,
    positions,
    each("set_aside", "kind", "be a name where the span is one", lambda r, t: (r.kind == "name") == (t["spans"][r.key].kind == "name")),
)
"""All rules, each of tables whose references are sound."""
