"""The 832 by province and year of exit: a table whose cells are darker for more."""

from collections import Counter

from povdata import catalog
from povdata.model.columns import Labels
from povdata.plots.sheet import ROSTER, Axes, Sheet, shaded


def roster_exits(*, labels: Labels = "en", ax: Axes | None = None) -> Axes:
    """The 832 counties of the national list by province and year of exit: a table whose cells are darker for more.

    The year is that of the assessment passed. The article's provinces are in bold. An asterisk: another source contradicts the number.

    Args:
        labels: the language of the labels, ``"en"`` or ``"zh"``.
        ax: the Axes to draw into; a new figure where None.

    Raises:
        InvalidArgumentError: another language, or no font with Chinese characters.
        MissingExtraError: matplotlib is not installed.
    """
    listed = catalog.poverty_counties.where(tier="national")
    cells = Counter((county.province, county.exit_year) for county in listed)
    provinces, years = Counter(county.province for county in listed), Counter(county.exit_year for county in listed)
    sheet = Sheet(ax, labels, size=(5.8, 7.0), rows=len(provinces) + 9)
    stars = {(county.province, county.exit_year): "*" for county in listed if sheet.star(f"poverty_counties/{county.key}")}
    title = sheet.say(f"{len(listed)} national poverty counties by year of exit", f"{len(listed)}个国家级贫困县的退出年份")
    note = sheet.say(
        "Bold: the 15 provinces of the article. Year: that of the assessment passed; announcements follow up to five months later.",
        "粗体：报道所述的15个省区市。年份为通过评估的年度，公告最迟在其后五个月内发布。",
    )
    total, foot = len(years) + 0.1, len(provinces) + 0.15
    sheet.frame(title, sheet.say(*ROSTER), notes=[note])
    sheet.ax.set_ylim(foot + 0.5, -1.4)
    heads = [(column, year, str(year)) for column, year in enumerate(sorted(filter(None, years)))]
    for column, year, head in [*heads, (total, None, sheet.say("Total", "合计"))]:
        sheet.text(head, column, -0.95, ha="center", color=sheet.muted)
        sheet.text(str(years[year] if year else len(listed)), column, foot, ha="center")
    for row, (code, number) in enumerate(provinces.most_common()):
        weight = "bold" if code in catalog.provinces else "normal"
        sheet.text(sheet.region(code), -0.5, row, dx=-0.5 * sheet.letters, ha="right", weight=weight)
        sheet.text(str(number), total, row, ha="center", weight=weight)
        for column, year, _ in heads:
            if number := cells[code, year]:
                colour, ink = shaded(number / max(cells.values()))
                sheet.ax.bar(column, 0.94, 0.94, row - 0.47, color=colour, gid=f"{code}/{year}")
                sheet.text(str(number) + stars.get((code, year), ""), column, row, ha="center", color=ink)
    sheet.text(sheet.say("All", "全国"), -0.5, foot, dx=-0.5 * sheet.letters, ha="right")
    sheet.ax.plot([-0.47, total + 0.47], [foot - 0.55] * 2, color=sheet.muted, linewidth=0.6)
    sheet.fit(total + 0.5)
    return sheet.ax
