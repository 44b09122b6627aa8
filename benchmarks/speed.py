"""How long povdata takes, beside the packages that its users compare it with, measured in one run.

    python benchmarks/speed.py [--runs N] [--json] [--article PATH]

Whatever a process does only once (importing, the first record, the first frame) is measured in fresh interpreters, one process a
measurement, from before the first import to after the last statement. What it does often (look-ups) is timed in fresh interpreters too,
many times over, the best of five in each. Time is processor time of all threads, which other work on the machine lengthens less than the
clock's; that is in the JSON. All cases take turns. Figures are medians with minima beside them; the medians decide whether a target is
reached, and a ratio is one of medians of this run. Memory is the peak of the resident set beyond that of another case.

pycountry and palmerpenguins are the neighbours measured against; where one is not installed, its rows say so.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Mapping
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
HEAVY = ("attr", "pandas", "numpy", "importlib_resources", "importlib.metadata", "json", "csv", "decimal")
"""Modules that ``import povdata`` must leave alone."""

ONCE = """
import sys, time
clock, start = time.perf_counter(), time.process_time()
{code}
seconds, elapsed = time.process_time() - start, time.perf_counter() - clock
loaded = ";".join(sys.modules)
"""
OFTEN = """
import sys, time, timeit
{setup}
timer = timeit.Timer({code!r}, timer=time.process_time, globals=globals())
number = 1
while timer.timeit(number) < 0.02:
    number *= 2
clock = time.perf_counter()
seconds = min(timer.repeat(5, number)) / number
elapsed = (time.perf_counter() - clock) / (5 * number)
loaded = ""
"""
REPORT = """
try:
    with open("/proc/self/status") as status:
        peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
except OSError:
    import resource
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "darwin" else 1)
print(seconds, elapsed, peak, loaded)
"""


class Case(NamedTuple):
    """Something that is measured.

    Attributes:
        code: the statements.
        needs: packages that they need.
        setup: statements before the clock starts; with them, `code` is repeated within the process.
    """

    code: str
    needs: tuple[str, ...] = ("povdata",)
    setup: str = ""


CASES: Mapping[str, Case] = {
    "bare": Case("pass", ()),
    "import povdata": Case("import povdata"),
    "import attrs": Case("import attrs"),
    "first record": Case("import povdata; povdata.provinces['130000']"),
    "pycountry: first record": Case("import pycountry; pycountry.countries.get(alpha_2='CN')", ("pycountry",)),
    "all records": Case("import povdata\nfor table in povdata.tables().values(): table.records"),
    "import pandas": Case("import pandas"),
    "first frame": Case("import povdata; povdata.provinces.to_pandas()"),
    "palmerpenguins: first frame": Case("from palmerpenguins import load_penguins; load_penguins()", ("palmerpenguins",)),
    "import polars": Case("import polars", ("polars",)),
    "first polars frame": Case("import povdata; povdata.provinces.to_polars()", ("povdata", "polars")),
    "an Arrow array": Case("import pyarrow; pyarrow.array(['a'])", ("pyarrow",)),  # with this, pyarrow loads pandas if it is installed
    "first Arrow table": Case("import povdata; povdata.provinces.to_arrow()", ("povdata", "pyarrow")),
    "first evidence": Case("import povdata; povdata.evidence(povdata.observations['fuping-poverty-rate-2014'], 'value')"),
    "by key": Case("povdata.places['130624']", setup="import povdata; povdata.places['130624']"),
    "pycountry: by key": Case(
        "pycountry.countries.get(alpha_2='CN')", ("pycountry",), "import pycountry; pycountry.countries.get(alpha_2='CN')"
    ),
    "by name": Case("povdata.places.lookup('Fuping')", setup="import povdata; povdata.places.lookup('Fuping')"),
    "pycountry: by name": Case(
        "pycountry.countries.lookup('China')", ("pycountry",), "import pycountry; pycountry.countries.lookup('China')"
    ),
    "search": Case("povdata.places.search('Yunan')", setup="import povdata; povdata.places.search('Yunan')"),
    "long search": Case("povdata.places.search('Fupin County')", setup="import povdata; povdata.places.search('Fupin County')"),
    "pycountry: search": Case(
        "pycountry.countries.search_fuzzy('Chin')", ("pycountry",), "import pycountry; pycountry.countries.search_fuzzy('Chin')"
    ),
    "selection": Case("povdata.observations.where(indicator='poverty_rate')", setup="import povdata; povdata.indicators.by_key"),
    "evidence": Case("povdata.evidence(record)", setup="import povdata; record = povdata.observations[0]; povdata.evidence(record)"),
}
VERIFYING = ("first verify", "verify")
"""Cases that need the article's text."""


