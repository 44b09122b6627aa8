"""SQLite, Parquet and Excel: what is read back from each."""

import datetime
import sqlite3
from decimal import Decimal
from zipfile import ZipFile

import pandas as pd
import pytest

import povdata
from conftest import needed
from povdata.exports import workbook as writer
from povdata.model.datatypes import Enumeration, Reference
from povdata.records import RECORDS


@pytest.fixture
def database(exported):
    connection = sqlite3.connect(exported("sqlite"))
    connection.execute("PRAGMA foreign_keys = ON")
    yield connection
    connection.close()


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
    assert foreign_keys == {(c.name, c.type.table, "key") for c in schema.values() if isinstance(c.type, Reference)}


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


def test_parquet_holds_every_value_in_exact_types(exported):
    """Values, types, nullability and descriptions survive the file."""
    needed("parquet")
    import pyarrow.parquet as pq

    folder = exported("parquet")
    assert {path.name for path in folder.iterdir()} == {f"{name}.parquet" for name in RECORDS}
    for name, table in povdata.tables().items():
        found, expected = pq.read_table(folder / f"{name}.parquet"), table.to_arrow()
        assert found.schema.equals(expected.schema)
        assert found.to_pylist() == expected.to_pylist()
        for column in table.schema.values():
            assert found.schema.field(column.name).metadata[b"description"].decode() == column.description
        assert found.schema.metadata[b"version"].decode() == povdata.__version__


def test_parquet_states_the_facts(exported):
    """A figure, its types and a list, read without povdata's help."""
    needed("parquet")
    import pyarrow.parquet as pq

    folder = exported("parquet")
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
def workbook(exported):
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed")
    return openpyxl.load_workbook(exported("xlsx"))


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
    """A sheet a table: header, then rows; codes as text, figures as numbers, days as dates; beside them what the frames add."""
    table = povdata.tables()[name]
    header, *rows = workbook[name].iter_rows(values_only=True)
    frame = table.to_pandas(labels="en", bounds=name == "observations", caveats=True)
    assert [column for column in header if column != "evidence"] == list(frame.columns)
    for column in table.schema.values():
        found = [row[header.index(column.name)] for row in rows]
        assert found == [as_excel(column, getattr(record, column.name)) for record in table]
    for column in set(frame.columns) - set(table.schema):
        found = [row[header.index(column)] for row in rows]
        assert found == [None if pd.isna(value) else value for value in frame[column]]


def test_excel_states_the_facts(workbook):
    """A figure with its date, and a code that stays text."""
    header, *rows = workbook["observations"].iter_rows()
    row = next(dict(zip((c.value for c in header), cells, strict=True)) for cells in rows if cells[0].value == "fuping-poverty-rate-2014")
    assert (row["value"].value, row["value"].data_type) == (54.4, "n")
    assert (row["place"].value, row["place"].data_type, row["place"].number_format) == ("130624", "s", "@")
    assert (row["period_start"].is_date, row["period_start"].number_format) == (True, "yyyy-mm-dd")
    assert (row["place_name"].value, row["unit"].value, row["lower"].value, row["upper"].value) == ("Fuping County", "percent", 54.4, 54.4)
    assert "value, relation 54.4% 7:88-93" in row["evidence"].value
    assert workbook.sheetnames == ["readme", *RECORDS]


def test_the_readme_sheet_explains_the_workbook(workbook):
    """Version and citation, every table, every column and every value of a vocabulary."""
    rows = set(workbook["readme"].iter_rows(values_only=True, max_col=3))
    assert ("version", povdata.__version__, None) in rows
    for name, table in povdata.tables().items():
        assert (name, len(table), povdata.describe(name).text) in rows
        assert {column for first, column, _ in rows if first == name} >= set(table.schema)
    assert ("observations", "evidence", "derived") in rows
    assert ("observations", "relation", "more_than") in rows


