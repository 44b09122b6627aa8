"""The command line: ``povdata`` and ``python -m povdata``. The only place that prints."""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
import unicodedata
from collections.abc import Callable, Sequence
from typing import Any, get_args

from povdata import __version__
from povdata.exceptions import InvalidArgumentError, PovdataError
from povdata.keys import TableName
from povdata.table import Table

EXIT_OK, EXIT_PROBLEMS, EXIT_USAGE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns:
        0 when all is well, 1 when a check or a verification found something, 2 when the call cannot be carried out.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # the same bytes whatever the locale: Chinese text and CSV are UTF-8 with LF
            stream.reconfigure(encoding="utf-8", errors="surrogateescape", newline="\n")
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        code: int = options.run(options)
        sys.stdout.flush()
    except PovdataError as error:
        print(f"povdata: {error}", file=sys.stderr)
        return EXIT_USAGE
    except OSError as error:
        if isinstance(error, BrokenPipeError):  # the reader, such as head, has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return EXIT_OK
        print(f"povdata: {error.strerror}: {error.filename}", file=sys.stderr)
        return EXIT_USAGE
    return code


def _parser() -> argparse.ArgumentParser:
    tables = "one of: " + ", ".join(get_args(TableName))
    parser = argparse.ArgumentParser(
        prog="povdata",
        description="How 15 Chinese regions took their poverty counties off the list. Without a command: an overview.",
        epilog="povdata COMMAND --help says more. Errors go to standard error with exit code 2; verify and check exit with 1 on a find.",
    )
    parser.add_argument("--version", action="version", version=f"povdata {__version__}")
    parser.set_defaults(run=_overview)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=text, description=text)
        added.set_defaults(run=run)
        return added

    show = command("show", _show, "show a table or a part of it")
    show.add_argument("table", metavar="TABLE", help=tables)
    show.add_argument("--where", action="append", default=[], metavar="COLUMN=VALUE", help="only rows with this value; may be repeated")
    show.add_argument("--within", metavar="PLACE", help="only rows of this place and those below it (name or key)")
    show.add_argument(
        "--format",
        choices=("table", "csv", "json", "markdown"),
        default="table",
        help="shortened to fit a terminal (table, the default), as the data file has it (csv), one object a row (json), or markdown",
    )
    describe = command("describe", _describe, "say what a table and its columns hold")
    describe.add_argument("table", metavar="TABLE", help=tables)
    evidence = command("evidence", _evidence, "show where a record or a cell was read")
    evidence.add_argument("table", metavar="TABLE", help=tables)
    evidence.add_argument("key", metavar="KEY", help="key of the record, the first column of show")
    evidence.add_argument("column", metavar="COLUMN", nargs="?", help="only this cell of it")
    evidence.add_argument("--copy", metavar="FILE", help="your copy of the article: shows the passage around the evidence")
    verify = command("verify", _verify, "compare a copy of the article with every cited passage")
    verify.add_argument("file", metavar="FILE", help="your copy, a text or HTML file")
    verify.add_argument("--encoding", default="utf-8", help="of the file, such as gb18030; the default is utf-8")
    verify.add_argument("--format", choices=("text", "json"), default="text", help="for people, or for programs")
    command("check", _check, "check the installed data against its own rules and fingerprints")
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
    if options.within:
        table = table.within(options.within)
    for condition in options.where:
        column, equals, text = condition.partition("=")
        if not equals:
            raise InvalidArgumentError(f"--where takes COLUMN=VALUE, not {condition!r}")
        table = table.where(**{column: _value(table, column, text)})
    rows = table.to_rows()
    header = list(table.schema)
    match options.format:
        case "csv":
            from povdata.reading import format_table

            sys.stdout.write(format_table(table.record, table.records))
        case "json":
            print(json.dumps(rows, ensure_ascii=False, indent=1))
        case "markdown":
            print("| " + " | ".join(header) + " |\n|" + "---|" * len(header))
            for row in rows:
                print("| " + " | ".join(cell.replace("|", "\\|") for cell in row.values()) + " |")
        case _:
            filled = [name for name in header if any(row[name] for row in rows)]
            print(_aligned(filled, [[_shortened(row[name]) for name in filled] for row in rows]))
            print(f"{len(rows)} of {len(catalog.table(options.table))} rows", file=sys.stderr)
    return EXIT_OK


def _value(table: Table[Any], column: str, text: str) -> Any:
    """The text as the column's type; nothing stands for an empty cell."""
    if column not in table.schema:
        return text  # where() names the nearest columns
    if not text:
        return None
    try:
        value = table.schema[column].type.parse(text)
    except ValueError as error:
        raise InvalidArgumentError(f"--where {column}={text}: {error}") from None
    return list(value) if isinstance(value, tuple) else value


def _describe(options: argparse.Namespace) -> int:
    from povdata.dictionary import describe

    print(describe(options.table))
    return EXIT_OK


def _evidence(options: argparse.Namespace) -> int:
    from povdata import catalog
    from povdata.provenance import evidence

    found = evidence(catalog.table(options.table)[options.key], options.column, copy=options.copy)
    rows = [[item.column, _shortened(item.value), str(item.locator), item.characters or "", item.basis] for item in found]
    print(_aligned(["column", "value", "locator", "characters", "basis"], rows))
    if options.copy:
        print(f"\n{found}")
    return EXIT_OK


def _verify(options: argparse.Namespace) -> int:
    from povdata.verification import verify

    report = verify(options.file, encoding=options.encoding)
    print(json.dumps(report.to_dict(), ensure_ascii=False, indent=1) if options.format == "json" else report)
    return EXIT_OK if report.ok else EXIT_PROBLEMS


def _check(_: argparse.Namespace) -> int:
    from povdata.integrity import check

    problems = check()
    for problem in problems:
        print(problem)
    print(f"{len(problems)} problems" if problems else "the installed data keep all their rules and fingerprints")
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
