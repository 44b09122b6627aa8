"""Facts about the data, stated literally after reading the article."""

from decimal import Decimal

import povdata

REGIONS_WITHOUT_TOTAL = {"150000"}  # Inner Mongolia: the article gives no total
DELISTINGS_WITHOUT_DATE = {"neimenggu-kezuozhongqi"}
BATCHES_WITHOUT_PRINTED_COUNT = {"hainan-2020-02-29", "chongqing-2020-02-22"}  # names only


def value(key: str) -> tuple[str, str, str, Decimal, str, str | None, str | None]:
    item = povdata.observations[key]
    return item.place, item.indicator, povdata.indicators[item.indicator].unit, item.value, item.relation, item.period, item.period_part


def test_the_fifteen_regions_stand_in_the_order_of_the_article():
    """The 15 regions are those that the foreword lists, in its order."""
    expected = ["河北", "山西", "内蒙古", "吉林", "黑龙江", "安徽", "江西", "河南", "湖北", "湖南", "海南", "重庆", "西藏", "陕西", "青海"]
    assert [province.name_short_zh for province in povdata.provinces] == expected


def test_totals_and_last_batches_of_the_regions():
    """The headline facts of each region: poverty counties, counties in the last batch, its date."""
    assert {p.name_short_zh: (p.poverty_counties, p.last_batch_counties, p.last_batch_date) for p in povdata.provinces} == {
        "河北": (62, 13, "2020-02-29"),
        "山西": (58, 17, "2020-02-27"),
        "内蒙古": (None, 20, "2020-04-19"),
        "吉林": (15, 9, "2020-04-11"),
        "黑龙江": (28, 5, "2020-02-26"),
        "安徽": (31, 9, "2020-04-29"),
        "江西": (25, 7, "2020-04-26"),
        "河南": (53, 14, "2020-02-28"),
        "湖北": (37, 17, "2020-04-21"),
        "湖南": (51, 20, "2020-02"),
        "海南": (5, 3, "2020-02-29"),
        "重庆": (18, 4, "2020-02-22"),
        "西藏": (74, 19, "2019-12-23"),
        "陕西": (56, 29, "2020-02-27"),
        "青海": (42, 17, "2020-04-21"),
    }
    assert {p.key for p in povdata.provinces if p.poverty_counties is None} == REGIONS_WITHOUT_TOTAL


def test_every_region_has_exactly_one_last_batch():
    """Each of the 15 regions has one delisting marked as its last batch."""
    assert sorted(d.province for d in povdata.delistings if d.last_batch) == list(povdata.provinces.by_key)


def test_who_acted_on_the_last_batches():
    """Four regions name no acting body; two acted through a meeting; Tibet through its headquarters."""
    unnamed = {p.name_en for p in povdata.provinces if p.authority is None}
    assert unnamed == {"Inner Mongolia", "Jilin", "Jiangxi", "Chongqing"}
    kinds = {p.name_en: povdata.organizations[p.authority].kind for p in povdata.provinces if p.authority}
    assert {name for name, kind in kinds.items() if kind == "meeting"} == {"Heilongjiang", "Henan"}
    assert {name for name, kind in kinds.items() if kind == "leading_group"} == {"Tibet"}


def test_exits_told_in_passing():
    """Heshun, Hainan's two of 2019, Tibet's 55 before 23 December 2019 and Horqin Left Middle Banner are delistings of their own."""
    passing = {d.key: (d.date, d.count) for d in povdata.delistings if not d.last_batch}
    assert passing == {
        "shanxi-heshun-2019-04": ("2019-04", None),
        "hainan-2019": ("2019", None),
        "xizang-earlier": ("../2019-12-22", 55),
        "neimenggu-kezuozhongqi": (None, None),
    }
    assert {d.key for d in povdata.delistings if d.date is None} == DELISTINGS_WITHOUT_DATE


def test_all_nine_counties_of_jilin_and_anhui_are_named():
    """Where the article names the whole batch, the list is as long as the count; elsewhere it is shorter."""
    named = {d.key: len(povdata.delisting_places.where(delisting=d)) for d in povdata.delistings if d.last_batch}
    whole = {key for key, number in named.items() if number == povdata.delistings[key].count}
    assert whole == {"jilin-2020-04-11", "heilongjiang-2020-02-26", "anhui-2020-04-29", "jiangxi-2020-04-26"}
    printed_without_count = {d.key for d in povdata.delistings if d.last_batch and d.count is None}
    assert printed_without_count == BATCHES_WITHOUT_PRINTED_COUNT


