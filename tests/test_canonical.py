"""What a text is reduced to: tags divide numbers, references and breaks within them do not."""

import pytest

from povdata.canonical import Canonical, _Plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<td>3</td><td>5</td>", "3|5"),
        ("3<br>5", "3|5"),
        ("1&#50;3", "123"),
        ("a&NotEqualTilde;b", "ab"),
        ("3.\r\n5", "3.5"),
        ("3\n5", "35"),
        ("12,345", "12345"),
        ("1,200,3", "1|200|3"),
    ],
)
def test_tags_divide_numbers_and_references_do_not(text, expected):
    """Cells of a table are two numbers; a digit written as a reference, and a line's end within a number, leave it one."""
    assert Canonical.of(text).text == expected


def test_a_reference_stands_where_it_begins():
    """The character that a reference writes comes from the reference's first character."""
    canonical = Canonical.of("a&#50;b")
    assert [canonical.origin(place) for place in range(3)] == [0, 1, 6]


@pytest.mark.parametrize(
    ("character", "plain"),
    [("A", "a"), ("％", "%"), ("½", "½"), ("²", " "), ("㎡", " "), ("；", " "), ("\u0301", "\u200b"), ("\ufeff", "\u200b")],
)
def test_a_character_is_itself_or_nothing(character, plain):
    """Plain letters and signs stay, a vulgar fraction is kept, other signs are a gap, and what has no width is none."""
    assert character.translate(_Plain()) == plain


@pytest.mark.parametrize(("text", "expected"), [("1\u03012", "12"), ("1\u200b2", "12"), ("5½", "5½"), ("5cm²", "5cm"), ("5㎡", "5")])
def test_what_stands_beside_a_figure(text, expected):
    """Accents and characters without width are no gap, a vulgar fraction is kept, a raised digit or a unit in one sign is dropped."""
    assert Canonical.of(text).text == expected
