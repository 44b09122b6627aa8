"""From a record, a table or a frame to the characters of the article that it was read from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from povdata import catalog, html, installed
from povdata.derivation import rests_on
from povdata.exceptions import InvalidArgumentError, NotFoundError
from povdata.frames import TABLE
from povdata.locators import Locator
from povdata.records import Basis, Caveat, Citation, Record
from povdata.table import Table, nearest

if TYPE_CHECKING:
    import os

    import pandas as pd

    from povdata.verification import Status


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
        passage: what stands before the characters in the reader's copy, the characters that it has there, and what stands after; None
            without a copy, or where it has none.
        status: whether the copy has these characters: ``confirmed``, ``moved``, ``unclear``, ``contradicted`` or ``missing``; None without
            a copy.
    """

    table: str
    key: str
    column: str
    value: str
    locator: Locator
    characters: str | None
    basis: Basis
    passage: tuple[str, str, str] | None = None
    status: Status | None = None

    def differs(self) -> str:
        """How the copy differs from what was cited, in words; empty where it does not."""
        expected = "other characters" if self.characters is None else repr(self.characters)
        return f"{self.status}, {expected} should stand at {self.locator}" if self.status in ("unclear", "contradicted", "missing") else ""


class EvidenceList(tuple[Evidence, ...]):
    """Pieces of evidence, in the order of the cells; shows itself as a table, of several tables with their names."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        compared = any(item.status for item in self)
        rows = (
            [name, item.column, item.value, str(item.locator), item.characters, item.basis, *[item.status] * compared]
            for name, item in zip(self._names(), self, strict=True)
        )
        header = ["key", "column", "value", "locator", "characters", "basis", *["copy"] * compared]
        shown = html.grid(header, rows, f"{len(self)} citation{'s' * (len(self) != 1)}")
        return shown + "".join(html.marked(*passage, differs) if passage else html.note(differs) for passage, differs in self._passages())

    def __str__(self) -> str:
        """The passages of the reader's copy, each once, with the characters marked; without a copy, the citations."""
        if not any(item.status for item in self):
            cited = zip(self._names(), self, strict=True)
            return "\n".join(f"{name} {it.column}: {it.characters or '(phrase)'} at {it.locator}, {it.basis}" for name, it in cited)
        shown = (("…{}【{}】{}…".format(*passage) if passage else "", differs) for passage, differs in self._passages())
        return "\n".join(": ".join(filter(None, (differs, text))) for text, differs in shown)

    def _names(self) -> list[str]:
        """The record of each piece: its key, where there are several tables with the table's name."""
        several = len({item.table for item in self}) > 1
        return [f"{item.table}/{item.key}" if several else item.key for item in self]

    def _passages(self) -> Iterable[tuple[tuple[str, str, str] | None, str]]:
        """What the copy has, each once, and how it differs."""
        return dict.fromkeys((item.passage, item.differs()) for item in self if item.status)


@cache
def _citations() -> dict[tuple[str, str, str], tuple[Citation, ...]]:
    """The citations of each cell."""
    found: dict[tuple[str, str, str], list[Citation]] = {}
    for citation in catalog.citations:
        found.setdefault((citation.table, citation.record, citation.column), []).append(citation)
    return {cell: tuple(citations) for cell, citations in found.items()}


def evidence(
    subject: Record | Table[Any] | pd.DataFrame,
    column: str | None = None,
    *,
    copy: str | os.PathLike[str] | bytes | None = None,
    encoding: str = "utf-8",
) -> EvidenceList:
    """The citations behind a record, a table, or the rows of a frame that still has its ``key`` column.

    A derived cell, such as a province's number of poverty counties, rests on the citations of the cells that it was computed from; they are
    named in its place.

    Args:
        subject: a record; a table or a selection of one; or a frame of pandas, polars or Arrow with its rows, filtered, sorted or joined.
        column: only the citations of this column.
        copy: the reader's copy of the article, as `verify` takes it; then each piece of evidence says whether the copy has it, and holds
            the passage around it.
        encoding: how the bytes of the copy encode its text.

    >>> import povdata
    >>> rate = povdata.observations["fuping-poverty-rate-2014"]
    >>> [(str(item.locator), item.characters) for item in povdata.evidence(rate, "value")]
    [('7:88-93', '54.4%')]
    >>> [(item.key, item.column, item.characters) for item in povdata.evidence(povdata.provinces["130000"], "poverty_counties")]
    [('hebei-2020-02-29', 'total', '62个')]

    Raises:
        NotFoundError: there is no such column, or a key is in no table.
        InvalidArgumentError: the subject is none of these, or the frame has no key column, or its keys are those of several tables.
        CopyError: the copy cannot be read, or is not the article.
    """
    subjects = _subjects(subject)
    passages = {} if copy is None else _passages(copy, encoding)
    known = {name: None for table, _ in subjects for name in table.schema}
    if column is not None and not isinstance(column, str):
        raise InvalidArgumentError(f"evidence takes the name of one column, not {column!r}")
    if column is not None and column not in known:
        raise NotFoundError(f"column of {' or '.join(table.name for table, _ in subjects)}", column, nearest(column, known))
    tables = catalog.tables()
    cited = (citation for table, records in subjects for record in records for citation in _behind(table, record, column, tables))
    return EvidenceList(_evidence(citation, passages) for citation in dict.fromkeys(cited))


