"""The citations as W3C Web Annotations."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping
from typing import Any

from povdata.exports.sheets import Order, Sheet
from povdata.locators import Locator
from povdata.model.reading import format_cell
from povdata.model.table import Table

NAME = "annotations.jsonld"
NEEDS = {"citations", "spans", "set_aside"}


def describe(order: Order, sheets: list[Sheet]) -> str:
    """The text of ``annotations.jsonld``: each citation of a written cell, and each span that is set aside; nothing of tables without any.

    The target is the text that was read, named by its digest (RFC 6920), since it has no address of ours. Its line is selected first
    (RFC 5147, which counts lines from 0), then the characters within the line, then, where the span keeps them, the characters
    themselves. The body is the cell (RFC 7111, which counts rows and columns from 1 and the header as a row).
    """
    tables = order.dataset.tables
    if not tables.keys() >= NEEDS:
        return ""
    source = f"ni:///sha-256;{urlsafe_b64encode(bytes.fromhex(order.dataset.digest)).decode().rstrip('=')}"
    items = [*_citations(tables, sheets, source), *(_asides(tables, source) if "set_aside" in order.tables else ())]
    head = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": NAME,
        "type": "AnnotationCollection",
        "label": f"{order.dataset.title}: where each cell was read",
        "total": len(items),
    }
    page = {"id": f"{NAME}#page", "type": "AnnotationPage", "startIndex": 0, "items": []}
    text = json.dumps(head | {"first": page}, ensure_ascii=False, indent=1)
    lines = ",\n".join(json.dumps(item, ensure_ascii=False, separators=(",", ":")) for item in items)  # one annotation a line
    return text.replace('"items": []', f'"items": [\n{lines}\n]') + "\n"


Tables = Mapping[str, Table[Any]]


def _citations(tables: Tables, sheets: list[Sheet], source: str) -> Iterator[dict[str, Any]]:
    rows = {sheet.name: {row[0]: number for number, row in enumerate(sheet.rows, start=2)} for sheet in sheets}
    columns = {sheet.name: {column.name: number for number, column in enumerate(sheet.columns, start=1)} for sheet in sheets}
    for citation in tables["citations"]:
        if citation.table not in rows:
            continue
        table = tables[citation.table]
        position = f"cell={rows[table.name][citation.record]},{columns[table.name][citation.column]}"
        yield {
            "id": f"{NAME}#{citation.key}",
            "type": "Annotation",
            "motivation": "linking",
            "body": [
                {"type": "SpecificResource", "source": f"{table.name}.csv", "selector": _fragment("7111", position)},
                _text("describing", format_cell(table.schema[citation.column], getattr(table[citation.record], citation.column))),
                _text("tagging", citation.basis),
            ],
            "target": _target(tables["spans"][citation.span], source),
        }


def _asides(tables: Tables, source: str) -> Iterator[dict[str, Any]]:
    for aside in tables["set_aside"]:
        yield {
            "id": f"{NAME}#set_aside/{aside.key}",
            "type": "Annotation",
            "motivation": "classifying",
            "body": [_text("classifying", aside.kind), _text("commenting", aside.reason)],
            "target": _target(tables["spans"][aside.key], source),
        }


def _text(purpose: str, value: str) -> dict[str, Any]:
    return {"type": "TextualBody", "purpose": purpose, "value": value}


def _fragment(rfc: str, value: str) -> dict[str, Any]:
    return {"type": "FragmentSelector", "conformsTo": f"http://tools.ietf.org/rfc/rfc{rfc}", "value": value}


def _target(span: Any, source: str) -> dict[str, Any]:
    locator = Locator.parse(span.key)
    within: dict[str, Any] = {"type": "TextPositionSelector", "start": locator.start, "end": locator.end}
    if span.text is not None:
        within["refinedBy"] = {"type": "TextQuoteSelector", "exact": span.text}
    line = _fragment("5147", f"line={locator.line - 1},{locator.line}") | {"refinedBy": within}
    return {"type": "SpecificResource", "source": source, "selector": line}
