"""Dates and intervals: the days that they cover, and what is refused."""

from datetime import date

import pytest

from povdata.model.edtf import bounds

COVERED = [
    ("2019", date(2019, 1, 1), date(2019, 12, 31)),
    ("2019-11", date(2019, 11, 1), date(2019, 11, 30)),
    ("2019-12", date(2019, 12, 1), date(2019, 12, 31)),
    ("2020-02-29", date(2020, 2, 29), date(2020, 2, 29)),
    ("2019-21", date(2019, 3, 1), date(2019, 5, 31)),
    ("2019-22", date(2019, 6, 1), date(2019, 8, 31)),
    ("2019-23", date(2019, 9, 1), date(2019, 11, 30)),
    ("2019-24", date(2019, 12, 1), date(2019, 12, 31)),
    ("2019/..", date(2019, 1, 1), None),
    ("../2018-06", None, date(2018, 6, 30)),
    ("2017/", date(2017, 1, 1), None),
    ("/2019-04", None, date(2019, 4, 30)),
    ("2015/2018-22", date(2015, 1, 1), date(2018, 8, 31)),
    ("2019-01-01/2019-01-01", date(2019, 1, 1), date(2019, 1, 1)),
]


@pytest.mark.parametrize(("text", "first", "last"), COVERED, ids=[case[0] for case in COVERED])
def test_a_date_covers_its_days(text, first, last):
    """Years, months, days, seasons and intervals have two days; an open or unknown end has none, and winter ends with its year."""
    assert bounds(text) == (first, last)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("../..", "an interval without a start and an end says nothing"),
        ("/..", "an interval without a start and an end says nothing"),
        ("/", "an interval without a start and an end says nothing"),
        ("2019/2018", "the interval ends before it starts"),
        ("2019-01-02/2019-01-01", "the interval ends before it starts"),
        ("2015/2018/2019", "not an EDTF date"),
        ("..", "not an EDTF date"),
        ("", "not an EDTF date"),
        ("2019//2020", "not an EDTF date"),
        ("2019-2", "not an EDTF date"),
        ("2019-00", "not a date"),
        ("2019-13", "not a date"),
        ("2019-25", "not a date"),
        ("2019-02-29", "not a date"),
        ("0000", "not a date"),
    ],
)
def test_what_is_no_date_is_refused(text, message):
    """Days that no calendar has, spellings of other standards and intervals that say nothing are refused."""
    with pytest.raises(ValueError, match=message):
        bounds(text)
