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
    encoding, errors = (None, None) if os.environ.get("PYTHONIOENCODING") else ("utf-8", "surrogateescape")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # the same bytes whatever the locale, unless another encoding is asked for
            stream.reconfigure(encoding=encoding, errors=errors, newline="\n")
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


def _run(arguments: Sequence[str]) -> int:
    try:
        parser = _parser()
        if "_ARGCOMPLETE" in os.environ:
            from povdata import completion  # asks argcomplete, which only the shell that completes needs

            completion.complete(parser)
        joined = "\0".join(["", *arguments]).replace("\0--sort\0-", "\0--sort=-").split("\0")[1:]  # or argparse takes -COLUMN for an option
        options, unknown = parser.parse_known_args(joined)
        if unknown:
            options.parser.error(f"unrecognized arguments: {' '.join(unknown)}")
        options.width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None

        from povdata import commands  # all tables and outlets, which --help, --version and slips do not need: 30 ms instead of 100

        answer = commands.COMMANDS[options.command](options)
        sys.stdout.write(answer.text)
    finally:
        sys.stdout.flush()  # now, where an error can still be told
    if answer.remark:
        _tell(answer.remark)
    return answer.code


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
    for name, (text, *arguments) in _COMMANDS.items():
        command = commands.add_parser(name, help=text, description=text)
        command.set_defaults(command=name, parser=command)
        for argument, settings in arguments:
            command.add_argument(argument, **settings)
    return parser


def _count(text: str) -> int:
    """A whole number of one or more."""
    if not (text.isascii() and text.isdigit()) or int(text) == 0:
        raise argparse.ArgumentTypeError(f"not a number of one or more: {text!r}")
    return int(text)


def _argument(name: str, text: str, **settings: Any) -> tuple[str, dict[str, Any]]:
    """Name and settings as argparse takes them; help shows positional arguments in capitals."""
    return name, {"help": text, **({} if name.startswith("-") else {"metavar": name.upper()}), **settings}


_TABLES, _LANGUAGES = get_args(TableName), ("en", "zh")
_STYLES = ("apa", "bibtex", "cff", "csl-json", "gb7714", "ris")
_TABLE = _argument("table", f"one of: {', '.join(_TABLES)}", choices=_TABLES)
_LANGUAGE = _argument("--labels", "the language of names; the default is en", choices=_LANGUAGES, default="en")
_ENCODING = _argument("--encoding", "of the copy, such as gb18030; the default is utf-8", default="utf-8")
_FORMAT = (
    _argument(
        "--format",
        "aligned (table, the default), as the data files (csv), one object a row (json), or markdown",
        choices=("table", "csv", "json", "markdown"),
        default="table",
    ),
    _argument("--bom", "begin the CSV with a byte-order mark, by which Excel knows UTF-8", action="store_true"),
)
_BOUNDS = "lower and upper bound of each value; with rounding, also what rounding leaves open"
_BESIDE = (  # the columns of a table, as in Table.to_pandas
    _argument("--labels", "names beside the keys, in English or Chinese", choices=_LANGUAGES),
    _argument("--bounds", _BOUNDS, nargs="?", const=True, default=False, choices=("rounding",)),
    _argument("--caveats", "keys of the caveats that concern each row", action="store_true"),
)
_WHERE = "only rows with this value, or an empty cell if none is given; again for the same column: with any of the values"

_COMMANDS: dict[str, tuple[str, *tuple[Any, ...]]] = {
    "show": (
        "show a table or a part of it",
        _TABLE,
        _argument("--where", _WHERE, action="append", default=[], metavar="COLUMN=VALUE"),
        _argument("--within", "only rows of this place and those inside it (name or key)", metavar="PLACE"),
        _argument("--columns", "these columns alone, in this order", default="", metavar="COLUMN,..."),
        _argument("--sort", "rows by these columns; -COLUMN puts the greatest first", default="", metavar="COLUMN,..."),
        _argument("--limit", "at most so many rows", type=_count, metavar="N"),
        *_BESIDE,
        *_FORMAT,
    ),
    "search": (
        "find records by name in all tables, or figures by value",
        _argument("text", "a name in Chinese, English or pinyin, a part of one, or a figure"),
        _argument("--limit", "at most so many records; the default is 10", type=_count, default=10, metavar="N"),
        _LANGUAGE,
        *_FORMAT,
    ),
    "describe": ("say what a table and its columns hold", _TABLE),
    "evidence": (
        "show where a record or a cell was read",
        _TABLE,
        _argument("key", "key of the record, the first column of show"),
        _argument("column", "only this cell of it", nargs="?"),
        _argument("--copy", "your copy of the article: shows the passage around the evidence", metavar="FILE"),
        _ENCODING,
        _argument("--format", "for people, or for programs", choices=("table", "json"), default="table"),
    ),
    "verify": (
        "compare a copy of the article with every cited passage",
        _argument("file", "your copy, a text or HTML file"),
        _ENCODING,
        _argument("--format", "for people, or for programs", choices=("text", "json"), default="text"),
    ),
    "check": (
        "check the installed data against its own rules and fingerprints",
        _argument("directory", "a folder with the data files to check instead, such as an exported data package", nargs="?", metavar="DIR"),
    ),
    "panel": (
        "print a frame with a row per county and year",
        _argument("first", "first year, such as 2012", type=_count),
        _argument("last", "last year, such as 2021", type=_count),
        _argument("--codes-as-of", "the counties' codes of this year, 2010 to 2024", type=_count, metavar="YEAR"),
        _argument("--tier", "the default is national", choices=("national", "provincial", "both"), default="national"),
        _LANGUAGE,
        *_FORMAT,
    ),
    "plot": (
        "draw a plot into a file",
        _argument("name", "such as before_after or tile_map; see the docs for all"),
        _argument("what", "what it shows, where there is a choice: an indicator, or a column of provinces", nargs="?"),
        _argument("--out", "file to write, ending in .png, .svg or .pdf", required=True, metavar="FILE"),
        _LANGUAGE,
        _argument("--dpi", "dots per inch of a .png; the default is 200", type=_count, default=200, metavar="N"),
    ),
    "cite": (
        "say how to cite the data, the article or one record",
        _argument("style", f"one of: {', '.join(_STYLES)}; the default is apa", nargs="?", default="apa", choices=_STYLES),
        _argument("--of", "data (the default), article, or TABLE/KEY for one record", default="data", metavar="WHAT"),
    ),
    "export": (
        "write the tables in another format",
        _argument("directory", "folder to write to; it is made where it does not exist", metavar="DIR"),
        _argument("--format", "what to write", required=True, choices=("datapackage", "html", "parquet", "sqlite", "xlsx")),
        _argument("--tables", "these tables alone", metavar="TABLE,..."),
        *_BESIDE,
        _argument("--force", "replace an earlier export", action="store_true"),
    ),
}
"""What each command says of itself, and its arguments."""
