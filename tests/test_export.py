"""Exports: what is read back from each format, and what stands on the disk when something goes wrong."""

import csv
import datetime
import errno
import importlib
import json
import os
import sqlite3
import subprocess
import sys
from base64 import urlsafe_b64encode
from collections import Counter
from decimal import Decimal
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import pandas as pd
import pytest

import povdata
from conftest import DATA
from povdata.celltypes import Enumeration
from povdata.exporting import export
from povdata.locators import digest
from povdata.reading import read_table
from povdata.records import RECORDS
from povdata.variants import VARIANTS
from povdata.verification import parts_of

FORMATS = ("datapackage", "sqlite", "parquet", "xlsx")
A_FOLDER_AND_A_FILE = ("datapackage", "sqlite")
NAMES = {"datapackage": "povdata-datapackage", "sqlite": "povdata.sqlite", "parquet": "povdata-parquet", "xlsx": "povdata.xlsx"}
NEEDS = {"parquet": "pyarrow", "xlsx": "openpyxl"}

exporting = importlib.import_module("povdata.exporting")

foreign = pytest.mark.filterwarnings("ignore")  # what the validators' own dependencies warn of is not ours to mend


def needed(kind):
    if kind in NEEDS:
        pytest.importorskip(NEEDS[kind], reason=f"{NEEDS[kind]} is not installed")


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    return export(tmp_path_factory.mktemp("export"), "datapackage")


@pytest.fixture(scope="module")
def database_file(tmp_path_factory):
    return export(tmp_path_factory.mktemp("export"), "sqlite")


@pytest.fixture
def database(database_file):
    connection = sqlite3.connect(database_file)
    connection.execute("PRAGMA foreign_keys = ON")
    yield connection
    connection.close()


def tree(folder: Path) -> dict[str, bytes | None]:
    """Every file and folder below a folder, with what the files hold."""
    return {str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None for path in sorted(folder.rglob("*"))}


# Data Package. ----------------------------------------------------------------------------------------------------------------


def test_the_data_package_holds_the_installed_files_byte_for_byte(package):
    """Every installed data file is there unchanged, with three more descriptions."""
    exported = {path.name: path.read_bytes() for path in package.iterdir()}
    installed = {path.name: path.read_bytes() for path in DATA.iterdir()}
    assert {name: exported[name] for name in installed} == installed
    assert exported.keys() - installed.keys() == {"annotations.jsonld", "croissant.json", "csv-metadata.json"}


def test_the_data_package_reads_back_as_the_tables(package):
    """The exported files give the same records."""
    for name, record in RECORDS.items():
        assert read_table(record, f"{name}.csv", (package / f"{name}.csv").read_bytes()) == povdata.tables()[name].records


@foreign
def test_frictionless_finds_the_data_package_valid(package):
    """Types, constraints, keys, sizes and hashes, as frictionless checks them."""
    frictionless = pytest.importorskip("frictionless", reason="frictionless is not installed")
    report = frictionless.validate(str(package / "datapackage.json"))
    assert report.valid, report.flatten(["title", "message"])
    assert sum(task.stats["rows"] for task in report.tasks) == sum(map(len, povdata.tables().values()))


@foreign
@pytest.mark.parametrize(
    ("table", "old", "new"), [("places", ",130600,130000,130624,", ",130601,130000,130624,"), ("events", ",222426,", ",222427,")]
)
def test_frictionless_checks_the_foreign_keys(package, tmp_path, table, old, new):
    """A broken reference is found, also one of a table to itself."""
    frictionless = pytest.importorskip("frictionless", reason="frictionless is not installed")
    for path in package.iterdir():
        text = path.read_text(encoding="utf-8")
        (tmp_path / path.name).write_text(text.replace(old, new, 1) if path.stem == table else text, encoding="utf-8", newline="\n")
    errors = {error for (error,) in frictionless.validate(str(tmp_path / "datapackage.json")).flatten(["type"])}
    assert "foreign-key" in errors


@foreign
def test_the_data_package_follows_the_published_profile(package):
    """The JSON schema of Data Package 2.0 finds fault with nothing but lists, which the standard has and the schema forgot.

    See https://github.com/frictionlessdata/datapackage/issues/1089.
    """
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    pytest.importorskip("dplib", reason="dplib-py, which brings the profile, is not installed")
    profile = json.loads(files("dplib").joinpath("profiles/2.0/datapackage.json").read_text(encoding="utf-8"))
    descriptor = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    faults = [error.instance for error in jsonschema.Draft7Validator(profile).iter_errors(descriptor)]
    assert [(fault["name"], fault["type"]) for fault in faults] == [
        ("names_printed", "list"),
        ("terms", "list"),
        ("names_printed", "list"),
        ("records", "list"),
    ]


