"""The report on a copy, as text and as tables."""

import os
import pickle
import re
from copy import deepcopy
from decimal import Decimal

import attrs
import pytest

import povdata
from povdata import verification
from povdata.installed import source
from povdata.locators import Locator
from povdata.verification import Cell, Passage, Report

PASSAGES = [
    Passage(
        Locator(7, 88, 93),
        "contradicted",
        "54.4%",
        "55.4%",
        400,
        section="130000",
        cells=("observations/fuping-poverty-rate-2014/relation", "observations/fuping-poverty-rate-2014/value"),
    ),
    Passage(Locator(7, 77, 82), "confirmed", "2014年", "2014年", 390, section="130000"),
    Passage(Locator(1, 4, 8), "missing", None, None, None),
]
CELLS = [
    Cell("observations", "fuping-poverty-rate-2014", "value", "54.4", "contradicted", "the copy has '55.4%'"),
    Cell("observations", "fuping-poverty-rate-2014", "period", "2014", "confirmed", ""),
    Cell("places", "130624", "names_printed", "阜平县", "moved", ""),
]
REPORT = Report("other", tuple(PASSAGES), tuple(CELLS), {"130000": "Hebei"})


def test_a_report_counts_cells_and_passages():
    """Cells by table, passages by section; those outside every section stand under an empty key."""
    assert REPORT.counts() == {"observations": {"contradicted": 1, "confirmed": 1}, "places": {"moved": 1}}
    assert REPORT.sections() == {"": {"missing": 1}, "130000": {"contradicted": 1, "confirmed": 1}}
    assert REPORT.problems == (CELLS[0],)
    assert not REPORT.ok
    assert repr(REPORT) == "<Report: 2 of 3 cells confirmed>"


def test_a_report_can_be_sent_and_copied(article_path):
    """To another process, or into a variable of one's own."""
    report = povdata.verify(article_path)
    assert pickle.loads(pickle.dumps(report)) == deepcopy(report) == report
    assert str(deepcopy(report)) == str(report)


def test_a_report_is_plain_values():
    """to_dict() holds the same, ready for JSON."""
    assert REPORT.to_dict() == {
        "edition": "other",
        "ok": False,
        "verdict": "contradicted",
        "passages": {"contradicted": 1, "confirmed": 1, "missing": 1},
        "cells": REPORT.counts(),
        "sections": REPORT.sections(),
        "problems": [CELLS[0]._asdict()],
    }


def test_a_report_prints_its_problems():
    """Edition, shares, and a line for each passage that differs, with the cells that rest on it."""
    assert not REPORT
    assert str(REPORT).splitlines() == [
        "edition: other",
        "the copy holds 2 of 3 passages; of these 1 confirmed, 1 contradicted",
        "cells: 1 of 3 confirmed, 1 moved, 1 contradicted",
        f"  contradicted: {PASSAGES[0].difference()}: observations/fuping-poverty-rate-2014 (relation, value)",
        "  missing: the copy has nothing for 1:4-8, where other characters should stand: set aside, no cell rests on it",
        "Text that no cell rests on is not compared.",
    ]


def test_a_report_names_a_section_that_the_copy_lacks_in_one_line(article_lines):
    """Jiangxi's lines are cut out: one line says so, and none of its passages is listed."""
    report = povdata.verify("\n".join(article_lines[:47] + article_lines[53:]))
    assert not report
    assert [line for line in str(report).splitlines() if "Jiangxi" in line or " 48:" in line] == [
        "  nothing of the section Jiangxi is in the copy"
    ]


@pytest.mark.parametrize(
    ("copy", "error", "message"),
    [
        (None, povdata.InvalidArgumentError, "a copy is a path, the text itself or bytes, its encoding a name, not NoneType and str"),
        ("", povdata.CopyError, "cannot read '': Is a directory; name a file"),
        ("x" * 5000, povdata.CopyError, "cannot read 'x{40}…': File name too long; name a file; a text without"),
        ("one\ntwo", povdata.CopyError, "this is not the article, or too little of it: 0 of 1621 cited passages are in it, 30 are needed"),
    ],
)
def test_what_is_no_copy_is_refused(copy, error, message):
    """What is given is named, cut short where it is long, and what is wanted."""
    with pytest.raises(error, match=message):
        povdata.verify(copy)


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (b"%PDF-1.7\n", "the copy is PDF; give the text that is in it"),
        (b"\x1f\x8b\x08\x00", "the copy is gzip"),
        (b"PK\x03\x04", "the copy is a ZIP archive"),
        (rb"{\rtf1\ansi x}", "this is RTF: save it as plain text: 0 of 1621"),
        (b'{"text": "x"}', "this is JSON: give the text that is in it"),
        (rb'["\u7f16\u8005"]', "this is JSON"),
        (b"x =E7=BC=96=E8=80=85=E6=8C=89", "this is quoted-printable: decode it first"),
        ((b"YWJj" * 19 + b"\n") * 4, "this is base64"),
    ],
)
def test_other_formats_are_named(data, named):
    """What is no text, or text written in another way, is told by its name."""
    with pytest.raises(povdata.CopyError, match=re.escape(named)):
        povdata.verify(data)


