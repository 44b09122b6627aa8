"""The description of the CSV files as CSV on the Web."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from povdata.exports.sheets import Order, Sheet, by_type, separator
from povdata.model.datatypes import Boolean, CellType, Day, Difference, Edtf, Enumeration, Integer, Pattern, Quantity
from povdata.model.schema import ORIGINS, Column

TYPES: Mapping[type[CellType], Callable[[Any], str | dict[str, Any]]] = {
    CellType: lambda _: "string",
    Pattern: lambda celltype: {"base": "string", "format": celltype.pattern},
    Enumeration: lambda celltype: {"base": "string", "format": "|".join(celltype.values)},
    Edtf: lambda _: {"@id": "http://id.loc.gov/datatypes/edtf/EDTF", "base": "string"},
    Quantity: lambda _: {"base": "decimal", "minimum": "0"},
    Integer: lambda _: "nonNegativeInteger",
    Difference: lambda _: "integer",
    Boolean: lambda _: "boolean",
    Day: lambda _: "date",
}
"""The datatype of a column."""


def describe(order: Order, sheets: list[Sheet]) -> str:
    """The text of ``csv-metadata.json``, which describes the CSV files beside it."""
    dataset = order.dataset
    descriptor = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": dataset.title,
        "dc:description": dataset.description,
        "dc:creator": dataset.author,
        "dc:license": {"@id": dataset.licence},
        "schema:version": dataset.version,
        "tables": [_table(order, sheet) for sheet in sheets],
    }
    return json.dumps(descriptor, ensure_ascii=False, indent=1) + "\n"


def _table(order: Order, sheet: Sheet) -> dict[str, Any]:
    schema: dict[str, Any] = {"columns": [_column(column) for column in sheet.columns], "primaryKey": "key"}
    foreign_keys = [
        {"columnReference": column.name, "reference": {"resource": f"{target}.csv", "columnReference": "key"}}
        for column, target in order.among(sheet.columns)
    ]
    if foreign_keys:
        schema["foreignKeys"] = foreign_keys
    return {"url": f"{sheet.name}.csv", "dc:description": sheet.description, "tableSchema": schema}


def _column(column: Column) -> dict[str, Any]:
    found: dict[str, Any] = {"name": column.name, "titles": column.name, "datatype": by_type(TYPES, column.type)(column.type)}
    if delimiter := separator(column):
        found["separator"] = delimiter
    if column.required:
        found["required"] = True
    return found | {"dc:description": column.description, "dc:provenance": f"{column.origin}: {ORIGINS[column.origin]}"}
