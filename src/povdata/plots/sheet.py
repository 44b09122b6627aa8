"""What all pictures share: an Axes with its letters and colours, the credit line, marks for disputed figures, and dates in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Literal

import attrs

from povdata import __version__, catalog
from povdata.exceptions import InvalidArgumentError, MissingExtraError
from povdata.model.columns import LANGUAGES

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.colors import Colormap
    from matplotlib.font_manager import FontProperties
else:  # so that the signatures resolve at run time; matplotlib is imported when a plot is drawn
    Axes = Colormap = FontProperties = object

Language = Literal["en", "zh"]
"""The language of the labels."""
Rgb = tuple[float, float, float]
Words = tuple[str, str]
"""The same in English and in Chinese."""

BLUE = "#0072B2"
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

ARTICLE: Words = ("round-up by People's Daily Online / CPC News, end of April 2020", "人民网·中国共产党新闻网综合报道，2020年4月底")
ROSTER: Words = ("national list of poverty counties, 2016–2020", "国家级贫困县退出名单（2016–2020年）")

DISPUTES: dict[str, Words] = {
    "arithmetic": ("does not fit other figures of the article", "与报道其他数字不符"),
    "contradiction": ("the article contradicts itself", "报道前后矛盾"),
    "external": ("another source says otherwise", "其他来源说法不同"),
}
"""The kinds of caveats that hold something against a figure, and what they say."""

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
SEASONS = {"21": ("spring", "春"), "22": ("summer", "夏"), "23": ("autumn", "秋"), "24": ("winter", "冬")}


@attrs.define
class Sheet:
    """An Axes, the language and letters it is labelled in, and its colours."""

    ax: Axes
    language: Language
    family: str | None  # None: the user's own
    letters: float  # size of the letters in points
    ink: Rgb
    background: Rgb
    width: float = 0.0  # of the Axes in points, once settled
    height: float = 0.0
    _widths: dict[tuple[str, str], float] = attrs.field(factory=dict, init=False)

    @property
    def small(self) -> float:
        """Size of smaller letters."""
        return max(0.85 * self.letters, 4.5)

    @property
    def muted(self) -> Rgb:
        """The colour of what is said aside."""
        return self.between(0.68)

    @property
    def dark(self) -> bool:
        """Whether the background is."""
        return luminance(self.background) < 0.2

    @property
    def pair(self) -> tuple[str, str]:
        """The colours of what the picture is about and of how it was before: a pair that colour-blind readers tell apart."""
        return ("#56B4E9", "#E69F00") if self.dark else (BLUE, "#D55E00")

    def between(self, share: float) -> Rgb:
        """A colour between background (0) and ink (1)."""
        red, green, blue = (share * a + (1 - share) * b for a, b in zip(self.ink, self.background, strict=True))
        return red, green, blue

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

        if (text, weight) not in self._widths:
            width, _, _ = text_to_path.get_text_width_height_descent(text, self.properties(100, weight), ismath=False)
            self._widths[text, weight] = 1.08 * float(width) / 100
        return self._widths[text, weight] * (size or self.letters)

    def wrapped(self, text: str, width: float, *, size: float | None = None, weight: str = "normal") -> str:
        """The text in lines of at most that many points, as far as its words allow; Chinese breaks between any two characters."""
        lines = [""]
        for word in re.findall(r"（?(?:[!-~–\u00a0]+|[^!-~–\s])[，。、；：）]* *", text):
            if lines[-1] and self.width_of((lines[-1] + word).rstrip(), size=size, weight=weight) > width:
                lines.append("")
            lines[-1] += word
        return "\n".join(line.rstrip() for line in lines)

    def text(self, text: str, x: float, y: float, *, dx: float = 0.0, dy: float = 0.0, **style: Any) -> None:
        """A text at a point of the data, moved by so many points, on a strip of background if it is backed; else matplotlib's style."""
        font = self.properties(style.pop("size", None), style.pop("weight", "normal"))
        if style.pop("backed", False):
            style["bbox"] = {"facecolor": self.background, "edgecolor": "none", "pad": 0.6}
        style = {"color": self.ink, "ha": "left", "va": "center_baseline", "xycoords": "data", "parse_math": False, **style}
        self.ax.annotate(text, (x, y), xytext=(dx, dy), textcoords="offset points", annotation_clip=False, fontproperties=font, **style)

    def rows(self, top: float, bottom: float, notes: Sequence[str]) -> float:
        """Vertical limits from top down to bottom, with notes below that; returns how many points a row is high."""
        text, room = "\n".join(self.wrapped(note, self.width, size=self.small) for note in notes), 0.0
        if text:
            style: dict[str, Any] = {"va": "bottom", "color": self.muted, "size": self.small, "linespacing": 1.3, "backed": True}
            self.text(text, 0, 0, xycoords="axes fraction", dy=2, **style)
            room = (text.count("\n") + 1) * 1.35 * self.small + 0.6 * self.letters
        pitch = (self.height - room) / (bottom - top)
        self.ax.set_ylim(bottom + room / pitch, top)
        return pitch

    def disputed(self, kinds: Iterable[str]) -> list[str]:
        """What the asterisk at a disputed figure means, a line for each kind of dispute."""
        said = [self.say(*words) for kind, words in DISPUTES.items() if kind in kinds]
        return [self.say(f"* {words[0].upper()}{words[1:]} (povdata.caveats).", f"* {words}（povdata.caveats）。") for words in said]

    def title(self, text: str) -> None:
        """The title, as wide as the Axes at most."""
        figure: Any = self.ax.figure
        room = (figure.bbox.height - self.ax.get_window_extent().y1) * 72 / figure.dpi - 5
        text, size = self._fitted([text], self.letters + 1.5, room, weight="bold")
        self.ax.set_title(text, loc="left", fontproperties=self.properties(size, "bold"), color=self.ink, pad=5, parse_math=False)

    def credit(self, *sources: str, ticks: bool = False, notes: Sequence[str] = ()) -> None:
        """Below the Axes: notes, where the figures come from, and the version."""
        credit = self.say("Source: ", "来源：") + self.say("; ", "；").join(sources) + self.say("; ", "；") if sources else ""
        figure: Any = self.ax.figure
        down = self.small + 10 if ticks else 4
        room = self.ax.get_window_extent().y0 * 72 / figure.dpi - down
        text, size = self._fitted([*notes, f"{credit}povdata\u00a0{__version__}"], self.small, room)
        self.text(text, 0, 0, dy=-down, xycoords="axes fraction", va="top", color=self.muted, size=size, linespacing=1.25)

    def _fitted(self, lines: Sequence[str], size: float, room: float, weight: str = "normal") -> tuple[str, float]:
        """The lines as wide as the Axes, in letters small enough for so many points of height, and the size of these."""
        while True:
            text = "\n".join(self.wrapped(line, self._measured()[0], size=size, weight=weight) for line in lines)
            if size <= 4.5 or (text.count("\n") + 1) * 1.3 * size < room:
                return text, size
            size = max(4.5, size - 0.3)

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
        self.ax.grid(axis="x", which="major", color=self.between(0.16), linewidth=0.6)
        self.ax.set_axisbelow(True)

    def settle(self) -> None:
        """Let the figure find its layout, and measure the Axes."""
        figure: Any = self.ax.figure
        figure.figure.draw_without_rendering()
        self.width, self.height = self._measured()

    def _measured(self) -> tuple[float, float]:
        """Width and height of the Axes in points, as they are now."""
        figure: Any = self.ax.figure
        box = self.ax.get_window_extent()
        return box.width * 72 / figure.dpi, box.height * 72 / figure.dpi


