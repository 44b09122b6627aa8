"""Pictures: what is drawn, where, and that nothing overlaps or is cut off."""

import sys
from datetime import date
from itertools import combinations

import attrs
import pytest

from povdata import __version__, catalog, plots
from povdata.exceptions import InvalidArgumentError, MissingExtraError, NotFoundError
from povdata.model.table import Table
from povdata.records import Observation

mpl = pytest.importorskip("matplotlib", reason="needs matplotlib: pip install 'povdata[plot]'")
mpl.use("Agg")

from matplotlib import pyplot as plt  # noqa: E402  # after the backend is chosen
from matplotlib.colors import to_hex  # noqa: E402
from matplotlib.dates import date2num  # noqa: E402
from matplotlib.font_manager import fontManager  # noqa: E402

PICTURES = {
    "timeline": plots.delisting_timeline,
    "rates": plots.before_after,
    "two rates": lambda **options: plots.before_after(("poverty_rate", "composite_poverty_rate"), **options),
    "incomes": lambda **options: plots.before_after(("rural_income_per_person", "annual_income_per_poor_person"), **options),
    "households": lambda **options: plots.before_after("poor_households", **options),
    "crop": lambda **options: plots.before_after("crop_area", **options),
    "tiles": plots.tile_map,
    "last batches": lambda **options: plots.tile_map("last_batch_counties", **options),
    "roster": plots.roster_exits,
}
HAS_CHINESE = bool(set(plots.CJK_FONTS) & set(fontManager.get_font_names()))
LANGUAGES = [
    "en",
    pytest.param(
        "zh", marks=pytest.mark.skipif(not HAS_CHINESE, reason="needs a font with Chinese characters: apt install fonts-noto-cjk")
    ),
]

every_function = pytest.mark.parametrize("draw", [plots.delisting_timeline, plots.before_after, plots.tile_map, plots.roster_exits])
every_picture = pytest.mark.parametrize("draw", PICTURES.values(), ids=PICTURES)
every_language = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture(autouse=True)
def _quiet(monkeypatch):
    """Nothing is shown, and every figure is closed."""
    monkeypatch.setattr(plt, "show", lambda *_, **__: pytest.fail("plt.show was called"))
    yield
    plt.close("all")


def texts(ax):
    """What is written inside and below the Axes."""
    return [text.get_text() for text in ax.texts if text.get_text()]


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


@every_function
@every_language
def test_a_picture_goes_into_the_axes_given(draw, language):
    """The Axes given is the one returned, and no other figure is opened."""
    figure, ax = plt.subplots()
    assert draw(labels=language, ax=ax) is ax
    assert plt.get_fignums() == [figure.number]


@every_function
def test_a_picture_opens_a_figure_of_its_own(draw):
    """Without an Axes each call opens one new figure."""
    first, second = draw(), draw()
    assert first.figure is not second.figure
    assert len(plt.get_fignums()) == 2


@every_function
@every_language
def test_settings_stay_as_they_are(draw, language):
    """Drawing changes no setting of matplotlib."""
    before = dict(mpl.rcParams)
    draw(labels=language)
    assert dict(mpl.rcParams) == before


@every_picture
@every_language
@pytest.mark.parametrize("size", [None, (4, 3), (12, 4), (5, 9)], ids=str)
def test_nothing_overlaps_and_nothing_is_cut_off(draw, language, size):
    """No text overlaps another or leaves the figure, at the default size, on a small, a wide and a narrow Axes."""
    ax = draw(labels=language) if size is None else draw(labels=language, ax=plt.subplots(figsize=size)[1])
    figure = ax.figure
    figure.canvas.draw()
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
    """The source and the version stand below, in our words."""
    source = "national list of poverty counties, 2016–2020" if draw is plots.roster_exits else "article of April 2020"
    assert f"Source: {source}, povdata {__version__}" in texts(draw())


@every_function
@pytest.mark.parametrize("form", ["png", "svg", "pdf"])
def test_a_picture_can_be_saved(draw, form, tmp_path):
    """Pixels and vectors are written without a warning."""
    path = tmp_path / f"picture.{form}"
    draw().figure.savefig(path)
    assert path.stat().st_size > 5000


@every_function
def test_a_picture_fits_its_surroundings(draw):
    """Letters take the user's colour, and open dots the background."""
    with plt.style.context("dark_background"):
        ax = draw()
        assert to_hex(ax.title.get_color()) == to_hex(ax._left_title.get_color()) == "#ffffff"
        assert all(artist.get_facecolor().tolist()[0][:3] != [1, 1, 1] for artist in ax.collections)


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
    with pytest.raises(MissingExtraError, match=r"pip install 'povdata\[plot\]'"):
        draw()


