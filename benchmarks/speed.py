# ruff: noqa: T201  # it prints its report
"""How long povdata takes, beside the packages that its users compare it with, measured in one run.

    python benchmarks/speed.py [--runs N] [--article PATH]

Every measurement is a fresh interpreter. What a process does only once (importing, the first record, the first frame) is measured from
before the first import to after the last statement; what it does often (look-ups) many times over, the best of five. Time is processor
time of all threads, which other work on the machine lengthens less than the clock's. All cases take turns. Figures are medians with
minima beside them; the medians decide whether a target is reached, and a ratio is one of medians of this run. Memory is the peak of the
resident set beyond that of another case. Which modules are loaded is held by `tests/test_work.py`.

pycountry, particle and palmerpenguins are the neighbours; a row whose packages are not installed says so. Exit status 1 where a target is
missed.
"""

import os
import platform
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from importlib.metadata import version
from importlib.util import find_spec
from itertools import product
from pathlib import Path
from statistics import median

from measuring import ROOT, arguments

NEIGHBOURS = ("attrs", "pandas", "polars", "pyarrow", "pycountry", "particle", "palmerpenguins")
PANEL = "import pandas, povdata; made = povdata.panel(2012, 2021); cells = {name: (list(made[name]), made[name].dtype) for name in made}"

Case = tuple[str, ...]
"""What is measured, once a process; or what comes before the clock starts, and what is measured many times within a process."""
CASES: dict[str, tuple[float | None, *Case]] = {
    "import attrs": (None, "import attrs"),
    "first record": (None, "import povdata; povdata.provinces['130000']"),
    "all records": (None, "import povdata\nfor table in povdata.tables().values(): table.records"),
    "first frame": (None, "import povdata; povdata.provinces.to_pandas()"),
    "first look-up": (None, "import povdata; povdata.places.lookup('Fuping')"),
    "first search": (None, "import povdata; povdata.search('Fuping')"),
    "first evidence": (0.09, "import povdata; povdata.evidence(povdata.observations['fuping-poverty-rate-2014'], 'value')"),
    "verify first": (0.17, "import povdata, sys; povdata.verify(sys.argv[1])"),
    "by key": (1e-6, "import povdata; places = povdata.places; places['130624']", "places['130624']"),
    "by name": (5e-6, "import povdata; places = povdata.places; places.lookup('Fuping')", "places.lookup('Fuping')"),
    "search places, short": (1e-3, "import povdata; povdata.places.search('Yunan')", "povdata.places.search('Yunan')"),
    "search places, long": (1e-3, "import povdata; povdata.places.search('Fupin County')", "povdata.places.search('Fupin County')"),
    "search divisions, short": (1e-3, "import povdata; povdata.divisions.search('Yunan')", "povdata.divisions.search('Yunan')"),
    "search divisions, long": (
        1e-3,
        "import povdata; povdata.divisions.search('Fupin County')",
        "povdata.divisions.search('Fupin County')",
    ),
    "selection": (None, "import povdata; povdata.indicators.by_key", "povdata.observations.where(indicator='poverty_rate')"),
    "evidence": (None, "import povdata; rate = povdata.observations[0]; povdata.evidence(rate)", "povdata.evidence(rate)"),
    "verify again": (0.06, "import povdata; povdata.verify(sys.argv[1])", "povdata.verify(sys.argv[1])"),
    "panel": (None, "import povdata; povdata.panel(2012, 2021)", "povdata.panel(2012, 2021)"),
}
"""Cases with the seconds that they may take, if there is a target."""
OTHERS: dict[str, Case] = {
    "bare": ("pass",),
    "import povdata": ("import povdata",),
    "import pandas": ("import pandas",),
    "import polars": ("import polars",),
    "an Arrow array": ("import pyarrow; pyarrow.array(['a'])",),  # with this, pyarrow loads pandas if it is installed
    "first polars frame": ("import povdata; import polars; povdata.provinces.to_polars()",),
    "first Arrow table": ("import povdata; import pyarrow; povdata.provinces.to_arrow()",),
    "pycountry: first record": ("import pycountry; pycountry.countries.get(alpha_2='CN')",),
    "particle: first record": ("import particle; particle.Particle.from_pdgid(211)",),
    "palmerpenguins: first frame": ("import palmerpenguins; palmerpenguins.load_penguins()",),
    "pycountry: by key": ("import pycountry; pycountry.countries.get(alpha_2='CN')", "pycountry.countries.get(alpha_2='CN')"),
    "pycountry: by name": ("import pycountry; pycountry.countries.lookup('China')", "pycountry.countries.lookup('China')"),
    "particle: by name": ("import particle; particle.Particle.from_name('pi+')", "particle.Particle.from_name('pi+')"),
    "pycountry: search": ("import pycountry; pycountry.countries.search_fuzzy('Chin')", "pycountry.countries.search_fuzzy('Chin')"),
    "a frame of that size": (PANEL, "pandas.DataFrame({name: pandas.array(cell, dtype=kind) for name, (cell, kind) in cells.items()})"),
}
"""What cases are compared with."""
ALL: dict[str, Case] = OTHERS | {name: case for name, (_, *case) in CASES.items()}

