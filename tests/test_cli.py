"""The command line: output, errors on one line, honest exit codes."""

import csv
import io
import itertools
import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

import povdata
from povdata import plots
from povdata.cli import main
from povdata.exceptions import DataError, Problem
from povdata.model import markup

pytestmark = pytest.mark.everywhere


def run(capsys, *arguments):
    code = main(arguments)
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def shell(line):
    """Exit code, output and errors of a line of bash in which $POVDATA is the command; output is buffered as it is for users."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    environment["POVDATA"] = f"{sys.executable} -m povdata"
    ran = subprocess.run(["bash", "-o", "pipefail", "-c", line], env=environment, capture_output=True, text=True, check=False)
    return ran.returncode, ran.stdout, ran.stderr


def test_the_bare_command_prints_the_overview(capsys):
    """Version, tables with their size, and the 15 regions with their headline facts."""
    code, out, err = run(capsys)
    assert (code, err) == (0, "")
    assert out.startswith(f"povdata {povdata.__version__}: ")
    lines = out.splitlines()
    assert next(line for line in lines if line.startswith("Hebei")).split() == ["Hebei", "河北省", "62", "13", "2020-02-29"]
    assert next(line for line in lines if line.startswith("Inner Mongolia")).split()[2:] == ["内蒙古自治区", "20", "2020-04-19"]
    assert next(line for line in lines if line.startswith("observations")).split()[1] == str(len(povdata.observations))


def test_show_writes_csv_that_reads_back(capsys):
    """--format csv is the file itself."""
    code, out, _ = run(capsys, "show", "provinces", "--format", "csv")
    assert code == 0
    assert [row["key"] for row in csv.DictReader(io.StringIO(out))] == list(povdata.provinces.by_key)


def test_show_selects_and_writes_json(capsys):
    """--where and --within select; --format json is a list of rows."""
    code, out, _ = run(capsys, "show", "observations", "--within", "河北", "--where", "indicator=poverty_rate", "--format", "json")
    assert code == 0
    assert [(row["period"], row["value"]) for row in json.loads(out)] == [("2014", 54.4), ("2019", 0.46)]


def shown_as_json(capsys, *arguments):
    return json.loads(run(capsys, "show", *arguments, "--format", "json")[1], parse_float=Decimal)


def test_json_has_the_types_of_the_cells(capsys):
    """Figures are numbers exactly as stated, counts whole numbers, lists are lists, days ISO texts, and an empty cell is null."""
    rate, *_ = shown_as_json(capsys, "observations", "--where", "key=fuping-poverty-rate-2014")
    assert (rate["value"], rate["period_start"], rate["change"]) == (Decimal("54.4"), "2014-01-01", "fuping-poverty-rate")
    assert (rate["organization"], rate["period"]) == (None, "2014")
    (hebei,) = shown_as_json(capsys, "provinces", "--where", "key=130000")
    assert (repr(hebei["poverty_counties"]), hebei["last_batch_date"]) == ("62", "2020-02-29")
    (baoding,) = shown_as_json(capsys, "places", "--where", "key=130600")
    assert (baoding["names_printed"], baoding["adcode"]) == (["保定市", "保定"], "130600")
    assert [row["last_batch"] for row in shown_as_json(capsys, "delistings", "--where", "key=hebei-2020-02-29")] == [True]
    assert shown_as_json(capsys, "places", "--where", "name_en=Atlantis") == []


@pytest.mark.parametrize("table", povdata.tables())
def test_json_holds_every_value(capsys, table):
    """Read with exact decimals, the JSON is what the records hold."""

    def plain(value):
        return list(value) if isinstance(value, tuple) else value.isoformat() if isinstance(value, date) else value

    rows = povdata.tables()[table].to_dicts(exact=True)
    assert shown_as_json(capsys, table) == [{name: plain(value) for name, value in row.items()} for row in rows]


def test_a_column_given_twice_means_any_of_the_values(capsys):
    """Values of one column widen the selection, those of different columns narrow it."""
    conditions = ("indicator=poverty_rate", "place=130624", "place=469025", "period=2014")
    rows = shown_as_json(capsys, "observations", *(word for condition in conditions for word in ("--where", condition)))
    assert [(row["place"], row["value"]) for row in rows] == [("469025", Decimal("35.2")), ("130624", Decimal("54.4"))]


def test_nothing_after_the_equals_sign_means_an_empty_cell(capsys):
    """An empty value selects the rows whose cell is empty; for a column that is never empty it is an error."""
    rows = shown_as_json(capsys, "observations", "--where", "indicator=poor_households", "--where", "change=")
    assert [row["key"] for row in rows] == ["tianzhen-poor-households"]
    code, out, err = run(capsys, "show", "observations", "--where", "indicator=")
    assert (code, out, err) == (2, "", "povdata: observations.indicator is never empty\n")


def shown_as_csv(capsys, *arguments):
    code, out, err = run(capsys, "show", *arguments, "--format", "csv")
    assert (code, err) == (0, "")
    return list(csv.reader(io.StringIO(out)))


@pytest.mark.parametrize(
    ("options", "header", "first"),
    [
        (["--columns", "value,period"], ["value", "period"], ["54.4", "2014"]),
        (["--columns", "value", "--sort", "value"], ["value"], ["0.46"]),
        (["--columns", "key", "--sort", "-period"], ["key"], ["fuping-poverty-rate-2019"]),
        (["--columns", "place_name", "--labels", "zh"], ["place_name"], ["阜平县"]),
        (["--columns", "unit,indicator_name", "--labels", "en"], ["unit", "indicator_name"], ["percent", "Poverty rate"]),
        (["--columns", "lower,upper", "--bounds"], ["lower", "upper"], ["54.4", "54.4"]),
        (["--columns", "lower,upper", "--bounds", "rounding"], ["lower", "upper"], ["54.35", "54.45"]),
        (["--columns", "lower", "--bounds", "rounding", "--sort", "lower"], ["lower"], ["0.455"]),
        (["--columns", "key", "--sort", "indicator,-value"], ["key"], ["fuping-poverty-rate-2014"]),
    ],
)
def test_show_takes_the_options_of_the_frames(capsys, options, header, first):
    """Columns in the order asked for; names and bounds beside them; rows sorted, a minus putting the greatest first."""
    rows = shown_as_csv(capsys, "observations", "--within", "阜平县", "--where", "indicator=poverty_rate", *options)
    assert rows[:2] == [header, first]


def test_caveats_are_named_beside_the_row(capsys):
    """Of Lingao's rate, which is printed a thousand times too small."""
    (_, (caveats,)) = shown_as_csv(capsys, "observations", "--where", "key=lingao-poverty-rate-2019", "--caveats", "--columns", "caveats")
    assert caveats == ";".join(caveat.key for caveat in povdata.observations["lingao-poverty-rate-2019"].caveats) != ""


