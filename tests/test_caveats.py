"""Caveats against the article's text: every masked word and every lost sign is named by one, and what is read into it is marked."""

import re
from collections import Counter

import povdata
from povdata.locators import Locator

# A line for each asterisk that is read as secretary, counted by eye.
SECRETARY_LINES = [15, 16, 18, 18, 18, 23, 25, 32, 39, 39, 39, 39, 39, 61, 67, 67, 68, 73, 80, 82, 83, 88]
SECRETARY_LINES += [90, 90, 90, 90, 92, 99, 99, 105, 108, 109, 128]

# Line → asterisks in it; the 38 masked places have 39 asterisks, as line 6 has two for one name.
ASTERISKS = {
    "names-masked": {6: 2, 7: 1, 72: 1},
    "words-masked": {47: 1, 117: 1},
    "secretary-masked": Counter(SECRETARY_LINES),
}

# Line → blanks where a plus sign was lost. The footer of the site that reposted the article, line 133, has blanks of its own.
LOST_SIGNS = {25: 4, 40: 2, 44: 2, 116: 3, 126: 1}

# People whose post is read as secretary, and practices whose printed name has an asterisk.
SECRETARIES = {
    "fan-zheng",
    "hou-zhiguo",
    "jiang-wei",
    "liu-yandong",
    "lv-nanquan",
    "sun-yongsheng",
    "wang-changhai",
    "wang-jianjun",
    "wang-zhongliang",
}
MASKED_NAMES = {
    "baiquan-five-good": "五好村党组织*",
    "baiquan-three-levels": "三级*",
    "hainan-wuji-zhua-fupin": "五级*",
    "hunan-five-level-secretaries": "五级*抓扶贫",
    "kezuozhongqi-three-levels": "三级*",
    "lingao-wuji-zhua-fupin": "五级*",
    "zhushan-county-filing": "村党组织*县级备案",
}


def lines_named(key: str) -> set[int]:
    """The numbers of an explanation, the number of places apart: they are lines."""
    return {int(number) for number in re.findall(r"\b\d+\b(?! places)", povdata.caveats[key].explanation)}


def test_every_asterisk_is_covered_by_a_redaction_caveat(article_lines):
    """The lines with asterisks, with their number, are those that the three redaction caveats name, and no others."""
    found = {number: line.count("*") for number, line in enumerate(article_lines, 1) if "*" in line}
    assert found == {line: count for lines in ASTERISKS.values() for line, count in lines.items()}
    assert sum(found.values()) == 39
    assert {caveat.key for caveat in povdata.caveats.where(kind="redaction")} == set(ASTERISKS)
    assert {key: lines_named(key) for key in ASTERISKS} == {key: set(lines) for key, lines in ASTERISKS.items()}


def test_the_places_read_as_secretary_are_thirty_three():
    """The caveat says in how many places an asterisk is read as secretary."""
    assert len(SECRETARY_LINES) == 33
    assert povdata.caveats["secretary-masked"].explanation.startswith("In 33 places ")


def test_every_asterisk_stands_in_a_cited_or_set_aside_span(article_lines):
    """No masked word escapes: something cites it. The exceptions are three that no record uses."""
    unused = {(7, 13), (47, 12), (72, 9)}
    covered = set()
    for span in povdata.spans:
        locator = Locator.parse(span.key)
        covered |= {(locator.line, position) for position in range(locator.start, locator.end)}
    asterisks = {(number, found.start()) for number, line in enumerate(article_lines, 1) for found in re.finditer(r"\*", line)}
    assert asterisks - covered == unused


def test_what_is_read_into_a_masked_word_is_inferred(article_lines):
    """Roles and summaries that rest on a passage with an asterisk say that they are our reading."""
    columns = {("people", "role_en"), ("people", "role_zh"), ("practices", "summary_en"), ("practices", "summary_zh")}
    bases = Counter(
        citation.basis
        for citation in povdata.citations
        if (citation.table, citation.column) in columns
        if "*" in (Locator.parse(citation.span).cut(article_lines) or "")
    )
    assert set(bases) == {"inferred"}
    assert bases["inferred"] > 40


def test_the_reading_secretary_is_the_same_everywhere():
    """Nine people and the practices under the caveat: one mark in English, one in Chinese."""
    people = {person.key for person in povdata.people if "secretary (word masked)" in person.role_en}
    assert people == SECRETARIES
    assert people == {person.key for person in povdata.people if "书记（“书记”原文被遮盖）" in person.role_zh}
    concerned = [path.split("/") for path in povdata.caveats["secretary-masked"].records]
    assert {key for table, key, *_ in concerned if table == "people"} == SECRETARIES
    for table, key, *_ in concerned:
        if table == "practices" and key != "baiquan-five-good":
            assert "(word masked)" in povdata.practices[key].summary_en, key
            assert "（“书记”原文被遮盖）" in povdata.practices[key].summary_zh, key
        if table == "observations":
            assert "(word masked)" in povdata.observations[key].population_en, key
            assert "（“书记”原文被遮盖）" in povdata.observations[key].population_zh, key


def test_printed_names_keep_the_asterisk():
    """The name as printed has the asterisk, our Chinese name the word."""
    printed = {item.key: item.name_printed for item in povdata.practices if item.name_printed and "*" in item.name_printed}
    assert printed == MASKED_NAMES
    for key in printed:
        assert "书记" in povdata.practices[key].name_zh


def test_every_lost_plus_sign_has_its_caveat(article_lines):
    """The blanks of the article are where plus signs were lost; the caveat names their lines."""
    found = {number: line.count(" ") for number, line in enumerate(article_lines[:132], 1) if " " in line}
    assert found == LOST_SIGNS
    before_the_names = povdata.caveats["lost-plus-signs"].explanation.partition(" print ")[0]
    assert {int(number) for number in re.findall(r"\d+", before_the_names)} == set(LOST_SIGNS)
    assert [caveat.key for caveat in povdata.caveats.where(kind="lost_character")] == ["lost-plus-signs"]


def test_names_restore_the_lost_signs():
    """As printed with a blank, in our names with the plus sign."""
    names = {
        "haixi-lianqi-xingcun": ("联企兴村1 1", "联企兴村1+1"),
        "jinzhai-one-one": ("1 1", "“1+1”模式"),
        "jinzhai-x-one": ("X 1", "“X+1”模式"),
        "tuanjie-household-links": ("“1 10 100”党员联户", "“1+10+100”党员联户"),
        "zhashui-branch-sanbian-model": ("党支部 ‘三变’改革 集体经济 贫困户", "党支部+“三变”改革+集体经济+贫困户"),
    }
    assert {key: (povdata.practices[key].name_printed, povdata.practices[key].name_zh) for key in names} == names
    assert all("+" in povdata.practices[key].name_en for key in names if key != "zhashui-branch-sanbian-model")


def test_each_caveat_names_an_existing_line():
    """Lines that explanations name are lines of the article."""
    for caveat in povdata.caveats:
        for found in re.finditer(r"\b[Ll]ines? (\d+)((?:(?:, | and |, and )\d+)*)", caveat.explanation):
            assert all(1 <= int(number) <= 133 for number in re.findall(r"\d+", found[0])), caveat.key


def test_caveats_are_told_once():
    """No two caveats have the same explanation, and each names at least one record."""
    assert len({caveat.explanation for caveat in povdata.caveats}) == len(povdata.caveats)
    assert all(caveat.records for caveat in povdata.caveats)
