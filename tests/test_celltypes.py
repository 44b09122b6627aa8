"""Cell types: what quotes that disagree, and parts that are empty, come to."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from povdata import chinese
from povdata.model.datatypes import (
    Boolean,
    DatePart,
    Day,
    Difference,
    Edtf,
    Enumeration,
    Integer,
    Name,
    NameList,
    Pattern,
    Position,
    Qualifier,
    Quantity,
    Reference,
    References,
    Text,
)


def test_quotes_that_disagree_mean_no_value():
    """Two quotes are one name or one number only where they say the same."""
    assert Name().read(["甲乡", "甲乡"], {}, chinese) == {"甲乡"}
    assert Name().read(["甲乡", "乙乡"], {}, chinese) == set()
    assert Quantity().read(["3万元", "30000元"], {}, chinese) == {Decimal(30000)}
    assert Quantity().read(["3户", "4户"], {}, chinese) == set()
    assert Integer().read(["3户", "4户"], {}, chinese) == set()


@pytest.mark.parametrize("text", [";", "a;;b", "a;", ";a", "a;b;a"])
def test_an_empty_or_repeated_name_is_refused(text):
    """Each part of a list of names is a name of its own."""
    with pytest.raises(ValueError, match="an empty or repeated part"):
        NameList().parse(text)


def test_truth_values_have_two_spellings():
    """A cell of truth is true or false, in lower case, and written as it is read."""
    assert [Boolean().parse(text) for text in ("true", "false")] == [True, False]
    assert [Boolean().format(value) for value in (True, False)] == ["true", "false"]
    for text in ("True", "FALSE", "0", "no"):
        with pytest.raises(ValueError, match="not true or false"):
            Boolean().parse(text)


def test_a_word_makes_a_cell_true():
    """True where one of the words stands in one of the quotes."""
    last = Boolean("最后", "末")
    assert last.read(["最后一批", "5个"], {}, chinese) == last.read(["末批"], {}, chinese) == {True}
    assert last.read(["首批"], {}, chinese) == {False}


@pytest.mark.parametrize("text", ["places/1  places/2", " places/1", "places/1 ", "places/1 places/1", "places"])
def test_paths_are_separated_by_one_blank(text):
    """A list of records and cells has one spelling."""
    assert References().parse("places/1 places/2/note") == ("places/1", "places/2/note")
    with pytest.raises(ValueError, match=r"not table/key|repeated part"):
        References().parse(text)


def test_a_pattern_says_what_it_wants():
    """The message names the form in words."""
    with pytest.raises(ValueError, match=r"^not a six-digit code: '12'$"):
        Pattern(r"\d{6}", "a six-digit code").parse("12")


ACTIONS = Enumeration({"notice": "", "approval": "", "reported": ""}, {"notice": "通知|公告", "approval": "批准"})
KNOWN = {"places": {"甲县": frozenset({"1", "2"}), "乙县": frozenset({"2"}), "丙…丁": frozenset({"3"})}}


@pytest.mark.parametrize(
    ("celltype", "quotes", "values"),
    [
        (ACTIONS, ["批准"], {"approval"}),
        (ACTIONS, ["公告", "批准"], {"notice"}),  # the first of the values
        (ACTIONS, ["据报道"], set()),
        (Qualifier({"exact": "", "about": ""}), ["约", "5个"], {"about"}),
        (Qualifier({"exact": "", "about": ""}), ["5个"], {"exact"}),
        (DatePart({"start": "", "end": ""}), ["2019年", "底"], {"end"}),
        (DatePart({"start": "", "end": ""}), ["2019年"], set()),
        (DatePart({"start": "", "end": ""}), ["年初", "年底"], set()),
        (Edtf(), ["2019年", "4月"], {"2019-04"}),
        (Edtf(), ["4月"], set()),
        (Integer(), ["4.8户"], set()),
        (Integer(), ["4.0户"], {4}),
        (Quantity(), ["4.8户"], {Decimal("4.8")}),
        (Quantity(), ["许多"], set()),
        (NameList(), ["甲", "乙", "甲"], {("甲", "乙")}),
        (Reference("places"), ["甲县"], {"1", "2"}),
        (Reference("places"), ["甲县", "乙县"], {"2"}),
        (Reference("places"), ["丙", "丁"], {"3"}),
        (Reference("places"), ["戊县"], set()),
        (Text(), ["甲"], {"甲"}),
    ],
)
def test_characters_are_read_as_values(celltype, quotes, values):
    """What a type reads from the quotes that a cell cites; nothing where they do not say it."""
    assert celltype.read(quotes, KNOWN, chinese) == values


@pytest.mark.parametrize(
    ("celltype", "text", "value", "written"),
    [
        (Text(), "a b", "a b", "a b"),
        (Integer(), "0", 0, "0"),
        (Integer(), "120", 120, "120"),
        (Difference(), "-12", -12, "-12"),
        (Difference(), "0", 0, "0"),
        (Quantity(), "0.0003", Decimal("0.0003"), "0.0003"),
        (Quantity(), "150000000", Decimal(150000000), "150000000"),
        (Day(), "2020-02-29", date(2020, 2, 29), "2020-02-29"),
        (Edtf(), "2015/2018", "2015/2018", "2015/2018"),
        (NameList(), "a;b", ("a", "b"), "a;b"),
        (References(), "places/1 places/2/note", ("places/1", "places/2/note"), "places/1 places/2/note"),
        (Position(), "7:88-93", "7:88-93", "7:88-93"),
        (ACTIONS, "notice", "notice", "notice"),
    ],
)
def test_a_cell_is_written_as_it_was_read(celltype, text, value, written):
    """Both directions of each type."""
    assert celltype.parse(text) == value
    assert celltype.format(value) == written == text


@pytest.mark.parametrize(
    ("celltype", "text", "says"),
    [
        (Text(), " a", "blanks around the text: ' a'"),
        (Text(), "a\u200b", "a character that cannot be printed"),
        (NameList(), "a; b", "blanks around the text: ' b'"),
        (Integer(), "-1", "not a whole number: '-1'"),
        (Integer(), "01", "not a whole number: '01'"),
        (Integer(), "00", "not a whole number: '00'"),
        (Integer(), "", "not a whole number: ''"),
        (Integer(), "٣", "not a whole number"),
        (Difference(), "-0", "not a whole number: '-0'"),
        (Difference(), "+1", "not a whole number"),
        (Difference(), "-01", "not a whole number"),
        (Quantity(), "1.0", "not a plain number: '1.0'"),
        (Quantity(), "1.", "not a plain number"),
        (Quantity(), ".5", "not a plain number"),
        (Quantity(), "01", "not a plain number"),
        (Quantity(), "1e3", "not a plain number"),
        (Quantity(), "-1", "not a plain number"),
        (Day(), "2020-2-9", r"not a day \(YYYY-MM-DD\): '2020-2-9'"),
        (Day(), "20200229", "not a day"),
        (Day(), "2019-02-29", "not a day"),
        (ACTIONS, "decree", "not one of notice, approval, reported: 'decree'"),
        (Position(), "7:88", "not a locator"),
        (Position(), "7:93-88", "the locator ends before it starts"),
    ],
)
def test_another_spelling_is_refused(celltype, text, says):
    """A value has one spelling."""
    with pytest.raises(ValueError, match=says):
        celltype.parse(text)


@pytest.mark.parametrize(
    ("celltype", "value", "says"),
    [
        (Text(), 3, "it holds text: write '3'"),
        (Integer(), -1, "not a whole number"),
        (Integer(), date(2020, 1, 1), "not a number"),
        (Integer(), None, "not a number: None"),
        (Integer(), float("inf"), "not a number: inf"),
        (Quantity(), "many", "not a number: 'many'"),
        (Quantity(), False, "not a number: False"),
        (Boolean(), 1, "not true or false: 1; write True or False"),
        (Day(), datetime(2020, 1, 1, 12), "it holds days: write a datetime.date"),  # noqa: DTZ001  # as users write it
        (Day(), 20200101, "it holds days: write a datetime.date"),
    ],
)
def test_a_value_of_another_kind_is_refused(celltype, value, says):
    """What a caller asks for must be of the column's kind; the message says what to write."""
    with pytest.raises(ValueError, match=says):
        celltype.accept(value)


@pytest.mark.parametrize(
    ("celltype", "value", "cell"),
    [
        (Integer(), 4.0, 4),
        (Integer(), "4.0", 4),
        (Integer(), Decimal("1E+2"), 100),
        (Difference(), -3.0, -3),
        (Quantity(), 0.1, Decimal("0.1")),
        (Quantity(), "1e3", Decimal(1000)),
        (Boolean(), True, True),
        (Day(), datetime(2020, 1, 1), date(2020, 1, 1)),  # noqa: DTZ001  # as users write it
        (Text(), "a", "a"),
    ],
)
def test_a_value_is_taken_for_the_cell_that_it_means(celltype, value, cell):
    """Numbers by value, days without their midnight."""
    found = celltype.accept(value)
    assert (found, type(found)) == (cell, type(cell))
