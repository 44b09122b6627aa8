"""Every poverty county as a dot on the map."""

from collections import Counter
from math import cos, radians, sin, sqrt
from typing import Any, Literal

from povdata import catalog
from povdata.exceptions import InvalidArgumentError
from povdata.literals import Tier
from povdata.model import edtf
from povdata.model.columns import Labels
from povdata.plots.sheet import NUMBERS, ROSTER, Axes, Figures, Sheet, Words, by_place, written
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
POINTS: Words = ("points: Wikidata, GeoNames (CC BY 4.0)", "坐标：Wikidata、GeoNames（CC BY 4.0）")
RAMPS = ("viridis_r", "viridis")  # on a light and on a dark background; the steps stay apart in grey print and for colour-blind readers
SIGNS = (  # shapes of kinds, which stay apart in grey print, with colours on a light and on a dark background
    *(("o", "#0072B2", "#56B4E9"), ("^", "#D55E00", "#E69F00"), ("s", "#007A5A", "#2FC99B")),
    *(("D", "#A3487B", "#E59CC6"), ("v", "#6B5900", "#F0E442")),
)
COUNTIES = "names or codes of six digits, as text, of counties in povdata.poverty_counties, and leave all others out"
Point = tuple[float, float]


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
    column = by if isinstance(by, str) else None
    values = _told(by, labels) if isinstance(by, str) else _given(by, number_format)
    sheet = Sheet(ax, labels, size=(7.2, 6.6), rows=26, across=36)
    spots = {county.key: spot for county in catalog.poverty_counties if (spot := _projected(county))}  # all: every map has the same extent
    xs, ys = zip(*spots.values(), strict=True)
    sheet.ax.set(xlim=(min(xs) - 0.02, max(xs) + 0.02), ylim=(min(ys) - 0.02, max(ys) + 0.02), aspect="equal")
    said, cited = (sheet.say(*TITLES[column]), sheet.say(*ROSTER)) if column else ("", "")
    year = sheet.say("Exit year: that of the assessment. ", "退出年度：评估年度。") * (column == "exit_year")
    sheet.frame(title or said, source or cited, sheet.say(*POINTS), notes=[year + _without_point(sheet, [*values], spots)])
    _draw(sheet, [(point, values.get(key)) for key, point in spots.items()], number_format)
    _name_provinces(sheet, spots)
    return sheet.ax


def _told(column: str, language: Labels) -> dict[str, Any]:
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


def _projected(county: PovertyCounty) -> Point | None:
    """The point of a county in Albers' equal-area projection of a sphere with the standard parallels 25° and 47° N; None without one."""
    latitude, longitude = county.division_record.latitude, county.division_record.longitude
    if latitude is None or longitude is None:
        return None
    south, north = radians(25), radians(47)
    cone = (sin(south) + sin(north)) / 2
    radius = sqrt(cos(south) ** 2 + 2 * cone * (sin(south) - sin(radians(float(latitude))))) / cone
    angle = cone * radians(float(longitude) - 105)
    return radius * sin(angle), -radius * cos(angle)


def _draw(sheet: Sheet, values: list[tuple[Point, Any]], number_format: str | None) -> None:
    """The dots, counties without a value, numbers from low to high and kinds, and what they mean."""
    import numpy as np
    from matplotlib import colormaps
    from matplotlib.colors import ListedColormap
    from matplotlib.ticker import FuncFormatter

    size, edge, signs = max(1.6, sheet.width / 105), sheet.between(0.7), {}

    def layer(name: str, points: list[Point], **style: Any) -> Any:
        xs, ys = np.transpose(points)
        return sheet.ax.scatter(xs, ys, s=size**2, gid=name, zorder=3, **{"linewidth": 0.35, "edgecolor": edge, **style})

    if rest := [point for point, value in values if value is None]:
        name = sheet.say("no value", "无数据")
        signs[name] = layer(name, rest, facecolor="none", edgecolor=sheet.between(0.45), linewidth=0.5)
    if numbers := [(point, float(value)) for point, value in values if isinstance(value, NUMBERS)]:
        scale = ListedColormap(colormaps[RAMPS[sheet.dark]](np.linspace(0.2 * sheet.dark, 1, 256)))  # the darkest would be lost
        dots = layer("numbers", [point for point, _ in numbers], c=[number for _, number in numbers], cmap=scale)
        steps = {number for _, number in numbers}
        if few := len(steps) <= 6:
            number_format = number_format or (".0f" if all(step == int(step) for step in steps) else None)  # such as years
        told = FuncFormatter(lambda number, _: written(number, number_format))
        handles, names = dots.legend_elements(num=None if few else 4, fmt=told, size=size, markeredgewidth=0.35, markeredgecolor=edge)
        signs |= dict(zip(names, handles, strict=True))
    kinds = sorted({str(value) for _, value in values if value is not None and not isinstance(value, NUMBERS)})
    for (marker, *colours), kind in zip(SIGNS[bool(numbers) :], kinds, strict=False):
        here = [point for point, value in values if str(value) == kind]
        signs[kind] = layer(kind, here, marker=marker, facecolor=colours[sheet.dark])
    style: dict[str, Any] = {"borderpad": 0.2, "handletextpad": 0, "labelspacing": 0.3, "markerscale": 1.3}
    sheet.legend("lower left", handles=[*signs.values()], labels=[*signs], **style)


def _without_point(sheet: Sheet, keys: list[str], spots: dict[str, Point]) -> str:
    """How many counties have no point, by tier."""
    missing = Counter(catalog.poverty_counties[key].tier for key in keys if key not in spots)
    tiers = [sheet.say(f"{number} {words[0]}", f"{words[1]}{number}个") for tier, words in TIERS.items() if (number := missing[tier])]
    split = sheet.say(f" ({', '.join(tiers)})", f"（{'，'.join(tiers)}）") if len(tiers) > 1 else ""
    number, total = missing.total(), len(keys)
    return sheet.say(f"{number} of the {total} counties have no known point{split}.", f"{total}个县中{number}个坐标不详{split}。")


def _name_provinces(sheet: Sheet, spots: dict[str, Point]) -> None:
    """The name of each province among its dots, where it covers fewest, no other name and not the legend."""
    import numpy as np
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