def cases_of(article: Path) -> dict[str, Case]:
    """The cases that this environment can run."""
    cases = {name: case for name, case in CASES.items() if all(find_spec(package) for package in case.needs)}
    if article.exists():
        verify = f"povdata.verify({str(article.resolve())!r})"
        cases |= zip(VERIFYING, (Case(f"import povdata; {verify}"), Case(verify, setup=f"import povdata; {verify}")), strict=True)
    return cases


class Measured(NamedTuple):
    """The measurements of one case: processor seconds, the clock's seconds and peak kilobytes of each process, and the modules loaded."""

    seconds: list[float]
    elapsed: list[float]
    peaks: list[int]
    modules: frozenset[str]

    @property
    def median(self) -> float:
        """Median seconds."""
        return statistics.median(self.seconds)

    @property
    def least(self) -> float:
        """Minimal seconds."""
        return min(self.seconds)

    @property
    def peak(self) -> float:
        """Median of the peak resident sets, in kilobytes."""
        return statistics.median(self.peaks)


class Row(NamedTuple):
    """A line of the report.

    Attributes:
        what: what was measured.
        figure: the result, as text.
        target: what it should be; empty where there is no target.
        reached: whether it is; None where there is no target or no figure.
        value: the result as a number in the unit of the figure; None where it could not be measured.
        minimum: the same of the minima, where that is meaningful.
    """

    what: str
    figure: str
    target: str = ""
    reached: bool | None = None
    value: float | None = None
    minimum: float | None = None


def measure(case: Case) -> tuple[float, float, int, str]:
    """One process: processor seconds, the clock's seconds, peak kilobytes, modules."""
    script = (OFTEN.format(setup=case.setup, code=case.code) if case.setup else ONCE.format(code=case.code)) + REPORT
    # Compiled files are written and used, as for every user, whatever this environment says.
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED")}
    ran = subprocess.run([sys.executable, "-P", "-c", script], capture_output=True, text=True, check=False, env=environment)  # noqa: S603  # ours
    if ran.returncode:
        raise SystemExit(f"{case.code}: {ran.stderr[-2000:]}")
    seconds, elapsed, peak, *modules = ran.stdout.split()
    return float(seconds), float(elapsed), int(peak), modules[0] if modules else ""


def measure_all(cases: Mapping[str, Case], runs: int) -> dict[str, Measured]:
    """All cases in turn, `runs` times; a first round that fills caches is thrown away."""
    found: dict[str, list[tuple[float, float, int, str]]] = {name: [] for name in cases}
    for turn in range(runs + 1):
        for name, case in cases.items():
            result = measure(case)
            if turn:
                found[name].append(result)
    measured = {}
    for name, results in found.items():
        seconds, elapsed, peaks, modules = zip(*results, strict=True)
        measured[name] = Measured(list(seconds), list(elapsed), list(peaks), frozenset(modules[0].split(";")))
    return measured


# The report. --------------------------------------------------------------------------------------------------------------------


def duration(seconds: float) -> str:
    """Seconds in a unit that suits them."""
    unit, factor = next(((unit, factor) for unit, factor in (("s", 1), ("ms", 1e3), ("µs", 1e6)) if seconds * factor >= 1), ("ns", 1e9))
    return f"{seconds * factor:.3g} {unit}" if seconds * factor < 1000 else f"{seconds * factor:.0f} {unit}"


