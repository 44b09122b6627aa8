"""check(): the installed data keep their rules, and spoiled copies are caught."""

import pytest

import povdata

SPOILED = [
    ("observations.csv", "fuping-poverty-rate-2014,130624", "fuping-poverty-rate-2014,130699", "no such record in places: '130699'"),
    ("observations.csv", ",54.4,exact,2014,,2014-01-01", ",54.4,exact,2014,,2014-01-02", "but computes to datetime.date(2014, 1, 1)"),
    ("provinces.csv", ",62,13,2020-02-29", ",63,13,2020-02-29", "is 63, but computes to 62"),
    ("caveats.csv", "observations/pandao-advance-per-person", "observations/pandao-advance", "no such record or cell"),
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
