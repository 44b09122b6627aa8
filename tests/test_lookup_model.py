"""The folding of names, the index of names, and its search, on names of our own."""

import unicodedata
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import povdata
from povdata.model.lookup import PLAIN, Index, folded


def index_of(*names: str) -> Index[str]:
    """An index in which every name means itself."""
    return Index("names", [(name, [name], []) for name in names], lambda _: (), PLAIN)


@pytest.mark.parametrize(("name", "plain"), [("ℋebei", "hebei"), ("ϒ", "υ"), ("Ｘī’ān\u200b Shì", "xianshi"), ("ẞ", "ss"), ("㋿", "令和")])
def test_a_letterlike_sign_is_its_letter(name, plain):
    """Compatibility forms are resolved before case is."""
    assert folded(name) == plain


@given(st.text())
def test_what_is_folded_stays_as_it_is(name):
    """A folded name has only letters and digits, and folding it again changes nothing."""
    plain = folded(name)
    assert folded(plain) == plain
    assert all(unicodedata.category(character)[0] in "LN" for character in plain)


def test_a_country_that_is_a_row_is_that_row():
    """Places outside China are not in it; the divisions, which have no row for the country, all are."""
    assert povdata.places.lookup("Italy").key == "IT"
    assert "IT" not in povdata.places.within("China").by_key
    assert povdata.places.within("China") == povdata.places.within("CN")
    assert povdata.divisions.within("China") == povdata.divisions


WORDS = st.text("abcd", min_size=1, max_size=9)


@given(st.lists(WORDS, min_size=1, max_size=12, unique=True), WORDS, st.integers(0, 4))
def test_a_search_scores_every_name_that_shares_enough(names, wanted, limit):
    """The index of pairs leaves nothing out: a plain comparison of all names gives the same scores."""

    def pairs(name: str) -> set[str]:
        return {f" {name} "[at : at + 2] for at in range(len(name) + 1)}

    def score(name: str) -> float:
        if wanted in name:
            return 0.6 + 0.4 * len(wanted) / len(name) - (0 if name.startswith(wanted) else 0.05)
        return 0.6 * 2 * len(pairs(name) & pairs(wanted)) / (len(name) + len(wanted) + 2)

    scores = sorted((round(score(name), 3) for name in names if wanted in name or score(name) >= 0.3), reverse=True)
    found = index_of(*names).search(wanted, limit)
    assert [match.score for match in found] == scores[:limit]
    assert all(match.score == round(score(match.name), 3) for match in found)


def test_a_search_without_names_finds_nothing():
    """An index of an empty table is one."""
    assert index_of().search("abc", 5) == []


def test_of_equal_matches_the_first_name_is_shown():
    """A record that matches by two names in the same degree shows the one that it has first."""
    index = Index("names", [("record", ["abx", "aby"], [])], lambda _: (), PLAIN)
    assert [match.name for match in index.search("ab", 3)] == ["abx"]


def test_of_equal_scores_the_lower_key_comes_first():
    """The order of the records makes no difference."""
    records = [SimpleNamespace(key=key) for key in "bca"]
    index = Index("names", [(record, ["abcd"], []) for record in records], lambda _: (), PLAIN)
    assert [match.record.key for match in index.search("abcd", 3)] == ["a", "b", "c"]
    assert [match.record.key for match in index.search("abcd", 2)] == ["a", "b"]
