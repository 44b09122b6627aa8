"""The article's own sums: what fits is asserted to fit, what does not is asserted not to and to have its caveat."""

from decimal import Decimal

import pytest

import povdata


def figure(key: str) -> Decimal:
    return povdata.observations[key].value


def concerned(path: str) -> set[str]:
    """The kinds of the caveats that name a record."""
    return {caveat.kind for caveat in povdata.caveats if any(record == path or record.startswith(f"{path}/") for record in caveat.records)}


def named(path: str) -> set[str]:
    """The keys of the caveats that name a record."""
    return {caveat.key for caveat in povdata.caveats if any(record == path or record.startswith(f"{path}/") for record in caveat.records)}


def test_tibet_adds_up():
    """19 counties of the last batch and 55 before make 74."""
    last, earlier = povdata.delistings["xizang-2019-12-23"], povdata.delistings["xizang-earlier"]
    assert last.count + earlier.count == last.total == 74


def test_hainan_adds_up_by_names():
    """Three named counties of 2020 and two of 2019 make the five of Hainan."""
    named = [len(povdata.delisting_places.where(delisting=key)) for key in ("hainan-2020-02-29", "hainan-2019")]
    assert named == [3, 2]
    assert sum(named) == povdata.delistings["hainan-2020-02-29"].total_national == 5


def test_chongqing_and_heilongjiang_are_told_by_tier():
    """14 + 4 and 20 + 8; the article prints neither sum."""
    tiers = {key: povdata.delistings[key] for key in ("chongqing-2020-02-22", "heilongjiang-2020-02-26")}
    assert [(d.total_national, d.total_provincial, d.total) for d in tiers.values()] == [(14, 4, None), (20, 8, None)]
    assert all("totals-and-tiers" in named(f"delistings/{key}") for key in tiers)


def test_no_batch_is_larger_than_its_total():
    """A last batch is at most the running total."""
    for province in povdata.provinces:
        assert province.poverty_counties is None or province.last_batch_counties <= province.poverty_counties


@pytest.mark.parametrize(
    ("place", "people", "households", "low", "high"),
    [
        ("tianzhen", "tianzhen-poor-population", "tianzhen-poor-households", "2.40", "2.41"),
        ("lushan registered", "lushan-registered-poor-population", "lushan-registered-poor-households", "3.50", "3.51"),
        ("lushan 2019", "lushan-poor-population-2019", "lushan-poor-households-2019", "1.82", "1.83"),
        ("zhushan", "zhushan-people-lifted-out", "zhushan-households-lifted-out", "3.04", "3.05"),
        ("lingao", "lingao-poor-population-before", "lingao-poor-households-before", "4.60", "4.61"),
        ("baisha", "baisha-poor-population-before", "baisha-poor-households-before", "4.08", "4.09"),
        ("baisha 2019", "baisha-poor-population-2019", "baisha-poor-households-2019", "3.71", "3.72"),
    ],
)
def test_household_sizes_are_plausible(place, people, households, low, high):
    """People per household lie between 1.8 and 4.7 wherever the article gives both."""
    assert Decimal(low) < figure(people) / figure(households) < Decimal(high), place
    assert {"household-sizes"} <= named(f"observations/{people}") & named(f"observations/{households}")


def test_baisha_rate_fits_its_count():
    """44,232 people at 35.2 % and 26 people at 0.02 % imply populations of about 126,000 and 130,000."""
    before = figure("baisha-poor-population-before") * 100 / figure("baisha-poverty-rate-2014")
    after = figure("baisha-poor-population-2019") * 100 / figure("baisha-poverty-rate-2019")
    assert (round(before), round(after)) == (125659, 130000)


def test_lingao_rate_does_not_fit_its_count():
    """90,638 people at 14.27 % imply 635,000 people, one person at 0.0003 % at most 400,000: a caveat says so."""
    before = figure("lingao-poor-population-before") * 100 / figure("lingao-poverty-rate-before")
    most_after = figure("lingao-poor-population-2019") * 100 / Decimal("0.00025")
    assert round(before) == 635165
    assert most_after == 400_000
    assert "arithmetic" in concerned("observations/lingao-poverty-rate-before")


def test_pandao_income_did_not_double_three_times():
    """8511 is 3.12 times 2725, not 8 times as three doublings would be: a caveat says so."""
    ratio = figure("pandao-poor-household-income-2018") / figure("pandao-poor-household-income-2015")
    assert round(ratio, 2) == Decimal("3.12")
    assert 2 ** figure("pandao-income-doublings-2015-2018") == 8
    assert concerned("observations/pandao-income-doublings-2015-2018") & {"contradiction", "arithmetic"}


def test_pandao_advance_does_not_divide():
    """95,000 yuan are 4.75 times 20,000 yuan: a caveat says so."""
    assert figure("pandao-advance-total") / figure("pandao-advance-per-person") == Decimal("4.75")
    assert "arithmetic" in concerned("observations/pandao-advance-total")


def test_pandao_profit_is_three_times_what_was_advanced():
    """300,000 yuan of net profit are 3.2 times the 95,000 yuan advanced, over a span that is not said: a caveat says so."""
    assert round(figure("pandao-oil-mill-net-profit-2019") / figure("pandao-advance-total"), 1) == Decimal("3.2")
    assert "pandao-profit-span" in named("observations/pandao-oil-mill-net-profit-2019")


