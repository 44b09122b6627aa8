"""The tables in other formats: Data Package, SQLite, Parquet and Excel.

An export is one file or one folder. It is written beside its place and moved there when it is whole.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal, NamedTuple, get_args

from povdata import __version__, catalog
from povdata.citing import cite
from povdata.datapackage import LICENCE, TITLE, separator, summary
from povdata.describing import describe
from povdata.descriptors import ANNOTATIONS, describe_annotations, describe_croissant, describe_csvw
from povdata.exceptions import InvalidArgumentError, MissingExtraError
from povdata.model.datatypes import Boolean, CellType, Day, Difference, Enumeration, Integer, Quantity, Reference
from povdata.model.reading import format_cell
from povdata.model.schema import Column
from povdata.model.table import Table
from povdata.records import bundled

Format = Literal["datapackage", "sqlite", "parquet", "xlsx"]

ABOUT = {"title": TITLE, "version": __version__, "licence": LICENCE, "citation": cite("apa")}
"""What every export says of itself."""


def export(directory: str | os.PathLike[str], format: Format, *, force: bool = False) -> Path:  # noqa: A002  # what it is called everywhere
    """Write all tables in another format into a directory, which is made where it is missing.

    Args:
        directory: where to write; nothing is written outside it.
        format: ``"datapackage"`` makes a folder ``povdata-datapackage`` of the CSV files with their descriptions for Frictionless,
            CSV on the Web, Croissant and Web Annotation; ``"sqlite"`` a database ``povdata.sqlite`` with keys, checks and views;
            ``"parquet"`` a folder ``povdata-parquet`` with a file a table (needs ``povdata[arrow]``); ``"xlsx"`` a workbook
            ``povdata.xlsx`` with a sheet a table (needs ``povdata[excel]``).
        force: whether to replace an earlier export.

    Returns:
        The file or folder written.

    Raises:
        InvalidArgumentError: another format; the directory is not named or is a file; or something stands at the place already, with
            ``force`` something that is no export.
        MissingExtraError: the package that writes the format is not installed.
        OSError: the file system refuses, with the directory; nothing half-written is left.
    """
    if format not in get_args(Format):
        raise InvalidArgumentError(f"format must be one of {', '.join(get_args(Format))}, not {format!r}")
    if not isinstance(directory, str | os.PathLike) or not os.fspath(directory) or "\0" in str(os.fspath(directory)):
        raise InvalidArgumentError(f"directory must name a folder, '.' for the current one, not {directory!r}")
    name, write = _WRITERS[format]
    target = Path(directory) / name
    if os.path.lexists(target) and not force:
        raise InvalidArgumentError(f"{target} exists; replace it with force=True (on the command line --force), or name another directory")
    try:
        with _made(Path(directory)), TemporaryDirectory(prefix=".povdata-", dir=directory) as workspace:
            draft = Path(workspace) / name
            write(draft)
            _put(draft, target)
    except OSError as error:  # which names something in the workspace, or nothing
        raise OSError(error.errno, error.strerror or str(error), str(directory)) from error
    return target


@contextmanager
def _made(directory: Path) -> Iterator[None]:
    """A directory that exists; folders made for it go again where the work fails."""
    missing = [folder for folder in (directory, *directory.parents) if not folder.exists()]
    try:
        try:
            directory.mkdir(parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError):
            raise InvalidArgumentError(f"{directory} is not a directory; name one to write into") from None
        yield
    except BaseException:
        for folder in missing:
            with suppress(OSError):
                folder.rmdir()
        raise


def _put(draft: Path, target: Path) -> None:
    """Move what is written to its place; an earlier folder first makes room and comes back where that fails."""
    if os.path.lexists(target):
        _refuse_other(draft, target)
    if not target.is_dir():
        draft.replace(target)
        return
    earlier = target.replace(draft.with_name("earlier"))
    try:
        draft.replace(target)
    except BaseException:
        earlier.replace(target)
        raise


def _refuse_other(draft: Path, target: Path) -> None:
    """Only an earlier export makes room: a whole file that says it is one, and for a folder one that holds nothing else."""
    if not (target.is_dir() if draft.is_dir() else target.is_file() and _title(target) == TITLE):
        raise InvalidArgumentError(f"{target} is not an export of povdata; move it away, or name another directory")
    if target.is_dir():
        ours = {path.name for path in draft.iterdir()}
        if others := sorted(path.name for path in target.iterdir() if path.name not in ours):
            raise InvalidArgumentError(f"{target} holds other files too, such as {others[0]}; move them away, or name another directory")


def _title(path: Path) -> object:
    """What a database or workbook says of itself; None where it is damaged or says nothing."""
    try:
        return (_title_of_workbook if path.suffix == ".xlsx" else _title_of_database)(path)
    except Exception:  # noqa: BLE001  # sqlite3, zipfile, zlib and openpyxl each have their own for what is no such file
        return None


# Data Package. ----------------------------------------------------------------------------------------------------------------


def _write_datapackage(folder: Path) -> None:
    csv = {f"{name}.csv": bundled(f"{name}.csv") for name in catalog.tables()}
    files = csv | {name: bundled(name) for name in ("README.md", "datapackage.json")}
    files["csv-metadata.json"] = describe_csvw().encode()
    files["croissant.json"] = describe_croissant(csv).encode()
    files[ANNOTATIONS] = describe_annotations().encode()
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)


# SQLite. ----------------------------------------------------------------------------------------------------------------------


class _Relation(NamedTuple):
    """A table of the database: its name, its definition, how many columns it has, and its rows."""

    name: str
    definition: str
    width: int
    rows: list[tuple[Any, ...]]


def _write_sqlite(path: Path) -> None:
    import sqlite3

    about = _definition("about", "This dataset.", {"name TEXT NOT NULL PRIMARY KEY": "", "value TEXT NOT NULL": ""})
    relations = [_Relation("about", about, 2, [*ABOUT.items()])]
    relations += (relation for table in catalog.tables().values() for relation in _relations(table))
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("BEGIN")
        for relation in relations:
            connection.execute(relation.definition)
        for name, _, width, rows in relations:
            connection.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * width)})", rows)  # noqa: S608  # the name is ours
        for view in (_labelled_view(catalog.observations, "en"), _labelled_view(catalog.observations, "zh"), _WITHIN):
            connection.execute(view)
        connection.execute("COMMIT")  # foreign keys are deferred to here
    except sqlite3.OperationalError as error:  # such as a full disk
        raise OSError(str(error)) from error
    finally:
        connection.close()


def _title_of_database(path: Path) -> object:
    import sqlite3

    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        (whole,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
        (title,) = connection.execute("SELECT value FROM about WHERE name = 'title'").fetchone()
    return title if whole == "ok" else None


def _relations(table: Table[Any]) -> Iterator[_Relation]:
    """A table, and one more for each of its list columns: the record's key, the position from 1, the value."""
    columns = [column for column in table.schema.values() if not separator(column.type)]
    definition = _definition(table.name, summary(table.record), {_sql_column(column): column.description for column in columns})
    rows = [tuple(_sql_value(getattr(record, column.name)) for column in columns) for record in table]
    yield _Relation(table.name, definition, len(columns), rows)
    for column in table.schema.values():
        if separator(column.type):
            name = f"{table.name}_{column.name}"
            parts = {
                f"key TEXT NOT NULL REFERENCES {table.name} (key) {_DEFERRED}": "",
                "position INTEGER NOT NULL CHECK (position >= 1)": "",
                "value TEXT NOT NULL": "",
                "PRIMARY KEY (key, position)": "",
            }
            values = [
                (record.key, number, value) for record in table for number, value in enumerate(getattr(record, column.name) or (), start=1)
            ]
            yield _Relation(name, _definition(name, column.description, parts), 3, values)