def test_hebei_counts_thirteen_counties_and_a_district():
    """Zhaojiapeng District left with Hebei's batch and is not one of the 13 counties."""
    assert povdata.delistings["hebei-2020-02-29"].count == 13
    places = {povdata.places[item.place].name_zh for item in povdata.delisting_places.where(delisting="hebei-2020-02-29")}
    assert places == {"围场满族蒙古族自治县", "赵家蓬区"}


def test_poverty_rate_of_fuping_before_and_after():
    """Fuping: 54.4 % in 2014, 0.46 % in 2019."""
    assert value("fuping-poverty-rate-2014") == ("130624", "poverty_rate", "percent", Decimal("54.4"), "exact", "2014", None)
    assert value("fuping-poverty-rate-2019") == ("130624", "poverty_rate", "percent", Decimal("0.46"), "exact", "2019", None)


def test_income_of_fuping():
    """Fuping: rural income per person 3262 yuan in 2012, 9800 yuan in 2019."""
    assert [value(f"fuping-rural-income-{year}")[3:6] for year in (2012, 2019)] == [
        (Decimal(3262), "exact", "2012"),
        (Decimal(9800), "exact", "2019"),
    ]


def test_shanxi_is_below_a_tenth_of_a_percent():
    """Shanxi's poverty rate is below 0.1 %: an upper bound, no lower one."""
    rate = povdata.observations["shanxi-poverty-rate-2020"]
    assert (rate.value, rate.relation, rate.lower, rate.upper) == (Decimal("0.1"), "less_than", None, Decimal("0.1"))


def test_tailings_bricks_belong_to_the_village():
    """The 12 million yuan are invested at Houyubu Village, not Tianzhen County."""
    assert value("houyubu-brick-project-investment")[:5] == ("140222206205", "investment", "yuan", Decimal(12_000_000), "exact")


def test_collective_income_of_horqin_left_middle_banner():
    """303 gacha villages reached 50,000 yuan or more in 2019."""
    assert value("kezuozhongqi-villages-above-collective-income-2019")[1:6] == (
        "villages_above_collective_income",
        "village",
        Decimal(303),
        "exact",
        "2019",
    )
    assert value("kezuozhongqi-collective-income-2019")[3:6] == (Decimal(50_000), "at_least", "2019")


def test_support_funds_of_antu_keep_four_decimals():
    """4795.8157 ten-thousand yuan are 47,958,157 yuan, a running total up to 2018."""
    assert value("antu-support-funds-2018")[3:6] == (Decimal(47_958_157), "exact", "../2018")


def test_villages_that_left_in_antu():
    """32 poverty villages of Antu left in 2018: an exit of villages, and a figure of the county."""
    assert value("antu-poverty-villages-delisted-2018") == (
        "222426",
        "poverty_villages_delisted",
        "village",
        Decimal(32),
        "exact",
        "2018",
        None,
    )
    assert povdata.indicators["poverty_villages_delisted"].measure == "flow"
    assert povdata.observations["antu-poverty-villages-delisted-2018"].result_of == "antu-resident-cadre-committee"


def test_two_thirds_are_at_least_66_67_percent():
    """Two thirds or more of the staff, and of each one's effort, at Wangjiang."""
    shares = [povdata.observations[f"wangjiang-{what}-share-on-relief"] for what in ("staff", "effort")]
    assert {(share.value, share.relation) for share in shares} == {(Decimal("66.67"), "at_least")}


def test_henan_lifted_out_of_poverty():
    """Henan: 6.511 million rural people and 9484 villages, rate from 8.79 % to 0.41 %."""
    assert value("henan-people-lifted-out-cumulative")[3] == Decimal(6_511_000)
    assert value("henan-poverty-villages-delisted")[3] == Decimal(9484)
    assert value("henan-poverty-rate-2013")[3:] == (Decimal("8.79"), "exact", "2013", "end")
    assert value("henan-poverty-rate-2019")[3:] == (Decimal("0.41"), "exact", "2019", "end")


