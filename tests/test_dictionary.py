"""The data dictionary: of a table or its name, in a notebook as a table."""

import re

import pytest

import povdata


def test_a_table_describes_itself():
    """describe() takes a table, a selection of one, or a name."""
    assert povdata.describe(povdata.images).name == "images"
    assert str(povdata.describe(povdata.images[:1])) == str(povdata.describe("images"))


def test_a_notebook_shows_the_dictionary_as_a_table():
    """Four columns, a row a column of the table, the table's name and text above, and what each origin is where one points at its name."""
    description = povdata.describe("images")
    shown = description._repr_html_()
    assert re.findall("<th(?: [^>]*)?>(.*?)</th>", shown) == ["column", "type", "origin", "what it says"]
    assert shown.count("<tr><td>") == len(povdata.images.schema) == 6
    assert f"<caption>images: {description.text}</caption>" in shown
    assert "; reference: taken from a reference that the sources table names; editorial: our own words or judgement; " in shown
    assert '<th title="article: read from the article; ' in shown


def test_describe_takes_a_table_or_its_name():
    """Anything else is refused."""
    assert povdata.describe(povdata.people).name == povdata.describe("people").name
    with pytest.raises(povdata.InvalidArgumentError, match="describe takes a table or its name, not NoneType"):
        povdata.describe(None)
