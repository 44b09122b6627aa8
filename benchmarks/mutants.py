# ruff: noqa: T201  # it prints what it found
"""The mutation score of the code: how many small changes of the package's functions a test notices.

    python -m pip install mutmut && python benchmarks/mutants.py [--sample N] [--seed N]

mutmut (3.8 or later; not on Windows) changes one thing at a time in a copy of the project: an operator, a constant, a word, an argument.
Tests run against each change quickest first, for `SECONDS` in all, four times as long where importing calls the function. Not run are the
tests that start interpreters of their own, count modules, calls or seconds, or draw and export; not changed are the modules that these are
about, `raise` statements (what an error says), decorated functions, and constants outside functions. What importing computes and keeps,
such as schemas, was computed before the change; survivors there are counted all the same. The tests' own requirements must be installed,
and a copy of the article makes the score what it is. All changes take hours; a sample of 431 takes half an hour on two cores.

killed        changes that a test notices, or that never end
explained     survivors that `mutants_explained.tsv` says why no test should notice
unexplained   the other survivors
"""

import csv
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from measuring import ROOT, arguments

with Path(__file__).with_name("mutants_explained.tsv").open(encoding="utf-8", newline="") as file:
    rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
    KNOWN = {(row["module"], row["function"], row["change"]): row["why"] for row in rows}
