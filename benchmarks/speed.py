# ruff: noqa: T201  # it prints its report
"""How long povdata takes, beside the packages that its users compare it with, measured in one run.

    python benchmarks/speed.py [--runs N] [--json] [--article PATH]

Whatever a process does only once (importing, the first record, the first frame) is measured in fresh interpreters, one process a
measurement, from before the first import to after the last statement. What it does often (look-ups) is timed in fresh interpreters too,
many times over, the best of five in each. Time is processor time of all threads, which other work on the machine lengthens less than the
clock's. All cases take turns. Figures are medians with minima beside them; the medians decide whether a target is reached, and a ratio is
one of medians of this run. Memory is the peak of the resident set beyond that of another case.

pycountry, particle and palmerpenguins are the neighbours; a row whose packages are not installed says so. Exit status 1 where a target is
missed.
"""

import argparse
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
NEIGHBOURS = ("attrs", "pandas", "polars", "pyarrow", "pycountry", "particle", "palmerpenguins")
ALL = "for table in povdata.tables().values(): table.records"
PANEL = "import pandas, povdata; made = povdata.panel(2012, 2021); cells = {name: (list(made[name]), made[name].dtype) for name in made}"

ONCE: dict[str, str] = {
    "bare": "pass",
    "import povdata": "import povdata",
    "import attrs": "import attrs",
    "first record": "import povdata; povdata.provinces['130000']",
    "pycountry: first record": "import pycountry; pycountry.countries.get(alpha_2='CN')",
    "particle: first record": "import particle; particle.Particle.from_pdgid(211)",
    "all records": f"import povdata\n{ALL}",
    "import pandas": "import pandas",
    "first frame": "import povdata; povdata.provinces.to_pandas()",
    "palmerpenguins: first frame": "import palmerpenguins; palmerpenguins.load_penguins()",
    "import polars": "import polars",
    "first polars frame": "import povdata; import polars; povdata.provinces.to_polars()",
    "an Arrow array": "import pyarrow; pyarrow.array(['a'])",  # with this, pyarrow loads pandas if it is installed
    "first Arrow table": "import povdata; import pyarrow; povdata.provinces.to_arrow()",
    "first evidence": "import povdata; povdata.evidence(povdata.observations['fuping-poverty-rate-2014'], 'value')",
    "first look-up": "import povdata; povdata.places.lookup('Fuping')",
    "first search": "import povdata; povdata.search('Fuping')",
}
"""Cases that are measured once a process."""

OFTEN: dict[str, tuple[str, str]] = {
    "by key": ("import povdata; places = povdata.places; places['130624']", "places['130624']"),
    "pycountry: by key": ("import pycountry; pycountry.countries.get(alpha_2='CN')", "pycountry.countries.get(alpha_2='CN')"),
    "by name": ("import povdata; places = povdata.places; places.lookup('Fuping')", "places.lookup('Fuping')"),
    "pycountry: by name": ("import pycountry; pycountry.countries.lookup('China')", "pycountry.countries.lookup('China')"),
    "particle: by name": ("import particle; particle.Particle.from_name('pi+')", "particle.Particle.from_name('pi+')"),
    "search places, short": ("import povdata; povdata.places.search('Yunan')", "povdata.places.search('Yunan')"),
    "search places, long": ("import povdata; povdata.places.search('Fupin County')", "povdata.places.search('Fupin County')"),
    "search divisions, short": ("import povdata; povdata.divisions.search('Yunan')", "povdata.divisions.search('Yunan')"),
    "search divisions, long": ("import povdata; povdata.divisions.search('Fupin County')", "povdata.divisions.search('Fupin County')"),
    "pycountry: search": ("import pycountry; pycountry.countries.search_fuzzy('Chin')", "pycountry.countries.search_fuzzy('Chin')"),
    "selection": ("import povdata; povdata.indicators.by_key", "povdata.observations.where(indicator='poverty_rate')"),
    "evidence": ("import povdata; rate = povdata.observations[0]; povdata.evidence(rate)", "povdata.evidence(rate)"),
    "panel": ("import povdata; povdata.panel(2012, 2021)", "povdata.panel(2012, 2021)"),
    "a frame of that size": (PANEL, "pandas.DataFrame({name: pandas.array(cell, dtype=kind) for name, (cell, kind) in cells.items()})"),
}
"""Cases that are repeated within a process: what comes before the clock starts, and the statement."""

VERIFY = "verify"
"""How the cases begin that need the article's text."""

