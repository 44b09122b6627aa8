"""Evidence as it shows itself, and what is no evidence."""

import re

import attrs
import pandas as pd
import pytest

import povdata
from conftest import Shown

RATE = povdata.observations["fuping-poverty-rate-2014"]


def test_evidence_prints_a_line_a_citation():
    """Key, column, characters, place and basis; of a phrase the characters are not kept."""
    assert str(povdata.evidence(RATE)).splitlines() == [
        "fuping-poverty-rate-2014 place: 阜平县 at 7:4-7, context",
        "fuping-poverty-rate-2014 indicator: (phrase) at 7:71-76, stated",
        "fuping-poverty-rate-2014 value: 54.4% at 7:88-93, stated",
        "fuping-poverty-rate-2014 relation: 54.4% at 7:88-93, stated",
        "fuping-poverty-rate-2014 period: 2014年 at 7:77-82, stated",
        "fuping-poverty-rate-2014 change_role: (phrase) at 7:76-77, stated",
    ]


def test_no_evidence_says_so():
    """A record of the reference half cites nothing of the article, and prints no empty line."""
    none = povdata.evidence(povdata.poverty_counties["520526"])
    assert (len(none), str(none)) == (0, "nothing here was read from the text")


def test_a_notebook_shows_evidence_as_a_table():
    """Six columns, and the number of citations above them."""
    shown = Shown(povdata.evidence(RATE)._repr_html_())
    assert shown.header == ["key", "column", "value", "locator", "characters", "basis"]
    assert shown.caption == "6 citations"
    assert ["fuping-poverty-rate-2014", "value", "54.4", "7:88-93", "54.4%", "stated"] in shown.rows


def test_evidence_prints_the_passages_of_a_copy(article_path):
    """With a copy, each passage once, with the characters marked and three dots at both ends."""
    lines = str(povdata.evidence(RATE, copy=article_path)).splitlines()
    marked = [re.search("【(.*)】", line)[1] for line in lines]
    assert len(marked) == 5
    assert {"阜平县", "54.4%", "2014年"} < set(marked)
    assert all(line[0] == line[-1] == "…" for line in lines)


def test_a_copy_that_contradicts_the_figure_is_said_to(article_lines):
    """Where the copy has another figure, that is shown, with what should stand there; where it has none, that is said."""
    (item,) = found = povdata.evidence(RATE, "value", copy="\n".join(article_lines).replace("54.4%", "55.4%"))
    assert (item.status, item.passage[1]) == ("contradicted", "55.4%")
    assert str(found).startswith("contradicted, '54.4%' should stand at 7:88-93: …")
    assert "【55.4%】" in str(found)
    assert "<b>contradicted, &#x27;54.4%&#x27; should stand at 7:88-93</b>" in found._repr_html_()
    (item,) = found = povdata.evidence(RATE, "value", copy="\n".join(article_lines[:3] + article_lines[10:]))
    assert (item.status, item.passage, str(found)) == ("missing", None, "missing, '54.4%' should stand at 7:88-93")


def test_a_copy_may_have_another_encoding(article_lines):
    """A copy in GB 18030 is read when its encoding is named."""
    copy = "\n".join(article_lines).encode("gb18030")
    (item,) = povdata.evidence(RATE, "value", copy=copy, encoding="gb18030")
    assert (item.status, item.passage[1]) == ("confirmed", "54.4%")


def test_a_joined_frame_has_the_evidence_of_both_tables():
    """Where a frame has columns that only one table has, and columns that only another has, its rows are looked up in both."""
    places = povdata.places.to_pandas()
    joined = povdata.provinces.to_pandas().merge(places, on="key")
    assert {item.table for item in povdata.evidence(joined)} == {"places", "delistings", "delisting_places"}
    assert len(povdata.evidence(joined)) == len(povdata.evidence(povdata.provinces)) + len(
        povdata.evidence(places[places["key"].isin(joined["key"])])
    )


@pytest.mark.parametrize("columns", [["key", "name_en"], ["key", "poverty_counties"], ["poverty_counties", "key", "name_zh"]])
def test_a_frame_is_of_the_table_that_it_was_made_from(columns):
    """Provinces share their keys with places and reconciliation; pandas keeps in mind which it is, and else a column tells."""
    frame = povdata.provinces.to_pandas()[columns]
    assert povdata.evidence(frame) == povdata.evidence(povdata.provinces)
    frame.attrs.clear()
    if "poverty_counties" in columns:
        assert povdata.evidence(frame) == povdata.evidence(povdata.provinces)
    else:
        with pytest.raises(
            povdata.InvalidArgumentError, match="the rows may be of provinces or places or divisions, which share these keys"
        ):
            povdata.evidence(frame)


