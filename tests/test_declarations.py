"""What a column is declared with: origin, description, sources, and whether look-ups by name go over it."""

import pytest

from povdata import schema


@pytest.mark.parametrize(
    ("declare", "sources", "own"),
    [
        (schema.article, (), ("article",)),
        (schema.reference, ("wikidata", "gbt-2260"), ("wikidata", "gbt-2260")),
        (schema.editorial, (), ()),
    ],
)
def test_a_declaration_holds_what_it_says(declare, sources, own):
    """Cells read from the article have it for a source, reference cells those that are named, our own words none; few are names."""
    plain, name = declare("What.", *sources), declare("What.", *sources, name=True)
    assert {(declared.origin, declared.description, declared.sources) for declared in (plain, name)} == {(declare.__name__, "What.", own)}
    assert (plain.is_name, name.is_name) == (False, True)


def test_a_derived_column_is_no_name_and_has_no_source():
    """Derived cells come from other cells alone."""
    declared = schema.derived("What.")
    assert (declared.origin, declared.description, declared.sources, declared.is_name) == ("derived", "What.", (), False)
