"""The timeline of last batches, figures before and after, and the roster by province and year."""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from povdata import catalog
from povdata.analysis import paired
from povdata.exceptions import InvalidArgumentError
from povdata.literals import IndicatorKey
from povdata.model import edtf
from povdata.model.columns import Labels, label
from povdata.plots.sheet import ARTICLE, ROSTER, Axes, Sheet, Words, mpl, shaded
from povdata.records import Indicator, Observation

Indicators = IndicatorKey | Indicator | Iterable[IndicatorKey | Indicator]
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
PARTS: dict[str, Words] = {"start": ("start of ", "初"), "end": ("end of ", "底"), "morning": ("morning of ", "上午")}
UNITS = {"household": ("households", "户"), "mu": ("mu", "亩"), "percent": ("percent", "%"), "person": ("people", "人")}
UNITS |= {"yuan": ("yuan", "元")}
MARKS = {"more_than": ("> ", "超过"), "less_than": ("< ", "低于"), "about": ("about ", "约")}
MARKS |= {"at_least": ("≥ ", "至少"), "at_most": ("≤ ", "至多")}


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


def before_after(indicator: Indicators = "poverty_rate", *, labels: Labels = "en", log: bool | None = None, ax: Axes | None = None) -> Axes:
    """The changes that the article tells of: the figure before and the figure after, one place a line.

    A figure that is only a bound has an arrow towards where the true value lies. A change whose two ends are measured by different
    indicators is drawn where either is asked for, and names both. An asterisk stands at a figure that others contradict.

    Args:
        indicator: an indicator or its key, or several with the same unit.
        labels: the language of the labels, ``"en"`` or ``"zh"``.
        log: whether the scale is logarithmic; where None, it is if the largest value is over a hundred times the smallest.
        ax: the Axes to draw into; a new figure where None.

    Raises:
        NotFoundError: there is no such indicator.
        InvalidArgumentError: nothing to draw, several units, zero on a logarithmic scale, another language, or no Chinese font.
        MissingExtraError: matplotlib is not installed.
    """
    several = tuple(indicator) if isinstance(indicator, Iterable) and not isinstance(indicator, str) else (indicator,)
    if not all(isinstance(item, (str, Indicator)) for item in several):
        raise InvalidArgumentError(f"before_after takes an indicator, its key, or several, not {indicator!r}")
    wanted: list[Any] = [*dict.fromkeys(item.key if isinstance(item, Indicator) else item for item in several)]
    names = [label(catalog.indicators[key], labels) for key in wanted]
    changes = [change for change in paired() if any(end.indicator in wanted for end in change)]
    if not changes:
        asked, known = " or ".join(wanted) or "nothing", ", ".join(sorted({end.indicator for change in paired() for end in change}))
        raise InvalidArgumentError(f"no change of {asked} is told; indicators with a before and an after: {known}")
    changes.sort(key=lambda change: (-change[0].value, change[0].key))  # highest start first
    ends = [end for change in changes for end in change]
    units = {end.indicator: end.indicator_record.unit for end in ends}
    if len(set(units.values())) > 1:
        listed = ", ".join(f"{key} ({unit})" for key, unit in units.items())
        raise InvalidArgumentError(f"indicators in one picture need the same unit: {listed}")
    low, *_, high = sorted(end.value for end in ends)
    log = low > 0 and high / low > 100 if log is None else log
    if log and low <= 0:
        raise InvalidArgumentError("log=True needs values above zero; leave it out or say log=False")
    heads = [(label(change[0].place_record, labels), _details(change, wanted[0], labels)) for change in changes]
    longest = max(len(name) + len(details) for name, details in heads)
    sheet = Sheet(ax, labels, size=(7.2, 1.2 + 0.55 * len(changes)), rows=3.2 * (len(changes) + 2), across=max(34, 0.65 * longest))
    ax, (blue, orange), unit = sheet.ax, sheet.pair, units[ends[0].indicator]
    title = sheet.say(" and ".join(names[:1] + [name[0].lower() + name[1:] for name in names[1:]]), "、".join(names))
    stars = {end.key: sheet.star(f"observations/{end.key}", f"observations/{end.key}/value") for end in ends}
    sheet.frame(title + sheet.say(": before and after", "：前后对比"), sheet.say(*ARTICLE), axis=True)
    ax.set(ylim=(len(changes) - 0.4, -1.35), xscale="log" if log else "linear")
    percent, aside = "%" * (unit == "percent"), ("axes fraction", "data")
    dot = {"s": (0.75 * sheet.letters) ** 2, "linewidth": 1.3, "zorder": 4}
    dots: dict[Any, Any] = {"from": {**dot, "facecolor": sheet.background, "edgecolor": orange}, "to": {**dot, "color": blue}}
    for row, ((before, after), (name, details)) in enumerate(zip(changes, heads, strict=True)):
        side = 1 if before.value >= after.value else -1
        ax.plot([float(before.value), float(after.value)], [row, row], color=sheet.muted, linewidth=1.4, solid_capstyle="butt", zorder=2)
        for end, beside, colour in ((before, side, orange), (after, -side, blue)):
            ax.scatter([float(end.value)], [row], gid=end.key, **dots[end.change_role])
            _tell(sheet, end, row, beside, colour, percent + stars[end.key])
        head = sheet.text(name, 0, row, dy=1.6 * sheet.letters, xycoords=aside, weight="bold", va="baseline", backed=True)
        sheet.text(details, 1, 0, dx=0.7 * sheet.letters, xycoords=head, size=sheet.small, color=sheet.muted, va="bottom", backed=True)
    sheet.fit(*[0.0] * (not log))
    left, right = ax.get_xlim()
    locator = mpl.ticker.LogLocator(numticks=8) if log else mpl.ticker.MaxNLocator(4, steps=[1, 2, 5, 10])
    spots = [float(spot) for spot in locator.tick_values(max(left, 0), right) if max(left, 0) <= spot <= right]
    ax.minorticks_off()
    ax.set_xticks(spots, [f"{Decimal(f'{spot:.12f}').normalize():,f}{percent}" for spot in spots])
    scale = sheet.say(*UNITS[unit]) + sheet.say(", log scale", "，对数刻度") * log
    sheet.text(scale, 0, 1, xycoords="axes fraction", va="top", color=sheet.muted, size=sheet.small, backed=True)
    ax.scatter([], [], label=sheet.say("before", "之前"), **dots["from"])
    ax.scatter([], [], label=sheet.say("after", "之后"), **dots["to"])
    sheet.legend("upper right", ncols=2, borderpad=0, handletextpad=0.1, columnspacing=1)
    return ax