@every_function
def test_without_a_chinese_font_the_message_names_one(draw, monkeypatch):
    """Boxes in place of characters are never drawn."""
    monkeypatch.setattr(plots, "CJK_FONTS", ("No Such Font",))
    with pytest.raises(InvalidArgumentError, match=r"install Noto Sans CJK SC .*apt install fonts-noto-cjk"):
        draw(labels="zh")
    assert plt.get_fignums() == []


# The timeline. ----------------------------------------------------------------------------------------------------------------


def test_the_timeline_runs_from_tibet_to_anhui():
    """One row for each province in order of time, with number and day."""
    ax = plots.delisting_timeline()
    rows = {text.get_text(): text.xy[1] for text in ax.texts if text.get_text() in {province.name_en for province in catalog.provinces}}
    assert sorted(rows, key=rows.get) == [
        *("Tibet", "Chongqing", "Heilongjiang", "Shaanxi", "Shanxi", "Henan", "Hunan", "Hebei", "Hainan"),
        *("Jilin", "Inner Mongolia", "Hubei", "Qinghai", "Jiangxi", "Anhui"),
    ]
    assert sorted(rows.values()) == list(range(15))
    assert {"19 · 23 Dec*", "4 · 22 Feb", "29 · 27 Feb", "14 · 28 Feb", "20 · end of Feb*", "20 · 19 Apr*", "9 · 29 Apr"} <= set(texts(ax))
    assert ax.get_title(loc="left") == "When the last counties of 15 provinces left the poverty list"


def test_a_dot_stands_on_its_day():
    """Tibet is at 23 December 2019 and Anhui at 29 April 2020, both inside the Axes."""
    ax = plots.delisting_timeline()
    assert dot(ax, "540000")[:2] == (date2num(date(2019, 12, 23)), 0)
    assert dot(ax, "340000")[:2] == (date2num(date(2020, 4, 29)), 14)
    low, high = ax.get_xlim()
    assert low < date2num(date(2019, 12, 23)) < date2num(date(2020, 4, 29)) < high


def test_the_area_of_a_dot_is_the_number_of_counties():
    """Shaanxi's 29 counties have 29/3 times the area of Hainan's 3."""
    ax = plots.delisting_timeline()
    assert dot(ax, "610000")[2] / dot(ax, "460000")[2] == pytest.approx(29 / 3)
    for province in catalog.provinces:
        assert dot(ax, province.key)[2] / dot(ax, "460000")[2] == pytest.approx(province.last_batch_counties / 3)


def test_a_month_is_drawn_as_a_range():
    """Hunan's end of February is a line from the 21st to the 29th and an open dot; every other dot is filled and has no line."""
    ax = plots.delisting_timeline()
    (line,) = drawn(ax, "430000/range")
    assert list(line.get_xdata()) == [date2num(date(2020, 2, 21)), date2num(date(2020, 2, 29))]
    assert {province.key: dot(ax, province.key)[3] for province in catalog.provinces} == {
        province.key: "#FFFFFF" if province.key == "430000" else plots.BLUE for province in catalog.provinces
    }
    assert [artist.get_gid() for artist in ax.lines] == ["430000/range"]


def test_months_are_named_with_their_years():
    """Ticks stand where months begin, and names between them."""
    ax = plots.delisting_timeline()
    assert [label.get_text() for label in ax.get_xticklabels(minor=True)] == [
        *("Dec 2019", "Jan 2020", "Feb 2020", "Mar 2020", "Apr 2020", "May 2020"),
    ]
    assert list(ax.get_xticks()) == [date2num(date(2020, month, 1)) for month in (1, 2, 3, 4, 5)]


@pytest.mark.skipif(not HAS_CHINESE, reason="needs a font with Chinese characters: apt install fonts-noto-cjk")
def test_the_timeline_in_chinese():
    """Names, dates and source are Chinese, in a font that has the characters."""
    ax = plots.delisting_timeline(labels="zh")
    assert {"西藏", "内蒙古", "19县 12月23日*", "20县 2月底*", "9县 4月29日", f"来源：2020年4月的报道，povdata {__version__}"} <= set(
        texts(ax)
    )
    assert ax.texts[0].get_fontfamily()[0] in plots.CJK_FONTS


# Before and after. ------------------------------------------------------------------------------------------------------------


