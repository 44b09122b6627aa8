"""Figures of the provinces on a grid of tiles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from povdata import catalog
from povdata.exceptions import InvalidArgumentError, NotFoundError
from povdata.model.table import Table
from povdata.plots.given import NUMBERS, Figures, by_place, written
from povdata.plots.sheet import ARTICLE, BLUE, Language, Sheet, Words, ink_on, shades, sheet_on, square
from povdata.records import Division

if TYPE_CHECKING:
    from matplotlib.axes import Axes
else:
    Axes = object  # so that the signature resolves at run time

ProvinceValue = Literal["poverty_counties", "last_batch_counties"]
"""A column of provinces that a tile map can show."""
TITLES: dict[str, Words] = {
    "poverty_counties": ("Poverty counties of the 15 provinces", "15个省区市的贫困县数"),
    "last_batch_counties": ("Counties in the last batch of each province", "15个省区市最后一批摘帽县数"),
}
"""The titles of the columns that a tile map can show."""
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
PLACES = "codes (130000), ISO 3166-2 codes (CN-HE) or names, in English or Chinese, of the 31 provincial-level regions of mainland China"


class _Mark(NamedTuple):
    """The number of a tile, None where there is none, and how it is written."""

    number: float | None
    text: str


def tile_map(
    values: ProvinceValue | Figures = "poverty_counties",
    *,
    title: str | None = None,
    source: str | None = None,
    number_format: str | None = None,
    labels: Language = "en",
    ax: Axes | None = None,
) -> Axes:
    """The 31 provincial-level regions of mainland China as tiles with a number each, darker for more.

    Tiles too small for English names carry the letters of ISO 3166-2, those too small for numbers none. Of the article's numbers an
    asterisk marks those that add poverty counties of the province's own tier to the national ones, a dagger those that differ from the
    national list.

    Args:
        values: the article's ``"poverty_counties"``, all of a province, or ``"last_batch_counties"``, those of the last batch; or your own
            numbers: a mapping or pandas Series by province, or a frame of two columns, province and number. Provinces go by code
            (``"130000"``), ISO 3166-2 code (``"CN-HE"``) or name, in English or Chinese.
        title: the title; where None, that of the article's numbers, or none.
        source: where your own numbers come from, for the credit line.
        number_format: how numbers are written, such as ``".0%"`` or ``",.1f"``.
        labels: the language of the labels, ``"en"`` or ``"zh"``.
        ax: the Axes to draw into; a new figure where None.

    Raises:
        InvalidArgumentError: other values, unknown provinces, another language, or no font with Chinese characters.
        MissingExtraError: matplotlib is not installed.
    """
    marks = _told(values) if isinstance(values, str) else _given(values, number_format)
    own = not isinstance(values, str)
    sheet = sheet_on(ax, labels, size=(5.6, 6.6), rows=26)
    ax = sheet.ax
    columns, rows = (max(place[side] for place in TILES.values()) + 1 for side in (0, 1))
    ax.set_xlim(-0.5, columns - 0.5)
    ax.set_ylim(rows - 0.5, -0.5)
    ax.set_aspect("equal")
    sheet.bare()
    ax.apply_aspect()
    if title or not own:
        sheet.title(title or sheet.say(*TITLES[str(values)]))
    sheet.credit(*([source] if source else [] if own else [sheet.say(*ARTICLE)]))
    sheet.settle()

    tile = sheet.width / columns
    regions = {region.key: region for region in catalog.divisions.where(level="province")}
    names = {code: sheet.say(region.name_en, region.name_short_zh).replace(" ", "\n") for code, region in regions.items()}
    widest = max(sheet.width_of(line, size=1) for name in names.values() for line in name.split("\n"))
    size = min(sheet.letters, tile / 4.5, 0.92 * tile / widest)
    if labels == "en" and size < 5.5:
        names, size = {code: _letters(region.iso_3166_2) for code, region in regions.items()}, min(sheet.letters, tile / 4)
    widest = max((sheet.width_of(mark.text, size=1, weight="bold") for mark in marks.values()), default=0.1)
    large = min(1.35 * size, 0.32 * tile, 0.88 * tile / widest)
    legible = large > 3  # points
    numbers = [mark.number for mark in marks.values() if mark.number is not None]
    low, high = min([0, *numbers]), max([0, *numbers])
    scale = shades()
    for code, region in regions.items():
        column, row = TILES[_letters(region.iso_3166_2)]
        style, ink, mark = _empty(sheet, hatched=False), sheet.muted, marks.get(code)
        if mark and mark.number is None:
            style, ink = _empty(sheet, hatched=True), sheet.ink
        elif mark and mark.number is not None:
            shade = scale((mark.number - low) / (high - low or 1))
            style, ink = {"facecolor": shade, "edgecolor": "none"}, ink_on(shade)
        square(ax, column, row, 0.93, code, **style)
        place: dict[str, Any] = {"color": ink, "ha": "center", "va": "center", "backed": bool(mark and mark.number is None)}
        sheet.text(names[code], column, row - (0.18 if mark and legible else 0), size=size, linespacing=0.95, **place)
        if mark and legible:
            shown = sheet.say("n/a", "未载") if mark.number is None else mark.text
            sheet.text(shown, column, row + 0.22, size=large, weight="bold", **place)
    _key(sheet, tile, marks, own=own)
    return ax


def _told(column: str) -> dict[str, _Mark]:
    """The article's numbers, marked where they hold another tier or another number than the national list."""
    if column not in TITLES:
        raise InvalidArgumentError(f"values must be {', '.join(map(repr, TITLES))}, or your own by province, not {column!r}")
    marks: dict[str, _Mark] = {}
    for province in catalog.provinces:
        number, row = getattr(province, column), catalog.reconciliation[province.key]
        if column == "poverty_counties":
            tiers, differs = number != row.national, False
        else:
            tiers, differs = bool(row.provincial_last_batch), row.national_last_batch != row.national_last_year
        marks[province.key] = _Mark(number, "" if number is None else f"{number}" + "*" * tiers + "†" * differs)
    return marks


