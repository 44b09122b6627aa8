"""Tables: sequence, look-up, selection."""

import copy
import pickle
import weakref
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from decimal import Decimal

import attrs
import numpy as np
import pandas as pd
import pytest

import povdata
from povdata.exceptions import AmbiguousError, InvalidArgumentError, NotFoundError
from povdata.model.table import Table

pytestmark = pytest.mark.everywhere


def test_a_key_that_is_missing_names_the_nearest():
    """An unknown key is a KeyError that says what resembles it."""
    with pytest.raises(KeyError) as caught:
        povdata.observations["fuping-poverty-rate-2015"]
    assert isinstance(caught.value, NotFoundError)
    assert "fuping-poverty-rate-2014" in caught.value.suggestions
    assert str(caught.value).startswith("no key of observations 'fuping-poverty-rate-2015'; nearest: ")


def test_an_unknown_column_table_or_value_names_the_nearest():
    """where(), describe() and vocabularies refuse what they do not know."""
    with pytest.raises(NotFoundError, match="no column of observations 'indicater'; nearest: indicator"):
        povdata.observations.where(indicater="poverty_rate")
    with pytest.raises(NotFoundError, match=r"no value of observations\.indicator 'povrty_rate'; nearest: poverty_rate"):
        povdata.observations.where(indicator="povrty_rate")
    with pytest.raises(NotFoundError, match=r"no value of observations\.relation 'more'; nearest: more_than"):
        povdata.observations.where(relation="more")
    with pytest.raises(NotFoundError, match="no table 'observation'; nearest: observations"):
        povdata.describe("observation")
    with pytest.raises(NotFoundError, match="no table 'obs'; nearest: observations"):
        povdata.describe("obs")
    with pytest.raises(NotFoundError, match="no key of observations 'fuping'; nearest: fuping-major-industries, fuping-poverty-rate-2014"):
        povdata.observations["fuping"]


@pytest.mark.parametrize("name", ["阜平县", "阜平", "Fuping", "Fuping County", "fuping county", "Fùpíng Xiàn", "fupingxian", "130624"])
def test_a_place_is_found_by_any_of_its_names(name):
    """Chinese and English name, pinyin with and without tones and blanks, code."""
    assert povdata.places.lookup(name).key == "130624"


@pytest.mark.parametrize(
    ("name", "key"),
    [("大同县", "140215"), ("云州区", "140215"), ("Chengkou", "500229"), ("lùshān", "410423"), ("通道", "431230"), ("东乡族", "622926")],
)
def test_counties_are_found_by_former_and_short_names(name, key):
    """A name in brackets, pinyin without the kind, and an autonomous county's name without its peoples, but never nothing."""
    assert povdata.poverty_counties.lookup(name).key == key
    assert "" not in povdata.poverty_counties._names.whole | povdata.poverty_counties._names.stems


@pytest.mark.parametrize(("name", "key"), [("河北", "130000"), ("科左中旗", "150521"), ("cn-he", "130000"), ("Tibet", "540000")])
def test_provinces_and_short_names_are_found(name, key):
    """Short names, printed names and ISO codes."""
    table = povdata.provinces if name == "cn-he" else povdata.places
    assert table.lookup(name).key == key


def test_an_ambiguous_name_gives_the_candidates():
    """The generic name of several Party committees is not guessed."""
    with pytest.raises(AmbiguousError) as caught:
        povdata.organizations.lookup("县委")
    assert [candidate.split()[0] for candidate in caught.value.candidates] == [
        "chengkou-party-committee",
        "heshun-party-committee",
        "jinzhai-party-committee",
        "lingao-party-committee",
    ]
    assert isinstance(caught.value, LookupError)


