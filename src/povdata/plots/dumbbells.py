"""The figure before and the figure after: the dumbbells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from math import log10
from typing import TYPE_CHECKING, Any, NamedTuple

import attrs

from povdata import catalog
from povdata.exceptions import InvalidArgumentError, NotFoundError
from povdata.literals import IndicatorKey
from povdata.model.lookup import nearest
from povdata.plots.sheet import ARTICLE, Language, Sheet, disputes, limits, sheet_on, when
from povdata.records import Indicator, Observation

if TYPE_CHECKING:
    from matplotlib.axes import Axes
else:
    Axes = object  # so that the signature resolves at run time

UNITS = {
    "household": ("households", "户"),
    "mu": ("mu", "亩"),
    "percent": ("percent", "%"),
    "person": ("people", "人"),
    "yuan": ("yuan", "元"),
}
"""Units of the indicators that have a before and an after."""
MARKS = {
    "exact": ("", ""),
    "more_than": ("> ", "超过"),
    "less_than": ("< ", "低于"),
    "at_least": ("≥ ", "至少"),
    "at_most": ("≤ ", "至多"),
    "about": ("about ", "约"),
}
"""How a relation is written before its figure."""


def before_after(
    indicator: IndicatorKey | Indicator | Iterable[IndicatorKey | Indicator] = "poverty_rate",
    *,
    labels: Language = "en",
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
        InvalidArgumentError: no change of the indicators is told, or their units differ; zero on a logarithmic scale; another language,
            or no font with Chinese characters.
        MissingExtraError: matplotlib is not installed.
    """
    several = tuple(indicator) if isinstance(indicator, Iterable) and not isinstance(indicator, str) else (indicator,)
    if not all(isinstance(item, (str, Indicator)) for item in several):
        raise InvalidArgumentError(f"before_after takes an indicator, its key, or several, not {indicator!r}")
    wanted = tuple(dict.fromkeys(item.key if isinstance(item, Indicator) else item for item in several))
    changes = _changes(wanted)
    unit = _unit(changes)
    values = [end.value for change in changes for end in change]
    if log is None:
        log = min(values) > 0 and max(values) / min(values) > 100
    if log and min(values) <= 0:
        raise InvalidArgumentError("log=True needs values above zero; leave it out or say log=False")

    sheet = sheet_on(ax, labels, size=(7.2, 1.2 + 0.55 * len(changes)), rows=2.2 * (len(changes) + 1), across=34)
    named = [catalog.indicators.by_key[key] for key in wanted]
    names = [item.name_en if not place else _lowered(item.name_en) for place, item in enumerate(named)]
    sheet.title(sheet.say(" and ".join(names) + ": before and after", "、".join(item.name_zh for item in named) + "：前后对比"))
    sheet.credit(sheet.say(*ARTICLE), ticks=True)
    sheet.bare(axis=True)
    sheet.settle()
    pitch = sheet.rows(-1.0, len(changes) - 0.4, sheet.disputed({kind for change in changes for end in change for kind in _disputes(end)}))
    subjects = _subjects(sheet, changes, wanted)
    lines = max(f"{name}\n{below}".count("\n") + 1 for name, below in subjects)
    if pitch < 1.3 * lines * sheet.letters:  # long names on a low Axes
        sheet.letters = max(4.5, pitch / 1.3 / lines)
        subjects = _subjects(sheet, changes, wanted)
    _Dumbbells(sheet, changes, unit, log).draw(subjects)
    return sheet.ax


class _Change(NamedTuple):
    """The two figures of a change."""

    before: Observation
    after: Observation

    @property
    def indicators(self) -> tuple[str, str]:
        """What the two figures measure."""
        return self.before.indicator, self.after.indicator


def _changes(wanted: Sequence[str]) -> list[_Change]:
    """The changes of the indicators, highest start first."""
    for key in wanted:
        if key not in catalog.indicators:
            raise NotFoundError("key of indicators", key, nearest(key, catalog.indicators.by_key))
    ends = {(item.change, item.change_role): item for item in catalog.observations if item.change is not None}
    changes = [_Change(item, ends[name, "to"]) for (name, role), item in ends.items() if role == "from" and (name, "to") in ends]
    found = [change for change in changes if set(change.indicators) & set(wanted)]
    if not found:
        known = ", ".join(sorted({key for change in changes for key in change.indicators}))
        raise InvalidArgumentError(
            f"no change of {' or '.join(wanted) or 'nothing'} is told; indicators with a before and an after: {known}"
        )
    return sorted(found, key=lambda change: (-change.before.value, change.before.key))


