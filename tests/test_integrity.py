"""check(): the installed data keep their rules, and spoiled copies are caught."""

import attrs
import pytest

import povdata
from povdata.checks import integrity
from povdata.checks.integrity import Finding

SPOILED = [
    ("observations.csv", "fuping-poverty-rate-2014,130624", "fuping-poverty-rate-2014,130699", "no such record in places: '130699'"),
    ("observations.csv", ",54.4,exact,2014,,2014-01-01", ",54.4,exact,2014,,2014-01-02", "but computes to datetime.date(2014, 1, 1)"),
    ("provinces.csv", ",62,13,2020-02-29", ",63,13,2020-02-29", "is 63, but computes to 62"),
    ("caveats.csv", "practices/tuanjie-many-help-one", "practices/tuanjie-many-help-two", "records: no such record or cell"),
    (
        "places.csv",
        "130624,阜平县,阜平县,Fuping County,Fùpíng Xiàn,county,130600",
        "130624,阜平县,阜平县,Fuping County,Fùpíng Xiàn,county,130624",
        "leads back to",
    ),
    ("indicators.csv", "poverty_rate,Poverty rate,", "poverty_rat,Poverty rate,", "no such record in indicators: 'poverty_rate'"),
]


def test_the_installed_data_keep_their_rules():
    """Nothing is wrong with what is shipped."""
    assert povdata.check() == ()


def test_an_untouched_copy_keeps_the_rules(data_copy):
    """check() takes a folder."""
    assert povdata.check(data_copy) == ()


@pytest.mark.parametrize(("file", "old", "new", "message"), SPOILED, ids=[case[3] for case in SPOILED])
def test_a_spoiled_cell_is_caught_by_the_rules_and_by_the_fingerprint(data_copy, file, old, new, message):
    """Each spoiled cell breaks a rule, and the file's fingerprint differs."""
    path = data_copy / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8", newline="\n")
    found = [str(problem) for problem in povdata.check(data_copy)]
    assert any(message in problem for problem in found), found
    assert any(problem.startswith(f"{file}: its fingerprint is") for problem in found)


def test_a_cell_without_citation_is_caught(data_copy):
    """A row of citations that is lost leaves a cell that cites nothing."""
    path = data_copy / "citations.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith("observations/fuping-poverty-rate-2014/value/")]
    assert len(kept) == len(lines) - 1
    path.write_text("".join(kept), encoding="utf-8", newline="\n")
    found = [str(problem) for problem in povdata.check(data_copy)]
    assert any("observations.csv" in problem and ":value: is read from the article but cites nothing" in problem for problem in found)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("delisting_places.csv", "hainan-2020-02-29:469025,hainan-2020-02-29,469025", "hainan-2020-02-29:469025,hainan-2020-02-29,469999"),
        ("reconciliation.csv", "\n130000,", "\n139999,"),
    ],
)
def test_a_key_that_leads_nowhere_is_a_problem_not_an_error(data_copy, file, old, new):
    """Rules that go from record to record wait until the references are sound."""
    path = data_copy / file
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8", newline="\n")
    assert any("no such record in" in problem.message for problem in povdata.check(data_copy))


def test_a_file_without_fingerprint_is_named(data_copy):
    """A manifest that leaves out a file guards nothing."""
    path = data_copy / "datapackage.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"observations.csv"', '"events.csv"', 1), encoding="utf-8", newline="\n")
    assert any("has no fingerprint of observations.csv" in problem.message for problem in povdata.check(data_copy))


def test_a_missing_file_is_named(data_copy):
    """A file that is gone is one problem that names it."""
    (data_copy / "events.csv").unlink()
    assert [str(problem) for problem in povdata.check(data_copy)] == [
        "events.csv: cannot be read: No such file or directory; restore it from the package"
    ]


def test_a_missing_manifest_is_named(data_copy):
    """Without fingerprints, that is the one problem, of the file as a whole."""
    (data_copy / "datapackage.json").unlink()
    (problem,) = povdata.check(data_copy)
    assert problem[:3] == ("datapackage.json", 0, "")
    assert str(problem).startswith("datapackage.json: cannot be read: ")
    assert problem.message.endswith("; restore it from the package")


