"""How time and memory grow with the number of rows: tables of our own invention through povdata's reader and converters.

    python benchmarks/growth.py [--top ROWS] [--runs N] [--json]

Tables of 1,000 rows, ten times as many, and so on up to the top (100,000 unless told; a million takes minutes and 4 GB) have the columns of
`observations` and go through the same `read_table` and the same conversions as the bundled data. Every measurement is a fresh interpreter;
all cases take turns; figures are medians of the runs with minima beside them. Time is processor time of all threads, which other work on
the machine lengthens less than the clock's. Memory is what the resident set grew by during the step; a conversion uses memory again that
reading freed, so it shows less than it holds. The exponent is that of the power of rows that fits the median times best: 1 is linear.
Anchors:

records     `csv.reader` and the calls of the record class, which no reader can do without; target at most 3 times that
frames      `pandas.read_csv` with the same types; target at most 4 times that for the conversion of records. The way from the file to the
            frame by the records, each cell of which is checked, takes longer; that is shown beside it.
"""

import argparse
import csv
import io
import json
import math
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from typing import Any, NamedTuple

import povdata
from povdata.model.reading import read_table
from povdata.model.schema import schema_of
from povdata.model.table import Table
from povdata.records import Observation

MOST: Mapping[str, tuple[str, float | None]] = {
    "records": ("floor of records", 3),
    "to_pandas": ("pandas.read_csv", 4),
    "file to frame": ("pandas.read_csv", None),
}
"""Case → its anchor and how many times as long it may take; None where there is no target."""
LINEAR = 1.5
"""Halfway to a square: dictionaries that outgrow the processor's caches reach 1.3. `tests/test_work.py` counts the work itself."""


