"""The article's own sums: what fits is asserted to fit, what does not is asserted not to and to have its caveat."""

from decimal import Decimal

import pytest

import povdata


def figure(key: str) -> Decimal:
    return povdata.observations[key].value


def concerned(path: str) -> set[str]:
    """The kinds of the caveats that name a record."""
    return {caveat.kind for caveat in povdata.caveats if any(named == path or named.startswith(f"{path}/") for named in caveat.records)}


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
