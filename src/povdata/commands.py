"""What each command answers; `povdata.cli` reads the arguments and prints.

What a command needs it asks of the front door, which imports it then: the same names as in Python, and no command waits for another's.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from inspect import signature
from pathlib import Path
from typing import Any, NamedTuple

import povdata
from povdata import analysis, catalog, console
from povdata.citing import about_article
from povdata.exceptions import InvalidArgumentError, NotFoundError
from povdata.manifest import summary
from povdata.model import notebook
from povdata.model.columns import Shown, columns, label
from povdata.model.lookup import nearest
from povdata.model.record import Record
from povdata.model.schema import ORIGINS, Column
from povdata.model.table import Table

OK, PROBLEMS, PART = 0, 1, 3


class Answer(NamedTuple):
    """What a command has to say.

    Attributes:
        text: for standard output.
        remark: for standard error; nothing where it is empty.
        code: the exit code.
    """

    text: str
    remark: str = ""
    code: int = OK


def _overview(_: argparse.Namespace) -> Answer:
    tables = [[name, str(len(table)), summary(name, table.record).rstrip(".")] for name, table in catalog.tables().items()]
    headline = ("name_en", "name_zh", "poverty_counties", "last_batch_counties", "last_batch_date")
    rows = [["" if (value := getattr(province, name)) is None else str(value) for name in headline] for province in catalog.provinces]
    parts = (
        f"povdata {povdata.__version__}: how 15 Chinese regions took their poverty counties off the list\n",
        console.aligned(["table", "rows", "a row is"], tables),
        console.aligned(["province", "", "poverty counties", "last batch", "date"], rows),
        "Next: povdata show observations --within 河北; povdata describe observations; povdata verify FILE\n",
    )
    return Answer("\n".join(parts))


def _show(options: argparse.Namespace) -> Answer:
    table = catalog.table(options.table)
    if options.within is not None:
        table = table.within(options.within)
    table = table.where(**_conditions(table, options.where))
    found = columns(table, options.labels, options.bounds, options.caveats)
    arranged = console.arranged(found, options.sort, options.limit, table.name)
    chosen = console.chosen(arranged, options.columns, table.name)
    if options.format != "table":
        return _written(chosen, options)
    remark = f"{len(chosen[0].values)} of {len(catalog.table(options.table))} rows"
    if not options.columns:
        filled = console.filled(chosen)
        chosen = console.fitting(filled, options.width, partial(notebook.rank, table))
        if len(chosen) < len(filled):
            remark += f", {len(chosen)} of {len(filled)} columns: --columns chooses others, and a pipe or --format csv has them all"
    return _written(chosen, options, remark)


def _written(found: Sequence[Shown], options: argparse.Namespace, remark: str = "") -> Answer:
    """Columns in the format that was asked for."""
    if options.bom and options.format != "csv":
        raise InvalidArgumentError("--bom goes with --format csv")
    return Answer(options.bom + console.written(found, options.format, options.width), remark)


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


def _search(options: argparse.Namespace) -> Answer:
    found = povdata.search(options.text, options.limit)
    rows = [[match.table, match.record.key, label(match.record, options.labels), f"{match.score:.2f}"] for match in found]
    remark = "" if found else f"nothing is called or measures {options.text!r}"
    return _written(console.plain(["table", "key", "name", "score"], rows), options, remark)


def _describe(options: argparse.Namespace) -> Answer:
    return Answer(f"{povdata.describe(options.table)}\n")


def _evidence(options: argparse.Namespace) -> Answer:
    table = catalog.table(options.table)
    record = table[options.key]
    found = povdata.evidence(record, options.column, copy=options.copy, encoding=options.encoding)
    code = PROBLEMS if any(item.differs() for item in found) else OK
    remark = "" if found else _origin(record, table.schema.get(options.column))
    if options.format == "json":
        items = [{**item._asdict(), "locator": str(item.locator)} for item in found]
        return Answer(json.dumps(items, ensure_ascii=False, indent=1) + "\n", remark, code)
    if not found:
        return Answer("", remark)
    names = [
        item.column if (item.table, item.key) == (options.table, options.key) else f"{item.table}/{item.key}/{item.column}"
        for item in found
    ]
    rows = [
        [name, item.value, str(item.locator), item.characters, item.basis, item.status] for name, item in zip(names, found, strict=True)
    ]
    shown = console.plain(["column", "value", "locator", "characters", "basis", "copy"], rows)
    passages = "" if options.copy is None else f"\n{found}\n"
    return Answer(console.written(console.filled(shown), "table", options.width) + passages, code=code)


def _origin(record: Record, column: Column | None) -> str:
    """Where what cites nothing comes from."""
    if column is None:
        return "nothing in this record cites the article; povdata describe says where the columns of its table come from"
    if column.origin == "article" and getattr(record, column.name) is None:
        return f"{column.name} is empty here: the article does not say"
    return f"{column.name} is {column.origin}: {ORIGINS[column.origin]}" + f" ({', '.join(column.sources)})" * (
        column.origin == "reference"
    )


def _verify(options: argparse.Namespace) -> Answer:
    report = povdata.verify(options.file, encoding=options.encoding)
    text = json.dumps(report.to_dict(), ensure_ascii=False, indent=1) if options.format == "json" else report
    return Answer(f"{text}\n", code={"confirmed": OK, "part": PART}.get(report.verdict, PROBLEMS))


def _check(options: argparse.Namespace) -> Answer:
    problems = povdata.check(options.directory)
    checked = "the installed data keep" if options.directory is None else "the data keep"
    last = f"{len(problems)} problems" if problems else f"{checked} all their rules and fingerprints"
    return Answer("".join(f"{line}\n" for line in (*problems, last)), code=PROBLEMS if problems else OK)


def _cite(options: argparse.Namespace) -> Answer:
    if options.of in ("data", "article"):
        return Answer(povdata.cite(options.style, of=options.of) + "\n", about_article() if options.of == "article" else "")
    name, slash, key = options.of.partition("/")
    if not slash:
        raise InvalidArgumentError(f"--of takes data, article or TABLE/KEY, not {options.of!r}")
    return Answer(povdata.cite(options.style, of=catalog.table(name)[key]) + "\n")


def _panel(options: argparse.Namespace) -> Answer:
    frame = analysis.panel(
        options.first,
        options.last,
        codes_as_of=options.codes_as_of,
        tier=None if options.tier == "both" else options.tier,
        labels=options.labels,
    )
    return _written(console.of_frame(frame), options, f"{len(frame)} rows" * (options.format == "table"))


def _plot(options: argparse.Namespace) -> Answer:
    if options.name not in povdata.plots.__all__:
        raise NotFoundError("plot", options.name, nearest(options.name, povdata.plots.__all__) or povdata.plots.__all__)
    draw = getattr(povdata.plots, options.name)
    path = Path(options.out)
    if path.suffix not in (".png", ".svg", ".pdf"):
        raise InvalidArgumentError(f"--out names a file that ends in .png, .svg or .pdf, not {options.out!r}")
    first = next(iter(signature(draw).parameters.values()))
    if options.what and first.kind is first.KEYWORD_ONLY:
        raise InvalidArgumentError(f"{options.name} shows one thing; leave {options.what!r} out")
    axes = draw(*filter(None, [options.what]), labels=options.labels)
    axes.figure.savefig(path, dpi=options.dpi, bbox_inches="tight")
    return Answer(f"{path}\n")


def _export(options: argparse.Namespace) -> Answer:
    tables = None if options.tables is None else options.tables.split(",")
    beside = {"labels": options.labels, "bounds": options.bounds, "caveats": options.caveats}
    return Answer(f"{povdata.export(options.directory, options.format, tables=tables, force=options.force, **beside)}\n")


COMMANDS: Mapping[str, Callable[[argparse.Namespace], Answer]] = {
    "overview": _overview,
    "show": _show,
    "search": _search,
    "describe": _describe,
    "evidence": _evidence,
    "verify": _verify,
    "check": _check,
    "cite": _cite,
    "panel": _panel,
    "plot": _plot,
    "export": _export,
}
"""The commands by name."""
