"""When the last batches left the list: the timeline."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from povdata import catalog
from povdata.model import edtf
from povdata.plots.sheet import ARTICLE, MONTHS, Language, Sheet, disputes, limits, sheet_on, when

if TYPE_CHECKING:
    from matplotlib.axes import Axes
else:
    Axes = object  # so that the signature resolves at run time


def delisting_timeline(*, labels: Language = "en", ax: Axes | None = None) -> Axes:
    """When the last poverty counties of each of the 15 provinces left the list, and how many they were.

    The area of a dot is the number of counties. A date without a day is drawn as the range of days that it leaves open, with an open dot.
    An asterisk stands at a number or date that another source contradicts.

    Args:
        labels: the language of the labels, ``"en"`` or ``"zh"``.
        ax: the Axes to draw into; a new figure where None.

    Raises:
        InvalidArgumentError: another language, or no font with Chinese characters.
        MissingExtraError: matplotlib is not installed.
    """
    sheet = sheet_on(ax, labels, size=(7.2, 5.4), rows=16)
    ax, batches = sheet.ax, _batches(labels)
    sheet.title(sheet.say("When the last counties of 15 provinces left the poverty list", "15个省区市最后一批贫困县的摘帽时间"))
    sheet.credit(sheet.say(*ARTICLE), ticks=True)
    sheet.bare(axis=True)
    sheet.settle()
    note = sheet.say(
        "Area of the dot: counties in the batch. Open dot: no day stated, only the end of the month (last ten days).",
        "圆点面积：该批摘帽的县数。空心圆点：报道只说月底，未说日期（画出下旬）。",
    )
    kinds = {kind for batch in batches for kind in batch.disputes}
    pitch, blue = sheet.rows(-0.7, len(batches) - 0.4, [note, *sheet.disputed(kinds)]), sheet.pair[0]
    area = (0.95 * pitch) ** 2 / max(batch.counties for batch in batches)
    lefts, rights = [], []
    for row, batch in enumerate(batches):
        first, last = _number(batch.first), _number(batch.last)
        exact = first == last
        if not exact:
            style: dict[str, Any] = {"color": blue, "linewidth": 1.1, "marker": "|", "markersize": 0.4 * pitch, "zorder": 4}
            ax.plot([first, last], [row, row], gid=f"{batch.key}/range", **style)
        dot: dict[str, Any] = {
            "facecolor": blue if exact else sheet.background,
            "edgecolor": blue,
            "linewidth": 1.0,
            "zorder": 3,
        }
        ax.scatter([(first + last) / 2], [row], s=area * batch.counties, gid=batch.key, **dot)
        gap = (area * batch.counties) ** 0.5 / 2 + 0.4 * sheet.letters
        sheet.text(batch.name, first, row, dx=-gap, ha="right", weight="bold", backed=True)
        sheet.text(batch.figures, last, row, dx=gap, backed=True)
        lefts.append((first, gap + sheet.width_of(batch.name, weight="bold")))
        rights.append((last, gap + sheet.width_of(batch.figures)))
    low, high = limits(lefts, rights, sheet.width)
    ax.set_xlim(low, high)
    _month_ticks(sheet, low, high)
    return ax


class _Batch(NamedTuple):
    """The last batch of a province."""

    key: str
    name: str
    counties: int
    first: date
    last: date
    figures: str
    disputes: set[str]


def _batches(language: Language) -> list[_Batch]:
    """The last batches in order of time; an asterisk at the number or date that is disputed."""
    found = []
    for event in catalog.delistings.where(last_batch=True):
        province = catalog.provinces[event.province]
        if event.date is None or province.last_batch_counties is None:
            continue
        part = None if event.date_part == "morning" else event.date_part
        of_count, of_date = (disputes(f"delistings/{event.key}/{column}") for column in ("count", "date"))
        day = when(event.date, part, language, year=False) + "*" * bool(of_date)
        count = f"{province.last_batch_counties}" + "*" * bool(of_count)
        figures = f"{count} counties {'at the' if part else 'on'} {day}" if language == "en" else f"{count}县，{day}"
        name = province.name_en if language == "en" else province.name_short_zh
        first, last = _days(event.date, event.date_part)
        found.append(_Batch(province.key, name, province.last_batch_counties, first, last, figures, of_count | of_date))
    return sorted(found, key=lambda batch: (batch.last, batch.first, -batch.counties))


def _days(period: str, part: str | None) -> tuple[date, date]:
    """First and last day of a closed EDTF period; of a month's beginning or end the first or last ten days."""
    first, last = edtf.bounds(period)
    if first is None or last is None:
        raise ValueError(f"open at one end: {period!r}")
    if len(period) == len("2020-02") and part == "end":
        first = first.replace(day=21)
    elif len(period) == len("2020-02") and part == "start":
        last = first.replace(day=10)
    return first, last


def _number(day: date) -> float:
    """A day as matplotlib counts."""
    from matplotlib import dates

    convert: Any = dates.date2num  # which has no types
    return float(convert(day))


def _month_ticks(sheet: Sheet, low: float, high: float) -> None:
    """Ticks where months begin; names in the middle of what is seen of them, with the year where there is room."""
    origin = date(2020, 1, 1)
    months = [(origin + timedelta(days=low - _number(origin))).replace(day=1)]
    while _number(months[-1]) < high:
        months.append((months[-1] + timedelta(days=31)).replace(day=1))
    edges = [min(max(_number(month), low), high) for month in months]
    middles, names = [], []
    for month, left, right in zip(months, edges, edges[1:], strict=False):
        short = sheet.say(MONTHS[month.month - 1], f"{month.month}月")
        full = sheet.say(f"{short} {month.year}", f"{month.year}年{short}")
        room = (right - left) / (high - low) * sheet.width - 4
        fitting = [name for name in (full, short) if sheet.width_of(name, size=sheet.small) < room]
        middles.append((left + right) / 2)
        names.append(fitting[0] if fitting else "")
    sheet.ax.set_xticks(edges[1:-1], [""] * len(edges[1:-1]))
    sheet.ax.set_xticks(middles, names, minor=True)
    sheet.ax.tick_params(axis="x", which="minor", length=0)