def table_of(rows: int) -> bytes:
    """The file of a table of so many rows, with the columns of observations; places and indicators are real keys."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(schema_of(Observation))
    places = [place.key for place in povdata.places]
    indicators = [indicator.key for indicator in povdata.indicators]
    relations = ("exact", "more_than", "about")
    for row in range(rows):
        year = 2010 + row % 10
        cells = {
            "key": f"row-{row:08}",
            "place": places[row % len(places)],
            "indicator": indicators[row % len(indicators)],
            "value": f"{row % 9973}.{1 + row % 9}",
            "relation": relations[row % 3],
            "period": f"{year}",
            "period_start": f"{year}-01-01",
            "period_end": f"{year}-12-31",
            "population_en": f"group {row % 500}",
            "population_zh": f"第{row % 500}组",
        }
        writer.writerow(cells.get(column, "") for column in schema_of(Observation))
    return buffer.getvalue().encode()


def records_of(data: bytes) -> Table[Observation]:
    """The table in memory."""
    return Table("observations", Observation, read_table(Observation, "observations.csv", data))


def floor(data: bytes) -> object:
    """What no reader can do without: the CSV rows, and one call of the class a row."""
    reader = csv.reader(io.StringIO(data.decode(), newline=""))
    next(reader)
    record: Callable[..., object] = Observation
    return [record(*row) for row in reader]


def with_pandas(data: bytes) -> Callable[[], object]:
    """`pandas.read_csv` with the types that `to_pandas` gives."""
    import pandas as pd

    dtypes = records_of(head(data)).to_pandas().dtypes.to_dict()
    days = [str(name) for name, dtype in dtypes.items() if dtype.kind == "M"]
    types: Any = {name: dtype for name, dtype in dtypes.items() if name not in days}

    def read() -> object:
        frame = pd.read_csv(io.BytesIO(data), dtype=types, keep_default_na=False, na_values=[""], parse_dates=days)
        return frame.astype({name: dtypes[name] for name in days})

    return read


def warm(table: Table[Observation], conversion: Callable[[Table[Observation]], object]) -> Callable[[], object]:
    """The conversion of a table, after that of three rows has imported what it needs."""
    conversion(table[:3])
    return lambda: conversion(table)


def read_warm(data: bytes, conversion: Callable[[Table[Observation]], object]) -> Callable[[], object]:
    """Reading and converting a table, after that of some rows has imported what it needs."""
    conversion(records_of(head(data)))
    return lambda: conversion(records_of(data))


def head(data: bytes) -> bytes:
    """The header and some rows."""
    return data[: data.index(b"\n", 1000) + 1]


def dictionary_of(table: Table[Observation]) -> object:
    """The index by key."""
    return table.by_key


CASES: Mapping[str, Callable[[bytes], Callable[[], object]]] = {
    "records": lambda data: read_warm(data, lambda table: table),
    "floor of records": lambda data: lambda: floor(data),
    "index by key": lambda data: warm(records_of(data), dictionary_of),
    "where": lambda data: warm(records_of(data), lambda table: table.where(indicator="poverty_rate")),
    "sorted": lambda data: warm(records_of(data), lambda table: table.sorted("period", "value")),
    "to_dicts": lambda data: warm(records_of(data), lambda table: table.to_dicts()),
    "to_pandas": lambda data: warm(records_of(data), lambda table: table.to_pandas()),
    "pandas.read_csv": with_pandas,
    "file to frame": lambda data: read_warm(data, lambda table: table.to_pandas()),
    "to_polars": lambda data: warm(records_of(data), lambda table: table.to_polars()),
    "to_arrow": lambda data: warm(records_of(data), lambda table: table.to_arrow()),
}
"""Each case prepares its input from the bytes of a file and gives the step that is measured."""

NEEDS = {"to_polars": "polars", "to_arrow": "pyarrow"}


class Point(NamedTuple):
    """One case at one size: seconds of each run, and bytes a row."""

    seconds: list[float]
    memory: float

    @property
    def median(self) -> float:
        """Median seconds."""
        return statistics.median(self.seconds)


def resident() -> int:
    """The resident set in bytes; 0 where the system does not tell."""
    try:
        with open("/proc/self/statm") as file:  # noqa: PTH123  # not to import pathlib in what is measured
            return int(file.read().split()[1]) * os.sysconf("SC_PAGESIZE")
    except OSError:
        return 0


def step(name: str, rows: int) -> None:
    """Measure one case at one size, in this process, and print seconds and bytes."""
    run = CASES[name](table_of(rows))
    before = resident()
    start = time.process_time()
    kept = run()
    seconds = time.process_time() - start
    print(seconds, resident() - before, bool(kept is None))  # noqa: T201


def measure(name: str, rows: int) -> tuple[float, int]:
    """One case at one size in a fresh interpreter: seconds and bytes."""
    command = [sys.executable, __file__, "--step", name, "--top", str(rows)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  # this file
    if ran.returncode:
        raise SystemExit(f"{name}, {rows} rows: {ran.stderr[-2000:]}")
    seconds, memory, _ = ran.stdout.split()
    return float(seconds), int(memory)


def exponent(points: Mapping[int, Point]) -> float:
    """The slope of log time over log rows, by least squares."""
    x = [math.log(rows) for rows in points]
    y = [math.log(point.median) for point in points.values()]
    return statistics.linear_regression(x, y).slope


def text(found: Mapping[str, Mapping[int, Point]], sizes: list[int]) -> str:
    """The report as plain text."""
    lines = [f"{'µs a row, median (min)':20}" + "".join(f"{rows:>18,}" for rows in sizes) + "   bytes a row   exponent"]
    for name, points in found.items():
        cells = (f"{point.median / rows * 1e6:.2f} ({min(point.seconds) / rows * 1e6:.2f})" for rows, point in points.items())
        verdict = "linear" if exponent(points) <= LINEAR else "NOT LINEAR"
        lines.append(
            f"{name:22}" + "".join(f"{cell:>18}" for cell in cells) + f"{points[sizes[-1]].memory:14.0f}{exponent(points):11.2f} {verdict}"
        )
    for name, (anchor, most) in MOST.items():
        ratios = [found[name][rows].median / found[anchor][rows].median for rows in sizes]
        figures = "".join(f"{ratio:>16.2f} ×" for ratio in ratios)
        verdict = "" if most is None else f"   target ≤ {most:g} ×: {'reached' if max(ratios) <= most else 'NOT REACHED'}"
        lines.append(f"{name} : {anchor}".ljust(30) + figures + verdict)
    return "\n".join(lines)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="How time and memory grow with the number of rows.")
    parser.add_argument("--top", type=int, default=100_000, help="rows of the largest table (100,000)")
    parser.add_argument("--runs", type=int, default=5, help="processes for each case and size (5)")
    parser.add_argument("--json", action="store_true", help="print JSON with every measurement")
    parser.add_argument("--step", choices=CASES, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        step(options.step, options.top)
        return 0
    sizes = [10**power for power in range(3, 10) if 10**power <= options.top]
    names = [name for name in CASES if name not in NEEDS or find_spec(NEEDS[name])]
    results: dict[tuple[str, int], list[tuple[float, int]]] = {}
    for _ in range(options.runs):
        for rows in sizes:
            for name in names:
                results.setdefault((name, rows), []).append(measure(name, rows))
    found = {
        name: {
            rows: Point(
                [seconds for seconds, _ in results[name, rows]],
                statistics.median(memory for _, memory in results[name, rows]) / rows,
            )
            for rows in sizes
        }
        for name in names
    }
    if options.json:
        points = {name: {rows: point._asdict() for rows, point in points.items()} for name, points in found.items()}
        print(json.dumps({"runs": options.runs, "cases": points, "exponents": {name: exponent(found[name]) for name in names}}, indent=1))  # noqa: T201
    else:
        print(text(found, sizes))  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
