"""Figures, qualifiers and dates as newspapers print them, stated one by one; `test_fuzz.py` holds what is true of all of them."""

from decimal import Decimal

import pytest

from povdata import chinese


def test_a_number_of_a_hundred_million_billions_is_refused():
    """10²⁰ is no figure of a newspaper; one less is still a number."""
    assert chinese.number("9" * 20) == 10**20 - 1
    for text in ("1" + "0" * 20, "1000000000000亿"):
        with pytest.raises(ValueError, match="too large to be a figure"):
            chinese.number(text)


def test_a_numeral_has_one_yi():
    """万亿 is a million millions; 亿亿 is no numeral of a newspaper."""
    assert chinese.number("一万亿") == Decimal(10) ** 12
    with pytest.raises(ValueError, match="not a numeral"):
        chinese.number("一亿亿")


@pytest.mark.parametrize(
    "quotes",
    [
        ["2019年3月", "5月"],
        ["2019年3月5日", "8日"],
        ["2019年春", "秋"],
        ["2019年夏", "7月"],
        ["2019年", "去年", "今年"],
        ["2019年", "2020年", "3月"],
        ["3月5日"],
        ["2019年5日"],
        ["2014年", "2019年以来"],
        ["截至2014年", "2019年底"],
        ["2014年期间", "2019年"],
        ["0001年1月1日", "此前"],
    ],
)
def test_quotes_that_are_no_one_date_are_refused(quotes):
    """Two months, days or seasons, years that are no interval, a day without a month, and what no calendar has make no date."""
    with pytest.raises(ValueError, match=r"not one|without a month|more than one interval|no calendar"):
        chinese.date(quotes)


@pytest.mark.parametrize(
    ("quotes", "date"),
    [
        (["去年", "2020年3月"], "2019-03"),
        (["今年", "2020年3月"], "2020-03"),
        (["2020年元旦前夕"], "2019-12"),
        (["2019年冬"], "2019-24"),
        (["2018年", "2015年"], "2015/2018"),
        (["2019年", "至此"], "../2019"),
        (["截至2018年"], "../2018"),
        (["2017年以来"], "2017/"),
        (["2014年以来", "截至2019年底"], "2014/2019"),
        (["2019年4月", "期间"], "/2019-04"),
        (["经过", "2019年4月"], "/2019-04"),
        (["2019年12月23日", "此前"], "../2019-12-22"),
        (["此前", "2019年3月"], "../2019-02"),
        (["2020年1月1日", "此前"], "../2019-12-31"),
    ],
)
def test_words_make_a_date_another(quotes, date):
    """Last year, New Year's Eve, a season, two years, and the words that make a date the end or the start of an interval."""
    assert chinese.date(quotes) == date


@pytest.mark.parametrize(
    ("text", "part"),
    [("2019年初", "start"), ("2019年底", "end"), ("2019年末", "end"), ("元旦前夕", "end"), ("26日上午", "morning"), ("2019年", None)],
)
def test_the_part_of_a_period(text, part):
    """初 is the start of a period, 底, 末 and 前夕 its end, 上午 the morning."""
    assert chinese.part([text]) == part


def test_two_parts_of_a_period_are_refused():
    """A date at the start and the end of its period names no part."""
    with pytest.raises(ValueError, match="several parts"):
        chinese.part(["2019年初", "2019年底"])


def test_thousands_separators_are_no_part_of_the_number():
    """1,200 is twelve hundred, with or without a unit."""
    assert chinese.number("1,200户") == 1200
    assert chinese.number("1,200万元") == 12000000


@pytest.mark.parametrize(
    ("kind", "one", "other", "alike"),
    [
        ("figure", "7746个", "7 746个", True),
        ("figure", "7746个", "７，７４６个", True),
        ("figure", "689个", "1 689个", False),
        ("figure", "7746个", "七千七百四十六个", True),
        ("figure", "54.4%", "百分之五十四点四", True),
        ("figure", "0.0003%", "百分之零点零零零三", True),
        ("figure", "9800元", "0.98万元", True),
        ("figure", "1.5万元以上", "15000元以上", True),
        ("figure", "1.5万元以上", "15000元", False),
        ("figure", "62个", "62户", False),
        ("figure", "1人", "人1", False),
        ("figure", "62个", "٣62个", False),
        ("figure", "100名", "🄁100名", False),
        ("figure", "100名", "0100名", False),
        ("figure", "800余名", "八百余名", True),
        ("date", "2月29日", "2020-02-29", True),
        ("date", "2月29日", "2020年2月29日", True),
        ("date", "2月29日", "今年二月二十九日", True),
        ("date", "2月29日", "3月29日", False),
        ("date", "2017年", "72017年", False),
        ("date", "截至2018年", "2018年", False),
        ("date", "2018年底", "2018年末", False),
    ],
)
def test_writings_of_one_value_are_alike(kind, one, other, alike):
    """Digits, numerals, percentages, ten thousands and ISO dates; with the same words around them, in the same order."""
    assert chinese.alike(kind, one, other) is alike


