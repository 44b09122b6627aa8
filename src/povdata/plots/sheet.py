"""What all pictures share: an Axes with its letters and colours, title, notes and credit line, dates in words, and figures of users."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from math import isinf
from numbers import Real
from typing import TYPE_CHECKING, Any

from povdata import __version__, catalog
from povdata.exceptions import InvalidArgumentError, PovdataError
from povdata.model.columns import LANGUAGES, Labels
from povdata.model.extras import Extra, pd, pl
from povdata.model.table import Table

if TYPE_CHECKING:
    from matplotlib import axes

    Axes = axes.Axes
    Figures = Mapping[str, Any] | pd.Series[Any] | pd.DataFrame | pl.DataFrame  # a frame: places and values, or values by places as index
else:  # so that the signatures resolve at run time
    Figures, Axes = Any, object

mpl: Extra = Extra("matplotlib", "plot")
plt: Extra = Extra("matplotlib", "plot", "matplotlib.pyplot")
Rgb = tuple[float, ...]
Words = tuple[str, str]  # the same in English and in Chinese
NUMBERS = (Real, Decimal)
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
    "arithmetic": ("* Does not fit other figures of the article (povdata.caveats).", "* 与报道其他数字不符（povdata.caveats）。"),
    "contradiction": ("* The article contradicts itself (povdata.caveats).", "* 报道前后矛盾（povdata.caveats）。"),
    "external": ("* Another source says otherwise (povdata.caveats).", "* 其他来源说法不同（povdata.caveats）。"),
}

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
PARTS: dict[str, Words] = {"start": ("start of ", "初"), "end": ("end of ", "底"), "morning": ("morning of ", "上午")}
LETTERS = (r"^([A-Z]{2})$", r"CN-\1")  # of ISO 3166-2, made whole
LONG = (r"(?i)( (?!mongolia)[a-z]+)? autonomous region\s*$", "")  # of an official name, left out


class Sheet:
    """The Axes given or a new one of that size in inches, its colours, and letters small enough for so many rows and letters across."""

    def __init__(self, ax: Axes | None, language: Labels, *, size: tuple[float, float], rows: float, across: float = 32) -> None:
        if language not in LANGUAGES:
            raise InvalidArgumentError(f"labels must be 'en' or 'zh', not {language!r}")
        self.language: Labels = language
        self.kinds: set[str] = set()  # of dispute
        self.ink: Rgb = mpl.colors.to_rgb(plt.rcParams["text.color"])
        self.family: str | None = None  # the user's own
        if language == "zh":
            installed = set(mpl.font_manager.fontManager.get_font_names())
            self.family = next((name for name in CJK_FONTS if name in installed), None)
            if self.family is None:
                raise InvalidArgumentError(
                    "labels='zh' needs a font with Chinese characters, and matplotlib finds none; install Noto Sans CJK SC (Debian and "
                    f"Ubuntu: apt install fonts-noto-cjk), delete the font list in {mpl.get_cachedir()} and start Python anew"
                )
        if ax is None:
            ax = plt.subplots(figsize=size, layout="constrained")[1]
        if not isinstance(ax, plt.Axes):
            raise InvalidArgumentError(f"ax must be a matplotlib Axes, not {type(ax).__name__}; of an array of Axes, give one")
        self.ax: Axes = ax
        self.figure: Any = ax.figure
        if self.figure.figure.get_layout_engine() is None:  # so that title and credit line have room
            self.figure.figure.set_layout_engine("constrained")
        self._measure()
        self.letters: float = min(9.0, max(4.5, min(self.height / rows / 1.25, self.width / across)))
        self.small: float = max(0.85 * self.letters, 4.5)
        grounds = [patch.get_facecolor() for patch in (ax.patch, self.figure.patch)]
        self.background: Rgb = next((colour[:3] for colour in grounds if colour[3] > 0), (1.0, 1.0, 1.0))
        self.muted: Rgb = self.between(0.68)
        self.dark: bool = sum(self.background) < sum(self.ink)
        self.pair: tuple[str, str] = ("#56B4E9", "#E69F00") if self.dark else (BLUE, "#D55E00")  # for colour-blind readers too

    def _measure(self) -> None:
        """Width and height of the Axes in points, once the figure has found its layout."""
        self.figure.figure.draw_without_rendering()
        self.width: float = self.ax.bbox.width * 72 / self.figure.dpi
        self.height: float = self.ax.bbox.height * 72 / self.figure.dpi

    def between(self, share: float) -> Rgb:
        """A colour between background (0) and ink (1)."""
        return tuple(share * a + (1 - share) * b for a, b in zip(self.ink, self.background, strict=True))

    def say(self, en: str, zh: str) -> str:
        """The words in the language of the sheet."""
        return en if self.language == "en" else zh

    def region(self, code: str) -> str:
        """The short name of a province."""
        return self.say(catalog.divisions[code].name_en, catalog.divisions[code].name_short_zh)

    def star(self, *paths: str) -> str:
        """An asterisk where a caveat speaks against records (``"observations/KEY"``) or cells (``"observations/KEY/value"``)."""
        kinds = {caveat.kind for caveat in catalog.caveats if caveat.kind in DISPUTES and any(path in caveat.records for path in paths)}
        self.kinds |= kinds
        return "*" * bool(kinds)

    def wrapped(self, lines: Iterable[str], size: float) -> str:
        """The lines as wide as the Axes at most; Chinese breaks between any two characters."""
        broken: list[str] = []
        for line in lines:
            broken.append("")
            for word in re.findall(r"（?(?:[!-~–\u00a0]+|[^!-~–\s])[，。、；：）]* *", line):
                if broken[-1] and ems(broken[-1] + word.rstrip()) * size > self.width:
                    broken.append("")
                broken[-1] += word
        return "\n".join(line.rstrip() for line in broken)

    def text(self, words: str, x: float, y: float, *, dx: float = 0.0, dy: float = 0.0, **style: Any) -> Any:
        """A text at a point of the data, moved by so many points, on a strip of background if it is backed; else matplotlib's style."""
        if style.pop("backed", False):
            style["bbox"] = {"facecolor": self.background, "edgecolor": "none", "pad": 0.6}
        place: dict[str, Any] = {"xycoords": "data", "xytext": (dx, dy), "textcoords": "offset points", "annotation_clip": False}
        letters = {"family": self.family, "size": self.letters, "color": self.ink, "va": "center_baseline", "parse_math": False}
        return self.ax.annotate(words, (x, y), **{**place, **letters, **style})

    def frame(self, title: str | None, *sources: str | None, notes: Iterable[str] = (), axis: bool = False) -> None:
        """A horizontal axis or none; a title above; below notes, kinds of dispute, sources and version; then the layout is found."""
        self.ax.set_yticks([])
        self.ax.spines[:].set_visible(False)
        if axis:
            self.ax.spines["bottom"].set(visible=True, color=self.muted)
            self.ax.tick_params(axis="x", colors=self.muted, length=3, pad=3, labelsize=self.small, labelfontfamily=self.family)
            self.ax.grid(axis="x", color=self.between(0.16), linewidth=0.6)
        else:
            self.ax.set_xticks([])
        size = self.letters + 1.5
        style: dict[str, Any] = {"loc": "left", "pad": 5, "parse_math": False, "family": self.family, "color": self.ink}
        self.ax.set_title(self.wrapped([title or ""], 1.12 * size), size=size, weight="bold", **style)
        disputed = [self.say(*words) for kind, words in DISPUTES.items() if kind in self.kinds]
        cited = [*filter(None, sources)]
        credit = self.say("Source: ", "来源：") * bool(cited) + self.say("; ", "；").join([*cited, f"povdata\u00a0{__version__}"])
        style = {"xycoords": "axes fraction", "va": "top", "linespacing": 1.3, "color": self.muted, "size": self.small}
        self.text(self.wrapped([*notes, *disputed, credit], self.small), 0, 0, dy=-self.small - 10 if axis else -4, **style)
        self._measure()

    def fit(self, *spots: float) -> None:
        """Horizontal limits between which the spots lie and all texts at points of the data have room."""
        scale = self.ax.xaxis.get_transform()  # on a logarithmic axis as on others, pixels are even
        edges = []  # of each text: the point it belongs to, and how many pixels from there it begins and ends
        for text in (text for text in list[Any](self.ax.texts) if text.xycoords == "data"):
            at = self.ax.transData.transform((text.xy[0], 1))[0]
            edges += [(scale.transform(text.xy[0]), edge - at) for edge in text.get_window_extent().expanded(1.06, 1).intervalx]
        for _ in range(40):  # wider limits make the same text wider in the unit of the data
            left, right = scale.transform(self.ax.get_xlim())
            reached = scale.inverted().transform([at + pixels * (right - left) / self.ax.bbox.width for at, pixels in edges])
            self.ax.set_xlim(min(*reached, *spots), max(*reached, *spots))

    def legend(self, loc: str, *, size: float | None = None, **options: Any) -> None:
        """What signs mean, in a corner of the Axes."""
        style = {"prop": {"family": self.family, "size": size or self.small}, "labelcolor": self.ink, "frameon": False, "borderaxespad": 0}
        self.ax.legend(**{"loc": loc, **style, **options})