@pytest.mark.parametrize("name", ["吉安", "Ji'an", "邵阳", "Shaoyang"])
def test_a_short_form_that_fits_two_places_is_ambiguous(name):
    """A city and a county of the same name are not told apart by guessing."""
    with pytest.raises(AmbiguousError):
        povdata.places.lookup(name)


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("Shangrao County", ["361104"]),
        ("Kai County", ["500154"]),
        ("Panxian", ["520281"]),
        ("Qianxi City", ["520522"]),
        ("Fuyuan County", ["230883", "530325"]),
        ("Fuyuan County, Heilongjiang", ["230883"]),
        ("Datong County", ["140215", "630121"]),
        ("Yun County", ["420304", "530922"]),
        ("铜仁市", ["520602", "520603"]),
        ("Weining Yi Hui Miao Autonomous County", ["520526"]),
    ],
)
def test_a_name_of_other_years_is_known_in_every_language(name, keys):
    """What a county was or will be called finds it; where another county has that name, neither is guessed."""
    try:
        found = [povdata.poverty_counties.lookup(name).key]
    except AmbiguousError as error:
        found = [candidate.partition(" ")[0] for candidate in error.candidates]
    assert found == keys


def test_a_city_goes_before_the_county_inside_it_that_had_its_name():
    """铜仁市 is the city of today; the county-level city of that name before 2011 lies in it."""
    assert [povdata.divisions.lookup(name).key for name in ("铜仁市", "毕节", "Xigazê City")] == ["520600", "520500", "540200"]


@pytest.mark.parametrize(
    ("name", "key"), [("Weinig County", "520526"), ("weinig county", "520526"), ("Fupin County", "130624"), ("阜乎县", "130624")]
)
def test_a_misspelt_name_suggests_the_right_one(name, key):
    """The word for the kind counts for nothing; the candidates say in which province they lie."""
    with pytest.raises(NotFoundError) as caught:
        povdata.poverty_counties.lookup(name)
    assert caught.value.suggestions[0].startswith(f"{key} (")


def test_a_name_where_a_key_is_wanted_gives_the_key():
    """Who asks for a record by its name is told its key."""
    with pytest.raises(
        NotFoundError, match=r"no key of poverty_counties 'Weining'; nearest: 520526 \(Weining Yi, Hui and Miao Autonomous County"
    ):
        povdata.poverty_counties["Weining"]
    with pytest.raises(NotFoundError, match=r"no key of indicators '贫困发生率'; nearest: poverty_rate \(贫困发生率\)"):
        povdata.indicators["贫困发生率"]


def test_a_place_that_only_other_tables_have_is_told_as_that():
    """The article names no place in Guizhou; the error says that the reference half does."""
    says = r"no name in places \(divisions and the tables that refer to it have one\) '贵州'; nearest: 520000 \(贵州省\)"
    with pytest.raises(NotFoundError, match=says):
        povdata.observations.within("贵州")
    with pytest.raises(NotFoundError, match="no name in places 'Atlantis'"):
        povdata.observations.within("Atlantis")


@pytest.mark.parametrize("name", ["", "  ", "Atlantis", "阜"])
def test_a_name_that_fits_nothing_is_not_found(name):
    """Look-up is exact: empty and partial names find nothing."""
    with pytest.raises(NotFoundError):
        povdata.places.lookup(name)


def test_a_code_as_a_number_is_refused():
    """Codes are text."""
    with pytest.raises(InvalidArgumentError, match="write codes as text"):
        povdata.places.lookup(130624)  # type: ignore[arg-type]


def test_search_ranks_names():
    """The whole name comes first, then names that begin with the text."""
    found = povdata.places.search("fuping")
    assert found[0].record.name_zh == "阜平县"
    assert [match.score for match in found] == sorted((match.score for match in found), reverse=True)
    with pytest.raises(InvalidArgumentError, match="search needs a letter or digit to look for, not ' -'"):
        povdata.places.search(" -")


