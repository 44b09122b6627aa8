"""Pictures of the data, drawn with matplotlib (``pip install 'povdata[plot]'``).

    from povdata import plots

    axes = plots.delisting_timeline()
    axes.figure.savefig("timeline.pdf")

Each function draws into the Axes it is given, or into a new figure, and returns the Axes. The size of the Axes decides the size of the
letters, and all but title, source and ticks stays inside it. The settings of matplotlib are left alone; letters and background are the
user's, except that Chinese labels take a font that has the characters.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from math import log10
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import attrs

from povdata import __version__, catalog
from povdata.exceptions import InvalidArgumentError, MissingExtraError, NotFoundError
from povdata.literals import IndicatorKey
from povdata.model import edtf
from povdata.model.columns import LANGUAGES
from povdata.model.lookup import nearest
from povdata.records import Indicator, Observation

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.colors import Colormap
    from matplotlib.font_manager import FontProperties
else:  # so that the signatures resolve at run time; matplotlib is imported when a plot is drawn
    Axes = Colormap = FontProperties = object

__all__ = ["before_after", "delisting_timeline", "roster_exits", "tile_map"]

Language = Literal["en", "zh"]
"""The language of the labels."""
ProvinceValue = Literal["poverty_counties", "last_batch_counties"]
"""A column of provinces that a tile map can show."""
Rgb = tuple[float, float, float]

BLUE = "#0072B2"
"""The colour of what the picture is about; with ORANGE a pair that colour-blind readers tell apart."""
ORANGE = "#D55E00"
"""The colour of how it was before."""
SHADES = ("#E3EEF6", "#5FA3CF", BLUE, "#00355A")
"""Few to many; the steps stay apart in grey print."""

CJK_FONTS = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Microsoft YaHei",
    "PingFang SC",
    "Hiragino Sans GB",
    "Heiti SC",
    "STHeiti",
    "SimHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Sarasa Gothic SC",
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "Songti SC",
    "SimSun",
    "Arial Unicode MS",
    "Noto Sans CJK JP",
    "Droid Sans Fallback",
)
"""Fonts with Chinese characters, best first."""

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
SEASONS = {"21": ("spring", "春"), "22": ("summer", "夏"), "23": ("autumn", "秋"), "24": ("winter", "冬")}
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
VALUES: dict[str, tuple[str, str]] = {
    "poverty_counties": ("Poverty counties of the 15 provinces", "15个省区市的贫困县数"),
    "last_batch_counties": ("Counties in the last batch of each province", "15个省区市最后一批摘帽县数"),
}
"""The titles of the columns that a tile map can show."""


class Region(NamedTuple):
    """One of the 31 provincial-level regions of mainland China, and its tile."""

    code: str
    iso: str
    name_en: str
    name_zh: str
    column: int
    row: int


REGIONS = (
    Region("110000", "BJ", "Beijing", "北京", 5, 2),
    Region("120000", "TJ", "Tianjin", "天津", 5, 3),
    Region("130000", "HE", "Hebei", "河北", 4, 2),
    Region("140000", "SX", "Shanxi", "山西", 3, 2),
    Region("150000", "NM", "Inner Mongolia", "内蒙古", 4, 1),
    Region("210000", "LN", "Liaoning", "辽宁", 6, 2),
    Region("220000", "JL", "Jilin", "吉林", 6, 1),
    Region("230000", "HL", "Heilongjiang", "黑龙江", 6, 0),
    Region("310000", "SH", "Shanghai", "上海", 6, 4),
    Region("320000", "JS", "Jiangsu", "江苏", 5, 4),
    Region("330000", "ZJ", "Zhejiang", "浙江", 5, 5),
    Region("340000", "AH", "Anhui", "安徽", 4, 4),
    Region("350000", "FJ", "Fujian", "福建", 4, 6),
    Region("360000", "JX", "Jiangxi", "江西", 4, 5),
    Region("370000", "SD", "Shandong", "山东", 4, 3),
    Region("410000", "HA", "Henan", "河南", 3, 3),
    Region("420000", "HB", "Hubei", "湖北", 3, 4),
    Region("430000", "HN", "Hunan", "湖南", 3, 5),
    Region("440000", "GD", "Guangdong", "广东", 3, 6),
    Region("450000", "GX", "Guangxi", "广西", 2, 6),
    Region("460000", "HI", "Hainan", "海南", 3, 7),
    Region("500000", "CQ", "Chongqing", "重庆", 2, 4),
    Region("510000", "SC", "Sichuan", "四川", 1, 4),
    Region("520000", "GZ", "Guizhou", "贵州", 2, 5),
    Region("530000", "YN", "Yunnan", "云南", 1, 5),
    Region("540000", "XZ", "Tibet", "西藏", 0, 3),
    Region("610000", "SN", "Shaanxi", "陕西", 2, 3),
    Region("620000", "GS", "Gansu", "甘肃", 1, 2),
    Region("630000", "QH", "Qinghai", "青海", 1, 3),
    Region("640000", "NX", "Ningxia", "宁夏", 2, 2),
    Region("650000", "XJ", "Xinjiang", "新疆", 0, 2),
)
"""The regions in the order of their codes; neighbours on the map are neighbours on the tiles as far as a grid allows."""


# The sheet: an Axes with its letters, measured in points. ---------------------------------------------------------------------


@attrs.define
class _Sheet:
    """An Axes, the language and letters it is labelled in, and its colours."""

    ax: Axes
    language: Language
    family: str | None  # None: the user's own
    letters: float  # size of the letters in points
    ink: Rgb
    muted: Rgb
    faint: Rgb
    background: Rgb
    width: float = 0.0  # of the Axes in points, once settled
    height: float = 0.0

    @property
    def small(self) -> float:
        """Size of smaller letters."""
        return max(0.85 * self.letters, 4.5)

    def say(self, en: str, zh: str) -> str:
        """The words in the language of the sheet."""
        return en if self.language == "en" else zh

    def properties(self, size: float | None = None, weight: str = "normal") -> FontProperties:
        """The font of a text."""
        from matplotlib.font_manager import FontProperties

        return FontProperties(family=self.family, size=size or self.letters, weight=weight)

    def width_of(self, text: str, *, size: float | None = None, weight: str = "normal") -> float:
        """How wide a line of text is, in points; screens round up by a few percent."""
        from matplotlib.textpath import text_to_path

        width, _, _ = text_to_path.get_text_width_height_descent(text, self.properties(size, weight), ismath=False)
        return 1.08 * float(width)

    def wrapped(self, text: str, width: float, *, size: float | None = None, weight: str = "normal") -> str:
        """The text in lines of at most that many points, as far as its words allow; Chinese breaks between any two characters."""
        lines = [""]
        for word in re.findall(r"(?:[!-~–]+|[^!-~–\s])[，。、；：）]* *", text):
            if lines[-1] and self.width_of((lines[-1] + word).rstrip(), size=size, weight=weight) > width:
                lines.append("")
            lines[-1] += word
        return "\n".join(line.rstrip() for line in lines)

    def text(self, text: str, x: float, y: float, *, dx: float = 0.0, dy: float = 0.0, **style: Any) -> None:
        """A text at a point of the data, moved by so many points, on a strip of background if it is backed; else matplotlib's style."""
        font = self.properties(style.pop("size", None), style.pop("weight", "normal"))
        if style.pop("backed", False):
            style["bbox"] = {"facecolor": self.background, "edgecolor": "none", "pad": 0.6}
        style = {"color": self.ink, "ha": "left", "va": "center_baseline", "xycoords": "data", **style}
        self.ax.annotate(text, (x, y), xytext=(dx, dy), textcoords="offset points", annotation_clip=False, fontproperties=font, **style)

    def note(self, text: str) -> None:
        """A remark in the lower left corner."""
        self.text(text, 0, 0, xycoords="axes fraction", dy=2, va="bottom", color=self.muted, size=self.small, linespacing=1.3, backed=True)

    def title(self, en: str, zh: str) -> None:
        """The title, as wide as the Axes at most."""
        size = self.letters + 1.5
        box = self.ax.get_window_extent()
        width = box.width * 72 / self._dpi
        text = self.wrapped(self.say(en, zh), width, size=size, weight="bold")
        self.ax.set_title(text, loc="left", fontproperties=self.properties(size, "bold"), color=self.ink, pad=5)

    def source(self, *, ticks: bool = False, roster: bool = False) -> None:
        """Where the figures come from, below the Axes."""
        article = ("article of April 2020", "2020年4月的报道")
        what = ("national list of poverty counties, 2016–2020", "国家级贫困县退出名单（2016–2020年）") if roster else article
        text = self.say(f"Source: {what[0]}, povdata {__version__}", f"来源：{what[1]}，povdata {__version__}")
        down = -(self.small + 10 if ticks else 4)
        self.text(text, 0, 0, dy=down, xycoords="axes fraction", va="top", color=self.muted, size=self.small)

    def bare(self, *, axis: bool = False) -> None:
        """No frame and no ticks, but a horizontal axis where asked for."""
        self.ax.set_yticks([])
        for side, spine in self.ax.spines.items():
            spine.set_visible(axis and side == "bottom")
            spine.set_color(self.muted)
        if not axis:
            self.ax.set_xticks([])
            return
        self.ax.tick_params(axis="x", which="both", labelsize=self.small, labelcolor=self.muted, color=self.muted, length=3, pad=3)
        if self.family:
            self.ax.tick_params(axis="x", which="both", labelfontfamily=self.family)
        self.ax.grid(axis="x", which="major", color=self.faint, linewidth=0.6)
        self.ax.set_axisbelow(True)

    def settle(self) -> None:
        """Let the figure find its layout, and measure the Axes."""
        figure: Any = self.ax.figure
        figure.figure.draw_without_rendering()
        box = self.ax.get_window_extent()
        self.width, self.height = box.width * 72 / self._dpi, box.height * 72 / self._dpi

    @property
    def _dpi(self) -> float:
        figure: Any = self.ax.figure
        return float(figure.dpi)


