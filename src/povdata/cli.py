"""The command line: ``povdata`` and ``python -m povdata``. The only place that prints.

A call that cannot be carried out ends with exit code 2 and one line on standard error that says what to do.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
import unicodedata
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, NoReturn, get_args

from povdata import __version__
from povdata.exceptions import DataError, InvalidArgumentError, PovdataError
from povdata.keys import TableName
from povdata.records import Record
from povdata.schema import ORIGINS, Column
from povdata.table import Table, nearest

EXIT_OK, EXIT_PROBLEMS, EXIT_USAGE, EXIT_PART = 0, 1, 2, 3
EXIT_PIPE = 141
"""As a Unix tool ends whose reader has gone: 128 + SIGPIPE."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns:
        0 when all is well, 1 when a check or a comparison found something, 2 when the call cannot be carried out, 3 when a copy is
        confirmed but for parts that it lacks, 141 when the reader of the output, such as head, has closed the pipe.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # the same bytes whatever the locale: Chinese text and CSV are UTF-8 with LF
            stream.reconfigure(encoding="utf-8", errors="surrogateescape", newline="\n")
    if sys.stdout is None:
        return _refuse("standard output is closed; send it to a file, a pipe or /dev/null")
    try:
        return _run(arguments)
    except DataError as error:
        first, *others = error.problems
        return _refuse(f"{first}" + f", and {len(others)} more problems; povdata check names them all" * bool(others))
    except PovdataError as error:
        return _refuse(str(error))
    except BrokenPipeError:
        _drop_output()
        return EXIT_PIPE
    except OSError as error:
        if error.filename is None:
            _drop_output()
        return _refuse(f"{error.strerror or error}: {error.filename or 'standard output'}")


def _run(arguments: Sequence[str] | None) -> int:
    try:
        options, unknown = _parser().parse_known_args(arguments)
        if unknown:
            options.parser.error(f"unrecognized arguments: {' '.join(unknown)}")
        code: int = options.run(options)
    finally:
        sys.stdout.flush()  # now, where an error can still be told
    return code


def _refuse(message: str) -> int:
    _tell(f"povdata: {message}")
    return EXIT_USAGE


def _tell(line: str) -> None:
    """A line on standard error, if there is one: print would take standard output instead."""
    if sys.stderr is not None:
        print(line, file=sys.stderr)