def _behind(table: Table[Any], record: Record, column: str | None, tables: Mapping[str, Table[Any]]) -> Iterator[Citation]:
    """The citations of a record's cells, and of the cells in other records that its derived cells were computed from."""
    for name in table.schema if column is None else [column] * (column in table.schema):
        yield from _citations().get((table.name, record.key, name), ())
        for cell in rests_on(table.name, record, name, tables):
            if column is not None or cell[:2] != (table.name, record.key):
                yield from _citations().get(cell, ())


def _evidence(citation: Citation, passages: Mapping[str, tuple[tuple[str, str, str] | None, Status]]) -> Evidence:
    table = catalog.table(citation.table)
    return Evidence(
        citation.table,
        citation.record,
        citation.column,
        table.schema[citation.column].type.format(getattr(table[citation.record], citation.column)),
        Locator.parse(citation.span),
        catalog.spans[citation.span].text,
        citation.basis,
        *passages.get(citation.span, (None, None)),
    )


@cache
def _naming() -> dict[str, tuple[int, ...]]:
    """The positions of the caveats that name a record (``table/key``) or a cell (``table/key/column``), by that path."""
    found: dict[str, list[int]] = {}
    for position, caveat in enumerate(catalog.caveats):
        for path in caveat.records:
            found.setdefault(path, []).append(position)
    return {path: tuple(positions) for path, positions in found.items()}


def caveats_of(record: Record) -> Table[Caveat]:
    """The caveats that concern a record or one of its cells, and those about the cells of other records that it was computed from."""
    table, tables = catalog.table_of(record), catalog.tables()
    paths = {f"{table.name}/{record.key}", *(f"{table.name}/{record.key}/{column}" for column in table.schema)}
    for column in table.schema:
        for cell in rests_on(table.name, record, column, tables):
            paths |= {"/".join(cell[:2]), "/".join(cell)}
    positions = sorted({position for path in paths for position in _naming().get(path, ())})
    return Table("caveats", Caveat, [catalog.caveats[position] for position in positions])


def _passages(copy: str | os.PathLike[str] | bytes, encoding: str) -> dict[str, tuple[tuple[str, str, str] | None, Status]]:
    """What a copy has in the place of each span, with what stands before and after, and whether that is what was cited."""
    found = installed.passages(copy, encoding).items()
    return {
        key: (None if one.found is None else (one.around[0].rpartition("\n")[2], one.found, one.around[1].partition("\n")[0]), one.status)
        for key, one in found
    }


def _subjects(subject: Any) -> list[tuple[Table[Any], Iterable[Any]]]:
    """The tables, and of each the records, that evidence is asked for."""
    if isinstance(subject, Record):
        return [(catalog.table_of(subject), [subject])]
    if isinstance(subject, Table):
        return [(catalog.table(subject.name), subject.records)]
    return _of_frame(subject)


def _of_frame(frame: Any) -> list[tuple[Table[Any], Iterable[Any]]]:
    """The tables whose rows a frame has, found by the keys: the one that pandas keeps in mind, or those of which it has a column."""
    if hasattr(frame, "collect"):  # a lazy frame of polars
        raise InvalidArgumentError(f"evidence takes a frame that is in memory, not {type(frame).__name__}; collect it first")
    columns = list(getattr(frame, "column_names", getattr(frame, "columns", ())))  # of Arrow; of pandas and polars
    index = getattr(getattr(frame, "index", None), "name", None)
    if not columns and index is None:
        raise InvalidArgumentError(f"evidence takes a record, a table or a frame, not {type(frame).__name__}")
    if "key" not in columns and index != "key":
        others = [name for name in columns if name in ("key_x", "key_y") or str(name).endswith("_key")]
        hint = f"rename the right one of {', '.join(others)} to 'key'" if others else "keep it when you select columns"
        raise InvalidArgumentError(f"the frame has no column 'key', by which its rows are found; {hint}")
    try:
        keys = [str(key) for key in (frame["key"] if "key" in columns else frame.index)]
    except TypeError:
        raise InvalidArgumentError(f"evidence takes a frame that is in memory, not {type(frame).__name__}; collect it first") from None
    tables = [table for table in catalog.tables().values() if all(key in table.by_key for key in keys)]
    if not tables:
        missing = next((key for key in keys if not any(key in table.by_key for table in catalog.tables().values())), keys[0])
        raise NotFoundError("record with the frame's key", missing)
    own = [table for table in tables if table.name == getattr(frame, "attrs", {}).get(TABLE)]
    found = own or [table for table in tables if len(tables) == 1 or _only(table, tables) & set(columns)]
    if not keys:
        return [(table, []) for table in tables]
    if not found:
        most = max(len(table.schema.keys() & set(columns)) for table in tables)
        names = " or ".join(table.name for table in tables if len(table.schema.keys() & set(columns)) == most)
        raise InvalidArgumentError(f"the rows may be of {names}, which share these keys; keep more columns, or select from the table")
    return [(table, [table[key] for key in keys]) for table in found]


def _only(table: Table[Any], tables: Iterable[Table[Any]]) -> set[str]:
    """The columns that a table alone has among some."""
    return set(table.schema).difference(*(other.schema for other in tables if other.name != table.name))