@pytest.mark.parametrize(
    ("quote", "date"), [("2020-02-29", "2020-02-29"), ("二〇二〇年二月", "2020-02"), ("截至2018-10-01", "../2018-10-01")]
)
def test_a_date_may_be_written_otherwise(quote, date):
    """As ISO 8601 has it, or in numerals."""
    assert chinese.date([quote]) == date


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("零", 0),
        ("十", 10),
        ("十五", 15),
        ("一十五", 15),
        ("两千", 2000),
        ("二十万", 200000),
        ("一百零五", 105),
        ("一百一十", 110),
        ("一千零五十", 1050),
        ("一千零五", 1005),
        ("三万零七十六", 30076),
        ("一亿零三万", 100030000),
        ("万元", 10000),
        ("〇", 0),
        ("二分之一", 50),
        ("三分之二", "66.67"),
        ("一分之一", 100),
        ("百分之五", 5),
        ("百分之五十四点四", "54.4"),
        ("五点零四", "5.04"),
        ("1.5亿元", 150000000),
        ("4795.8157万元", 47958157),
        ("800余名", 800),
        ("1000多万元", 10000000),
        ("1,234,567.5元", "1234567.5"),
        ("62.50%", "62.5"),
    ],
)
def test_a_number_is_read(text, number):
    """Numerals, fractions, percentages and decimals that are spelt out, and figures with units of ten thousand and a hundred million."""
    assert chinese.number(text) == Decimal(number)
    assert str(chinese.number(text)) == format(Decimal(number), "f")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("零分之一", "a fraction of nothing"),
        ("三分之二的12户", "more than one number"),
        ("12户三分之二", "more than one number"),
        ("12户3人", "more than one number"),
        ("许多户", "no number"),
        ("", "no number"),
        ("一百五", "not a numeral"),
        ("一千五十", "not a numeral"),
        ("五百零", "not a numeral"),
        ("一百零零五", "not a numeral"),
        ("五六", "not a numeral"),
    ],
)
def test_what_is_no_number_is_refused(text, says):
    """None, several, a fraction of nothing, and numerals that nobody writes."""
    with pytest.raises(ValueError, match=says):
        chinese.number(text)


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        *((text, "at_least") for text in ("5万元以上", "至少5人", "不少于5人")),
        *((text, "at_most") for text in ("5人以内", "至多5人", "不超过5人")),
        *((text, "less_than") for text in ("5人以下", "不到5人", "不足5人", "低于5%")),
        *((text, "more_than") for text in ("800余名", "1000多万元", "超过5人", "超5人", "70公里开外")),
        *((text, "about") for text in ("约5人", "5人左右", "5人上下", "近5人")),
        ("62个", "exact"),
    ],
)
def test_a_word_qualifies_a_figure(text, relation):
    """Bounds on both sides, and what is about; a figure without such a word is exact."""
    assert chinese.qualifier(text) == relation


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("54.4%", "0.1"),
        ("0.0003%", "0.0001"),
        ("62个", 1),
        ("1.5亿元", 10000000),
        ("5万元", 10000),
        ("651.1万", 1000),
        ("4795.8157万元", 1),
        ("三分之二", "0.01"),
        ("三万", 10000),
        ("三番", 1),
        ("1,200户", 1),
    ],
)
def test_the_last_place_of_a_figure(text, place):
    """The size of what the last printed digit counts."""
    assert chinese.precision(text) == Decimal(place)


@pytest.mark.parametrize(
    ("kind", "one", "other", "alike"),
    [
        ("figure", "5%", "百分之五", True),
        ("figure", "5%", "百分之六", False),
        ("figure", "5%", "五", False),
        ("figure", "62 个", "62个", True),
        ("figure", "1.5亿元", "一亿五千万元", True),
        ("figure", "三分之二以上", "三分之二以上", True),
        ("figure", "三分之二以上", "三分之一以上", False),
        ("figure", "许多", "许多", False),
        ("date", "2020年2月29日", "２０２０年２月２９日", True),
        ("date", "2月29号", "2月29日", True),
        ("date", "2020/2/29", "2020.2.29", True),
        ("date", "2020-2/29", "2020年2月29日", False),
        ("date", "二月二十九日", "2月29日", True),
        ("date", "2019年2月", "2020年2月", True),
        ("date", "2月29日上午", "2月29日", False),
        ("date", "2月3日", "3月2日", False),
    ],
)
def test_other_writings_of_one_value(kind, one, other, alike):
    """Spelt out or in figures, wide or narrow; a year may be left to the context, and nothing else."""
    assert chinese.alike(kind, one, other) is alike
    assert chinese.alike(kind, other, one) is alike
