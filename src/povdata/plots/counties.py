"""Every poverty county as a dot on the map."""

from collections import Counter
from functools import partial
from math import cos, radians, sin, sqrt
from typing import Any, Literal

from povdata import catalog
from povdata.exceptions import InvalidArgumentError
from povdata.literals import Tier
from povdata.model import edtf
from povdata.model.columns import Labels
from povdata.model.extras import np
from povdata.plots.sheet import NUMBERS, ROSTER, Axes, Figures, Sheet, Words, by_place, mpl, written
from povdata.records import PovertyCounty

CountyValue = Literal["exit_year", "announced", "tier"]
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
SIGNS = (  # shapes of kinds, which stay apart in grey print, with colours on a light and on a dark background
    *(("o", "#0072B2", "#56B4E9"), ("^", "#D55E00", "#E69F00"), ("s", "#007A5A", "#2FC99B")),
    *(("D", "#A3487B", "#E59CC6"), ("v", "#6B5900", "#F0E442")),
)
COUNTIES = "names or codes of six digits, as text, of counties in povdata.poverty_counties, and leave all others out"


def county_map(
    by: CountyValue | Figures = "exit_year",
    *,
    title: str | None = None,
    source: str | None = None,
    number_format: str | None = None,
    labels: Labels = "en",
    ax: Axes | None = None,
) -> Axes:
    """A dot for each poverty county whose point is known, in an equal-area projection, without outlines.

    Counties without a value are faint rings. Below stands how many counties have no point.

    Args:
        by: ``"exit_year"``, that of the assessment; ``"announced"``, the year of the announcement; ``"tier"``; or your own numbers or up
            to five kinds: a mapping or pandas Series by county code of any year, or a frame of two columns, code and value.
        title: the title; where None, that of the roster's columns, or none.
        source: where your own values come from, for the credit line.
        number_format: how numbers are written, such as ``".0%"`` or ``",.1f"``.
        labels: the language of the labels, ``"en"`` or ``"zh"``.
        ax: the Axes to draw into; a new figure where None.

    Raises:
        InvalidArgumentError: another column, unknown counties, more than five kinds, another language, or no font with Chinese characters.
        MissingExtraError: matplotlib is not installed.
    """
    column, chinese = by if isinstance(by, str) else None, labels == "zh"
    if column is None:
        values = by_place("by", by, catalog.poverty_counties, COUNTIES, number_format, len(SIGNS))
    else:
        if column not in TITLES:
            raise InvalidArgumentError(f"by must be {', '.join(map(repr, TITLES))}, or your own values by county, not {column!r}")
        listed = [county for county in catalog.poverty_counties if county.tier == "national" or column == "tier"]
        values = {county.key: _of_county(county, column, chinese=chinese) for county in listed}
        title, source = title or TITLES[column][chinese], source or ROSTER[chinese]
    sheet = Sheet(ax, labels, size=(7.2, 6.6), rows=26, across=36)
    places = {county.key: county.division_record for county in catalog.poverty_counties}  # all: every map has the same extent
    spots = {key: _projected(float(at.latitude), float(at.longitude)) for key, at in places.items() if at.latitude and at.longitude}
    xs, ys = zip(*spots.values(), strict=True)
    sheet.ax.set(xlim=(min(xs) - 0.02, max(xs) + 0.02), ylim=(min(ys) - 0.02, max(ys) + 0.02), aspect="equal")
    missing = Counter(catalog.poverty_counties[key].tier for key in values if key not in spots)
    tiers = [sheet.say(f"{missing[tier]} {en}", f"{zh}{missing[tier]}个") for tier, (en, zh) in TIERS.items() if missing[tier]]
    split = sheet.say(f" ({', '.join(tiers)})", f"（{'，'.join(tiers)}）") if len(tiers) > 1 else ""
    lost, total = missing.total(), len(values)
    note = sheet.say(f"{lost} of the {total} counties have no known point{split}.", f"{total}个县中{lost}个坐标不详{split}。")
    year = sheet.say("Exit year: that of the assessment. ", "退出年度：评估年度。") * (column == "exit_year")
    points = sheet.say("points: Wikidata, GeoNames (CC BY 4.0)", "坐标：Wikidata、GeoNames（CC BY 4.0）")
    sheet.frame(title, source, points, notes=[year + note])
    size, edge, drawn, signs = max(1.6, sheet.width / 105), sheet.between(0.7), [(spots[key], values.get(key)) for key in spots], {}
    layer: Any = partial(sheet.ax.scatter, s=size**2, zorder=3, linewidth=0.35, edgecolor=edge)
    if rest := [point for point, value in drawn if value is None]:
        name = sheet.say("no value", "无数据")
        signs[name] = layer(*zip(*rest, strict=True), gid=name, facecolor="none", edgecolor=sheet.between(0.45), linewidth=0.5)
    if numbers := [(*point, float(value)) for point, value in drawn if isinstance(value, NUMBERS)]:
        shades = mpl.colormaps["viridis" if sheet.dark else "viridis_r"](np.linspace(0.2 * sheet.dark, 1, 256))  # the darkest would be lost
        xs, ys, steps = zip(*numbers, strict=True)
        dots = layer(xs, ys, gid="numbers", c=steps, cmap=mpl.colors.ListedColormap(shades))
        if few := len({*steps}) <= 6:
            number_format = number_format or (".0f" if all(step == int(step) for step in steps) else None)  # such as years
        told = mpl.ticker.FuncFormatter(lambda number, _: written(number, number_format))
        handles, names = dots.legend_elements(num=None if few else 4, fmt=told, size=size, markeredgewidth=0.35, markeredgecolor=edge)
        signs |= dict(zip(names, handles, strict=True))
    kinds = sorted({str(value) for _, value in drawn if value is not None and not isinstance(value, NUMBERS)})
    for (marker, *colours), kind in zip(SIGNS[bool(numbers) :], kinds, strict=False):
        xs, ys = zip(*(point for point, value in drawn if str(value) == kind), strict=True)
        signs[kind] = layer(xs, ys, gid=kind, marker=marker, facecolor=colours[sheet.dark])
    style: dict[str, Any] = {"borderpad": 0.2, "handletextpad": 0, "labelspacing": 0.3, "markerscale": 1.3}
    sheet.legend("lower left", handles=[*signs.values()], labels=[*signs], **style)
    _name_provinces(sheet, spots)
    return sheet.ax