def _definition(name: str, comment: str, parts: Mapping[str, str]) -> str:
    """``CREATE TABLE`` with what each part says as a comment, which the database keeps."""
    *firsts, last = ((f"  {part}", f" -- {says}" if says else "") for part, says in parts.items())
    lines = [*(f"{part},{says}" for part, says in firsts), "".join(last)]
    return "\n".join([f"CREATE TABLE {name} ( -- {' '.join(comment.split())}", *lines, ")"])


_DEFERRED = "DEFERRABLE INITIALLY DEFERRED"


def _sql_column(column: Column) -> str:
    """The definition of a column; names are quoted, since some, such as table and column, are words of SQL."""
    name = f'"{column.name}"'
    kind, check = _sql_type(column.type)
    definition = f"{name} {kind}"
    if column.required:
        definition += " NOT NULL"
    if column.name == "key":
        definition += " PRIMARY KEY"
    if isinstance(column.type, Reference):
        definition += f" REFERENCES {column.type.table} (key) {_DEFERRED}"
    if check:
        definition += f" CHECK ({check.format(name)})"
    return definition


def _sql_type(celltype: CellType) -> tuple[str, str]:
    """The type of a column, and what its values must satisfy; an empty cell satisfies everything."""
    found = ("TEXT", "")
    match celltype:
        case Enumeration():
            found = ("TEXT", f"{{}} IN ({', '.join(map(repr, celltype.values))})")
        case Integer():
            found = ("INTEGER", "typeof({0}) IN ('integer', 'null') AND {0} >= 0")
        case Difference():
            found = ("INTEGER", "typeof({}) IN ('integer', 'null')")
        case Quantity():
            found = ("NUMERIC", "typeof({0}) IN ('integer', 'real', 'null') AND {0} >= 0")
        case Boolean():
            found = ("BOOLEAN", "{} IN (0, 1)")
        case Day():
            found = ("DATE", "{0} = date({0}, '+0 days')")
    return found


