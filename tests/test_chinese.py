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
    ("kind", "before", "after", "words"),
    [
        ("figure", "其中约", "以上的户", ("约", "以上")),
        ("figure", "人数不超过", "的", ("不超过", "")),
        ("figure", "年产", "余吨", ("", "余")),
        ("figure", "共有", "村民", ("", "")),
        ("figure", "全省60至", "的", ("60至", "")),
        ("date", "截至", "以来", ("截至", "以来")),
        ("date", "2019年", "上旬", ("2019年", "上旬")),
        ("date", "据悉", "村里", ("", "")),
        ("name", "约", "以上", ("", "")),
    ],
)
def test_words_beside_a_figure_or_date_alter_it(kind, before, after, words):
    """The longest word right before, and that right after; other words, and words beside a name, alter nothing."""
    assert chinese.beside(kind, before, after) == words
