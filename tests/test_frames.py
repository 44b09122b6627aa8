"""Frames: exact data types, the same on every pandas."""

from decimal import Decimal

import pandas as pd
import pytest

import povdata
from povdata.exceptions import InvalidArgumentError
from povdata.model import columns
from povdata.model.datatypes import Boolean, Day, Difference, Edtf, Enumeration, Integer, Quantity, Text

pytestmark = pytest.mark.everywhere

OBSERVATIONS = {
    "key": "string",
    "place": "string",
    "organization": "string",
    "practice": "string",
    "result_of": "string",
    "indicator": "string",
    "value": "Float64",
    "relation": "category",
    "period": "string",
    "period_part": "category",
    "period_start": "datetime64[s]",
    "period_end": "datetime64[s]",
    "change": "string",
    "change_role": "category",
    "population_en": "string",
    "population_zh": "string",
}


def test_observations_have_exact_types():
    """Column names, order and data types, stated literally."""
    frame = povdata.observations.to_pandas()
    assert {name: str(dtype) for name, dtype in frame.dtypes.items()} == OBSERVATIONS
    assert list(frame) == list(OBSERVATIONS)
    assert frame["relation"].cat.categories.tolist() == ["exact", "more_than", "less_than", "at_least", "at_most", "about"]


def test_delistings_have_exact_types():
    """Whole numbers and truth values stay what they are beside empty cells."""
    types = {name: str(dtype) for name, dtype in povdata.delistings.to_pandas().dtypes.items()}
    assert {types[name] for name in ("count", "total", "total_national", "total_provincial")} == {"Int64"}
    assert types["last_batch"] == "boolean"


@pytest.mark.parametrize("name", povdata.tables())
def test_every_table_becomes_a_frame_with_its_key_first(name):
    """No row or column is lost, and no column falls back to object."""
    table = povdata.tables()[name]
    frame = table.to_pandas()
    assert frame.shape == (len(table), len(table.schema))
    assert frame.columns[0] == "key"
    assert frame["key"].tolist() == list(table.by_key)
    assert "object" not in {str(dtype) for dtype in frame.dtypes}


def test_types_do_not_depend_on_the_rows():
    """An empty selection has the same types, so that frames concatenate."""
    frame = povdata.observations.where(lambda _: False).to_pandas()
    assert {name: str(dtype) for name, dtype in frame.dtypes.items()} == OBSERVATIONS


def test_values_survive_the_float():
    """Every value of the dataset is told apart and given back by a 64-bit float."""
    frame = povdata.observations.to_pandas().set_index("key")
    for item in povdata.observations:
        assert Decimal(repr(float(frame.loc[item.key, "value"]))) == item.value


def test_labels_and_bounds_are_added():
    """labels= joins names and units, bounds= the limits of a value."""
    frame = povdata.observations.to_pandas(labels="en", bounds=True).set_index("key")
    row = frame.loc["shanxi-poverty-rate-2020"]
    assert (row["place_name"], row["indicator_name"], row["unit"]) == ("Shanxi", "Poverty rate", "percent")
    assert pd.isna(row["lower"])
    assert row["upper"] == 0.1
    chinese = povdata.observations.to_pandas(labels="zh").set_index("key")
    assert chinese.loc["fuping-poverty-rate-2014", "place_name"] == "阜平县"


def test_unknown_labels_and_impossible_bounds_are_refused():
    """The message names the argument and what it takes."""
    with pytest.raises(InvalidArgumentError, match="labels must be 'en', 'zh' or None, not 'de'"):
        povdata.observations.to_pandas(labels="de")
    with pytest.raises(InvalidArgumentError, match="bounds=True needs values with a relation, and events has none"):
        povdata.events.to_pandas(bounds=True)


def test_dates_can_be_compared_and_grouped():
    """What an analyst would do next works."""
    frame = povdata.observations.to_pandas(labels="en")
    rates = frame[frame["indicator"] == "poverty_rate"]
    assert (rates["period_end"] < pd.Timestamp("2015-01-01")).sum() == 4
    assert rates.groupby("relation", observed=True)["value"].max().to_dict() == {"exact": 54.4, "less_than": 0.1}