TIMER = """
import sys, time
{setup}
def measure(number):
    clock, start = time.perf_counter(), time.process_time()
    for _ in range(number):
        {code}
    return (time.process_time() - start) / number, (time.perf_counter() - clock) / number
"""
REPEATED = """
number = 1
while (once := measure(number)[0]) * number < 0.02:
    number *= 2
seconds, elapsed = min(measure(number) for _ in range(5))
"""
SINGLE = """
import sys, time
clock, start = time.perf_counter(), time.process_time()
{code}
seconds, elapsed = time.process_time() - start, time.perf_counter() - clock
"""
REPORT = """
modules = ";".join(sys.modules)
try:
    with open("/proc/self/status") as status:
        peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
except OSError:
    import resource
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "darwin" else 1)
print(seconds, elapsed, peak, modules)
"""


class Measured(NamedTuple):
    """The processes of one case: processor seconds, the clock's seconds, peak kilobytes; and the modules that it loads."""

    seconds: list[float]
    elapsed: list[float]
    peaks: list[int]
    modules: frozenset[str]


class Row(NamedTuple):
    """A line of the report; `reached` is None where there is no target or no figure."""

    what: str
    figure: str
    target: str = ""
    reached: bool | None = None
    value: float | None = None


def scripts(article: Path) -> dict[str, str]:
    """What each case runs, but for those whose packages are not installed or whose article is not there."""
    once, often = dict(ONCE), dict(OFTEN)
    if article.exists():
        call = f"povdata.verify({str(article.resolve())!r})"
        once[f"{VERIFY} first"], often[f"{VERIFY} again"] = f"import povdata; {call}", (f"import povdata; {call}", call)
    found = {name: SINGLE.format(code=code) for name, code in once.items()}
    found |= {name: TIMER.format(setup=setup, code=code) + REPEATED for name, (setup, code) in often.items()}
    return {name: script + REPORT for name, script in found.items() if not missing(name)}


def missing(case: str) -> list[str]:
    """The packages that a case needs and that are not installed."""
    code = ONCE.get(case) or OFTEN.get(case, ("", ""))[0]
    return [package for package in re.findall(r"import ([\w, ]+)", code) for package in package.split(", ") if find_spec(package) is None]


def measured(cases: Mapping[str, str], runs: int) -> dict[str, Measured]:
    """All cases in turn, `runs` times; a first round that fills caches is thrown away."""
    # Compiled files are written and used, as for every user, whatever this environment says.
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED")}
    found = {name: Measured([], [], [], frozenset()) for name in cases}
    for turn in range(runs + 1):
        for name, script in cases.items():
            ran = subprocess.run([sys.executable, "-P", "-c", script], capture_output=True, text=True, check=False, env=environment)  # noqa: S603
            if ran.returncode:
                raise SystemExit(f"{name}: {ran.stderr[-2000:]}")
            seconds, elapsed, peak, modules = ran.stdout.split()
            if turn:
                found[name].seconds.append(float(seconds))
                found[name].elapsed.append(float(elapsed))
                found[name].peaks.append(int(peak))
            else:
                found[name] = found[name]._replace(modules=frozenset(modules.split(";")))
    return found


class Report:
    """The lines of the report, from what was measured."""

    def __init__(self, found: Mapping[str, Measured]) -> None:
        self.found = found
        self.rows: list[Row] = []

    def _absent(self, what: str, *names: str) -> bool:
        """Whether a case was not measured; then its row says why."""
        absent = [name for name in names if name not in self.found]
        if absent:
            lacking = missing(absent[0])
            why = f"not measured: pip install {' '.join(lacking)}" if lacking else "needs the article: --article PATH"
            self.rows.append(Row(what, why))
        return bool(absent)

    def time(self, name: str, most: float | None = None) -> None:
        """How long a case took, in seconds."""
        if not self._absent(name, name):
            seconds = self.found[name].seconds
            target, reached = ("", None) if most is None else (f"< {duration(most)}", median(seconds) < most)
            self.rows.append(Row(name, f"{duration(median(seconds))} (min {duration(min(seconds))})", target, reached, median(seconds)))

    def ratio(self, name: str, anchor: str, most: float | None = None) -> None:
        """How a case compares with another one."""
        what = f"{name} : {anchor}"
        if not self._absent(what, name, anchor):
            own, its = self.found[name].seconds, self.found[anchor].seconds
            value = median(own) / median(its)
            target, reached = ("", None) if most is None else (f"≤ {most:g} ×", value <= most)
            self.rows.append(Row(what, f"{value:.2f} × (min {min(own) / min(its):.2f})", target, reached, value))

    def beyond(self, name: str, anchor: str, forbidden: tuple[str, ...], most: float | None = None) -> None:
        """The modules and the memory that a case takes beyond another one."""
        if self._absent(name, name, anchor):
            return
        own, its = self.found[name], self.found[anchor]
        loaded = own.modules - its.modules
        wrong = sorted(loaded.intersection(forbidden))
        if forbidden:
            figure = f"{len(loaded)}{', among them ' * bool(wrong)}{', '.join(wrong)}"
            target = f"without {', '.join(forbidden)}"
            self.rows.append(Row(f"modules: {name}, beyond {anchor}", figure, target, not wrong, len(loaded)))
        size = (median(own.peaks) - median(its.peaks)) / 1024
        target, reached = ("", None) if most is None else (f"< {most:g} MiB", size < most)
        self.rows.append(Row(f"memory: {name}, beyond {anchor}", f"{size:.1f} MiB", target, reached, size))

    def wheel(self, most: int) -> None:
        """The size of the wheel, built in a temporary folder."""
        if find_spec("hatchling") is None or find_spec("build") is None:
            self.rows.append(Row("wheel", "not measured: pip install build hatchling"))
            return
        with tempfile.TemporaryDirectory() as work:
            command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", work, str(ROOT)]
            subprocess.run(command, capture_output=True, check=True)  # noqa: S603  # our own project
            size = next(Path(work).glob("*.whl")).stat().st_size / 1e3
        self.rows.append(Row("wheel", f"{size:.0f} kB", f"≤ {most} kB", size <= most, size))