def _sql_value(value: Any) -> Any:
    match value:
        case Decimal():
            return int(value) if value == int(value) else float(value)
        case date():
            return value.isoformat()
        case _:
            return value


def _labelled_view(table: Table[Any], language: str) -> str:
    """A view that adds what `Table.to_pandas` adds with labels and bounds, in the same order."""
    columns, joins = [], []
    for column in table.schema.values():
        columns.append(f'{table.name}."{column.name}"')
        if isinstance(column.type, Reference):
            columns.append(f"{column.name}_.name_{language} AS {column.name}_name")
            joins.append(f"LEFT JOIN {column.type.table} AS {column.name}_ ON {column.name}_.key = {table.name}.{column.name}")
            if column.type.table == "indicators":
                columns.append(f"{column.name}_.unit")
            if column.name == "place":
                columns.append(f"province_.name_{language} AS province_name")
                joins.append("LEFT JOIN provinces AS province_ ON province_.key = place_.province")
    for bound, without in (("lower", "('less_than', 'at_most', 'about')"), ("upper", "('more_than', 'at_least', 'about')")):
        columns.append(f"CASE WHEN {table.name}.relation NOT IN {without} THEN {table.name}.value END AS {bound}")
    return "\n".join([f"CREATE VIEW {table.name}_{language} AS SELECT", ",\n".join(columns), f"FROM {table.name}", *joins])


_WITHIN = """\
CREATE VIEW places_within AS -- Each place with itself and every place above it, as Table.within() goes.
WITH RECURSIVE chain (ancestor, place) AS (
  SELECT key, key FROM places
  UNION ALL
  SELECT places.parent, chain.place FROM chain JOIN places ON places.key = chain.ancestor WHERE places.parent IS NOT NULL
)
SELECT ancestor, place FROM chain"""


