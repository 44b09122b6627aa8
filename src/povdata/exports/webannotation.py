"""The citations as W3C Web Annotations."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from typing import Any

from povdata.exports.sheets import Order, Sheet
from povdata.locators import Locator

NAME = "annotations.jsonld"


def describe(order: Order, sheets: list[Sheet]) -> str:
    """The text of ``annotations.jsonld``: each citation of a written cell, and each span that is set aside; nothing of tables without any.

    The target is the text that was read, named by its digest (RFC 6920), since it has no address of ours. Its line is selected first
    (RFC 5147, which counts lines from 0), then the characters within the line, then, where the span keeps them, the characters
    themselves. The body is the cell (RFC 7111, which counts rows and columns from 1 and the header as a row).
    """
    data = order.publication.data
    if not data.keys() >= {"citations", "spans"}:
        return ""
    digest = urlsafe_b64encode(bytes.fromhex(order.publication.about["text_sha256"])).decode()
    source = f"ni:///sha-256;{digest.rstrip('=')}"
    items = [*_citations(order, sheets, source), *(_asides(order, source) if "set_aside" in order.tables else ())]
    head = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": NAME,
        "type": "AnnotationCollection",
        "label": f"{order.publication.about['title']}: where each cell was read",
        "total": len(items),
    }
    page = {"id": f"{NAME}#page", "type": "AnnotationPage", "startIndex": 0, "items": []}
    text = json.dumps(head | {"first": page}, ensure_ascii=False, indent=1)
    lines = ",\n".join(json.dumps(item, ensure_ascii=False, separators=(",", ":")) for item in items)  # one annotation a line
    return text.replace('"items": []', f'"items": [\n{lines}\n]') + "\n"


def _citations(order: Order, sheets: list[Sheet], source: str) -> Iterator[dict[str, Any]]:
    data = order.publication.data
    rows = {sheet.name: {key: number for number, key in enumerate(sheet.table.by_key, start=2)} for sheet in sheets}
    columns = {sheet.name: {column.name: number for number, column in enumerate(sheet.columns, start=1)} for sheet in sheets}
    for citation in data["citations"]:
        table, key, column = citation.table, citation.record, citation.column
        if table in rows:
            cell = _fragment("7111", f"cell={rows[table][key]},{columns[table][column]}")
            value = data[table].schema[column].type.format(getattr(data[table][key], column))
            body = [
                {"type": "SpecificResource", "source": f"{table}.csv", "selector": cell},
                _text("describing", value),
                _text("tagging", citation.basis),
            ]
            yield _annotation(citation.key, "linking", body, data["spans"][citation.span], source)


def _asides(order: Order, source: str) -> Iterator[dict[str, Any]]:
    data = order.publication.data
    for aside in data["set_aside"]:
        body = [_text("classifying", aside.kind), _text("commenting", aside.reason)]
        yield _annotation(f"set_aside/{aside.key}", "classifying", body, data["spans"][aside.key], source)


def _annotation(name: str, motivation: str, body: list[dict[str, Any]], span: Any, source: str) -> dict[str, Any]:
    locator = Locator.parse(span.key)
    within: dict[str, Any] = {"type": "TextPositionSelector", "start": locator.start, "end": locator.end}
    if span.text is not None:
        within["refinedBy"] = {"type": "TextQuoteSelector", "exact": span.text}
    line = _fragment("5147", f"line={locator.line - 1},{locator.line}") | {"refinedBy": within}
    target = {"type": "SpecificResource", "source": source, "selector": line}
    return {"id": f"{NAME}#{name}", "type": "Annotation", "motivation": motivation, "body": body, "target": target}


def _text(purpose: str, value: str) -> dict[str, Any]:
    return {"type": "TextualBody", "purpose": purpose, "value": value}


def _fragment(rfc: str, value: str) -> dict[str, Any]:
    return {"type": "FragmentSelector", "conformsTo": f"http://tools.ietf.org/rfc/rfc{rfc}", "value": value}
