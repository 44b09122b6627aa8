"""Citations of this version, of the article and of records, form by form."""

import json
import re

import attrs
import pytest

import povdata
from conftest import ROOT
from povdata import citing
from povdata.exceptions import InvalidArgumentError

TITLE = "povdata: how 15 Chinese regions took their poverty counties off the list"
VERSION = povdata.__version__


def test_apa_is_one_line():
    """Author, year, title, version and kind; it is what is given when nothing is asked."""
    assert povdata.cite() == povdata.cite("apa") == f"The povdata founders. (2026). {TITLE} (Version {VERSION}) [Data set]."


def test_bibtex_is_an_entry_with_five_fields():
    """An entry of misc, with the author in double braces, so that no name is taken apart."""
    assert povdata.cite("bibtex").splitlines() == [
        f"@misc{{povdata-{VERSION},",
        "  author  = {{The povdata founders}},",
        f"  title   = {{{{{TITLE}}}}},",
        "  year    = {2026},",
        f"  version = {{{VERSION}}},",
        "  note    = {Data set},",
        "}",
    ]


def test_gb7714_names_the_data_set():
    """The Chinese standard marks a data set with DS."""
    assert povdata.cite("gb7714") == f"The povdata founders. {TITLE}[DS]. 版本{VERSION}. 2026."


def test_cff_is_the_file_of_the_project():
    """What is given is what stands in CITATION.cff."""
    assert povdata.cite("cff") + "\n" == (ROOT / "CITATION.cff").read_text(encoding="utf-8")


RATE = povdata.observations["fuping-poverty-rate-2014"]


def test_a_figure_is_cited_with_value_key_and_place():
    """Enough to find it again, here and in the article; a record in place of the style is cited in APA style."""
    assert povdata.cite("apa", of=RATE) == povdata.cite(RATE)
    assert povdata.cite(RATE) == (
        f"{povdata.cite()} Poverty rate, Fuping County, 2014: 54.4 percent (observations/fuping-poverty-rate-2014), "
        "read from the article of People's Daily Online, News of the Communist Party of China (2020) at 7:88-93."
    )
    assert povdata.cite("gb7714", of=RATE).endswith(
        "（observations/fuping-poverty-rate-2014），据人民网·中国共产党新闻网2020年的报道（7:88-93）."
    )


@pytest.mark.parametrize("table", povdata.tables())
def test_every_record_can_be_cited(table):
    """In every style but that of files, with its path."""
    for record in (povdata.tables()[table][0], povdata.tables()[table][-1]):
        for style in ("apa", "bibtex", "csl-json", "gb7714", "ris"):
            assert f"{table}/{record.key}" in povdata.cite(style, of=record).replace("\\", "")


def test_signs_that_tex_reads_are_escaped():
    """The name of a table with an underscore stands in a note that LaTeX can set."""
    assert r"(poverty\_counties/520526)" in povdata.cite("bibtex", of=povdata.poverty_counties["520526"])


def test_a_qualifier_is_cited_with_its_figure():
    """A bound must not become a value."""
    assert ": > 800 " in povdata.cite(next(it for it in povdata.observations if it.value == 800 and it.relation == "more_than"))


@pytest.mark.parametrize("style", ["apa", "bibtex", "csl-json", "gb7714", "ris"])
def test_the_article_is_named_by_its_compiler_and_date(style):
    """It has no title that we know."""
    text = povdata.cite(style, of="article")
    assert "人民网·中国共产党新闻网" in text
    assert "2020" in text
    assert re.search("no title known|原题未详", text)


def test_csl_json_and_ris_are_read_by_programs():
    """An item with literal names and numbers for dates; tags with two blanks and a hyphen."""
    (item,) = json.loads(povdata.cite("csl-json", of="article"))
    assert (item["type"], item["issued"]) == ("article", {"date-parts": [[2020, 4]]})
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in povdata.cite("ris", of=RATE).splitlines())


def test_the_headings_are_search_terms(article_lines):
    """Each stands in the heading of its province, has no punctuation at which copies differ, and is short."""
    for region in povdata.provinces:
        assert region.heading in article_lines[region.first_line - 1]
        assert len(region.heading) <= 20
        assert not set(region.heading) & set(",*、:")
        assert region.heading in citing.about_article()


def test_the_repost_is_that_of_the_last_line(article_lines):
    """Its name, address and year stand there."""
    assert all(part in article_lines[-1] or part in article_lines[-2] for part in re.findall(r"[\w.]+", citing.REPOST))


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: povdata.cite("mla"), "style must be one of apa, bibtex, cff, csl-json, gb7714, ris, not 'mla'"),
        (lambda: povdata.cite("cff", of="article"), "cff describes the data as a whole"),
        (lambda: povdata.cite("apa", of="figure"), "of must be 'data', 'article' or a record, not 'figure'"),
    ],
)
def test_what_cannot_be_cited_is_refused(call, says):
    """With what can be."""
    with pytest.raises(InvalidArgumentError, match=re.escape(says)):
        call()