def _details(change: tuple[Observation, Observation], plain: str, language: Labels) -> str:
    """The province of a place, and what is measured where that is not plain."""
    place, english = change[0].place_record, language == "en"
    province = catalog.divisions.get(f"{place.key[:2]}0000")
    found = [] if province is None or province.key == place.key else [province.name_en if english else province.name_short_zh]
    for role, end in zip(("before: ", "after: ") if english else ("之前：", "之后："), change, strict=True):
        if end.indicator != plain:
            what = label(end.indicator_record, language)
            found.append(role * (change[0].indicator != change[1].indicator) + what[0].lower() + what[1:])
    return ("; " if english else "；").join(dict.fromkeys(found))


def _tell(sheet: Sheet, end: Observation, row: int, side: int, colour: str, sign: str) -> None:
    """At one side of a dot its figure, sign and date; an arrow where it is a bound."""
    x, gap = float(end.value), 0.85 * sheet.letters
    if towards := (end.upper is None) - (end.lower is None):  # from the bound into the open
        arrow = {"arrowstyle": "<|-", "color": colour, "linewidth": 1.3, "shrinkA": 0, "mutation_scale": sheet.letters}
        sheet.text("", x, row, dx=2 * towards * sheet.letters, arrowprops=arrow, zorder=3, gid=f"{end.key}/bound")
        gap = 2.2 * sheet.letters if towards == side else gap
    figure = sheet.say(*MARKS.get(end.relation, ("", ""))) + f"{end.value:,f}{sign}"
    date = sheet.say("year not stated", "年份未说明") if end.period is None else when(end.period, end.period_part, sheet.language)
    place: dict[str, Any] = {"dx": side * gap, "ha": "left" if side > 0 else "right", "backed": True}
    sheet.text(figure, x, row, dy=0.05 * sheet.letters, va="bottom", color=colour, weight="bold", **place)
    sheet.text(date, x, row, dy=-0.15 * sheet.letters, va="top", color=sheet.muted, size=sheet.small, **place)