def ems(line: str) -> float:
    """About how wide a line is, in sizes of its letters."""
    return sum(1.0 if letter > "\u2e80" else 0.58 for letter in line)


def shaded(share: float) -> tuple[Any, Rgb]:
    """The colour of a number between none (0) and many (1), and black or white, whichever is read better on it."""
    colour = mpl.colors.LinearSegmentedColormap.from_list("povdata", SHADES)(share)
    return colour, (1.0, 1.0, 1.0) if share >= 0.555 else (0.07, 0.07, 0.07)


def when(period: str, part: str | None, language: Labels, *, year: bool = True) -> str:
    """A closed EDTF period of years, months or days in words, such as "end of 2019"."""
    if "/" in period:
        return "–".join(when(end, None, language) for end in period.split("/"))
    first, month, day = [*period.split("-"), "", ""][:3]
    shown, lead, tail = first if year or not month else "", *PARTS.get(part or "", ("", ""))
    if language == "en":
        return lead + " ".join(filter(None, [day.lstrip("0"), MONTHS[int(month) - 1] if month else "", shown]))
    return "".join(f"{word.lstrip('0')}{unit}" for word, unit in zip((shown, month, day), "年月日", strict=True) if word) + tail


def by_place(argument: str, given: Any, table: Table[Any], places: str, number_format: str | None, kinds: int) -> dict[str, Any]:
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