def test_pipes_and_devices_are_refused(tmp_path):
    """Nobody waits for a pipe that nothing is written to."""
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", "/dev/null"):
        with pytest.raises(povdata.CopyError, match="is a pipe, a socket or a device; give a file, or its content as bytes"):
            povdata.verify(path)


def test_a_part_is_told_from_a_falsified_copy(article_lines):
    """The verdict is the worst that is told of a cell; what is missing alone makes a part."""
    text = "\n".join(article_lines)
    assert povdata.verify(text).verdict == "confirmed"
    assert povdata.verify("\n".join(article_lines[:60])).verdict == "part"
    assert povdata.verify(text.replace("62个", "62个[1]")).verdict == "unclear"
    assert povdata.verify(text.replace("62个", "63个")).verdict == "contradicted"


def test_a_report_keeps_the_order_of_the_article(article_lines):
    """Passages stand as in the article, and so do the lines of the report."""
    passages = povdata.verify("\n".join(article_lines[60:])).passages
    assert list(passages) == sorted(passages, key=lambda passage: passage.locator)


def test_characters_that_read_alike_are_shown_raw(article_lines):
    """A stroke through a figure is written out."""
    (passage,) = [
        one for one in povdata.verify("\n".join(article_lines).replace("9800元", "9\u0336800元")).passages if one.status == "contradicted"
    ]
    assert r"\u0336" in passage.difference()


def test_a_text_with_line_breaks_is_the_copy_itself(article_lines):
    """verify() takes the text, its bytes or its path."""
    assert povdata.verify("\n".join(article_lines)).edition == "reference"


def tables_of(shown):
    """Caption, header and rows of each table."""
    return [
        (
            re.search("<caption[^>]*>(.*?)</caption>", table)[1],
            re.findall("<th(?: [^>]*)?>(.*?)</th>", table),
            [re.findall("<td[^>]*>(.*?)</td>", row) for row in re.findall("<tr[^>]*>(<td.*?)</tr>", table)],
        )
        for table in re.findall("<table.*?</table>", shown)
    ]


def test_a_notebook_shows_three_tables():
    """Cells by table, passages by section, and what is not confirmed."""
    statuses = ["confirmed", "moved", "unclear", "contradicted", "missing"]
    shown = REPORT._repr_html_()
    cells, sections, problems = tables_of(shown)
    assert len(re.findall('<td style="[^"]*text-align:right"', shown)) == 4 * 5
    assert "2 of 3 cells confirmed" in cells[0]
    assert "other edition" in cells[0]
    assert cells[1:] == (["table", *statuses], [["observations", "1", "0", "0", "1", "0"], ["places", "0", "1", "0", "0", "0"]])
    assert "section" in sections[0]
    assert sections[1:] == (["section", *statuses], [["outside the sections", "0", "0", "0", "0", "1"], ["Hebei", "1", "0", "0", "1", "0"]])
    assert problems == (
        "not confirmed",
        ["table", "key", "column", "value", "status", "what is wrong"],
        [["observations", "fuping-poverty-rate-2014", "value", "54.4", "contradicted", "the copy has &#x27;55.4%&#x27;"]],
    )


def test_a_report_without_problems_shows_two_tables():
    """Where all is confirmed, there is no table of what is not."""
    assert len(tables_of(Report("reference", PASSAGES[1:2], CELLS[1:2])._repr_html_())) == 2


def test_an_encoding_that_python_does_not_know_is_refused():
    """The message names the encoding and gives one that would do."""
    with pytest.raises(povdata.CopyError, match=r"no such encoding: 'utf-9'.*'gb18030'"):
        povdata.verify(b"x", encoding="utf-9")


def test_a_confirmed_cell_says_no_more(article_path):
    """Of the reference edition every cell is confirmed, with its text and without a message."""
    cells = povdata.verify(article_path).cells
    assert {(cell.status, cell.message) for cell in cells} == {("confirmed", "")}
    assert next(cell.value for cell in cells if cell[:3] == ("observations", "fuping-poverty-rate-2014", "value")) == "54.4"