def duration(seconds: float) -> str:
    """Seconds in a unit that suits them."""
    unit, factor = next(((unit, factor) for unit, factor in (("s", 1), ("ms", 1e3), ("µs", 1e6)) if seconds * factor >= 1), ("ns", 1e9))
    return f"{seconds * factor:.3g} {unit}" if seconds * factor < 1000 else f"{seconds * factor:.0f} {unit}"


def rows(found: Mapping[str, Measured]) -> Iterator[Row]:
    """The whole report."""
    to = Report(found)
    importing = median(found["import povdata"].seconds) - median(found["bare"].seconds)
    yield Row("import povdata, beyond a bare interpreter", duration(importing), "< 1 ms", importing < 1e-3, importing)
    to.beyond("import povdata", "bare", ("attr", "pandas", "json", "csv", "decimal"))
    to.time("import attrs")
    to.time("first record")
    to.ratio("first record", "import attrs", 1.5)
    to.ratio("first record", "pycountry: first record", 1)
    to.ratio("first record", "particle: first record")
    to.time("all records")
    to.ratio("all records", "import attrs", 3.6)
    to.beyond("all records", "bare", (), 14)
    to.time("first frame")
    to.ratio("first frame", "import pandas", 1.1)
    to.ratio("first frame", "palmerpenguins: first frame", 1)
    to.ratio("first polars frame", "import polars")
    to.beyond("first polars frame", "import polars", ("pandas", "pyarrow"))
    to.ratio("first Arrow table", "an Arrow array")
    to.beyond("first Arrow table", "an Arrow array", ("pandas", "polars"))
    to.time("by key", 1e-6)
    to.ratio("by key", "pycountry: by key")
    to.time("first look-up")
    to.time("by name", 5e-6)
    to.ratio("by name", "pycountry: by name", 1)
    to.ratio("by name", "particle: by name")
    to.time("first search")
    for name in OFTEN:
        if name.startswith("search"):
            to.time(name, 1e-3)
    to.ratio("search places, short", "pycountry: search")
    to.time("selection")
    to.time("first evidence", 0.09)
    to.time("evidence")
    to.time(f"{VERIFY} first", 0.17)
    to.time(f"{VERIFY} again", 0.06)
    to.time("panel")
    to.ratio("panel", "a frame of that size", 1.3)
    to.wheel(420)
    yield from to.rows


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="How long povdata takes, beside its neighbours.")
    parser.add_argument("--runs", type=int, default=15, help="processes for each case (15)")
    parser.add_argument("--json", action="store_true", help="print JSON with every measurement")
    parser.add_argument("--article", type=Path, help="the reference edition; else POVDATA_ARTICLE or ../shared/article.txt")
    options = parser.parse_args()
    article = options.article or Path(os.environ.get("POVDATA_ARTICLE") or ROOT.parent / "shared" / "article.txt")
    found = measured(scripts(article), options.runs)
    report = list(rows(found))
    about = {"runs": options.runs, "python": platform.python_version(), "cores": os.cpu_count()}
    about |= {package: version(package) for package in NEIGHBOURS if find_spec(package.replace("attrs", "attr")) is not None}
    if options.json:
        cases = {name: {"processor_seconds": it.seconds, "seconds": it.elapsed, "peak_kilobytes": it.peaks} for name, it in found.items()}
        print(json.dumps({"about": about, "rows": [row._asdict() for row in report], "measured": cases}, ensure_ascii=False, indent=1))
    else:
        print(", ".join(f"{name} {value}" for name, value in about.items()), "", sep="\n")
        verdicts = {True: "reached", False: "NOT REACHED", None: ""}
        for row in report:
            print(f"{row.what:55} {row.figure:28} {verdicts[row.reached]:12} {row.target}".rstrip())
    return int(any(row.reached is False for row in report))


if __name__ == "__main__":
    sys.exit(main())
