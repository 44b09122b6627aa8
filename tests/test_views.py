"""The ready-made frames: names and types of their columns, and rows that are known."""

from datetime import date

import numpy as np
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


def test_the_timeline_leads_to_its_evidence():
    """Its rows are those of delistings, so what they were read from is found without saying which table they are of."""
    frame = povdata.timeline()
    found = povdata.evidence(frame, "date")
    assert set(found) == set(povdata.evidence(povdata.delistings, "date"))
    assert list(dict.fromkeys(item.key for item in found)) == frame["key"].tolist()[:-1]


PANEL = {
    "county": "string",
    "code": "string",
    "name": "string",
    "province": "string",
    "province_name": "string",
    "tier": "category",
    "year": "Int64",
    "cohort": "Int64",
    "status": "category",
    "years_since_exit": "Int64",
    "announced": "datetime64[s]",
}
FUPING = ("130624", "130624", "Fuping County", "130000", "Hebei", "national")
YEARS = [(2018, 2019, "listed", -1), (2019, 2019, "exited", 0), (2020, 2019, "exited", 1)]


def test_a_panel_has_a_row_for_each_county_and_year():
    """Exact types; Fuping's three rows; its exit of 2019 was announced on 29 February 2020."""
    frame = povdata.panel(2018, 2020)
    assert {name: str(dtype) for name, dtype in frame.dtypes.items()} == PANEL
    assert (list(frame), len(frame), frame.index.tolist()) == (list(PANEL), 832 * 3, list(range(832 * 3)))
    assert frame["status"].cat.categories.tolist() == ["listed", "exited"]
    assert frame.attrs == {"povdata_table": "panel"}
    rows = frame[frame["county"] == "130624"]
    assert rows.to_numpy().tolist() == [[*FUPING, *row, pd.Timestamp("2020-02-29")] for row in YEARS]


def test_a_panel_in_polars_has_the_same_rows():
    """Exact types, and every cell as in pandas."""
    pl = pytest.importorskip("polars", reason="needs polars: pip install 'povdata[polars]'")
    frame = povdata.panel(2018, 2020, tier=None, library="polars")
    assert (frame.columns, frame.schema["status"], frame.schema["announced"]) == (list(PANEL), pl.Enum(["listed", "exited"]), pl.Date)
    assert (frame.schema["year"], frame.schema["years_since_exit"], frame.schema["province"]) == (pl.Int64, pl.Int64, pl.String)
    assert frame.filter(pl.col("county") == "130624").rows() == [(*FUPING, *row, date(2020, 2, 29)) for row in YEARS]
    twin = povdata.panel(2018, 2020, tier=None)
    for name in PANEL:
        cells = [None if pd.isna(cell) else cell for cell in twin[name]]
        assert frame[name].to_list() == [cell.date() if isinstance(cell, pd.Timestamp) else cell for cell in cells]


def test_the_tiers_of_a_panel():
    """832 counties of the national list, 115 of the provincial tier, the exits of 14 of them unknown, and a district; Chinese names."""
    provincial = povdata.panel(2019, 2019, tier="provincial")
    assert len(provincial) == 115
    assert provincial[["cohort", "status", "years_since_exit", "announced"]].isna().sum().tolist() == [14, 14, 14, 53]
    both = povdata.panel(2019, 2019, tier=None, labels="zh")
    assert both["tier"].value_counts().to_dict() == {"national": 832, "provincial": 115, "national_key_district": 1}
    assert both.loc[both["county"] == "130624", ["name", "province_name"]].to_numpy().tolist() == [["阜平县", "河北省"]]


@pytest.mark.parametrize(
    ("year", "county", "code"),
    [
        (None, "361104", "361104"),
        (2018, "361104", "361121"),
        (2019, "361104", "361104"),
        (2024, "361104", "361104"),
        (2010, "520603", None),  # a part of two counties
        (2013, "520603", "520603"),
        (2010, "130708", "130729"),
        (2016, "130708", "130708"),
        (2020, "520522", "520522"),
        (2024, "520522", "520581"),
        (2024, "632800-lenghu", None),  # part of Mangnai since 2018
    ],
)
def test_a_panel_has_the_codes_of_a_year(year, county, code):
    """The first and the last year of a code count; a county that had none, or of which several had a part, has an empty one."""
    frame = povdata.panel(2019, 2019, codes_as_of=year).set_index("county")
    found = frame.loc[county, "code"]
    assert (None if pd.isna(found) else found) == code


@pytest.mark.parametrize(
    ("years", "options", "says"),
    [
        ((2009, 2012), {}, "first must be a year from 2010 to 2024, not 2009"),
        ((2012, 2025), {}, "last must be a year from 2010 to 2024, not 2025"),
        (("soon", 2013), {}, "first must be a year from 2010 to 2024, not 'soon'"),
        ((2012, 2013), {"codes_as_of": 2009}, "codes_as_of must be a year from 2010 to 2024, not 2009"),
        ((2012, 2013), {"codes_as_of": 0}, "codes_as_of must be a year from 2010 to 2024, not 0"),
        ((2013, 2012), {}, "first must not be after last: 2013 > 2012"),
        ((2012, 2013), {"tier": "county"}, "tier must be one of national, provincial, national_key_district, or None"),
        ((2012, 2013), {"library": "arrow"}, "library must be 'pandas' or 'polars', not 'arrow'"),
        ((2012, 2013), {"labels": None}, "labels must be 'en' or 'zh', not None"),
    ],
)
def test_what_is_no_panel_is_refused(years, options, says):
    """The message names the argument and what it takes."""
    with pytest.raises(povdata.InvalidArgumentError, match=says):
        povdata.panel(*years, **options)


def test_the_first_and_the_last_year_are_years():
    """2010 and 2024 are within; a panel of one year has a row per county."""
    assert povdata.panel(2010, 2010, codes_as_of=2010)["year"].unique().tolist() == [2010]
    assert povdata.panel(2024, 2024, codes_as_of=2024)["year"].unique().tolist() == [2024]


@pytest.mark.parametrize("kind", [int, float, str, np.int64, np.float64])
def test_a_year_may_be_any_kind_of_number(kind):
    """As a column of a frame, or a file, holds it."""
    assert povdata.panel(kind(2018), kind(2020), codes_as_of=kind(2018)).equals(povdata.panel(2018, 2020, codes_as_of=2018))


@pytest.mark.parametrize("view", ["changes", "timeline"])
def test_a_view_in_polars_has_the_cells_of_pandas(view):
    """Texts, numbers, truth values and days are the same; what is empty is null."""
    pytest.importorskip("polars", reason="needs polars: pip install 'povdata[polars]'")
    frame, twin = getattr(povdata, view)(library="polars"), getattr(povdata, view)()
    assert frame.columns == list(twin)
    for name in twin:
        cells = [None if pd.isna(cell) else cell for cell in twin[name]]
        found = [float(cell) if str(twin[name].dtype) == "Float64" and cell is not None else cell for cell in frame[name]]
        assert found == [cell.date() if isinstance(cell, pd.Timestamp) else cell for cell in cells]
