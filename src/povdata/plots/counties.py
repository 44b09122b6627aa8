"""Every poverty county as a dot on the map."""

from __future__ import annotations

from collections import Counter
from math import cos, radians, sin, sqrt
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from povdata import catalog
from povdata.exceptions import InvalidArgumentError
from povdata.literals import Tier
from povdata.model import edtf
from povdata.plots.given import NUMBERS, Figures, by_place, written
from povdata.plots.sheet import ROSTER, Language, Sheet, Words, sheet_on
from povdata.records import PovertyCounty

if TYPE_CHECKING:
    from matplotlib.axes import Axes
else:
    Axes = object  # so that the signature resolves at run time

CountyValue = Literal["exit_year", "announced", "tier"]
"""What a county map can show of the roster."""
TITLES: dict[str, Words] = {
    "exit_year": ("National poverty counties by exit year", "国家级贫困县的退出年度"),
    "announced": ("National poverty counties by year of announcement", "国家级贫困县的公告年份"),
    "tier": ("Poverty counties by tier", "各级贫困县"),
}
TIERS: dict[Tier, Words] = {
    "national": ("national list", "国家级"),
    "provincial": ("provincial tier", "省级"),
    "national_key_district": ("district counted by itself", "单列的区"),
}
POINTS: Words = ("points: Wikidata, GeoNames (CC BY 4.0)", "坐标：Wikidata、GeoNames（CC BY 4.0）")
RAMPS = ("viridis_r", "viridis")
"""Low to high as dots, on a light and on a dark background; the steps stay apart in grey print and for colour-blind readers."""
SIGNS = (
    ("o", "#0072B2", "#56B4E9"),
    ("^", "#D55E00", "#E69F00"),
    ("s", "#007A5A", "#2FC99B"),
    ("D", "#A3487B", "#E59CC6"),
    ("v", "#6B5900", "#F0E442"),
)
"""Shapes of kinds, with colours on a light and on a dark background; shapes tell them apart in grey print."""
COUNTIES = "codes of six digits, as text, of counties in povdata.poverty_counties, and leave all others out"


class _Layer(NamedTuple):
    """Dots that look alike, or that a scale tells apart."""

    label: str
    style: dict[str, Any]
    members: list[str]


def county_map(
    by: CountyValue | Figures = "exit_year",
    *,
    title: str | None = None,
    source: str | None = None,
    number_format: str | None = None,
    labels: Language = "en",
    ax: Axes | None = None,
) -> Axes:
    """A dot for each poverty county whose point is known, in an equal-area projection, without outlines.

    Counties without a value are faint rings. Below stands how many counties have no point.

    Args:
        by: ``"exit_year"``, the year whose assessment the county passed; ``"announced"``, the year in which this was announced;
            ``"tier"``; or your own numbers or up to five kinds: a mapping or pandas Series by county code, or a frame of two columns,
            code and value. Codes of other years are understood.
        title: the title; where None, that of the roster's columns, or none.
        source: where your own values come from, for the credit line.
        number_format: how numbers are written, such as ``".0%"`` or ``",.1f"``.
        labels: the language of the labels, ``"en"`` or ``"zh"``.
        ax: the Axes to draw into; a new figure where None.

    Raises:
        InvalidArgumentError: another column, unknown counties, more than five kinds, another language, or no font with Chinese characters.
        MissingExtraError: matplotlib is not installed.
    """
    column = by if isinstance(by, str) else None
    values = _told(by, labels) if isinstance(by, str) else _given(by, number_format)
    sheet = sheet_on(ax, labels, size=(7.2, 6.6), rows=26, across=36)
    ax = sheet.ax
    points = {county.key: _projected(county) for county in catalog.poverty_counties}
    spots = {key: point for key, point in points.items() if point is not None}  # of all, so that every map has the same extent

    xs, ys = zip(*spots.values(), strict=True)
    ax.set_xlim(min(xs) - 0.02, max(xs) + 0.02)
    ax.set_ylim(min(ys) - 0.02, max(ys) + 0.02)
    ax.set_aspect("equal")
    sheet.bare()
    ax.apply_aspect()
    if title or column:
        sheet.title(title or sheet.say(*TITLES[str(column)]))
    sources = [source] if source else [sheet.say(*ROSTER)] if column else []
    year = [sheet.say("Exit year: that of the assessment. ", "退出年度：评估年度。")] * (column == "exit_year")
    sheet.credit(*sources, sheet.say(*POINTS), notes=["".join([*year, _without_point(sheet, values)])])
    sheet.settle()

    size = max(1.6, sheet.width / 105)
    for layer in _layers(sheet, {key: values.get(key) for key in spots}, number_format):
        x, y = zip(*(spots[key] for key in layer.members), strict=True) if layer.members else ((), ())
        ax.scatter(x, y, s=size**2, label=layer.label or None, gid=layer.label, zorder=3, **layer.style)
    style: dict[str, Any] = {"prop": sheet.properties(sheet.small), "labelcolor": sheet.ink, "frameon": False}
    legend = ax.legend(loc="lower left", borderaxespad=0, handletextpad=0, labelspacing=0.3, markerscale=1.3, **style)
    _name_provinces(sheet, spots, legend)
    return ax


