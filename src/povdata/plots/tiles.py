"""Figures of the provinces on a grid of tiles."""

from typing import Any, Literal

from povdata import catalog
from povdata.exceptions import InvalidArgumentError
from povdata.model.columns import Labels
from povdata.plots.sheet import ARTICLE, BLUE, Axes, Figures, Sheet, Words, by_place, ems, mpl, shaded, written

ProvinceValue = Literal["poverty_counties", "last_batch_counties"]
TITLES: dict[str, Words] = {
    "poverty_counties": ("Poverty counties of the 15 provinces", "15个省区市的贫困县数"),
    "last_batch_counties": ("Counties in the last batch of each province", "15个省区市最后一批摘帽县数"),
}
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
        found = by_place("values", values, regions, PROVINCES, number_format, 0)
        marks = {code: (float(value), written(value, number_format)) for code, value in found.items()}
    else:
        if values not in TITLES:
            raise InvalidArgumentError(f"values must be {', '.join(map(repr, TITLES))}, or your own by province, not {values!r}")
        for province in catalog.provinces:
            number, known = getattr(province, values), catalog.reconciliation[province.key]
            tiers, differs = number != known.national, False
            if values == "last_batch_counties":
                tiers, differs = known.provincial_last_batch > 0, known.national_last_batch != known.national_last_year
            marks[province.key] = (number, "" if number is None else f"{number}" + "*" * tiers + "†" * differs)
        title, source = title or TITLES[values][labels == "zh"], source or ARTICLE[labels == "zh"]
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
