# PYTHON_ARGCOMPLETE_OK
"""The command line: ``povdata`` and ``python -m povdata``. The only place that prints.

A call that cannot be carried out ends with exit code 2 and one line on standard error that says what to do.
"""

from __future__ import annotations

import argparse
import io
import os
import shutil
import sys
from collections.abc import Sequence
from typing import Any, NoReturn, get_args

from povdata import __version__
from povdata.exceptions import DataError, InvalidArgumentError, PovdataError
from povdata.literals import TableName

EXIT_USAGE = 2
EXIT_PIPE = 141
"""As a Unix tool ends whose reader has gone: 128 + SIGPIPE."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns:
        0 when all is well, 1 when a check or a comparison found something, 2 when the call cannot be carried out, 3 when a copy is
        confirmed but for parts that it lacks, 141 when the reader of the output, such as head, has closed the pipe.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            _set_up(stream)
    try:
        if sys.stdout is None:
            raise InvalidArgumentError("standard output is closed; send it to a file, a pipe or /dev/null")
        return _run(sys.argv[1:] if arguments is None else arguments)
    except DataError as error:
        first, *others = error.problems
        return _refuse(f"{first}" + f", and {len(others)} more problems; povdata check names them all" * bool(others))
    except PovdataError as error:
        return _refuse(str(error))
    except UnicodeEncodeError as error:
        sign = error.object[error.start : error.end]
        return _refuse(f"{error.encoding} cannot write {sign!a}; set PYTHONIOENCODING={error.encoding}:replace or leave it out")
    except BrokenPipeError:
        _drop_output()
        return EXIT_PIPE
    except OSError as error:
        if error.filename is None:
            _drop_output()
        return _refuse(f"{error.strerror or error}: {error.filename or 'standard output'}")


def _set_up(stream: io.TextIOWrapper) -> None:
    """The same bytes whatever the locale, UTF-8 with LF, unless PYTHONIOENCODING asks for another encoding."""
    if os.environ.get("PYTHONIOENCODING"):
        stream.reconfigure(newline="\n")
    else:
        stream.reconfigure(encoding="utf-8", errors="surrogateescape", newline="\n")


def _run(arguments: Sequence[str]) -> int:
    try:
        parser = _parser()
        if "_ARGCOMPLETE" in os.environ:
            from povdata import completion  # asks argcomplete, which only the shell that completes needs

            completion.complete(parser)
        options, unknown = parser.parse_known_args(_joined(arguments))
        if unknown:
            options.parser.error(f"unrecognized arguments: {' '.join(unknown)}")
        options.width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
        options.bom = _mark() if getattr(options, "bom", False) else ""

        from povdata import commands  # all tables and outlets, which --help, --version and slips do not need: 30 ms instead of 100

        answer = commands.COMMANDS[options.command](options)
        sys.stdout.write(answer.text)
    finally:
        sys.stdout.flush()  # now, where an error can still be told
    if answer.remark:
        _tell(answer.remark)
    return answer.code


def _joined(arguments: Sequence[str]) -> list[str]:
    """The arguments, with ``--sort -value`` as ``--sort=-value``: argparse would take the value for an option."""
    found: list[str] = []
    for argument in arguments:
        if found and found[-1] == "--sort" and argument.startswith("-"):
            found[-1] += f"={argument}"
        else:
            found.append(argument)
    return found


def _mark() -> str:
    """The byte-order mark, by which Excel knows UTF-8."""
    encoding = sys.stdout.encoding.lower()
    if not encoding.startswith("utf"):
        raise InvalidArgumentError(f"--bom marks UTF-8, and PYTHONIOENCODING asks for {encoding}; leave one of them out")
    return "\ufeff"


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
            from povdata.model.lookup import nearest  # for slips alone

            near = nearest(value, action.choices)
            known = f"nearest: {', '.join(near)}" if near else f"one of: {', '.join(action.choices)}"
            self.error(f"no {str(action.metavar or action.dest).lower()} {value!r}; {known}")


def _parser() -> _Parser:
    parser = _Parser(
        prog="povdata",
        description="How 15 Chinese regions took their poverty counties off the list. Without a command: an overview.",
        epilog="povdata COMMAND --help says more. Errors go to standard error with exit code 2; what is found amiss gives 1.",
    )
    parser.add_argument("--version", action="version", version=f"povdata {__version__}")
    parser.set_defaults(command="overview", parser=parser)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    def command(name: str, text: str) -> _Parser:
        added = commands.add_parser(name, help=text, description=text)
        added.set_defaults(command=name, parser=added)
        return added

    _add_show(command("show", "show a table or a part of it"))
    _add_search(command("search", "find records by name in all tables, or figures by value"))
    _add_table(command("describe", "say what a table and its columns hold"))
    _add_evidence(command("evidence", "show where a record or a cell was read"))
    verify = command("verify", "compare a copy of the article with every cited passage")
    verify.add_argument("file", metavar="FILE", help="your copy, a text or HTML file")
    verify.add_argument("--encoding", default="utf-8", help="of the file, such as gb18030; the default is utf-8")
    verify.add_argument("--format", choices=("text", "json"), default="text", help="for people, or for programs")
    check = command("check", "check the installed data against its own rules and fingerprints")
    directory = "a folder with the data files to check instead, such as DIR/povdata-datapackage of an export"
    check.add_argument("directory", metavar="DIR", nargs="?", help=directory)
    _add_panel(command("panel", "print a frame with a row per county and year"))
    _add_plot(command("plot", "draw a plot into a file"))
    cite = command("cite", "say how to cite the data, the article or one record")
    styles = ("apa", "bibtex", "cff", "csl-json", "gb7714", "ris")
    cite.add_argument("style", nargs="?", default="apa", choices=styles, help="the default is apa")
    cite.add_argument("--of", default="data", metavar="WHAT", help="data (the default), article, or TABLE/KEY for one record")
    _add_export(command("export", "write the tables in another format"))
    return parser


def _add_show(show: argparse.ArgumentParser) -> None:
    _add_table(show)
    where = "only rows with this value, or with an empty cell for nothing; given again for the same column: with any of the values"
    show.add_argument("--where", action="append", default=[], metavar="COLUMN=VALUE", help=where)
    show.add_argument("--within", metavar="PLACE", help="only rows of this place and those inside it (name or key)")
    show.add_argument("--columns", default="", metavar="COLUMN,...", help="these columns alone, in this order")
    show.add_argument("--sort", default="", metavar="COLUMN,...", help="rows by these columns; -COLUMN puts the greatest first")
    show.add_argument("--limit", type=_count, metavar="N", help="at most so many rows")
    _add_beside(show)
    _add_format(show)


def _add_search(search: argparse.ArgumentParser) -> None:
    search.add_argument("text", metavar="TEXT", help="a name in Chinese, English or pinyin, a part of one, or a figure")
    search.add_argument("--limit", type=_count, default=10, metavar="N", help="at most so many records; the default is 10")
    search.add_argument("--labels", choices=("en", "zh"), default="en", help="the language of names; the default is en")
    _add_format(search)


def _add_evidence(evidence: argparse.ArgumentParser) -> None:
    _add_table(evidence)
    evidence.add_argument("key", metavar="KEY", help="key of the record, the first column of show")
    evidence.add_argument("column", metavar="COLUMN", nargs="?", help="only this cell of it")
    evidence.add_argument("--copy", metavar="FILE", help="your copy of the article: shows the passage around the evidence")
    evidence.add_argument("--encoding", default="utf-8", help="of the copy, such as gb18030; the default is utf-8")
    evidence.add_argument("--format", choices=("table", "json"), default="table", help="for people, or for programs")


def _add_export(export: argparse.ArgumentParser) -> None:
    export.add_argument("directory", metavar="DIR", help="folder to write to; it is made where it does not exist")
    formats = ("datapackage", "html", "parquet", "sqlite", "xlsx")
    export.add_argument("--format", required=True, choices=formats, help="what to write")
    export.add_argument("--tables", metavar="TABLE,...", help="these tables alone")
    _add_beside(export)
    export.add_argument("--force", action="store_true", help="replace an earlier export")


def _add_beside(parser: argparse.ArgumentParser) -> None:
    """What can stand beside the columns of a table, as in `Table.to_pandas`."""
    parser.add_argument("--labels", choices=("en", "zh"), help="names beside the keys, in English or Chinese")
    parser.add_argument(
        "--bounds",
        nargs="?",
        const=True,
        default=False,
        choices=("rounding",),
        help="lower and upper bound of each value; with rounding, also what rounding leaves open",
    )
    parser.add_argument("--caveats", action="store_true", help="keys of the caveats that concern each row")


def _add_panel(panel: argparse.ArgumentParser) -> None:
    panel.add_argument("first", metavar="FIRST", type=_count, help="first year, such as 2012")
    panel.add_argument("last", metavar="LAST", type=_count, help="last year, such as 2021")
    panel.add_argument("--codes-as-of", type=_count, metavar="YEAR", help="the counties' codes of this year, 2010 to 2024")
    panel.add_argument("--tier", choices=("national", "provincial", "both"), default="national", help="the default is national")
    panel.add_argument("--labels", choices=("en", "zh"), default="en", help="the language of names; the default is en")
    _add_format(panel)


def _add_plot(plot: argparse.ArgumentParser) -> None:
    plot.add_argument("name", metavar="NAME", help="such as before_after or tile_map; see the docs for all")
    plot.add_argument(
        "what", metavar="WHAT", nargs="?", help="what it shows, where there is a choice: an indicator, or a column of provinces"
    )
    plot.add_argument("--out", required=True, metavar="FILE", help="file to write, ending in .png, .svg or .pdf")
    plot.add_argument("--labels", choices=("en", "zh"), default="en", help="the language of the labels; the default is en")
    plot.add_argument("--dpi", type=_count, default=200, metavar="N", help="dots per inch of a .png; the default is 200")


def _add_table(parser: argparse.ArgumentParser) -> None:
    tables = get_args(TableName)
    parser.add_argument("table", metavar="TABLE", choices=tables, help="one of: " + ", ".join(tables))


def _add_format(parser: argparse.ArgumentParser) -> None:
    says = "aligned (table, the default), as the data files (csv), one object a row (json), or markdown"
    parser.add_argument("--format", choices=("table", "csv", "json", "markdown"), default="table", help=says)
    parser.add_argument("--bom", action="store_true", help="begin the CSV with a byte-order mark, by which Excel knows UTF-8")


def _count(text: str) -> int:
    """A whole number of one or more."""
    if not (text.isascii() and text.isdigit()) or int(text) == 0:
        raise argparse.ArgumentTypeError(f"not a number of one or more: {text!r}")
    return int(text)
