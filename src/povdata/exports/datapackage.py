"""The tables as CSV files with their descriptions: a Frictionless Data Package (version 2), which also holds those of other formats."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from povdata.exports import croissant, csvw, webannotation
from povdata.exports.sheets import Order, Sheet, separator
from povdata.manifest import fingerprint
from povdata.model.datatypes import Enumeration, Pattern
from povdata.model.schema import ORIGINS, Column

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"


def write(order: Order, folder: Path) -> None:
    """Write the CSV files and, beside them, their descriptions."""
    sheets = order.sheets()
    tables = {f"{sheet.name}.csv": sheet.csv() for sheet in sheets}
    files = tables | croissant.files(sheets)
    files["croissant.json"] = croissant.describe(order, sheets, files).encode()
    files["datapackage.json"] = describe(order, sheets, tables).encode()
    files["csv-metadata.json"] = csvw.describe(order, sheets).encode()
    if order.dataset.readme:
        files["README.md"] = order.dataset.readme
    if found := webannotation.describe(order, sheets):
        files[webannotation.NAME] = found.encode()
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)


def describe(order: Order, sheets: list[Sheet], files: Mapping[str, bytes]) -> str:
    """The text of ``datapackage.json`` for the given data files; it holds no clock."""
    dataset = order.dataset
    descriptor = {
        "$schema": PROFILE,
        "name": dataset.name,
        "title": dataset.title,
        "description": dataset.description,
        "version": dataset.version,
        "licenses": [{"name": dataset.licence_name, "path": dataset.licence, "title": dataset.licence_name.replace("-", " ", 1)}],
        "resources": [_resource(order, sheet, files[f"{sheet.name}.csv"]) for sheet in sheets],
    }
    return json.dumps(descriptor, ensure_ascii=False, indent=1) + "\n"


def _resource(order: Order, sheet: Sheet, data: bytes) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(column) for column in sheet.columns], "primaryKey": ["key"]}
    if foreign_keys := [_foreign_key(sheet.name, column.name, target) for column, target in order.among(sheet.columns)]:
        schema["foreignKeys"] = foreign_keys
    return {
        "name": sheet.name,
        "type": "table",
        "path": f"{sheet.name}.csv",
        "description": sheet.description,
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
    if delimiter := separator(column):
        field["delimiter"] = delimiter
    if constraints := _constraints(column):
        field["constraints"] = constraints
    if isinstance(column.type, Enumeration):
        field["categories"] = [{"value": value, "label": meaning} for value, meaning in column.type.values.items()]
    field["origin"] = f"{column.origin}: {ORIGINS[column.origin]}"
    if column.sources:
        field["sources"] = list(column.sources)
    return field


def _constraints(column: Column) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if column.required:
        found["required"] = True
    if column.name == "key":
        found["unique"] = True
    if isinstance(column.type, Pattern):
        found["pattern"] = column.type.pattern
    return found