def _told(column: str, language: Language) -> dict[str, Any]:
    """What the roster says: of all counties their tier, of those on the national list their year."""
    listed = catalog.poverty_counties.where(tier="national")
    if column == "exit_year":
        return {county.key: county.exit_year for county in listed}
    if column == "announced":
        bounded = "only bounds known" if language == "en" else "只知上下限"
        years = {county.key: {day and day.year for day in edtf.bounds(county.announced)} for county in listed if county.announced}
        return {county.key: None for county in listed} | {key: bounded if len(ends) > 1 else ends.pop() for key, ends in years.items()}
    if column == "tier":
        return {county.key: TIERS[county.tier][language == "zh"] for county in catalog.poverty_counties}
    raise InvalidArgumentError(f"by must be {', '.join(map(repr, TITLES))}, or your own values by county, not {column!r}")


def _given(by: Figures, number_format: str | None) -> dict[str, Any]:
    """The user's values."""
    values = by_place(by, lambda code: catalog.poverty_counties.lookup(code).key, argument="by", places=COUNTIES)
    kinds = {str(value) for value in values.values() if not isinstance(value, NUMBERS)}
    if len(kinds) > len(SIGNS):
        raise InvalidArgumentError(f"by has {len(kinds)} kinds, more than the {len(SIGNS)} that a reader can tell apart; put some together")
    numbers = [value for value in values.values() if isinstance(value, NUMBERS)]
    if kinds and numbers:
        raise InvalidArgumentError(f"by mixes numbers and kinds, such as {numbers[0]!r} and {min(kinds)!r}; give one or the other")
    for number in numbers:
        written(number, number_format)  # a wrong format is noticed before anything is drawn
    return values


def _projected(county: PovertyCounty) -> tuple[float, float] | None:
    """The point of a county in Albers' equal-area projection of a sphere with the standard parallels 25° and 47° N; None without one."""
    latitude, longitude = county.division_record.latitude, county.division_record.longitude
    if latitude is None or longitude is None:
        return None
    south, north = radians(25), radians(47)
    cone = (sin(south) + sin(north)) / 2
    radius = sqrt(cos(south) ** 2 + 2 * cone * (sin(south) - sin(radians(float(latitude))))) / cone
    angle = cone * radians(float(longitude) - 105)
    return radius * sin(angle), -radius * cos(angle)