def test_empty_cells_are_sorted_last_and_a_limit_cuts(capsys):
    """In both directions."""
    for sign in ("", "-"):
        rows = shown_as_csv(capsys, "provinces", "--sort", f"{sign}authority", "--columns", "authority")[1:]
        assert [filled for filled, _ in itertools.groupby(bool(cell) for (cell,) in rows)] == [True, False]
        assert shown_as_csv(capsys, "provinces", "--sort", f"{sign}authority", "--columns", "authority", "--limit", "3")[1:] == rows[:3]


def terminal(columns, *arguments):
    """What a command prints on a terminal so many columns wide."""
    pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")
    leader, follower = pty.openpty()
    environment = {**os.environ, "COLUMNS": str(columns)}
    with subprocess.Popen([sys.executable, "-m", "povdata", *arguments], stdout=follower, env=environment, stderr=subprocess.PIPE) as ran:
        os.close(follower)
        parts = []
        while True:
            try:
                part = os.read(leader, 65536)
            except OSError:  # how Linux says that it is over
                break
            if not part:
                break
            parts.append(part)
        remark = ran.stderr.read().decode()
    os.close(leader)
    return b"".join(parts).decode().splitlines(), remark


def test_a_table_is_as_wide_as_the_terminal(capsys):
    """Cells are cut to the terminal, and columns left out where there is no room; keys stand whole, and a pipe gets everything."""
    lines, remark = terminal(90, "show", "practices", "--labels", "zh")
    assert max(map(markup.width, lines)) <= 90
    assert [line.split()[0] for line in lines[1:]] == list(povdata.practices.by_key)
    assert "…" in "".join(lines)
    assert "columns: --columns chooses others" in remark
    assert "…" not in run(capsys, "show", "practices")[1]
    lines, remark = terminal(100, "show", "practices", "--columns", "name_zh,summary_en,key")
    assert lines[0].split() == ["name_zh", "summary_en", "key"]
    assert max(map(markup.width, lines)) <= 100
    assert "columns" not in remark