def test_poverty_rates_fall_on_a_logarithmic_scale():
    """Six places, highest start first; both figures and both years as the article gives them."""
    ax = plots.before_after()
    assert ax.get_xscale() == "log"
    places = ["Fuping County", "Wuzhishan City", "Baisha Li\nAutonomous County", "Lingao County", "Horqin Left Middle\nBanner", "Henan"]
    assert [text_at(ax, place)[1] for place in places] == [0, 1, 2, 3, 4, 5]
    assert text_at(ax, "54.4%") == (54.4, 0)
    assert text_at(ax, "0.46%") == (0.46, 0)
    assert text_at(ax, "0.0003%") == (0.0003, 3)
    assert dot(ax, "lingao-poverty-rate-2019")[:2] == (0.0003, 3)
    assert dot(ax, "lingao-poverty-rate-2019")[3] == plots.BLUE
    assert dot(ax, "lingao-poverty-rate-before")[3] == "#FFFFFF"
    assert text_at(ax, "end of 2013") == (8.79, 5)
    assert texts(ax).count("2014") == 3
    assert [label.get_text() for label in ax.get_xticklabels()] == ["0.0001%", "0.001%", "0.01%", "0.1%", "1%", "10%", "100%"]
    assert "percent, log scale" in texts(ax)


def test_a_missing_year_is_said():
    """Three figures of the poverty rate have no year: Lingao's start and both of Horqin Left Middle Banner."""
    ax = plots.before_after()
    undated = [text.xy for text in ax.texts if text.get_text() == "year not stated"]
    assert undated == [(14.27, 3), (9.75, 4), (0.17, 4)]


def test_incomes_rise_on_a_scale_from_zero():
    """Two indicators of one unit share a picture; the second is named beside its place."""
    ax = plots.before_after(("rural_income_per_person", "annual_income_per_poor_person"))
    assert ax.get_xscale() == "linear"
    assert ax.get_xticks()[0] == 0
    assert text_at(ax, "3,262") == (3262, 0)
    assert text_at(ax, "9,800") == (9800, 0)
    assert text_at(ax, "8,511") == (8511, 1)
    assert ax.get_title(loc="left").replace("\n", " ") == (
        "Rural income per person and yearly income per person of poor households: before and after"
    )
    assert any(text.replace("\n", " ") == "Jilin yearly income per person of poor households" for text in texts(ax))


def test_ends_of_different_indicators_are_told_apart():
    """Lushan's start counts households ever registered, not households that are poor, and the picture says so."""
    ax = plots.before_after("poor_households")
    assert text_at(ax, "40,804") == (40804, 0)
    assert text_at(ax, "2014–2019") == (40804, 0)
    assert any(text.replace("\n", " ") == "Henan before: households ever registered as poor" for text in texts(ax))
    other = plots.before_after("registered_poor_households_cumulative")
    assert any(text.replace("\n", " ") == "Henan after: poor households" for text in texts(other))


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
    assert {catalog.indicators[key].unit for key in keys} == set(plots.UNITS)
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
        ("2019-22", None, "summer 2019", "2019年夏"),
        ("2014/..", None, "since 2014", "2014年起"),
        ("2017/", None, "since 2017", "2017年起"),
        ("/2019-04", None, "up to Apr 2019", "截至2019年4月"),
        ("../2019-04", None, "up to Apr 2019", "截至2019年4月"),
        ("2015/2018", None, "2015–2018", "2015年–2018年"),
    ],
)
def test_periods_in_words(period, part, en, zh):
    """Every form of date that the data use has words."""
    assert plots._when(period, part, "en") == en
    assert plots._when(period, part, "zh") == zh


# The tile map. ----------------------------------------------------------------------------------------------------------------


def test_the_map_has_31_tiles():
    """Each region has one tile of its own; the 15 of the article are filled, the others only outlined."""
    ax = plots.tile_map()
    tiles = {patch.get_gid(): patch for patch in ax.patches if patch.get_gid() and "/" not in patch.get_gid()}
    assert set(tiles) == {region.code for region in plots.REGIONS}
    assert len({patch.get_xy() for patch in tiles.values()}) == len(tiles) == 31
    filled = {code for code, patch in tiles.items() if patch.get_facecolor()[3] == 1}
    assert filled == set(catalog.provinces.by_key)


def test_numbers_stand_on_their_tiles():
    """Tibet's 74 and Hainan's 5 are where Tibet and Hainan are, and more is darker."""
    ax = plots.tile_map()
    assert text_at(ax, "Tibet")[0] == text_at(ax, "74")[0] == 0
    assert text_at(ax, "Hainan")[0] == text_at(ax, "5")[0] == 3
    tiles = {patch.get_gid(): sum(patch.get_facecolor()[:3]) for patch in ax.patches}
    assert tiles["540000"] < tiles["130000"] < tiles["420000"] < tiles["460000"]
    assert sum(text.isdigit() for text in texts(ax)) == 14