def _layers(sheet: Sheet, values: dict[str, Any], number_format: str | None) -> list[_Layer]:
    """The dots: counties without a value, numbers from low to high, and kinds."""
    from matplotlib import colormaps

    edge: dict[str, Any] = {"linewidth": 0.35, "edgecolor": sheet.between(0.7)}
    ring = {"facecolor": "none", "edgecolor": sheet.between(0.45), "linewidth": 0.5}
    rest = [key for key, value in values.items() if value is None]
    layers = [_Layer(sheet.say("no value", "无数据"), ring, rest)] if rest else []
    numbers = {key: float(value) for key, value in values.items() if isinstance(value, NUMBERS)}
    kinds = sorted({str(value) for key, value in values.items() if value is not None and key not in numbers})
    scale, low, high = colormaps[RAMPS[sheet.dark]], min(numbers.values(), default=0), max(numbers.values(), default=0)
    floor = 0.2 if sheet.dark else 0.0  # the darkest would be lost

    def shade(number: float) -> Any:
        return scale(floor + (1 - floor) * (number - low) / (high - low or 1))

    steps = sorted({*numbers.values()})
    if len(steps) <= 6:
        for step in steps:
            label = written(step, number_format or (".0f" if step == int(step) else None))
            layers.append(_Layer(label, {"facecolor": shade(step), **edge}, [key for key, number in numbers.items() if number == step]))
    else:
        from matplotlib.ticker import MaxNLocator

        layers.append(_Layer("", {"facecolor": [shade(number) for number in numbers.values()], **edge}, [*numbers]))
        ticks = [float(tick) for tick in MaxNLocator(4).tick_values(low, high) if low <= tick <= high]
        layers += [_Layer(written(tick, number_format), {"facecolor": shade(tick), **edge}, []) for tick in ticks]
    for (marker, *colours), kind in zip(SIGNS[bool(numbers) :], kinds, strict=False):
        style = {"facecolor": colours[sheet.dark], "marker": marker, **edge}
        layers.append(_Layer(kind, style, [key for key, value in values.items() if str(value) == kind]))
    return layers


def _without_point(sheet: Sheet, values: dict[str, Any]) -> str:
    """How many counties have no point, by tier."""
    missing = Counter(catalog.poverty_counties[key].tier for key in values if _projected(catalog.poverty_counties[key]) is None)
    tiers = [sheet.say(f"{number} {words[0]}", f"{words[1]}{number}个") for tier, words in TIERS.items() if (number := missing[tier])]
    split = sheet.say(f" ({', '.join(tiers)})", f"（{'，'.join(tiers)}）") if len(tiers) > 1 else ""
    count, total = missing.total(), len(values)
    return sheet.say(f"{count} of the {total} counties have no known point{split}.", f"{total}个县中{count}个坐标不详{split}。")


def _name_provinces(sheet: Sheet, spots: dict[str, tuple[float, float]], legend: Any) -> None:
    """The name of each province among its dots, where it covers fewest, no other name and not the legend."""
    import numpy as np
    from matplotlib import patheffects

    figure: Any = sheet.ax.figure
    scale = figure.dpi / 72
    dots = sheet.ax.transData.transform(list(spots.values())) / scale
    homes = np.array([catalog.poverty_counties[key].province for key in spots])
    origin, corner = sheet.ax.get_window_extent().get_points() / scale
    taken = [legend.get_window_extent().get_points() / scale]
    away, angle = (side.ravel() for side in np.meshgrid(np.arange(0, 7, 0.75), np.radians(range(0, 360, 30))))
    offsets = sheet.letters * np.column_stack([away * np.cos(angle), away * np.sin(angle)])
    halo = [patheffects.withStroke(linewidth=1.6, foreground=sheet.background)]
    for code, _ in Counter(homes.tolist()).most_common():
        region = catalog.divisions[code]
        english = region.name_en if sheet.width >= 200 else (region.iso_3166_2 or "").removeprefix("CN-")
        name = sheet.say(english, region.name_short_zh)
        half = np.array([sheet.width_of(name, size=sheet.small, weight="bold"), 1.2 * sheet.small]) / 2
        middles = dots[homes == code].mean(axis=0) + offsets
        low, high, boxes = middles - half, middles + half, np.array(taken)
        covered = (abs(dots - middles[:, None]) < half + 1).all(axis=2).sum(axis=1)
        crossed = ((low[:, None] < boxes[:, 1]) & (high[:, None] > boxes[:, 0])).all(axis=2).sum(axis=1)
        outside = ((low < origin) | (high > corner)).any(axis=1)
        best = (covered + 50 * crossed + 1000 * outside + away**2).argmin()
        taken.append(np.array([low[best], high[best]]))
        x, y = sheet.ax.transData.inverted().transform(middles[best] * scale)
        sheet.text(name, x, y, size=sheet.small, weight="bold", ha="center", va="center", path_effects=halo, zorder=5)