def _disputes(end: Observation) -> set[str]:
    """The kinds of dispute about a figure."""
    return disputes(f"observations/{end.key}", f"observations/{end.key}/value")


def _unit(changes: Sequence[_Change]) -> str:
    """The one unit of the changes."""
    units = {key: catalog.indicators.by_key[key].unit for change in changes for key in change.indicators}
    if len(set(units.values())) > 1:
        listed = ", ".join(f"{key} ({unit})" for key, unit in units.items())
        raise InvalidArgumentError(f"indicators in one picture need the same unit: {listed}")
    return next(iter(units.values()))


def _lowered(name: str) -> str:
    """A name within a sentence."""
    return name[0].lower() + name[1:]


def _subjects(sheet: Sheet, changes: Sequence[_Change], wanted: Sequence[str]) -> list[tuple[str, str]]:
    """The place of each change, and below it the province and what is measured where that is not plain."""
    room, found = min(0.33 * sheet.width, 13 * sheet.letters), []
    for change in changes:
        place = catalog.places[change.before.place]
        name = place.name_en if sheet.language == "en" else place.name_zh
        if sheet.language == "zh" and place.level == "village" and place.names_printed:
            name = place.names_printed[0]
        below = []
        province = catalog.provinces.get(f"{place.key[:2]}0000")
        if province and province.key != place.key:
            below.append(province.name_en if sheet.language == "en" else province.name_short_zh)
        for role, key in zip((sheet.say("before: ", "之前："), sheet.say("after: ", "之后：")), change.indicators, strict=True):
            if key != wanted[0]:
                kind = catalog.indicators.by_key[key]
                what = _lowered(kind.name_en) if sheet.language == "en" else kind.name_zh
                below.append(what if change.indicators == (key, key) else role + what)
        lines = [sheet.wrapped(line, room, size=sheet.small) for line in dict.fromkeys(below)]
        found.append((sheet.wrapped(name, room, weight="bold"), "\n".join(lines)))
    return found