@pytest.mark.parametrize("table", povdata.tables())
def test_markdown_shows_each_cell_as_it_stands(capsys, table):
    """Read by a Markdown parser, the table has the cells of the file: asterisks, underscores and brackets are escaped."""
    markdown = pytest.importorskip("markdown_it", reason="markdown-it-py is not installed").MarkdownIt("gfm-like", {"linkify": False})
    _, out, _ = run(capsys, "show", table, "--format", "markdown")
    cells = [
        "".join(part.content for part in token.children if part.type in ("text", "text_special"))
        for token in markdown.parse(out)
        if token.type == "inline"
    ]
    rows = povdata.tables()[table].to_rows()
    assert cells == [*povdata.tables()[table].schema, *(" ".join(cell.split(" ")).strip() for row in rows for cell in row.values())]


def test_csv_can_begin_with_a_mark_for_excel():
    """--bom writes one byte-order mark, in UTF-8; with another encoding it is refused."""
    line = "$POVDATA show provinces --format csv --bom --limit 1 --columns key"
    assert shell(line) == (0, "\ufeffkey\n130000\n", "")
    code, out, err = shell(f"PYTHONIOENCODING=gbk {line}")
    assert (code, out) == (2, "")
    assert err == "povdata: --bom marks UTF-8, and PYTHONIOENCODING asks for gbk; leave one of them out\n"


def test_the_encoding_that_is_asked_for_is_used():
    """PYTHONIOENCODING decides; without it the output is UTF-8, also in the C locale; what it cannot write is one line."""
    show = "$POVDATA show provinces --columns name_zh --limit 1 --format csv"
    assert shell(f"PYTHONIOENCODING=gb18030 {show} | iconv -f gb18030 -t utf-8")[:2] == (0, "name_zh\n河北省\n")
    assert shell(f"LC_ALL=C PYTHONUTF8=0 PYTHONCOERCECLOCALE=0 {show}") == (0, "name_zh\n河北省\n", "")
    assert shell(f"PYTHONIOENCODING=ascii:replace {show}")[:2] == (0, "name_zh\n???\n")
    code, _, err = shell(f"PYTHONIOENCODING=ascii {show}")
    assert (code, err.count("\n")) == (2, 1)
    assert err.endswith("set PYTHONIOENCODING=ascii:replace or leave it out\n")


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("阜平", ["places", "130624", "Fuping County"]),
        ("54.4", ["observations", "fuping-poverty-rate-2014"]),
        ("cao wen", ["people", "cao-wen", "Cao Wen"]),
    ],
)
def test_search_goes_over_all_tables(capsys, text, first):
    """A name in any language, or a figure; each record with its table."""
    code, out, _ = run(capsys, "search", text, "--format", "csv")
    assert code == 0
    assert list(csv.reader(io.StringIO(out)))[1][: len(first)] == first


def test_a_figure_is_not_taken_for_a_code(capsys):
    """54.4 is no part of the code 540423; nothing found is said on standard error."""
    assert len(json.loads(run(capsys, "search", "54.4", "--format", "json")[1])) == 1
    assert run(capsys, "search", "xyzzy", "--format", "json") == (0, "[]\n", "nothing is called or measures 'xyzzy'\n")


def test_evidence_as_json(capsys):
    """A list with an object per citation."""
    code, out, _ = run(capsys, "evidence", "observations", "fuping-poverty-rate-2014", "value", "--format", "json")
    (item,) = json.loads(out)
    assert (code, item["locator"], item["characters"], item["status"]) == (0, "7:88-93", "54.4%", None)


@pytest.mark.parametrize(
    ("labels", "table", "place", "columns"),
    [
        ("zh", "poverty_counties", "毕节", {"name_zh", "exit_year", "announced"}),
        ("en", "poverty_counties", "毕节", {"name_en", "exit_year", "announced"}),
        ("zh", "observations", "阜平", {"place_name", "value", "relation", "period"}),
    ],
)
def test_a_narrow_terminal_keeps_what_matters(labels, table, place, columns):
    """Names in the language that is asked for, values with their qualifiers, and dates come before what else there is."""
    lines, _ = terminal(80, "show", table, "--within", place, "--labels", labels)
    assert columns <= set(lines[0].split())