def _sheet(ax: Axes | None, language: Language, *, size: tuple[float, float], rows: float, across: float = 32) -> _Sheet:
    """A sheet on the given Axes or a new one of that size in inches, with letters small enough for so many rows and letters across."""
    if language not in LANGUAGES:
        raise InvalidArgumentError(f"labels must be 'en' or 'zh', not {language!r}")
    try:
        import matplotlib as mpl
    except ImportError:
        raise MissingExtraError("matplotlib", "plot") from None
    from matplotlib.axes import Axes as AnyAxes
    from matplotlib.colors import to_rgb, to_rgba

    family = _cjk_family() if language == "zh" else None
    if ax is None:
        from matplotlib import pyplot as plt

        ax = plt.subplots(figsize=size, layout="constrained")[1]
    if not isinstance(ax, AnyAxes):
        raise InvalidArgumentError(f"ax must be a matplotlib Axes, not {type(ax).__name__}; of an array of Axes, give one")
    figure: Any = ax.figure
    box = ax.get_window_extent()
    width, height = (side * 72 / figure.dpi for side in (box.width, box.height))
    letters = min(9.0, max(4.5, min(height / rows / 1.25, width / across)))
    ink = to_rgb(mpl.rcParams["text.color"])
    grounds = [to_rgba(patch.get_facecolor()) for patch in (ax.patch, figure.patch)]
    background = next((colour[:3] for colour in grounds if colour[3] > 0), (1.0, 1.0, 1.0))
    return _Sheet(ax, language, family, letters, ink, _mixed(ink, background, 0.68), _mixed(ink, background, 0.16), background)


