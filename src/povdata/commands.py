"""What each command answers, and columns as text; the commands ask the front door, which imports only what a command needs."""

import argparse
import csv
import io
import json
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from inspect import getfullargspec
from itertools import accumulate
from typing import Any, NamedTuple

import povdata
from povdata.citing import about_article
from povdata.exceptions import InvalidArgumentError, NotFoundError
from povdata.manifest import summary
from povdata.model import markup
from povdata.model.columns import LANGUAGES, Shown, columns, for_json, label
from povdata.model.datatypes import Text
from povdata.model.lookup import nearest
from povdata.model.schema import ORIGINS, Schema
from povdata.records import DATASET

LEAST = 12  # cells of a terminal that a column keeps at least; if there is no room for so many, columns are left out
GAP = "  "


class Answer(NamedTuple):
    """A text for standard output, a remark for standard error unless it is empty, and the exit code."""

    text: str
    remark: str = ""
    code: int = 0


def _overview(_: argparse.Namespace) -> Answer:
    tables = [[name, str(len(table)), summary(name, table.record).rstrip(".")] for name, table in DATASET.items()]
    headline = ["name_en", "name_zh", "poverty_counties", "last_batch_counties", "last_batch_date"]
    regions = [[getattr(region, name) for name in headline] for region in povdata.provinces]
    parts = (
        f"povdata {povdata.__version__}: how 15 Chinese regions took their poverty counties off the list\n",
        _aligned(_plain(["table", "rows", "a row is"], tables)),
        _aligned(_plain(headline, regions)),
        "Next: povdata show observations --within 河北; povdata describe observations; povdata verify FILE\n",
    )
    return Answer("\n".join(parts))


def _show(options: argparse.Namespace) -> Answer:
    whole = DATASET[options.table]
    table = whole if options.within is None else whole.within(options.within)
    table = table.where(_conditions(table.schema, options.where))
    found = _selected(columns(table, options.labels, options.bounds, options.caveats), options)
    if options.format != "table":
        return _written(found, options)
    remark = f"{len(found[0].values)} of {len(whole)} rows"
    if options.where and not found[0].values:
        remark += "; --where compares whole cells: --within finds a place by any of its names, povdata search a name in all tables"
    if not options.columns:
        filled = _filled(found)
        found = _fitting(filled, options.width, partial(markup.rank, table, options.labels or LANGUAGES[0]))
        if len(found) < len(filled):
            remark += f", {len(found)} of {len(filled)} columns: --columns chooses others, and a pipe or --format csv has them all"
    return _written(found, options, remark)


def _conditions(schema: Schema, conditions: Sequence[str]) -> dict[str, list[Any]]:
    """The values wanted of each column; None for an empty cell."""
    wanted: dict[str, list[Any]] = {}
    for condition in conditions:
        name, equals, text = condition.partition("=")
        if not equals:
            raise InvalidArgumentError(f"--where takes COLUMN=VALUE, not {condition!r}")
        try:
            value = schema[name].type.parse(text) if text and name in schema else text or None  # where() refuses what is no column
        except ValueError as error:
            raise InvalidArgumentError(f"--where {condition}: {error}") from None
        wanted.setdefault(name, []).extend(value if isinstance(value, tuple) else [value])
    return wanted


def _selected(found: Sequence[Shown], options: argparse.Namespace) -> list[Shown]:
    """The columns asked for, or all, with their rows sorted and cut; a ``-`` puts the greatest first, empty cells are always last."""
    known = {column.name: column for column in found}
    wanted, order = (text.split(",") if text else [] for text in (options.columns, options.sort))
    for name in (*(name.removeprefix("-") for name in order), *wanted):
        if name not in known:
            raise NotFoundError(f"column of {options.table}", name, nearest(name, known))
    rows = list(range(len(found[0].values)))
    for name in reversed(order):
        column, down = known[name.removeprefix("-")], name.startswith("-")
        cells = [((cell is None) != down, cell is not None and column.type.order(cell)) for cell in column.values]
        rows.sort(key=cells.__getitem__, reverse=down)
    return [known[name]._replace(values=[known[name].values[row] for row in rows[: options.limit]]) for name in wanted or known]


