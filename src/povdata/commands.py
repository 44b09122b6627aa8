"""What each command answers; they ask the front door, which imports only what a command needs."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from inspect import signature
from pathlib import Path
from typing import Any, NamedTuple

import povdata
from povdata import analysis, catalog, console
from povdata.citing import about_article
from povdata.exceptions import InvalidArgumentError, NotFoundError
from povdata.manifest import summary
from povdata.model import markup
from povdata.model.columns import LANGUAGES, Shown, columns, label
from povdata.model.lookup import nearest
from povdata.model.record import Record
from povdata.model.schema import ORIGINS, Column
from povdata.model.table import Table

PROBLEMS, PART = 1, 3


class Answer(NamedTuple):
    """A text for standard output, a remark for standard error unless it is empty, and the exit code."""

    text: str
    remark: str = ""
    code: int = 0


def _overview(_: argparse.Namespace) -> Answer:
    tables = [[name, str(len(table)), summary(name, table.record).rstrip(".")] for name, table in catalog.tables().items()]
    headline = "name_en,name_zh,poverty_counties,last_batch_counties,last_batch_date"
    parts = (
        f"povdata {povdata.__version__}: how 15 Chinese regions took their poverty counties off the list\n",
        console.aligned(console.plain(["table", "rows", "a row is"], tables)),
        console.aligned(console.selected(columns(catalog.provinces), headline)),
        "Next: povdata show observations --within 河北; povdata describe observations; povdata verify FILE\n",
    )
    return Answer("\n".join(parts))


def _show(options: argparse.Namespace) -> Answer:
    table = catalog.table(options.table)
    if options.within is not None:
        table = table.within(options.within)
    table = table.where(**_conditions(table, options.where))
    found = columns(table, options.labels, options.bounds, options.caveats)
    found = console.selected(found, options.columns, options.sort, options.limit, table.name)
    if options.format != "table":
        return _written(found, options)
    remark = f"{len(found[0].values)} of {len(catalog.table(options.table))} rows"
    if options.where and not found[0].values:
        remark += "; --where compares whole cells: --within finds a place by any of its names, povdata search a name in all tables"
    if not options.columns:
        filled = console.filled(found)
        found = console.fitting(filled, options.width, partial(markup.rank, table, options.labels or LANGUAGES[0]))
        if len(found) < len(filled):
            remark += f", {len(found)} of {len(filled)} columns: --columns chooses others, and a pipe or --format csv has them all"
    return _written(found, options, remark)


def _written(found: Sequence[Shown], options: argparse.Namespace, remark: str = "") -> Answer:
    """Columns in the format that was asked for, with a byte-order mark if it was asked for."""
    if options.bom and options.format != "csv":
        raise InvalidArgumentError("--bom goes with --format csv")
    if options.bom and not sys.stdout.encoding.lower().startswith("utf"):
        raise InvalidArgumentError(f"--bom marks UTF-8, and PYTHONIOENCODING asks for {sys.stdout.encoding}; leave one of them out")
    return Answer("\ufeff" * options.bom + console.written(found, options.format, options.width), remark)


def _conditions(table: Table[Any], conditions: Sequence[str]) -> dict[str, list[Any]]:
    """The values wanted of each column; None for an empty cell."""
    wanted: dict[str, list[Any]] = {}
    for condition in conditions:
        name, equals, text = condition.partition("=")
        if not equals:
            raise InvalidArgumentError(f"--where takes COLUMN=VALUE, not {condition!r}")
        column = table.schema.get(name)
        try:
            value = column.type.parse(text) if text and column else text or None  # where() refuses what is no column
        except ValueError as error:
            raise InvalidArgumentError(f"--where {condition}: {error}") from None
        wanted.setdefault(name, []).extend(value if isinstance(value, tuple) else [value])
    return wanted


def _search(options: argparse.Namespace) -> Answer:
    found = povdata.search(options.text, options.limit)
    rows = [[match.table, match.record.key, label(match.record, options.labels), f"{match.score:.2f}"] for match in found]
    shown = console.plain(["table", "key", "name", "score"], rows)
    return _written(shown, options, "" if found else f"nothing is called or measures {options.text!r}")


def _describe(options: argparse.Namespace) -> Answer:
    return Answer(f"{povdata.describe(options.table)}\n")


def _evidence(options: argparse.Namespace) -> Answer:
    table = catalog.table(options.table)
    record = table[options.key]
    found = povdata.evidence(record, options.column, copy=options.copy, encoding=options.encoding)
    text, remark = "", "" if found else _origin(record, table.schema.get(options.column))
    if options.format == "json":
        text = _json([{**item._asdict(), "locator": str(item.locator)} for item in found])
    elif found:
        names = [f"{item.table}/{item.key}/{item.column}".removeprefix(f"{options.table}/{options.key}/") for item in found]
        rows = [(name, it.value, str(it.locator), it.characters, it.basis, it.status) for name, it in zip(names, found, strict=True)]
        shown = console.filled(console.plain(["column", "value", "locator", "characters", "basis", "copy"], rows))
        text = console.written(shown, "table", options.width) + ("" if options.copy is None else f"\n{found}\n")
    return Answer(text, remark, PROBLEMS if any(item.differs() for item in found) else 0)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _origin(record: Record, column: Column | None) -> str:
    """Where a cell without citations comes from."""
    if column is None:
        return "nothing in this record cites the article; povdata describe says where the columns of its table come from"
    if column.origin == "article" and getattr(record, column.name) is None:
        return f"{column.name} is empty here: the article does not say"
    return f"{column.name} is {column.origin}: {ORIGINS[column.origin]}" + f" ({', '.join(column.sources)})" * bool(column.sources)


def _verify(options: argparse.Namespace) -> Answer:
    report = povdata.verify(options.file, encoding=options.encoding)
    text = _json(report.to_dict()) if options.format == "json" else f"{report}\n"
    return Answer(text, code={"confirmed": 0, "part": PART}.get(report.verdict, PROBLEMS))


def _check(options: argparse.Namespace) -> Answer:
    problems = povdata.check(options.directory)
    if problems:
        return Answer("".join(f"{line}\n" for line in (*problems, f"{len(problems)} problems")), code=PROBLEMS)
    return Answer(f"the {'installed ' * (options.directory is None)}data keep all their rules and fingerprints\n")


def _panel(options: argparse.Namespace) -> Answer:
    tier = None if options.tier == "both" else options.tier
    frame = analysis.panel(options.first, options.last, codes_as_of=options.codes_as_of, tier=tier, labels=options.labels)
    return _written(console.of_frame(frame), options, f"{len(frame)} rows" * (options.format == "table"))


def _plot(options: argparse.Namespace) -> Answer:
    if options.name not in povdata.plots.__all__:
        raise NotFoundError("plot", options.name, nearest(options.name, povdata.plots.__all__) or povdata.plots.__all__)
    if Path(options.out).suffix not in (".png", ".svg", ".pdf"):
        raise InvalidArgumentError(f"--out names a file that ends in .png, .svg or .pdf, not {options.out!r}")
    draw = getattr(povdata.plots, options.name)
    first = next(iter(signature(draw).parameters.values()))
    if options.what and first.kind is first.KEYWORD_ONLY:
        raise InvalidArgumentError(f"{options.name} shows one thing; leave {options.what!r} out")
    axes = draw(*filter(None, [options.what]), labels=options.labels)
    axes.figure.savefig(options.out, dpi=options.dpi, bbox_inches="tight")
    return Answer(f"{options.out}\n")


def _cite(options: argparse.Namespace) -> Answer:
    subject, (name, slash, key) = options.of, options.of.partition("/")
    if slash:
        subject = catalog.table(name)[key]
    elif subject not in ("data", "article"):
        raise InvalidArgumentError(f"--of takes data, article or TABLE/KEY, not {subject!r}")
    return Answer(povdata.cite(options.style, of=subject) + "\n", about_article() if subject == "article" else "")


def _export(options: argparse.Namespace) -> Answer:
    tables = None if options.tables is None else options.tables.split(",")
    settings = {name: getattr(options, name) for name in ("force", "labels", "bounds", "caveats")}
    return Answer(f"{povdata.export(options.directory, options.format, tables=tables, **settings)}\n")


_OFFERED: Mapping[str, Callable[[argparse.Namespace], Iterable[str]]] = {
    "key": lambda told: catalog.table(told.table).by_key,
    **dict.fromkeys(("column", "columns", "sort"), lambda told: catalog.table(told.table).schema),
    "where": lambda told: [f"{name}=" for name in catalog.table(told.table).schema],
    "within": lambda _: [label(place, language) for place in catalog.places for language in LANGUAGES],
    "name": lambda _: povdata.plots.__all__,
}
"""The values that the shell offers from the data, by the name of the argument."""


def complete(parser: argparse.ArgumentParser) -> None:
    """Answer the shell at the tab key, also after a comma or a minus, and end the process; files where the data have nothing to offer."""
    from argcomplete import autocomplete  # which only the shell that completes needs
    from argcomplete.completers import FilesCompleter

    class Offered(FilesCompleter):
        def __call__(self, prefix: str, **told: Any) -> list[str]:
            if (name := told["action"].dest) not in _OFFERED:
                return list(super().__call__(prefix, **told))
            before, comma, last = prefix.rpartition(",")
            return [f"{before}{comma}{'-' * last.startswith('-')}{value}" for value in _OFFERED[name](told["parsed_args"])]

    autocomplete(parser, default_completer=Offered())


COMMANDS: Mapping[str, Callable[[argparse.Namespace], Answer]] = {
    command.__name__.removeprefix("_"): command
    for command in (_overview, _show, _search, _describe, _evidence, _verify, _check, _panel, _plot, _cite, _export)
}
"""The commands by name."""
