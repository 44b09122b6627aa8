"""What a column is declared with: origin, description, sources, and whether look-ups by name go over it."""

from typing import Annotated

import pytest

from povdata.model import schema
from povdata.model.datatypes import Integer, Text


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
    derivation = schema.Derivation(lambda record, tables: [], len)
    declared = schema.derived("What.", derivation)
    assert (declared.origin, declared.description, declared.sources, declared.is_name) == ("derived", "What.", (), False)
    assert declared.derivation is derivation


@pytest.mark.parametrize(
    "annotation",
    [
        str,
        Annotated[str, Text()],
        Annotated[str, schema.editorial("What.")],
        Annotated[str, Text(), schema.editorial("What."), schema.editorial("Else.")],
        Annotated[str, Text(), Integer(), schema.editorial("What.")],
    ],
    ids=["nothing", "no origin", "no type", "two origins", "two types"],
)
def test_an_incomplete_declaration_is_refused(annotation):
    """A column has one cell type and one origin."""
    record = type("Incomplete", (), {"__match_args__": ("key",), "__annotations__": {"key": annotation}})
    with pytest.raises(TypeError, match="column key must be Annotated with one cell type and one origin"):
        schema.schema_of(record)
