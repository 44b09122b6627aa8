"""The tables as a database of SQLite, with keys, references and checks."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from povdata.exports.sheets import Order, Sheet
from povdata.model.columns import Shown, for_json
from povdata.model.datatypes import Boolean, CellType, Day, Difference, Enumeration, Integer, Quantity, by_type
from povdata.model.registry import is_hierarchy

ENDING = ".sqlite"
TYPES: Mapping[type[CellType], tuple[str, str]] = {
    CellType: ("TEXT", ""),
    Integer: ("INTEGER", " CHECK (typeof({0}) IN ('integer', 'null') AND {0} >= 0)"),
    Difference: ("INTEGER", " CHECK (typeof({0}) IN ('integer', 'null'))"),
    Quantity: ("NUMERIC", " CHECK (typeof({0}) IN ('integer', 'real', 'null') AND {0} >= 0)"),
    Boolean: ("BOOLEAN", " CHECK ({0} IN (0, 1))"),
    Day: ("DATE", " CHECK ({0} = date({0}, '+0 days'))"),
    Enumeration: ("TEXT", " CHECK ({0} IN ({1}))"),
}  # and what values must satisfy, as an empty cell always does
WITHIN = """\
CREATE VIEW "{0}_within" AS -- Each place with itself and every place above it, as Table.within() goes.
WITH RECURSIVE chain (ancestor, place) AS (
  SELECT key, key FROM "{0}"
  UNION ALL
  SELECT "{0}".parent, chain.place FROM chain JOIN "{0}" ON "{0}".key = chain.ancestor WHERE "{0}".parent IS NOT NULL
)
SELECT ancestor, place FROM chain"""
REFERENCE = ' REFERENCES "{}" (key) DEFERRABLE INITIALLY DEFERRED'
LISTED = f"""\
  key TEXT NOT NULL{REFERENCE},
  position INTEGER NOT NULL CHECK (position >= 1),
  value TEXT NOT NULL,
  PRIMARY KEY (key, position)"""  # of a table for a list column


def write(order: Order, path: Path) -> None:
    """Write the tables; those with values once more for each language, with the names and bounds that `Table.to_pandas` adds."""
    data = order.publication.data
    made = [("about", "This dataset.", "  name TEXT NOT NULL PRIMARY KEY,\n  value TEXT NOT NULL", [*order.publication.about.items()])]
    for sheet in order.sheets():
        made += _made(sheet, sheet.name)
        for language in data.naming.languages if hasattr(sheet.table.record, "bounds") else ():
            for wide in order.sheets(tables=(sheet.name,), labels=language, bounds=order.bounds or True):
                made += _made(wide, f"{sheet.name}_{language}")
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("BEGIN")
            for name, comment, columns, _ in made:
                connection.execute(f'CREATE TABLE "{name}" ( -- {" ".join(comment.split())}\n{columns}\n)')
            for name, _, _, rows in made:
                if rows:
                    connection.executemany(f'INSERT INTO "{name}" VALUES ({", ".join("?" * len(rows[0]))})', rows)  # noqa: S608  # ours
            for name in order.tables:
                if is_hierarchy(data[name]):
                    connection.execute(WITHIN.format(name))
            connection.execute("COMMIT")  # foreign keys are deferred to here
    except sqlite3.OperationalError as error:  # such as a full disk
        raise OSError(str(error)) from error


def title(path: Path) -> object:
    """What a database says of itself; None where it is damaged."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        whole = connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
        return connection.execute("SELECT value FROM about WHERE name = 'title'").fetchone()[0] if whole else None


def _made(sheet: Sheet, name: str) -> Iterator[tuple[str, str, str, list[tuple[Any, ...]]]]:
    """A table, and one more for each of its list columns: name, comment, definitions of the columns, and rows."""
    plain = [column for column in sheet.columns if not column.type.separator]
    columns = (f"  -- {column.description}\n  {_column(column, sheet.references.get(column.name))}" for column in plain)
    rows = zip(*(map(for_json, column.values) for column in plain), strict=True)
    yield name, sheet.description, ",\n".join(columns), list(rows)
    for column in sheet.columns:
        if column.type.separator:
            cells = zip(sheet.table.by_key, column.values, strict=True)
            listed = [(key, position, value) for key, values in cells for position, value in enumerate(values or (), start=1)]
            yield f"{name}_{column.name}", column.description, LISTED.format(name), listed


def _column(column: Shown, target: str | None) -> str:
    """The definition of a column; names are quoted, since some, such as table and column, are words of SQL."""
    name, (kind, check) = f'"{column.name}"', by_type(TYPES, column.type)
    values = column.type.values if isinstance(column.type, Enumeration) else ()
    listed = ", ".join("'" + value.replace("'", "''") + "'" for value in values)
    rules = " NOT NULL" * column.required + " PRIMARY KEY" * (column.name == "key") + (REFERENCE.format(target) if target else "")
    return f"{name} {kind}{rules}{check.format(name, listed)}"
