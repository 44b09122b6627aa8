"""The tables as CSV files with their descriptions for Frictionless (Data Package 2), CSV on the Web, Croissant 1.0 and Web Annotation.

A description is a template in JSON, whose gaps are those of `str.format`; it holds no clock.
"""

import json
import re
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from pathlib import Path
from string import Formatter
from typing import Any

from povdata.exports.sheets import Order, Sheet, template
from povdata.locators import Locator
from povdata.manifest import fingerprint
from povdata.model.columns import Shown, for_json
from povdata.model.datatypes import Boolean, CellType, Day, Difference, Edtf, Enumeration, Integer, Pattern, Quantity, Reference, by_type
from povdata.model.schema import ORIGINS

ENDING = "-datapackage"
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
CROISSANT = {"integer": "sc:Integer", "number": "sc:Float", "boolean": "sc:Boolean", "date": "sc:Date"}  # any other is text


def write(order: Order, folder: Path) -> None:
    """Write the CSV files and, beside them, their descriptions."""
    sheets = order.sheets()
    data = {f"{sheet.name}.csv": sheet.as_csv() for sheet in sheets}
    data |= {f"{sheet.name}.json": _as_json(sheet) for sheet in sheets if any(map(_guessed, sheet.columns))}
    files = data | {"README.md": order.publication.readme}
    files |= {f"{name}.json": described(name, order, sheets, data) for name in ("croissant", "datapackage", "csv-metadata")}
    if order.publication.data.keys() >= {"citations", "spans"}:
        files["annotations.jsonld"] = _annotated(order, sheets)
    folder.mkdir()
    for name, content in files.items():
        if content:
            (folder / name).write_bytes(content)


def _guessed(column: Shown) -> bool:
    """Whether a column holds codes of digits, and gaps: from CSV, mlcroissant reads them as floats (130000.0), from JSON as text."""
    filled = [value for value in column.values if value is not None]
    return column.type.frictionless == "string" and 0 < len(filled) < len(column.values) and all(map(str.isdecimal, filled))


def _as_json(sheet: Sheet) -> bytes:
    columns = {column.name: [*map(for_json, column.values)] for column in sheet.columns}
    return json.dumps(columns, ensure_ascii=False, separators=(",", ":")).replace('],"', '],\n"').encode() + b"\n"


def filled(shape: Any, values: Mapping[str, Any]) -> Any:
    """A shape with its gaps filled; members of an object that are empty then, or False, are left out.

    >>> filled({"title": "{name}!", "in": ["each parts", {"id": "{id}", "of": "{of}"}]}, {"name": "A", "parts": [{"id": 7, "of": ""}]})
    {'title': 'A!', 'in': [{'id': 7}]}
    """
    match shape:
        case [str() as each, dict() as part] if each.startswith("each "):
            return [filled(part, {**values, **item}) for item in values[each.removeprefix("each ")]]
        case list():
            return [filled(part, values) for part in shape]
        case dict():
            found = {name: filled(part, values) for name, part in shape.items()}
            return {name: part for name, part in found.items() if part or type(part) is int}
        case str() if gap := re.fullmatch(r"{([\w.]+)}", shape):
            return Formatter().get_field(gap[1], (), values)[0]
        case _:
            return shape.format_map(values) if isinstance(shape, str) else shape


def described(name: str, order: Order, sheets: list[Sheet], files: Mapping[str, bytes]) -> bytes:
    """The bytes of a descriptor of the files."""
    languages, tables = list(order.publication.data.naming.languages), [_table(sheet, files) for sheet in sheets]
    found = filled(json.loads(template(f"{name}.json")), {**order.publication.about, "languages": languages, "tables": tables})
    return json.dumps(found, ensure_ascii=False, indent=1).encode() + b"\n"


def _table(sheet: Sheet, files: Mapping[str, bytes]) -> dict[str, Any]:
    as_json = f"{sheet.name}.json" in files
    file, form = (f"{sheet.name}.json", "application/json") if as_json else (f"{sheet.name}.csv", "text/csv")
    return {
        "sheet": sheet,
        "columns": [_column(sheet, column, as_json) for column in sheet.columns],
        # in Table Schema 2.0, a table that refers to itself is not named
        "references": [{"column": one, "target": other, "other": other * (other != sheet.name)} for one, other in sheet.references.items()],
        "bytes": len(files[f"{sheet.name}.csv"]),
        "hash": fingerprint(files[f"{sheet.name}.csv"]),
        "file": file,
        "format": form,
        "size": len(files[file]),
        "sha256": fingerprint(files[file]).removeprefix("sha256:"),
    }


