"""When the last batches left the list: the timeline."""

from typing import Any

from povdata import catalog
from povdata.model import edtf
from povdata.model.columns import Labels
from povdata.plots.sheet import ARTICLE, Axes, Sheet, mpl, when


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
    batches = []
    for event in catalog.delistings.where(last_batch=True):
        first, last = (mpl.dates.date2num(day) for day in edtf.bounds(str(event.date)) if day)
        if event.date_part == "end" and first != last:  # the last ten days of a month
            first += 20
        counties = catalog.reconciliation[event.province].article_last_batch
        part = None if event.date_part == "morning" else event.date_part
        count = f"{counties}{sheet.star(f'delistings/{event.key}/count')}"
        day = when(str(event.date), part, labels, year=False) + sheet.star(f"delistings/{event.key}/date")
        figures = sheet.say(f"{count} counties {'at the' if part else 'on'} {day}", f"{count}县，{day}")
        batches.append((last, first, -counties, event.province, figures))
    title = sheet.say("When the last counties of 15 provinces left the poverty list", "15个省区市最后一批贫困县的摘帽时间")
    note = sheet.say(
        "Area of the dot: counties in the batch. Open dot: no day stated, only the end of the month (last ten days).",
        "圆点面积：该批摘帽的县数。空心圆点：报道只说月底，未说日期（画出下旬）。",
    )
    sheet.frame(title, sheet.say(*ARTICLE), notes=[note], axis=True)
    ax, blue = sheet.ax, sheet.pair[0]
    ax.set_ylim(len(batches) - 0.4, -0.7)
    pitch = sheet.height / (len(batches) + 0.3)
    area = (0.95 * pitch) ** 2 / max(-fewer for _, _, fewer, *_ in batches)
    for row, (last, first, fewer, province, figures) in enumerate(sorted(batches)):
        if first != last:
            ax.plot([first, last], [row] * 2, color=blue, lw=1.1, marker="|", markersize=0.4 * pitch, zorder=4, gid=f"{province}/range")
        style: dict[str, Any] = {"facecolor": blue if first == last else sheet.background, "edgecolor": blue, "linewidth": 1.0, "zorder": 3}
        ax.scatter([(first + last) / 2], [row], s=-area * fewer, gid=province, **style)
        gap = (-area * fewer) ** 0.5 / 2 + 0.4 * sheet.letters
        sheet.text(sheet.region(province), first, row, dx=-gap, ha="right", weight="bold", backed=True)
        sheet.text(figures, last, row, dx=gap, backed=True)
    sheet.fit()
    ax.xaxis.set_major_locator(mpl.dates.MonthLocator())
    num2date = mpl.dates.num2date
    ax.xaxis.set_major_formatter(lambda day, _: when(f"{num2date(day):%Y-%m}", None, labels, year=num2date(day).month == 1))
    return ax
