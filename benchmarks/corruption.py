"""The mutation score of the data: how much of what can go wrong in a single cell povdata notices.

Each cell of each table is corrupted in several ways, one at a time: another value of its column, another existing key where it holds one,
emptied, swapped with the cell below. The rules notice a corruption where the table can no longer be read, a rule of `povdata.integrity`
finds a problem, `povdata.verify` no longer confirms the reference edition, or the article gives a span another fingerprint. The manifest
of the files' fingerprints is counted apart.

A rule is asked only about the columns that it reads while all is in order. Until it meets a cell that differs it does the same as then, so
it cannot notice a change in a column that it did not read.

Run ``python benchmarks/corruption.py`` for a sample, with ``--all`` for everything (some minutes).
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import povdata
from povdata import catalog, chinese, integrity
from povdata import verification as verifying
from povdata.celltypes import Reference, References, Text
from povdata.datapackage import fingerprint, manifest
from povdata.exceptions import DataError
from povdata.locators import Locator
from povdata.reading import read_table
from povdata.records import RECORDS
from povdata.schema import Column
from povdata.table import Table

Tables = Mapping[str, Table[Any]]
Rule = Callable[[Tables], Iterable[object]]

ROOT = Path(__file__).parents[1]
GROUPS = {
    "article": "cells read from the article",
    "checkable": "all cells but free prose",
    "prose": "free prose in our own words",
    "all": "all cells",
}
TARGETS = {"article": 99.0, "all": 95.0}


class Corruption(NamedTuple):
    """One way to spoil one cell: which lines then have which text in the column; a swap changes the line below as well."""

    table: str
    column: str
    way: str
    cells: dict[int, str]


class Verdict(NamedTuple):
    """What noticed a corruption first; None where nothing did."""

    corruption: Corruption
    rule: str | None
    manifest: bool


class File:
    """The text of a data file, its header apart."""

    def __init__(self, table: Table[Any], data: bytes) -> None:
        self.table = table
        self.columns = list(table.schema)
        self.header, *self.lines = data.splitlines(keepends=True)
        self.rows = list(csv.reader(data.decode().splitlines()[1:]))

    def corruptions(self, keys: Mapping[str, list[str]], chance: random.Random) -> Iterator[Corruption]:
        """Each way to spoil each cell."""
        for number, (name, column) in enumerate(self.table.schema.items()):
            cells = [row[number] for row in self.rows]
            values = sorted({cell for cell in cells if cell})
            others = _other_keys(column, keys, self.table.name)
            for position, cell in enumerate(cells):
                spoiled = {"emptied": ""}
                if name != "key":
                    spoiled["another value"] = _another(values, cell, chance)
                if others:
                    spoiled["another key"] = _another(others, cell, chance)
                for way, text in spoiled.items():
                    if text != cell:
                        yield Corruption(self.table.name, name, way, {position: text})
                if cell != (below := cells[min(position + 1, len(cells) - 1)]):
                    yield Corruption(self.table.name, name, "swapped", {position: below, position + 1: cell})

    def changed(self, corruption: Corruption) -> dict[int, bytes]:
        """The lines that a corruption changes."""
        number = self.columns.index(corruption.column)
        lines = {}
        for position, text in corruption.cells.items():
            row = [*self.rows[position]]
            row[number] = text
            buffer = io.StringIO(newline="")
            csv.writer(buffer, lineterminator="\n").writerow(row)
            lines[position] = buffer.getvalue().encode()
        return lines

    def read(self, lines: Mapping[int, bytes], first: int, last: int) -> tuple[Any, ...]:
        """The records of some lines of the file; DataError where they break its rules."""
        text = [lines.get(position, self.lines[position]) for position in range(max(first, 0), min(last + 1, len(self.lines)))]
        return read_table(self.table.record, f"{self.table.name}.csv", b"".join([self.header, *text]))


def _other_keys(column: Column, keys: Mapping[str, list[str]], table: str) -> list[str]:
    """What a cell that holds keys could hold instead."""
    if column.name == "key":
        return keys[table]
    if isinstance(column.type, Reference):
        return keys[column.type.table]
    if isinstance(column.type, References):
        return [f"{name}/{key}" for name, known in keys.items() for key in known if " " not in key and "/" not in key]
    return []


def _another(values: list[str], cell: str, chance: random.Random) -> str:
    """One of the values that is not the cell; the cell where there is none."""
    found = chance.choice(values) if values else cell
    return found if found != cell else next((value for value in values if value != cell), cell)


class Judge:
    """The data with the rules that can see each column."""

    def __init__(self, folder: Path, article: bytes | None) -> None:
        self.tables: dict[str, Table[Any]] = {
            name: Table(name, record, read_table(record, f"{name}.csv", (folder / f"{name}.csv").read_bytes()))
            for name, record in RECORDS.items()
        }
        self.files: dict[str, File] = {name: File(table, (folder / f"{name}.csv").read_bytes()) for name, table in self.tables.items()}
        self.fingerprints = manifest((folder / "datapackage.json").read_bytes())
        rules = list(integrity_rules())
        if article is not None:
            rules += [partial(verification, article=article), partial(fingerprints, article=article)]
        self.rules = [(rule, columns_read(rule, self.tables)) for rule in rules]

    def judge(self, corruption: Corruption) -> Verdict:
        """What notices the corruption."""
        file = self.files[corruption.table]
        lines = file.changed(corruption)
        data = b"".join([file.header, *(lines.get(position, line) for position, line in enumerate(file.lines))])
        by_manifest = fingerprint(data) != self.fingerprints[f"{corruption.table}.csv"]
        return Verdict(corruption, self._noticed(corruption, file, lines), by_manifest)

    def _noticed(self, corruption: Corruption, file: File, lines: Mapping[int, bytes]) -> str | None:
        first, last = min(lines), max(lines)
        try:
            window = file.read(lines, first - 1, last + 1)  # types and order: the neighbours show them
            if corruption.column == "key":
                file.read(lines, 0, len(file.lines))  # a key that stands twice: the whole file shows it
        except DataError:
            return "reading"
        start = max(first - 1, 0)
        records = (*file.table.records[:start], *window, *file.table.records[start + len(window) :])
        tables = self.tables | {corruption.table: Table(corruption.table, file.table.record, records)}
        cell = (corruption.table, corruption.column)
        return next((_name(rule) for rule, columns in self.rules if cell in columns and any(True for _ in rule(tables))), None)


def _name(rule: Rule) -> str:
    function = rule.func if isinstance(rule, partial) else rule
    return getattr(function, "__name__", "rule").strip("_")


def integrity_rules() -> tuple[Rule, ...]:
    """The rules that `povdata.check` applies to tables that it could read."""
    public: tuple[Rule, ...] | None = getattr(integrity, "RULES", None)
    return public or tuple(getattr(integrity, name) for name in ("_references", "_citations", "_spans", "_derived"))


def verification(tables: Tables, article: bytes) -> Iterator[object]:
    """What `povdata.verify` does not confirm in the reference edition, with these tables installed."""
    with installed(tables):
        try:
            report = povdata.verify(article)
        except povdata.PovdataError as error:
            yield error
            return
    if report.edition != "reference":
        yield report
    yield from report.problems
    yield from (passage for passage in report.passages if passage.status != "confirmed")


def fingerprints(tables: Tables, article: bytes) -> Iterator[object]:
    """The spans that the article gives other fingerprints, by which other copies are matched."""
    spans = {Locator.parse(span.key): span for span in tables["spans"]}
    for locator, found in verifying.fingerprints(article.decode().split("\n"), spans, chinese.VARIANTS).items():
        span = spans[locator]
        lengths = ";".join(map(str, found.lengths)) if span.text is None else None  # where the characters are kept, they tell
        if (span.position, span.lengths, span.neighbours, span.context) != (found.position, lengths, found.neighbours, found.context):
            yield span


@contextmanager
def installed(tables: Tables) -> Iterator[None]:
    """These tables in the place of the installed ones."""
    before = catalog.tables()
    try:
        for name, table in tables.items():
            setattr(catalog, name, table)
        yield
    finally:
        for name, table in before.items():
            setattr(catalog, name, table)


def columns_read(rule: Rule, tables: Tables) -> set[tuple[str, str]]:
    """Tables and columns that a rule reads while all is in order; it must find nothing then."""
    found: set[tuple[str, str]] = set()
    fresh = {name: Table(name, table.record, table.records) for name, table in tables.items()}  # without their indexes
    for name, table in fresh.items():
        setattr(table.record, "__getattribute__", _recorder(name, table, found))  # noqa: B010  # what mypy does not let us assign
    try:
        problems = list(rule(fresh))
    finally:
        for table in fresh.values():
            delattr(table.record, "__getattribute__")
    if problems:
        raise SystemExit(f"the data break a rule before they are corrupted: {problems[0]}")
    return found


def _recorder(name: str, table: Table[Any], found: set[tuple[str, str]]) -> Callable[[Any, str], Any]:
    columns = frozenset(table.schema)

    def read(record: Any, attribute: str) -> Any:
        if attribute in columns:
            found.add((name, attribute))
        return object.__getattribute__(record, attribute)

    return read


def group(table: str, column: str) -> str:
    """Which score a cell belongs to, beside that of all checkable cells."""
    declared = catalog.table(table).schema[column]
    if declared.origin == "article":
        return "article"
    prose = type(declared.type) is Text and declared.origin == "editorial" and not declared.is_name
    return "prose" if prose else "checkable"


def summary(verdicts: Iterable[Verdict]) -> dict[str, Any]:
    """Scores, what noticed how much, and the columns whose corruptions survive."""
    total: Counter[str] = Counter()
    noticed: Counter[str] = Counter()
    by_manifest: Counter[str] = Counter()
    rules: Counter[str] = Counter()
    columns: Counter[str] = Counter()
    survivors: dict[str, Counter[str]] = {}
    for (table, column, way, _), rule, manifested in verdicts:
        own = group(table, column)
        for name in {own, "checkable" if own == "article" else own, "all"}:
            total[name] += 1
            noticed[name] += rule is not None
            by_manifest[name] += manifested
        rules[rule or "nothing"] += 1
        columns[f"{table}.{column}"] += 1
        if rule is None:
            survivors.setdefault(f"{table}.{column}", Counter())[way] += 1
    return {
        "scores": {
            name: {
                "cells": GROUPS[name],
                "corruptions": total[name],
                "noticed": noticed[name],
                "score": round(100 * noticed[name] / total[name], 2),
                "score_with_manifest": round(100 * by_manifest[name] / total[name], 2),
                "target": TARGETS.get(name),
            }
            for name in GROUPS
            if total[name]
        },
        "noticed_by": dict(rules.most_common()),
        "survivors": [
            {"column": name, "group": group(*name.split(".")), "of": columns[name], "survived": ways.total(), "ways": dict(ways)}
            for name, ways in sorted(survivors.items(), key=lambda item: -item[1].total())
        ],
    }


def text(found: Mapping[str, Any]) -> str:
    """The summary for people."""
    lines = []
    for score in found["scores"].values():
        target = f", target {score['target']} %" if score["target"] else ""
        lines.append(
            f"{score['score']:6.2f} % of {score['corruptions']} corruptions noticed by rules: {score['cells']}{target}"
            f" (with the manifest {score['score_with_manifest']} %)"
        )
    lines += ["", "noticed first by: " + ", ".join(f"{rule} {count}" for rule, count in found["noticed_by"].items()), "", "survivors:"]
    for row in found["survivors"]:
        ways = ", ".join(f"{way} {count}" for way, count in row["ways"].items())
        lines.append(f"{row['survived']:7} of {row['of']:6}  {row['column']:36} {row['group']:9} {ways}")
    return "\n".join(lines) + "\n"


_judge: Judge


def _start(folder: Path, article: bytes | None) -> None:
    global _judge  # noqa: PLW0603  # one a process
    _judge = Judge(folder, article)


def _judged(corruption: Corruption) -> Verdict:
    return _judge.judge(corruption)


def main() -> None:
    """Corrupt, judge, print."""
    parser = argparse.ArgumentParser(description="The mutation score of the data.")
    parser.add_argument("--data", type=Path, default=Path(povdata.__file__).with_name("data"), help="folder of the data files")
    parser.add_argument("--article", type=Path, default=Path(os.environ.get("POVDATA_ARTICLE", ROOT.parent / "shared" / "article.txt")))
    parser.add_argument("--all", action="store_true", help="every corruption, not a sample")
    parser.add_argument("--sample", type=int, default=5000, help="number of corruptions that are tried")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    article = options.article.read_bytes() if options.article.exists() else None
    if article is None:
        sys.stderr.write(f"{options.article} is not there: cells are not read again from the article (--article PATH)\n")
    chance = random.Random(options.seed)  # noqa: S311  # repeatable, not secret
    judge = Judge(options.data, article)
    keys = {name: list(table.by_key) for name, table in judge.tables.items()}
    corruptions = [corruption for file in judge.files.values() for corruption in file.corruptions(keys, chance)]
    if not options.all:
        corruptions = chance.sample(corruptions, min(options.sample, len(corruptions)))
    with ProcessPoolExecutor(options.jobs, initializer=_start, initargs=(options.data, article)) as pool:
        found = summary(pool.map(_judged, corruptions, chunksize=100))
    sys.stdout.write(json.dumps(found, indent=1) + "\n" if options.json else text(found))


if __name__ == "__main__":
    main()
