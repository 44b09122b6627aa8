"""Pictures: what is drawn, where, and that nothing overlaps or is cut off."""

import sys
from collections import Counter
from datetime import date
from functools import cache
from itertools import combinations
from math import radians, sin
from typing import get_type_hints

import attrs
import pandas as pd
import pytest

from povdata import __version__, catalog, plots
from povdata.exceptions import InvalidArgumentError, MissingExtraError, NotFoundError
from povdata.model.table import Table
from povdata.plots import counties, dumbbells, sheet, tiles
from povdata.records import Observation

mpl = pytest.importorskip("matplotlib", reason="needs matplotlib: pip install 'povdata[plot]'")
mpl.use("Agg")

from matplotlib import pyplot as plt  # noqa: E402  # after the backend is chosen
from matplotlib.colors import to_hex, to_rgb  # noqa: E402
from matplotlib.dates import date2num  # noqa: E402
from matplotlib.font_manager import fontManager  # noqa: E402

PICTURES = {
    "timeline": plots.delisting_timeline,
    "two rates": lambda **options: plots.before_after(("poverty_rate", "composite_poverty_rate"), **options),
    "incomes": lambda **options: plots.before_after(("rural_income_per_person", "annual_income_per_poor_person"), **options),
    "tiles": plots.tile_map,
    "roster": plots.roster_exits,
    "announced": lambda **options: plots.county_map("announced", **options),
}
HAS_CHINESE = bool(set(sheet.CJK_FONTS) & set(fontManager.get_font_names()))
needs_chinese = pytest.mark.skipif(not HAS_CHINESE, reason="needs a font with Chinese characters: apt install fonts-noto-cjk")


def in_chinese(*more):
    return pytest.param("zh", *more, marks=needs_chinese)


FUNCTIONS = [plots.delisting_timeline, plots.before_after, plots.tile_map, plots.roster_exits, plots.county_map]
every_function = pytest.mark.parametrize("draw", FUNCTIONS)
every_picture = pytest.mark.parametrize("draw", PICTURES.values(), ids=PICTURES)
every_language = pytest.mark.parametrize("language", ["en", in_chinese()])


@pytest.fixture(autouse=True)
def _quiet(monkeypatch):
    """Nothing is shown, and every figure is closed, those of another file's tests too."""
    plt.close("all")
    monkeypatch.setattr(plt, "show", lambda *_, **__: pytest.fail("plt.show was called"))
    yield
    plt.close("all")


@cache
def once(draw, *what):
    """The picture as it is drawn by default, for tests that only look at it."""
    return draw(*what)


def texts(ax):
    """What is written inside and below the Axes."""
    return [text.get_text() for text in ax.texts if text.get_text()]


def legend_of(ax):
    """What the legend says."""
    return [text.get_text() for text in ax.get_legend().get_texts()]


