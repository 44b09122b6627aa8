"""Maps of the poverty counties as dots and of the provinces as tiles, with our values or a user's own."""

import re
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from math import cos, isinf, radians, sin, sqrt
from numbers import Real
from typing import Any, Literal

from povdata import catalog
from povdata.exceptions import InvalidArgumentError, PovdataError
from povdata.literals import Tier
from povdata.model import edtf
from povdata.model.columns import Labels
from povdata.model.extras import np, pd
from povdata.model.table import Table
from povdata.plots.sheet import ARTICLE, BLUE, ROSTER, Axes, Figures, Sheet, Words, ems, mpl, shaded
from povdata.records import PovertyCounty

CountyValue = Literal["exit_year", "announced", "tier"]
ProvinceValue = Literal["poverty_counties", "last_batch_counties"]
COUNTY_TITLES: dict[str, Words] = {
    "exit_year": ("National poverty counties by exit year", "国家级贫困县的退出年度"),
    "announced": ("National poverty counties by year of announcement", "国家级贫困县的公告年份"),
    "tier": ("Poverty counties by tier", "各级贫困县"),
}
PROVINCE_TITLES: dict[str, Words] = {
    "poverty_counties": ("Poverty counties of the 15 provinces", "15个省区市的贫困县数"),
    "last_batch_counties": ("Counties in the last batch of each province", "15个省区市最后一批摘帽县数"),
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
GRID = """
. . . . . . HL
. . . . NM . JL
XJ GS NX SX HE BJ LN
XZ QH SN HA SD TJ .
. SC CQ HB AH JS SH
. YN GZ HN JX ZJ .
. . GX GD FJ . .
. . . HI . . .
"""
"""The tiles, by the letters of ISO 3166-2; neighbours on the map are neighbours here as far as a grid allows."""
TILES = {iso: (column, row) for row, line in enumerate(GRID.split("\n")[1:-1]) for column, iso in enumerate(line.split()) if iso != "."}
PROVINCES = "codes (130000), ISO 3166-2 codes (CN-HE) or names, in English or Chinese, of the 31 provincial-level regions of mainland China"
LETTERS = (r"^([A-Z]{2})$", r"CN-\1")  # of ISO 3166-2, made whole
LONG = (r"(?i)( (?!mongolia)[a-z]+)? autonomous region\s*$", "")  # of an official name, left out
NUMBERS = (Real, Decimal)


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
        values = _own("by", by, catalog.poverty_counties, COUNTIES, number_format, len(SIGNS))
    else:
        if column not in COUNTY_TITLES:
            raise InvalidArgumentError(f"by must be {', '.join(map(repr, COUNTY_TITLES))}, or your own values by county, not {column!r}")
        listed = [county for county in catalog.poverty_counties if county.tier == "national" or column == "tier"]
        values = {county.key: _of_county(county, column, chinese=chinese) for county in listed}
        title, source = title or COUNTY_TITLES[column][chinese], source or ROSTER[chinese]
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


def tile_map(
    values: ProvinceValue | Figures = "poverty_counties",
    *,
    title: str | None = None,
    source: str | None = None,
    number_format: str | None = None,
    labels: Labels = "en",
    ax: Axes | None = None,
) -> Axes:
    """The 31 provincial-level regions of mainland China as tiles with a number each, darker for more.

    Tiles too small for English names carry the letters of ISO 3166-2. Of the article's numbers an asterisk marks those that add poverty
    counties of the province's own tier to the national ones, a dagger those that differ from the national list.

    Args:
        values: the article's ``"poverty_counties"`` or ``"last_batch_counties"``; or your own numbers: a mapping or pandas Series by
            province (code, ISO 3166-2 code or name, in English or Chinese), or a frame of two columns, province and number.
        title: the title; where None, that of the article's numbers, or none.
        source: where your own numbers come from, for the credit line.
        number_format: how numbers are written, such as ``".0%"`` or ``",.1f"``.
        labels: the language of the labels, ``"en"`` or ``"zh"``.
        ax: the Axes to draw into; a new figure where None.

    Raises:
        InvalidArgumentError: other values, unknown provinces, another language, or no font with Chinese characters.
        MissingExtraError: matplotlib is not installed.
    """
    own, regions = not isinstance(values, str), catalog.divisions.where(level="province")
    marks: dict[str, tuple[float | None, str]] = {}  # numbers, None where the article should have one, and how they are written
    if not isinstance(values, str):
        found = _own("values", values, regions, PROVINCES, number_format, 0)
        marks = {code: (float(value), written(value, number_format)) for code, value in found.items()}
    else:
        if values not in PROVINCE_TITLES:
            raise InvalidArgumentError(f"values must be {', '.join(map(repr, PROVINCE_TITLES))}, or your own by province, not {values!r}")
        for province in catalog.provinces:
            number, known = getattr(province, values), catalog.reconciliation[province.key]
            tiers, differs = number != known.national, False
            if values == "last_batch_counties":
                tiers, differs = known.provincial_last_batch > 0, known.national_last_batch != known.national_last_year
            marks[province.key] = (number, "" if number is None else f"{number}" + "*" * tiers + "†" * differs)
        title, source = title or PROVINCE_TITLES[values][labels == "zh"], source or ARTICLE[labels == "zh"]
    sheet = Sheet(ax, labels, size=(5.6, 6.6), rows=26)
    columns, rows = (max(side) + 1 for side in zip(*TILES.values(), strict=True))
    sheet.ax.set(xlim=(-0.5, columns - 0.5), ylim=(rows - 0.5, -0.5), aspect="equal")
    sheet.frame(title, source)
    tile = sheet.width / columns
    letters = {region.key: str(region.iso_3166_2).removeprefix("CN-") for region in regions}
    names = {code: sheet.region(code).replace(" ", "\n") for code in letters}
    size = min(sheet.letters, tile / 4.5, 0.92 * tile / max(ems(line) for name in names.values() for line in name.split("\n")))
    if labels == "en" and size < 5.5:
        names, size = letters, min(sheet.letters, tile / 4)
    large = min(1.35 * size, 0.32 * tile, 0.75 * tile / max(ems(text or "n/a") for _, text in marks.values()))
    empty: dict[str, Any] = {"facecolor": "none", "edgecolor": sheet.between(0.34), "linewidth": 0.8}
    hatched = {**empty, "facecolor": sheet.background, "hatch": "////"}
    numbers = [0, *(number for number, _ in marks.values() if number is not None)]
    low, span = min(numbers), max(numbers) - min(numbers) or 1
    for code, name in names.items():
        column, row = TILES[letters[code]]
        number, text = marks.get(code, (None, ""))
        style, ink = (hatched, sheet.ink) if code in marks else (empty, sheet.muted)
        if number is not None:
            colour, ink = shaded((number - low) / span)
            style = {"facecolor": colour, "edgecolor": "none"}
        sheet.ax.bar(column, 0.93, 0.93, row - 0.465, gid=code, **style)
        place: dict[str, Any] = {"color": ink, "ha": "center", "va": "center", "backed": style is hatched}
        sheet.text(name, column, row - 0.18 * (code in marks), size=size, linespacing=0.95, **place)
        if code in marks:
            sheet.text(text or sheet.say("n/a", "未载"), column, row + 0.22, size=large, weight="bold", **place)
    filled, hidden = {"facecolor": BLUE, "edgecolor": "none"}, {"visible": False}
    signs = "" if own else "".join(text for _, text in marks.values())
    entries = [
        (True, filled, sheet.say("counties, ", "县数，") * (not own) + sheet.say("darker for more", "越多越深")),
        (any(number is None for number, _ in marks.values()), hatched, sheet.say("no total in the article", "报道未载总数")),
        (True, empty, sheet.say("no value", "无数据") if own else sheet.say("not among the 15 provinces", "不在15个省区市之列")),
        ("*" in signs, hidden, sheet.say("* national and provincial tier", "* 国家级与省级合计")),
        ("†" in signs, hidden, sheet.say("† national list: another number", "† 与国家名单的数目不同")),
    ]
    handles = [mpl.patches.Patch(label=words, **style) for shown, style, words in entries if shown]
    sheet.legend("upper left", size=min(sheet.small, 0.24 * tile), handles=handles, handlelength=1, handleheight=1, borderpad=0.2)
    return sheet.ax


def _of_county(county: PovertyCounty, column: str, *, chinese: bool) -> Any:
    """What the roster says of a county: its tier or a year."""
    if column != "announced":
        return county.exit_year if column == "exit_year" else TIERS[county.tier][chinese]
    years = {day and day.year for day in edtf.bounds(county.announced)} if county.announced else {None}
    return ("only bounds known", "只知上下限")[chinese] if len(years) > 1 else years.pop()


def _own(argument: str, given: Any, table: Table[Any], places: str, number_format: str | None, kinds: int) -> dict[str, Any]:
    """The values of a user by our codes, without those that are missing: numbers, or so many kinds at most."""
    if isinstance(given, pd.DataFrame):
        pairs = [*given.itertuples(index=given.shape[1] == 1, name=None)]
    elif hasattr(given, "iter_rows"):  # polars
        pairs = [*given.iter_rows()]
    elif isinstance(given, (Mapping, pd.Series)):
        pairs = [*given.items()]
    else:
        form = type(given).__name__
        raise InvalidArgumentError(f"{argument} must be a mapping, a pandas Series or a frame of two columns, by {places}; not {form}")
    if pairs and len(pairs[0]) != 2:
        raise InvalidArgumentError(f"{argument} is a frame of {len(pairs[0])} columns; keep two: {argument}[[PLACE, VALUE]]")
    names: dict[str, Any] = {}
    unknown: dict[str, PovdataError] = {}
    for name, _ in pairs:
        try:
            code = table.lookup(re.sub(*LONG, re.sub(*LETTERS, name)) if isinstance(name, str) else name).key
        except PovdataError as error:
            unknown[repr(name)] = error
            continue
        if code in names:
            raise InvalidArgumentError(f"{argument} has the same place twice: {names[code]!r} and {name!r} are both {code}; give one value")
        names[code] = name
    if unknown:
        more = f" and {len(unknown) - 8} more" * (len(unknown) > 8)
        listed = f"{', '.join([*unknown][:8])}{more}: {next(iter(unknown.values()))}"
        raise InvalidArgumentError(f"{argument} has unknown or ambiguous places: {listed}; give {places}")
    values: dict[Any, Any] = pd.Series([value for _, value in pairs], [*names], dtype=object).dropna().to_dict()
    return _checked(argument, values, number_format, kinds)


def _checked(argument: str, values: dict[str, Any], number_format: str | None, kinds: int) -> dict[str, Any]:
    """The values, if they are finite numbers that can be written so, or so many kinds at most."""
    numbers = [value for value in values.values() if isinstance(value, NUMBERS)]
    words = sorted({str(value) for value in values.values() if not isinstance(value, NUMBERS)})
    if not values:
        raise InvalidArgumentError(f"{argument} has no values; give one for at least one place")
    if any(map(isinf, numbers)):
        raise InvalidArgumentError(f"{argument} has infinite values; leave them out or give None")
    if words and not kinds:
        listed = [f"{catalog.divisions[code].name_en}: {value!r}" for code, value in values.items() if not isinstance(value, NUMBERS)]
        raise InvalidArgumentError(f"{argument} must be numbers, not {', '.join(listed[:5])}")
    if len(words) > kinds:
        raise InvalidArgumentError(
            f"{argument} has {len(words)} kinds, more than the {kinds} that a reader can tell apart; put some together"
        )
    if words and numbers:
        raise InvalidArgumentError(f"{argument} mixes numbers and kinds, such as {numbers[0]!r} and {words[0]!r}; give one or the other")
    for number in numbers:
        written(number, number_format)  # a wrong format is noticed before anything is drawn
    return values


def written(value: Any, number_format: str | None) -> str:
    """A number as it is shown: in the format given, or whole, or with three digits."""
    if number_format is None:
        number_format = ",.0f" if value == int(value) or abs(value) >= 100 else ".3g"
    try:
        return format(value, number_format)
    except (TypeError, ValueError):
        raise InvalidArgumentError(f"number_format must be a format of numbers such as '.0%' or ',.1f', not {number_format!r}") from None


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
