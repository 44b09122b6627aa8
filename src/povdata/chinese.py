"""Figures, qualifiers and dates as a Chinese newspaper prints them.

>>> number("1.5亿元"), number("1000多万元"), number("三分之二")
(Decimal('150000000'), Decimal('10000000'), Decimal('66.67'))
>>> qualifier("800余名"), qualifier("5万元以上"), qualifier("62个")
('more_than', 'at_least', 'exact')
>>> date(["2月29日", "2020年"]), date(["截至2019年4月"]), date(["2017年以来"]), date(["2015年", "2018年"])
('2020-02-29', '../2019-04', '2017/', '2015/2018')
"""

import re
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from povdata.model import edtf
from povdata.variants import VARIANTS

__all__ = ["VARIANTS", "alike", "date", "number", "part", "precision", "qualifier"]

_ONES = "零一二三四五六七八九"
_DIGITS = {sign: value for value, sign in enumerate(_ONES)}
_MYRIADS = {"亿": 100_000_000, "万": 10_000}
_UNITS = {**_MYRIADS, "千": 1000, "百": 100, "十": 10}
_TOO_MUCH = 10**20
_NUMERAL = f"〇两{_ONES}{''.join(_UNITS)}"
# Patterns are compiled at their first use, which spares the first record 3 of its 45 ms.
_FRACTION = rf"([{_NUMERAL}]+)分之([{_NUMERAL}]+)(?!点)"
_FIGURE = rf"(?a)(\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)[余多]?([万亿]?)|([{_NUMERAL}]+)"

_QUALIFIERS = {
    "at_least": "以上|至少|不少于",
    "at_most": "以内|至多|不超过",
    "less_than": "以下|不到|不足|低于",
    "more_than": "余|多|超过|超|开外",
    "about": "约|左右|上下|近",
}


def number(text: str) -> Decimal:
    """The one number that the characters hold; a fraction comes as a percentage with two decimals. ValueError for none, or several."""
    figures = _arabic(text)
    if fraction := re.search(_FRACTION, figures):
        below, above = map(_numeral, fraction.groups())
        if below == 0:
            raise ValueError(f"a fraction of nothing in {text!r}")
        if re.search(_FIGURE, figures[: fraction.start()] + " " + figures[fraction.end() :]):
            raise ValueError(f"more than one number in {text!r}")
        return _plain((Decimal(above) * 100 / Decimal(below)).quantize(Decimal("0.01")))
    found = re.findall(_FIGURE, figures)
    if len(found) != 1:
        raise ValueError(f"{'no number' if not found else 'more than one number'} in {text!r}")
    digits, myriad, numeral = found[0]
    if numeral:
        return Decimal(_numeral(numeral))
    return _plain(Decimal(digits.replace(",", "")) * _MYRIADS.get(myriad, 1))


def _plain(value: Decimal) -> Decimal:
    """Without exponent and without trailing zeros after the point."""
    if value >= _TOO_MUCH:
        raise ValueError(f"too large to be a figure: {value}")
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def _numeral(text: str) -> int:
    """The number that Chinese numerals write; refused where no number is written so. A unit alone, as in 万元, is one of it."""
    spelt = text.replace("两", "二").replace("〇", "零")
    number = _value(spelt)
    if _written(number) not in (spelt, f"一{spelt}"):
        raise ValueError(f"not a numeral: {text!r}")
    return number


def _value(text: str) -> int:
    for unit, size in _UNITS.items():
        before, found, after = text.partition(unit)
        if found:
            return (_value(before) if before else 1) * size + (_value(after) if after else 0)
    return _DIGITS.get(text.removeprefix("零"), 0)


