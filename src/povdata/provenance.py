"""From a record, a table or a frame to the characters of the article that it was read from."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from povdata import catalog, html
from povdata.exceptions import InvalidArgumentError, NotFoundError
from povdata.locators import Locator
from povdata.records import Basis, Citation, Record
from povdata.schema import schema_of
from povdata.table import Table, nearest

if TYPE_CHECKING:
    import pandas as pd


class Evidence(NamedTuple):
    """One citation with what it points at.

    Attributes:
        table: the table of the cell.
        key: the key of its record.
        column: its column.
        value: the cell as it stands in the file.
        locator: where the characters stand in the reference edition.
        characters: the characters, where they are a figure, a date or a name; else None.
        basis: whether they say it directly, in context, or by our inference.
    """

    table: str
    key: str
    column: str
    value: str
    locator: Locator
    characters: str | None
    basis: Basis


class EvidenceList(tuple[Evidence, ...]):
    """Pieces of evidence, in the order of the cells; shows itself as a table."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        rows = ([item.key, item.column, item.value, str(item.locator), item.characters, item.basis] for item in self)
        return html.grid(["key", "column", "value", "locator", "characters", "basis"], rows, f"{len(self)} citations")


@cache
def _citations() -> dict[tuple[str, str], tuple[Citation, ...]]:
    found: dict[tuple[str, str], list[Citation]] = {}
    for citation in catalog.citations:
        found.setdefault((citation.table, citation.record), []).append(citation)
    return {cell: tuple(citations) for cell, citations in found.items()}


def evidence(subject: Record | Table[Any] | pd.DataFrame, column: str | None = None) -> EvidenceList:
    """The citations behind a record, a table, or the rows of a frame that still has its ``key`` column.

    Args:
        subject: a record; a table or a selection of one; or a DataFrame that `Table.to_pandas` gave, filtered, sorted or joined.
        column: only the citations of this column.

    >>> import povdata
    >>> rate = povdata.observations["fuping-poverty-rate-2014"]
    >>> [(str(item.locator), item.characters) for item in povdata.evidence(rate, "value")]
    [('7:88-93', '54.4%')]

    Raises:
        NotFoundError: there is no such column, or a key is in no table.
        InvalidArgumentError: the subject is none of these, or the frame has no key column.
    """
    table, records = _subject(subject)
    schema = schema_of(table.record)
    if column is not None and column not in schema:
        raise NotFoundError(f"column of {table.name}", column, nearest(column, schema))
    order = {name: position for position, name in enumerate(schema)}
    return EvidenceList(
        Evidence(
            table.name,
            record.key,
            citation.column,
            schema[citation.column].type.format(getattr(record, citation.column)),
            Locator.parse(citation.span),
            catalog.spans[citation.span].text,
            citation.basis,
        )
        for record in records
        for citation in sorted(_citations().get((table.name, record.key), ()), key=lambda item: order[item.column])
        if column is None or citation.column == column
    )


def _subject(subject: Any) -> tuple[Table[Any], Iterable[Any]]:
    if isinstance(subject, Record):
        return catalog.table_of(subject), [subject]
    if isinstance(subject, Table):
        return catalog.table(subject.name), subject.records
    if not hasattr(subject, "columns"):
        raise InvalidArgumentError(f"evidence takes a record, a table or a frame, not {type(subject).__name__}")
    if "key" not in subject.columns:
        raise InvalidArgumentError("the frame has no column 'key', by which its rows are found; keep it when you select columns")
    keys = [str(key) for key in subject["key"]]
    tables = [table for table in catalog.tables().values() if all(key in table.keys for key in keys)]
    if len(tables) > 1:  # provinces and places share codes: the frame's columns tell them apart
        tables = sorted(tables, key=lambda table: -len(set(table.schema) & set(subject.columns)))[:1]
    if not tables:
        missing = next((key for key in keys if not any(key in table.keys for table in catalog.tables().values())), keys[0])
        raise NotFoundError("record with the frame's key", missing)
    return tables[0], [tables[0][key] for key in keys]
