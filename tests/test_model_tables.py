"""What tables, records and datasets of the engine say and select, where no other test asks."""

import json
import pickle
import re

import pytest

import povdata
from conftest import Shown
from povdata.checks.integrity import examine
from povdata.exceptions import PositionError, Problem
from povdata.model import markup
from povdata.model.lookup import PLAIN, Index
from povdata.model.registry import Dataset, ancestors, dataset_of, hierarchy_of
from povdata.naming import NAMING
from povdata.records import RECORDS, bundled


def test_a_name_in_brackets_is_a_name():
    """Of a renamed county, whose former name stands in brackets, each name finds it, and both together."""
    index = Index("names", [("new", ["甘（乙）", "Gan (Yi)"], []), ("plain", ["Bing"], [])], lambda _: (), PLAIN)
    assert {name for name, records in index.whole.items() if records == ("new",)} == {"甘乙", "甘", "乙", "ganyi", "gan", "yi"}
    assert index.whole["bing"] == ("plain",)


def test_one_match_is_no_matches():
    """The caption counts."""
    assert "1 match<" in povdata.provinces.search("Qinghai", 1)._repr_html_()
    assert "2 matches<" in povdata.provinces.search("hei", 2)._repr_html_()


def test_a_record_shows_its_cells():
    """Class, then each column with its value."""
    image = povdata.images[0]
    cells = ", ".join(f"{name}={getattr(image, name)!r}" for name in povdata.images.schema)
    assert repr(image) == f"Image({cells})"


def test_a_list_is_selected_by_one_of_its_parts():
    """A cell that holds several names fits where one of them does."""
    place = next(place for place in povdata.places if len(place.names_printed or ()) > 1)
    for name in place.names_printed:
        assert place in povdata.places.where(names_printed=name)


def test_an_unexpected_empty_cell_is_named():
    """A function of a record that meets None says of which record, and which cells are empty."""
    empty = next(item for item in povdata.delistings if item.count is None)
    with pytest.raises(povdata.InvalidArgumentError, match=f"delistings/{empty.key}: .*; cells that are None there: .*count"):
        povdata.delistings.where(lambda item: item.count > 1)
    with pytest.raises(TypeError, match="unsupported operand"):
        povdata.citations[:1].where(lambda item: item.key - 1)  # all cells filled, so the slip is another


def test_a_missing_file_is_a_problem_of_that_file():
    """It has no line and no column."""

    def read(name):
        if name == "images.csv":
            raise FileNotFoundError(2, "No such file")
        return bundled(name)

    problem = next(problem for problem in examine(povdata.tables(), read) if problem.file == "images.csv")
    assert (problem.line, problem.column) == (0, "")
    assert problem.message == "cannot be read: No such file; restore it from the package"


def test_a_dataset_is_itself_alone():
    """Two datasets are told apart, also as keys of what is remembered of them."""
    dataset = dataset_of(RECORDS["provinces"])
    assert dataset == povdata.tables()
    assert hash(dataset) == id(dataset)
    assert dataset != Dataset([], bundled)


def test_only_references_to_places_locate():
    """A column that refers to something else lies nowhere; a key that is a place's does, through the table that it is of."""
    dataset = dataset_of(RECORDS["observations"])
    found = {column: hierarchy_of(dataset, RECORDS["observations"], column) for column in ("place", "indicator", "value")}
    assert found == {"place": povdata.places, "indicator": None, "value": None}
    assert hierarchy_of(dataset, RECORDS["delistings"], "province") is povdata.places
    assert hierarchy_of(dataset, RECORDS["poverty_counties"], "key") is povdata.divisions


