"""Cell types: what quotes that disagree, and parts that are empty, come to."""

from decimal import Decimal

import pytest

from povdata import chinese
from povdata.model.datatypes import Boolean, Integer, Name, NameList, Pattern, Quantity, References


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
    with pytest.raises(ValueError, match=r"not table/key|named twice"):
        References().parse(text)


def test_a_pattern_says_what_it_wants():
    """The message names the form in words."""
    with pytest.raises(ValueError, match=r"^not a six-digit code: '12'$"):
        Pattern(r"\d{6}", "a six-digit code").parse("12")