def _search(options: argparse.Namespace) -> Answer:
    found = povdata.search(options.text, options.limit)
    rows = [[match.table, match.record.key, label(match.record, options.labels), f"{match.score:.2f}"] for match in found]
    remark = "" if found else f"nothing is called or measures {options.text!r}"
    return _written(_plain(["table", "key", "name", "score"], rows), options, remark)


def _describe(options: argparse.Namespace) -> Answer:
    return Answer(f"{povdata.describe(options.table)}\n")


def _evidence(options: argparse.Namespace) -> Answer:
    table = DATASET[options.table]
    record, column = table[options.key], table.schema.get(options.column)
    found = povdata.evidence(record, options.column, copy=options.copy, encoding=options.encoding)
    text = remark = ""
    if options.format == "json":
        text = json.dumps([{**item._asdict(), "locator": str(item.locator)} for item in found], ensure_ascii=False, indent=1) + "\n"
    elif found:
        names = [f"{item.table}/{item.key}/{item.column}".removeprefix(f"{options.table}/{options.key}/") for item in found]
        rows = [(name, it.value, str(it.locator), it.characters, it.basis, it.status) for name, it in zip(names, found, strict=True)]
        shown = _filled(_plain(["column", "value", "locator", "characters", "basis", "copy"], rows))
        text = _aligned(shown, options.width) + ("" if options.copy is None else f"\n{found}\n")
    if not found and column is None:
        remark = "nothing in this record cites the article; povdata describe says where the columns of its table come from"
    elif not found and column.origin == "article" and getattr(record, column.name) is None:
        remark = f"{column.name} is empty here: the article does not say"
    elif not found:
        remark = f"{column.name} is {column.origin}: {ORIGINS[column.origin]}" + f" ({', '.join(column.sources)})" * bool(column.sources)
    return Answer(text, remark, int(any(item.differs() for item in found)))


def _verify(options: argparse.Namespace) -> Answer:
    report = povdata.verify(options.file, encoding=options.encoding)
    text = json.dumps(report.to_dict(), ensure_ascii=False, indent=1) if options.format == "json" else str(report)
    return Answer(f"{text}\n", code={"confirmed": 0, "part": 3}.get(report.verdict, 1))


def _check(options: argparse.Namespace) -> Answer:
    if problems := povdata.check(options.directory):
        return Answer("".join(f"{line}\n" for line in (*problems, f"{len(problems)} problems")), code=1)
    return Answer(f"the {'installed ' * (options.directory is None)}data keep all their rules and fingerprints\n")


def _panel(options: argparse.Namespace) -> Answer:
    tier = None if options.tier == "both" else options.tier
    frame = povdata.panel(options.first, options.last, codes_as_of=options.codes_as_of, tier=tier, labels=options.labels)
    cells = frame.assign(announced=frame["announced"].dt.date).astype(object).where(frame.notna(), None)
    shown = _plain([*map(str, frame)], cells.to_numpy().tolist())
    return _written(shown, options, f"{len(frame)} rows" * (options.format == "table"))


def _plot(options: argparse.Namespace) -> Answer:
    if options.name not in povdata.plots.__all__:
        raise NotFoundError("plot", options.name, nearest(options.name, povdata.plots.__all__) or povdata.plots.__all__)
    if not options.out.endswith((".png", ".svg", ".pdf")):
        raise InvalidArgumentError(f"--out names a file that ends in .png, .svg or .pdf, not {options.out!r}")
    draw = getattr(povdata.plots, options.name)
    if options.what and not getfullargspec(draw).args:
        raise InvalidArgumentError(f"{options.name} shows one thing; leave {options.what!r} out")
    axes = draw(*filter(None, [options.what]), labels=options.labels)
    axes.figure.savefig(options.out, dpi=options.dpi, bbox_inches="tight")
    return Answer(f"{options.out}\n")


def _cite(options: argparse.Namespace) -> Answer:
    subject, (name, slash, key) = options.of, options.of.partition("/")
    if slash:
        subject = DATASET.table(name)[key]
    elif subject not in ("data", "article"):
        raise InvalidArgumentError(f"--of takes data, article or TABLE/KEY, not {subject!r}")
    return Answer(povdata.cite(options.style, of=subject) + "\n", about_article() if subject == "article" else "")


def _export(options: argparse.Namespace) -> Answer:
    tables = None if options.tables is None else options.tables.split(",")
    settings = {name: getattr(options, name) for name in ("force", "labels", "bounds", "caveats")}
    return Answer(f"{povdata.export(options.directory, options.format, tables=tables, **settings)}\n")