def test_a_condition_that_nothing_meets_says_what_finds_names(capsys):
    """A part of a name is no cell; the remark names the two ways that understand it."""
    code, _, err = run(capsys, "show", "poverty_counties", "--where", "name_zh=威宁")
    assert (code, err.partition(";")[0]) == (0, "0 of 948 rows")
    assert "--within finds a place by any of its names" in err
    assert "--within" not in run(capsys, "show", "poverty_counties", "--where", "name_zh=阜平县")[2]


def test_a_panel_is_written_as_any_table(capsys):
    """Years, codes, tier and language are those of `povdata.panel`; whole numbers and days come out as in the data files."""
    options = ("panel", "2018", "2019", "--codes-as-of", "2010", "--tier", "both", "--labels", "zh", "--format")
    code, out, err = run(capsys, *options, "csv")
    assert (code, err) == (0, "")
    frame = povdata.panel(2018, 2019, codes_as_of=2010, tier=None, labels="zh")
    assert pd.read_csv(io.StringIO(out), dtype="str").fillna("").equals(frame.astype("str").fillna(""))
    lines = out.splitlines()
    assert "130624,130624,阜平县,130000,河北省,national,2018,2019,listed,-1,2020-02-29" in lines
    assert "520603,,万山区,520000,贵州省,national,2019,2017,exited,2," in lines
    first, *_, last = json.loads(run(capsys, *options, "json")[1])
    assert (first["year"], first["cohort"], first["announced"]) == (2018, 2018, "2019-05-05")
    assert (last["year"], last["cohort"], last["announced"]) == (2019, 2017, None)


@pytest.mark.parametrize(("name", "start"), [("a.png", b"\x89PNG"), ("a.svg", b"<?xml"), ("a.pdf", b"%PDF")])
def test_plots_are_drawn_into_a_file(capsys, tmp_path, name, start):
    """In the format of its name, in either language."""
    pytest.importorskip("matplotlib", reason="matplotlib is not installed")
    path = tmp_path / name
    assert run(capsys, "plot", "before_after", "poverty_rate", "--out", str(path))[:2] == (0, f"{path}\n")
    assert path.read_bytes().startswith(start)


def test_each_plot_has_a_name_on_the_command_line(capsys, tmp_path):
    """All of `povdata.plots`."""
    pytest.importorskip("matplotlib", reason="matplotlib is not installed")
    for name in plots.__all__:
        assert run(capsys, "plot", name, "--out", str(tmp_path / f"{name}.svg"))[0] == 0


def completed(line):
    """What argcomplete offers at the end of a line."""
    pytest.importorskip("argcomplete", reason="argcomplete is not installed")
    told = {
        "_ARGCOMPLETE": "1",
        "_ARGCOMPLETE_IFS": "\n",
        "COMP_LINE": line,
        "COMP_POINT": str(len(line.encode())),
        "_ARGCOMPLETE_SHELL": "bash",
    }
    script = "import os, sys; os.dup2(1, 8); from povdata.cli import main; main()"
    ran = subprocess.run([sys.executable, "-c", script], env={**os.environ, **told}, capture_output=True, text=True, check=False)
    return ran.stdout.split("\n")


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("povdata ev", "evidence "),
        ("povdata show obs", "observations "),
        ("povdata evidence people cao", "cao-wen "),
        ("povdata evidence people cao-wen role_", "role_en"),
        ("povdata show people --columns key,name_z", "key,name_zh "),
        ("povdata show people --sort name_z", "name_zh "),
        ("povdata show people --where name_z", "name_zh="),
        ("povdata show people --within Fup", r"Fuping\ County "),
        ("povdata plot tile", "tile_map "),
        ("povdata show people --format mark", "markdown "),
    ],
)
def test_the_tab_key_completes(line, offered):
    """Commands, tables, keys, columns, places and plots."""
    assert offered in completed(line)


