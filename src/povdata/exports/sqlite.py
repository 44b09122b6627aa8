"""The tables as a database of SQLite, with keys, references and checks."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from povdata.exports.sheets import Order, Sheet, has_bounds
from povdata.model.columns import Shown, for_json
from povdata.model.datatypes import Boolean, CellType, Day, Difference, Enumeration, Integer, Quantity, by_type
from povdata.model.registry import is_hierarchy

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
WITHIN = """\
CREATE VIEW "{0}_within" AS -- Each place with itself and every place above it, as Table.within() goes.
WITH RECURSIVE chain (ancestor, place) AS (
  SELECT key, key FROM "{0}"
  UNION ALL
  SELECT "{0}".parent, chain.place FROM chain JOIN "{0}" ON "{0}".key = chain.ancestor WHERE "{0}".parent IS NOT NULL
)
SELECT ancestor, place FROM chain"""
_DEFERRED = "DEFERRABLE INITIALLY DEFERRED"


class _Relation(NamedTuple):
    """A table of the database: its name, what it is, the definitions of its columns with what each says, and its rows."""

    name: str
    comment: str
    parts: list[tuple[str, str]]
    rows: list[tuple[Any, ...]]

    def definition(self) -> str:
        """``CREATE TABLE`` with what each part says as a comment, which the database keeps."""
        lines = [f"  {part}{',' * (number < len(self.parts))}" for number, (part, _) in enumerate(self.parts, start=1)]
        told = [f"{line} -- {says}" if says else line for line, (_, says) in zip(lines, self.parts, strict=True)]
        return "\n".join([f'CREATE TABLE "{self.name}" ( -- {" ".join(self.comment.split())}', *told, ")"])


def write(order: Order, path: Path) -> None:
    """Write the tables; those with values once more for each language, with the names and bounds that `Table.to_pandas` adds."""
    about, data = order.publication.about, order.publication.data
    relations = [
        _Relation("about", "This dataset.", [("name TEXT NOT NULL PRIMARY KEY", ""), ("value TEXT NOT NULL", "")], [*about.items()])
    ]
    for sheet in order.sheets():
        relations += _relations(order, sheet, sheet.name)
        for language in data.naming.languages if has_bounds(sheet.table) else ():
            wide = Order(order.publication, order.tables, language, bounds=True)
            relations += _relations(order, wide.sheet(sheet.table), f"{sheet.name}_{language}")
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("BEGIN")
        for relation in relations:
            connection.execute(relation.definition())
        for name, _, _, rows in relations:
            if rows:
                connection.executemany(f'INSERT INTO "{name}" VALUES ({", ".join("?" * len(rows[0]))})', rows)  # noqa: S608  # ours
        for name in order.tables:
            if is_hierarchy(data[name]):
                connection.execute(WITHIN.format(name))
        connection.execute("COMMIT")  # foreign keys are deferred to here
    except sqlite3.OperationalError as error:  # such as a full disk
        raise OSError(str(error)) from error
    finally:
        connection.close()


def title(path: Path) -> object:
    """What a database says of itself; None where it is damaged."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        (whole,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
        (found,) = connection.execute("SELECT value FROM about WHERE name = 'title'").fetchone()
    return found if whole == "ok" else None


def _relations(order: Order, sheet: Sheet, name: str) -> Iterator[_Relation]:
    """A table, and one more for each of its list columns: the record's key, the position from 1, the value."""
    targets = order.references(sheet)
    plain = [column for column in sheet.columns if not column.type.separator]
    values = [[*map(for_json, column.values)] for column in plain]
    parts = [(_column(column, targets.get(column.name)), column.description) for column in plain]
    yield _Relation(name, sheet.description, parts, list(zip(*values, strict=True)))
    for column in sheet.columns:
        if column.type.separator:
            listed = [
                (key, position, value)
                for key, found in zip(sheet.table.by_key, column.values, strict=True)
                for position, value in enumerate(found or (), start=1)
            ]
            yield _Relation(f"{name}_{column.name}", column.description, [(part.format(name), "") for part in _LIST], listed)


_LIST = (
    f'key TEXT NOT NULL REFERENCES "{{}}" (key) {_DEFERRED}',
    "position INTEGER NOT NULL CHECK (position >= 1)",
    "value TEXT NOT NULL",
    "PRIMARY KEY (key, position)",
)


def _column(column: Shown, target: str | None) -> str:
    """The definition of a column; names are quoted, since some, such as table and column, are words of SQL."""
    name = f'"{column.name}"'
    kind, check = by_type(TYPES, column.type)
    values = column.type.values if isinstance(column.type, Enumeration) else ()
    listed = ", ".join("'" + value.replace("'", "''") + "'" for value in values)
    parts = [
        f"{name} {kind}",
        "NOT NULL" * column.required,
        "PRIMARY KEY" * (column.name == "key"),
        f'REFERENCES "{target}" (key) {_DEFERRED}' if target else "",
        f"CHECK ({check.format(name, listed)})" if check else "",
    ]
    return " ".join(filter(None, parts))