def test_composite_rates_are_kept_apart_from_plain_rates():
    """Lushan and Zhushan report a composite poverty rate."""
    composite = povdata.observations.where(indicator="composite_poverty_rate")
    assert {povdata.places[item.place].name_zh for item in composite} == {"鲁山县", "竹山县"}


def test_grapes_of_xinji_township():
    """28 villages, more than 3200 households, 15,000 mu, 150 million yuan, 853 poor households: all of the township."""
    grapes = povdata.observations.where(place="410423212")
    assert {(item.indicator, item.value, item.relation) for item in grapes} == {
        ("villages_benefited", Decimal(28), "exact"),
        ("farm_households_benefited", Decimal(3200), "more_than"),
        ("crop_area", Decimal(15_000), "exact"),
        ("annual_output_value", Decimal(150_000_000), "exact"),
        ("poor_households_benefited", Decimal(853), "exact"),
    }


def test_last_summer_is_summer_2019():
    """More than 70 poor households attended the class of last summer: EDTF season 22 of 2019, June to August."""
    lesson = povdata.observations["changchong-class-households-2019"]
    assert (lesson.value, lesson.relation, lesson.period) == (Decimal(70), "more_than", "2019-22")
    assert (str(lesson.period_start), str(lesson.period_end)) == ("2019-06-01", "2019-08-31")


def test_lingao_went_down_to_one_household():
    """Lingao: 19,685 households with 90,638 people down to one household of one person at the end of 2019."""
    keys = ["households-before", "population-before", "households-2019", "population-2019"]
    assert [povdata.observations[f"lingao-poor-{key}"].value for key in keys] == [19685, 90638, 1, 1]
    assert value("lingao-poverty-rate-2019")[3:] == (Decimal("0.0003"), "exact", "2019", "end")


def test_three_contiguous_poor_areas_written_in_chinese_numerals():
    """Shaanxi lies in three contiguous poor areas; the three is a Chinese numeral."""
    assert value("shaanxi-contiguous-poor-areas")[3] == 3
    assert value("chengkou-secondment-batches")[3] == 4


def test_the_half_the_sky_cooperative():
    """13 founders, 5 years, more than 10,000 yuan a year for members, more than 400 women."""
    figures = {item.indicator: (item.value, item.relation) for item in povdata.observations.where(organization="banbiantian-cooperative")}
    assert figures == {
        "founders": (Decimal(13), "exact"),
        "organization_age": (Decimal(5), "exact"),
        "annual_income_per_member": (Decimal(10_000), "more_than"),
        "women_benefited": (Decimal(400), "more_than"),
    }


def test_all_nineteen_named_people():
    """Nineteen people are named; masked and unnamed ones are not invented."""
    names = "范政 孙永胜 王忠良 侯志国 刘雁冬 李玉生 胡乾元 王长海 张平洋 施六金 刘东荣 吕南拳 蒋佳 蒋伟 曹文 胡翔 肖青松 陈忠哲 王建军"
    assert {person.name_zh for person in povdata.people} == set(names.split())


def test_twenty_four_media_are_credited():
    """The closing line credits 24 media."""
    assert len(povdata.organizations.where(role="credited_medium")) == 24


def test_bodies_that_act_on_exits():
    """Whoever has the role of an authority stands in a delisting, and the other way round; the State Council is only mentioned."""
    authorities = {body.key for body in povdata.organizations.where(role="authority")}
    acting = {key for item in povdata.delistings for key in (item.authority, item.endorsed_by) if key}
    assert authorities == acting
    assert povdata.organizations["state-council"].role == "mentioned"


def test_party_committees_have_one_form_of_name():
    """Party committees of counties, towns, cities and the province, in full in both languages."""
    committees = {body.key: body for body in povdata.organizations if body.key.endswith(("-party-committee", "-county-committee"))}
    assert set(committees) == {
        "baiquan-party-committee",
        "chengkou-party-committee",
        "heshun-party-committee",
        "jilin-party-committee",
        "jinzhai-party-committee",
        "lingao-party-committee",
        "shaoyang-county-committee",
        "tongpu-party-committee",
        "wuzhishan-party-committee",
    }
    for body in committees.values():
        assert body.name_zh.startswith("中国共产党")
        assert body.name_zh.endswith("委员会")
        assert body.name_en.endswith(" Committee of the Communist Party of China")


