"""The 832 by province and year of exit: a table whose cells are darker for more."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from povdata import catalog
from povdata.plots.sheet import ROSTER, Language, disputes, ink_on, shades, sheet_on, square

if TYPE_CHECKING:
    from matplotlib.axes import Axes
else:
    Axes = object  # so that the signature resolves at run time


def roster_exits(*, labels: Language = "en", ax: Axes | None = None) -> Axes:
    """The 832 counties of the national list by province and year of exit: a table whose cells are darker for more.

    The year is that of the assessment passed. The provinces of the article are in bold. An asterisk stands at a number that another source
    contradicts.

    Args:
        labels: the language of the labels, ``"en"`` or ``"zh"``.
        ax: the Axes to draw into; a new figure where None.

    Raises:
        InvalidArgumentError: another language, or no font with Chinese characters.
        MissingExtraError: matplotlib is not installed.
    """
    listed = catalog.poverty_counties.where(tier="national")
    cells = Counter((county.province, county.exit_year) for county in listed)
    by_province = Counter(county.province for county in listed)
    by_year = Counter(county.exit_year for county in listed)
    years = sorted(year for year in by_year if year is not None)
    disputed = {(county.province, county.exit_year) for county in listed if disputes(f"poverty_counties/{county.key}")}
    sheet = sheet_on(ax, labels, size=(5.8, 7.0), rows=len(by_province) + 6)
    ax = sheet.ax
    sheet.title(sheet.say(f"{len(listed)} national poverty counties by year of exit", f"{len(listed)}个国家级贫困县的退出年份"))
    sheet.credit(sheet.say(*ROSTER))
    sheet.bare()
    sheet.settle()

    regions = {code: catalog.divisions[code] for code, _ in by_province.most_common()}
    names = {code: sheet.say(region.name_en, region.name_short_zh) for code, region in regions.items()}
    named = max(sheet.width_of(name, weight="bold") for name in names.values()) + 0.6 * sheet.letters
    total, foot = len(years) + 0.1, len(names) + 0.15
    columns = total + 1
    ax.set_xlim(-0.5 - named * columns / (sheet.width - named), columns - 0.5)
    notes = [
        sheet.say(
            "Bold: the 15 provinces of the article. Year: that of the assessment passed; announcements follow up to five months later.",
            "粗体：报道所述的15个省区市。年份为通过评估的年度，公告最迟在其后五个月内发布。",
        ),
        *sheet.disputed({"external"} if disputed else ()),
    ]
    sheet.rows(-1.4, foot + 0.5, notes)

    scale, largest = shades(), max(cells.values())
    middle: dict[str, Any] = {"ha": "center"}
    for column, head in [*enumerate(map(str, years)), (total, sheet.say("Total", "合计"))]:
        sheet.text(head, column, -0.95, color=sheet.muted, **middle)
    for row, (code, name) in enumerate(names.items()):
        weight = "bold" if code in catalog.provinces else "normal"
        sheet.text(name, -0.5, row, dx=-0.5 * sheet.letters, ha="right", weight=weight)
        sheet.text(str(by_province[code]), total, row, weight=weight, **middle)
        for column, year in enumerate(years):
            if number := cells[code, year]:
                shade = scale(number / largest)
                square(ax, column, row, 0.94, f"{code}/{year}", facecolor=shade, edgecolor="none")
                sheet.text(str(number) + "*" * ((code, year) in disputed), column, row, color=ink_on(shade), **middle)
    ax.plot([-0.47, columns - 0.53], [foot - 0.55] * 2, color=sheet.muted, linewidth=0.6)
    sheet.text(sheet.say("All", "全国"), -0.5, foot, dx=-0.5 * sheet.letters, ha="right")
    for column, number in [*enumerate(by_year[year] for year in years), (total, len(listed))]:
        sheet.text(str(number), column, foot, **middle)
    return ax