def test_a_table_that_refers_to_itself_is_not_named(package):
    """Table Schema 2.0 wants the resource left out there, and no empty lists of foreign keys."""
    resources = {resource["name"]: resource for resource in json.loads((package / "datapackage.json").read_bytes())["resources"]}
    assert resources["places"]["schema"]["foreignKeys"] == [
        {"fields": ["parent"], "reference": {"fields": ["key"]}},
        {"fields": ["province"], "reference": {"resource": "provinces", "fields": ["key"]}},
    ]
    assert "foreignKeys" not in resources["indicators"]["schema"]


# CSV on the Web. --------------------------------------------------------------------------------------------------------------


def test_csvw_reads_the_files_by_their_description(package):
    """The csvw package reads every cell strictly, checks all keys, and has nothing to warn of."""
    csvw = pytest.importorskip("csvw", reason="csvw is not installed")
    group = csvw.TableGroup.from_file(package / "csv-metadata.json")
    rows = {table.local_name: list(table.iterdicts(strict=True)) for table in group.tables}
    assert {name: len(found) for name, found in rows.items()} == {f"{name}.csv": len(table) for name, table in povdata.tables().items()}
    assert all(table.check_primary_key() for table in group.tables)
    assert group.check_referential_integrity()
    rate = next(row for row in rows["observations.csv"] if row["key"] == "fuping-poverty-rate-2014")
    assert (rate["value"], rate["relation"], rate["period_start"]) == (Decimal("54.4"), "exact", datetime.datetime(2014, 1, 1))  # noqa: DTZ001
    place = next(row for row in rows["places.csv"] if row["key"] == "130600")
    assert (place["names_printed"], place["adcode"], place["nbs_code"]) == (["保定市", "保定"], "130600", None)


def test_csvw_finds_the_files_valid(package):
    """The validation of the csvw package passes without a warning; null references are allowed."""
    csvw = pytest.importorskip("csvw", reason="csvw is not installed")
    found = csvw.CSVW(str(package / "csv-metadata.json"), validate=True, strict=False)
    assert found.is_valid, found.warnings


def test_csvw_describes_vocabularies_patterns_and_references(package):
    """Pieces of the description, stated literally."""
    tables = {table["url"]: table["tableSchema"] for table in json.loads((package / "csv-metadata.json").read_bytes())["tables"]}
    columns = {column["name"]: column for column in tables["observations.csv"]["columns"]}
    assert columns["change_role"]["datatype"] == {"base": "string", "format": "from|to"}
    assert columns["period"]["datatype"] == {"@id": "http://id.loc.gov/datatypes/edtf/EDTF", "base": "string"}
    assert (columns["value"]["required"], "required" in columns["period"]) == (True, False)
    assert {"columnReference": "place", "reference": {"resource": "places.csv", "columnReference": "key"}} in tables["observations.csv"][
        "foreignKeys"
    ]


# Croissant. -------------------------------------------------------------------------------------------------------------------


@foreign
def test_croissant_reads_the_files_by_their_description(package, caplog):
    """mlcroissant finds no fault with the description and reads every table with it."""
    mlcroissant = pytest.importorskip("mlcroissant", reason="mlcroissant is not installed")
    dataset = mlcroissant.Dataset(str(package / "croissant.json"))
    issues = dataset.metadata.ctx.issues
    assert (issues.errors, issues.warnings, caplog.text) == (set(), set(), "")
    for name, table in povdata.tables().items():
        assert len(list(dataset.records(name))) == len(table)
    rate = next(r for r in dataset.records("observations") if r["observations/key"] == b"fuping-poverty-rate-2014")
    assert (rate["observations/value"], rate["observations/period_start"].date()) == (54.4, datetime.date(2014, 1, 1))
    place = next(r for r in dataset.records("places") if r["places/key"] == b"130600")
    assert [name.decode() for name in place["places/names_printed"]] == ["保定市", "保定"]


