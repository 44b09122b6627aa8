"""The description of the CSV files for machine learning: Croissant 1.0."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from povdata.exports.sheets import Publication, Sheet, described
from povdata.model.columns import Shown, for_json
from povdata.model.datatypes import Enumeration, Reference

TYPES = {"integer": "sc:Integer", "number": "sc:Float", "boolean": "sc:Boolean", "date": "sc:Date"}
"""The type of a field by its Frictionless type; any other is text."""


def files(sheets: list[Sheet]) -> dict[str, bytes]:
    """A JSON file, column by column, of each table whose CSV file would be misread.

    mlcroissant reads CSV with the types that pandas guesses: a column of codes with gaps becomes floats (130000.0), and no description
    prevents it. JSON keeps text as text.
    """
    return {f"{sheet.name}.json": _json(sheet) for sheet in sheets if any(map(_guessed, sheet.columns))}


def _guessed(column: Shown) -> bool:
    """Whether a column holds text, all of it numbers, and gaps."""
    filled = [value for value in column.values if value is not None]
    return column.type.frictionless == "string" and 0 < len(filled) < len(column.values) and all(map(str.isdecimal, filled))


def _json(sheet: Sheet) -> bytes:
    columns = {column.name: [*map(for_json, column.values)] for column in sheet.columns}
    lines = (f"{json.dumps(name)}:{json.dumps(values, ensure_ascii=False, separators=(',', ':'))}" for name, values in columns.items())
    return ("{" + ",\n".join(lines) + "}\n").encode()


def describe(about: Publication, sheets: list[Sheet], files: Mapping[str, bytes]) -> str:
    """The text of ``croissant.json`` for the given data files."""
    names = {sheet.name: f"{sheet.name}.{'json' if f'{sheet.name}.json' in files else 'csv'}" for sheet in sheets}
    return described(
        "croissant.json",
        about.about,
        inLanguage=[*about.data.naming.languages],
        distribution=[_file(sheet, names[sheet.name], files[names[sheet.name]]) for sheet in sheets],
        recordSet=[_record_set(sheet, names[sheet.name]) for sheet in sheets],
    )


def _file(sheet: Sheet, name: str, data: bytes) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": name,
        "name": name,
        "description": sheet.description,
        "contentUrl": name,
        "contentSize": f"{len(data)} B",
        "encodingFormat": "application/json" if name.endswith(".json") else "text/csv",
        "sha256": sha256(data).hexdigest(),
    }


def _record_set(sheet: Sheet, file: str) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": sheet.name,
        "name": sheet.name,
        "description": sheet.description,
        "key": {"@id": f"{sheet.name}/key"},
        "field": [_field(sheet.name, file, column) for column in sheet.columns],
    }


def _field(table: str, file: str, column: Shown) -> dict[str, Any]:
    """References stand in words: as such, mlcroissant would join the tables, and fail where they refer to each other."""
    description, celltype, as_json = column.description, column.type, file.endswith(".json")
    if isinstance(celltype, Enumeration):
        description += " One of: " + "; ".join(f"{value} ({meaning})" for value, meaning in celltype.values.items()) + "."
    if isinstance(celltype, Reference):
        description += f" Key of {celltype.table}."
    extract = {"jsonPath": f"$.{column.name}[*]"} if as_json else {"column": column.name}
    source: dict[str, Any] = {"fileObject": {"@id": file}, "extract": extract}
    if celltype.separator and not as_json:
        source["transform"] = {"separator": celltype.separator}
    return {
        "@type": "cr:Field",
        "@id": f"{table}/{column.name}",
        "name": column.name,
        "description": description,
        "dataType": TYPES.get(celltype.frictionless, "sc:Text"),
        "source": source,
    } | ({"repeated": True} if celltype.separator else {})
