"""Evidence as it shows itself, and what is no evidence."""

import re

import pandas as pd
import pytest

import povdata

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


def test_a_notebook_shows_evidence_as_a_table():
    """Six columns, and the number of citations above them."""
    shown = povdata.evidence(RATE)._repr_html_()
    assert re.findall("<th(?: [^>]*)?>(.*?)</th>", shown) == ["key", "column", "value", "locator", "characters", "basis"]
    assert "<caption>6 citations</caption>" in shown
    assert "<td>value</td><td>54.4</td><td>7:88-93</td><td>54.4%</td><td>stated</td>" in shown


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
    """Keys that several tables share are looked up in each, unless the frame has all columns of one of them."""
    places = povdata.places.to_pandas()
    joined = povdata.poverty_counties.to_pandas().merge(places, on="key")
    assert {item.table for item in povdata.evidence(joined)} == {"places"}
    assert len(povdata.evidence(joined)) == len(povdata.evidence(places[places["key"].isin(joined["key"])]))
    assert len(povdata.evidence(povdata.provinces.to_pandas())) == 0


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
