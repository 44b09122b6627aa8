"""Data files against what any tables declare: types, keys, references, citations, spans, derived cells; and ways to make more rules."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from povdata.exceptions import DataError, Problem
from povdata.locators import Locator
from povdata.model.datatypes import Reference, ReferenceList, References
from povdata.model.reading import read_table
from povdata.model.record import Rows
from povdata.model.registry import Open, grouped
from povdata.model.schema import Column
from povdata.model.table import Table

LONGEST = 20  # so many characters of a span are kept at most
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
    return lambda tables: (
        Finding(table, record.key, column, f"is {getattr(record, column)!r}, but must {says}")
        for record in tables[table]
        if not holds(record, tables)
    )


def must_be(table: str, column: str, expected: Callable[[Any, Tables], object]) -> Rule:
    """A column whose value follows from other cells."""
    return lambda tables: (
        Finding(table, record.key, column, f"is {value!r}, but must be {other!r}")
        for record in tables[table]
        if (value := getattr(record, column)) != (other := expected(record, tables))
    )


def unique(table: str, *columns: str) -> Rule:
    """Columns in each of which no two records are alike."""
    return lambda tables: (
        Finding(table, record.key, column, f"is {value!r}, as in {records[0].key}")
        for column in columns
        for (value,), records in grouped(tables[table], column).items()
        for record in records[1:]
        if value is not None
    )


def examine(tables: Mapping[str, Rows], read: Open, rules: Iterable[Rule] = ()) -> list[Problem]:
    """What is wrong with the files of some tables; references are asked first, since the other rules go from record to record."""
    problems: list[Problem] = []
    found: dict[str, Table[Any]] = {}
    for name, table in tables.items():
        try:
            found[name] = Table(name, table.record, read_table(table.record, f"{name}.csv", read(f"{name}.csv")))
        except DataError as error:
            problems += error.problems
        except OSError as error:
            problems.append(Problem(f"{name}.csv", 0, "", f"cannot be read: {error.strerror}; restore it from the package"))
    if problems:
        return problems
    findings = [*references(found), *cycles(found)] or [it for rule in (citations, spans, derived, *rules) for it in rule(found)]
    return [Problem(f"{it.table}.csv", 2 + [*found[it.table].keys()].index(it.key), it.column, it.message) for it in findings]


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
            if not (path in tables[target].by_key if target else _exists(tables, path)):
                yield Finding(name, record.key, column.name, f"no such record {f'in {target}' if target else 'or cell'}: {path!r}")


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
        if key in above:
            yield Finding(name, record.key, column.name, f"leads back to {key!r}")


def citations(tables: Tables) -> Iterator[Finding]:
    """Every cell read from the article cites a span, and no citation points at nothing."""
    for citation in tables["citations"]:
        table, path = tables.get(citation.table), f"{citation.table}/{citation.record}"
        if table is None or citation.record not in table.by_key:
            yield Finding("citations", citation.key, "record", f"no such record: {path}")
        elif citation.column not in table.schema:
            yield Finding("citations", citation.key, "column", f"{citation.table} has no column {citation.column!r}")
        elif getattr(table.by_key[citation.record], citation.column) is None:
            yield Finding("citations", citation.key, "column", f"{path}/{citation.column} is empty")
    cited = grouped(tables["citations"], "table", "record", "column")
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