# Parquet. ---------------------------------------------------------------------------------------------------------------------


def _write_parquet(folder: Path) -> None:
    tables = {table: table.to_arrow() for table in catalog.tables().values()}
    import pyarrow.parquet as pq

    folder.mkdir()
    for table, arrow in tables.items():
        pq.write_table(arrow.replace_schema_metadata(ABOUT | {"description": summary(table.record)}), folder / f"{table.name}.parquet")


# Excel. -----------------------------------------------------------------------------------------------------------------------


def _write_xlsx(path: Path) -> None:
    try:
        from openpyxl import Workbook  # type: ignore[import-untyped]
    except ImportError:
        raise MissingExtraError("openpyxl", "excel") from None
    book = Workbook(write_only=True)
    book.properties.title, book.properties.creator = TITLE, f"povdata {__version__}"
    _fill(book.create_sheet("readme"), _readme(), [18, 24, 24, 12, 100])
    for table in catalog.tables().values():
        sheet = book.create_sheet(table.name)
        columns = list(table.schema.values())
        sheet.freeze_panes = "B2"
        header = [column.name for column in columns]
        rows = [[_excel_value(column, getattr(record, column.name)) for column in columns] for record in table]
        _fill(sheet, [header, *rows], [28 if column.type.dtype == "string" else 14 for column in columns], headed=True)
    whole = BytesIO()  # where openpyxl cannot write to the end, as on a full disk, it complains on standard error
    book.save(whole)
    path.write_bytes(whole.getvalue())


def _title_of_workbook(path: Path) -> object:
    from zipfile import ZipFile

    from openpyxl import load_workbook

    with ZipFile(path) as archive:
        damaged = archive.testzip()
    with closing(load_workbook(path, read_only=True)) as book:
        _, title, *_ = next(book["readme"].iter_rows(values_only=True))
    return title if damaged is None else None


def _fill(sheet: Any, rows: list[list[Any]], widths: list[int], *, headed: bool = False) -> None:
    from openpyxl.styles import Font  # type: ignore[import-untyped]
    from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]

    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    for number, row in enumerate(rows):
        cells = [_excel_cell(sheet, value) for value in row]
        if headed and not number:
            for cell in cells:
                cell.font = Font(bold=True)
        sheet.append(cells)
    if headed:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(widths))}{len(rows)}"


def _excel_cell(sheet: Any, value: Any) -> Any:
    """A cell whose text is text: no formula, no error value, and marked so that it stays text when it is edited."""
    from openpyxl.cell import WriteOnlyCell  # type: ignore[import-untyped]

    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"
        cell.number_format = "@"
        cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
    return cell


def _excel_value(column: Column, value: Any) -> Any:
    return value if isinstance(value, int | Decimal | date) or value is None else format_cell(column, value)


def _readme() -> list[list[Any]]:
    """What the workbook is, its tables, its columns, and what the values of its vocabularies mean."""
    descriptions = {name: describe(table) for name, table in catalog.tables().items()}
    return [
        *([name, text] for name, text in ABOUT.items()),
        [],
        ["table", "rows", "a row is"],
        *([name, len(catalog.table(name)), description.text] for name, description in descriptions.items()),
        [],
        ["table", "column", "type", "origin", "what it says"],
        *([name, *row] for name, description in descriptions.items() for row in description.rows()),
        [],
        ["table", "column", "value", None, "what it means"],
        *(
            [name, column, value, None, meaning]
            for name, description in descriptions.items()
            for column, values in description.vocabularies().items()
            for value, meaning in values.items()
        ),
    ]


_WRITERS: dict[Format, tuple[str, Callable[[Path], None]]] = {
    "datapackage": ("povdata-datapackage", _write_datapackage),
    "sqlite": ("povdata.sqlite", _write_sqlite),
    "parquet": ("povdata-parquet", _write_parquet),
    "xlsx": ("povdata.xlsx", _write_xlsx),
}