def test_croissant_names_the_digests_of_the_files(package):
    """Each file is described with its digest, and each record set with its key."""
    croissant = json.loads((package / "croissant.json").read_bytes())
    assert croissant["conformsTo"] == "http://mlcommons.org/croissant/1.0"
    for file in croissant["distribution"]:
        assert file["sha256"] == sha256((package / file["contentUrl"]).read_bytes()).hexdigest()
    assert [records["key"]["@id"] for records in croissant["recordSet"]] == [f"{name}/key" for name in RECORDS]


# Web Annotation. --------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def annotations(package):
    return json.loads((package / "annotations.jsonld").read_text(encoding="utf-8"))


def selected(annotation):
    """Line (from 0), start, end and characters (or None) that an annotation selects."""
    by_line = annotation["target"]["selector"]
    assert (by_line["type"], by_line["conformsTo"]) == ("FragmentSelector", "http://tools.ietf.org/rfc/rfc5147")
    line, after = map(int, by_line["value"].removeprefix("line=").split(","))
    assert after == line + 1
    by_position = by_line["refinedBy"]
    assert by_position["type"] == "TextPositionSelector"
    by_quote = by_position.get("refinedBy", {"type": "TextQuoteSelector", "exact": None})
    assert by_quote["type"] == "TextQuoteSelector"
    return line, by_position["start"], by_position["end"], by_quote["exact"]


def test_every_citation_and_every_aside_is_an_annotation(annotations):
    """One annotation each, with its own name, and nothing else."""
    items = annotations["first"]["items"]
    assert annotations["total"] == len(items) == len(povdata.citations) + len(povdata.set_aside)
    assert len({item["id"] for item in items}) == len(items)
    assert Counter(item["motivation"] for item in items) == {
        "linking": len(povdata.citations),
        "classifying": len(povdata.set_aside),
    }


def test_annotations_hold_no_passages(annotations):
    """They quote what the spans keep, at most 20 characters, and neither prefix nor suffix."""
    kept = {span.key: span.text for span in povdata.spans}
    for item in annotations["first"]["items"]:
        line, start, end, exact = selected(item)
        assert exact == kept[f"{line + 1}:{start}-{end}"]
        assert exact is None or len(exact) <= 20
    text = json.dumps(annotations)
    assert '"prefix"' not in text
    assert '"suffix"' not in text


def test_annotations_point_at_cells_of_the_files(annotations, package):
    """The cell at the row and column of an annotation holds the value that it states."""
    cells = {name: list(csv.reader((package / f"{name}.csv").read_text(encoding="utf-8").splitlines())) for name in RECORDS}
    for item in annotations["first"]["items"]:
        if item["motivation"] == "linking":
            cell, value, basis = item["body"]
            row, column = map(int, cell["selector"]["value"].removeprefix("cell=").split(","))
            assert cells[cell["source"].removesuffix(".csv")][row - 1][column - 1] == value["value"] != ""
            assert basis["value"] in ("stated", "context", "inferred")


def test_the_annotation_of_one_figure(annotations):
    """The poverty rate of Fuping in 2014: value, basis and characters, at the place that `evidence` gives."""
    (evidence,) = povdata.evidence(povdata.observations["fuping-poverty-rate-2014"], "value")
    name = f"annotations.jsonld#observations/fuping-poverty-rate-2014/value/{evidence.locator}"
    (found,) = [item for item in annotations["first"]["items"] if item["id"] == name]
    assert [body.get("value") for body in found["body"]] == [None, "54.4", "stated"]
    assert selected(found) == (evidence.locator.line - 1, evidence.locator.start, evidence.locator.end, "54.4%")


def test_annotations_select_what_stands_in_the_article(annotations, article_path, article_lines):
    """Applied to the reference edition, which the target names by its digest, the selectors give the spans' characters."""
    edition = "ni:///sha-256;" + urlsafe_b64encode(sha256(article_path.read_bytes()).digest()).decode().rstrip("=")
    digests = {span.key: span.digest for span in povdata.spans}
    for item in annotations["first"]["items"]:
        line, start, end, exact = selected(item)
        characters = article_lines[line][start:end]
        assert item["target"]["source"] == edition
        cited = digests[f"{line + 1}:{start}-{end}"]
        assert characters == exact if exact is not None else digest("".join(parts_of(characters, VARIANTS))) == cited


# SQLite. ----------------------------------------------------------------------------------------------------------------------