def test_within_goes_down_to_the_hamlet_and_up_to_nothing():
    """A province's records include those of its villages; Jiang Jia of Shuangxing acts in Shenzhen, outside of it."""
    hunan = povdata.people.within("湖南省")
    assert {person.name_zh for person in hunan} == {"施六金", "刘东荣", "吕南拳", "蒋伟"}
    assert povdata.people.within(povdata.provinces["430000"]) == hunan
    assert len(povdata.practices.within("安图县")) >= 5
    assert {item.key for item in povdata.delistings.within("海南省")} == {"hainan-2019", "hainan-2020-02-29"}
    assert [county.key for county in povdata.poverty_counties.within("阜平县")] == ["130624"]
    with pytest.raises(InvalidArgumentError, match="needs a column place or province, and indicators has none"):
        povdata.indicators.within("河北")


def test_every_practice_person_and_organization_is_reachable_from_its_place_and_back():
    """within(place) finds what record.place names."""
    for table in (povdata.practices, povdata.people, povdata.organizations):
        for record in table:
            if record.place is not None:
                assert record in table.within(povdata.places[record.place])


def test_where_takes_values_lists_records_and_predicates():
    """Equality, membership, a record for its key, and a function."""
    fuping = povdata.places["130624"]
    assert len(povdata.observations.where(place=fuping)) == 6
    assert len(povdata.observations.where(place=fuping, indicator=["poverty_rate", "rural_income_per_person"])) == 4
    assert {item.key for item in povdata.observations.where(lambda item: item.value > 10**8)} == {"xinji-grape-annual-output"}
    assert all(item.period is None for item in povdata.observations.where(period=None))


def test_selections_are_tables_again():
    """Slices, where and sorted give tables with the same interface."""
    rates = povdata.observations.where(indicator="poverty_rate")
    assert isinstance(rates, Table)
    assert isinstance(rates[:2], Table)
    highest = rates.sorted("value", reverse=True)[0]
    assert (highest.place, str(highest.value)) == ("130624", "54.4")
    assert povdata.observations.sorted("period")[-1].period is None
    with pytest.raises(NotFoundError, match="no column of observations 'vale'"):
        rates.sorted("vale")


def test_a_table_behaves_as_a_sequence():
    """len, in, iteration, negative positions, get."""
    table = povdata.provinces
    assert len(table) == 15
    assert "130000" in table
    assert table[0] in table
    assert table[-1].key == "630000"
    assert [province.key for province in table] == list(table.by_key)
    assert table.get("130000") is table[0]
    assert table.get("999999") is None
    with pytest.raises(IndexError):
        table[15]


def test_tables_copy_and_pickle():
    """A whole table travels by its name and is itself again, a selection with its records; both copy, compare and hash."""
    fresh = Table("events", povdata.events.record)
    before, hashed = pickle.dumps(povdata.people), hash(povdata.people)
    assert len(before) < 100
    assert pickle.loads(before) is povdata.people
    assert (pickle.dumps(povdata.people), hash(povdata.people)) == (before, hashed)
    rates = povdata.observations.where(indicator="poverty_rate")
    twin = pickle.loads(pickle.dumps(rates))
    assert twin == rates
    assert hash(twin) == hash(rates)
    assert fresh == pickle.loads(pickle.dumps(fresh)) == povdata.events
    for table in (povdata.people, rates):
        assert copy.copy(table) is copy.deepcopy(table) is weakref.ref(table)() is table