def luminance(colour):
    """How bright a colour is, from 0 to 1, as WCAG defines it."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour[:3]]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def text_at(ax, words):
    """Where a text is anchored in the data."""
    found = [text for text in ax.texts if text.get_text() == words]
    assert len(found) == 1, f"{words!r} is written {len(found)} times"
    return found[0].xy


def drawn(ax, gid):
    """The artists that stand for a record."""
    return [artist for artist in ax.get_children() if artist.get_gid() == gid]


def dot(ax, gid):
    """Position, area and fill of a dot."""
    (found,) = [artist for artist in drawn(ax, gid) if hasattr(artist, "get_offsets")]
    ((x, y),) = found.get_offsets().tolist()
    return x, y, found.get_sizes()[0], to_hex(found.get_facecolor()[0]).upper()


# All of them. -----------------------------------------------------------------------------------------------------------------


def test_signatures_resolve():
    """At run time too, without matplotlib or a library of frames."""
    assert all("return" in get_type_hints(draw) for draw in FUNCTIONS)


def test_completion_shows_the_plots_alone():
    """What `plots.` completes to are the pictures."""
    names = ["before_after", "county_map", "delisting_timeline", "roster_exits", "tile_map"]
    assert dir(plots) == plots.__all__ == names == sorted(draw.__name__ for draw in FUNCTIONS)


@every_function
def test_a_picture_goes_into_the_axes_given(draw):
    """The Axes given is the one returned, no other figure is opened, and no setting of matplotlib changes."""
    before = dict(mpl.rcParams)
    figure, ax = plt.subplots()
    assert draw(ax=ax) is ax
    assert plt.get_fignums() == [figure.number]
    assert dict(mpl.rcParams) == before


@every_function
def test_a_picture_opens_a_figure_of_its_own(draw, tmp_path):
    """Without an Axes each call opens one new figure, which is saved as vectors without a warning."""
    figure = draw().figure
    assert plt.get_fignums() == [figure.number]
    assert figure is not once(draw).figure
    figure.savefig(tmp_path / "picture.pdf")
    assert (tmp_path / "picture.pdf").stat().st_size > 4000


@every_picture
@pytest.mark.parametrize(
    ("language", "size"),
    [("en", None), ("en", (4, 3)), ("en", (12, 4)), in_chinese((3.6, 5))],
    ids=str,
)
def test_nothing_overlaps_and_nothing_is_cut_off(draw, language, size):
    """No text overlaps another or leaves the figure, at the default size, on a small and a wide Axes, and on a phone."""
    ax = draw(labels=language) if size is None else draw(labels=language, ax=plt.subplots(figsize=size)[1])
    figure = ax.figure
    figure.draw_without_rendering()
    written = [text for text in ax.findobj(mpl.text.Text) if text.get_visible() and text.get_text()]
    boxes = {f"{number}: {text.get_text()}": mpl.text.Text.get_window_extent(text) for number, text in enumerate(written)}
    for name, box in boxes.items():
        assert box.x0 >= -1, f"{name} leaves the figure at the left"
        assert box.y0 >= -1, f"{name} leaves the figure at the bottom"
        assert box.x1 <= figure.bbox.width + 1, f"{name} leaves the figure at the right"
        assert box.y1 <= figure.bbox.height + 1, f"{name} leaves the figure at the top"
    slack = figure.dpi / 72 * 1.5
    for (name, box), (other, another) in combinations(boxes.items(), 2):
        across = min(box.x1, another.x1) - max(box.x0, another.x0)
        along = min(box.y1, another.y1) - max(box.y0, another.y0)
        assert across <= slack or along <= slack, f"{name} overlaps {other}"


@every_function
def test_a_picture_names_its_source(draw):
    """The article or the list stands below with the version, and GeoNames with its licence where its points are shown."""
    credit = [text for text in texts(once(draw)) if f"povdata\u00a0{__version__}" in text]
    assert len(credit) == 1
    said = credit[0].replace("\n", " ")
    if draw in {plots.roster_exits, plots.county_map}:
        assert "Source: national list of poverty counties, 2016–2020; " in said
    else:
        assert "Source: round-up by People's Daily Online / CPC News, end of April 2020; " in said
    assert ("; points: Wikidata, GeoNames (CC BY 4.0); " in said) == (draw is plots.county_map)


@every_function
def test_a_picture_fits_its_surroundings(draw):
    """Letters take the user's colour, and open dots the background."""
    with plt.style.context("dark_background"):
        ax = draw()
        assert to_hex(ax.title.get_color()) == to_hex(ax._left_title.get_color()) == "#ffffff"
        assert all(artist.get_facecolor().tolist()[0][:3] != [1, 1, 1] for artist in ax.collections if len(artist.get_facecolor()))
        letters = {
            to_hex(text.get_color()) for text in ax.texts if text.get_text() and not ax.patches
        }  # those on tiles stand on their colour
    assert all(luminance(to_rgb(colour)) > 0.25 for colour in letters)


@every_function
def test_an_unknown_language_is_refused(draw):
    """The message says which languages there are, and no figure is opened."""
    with pytest.raises(InvalidArgumentError, match="labels must be 'en' or 'zh', not 'de'"):
        draw(labels="de")
    assert plt.get_fignums() == []


@every_function
def test_without_matplotlib_the_extra_is_named(draw, monkeypatch):
    """The message says what to install."""
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(MissingExtraError, match="pip install matplotlib, which povdata's extra 'plot' brings"):
        draw()


@every_function
def test_without_a_chinese_font_the_message_names_one(draw, monkeypatch):
    """Boxes in place of characters are never drawn."""
    monkeypatch.setattr(sheet, "CJK_FONTS", ("No Such Font",))
    with pytest.raises(InvalidArgumentError, match=r"install Noto Sans CJK SC .*apt install fonts-noto-cjk"):
        draw(labels="zh")
    assert plt.get_fignums() == []


# The timeline. ----------------------------------------------------------------------------------------------------------------


def test_the_timeline_runs_from_tibet_to_anhui():
    """One row for each province in order of time, with number and day."""
    ax = once(plots.delisting_timeline)
    rows = {text.get_text(): text.xy[1] for text in ax.texts if text.get_text() in {province.name_en for province in catalog.provinces}}
    assert sorted(rows, key=rows.get) == [
        *("Tibet", "Chongqing", "Heilongjiang", "Shaanxi", "Shanxi", "Henan", "Hunan", "Hebei", "Hainan"),
        *("Jilin", "Inner Mongolia", "Hubei", "Qinghai", "Jiangxi", "Anhui"),
    ]
    assert sorted(rows.values()) == list(range(15))
    assert {"4 counties on 22 Feb", "29 counties on 27 Feb", "9 counties on 29 Apr"} <= set(texts(ax))
    assert ax.get_title(loc="left") == "When the last counties of 15 provinces left the poverty list"


