"""The data dictionary: of a table or its name, in a notebook as a table."""

import pytest

import povdata
from conftest import Shown


def test_a_table_describes_itself():
    """describe() takes a table, a selection of one, or a name."""
    assert povdata.describe(povdata.images).name == "images"
    assert str(povdata.describe(povdata.images[:1])) == str(povdata.describe("images"))


def test_a_notebook_shows_the_dictionary_as_a_table():
    """Four columns, a row a column of the table, the table's name and text above, and what each origin is where one points at its name."""
    description = povdata.describe("images")
    shown = Shown(description._repr_html_())
    assert shown.header == ["column", "type", "origin", "what it says"]
    assert shown.rows == [list(row) for row in description.rows()]
    assert [row[0] for row in shown.rows] == list(povdata.images.schema)
    assert shown.caption == f"images: {description.text}"
    assert shown.titles["origin"].startswith("article: read from the article; ")
    assert (
        "; reference: taken from a reference that the sources table names; editorial: our own words or judgement; "
        in shown.titles["origin"]
    )


def test_a_column_that_may_be_empty_says_how_far_it_is_filled():
    """Beside its type stands in how many rows it is filled; one that never is says nothing."""
    types = {row[0]: row[1] for row in povdata.describe("observations").rows()}
    assert (
        types["period"]
        == f"edtf, filled in {sum(item.period is not None for item in povdata.observations)} of {len(povdata.observations)} rows"
    )
    assert types["value"] == "quantity"


def test_describe_takes_a_table_or_its_name():
    """Anything else is refused."""
    assert povdata.describe(povdata.people).name == povdata.describe("people").name
    with pytest.raises(povdata.InvalidArgumentError, match="describe takes a table or its name, not NoneType"):
        povdata.describe(None)