SINGLE = """
import sys, time
start = time.process_time()
{code}
seconds = time.process_time() - start
"""
REPEATED = """
import sys, time
{setup}
def measure(number):
    start = time.process_time()
    for _ in range(number):
        {code}
    return (time.process_time() - start) / number
number = 1
while (once := measure(number)) * number < 0.02:
    number *= 2
seconds = min(measure(number) for _ in range(5))
"""
REPORT = """
try:
    with open("/proc/self/status") as status:
        peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
except OSError:
    import resource
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "darwin" else 1)
print(seconds, peak)
"""


Found = Mapping[str, tuple[list[float], list[int]]]
"""Processor seconds and peak kilobytes of the processes of each case."""
Row = tuple[str, str, bool | None, str]
"""A line of the report: what, its figure, whether the target is reached, the target."""


def missing(case: str) -> list[str]:
    """The packages that a case needs and that are not installed."""
    names = [name for found in re.findall(r"import ([\w, ]+)", ALL[case][0]) for name in found.split(", ")]
    return [name for name in names if find_spec(name) is None]


def measured(article: Path, runs: int) -> Found:
    """All cases in turn, `runs` times, but for those that lack a package or the article; a first round that fills caches is thrown away."""
    scripts = {
        name: (SINGLE.format(code=case[0]) if len(case) == 1 else REPEATED.format(setup=case[0], code=case[1])) + REPORT
        for name, case in ALL.items()
    }
    found: Found = {name: ([], []) for name in scripts if not missing(name) and ("verify" not in name or article.exists())}
    # Compiled files are written and used, as for every user, whatever this environment says.
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED")}
    for turn, (name, (seconds, peaks)) in product(range(runs + 1), found.items()):
        command = [sys.executable, "-P", "-c", scripts[name], str(article)]
        second, peak = subprocess.run(command, stdout=subprocess.PIPE, check=True, env=environment).stdout.split()  # noqa: S603
        if turn:
            seconds.append(float(second))
            peaks.append(int(peak))
    return found


def time(found: Found, name: str, most: float | None) -> Row:
    """How long a case took."""
    seconds = found[name][0]
    return judged(name, f"{duration(median(seconds))} (min {duration(min(seconds))})", median(seconds), most, f"< {duration(most or 1)}")


def more(found: Found, name: str, anchor: str, most: float) -> Row:
    """How much longer a case took than another one."""
    seconds = median(found[name][0]) - median(found[anchor][0])
    return judged(f"{name}, beyond {anchor}", duration(seconds), seconds, most, f"< {duration(most)}")


def ratio(found: Found, name: str, anchor: str, most: float | None) -> Row:
    """How many times as long a case took as another one."""
    own, its = found[name][0], found[anchor][0]
    value = median(own) / median(its)
    return judged(f"{name} : {anchor}", f"{value:.2f} × (min {min(own) / min(its):.2f})", value, most, f"≤ {most} ×")


