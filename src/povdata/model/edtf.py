"""Dates as EDTF (ISO 8601-2), as far as the dataset needs it.

Years, months, days, seasons (``2019-22`` is the summer of 2019) and intervals. An end that is open has ``..``, one that is there but not
known has nothing: ``../2018`` is everything up to 2018, ``/2018`` began at a time that is not said, and ``2017/`` ended at one.
"""

import re
from datetime import date, timedelta

_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 12)}  # the northern hemisphere's; winter ends with its year


def bounds(text: str) -> tuple[date | None, date | None]:
    """First and last day that an EDTF string covers, None for an end that is open or unknown; raises ValueError for any other text.

    >>> bounds("2020-02")
    (datetime.date(2020, 2, 1), datetime.date(2020, 2, 29))
    >>> bounds("../2018")
    (None, datetime.date(2018, 12, 31))
    >>> bounds("2017/")
    (datetime.date(2017, 1, 1), None)
    """
    start, slash, end = text.partition("/")
    if not slash:
        return _point(text)
    first = None if start in ("..", "") else _point(start)[0]
    last = None if end in ("..", "") else _point(end)[1]
    if first is None and last is None:
        raise ValueError(f"an interval without a start and an end says nothing: {text!r}")
    if first and last and first > last:
        raise ValueError(f"the interval ends before it starts: {text!r}")
    return first, last


def _point(text: str) -> tuple[date, date]:
    match = re.fullmatch(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", text, re.ASCII)
    if match is None:
        raise ValueError(f"not an EDTF date: {text!r}")
    year, month, day = (int(part or 0) for part in match.groups())
    try:
        if match[3] is not None:
            return date(year, month, day), date(year, month, day)
        first, last = _SEASONS.get(month, (month, month)) if match[2] else (1, 12)
        return date(year, first, 1), date(year, 12, 31) if last == 12 else date(year, last + 1, 1) - timedelta(days=1)
    except ValueError as error:
        raise ValueError(f"not a date: {text!r}") from error