def test_disputed_numbers_and_dates_have_an_asterisk():
    """Five numbers and three dates are contradicted by another source, and a note says so."""
    starred = [text for text in texts(once(plots.delisting_timeline)) if "*" in text and "counties" in text and "Another" not in text]
    assert starred == [
        *("19 counties on 23 Dec*", "17* counties on 27 Feb", "20 counties at the end of Feb*", "9* counties on 11 Apr"),
        *("20 counties on 19 Apr*", "17* counties on 21 Apr", "17* counties on 21 Apr", "7* counties on 26 Apr"),
    ]
    assert any("* Another source says otherwise" in text.replace("\n", " ") for text in texts(once(plots.delisting_timeline)))


def test_a_dot_stands_on_its_day():
    """Tibet is at 23 December 2019 and Anhui at 29 April 2020, both inside the Axes."""
    ax = once(plots.delisting_timeline)
    assert dot(ax, "540000")[:2] == (date2num(date(2019, 12, 23)), 0)
    assert dot(ax, "340000")[:2] == (date2num(date(2020, 4, 29)), 14)
    low, high = ax.get_xlim()
    assert low < date2num(date(2019, 12, 23)) < date2num(date(2020, 4, 29)) < high


def test_the_area_of_a_dot_is_the_number_of_counties():
    """Shaanxi's 29 counties have 29/3 times the area of Hainan's 3."""
    ax = once(plots.delisting_timeline)
    assert dot(ax, "610000")[2] / dot(ax, "460000")[2] == pytest.approx(29 / 3)
    for province in catalog.provinces:
        assert dot(ax, province.key)[2] / dot(ax, "460000")[2] == pytest.approx(province.last_batch_counties / 3)


def test_a_month_is_drawn_as_a_range():
    """Hunan's end of February is a line from the 21st to the 29th and an open dot; every other dot is filled and has no line."""
    ax = once(plots.delisting_timeline)
    (line,) = drawn(ax, "430000/range")
    assert list(line.get_xdata()) == [date2num(date(2020, 2, 21)), date2num(date(2020, 2, 29))]
    assert {province.key: dot(ax, province.key)[3] for province in catalog.provinces} == {
        province.key: "#FFFFFF" if province.key == "430000" else sheet.BLUE for province in catalog.provinces
    }
    assert [artist.get_gid() for artist in ax.lines] == ["430000/range"]


def test_months_are_named_with_their_years():
    """Ticks stand where months begin, with the year at January."""
    ax = once(plots.delisting_timeline)
    assert [label.get_text() for label in ax.get_xticklabels()] == ["Jan 2020", "Feb", "Mar", "Apr", "May", "Jun"]
    assert list(ax.get_xticks()) == [date2num(date(2020, month, 1)) for month in (1, 2, 3, 4, 5, 6)]


@needs_chinese
def test_the_timeline_in_chinese():
    """Names, dates and source are Chinese, in a font that has the characters."""
    ax = plots.delisting_timeline(labels="zh")
    assert {"西藏", "内蒙古", "19县，12月23日*", "20县，2月底*", "17*县，4月21日", "9县，4月29日"} <= set(texts(ax))
    assert any("\n来源：人民网·中国共产党新闻网综合报道，2020年4月底" in text for text in texts(ax))
    assert ax.texts[0].get_fontfamily()[0] in sheet.CJK_FONTS


# Before and after. ------------------------------------------------------------------------------------------------------------


def test_poverty_rates_fall_on_a_logarithmic_scale():
    """Six places, highest start first; both figures and both years as the article gives them."""
    ax = once(plots.before_after)
    assert ax.get_xscale() == "log"
    places = ["Fuping County", "Wuzhishan City", "Baisha Li Autonomous County", "Lingao County", "Horqin Left Middle Banner", "Henan"]
    assert [text_at(ax, place)[1] for place in places] == [0, 1, 2, 3, 4, 5]
    assert text_at(ax, "54.4%") == (54.4, 0)
    assert text_at(ax, "0.46%") == (0.46, 0)
    assert text_at(ax, "0.0003%*") == (0.0003, 3)
    assert dot(ax, "lingao-poverty-rate-2019")[:2] == (0.0003, 3)
    assert dot(ax, "lingao-poverty-rate-2019")[3] == sheet.BLUE
    assert dot(ax, "lingao-poverty-rate-before")[3] == "#FFFFFF"
    assert text_at(ax, "end of 2013") == (8.79, 5)
    assert texts(ax).count("2014") == 3
    assert [label.get_text() for label in ax.get_xticklabels()] == ["0.0001%", "0.001%", "0.01%", "0.1%", "1%", "10%", "100%"]
    assert "percent, log scale" in texts(ax)


def test_figures_that_do_not_fit_have_an_asterisk():
    """Lingao's two rates imply different populations, and a note says so; where nothing is disputed there is none."""
    assert {text.split("\n")[0] for text in texts(once(plots.before_after)) if "*" in text} == {
        *("0.0003%*", "14.27%*", "* Does not fit other figures of the article (povdata.caveats)."),
    }
    assert not [text for text in texts(once(plots.before_after, "crop_area")) if "*" in text]