@pytest.mark.parametrize(
    ("reached", "name"),
    [
        (povdata.tables(), "people"),
        (povdata.people.by_key, "fan-zheng"),
        (povdata.people.schema, "key"),
        (povdata.describe("people").columns, "key"),
        (povdata.describe("observations").vocabularies()["relation"], "exact"),
    ],
    ids=["tables()", "by_key", "schema", "columns", "vocabulary"],
)
def test_nothing_that_is_handed_out_changes_the_data(reached, name):
    """Mappings are read-only, but copy, pickle and compare like any other."""
    for change in (
        lambda: reached.__setitem__(name, None),
        lambda: reached.__delitem__(name),
        lambda: reached.update({name: None}),
        lambda: reached.setdefault("other", None),
        lambda: reached.pop(name),
        reached.popitem,
        reached.clear,
        lambda: reached.__ior__({name: None}),
    ):
        with pytest.raises(TypeError, match=r"read-only; dict\(...\) makes a copy that can be changed"):
            change()
    assert name in reached
    assert list(copy.copy(reached)) == list(copy.deepcopy(reached)) == list(reached)
    assert dict(reached)[name] is reached[name]


def test_a_table_has_no_attributes_to_set():
    """Name, class and records of a table stay what they are."""
    for name in ("name", "record", "records", "schema", "by_key"):
        with pytest.raises(AttributeError):
            setattr(povdata.people, name, None)
    with pytest.raises(AttributeError):
        povdata.people.extra = 1


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_records_are_values(protocol):
    """Records of every table pickle, copy, compare, hash and refuse change and unknown attributes."""
    for table in povdata.tables().values():
        record = table[0]
        twin = pickle.loads(pickle.dumps(record, protocol))
        assert twin == record == copy.deepcopy(record)
        assert hash(twin) == hash(record)
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            record.key = "x"
        with pytest.raises(AttributeError):
            record.no_such_column  # noqa: B018  # the access is what is tested
        assert not hasattr(record, "__dict__")


def test_many_threads_get_one_object():
    """First use from 32 threads reads the file once."""
    table = Table("events", povdata.events.record)
    with ThreadPoolExecutor(32) as pool:
        records = list(pool.map(lambda _: table.records, range(64)))
    assert all(found is records[0] for found in records)


def test_evidence_of_a_record_a_table_and_a_frame_agree():
    """The same rows give the same citations, however they are handed over."""
    rates = povdata.observations.where(indicator="poverty_rate").within("河北")
    expected = povdata.evidence(rates)
    assert {item.key for item in expected} == {"fuping-poverty-rate-2014", "fuping-poverty-rate-2019"}
    assert povdata.evidence(rates.to_pandas()) == expected
    assert sum((povdata.evidence(record) for record in rates), ()) == expected
    frame = povdata.provinces.to_pandas().merge(povdata.places.to_pandas(), on="key", suffixes=("", "_place"))
    assert povdata.evidence(frame) == povdata.evidence(povdata.provinces) + povdata.evidence(
        povdata.places.where(key=povdata.provinces.by_key)
    )
    with pytest.raises(InvalidArgumentError, match="no column 'key'"):
        povdata.evidence(rates.to_pandas().drop(columns="key"))
    with pytest.raises(NotFoundError, match="no column of observations 'valu'; nearest: value"):
        povdata.evidence(rates[0], "valu")


def test_evidence_shows_the_characters():
    """A figure's evidence is its characters; a phrase's is only its place."""
    record = povdata.observations["fuping-poverty-rate-2014"]
    found = {item.column: item.characters for item in povdata.evidence(record)}
    assert found == {"place": "阜平县", "indicator": None, "value": "54.4%", "relation": "54.4%", "period": "2014年", "change_role": None}


def test_html_is_escaped():
    """What stands in a cell is text, not markup."""
    place = attrs.evolve(povdata.places["130624"], name_en="<script>alert(1)</script>")
    shown = Table("places", povdata.places.record, [place])._repr_html_()
    assert "<script" not in shown
    assert "<style" not in shown
    assert "&lt;script&gt;" in shown


def test_a_place_has_not_the_names_of_those_who_act_there():
    """Only rows that say another name of a place lend it one, such as that of another year."""
    with pytest.raises(povdata.NotFoundError, match="no name in places '陈忠哲'"):
        povdata.places.lookup("陈忠哲")