def _cjk_family() -> str:
    """An installed font with Chinese characters."""
    from matplotlib import get_cachedir
    from matplotlib.font_manager import fontManager

    installed = set(fontManager.get_font_names())
    for name in CJK_FONTS:
        if name in installed:
            return name
    raise InvalidArgumentError(
        "labels='zh' needs a font with Chinese characters, and matplotlib finds none; install Noto Sans CJK SC "
        f"(Debian and Ubuntu: apt install fonts-noto-cjk), delete the font list in {get_cachedir()} and start Python anew"
    )


def _mixed(colour: Rgb, other: Rgb, share: float) -> Rgb:
    """So much of a colour, and the rest of another."""
    red, green, blue = (share * a + (1 - share) * b for a, b in zip(colour, other, strict=True))
    return red, green, blue


def _shades() -> Colormap:
    """The colours from none to many."""
    from matplotlib.colors import LinearSegmentedColormap

    return LinearSegmentedColormap.from_list("povdata", SHADES)


def _on(colour: tuple[float, ...]) -> Rgb:
    """Black or white, whichever is read better on the colour."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour[:3]]
    luminance = sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    return (0.07, 0.07, 0.07) if luminance > 0.2 else (1.0, 1.0, 1.0)


def _tile(ax: Axes, x: float, y: float, side: float, gid: str, **style: Any) -> None:
    """A square around a point; gid tells what it stands for."""
    from matplotlib.patches import Rectangle

    ax.add_patch(Rectangle((x - side / 2, y - side / 2), side, side, gid=gid, **style))


def _limits(lefts: Sequence[tuple[float, float]], rights: Sequence[tuple[float, float]], width: float) -> tuple[float, float]:
    """Limits between which every point has so many points of room to its left or right, on an axis that is so many points wide."""
    low, high = min(x for x, _ in lefts), max(x for x, _ in rights)
    for _ in range(60):
        unit = (high - low) / width
        low, high = min(x - room * unit for x, room in lefts), max(x + room * unit for x, room in rights)
    return low, high


def _when(period: str, part: str | None, language: Language, *, year: bool = True) -> str:
    """An EDTF period in words."""
    start, slash, end = period.partition("/")
    if slash:
        if end in ("..", ""):
            return f"since {_when(start, None, language)}" if language == "en" else f"{_when(start, None, language)}起"
        if start in ("..", ""):
            return f"up to {_when(end, None, language)}" if language == "en" else f"截至{_when(end, None, language)}"
        return f"{_when(start, None, language)}–{_when(end, None, language)}"
    first, month, day = [*period.split("-"), "", ""][:3]
    if month in SEASONS:
        return f"{SEASONS[month][0]} {first}" if language == "en" else f"{first}年{SEASONS[month][1]}"
    whole = year or not month
    if language == "en":
        words = [day.lstrip("0"), MONTHS[int(month) - 1] if month else "", first if whole else ""]
        lead = {"start": "start of ", "end": "end of ", "morning": "morning of "}.get(part or "", "")
        return lead + " ".join(word for word in words if word)
    words = [f"{first}年" if whole else "", f"{int(month)}月" if month else "", f"{int(day)}日" if day else ""]
    tail = {"start": "初", "end": "底", "morning": "上午"}.get(part or "", "")
    return "".join(words) + tail


# When: the timeline. ----------------------------------------------------------------------------------------------------------


def delisting_timeline(*, labels: Language = "en", ax: Axes | None = None) -> Axes:
    """When the last poverty counties of each of the 15 provinces left the list, and how many they were.

    The area of a dot is the number of counties. A date without a day is drawn as the range of days that it leaves open, with an open dot.

    Args:
        labels: the language of the labels, ``"en"`` or ``"zh"``.
        ax: the Axes to draw into; a new figure where None.

    Raises:
        InvalidArgumentError: another language, or no font with Chinese characters.
        MissingExtraError: matplotlib is not installed.
    """
    sheet = _sheet(ax, labels, size=(7.2, 5.4), rows=16)
    ax, batches = sheet.ax, _batches(labels)
    sheet.title("When the last counties of 15 provinces left the poverty list", "15个省区市最后一批贫困县的摘帽时间")
    sheet.source(ticks=True)
    sheet.bare(axis=True)
    ax.set_ylim(len(batches) - 0.3, -0.7)
    sheet.settle()

    pitch = sheet.height / len(batches)
    area = (0.95 * pitch) ** 2 / max(batch.counties for batch in batches)
    lefts, rights = [], []
    for row, batch in enumerate(batches):
        first, last = _number(batch.first), _number(batch.last)
        exact = first == last
        if not exact:
            ax.plot(
                [first, last], [row, row], color=BLUE, linewidth=1.1, marker="|", markersize=0.4 * pitch, zorder=4, gid=f"{batch.key}/range"
            )
        dot: dict[str, Any] = {"facecolor": BLUE if exact else sheet.background, "edgecolor": BLUE, "linewidth": 1.0, "zorder": 3}
        ax.scatter([(first + last) / 2], [row], s=area * batch.counties, gid=batch.key, **dot)
        gap = (area * batch.counties) ** 0.5 / 2 * exact + 0.4 * sheet.letters
        figures = sheet.say(f"{batch.counties} · {batch.when}", f"{batch.counties}县 {batch.when}")
        sheet.text(batch.name, first, row, dx=-gap, ha="right", weight="bold", backed=True)
        sheet.text(figures, last, row, dx=gap, backed=True)
        lefts.append((first, gap + sheet.width_of(batch.name, weight="bold")))
        rights.append((last, gap + sheet.width_of(figures)))
    low, high = _limits(lefts, rights, sheet.width)
    ax.set_xlim(low, high)
    _month_ticks(sheet, low, high)
    notes = [
        ("Number and area of the dot: counties in the batch.", "数字与圆点面积：该批摘帽的县数。"),
        ("Open dot: no day stated, only the end of the month (last ten days).", "空心圆点：报道只说月底，未说日期（画出下旬）。"),
        ("* Other sources give another date, see the caveats.", "* 其他来源所记日期不同，见caveats表。"),
    ]
    room = min((x - low) / (high - low) * sheet.width - pad for x, pad in lefts[-5:]) - sheet.letters
    sheet.note("\n".join(sheet.wrapped(sheet.say(*note), room, size=sheet.small) for note in notes))
    return ax


class _Batch(NamedTuple):
    """The last batch of a province."""

    key: str
    name: str
    counties: int
    first: date
    last: date
    when: str


def _batches(language: Language) -> list[_Batch]:
    """The last batches in order of time; a star by the date where another source gives another."""
    disputed = {path for caveat in catalog.caveats.where(kind="external") for path in caveat.records}
    found = []
    for event in catalog.delistings.where(last_batch=True):
        province = catalog.provinces[event.province]
        if event.date is None or province.last_batch_counties is None:
            continue
        first, last = _days(event.date, event.date_part)
        name = province.name_en if language == "en" else province.name_short_zh
        part = None if event.date_part == "morning" else event.date_part
        when = _when(event.date, part, language, year=False) + "*" * (f"delistings/{event.key}/date" in disputed)
        found.append(_Batch(province.key, name, province.last_batch_counties, first, last, when))
    return sorted(found, key=lambda batch: (batch.last, batch.first, -batch.counties))


def _days(period: str, part: str | None) -> tuple[date, date]:
    """First and last day of a closed EDTF period; of a month's beginning or end the first or last ten days."""
    first, last = edtf.bounds(period)
    if first is None or last is None:
        raise ValueError(f"open at one end: {period!r}")
    if len(period) == len("2020-02") and part == "end":
        first = first.replace(day=21)
    elif len(period) == len("2020-02") and part == "start":
        last = first.replace(day=10)
    return first, last