@attrs.frozen
class _Dumbbells:
    """Lines with a dot at each end."""

    sheet: Sheet
    changes: Sequence[_Change]
    unit: str
    log: bool

    def draw(self, subjects: Sequence[tuple[str, str]]) -> None:
        """Names at the left, a line for each change, a legend above."""
        sheet, ax = self.sheet, self.sheet.ax
        widths = [sheet.width_of(line, weight="bold") for name, _ in subjects for line in name.split("\n")]
        widths += [sheet.width_of(line, size=sheet.small) for _, below in subjects for line in below.split("\n")]
        column = max(widths) + sheet.letters
        lefts, rights = [(0.0, column)] * (not self.log), []
        if self.log:
            ax.set_xscale("log")
        for row, (change, (name, below)) in enumerate(zip(self.changes, subjects, strict=True)):
            spots = [float(end.value) for end in change]
            ax.plot(spots, [row, row], color=sheet.muted, linewidth=1.4, solid_capstyle="butt", zorder=2)
            side = 1 if spots[0] >= spots[1] else -1  # the side on which the start is
            before, after = self._end(change.before, row, side), self._end(change.after, row, -side)
            left, right = (after, before) if side > 0 else (before, after)
            lefts.append((self._spot(min(spots)), left + column))
            rights.append((self._spot(max(spots)), right))
            place: dict[str, Any] = {"xycoords": ("axes fraction", "data"), "linespacing": 1.3}
            if below:  # the block of both stands around the line
                middle = 0.62 * (sheet.small * (below.count("\n") + 1) - sheet.letters * (name.count("\n") + 1))
                sheet.text(below, 0, row, dy=middle - 0.15 * sheet.letters, va="top", size=sheet.small, color=sheet.muted, **place)
                sheet.text(name, 0, row, dy=middle + 0.05 * sheet.letters, va="bottom", weight="bold", **place)
            else:
                sheet.text(name, 0, row, va="center", weight="bold", **place)
        low, high = limits(lefts, rights, sheet.width)
        ax.set_xlim(*(10**edge if self.log else edge for edge in (low, high)))
        self._ticks(low + column * (high - low) / sheet.width)
        ax.scatter([], [], label=sheet.say("before", "之前"), **self._dot(start=True))
        ax.scatter([], [], label=sheet.say("after", "之后"), **self._dot(start=False))
        scale = [sheet.say(*UNITS[self.unit])] + [sheet.say("log scale", "对数刻度")] * self.log
        sheet.text(
            sheet.say(", ", "，").join(scale), 0, 1, xycoords="axes fraction", va="top", color=sheet.muted, size=sheet.small, backed=True
        )
        letters: dict[str, Any] = {"prop": sheet.properties(), "labelcolor": sheet.ink}
        ax.legend(loc="upper right", ncols=2, frameon=False, borderaxespad=0, handletextpad=0.1, columnspacing=1, **letters)

    @property
    def _size(self) -> float:
        """Diameter of a dot in points."""
        return 0.75 * self.sheet.letters

    def _dot(self, *, start: bool) -> dict[str, Any]:
        """Open for what was before, filled for what was after."""
        colour = self.sheet.pair[start]
        return {"s": self._size**2, "facecolor": self.sheet.background if start else colour, "edgecolor": colour, "linewidth": 1.3}

    def _spot(self, value: float) -> float:
        """Where a value stands on the scale."""
        return log10(value) if self.log else value

    def _end(self, end: Observation, row: int, side: int) -> float:
        """A dot with its figure and date at one side; returns the room they take there, in points."""
        sheet, ax, x = self.sheet, self.sheet.ax, float(end.value)
        dot = self._dot(start=end.change_role == "from")
        ax.scatter([x], [row], zorder=4, gid=end.key, **dot)
        colour = dot["edgecolor"]
        gap = self._size / 2 + 0.45 * sheet.letters
        towards = (end.upper is None) - (end.lower is None)
        if towards:  # an arrow from the bound into the open
            reach = self._size / 2 + 1.6 * sheet.letters
            arrow = {"arrowstyle": "<|-", "color": colour, "linewidth": 1.3, "shrinkA": 0, "shrinkB": self._size / 2}
            arrow |= {"mutation_scale": sheet.letters}
            ax.annotate(
                "", (x, row), xytext=(towards * reach, 0), textcoords="offset points", arrowprops=arrow, zorder=3, gid=f"{end.key}/bound"
            )
            gap = reach + 0.2 * sheet.letters if towards == side else gap
        figure = self._figure(end)
        date = sheet.say("year not stated", "年份未说明") if end.period is None else when(end.period, end.period_part, sheet.language)
        place: dict[str, Any] = {"dx": side * gap, "ha": "left" if side > 0 else "right", "backed": True}
        sheet.text(figure, x, row, dy=0.05 * sheet.letters, va="bottom", color=colour, weight="bold", **place)
        sheet.text(date, x, row, dy=-0.15 * sheet.letters, va="top", color=sheet.muted, size=sheet.small, **place)
        return gap + max(sheet.width_of(figure, weight="bold"), sheet.width_of(date, size=sheet.small))

    def _figure(self, end: Observation) -> str:
        """A figure with its qualifier, and an asterisk where it is disputed."""
        return self.sheet.say(*MARKS[end.relation]) + self._number(end.value) + "*" * bool(_disputes(end))

    def _number(self, value: Decimal) -> str:
        return f"{value:,f}" + "%" * (self.unit == "percent")

    def _ticks(self, left: float) -> None:
        """Ticks at round values, none under the names, which end at that spot of the scale."""
        from matplotlib.ticker import MaxNLocator

        sheet, low, high = self.sheet, *self.sheet.ax.get_xlim()
        values = [float(end.value) for change in self.changes for end in change]
        if self.log:
            powers = [power for power in range(-12, 13) if power > max(left, log10(min(values)) - 1) and power < log10(max(values)) + 0.5]
            tight = sheet.width_of("0.0001%", size=sheet.small) * log10(high / low) / sheet.width
            spots = [10.0**power for power in powers[:: int(tight) + 1]]
        else:
            tight = sheet.width_of("10,000", size=sheet.small) * (high - low) / sheet.width
            locator = MaxNLocator(max(2, min(5, int((high - left) / tight / 1.5))), steps=[1, 2, 5, 10])
            spots = [float(spot) for spot in locator.tick_values(0, max(values)) if spot <= max(values) * 1.1]
            spots = spots[:: int(tight / (spots[1] - spots[0])) + 1]
        labels = [self._number(Decimal(f"{spot:.12f}").normalize()) for spot in spots]
        sheet.ax.minorticks_off()
        sheet.ax.set_xticks(spots, labels)