def test_a_missing_year_is_said():
    """Three figures of the poverty rate have no year: Lingao's start and both of Horqin Left Middle Banner."""
    ax = once(plots.before_after)
    undated = [text.xy for text in ax.texts if text.get_text() == "year not stated"]
    assert undated == [(14.27, 3), (9.75, 4), (0.17, 4)]


def test_incomes_rise_on_a_scale_from_zero():
    """Two indicators of one unit share a picture; the second is named beside its place."""
    ax = plots.before_after(("rural_income_per_person", "annual_income_per_poor_person"))
    assert ax.get_xscale() == "linear"
    assert ax.get_xticks()[0] == 0
    assert text_at(ax, "3,262") == (3262, 0)
    assert text_at(ax, "9,800") == (9800, 0)
    assert text_at(ax, "8,511*") == (8511, 1)
    assert ax.get_title(loc="left").replace("\n", " ") == (
        "Rural income per person and yearly income per person of poor households: before and after"
    )
    assert "Jilin; yearly income per person of poor households" in texts(ax)


def test_ends_of_different_indicators_are_told_apart():
    """Lushan's start counts households ever registered, not households that are poor, and the picture says so."""
    ax = plots.before_after("poor_households")
    assert text_at(ax, "40,804*") == (40804, 0)
    assert text_at(ax, "2014–2019") == (40804, 0)
    assert "Henan; before: households ever registered as poor" in texts(ax)
    assert "Henan; after: poor households" in texts(plots.before_after("registered_poor_households_cumulative"))


def test_the_scale_can_be_chosen():
    """log=False puts rates on a scale from zero, log=True incomes on a logarithmic one."""
    assert plots.before_after(log=False).get_xscale() == "linear"
    ax = plots.before_after("rural_income_per_person", log=True)
    assert ax.get_xscale() == "log"
    assert "yuan, log scale" in texts(ax)


def test_bounds_have_an_arrow(monkeypatch):
    """An arrow points from a bound to where the value lies: up from more than, down from less than, none from about."""
    relations = {
        "fuping-poverty-rate-2014": "more_than",
        "fuping-poverty-rate-2019": "less_than",
        "wuzhishan-poverty-rate-2019": "at_least",
        "henan-poverty-rate-2019": "about",
    }
    changed = [attrs.evolve(item, relation=relations.get(item.key, item.relation)) for item in catalog.observations]
    monkeypatch.setattr(catalog, "observations", Table("observations", Observation, changed))
    ax = plots.before_after()
    assert {"> 54.4%", "< 0.46%", "≥ 0.09%", "about 0.41%", "36.99%"} <= set(texts(ax))
    arrows = {artist.get_gid(): artist.xyann[0] > 0 for artist in ax.texts if artist.get_gid()}
    assert arrows == {
        "fuping-poverty-rate-2014/bound": True,
        "fuping-poverty-rate-2019/bound": False,
        "wuzhishan-poverty-rate-2019/bound": True,
    }


def test_indicators_without_changes_are_refused():
    """The message names the indicators that have a before and an after."""
    with pytest.raises(InvalidArgumentError, match=r"no change of forest_cover is told; .*poor_households.*poverty_rate"):
        plots.before_after("forest_cover")
    with pytest.raises(InvalidArgumentError, match="no change of nothing is told"):
        plots.before_after(())
    with pytest.raises(NotFoundError, match="no key of indicators 'poverty_rat'; nearest: poverty_rate"):
        plots.before_after("poverty_rat")


def test_units_are_not_mixed():
    """The message names each indicator with its unit."""
    with pytest.raises(InvalidArgumentError, match=r"need the same unit: crop_area \(mu\), poverty_rate \(percent\)"):
        plots.before_after(("poverty_rate", "crop_area"))


def test_zero_has_no_place_on_a_logarithmic_scale(monkeypatch):
    """Where a value is zero the scale starts there, and a logarithmic one is refused."""
    changed = [
        attrs.evolve(item, value=0 * item.value) if item.key == "fuping-poverty-rate-2019" else item for item in catalog.observations
    ]
    monkeypatch.setattr(catalog, "observations", Table("observations", Observation, changed))
    assert plots.before_after().get_xscale() == "linear"
    with pytest.raises(InvalidArgumentError, match="log=True needs values above zero"):
        plots.before_after(log=True)


def test_every_change_can_be_drawn():
    """Each indicator with a before and an after has a picture, and each unit a name."""
    keys = {item.indicator for item in catalog.observations if item.change is not None}
    assert {catalog.indicators[key].unit for key in keys} == set(dumbbells.UNITS)
    for key in keys:
        plots.before_after(key)
        plt.close("all")


@pytest.mark.parametrize(
    ("period", "part", "en", "zh"),
    [
        ("2014", None, "2014", "2014年"),
        ("2019", "end", "end of 2019", "2019年底"),
        ("2020-02", "start", "start of Feb 2020", "2020年2月初"),
        ("2020-02-29", None, "29 Feb 2020", "2020年2月29日"),
        ("2015/2018", None, "2015–2018", "2015年–2018年"),
    ],
)
def test_periods_in_words(period, part, en, zh):
    """Every form of date that is drawn has words."""
    assert sheet.when(period, part, "en") == en
    assert sheet.when(period, part, "zh") == zh