def roster_exits(*, labels: Labels = "en", ax: Axes | None = None) -> Axes:
    """The 832 counties of the national list by province and year of exit: a table whose cells are darker for more.

    The year is that of the assessment passed. The article's provinces are in bold. An asterisk: another source contradicts the number.

    Args:
        labels: the language of the labels, ``"en"`` or ``"zh"``.
        ax: the Axes to draw into; a new figure where None.

    Raises:
        InvalidArgumentError: another language, or no font with Chinese characters.
        MissingExtraError: matplotlib is not installed.
    """
    listed = catalog.poverty_counties.where(tier="national")
    cells = Counter((county.province, county.exit_year) for county in listed)
    provinces, years = Counter(county.province for county in listed), Counter(county.exit_year for county in listed)
    sheet = Sheet(ax, labels, size=(5.8, 7.0), rows=len(provinces) + 9)
    stars = {(county.province, county.exit_year): "*" for county in listed if sheet.star(f"poverty_counties/{county.key}")}
    title = sheet.say(f"{len(listed)} national poverty counties by year of exit", f"{len(listed)}个国家级贫困县的退出年份")
    note = sheet.say(
        "Bold: the 15 provinces of the article. Year: that of the assessment passed; announcements follow up to five months later.",
        "粗体：报道所述的15个省区市。年份为通过评估的年度，公告最迟在其后五个月内发布。",
    )
    total, foot = len(years) + 0.1, len(provinces) + 0.15
    sheet.frame(title, sheet.say(*ROSTER), notes=[note])
    sheet.ax.set_ylim(foot + 0.5, -1.4)
    heads = [(column, year, str(year)) for column, year in enumerate(sorted(filter(None, years)))]
    for column, year, head in [*heads, (total, None, sheet.say("Total", "合计"))]:
        sheet.text(head, column, -0.95, ha="center", color=sheet.muted)
        sheet.text(str(years[year] if year else len(listed)), column, foot, ha="center")
    for row, (code, number) in enumerate(provinces.most_common()):
        weight = "bold" if code in catalog.provinces else "normal"
        sheet.text(sheet.region(code), -0.5, row, dx=-0.5 * sheet.letters, ha="right", weight=weight)
        sheet.text(str(number), total, row, ha="center", weight=weight)
        for column, year, _ in heads:
            if number := cells[code, year]:
                colour, ink = shaded(number / max(cells.values()))
                sheet.ax.bar(column, 0.94, 0.94, row - 0.47, color=colour, gid=f"{code}/{year}")
                sheet.text(str(number) + stars.get((code, year), ""), column, row, ha="center", color=ink)
    sheet.text(sheet.say("All", "全国"), -0.5, foot, dx=-0.5 * sheet.letters, ha="right")
    sheet.ax.plot([-0.47, total + 0.47], [foot - 0.55] * 2, color=sheet.muted, linewidth=0.6)
    sheet.fit(total + 0.5)
    return sheet.ax


def when(period: str, part: str | None, language: Labels, *, year: bool = True) -> str:
    """A closed EDTF period of years, months or days in words, such as "end of 2019"."""
    if "/" in period:
        return "–".join(when(end, None, language) for end in period.split("/"))
    first, month, day = [*period.split("-"), "", ""][:3]
    shown, lead, tail = first if year or not month else "", *PARTS.get(part or "", ("", ""))
    if language == "en":
        return lead + " ".join(filter(None, [day.lstrip("0"), MONTHS[int(month) - 1] if month else "", shown]))
    return "".join(f"{word.lstrip('0')}{unit}" for word, unit in zip((shown, month, day), "年月日", strict=True) if word) + tail
