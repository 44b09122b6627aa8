"""Locators: lines count from 1, characters from 0, and what does not stand in the text is None."""

import pytest

from povdata.locators import Locator


@pytest.mark.parametrize(
    ("locator", "characters"), [("1:0-2", "ab"), ("1:1-2", "b"), ("2:0-3", "cde"), ("2:2-3", "e"), ("1:0-3", None), ("3:0-1", None)]
)
def test_a_locator_cuts_up_to_the_end_of_its_line(locator, characters):
    """The last characters of the last line can be cut, and nothing beyond."""
    assert Locator.parse(locator).cut(["ab", "cde"]) == characters


@pytest.mark.parametrize("text", ["1:2-2", "1:3-2", "0:0-1"])
def test_an_empty_stretch_and_a_line_before_the_first_are_refused(text):
    """A locator has at least one character, in line 1 or later."""
    with pytest.raises(ValueError, match=text):
        Locator.parse(text)


def test_a_locator_cuts_from_lines_and_from_the_text():
    """Both give the same characters."""
    assert Locator(2, 1, 3).cut(["one two", "three"]) == Locator(2, 1, 3).cut("one two\nthree") == "hr"