def time_of(found: Mapping[str, Measured], name: str, what: str, below: float | None = None) -> Row:
    """How long a case took, with a target in seconds."""
    if name not in found:
        return absent(name, what)
    it = found[name]
    target = "" if below is None else f"< {duration(below)}"
    reached = None if below is None else it.median < below
    return Row(what, f"{duration(it.median)} (min {duration(it.least)})", target, reached, it.median, it.least)


def ratio_of(found: Mapping[str, Measured], name: str, anchor: str, most: float | None) -> Row:
    """How a case compares with its anchor; without a target where `most` is None, faster than it where `most` is 1."""
    what = f"{name} : {anchor}"
    if name not in found or anchor not in found:
        return absent(name if name not in found else anchor, what)
    ratio, least = (found[name].median / found[anchor].median, found[name].least / found[anchor].least)
    target = "" if most is None else f"≤ {most:g} ×"
    return Row(what, f"{ratio:.2f} × (min {least:.2f})", target, None if most is None else ratio <= most, ratio, least)


def absent(name: str, what: str) -> Row:
    """A row that could not be measured, and what to do about it."""
    if name in VERIFYING:
        return Row(what, "needs the article's text: --article PATH, or POVDATA_ARTICLE")
    missing = [package for package in CASES[name].needs if find_spec(package) is None]
    return Row(what, f"not measured: pip install {' '.join(missing)}")


def memory_of(found: Mapping[str, Measured], name: str, anchor: str = "bare") -> Row:
    """Peak memory beyond that of the anchor."""
    what = f"memory: {name}, beyond {anchor}"
    if name not in found or anchor not in found:
        return absent(name if name not in found else anchor, what)
    megabytes = (found[name].peak - found[anchor].peak) / 1024
    return Row(what, f"{megabytes:.1f} MiB", value=megabytes)


def modules_of(found: Mapping[str, Measured], name: str, forbidden: Iterable[str], least: str = "bare") -> Row:
    """Which modules a case loads that it must not."""
    what = f"modules loaded by {name}, beyond {least}"
    if name not in found:
        return absent(name, what)
    loaded = found[name].modules - found[least].modules
    wrong = sorted(loaded & set(forbidden))
    figure = f"{len(loaded)}" + (f", among them {', '.join(wrong)}" if wrong else "")
    return Row(what, figure, f"without {', '.join(forbidden)}", not wrong, len(loaded))


# Sizes. -------------------------------------------------------------------------------------------------------------------------


