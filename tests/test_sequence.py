"""A table as a sequence, and what it takes for equal, inside and near."""

import pytest

import povdata
from povdata import Table
from povdata.model.columns import label
from povdata.model.lookup import nearest
from povdata.naming import NAMING

pytestmark = pytest.mark.everywhere


def test_tables_are_equal_by_name_and_records():
    """A table read again is equal and has the same hash; a part of it, or the same records under another name, is not."""
    table = povdata.industries
    again = Table("industries", table.record, list(table))
    assert again == table
    assert hash(again) == hash(table)
    assert table[1:] != table
    assert hash(table[1:]) != hash(table)
    assert Table("trades", table.record, list(table)) != table


def test_get_gives_the_default():
    """A key that is not there gives the default, None if there is none."""
    assert povdata.places.get("130624").name_zh == "阜平县"
    assert povdata.places.get("no-such-key") is None
    assert povdata.places.get("no-such-key", "none") == "none"


def test_positions_are_those_of_a_tuple():
    """index() and count() find a record, and a record that is not there is no position."""
    assert povdata.provinces.index(povdata.provinces["140000"]) == 1
    assert povdata.provinces.count(povdata.provinces["140000"]) == 1
    with pytest.raises(ValueError, match="not in tuple"):
        povdata.provinces[:1].index(povdata.provinces["140000"])


def test_places_and_provinces_are_within_themselves():
    """Within Hainan are Hainan and what lies below it, and of the provinces Hainan alone."""
    assert list(povdata.places.within("海南省").by_key)[:3] == ["460000", "469001", "469001200"]
    assert list(povdata.provinces.within("海南省").by_key) == ["460000"]
    assert list(povdata.provinces.within("阜平县").by_key) == []


def test_sorted_goes_up_unless_reversed():
    """The lowest poverty rate is Lingao's of 2019, 0.0003 %."""
    rates = povdata.observations.where(indicator="poverty_rate")
    assert rates.sorted("value")[0].key == rates.sorted("value", reverse=True)[-1].key == "lingao-poverty-rate-2019"


def test_dictionaries_hold_each_column():
    """to_dicts() gives each record with all its columns, in their order."""
    first = povdata.provinces.to_dicts()[0]
    assert list(first) == list(povdata.provinces.schema)
    assert (first["key"], first["name_short_zh"]) == ("130000", "河北")


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("阜平县", ["阜平"]),
        ("易县", []),
        ("县", []),
        ("井冈山", []),
        ("白沙黎族自治县", ["白沙", "白沙黎族"]),
        ("东乡族自治县", ["东乡族"]),
        ("Fuping County", ["Fuping"]),
        ("Baisha Li Autonomous County", ["Baisha", "Baisha Li"]),
        ("Fùpíng Xiàn", ["Fùpíng"]),
        ("Báishā Lízú Zìzhìxiàn", ["Báishā", "Báishā Lízú"]),
        ("County", []),
    ],
)
def test_a_name_loses_its_kind_where_two_characters_stay(name, short):
    """The word for the kind of place, and the peoples before it, may be left out where at least two characters are left."""
    assert NAMING.stems(name) == short


@pytest.mark.parametrize(
    ("table", "language", "column"),
    [
        ("places", "zh", "name_zh"),
        ("events", "en", "what_en"),
        ("designations", "en", "name_printed"),
        ("industries", "zh", "product_zh"),
        ("images", "zh", "subject_zh"),
        ("sources", "zh", "title"),
        ("caveats", "en", "key"),
    ],
)
def test_every_record_has_a_label(table, language, column):
    """Name, event, product, subject, printed name or title; a record without any goes by its key."""
    record = povdata.tables()[table][0]
    assert label(record, language) == getattr(record, column)


def test_half_alike_is_near():
    """A name that has half its characters in common is offered, one with fewer is not; at most three are."""
    assert nearest("abcd", ["abxy", "axyz"]) == ["abxy"]
    assert len(nearest("abcd", ["abce", "abcf", "abcg", "abch"])) == 3


def test_a_consumer_of_arrow_data_gets_the_types_that_it_asks_for():
    """A schema that is asked for, such as long texts, is handed on."""
    pa = pytest.importorskip("pyarrow")
    schema = povdata.industries.to_arrow().schema
    wanted = schema.set(0, pa.field("key", pa.large_string()))
    assert pa.RecordBatchReader.from_stream(povdata.industries, schema=wanted).schema.field("key").type == pa.large_string()