def test_show_aligns_chinese(capsys):
    """Columns line up in a terminal, where a Chinese character takes two cells."""
    _, out, _ = run(capsys, "show", "people", "--within", "海南省")
    header, *rows = out.splitlines()
    column = markup.width(header[: header.index("role_en")])
    for row in rows:
        position = next(i for i in range(len(row)) if markup.width(row[:i]) == column)
        assert row[position - 1] == " "
        assert row[position] != " "


def test_describe_prints_the_dictionary(capsys):
    """Each column with type, origin and meaning."""
    code, out, _ = run(capsys, "describe", "observations")
    assert code == 0
    assert "| value | quantity | article | The figure in the indicator's unit. |" in out


def test_evidence_prints_the_characters(capsys):
    """Locator, characters and basis of a cell."""
    code, out, _ = run(capsys, "evidence", "observations", "fuping-poverty-rate-2014", "value")
    assert code == 0
    assert out.splitlines()[1].split() == ["value", "54.4", "7:88-93", "54.4%", "stated"]


def test_evidence_with_a_copy_says_whether_the_copy_has_it(capsys, article_path, tmp_path):
    """A copy adds a column with what became of the passage, and the passage itself, also where the copy is in another encoding."""
    copy = tmp_path / "copy.txt"
    copy.write_bytes(article_path.read_bytes().decode().encode("gb18030"))
    cell = ("evidence", "observations", "fuping-poverty-rate-2014", "value", "--copy", str(copy))
    code, out, _ = run(capsys, *cell, "--encoding", "gb18030")
    assert code == 0
    assert out.splitlines()[0].split() == ["column", "value", "locator", "characters", "basis", "copy"]
    assert out.splitlines()[1].split() == ["value", "54.4", "7:88-93", "54.4%", "stated", "confirmed"]
    assert "【54.4%】" in out
    code, out, err = run(capsys, *cell)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "name its encoding, such as gb18030" in err
    copy.write_bytes(article_path.read_bytes().replace(b"54.4%", b"55.4%"))
    code, out, _ = run(capsys, *cell)
    assert code == 1
    assert out.splitlines()[1].split()[-1] == "contradicted"


def test_evidence_of_a_headline_names_the_cell_behind_it(capsys):
    """A derived cell is shown with the cells that it was computed from."""
    code, out, _ = run(capsys, "evidence", "provinces", "130000", "poverty_counties")
    assert code == 0
    assert out.splitlines()[1].split() == ["delistings/hebei-2020-02-29/total", "62", "5:74-77", "62个", "stated"]


def test_an_empty_place_is_refused(capsys):
    """A variable of the shell that is not set must not select everything."""
    code, out, err = run(capsys, "show", "places", "--within", "")
    assert (code, out) == (2, "")
    assert err == "povdata: no name in places ''\n"


def test_check_takes_a_folder(capsys, data_copy):
    """An export or a working copy is checked as the installed data are."""
    assert run(capsys, "check", str(data_copy)) == (0, "the data keep all their rules and fingerprints\n", "")
    path = data_copy / "people.csv"
    path.write_bytes(path.read_bytes().replace("曹文".encode(), "曹武".encode()))
    code, out, _ = run(capsys, "check", str(data_copy))
    assert code == 1
    assert "people.csv: its fingerprint is" in out


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        (["provinces", "130000", "theme_en"], "theme_en is editorial: our own words or judgement"),
        (["places", "130624", "adcode"], "adcode is reference: taken from a reference that the sources table names (mca-2019)"),
        (["reconciliation", "130000", "national"], "national is derived: computed from other cells"),
        (["observations", "fuping-poverty-rate-2014", "organization"], "organization is empty here: the article does not say"),
        (["poverty_counties", "130624"], "nothing in this record cites the article; povdata describe says where the columns"),
    ],
)
def test_a_cell_without_citations_says_where_it_comes_from(capsys, cell, says):
    """Not every cell is read from the article, which is no error: one line on standard error says what its column is."""
    code, out, err = run(capsys, "evidence", *cell)
    assert (code, out, err.count("\n")) == (0, "", 1)
    assert err.startswith(says)


def test_check_and_cite(capsys):
    """check is quiet about good data; cite names the version."""
    assert run(capsys, "check")[0] == 0
    assert povdata.__version__ in run(capsys, "cite", "bibtex")[1]