# The tile map. ----------------------------------------------------------------------------------------------------------------


def test_the_map_has_31_tiles():
    """Each region has one tile of its own; the 15 of the article are filled, the others only outlined."""
    ax = once(plots.tile_map)
    found = {patch.get_gid(): patch for patch in ax.patches if patch.get_gid() and "/" not in patch.get_gid()}
    assert set(found) == {division.key for division in catalog.divisions.where(level="province")}
    assert len({patch.get_xy() for patch in found.values()}) == len(found) == 31
    filled = {code for code, patch in found.items() if patch.get_facecolor()[3] == 1}
    assert filled == set(catalog.provinces.by_key)


def test_numbers_stand_on_their_tiles():
    """Tibet's 74 and Hainan's 5 are where Tibet and Hainan are, and more is darker."""
    ax = once(plots.tile_map)
    assert text_at(ax, "Tibet")[0] == text_at(ax, "74")[0] == 0
    assert text_at(ax, "Hainan")[0] == text_at(ax, "5")[0] == 3
    light = {patch.get_gid(): sum(patch.get_facecolor()[:3]) for patch in ax.patches}
    assert light["540000"] < light["130000"] < light["420000"] < light["460000"]
    assert sum(text.rstrip("*").isdigit() for text in texts(ax)) == 14


def test_two_tiers_have_an_asterisk():
    """Hebei's 62 are of two tiers and Tibet's 74 of one; Qinghai's last 17 differ from the national list."""
    ax = once(plots.tile_map)
    numbers = {text for text in texts(ax) if text[0].isdigit()}
    assert numbers == {*("62*", "58*", "15*", "28*", "31*", "25*", "53*", "37*", "51*", "18*"), *("5", "74", "56", "42")}
    assert legend_of(ax)[-1] == "* national and provincial tier"
    last = once(plots.tile_map, "last_batch_counties")
    assert sorted(text for text in texts(last) if text[0].isdigit() and not text.isdigit()) == ["17*", "17*", "17†", "7*", "9*"]
    assert legend_of(last)[-2:] == ["* national and provincial tier", "† national list: another number"]


def test_a_missing_number_is_hatched():
    """The article gives no total for Inner Mongolia, whose tile is hatched and says n/a."""
    ax = once(plots.tile_map)
    assert [patch.get_gid() for patch in ax.patches if patch.get_hatch()] == ["150000"]
    assert text_at(ax, "n/a")[0] == text_at(ax, "Inner\nMongolia")[0] == 4
    assert legend_of(ax)[:3] == ["counties, darker for more", "no total in the article", "not among the 15 provinces"]
    assert [bool(patch.get_hatch()) for patch in ax.get_legend().get_patches()] == [False, True, False, False]


def test_the_map_of_last_batches_is_complete():
    """Fifteen numbers, none missing."""
    ax = once(plots.tile_map, "last_batch_counties")
    assert text_at(ax, "29")[0] == text_at(ax, "Shaanxi")[0]
    assert sum(text.rstrip("*†").isdigit() for text in texts(ax)) == 15
    assert not [patch for patch in ax.patches if patch.get_hatch()]
    assert "no total in the article" not in legend_of(ax)


def test_small_tiles_carry_codes():
    """English names that would not fit give way to the letters of ISO 3166-2."""
    ax = plots.tile_map(ax=plt.subplots(figsize=(3, 2.5))[1])
    assert set(tiles.TILES) <= set(texts(ax))
    assert "Tibet" not in texts(ax)


def test_every_region_has_a_tile():
    """The grid has the letters of ISO 3166-2 of the 31 regions."""
    assert {f"CN-{letters}" for letters in tiles.TILES} == {division.iso_3166_2 for division in catalog.divisions.where(level="province")}


@pytest.mark.parametrize(
    "pair",
    [
        *("Xinjiang–Tibet", "Xinjiang–Gansu", "Tibet–Qinghai", "Qinghai–Sichuan", "Shaanxi–Henan", "Shaanxi–Chongqing", "Sichuan–Yunnan"),
        *("Chongqing–Guizhou", "Hunan–Jiangxi", "Hebei–Beijing", "Jilin–Liaoning", "Heilongjiang–Jilin", "Guangdong–Hainan"),
        *("Hebei–Inner Mongolia", "Jiangsu–Shanghai", "Anhui–Jiangxi", "Henan–Hubei", "Guangxi–Guangdong", "Jiangxi–Fujian"),
    ],
)
def test_neighbours_are_neighbours(pair):
    """Regions with a common border, or strait, touch on the grid."""
    one, other = (catalog.divisions.where(level="province").lookup(name).iso_3166_2 for name in pair.split("–"))
    (column, row), (other_column, other_row) = (tiles.TILES[code.removeprefix("CN-")] for code in (one, other))
    assert abs(column - other_column) + abs(row - other_row) == 1


