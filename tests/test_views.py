"""The ready-made frames: names and types of their columns, and rows that are known."""

import pandas as pd
import pytest

import povdata

CHANGES = {
    "change": "string",
    "place": "string",
    "place_name": "string",
    "indicator": "string",
    "indicator_name": "string",
    "unit": "string",
    "same_indicator": "boolean",
    "from_key": "string",
    "from_value": "Float64",
    "from_relation": "string",
    "from_period": "string",
    "to_key": "string",
    "to_value": "Float64",
    "to_relation": "string",
    "to_period": "string",
}


def test_changes_have_exact_columns():
    """Column names, order and data types, stated literally."""
    assert {name: str(dtype) for name, dtype in povdata.changes().dtypes.items()} == CHANGES
    assert list(povdata.changes()) == list(CHANGES)


def test_the_change_of_baisha():
    """Baisha went from 10,825 poor households, the article does not say when, to 7 in 2019."""
    row = povdata.changes().set_index("change").loc["baisha-poor-households"].to_dict()
    assert pd.isna(row.pop("from_period"))
    assert row == {
        "place": "469025",
        "place_name": "Baisha Li Autonomous County",
        "indicator": "poor_households",
        "indicator_name": "Poor households",
        "unit": "household",
        "same_indicator": True,
        "from_key": "baisha-poor-households-before",
        "from_value": 10825,
        "from_relation": "exact",
        "to_key": "baisha-poor-households-2019",
        "to_value": 7,
        "to_relation": "exact",
        "to_period": "2019",
    }


def test_the_changes_of_lushan_compare_two_measures():
    """Lushan's registered poor and those left in 2019 are measured differently, all other changes are of one indicator."""
    frame = povdata.changes()
    assert frame.loc[~frame["same_indicator"], "change"].tolist() == ["lushan-poor-households", "lushan-poor-population"]


def test_a_change_with_one_printed_end_is_no_pair():
    """Shanxi's rate fell to below 0.1 %, from what is not printed: the figure says so itself."""
    assert povdata.observations["shanxi-poverty-rate-2020"].change_role == "to"
    assert "shanxi-poverty-rate" not in povdata.changes()["change"].tolist()


def test_changes_speak_chinese():
    """labels="zh" names places and indicators in Chinese."""
    row = povdata.changes(labels="zh").set_index("change").loc["fuping-poverty-rate"]
    assert (row["place_name"], row["indicator_name"]) == ("阜平县", "贫困发生率")


def test_the_timeline_is_ordered_and_ends_without_dates():
    """19 delistings by the last and the first day of their date, numbered from 0; the one without a date comes last."""
    frame = povdata.timeline(labels="zh")
    assert frame.index.tolist() == list(range(19))
    assert {str(frame[name].dtype) for name in ("start", "end")} == {"datetime64[s]"}
    assert frame["key"].tolist()[:3] == ["shanxi-heshun-2019-04", "xizang-earlier", "xizang-2019-12-23"]
    assert frame["key"].tolist()[-1:] == ["neimenggu-kezuozhongqi"]
    assert frame.loc[0, ["start", "end", "province_name"]].tolist() == [pd.Timestamp("2019-04-01"), pd.Timestamp("2019-04-30"), "山西省"]
    assert frame.loc[18:, ["start", "end"]].isna().all(axis=None)


def test_another_language_is_refused():
    """Names are in English or Chinese."""
    for view in (povdata.changes, povdata.timeline):
        with pytest.raises(povdata.InvalidArgumentError, match="not 'de'"):
            view(labels="de")


def test_the_timeline_tells_earlier_exits_first():
    """Tibet's exits up to December 2019 come before the batch of that day, and undated exits last."""
    keys = povdata.timeline()["key"].tolist()
    assert keys.index("xizang-earlier") < keys.index("xizang-2019-12-23")
    dates = [povdata.delistings[key].date is None for key in keys]
    assert dates == sorted(dates)
