"""When the last batches left the list: the timeline."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from povdata import catalog
from povdata.model import edtf
from povdata.model.columns import Labels
from povdata.plots.sheet import ARTICLE, Axes, Sheet, disputes, when


def delisting_timeline(*, labels: Labels = "en", ax: Axes | None = None) -> Axes:
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
    sheet = Sheet(ax, labels, size=(7.2, 5.4), rows=24)
    ax, blue, batches = sheet.ax, sheet.pair[0], sorted(_batches(sheet))
    from matplotlib.dates import MonthLocator, date2num, num2date

    title = sheet.say("When the last counties of 15 provinces left the poverty list", "15个省区市最后一批贫困县的摘帽时间")
    note = sheet.say(
        "Area of the dot: counties in the batch. Open dot: no day stated, only the end of the month (last ten days).",
        "圆点面积：该批摘帽的县数。空心圆点：报道只说月底，未说日期（画出下旬）。",
    )
    sheet.frame(title, sheet.say(*ARTICLE), notes=[note], kinds={kind for *_, kinds in batches for kind in kinds}, axis=True)
    ax.set_ylim(len(batches) - 0.4, -0.7)
    pitch = sheet.height / (len(batches) + 0.3)
    area = (0.95 * pitch) ** 2 / max(-fewer for _, _, fewer, *_ in batches)
    for row, (until, since, fewer, key, figures, _) in enumerate(batches):
        first, last, size = float(date2num(since)), float(date2num(until)), -area * fewer
        if first != last:
            style: dict[str, Any] = {"color": blue, "linewidth": 1.1, "marker": "|", "markersize": 0.4 * pitch, "zorder": 4}
            ax.plot([first, last], [row, row], gid=f"{key}/range", **style)
        style = {"facecolor": blue if first == last else sheet.background, "edgecolor": blue, "linewidth": 1.0, "zorder": 3}
        ax.scatter([(first + last) / 2], [row], s=size, gid=key, **style)
        gap = size**0.5 / 2 + 0.4 * sheet.letters
        sheet.text(sheet.region(key), first, row, dx=-gap, ha="right", weight="bold", backed=True)
        sheet.text(figures, last, row, dx=gap, backed=True)
    sheet.fit()
    ax.xaxis.set_major_locator(MonthLocator())
    ax.xaxis.set_major_formatter(lambda day, _: when(f"{num2date(day):%Y-%m}", None, labels, year=num2date(day).month == 1))
    return ax


def _batches(sheet: Sheet) -> Iterator[tuple[date, date, int, str, str, set[str]]]:
    """The last batches: last and first day, less their counties, province, the figures in words with asterisks, and kinds of dispute."""
    for event in catalog.delistings.where(last_batch=True):
        counties = catalog.provinces[event.province].last_batch_counties
        first, last = edtf.bounds(event.date) if event.date else (None, None)
        if not (event.date and first and last and counties):
            continue
        part = None if event.date_part == "morning" else event.date_part
        if part == "end" and first != last:  # of a month
            first = first.replace(day=21)
        of_count, of_date = (disputes(f"delistings/{event.key}/{column}") for column in ("count", "date"))
        count, day = f"{counties}{'*' * bool(of_count)}", when(event.date, part, sheet.language, year=False) + "*" * bool(of_date)
        figures = sheet.say(f"{count} counties {'at the' if part else 'on'} {day}", f"{count}县，{day}")
        yield last, first, -counties, event.province, figures, of_count | of_date