def test_a_missing_number_is_hatched():
    """The article gives no total for Inner Mongolia, whose tile is hatched and says n/a."""
    ax = plots.tile_map()
    assert [patch.get_gid() for patch in ax.patches if patch.get_hatch()] == ["150000", "key/1"]
    assert text_at(ax, "n/a")[0] == text_at(ax, "Inner\nMongolia")[0] == 4
    assert "no total in the article" in texts(ax)


def test_the_map_of_last_batches_is_complete():
    """Fifteen numbers, none missing."""
    ax = plots.tile_map("last_batch_counties")
    assert text_at(ax, "29")[0] == text_at(ax, "Shaanxi")[0]
    assert sum(text.isdigit() for text in texts(ax)) == 15
    assert not [patch for patch in ax.patches if patch.get_hatch()]
    assert "no total in the article" not in texts(ax)


def test_small_tiles_carry_codes():
    """English names that would not fit give way to the letters of ISO 3166-2."""
    ax = plots.tile_map(ax=plt.subplots(figsize=(3, 2.5))[1])
    assert {region.iso for region in plots.REGIONS} <= set(texts(ax))
    assert "Tibet" not in texts(ax)


def test_the_regions_are_those_of_the_data():
    """Codes, letters and names agree with provinces and with the roster."""
    regions = {region.code: region for region in plots.REGIONS}
    assert list(regions) == sorted(regions)
    for province in catalog.provinces:
        region = regions[province.key]
        assert (f"CN-{region.iso}", region.name_en, region.name_zh) == (province.iso_3166_2, province.name_en, province.name_short_zh)
    for county in catalog.poverty_counties:
        assert county.province_record.name_zh.startswith(regions[county.province].name_zh)


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
    one, other = ({region.name_en: region for region in plots.REGIONS}[name] for name in pair.split("–"))
    assert abs(one.column - other.column) + abs(one.row - other.row) == 1


def test_the_values_of_a_map_are_the_derived_numbers():
    """Every derived number of provinces has a map, and another column is refused by name."""
    columns = catalog.provinces.schema.values()
    assert set(plots.VALUES) == {column.name for column in columns if column.origin == "derived" and column.type.dtype == "Int64"}
    with pytest.raises(InvalidArgumentError, match="value must be 'poverty_counties' or 'last_batch_counties', not 'first_line'"):
        plots.tile_map("first_line")


# The roster. ------------------------------------------------------------------------------------------------------------------


def test_the_roster_adds_up_to_832():
    """Years, their sums and the total stand literally."""
    ax = plots.roster_exits()
    assert ax.get_title(loc="left") == "832 national poverty counties by year of exit"
    assert [text_at(ax, str(year))[0] for year in (2016, 2017, 2018, 2019, 2020)] == [0, 1, 2, 3, 4]
    foot = text_at(ax, "All")[1]
    sums = [text.get_text() for text in ax.texts if text.xy[1] == foot]
    assert sums == ["All", "28", "125", "283", "344", "52", "832"]


def test_a_cell_is_a_province_and_a_year():
    """Yunnan leads with 88, 33 of them in 2018; Tibet's last 19 left in 2019; nobody of the 15 left in 2020."""
    ax = plots.roster_exits()
    rows = {text.get_text(): text.xy[1] for text in ax.texts if text.get_text() in {region.name_en for region in plots.REGIONS}}
    assert len(rows) == 22
    assert sorted(rows, key=rows.get)[:3] == ["Yunnan", "Tibet", "Sichuan"]
    cells = {(text.xy[1], text.xy[0]): text.get_text() for text in ax.texts if text.xycoords == "data"}
    assert [cells.get((rows["Yunnan"], column)) for column in range(5)] == [None, "15", "33", "31", "9"]
    assert [cells.get((rows["Tibet"], column)) for column in range(5)] == ["5", "25", "25", "19", None]
    assert not [gid for gid in (patch.get_gid() for patch in ax.patches) if gid[-4:] == "2020" and gid[:6] in catalog.provinces]
    assert sum(int(number) for (row, column), number in cells.items() if row in rows.values() and column in range(5)) == 832


def test_the_provinces_of_the_article_are_bold():
    """Fifteen of the 22 names."""
    ax = plots.roster_exits()
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
    with pytest.raises(InvalidArgumentError, match="value must be 'poverty_counties' or"):
        plots.tile_map([])