COMPILER = "人民网·中国共产党新闻网 (People's Daily Online, News of the Communist Party of China)"
ROUND_UP = "[Round-up of media reports on how 15 provincial-level regions took all poverty counties off the list; no title known]"
NOTE = (
    "Poverty rate, Fuping County, 2014: 54.4 percent (observations/fuping-poverty-rate-2014), "
    "read from the article of People's Daily Online, News of the Communist Party of China (2020) at 7:88-93"
)
NOTE_ZH = "阜平县贫困发生率，2014：54.4%（observations/fuping-poverty-rate-2014），据人民网·中国共产党新闻网2020年的报道（7:88-93）."
KEY = f"povdata-{VERSION}-{RATE.key}"


@pytest.mark.parametrize(
    ("style", "lines"),
    [
        ("apa", [f"{COMPILER}. (2020, April). {ROUND_UP}."]),
        (
            "bibtex",
            [
                "@misc{povdata-article,",
                f"  author  = {{{{{COMPILER}}}}},",
                f"  title   = {{{{{ROUND_UP}}}}},",
                "  year    = {2020},",
                "  month   = {4},",
                "}",
            ],
        ),
        ("gb7714", ["人民网·中国共产党新闻网. 15个省区市贫困县全部摘帽的媒体报道综述（原题未详）[EB/OL]. 2020-04."]),
        ("ris", ["TY  - ELEC", f"AU  - {COMPILER}", f"TI  - {ROUND_UP}", "PY  - 2020", "DA  - 2020/04//", "ER  - "]),
    ],
)
def test_the_article_is_cited_whole(style, lines):
    """Compiler, what it is, and the month; in each style as it is written."""
    assert povdata.cite(style, of="article").split("\n") == lines


@pytest.mark.parametrize(
    ("style", "lines"),
    [
        (
            "bibtex",
            [
                f"@misc{{{KEY},",
                "  author  = {{The povdata founders}},",
                f"  title   = {{{{{TITLE}}}}},",
                "  year    = {2026},",
                f"  version = {{{VERSION}}},",
                f"  note    = {{Data set; {NOTE}}},",
                "}",
            ],
        ),
        (
            "ris",
            ["TY  - DATA", "AU  - The povdata founders", f"TI  - {TITLE}", "PY  - 2026", f"ET  - {VERSION}", f"N1  - {NOTE}", "ER  - "],
        ),
        (
            "gb7714",
            [f"The povdata founders. {TITLE}[DS]. 版本{VERSION}. 2026. {NOTE_ZH}"],
        ),
    ],
)
def test_a_figure_is_cited_whole(style, lines):
    """The data, and in a note the figure with its place, period and value."""
    assert povdata.cite(style, of=RATE).split("\n") == lines


def test_csl_json_has_every_field():
    """Of the article, the data and a record; what there is none of is left out."""
    article = {"id": "povdata-article", "type": "article", "author": [{"literal": COMPILER}], "title": ROUND_UP}
    data = {"type": "dataset", "author": [{"literal": "The povdata founders"}], "title": TITLE, "version": VERSION}
    months, year = {"issued": {"date-parts": [[2020, 4]]}}, {"issued": {"date-parts": [[2026]]}}
    assert json.loads(povdata.cite("csl-json", of="article")) == [article | months]
    assert json.loads(povdata.cite("csl-json")) == [data | year | {"id": f"povdata-{VERSION}"}]
    assert json.loads(povdata.cite("csl-json", of=RATE)) == [data | year | {"id": KEY, "note": NOTE}]
    assert COMPILER in povdata.cite("csl-json", of="article")  # as characters, not as escapes


@pytest.mark.parametrize(
    ("relation", "sign"),
    [("exact", ""), ("more_than", "> "), ("less_than", "< "), ("at_least", "≥ "), ("at_most", "≤ "), ("about", "≈ ")],
)
def test_a_relation_has_its_sign(relation, sign):
    """A bound stands before its figure."""
    assert f"2014: {sign}54.4 percent " in povdata.cite(attrs.evolve(RATE, relation=relation))


def test_an_undated_figure_says_so():
    """In both languages, where the article has no date."""
    figure = attrs.evolve(RATE, period=None)
    assert "Poverty rate, Fuping County, no date: 54.4 percent" in povdata.cite(figure)
    assert "阜平县贫困发生率，时间不详：54.4" in povdata.cite("gb7714", of=figure)


def test_a_record_is_cited_from_its_first_place_to_its_last():
    """With the lines and characters of both."""
    found = sorted(item.locator for item in povdata.evidence(povdata.people["fan-zheng"]))
    assert len(found) > 1
    assert povdata.cite(povdata.people["fan-zheng"]).endswith(f" at {found[0]} to {found[-1]}.")
    assert povdata.cite("gb7714", of=povdata.people["fan-zheng"]).endswith(f"2020年的报道（{found[0]} to {found[-1]}）.")


def test_what_is_said_of_the_article_helps_to_find_it():
    """Who compiled it, whose text was used, the headings region by region to search for, and how to check what was found."""
    lines = citing.about_article().split("\n")
    assert lines[0] == f"{COMPILER} compiled it at the end of April 2020."
    assert lines[1].endswith(f"Lines and characters are counted in the text of a repost, {citing.REPOST}.")
    assert lines[3] == "; ".join(f"{region.name_short_zh} {region.heading}" for region in povdata.provinces) + "."
    assert "povdata verify FILE" in lines[4]
    assert len(lines) == 5
