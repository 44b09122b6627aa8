"""The command line: output, errors on one line, honest exit codes."""

import csv
import io
import json
import subprocess
import sys

import pytest

import povdata
from povdata.cli import main


def run(capsys, *arguments):
    code = main(arguments)
    captured = capsys.readouterr()
    return code, captured.out, captured.err


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
    assert [row["key"] for row in csv.DictReader(io.StringIO(out))] == list(povdata.provinces.keys)


def test_show_selects_and_writes_json(capsys):
    """--where and --within select; --format json is a list of rows."""
    code, out, _ = run(capsys, "show", "observations", "--within", "河北", "--where", "indicator=poverty_rate", "--format", "json")
    assert code == 0
    assert [(row["period"], row["value"]) for row in json.loads(out)] == [("2014", "54.4"), ("2019", "0.46")]


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


def test_check_and_cite(capsys):
    """check is quiet about good data; cite names the version."""
    assert run(capsys, "check")[0] == 0
    assert povdata.__version__ in run(capsys, "cite", "bibtex")[1]


def test_verify_says_what_is_confirmed(capsys, article_path, tmp_path):
    """Exit 0 for the reference edition, 1 for a copy with another figure."""
    code, out, _ = run(capsys, "verify", str(article_path))
    assert code == 0
    assert f"passages: {len(povdata.spans)} of {len(povdata.spans)} confirmed" in out
    altered = tmp_path / "altered.txt"
    altered.write_bytes(article_path.read_bytes().replace(b"54.4%", b"45.4%"))
    code, out, _ = run(capsys, "verify", str(altered), "--format", "json")
    assert code == 1
    assert {(cell["key"], cell["column"]) for cell in json.loads(out)["problems"]} == {
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
        (["verify", "no-such-file.txt"], "povdata: cannot read no-such-file.txt: No such file or directory"),
    ],
)
def test_errors_are_one_line_and_exit_2(capsys, arguments, message):
    """One line on standard error that says what to do, nothing on standard output."""
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert err.startswith(message)
    assert err.count("\n") == 1


def test_the_module_runs_and_a_closed_pipe_is_quiet():
    """python -m povdata works, and `| head` ends without a traceback."""
    command = f"{sys.executable} -m povdata show citations --format csv | head -1"
    ran = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False)
    assert (ran.stdout, ran.stderr) == ("key,table,record,column,span,basis\n", "")