def test_jinzhai_has_fewer_measures_than_households():
    """23,000 measures for 27,000 households are no plan for each; 296 organizations and 224 villages no pairs: a caveat says so."""
    assert figure("jinzhai-relief-measures") < figure("jinzhai-paired-poor-households")
    assert figure("jinzhai-partner-unit-branches") > figure("jinzhai-villages-paired")
    assert {"jinzhai-counts", "printed-in-ten-thousands"} <= named("observations/jinzhai-relief-measures")


def test_tianzhen_had_more_poor_people_than_the_province_has_left():
    """Tianzhen's undated 51,900 poor people exceed Shanxi's 21,600: a caveat says so."""
    assert figure("tianzhen-poor-population") > figure("shanxi-poor-population-2020")
    assert "contradiction" in concerned("observations/tianzhen-poor-population")


def test_fuping_income_tripled():
    """9800 is 3.0 times 3262."""
    assert round(figure("fuping-rural-income-2019") / figure("fuping-rural-income-2012"), 1) == Decimal("3.0")


def test_xinji_output_per_mu():
    """150 million yuan from 15,000 mu are 10,000 yuan a mu."""
    assert figure("xinji-grape-annual-output") / figure("xinji-grape-area") == 10_000


def test_repeated_figure_of_baisha_agrees():
    """The 10,825 households stand twice, as supported and as poor: a caveat says so."""
    assert figure("baisha-paired-poor-households") == figure("baisha-poor-households-before") == 10825
    assert "ambiguity" in concerned("observations/baisha-paired-poor-households")


def test_villages_that_left_are_figures():
    """The exits of villages, in Antu, Hebei, Shanxi and Henan, are figures; the county's own exit is a delisting of later."""
    villages = {item.key: item.value for item in povdata.observations if item.indicator.startswith("poverty_villages_delisted")}
    assert villages == {
        "antu-poverty-villages-delisted-2018": 32,
        "hebei-poverty-villages-delisted-2020": 7746,
        "shanxi-poverty-villages-delisted-2020": 7993,
        "henan-poverty-villages-delisted": 9484,
    }
    assert {povdata.places[item.place].level for item in povdata.delisting_places} == {"county", "district_of_county"}
    assert "antu-villages-2018-unit" in named("observations/antu-poverty-villages-delisted-2018")


def test_qinghai_has_the_same_number_twice():
    """42 is the total of the delisting and a figure of line 122, of which 15 are key counties."""
    assert povdata.delistings["qinghai-2020-04-21"].total == figure("qinghai-poverty-counties") == 42
    assert figure("qinghai-national-key-counties") == 15
    assert "national-status-words" in named("observations/qinghai-national-key-counties")
    assert "status-told-as-present" in named("observations/qinghai-poverty-counties")


def test_baiquan_has_two_words_for_one_status():
    """Lines 36 and 37 call Baiquan by two words: both are recorded, and a caveat says so."""
    words = {item.designation: item.name_printed for item in povdata.designations.where(place="230231")}
    assert words == {"national_key_county": "国家扶贫开发工作重点县", "national_poverty_county": "国家级贫困县"}
    assert all("national-status-words" in named(f"designations/{item.key}") for item in povdata.designations.where(place="230231"))


def test_nine_and_nine_of_anhui():
    """Nine counties left last and nine were in deep poverty in 2017; Wangjiang is the one that is said to be both."""
    assert povdata.delistings["anhui-2020-04-29"].count == figure("anhui-deep-poverty-counties-2017") == 9
    deep = {item.place for item in povdata.designations.where(designation="deep_poverty_county").within("安徽省")}
    assert deep == {"340827"}
    assert "anhui-2020-04-29:340827" in povdata.delisting_places.by_key
    assert "anhui-nine-and-nine" in named("observations/anhui-deep-poverty-counties-2017")


def test_anhui_is_all_in_one_line_and_basically_in_another():
    """Line 1 says all 31, line 42 says basically completed: a caveat says so."""
    assert povdata.delistings["anhui-2020-04-29"].last_batch
    assert "contradiction" in concerned("delistings/anhui-2020-04-29")


@pytest.mark.parametrize(
    "path",
    [
        "delistings/neimenggu-2020-04-19",
        "delistings/hunan-2020-02",
        "delistings/xizang-2019-12-23",
        "places/360722",
        "delisting_places/jiangxi-2020-04-26:360428",
    ],
)
def test_what_other_sources_say_is_a_caveat(path):
    """The dates of Inner Mongolia, Hunan and Tibet and the tiers of Xinfeng and others differ elsewhere; the claim stays."""
    assert "external" in concerned(path)


def test_dates_of_2020_are_marked_as_inferred():
    """Every delisting dated 2020 rests on a year that is not printed beside it."""
    for item in povdata.delistings:
        if item.date and item.date.startswith("2020"):
            bases = {found.basis for found in povdata.evidence(item, "date")}
            assert "inferred" in bases, item.key
            assert "inferred" in concerned(f"delistings/{item.key}"), item.key