def test_verify_says_what_is_confirmed(capsys, article_path, tmp_path):
    """Exit 0 for the reference edition, 3 for a part of it, 1 for a copy with another figure."""
    code, out, _ = run(capsys, "verify", str(article_path))
    assert code == 0
    total = len(povdata.spans)
    assert f"the copy holds {total} of {total} passages; of these {total} confirmed" in out
    part = tmp_path / "part.txt"
    part.write_bytes(b"\n".join(article_path.read_bytes().split(b"\n")[:60]))
    assert run(capsys, "verify", str(part))[0] == 3
    altered = tmp_path / "altered.txt"
    altered.write_bytes(article_path.read_bytes().replace(b"54.4%", b"45.4%"))
    code, out, _ = run(capsys, "verify", str(altered), "--format", "json")
    assert code == 1
    assert json.loads(out)["verdict"] == "contradicted"
    assert {(cell["key"], cell["column"]) for cell in json.loads(out)["problems"] if cell["status"] == "contradicted"} == {
        ("fuping-poverty-rate-2014", "value"),
        ("fuping-poverty-rate-2014", "relation"),
    }


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["show", "observation"], "povdata: no table 'observation'; nearest: observations"),
        (["show", "observations", "--where", "value"], "povdata: --where takes COLUMN=VALUE, not 'value'"),
        (["show", "observations", "--where", "value=many"], "povdata: --where value=many: not a plain number: 'many'"),
        (["show", "people", "--within", "Atlantis"], "povdata: no name in places 'Atlantis'"),
        (["evidence", "people", "fan-zhen"], "povdata: no key of people 'fan-zhen'; nearest: fan-zheng"),
        (["verify", "no-such-file.txt"], "povdata: cannot read 'no-such-file.txt': No such file or directory"),
        (["shw", "places"], "povdata: no command 'shw'; nearest: show; see povdata --help\n"),
        (
            ["xyz"],
            (
                "povdata: no command 'xyz'; one of: show, search, describe, evidence, verify, check, panel, plot, cite, export; "
                "see povdata --help\n"
            ),
        ),
        (["show"], "povdata: the following arguments are required: TABLE; see povdata show --help\n"),
        (["show", "places", "more"], "povdata: unrecognized arguments: more; see povdata show --help\n"),
        (["--quiet"], "povdata: unrecognized arguments: --quiet; see povdata --help\n"),
        (["show", "places", "--format", "jsn"], "povdata: no format 'jsn'; nearest: json; see povdata show --help\n"),
        (["cite", "mla"], "povdata: no style 'mla'; one of: apa, bibtex, cff, csl-json, gb7714, ris; see povdata cite --help\n"),
        (
            ["cite", "cff", "--of", "article"],
            "povdata: cff describes the data as a whole; for the article or a record take another style\n",
        ),
        (["cite", "--of", "figure"], "povdata: --of takes data, article or TABLE/KEY, not 'figure'\n"),
        (["show", "places", "--limit", "0"], "povdata: argument --limit: not a number of one or more: '0'; see povdata show --help\n"),
        (["show", "places", "--columns", "nam"], "povdata: no column of places 'nam'; nearest: name_zh, name_en, names_printed\n"),
        (["show", "places", "--sort", "-levl"], "povdata: no column of places 'levl'; nearest: level"),
        (["show", "places", "--bounds"], "povdata: bounds=True needs values with a relation, and places has none\n"),
        (["show", "places", "--labels", "fr"], "povdata: no labels 'fr'; one of: en, zh; see povdata show --help\n"),
        (["show", "places", "--bom"], "povdata: --bom goes with --format csv\n"),
        (["search", "?"], "povdata: search takes a text or figure and a limit of zero or more, not '?' and 10\n"),
        (["plot", "tile_map", "--out", "map.gif"], "povdata: --out names a file that ends in .png, .svg or .pdf, not 'map.gif'\n"),
        (["plot", "tilemap", "--out", "map.png"], "povdata: no plot 'tilemap'; nearest: tile_map\n"),
        (["plot", "roster_exits", "x", "--out", "a.png"], "povdata: roster_exits shows one thing; leave 'x' out\n"),
        (["plot", "tile_map", "--out", "no/such/a.png"], "povdata: No such file or directory: no/such/a.png\n"),
        (["export", "", "--format", "sqlite"], "povdata: directory must name a folder, '.' for the current one, not ''\n"),
    ],
)
def test_errors_are_one_line_and_exit_2(capsys, arguments, message):
    """One line on standard error that says what to do, nothing on standard output."""
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert err.startswith(message)
    assert err.count("\n") == 1