def as_sql(value):
    match value:
        case Decimal():
            return float(value)
        case datetime.date():  # a pandas Timestamp too
            return value.isoformat()[:10]
        case _:
            return value


@pytest.mark.parametrize("name", RECORDS)
def test_sqlite_holds_every_value(database, name):
    """Rows in the order of the file, lists as tables of their own."""
    table = povdata.tables()[name]
    plain = [column for column in table.schema.values() if column.type.frictionless != "list"]
    expected = [tuple(as_sql(getattr(record, column.name)) for column in plain) for record in table]
    assert database.execute(f"SELECT * FROM {name} ORDER BY rowid").fetchall() == expected  # noqa: S608  # the name is ours
    for column in set(table.schema.values()) - set(plain):
        lists: dict[str, tuple[str, ...]] = {}
        query = f"SELECT key, value FROM {name}_{column.name} ORDER BY key, position"  # noqa: S608  # the names are ours
        for key, value in database.execute(query):
            lists[key] = (*lists.get(key, ()), value)
        assert lists == {record.key: getattr(record, column.name) for record in table if getattr(record, column.name) is not None}


def test_sqlite_states_the_facts(database):
    """A figure, a sum and a code that stays text."""
    one = database.execute("SELECT value, typeof(value) FROM observations WHERE key = 'fuping-poverty-rate-2014'").fetchone()
    assert one == (54.4, "real")
    total = database.execute("SELECT sum(last_batch_counties) FROM provinces").fetchone()
    assert total == (sum(p.last_batch_counties or 0 for p in povdata.provinces),)
    assert database.execute("SELECT typeof(key), typeof(adcode) FROM places WHERE key = '130624'").fetchone() == ("text", "text")
    assert database.execute("SELECT value FROM about WHERE name = 'version'").fetchone() == (povdata.__version__,)
    assert database.execute("SELECT count(*) FROM poverty_counties WHERE tier = 'national'").fetchone() == (832,)


def test_sqlite_is_whole(database):
    """No reference is broken, nothing is damaged."""
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


@pytest.mark.parametrize("name", RECORDS)
def test_sqlite_declares_keys_and_references(database, name):
    """One primary key a table, and every reference as a foreign key."""
    schema = povdata.tables()[name].schema
    info = {row[1]: row for row in database.execute(f"PRAGMA table_info({name})")}
    assert [column for column, row in info.items() if row[5]] == ["key"]
    assert {column for column, row in info.items() if row[3]} <= {column.name for column in schema.values() if column.required}
    foreign_keys = {(row[3], row[2], row[4]) for row in database.execute(f"PRAGMA foreign_key_list({name})")}
    assert foreign_keys == {(c.name, c.type.table, "key") for c in schema.values() if hasattr(c.type, "table")}


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE observations SET relation = 'roughly' WHERE key = 'fuping-poverty-rate-2014'", "CHECK"),
        ("UPDATE observations SET value = 'many' WHERE key = 'fuping-poverty-rate-2014'", "CHECK"),
        ("UPDATE observations SET period_start = '2014-02-30' WHERE key = 'fuping-poverty-rate-2014'", "CHECK"),
        ("UPDATE observations SET value = NULL WHERE key = 'fuping-poverty-rate-2014'", "NOT NULL"),
        ("UPDATE observations SET place = '999999' WHERE key = 'fuping-poverty-rate-2014'", "FOREIGN KEY"),
        ("UPDATE provinces SET poverty_counties = -1", "CHECK"),
        ("UPDATE delistings SET last_batch = 2", "CHECK"),
        ("INSERT INTO indicators SELECT * FROM indicators", "UNIQUE"),
    ],
)
def test_sqlite_refuses_what_the_tables_refuse(database, statement, says):
    """Vocabularies, types, keys and references hold in the database too."""
    with pytest.raises(sqlite3.IntegrityError, match=says), database:
        database.execute(statement)