def test_rows_are_found_in_any_frame():
    """pandas with the key as its index, polars and Arrow."""
    polars = pytest.importorskip("polars", reason="needs polars: pip install 'povdata[polars]'")
    pytest.importorskip("pyarrow", reason="needs pyarrow: pip install 'povdata[arrow]'")
    expected = povdata.evidence(povdata.observations)
    assert povdata.evidence(povdata.observations.to_pandas().set_index("key")) == expected
    assert povdata.evidence(povdata.observations.to_polars()) == expected
    assert povdata.evidence(povdata.observations.to_arrow()) == expected
    assert povdata.evidence(povdata.observations.to_polars().head(0).select("key", "place"), "place") == ()
    with pytest.raises(povdata.InvalidArgumentError, match="evidence takes a frame that is in memory, not LazyFrame"):
        povdata.evidence(polars.LazyFrame({"key": ["x"]}))


def test_evidence_of_several_tables_names_them():
    """For a province, the cells behind its headline stand with their table."""
    found = povdata.evidence(povdata.provinces["500000"])
    assert "delistings/chongqing-2020-02-22 total_national: 14个 at 95:48-51, stated" in str(found).splitlines()
    assert "delisting_places/chongqing-2020-02-22:500229" in {row[0] for row in Shown(found._repr_html_()).rows}
    assert str(povdata.evidence(RATE, "value")) == "fuping-poverty-rate-2014 value: 54.4% at 7:88-93, stated"


def test_every_derived_figure_leads_somewhere():
    """Each column that is computed from cells of the article has evidence wherever it is filled."""
    for table, column in (
        *(("provinces", name) for name in ("poverty_counties", "last_batch_counties", "last_batch_date", "authority")),
        *(("reconciliation", name) for name in ("article_total", "article_last_batch")),
        *(("observations", name) for name in ("period_start", "period_end")),
    ):
        for record in povdata.tables()[table]:
            assert bool(povdata.evidence(record, column)) == (getattr(record, column) is not None), (record.key, column)


def test_a_whole_record_named_by_a_caveat_counts_for_what_was_computed_from_it():
    """named-places-partial names delistings, not cells of them, and so concerns the provinces behind them."""
    paths = povdata.caveats["named-places-partial"].records
    assert "delistings/hebei-2020-02-29" in paths
    assert "named-places-partial" in {caveat.key for caveat in povdata.provinces["130000"].caveats}


def test_a_record_that_is_not_of_the_data_has_no_evidence():
    """A changed copy of a record under another key rests on nothing."""
    stranger = attrs.evolve(povdata.reconciliation["130000"], key="999999")
    assert povdata.evidence(stranger) == ()
    assert len(stranger.caveats) == 0


def test_a_frame_with_other_keys_is_told_which_to_rename():
    """The frame of changes has two keys a row, a joined one has key_x and key_y."""
    with pytest.raises(povdata.InvalidArgumentError, match="rename the right one of from_key, to_key to 'key'"):
        povdata.evidence(povdata.changes())
    joined = povdata.observations.to_pandas().merge(povdata.places.to_pandas(), left_on="place", right_on="key")
    with pytest.raises(povdata.InvalidArgumentError, match="rename the right one of key_x, key_y to 'key'"):
        povdata.evidence(joined)
    assert povdata.evidence(joined.rename(columns={"key_x": "key"}))[0].table == "observations"