def _drop_output() -> None:
    """Send what could not be written nowhere, or the interpreter would try again at its end and complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class _Parser(argparse.ArgumentParser):
    """A parser whose errors are one line, which `main` prints."""

    def error(self, message: str) -> NoReturn:
        raise InvalidArgumentError(f"{message}; see {self.prog} --help")

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is not None and value not in action.choices:
            near = nearest(value, action.choices)
            known = f"nearest: {', '.join(near)}" if near else f"one of: {', '.join(action.choices)}"
            self.error(f"no {str(action.metavar or action.dest).lower()} {value!r}; {known}")


def _parser() -> _Parser:
    tables = "one of: " + ", ".join(get_args(TableName))
    parser = _Parser(
        prog="povdata",
        description="How 15 Chinese regions took their poverty counties off the list. Without a command: an overview.",
        epilog="povdata COMMAND --help says more. Errors go to standard error with exit code 2; what is found amiss gives 1.",
    )
    parser.add_argument("--version", action="version", version=f"povdata {__version__}")
    parser.set_defaults(run=_overview, parser=parser)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace], int], text: str) -> _Parser:
        added = commands.add_parser(name, help=text, description=text)
        added.set_defaults(run=run, parser=added)
        return added

    show = command("show", _show, "show a table or a part of it")
    show.add_argument("table", metavar="TABLE", choices=get_args(TableName), help=tables)
    where = "only rows with this value, or with an empty cell for nothing; given again for the same column: with any of the values"
    show.add_argument("--where", action="append", default=[], metavar="COLUMN=VALUE", help=where)
    show.add_argument("--within", metavar="PLACE", help="only rows of this place and those below it (name or key)")
    show.add_argument(
        "--format",
        choices=("table", "csv", "json", "markdown"),
        default="table",
        help="aligned, long cells cut (table, the default), as the data file has it (csv), one object a row (json), or markdown",
    )
    describe = command("describe", _describe, "say what a table and its columns hold")
    describe.add_argument("table", metavar="TABLE", choices=get_args(TableName), help=tables)
    evidence = command("evidence", _evidence, "show where a record or a cell was read")
    evidence.add_argument("table", metavar="TABLE", choices=get_args(TableName), help=tables)
    evidence.add_argument("key", metavar="KEY", help="key of the record, the first column of show")
    evidence.add_argument("column", metavar="COLUMN", nargs="?", help="only this cell of it")
    evidence.add_argument("--copy", metavar="FILE", help="your copy of the article: shows the passage around the evidence")
    evidence.add_argument("--encoding", default="utf-8", help="of the copy, such as gb18030; the default is utf-8")
    verify = command("verify", _verify, "compare a copy of the article with every cited passage; 3 means a part of it")
    verify.add_argument("file", metavar="FILE", help="your copy, a text or HTML file")
    verify.add_argument("--encoding", default="utf-8", help="of the file, such as gb18030; the default is utf-8")
    verify.add_argument("--format", choices=("text", "json"), default="text", help="for people, or for programs")
    check = command("check", _check, "check the installed data against its own rules and fingerprints")
    check.add_argument(
        "directory",
        metavar="DIR",
        nargs="?",
        help="a folder with the data files to check instead, such as DIR/povdata-datapackage of an export",
    )
    cite = command("cite", _cite, "say how to cite the data")
    cite.add_argument("style", nargs="?", default="apa", choices=("apa", "bibtex", "cff", "gb7714"), help="the default is apa")
    export = command("export", _export, "write all tables in another format")
    export.add_argument("directory", metavar="DIR", help="folder to write to; it is made where it does not exist")
    export.add_argument("--format", required=True, choices=("datapackage", "sqlite", "parquet", "xlsx"), help="what to write")
    export.add_argument("--force", action="store_true", help="replace an earlier export")
    return parser


def _overview(_: argparse.Namespace) -> int:
    from povdata import catalog
    from povdata.datapackage import summary

    print(f"povdata {__version__}: how 15 Chinese regions took their poverty counties off the list\n")
    print(_aligned(["table", "rows", "a row is"], [[n, str(len(t)), summary(t.record).rstrip(".")] for n, t in catalog.tables().items()]))
    print()
    headline = ("name_en", "name_zh", "poverty_counties", "last_batch_counties", "last_batch_date")
    rows = [["" if (value := getattr(province, name)) is None else str(value) for name in headline] for province in catalog.provinces]
    print(_aligned(["province", "", "poverty counties", "last batch", "date"], rows))
    print("\nNext: povdata show observations --within 河北; povdata describe observations; povdata verify FILE")
    return EXIT_OK


def _show(options: argparse.Namespace) -> int:
    from povdata import catalog

    table = catalog.table(options.table)
    if options.within is not None:
        table = table.within(options.within)
    table = table.where(**_conditions(table, options.where))
    rows = table.to_rows()
    header = list(table.schema)
    match options.format:
        case "csv":
            from povdata.reading import format_table

            sys.stdout.write(format_table(table.record, table.records))
        case "json":
            print(_as_json(table))
        case "markdown":
            print("| " + " | ".join(header) + " |\n|" + "---|" * len(header))
            for row in rows:
                print("| " + " | ".join(cell.replace("|", "\\|") for cell in row.values()) + " |")
        case _:
            filled = [name for name in header if any(row[name] for row in rows)]
            print(_aligned(filled, [[_shortened(row[name]) for name in filled] for row in rows]))
            _tell(f"{len(rows)} of {len(catalog.table(options.table))} rows")
    return EXIT_OK


def _conditions(table: Table[Any], conditions: Sequence[str]) -> dict[str, list[Any]]:
    """The values wanted of each column."""
    wanted: dict[str, list[Any]] = {}
    for condition in conditions:
        column, equals, text = condition.partition("=")
        if not equals:
            raise InvalidArgumentError(f"--where takes COLUMN=VALUE, not {condition!r}")
        value = _value(table, column, text)
        wanted.setdefault(column, []).extend(value if isinstance(value, tuple) else [value])
    return wanted


def _value(table: Table[Any], column: str, text: str) -> Any:
    """The text as the column's type; nothing stands for an empty cell."""
    if column not in table.schema:
        return text  # where() names the nearest columns
    if not text:
        return None
    try:
        return table.schema[column].type.parse(text)
    except ValueError as error:
        raise InvalidArgumentError(f"--where {column}={text}: {error}") from None