def test_a_cell_that_its_characters_do_not_say_is_contradicted(article_path):
    """That the passage stands is not enough: it must read as the cell's value."""
    table = povdata.observations
    records = [attrs.evolve(item, value=Decimal("54.5")) if item.key == "fuping-poverty-rate-2014" else item for item in table]
    tables = {**povdata.tables(), "observations": povdata.Table("observations", table.record, records)}
    (cell,) = verification.verify(article_path, source()._replace(tables=tables)).problems
    says = "the characters do not say so: '54.4%' at 7:88-93"
    assert cell == Cell("observations", "fuping-poverty-rate-2014", "value", "54.5", "contradicted", says)


def test_a_cell_whose_passage_is_another_says_what_stands_there(article_lines):
    """The message has the copy's characters, the place and what should stand there."""
    copy = "\n".join(article_lines).replace("54.4%", "55.4%").encode()
    says = "the copy has '55.4%' for 7:88-93, where '54.4%' should stand"
    assert {(cell.column, cell.message) for cell in povdata.verify(copy).problems if cell.key == "fuping-poverty-rate-2014"} == {
        ("value", says),
        ("relation", says),
    }


def test_a_mask_excuses_only_what_was_lifted(article_path):
    """Where the copy has the mask itself, a cell that rests on it must be what the words beside it say."""
    table = povdata.observations
    records = [attrs.evolve(item, indicator="poor_households") if item.key == "baisha-first-secretaries" else item for item in table]
    tables = {**povdata.tables(), "observations": povdata.Table("observations", table.record, records)}
    assert [cell[:5] for cell in verification.verify(article_path, source()._replace(tables=tables)).problems] == [
        ("observations", "baisha-first-secretaries", "indicator", "poor_households", "contradicted")
    ]


def test_a_list_may_begin_with_a_dash(article_lines):
    """The dash of a list, or of a heading, is no minus sign; that of a range is."""
    text = "\n".join(article_lines)
    assert povdata.verify(text.replace("\n2月", "\n-2月").replace("\n2月", "\n- 2月")).ok
    assert any("60-62个" in cell.message for cell in povdata.verify(text.replace("62个", "60-62个")).problems)


def test_a_page_may_spell_every_character_as_a_reference(article_lines):
    """HTML in ASCII, as lxml writes it, is read like any other; what differs is shown in readable characters."""

    def page(lines):
        return "".join(f"<p>{line}</p>" for line in lines).encode("ascii", "xmlcharrefreplace")

    assert povdata.verify(page(article_lines)).ok
    report = povdata.verify(page([line.replace("54.4%下降", "54.4%以上下降") for line in article_lines]))
    says = "the copy has '54.4%以上' for 7:88-93, where '54.4%' should stand (something else stands beside it)"
    assert says in {cell.message for cell in report.problems}
    rate = povdata.observations["fuping-poverty-rate-2014"]
    (item,) = povdata.evidence(rate, "value", copy=page(article_lines))
    before, characters, after = item.passage
    assert (before[-3:], characters, after[:2]) == ("卡时的", "54.4%", "下降")


def test_a_number_is_contradicted_by_a_number_alone(article_lines):
    """Where captions or the rest of the article are cut off, what was there is missing, whatever words stand at the edge of the cut."""
    for copy in ([line for line in article_lines if "图片来源" not in line], article_lines[:60]):
        report = povdata.verify("\n".join(copy))
        assert {cell.status for cell in report.problems} == {"missing"}


def test_an_encoding_that_decodes_nothing_is_refused(article_path):
    """Python has encodings that are none."""
    with pytest.raises(povdata.CopyError, match=r"the copy is not UNDEFINED .*; name its encoding, such as gb18030"):
        povdata.verify(article_path, encoding="undefined")


def test_a_text_without_line_breaks_is_taken_for_a_path(article_lines):
    """The message says how to give it."""
    with pytest.raises(povdata.CopyError, match="name a file; a text without line breaks is taken for a path: give it as bytes"):
        povdata.verify("".join(article_lines))
    assert povdata.verify("".join(article_lines).encode())


