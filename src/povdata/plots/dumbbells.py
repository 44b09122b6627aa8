"""The figure before and the figure after: the dumbbells."""

from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import Any

from povdata import catalog
from povdata.analysis import paired
from povdata.exceptions import InvalidArgumentError
from povdata.literals import IndicatorKey
from povdata.model.columns import Labels, label
from povdata.plots.sheet import ARTICLE, Axes, Sheet, disputes, when
from povdata.records import Indicator, Observation

UNITS = {"household": ("households", "户"), "mu": ("mu", "亩"), "percent": ("percent", "%"), "person": ("people", "人")}
UNITS |= {"yuan": ("yuan", "元")}
MARKS = {"more_than": ("> ", "超过"), "less_than": ("< ", "低于"), "about": ("about ", "约")}
MARKS |= {"at_least": ("≥ ", "至少"), "at_most": ("≤ ", "至多")}
Change = tuple[Observation, Observation]


def before_after(
    indicator: IndicatorKey | Indicator | Iterable[IndicatorKey | Indicator] = "poverty_rate",
    *,
    labels: Labels = "en",
    log: bool | None = None,
    ax: Axes | None = None,
) -> Axes:
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
    changes = _changes(wanted)
    ends = [end for change in changes for end in change]
    disputed = {end.key: disputes(f"observations/{end.key}", f"observations/{end.key}/value") for end in ends}
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
    ax = sheet.ax
    rest = [name[0].lower() + name[1:] for name in names[1:]]
    title = sheet.say(f"{' and '.join([names[0], *rest])}: before and after", f"{'、'.join(names)}：前后对比")
    sheet.frame(title, sheet.say(*ARTICLE), kinds=set().union(*disputed.values()), axis=True)
    ax.set_ylim(len(changes) - 0.4, -1.35)
    ax.set_xscale("log" if log else "linear")
    unit = units[ends[0].indicator]
    percent = "%" * (unit == "percent")
    for row, ((before, after), (name, details)) in enumerate(zip(changes, heads, strict=True)):
        side = 1 if before.value >= after.value else -1
        ax.plot([float(before.value), float(after.value)], [row, row], color=sheet.muted, linewidth=1.4, solid_capstyle="butt", zorder=2)
        for end, beside in ((before, side), (after, -side)):
            _draw(sheet, end, row, beside, percent + "*" * bool(disputed[end.key]))
        place: dict[str, Any] = {"va": "baseline", "backed": True}
        head = sheet.text(name, 0, row, dy=1.6 * sheet.letters, xycoords=("axes fraction", "data"), weight="bold", **place)
        sheet.text(details, 1, 0, dx=0.7 * sheet.letters, xycoords=head, size=sheet.small, color=sheet.muted, **{**place, "va": "bottom"})
    sheet.fit(*[0.0] * (not log))
    _scale(sheet, unit, percent, log=log)
    return ax


def _changes(wanted: Collection[str]) -> list[Change]:
    """The changes of the indicators, highest start first."""
    found = [change for change in paired() if any(end.indicator in wanted for end in change)]
    if not found:
        known = ", ".join(sorted({end.indicator for change in paired() for end in change}))
        asked = " or ".join(wanted) or "nothing"
        raise InvalidArgumentError(f"no change of {asked} is told; indicators with a before and an after: {known}")
    return sorted(found, key=lambda change: (-change[0].value, change[0].key))


def _details(change: Change, plain: str, language: Labels) -> str:
    """The province of a place, and what is measured where that is not plain."""
    place, english = change[0].place_record, language == "en"
    province = catalog.divisions.get(f"{place.key[:2]}0000")
    found = [] if province is None or province.key == place.key else [province.name_en if english else province.name_short_zh]
    for role, end in zip(("before: ", "after: ") if english else ("之前：", "之后："), change, strict=True):
        if end.indicator != plain:
            what = label(end.indicator_record, language)
            found.append(role * (change[0].indicator != change[1].indicator) + what[0].lower() + what[1:])
    return ("; " if english else "；").join(dict.fromkeys(found))


def _dot(sheet: Sheet, role: str | None) -> dict[str, Any]:
    """Open for what was before, filled for what was after."""
    colour, ground = (sheet.pair[1], sheet.background) if role == "from" else (sheet.pair[0], sheet.pair[0])
    return {"s": (0.75 * sheet.letters) ** 2, "facecolor": ground, "edgecolor": colour, "linewidth": 1.3, "zorder": 4}


def _draw(sheet: Sheet, end: Observation, row: int, side: int, sign: str) -> None:
    """A dot with its figure, sign and date at one side."""
    x, dot, gap = float(end.value), _dot(sheet, end.change_role), 0.85 * sheet.letters
    sheet.ax.scatter([x], [row], gid=end.key, **dot)
    if towards := (end.upper is None) - (end.lower is None):  # an arrow from the bound into the open
        arrow = {"arrowstyle": "<|-", "color": dot["edgecolor"], "linewidth": 1.3, "shrinkA": 0, "mutation_scale": sheet.letters}
        sheet.text("", x, row, dx=2 * towards * sheet.letters, arrowprops=arrow, zorder=3, gid=f"{end.key}/bound")
        gap = 2.2 * sheet.letters if towards == side else gap
    figure = sheet.say(*MARKS.get(end.relation, ("", ""))) + f"{end.value:,f}{sign}"
    date = sheet.say("year not stated", "年份未说明") if end.period is None else when(end.period, end.period_part, sheet.language)
    place: dict[str, Any] = {"dx": side * gap, "ha": "left" if side > 0 else "right", "backed": True}
    sheet.text(figure, x, row, dy=0.05 * sheet.letters, va="bottom", color=dot["edgecolor"], weight="bold", **place)
    sheet.text(date, x, row, dy=-0.15 * sheet.letters, va="top", color=sheet.muted, size=sheet.small, **place)


def _scale(sheet: Sheet, unit: str, percent: str, *, log: bool) -> None:
    """Round ticks, what is counted, and what the dots are."""
    from matplotlib.ticker import LogLocator, MaxNLocator

    locator = LogLocator(numticks=8) if log else MaxNLocator(4, steps=[1, 2, 5, 10])
    left, right = sheet.ax.get_xlim()
    spots = [float(spot) for spot in locator.tick_values(max(left, 0), right) if max(left, 0) <= spot <= right]
    sheet.ax.minorticks_off()
    sheet.ax.set_xticks(spots, [f"{Decimal(f'{spot:.12f}').normalize():,f}{percent}" for spot in spots])
    said = sheet.say(", ", "，").join([sheet.say(*UNITS[unit])] + [sheet.say("log scale", "对数刻度")] * log)
    sheet.text(said, 0, 1, xycoords="axes fraction", va="top", color=sheet.muted, size=sheet.small, backed=True)
    sheet.ax.scatter([], [], label=sheet.say("before", "之前"), **_dot(sheet, "from"))
    sheet.ax.scatter([], [], label=sheet.say("after", "之后"), **_dot(sheet, "to"))
    sheet.legend("upper right", ncols=2, borderpad=0, handletextpad=0.1, columnspacing=1)