def _as_json(table: Table[Any]) -> str:
    """A list with an object a line; json itself would make floats of exact numbers."""

    def cell(column: Column, value: Any) -> str:
        exact = isinstance(value, Decimal)
        return column.type.format(value) if exact else json.dumps(value, ensure_ascii=False, default=str)

    columns = table.schema.values()
    rows = (", ".join(f'"{column.name}": {cell(column, getattr(record, column.name))}' for column in columns) for record in table)
    return "[" + ",\n ".join(f"{{{row}}}" for row in rows) + "]"


def _describe(options: argparse.Namespace) -> int:
    from povdata.dictionary import describe

    print(describe(options.table))
    return EXIT_OK


def _evidence(options: argparse.Namespace) -> int:
    from povdata import catalog
    from povdata.provenance import evidence

    table = catalog.table(options.table)
    found = evidence(table[options.key], options.column, copy=options.copy, encoding=options.encoding)
    if not found:
        _tell(_origin(table[options.key], table.schema.get(options.column)))
        return EXIT_OK
    header = ["column", "value", "locator", "characters", "basis"]
    own = [(item.table, item.key) == (options.table, options.key) for item in found]
    names = [item.column if its else f"{item.table}/{item.key}/{item.column}" for its, item in zip(own, found, strict=True)]
    rows = [
        [name, _shortened(item.value), str(item.locator), item.characters or "", item.basis]
        for name, item in zip(names, found, strict=True)
    ]
    if options.copy is None:
        print(_aligned(header, rows))
        return EXIT_OK
    print(_aligned([*header, "copy"], [[*row, item.status or ""] for row, item in zip(rows, found, strict=True)]))
    print(f"\n{found}")
    return EXIT_PROBLEMS if any(item.differs() for item in found) else EXIT_OK


def _origin(record: Record, column: Column | None) -> str:
    """Where what cites nothing comes from."""
    if column is None:
        return "nothing in this record cites the article; povdata describe says where the columns of its table come from"
    if column.origin == "article" and getattr(record, column.name) is None:
        return f"{column.name} is empty here: the article does not say"
    return f"{column.name} is {column.origin}: {ORIGINS[column.origin]}" + f" ({', '.join(column.sources)})" * (
        column.origin == "reference"
    )


def _verify(options: argparse.Namespace) -> int:
    from povdata.installed import verify

    report = verify(options.file, encoding=options.encoding)
    print(json.dumps(report.to_dict(), ensure_ascii=False, indent=1) if options.format == "json" else report)
    return {"confirmed": EXIT_OK, "part": EXIT_PART}.get(report.verdict, EXIT_PROBLEMS)


def _check(options: argparse.Namespace) -> int:
    from povdata.integrity import check

    problems = check(options.directory)
    for problem in problems:
        print(problem)
    checked = "the installed data keep" if options.directory is None else "the data keep"
    print(f"{len(problems)} problems" if problems else f"{checked} all their rules and fingerprints")
    return EXIT_PROBLEMS if problems else EXIT_OK


def _cite(options: argparse.Namespace) -> int:
    from povdata.citing import cite

    print(cite(options.style))
    return EXIT_OK


def _export(options: argparse.Namespace) -> int:
    from povdata.exporting import export

    print(export(options.directory, options.format, force=options.force))
    return EXIT_OK


def _aligned(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns of text, aligned for a terminal, in which Chinese characters take two cells."""
    table = [header, *rows]
    widths = [max(map(_width, column)) for column in zip(*table, strict=True)]
    return "\n".join(
        "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip() for row in table
    )


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _shortened(text: str, width: int = 48) -> str:
    """At most so many terminal cells of the text."""
    if _width(text) <= width:
        return text
    while _width(text) >= width:
        text = text[:-1]
    return text + "…"
