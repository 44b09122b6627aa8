"""Arrow and polars: exact types, and tables taken as they are."""

import datetime
import json
import subprocess
import sys
from decimal import Decimal

import pytest

import povdata

pytestmark = pytest.mark.everywhere

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
pl = pytest.importorskip("polars", reason="polars is not installed")


def test_arrow_types_are_exact():
    """Decimals, dates, dictionaries and lists, stated literally."""
    schema = povdata.observations.to_arrow().schema
    assert str(schema.field("value").type) == "decimal128(20, 6)"
    assert str(schema.field("period_start").type) == "date32[day]"
    assert pa.types.is_dictionary(schema.field("relation").type)
    assert str(povdata.caveats.to_arrow().schema.field("records").type) == "list<item: string>"
    assert schema.field("value").metadata == {b"description": b"The figure in the indicator's unit."}
    assert (schema.field("key").nullable, schema.field("period").nullable) == (False, True)
    values = b"5;exact9;more_than9;less_than8;at_least7;at_most5;about"  # where polars looks for them, from 1.32 on and before
    metadata = schema.field("relation").metadata
    assert metadata.keys() == {b"description", b"_PL_ENUM_VALUES2", b"_PL_ENUM_VALUES"}
    assert metadata[b"_PL_ENUM_VALUES2"] == metadata[b"_PL_ENUM_VALUES"] == values


def test_polars_types_are_exact():
    """The same in polars."""
    frame = povdata.observations.to_polars()
    assert frame.schema["value"] == pl.Decimal(20, 6)
    assert frame.schema["period_start"] == pl.Date
    assert frame.schema["relation"] == pl.Enum(["exact", "more_than", "less_than", "at_least", "at_most", "about"])
    assert povdata.places.to_polars().schema["names_printed"] == pl.List(pl.String)


@pytest.mark.parametrize("name", povdata.tables())
def test_every_value_survives(name):
    """Arrow and polars give back the records' own values."""
    table = povdata.tables()[name]
    expected = [[list(value) if isinstance(value, tuple) else value for value in row.values()] for row in table.to_dicts(exact=True)]
    assert [list(row.values()) for row in table.to_arrow().to_pylist()] == expected
    assert [list(row) for row in table.to_polars().rows()] == expected


def test_polars_takes_a_table_as_it_is():
    """pl.DataFrame(table) goes over the Arrow PyCapsule interface."""
    frame = pl.DataFrame(povdata.observations)
    row = frame.filter(pl.col("key") == "fuping-poverty-rate-2014").row(0, named=True)
    assert (row["value"], row["period_start"]) == (Decimal("54.4"), datetime.date(2014, 1, 1))


def test_pyarrow_and_duckdb_take_a_table_as_it_is():
    """pa.table(table) and a DuckDB relation over it."""
    duckdb = pytest.importorskip("duckdb", reason="DuckDB is not installed")
    observations = pa.table(povdata.observations)
    assert observations.num_rows == len(povdata.observations)
    found = duckdb.sql("select max(value) from observations where indicator = 'poverty_rate'").fetchall()
    assert found == [(Decimal("54.4"),)]


def test_narwhals_takes_a_table_as_it_is():
    """nw.from_native(table) is the pandas frame, nw.from_arrow(table) a frame of the library that is named."""
    nw = pytest.importorskip("narwhals", reason="narwhals is not installed")
    rates = nw.from_native(povdata.observations).filter(nw.col("indicator") == "poverty_rate")
    assert (rates.shape, rates.implementation.value, rates["value"].max()) == ((13, 16), "pandas", 54.4)
    assert nw.from_arrow(povdata.observations, backend="polars").rows() == povdata.observations.to_polars().rows()


def test_altair_takes_a_table_as_it_is():
    """A chart over a table knows the types of its columns and holds its values."""
    alt = pytest.importorskip("altair", reason="altair is not installed")
    fuping = povdata.observations.where(indicator="poverty_rate", place="130624")
    chart = alt.Chart(fuping).mark_point().encode(x="period_start", y="value", color="relation")
    drawn = json.loads(chart.to_json())
    assert {channel: drawn["encoding"][channel]["type"] for channel in "xy"} == {"x": "temporal", "y": "quantitative"}
    (rows,) = drawn["datasets"].values()
    assert [row["value"] for row in rows] == [54.4, 0.46]


def test_great_tables_takes_a_frame():
    """Great Tables draws the frames that a table gives; it takes frames alone."""
    great_tables = pytest.importorskip("great_tables", reason="great_tables is not installed")
    for frame in (povdata.provinces.to_pandas(), povdata.provinces.to_polars()):
        assert "黑龙江" in great_tables.GT(frame).as_raw_html()


def test_polars_needs_neither_pandas_nor_pyarrow():
    """A polars frame, and the PyCapsule interface behind it, come without the other two."""
    code = (
        "import sys; sys.modules['pyarrow'] = sys.modules['pandas'] = None\n"
        "import polars, povdata\n"
        "print(povdata.provinces.to_polars().shape, polars.DataFrame(povdata.provinces).shape)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "(15, 17) (15, 17)\n"


def test_a_missing_package_says_how_to_install_it():
    """Without polars the error names the extra, and is an ImportError."""
    code = (
        "import sys; sys.modules['polars'] = sys.modules['pyarrow'] = None\n"
        "import povdata\n"
        "for convert in (povdata.provinces.to_polars, povdata.provinces.to_arrow):\n"
        "    try: convert()\n"
        "    except ImportError as error: print(error)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines() == [
        "polars is not installed; run: pip install polars, which povdata's extra 'polars' brings",
        "pyarrow is not installed; run: pip install pyarrow, which povdata's extra 'arrow' brings",
    ]


def test_options_mean_the_same_in_every_library():
    """Names, bounds and caveats: the same columns with the same cells in pandas, Arrow and polars."""
    figures = povdata.observations.where(place="130624")
    options = {"labels": "zh", "bounds": "rounding", "caveats": True}
    table, frame, twin = figures.to_arrow(**options), figures.to_polars(**options), figures.to_pandas(**options)
    assert table.column_names == frame.columns == list(twin)
    assert [column for column in frame.columns if column not in figures.schema] == [
        *("place_name", "province_name", "organization_name", "practice_name", "result_of_name", "indicator_name", "unit"),
        *("lower", "upper", "caveats"),
    ]
    assert table.to_pylist() == frame.to_dicts()
    row = frame.row(by_predicate=pl.col("key") == "fuping-poverty-rate-2014", named=True)
    assert (row["place_name"], row["lower"], row["upper"]) == ("阜平县", Decimal("54.35"), Decimal("54.45"))
    assert twin.set_index("key").loc["fuping-poverty-rate-2014", ["place_name", "lower", "upper"]].tolist() == ["阜平县", 54.35, 54.45]


def test_a_frame_that_narwhals_was_given_leads_to_its_evidence():
    """It keeps in mind which table it is of, though provinces share their keys with places."""
    nw = pytest.importorskip("narwhals", reason="narwhals is not installed")
    frame = nw.from_native(povdata.provinces).select("key", "name_en").to_native()
    assert povdata.evidence(frame) == povdata.evidence(povdata.provinces)