def _written(number: int) -> str:
    """How a number is written by the rule: 零 wherever places are skipped before a further digit."""
    for unit, size in _UNITS.items():
        if number >= size:
            rest = number % size
            return _written(number // size) + unit + "零" * (0 < rest < size // 10) + (_written(rest) if rest else "")
    return _ONES[number]


_POINTED = rf"(百分之)?([{_NUMERAL}]+)(?:点([〇{_ONES}]+))?"
_SPELT = str.maketrans(f"〇{_ONES}", "00123456789")
_GROUPED = r"(?<![\d.,])\d{1,3}(?:[,\s]\d{3})+(?!\d)"
_ISO = r"(?a)(?<!\d)(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)"
_YEAR_SPELT = f"(?<![〇{_ONES}])([〇{_ONES}]{{4}})年"
_DAY_SPELT = f"(?<![{_ONES[1:]}十])([{_ONES[1:]}十]{{1,3}})([月日号])"
_DATE_PART = r"(?a)(?<!\d)(\d{4})(年)|(?<!\d)(\d{1,2})([月日号])|今年"
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def alike(kind: str, one: str, other: str) -> bool:
    """Whether two writings of a figure or a date say the same; of dates one may leave the year to the context.

    >>> alike("figure", "54.4%", "百分之五十四点四"), alike("figure", "9800元", "0.98万元"), alike("figure", "800余名", "800名")
    (True, True, False)
    >>> alike("date", "2月29日", "2020-02-29"), alike("date", "2018年底", "2018年")
    (True, False)
    """
    tell = _figure_told if kind == "figure" else _date_told
    try:
        return tell(one) == tell(other)
    except ValueError:
        return False


def _figure_told(text: str) -> tuple[Decimal, str]:
    """The number, and the words around it."""
    text = re.sub(r"\s", "", _arabic(text.translate(_WIDE)))
    if re.search(r"(?<![0-9.])0[0-9]", text):
        raise ValueError(f"a zero before a number: {text!r}")
    return number(text), re.sub(_FRACTION if re.search(_FRACTION, text) else rf"[0-9.{_NUMERAL}]+", "0", text)


def _arabic(text: str) -> str:
    """Percentages and decimals that are spelt out, in figures; thousands together that commas or blanks set apart."""

    def figures(found: re.Match[str]) -> str:
        percent, whole, decimals = found.groups()
        if not (percent or decimals):
            return found[0]
        return f"{_numeral(whole)}{'.' * bool(decimals)}{(decimals or '').translate(_SPELT)}{'%' * bool(percent)}"

    return re.sub(_GROUPED, lambda found: re.sub(r"\D", "", found[0]), re.sub(_POINTED, figures, text))


def _date_told(text: str) -> tuple[tuple[tuple[str, int], ...], str]:
    """Month and day, and the words beside year, month and day."""
    text = _calendar(text.translate(_WIDE))
    told = sorted((unit.replace("号", "日"), int(found)) for _, _, found, unit in re.findall(_DATE_PART, text) if found)
    return tuple(told), re.sub(r"\s", "", re.sub(_DATE_PART, "", text))


def _calendar(text: str) -> str:
    """Years, months and days in figures, be they spelt out or written as ISO 8601 has them."""
    text = re.sub(_ISO, lambda found: f"{found[1]}年{int(found[3])}月{int(found[4])}日", text)
    text = re.sub(_YEAR_SPELT, lambda found: f"{found[1].translate(_SPELT)}年", text)
    return re.sub(_DAY_SPELT, lambda found: f"{_numeral(found[1])}{found[2]}", text)


def qualifier(text: str) -> str:
    """How exactly a figure is meant: ``exact``, ``more_than``, ``less_than``, ``at_least``, ``at_most`` or ``about``."""
    return next((relation for relation, words in _QUALIFIERS.items() if re.search(words, text)), "exact")


_RELATIVE = {"去年": -1, "今年": 0}
_SEASONS = {"春": 21, "夏": 22, "秋": 23, "冬": 24}
_UNTIL = "截至|到|至此"


def date(quotes: Sequence[str]) -> str:
    """The one date that the quotes together hold, as EDTF; ValueError where there is no year, or the quotes contradict each other.

    A month and day may stand apart from their year, and so may a word that makes the date one end of an interval: 截至 and 至此 (up to)
    leave the start open, 此前 (before) excludes the date itself, 期间 (in the meantime) has a start and 以来 (since) an end that is not
    known. Two quotes with a year each are the two ends of an interval.
    """
    quotes = [_calendar(quote) for quote in quotes]
    text = " ".join(quotes)
    years, months, days = (
        {int(found) for found in re.findall(rf"(?<!\d)(\d{{{size}}}){unit}", text, re.ASCII)}
        for size, unit in (("4", "年"), ("1,2", "月"), ("1,2", "日"))
    )
    if len(years) == len(quotes) == 2:
        (start, first), (end, last) = sorted((date([re.sub(f"以来|{_UNTIL}", "", quote)]), quote) for quote in quotes)
        if "/" in start + end or re.search(_UNTIL, first) or "以来" in last:
            raise ValueError(f"more than one interval in {text!r}")
        return f"{start}/{end}"
    shifts = {shift for word, shift in _RELATIVE.items() if word in text}
    if len(years) != 1 or len(shifts) > 1:
        raise ValueError(f"not one year in {text!r}")
    year = years.pop() + sum(shifts)
    if "元旦前夕" in text:  # shortly before 1 January: the last days of the year before
        edtf.bounds(eve := f"{year - 1:04}-12")
        return eve
    seasons = {number for word, number in _SEASONS.items() if word in text}
    if len(months | seasons) > 1 or len(days) > 1:
        raise ValueError(f"not one date in {text!r}")
    if days and not months:
        raise ValueError(f"a day without a month in {text!r}")
    point = "-".join([f"{year:04}", *(f"{number:02}" for number in (*months, *seasons, *days))])
    start_day, _ = edtf.bounds(point)  # refuses what no calendar has
    if "以来" in text:
        return f"{point}/"
    if re.search("期间|经过", text):
        return f"/{point}"
    if "此前" in text:  # the day, month or year right before
        if start_day is None or start_day.toordinal() == 1:
            raise ValueError(f"no calendar has a day before {point!r}")
        return f"../{(start_day - timedelta(days=1)).isoformat()[: len(point)]}"
    return f"../{point}" if re.search(_UNTIL, text) else point


def part(quotes: Sequence[str]) -> str | None:
    """The part of its period that a date names: ``start``, ``end``, ``morning`` or none."""
    text = " ".join(quotes)
    found = {name for name, words in {"start": "初", "end": "底|末|前夕", "morning": "上午"}.items() if re.search(words, text)}
    if len(found) > 1:
        raise ValueError(f"several parts of a period in {text!r}")
    return found.pop() if found else None


def precision(text: str) -> Decimal:
    """The size of the last place in which the one number of the characters is printed.

    >>> precision("54.4%"), precision("1.5亿元"), precision("62个"), precision("三分之二")
    (Decimal('0.1'), Decimal('10000000'), Decimal('1'), Decimal('0.01'))
    """
    if re.search(_FRACTION, text):
        return Decimal("0.01")
    digits, myriad, numeral = re.findall(_FIGURE, text)[0]
    scale = next((size for unit, size in _MYRIADS.items() if unit in (numeral or myriad)), 1)
    return _plain(Decimal(10) ** -len(digits.partition(".")[2]) * scale)