def test_the_values_of_a_map_are_the_derived_numbers():
    """Every derived number of provinces has a map, and another column is refused by name."""
    columns = catalog.provinces.schema.values()
    assert set(tiles.TITLES) == {column.name for column in columns if column.origin == "derived" and column.type.dtype == "Int64"}
    with pytest.raises(
        InvalidArgumentError, match="values must be 'poverty_counties', 'last_batch_counties', or your own by province, not 'first_line'"
    ):
        plots.tile_map("first_line")


OWN = {"130000": 1, "CN-SX": 2, "NM": 3, "Liaoning": 4, "吉林": 5, "黑龙江省": 6, "Guangxi Zhuang Autonomous Region": 7, "XJ": None}
MARKED = {"130000": "1", "140000": "2", "150000": "3", "210000": "4", "220000": "5", "230000": "6", "450000": "7"}


@pytest.mark.parametrize(
    "form",
    [
        dict,
        pd.Series,
        lambda own: pd.Series(own).to_frame("n"),
        lambda own: pd.DataFrame({"where": own.keys(), "n": own.values()}),
        lambda own: pytest.importorskip("polars").DataFrame({"where": [*own], "n": [*own.values()]}),
    ],
    ids=["mapping", "Series", "index and column", "pandas", "polars"],
)
def test_the_tiles_take_figures_of_ones_own(form):
    """Whatever holds them and however the provinces are written, each number stands on its tile; what is missing is empty."""
    ax = plots.tile_map(form(OWN), title="Mine", source="my survey", number_format=".0f")
    filled = {patch.get_gid() for patch in ax.patches if patch.get_gid() in catalog.divisions and patch.get_facecolor()[3] == 1}
    assert filled == set(MARKED)
    for code, number in MARKED.items():
        assert text_at(ax, number)[0] == tiles.TILES[catalog.divisions[code].iso_3166_2.removeprefix("CN-")][0]
    assert ax.get_title(loc="left") == "Mine"
    assert f"Source: my survey; povdata\u00a0{__version__}" in texts(ax)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (
            {"Hebei": 1, "Atlantis": 2, "CN-ZZ": 3},
            r"values has unknown or ambiguous places: 'Atlantis', 'CN-ZZ': no name in divisions 'Atlantis'; give codes \(130000\)",
        ),
        ({130000: 1}, "unknown or ambiguous places: 130000: lookup takes a text, not int: 130000; write codes as text; give codes"),
        ({"Hebei": 1, "河北": 2}, "same place twice: 'Hebei' and '河北' are both 130000; give one"),
        ({"Hebei": "many"}, "values must be numbers, not Hebei: 'many'"),
        ({"Hebei": float("inf")}, "infinite values; leave them out or give None"),
        ({"Hebei": float("nan")}, "values has no values; give one for at least one place"),
        ([1, 2], "values must be a mapping, a pandas Series or a frame of two columns, by codes .*; not list"),
        (
            pd.DataFrame({"a": ["Hebei"], "b": [1], "c": [2]}),
            r"a frame of 3 columns; keep two: values\[\[PLACE, VALUE\]\]",
        ),
    ],
)
def test_figures_that_fit_no_tile_are_refused(values, message):
    """One error names what was given and what would do, and no figure is opened."""
    with pytest.raises(InvalidArgumentError, match=message):
        plots.tile_map(values)
    assert plt.get_fignums() == []


def test_a_format_that_is_none_is_refused():
    """Before anything is drawn."""
    for draw, place in ((plots.tile_map, "Hebei"), (plots.county_map, "130624")):
        with pytest.raises(InvalidArgumentError, match=r"number_format must be a format of numbers such as '.0%' or ',.1f', not 'kg'"):
            draw({place: 1}, number_format="kg")
    assert plt.get_fignums() == []


@every_language
@pytest.mark.parametrize("grid", [(1, 1), (4, 5)], ids=str)
@pytest.mark.parametrize("scale", [1, 123456.7], ids=str)
def test_labels_stay_inside_their_tiles(language, grid, scale):
    """Name and number of each region lie inside its tile, also in a grid of small Axes."""
    figure = plt.figure(figsize=(9, 7))
    ax = figure.add_subplot(*grid, grid[0] * grid[1])
    plots.tile_map({code: scale * (n + 1) for n, code in enumerate(tiles.TILES)}, title="A title", labels=language, ax=ax)
    figure.draw_without_rendering()
    boxes = {patch.get_gid(): patch.get_window_extent() for patch in ax.patches if patch.get_gid() in catalog.divisions}
    labels = [text for text in ax.texts if text.xycoords == "data" and text.get_ha() == "center"]
    assert len(labels) == 62
    inside = 0
    for label in labels:
        box = mpl.text.Text.get_window_extent(label)
        home = [tile for tile in boxes.values() if tile.x0 <= box.x0 and tile.y0 <= box.y0 and tile.x1 >= box.x1 and tile.y1 >= box.y1]
        inside += len(home)
    assert inside == len(labels)


