# ruff: noqa: T201  # it prints what it found
"""Whether a single corrupted cell is noticed.

    python benchmarks/corruption.py [--sample N] [--seed N] [--article PATH]

Cells are emptied, replaced by another value of their column, or swapped with the cell below, one at a time. The fingerprints of the
files are asked about cells of all kinds. Cells that were read from the article must be noticed without them: their file can no longer be
read, `povdata.verify` no longer confirms the reference edition, or a rule of `povdata.check` finds a problem. Each of these is judged in
a fresh process, in half a second. Exit status 1 where a corruption is not noticed.
"""

import csv
import io
import random
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from itertools import islice
from multiprocessing import get_context
from typing import NamedTuple

import povdata
from measuring import arguments
from povdata.checks.consistency import CONSISTENT
from povdata.checks.integrity import examine
from povdata.manifest import fingerprint, manifest
from povdata.records import DATASET, bundled


class Corruption(NamedTuple):
    """A spoiled cell, how it was spoiled, and its file."""

    table: str
    column: str
    row: int
    way: str
    file: bytes


@cache
def rows_of(table: str) -> list[list[str]]:
    """The rows of a file; the header is the first."""
    return list(csv.reader(io.StringIO(bundled(f"{table}.csv").decode(), newline="")))


def spoiled(table: str, column: str, row: int, chance: random.Random) -> Corruption | None:
    """A cell spoiled in a way of chance; None where nothing would change."""
    rows = [list(one) for one in rows_of(table)]
    at = rows[0].index(column)
    way = chance.choice(("emptied", "replaced", "swapped"))
    other = {"emptied": row, "replaced": chance.randrange(1, len(rows)), "swapped": min(row + 1, len(rows) - 1)}[way]
    before, text = rows[row][at], "" if way == "emptied" else rows[other][at]
    if way == "swapped":
        rows[other][at] = before
    rows[row][at] = text
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\n").writerows(rows)
    return Corruption(table, column, row, way, buffer.getvalue().encode()) if text != before else None


def noticed(article: bytes, corruption: Corruption) -> str | None:
    """What notices a corruption but for the fingerprints, in a process that has read nothing before."""
    DATASET.read = lambda name: corruption.file if name == f"{corruption.table}.csv" else bundled(name)
    try:
        report = povdata.verify(article)
    except povdata.DataError:
        return "reading"
    if report.problems or any(passage.status != "confirmed" for passage in report.passages):
        return "verify"
    return "check" if examine(DATASET, DATASET.read, CONSISTENT) else None


def main() -> int:
    """Spoil, judge, print."""
    parser = arguments(__doc__)
    parser.add_argument("--sample", type=int, default=500, help="how many cells from the article, and of all kinds, are spoiled (500)")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    chance = random.Random(options.seed)  # noqa: S311  # repeatable, not secret
    cells = [
        (table.name, column, row) for table in DATASET.values() for column in table.schema for row in range(1, len(rows_of(table.name)))
    ]

    def sample(of: list[tuple[str, str, int]]) -> list[Corruption]:
        shuffled = (spoiled(*cell, chance) for cell in chance.sample(of, len(of)))
        return [*islice(filter(None, shuffled), options.sample)]

    known = manifest(bundled("datapackage.json"))
    anywhere = sample(cells)
    changed = sum(fingerprint(one.file) != known[f"{one.table}.csv"] for one in anywhere)
    print(f"{changed} of {len(anywhere)} corrupted cells of all kinds noticed by the fingerprints")
    if not options.article.exists():
        print(f"cells from the article not judged: {options.article} is not there (--article PATH)")
        return int(changed < len(anywhere))
    printed = sample([cell for cell in cells if DATASET[cell[0]].schema[cell[1]].origin == "article"])
    with ProcessPoolExecutor(mp_context=get_context("spawn"), max_tasks_per_child=1) as pool:
        verdicts = dict(zip(printed, pool.map(partial(noticed, options.article.read_bytes()), printed), strict=True))
    by = ", ".join(f"{name} {count}" for name, count in Counter(filter(None, verdicts.values())).most_common())
    missed = [one for one, verdict in verdicts.items() if verdict is None]
    print(f"{len(verdicts) - len(missed)} of {len(verdicts)} corrupted cells from the article noticed without them: {by}")
    for one in missed:
        print(f"  not noticed: {one.table}.csv, row {one.row}, {one.column}, {one.way}")
    return int(changed < len(anywhere) or bool(missed))


if __name__ == "__main__":
    sys.exit(main())
