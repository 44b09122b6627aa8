"""Descriptions of the data for other worlds: CSV on the Web, Croissant (machine learning) and Web Annotation.

Like ``datapackage.json`` they are projections of the record classes and of the tables; they hold no clock.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from povdata import __version__, catalog
from povdata.citing import AUTHOR, YEAR, cite
from povdata.datapackage import DESCRIPTION, LICENCE, TITLE, separator, summary
from povdata.locators import Locator
from povdata.model.datatypes import Boolean, CellType, Day, Difference, Edtf, Enumeration, Integer, Pattern, Quantity, Reference
from povdata.model.reading import format_cell
from povdata.model.record import Record
from povdata.model.schema import ORIGINS, Column, schema_of
from povdata.records import RECORDS, Span

ANNOTATIONS = "annotations.jsonld"
EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"


# CSV on the Web. --------------------------------------------------------------------------------------------------------------


def describe_csvw() -> str:
    """The text of ``csv-metadata.json`` (CSV on the Web), which describes the CSV files beside it."""
    descriptor = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": TITLE,
        "dc:description": DESCRIPTION,
        "dc:creator": AUTHOR,
        "dc:license": {"@id": LICENCE},
        "schema:version": __version__,
        "tables": [_csvw_table(name, record) for name, record in RECORDS.items()],
    }
    return json.dumps(descriptor, ensure_ascii=False, indent=1) + "\n"


def _csvw_table(name: str, record: type[Record]) -> dict[str, Any]:
    columns = schema_of(record).values()
    schema: dict[str, Any] = {"columns": [_csvw_column(column) for column in columns], "primaryKey": "key"}
    foreign_keys = [
        {"columnReference": column.name, "reference": {"resource": f"{column.type.table}.csv", "columnReference": "key"}}
        for column in columns
        if isinstance(column.type, Reference)
    ]
    if foreign_keys:
        schema["foreignKeys"] = foreign_keys
    return {"url": f"{name}.csv", "dc:description": summary(record), "tableSchema": schema}


def _csvw_column(column: Column) -> dict[str, Any]:
    found: dict[str, Any] = {"name": column.name, "titles": column.name, "datatype": _csvw_datatype(column.type)}
    if delimiter := separator(column.type):
        found["separator"] = delimiter
    if column.required:
        found["required"] = True
    return found | {"dc:description": column.description, "dc:provenance": f"{column.origin}: {ORIGINS[column.origin]}"}


def _csvw_datatype(celltype: CellType) -> str | dict[str, Any]:
    found: str | dict[str, Any] = "string"
    match celltype:
        case Enumeration():
            found = {"base": "string", "format": "|".join(celltype.values)}
        case Pattern():
            found = {"base": "string", "format": celltype.pattern}
        case Quantity():
            found = {"base": "decimal", "minimum": "0"}
        case Edtf():
            found = {"@id": EDTF, "base": "string"}
        case Integer():
            found = "nonNegativeInteger"
        case Difference():
            found = "integer"
        case Boolean():
            found = "boolean"
        case Day():
            found = "date"
    return found


# Croissant. -------------------------------------------------------------------------------------------------------------------

CROISSANT_CONTEXT: Mapping[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
"""The context that Croissant 1.0 prescribes."""


def describe_croissant(files: Mapping[str, bytes]) -> str:
    """The text of ``croissant.json`` (Croissant 1.0) for the given data files."""
    descriptor = {
        "@context": CROISSANT_CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": "povdata",
        "alternateName": TITLE,
        "description": DESCRIPTION,
        "version": __version__,
        "license": LICENCE,
        "creator": {"@type": "sc:Organization", "name": AUTHOR},
        "datePublished": YEAR,
        "inLanguage": ["zh", "en"],
        "citeAs": cite("bibtex"),
        "distribution": [
            {
                "@type": "cr:FileObject",
                "@id": f"{name}.csv",
                "name": f"{name}.csv",
                "description": summary(record),
                "contentUrl": f"{name}.csv",
                "contentSize": f"{len(files[f'{name}.csv'])} B",
                "encodingFormat": "text/csv",
                "sha256": sha256(files[f"{name}.csv"]).hexdigest(),
            }
            for name, record in RECORDS.items()
        ],
        "recordSet": [
            {
                "@type": "cr:RecordSet",
                "@id": name,
                "name": name,
                "description": summary(record),
                "key": {"@id": f"{name}/key"},
                "field": [_croissant_field(name, column) for column in schema_of(record).values()],
            }
            for name, record in RECORDS.items()
        ],
    }
    return json.dumps(descriptor, ensure_ascii=False, indent=1) + "\n"


def _croissant_field(table: str, column: Column) -> dict[str, Any]:
    """References stand in words: as such, mlcroissant would join the tables, and fail where they refer to each other."""
    description = column.description
    if isinstance(column.type, Enumeration):
        description += " One of: " + "; ".join(f"{value} ({meaning})" for value, meaning in column.type.values.items()) + "."
    if isinstance(column.type, Reference):
        description += f" Key of {column.type.table}."
    source: dict[str, Any] = {"fileObject": {"@id": f"{table}.csv"}, "extract": {"column": column.name}}
    found: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"{table}/{column.name}",
        "name": column.name,
        "description": description,
        "dataType": _croissant_type(column.type),
    }
    if delimiter := separator(column.type):
        found["repeated"] = True
        source["transform"] = {"separator": delimiter}
    return found | {"source": source}


def _croissant_type(celltype: CellType) -> str:
    match celltype:
        case Integer() | Difference():
            return "sc:Integer"
        case Quantity():
            return "sc:Float"
        case Boolean():
            return "sc:Boolean"
        case Day():
            return "sc:Date"
        case _:
            return "sc:Text"


# Web Annotation. --------------------------------------------------------------------------------------------------------------


def describe_annotations() -> str:
    """The text of ``annotations.jsonld``: each citation, and each span that is set aside, as a W3C Web Annotation.

    The target is the reference edition, named by its digest (RFC 6920), since it has no address of ours. Its line is selected first
    (RFC 5147, which counts lines from 0), then the characters within the line, then, where the span keeps them, the characters
    themselves. The body is the cell (RFC 7111, which counts rows and columns from 1 and the header as a row).
    """
    items = [*_citations(), *_asides()]
    head = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": ANNOTATIONS,
        "type": "AnnotationCollection",
        "label": f"{TITLE}: where each cell was read",
        "total": len(items),
    }
    page = {"id": f"{ANNOTATIONS}#page", "type": "AnnotationPage", "startIndex": 0, "items": []}
    text = json.dumps(head | {"first": page}, ensure_ascii=False, indent=1)
    lines = ",\n".join(json.dumps(item, ensure_ascii=False, separators=(",", ":")) for item in items)  # one annotation a line
    return text.replace('"items": []', f'"items": [\n{lines}\n]') + "\n"


def _citations() -> Iterator[dict[str, Any]]:
    rows = {name: {key: row for row, key in enumerate(table.by_key, start=2)} for name, table in catalog.tables().items()}
    for citation in catalog.citations:
        table = catalog.table(citation.table)
        column = table.schema[citation.column]
        position = f"cell={rows[table.name][citation.record]},{list(table.schema).index(citation.column) + 1}"
        yield {
            "id": f"{ANNOTATIONS}#{citation.key}",
            "type": "Annotation",
            "motivation": "linking",
            "body": [
                {"type": "SpecificResource", "source": f"{table.name}.csv", "selector": _fragment("7111", position)},
                _text("describing", format_cell(column, getattr(table[citation.record], column.name))),
                _text("tagging", citation.basis),
            ],
            "target": _target(catalog.spans[citation.span]),
        }


def _asides() -> Iterator[dict[str, Any]]:
    for aside in catalog.set_aside:
        yield {
            "id": f"{ANNOTATIONS}#set_aside/{aside.key}",
            "type": "Annotation",
            "motivation": "classifying",
            "body": [_text("classifying", aside.kind), _text("commenting", aside.reason)],
            "target": _target(catalog.spans[aside.key]),
        }


def _text(purpose: str, value: str) -> dict[str, Any]:
    return {"type": "TextualBody", "purpose": purpose, "value": value}


def _fragment(rfc: str, value: str) -> dict[str, Any]:
    return {"type": "FragmentSelector", "conformsTo": f"http://tools.ietf.org/rfc/rfc{rfc}", "value": value}


def _target(span: Span) -> dict[str, Any]:
    locator = Locator.parse(span.key)
    within: dict[str, Any] = {"type": "TextPositionSelector", "start": locator.start, "end": locator.end}
    if span.text is not None:
        within["refinedBy"] = {"type": "TextQuoteSelector", "exact": span.text}
    line = _fragment("5147", f"line={locator.line - 1},{locator.line}") | {"refinedBy": within}
    return {"type": "SpecificResource", "source": _edition(), "selector": line}


def _edition() -> str:
    """The reference edition as a name made of its digest."""
    digest = bytes.fromhex(catalog.sources["article"].sha256 or "")
    return f"ni:///sha-256;{urlsafe_b64encode(digest).decode().rstrip('=')}"