def test_ten_pictures_in_nine_captions():
    """One caption shows two pictures of Jinzhai, of 1961 and 2020."""
    assert len(povdata.images) == 10
    assert {image.date for image in povdata.images.within("金寨县")} == {"1961", "2020"}


def test_compound_practices_keep_their_parts():
    """Chengkou's five campaigns and the five pairs of its ten-character method; Dongjiagou's five campaigns."""
    parts = {key: [item.name_printed for item in povdata.practices.where(part_of=key)] for key in COMPOUND}
    assert {key: set(names) for key, names in parts.items()} == COMPOUND


COMPOUND = {
    "chengkou-wuda-xingdong": {"思想", "新院", "正风", "主人", "榜样"},
    "chengkou-shizi-gongzuofa": {"塑魂", "破旧", "重践", "强自", "立范"},
    "dongjiagou-five-actions": {"矛盾诉求化解", "精准扶贫入户", "干部作风整训", "集体产业发展", "村庄环境整治"},
}


def test_local_practices_hang_under_the_headings_they_repeat():
    """Headings of a section name a practice of the region; the county that is told of has the same under its own name."""
    parents = {item.key: item.part_of for item in povdata.practices}
    assert {key: parents[key] for key in REPEATED} == REPEATED


REPEATED = {
    "lingao-wuji-zhua-fupin": "hainan-wuji-zhua-fupin",
    "baisha-guagou-bangfu": "hainan-guagou-bangfu",
    "chengkou-jingshen-fupin": "chongqing-jingshen-fupin",
    "chengkou-jingshen-huanxing": "chengkou-jingshen-fupin",
    "kezuozhongqi-grassroots-party": "neimenggu-party-building-combination",
    "antu-joint-meeting": "antu-resident-cadre-committee",
    "antu-resident-cadre-committee": "antu-party-building-model",
}


def test_every_change_has_a_start_and_an_end():
    """Each change pairs one from with one to, of one place."""
    changes: dict[str, list] = {}
    for item in povdata.observations:
        if item.change:
            changes.setdefault(item.change, []).append(item)
    assert len(changes) == 19
    for change, ends in changes.items():
        assert sorted(item.change_role for item in ends) == (["to"] if change in ONE_END_PRINTED else ["from", "to"])
        assert len({item.place for item in ends}) == 1


ONE_END_PRINTED = {"shanxi-poor-population", "shanxi-poverty-rate", "lushan-composite-poverty-rate"}  # 减少到, 降至


def test_every_period_follows_its_word():
    """截至 leaves the start open, 此前 excludes the day, 期间 has an unknown start, 以来 an unknown end, 以来 with 截至 has both."""
    periods = {item.key: item.period for item in povdata.observations if item.period and "/" in item.period}
    assert periods == {
        **dict.fromkeys(("antu-industry-projects-2018", "antu-infrastructure-projects-2018", "antu-support-funds-2018"), "../2018"),
        **{f"chengkou-{what}-2017-on": "2017/" for what in ("cadres-promoted", "training-courses", "training-participations")},
        "chengkou-households-renouncing-status-2019-09": "../2019-09",
        "hebei-poverty-villages-delisted-2020": "../2020-02-29",
        "shanxi-poverty-villages-delisted-2020": "../2020-02-27",
        **dict.fromkeys(("henan-people-lifted-out-cumulative", "henan-poverty-villages-delisted"), "../2020-02-28"),
        **{item.key: "/2019-04" for item in povdata.observations.where(place="140723")},
        **dict.fromkeys(("lushan-registered-poor-households", "lushan-registered-poor-population"), "2014/2019"),
        "pandao-income-doublings-2015-2018": "2015/2018",
        "pandao-oil-mill-net-profit-2019": "../2019-04",
    }
    assert len(povdata.observations.where(place="140723")) == 7


def test_a_result_is_a_figure_that_the_article_calls_one():
    """Growth, help and gains are results; the number of industries, of villages above a mark and of those present are not."""
    results = {key: povdata.observations[key].result_of for key in NO_RESULTS}
    assert results == dict.fromkeys(NO_RESULTS)
    assert {key: povdata.observations[key].practice for key in NO_RESULTS} == NO_RESULTS
    assert povdata.observations["fuping-rural-income-2019"].result_of == "fuping-members-to-masses"