def test_damaged_data_are_one_line(capsys, monkeypatch):
    """The first of many problems is told, and which command names the others."""
    problems = [Problem("places.csv", line, "level", "empty, but every row must fill it") for line in (2, 3, 4)]

    def damaged(*_):
        raise DataError(problems)

    monkeypatch.setattr("povdata.commands.columns", damaged)
    code, out, err = run(capsys, "show", "places")
    assert (code, out) == (2, "")
    assert err == "povdata: places.csv:2:level: empty, but every row must fill it, and 2 more problems; povdata check names them all\n"


def test_an_export_takes_tables_and_what_adds_columns(capsys, tmp_path):
    """As in Python."""
    options = ("--tables", "observations,places", "--labels", "zh", "--bounds", "rounding", "--caveats")
    path = tmp_path / "povdata-datapackage"
    assert run(capsys, "export", str(tmp_path), "--format", "datapackage", *options) == (0, f"{path}\n", "")
    assert {file.name for file in path.glob("*.csv")} == {"observations.csv", "places.csv"}
    header = (path / "observations.csv").read_text(encoding="utf-8").split("\n", 1)[0].split(",")
    assert {"place_name", "unit", "lower", "upper", "caveats"} <= {*header}
    code, _, err = run(capsys, "export", str(tmp_path), "--format", "html", "--tables", "peeple")
    assert (code, err.startswith("povdata: no table 'peeple'; nearest: people")) == (2, True)


def test_an_existing_export_is_refused_with_the_option_that_replaces_it(capsys, tmp_path):
    """The command line says --force, which does replace it."""
    export = ("export", str(tmp_path), "--format", "datapackage")
    assert run(capsys, *export)[0] == 0
    code, out, err = run(capsys, *export)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "(on the command line --force)" in err
    assert run(capsys, *export, "--force")[:2] == (0, f"{tmp_path / 'povdata-datapackage'}\n")


def test_an_export_takes_the_options_of_the_function(capsys, tmp_path):
    """Some tables alone, with names, bounds and caveats beside the columns; pages for the browser too."""
    options = ("--tables", "observations,indicators", "--labels", "zh", "--bounds", "rounding", "--caveats")
    assert run(capsys, "export", str(tmp_path), "--format", "sqlite", *options)[0] == 0
    with closing(sqlite3.connect(tmp_path / "povdata.sqlite")) as base:
        written = {name for (name,) in base.execute("SELECT name FROM sqlite_master")}
        assert written & set(povdata.tables()) == {"indicators", "observations"}
        query = "SELECT place_name, lower, upper FROM observations WHERE key = 'fuping-poverty-rate-2014'"
        assert base.execute(query).fetchall() == [("阜平县", 54.35, 54.45)]
    code, out, err = run(capsys, "export", str(tmp_path), "--format", "sqlite", "--tables", "observation", "--force")
    assert (code, out) == (2, "")
    assert err.startswith("povdata: no table 'observation'; nearest: observations")


def test_the_module_runs_and_a_closed_pipe_is_quiet():
    """python -m povdata works, and `| head` ends it without a message and with the exit code of a tool whose reader has gone."""
    assert shell("$POVDATA show citations --format csv | head -1") == (141, "key,table,record,column,span,basis\n", "")


@pytest.mark.parametrize("command", ["", "--help", "show places", "check"])
def test_a_closed_standard_output_is_one_line(command):
    """Without anywhere to print to the call cannot be carried out."""
    assert shell(f"$POVDATA {command} >&-") == (2, "", "povdata: standard output is closed; send it to a file, a pipe or /dev/null\n")


def test_a_closed_standard_error_leaves_the_output_alone():
    """What belongs on standard error does not go to standard output instead."""
    _, out, _ = shell("$POVDATA show provinces 2>&-")
    assert len(out.splitlines()) == 16


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("command", ["", "--help", "show spans", "cite"])
def test_a_full_disk_is_one_line(command):
    """What cannot be written is told once, and the interpreter adds nothing at its end."""
    assert shell(f"$POVDATA {command} >/dev/full") == (2, "", "povdata: No space left on device: standard output\n")
