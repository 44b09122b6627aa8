"""How a search scores names."""

import re

import pytest

import povdata
from povdata.model.lookup import letters, search

RECORD = povdata.provinces["130000"]


@pytest.mark.parametrize(
    ("wanted", "name", "score"),
    [
        ("abc", "abc", 1.0),
        ("abc", "abcdef", 0.8),
        ("abc", "xyzabc", 0.75),
        ("abcxy", "abcpq", 0.36),
        ("abcx", "abcd", 0.45),
        ("abxyz", "abcpq", None),
    ],
)
def test_a_name_is_scored(wanted, name, score):
    """The whole name is 1; a part at least 0.6 and more by its share, 0.05 less within than in front; the others 0.6 of their likeness."""
    found = search(wanted, {name: (RECORD,)}, {name: letters(name)}, 10)
    assert [(match.score, match.name, match.record) for match in found] == ([] if score is None else [(score, name, RECORD)])


def test_a_notebook_shows_what_was_found():
    """Score, name, key and labels stand under their names."""
    shown = povdata.provinces.search("hebei")._repr_html_()
    header = ["score", "matched", "key", "English", "Chinese"]
    assert re.findall("<th(?: [^>]*)?>(.*?)</th>", shown) == header


def test_a_long_text_is_no_work():
    """A text far longer than every name resembles none, and nobody waits for the answer."""
    assert povdata.places.search("县" * 1_000_000) == []
    with pytest.raises(povdata.NotFoundError):
        povdata.places.lookup("县" * 1_000_000)
