"""What all pictures share: an Axes with its letters and colours, title, notes and credit line, asterisks, and dates in words."""

import re
from collections.abc import Container, Sequence
from typing import TYPE_CHECKING, Any

from povdata import __version__, catalog
from povdata.exceptions import InvalidArgumentError, MissingExtraError
from povdata.model.columns import LANGUAGES, Labels

if TYPE_CHECKING:
    from matplotlib import axes, text

    Axes = axes.Axes
else:  # so that the signatures resolve at run time; matplotlib is imported when a plot is drawn
    Axes = object

Rgb = tuple[float, float, float]
Words = tuple[str, str]  # the same in English and in Chinese

BLUE = "#0072B2"
SHADES = ("#E3EEF6", "#5FA3CF", BLUE, "#00355A")  # few to many; the steps stay apart in grey print
CJK_FONTS = (  # fonts with Chinese characters, best first
    *("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "Microsoft YaHei", "PingFang SC"),
    *("Hiragino Sans GB", "Heiti SC", "STHeiti", "SimHei", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Sarasa Gothic SC"),
    *("Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", "SimSun", "Arial Unicode MS", "Noto Sans CJK JP", "Droid Sans Fallback"),
)
ARTICLE: Words = ("round-up by People's Daily Online / CPC News, end of April 2020", "人民网·中国共产党新闻网综合报道，2020年4月底")
ROSTER: Words = ("national list of poverty counties, 2016–2020", "国家级贫困县退出名单（2016–2020年）")
DISPUTES: dict[str, Words] = {  # the kinds of caveats that hold something against a figure
    "arithmetic": ("Does not fit other figures of the article", "与报道其他数字不符"),
    "contradiction": ("The article contradicts itself", "报道前后矛盾"),
    "external": ("Another source says otherwise", "其他来源说法不同"),
}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
PARTS: dict[str, Words] = {"start": ("start of ", "初"), "end": ("end of ", "底"), "morning": ("morning of ", "上午")}


class Sheet:
    """The Axes given or a new one of that size in inches, its colours, and letters small enough for so many rows and letters across."""

    def __init__(self, ax: Axes | None, language: Labels, *, size: tuple[float, float], rows: float, across: float = 32) -> None:
        if language not in LANGUAGES:
            raise InvalidArgumentError(f"labels must be 'en' or 'zh', not {language!r}")
        try:
            from matplotlib import axes as found
            from matplotlib import rcParams
        except ImportError:
            raise MissingExtraError("matplotlib", "plot") from None
        from matplotlib.colors import to_rgb, to_rgba

        self.language: Labels = language
        self.family: str | None = _cjk_family() if language == "zh" else None  # None: the user's own
        if ax is None:
            from matplotlib import pyplot as plt

            ax = plt.subplots(figsize=size, layout="constrained")[1]
        if not isinstance(ax, found.Axes):
            raise InvalidArgumentError(f"ax must be a matplotlib Axes, not {type(ax).__name__}; of an array of Axes, give one")
        self.ax = ax
        self.figure: Any = ax.figure
        if self.figure.figure.get_layout_engine() is None:  # so that title and credit line have room
            self.figure.figure.set_layout_engine("constrained")
        self.width: float
        self.height: float
        self.width, self.height = self._measured()
        self.letters: float = min(9.0, max(4.5, min(self.height / rows / 1.25, self.width / across)))
        self.small: float = max(0.85 * self.letters, 4.5)
        self.ink: Rgb = to_rgb(rcParams["text.color"])
        grounds = [to_rgba(patch.get_facecolor()) for patch in (ax.patch, self.figure.patch)]
        self.background: Rgb = next((colour[:3] for colour in grounds if colour[3] > 0), (1.0, 1.0, 1.0))
        self.muted: Rgb = self.between(0.68)
        self.dark: bool = luminance(self.background) < 0.2
        self.pair: tuple[str, str] = ("#56B4E9", "#E69F00") if self.dark else (BLUE, "#D55E00")  # for colour-blind readers too

    def between(self, share: float) -> Rgb:
        """A colour between background (0) and ink (1)."""
        red, green, blue = (share * a + (1 - share) * b for a, b in zip(self.ink, self.background, strict=True))
        return red, green, blue

    def say(self, en: str, zh: str) -> str:
        """The words in the language of the sheet."""
        return en if self.language == "en" else zh

    def region(self, code: str) -> str:
        """The short name of a province."""
        region = catalog.divisions[code]
        return self.say(region.name_en, region.name_short_zh)

    def wrapped(self, lines: Sequence[str], size: float) -> str:
        """The lines as wide as the Axes at most; Chinese breaks between any two characters."""
        broken: list[str] = []
        for line in lines:
            broken.append("")
            for word in re.findall(r"（?(?:[!-~–\u00a0]+|[^!-~–\s])[，。、；：）]* *", line):
                if broken[-1] and ems(broken[-1] + word.rstrip()) * size > self.width:
                    broken.append("")
                broken[-1] += word
        return "\n".join(line.rstrip() for line in broken)

    def text(self, words: str, x: float, y: float, *, dx: float = 0.0, dy: float = 0.0, **style: Any) -> "text.Annotation":
        """A text at a point of the data, moved by so many points, on a strip of background if it is backed; else matplotlib's style."""
        if style.pop("backed", False):
            style["bbox"] = {"facecolor": self.background, "edgecolor": "none", "pad": 0.6}
        place: dict[str, Any] = {"xycoords": "data", "xytext": (dx, dy), "textcoords": "offset points", "annotation_clip": False}
        letters = {"family": self.family, "size": self.letters, "color": self.ink, "va": "center_baseline", "parse_math": False}
        return self.ax.annotate(words, (x, y), **{**place, **letters, **style})

    def frame(self, title: str, *sources: str, notes: Sequence[str] = (), kinds: Container[str] = (), axis: bool = False) -> None:
        """A horizontal axis or none; a title above; below notes, kinds of dispute, sources and version; then the layout is found."""
        self.ax.set_yticks([])
        self.ax.spines[:].set_visible(False)
        if axis:
            self.ax.spines["bottom"].set(visible=True, color=self.muted)
            letters: dict[str, Any] = {"labelsize": self.small, "labelcolor": self.muted, "labelfontfamily": self.family}
            self.ax.tick_params(axis="x", color=self.muted, length=3, pad=3, **letters)
            self.ax.grid(axis="x", color=self.between(0.16), linewidth=0.6)
        else:
            self.ax.set_xticks([])
        style: dict[str, Any] = {"family": self.family, "size": self.letters + 1.5, "weight": "bold", "color": self.ink}
        self.ax.set_title(self.wrapped([title], 1.12 * style["size"]), loc="left", pad=5, parse_math=False, **style)
        told = [words for kind, words in DISPUTES.items() if kind in kinds]
        asterisks = [self.say(f"* {en} (povdata.caveats).", f"* {zh}（povdata.caveats）。") for en, zh in told]
        credit = self.say("Source: ", "来源：") * bool(sources) + self.say("; ", "；").join([*sources, f"povdata\u00a0{__version__}"])
        style = {"xycoords": "axes fraction", "va": "top", "linespacing": 1.3, "color": self.muted, "size": self.small}
        self.text(self.wrapped([*notes, *asterisks, credit], self.small), 0, 0, dy=-self.small - 10 if axis else -4, **style)
        self.width, self.height = self._measured()

    def _measured(self) -> tuple[float, float]:
        """Width and height of the Axes in points, once the figure has found its layout."""
        self.figure.figure.draw_without_rendering()
        width, height = self.ax.bbox.size * 72 / self.figure.dpi
        return width, height

    def fit(self, *spots: float) -> None:
        """Horizontal limits between which the spots lie and all texts at points of the data have room."""
        scale, width, needs = self.ax.xaxis.get_transform(), self.ax.bbox.width, [(spot, 0.0, 0.0) for spot in spots]
        texts: list[Any] = [*self.ax.texts]
        for words in texts:
            if words.xycoords == "data":
                box, middle = words.get_window_extent(), self.ax.transData.transform(words.xy)[0]
                needs.append((float(scale.transform(words.xy[0])), middle - box.x0, box.x1 - middle))
        low, high = min(needs)[0], max(needs)[0]
        for _ in range(60):
            unit = 1.03 * (high - low) / width
            low, high = min(x - left * unit for x, left, _ in needs), max(x + right * unit for x, _, right in needs)
        self.ax.set_xlim(*scale.inverted().transform([low, high]))

    def legend(self, loc: str, *, size: float | None = None, **options: Any) -> None:
        """What signs mean, in a corner of the Axes."""
        style = {"prop": {"family": self.family, "size": size or self.small}, "labelcolor": self.ink, "frameon": False, "borderaxespad": 0}
        self.ax.legend(**{"loc": loc, **style, **options})


def ems(line: str) -> float:
    """About how wide a line is, in sizes of its letters."""
    return sum(1.0 if letter > "\u2e80" else 0.58 for letter in line)


def _cjk_family() -> str:
    """An installed font with Chinese characters."""
    from matplotlib import get_cachedir
    from matplotlib.font_manager import fontManager

    if found := [name for name in CJK_FONTS if name in fontManager.get_font_names()]:
        return found[0]
    raise InvalidArgumentError(
        "labels='zh' needs a font with Chinese characters, and matplotlib finds none; install Noto Sans CJK SC "
        f"(Debian and Ubuntu: apt install fonts-noto-cjk), delete the font list in {get_cachedir()} and start Python anew"
    )


def shade(share: float) -> Any:
    """The colour of a number between none (0) and many (1)."""
    from matplotlib.colors import LinearSegmentedColormap

    return LinearSegmentedColormap.from_list("povdata", SHADES)(share)


def luminance(colour: Sequence[float]) -> float:
    """How bright a colour is, from 0 to 1, as WCAG defines it."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour[:3]]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def ink_on(colour: Sequence[float]) -> Rgb:
    """Black or white, whichever is read better on the colour."""
    return (0.07, 0.07, 0.07) if luminance(colour) > 0.2 else (1.0, 1.0, 1.0)


def disputes(*paths: str) -> set[str]:
    """The kinds of caveats that hold something against records (``"observations/KEY"``) or cells (``"observations/KEY/value"``)."""
    return {caveat.kind for caveat in catalog.caveats if caveat.kind in DISPUTES and any(path in caveat.records for path in paths)}


def when(period: str, part: str | None, language: Labels, *, year: bool = True) -> str:
    """A closed EDTF period of years, months or days in words.

    >>> when("2019", "end", "en"), when("2020-02-29", None, "zh"), when("2014/2019", None, "en")
    ('end of 2019', '2020年2月29日', '2014–2019')
    """
    if "/" in period:
        return "–".join(when(end, None, language) for end in period.split("/"))
    first, month, day = [*period.split("-"), "", ""][:3]
    shown, lead, tail = first if year or not month else "", *PARTS.get(part or "", ("", ""))
    if language == "en":
        return lead + " ".join(filter(None, [day.lstrip("0"), MONTHS[int(month) - 1] if month else "", shown]))
    return "".join(f"{word.lstrip('0')}{unit}" for word, unit in zip((shown, month, day), "年月日", strict=True) if word) + tail
