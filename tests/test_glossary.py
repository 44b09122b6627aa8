"""The texts against the glossary: one English rendering for each Chinese term, in every pair of columns."""

import re
from pathlib import Path

import pytest

import povdata

GLOSSARY = Path(__file__).parents[1] / "docs" / "glossary.md"

# Where a text has the characters of a term that it does not mean.
OTHERWISE = {
    "practices/tianzhen-neighbour-village-cadres/name/村干部": "邻村干部: cadres of neighbouring villages",
    "practices/tianzhen-neighbour-village-cadres/summary/村干部": "邻村干部: cadres of neighbouring villages",
}


def terms() -> dict[str, list[str]]:
    """Chinese term → renderings, as the tables of the glossary have them."""
    rows = re.findall(
        r"^\| ([^|\n]*[\u4e00-\u9fff][^|\n]*) \| ([^|\n]+) \| [^|\n]+ \|$", GLOSSARY.read_text(encoding="utf-8"), re.MULTILINE
    )
    return {term: renderings.split("; ") for chinese, renderings in rows for term in chinese.split("、")}


def occurs(rendering: str, english: str) -> bool:
    """Whether the words stand there in this order, each with any ending."""
    words = [re.escape(word.rstrip("ey")) + r"\w*" for word in re.findall(r"[\w'ê]+", rendering)]
    return re.search(r"\b" + r"[^\w]+".join(words), english, re.IGNORECASE) is not None


def wrong(chinese: str, english: str, glossary: dict[str, list[str]]) -> list[str]:
    """The terms of a Chinese text whose rendering is not in the English; a longer term hides the shorter ones in it.

    Places' names and what is said of masked words are left out first.
    """
    for name in sorted(NAMES, key=len, reverse=True):
        chinese = chinese.replace(name, " ")
    chinese, english = chinese.replace("（“书记”原文被遮盖）", ""), english.replace(" (word masked)", "")
    missing = []
    for term in sorted(glossary, key=len, reverse=True):
        if term in chinese:
            chinese = chinese.replace(term, " ")
            if not any(occurs(rendering, english) for rendering in glossary[term]):
                missing.append(term)
    return missing


NAMES = {place.name_zh[:-1] for place in povdata.places if place.level == "county" and len(place.name_zh) > 2}
PAIRS = [
    (name, column.removesuffix("_zh"))
    for name, table in povdata.tables().items()
    for column in table.schema
    if column.endswith("_zh") and f"{column.removesuffix('_zh')}_en" in table.schema
    if not (column == "name_zh" and name in ("places", "provinces", "poverty_counties", "divisions", "county_codes"))
]
"""Tables and columns that say the same in two languages; the names of places are no words."""


@pytest.mark.parametrize(("name", "column"), PAIRS, ids=[f"{name}-{column}" for name, column in PAIRS])
def test_each_term_has_its_rendering(name, column):
    """Where a Chinese text has a term of the glossary, the English beside it has the rendering."""
    glossary = terms()
    found = {
        f"{name}/{record.key}/{column}/{term}"
        for record in povdata.tables()[name]
        for term in wrong(getattr(record, f"{column}_zh") or "", getattr(record, f"{column}_en") or "", glossary)
    }
    assert found == {path for path in OTHERWISE if path.startswith(f"{name}/") and path.split("/")[2] == column}


def test_a_text_without_the_rendering_is_found():
    """The rule itself: inflection and order count, a longer term hides a shorter one, a wrong word is found."""
    glossary = {"脱贫攻坚": ["fight against poverty"], "脱贫": ["leave poverty", "out of poverty"], "镇": ["town"]}
    assert wrong("脱贫攻坚", "the fight against poverty", glossary) == []
    assert wrong("脱贫攻坚", "poverty relief", glossary) == ["脱贫攻坚"]
    assert wrong("脱贫攻坚与脱贫", "the fight against poverty", glossary) == ["脱贫"]
    assert wrong("两个镇脱贫", "two towns leaving poverty", glossary) == []
    assert wrong("天镇县", "Tianzhen County", glossary) == []


def test_the_glossary_says_each_term_once():
    """No term stands in two rows, and there are as many as a translator needs."""
    rows = re.findall(r"^\| ([^|\n]*[\u4e00-\u9fff][^|\n]*) \|", GLOSSARY.read_text(encoding="utf-8"), re.MULTILINE)
    listed = [term for row in rows for term in row.split("、")]
    assert len(listed) == len(set(listed)) == len(terms())
    assert {"脱贫攻坚", "扶贫开发", "富民党建", "破零", "包村", "模式", "行动", "活动", "内生动力", "顶岗锻炼", "党员中心户"} <= set(listed)


def test_every_term_is_used():
    """A term that no Chinese text has is no use here."""
    texts = [getattr(record, f"{column}_zh") or "" for name, column in PAIRS for record in povdata.tables()[name]]
    assert [term for term in terms() if not any(term in text for text in texts)] == []
