"""The description of the CSV files for machine learning: Croissant 1.0."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from hashlib import sha256
from typing import Any

from povdata.exports.sheets import Order, Sheet, by_type, separator, template
from povdata.model.datatypes import Boolean, CellType, Day, Difference, Enumeration, Integer, Quantity, Reference
from povdata.model.schema import Column

TYPES: Mapping[type[CellType], str] = {
    CellType: "sc:Text",
    Integer: "sc:Integer",
    Difference: "sc:Integer",
    Quantity: "sc:Float",
    Boolean: "sc:Boolean",
    Day: "sc:Date",
}
"""The type of a field."""


def files(sheets: list[Sheet]) -> dict[str, bytes]:
    """A JSON file, column by column, of each table whose CSV file would be misread.

    mlcroissant reads CSV with the types that pandas guesses: a column of codes with gaps becomes floats (130000.0), and no description
    prevents it. JSON keeps text as text.
    """
    return {
        f"{sheet.name}.json": _json(sheet).encode() for sheet in sheets if any(map(_guessed, sheet.columns, zip(*sheet.rows, strict=True)))
    }


def _guessed(column: Column, values: tuple[Any, ...]) -> bool:
    """Whether a column holds text, all of it numbers, and gaps."""
    filled = [value for value in values if value is not None]
    return by_type(TYPES, column.type) == "sc:Text" and 0 < len(filled) < len(values) and all(str(value).isdecimal() for value in filled)


def _json(sheet: Sheet) -> str:
    values = zip(*sheet.rows, strict=True)
    columns = {column.name: found for column, found in zip(sheet.columns, values, strict=True)}
    lines = (
        f"{json.dumps(name)}:{json.dumps(found, ensure_ascii=False, default=_plain, separators=(',', ':'))}"
        for name, found in columns.items()
    )
    return "{" + ",\n".join(lines) + "}\n"


def _plain(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else value.isoformat()


def describe(order: Order, sheets: list[Sheet], files: Mapping[str, bytes]) -> str:
    """The text of ``croissant.json`` for the given data files."""
    dataset = order.dataset
    descriptor = {
        "@context": json.loads(template("croissant-context.json")),  # which Croissant 1.0 prescribes
        "@type": "sc:Publication",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": dataset.name,
        "alternateName": dataset.title,
        "description": dataset.description,
        "version": dataset.version,
        "license": dataset.licence,
        "creator": {"@type": "sc:Organization", "name": dataset.author},
        "datePublished": dataset.year,
        "inLanguage": [*dataset.languages],
        "citeAs": dataset.cite("bibtex", None),
        "distribution": [_file(sheet, name, files[name]) for sheet in sheets for name in [_name(sheet, files)]],
        "recordSet": [
            {
                "@type": "cr:RecordSet",
                "@id": sheet.name,
                "name": sheet.name,
                "description": sheet.description,
                "key": {"@id": f"{sheet.name}/key"},
                "field": [_field(sheet.name, _name(sheet, files), column) for column in sheet.columns],
            }
            for sheet in sheets
        ],
    }
    return json.dumps(descriptor, ensure_ascii=False, indent=1) + "\n"


def _name(sheet: Sheet, files: Mapping[str, bytes]) -> str:
    """The file that a table is read from."""
    return f"{sheet.name}.json" if f"{sheet.name}.json" in files else f"{sheet.name}.csv"


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


def _field(table: str, file: str, column: Column) -> dict[str, Any]:
    """References stand in words: as such, mlcroissant would join the tables, and fail where they refer to each other."""
    description = column.description
    if isinstance(column.type, Enumeration):
        description += " One of: " + "; ".join(f"{value} ({meaning})" for value, meaning in column.type.values.items()) + "."
    if isinstance(column.type, Reference):
        description += f" Key of {column.type.table}."
    as_json = file.endswith(".json")
    source: dict[str, Any] = {
        "fileObject": {"@id": file},
        "extract": {"jsonPath": f"$.{column.name}[*]"} if as_json else {"column": column.name},
    }
    found: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"{table}/{column.name}",
        "name": column.name,
        "description": description,
        "dataType": by_type(TYPES, column.type),
    }
    if delimiter := separator(column):
        found["repeated"] = True
        if not as_json:
            source["transform"] = {"separator": delimiter}
    return found | {"source": source}