def _column(sheet: Sheet, column: Shown, as_json: bool) -> dict[str, Any]:
    """In Croissant, references stand in words: mlcroissant would join the tables, and fail where they refer to each other."""
    celltype, own, origin = column.type, sheet.table.schema.get(column.name), sheet.origin(column)
    values = celltype.values if isinstance(celltype, Enumeration) else {}
    meanings = "; ".join(f"{value} ({meaning})" for value, meaning in values.items())
    target = celltype.table if isinstance(celltype, Reference) else ""
    return {
        "column": column,
        "explained": column.description + f" One of: {meanings}." * bool(values) + f" Key of {target}." * bool(target),
        "csvw": by_type(CSVW, celltype)(celltype),
        "croissant": CROISSANT.get(celltype.frictionless, "sc:Text"),
        "unique": column.name == "key",
        "pattern": celltype.pattern if isinstance(celltype, Pattern) else "",
        "categories": [{"value": value, "meaning": meaning} for value, meaning in values.items()],
        "origin": f"{origin}: {ORIGINS[origin]}",
        "sources": list(own.sources) if own else [],
        "listed": bool(celltype.separator),
        "path": f"$.{column.name}[*]" * as_json,
        "heading": column.name * (not as_json),
        "split": celltype.separator * (not as_json),
    }


def _annotated(order: Order, sheets: list[Sheet]) -> bytes:
    """``annotations.jsonld``: each citation of a written cell, and each span that is set aside.

    The target is the text that was read, named by its digest (RFC 6920), since it has no address of ours. Its line is selected first
    (RFC 5147, which counts lines from 0), then the characters within the line, then, where the span keeps them, the characters
    themselves. The body is the cell (RFC 7111, which counts rows and columns from 1 and the header as a row).
    """
    data, about, items = order.publication.data, order.publication.about, []
    rows = {(sheet.name, key): number for sheet in sheets for number, key in enumerate(sheet.table.by_key, start=2)}
    columns = {(sheet.name, column.name): number for sheet in sheets for number, column in enumerate(sheet.columns, start=1)}
    for citation in data["citations"]:
        table, key, column = citation.table, citation.record, citation.column
        if table in order.tables:
            place = f"cell={rows[table, key]},{columns[table, column]}"
            cell = {"type": "FragmentSelector", "conformsTo": "http://tools.ietf.org/rfc/rfc7111", "value": place}
            source = {"type": "SpecificResource", "source": f"{table}.csv", "selector": cell}
            value = data[table].schema[column].type.format(getattr(data[table][key], column))
            texts = {"describing": value, "tagging": citation.basis}
            items.append(_annotation(data, citation.key, "linking", citation.span, [source], texts))
    for aside in data["set_aside"] if "set_aside" in order.tables else ():
        texts = {"classifying": aside.kind, "commenting": aside.reason}
        items.append(_annotation(data, f"set_aside/{aside.key}", "classifying", aside.key, [], texts))
    digest = urlsafe_b64encode(bytes.fromhex(about["text_sha256"])).decode().rstrip("=")
    found = filled(json.loads(template("annotations.json")), {**about, "digest": digest, "total": len(items), "items": items})
    lines = json.dumps(found, ensure_ascii=False, separators=(",", ":")).replace(',{"id"', ',\n{"id"')  # one annotation a line
    return lines.encode() + b"\n"


def _annotation(data: Any, name: str, motivation: str, key: str, bodies: list[Any], texts: Mapping[str, str]) -> dict[str, Any]:
    """An annotation of a span; the texts come by their purpose."""
    text, locator = data["spans"][key].text, Locator.parse(key)
    bodies = bodies + [{"type": "TextualBody", "purpose": purpose, "value": text} for purpose, text in texts.items()]
    quote = None if text is None else {"type": "TextQuoteSelector", "exact": text}
    found = {"name": name, "motivation": motivation, "bodies": bodies, "quote": quote}
    return {**found, "locator": locator, "before": locator.line - 1}