def sizes() -> list[Row]:
    """The wheel as the build backend makes it, and the packages' files as a wheel would pack them."""
    rows = [wheel()]
    for package in ("povdata", "pycountry", "palmerpenguins"):
        spec = find_spec(package)
        if spec is None or not spec.submodule_search_locations:
            rows.append(Row(f"installed size: {package}", f"not measured: pip install {package}"))
            continue
        folder = Path(next(iter(spec.submodule_search_locations)))
        files = [path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
        size = sum(path.stat().st_size for path in files)
        with tempfile.TemporaryDirectory() as work:
            archive = Path(work, "files.zip")
            with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
                for path in files:
                    packed.write(path, path.relative_to(folder))
            compressed = archive.stat().st_size
        rows.append(Row(f"installed size: {package}", f"{size / 1e3:.0f} kB, packed {compressed / 1e3:.0f} kB", value=size / 1e3))
    return rows


def wheel() -> Row:
    """The size of the wheel, built in a temporary folder."""
    most = 250
    target = f"≤ {most} kB"
    if find_spec("hatchling") is None or find_spec("build") is None:
        return Row("wheel", "not measured: pip install build hatchling", target)
    with tempfile.TemporaryDirectory() as work:
        command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", work, str(ROOT)]
        subprocess.run(command, capture_output=True, check=True)  # noqa: S603  # our own project
        kilobytes = next(Path(work).glob("*.whl")).stat().st_size / 1e3
    return Row("wheel", f"{kilobytes:.0f} kB", target, kilobytes <= most, kilobytes)


# All together. ------------------------------------------------------------------------------------------------------------------


def report(found: Mapping[str, Measured]) -> list[Row]:
    """The lines of the report."""
    time = time_of
    beyond = found["import povdata"].median - found["bare"].median
    return [
        Row("import povdata, beyond a bare interpreter", duration(beyond), "< 1 ms", beyond < 1e-3, beyond),
        modules_of(found, "import povdata", HEAVY),
        time(found, "import attrs", "import attrs"),
        time(found, "first record", "first record"),
        ratio_of(found, "first record", "import attrs", 1.5),
        ratio_of(found, "first record", "pycountry: first record", 1),
        time(found, "all records", "all records of all tables"),
        ratio_of(found, "all records", "import attrs", 3),
        time(found, "first frame", "first pandas frame"),
        ratio_of(found, "first frame", "import pandas", 1.15),
        ratio_of(found, "first frame", "palmerpenguins: first frame", None),
        ratio_of(found, "first polars frame", "import polars", None),
        modules_of(found, "first polars frame", ("pandas", "pyarrow"), "import polars"),
        ratio_of(found, "first Arrow table", "an Arrow array", None),
        modules_of(found, "first Arrow table", ("pandas", "polars"), "an Arrow array"),
        time(found, "by key", "look-up by key", 1e-6),
        ratio_of(found, "by key", "pycountry: by key", None),
        time(found, "by name", "look-up by name", 5e-6),
        ratio_of(found, "by name", "pycountry: by name", None),
        time(found, "search", "fuzzy search, a short misspelt name", 1e-3),
        time(found, "long search", "fuzzy search, a long misspelt name", 1e-3),
        ratio_of(found, "search", "pycountry: search", None),
        time(found, "selection", "selection by indicator"),
        time(found, "first evidence", "first evidence"),
        time(found, "evidence", "evidence of a record, again"),
        time(found, "first verify", "verify the reference edition, first"),
        time(found, "verify", "verify the reference edition, again", 0.1),
        memory_of(found, "import povdata"),
        memory_of(found, "first record"),
        memory_of(found, "pycountry: first record"),
        memory_of(found, "all records"),
        memory_of(found, "first frame", "import pandas"),
    ]


def environment(runs: int) -> dict[str, object]:
    """What the figures depend on."""
    packages = ("povdata", "attrs", "pandas", "polars", "pyarrow", "pycountry", "palmerpenguins")
    return {
        "runs": runs,
        "python": platform.python_version(),
        "system": platform.system(),
        "cores": os.cpu_count(),
        **{package: version(package) for package in packages if find_spec(package) is not None},
    }


def text(about: Mapping[str, object], rows: Iterable[Row]) -> str:
    """The report as plain text."""
    verdict: Callable[[bool | None], str] = {True: "reached", False: "NOT REACHED", None: ""}.__getitem__
    lines = [", ".join(f"{name} {value}" for name, value in about.items()), ""]
    lines += [f"{row.what:55} {row.figure:28} {verdict(row.reached):12} {row.target}".rstrip() for row in rows]
    return "\n".join(lines)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="How long povdata takes, beside its neighbours.")
    parser.add_argument("--runs", type=int, default=15, help="processes for each case (15)")
    parser.add_argument("--json", action="store_true", help="print JSON with every measurement")
    parser.add_argument("--article", type=Path, help="the reference edition; else POVDATA_ARTICLE or ../shared/article.txt")
    options = parser.parse_args()
    article = options.article or Path(os.environ.get("POVDATA_ARTICLE") or ROOT.parent / "shared" / "article.txt")
    found = measure_all(cases_of(article), options.runs)
    rows = [*report(found), *sizes()]
    about = environment(options.runs)
    if options.json:
        measured = {
            name: {"processor_seconds": it.seconds, "seconds": it.elapsed, "peak_kilobytes": it.peaks} for name, it in found.items()
        }
        print(json.dumps({"about": about, "rows": [row._asdict() for row in rows], "measured": measured}, ensure_ascii=False, indent=1))  # noqa: T201
    else:
        print(text(about, rows))  # noqa: T201
    return int(any(row.reached is False for row in rows))


if __name__ == "__main__":
    sys.exit(main())