def memory(found: Found, name: str, anchor: str, most: float | None) -> Row:
    """The memory that a case takes beyond another one."""
    size = (median(found[name][1]) - median(found[anchor][1])) / 1024
    return judged(f"memory: {name}, beyond {anchor}", f"{size:.1f} MiB", size, most, f"< {most} MiB")


def judged(what: str, figure: str, value: float, most: float | None, target: str) -> Row:
    """A line with its target, if there is one."""
    return (what, figure, None, "") if most is None else (what, figure, value <= most, target)


def duration(seconds: float) -> str:
    """Seconds in a unit that suits them."""
    unit, factor = next(((unit, factor) for unit, factor in (("s", 1), ("ms", 1e3), ("µs", 1e6)) if seconds * factor >= 1), ("ns", 1e9))
    return f"{seconds * factor:.3g} {unit}" if seconds * factor < 1000 else f"{seconds * factor:.0f} {unit}"


COMPARED: list[tuple[Callable[..., Row], str, str, float | None]] = [
    (more, "import povdata", "bare", 1e-3),
    (ratio, "first record", "import attrs", 1.5),
    (ratio, "first record", "pycountry: first record", 1),
    (ratio, "first record", "particle: first record", None),
    (ratio, "all records", "import attrs", 3.6),
    (ratio, "first frame", "import pandas", 1.1),
    (ratio, "first frame", "palmerpenguins: first frame", 1),
    (ratio, "first polars frame", "import polars", None),
    (ratio, "first Arrow table", "an Arrow array", None),
    (ratio, "by key", "pycountry: by key", None),
    (ratio, "by name", "pycountry: by name", 1),
    (ratio, "by name", "particle: by name", None),
    (ratio, "search places, short", "pycountry: search", None),
    (ratio, "panel", "a frame of that size", 1.3),
    (memory, "import povdata", "bare", None),
    (memory, "all records", "bare", 14),
    (memory, "first polars frame", "import polars", None),
    (memory, "first Arrow table", "an Arrow array", None),
]


def report(found: Found) -> Iterator[Row]:
    """All lines; those that lack something say what."""
    for make, *names, most in [*((time, name, limit) for name, (limit, *_) in CASES.items()), *COMPARED]:
        if absent := [name for name in names if name not in found]:
            lacking = " ".join({package for name in absent for package in missing(name)})
            yield " : ".join(names), f"not measured: pip install {lacking}" if lacking else "needs the article: --article PATH", None, ""
        else:
            yield make(found, *names, most)
    yield wheel(420)


def wheel(most: int) -> Row:
    """The size of the wheel, built in a temporary folder."""
    if find_spec("hatchling") is None or find_spec("build") is None:
        return "wheel", "not measured: pip install build hatchling", None, ""
    with tempfile.TemporaryDirectory() as work:
        command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", work, str(ROOT)]
        subprocess.run(command, capture_output=True, check=True)  # noqa: S603  # our own project
        size = next(Path(work).glob("*.whl")).stat().st_size / 1e3
    return judged("wheel", f"{size:.0f} kB", size, most, f"≤ {most} kB")


def main() -> int:
    """Measure and print."""
    parser = arguments(__doc__)
    parser.add_argument("--runs", type=int, default=15, help="processes for each case (15)")
    options = parser.parse_args()
    rows = list(report(measured(options.article, options.runs)))
    about = {"runs": options.runs, "python": platform.python_version(), "cores": os.cpu_count()}
    about |= {package: version(package) for package in NEIGHBOURS if find_spec(package.replace("attrs", "attr")) is not None}
    print(", ".join(f"{name} {value}" for name, value in about.items()), "", sep="\n")
    verdicts = {True: "reached", False: "NOT REACHED", None: ""}
    for what, figure, reached, target in rows:
        print(f"{what:55} {figure:28} {verdicts[reached]:12} {target}".rstrip())
    return int(any(reached is False for _, _, reached, _ in rows))


if __name__ == "__main__":
    sys.exit(main())
