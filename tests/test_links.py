"""Links from record to record, forth and back."""

from functools import cache
from typing import get_args, get_type_hints

import pytest

import povdata
from povdata.model.datatypes import Reference
from povdata.model.links import Many, Maybe, One, Within
from povdata.model.schema import schema_of
from povdata.records import RECORDS

pytestmark = pytest.mark.everywhere

REFERENCES = [
    (table, column) for table, record in RECORDS.items() for column in schema_of(record).values() if isinstance(column.type, Reference)
]
BACK = [(table, name, link) for table, record in RECORDS.items() for name, link in vars(record).items() if isinstance(link, (Many, Within))]


@pytest.mark.parametrize(("table", "column"), REFERENCES, ids=lambda it: getattr(it, "name", it))
def test_every_key_of_another_record_has_its_link(table, column):
    """A column that holds a key has a link of its name or its target's and ``_record``, declared with the class that it leads to."""
    record = RECORDS[table]
    target = povdata.tables()[column.type.table]
    name = next(name for name in (f"{column.name}_record", f"{target.record.__name__.lower()}_record") if name in vars(record))
    assert isinstance(vars(record)[name], One if column.required else Maybe)
    assert get_args(get_args(get_type_hints(record)[name])[0]) == (target.record,)
    for row in povdata.tables()[table]:
        key = getattr(row, column.name)
        assert getattr(row, name) is (None if key is None else target[key])


@pytest.mark.parametrize(("table", "name", "link"), BACK, ids=lambda it: it if isinstance(it, str) else "")
def test_links_back_lead_to_exactly_the_records_that_refer_here(table, name, link):
    """A link back finds each referring record under the record that it refers to, and no other; of long tables a sample is asked."""
    target, rows = povdata.tables()[link.name], povdata.tables()[table]
    assert get_args(get_args(get_type_hints(RECORDS[table])[name])[0]) == (target.record,)
    for row in rows[:: 1 + len(rows) // 200]:
        if isinstance(link, Many):
            expected = [other for other in target if getattr(other, link.column) == row.key]
        else:
            expected = [other for other in target if other.place is not None and row.key in line_of(other.place)]
        assert list(getattr(row, name)) == expected


@cache
def line_of(place):
    """The keys of a place and of those above it."""
    parent = povdata.places[place].parent
    return (place, *(line_of(parent) if parent else ()))


def test_links_of_the_article():
    """Persons of a county, parts of a practice, delistings of a province, figures of an indicator, a person's province."""
    assert [person.name_zh for person in povdata.places["611026"].people] == ["陈忠哲", "肖青松"]
    assert len(povdata.practices["chengkou-wuda-xingdong"].parts) == 5
    assert [item.key for item in povdata.provinces["130000"].delistings] == ["hebei-2020-02-29"]
    assert len(povdata.indicators["poverty_rate"].observations) == 13
    assert povdata.people["cao-wen"].place_record.parent_record.name_en == "Hainan"
    assert [place.name_zh for place in povdata.places["130000"].children] == ["保定市", "张家口市", "承德市"]


def test_a_record_names_the_caveats_that_concern_it():
    """Those of the record as a whole and those of one of its cells, but not those of a record whose key begins alike."""
    assert [caveat.key for caveat in povdata.delistings["anhui-2020-04-29"].caveats] == [
        "anhui-basically-completed",
        "anhui-nine-and-nine",
        "county-units",
        "totals-and-tiers",
        "year-2020-inferred",
    ]
    assert len(povdata.observations["banbiantian-founders"].caveats) == 2
    assert len(povdata.observations["antu-people-lifted-out-2018"].caveats) == 1
    assert len(povdata.observations["huayuangou-forest-cover"].caveats) == 1
    named = [(path.split("/"), caveat.key) for caveat in povdata.caveats for path in caveat.records]
    for record in povdata.observations:
        expected = {key for (table, name, *_), key in named if (table, name) == ("observations", record.key)}
        assert {caveat.key for caveat in record.caveats} == expected


def test_links_are_no_fields():
    """Links are neither columns nor part of equality, and cannot be set."""
    place = povdata.places["130624"]
    assert "observations" not in povdata.places.schema
    assert "parent_record=" not in repr(place)
    with pytest.raises(AttributeError):
        place.parent_record = None
    assert isinstance(type(place).parent_record, Maybe)
    assert type(place).parent_record.__doc__ == "The record whose key stands in `parent`; None where that is empty."
    assert type(place).children.__doc__ == "The records of `places` whose `parent` is this one."
    assert type(povdata.people[0]).place_record.__doc__ == "The record whose key stands in `place`."
    assert type(place).observations.__doc__ == "The records of `observations` here and at all places below."