def test_notebooks_complete_keys():
    """The tab key offers keys between brackets."""
    assert povdata.provinces._ipython_key_completions_()[:2] == ["130000", "140000"]


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("exit_year", "soon", r"poverty_counties\.exit_year cannot be 'soon': not a number: 'soon'"),
        ("exit_year", [2016, 2017.5], r"exit_year cannot be 2017\.5: not a whole number"),
        ("exit_year", float("nan"), r"exit_year cannot be nan: not a number"),
        ("exit_year", True, r"exit_year cannot be True: not a number"),
        ("key", 130624, r"poverty_counties\.key cannot be 130624: it holds text: write '130624'"),
        ("tier", None, r"poverty_counties\.tier is never empty"),
    ],
)
def test_where_refuses_values_that_a_column_cannot_hold(column, value, message):
    """A wrong type is a slip, not an empty selection; the message says what to write."""
    with pytest.raises(InvalidArgumentError, match=message):
        povdata.poverty_counties.where(**{column: value})


def test_where_takes_any_iterable_of_values():
    """A range, a generator and a Series name several values."""
    counties = povdata.poverty_counties
    for years in (range(2016, 2018), (year for year in (2016, 2017)), pd.Series([2016, 2017])):
        assert len(counties.where(exit_year=years, tier="national")) == 28 + 125


@pytest.mark.parametrize("value", [54.4, Decimal("54.40"), "54.4", np.float64(54.4), pd.Series([54.4])[0]], ids=repr)
def test_numbers_compare_by_value(value):
    """A number of any kind, or its text, finds the cells of that value."""
    assert [item.key for item in povdata.observations.where(value=value)] == ["fuping-poverty-rate-2014"]


@pytest.mark.parametrize(
    "value", [2016, "2016", 2016.0, Decimal(2016), np.int64(2016), np.uint16(2016), pd.Series([2016], dtype="Int64")[0]]
)
def test_whole_numbers_compare_by_value(value):
    """A year is found by whatever counts as that number."""
    assert len(povdata.poverty_counties.where(exit_year=value, tier="national")) == 28


@pytest.mark.parametrize("value", [date(2019, 5, 5), np.datetime64("2019-05-05"), pd.Timestamp("2019-05-05"), "2019-05-05"])
def test_a_day_finds_the_dates_that_are_that_day(value):
    """Dates as EDTF are asked for by days of any kind, as a frame holds them."""
    assert len(povdata.poverty_counties.where(announced=value)) == 31


@pytest.mark.parametrize(
    "value",
    [date(2014, 1, 1), datetime(2014, 1, 1), np.datetime64("2014-01-01"), pd.Timestamp("2014-01-01")],  # noqa: DTZ001  # as users write it
)
def test_days_compare_by_value(value):
    """A day of the standard library, numpy or pandas; a text is told how to become one."""
    assert "fuping-poverty-rate-2014" in povdata.observations.where(period_start=value).by_key
    with pytest.raises(
        InvalidArgumentError, match=r"period_start cannot be '2014-01-01': it holds days: write date.fromisoformat\('2014-01-01'\)"
    ):
        povdata.observations.where(period_start="2014-01-01")


def test_a_truth_value_is_written_as_one():
    """numpy's too; its text or number is refused."""
    assert len(povdata.delistings.where(last_batch=True)) == len(povdata.delistings.where(last_batch=np.True_)) == 15
    for value in ("true", 1):
        with pytest.raises(InvalidArgumentError, match="write True or False"):
            povdata.delistings.where(last_batch=value)


def test_a_number_in_a_table_is_refused():
    """Keys are text, so a number would never be found."""
    with pytest.raises(InvalidArgumentError, match="a key of places is a text: write '130624'"):
        assert 130624 in povdata.places
    assert None not in povdata.places