COMMANDS: Mapping[str, Callable[[argparse.Namespace], Answer]] = {
    command.__name__.removeprefix("_"): command
    for command in (_overview, _show, _search, _describe, _evidence, _verify, _check, _panel, _plot, _cite, _export)
}


def _plain(header: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[Shown]:
    """Columns of texts, or of numbers as Python has them."""
    return [Shown(name, Text(), False, "", [row[position] for row in rows]) for position, name in enumerate(header)]


def _written(found: Sequence[Shown], options: argparse.Namespace, remark: str = "") -> Answer:
    """Columns in the format that was asked for, with a byte-order mark if it was asked for."""
    if options.bom and options.format != "csv":
        raise InvalidArgumentError("--bom goes with --format csv")
    if options.bom and not sys.stdout.encoding.lower().startswith("utf"):
        raise InvalidArgumentError(f"--bom marks UTF-8, and PYTHONIOENCODING asks for {sys.stdout.encoding}; leave one of them out")
    if options.format == "table":
        return Answer(_aligned(found, options.width), remark)
    if options.format == "json":  # one object per line
        objects = zip(*([(column.name, for_json(cell)) for cell in column.values] for column in found), strict=True)
        return Answer("[" + ",\n ".join(json.dumps(dict(cells), ensure_ascii=False) for cells in objects) + "]\n", remark)
    header, *rows = zip(*map(_cells, found), strict=True)
    if options.format == "csv":
        buffer = io.StringIO(newline="")
        csv.writer(buffer, lineterminator="\n").writerows([header, *rows])
        return Answer("\ufeff" * options.bom + buffer.getvalue(), remark)
    # a backslash stands before what CommonMark, GFM, Pandoc or mathematics read inside a line
    lines = [header, ["---"] * len(header), *([re.sub(r"([\\`*_\[\]<>&|~^$])", r"\\\1", cell) for cell in row] for row in rows)]
    return Answer("".join("| " + " | ".join(line) + " |\n" for line in lines), remark)


def _cells(column: Shown) -> list[str]:
    """Name and cells as texts, an empty cell as an empty text."""
    return [column.name, *("" if cell is None else column.type.format(cell) for cell in column.values)]


def _filled(found: Sequence[Shown]) -> list[Shown]:
    """The first column, and those with a value in any row."""
    return [column for column in found if column is found[0] or any(cell is not None for cell in column.values)]


def _fitting(found: Sequence[Shown], width: int, rank: Callable[[Shown], int]) -> list[Shown]:
    """The columns that a terminal has room for: the first, then those of the lowest rank."""
    ranked = [found[0], *sorted(found[1:], key=rank)]
    ends = accumulate(_width(column) if column.name == "key" else min(_width(column), LEAST) for column in ranked)
    fit = sum(end + len(GAP) * before <= width for before, end in enumerate(ends))
    return [column for column in found if column in ranked[: max(fit, 1)]]


def _width(column: Shown) -> int:
    return max(map(markup.width, _cells(column)))


def _aligned(found: Sequence[Shown], width: int = sys.maxsize) -> str:
    """Columns for a terminal, in which a Chinese character takes two cells; the widest but keys are cut to its width."""
    widths = natural = list(map(_width, found))
    most = max(natural)
    while sum(widths) + len(GAP) * (len(found) - 1) > width and (most := most - 1):
        widths = [own if column.name == "key" else min(own, most) for column, own in zip(found, natural, strict=True)]
    padded = ([_padded(cell, own) for cell in _cells(column)] for column, own in zip(found, widths, strict=True))
    return "".join(GAP.join(row).rstrip() + "\n" for row in zip(*padded, strict=True))


def _padded(text: str, width: int) -> str:
    while markup.width(text) > width:
        text = text.removesuffix("…")[:-1] + "…"
    return text + " " * (width - markup.width(text))


_OFFERED: Mapping[str, Callable[[argparse.Namespace], Iterable[str]]] = {
    "key": lambda told: DATASET[told.table].by_key,
    **dict.fromkeys(("column", "columns", "sort"), lambda told: DATASET[told.table].schema),
    "where": lambda told: [f"{name}=" for name in DATASET[told.table].schema],
    "within": lambda _: [label(place, language) for place in povdata.places for language in LANGUAGES],
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
