"""The citations as W3C Web Annotations."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from typing import Any

from povdata.exports.filling import filled, template
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
    items = [item | _target(data["spans"][item["span"]]) for item in (*_citations(order, sheets), *_asides(order))]
    found = filled(json.loads(template("annotations.json")), {**about, "digest": digest, "total": len(items), "items": items})
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).replace(',{"id"', ',\n{"id"') + "\n"  # one annotation a line


def _citations(order: Order, sheets: list[Sheet]) -> Iterator[dict[str, Any]]:
    data = order.publication.data
    rows = {sheet.name: {key: number for number, key in enumerate(sheet.table.by_key, start=2)} for sheet in sheets}
    columns = {sheet.name: {column.name: number for number, column in enumerate(sheet.columns, start=1)} for sheet in sheets}
    for citation in data["citations"]:
        table, key, column = citation.table, citation.record, citation.column
        if table in rows:
            place = f"cell={rows[table][key]},{columns[table][column]}"
            cell = {"type": "FragmentSelector", "conformsTo": "http://tools.ietf.org/rfc/rfc7111", "value": place}
            value = data[table].schema[column].type.format(getattr(data[table][key], column))
            source = {"type": "SpecificResource", "source": f"{table}.csv", "cell": cell, "purpose": "", "value": ""}
            bodies = [source, _text("describing", value), _text("tagging", citation.basis)]
            yield {"name": citation.key, "motivation": "linking", "span": citation.span, "bodies": bodies}


def _asides(order: Order) -> Iterator[dict[str, Any]]:
    for aside in order.publication.data["set_aside"] if "set_aside" in order.tables else ():
        bodies = [_text("classifying", aside.kind), _text("commenting", aside.reason)]
        yield {"name": f"set_aside/{aside.key}", "motivation": "classifying", "span": aside.key, "bodies": bodies}


def _text(purpose: str, value: str) -> dict[str, Any]:
    return {"type": "TextualBody", "source": "", "cell": "", "purpose": purpose, "value": value}


def _target(span: Any) -> dict[str, Any]:
    locator = Locator.parse(span.key)
    quote = None if span.text is None else {"type": "TextQuoteSelector", "exact": span.text}
    return {"before": locator.line - 1, "line": locator.line, "start": locator.start, "end": locator.end, "quote": quote}