def _of_county(county: PovertyCounty, column: str, *, chinese: bool) -> Any:
    """What the roster says of a county: its tier or a year."""
    if column != "announced":
        return county.exit_year if column == "exit_year" else TIERS[county.tier][chinese]
    years = {day and day.year for day in edtf.bounds(county.announced)} if county.announced else {None}
    return ("only bounds known", "只知上下限")[chinese] if len(years) > 1 else years.pop()


def _projected(latitude: float, longitude: float) -> tuple[float, float]:
    """A point in degrees in Albers' equal-area projection of a sphere with the standard parallels 25° and 47° N."""
    south, north = radians(25), radians(47)
    cone = (sin(south) + sin(north)) / 2
    radius = sqrt(cos(south) ** 2 + 2 * cone * (sin(south) - sin(radians(latitude)))) / cone
    angle = cone * radians(longitude - 105)
    return radius * sin(angle), -radius * cos(angle)


def _name_provinces(sheet: Sheet, spots: dict[str, tuple[float, float]]) -> None:
    """The name of each province among its dots, where it covers fewest, no other name and not the legend."""
    from matplotlib import patheffects

    unit, frame, legend = sheet.figure.dpi / 72, sheet.ax.get_window_extent(), sheet.ax.get_legend()
    dots, taken = sheet.ax.transData.transform(list(spots.values())), [legend.get_window_extent()] if legend else []
    provinces = Counter(catalog.poverty_counties[key].province for key in spots)
    moves = [away * np.exp(1j * np.radians(turn)) for away in np.arange(0, 7, 0.75) for turn in range(0, 360, 30)]
    style: dict[str, Any] = {"size": sheet.small, "weight": "bold", "ha": "center", "va": "center", "zorder": 5}
    style["path_effects"] = [patheffects.withStroke(linewidth=1.6, foreground=sheet.background)]

    def cost(box: Any) -> Any:
        outside = not (frame.contains(*box.min) and frame.contains(*box.max))
        return box.padded(unit).count_contains(dots) + 50 * box.count_overlaps(taken) + 1000 * outside

    for code, _ in provinces.most_common():
        points = [point for key, point in spots.items() if catalog.poverty_counties[key].province == code]
        text = sheet.text(sheet.region(code), *np.mean(points, axis=0), **style)
        start, size = text.get_window_extent(), unit * sheet.letters
        best = min(moves, key=lambda move: cost(start.translated(size * move.real, size * move.imag)) + round(abs(move) ** 2, 3))
        text.xyann = (sheet.letters * best.real, sheet.letters * best.imag)
        taken.append(text.get_window_extent())