def test_a_problem_of_a_file_has_no_line(data_copy):
    """What concerns a file as a whole stands in line 0 and no column."""
    (data_copy / "events.csv").unlink()
    path = data_copy / "datapackage.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"observations.csv"', '"events.csv"', 1), encoding="utf-8", newline="\n")
    assert {problem[:3] for problem in povdata.check(data_copy)} == {("events.csv", 0, ""), ("datapackage.json", 0, "")}


def found(rule, name, /, *keys, **cells):
    """What a rule says where some records of a table have other cells."""
    tables = povdata.tables()
    records = [attrs.evolve(record, **cells) if record.key in keys else record for record in tables[name]]
    return list(rule({**tables, name: povdata.Table(name, tables[name].record, records)}))


CITATION = "observations/fuping-poverty-rate-2014/value/7:88-93"


@pytest.mark.parametrize(
    ("cell", "column", "message"),
    [
        ({"record": "no-such"}, "record", "no such record: observations/no-such"),
        ({"table": "figures"}, "record", "no such record: figures/fuping-poverty-rate-2014"),
        ({"column": "colour"}, "column", "observations has no column 'colour'"),
        ({"column": "practice"}, "column", "observations/fuping-poverty-rate-2014/practice is empty"),
    ],
)
def test_a_citation_that_points_at_nothing_is_named(cell, column, message):
    """A citation of no record, no column or an empty cell is named, and so is the cell that it leaves without one."""
    left = Finding("observations", "fuping-poverty-rate-2014", "value", "is read from the article but cites nothing")
    assert found(integrity.citations, "citations", CITATION, **cell) == [Finding("citations", CITATION, column, message), left]


@pytest.mark.parametrize(
    ("key", "cells", "column", "message"),
    [
        ("7:88-93", {"digest": "0" * 16}, "text", "needs either its characters or their digest"),
        ("7:88-93", {"text": None}, "text", "needs either its characters or their digest"),
        ("7:88-93", {"kind": "phrase"}, "kind", "a phrase keeps a digest, any other kind its characters"),
        ("7:71-76", {"kind": "name"}, "kind", "a phrase keeps a digest, any other kind its characters"),
        ("7:88-93", {"text": "54%"}, "text", "its length must be that of the locator, and at most 20"),
    ],
)
def test_a_span_that_is_kept_otherwise_is_named(key, cells, column, message):
    """A span keeps its characters or, as a phrase, their digest, and as many characters as its locator says."""
    assert found(integrity.spans, "spans", key, **cells) == [Finding("spans", key, column, message)]


def test_a_span_that_nothing_cites_is_named():
    """Every span is there for a citation, or is set aside."""
    cites = [citation.key for citation in povdata.citations if citation.span == "7:88-93"]
    assert found(integrity.spans, "citations", *cites, span="7:77-82") == [Finding("spans", "7:88-93", "key", "nothing cites this span")]


def test_every_place_that_leads_back_is_named():
    """Where a county is above its prefecture, both lead back, and so does all that lies below them."""
    back = found(integrity.cycles, "places", "410400", parent="410423")
    below = {place.key for place in povdata.places.within("410400")}
    assert {finding.key for finding in back} == below > {"410400", "410423"}
    assert {(finding.table, finding.column) for finding in back} == {("places", "parent")}


def test_a_problem_names_the_line_of_its_record(data_copy):
    """The line is that of the file, which has the header in its first."""
    path = data_copy / "places.csv"
    lines = path.read_text(encoding="utf-8").split("\n")
    number = next(number for number, line in enumerate(lines, 1) if line.startswith("130624,"))
    lines[number - 1] = lines[number - 1].replace(",130600,", ",130699,")
    path.write_text("\n".join(lines), encoding="utf-8", newline="\n")
    assert f"places.csv:{number}:parent: no such record in places: '130699'" in map(str, povdata.check(data_copy))