def _number(day: date) -> float:
    """A day as matplotlib counts."""
    from matplotlib import dates

    convert: Any = dates.date2num  # which has no types
    return float(convert(day))


def _month_ticks(sheet: _Sheet, low: float, high: float) -> None:
    """Ticks where months begin; names in the middle of what is seen of them, with the year where there is room."""
    origin = date(2020, 1, 1)
    months = [(origin + timedelta(days=low - _number(origin))).replace(day=1)]
    while _number(months[-1]) < high:
        months.append((months[-1] + timedelta(days=31)).replace(day=1))
    edges = [min(max(_number(month), low), high) for month in months]
    middles, names = [], []
    for month, left, right in zip(months, edges, edges[1:], strict=False):
        short = sheet.say(MONTHS[month.month - 1], f"{month.month}月")
        full = sheet.say(f"{short} {month.year}", f"{month.year}年{short}")
        room = (right - left) / (high - low) * sheet.width - 4
        fitting = [name for name in (full, short) if sheet.width_of(name, size=sheet.small) < room]
        middles.append((left + right) / 2)
        names.append(fitting[0] if fitting else "")
    sheet.ax.set_xticks(edges[1:-1], [""] * len(edges[1:-1]))
    sheet.ax.set_xticks(middles, names, minor=True)
    sheet.ax.tick_params(axis="x", which="minor", length=0)