def test_every_vocabulary_is_a_check(database):
    """Each closed vocabulary stands in the definition of its table."""
    definitions = dict(database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'"))
    for name, record in povdata.tables().items():
        for column in record.schema.values():
            if isinstance(column.type, Enumeration):
                assert f'CHECK ("{column.name}" IN ({", ".join(map(repr, column.type.values))}))' in definitions[name]
            assert column.description in definitions[name if column.type.frictionless != "list" else f"{name}_{column.name}"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_views_are_the_labelled_frames(database, language):
    """Columns and values of the view are those of to_pandas with labels and bounds."""
    frame = povdata.observations.to_pandas(labels=language, bounds=True)
    cursor = database.execute(f"SELECT * FROM observations_{language}")  # noqa: S608  # the name is ours
    assert [column[0] for column in cursor.description] == list(frame.columns)
    values = [frame[column].astype(object).tolist() for column in frame.columns]
    rows = [tuple(None if pd.isna(value) else as_sql(value) for value in row) for row in zip(*values, strict=True)]
    assert sorted(cursor.fetchall()) == sorted(rows)


def test_places_within_is_what_within_selects(database):
    """The view of places and those above them agrees with Table.within."""
    query = "SELECT key FROM observations JOIN places_within USING (place) WHERE ancestor = ?"
    for province in povdata.provinces:
        keys = {key for (key,) in database.execute(query, [province.key])}
        assert keys == {record.key for record in povdata.observations.within(province)}


# Parquet. ---------------------------------------------------------------------------------------------------------------------


def test_parquet_holds_every_value_in_exact_types(tmp_path):
    """Values, types, nullability and descriptions survive the file."""
    needed("parquet")
    import pyarrow.parquet as pq

    folder = export(tmp_path, "parquet")
    assert {path.name for path in folder.iterdir()} == {f"{name}.parquet" for name in RECORDS}
    for name, table in povdata.tables().items():
        found, expected = pq.read_table(folder / f"{name}.parquet"), table.to_arrow()
        assert found.schema.equals(expected.schema)
        assert found.to_pylist() == expected.to_pylist()
        for column in table.schema.values():
            assert found.schema.field(column.name).metadata[b"description"].decode() == column.description
        assert found.schema.metadata[b"version"].decode() == povdata.__version__


def test_parquet_states_the_facts(tmp_path):
    """A figure, its types and a list, read without povdata's help."""
    needed("parquet")
    import pyarrow.parquet as pq

    folder = export(tmp_path, "parquet")
    observations = pq.read_table(folder / "observations.parquet")
    row = next(row for row in observations.to_pylist() if row["key"] == "fuping-poverty-rate-2014")
    assert (row["value"], row["period_start"], row["relation"]) == (Decimal("54.4"), datetime.date(2014, 1, 1), "exact")
    types = {name: str(observations.schema.field(name).type) for name in ("value", "period_start", "relation", "place")}
    assert types["value"].startswith("decimal128")
    assert types["period_start"] == "date32[day]"
    assert types["relation"].startswith("dictionary")
    assert types["place"] == "string"
    places = pq.read_table(folder / "places.parquet").to_pylist()
    assert next(row["names_printed"] for row in places if row["key"] == "130600") == ["保定市", "保定"]


# Excel. -----------------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def workbook(tmp_path_factory):
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed")
    return openpyxl.load_workbook(export(tmp_path_factory.mktemp("export"), "xlsx"))


def as_excel(column, value):
    match value:
        case Decimal():
            return float(value)
        case datetime.date():
            return datetime.datetime(value.year, value.month, value.day)  # noqa: DTZ001
        case None | bool() | int():
            return value
        case _:
            return column.type.format(value)


@pytest.mark.parametrize("name", RECORDS)
def test_excel_holds_every_value(workbook, name):
    """A sheet a table: header, then rows; codes as text, figures as numbers, days as dates."""
    table = povdata.tables()[name]
    header, *rows = workbook[name].iter_rows(values_only=True)
    columns = list(table.schema.values())
    assert list(header) == [column.name for column in columns]
    assert rows == [tuple(as_excel(column, getattr(record, column.name)) for column in columns) for record in table]


def test_excel_states_the_facts(workbook):
    """A figure with its date, and a code that stays text."""
    header, *rows = workbook["observations"].iter_rows()
    row = next(dict(zip((c.value for c in header), cells, strict=True)) for cells in rows if cells[0].value == "fuping-poverty-rate-2014")
    assert (row["value"].value, row["value"].data_type) == (54.4, "n")
    assert (row["place"].value, row["place"].data_type, row["place"].number_format) == ("130624", "s", "@")
    assert (row["period_start"].is_date, row["period_start"].number_format) == (True, "yyyy-mm-dd")
    assert workbook.sheetnames == ["readme", *RECORDS]


def test_the_readme_sheet_explains_the_workbook(workbook):
    """Version and citation, every table, every column and every value of a vocabulary."""
    rows = set(workbook["readme"].iter_rows(values_only=True, max_col=3))
    assert ("version", povdata.__version__, None) in rows
    for name, table in povdata.tables().items():
        assert (name, len(table), povdata.describe(name).text) in rows
        assert {column for first, column, _ in rows if first == name} >= set(table.schema)
    assert ("observations", "relation", "more_than") in rows


def test_a_sheet_can_be_read_and_filtered(workbook):
    """The header is bold, stays in view and has filters over all rows; the workbook has a title of its own."""
    sheet = workbook["observations"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", "A1:P193")
    assert [row[0].font.bold for row in sheet.iter_rows(max_row=2)] == [True, False]
    assert workbook.properties.title == "How 15 Chinese regions took their poverty counties off the list"


def test_no_text_becomes_a_formula(workbook, tmp_path):
    """Texts that start like formulas or errors are stored as text, and marked so that they stay it."""
    openpyxl = pytest.importorskip("openpyxl")
    assert {cell.data_type for sheet in workbook for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d", "b"}
    texts = ["=1+1", "+86", "-5", "@SUM(A1)", "#N/A", "2020-02", "54.4%", "plain"]
    book = openpyxl.Workbook(write_only=True)
    exporting._fill(book.create_sheet("texts"), [texts], [10])
    book.save(tmp_path / "texts.xlsx")
    (cells,) = openpyxl.load_workbook(tmp_path / "texts.xlsx")["texts"].iter_rows()
    assert [(cell.value, cell.data_type) for cell in cells] == [(text, "s") for text in texts]
    assert [cell.quotePrefix for cell in cells] == [True, True, True, True, False, False, False, False]


# What stands on the disk. -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", FORMATS)
def test_an_export_is_one_thing_in_the_directory(tmp_path, monkeypatch, kind):
    """It stands under its name in the directory, which is made, and nothing else is written anywhere near."""
    needed(kind)
    (tmp_path / "cwd").mkdir()
    monkeypatch.chdir(tmp_path / "cwd")
    path = export(tmp_path / "new" / "folder", kind)
    assert path == tmp_path / "new" / "folder" / NAMES[kind]
    assert [item.name for item in (tmp_path / "new" / "folder").iterdir()] == [NAMES[kind]]
    assert {name.split("/")[0] for name in tree(tmp_path)} == {"cwd", "new"}
    assert list((tmp_path / "cwd").iterdir()) == []


def test_a_relative_directory_is_taken_from_here(tmp_path, monkeypatch):
    """Text and relative paths will do."""
    monkeypatch.chdir(tmp_path)
    assert export("out", "sqlite") == Path("out/povdata.sqlite")
    assert (tmp_path / "out" / "povdata.sqlite").exists()


@pytest.mark.parametrize("kind", A_FOLDER_AND_A_FILE)
def test_what_exists_is_not_overwritten(tmp_path, kind):
    """A second export is refused with path and remedy, and nothing changes."""
    path = export(tmp_path, kind)
    before = tree(tmp_path)
    with pytest.raises(povdata.InvalidArgumentError, match=r"exists; replace it with force=True .*, or name another directory") as caught:
        export(tmp_path, kind)
    assert str(path) in str(caught.value)
    assert tree(tmp_path) == before


@pytest.mark.parametrize("kind", FORMATS)
def test_force_replaces_an_earlier_export(tmp_path, kind):
    """With force the earlier export goes, and only it."""
    needed(kind)
    path = export(tmp_path, kind)
    (tmp_path / "mine.txt").write_text("stays", encoding="utf-8")
    earlier = path.stat().st_ino
    assert export(tmp_path, kind, force=True) == path
    assert path.stat().st_ino != earlier
    assert {item.name for item in tmp_path.iterdir()} == {NAMES[kind], "mine.txt"}


def test_force_mends_a_folder_with_a_spoilt_file(tmp_path):
    """A folder that holds nothing but files of an export is one, whatever is in them."""
    path = export(tmp_path, "datapackage")
    (path / "places.csv").write_bytes(b"spoilt")
    export(tmp_path, "datapackage", force=True)
    assert (path / "places.csv").read_bytes() == (DATA / "places.csv").read_bytes()


def other_database(path):
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE about (name, value)")
    connection.execute("INSERT INTO about VALUES ('title', 'My own notes')")
    connection.commit()
    connection.close()


def other_workbook(path):
    from openpyxl import Workbook

    book = Workbook()
    book.active.title = "readme"
    book.active.append(["title", "My own notes"])
    book.save(path)


def cut(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def damage(path):
    data = bytearray(path.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 5000] = bytes(5000)
    path.write_bytes(data)


@pytest.mark.parametrize("kind", ["sqlite", "xlsx"])
@pytest.mark.parametrize("spoil", [cut, damage, "own", b"my own notes", b""], ids=["cut", "damaged", "of the same kind", "text", "empty"])
def test_force_replaces_no_file_that_is_not_an_export(tmp_path, kind, spoil):
    """A text, a database or workbook of the user's, and half or damaged an export are named and stay."""
    needed(kind)
    path = export(tmp_path, kind)
    if isinstance(spoil, bytes):
        path.write_bytes(spoil)
    elif spoil == "own":
        path.unlink()
        {"sqlite": other_database, "xlsx": other_workbook}[kind](path)
    else:
        spoil(path)
    before = tree(tmp_path)
    with pytest.raises(povdata.InvalidArgumentError) as caught:
        export(tmp_path, kind, force=True)
    assert str(caught.value) == f"{path} is not an export of povdata; move it away, or name another directory"
    assert tree(tmp_path) == before


@pytest.mark.parametrize("kind", A_FOLDER_AND_A_FILE)
def test_force_replaces_nothing_but_an_export(tmp_path, kind):
    """A folder in a file's place, a file in a folder's, and a folder with files of the user's stay."""
    target = tmp_path / NAMES[kind]
    if "." in target.name:
        target.mkdir()
    else:
        target.write_text("mine", encoding="utf-8")
    before = tree(tmp_path)
    with pytest.raises(povdata.InvalidArgumentError, match="is not an export of povdata; move it away"):
        export(tmp_path, kind, force=True)
    assert tree(tmp_path) == before


def test_force_spares_other_files_in_the_folder(tmp_path):
    """Notes that a user put among the exported files are not deleted."""
    path = export(tmp_path, "datapackage")
    (path / "notes.txt").write_text("mine", encoding="utf-8")
    before = tree(tmp_path)
    with pytest.raises(povdata.InvalidArgumentError, match=r"holds other files too, such as notes\.txt"):
        export(tmp_path, "datapackage", force=True)
    assert tree(tmp_path) == before


@pytest.mark.parametrize("precious", [False, True])
def test_force_replaces_a_link_not_what_it_points_at(tmp_path, precious):
    """A link to an export is replaced, and the file elsewhere keeps its bytes; a link to anything else stays."""
    elsewhere = export(tmp_path / "elsewhere", "sqlite")
    if precious:
        elsewhere.write_bytes(b"precious")
    before = elsewhere.read_bytes()
    link = tmp_path / "out" / "povdata.sqlite"
    link.parent.mkdir()
    try:
        link.symlink_to(elsewhere)
    except OSError:
        pytest.skip("this system makes no symbolic links")
    with pytest.raises(povdata.InvalidArgumentError):
        export(tmp_path / "out", "sqlite", force=precious)
    if not precious:
        export(tmp_path / "out", "sqlite", force=True)
    assert elsewhere.read_bytes() == before
    assert link.is_symlink() == precious


def test_a_directory_that_cannot_be_written_to_is_named(tmp_path, monkeypatch):
    """The error names what the caller gave, not a temporary name below it."""

    def refuse(*_):
        raise PermissionError(errno.EACCES, "Permission denied", str(tmp_path / "new" / ".povdata-fnmapn1t"))

    monkeypatch.setattr("tempfile.mkdtemp", refuse)
    with pytest.raises(PermissionError, match="Permission denied") as caught:
        export(tmp_path / "new", "sqlite")
    assert caught.value.filename == str(tmp_path / "new")
    assert tree(tmp_path) == {}


def test_a_full_disk_is_an_error_with_the_directory(tmp_path, monkeypatch):
    """What SQLite says of a full disk comes as an OSError too."""
    connect = sqlite3.connect

    def connect_to_full_disk(*arguments, **options):
        connection = connect(*arguments, **options)
        connection.execute("PRAGMA max_page_count = 10")
        return connection

    monkeypatch.setattr(sqlite3, "connect", connect_to_full_disk)
    with pytest.raises(OSError, match="database or disk is full") as caught:
        export(tmp_path, "sqlite")
    assert caught.value.filename == str(tmp_path)
    assert tree(tmp_path) == {}


@pytest.mark.parametrize("directory", ["", None, 7, b"folder"])
def test_a_directory_must_be_named(tmp_path, monkeypatch, directory):
    """Nothing is written to the current directory unless it is named."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(povdata.InvalidArgumentError, match=r"directory must name a folder, '\.' for the current one, not"):
        export(directory, "sqlite")
    assert tree(tmp_path) == {}


@pytest.mark.parametrize("existing", [False, True])
@pytest.mark.parametrize("kind", A_FOLDER_AND_A_FILE)
def test_a_failure_leaves_nothing_half_written(tmp_path, monkeypatch, kind, existing):
    """When writing breaks off, the earlier export stands as it was, or nothing is there at all."""
    directory = tmp_path / "new" / "folder"
    if existing:
        export(directory, kind)
    before = tree(tmp_path)
    name, write = exporting._WRITERS[kind]

    def break_off(path):
        write(path)
        raise OSError("no space left on device")

    monkeypatch.setitem(exporting._WRITERS, kind, (name, break_off))
    with pytest.raises(OSError, match="no space left"):
        export(directory, kind, force=existing)
    assert tree(tmp_path) == before


def test_an_earlier_folder_comes_back_where_the_new_one_cannot_be_moved(tmp_path, monkeypatch):
    """The second of two moves fails, and the first is undone."""
    path = export(tmp_path, "datapackage")
    (path / "README.md").write_bytes(b"earlier")
    before = tree(tmp_path)
    replace = Path.replace

    def refuse(self, target):
        if Path(target) == path and self.name == path.name:
            raise PermissionError(errno.EACCES, "not now")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(PermissionError, match="not now"):
        export(tmp_path, "datapackage", force=True)
    assert tree(tmp_path) == before


def test_a_database_with_a_broken_reference_is_not_written(tmp_path, monkeypatch):
    """Foreign keys are enforced while the database is made."""
    from povdata import catalog
    from povdata.table import Table

    monkeypatch.setattr(catalog, "places", Table("places", RECORDS["places"], povdata.places.records[1:]))
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        export(tmp_path, "sqlite")
    assert tree(tmp_path) == {}


@pytest.mark.parametrize(("kind", "extra"), [("parquet", "arrow"), ("xlsx", "excel")])
def test_a_missing_package_is_named_with_its_extra(tmp_path, monkeypatch, kind, extra):
    """The error says what to install, and nothing is left behind."""
    monkeypatch.setitem(sys.modules, NEEDS[kind], None)
    with pytest.raises(povdata.MissingExtraError, match=f"{NEEDS[kind]} is not installed") as caught:
        export(tmp_path / "new", kind)
    assert (caught.value.package, caught.value.extra) == (NEEDS[kind], extra)
    assert tree(tmp_path) == {}


def test_arguments_are_checked_first(tmp_path):
    """Another format, or a file where a directory should be, is refused by name."""
    with pytest.raises(povdata.InvalidArgumentError, match="format must be one of datapackage, sqlite, parquet, xlsx, not 'csv'"):
        export(tmp_path / "new", "csv")
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    for directory in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(povdata.InvalidArgumentError, match="is not a directory; name one to write into"):
            export(directory, "sqlite")
    assert tree(tmp_path) == {"file": b"mine"}


def test_exports_hold_no_clock(tmp_path):
    """Two exports, made in processes with other hash seeds, hold the same."""
    code = "import sys; from povdata.exporting import export; [export(sys.argv[1], kind) for kind in sys.argv[2:]]"
    formats = ["datapackage", "sqlite"]
    for seed in ("1", "2"):
        subprocess.run([sys.executable, "-c", code, str(tmp_path / seed), *formats], check=True, env=os.environ | {"PYTHONHASHSEED": seed})
    assert tree(tmp_path / "1" / "povdata-datapackage") == tree(tmp_path / "2" / "povdata-datapackage")
    dumps = []
    for seed in ("1", "2"):
        connection = sqlite3.connect(tmp_path / seed / "povdata.sqlite")
        dumps.append(list(connection.iterdump()))
        connection.close()
    assert dumps[0] == dumps[1]