@pytest.mark.parametrize(
    ("kind", "given", "says"),
    [
        (povdata.NotFoundError, ("table", "obs", ["observations"]), "no table 'obs'; nearest: observations"),
        (povdata.AmbiguousError, ("places", "吉安", ["360800", "360821"]), "'吉安' fits 2 places, use a key: 360800, 360821"),
        (povdata.MissingExtraError, ("polars", "polars"), "polars is not installed; run: pip install polars, which povdata's extra"),
        (povdata.MissingExtraError, ("pandas", ""), "pandas is not installed; run: pip install pandas"),
        (povdata.InvalidArgumentError, ("first must not be after last",), "first must not be after last"),
        (povdata.CopyError, ("this is not the article",), "this is not the article"),
        (povdata.DataError, ([Problem("places.csv", 3, "key", "no key")],), "places.csv:3:key: no key"),
        (PositionError, ("places", 200, 194), "places has 194 records, none at position 200"),
    ],
)
def test_an_error_says_the_same_in_another_process(kind, given, says):
    """Errors are pickled by pools of processes; message and attributes stay."""
    error = kind(*given)
    twin = pickle.loads(pickle.dumps(error))
    assert str(error).startswith(says)
    assert (type(twin), str(twin), vars(twin)) == (kind, str(error), vars(error))
    assert getattr(twin, "name", None) == getattr(error, "name", None)
    assert None not in vars(error).values()


@pytest.mark.parametrize(("text", "width"), [("", 0), ("abc", 3), ("甲乙", 4), ("甲a", 3), ("Ａ", 2), ("é", 1)])
def test_a_chinese_character_is_as_wide_as_two_letters(text, width):
    """Columns are laid out by the width of their texts."""
    assert markup.width(text) == width


@pytest.mark.parametrize(
    ("text", "limit"), [(" -", 3), ("", 3), (None, 3), (float("nan"), 3), ("hebei", -1), ("hebei", "3"), ("hebei", None), ("hebei", 1.5)]
)
def test_a_search_wants_a_text_and_a_limit(text, limit):
    """In all tables: a letter or digit, and a whole number of zero or more."""
    with pytest.raises(povdata.InvalidArgumentError, match="search"):
        povdata.search(text, limit=limit)


def test_a_notebook_shows_the_names_and_values_of_a_table_first():
    """As many columns as a page is wide; each says what it holds where one points at its name, and numbers stand at the right."""
    shown = Shown(povdata.places._repr_html_())
    assert (shown.caption, len(shown.rows)) == ("places: 194 records, the first 20; 5 of 13 columns", 20)
    assert shown.header == ["name_en", "parent_name", "province_name", "level", "role"]
    assert shown.titles["name_en"] == povdata.places.schema["name_en"].description
    assert shown.titles["parent_name"] == "Name of what `parent` refers to."
    figures = povdata.observations.where(place="130624")
    shown = Shown(figures._repr_html_())
    assert shown.caption.startswith("observations: 6 records; ")
    assert shown.rows[0][: shown.header.index("value") + 1][-1] == format(figures[0].value, "f")
    assert "text-align:right" in figures._repr_html_()
    assert "text-align:right" not in povdata.places._repr_html_()


def test_a_notebook_cuts_long_cells():
    """Of a longer text 47 characters are shown and an ellipsis; what a row is called stands first, whatever its column is named."""
    shown = Shown(povdata.sources._repr_html_())
    assert shown.header[0] == "title"
    cells = [row[shown.header.index("title")] for row in shown.rows]
    titles = [source.title for source in povdata.sources[: len(cells)]]
    assert cells == [f"{title[:47]}…" if len(title) > 48 else title for title in titles]
    assert max(map(len, titles)) > 48


def test_a_notebook_shows_a_record_with_the_names_that_it_refers_to():
    """A row per column, with the English name and the key of what a cell refers to, and a dash where it is empty."""
    shown = Shown(povdata.observations["fuping-poverty-rate-2014"]._repr_html_())
    assert (shown.header, shown.caption) == (["column", "Observation"], "fuping-poverty-rate-2014")
    assert [row[0] for row in shown.rows] == list(povdata.observations.schema)
    rows = dict(shown.rows)
    assert (rows["place"], rows["indicator"], rows["value"]) == ("Fuping County (130624)", "Poverty rate (poverty_rate)", "54.4")
    assert (rows["organization"], rows["period_start"]) == ("–", "2014-01-01")


