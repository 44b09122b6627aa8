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
    import os

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
        passage: what stands before the characters in the reader's copy, the characters, and what stands after; None without a copy, or
            where it does not have them.
    """

    table: str
    key: str
    column: str
    value: str
    locator: Locator
    characters: str | None
    basis: Basis
    passage: tuple[str, str, str] | None = None


class EvidenceList(tuple[Evidence, ...]):
    """Pieces of evidence, in the order of the cells; shows itself as a table."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        rows = ([item.key, item.column, item.value, str(item.locator), item.characters, item.basis] for item in self)
        header = ["key", "column", "value", "locator", "characters", "basis"]
        shown = html.grid(header, rows, f"{len(self)} citation{'s' * (len(self) != 1)}")
        passages = dict.fromkeys(item.passage for item in self if item.passage is not None)
        return shown + "".join(html.marked(*passage) for passage in passages)

    def __str__(self) -> str:
        """The passages of the reader's copy, each once, with the characters marked; without a copy, the citations."""
        passages = dict.fromkeys(item.passage for item in self if item.passage is not None)
        if not passages:
            return "\n".join(f"{item.key} {item.column}: {item.characters or '(phrase)'} at {item.locator}, {item.basis}" for item in self)
        return "\n".join(f"…{before}【{characters}】{after}…" for before, characters, after in passages)


@cache
def _citations() -> dict[tuple[str, str], tuple[Citation, ...]]:
    found: dict[tuple[str, str], list[Citation]] = {}
    for citation in catalog.citations:
        found.setdefault((citation.table, citation.record), []).append(citation)
    return {cell: tuple(citations) for cell, citations in found.items()}


def evidence(
    subject: Record | Table[Any] | pd.DataFrame, column: str | None = None, *, copy: str | os.PathLike[str] | bytes | None = None
) -> EvidenceList:
    """The citations behind a record, a table, or the rows of a frame that still has its ``key`` column.

    Args:
        subject: a record; a table or a selection of one; or a DataFrame that `Table.to_pandas` gave, filtered, sorted or joined.
        column: only the citations of this column.
        copy: the reader's copy of the article, a path or bytes (UTF-8); then each piece of evidence holds the passage around it.

    >>> import povdata
    >>> rate = povdata.observations["fuping-poverty-rate-2014"]
    >>> [(str(item.locator), item.characters) for item in povdata.evidence(rate, "value")]
    [('7:88-93', '54.4%')]

    Raises:
        NotFoundError: there is no such column, or a key is in no table.
        InvalidArgumentError: the subject is none of these, or the frame has no key column.
        CopyError: the copy cannot be read, or is not the article.
    """
    table, records = _subject(subject)
    passages = {} if copy is None else _passages(copy)
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
            passages.get(citation.span),
        )
        for record in records
        for citation in sorted(_citations().get((table.name, record.key), ()), key=lambda item: order[item.column])
        if column is None or citation.column == column
    )


AROUND = 40
"""Characters of a reader's copy that are shown before and after the evidence."""


def _passages(copy: str | os.PathLike[str] | bytes) -> dict[str, tuple[str, str, str]]:
    """What stands before, in and after each span that a copy has."""
    from povdata.verification import GOOD, locate, text_of

    text = text_of(copy)
    found = {}
    for key, passage in locate(text).items():
        if passage.status in GOOD and passage.start is not None and passage.found is not None:
            start, end = passage.start, passage.start + len(passage.found)
            before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
            found[key] = (before.rpartition("\n")[2], passage.found, after.partition("\n")[0])
    return found


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