# How much: before and after. --------------------------------------------------------------------------------------------------


def before_after(
    indicator: IndicatorKey | Indicator | Iterable[IndicatorKey | Indicator] = "poverty_rate",
    *,
    labels: Language = "en",
    log: bool | None = None,
    ax: Axes | None = None,
) -> Axes:
    """The changes that the article tells of: the figure before and the figure after, one place a line.

    A figure that is only a bound has an arrow towards where the true value lies. A change whose two ends are measured by different
    indicators is drawn where either is asked for, and names both.

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

    sheet = _sheet(ax, labels, size=(7.2, 1.2 + 0.55 * len(changes)), rows=2.2 * (len(changes) + 1), across=40)
    named = [catalog.indicators[key] for key in wanted]
    names = [item.name_en if not place else _lowered(item.name_en) for place, item in enumerate(named)]
    sheet.title(" and ".join(names) + ": before and after", "、".join(item.name_zh for item in named) + "：前后对比")
    sheet.source(ticks=True)
    sheet.bare(axis=True)
    sheet.ax.set_ylim(len(changes) - 0.4, -1.0)
    sheet.settle()
    subjects = _subjects(sheet, changes, wanted)
    lines = max(f"{name}\n{below}".count("\n") + 1 for name, below in subjects)
    if sheet.height / (len(changes) + 0.6) < 1.3 * lines * sheet.letters:  # long names on a low Axes
        sheet.letters = max(4.5, sheet.height / (len(changes) + 0.6) / 1.3 / lines)
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


def _subjects(sheet: _Sheet, changes: Sequence[_Change], wanted: Sequence[str]) -> list[tuple[str, str]]:
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

    sheet: _Sheet
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
        low, high = _limits(lefts, rights, sheet.width)
        ax.set_xlim(*(10**edge if self.log else edge for edge in (low, high)))
        self._ticks(low + column * (high - low) / sheet.width)
        for label, face, edge in ((sheet.say("before", "之前"), sheet.background, ORANGE), (sheet.say("after", "之后"), BLUE, BLUE)):
            ax.scatter([], [], s=self._size**2, facecolor=face, edgecolor=edge, linewidth=1.3, label=label)
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

    def _spot(self, value: float) -> float:
        """Where a value stands on the scale."""
        return log10(value) if self.log else value

    def _end(self, end: Observation, row: int, side: int) -> float:
        """A dot with its figure and date at one side; returns the room they take there, in points."""
        sheet, ax, x = self.sheet, self.sheet.ax, float(end.value)
        start = end.change_role == "from"
        colour, face = (ORANGE, sheet.background) if start else (BLUE, BLUE)
        ax.scatter([x], [row], s=self._size**2, facecolor=face, edgecolor=colour, linewidth=1.3, zorder=4, gid=end.key)
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
        date = sheet.say("year not stated", "年份未说明") if end.period is None else _when(end.period, end.period_part, sheet.language)
        place: dict[str, Any] = {"dx": side * gap, "ha": "left" if side > 0 else "right", "backed": True}
        sheet.text(figure, x, row, dy=0.05 * sheet.letters, va="bottom", color=colour, weight="bold", **place)
        sheet.text(date, x, row, dy=-0.15 * sheet.letters, va="top", color=sheet.muted, size=sheet.small, **place)
        return gap + max(sheet.width_of(figure, weight="bold"), sheet.width_of(date, size=sheet.small))

    def _figure(self, end: Observation) -> str:
        """A figure with its qualifier."""
        return self.sheet.say(*MARKS[end.relation]) + self._number(end.value)

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
        labels = [self._number(Decimal(f"{spot:.12f}").normalize()) for spot in spots]
        sheet.ax.minorticks_off()
        sheet.ax.set_xticks(spots, labels)


# Where: the tile map. ---------------------------------------------------------------------------------------------------------


def tile_map(value: ProvinceValue = "poverty_counties", *, labels: Language = "en", ax: Axes | None = None) -> Axes:
    """The 31 provincial-level regions of mainland China as tiles; the 15 of the article carry a number.

    Tiles too small for English names carry the letters of ISO 3166-2.

    Args:
        value: ``"poverty_counties"``, all poverty counties of a province, or ``"last_batch_counties"``, those of the last batch.
        labels: the language of the labels, ``"en"`` or ``"zh"``.
        ax: the Axes to draw into; a new figure where None.

    Raises:
        InvalidArgumentError: another value or language, or no font with Chinese characters.
        MissingExtraError: matplotlib is not installed.
    """
    if not isinstance(value, str) or value not in VALUES:
        raise InvalidArgumentError(f"value must be {' or '.join(map(repr, VALUES))}, not {value!r}")
    numbers: dict[str, int | None] = {province.key: getattr(province, value) for province in catalog.provinces}
    sheet = _sheet(ax, labels, size=(5.6, 6.6), rows=26)
    ax = sheet.ax
    columns, rows = max(region.column for region in REGIONS) + 1, max(region.row for region in REGIONS) + 1
    ax.set_xlim(-0.5, columns - 0.5)
    ax.set_ylim(rows - 0.5, -0.5)
    ax.set_aspect("equal")
    sheet.bare()
    ax.apply_aspect()
    sheet.title(*VALUES[value])
    sheet.source()
    sheet.settle()

    tile = sheet.width / columns
    names = {region.code: sheet.say(region.name_en, region.name_zh).replace(" ", "\n") for region in REGIONS}
    widest = max(sheet.width_of(line, size=1) for name in names.values() for line in name.split("\n"))
    size = min(sheet.letters, tile / 4.5, 0.92 * tile / widest)
    if labels == "en" and size < 5.5:
        names, size = {region.code: region.iso for region in REGIONS}, min(sheet.letters, tile / 4)
    shades, largest = _shades(), max(number or 0 for number in numbers.values())
    for code, _, _, _, column, row in REGIONS:
        style, ink = _outline(sheet), sheet.muted
        number = numbers.get(code)
        if code in numbers:
            style, ink = _hatch(sheet), sheet.ink
        if number is not None:
            shade = shades(number / largest)
            style, ink = {"facecolor": shade, "edgecolor": "none"}, _on(shade)
        _tile(ax, column, row, 0.93, code, **style)
        place: dict[str, Any] = {"color": ink, "ha": "center", "va": "center", "backed": code in numbers and number is None}
        sheet.text(names[code], column, row - (0.18 if code in numbers else 0), size=size, linespacing=0.95, **place)
        if code in numbers:
            shown = sheet.say("n/a", "未载") if number is None else str(number)
            sheet.text(shown, column, row + 0.22, size=min(1.35 * size, 0.32 * tile), weight="bold", **place)
    _tile_key(sheet, tile, missing=None in numbers.values())
    return ax


def _outline(sheet: _Sheet) -> dict[str, Any]:
    """A region that the article does not tell of."""
    return {"facecolor": "none", "edgecolor": _mixed(sheet.muted, sheet.background, 0.5), "linewidth": 0.8}


def _hatch(sheet: _Sheet) -> dict[str, Any]:
    """A region without the number."""
    return {"facecolor": sheet.background, "edgecolor": _mixed(sheet.muted, sheet.background, 0.5), "linewidth": 0.8, "hatch": "////"}


def _tile_key(sheet: _Sheet, tile: float, *, missing: bool) -> None:
    """What the tiles mean, in the empty upper left corner."""
    entries: list[tuple[dict[str, Any], tuple[str, str]]] = [
        ({"facecolor": BLUE, "edgecolor": "none"}, ("counties, darker for more", "县数，越多越深")),
        (_outline(sheet), ("not among the 15 provinces", "不在15个省区市之列")),
    ]
    if missing:
        entries.insert(1, (_hatch(sheet), ("no total in the article", "报道未载总数")))
    for line, (style, words) in enumerate(entries):
        y = -0.5 + (0.7 + 1.6 * line) * sheet.letters / tile
        _tile(sheet.ax, -0.46 + sheet.letters / tile / 2, y, 0.9 * sheet.letters / tile, f"key/{line}", **style)
        sheet.text(sheet.say(*words), -0.46 + 1.5 * sheet.letters / tile, y, size=sheet.small, color=sheet.muted)


# All 832: the roster. ---------------------------------------------------------------------------------------------------------


def roster_exits(*, labels: Language = "en", ax: Axes | None = None) -> Axes:
    """The 832 counties of the national list by province and year of exit: a table whose cells are darker for more.

    The year is that of the assessment passed. The provinces of the article are in bold.

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
    regions = sorted((region for region in REGIONS if region.code in by_province), key=lambda region: -by_province[region.code])
    years = sorted(year for year in by_year if year is not None)
    sheet = _sheet(ax, labels, size=(5.8, 7.0), rows=len(regions) + 5)
    ax = sheet.ax
    sheet.title(f"{len(listed)} national poverty counties by year of exit", f"{len(listed)}个国家级贫困县的退出年份")
    sheet.source(roster=True)
    sheet.bare()
    sheet.settle()

    note = sheet.wrapped(
        sheet.say(
            "Bold: the 15 provinces of the article. Year: that of the assessment passed; announcements follow up to five months later.",
            "粗体：报道所述的15个省区市。年份为通过评估的年度，公告最迟在其后五个月内发布。",
        ),
        sheet.width,
        size=sheet.small,
    )
    named = max(sheet.width_of(sheet.say(region.name_en, region.name_zh), weight="bold") for region in regions) + 0.6 * sheet.letters
    total, foot = len(years) + 0.1, len(regions) + 0.15
    columns = total + 1
    ax.set_xlim(-0.5 - named * columns / (sheet.width - named), columns - 0.5)
    noted = (note.count("\n") + 1) * 1.35 * sheet.small + 0.6 * sheet.letters
    ax.set_ylim(foot + 0.5 + noted * (foot + 1.9) / (sheet.height - noted), -1.4)

    shades, largest = _shades(), max(cells.values())
    middle: dict[str, Any] = {"ha": "center"}
    for column, head in [*enumerate(map(str, years)), (total, sheet.say("Total", "合计"))]:
        sheet.text(head, column, -0.95, color=sheet.muted, **middle)
    for row, region in enumerate(regions):
        weight = "bold" if region.code in catalog.provinces else "normal"
        sheet.text(sheet.say(region.name_en, region.name_zh), -0.5, row, dx=-0.5 * sheet.letters, ha="right", weight=weight)
        sheet.text(str(by_province[region.code]), total, row, weight=weight, **middle)
        for column, year in enumerate(years):
            number = cells[region.code, year]
            if not number:
                continue
            shade = shades(number / largest)
            _tile(ax, column, row, 0.94, f"{region.code}/{year}", facecolor=shade, edgecolor="none")
            sheet.text(str(number), column, row, color=_on(shade), **middle)
    ax.plot([-0.47, columns - 0.53], [foot - 0.55] * 2, color=sheet.muted, linewidth=0.6)
    sheet.text(sheet.say("All", "全国"), -0.5, foot, dx=-0.5 * sheet.letters, ha="right")
    for column, number in [*enumerate(by_year[year] for year in years), (total, len(listed))]:
        sheet.text(str(number), column, foot, **middle)
    sheet.note(note)
    return ax
