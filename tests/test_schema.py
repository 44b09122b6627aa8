"""The declarations and what is generated from them."""

import importlib.util
import json
from typing import Literal, get_args, get_origin

import pytest

import povdata
from conftest import DATA, ROOT
from povdata.literals import IndicatorKey, ProvinceKey, TableName
from povdata.model.datatypes import Enumeration, Reference, ReferenceList
from povdata.model.schema import annotations_of, schema_of
from povdata.records import RECORDS


def generator():
    spec = importlib.util.spec_from_file_location("generate", ROOT / "tools" / "generate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_generated_files_are_up_to_date():
    """Every generated file is what its generator would write now."""
    if not (ROOT / "src").exists():
        pytest.skip("the source tree is out of sight, as when the wheel is tested")
    for path, text in generator().generated():
        assert path.read_text(encoding="utf-8") == text, f"{path.name} is out of date: run python tools/generate.py"


def test_every_column_has_one_origin_a_type_and_a_description():
    """No declaration is incomplete, and reference columns name sources that exist."""
    for record in RECORDS.values():
        for column in schema_of(record).values():
            assert column.description.endswith("."), (record, column.name)
            assert bool(column.sources) == (column.origin in ("article", "reference"))
            assert all(source in povdata.sources for source in column.sources)


def test_the_key_is_the_first_column_of_every_table():
    """One text key per table, first and required."""
    for record in RECORDS.values():
        first = next(iter(schema_of(record).values()))
        assert (first.name, first.required) == ("key", True)


def test_derived_columns_are_exactly_those_that_are_computed():
    """Each derived column has its computation, and no other."""
    columns = [column for record in RECORDS.values() for column in schema_of(record).values()]
    assert [column.name for column in columns if (column.derivation is None) == (column.origin == "derived")] == []


def test_literal_types_agree_with_the_vocabularies():
    """A vocabulary's values are those of its Literal type."""
    for record in RECORDS.values():
        for name, annotation in annotations_of(record).items():
            celltype = schema_of(record)[name].type
            if isinstance(celltype, Enumeration):
                assert literal_of(annotation) == tuple(celltype.values), (record, name)


def literal_of(annotation) -> tuple:
    """The values of the Literal inside an annotation."""
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    return next((found for part in get_args(annotation)[:1] if (found := literal_of(part))), ())


def test_literal_keys_are_those_of_the_data():
    """The generated types hold every key of tables, provinces and indicators."""
    assert set(get_args(TableName)) == set(RECORDS)
    assert get_args(ProvinceKey) == tuple(povdata.provinces.by_key)
    assert get_args(IndicatorKey) == tuple(povdata.indicators.by_key)


def test_references_point_at_tables():
    """Each foreign key names a table."""
    for record in RECORDS.values():
        for column in schema_of(record).values():
            assert not isinstance(column.type, Reference) or column.type.table in RECORDS


def test_every_table_has_a_paragraph_in_the_readme_of_the_data():
    """data/README.md tells of each file."""
    text = (DATA / "README.md").read_text(encoding="utf-8")
    for name in RECORDS:
        assert f"`{name}.csv`" in text


def test_the_data_package_describes_every_file():
    """Paths, sizes, keys and foreign keys of datapackage.json, read as a stranger would."""
    package = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    assert package["version"] == povdata.__version__
    resources = {resource["name"]: resource for resource in package["resources"]}
    assert set(resources) == set(RECORDS)
    for name, resource in resources.items():
        assert resource["bytes"] == (DATA / resource["path"]).stat().st_size
        assert resource["schema"]["primaryKey"] == ["key"]
        header = (DATA / resource["path"]).read_text(encoding="utf-8").split("\n", 1)[0].split(",")
        assert [field["name"] for field in resource["schema"]["fields"]] == header, name
    assert {"fields": ["indicator"], "reference": {"resource": "indicators", "fields": ["key"]}} in resources["observations"]["schema"][
        "foreignKeys"
    ]


def test_every_indicator_is_used_and_every_term_means_one_indicator():
    """The codebook has no dead entries, and its terms are unambiguous."""
    used = {item.indicator for item in povdata.observations}
    assert used == set(povdata.indicators.by_key)
    terms = [term for item in povdata.indicators for term in item.terms]
    assert len(terms) == len(set(terms))


def test_every_source_is_drawn_on():
    """No source is listed that no column or row uses."""
    drawn = {source for record in RECORDS.values() for column in schema_of(record).values() for source in column.sources}
    for table in povdata.tables().values():
        for column in table.schema.values():
            if isinstance(column.type, (Reference, ReferenceList)) and column.type.table == "sources":
                cells = [getattr(record, column.name) or () for record in table]
                drawn.update(key for cell in cells for key in ((cell,) if isinstance(cell, str) else cell))
    assert drawn == set(povdata.sources.by_key)