def test_types_do_not_depend_on_the_cells():
    """A column whose cells are all empty has its type all the same, numbers, truth values, bounds and names alike."""
    undated = povdata.delistings.where(total=None).to_pandas()
    assert undated["total"].isna().all()
    assert str(undated["total"].dtype) == "Int64"
    assert str(povdata.delistings.where(last_batch=None).to_pandas()["last_batch"].dtype) == "boolean"
    lower = povdata.observations.where(relation="more_than", organization=None).to_pandas(labels="en", bounds=True)
    assert lower["upper"].isna().all()
    assert str(lower["upper"].dtype) == "Float64"
    assert lower["organization_name"].isna().all()
    assert lower["organization_name"].dtype == lower["relation"].cat.categories.dtype == pd.StringDtype("python")


def test_caveats_stand_beside_the_rows_that_they_concern():
    """Several are separated by semicolons; a row without any is empty."""
    frame = povdata.observations.to_pandas(caveats=True).set_index("key")["caveats"]
    assert str(frame.dtype) == "string"
    keys = [caveat.key for caveat in povdata.observations["lushan-poor-households-2019"].caveats]
    assert frame["lushan-poor-households-2019"] == ";".join(keys)
    assert len(keys) == 2
    assert frame.isna()["kezuozhongqi-collective-income-2019"]


@pytest.mark.parametrize(
    ("table", "names"),
    [
        ("observations", "place_name province_name organization_name practice_name result_of_name indicator_name unit"),
        ("delisting_places", "place_name province_name"),
        ("reconciliation", "key_name source_name"),
        ("poverty_counties", "province_name place_name source_name"),
        ("announcements", "province_name"),
        ("citations", ""),
    ],
)
def test_labels_add_a_name_behind_each_key_of_another_record(table, names):
    """The region goes with a place and the unit with an indicator; what is named itself, or has but its key, adds none."""
    own = povdata.tables()[table]
    shown = columns.columns(own, "en")
    added = [column for column in shown if column.name not in own.schema]
    assert [column.name for column in added] == names.split()
    for column in added:
        assert column.required == (None not in column.values)
        if column.name.endswith("_name"):
            assert column.description == f"Name of what `{column.name.removesuffix('_name')}` refers to."
    assert [column.name for column in shown if column.name in own.schema] == list(own.schema)


def test_bounds_and_caveats_say_what_they_are():
    """Both may be empty; a bound says whether rounding is in it."""
    added = columns.columns(povdata.observations[:3], None, "rounding", caveats=True)[-3:]
    assert [(column.name, column.required, type(column.type).__name__) for column in added] == [
        ("lower", False, "Quantity"),
        ("upper", False, "Quantity"),
        ("caveats", False, "Text"),
    ]
    assert [column.description for column in added] == [
        "Lower bound of the value with what rounding and the nature of the quantity leave open.",
        "Upper bound of the value with what rounding and the nature of the quantity leave open.",
        "Keys of the caveats that concern the row, separated by semicolons.",
    ]
    assert columns.columns(povdata.observations[:3], bounds=True)[-1].description == "Upper bound of the value."


def test_numbers_are_whole_or_decimal():
    """Two kinds of whole numbers and quantities; years in texts, days and codes are none."""
    kinds = (Integer(), Difference(), Quantity(), Text(), Edtf(), Day(), Boolean(), Enumeration({"a": ""}))
    assert [columns.is_number(kind) for kind in kinds] == [True, True, True, False, False, False, False, False]


@pytest.mark.parametrize("bounds", ["round", 1.5, None, "", 0, 2])
def test_other_bounds_are_refused_or_none(bounds):
    """True, False and "rounding" are known; what counts for nothing adds none."""
    if bounds:
        with pytest.raises(InvalidArgumentError, match=f"bounds must be True, False or 'rounding', not {bounds!r}"):
            povdata.observations.to_pandas(bounds=bounds)
    else:
        assert "lower" not in povdata.observations.to_pandas(bounds=bounds)
