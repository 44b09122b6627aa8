"""The tables as CSV files with their descriptions: a Frictionless Data Package (version 2), which also holds those of other formats."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from povdata.exports import croissant, csvw, webannotation
from povdata.exports.sheets import Order, Sheet, described
from povdata.manifest import fingerprint
from povdata.model.columns import Shown
from povdata.model.datatypes import Enumeration, Pattern
from povdata.model.schema import ORIGINS


def write(order: Order, folder: Path) -> None:
    """Write the CSV files and, beside them, their descriptions."""
    sheets = order.sheets()
    tables = {f"{sheet.name}.csv": sheet.as_csv() for sheet in sheets}
    data = tables | croissant.files(sheets)
    texts = {
        "croissant.json": croissant.describe(order.publication, sheets, data),
        "datapackage.json": describe(order, sheets, tables),
        "csv-metadata.json": csvw.describe(order, sheets),
        webannotation.NAME: webannotation.describe(order, sheets),
    }
    others = {name: text.encode() for name, text in texts.items()} | {"README.md": order.publication.readme}
    folder.mkdir()
    for name, content in (data | others).items():
        if content:
            (folder / name).write_bytes(content)


def describe(order: Order, sheets: list[Sheet], files: Mapping[str, bytes]) -> str:
    """The text of ``datapackage.json`` for the given data files."""
    resources = [_resource(order, sheet, files[f"{sheet.name}.csv"]) for sheet in sheets]
    return described("datapackage.json", order.publication.about, resources=resources)


def _resource(order: Order, sheet: Sheet, data: bytes) -> dict[str, Any]:
    foreign_keys = [  # a table that refers to itself is not named (Table Schema 2.0)
        {"fields": [column], "reference": ({} if target == sheet.name else {"resource": target}) | {"fields": ["key"]}}
        for column, target in order.references(sheet).items()
    ]
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
        "schema": {"fields": [_field(sheet, column) for column in sheet.columns], "primaryKey": ["key"]}
        | ({"foreignKeys": foreign_keys} if foreign_keys else {})
        | {"missingValues": [""]},
    }


def _field(sheet: Sheet, column: Shown) -> dict[str, Any]:
    celltype, own, origin = column.type, sheet.table.schema.get(column.name), sheet.origin(column)
    constraints = {
        "required": column.required,
        "unique": column.name == "key",
        "pattern": celltype.pattern if isinstance(celltype, Pattern) else "",
    }
    values = celltype.values if isinstance(celltype, Enumeration) else {}
    field = {
        "name": column.name,
        "type": celltype.frictionless,
        "description": column.description,
        "delimiter": celltype.separator,
        "constraints": {name: value for name, value in constraints.items() if value},
        "categories": [{"value": value, "label": meaning} for value, meaning in values.items()],
        "origin": f"{origin}: {ORIGINS[origin]}",
        "sources": list(own.sources) if own else [],
    }
    return {name: value for name, value in field.items() if value}