def test_a_sheet_can_be_read_and_filtered(workbook):
    """The header is bold, stays in view and has filters over all rows; the workbook has a title of its own."""
    sheet = workbook["observations"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", "A1:AA193")
    assert [row[0].font.bold for row in sheet.iter_rows(max_row=2)] == [True, False]
    assert workbook.properties.title == "How 15 Chinese regions took their poverty counties off the list"


def test_no_text_becomes_a_formula(workbook, tmp_path):
    """Texts that start like formulas or errors are stored as text, and marked so that they stay it."""
    openpyxl = pytest.importorskip("openpyxl")
    assert {cell.data_type for sheet in workbook for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d", "b"}
    texts = ["=1+1", "+86", "-5", "@SUM(A1)", "#N/A", "2020-02", "54.4%", "plain"]
    book = openpyxl.Workbook(write_only=True)
    writer.fill(book.create_sheet("texts"), [texts], [10])
    book.save(tmp_path / "texts.xlsx")
    (cells,) = openpyxl.load_workbook(tmp_path / "texts.xlsx")["texts"].iter_rows()
    assert [(cell.value, cell.data_type) for cell in cells] == [(text, "s") for text in texts]
    assert [cell.quotePrefix for cell in cells] == [True, True, True, True, False, False, False, False]


def test_a_column_is_as_wide_as_its_texts(workbook):
    """Within reason, so that no heading is cut and no text runs across the screen."""
    widths = {
        sheet.title: [dimension.width for dimension in sheet.column_dimensions.values()] for sheet in workbook if sheet.title != "readme"
    }
    assert all(len(widths[name]) == len(next(workbook[name].iter_rows(max_row=1))) for name in widths)
    assert all(len(cell.value) < width <= 60 for name in widths for cell, width in zip(workbook[name][1], widths[name], strict=True))


def test_the_same_data_give_the_same_workbook(tmp_path):
    """No part of the file says when it was written."""
    needed("xlsx")
    path = povdata.export(tmp_path, "xlsx", tables=["industries"], labels="zh")
    with ZipFile(path) as book:
        assert {item.date_time for item in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not {b"created", b"modified"} & {word for word in (b"created", b"modified") if word in book.read("docProps/core.xml")}


# Options. ---------------------------------------------------------------------------------------------------------------------

WIDE = {"tables": ["observations", "places", "practices"], "labels": "zh", "bounds": True, "caveats": True}


def test_a_database_of_some_tables_has_names_and_bounds(tmp_path):
    """Added columns stand in the tables; references to tables that are left out are not declared, and views that need them are not made."""
    connection = sqlite3.connect(povdata.export(tmp_path, "sqlite", **WIDE))
    row = connection.execute(
        "SELECT place_name, province_name, unit, lower, upper FROM observations WHERE key = 'fuping-poverty-rate-2014'"
    )
    assert row.fetchone() == ("阜平县", "河北省", "percent", 54.4, 54.4)
    targets = {row[2] for row in connection.execute("PRAGMA foreign_key_list(observations)")}
    assert targets == {"places", "practices"}
    assert connection.execute("SELECT name FROM sqlite_master WHERE type = 'view'").fetchall() == [("places_within",)]
    connection.close()


def test_parquet_files_have_names_and_bounds(tmp_path):
    """In the order of the frames, bounds as exact decimals, with descriptions."""
    needed("parquet")
    import pyarrow.parquet as pq

    folder = povdata.export(tmp_path, "parquet", **WIDE)
    found = pq.read_table(folder / "observations.parquet")
    frame = povdata.observations.to_pandas(labels="zh", bounds=True, caveats=True)
    assert found.column_names == list(frame.columns)
    assert str(found.schema.field("lower").type).startswith("decimal128")
    assert found.schema.field("place_name").metadata[b"description"]
    row = next(row for row in found.to_pylist() if row["key"] == "fuping-poverty-rate-2014")
    assert (row["place_name"], row["lower"]) == ("阜平县", Decimal("54.4"))
