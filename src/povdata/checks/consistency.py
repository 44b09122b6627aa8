"""What cells have to do with each other: codes with names, figures with units, parts with wholes.

Each rule is a sentence about one column that other columns can answer. The data keep them all, so whatever breaks one is a slip or
corruption. What the article itself gets wrong is a caveat and breaks no rule.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from povdata.checks.rules import Finding, Rule, Tables, below, each, same, unique
from povdata.locators import Locator

# Names. -----------------------------------------------------------------------------------------------------------------------

_VOWELS = "aeiouüāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
_SYLLABLE = re.compile(rf"(?:[zcs]h|[bpmfdtnlgkhjqxzcsryw])?[{_VOWELS}]+(?:(?:ng|n|r)(?![{_VOWELS}]))?")
_READ_IN_TWO_WAYS = frozenset(
    {("六", "lù"), ("六", "liù"), ("子", "zi"), ("子", "zǐ"), ("行", "háng"), ("行", "xíng"), ("嘎", "gā"), ("嘎", "gá"), ("蒙", "méng")}
)


def readings(tables: Tables) -> Iterator[Finding]:
    """Pinyin has a syllable for each character, and a character has one reading, but for those that are named."""
    found: dict[tuple[str, str], list[tuple[str, Any]]] = {}
    for table in ("places", "divisions"):
        for record in tables[table]:
            syllables = _SYLLABLE.findall(record.pinyin.lower())
            if len(record.name_zh) != len(syllables):
                yield Finding(
                    table, record.key, "pinyin", f"is {record.pinyin!r}, but must have a syllable for each character of {record.name_zh}"
                )
            else:
                for reading in zip(record.name_zh, syllables, strict=True):
                    found.setdefault(reading, []).append((table, record))
    ways = Counter(character for character, _ in found)
    for (character, syllable), records in found.items():
        if ways[character] > 1 and (character, syllable) not in _READ_IN_TWO_WAYS and len({record.key for _, record in records}) == 1:
            table, record = records[0]
            yield Finding(table, record.key, "pinyin", f"is {record.pinyin!r}, but {character} is read otherwise elsewhere than {syllable}")


# Places. ----------------------------------------------------------------------------------------------------------------------


def _below_county(place: Any, _: Tables) -> bool:
    """Nine digits are a township and twelve a village, which lie in what their key begins with; so does what has a slug."""
    code, slug, _ = place.key.rpartition("-")
    levels = {9: "township", 12: "village"}
    if not slug and _digits(place.key) not in levels:
        return True
    above = code if slug else place.key[: 9 if len(place.key) == 12 else 6]
    return bool(place.parent == above) and (bool(slug) or place.level == levels[len(place.key)])


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


# Figures and their codebook. --------------------------------------------------------------------------------------------------


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
    each("places", "parent", "be the unit above, with whose key the key begins, and the level go with it", _below_county),
    each("places", "adcode", "be the key where that has six digits", lambda r, _: r.adcode == (r.key if _digits(r.key) == 6 else None)),
    each(
        "places",
        "nbs_code",
        "be the key with zeros where that has nine digits or twelve",
        lambda r, _: r.nbs_code == (r.key.ljust(12, "0") if _digits(r.key) > 6 else None),
    ),
    unique("places", "name_en"),
    unique("places", "wikidata"),
    readings,
    *(same(column, "provinces", "places") for column in ("name_zh", "name_en", "pinyin", "wikidata")),
    each("provinces", "name_short_zh", "begin the name", lambda r, _: r.name_zh.startswith(r.name_short_zh)),
    sections,
    each("sources", "sha256", "stand for the article alone", lambda r, _: (r.sha256 is None) == (r.key != "article")),
    each("sources", "trust", "be primary for the article alone", lambda r, _: (r.trust == "primary") == (r.key == "article")),
    unique("indicators", "name_en"),
    unique("indicators", "name_zh"),
    changes,
    below("observations", "practice", "practices"),
    below("observations", "result_of", "practices"),
    each("observations", "result_of", "be empty where a practice stands", lambda r, _: r.result_of is None or r.practice is None),
    below("practices", "part_of", "practices"),
    below("industries", "practice", "practices"),
    below("events", "practice", "practices"),
    unique("organizations", "name_zh"),
    unique("organizations", "name_en"),
    bases,
    carried,
    undated,
    kinds,
    each("set_aside", "kind", "be a name where the span is one", lambda r, t: (r.kind == "name") == (t["spans"][r.key].kind == "name")),
)
"""The rules of the article half, each of tables whose references are sound."""
