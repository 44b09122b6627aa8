"""How a search scores names."""

import pytest

import povdata
from conftest import Shown
from povdata.model.lookup import PLAIN, Index

RECORD = povdata.provinces["130000"]


@pytest.mark.parametrize(
    ("wanted", "name", "score"),
    [
        ("abc", "abc", 1.0),
        ("abc", "abcdef", 0.8),
        ("abc", "xyzabc", 0.75),
        ("abcxy", "abcpq", 0.3),
        ("abcx", "abcd", 0.36),
        ("abxyz", "abcpq", None),
    ],
)
def test_a_name_is_scored(wanted, name, score):
    """The whole name is 1; a part at least 0.6 and more by its share, 0.05 less within than in front; the others 0.6 of shared pairs."""
    found = Index("provinces", [(RECORD, [name], [])], lambda record: (), PLAIN).search(wanted, 10)
    assert [(match.score, match.name, match.record) for match in found] == ([] if score is None else [(score, name, RECORD)])


def test_a_notebook_shows_what_was_found():
    """Score, name, table, key and labels stand under their names; to a program it is a list."""
    found = povdata.provinces.search("hebei")
    shown = Shown(found._repr_html_())
    assert shown.header == ["score", "matched", "table", "key", "English", "Chinese"]
    assert shown.rows[0] == ["1.000", "hebei", "provinces", "130000", "Hebei", "河北省"]
    assert isinstance(found, list)


def test_a_long_text_is_no_work():
    """A text far longer than every name resembles none, and nobody waits for the answer."""
    assert povdata.places.search("县" * 1_000_000) == []
    with pytest.raises(povdata.NotFoundError):
        povdata.places.lookup("县" * 1_000_000)