def test_numbers_are_whole_or_have_three_digits():
    """Unless a format is given."""
    assert (sheet.written(1234.5, None), sheet.written(0.12345, None), sheet.written(0.5, ".0%")) == ("1,234", "0.123", "50%")


@pytest.mark.parametrize(
    "region", ["Inner Mongolia", "Guangxi Zhuang", "Tibet", "Xizang", "Ningxia Hui", "Xinjiang Uygur", "Xinjiang Uyghur"]
)
def test_official_names_of_autonomous_regions_are_understood(region):
    """In English, whatever the people is called in them."""
    assert "7" in texts(plots.tile_map({f"{region} Autonomous Region": 7}))


# The county map. --------------------------------------------------------------------------------------------------------------


def dots(ax):
    """How many dots there are of each kind or number."""
    kinds = {layer.get_gid(): len(layer.get_offsets()) for layer in ax.collections if layer.get_array() is None}
    return kinds | {value: count for layer in ax.collections if layer.get_array() is not None for value, count in tally(layer).items()}


def tally(layer):
    """How many dots have each number; the same number has the same colour, and more is no lighter."""
    layer.update_scalarmappable()
    seen = {}
    for value, colour in zip(layer.get_array().tolist(), layer.get_facecolor().tolist(), strict=True):
        assert seen.setdefault(value, colour) == colour
    brightness = [luminance(seen[value]) for value in sorted(seen)]
    assert brightness == sorted(brightness, reverse=True)
    return Counter(layer.get_array().tolist())


def test_812_of_832_counties_have_a_dot():
    """By exit year 28 of 28, 114 of 125, 279 of 283, 339 of 344 and 52 of 52; the others are counted below."""
    ax = once(plots.county_map)
    assert dots(ax) == {2016: 28, 2017: 114, 2018: 279, 2019: 339, 2020: 52}
    assert legend_of(ax) == ["2016", "2017", "2018", "2019", "2020"]
    legend = [handle.get_markerfacecolor() for handle in ax.get_legend().legend_handles]
    assert [to_hex(colour) for colour in legend] == [to_hex(ax.collections[0].to_rgba(year)) for year in range(2016, 2021)]
    assert sum(dots(ax).values()) == 812
    assert any("20 of the 832 counties have no known point." in text for text in texts(ax))


def test_the_year_of_announcement_is_certain_or_said_to_be_open():
    """A date that is known within a year has that year; other bounds and unknown dates are kinds of their own."""
    ax = once(plots.county_map, "announced")
    assert dots(ax) == {"no value": 77, 2017: 25, 2018: 84, 2019: 201, 2020: 359, "only bounds known": 66}
    assert legend_of(ax) == ["no value", "2017", "2018", "2019", "2020", "only bounds known"]


def test_no_point_of_the_provincial_tier_is_known():
    """By tier all dots are of the national list, and the note tells the tiers apart."""
    ax = once(plots.county_map, "tier")
    assert dots(ax) == {"national list": 812}
    note = next(text for text in texts(ax) if "no known point" in text).replace("\n", " ")
    assert "136 of the 948 counties have no known point (20 national list, 115 provincial tier, 1 district counted by itself)" in note


def test_the_projection_keeps_areas():
    """A cell of one degree has the area that it has on a sphere, in the far north as in the far south."""
    point = counties._projected
    for south, west in ((18, 109), (47, 87), (36, 105)):
        corners = [point(south + up, west + right) for up, right in ((0, 0), (0, 1), (1, 1), (1, 0))]
        area = abs(sum(a * d - c * b for (a, b), (c, d) in zip(corners, corners[1:] + corners[:1], strict=True))) / 2
        assert area == pytest.approx(radians(1) * (sin(radians(south + 1)) - sin(radians(south))), rel=2e-3)
    (x, y), (east, north) = point(36, 105), point(37, 106)
    assert (x, east > x, north > y) == (0, True, True)


def test_provinces_are_named_among_their_dots():
    """Each of the 22 provinces of the national list has its name, nearer to its own dots than to the map's edge."""
    ax = once(plots.county_map)
    assert len({catalog.divisions[county.province].name_en for county in catalog.poverty_counties} & set(texts(ax))) == 22
    for name, key in (("Tibet", "540121"), ("Hainan", "469030"), ("Anhui", "340826"), ("Heilongjiang", "230127")):
        assert name in texts(ax), key


def test_the_map_takes_values_of_ones_own():
    """Codes of other years are understood; the rest of the national list is drawn as rings without a value."""
    ax = plots.county_map({"130624": 0.5, "361121": 0.7, "542326": None}, number_format=".0%", title="Mine", source="my survey")
    assert dots(ax) == {"no value": 810, 0.5: 1, 0.7: 1}
    assert legend_of(ax) == ["no value", "50%", "70%"]
    assert any("Source: my survey; points: Wikidata" in text for text in texts(ax))
    many = {county.key: n for n, county in enumerate(catalog.poverty_counties)}
    assert legend_of(plots.county_map(many)) == ["0", "250", "500", "750"]


