"""The data against its own rules: types, keys, references, citations, derived cells and fingerprints.

This guards against corruption and slips, not against somebody who changes data and fingerprints together.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import NoneType
from typing import Any

from povdata.celltypes import Reference, References
from povdata.consistency import CONSISTENT, Finding
from povdata.derivation import DERIVATIONS
from povdata.exceptions import DataError, InvalidArgumentError, Problem
from povdata.locators import Locator
from povdata.reading import Open, bundled, read_table
from povdata.records import RECORDS
from povdata.table import Table

Tables = Mapping[str, Table[Any]]
Rule = Callable[[Tables], Iterable[Problem]]


def check(directory: str | os.PathLike[str] | None = None) -> tuple[Problem, ...]:
    """Everything that is wrong with the data; nothing if all is well.

    Args:
        directory: a folder with a copy of the data files; by default the installed data.

    >>> import povdata
    >>> povdata.check()
    ()

    Raises:
        InvalidArgumentError: the directory is no path, or there is none.
    """
    if not isinstance(directory, (str, os.PathLike, NoneType)) or directory == "" or "\0" in str(directory):
        raise InvalidArgumentError(f"check takes the path of a folder, or nothing for the installed data, not {directory!r}")
    if directory is not None and not Path(directory).is_dir():
        raise InvalidArgumentError(
            f"no folder {os.fspath(directory)!r}; name the one that holds the data files, such as povdata-datapackage"
        )
    read: Open = bundled if directory is None else lambda name: (Path(directory) / name).read_bytes()
    problems: list[Problem] = []
    tables: dict[str, Table[Any]] = {}
    for name, record in RECORDS.items():
        try:
            tables[name] = Table(name, record, read_table(record, f"{name}.csv", read(f"{name}.csv")))
        except DataError as error:
            problems += error.problems
        except OSError as error:
            problems.append(Problem(f"{name}.csv", 0, "", f"cannot be read: {error.strerror}; restore it from the package"))
    if not problems:  # what follows asks every table
        problems += _references(tables)
    if not problems:  # what follows goes from record to record
        for rule in RULES[1:]:
            problems += rule(tables)
    problems += _fingerprints(read)
    return tuple(sorted(problems))


def _at(table: Table[Any], key: str, column: str, message: str) -> Problem:
    """A problem of a cell; the line is the record's (no cell holds a line break)."""
    line = 2 + next(position for position, record in enumerate(table.records) if record.key == key)
    return Problem(f"{table.name}.csv", line, column, message)


def _references(tables: Tables) -> Iterator[Problem]:
    for table in tables.values():
        for column in table.schema.values():
            if isinstance(column.type, Reference):
                known = tables[column.type.table].by_key
                for record in table:
                    value = getattr(record, column.name)
                    if value is not None and value not in known:
                        yield _at(table, record.key, column.name, f"no such record in {column.type.table}: {value!r}")
            elif isinstance(column.type, References):
                for record in table:
                    for path in getattr(record, column.name):
                        if not _exists(tables, path):
                            yield _at(table, record.key, column.name, f"no such record or cell: {path!r}")
    yield from _cycles(tables["places"], "parent")
    yield from _cycles(tables["practices"], "part_of")


def _exists(tables: Tables, path: str) -> bool:
    table, _, rest = path.partition("/")
    key, _, column = rest.partition("/")
    return table in tables and key in tables[table].by_key and (not column or column in tables[table].schema)


def _cycles(table: Table[Any], column: str) -> Iterator[Problem]:
    for record in table:
        seen, key = {record.key}, getattr(record, column)
        while key is not None and key in table.by_key:
            if key in seen:
                yield _at(table, record.key, column, f"leads back to {key!r}")
                break
            seen.add(key)
            key = getattr(table[key], column)


def _citations(tables: Tables) -> Iterator[Problem]:
    """Every cell read from the article cites a span, and no citation points at nothing."""
    citations = tables["citations"]
    cited = set()
    for citation in citations:
        table = tables.get(citation.table)
        if table is None or citation.record not in table.by_key:
            yield _at(citations, citation.key, "record", f"no such record: {citation.table}/{citation.record}")
        elif citation.column not in table.schema:
            yield _at(citations, citation.key, "column", f"{citation.table} has no column {citation.column!r}")
        elif getattr(table[citation.record], citation.column) is None:
            yield _at(citations, citation.key, "column", f"{citation.table}/{citation.record}/{citation.column} is empty")
        cited.add((citation.table, citation.record, citation.column))
    for table in tables.values():
        for column in table.schema.values():
            if column.origin == "article" and table.name != "spans":
                for record in table:
                    if getattr(record, column.name) is not None and (table.name, record.key, column.name) not in cited:
                        yield _at(table, record.key, column.name, "is read from the article but cites nothing")


def _spans(tables: Tables) -> Iterator[Problem]:
    """Every span is used, and keeps its characters or their digest, as its kind demands."""
    spans = tables["spans"]
    used = {citation.span for citation in tables["citations"]} | set(tables["set_aside"].by_key)
    for span in spans:
        if span.key not in used:
            yield _at(spans, span.key, "key", "nothing cites this span")
        if (span.text is None) == (span.digest is None):
            yield _at(spans, span.key, "text", "needs either its characters or their digest")
        elif (span.text is None) != (span.kind == "phrase"):
            yield _at(spans, span.key, "kind", "a phrase keeps a digest, any other kind its characters")
        elif span.text is not None:
            locator = Locator.parse(span.key)
            if len(span.text) != locator.end - locator.start or len(span.text) > 20:
                yield _at(spans, span.key, "text", "its length must be that of the locator, and at most 20")


def _derived(tables: Tables) -> Iterator[Problem]:
    for (name, column), compute in DERIVATIONS.items():
        for record in tables[name]:
            value, expected = getattr(record, column), compute(record, tables)
            if value != expected:
                yield _at(tables[name], record.key, column, f"is {value!r}, but computes to {expected!r}")


def _consistent(rule: Callable[[Tables], Iterable[Finding]]) -> Rule:
    def consistent(tables: Tables) -> Iterator[Problem]:
        for table, key, column, message in rule(tables):
            yield _at(tables[table], key, column, message)

    return consistent


RULES: tuple[Rule, ...] = (_references, _citations, _spans, _derived, *map(_consistent, CONSISTENT))
"""What `check` asks of tables that could be read; the first must hold before the others are asked."""


def _fingerprints(read: Open) -> Iterable[Problem]:
    from povdata.manifest import fingerprint, manifest

    try:
        known = manifest(read("datapackage.json"))
    except (OSError, ValueError) as error:
        return [Problem("datapackage.json", 0, "", f"cannot be read: {error}; restore it from the package")]
    missing = [f"{name}.csv" for name in RECORDS if f"{name}.csv" not in known]
    problems = [Problem("datapackage.json", 0, "", f"has no fingerprint of {name}; restore it from the package") for name in missing]
    for name, expected in known.items():
        try:
            found = fingerprint(read(name))
        except OSError:
            continue  # reported above
        if found != expected:
            problems.append(Problem(name, 0, "", f"its fingerprint is {found}, not {expected}; the file was changed"))
    return problems