def test_what_is_no_key_position_or_place_is_refused():
    """Integer codes, lists and records that are no place get a message that says what to do."""
    with pytest.raises(IndexError, match="places has 194 records, none at position 130624; a key is a text: write '130624'"):
        povdata.places[130624]
    with pytest.raises(InvalidArgumentError, match="get takes a key, which is a text, not int: write '130624'"):
        povdata.places.get(130624)
    with pytest.raises(InvalidArgumentError, match="asked by key, position or slice, not by list"):
        povdata.places[["key"]]
    with pytest.raises(InvalidArgumentError, match="within takes a place of places, which this Person is not: cao-wen"):
        povdata.observations.within(povdata.people["cao-wen"])
    with pytest.raises(InvalidArgumentError, match="sorted takes names of columns one by one"):
        povdata.observations.sorted(["place"])
    with pytest.raises(InvalidArgumentError, match="search takes a text and a limit of zero or more, not None and 10"):
        povdata.places.search(None)


def test_a_table_turns_into_a_dictionary():
    """dict(table) is the records by key."""
    assert dict(povdata.provinces) == {record.key: record for record in povdata.provinces}
    assert next(iter(povdata.provinces.keys())) == "130000"


def test_a_place_knows_its_region():
    """The key's first two digits name it, a site's and a landform's too; what lies in none or several of the 15 has none."""
    regions = {place.key: place.province for place in povdata.places}
    assert regions["130624"] == "130000"
    assert regions["632821101-chakayanhu"] == "630000"
    assert regions["150000"] == "150000"
    assert regions["CN-qinbashan"] is None
    assert povdata.places["130624"].province_record is povdata.provinces["130000"]
    assert [place.name_zh for place in povdata.provinces["130000"].places if place.level == "prefecture"] == [
        "保定市",
        "张家口市",
        "承德市",
    ]


def test_a_labelled_frame_can_be_grouped_by_region():
    """Beside a place's name stands that of its region."""
    pytest.importorskip("pandas")
    frame = povdata.observations.to_pandas(labels="en")
    assert frame.groupby("province_name").size()["Hebei"] == len(povdata.observations.within("130000")) == 7
    assert "province_name" not in povdata.observations.to_pandas()
    assert povdata.delistings.to_pandas(labels="zh")["province_name"].iloc[0] == "安徽省"


def test_dates_are_sorted_in_time():
    """An open beginning comes first, a year before its days, a month before what follows it; empty dates come last."""
    dates = [item.date for item in povdata.delistings.sorted("date")]
    assert dates[:5] == ["../2019-12-22", "2019", "2019-04", "2019-12-23", "2020-02"]
    assert [item.date for item in povdata.delistings.sorted("date", reverse=True)][-1:] == [None]
    assert dates[-1] is None


@pytest.mark.parametrize(
    ("place", "counties"),
    [
        ("贵州", 66),
        ("贵州省", 66),
        ("520000", 66),
        ("河北", 63),
        ("Hebei", 63),
        ("海南省", 5),
        ("新疆", 32),
        ("毕节市", 7),
        ("毕节", 7),
        ("保定市", 9),
        ("130600", 9),
        ("吉安县", 1),
        ("邵阳县", 1),
        ("阜平", 1),
    ],
)
def test_the_national_list_is_searched_by_its_own_regions(place, counties):
    """within() knows all provinces and prefectures of the list; a name, a key and a record agree."""
    found = povdata.poverty_counties.within(place)
    assert len(found) == counties
    if place.isdigit() and place in povdata.places:
        assert povdata.poverty_counties.within(povdata.places[place]) == found


@pytest.mark.parametrize("place", ["甘南旗", "吉林市", "河北村", "河南藏族自治县", "贵洲", ""])
def test_no_region_is_guessed(place):
    """A name that only resembles that of a region is not taken for it."""
    with pytest.raises(NotFoundError):
        povdata.poverty_counties.within(place)


