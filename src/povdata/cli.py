# PYTHON_ARGCOMPLETE_OK
"""The command line: ``povdata`` and ``python -m povdata``. The only place that prints."""

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


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command, and return its exit code.

    0 when all is well, 1 when a check or a comparison found something, 2 when the call cannot be carried out, which one line on standard
    error explains, 3 when a copy lacks parts but the rest is confirmed, 141 when the reader of the output, such as head, has gone.
    """
    encoding, errors = (None, None) if os.environ.get("PYTHONIOENCODING") else ("utf-8", "surrogateescape")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # the same bytes whatever the locale, unless another encoding is asked for
            stream.reconfigure(encoding=encoding, errors=errors, newline="\n")
    remarks = sys.stderr or io.StringIO()  # where it is closed, print would take standard output instead
    try:
        if sys.stdout is None:
            raise InvalidArgumentError("standard output is closed; send it to a file, a pipe or /dev/null")
        try:
            answer = _answer(sys.argv[1:] if arguments is None else arguments)
            sys.stdout.write(answer.text)
        finally:
            sys.stdout.flush()  # now, where an error can still be told
        if answer.remark:
            print(answer.remark, file=remarks)
        return int(answer.code)
    except DataError as error:
        first, *others = error.problems
        says = f"{first}" + f", and {len(others)} more problems; povdata check names them all" * bool(others)
    except PovdataError as error:
        says = str(error)
    except UnicodeEncodeError as error:
        wrong = error.object[error.start : error.end]
        says = f"{error.encoding} cannot write {wrong!a}; set PYTHONIOENCODING={error.encoding}:replace or leave it out"
    except OSError as error:
        if error.filename is None and sys.stdout:  # or the interpreter would write again at its end
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            return 141  # 128 + SIGPIPE, as a Unix tool ends whose reader has gone
        says = f"{error.strerror or error}: {error.filename or 'standard output'}"
    print(f"povdata: {says}", file=remarks)
    return 2


def _answer(arguments: Sequence[str]) -> Any:
    parser = _parser()
    if "_ARGCOMPLETE" in os.environ:
        from povdata.commands import complete

        complete(parser)
    joined = "\0".join(["", *arguments]).replace("\0--sort\0-", "\0--sort=-").split("\0")[1:]  # or argparse takes -COLUMN for an option
    options, unknown = parser.parse_known_args(joined)
    if unknown:
        options.parser.error(f"unrecognized arguments: {' '.join(unknown)}")
    options.width = shutil.get_terminal_size().columns if sys.stdout.isatty() else sys.maxsize

    from povdata.commands import COMMANDS  # all tables and outlets, which --help, --version and slips do not need: 30 ms instead of 100

    return COMMANDS[options.command](options)


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
    for name, text in _COMMANDS.items():
        command = commands.add_parser(name, help=text, description=text)
        command.set_defaults(command=name, parser=command)
        for takers, argument, says, settings in _ARGUMENTS:
            if name in takers.split():
                shown: dict[str, Any] = {} if argument.startswith("-") else {"metavar": argument.upper()}
                command.add_argument(argument, help=says, **shown | settings)
    return parser


def _count(text: str) -> int:
    """A whole number of one or more."""
    if not (text.isascii() and text.isdigit()) or int(text) == 0:
        raise argparse.ArgumentTypeError(f"not a number of one or more: {text!r}")
    return int(text)


_COMMANDS = {
    "show": "show a table or a part of it",
    "search": "find records by name in all tables, or figures by value",
    "describe": "say what a table and its columns hold",
    "evidence": "show where a record or a cell was read",
    "verify": "compare a copy of the article with every cited passage",
    "check": "check the installed data against its own rules and fingerprints",
    "panel": "print a frame with a row per county and year",
    "plot": "draw a plot into a file",
    "cite": "say how to cite the data, the article or one record",
    "export": "write the tables in another format",
}
_TABLES, _LANGUAGES, _FLAG, _FOLDER = get_args(TableName), ("en", "zh"), {"action": "store_true"}, {"metavar": "DIR"}
_STYLES = ("apa", "bibtex", "cff", "csl-json", "gb7714", "ris")
_WHERE = "only rows with this value, or an empty cell if none is given; again for the same column: with any of the values"
_BOUNDS = "lower and upper bound of each value; with rounding, also what rounding leaves open"
_FORMATS = "aligned (table, the default), as the data files (csv), one object a row (json), or markdown"
_ARGUMENTS: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
    ("show describe evidence", "table", f"one of: {', '.join(_TABLES)}", {"choices": _TABLES}),
    ("evidence", "key", "key of the record, the first column of show", {}),
    ("evidence", "column", "only this cell of it", {"nargs": "?"}),
    ("search", "text", "a name in Chinese, English or pinyin, a part of one, or a figure", {}),
    ("verify", "file", "your copy, a text or HTML file", {}),
    ("check", "directory", "a folder with the data files to check instead, such as an exported data package", {"nargs": "?"} | _FOLDER),
    ("export", "directory", "folder to write to; it is made where it does not exist", _FOLDER),
    ("panel", "first", "first year, such as 2012", {"type": _count}),
    ("panel", "last", "last year, such as 2021", {"type": _count}),
    ("plot", "name", "such as before_after or tile_map; see the docs for all", {}),
    ("plot", "what", "what it shows, where there is a choice: an indicator, or a column of provinces", {"nargs": "?"}),
    ("cite", "style", f"one of: {', '.join(_STYLES)}; the default is apa", {"nargs": "?", "default": "apa", "choices": _STYLES}),
    ("show", "--where", _WHERE, {"action": "append", "default": [], "metavar": "COLUMN=VALUE"}),
    ("show", "--within", "only rows of this place and those inside it (name or key)", {"metavar": "PLACE"}),
    ("show", "--columns", "these columns alone, in this order", {"default": "", "metavar": "COLUMN,..."}),
    ("show", "--sort", "rows by these columns; -COLUMN puts the greatest first", {"default": "", "metavar": "COLUMN,..."}),
    ("show", "--limit", "at most so many rows", {"type": _count, "metavar": "N"}),
    ("search", "--limit", "at most so many records; the default is 10", {"type": _count, "default": 10, "metavar": "N"}),
    ("panel", "--codes-as-of", "the counties' codes of this year, 2010 to 2024", {"type": _count, "metavar": "YEAR"}),
    ("panel", "--tier", "the default is national", {"choices": ("national", "provincial", "both"), "default": "national"}),
    ("export", "--tables", "these tables alone", {"metavar": "TABLE,..."}),
    ("show export", "--labels", "names beside the keys, in English or Chinese", {"choices": _LANGUAGES}),
    ("search panel plot", "--labels", "the language of names; the default is en", {"choices": _LANGUAGES, "default": "en"}),
    ("show export", "--bounds", _BOUNDS, {"nargs": "?", "const": True, "default": False, "choices": ("rounding",)}),
    ("show export", "--caveats", "keys of the caveats that concern each row", _FLAG),
    ("evidence", "--copy", "your copy of the article: shows the passage around the evidence", {"metavar": "FILE"}),
    ("evidence verify", "--encoding", "of the copy, such as gb18030; the default is utf-8", {"default": "utf-8"}),
    ("plot", "--out", "file to write, ending in .png, .svg or .pdf", {"required": True, "metavar": "FILE"}),
    ("plot", "--dpi", "dots per inch of a .png; the default is 200", {"type": _count, "default": 200, "metavar": "N"}),
    ("cite", "--of", "data (the default), article, or TABLE/KEY for one record", {"default": "data", "metavar": "WHAT"}),
    ("show search panel", "--format", _FORMATS, {"choices": ("table", "csv", "json", "markdown"), "default": "table"}),
    ("evidence", "--format", "for people, or for programs", {"choices": ("table", "json"), "default": "table"}),
    ("verify", "--format", "for people, or for programs", {"choices": ("text", "json"), "default": "text"}),
    ("export", "--format", "what to write", {"required": True, "choices": ("datapackage", "html", "parquet", "sqlite", "xlsx")}),
    ("show search panel", "--bom", "begin the CSV with a byte-order mark, by which Excel knows UTF-8", _FLAG),
    ("export", "--force", "replace an earlier export", _FLAG),
)
"""Which commands take an argument, its name, its help, and its settings for argparse."""
