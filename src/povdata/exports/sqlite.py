"""The tables as a database of SQLite, with keys, references, checks and views."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from povdata.exports.sheets import Order, Sheet, by_type, separator
from povdata.model.datatypes import Boolean, CellType, Day, Difference, Enumeration, Integer, Quantity
from povdata.model.schema import Column

TYPES: Mapping[type[CellType], tuple[str, str]] = {
    CellType: ("TEXT", ""),
    Integer: ("INTEGER", "typeof({0}) IN ('integer', 'null') AND {0} >= 0"),
    Difference: ("INTEGER", "typeof({0}) IN ('integer', 'null')"),
    Quantity: ("NUMERIC", "typeof({0}) IN ('integer', 'real', 'null') AND {0} >= 0"),
    Boolean: ("BOOLEAN", "{0} IN (0, 1)"),
    Day: ("DATE", "{0} = date({0}, '+0 days')"),
    Enumeration: ("TEXT", "{0} IN ({1})"),
}
"""The type of a column, and what its values must satisfy; an empty cell satisfies everything."""
VALUES: Mapping[type[Any], Callable[[Any], Any]] = {
    Decimal: lambda value: int(value) if value == int(value) else float(value),
    date: date.isoformat,
}
"""How the values are written that SQLite does not know."""


class _Relation(NamedTuple):
    """A table of the database: its name, its definition, how many columns it has, and its rows."""

    name: str
    definition: str
    width: int
    rows: list[tuple[Any, ...]]


def write(order: Order, path: Path) -> None:
    """Write the tables, then the views that find all their tables."""
    import sqlite3

    about = _definition("about", "This dataset.", {"name TEXT NOT NULL PRIMARY KEY": "", "value TEXT NOT NULL": ""})
    relations = [_Relation("about", about, 2, [*order.dataset.about.items()])]
    relations += (relation for sheet in order.sheets() for relation in _relations(order, sheet))
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("BEGIN")
        for relation in relations:
            connection.execute(relation.definition)
        for name, _, width, rows in relations:
            connection.executemany(f'INSERT INTO "{name}" VALUES ({", ".join("?" * width)})', rows)  # noqa: S608  # the name is ours
        for view, (needs, definition) in order.dataset.views.items():
            if needs <= {*order.tables}:
                connection.execute(f"CREATE VIEW {view} AS {definition}")
        connection.execute("COMMIT")  # foreign keys are deferred to here
    except sqlite3.OperationalError as error:  # such as a full disk
        raise OSError(str(error)) from error
    finally:
        connection.close()


def title(path: Path) -> object:
    """What a database says of itself; None where it is damaged."""
    import sqlite3

    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        (whole,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
        (found,) = connection.execute("SELECT value FROM about WHERE name = 'title'").fetchone()
    return found if whole == "ok" else None


def _relations(order: Order, sheet: Sheet) -> Iterator[_Relation]:
    """A table, and one more for each of its list columns: the record's key, the position from 1, the value."""
    targets = {column.name: target for column, target in order.among(sheet.columns)}
    plain = [number for number, column in enumerate(sheet.columns) if not separator(column)]
    parts = {_column(sheet.columns[number], targets.get(sheet.columns[number].name)): sheet.columns[number].description for number in plain}
    rows = [tuple(_value(row[number]) for number in plain) for row in sheet.rows]
    yield _Relation(sheet.name, _definition(sheet.name, sheet.description, parts), len(plain), rows)
    for number, column in enumerate(sheet.columns):
        if separator(column):
            name = f"{sheet.name}_{column.name}"
            parts = {
                f'key TEXT NOT NULL REFERENCES "{sheet.name}" (key) {_DEFERRED}': "",
                "position INTEGER NOT NULL CHECK (position >= 1)": "",
                "value TEXT NOT NULL": "",
                "PRIMARY KEY (key, position)": "",
            }
            values = [(row[0], position, value) for row in sheet.rows for position, value in enumerate(row[number] or (), start=1)]
            yield _Relation(name, _definition(name, column.description, parts), 3, values)


def _definition(name: str, comment: str, parts: Mapping[str, str]) -> str:
    """``CREATE TABLE`` with what each part says as a comment, which the database keeps."""
    *firsts, last = ((f"  {part}", f" -- {says}" if says else "") for part, says in parts.items())
    lines = [*(f"{part},{says}" for part, says in firsts), "".join(last)]
    return "\n".join([f'CREATE TABLE "{name}" ( -- {" ".join(comment.split())}', *lines, ")"])


_DEFERRED = "DEFERRABLE INITIALLY DEFERRED"


def _column(column: Column, target: str | None) -> str:
    """The definition of a column; names are quoted, since some, such as table and column, are words of SQL."""
    name = f'"{column.name}"'
    kind, check = by_type(TYPES, column.type)
    definition = f"{name} {kind}"
    if column.required:
        definition += " NOT NULL"
    if column.name == "key":
        definition += " PRIMARY KEY"
    if target:
        definition += f' REFERENCES "{target}" (key) {_DEFERRED}'
    if check:
        values = column.type.values if isinstance(column.type, Enumeration) else ()
        definition += f" CHECK ({check.format(name, ', '.join(map(_text, values)))})"
    return definition


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _value(value: Any) -> Any:
    return VALUES[type(value)](value) if type(value) in VALUES else value