def test_a_region_that_is_called_like_another_is_not_chosen():
    """Hainan is a province, and a prefecture of Qinghai."""
    with pytest.raises(AmbiguousError, match=r"海南.*460000 \(海南省\), 632500 \(海南藏族自治州, 青海省\)"):
        povdata.poverty_counties.within("海南")


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (
            lambda: povdata.observations["value"],
            NotFoundError,
            r"no key of observations \(for a column: to_pandas\(\)\) 'value'",
        ),
        (
            lambda: povdata.observations.where("value"),
            InvalidArgumentError,
            "where takes a function of a record, or columns by name",
        ),
        (
            lambda: povdata.observations.where(place="阜平县"),
            NotFoundError,
            r"'阜平县'; nearest: 130624 \(阜平县, 河北省\)",
        ),
        (povdata.observations.__array__, InvalidArgumentError, r"observations is no array: to_pandas\(\) makes a frame of it"),
        (lambda: povdata.evidence(povdata.observations[0], ["value"]), InvalidArgumentError, "evidence takes the name of one column"),
        (lambda: povdata.check("e\0"), InvalidArgumentError, "check takes the path of a folder"),
        (lambda: povdata.check("nowhere"), InvalidArgumentError, "no folder 'nowhere'; name the one that holds the data files"),
        (lambda: povdata.check(""), InvalidArgumentError, "check takes the path of a folder"),
        (lambda: povdata.verify(b"x\n", encoding="utf\0"), povdata.CopyError, "no such encoding"),
        (lambda: povdata.check(3), InvalidArgumentError, "check takes the path of a folder, or nothing for the installed data, not 3"),
        (lambda: povdata.export("e\0", "sqlite"), InvalidArgumentError, "directory must name a folder"),
    ],
)
def test_a_likely_mistake_is_told_how_to_put_it_right(call, error, says):
    """The message says what to write instead."""
    with pytest.raises(error, match=says):
        call()


def test_a_frame_is_not_made_of_records():
    """pandas.DataFrame(table) is refused; it would have a column of objects."""
    pd = pytest.importorskip("pandas")
    with pytest.raises(InvalidArgumentError, match="to_pandas"):
        pd.DataFrame(povdata.observations)


def test_a_wikidata_item_is_a_name():
    """Codes of other systems are looked up like names."""
    assert povdata.provinces.lookup("Q21208") is povdata.provinces["130000"]
    assert povdata.places.lookup("q21208").key == "130000"


@pytest.mark.parametrize(
    ("table", "name", "key"),
    [
        ("places", "河北省阜平县", "130624"),
        ("places", "河北阜平", "130624"),
        ("places", "河北省保定市阜平县", "130624"),
        ("places", "Hebei Fuping", "130624"),
        ("places", "湖南省邵阳县长冲村", "430523107221"),
        ("poverty_counties", "贵州省威宁彝族回族苗族自治县", "520526"),
        ("poverty_counties", "红河元阳", "532528"),
    ],
)
def test_a_name_may_be_told_with_those_of_the_places_above(table, name, key):
    """As addresses are written: the region first, levels left out at will."""
    assert povdata.tables()[table].lookup(name).key == key


@pytest.mark.parametrize("name", ["山西阜平", "阜平河北", "保定市河北省阜平县", "河北河北阜平", "x阜平"])
def test_a_name_with_other_places_before_it_is_not_found(name):
    """Another region, another order, or anything else before the name makes it unknown."""
    with pytest.raises(NotFoundError):
        povdata.places.lookup(name)


def test_locators_are_sorted_by_number():
    """Line 1 comes first, not line 100."""
    assert [span.key for span in povdata.spans.sorted("key")[:2]] == ["1:4-8", "1:22-27"]


def test_an_unknown_end_is_sorted_after_all_that_ends():
    """A period since 2017 comes after 2017 itself."""
    periods = [item.period for item in povdata.observations.sorted("period") if item.period and item.period.startswith("2017")]
    assert periods.index("2017/") > periods.index("2017")
