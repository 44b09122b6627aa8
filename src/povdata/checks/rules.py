"""Ways to make a consistency rule: each holds for one column of a table, and names the cells that break it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

Tables = Mapping[str, Any]
Holds = Callable[[Any, Tables], object]


class Finding(NamedTuple):
    """A cell that does not go with the others."""

    table: str
    key: str
    column: str
    message: str


Rule = Callable[[Tables], Iterator[Finding]]


def each(table: str, column: str, says: str, holds: Holds) -> Rule:
    """What each record must keep; what is said completes "must …"."""

    def rule(tables: Tables) -> Iterator[Finding]:
        for record in tables[table]:
            if not holds(record, tables):
                yield Finding(table, record.key, column, f"is {getattr(record, column)!r}, but must {says}")

    return rule


def unique(table: str, column: str) -> Rule:
    """A column in which no two records are alike."""

    def rule(tables: Tables) -> Iterator[Finding]:
        seen: dict[Any, str] = {}
        for record in tables[table]:
            value = getattr(record, column)
            if value is not None and seen.setdefault(value, record.key) != record.key:
                yield Finding(table, record.key, column, f"is {value!r}, as in {seen[value]}")

    return rule


def same(column: str, table: str, other: str) -> Rule:
    """A column that two tables share."""

    def holds(record: Any, tables: Tables) -> bool:
        return bool(getattr(record, column) == getattr(tables[other][record.key], column))

    return each(table, column, f"be that of {other}", holds)


def below(table: str, column: str, target: str) -> Rule:
    """A column whose record belongs to the same place or one above."""

    def holds(record: Any, tables: Tables) -> bool:
        named = getattr(record, column)
        return named is None or tables[target][named].place in chain(record.place, tables)

    return each(table, column, f"name a record of {target} of the same place or one above it", holds)


def chain(place: str | None, tables: Tables) -> list[str]:
    """A place and those above it; the references are checked apart."""
    found: list[str] = []
    while place is not None and place not in found and place in tables["places"].by_key:
        found.append(place)
        place = tables["places"][place].parent
    return found
