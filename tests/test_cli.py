"""The command line: output, errors on one line, honest exit codes."""

import csv
import io
import json
import os
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import povdata
from povdata.cli import main
from povdata.exceptions import DataError, Problem


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

    rows = povdata.tables()[table].to_dicts()
    assert shown_as_json(capsys, table) == [{name: plain(value) for name, value in row.items()} for row in rows]


def test_a_column_given_twice_means_any_of_the_values(capsys):
    """Values of one column widen the selection, those of different columns narrow it."""
    conditions = ("indicator=poverty_rate", "place=130624", "place=469025", "period=2014")
    rows = shown_as_json(capsys, "observations", *(word for condition in conditions for word in ("--where", condition)))
    assert [(row["place"], row["value"]) for row in rows] == [("469025", Decimal("35.2")), ("130624", Decimal("54.4"))]


def test_nothing_after_the_equals_sign_means_an_empty_cell(capsys):
    """An empty value selects the rows whose cell is empty; for a column that is never empty it is an error."""
    rows = shown_as_json(capsys, "observations", "--where", "indicator=poverty_rate", "--where", "change=")
    assert [row["key"] for row in rows] == ["shanxi-poverty-rate-2020"]
    code, out, err = run(capsys, "show", "observations", "--where", "indicator=")
    assert (code, out, err) == (2, "", "povdata: observations.indicator is never empty\n")


def test_show_aligns_chinese(capsys):
    """Columns line up in a terminal, where a Chinese character takes two cells."""
    from povdata.cli import _width

    _, out, _ = run(capsys, "show", "people", "--within", "海南省")
    header, *rows = out.splitlines()
    column = _width(header[: header.index("role_en")])
    for row in rows:
        position = next(i for i in range(len(row)) if _width(row[:i]) == column)
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
        (["reconciliation", "130000", "roster_total"], "roster_total is derived: computed from other cells"),
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
        (["xyz"], "povdata: no command 'xyz'; one of: show, describe, evidence, verify, check, cite, export; see povdata --help\n"),
        (["show"], "povdata: the following arguments are required: TABLE; see povdata show --help\n"),
        (["show", "places", "more"], "povdata: unrecognized arguments: more; see povdata show --help\n"),
        (["--quiet"], "povdata: unrecognized arguments: --quiet; see povdata --help\n"),
        (["show", "places", "--format", "jsn"], "povdata: no format 'jsn'; nearest: json; see povdata show --help\n"),
        (["cite", "mla"], "povdata: no style 'mla'; one of: apa, bibtex, cff, gb7714; see povdata cite --help\n"),
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

    def damaged(_):
        raise DataError(problems)

    monkeypatch.setattr("povdata.catalog.table", damaged)
    code, out, err = run(capsys, "show", "places")
    assert (code, out) == (2, "")
    assert err == "povdata: places.csv:2:level: empty, but every row must fill it, and 2 more problems; povdata check names them all\n"


def test_an_existing_export_is_refused_with_the_option_that_replaces_it(capsys, tmp_path):
    """The command line says --force, which does replace it."""
    export = ("export", str(tmp_path), "--format", "datapackage")
    assert run(capsys, *export)[0] == 0
    code, out, err = run(capsys, *export)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "(on the command line --force)" in err
    assert run(capsys, *export, "--force")[:2] == (0, f"{tmp_path / 'povdata-datapackage'}\n")


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
