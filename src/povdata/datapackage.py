"""The data as a Frictionless Data Package (version 2): ``datapackage.json`` is generated from the record classes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from povdata import __version__
from povdata.model.datatypes import CellType, Enumeration, NameList, Pattern, Reference, References
from povdata.model.record import Record
from povdata.model.schema import ORIGINS, Column, schema_of
from povdata.records import RECORDS, bundled

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
TITLE = "How 15 Chinese regions took their poverty counties off the list"
DESCRIPTION = "A relational dataset read from one Chinese news round-up of April 2020, each cell with its place in the text."
LICENCE = "https://creativecommons.org/publicdomain/zero/1.0/"
ATTRIBUTION = {
    "name": "CC-BY-4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
    "title": "CC BY 4.0, for points and names from GeoNames (https://www.geonames.org/) in divisions",
}
"""The licence of what the data have from GeoNames."""


def fingerprint(data: bytes) -> str:
    """The SHA-256 of a file, as Frictionless writes it."""
    return f"sha256:{sha256(data).hexdigest()}"


def manifest(descriptor: bytes) -> dict[str, str]:
    """File name → fingerprint, from the bytes of ``datapackage.json``.

    Raises:
        ValueError: the bytes are not such a descriptor.
    """
    try:
        return {resource["path"]: resource["hash"] for resource in json.loads(descriptor)["resources"]}
    except (KeyError, TypeError) as error:
        raise ValueError(f"not a data package descriptor: {error!r}") from None


def describe_package(files: Mapping[str, bytes]) -> str:
    """The text of ``datapackage.json`` for the given data files; it holds no clock."""
    descriptor = {
        "$schema": PROFILE,
        "name": "povdata",
        "title": TITLE,
        "description": DESCRIPTION,
        "version": __version__,
        "licenses": [{"name": "CC0-1.0", "path": LICENCE, "title": "CC0 1.0"}, ATTRIBUTION],
        "resources": [_resource(name, record, files[f"{name}.csv"]) for name, record in RECORDS.items()],
    }
    return json.dumps(descriptor, ensure_ascii=False, indent=1) + "\n"


def separator(celltype: CellType) -> str | None:
    """What stands between the parts of a cell that is a list; None for cells that are none."""
    match celltype:
        case NameList():
            return ";"
        case References():
            return " "
        case _:
            return None


def summary(record: type[Record]) -> str:
    """What a row of the table is: the docstring of its class; where ``python -OO`` left none, ``datapackage.json`` keeps it."""
    if record.__doc__:
        return record.__doc__.strip()
    resources = json.loads(bundled("datapackage.json"))["resources"]
    return str(next(resource["description"] for resource in resources if RECORDS[resource["name"]] is record))


def _resource(name: str, record: type[Record], data: bytes) -> dict[str, Any]:
    columns = schema_of(record).values()
    schema: dict[str, Any] = {"fields": [_field(column) for column in columns], "primaryKey": ["key"]}
    foreign_keys = [_foreign_key(name, column.name, column.type.table) for column in columns if isinstance(column.type, Reference)]
    if foreign_keys:
        schema["foreignKeys"] = foreign_keys
    return {
        "name": name,
        "type": "table",
        "path": f"{name}.csv",
        "description": summary(record),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": fingerprint(data),
        "schema": schema | {"missingValues": [""]},
    }


def _foreign_key(table: str, column: str, target: str) -> dict[str, Any]:
    """A table that refers to itself is not named (Table Schema 2.0)."""
    resource = {} if target == table else {"resource": target}
    return {"fields": [column], "reference": resource | {"fields": ["key"]}}


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": column.type.frictionless, "description": column.description}
    if delimiter := separator(column.type):
        field["delimiter"] = delimiter
    constraints = _constraints(column, column.type)
    if constraints:
        field["constraints"] = constraints
    if isinstance(column.type, Enumeration):
        field["categories"] = [{"value": value, "label": meaning} for value, meaning in column.type.values.items()]
    field["origin"] = f"{column.origin}: {ORIGINS[column.origin]}"
    if column.sources:
        field["sources"] = list(column.sources)
    return field


def _constraints(column: Column, celltype: CellType) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if column.required:
        found["required"] = True
    if column.name == "key":
        found["unique"] = True
    if isinstance(celltype, Pattern):
        found["pattern"] = celltype.pattern
    return found
