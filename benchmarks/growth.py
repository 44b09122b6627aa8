# ruff: noqa: T201  # it prints its report
"""How time and memory grow with the number of rows: tables of our own invention through povdata's reader and converters.

    python benchmarks/growth.py [--top ROWS] [--runs N]

Tables of 1,000 rows, ten times as many, and so on up to the top (100,000 unless told; a million takes minutes and 4 GB) have the columns of
`observations` and go through the same `read_table` and the same conversions as the bundled data. Time is measured as in `speed.py`.
Memory is what the resident set grew by during the step; a conversion uses memory again that reading freed, so it shows less than it
holds. The exponent is that of the power of rows that fits the median times best: 1 is linear.

Records are compared with `csv.reader` and the calls of the record class, which no reader can do without; the conversion of records to a
frame, and the way from the file to the frame, on which each cell is checked, with `pandas.read_csv` with the same types.
"""

import csv
import io
import math
import os
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from importlib.util import find_spec
from itertools import islice, product
from multiprocessing import get_context
from pathlib import Path
from statistics import linear_regression, median
from typing import Any

import povdata
from measuring import arguments
from povdata.model.reading import read_table
from povdata.model.schema import schema_of
from povdata.model.table import Table
from povdata.records import Observation

RATIOS = (("records", "floor of records", 3), ("to_pandas", "pandas.read_csv", 4), ("file to frame", "pandas.read_csv", math.inf))
"""A case, its anchor, and how many times as long it may take."""
LINEAR = 1.5
"""Halfway to a square: dictionaries that outgrow the processor's caches reach 1.3. `tests/test_work.py` counts the work itself."""


def table_of(rows: int) -> bytes:
    """The file of a table of so many rows, with the columns of observations; places and indicators are real keys."""
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, schema_of(Observation), lineterminator="\n")
    writer.writeheader()
    places, indicators = [*povdata.places.keys()], [*povdata.indicators.keys()]
    for row in range(rows):
        year = 2010 + row % 10
        cells = {"key": f"row-{row:08}", "place": places[row % len(places)], "indicator": indicators[row % len(indicators)]}
        cells |= {"value": f"{row % 9973}.{1 + row % 9}", "relation": ("exact", "more_than", "about")[row % 3]}
        cells |= {"period": f"{year}", "period_start": f"{year}-01-01", "period_end": f"{year}-12-31"}
        cells |= {"population_en": f"group {row % 500}", "population_zh": f"第{row % 500}组"}
        writer.writerow(cells)
    return buffer.getvalue().encode()


def table(data: bytes) -> Table[Observation]:
    """The table in memory."""
    return Table("observations", Observation, read_table(Observation, "observations.csv", data))


def floor(data: bytes) -> object:
    """What no reader can do without: the CSV rows, and one call of the class a row."""
    return [Observation(*row) for row in islice(csv.reader(io.StringIO(data.decode(), newline="")), 1, None)]


@cache
def dtypes() -> dict[Any, Any]:
    """The types that `to_pandas` gives."""
    return table(table_of(9)).to_pandas().dtypes.to_dict()


def with_pandas(data: bytes) -> object:
    """`pandas.read_csv` with these types."""
    import pandas as pd

    days = [str(name) for name, dtype in dtypes().items() if dtype.kind == "M"]
    types: Any = {name: dtype for name, dtype in dtypes().items() if name not in days}
    frame = pd.read_csv(io.BytesIO(data), dtype=types, keep_default_na=False, na_values=[""], parse_dates=days)
    return frame.astype({name: dtypes()[name] for name in days})


CASES: Mapping[str, tuple[Callable[[bytes], Any], Callable[[Any], object]]] = {
    "records": (bytes, table),
    "floor of records": (bytes, floor),
    "index by key": (table, lambda it: it.by_key),
    "where": (table, lambda it: it.where(indicator="poverty_rate")),
    "sorted": (table, lambda it: it.sorted("period", "value")),
    "to_dicts": (table, lambda it: it.to_dicts()),
    "to_pandas": (table, lambda it: it.to_pandas()),
    "pandas.read_csv": (bytes, with_pandas),
    "file to frame": (bytes, lambda data: table(data).to_pandas()),
    "to_polars": (table, lambda it: it.to_polars()),
    "to_arrow": (table, lambda it: it.to_arrow()),
}
"""What each case starts from, made from the bytes of a file, and the step that is measured."""
NEEDS = {"to_polars": "polars", "to_arrow": "pyarrow"}


def step(name: str, rows: int) -> tuple[float, int]:
    """Seconds and bytes of one case at one size; a few rows before have imported what it needs."""
    prepare, work = CASES[name]
    work(prepare(table_of(9)))
    made = prepare(table_of(rows))
    before, start = resident(), time.process_time()
    _kept = work(made)
    return time.process_time() - start, resident() - before


def resident() -> int:
    """The resident set in bytes; 0 where the system does not tell."""
    told = Path("/proc/self/statm")
    return int(told.read_text().split()[1]) * os.sysconf("SC_PAGESIZE") if told.exists() else 0


def main() -> None:
    """Measure and print."""
    parser = arguments(__doc__)
    parser.add_argument("--top", type=int, default=100_000, help="rows of the largest table (100,000)")
    parser.add_argument("--runs", type=int, default=5, help="processes for each case and size (5)")
    options = parser.parse_args()
    sizes = [10**power for power in range(3, 10) if 10**power <= options.top]
    times: dict[str, list[list[float]]] = {name: [[] for _ in sizes] for name in CASES if name not in NEEDS or find_spec(NEEDS[name])}
    memory: dict[str, list[float]] = {name: [] for name in times}
    with ProcessPoolExecutor(1, get_context("spawn"), max_tasks_per_child=1) as fresh:
        for _, (at, rows), name in product(range(options.runs), enumerate(sizes), times):
            seconds, grown = fresh.submit(step, name, rows).result()
            times[name][at].append(seconds)
            memory[name] += [grown / rows] * (rows == sizes[-1])
    print(f"{'µs a row, median (min)':20}" + "".join(f"{rows:>18,}" for rows in sizes) + "   bytes a row   exponent")
    for name, of_case in times.items():
        cells = (f"{median(runs) / rows * 1e6:.2f} ({min(runs) / rows * 1e6:.2f})" for rows, runs in zip(sizes, of_case, strict=True))
        exponent = linear_regression([*map(math.log, sizes)], [math.log(median(runs)) for runs in of_case]).slope
        verdict = "linear" if exponent <= LINEAR else "NOT LINEAR"
        print(f"{name:22}" + "".join(f"{cell:>18}" for cell in cells) + f"{median(memory[name]):14.0f}{exponent:11.2f} {verdict}")
    for name, anchor, most in RATIOS:
        ratios = [median(own) / median(its) for own, its in zip(times[name], times[anchor], strict=True)]
        verdict = "" if most == math.inf else f"   target ≤ {most:g} ×: {'reached' if max(ratios) <= most else 'NOT REACHED'}"
        print(f"{name} : {anchor}".ljust(30) + "".join(f"{ratio:>16.2f} ×" for ratio in ratios) + verdict)


if __name__ == "__main__":
    main()