def test_a_reference_is_selected_by_any_code_of_what_it_refers_to():
    """The Wikidata item of Fuping is as good as its code; a code of nothing, or a name, is refused with what is near."""
    assert povdata.observations.where(place="Q1196903") == povdata.observations.where(place="130624")
    assert povdata.places.where(key="Q1196903") == povdata.places.where(key="130624")
    with pytest.raises(povdata.NotFoundError, match=r"no value of observations\.place '130699'; nearest: 130600 \(Baoding City\)"):
        povdata.observations.where(place="130699")


@pytest.mark.parametrize(
    ("table", "name", "key"),
    [
        ("poverty_counties", "威宁县", "520526"),
        ("poverty_counties", "Weining County", "520526"),
        ("places", "白沙县", "469025"),
        ("poverty_counties", "威宁市", None),
        ("poverty_counties", "威宁乡", None),
        ("places", "白沙市", None),
        ("places", "海南县", None),
        ("divisions", "阿里地区", "542500"),
        ("divisions", "阿里区", None),  # its name ends with 区, but a prefecture is no district
        ("divisions", "内蒙古区", "150000"),
        ("divisions", "伊犁州", "654000"),
    ],
)
def test_a_kind_must_fit_the_record(table, name, key):
    """An autonomous county is a county, but no city; a row about a division is of that division's kind."""
    if key is None:
        with pytest.raises(povdata.NotFoundError):
            povdata.tables()[table].lookup(name)
    else:
        assert povdata.tables()[table].lookup(name).key == key


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("阜平县", [("阜平", "县")]),
        ("fupingcounty", [("fuping", "county")]),
        ("xianxian", [("xian", "xian")]),
        ("县", []),
        ("xian", []),
        ("", []),
    ],
)
def test_a_word_for_a_kind_leaves_a_name(name, kinds):
    """What is left without it has a character at least."""
    assert list(NAMING.kinds(name)) == kinds


@pytest.mark.parametrize(("count", "says"), [(0, "0 records"), (1, "1 record"), (2, "2 records")])
def test_a_table_counts_its_records(count, says):
    """One record, several, or none."""
    assert repr(povdata.provinces[:count]) == f"<Table provinces: {says}>"


def test_what_lies_nowhere_has_nothing_above_it():
    """A newspaper of the whole country has no place; a county has its prefecture, its province and the country."""
    assert list(ancestors(next(item for item in povdata.organizations if item.place is None))) == []
    assert [place.key for place in ancestors(povdata.places["130624"])] == ["130600", "130000", "CN"]


def test_a_table_in_html_holds_nothing_between_its_cells():
    """Tables, records and matches begin with the table, and rows are made of cells alone; scores stand at the right."""
    for shown in (povdata.places._repr_html_(), povdata.places[0]._repr_html_(), povdata.places.search("Fuping", 2)._repr_html_()):
        assert shown.startswith("<table")
        assert not re.search("</t[dh]>(?!<t[dh]|</tr>)|</tr>(?!<tr|</t)", shown)
    assert povdata.places.search("Fuping", 2)._repr_html_().count("text-align:right") >= 2


def test_a_list_of_names_is_one_text_in_pandas():
    """As it stands in the file."""
    assert povdata.places.to_pandas().set_index("key").loc["130000", "names_printed"] == "河北;河北省"


def test_a_table_says_what_a_row_is():
    """As the descriptor of the data does."""
    described = {resource["name"]: resource["description"] for resource in json.loads(bundled("datapackage.json"))["resources"]}
    assert {name: povdata.describe(name).text for name in povdata.tables()} == described
