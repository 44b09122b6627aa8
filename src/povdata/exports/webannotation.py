"""The citations as W3C Web Annotations."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from typing import Any

from povdata.exports.filling import described
from povdata.exports.sheets import Order, Sheet
from povdata.locators import Locator

NAME = "annotations.jsonld"


def describe(order: Order, sheets: list[Sheet]) -> str:
    """The text of ``annotations.jsonld``: each citation of a written cell, and each span that is set aside; nothing of tables without any.

    The target is the text that was read, named by its digest (RFC 6920), since it has no address of ours. Its line is selected first
    (RFC 5147, which counts lines from 0), then the characters within the line, then, where the span keeps them, the characters
    themselves. The body is the cell (RFC 7111, which counts rows and columns from 1 and the header as a row).
    """
    data, about = order.publication.data, order.publication.about
    if not data.keys() >= {"citations", "spans"}:
        return ""
    digest = urlsafe_b64encode(bytes.fromhex(about["text_sha256"])).decode().rstrip("=")
    items = [*_citations(order, sheets), *(_asides(order) if "set_aside" in order.tables else ())]
    lines = [  # one annotation a line
        json.dumps(_annotation(name, motivation, body, data["spans"][span], digest), ensure_ascii=False, separators=(",", ":"))
        for name, motivation, span, body in items
    ]
    text = described("annotations.json", {**about, "total": len(lines), "items": [None]})
    head, _, tail = text.rpartition("null")
    return head + ",\n".join(lines) + tail


def _citations(order: Order, sheets: list[Sheet]) -> Iterator[tuple[str, str, str, list[Any]]]:
    """Name, motivation, span and body of each annotation."""
    data = order.publication.data
    rows = {sheet.name: {key: number for number, key in enumerate(sheet.table.by_key, start=2)} for sheet in sheets}
    columns = {sheet.name: {column.name: number for number, column in enumerate(sheet.columns, start=1)} for sheet in sheets}
    for citation in data["citations"]:
        table, key, column = citation.table, citation.record, citation.column
        if table in rows:
            cell = _fragment("7111", f"cell={rows[table][key]},{columns[table][column]}")
            value = data[table].schema[column].type.format(getattr(data[table][key], column))
            source = {"type": "SpecificResource", "source": f"{table}.csv", "selector": cell}
            yield citation.key, "linking", citation.span, [source, _text("describing", value), _text("tagging", citation.basis)]


def _asides(order: Order) -> Iterator[tuple[str, str, str, list[Any]]]:
    for aside in order.publication.data["set_aside"]:
        body = [_text("classifying", aside.kind), _text("commenting", aside.reason)]
        yield f"set_aside/{aside.key}", "classifying", aside.key, body


def _annotation(name: str, motivation: str, body: list[Any], span: Any, digest: str) -> dict[str, Any]:
    locator = Locator.parse(span.key)
    within: dict[str, Any] = {"type": "TextPositionSelector", "start": locator.start, "end": locator.end}
    if span.text is not None:
        within["refinedBy"] = {"type": "TextQuoteSelector", "exact": span.text}
    line = _fragment("5147", f"line={locator.line - 1},{locator.line}") | {"refinedBy": within}
    target = {"type": "SpecificResource", "source": f"ni:///sha-256;{digest}", "selector": line}
    return {"id": f"{NAME}#{name}", "type": "Annotation", "motivation": motivation, "body": body, "target": target}


def _text(purpose: str, value: str) -> dict[str, Any]:
    return {"type": "TextualBody", "purpose": purpose, "value": value}


def _fragment(rfc: str, value: str) -> dict[str, Any]:
    return {"type": "FragmentSelector", "conformsTo": f"http://tools.ietf.org/rfc/rfc{rfc}", "value": value}
