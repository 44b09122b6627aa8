"""The description of the CSV files as CSV on the Web."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from povdata.exports.sheets import Order, Sheet, described
from povdata.model.columns import Shown
from povdata.model.datatypes import Boolean, CellType, Day, Difference, Edtf, Enumeration, Integer, Pattern, Quantity, by_type
from povdata.model.schema import ORIGINS

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
    return described("csv-metadata.json", order.publication.about, tables=[_table(order, sheet) for sheet in sheets])


def _table(order: Order, sheet: Sheet) -> dict[str, Any]:
    schema: dict[str, Any] = {"columns": [_column(sheet, column) for column in sheet.columns], "primaryKey": "key"}
    if foreign_keys := order.references(sheet):
        schema["foreignKeys"] = [
            {"columnReference": column, "reference": {"resource": f"{target}.csv", "columnReference": "key"}}
            for column, target in foreign_keys.items()
        ]
    return {"url": f"{sheet.name}.csv", "dc:description": sheet.description, "tableSchema": schema}


def _column(sheet: Sheet, column: Shown) -> dict[str, Any]:
    origin = sheet.origin(column)
    found = {
        "name": column.name,
        "titles": column.name,
        "datatype": by_type(TYPES, column.type)(column.type),
        "separator": column.type.separator,
        "required": column.required,
        "dc:description": column.description,
        "dc:provenance": f"{origin}: {ORIGINS[origin]}",
    }
    return {name: value for name, value in found.items() if value}