def sheet_on(ax: Axes | None, language: Language, *, size: tuple[float, float], rows: float, across: float = 32) -> Sheet:
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
    grounds = [to_rgba(patch.get_facecolor()) for patch in (ax.patch, figure.patch)]
    background = next((colour[:3] for colour in grounds if colour[3] > 0), (1.0, 1.0, 1.0))
    box = ax.get_window_extent()
    width, height = (side * 72 / figure.dpi for side in (box.width, box.height))
    letters = min(9.0, max(4.5, min(height / rows / 1.25, width / across)))
    return Sheet(ax, language, family, letters, to_rgb(mpl.rcParams["text.color"]), background)


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


def shades() -> Colormap:
    """The colours from none to many."""
    from matplotlib.colors import LinearSegmentedColormap

    return LinearSegmentedColormap.from_list("povdata", SHADES)


def luminance(colour: Sequence[float]) -> float:
    """How bright a colour is, from 0 to 1, as WCAG defines it."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour[:3]]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def ink_on(colour: Sequence[float]) -> Rgb:
    """Black or white, whichever is read better on the colour."""
    return (0.07, 0.07, 0.07) if luminance(colour) > 0.2 else (1.0, 1.0, 1.0)


def square(ax: Axes, x: float, y: float, side: float, gid: str, **style: Any) -> None:
    """A square around a point; gid tells what it stands for."""
    from matplotlib.patches import Rectangle

    ax.add_patch(Rectangle((x - side / 2, y - side / 2), side, side, gid=gid, **style))


def limits(lefts: Sequence[tuple[float, float]], rights: Sequence[tuple[float, float]], width: float) -> tuple[float, float]:
    """Limits between which every point has so many points of room to its left or right, on an axis that is so many points wide."""
    low, high = min(x for x, _ in lefts), max(x for x, _ in rights)
    for _ in range(60):
        unit = (high - low) / width
        low, high = min(x - room * unit for x, room in lefts), max(x + room * unit for x, room in rights)
    return low, high


def disputes(*paths: str) -> set[str]:
    """The kinds of caveats that hold something against records (``"observations/KEY"``) or cells (``"observations/KEY/value"``)."""
    return {caveat.kind for caveat in catalog.caveats if caveat.kind in DISPUTES and not {*paths}.isdisjoint(caveat.records)}


def when(period: str, part: str | None, language: Language, *, year: bool = True) -> str:
    """An EDTF period in words.

    >>> when("2019", "end", "en"), when("2020-02-29", None, "zh"), when("2014/..", None, "en")
    ('end of 2019', '2020年2月29日', 'since 2014')
    """
    start, slash, end = period.partition("/")
    if slash:
        if end in {"..", ""}:
            return f"since {when(start, None, language)}" if language == "en" else f"{when(start, None, language)}起"
        if start in {"..", ""}:
            return f"up to {when(end, None, language)}" if language == "en" else f"截至{when(end, None, language)}"
        return f"{when(start, None, language)}–{when(end, None, language)}"
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
