"""The figure before and the figure after: the dumbbells."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from povdata import catalog
from povdata.analysis import paired
from povdata.exceptions import InvalidArgumentError
from povdata.literals import IndicatorKey
from povdata.model.columns import Labels, label
from povdata.plots.sheet import ARTICLE, Axes, Sheet, mpl, when
from povdata.records import Indicator, Observation

Indicators = IndicatorKey | Indicator | Iterable[IndicatorKey | Indicator]
UNITS = {"household": ("households", "户"), "mu": ("mu", "亩"), "percent": ("percent", "%"), "person": ("people", "人")}
UNITS |= {"yuan": ("yuan", "元")}
MARKS = {"more_than": ("> ", "超过"), "less_than": ("< ", "低于"), "about": ("about ", "约")}
MARKS |= {"at_least": ("≥ ", "至少"), "at_most": ("≤ ", "至多")}


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