@pytest.mark.parametrize(
    ("table", "key", "column", "cells"),
    [
        ("provinces", "130000", "poverty_counties", ["delistings/hebei-2020-02-29/total 5:74-77"]),
        ("provinces", "130000", "last_batch_counties", ["delistings/hebei-2020-02-29/count 5:51-54"]),
        (
            "provinces",
            "130000",
            "last_batch_date",
            ["delistings/hebei-2020-02-29/date 5:0-5", "delistings/hebei-2020-02-29/date 95:93-98"],
        ),
        ("provinces", "130000", "authority", ["delistings/hebei-2020-02-29/authority 5:6-13"]),
        ("provinces", "130000", "theme_en", []),
        (
            "provinces",
            "500000",
            "last_batch_counties",
            [
                f"delisting_places/chongqing-2020-02-22:{key}/place {locator}"
                for key, locator in {"500229": "95:9-12", "500238": "95:13-16", "500242": "95:17-20", "500243": "95:21-24"}.items()
            ],
        ),
        (
            "provinces",
            "500000",
            "poverty_counties",
            ["delistings/chongqing-2020-02-22/total_national 95:48-51", "delistings/chongqing-2020-02-22/total_provincial 95:64-66"],
        ),
        ("reconciliation", "130000", "article_total", ["delistings/hebei-2020-02-29/total 5:74-77"]),
        ("reconciliation", "130000", "national", []),
        ("observations", "fuping-poverty-rate-2014", "period_start", ["observations/fuping-poverty-rate-2014/period 7:77-82"]),
    ],
)
def test_a_derived_cell_rests_on_what_it_was_computed_from(table, key, column, cells):
    """Its evidence is that of the cells behind it."""
    found = povdata.evidence(povdata.tables()[table][key], column)
    assert [f"{item.table}/{item.key}/{item.column} {item.locator}" for item in found] == cells


def test_evidence_of_a_record_names_no_citation_twice():
    """Asked for a whole record, a derived cell adds nothing where the cell behind it is one of the record's own."""
    found = povdata.evidence(RATE)
    assert len(found) == len({(item.table, item.key, item.column, item.locator) for item in found}) == 6


def test_a_province_has_the_caveats_of_the_delisting_behind_its_headline():
    """The date of Inner Mongolia's last batch is disputed, so the province's date is; a frame says so too."""
    keys = {caveat.key for caveat in povdata.provinces["150000"].caveats}
    assert "neimenggu-date-elsewhere" in keys
    frame = povdata.provinces.to_pandas(caveats=True).set_index("key")
    assert set(frame.loc["150000", "caveats"].split(";")) == keys


def test_a_key_that_is_in_no_table_is_named():
    """Of a frame with a wrong key among good ones, the message names the wrong one."""
    with pytest.raises(povdata.NotFoundError, match="'130624-x'"):
        povdata.evidence(pd.DataFrame({"key": ["130624", "130624-x"]}))


def test_keys_of_two_tables_are_no_frame_of_one():
    """Where every key is known but no table has them all, the first is named."""
    with pytest.raises(povdata.NotFoundError, match="'130624'"):
        povdata.evidence(pd.DataFrame({"key": ["130624", "fan-zheng"]}))


def test_a_notebook_tells_what_a_copy_lacks(article_lines):
    """Each passage is a paragraph; where the copy has none, the remark stands alone."""
    shown = povdata.evidence(RATE, copy="\n".join(article_lines[:3] + article_lines[10:]))._repr_html_()
    paragraphs = shown.partition("</table>")[2]
    assert "<p><b>missing, &#x27;54.4%&#x27; should stand at 7:88-93</b> </p><p><b>missing" in paragraphs
    assert paragraphs.startswith("<p>")
    assert paragraphs.endswith("</p>")


@pytest.mark.parametrize(
    ("characters", "status", "says"),
    [
        ("54.4%", "contradicted", "contradicted, '54.4%' should stand at 7:88-93"),
        (None, "unclear", "unclear, other characters should stand at 7:88-93"),
        (None, "missing", "missing, other characters should stand at 7:88-93"),
        ("54.4%", "confirmed", ""),
        ("54.4%", "moved", ""),
        ("54.4%", None, ""),
    ],
)
def test_how_a_copy_differs_is_said_in_words(characters, status, says):
    """What should stand where; of a phrase the characters are not kept, and what is confirmed differs in nothing."""
    (item,) = povdata.evidence(RATE, "value")
    assert item._replace(characters=characters, status=status).differs() == says


def test_a_frame_without_keys_is_told_to_keep_them():
    """By them its rows are found."""
    with pytest.raises(povdata.InvalidArgumentError, match="by which its rows are found; keep it when you select columns"):
        povdata.evidence(povdata.places.to_pandas()[["name_zh"]])


def test_a_passage_has_the_words_of_its_line_around_it(article_lines):
    """Forty characters before and after, and none of another line."""
    (item,) = povdata.evidence(RATE, "value", copy="\n".join(article_lines))
    assert item.passage == (article_lines[6][48:88], "54.4%", article_lines[6][93:133])
    (item,) = povdata.evidence(povdata.provinces["130000"], "last_batch_date", copy="\n".join(article_lines))[:1]
    line, start, end = item.locator
    assert item.passage == (article_lines[line - 1][:start], article_lines[line - 1][start:end], article_lines[line - 1][end : end + 40])
