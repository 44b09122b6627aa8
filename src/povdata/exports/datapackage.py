"""The tables as CSV files with their descriptions for Frictionless (Data Package 2), CSV on the Web, Croissant 1.0 and Web Annotation."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from povdata.exports import webannotation
from povdata.exports.filling import described
from povdata.exports.sheets import Order, Sheet
from povdata.manifest import fingerprint
from povdata.model.columns import Shown, for_json
from povdata.model.datatypes import Boolean, CellType, Day, Difference, Edtf, Enumeration, Integer, Pattern, Quantity, Reference, by_type
from povdata.model.schema import ORIGINS

CSVW: Mapping[type[CellType], Callable[[Any], str | dict[str, Any]]] = {
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
"""The datatype of a column in CSV on the Web."""
CROISSANT = {"integer": "sc:Integer", "number": "sc:Float", "boolean": "sc:Boolean", "date": "sc:Date"}
"""The type of a field in Croissant by its Frictionless type; any other is text."""


def write(order: Order, folder: Path) -> None:
    """Write the CSV files and, beside them, their descriptions."""
    sheets = order.sheets()
    data = {f"{sheet.name}.csv": sheet.as_csv() for sheet in sheets}
    data |= {f"{sheet.name}.json": _as_json(sheet) for sheet in sheets if any(map(_guessed, sheet.columns))}
    texts = {name: described(name, facts(order, sheets, data)) for name in ("croissant.json", "datapackage.json", "csv-metadata.json")}
    texts[webannotation.NAME] = webannotation.describe(order, sheets)
    others = {name: text.encode() for name, text in texts.items()} | {"README.md": order.publication.readme}
    folder.mkdir()
    for name, content in (data | others).items():
        if content:
            (folder / name).write_bytes(content)


def _guessed(column: Shown) -> bool:
    """Whether a column holds codes of digits, and gaps: from CSV, mlcroissant reads them as floats (130000.0), from JSON as text."""
    filled = [value for value in column.values if value is not None]
    return column.type.frictionless == "string" and 0 < len(filled) < len(column.values) and all(map(str.isdecimal, filled))


def _as_json(sheet: Sheet) -> bytes:
    """A table column by column."""
    columns = {column.name: [*map(for_json, column.values)] for column in sheet.columns}
    return json.dumps(columns, ensure_ascii=False, separators=(",", ":")).replace('],"', '],\n"').encode() + b"\n"


def facts(order: Order, sheets: list[Sheet], files: Mapping[str, bytes]) -> dict[str, Any]:
    """What the descriptors say of the publication and its tables."""
    publication = order.publication
    tables = [_table(order, sheet, files) for sheet in sheets]
    return {**publication.about, "languages": list(publication.data.naming.languages), "tables": tables}


def _table(order: Order, sheet: Sheet, files: Mapping[str, bytes]) -> dict[str, Any]:
    name = sheet.name
    data, as_json = files[f"{name}.csv"], f"{name}.json" in files
    file, form = (f"{name}.json", "application/json") if as_json else (f"{name}.csv", "text/csv")
    references = [  # in Table Schema 2.0, a table that refers to itself is not named
        {"column": column, "target": target, "other": target if target != name else ""}
        for column, target in order.references(sheet).items()
    ]
    columns = [_column(sheet, column, as_json) for column in sheet.columns]
    size = {"bytes": len(data), "hash": fingerprint(data), "size": len(files[file]), "sha256": sha256(files[file]).hexdigest()}
    return {
        "table": name,
        "description": sheet.description,
        "columns": columns,
        "references": references,
        "file": file,
        "format": form,
    } | size


def _column(sheet: Sheet, column: Shown, as_json: bool) -> dict[str, Any]:
    """In Croissant, references stand in words: mlcroissant would join the tables, and fail where they refer to each other."""
    name, celltype, own, origin = column.name, column.type, sheet.table.schema.get(column.name), sheet.origin(column)
    values = celltype.values if isinstance(celltype, Enumeration) else {}
    meanings = "; ".join(f"{value} ({meaning})" for value, meaning in values.items())
    target = celltype.table if isinstance(celltype, Reference) else ""
    return {
        "column": name,
        "description": column.description,
        "explained": column.description + f" One of: {meanings}." * bool(values) + f" Key of {target}." * bool(target),
        "type": celltype.frictionless,
        "csvw": by_type(CSVW, celltype)(celltype),
        "croissant": CROISSANT.get(celltype.frictionless, "sc:Text"),
        "required": column.required,
        "unique": name == "key",
        "pattern": celltype.pattern if isinstance(celltype, Pattern) else "",
        "categories": [{"value": value, "meaning": meaning} for value, meaning in values.items()],
        "origin": f"{origin}: {ORIGINS[origin]}",
        "sources": list(own.sources) if own else [],
        "separator": celltype.separator,
        "listed": bool(celltype.separator),
        "split": "" if as_json else celltype.separator,
        "path": f"$.{name}[*]" if as_json else "",
        "heading": "" if as_json else name,
    }
