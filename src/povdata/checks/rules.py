"""Ways to make a consistency rule: each holds for a column of a table, and names the cells that break it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

Tables = Mapping[str, Any]


class Finding(NamedTuple):
    """A cell that does not go with the others."""

    table: str
    key: str
    column: str
    message: str


Rule = Callable[[Tables], Iterator[Finding]]


def each(table: str, column: str, says: str, holds: Callable[[Any, Tables], object]) -> Rule:
    """What each record must keep; what is said completes "must …"."""

    def rule(tables: Tables) -> Iterator[Finding]:
        for record in tables[table]:
            if not holds(record, tables):
                yield Finding(table, record.key, column, f"is {getattr(record, column)!r}, but must {says}")

    return rule


def must_be(table: str, column: str, expected: Callable[[Any, Tables], object]) -> Rule:
    """A column whose value follows from other cells."""

    def rule(tables: Tables) -> Iterator[Finding]:
        for record in tables[table]:
            value, other = getattr(record, column), expected(record, tables)
            if value != other:
                yield Finding(table, record.key, column, f"is {value!r}, but must be {other!r}")

    return rule


def unique(table: str, *columns: str) -> Rule:
    """Columns in each of which no two records are alike."""

    def rule(tables: Tables) -> Iterator[Finding]:
        for column in columns:
            for (value,), records in grouped(tables[table], column).items():
                for record in records[1:] if value is not None else ():
                    yield Finding(table, record.key, column, f"is {value!r}, as in {records[0].key}")

    return rule


def grouped(records: Iterable[Any], *columns: str) -> dict[tuple[Any, ...], list[Any]]:
    """Records by what stands in some of their columns."""
    groups: dict[tuple[Any, ...], list[Any]] = {}
    for record in records:
        groups.setdefault(tuple(getattr(record, column) for column in columns), []).append(record)
    return groups