NO_RESULTS = {
    "fuping-major-industries": "fuping-members-to-masses",
    "kezuozhongqi-villages-above-collective-income-2019": None,
    "alashanyouqi-sand-grass-workers": "alashanyouqi-lianying-tongfu",
    "changchong-class-households-2019": "jiugongqiao-menu-training",
}


def test_the_base_of_no_rate_is_stated():
    """All 17 poverty rates say in both languages that their base is not stated, and a caveat names them."""
    rates = [item for item in povdata.observations if "poverty_rate" in item.indicator]
    assert len(rates) == 17
    assert all("base not stated" in item.population_en and "基数" in item.population_zh for item in rates)
    assert set(povdata.caveats["poverty-rate-base"].records) == {f"observations/{item.key}" for item in rates}


def test_villages_have_their_own_names():
    """The official list names the committees of villages; name_zh is the village, as printed."""
    villages = povdata.places.where(level="village")
    assert len(villages) == 21
    assert {place.name_zh[-1] for place in villages} == {"村", "区"}
    assert all(place.names_printed == (place.name_zh,) for place in villages)


def test_statuses_are_printed_word_by_word():
    """A phrase that holds several statuses is taken apart."""
    printed = {item.key: item.name_printed for item in povdata.designations.where(place=("469001", "500229", "130624", "420323104211"))}
    assert {key: name for key, name in printed.items() if key in PARTS} == PARTS


PARTS = {
    "wuzhishan-mountain-area": "山区",
    "wuzhishan-minority-area": "少数民族",
    "wuzhishan-poor-area": "贫困市县",
    "chengkou-old-revolutionary-base": "老",
    "chengkou-border-area": "边",
    "chengkou-mountain-area": "山",
    "chengkou-poor-area": "穷",
    "fuping-old-base": "老区",
    "fuping-mountain-area": "山区",
    "fuping-poor-area": "贫困地区",
    "dongjiagou-weak-village": "重点村",
    "dongjiagou-backward-village": "后进村",
    "dongjiagou-advanced-village": "先进村",
}


def test_projects_asked_for_are_not_projects_done():
    """Antu asked for help with 154 and 293 projects; Jinzhai's 689, 436 and 125 were coordinated and implemented."""
    projects = {item.indicator: item.value for item in povdata.observations if "_projects" in item.indicator}
    assert projects == {
        "industry_projects_requested": 154,
        "infrastructure_projects_requested": 293,
        "infrastructure_projects": 689,
        "collective_economy_projects": 436,
        "specialty_industry_projects": 125,
    }


def test_trainings_of_a_year_are_not_a_running_total():
    """Shaoyang's participations are of 2019, Tianzhen's and Chengkou's are counted up."""
    trained = {item.key: item.indicator for item in povdata.observations if item.indicator.startswith("training_participations")}
    assert trained == {
        "shaoyang-app-participations-2019": "training_participations",
        "tianzhen-rural-cadre-training": "training_participations_cumulative",
        "chengkou-training-participations-2017-on": "training_participations_cumulative",
    }
    assert [povdata.indicators[key].measure for key in sorted(set(trained.values()))] == ["flow", "cumulative"]


def test_heilongjiang_gives_the_day_of_the_approval():
    """26 February is the day of the meeting, which approved the exit."""
    exit_ = povdata.delistings["heilongjiang-2020-02-26"]
    assert (exit_.action, povdata.organizations[exit_.authority].kind) == ("approval", "meeting")


def test_jiang_jia_acts_in_shenzhen():
    """Jiang Jia of Shuangxing Village works in Shenzhen."""
    assert povdata.people["jiang-jia"].place == "440300"


def test_a_practice_starts_when_it_began_not_when_something_was_done():
    """The article dates the beginning of these alone; what it dates otherwise is told in the summary or is an event."""
    assert {item.key: str(item.start) for item in povdata.practices if item.start} == {
        "antu-resident-cadre-committee": "2016-08",
        "huayuangou-rural-tourism": "2018",
        "huayuangou-tourism-company": "2018",
        "yousi-pumpkin-contract": "2018",
    }