def _given(values: Figures, number_format: str | None) -> dict[str, _Mark]:
    """The user's numbers."""
    regions = catalog.divisions.where(level="province")
    found = by_place(values, lambda name: _code(regions, name), argument="values", places=PLACES)
    if wrong := [f"{catalog.divisions[code].name_en}: {value!r}" for code, value in found.items() if not isinstance(value, NUMBERS)]:
        raise InvalidArgumentError(f"values must be numbers, not {', '.join(wrong[:5])}")
    return {code: _Mark(float(value), written(value, number_format)) for code, value in found.items()}


def _code(regions: Table[Division], name: str) -> str:
    """The code of a region by code, ISO code or its letters, or name, short or official."""
    if isinstance(name, str) and re.fullmatch("[A-Z]{2}", name):
        name = f"CN-{name}"
    try:
        return regions.lookup(name).key
    except NotFoundError:
        official = re.fullmatch(r"(?i)\s*(.+?)( [a-z]+)? autonomous region\s*", name)
        if official is None:
            raise
        return regions.lookup(official[1]).key


def _letters(iso: str | None) -> str:
    """The letters of an ISO 3166-2 code."""
    return (iso or "").removeprefix("CN-")


def _empty(sheet: Sheet, *, hatched: bool) -> dict[str, Any]:
    """A region without a number; hatched where the article should have one."""
    style = {"facecolor": sheet.background, "hatch": "////"} if hatched else {"facecolor": "none"}
    return {**style, "edgecolor": sheet.between(0.34), "linewidth": 0.8}


def _key(sheet: Sheet, tile: float, marks: dict[str, _Mark], *, own: bool) -> None:
    """What the tiles mean, in the empty upper left corner."""
    written_all = "".join(mark.text for mark in marks.values())
    filled: dict[str, Any] = {"facecolor": BLUE, "edgecolor": "none"}
    entries: list[tuple[dict[str, Any] | str, str]] = []
    if own:
        entries = [(filled, sheet.say("darker for more", "越多越深")), (_empty(sheet, hatched=False), sheet.say("no value", "无数据"))]
    else:
        entries = [(filled, sheet.say("counties, darker for more", "县数，越多越深"))]
        if any(mark.number is None for mark in marks.values()):
            entries.append((_empty(sheet, hatched=True), sheet.say("no total in the article", "报道未载总数")))
        entries.append((_empty(sheet, hatched=False), sheet.say("not among the 15 provinces", "不在15个省区市之列")))
        if "*" in written_all:
            entries.append(("*", sheet.say("national and provincial tier", "国家级与省级合计")))
        if "†" in written_all:
            entries.append(("†", sheet.say("national list: another number", "与国家名单的数目不同")))
    size = min(sheet.small, 1.9 * tile / (1.6 * len(entries)), 0.24 * tile)
    for line, (sign, words) in enumerate(entries):
        y = -0.5 + (0.7 + 1.6 * line) * size / tile
        if isinstance(sign, str):
            sheet.text(sign, -0.46 + size / tile / 2, y, size=size, weight="bold", ha="center")
        else:
            square(sheet.ax, -0.46 + size / tile / 2, y, 0.9 * size / tile, f"key/{line}", **sign)
        sheet.text(words, -0.46 + 1.5 * size / tile, y, size=size, color=sheet.muted)
