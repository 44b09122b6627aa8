"""Data files against what their tables declare: types, keys, references, citations, spans and derived cells.

The rules hold for any tables; what else a dataset wants to keep is handed in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from povdata.checks.rules import Finding, Rule, Tables
from povdata.exceptions import DataError, Problem
from povdata.locators import Locator
from povdata.model.datatypes import Reference, ReferenceList, References
from povdata.model.reading import read_table
from povdata.model.record import Rows
from povdata.model.registry import Open
from povdata.model.schema import Column
from povdata.model.table import Table

LONGEST = 20
"""So many characters of a span are kept at most."""


def examine(tables: Mapping[str, Rows], read: Open, rules: Iterable[Rule] = ()) -> list[Problem]:
    """Everything that is wrong with the files of some tables; nothing if all is well.

    Args:
        tables: the tables whose files are read.
        read: gives a file's bytes by its name.
        rules: what the data must keep besides.
    """
    problems: list[Problem] = []
    found: dict[str, Table[Any]] = {}
    for name, table in tables.items():
        try:
            found[name] = Table(name, table.record, read_table(table.record, f"{name}.csv", read(f"{name}.csv")))
        except DataError as error:
            problems += error.problems
        except OSError as error:
            problems.append(Problem(f"{name}.csv", 0, "", f"cannot be read: {error.strerror}; restore it from the package"))
    return problems or [_at(found[finding.table], finding) for finding in findings(found, rules)]


def findings(tables: Tables, rules: Iterable[Rule] = ()) -> list[Finding]:
    """The cells that break a rule; references and hierarchies are asked first, since the other rules go from record to record."""
    return [*references(tables), *cycles(tables)] or [finding for rule in (*STRUCTURE, *rules) for finding in rule(tables)]


def _at(table: Rows, finding: Finding) -> Problem:
    """The problem of a cell; the line is the record's (no cell holds a line break)."""
    return Problem(f"{table.name}.csv", 2 + list(table.by_key).index(finding.key), finding.column, finding.message)


def _cells(tables: Tables, wanted: Callable[[Column], object]) -> Iterator[tuple[str, Any, Any, Any]]:
    """The cells of the columns that are wanted: table, column, record and value."""
    for name, table in tables.items():
        for column in filter(wanted, table.schema.values()):
            for record in table:
                yield name, column, record, getattr(record, column.name)


def references(tables: Tables) -> Iterator[Finding]:
    """Every key of another record, and every path to a record or cell, leads somewhere."""
    for name, column, record, value in _cells(tables, lambda column: isinstance(column.type, Reference | ReferenceList | References)):
        target = getattr(column.type, "table", None)
        for path in value if isinstance(value, tuple) else () if value is None else (value,):
            if target is None and not _exists(tables, path):
                yield Finding(name, record.key, column.name, f"no such record or cell: {path!r}")
            elif target is not None and path not in tables[target].by_key:
                yield Finding(name, record.key, column.name, f"no such record in {target}: {path!r}")


def _exists(tables: Tables, path: str) -> bool:
    """Whether there is a record ``table/key`` or a cell ``table/key/column``; a key may hold slashes itself."""
    table, _, rest = path.partition("/")
    key, _, column = rest.rpartition("/")
    return table in tables and (rest in tables[table].by_key or (key in tables[table].by_key and column in tables[table].schema))


def cycles(tables: Tables) -> Iterator[Finding]:
    """Nothing is above itself: where a column names a record of its own table, that one's does not lead back."""
    for name, column, record, value in _cells(tables, lambda column: column.name != "key" and isinstance(column.type, Reference)):
        above = tables[name].by_key if column.type.table == name else {}
        seen, key = {record.key}, value
        while key in above and key not in seen:
            seen.add(key)
            key = getattr(above[key], column.name)
        if key in above and key in seen:
            yield Finding(name, record.key, column.name, f"leads back to {key!r}")


def citations(tables: Tables) -> Iterator[Finding]:
    """Every cell read from the article cites a span, and no citation points at nothing."""
    cited = set()
    for citation in tables["citations"]:
        table = tables.get(citation.table)
        if table is None or citation.record not in table.by_key:
            yield Finding("citations", citation.key, "record", f"no such record: {citation.table}/{citation.record}")
        elif citation.column not in table.schema:
            yield Finding("citations", citation.key, "column", f"{citation.table} has no column {citation.column!r}")
        elif getattr(table.by_key[citation.record], citation.column) is None:
            yield Finding("citations", citation.key, "column", f"{citation.table}/{citation.record}/{citation.column} is empty")
        cited.add((citation.table, citation.record, citation.column))
    for name, column, record, value in _cells(tables, lambda column: column.origin == "article"):
        if value is not None and name != "spans" and (name, record.key, column.name) not in cited:
            yield Finding(name, record.key, column.name, "is read from the article but cites nothing")


def spans(tables: Tables) -> Iterator[Finding]:
    """Every span is used, and keeps its characters or their digest, as its kind demands."""
    used = {citation.span for citation in tables["citations"]} | {aside.key for aside in tables.get("set_aside", ())}
    for span in tables["spans"]:
        if span.key not in used:
            yield Finding("spans", span.key, "key", "nothing cites this span")
        if (span.text is None) == (span.digest is None):
            yield Finding("spans", span.key, "text", "needs either its characters or their digest")
        elif (span.text is None) != (span.kind == "phrase"):
            yield Finding("spans", span.key, "kind", "a phrase keeps a digest, any other kind its characters")
        elif span.text is not None:
            locator = Locator.parse(span.key)
            if len(span.text) != locator.end - locator.start or len(span.text) > LONGEST:
                yield Finding("spans", span.key, "text", f"its length must be that of the locator, and at most {LONGEST}")


def derived(tables: Tables) -> Iterator[Finding]:
    """A derived cell is what its computation gives."""
    for name, column, record, value in _cells(tables, lambda column: column.derivation):
        if value != (expected := column.derivation.compute(record, tables)):
            yield Finding(name, record.key, column.name, f"is {value!r}, but computes to {expected!r}")


STRUCTURE: tuple[Rule, ...] = (citations, spans, derived)
"""What any tables with citations keep, once their references are sound."""