def test_a_mask_is_not_lifted_by_any_title(article_lines):
    """Where we read secretary into a mask, a copy with another title contradicts it; one with that title, or the mask, does not."""
    titles = {
        "fan-zheng": ("当选支部*", "当选支部委员"),
        "sun-yongsheng": ("县委*孙永胜", "县委宣传部长孙永胜"),
        "chengkou-branch-secretaries-replaced": ("不合格的村支部*", "不合格的村支部委员"),
    }
    other = same = "\n".join(article_lines)
    for masked, title in titles.values():
        other, same = other.replace(masked, title), same.replace(masked, masked.replace("*", "书记"))
    assert {cell.key for cell in povdata.verify(other).problems} >= titles.keys()
    assert povdata.verify(same.replace("小*", "小股东")).ok


def test_what_is_a_comment_or_a_script_is_not_read(article_lines):
    """Lines that stand where they should, but within markup that no reader sees, are missing."""
    lines = [*article_lines[:8], article_lines[8] + "<!--", article_lines[9] + "-->", *article_lines[10:]]
    report = povdata.verify("\n".join(lines))
    assert {passage.locator.line for passage in report.passages if passage.status == "missing"} == {10}


def pieces(line: str, width: int) -> list[str]:
    return [line[at : at + width] for at in range(0, len(line), width)]


FAITHFUL = {
    "a line before a date": lambda lines: "\n".join(f"责任编辑:小王\n{line}" for line in lines),
    "comments between": "\n5条评论\n".join,
    "a source between": "\n来源:新华社\n".join,
    "a date between": "\n发布于4月\n".join,
    "the year told": lambda lines: "\n".join(lines).replace("\n2月29日", "\n2020年2月29日"),
    "a numbered list": lambda lines: "\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1)),
    "a tag around every few characters": lambda lines: "\n".join(
        "<p>" + "".join(f"<span>{part}</span>" for part in pieces(line, 7)) + "</p>" for line in lines
    ),
    "every character a reference": lambda lines: "<br>\n".join("".join(f"&#{ord(character)};" for character in line) for line in lines),
    "soft hyphens": lambda lines: "\n".join("\u00ad".join(line) for line in lines),
    "thin blanks in thousands": lambda lines: re.sub(r"(?<![\d.])(\d{1,3})(\d{3})(?=[^\d年])", "\\1\u202f\\2", "\n".join(lines)),
    "hard blanks in thousands": lambda lines: re.sub(r"(?<![\d.])(\d{1,3})(\d{3})(?=[^\d年])", "\\1&nbsp;\\2", "\n".join(lines)),
    "quoted in a letter": lambda lines: "\n".join(f"> {part}" for line in lines for part in pieces(line, 33) or [""]),
}


@pytest.mark.parametrize("form", FAITHFUL)
def test_a_faithful_copy_is_confirmed(article_lines, form):
    """Forms in which pages, mails and converters give a text."""
    report = povdata.verify(FAITHFUL[form](article_lines))
    assert [str(cell) for cell in report.problems] == []


def test_the_article_has_sections_titles_and_masks():
    """A line belongs to its region, the first and the last line of it too; the office is read into the masks that the caveat names."""
    article = source()
    first, last = povdata.provinces["130000"].first_line, povdata.provinces["130000"].last_line
    assert [article.section(Locator(line, 0, 1)) for line in (first - 1, first, last, last + 1)] == ["", "130000", "130000", "140000"]
    assert (len(article.titles), article.titles["540000"]) == (15, "Tibet")
    assert {"people/fan-zheng", "practices/baiquan-five-good", "observations/baisha-first-secretaries"} < article.masks.keys()
    assert set(article.masks.values()) == {"书记"}
    assert {path.count("/") for path in article.masks} == {1}


@pytest.mark.parametrize(
    ("statuses", "verdict"),
    [
        ([], "confirmed"),
        (["confirmed", "moved"], "confirmed"),
        (["confirmed", "missing"], "part"),
        (["missing", "unclear"], "unclear"),
        (["unclear", "contradicted", "confirmed"], "contradicted"),
    ],
)
def test_the_verdict_is_the_worst_that_is_told(statuses, verdict):
    """What moved is confirmed, and of what is missing the copy may simply be a part."""
    report = Report("other", (), tuple(CELLS[1]._replace(status=status) for status in statuses))
    assert report.verdict == verdict
    assert report.ok == bool(report) == (verdict == "confirmed")


def test_what_is_hard_to_see_is_spelt_out():
    """A stroke through a figure, also where something separates its digits."""
    says = Passage(Locator(8, 36, 40), "contradicted", "1 10", "1 1\u03360", 0).difference()
    assert says == r"the copy has '1 1\u03360' for 8:36-40, where '1 10' should stand"
    assert REPORT._repr_html_().startswith("<table")