def test_kinds_have_shapes():
    """Up to five kinds differ by shape as well as by colour."""
    ax = plots.county_map(pd.DataFrame({"code": ["130624", "410423", "340826"], "soil": ["clay", "loam", "clay"]}))
    assert dots(ax) == {"no value": 809, "clay": 2, "loam": 1}
    clay, loam = ax.collections[1:]
    assert clay.get_paths()[0].vertices.shape != loam.get_paths()[0].vertices.shape


@pytest.mark.parametrize(
    ("by", "message"),
    [
        ("province", "by must be 'exit_year', 'announced', 'tier', or your own values by county, not 'province'"),
        (
            {"130624": 1, "110101": 2, 410423: 3},
            "by has unknown or ambiguous places: '110101', 410423: .*; give names or codes of six digits, as text, of counties in",
        ),
        ({"Weinig": 1}, r"places: 'Weinig': .*; nearest: 520526 \(Weining"),
        ({"Fuping": 1}, r"places: 'Fuping': 'Fuping' fits 2 poverty_counties, use a key: 130624 \(Fuping County, Hebei\), 610528"),
        ({"361104": 1, "361121": 2}, "same place twice: '361104' and '361121' are both 361104"),
        ({code: f"kind {code}" for code in ("130624", "410423", "540121", "340826", "230127", "469030")}, "6 kinds, more than the 5"),
        ({"130624": 1, "410423": "many"}, "by mixes numbers and kinds, such as 1 and 'many'"),
        (None, "by must be a mapping, a pandas Series or a frame of two columns"),
    ],
)
def test_values_that_fit_no_county_are_refused(by, message):
    """One error names what was given and what would do, and no figure is opened."""
    with pytest.raises(InvalidArgumentError, match=message):
        plots.county_map(by)
    assert plt.get_fignums() == []


# The roster. ------------------------------------------------------------------------------------------------------------------


def test_the_roster_adds_up_to_832():
    """Years, their sums and the total stand literally."""
    ax = once(plots.roster_exits)
    assert ax.get_title(loc="left") == "832 national poverty counties by year of exit"
    assert [text_at(ax, str(year))[0] for year in (2016, 2017, 2018, 2019, 2020)] == [0, 1, 2, 3, 4]
    foot = text_at(ax, "All")[1]
    sums = [text.get_text() for text in sorted(ax.texts, key=lambda text: text.xy[0]) if text.xy[1] == foot]
    assert sums == ["All", "28", "125", "283", "344", "52", "832"]


def test_a_cell_is_a_province_and_a_year():
    """Yunnan leads with 88, 33 of them in 2018; Tibet's last 19 left in 2019; nobody of the 15 left in 2020."""
    ax = once(plots.roster_exits)
    rows = {
        text.get_text(): text.xy[1]
        for text in ax.texts
        if text.get_text() in {division.name_en for division in catalog.divisions.where(level="province")}
    }
    assert len(rows) == 22
    assert sorted(rows, key=rows.get)[:3] == ["Yunnan", "Tibet", "Sichuan"]
    cells = {(text.xy[1], text.xy[0]): text.get_text() for text in ax.texts if text.xycoords == "data"}
    assert [cells.get((rows["Yunnan"], column)) for column in range(5)] == [None, "15", "33", "31", "9"]
    assert [cells.get((rows["Tibet"], column)) for column in range(5)] == ["5", "25", "25", "19", None]
    assert cells[rows["Qinghai"], 3] == "20*"  # three of them left in 2017, says another source
    assert [text for text in texts(ax) if "Another source says otherwise" in text]
    assert not [gid for gid in (patch.get_gid() for patch in ax.patches) if gid[-4:] == "2020" and gid[:6] in catalog.provinces]
    assert sum(int(number.rstrip("*")) for (row, column), number in cells.items() if row in rows.values() and column in range(5)) == 832


def test_the_provinces_of_the_article_are_bold():
    """Fifteen of the 22 names."""
    ax = once(plots.roster_exits)
    bold = {text.get_text() for text in ax.texts if text.get_fontweight() == "bold" and not text.get_text().isdigit()}
    assert bold == {province.name_en for province in catalog.provinces}


@every_function
def test_only_an_axes_is_drawn_on(draw):
    """An array of Axes, as subplots() gives it, is refused with what to do."""
    axes = plt.subplots(1, 2)[1]
    with pytest.raises(InvalidArgumentError, match="ax must be a matplotlib Axes, not ndarray; of an array of Axes, give one"):
        draw(ax=axes)


def test_an_indicator_may_be_given_as_a_record():
    """A record stands for its key; what is neither is refused."""
    by_record, by_key = plots.before_after(catalog.indicators["poverty_rate"]), plots.before_after("poverty_rate")
    assert [text.get_text() for text in by_record.texts] == [text.get_text() for text in by_key.texts]
    with pytest.raises(InvalidArgumentError, match="before_after takes an indicator, its key, or several, not None"):
        plots.before_after(None)