"""Module, function and change → why no test should notice it."""
PACKAGE = ROOT / "src" / "povdata"
OUTLETS = ("__", "cli", "commands", "console", "exports", "plots")
"""What the modules begin with that only the tests that are not run are about."""
MODULES = [
    name
    for path in sorted(PACKAGE.rglob("*.py"))
    if re.search(r"^ *def ", path.read_text("utf-8"), re.MULTILINE)
    and not (name := ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")).startswith(OUTLETS)
]
COPIED = ("src", "tests", "docs", "tools", "benchmarks", "README.md", "CHANGELOG.md", "CITATION.cff", "LICENSE", "pyproject.toml")
NOT_RUN = ("build", "cli", "environment", "export", "extras", "formats", "imports", "pages", "plots", "typing", "work")
ARGUMENTS = ("-n0", "-p", "quickest", "-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning")
SECONDS = 5
KILLED = {1, 2, 3, -24, 24, 36, 152}  # pytest: a test failed, nothing could be collected, an error within; mutmut: no end in time
NOT_STARTED = 255  # pytest refused to start; a kill where the change is in what importing calls, else a fault of this command


def path_of(module: str) -> str:
    """The file of a module, from the project's folder."""
    place = f"src/povdata/{module.replace('.', '/')}"
    return f"{place}/__init__.py" if (ROOT / place).is_dir() else f"{place}.py"


CONFIGURATION = f"""
[tool.mutmut]
source_paths = ["src"]
only_mutate = {json.dumps([path_of(name) for name in MODULES])}
do_not_mutate_patterns = ["^\\\\s*raise "]
also_copy = {json.dumps([*(name for name in COPIED if name not in ("src", "tests")), "quickest.py"])}
pytest_add_cli_args = {json.dumps(ARGUMENTS)}
pytest_add_cli_args_test_selection = {json.dumps(["tests", "src/povdata", "README.md", *(f"--ignore=tests/test_{t}.py" for t in NOT_RUN)])}
process_isolation = "forkserver"
timeout_multiplier = 2.0
timeout_constant = 3.0
track_dependencies = false
"""

PLUGIN = f'''
"""Tests for one change, quickest first, for some seconds.

What importing calls, and few tests, concerns every test, and is imported once more.
"""

import json, os, sys
from pathlib import Path

import pytest

IMPORTED, STATS = Path("imported.json"), Path("mutmut-stats.json")


def mutant():
    return os.environ.get("MUTANT_UNDER_TEST", "")


def imported():
    return IMPORTED.exists() and mutant().partition("__mutmut_")[0] in json.loads(IMPORTED.read_text())


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests():
    if imported():
        for name in [name for name in sys.modules if name.startswith(("povdata", "conftest", "test_"))]:
            del sys.modules[name]


@pytest.hookimpl(tryfirst=True)
def pytest_generate_tests(metafunc):
    for mark in metafunc.definition.iter_markers("parametrize"):  # ids kept from an earlier collection would be escaped once more
        if mark._param_ids_from:
            object.__setattr__(mark._param_ids_from, "_param_ids_generated", None)


def pytest_collection_modifyitems(items):
    items[:] = [item for item in items if "__mutmut_" not in item.nodeid]  # each changed function has the examples of its own
    if "__mutmut_" in mutant():
        took, total = json.loads(STATS.read_text())["duration_by_test"], 0
        items.sort(key=lambda item: took.get(item.nodeid, 0))
        for number, item in enumerate(items):
            total += took.get(item.nodeid, 0)
            if number and total > {SECONDS} * (4 if imported() else 1):
                del items[number:]
                break


def pytest_collection_finish(session):
    if mutant() == "stats":
        from mutmut.state import state

        session.imported = set(state()._stats)
        state()._stats.clear()


def pytest_sessionfinish(session):
    if mutant() == "stats":
        from mutmut.state import state

        tests = state().tests_by_mangled_function_name
        few = [name for name in session.imported if len(tests.get(name, ())) < 10]
        for name in few:
            tests[name] = {{item.nodeid for item in session.items}}
        IMPORTED.write_text(json.dumps(few))
'''


def prepare(folder: Path) -> None:
    """A copy of the project, with what the tool has to know of it."""
    for name in COPIED:
        source, target = ROOT / name, folder / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", ".*"))
        else:
            shutil.copy2(source, target)
    with (folder / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write(CONFIGURATION)
    (folder / "quickest.py").write_text(PLUGIN, encoding="utf-8")
    (folder / "mutants" / "src").mkdir(parents=True)  # there when Python starts, so that it looks into it


def mutants() -> Iterator[str]:
    """The names of the changes that can be tried."""
    from mutmut.mutation.file_mutation import mutate_file_contents

    for module in MODULES:
        text = Path(path_of(module)).read_text("utf-8")
        yield from (f"povdata.{module}.{name}" for name in mutate_file_contents(path_of(module), text).mutant_names)


def module_of(name: str) -> str:
    """The module that a change is in."""
    return name.rpartition(".")[0].removeprefix("povdata.")


def run(folder: Path, names: list[str], article: Path) -> None:
    """Let the tool try them; it keeps what it found in the folder."""
    environment = os.environ | {"CI": "1", "POVDATA_ARTICLE": str(article), "PYTHONPATH": str(folder / "mutants" / "src")}
    command = [sys.executable, "-m", "mutmut", "run", "--max-children", str(os.cpu_count() or 1), *names]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        said = re.sub("[\u2800-\u28ff][^\r\n]*[\r\n]+", "", done.stdout)  # without the wheel that turns
        raise SystemExit(f"{said[-3000:]}\n{done.stderr[-2000:]}\nmutmut gave up; do all tests pass where nothing is changed?")


def change_of(name: str) -> tuple[str, str]:
    """The function, and what was changed in it."""
    from mutmut.mutation.diff_apply import get_diff_for_mutant
    from mutmut.utils.format_utils import orig_function_and_class_names_from_key

    function, owner = orig_function_and_class_names_from_key(name)
    diff = get_diff_for_mutant(name, path=path_of(module_of(name))).splitlines()[2:]
    old, new = (" ".join(line[1:].strip() for line in diff if line.startswith(sign)) for sign in "-+")
    return (f"{owner}.{function}" if owner else function), f"{old} → {new}"


def verdict(name: str, code: int, imported: set[str]) -> str:
    """What became of a change: killed, or explained or unexplained; survivors are printed."""
    if code == NOT_STARTED and name.partition("__mutmut_")[0] not in imported:
        raise SystemExit(f"no test could be started against {name}")
    if code in KILLED | {NOT_STARTED}:
        return "killed"
    function, change = change_of(name)
    old, new = (re.sub(r",\s*(strict=\w+)?\s*\)", ")", line) for line in change.split(" → ", 1))
    why = "what is zipped has the same length" if old == new else KNOWN.get((module_of(name), function, change))
    print(f"{module_of(name)} {function}: {why or 'unexplained'}\n    {change}\n")
    return "explained" if why else "unexplained"


def main() -> None:
    """Copy, change, count, print."""
    parser = arguments(__doc__)
    parser.add_argument("--sample", type=int, default=sys.maxsize, help="number of changes that are tried; by default all")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary).resolve()
        prepare(folder)
        os.chdir(folder)  # where the tool looks for its configuration, and for what it found
        names = [*mutants()]
        names = sorted(random.Random(options.seed).sample(names, min(options.sample, len(names))))  # noqa: S311
        run(folder, names, options.article)
        imported = set(json.loads(Path("mutants/imported.json").read_text("utf-8")))
        counts: Counter[str] = Counter()
        for name in names:
            meta = Path(f"mutants/{path_of(module_of(name))}.meta").read_text("utf-8")
            counts[verdict(name, json.loads(meta)["exit_code_by_key"][name], imported)] += 1
    print(f"{counts.total()} mutants: {counts['killed']} killed, {counts['explained']} explained, {counts['unexplained']} unexplained")
    print(f"{100 * counts['killed'] / (counts.total() - counts['explained'] or 1):.1f} % of those that a test can notice are killed")


if __name__ == "__main__":
    main()
