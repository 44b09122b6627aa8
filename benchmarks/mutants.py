# ruff: noqa: T201  # it prints its table
"""The mutation score of the code: how many small changes of the package's functions a test notices.

    python -m pip install mutmut && python benchmarks/mutants.py [--module NAME ...] [--sample N] [--seed N] [--json] [--folder PATH]

mutmut (3.8 or later; not on Windows) changes one thing at a time in a copy of the project: an operator, a constant, a word, an argument.
A change is killed when a test fails. Tests run against each change quickest first, for `SECONDS` in all, four times as long where importing
calls the function. Not run are the tests that start interpreters of their own, count modules, calls or seconds, or draw and export; not
changed are the modules that these are about, `raise` statements (what an error says), decorated functions, and constants outside functions.
What importing computes and keeps, such as schemas, was computed before the change, so that many survivors of `model.schema` are none in
truth; they are counted all the same. The tests' own requirements must be installed, and a copy of the article makes the score what it is
(POVDATA_ARTICLE).

killed        changes that a test notices, or that never end
explained     survivors that `mutants_explained.tsv` says why no test should notice
unexplained   the other survivors, each with its place and what was changed

All changes take hours; a sample of 431 takes half an hour on two cores. Nothing is written but in a temporary folder, or in the one that is
named.
"""

import argparse
import ast
import csv
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import textwrap
from collections import Counter
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
EXPLAINED = Path(__file__).with_name("mutants_explained.tsv")
PACKAGE = ROOT / "src" / "povdata"
OUTLETS = ("__", "cli", "commands", "console", "exports", "plots")
"""What the modules begin with that only the tests that are not run are about."""
MODULES = [
    name
    for path in sorted(PACKAGE.rglob("*.py"))
    if re.search(r"^ *def ", path.read_text("utf-8"), re.MULTILINE)
    and not (name := ".".join(path.relative_to(PACKAGE).with_suffix("").parts)).startswith(OUTLETS)
]
COPIED = ("src", "tests", "docs", "tools", "benchmarks", "README.md", "CHANGELOG.md", "CITATION.cff", "LICENSE", "pyproject.toml")
NOT_RUN = ("build", "cli", "environment", "export", "extras", "formats", "imports", "pages", "plots", "typing", "work")
ARGUMENTS = ("-p", "quickest", "-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning")
SECONDS = 5
KILLED = {1, 2, 3}  # pytest: a test failed, nothing could be collected, an error within
TIMEOUT = {-24, 24, 36, 152}
NOT_STARTED = 255  # pytest refused to start; a kill where the change is in what importing calls, else a fault of this command


def path_of(module: str) -> str:
    """The file of a module, from the project's folder."""
    return f"src/povdata/{module.replace('.', '/')}.py"


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


class Survivor(NamedTuple):
    """A change that no test notices."""

    module: str
    line: int
    function: str
    change: str
    why: str | None


def prepare(folder: Path) -> None:
    """A copy of the project, with what the tool has to know of it."""
    for name in COPIED:
        source, target = ROOT / name, folder / name
        if source.is_dir():
            shutil.copytree(source, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__", ".*"))
        else:
            shutil.copy2(source, target)
    with (folder / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write(CONFIGURATION)
    (folder / "quickest.py").write_text(PLUGIN, encoding="utf-8")
    shutil.rmtree(folder / "mutants", ignore_errors=True)
    (folder / "mutants" / "src").mkdir(parents=True)  # there when Python starts, so that it looks into it


def mutants(folder: Path, modules: list[str], sample: int | None, seed: int) -> list[str]:
    """The names of the changes to try."""
    from mutmut.mutation.file_mutation import mutate_file_contents

    names = [
        f"povdata.{module}.{name}"
        for module in modules
        for name in mutate_file_contents(path_of(module), (folder / path_of(module)).read_text("utf-8")).mutant_names
    ]
    return names if sample is None else sorted(random.Random(seed).sample(names, min(sample, len(names))))  # noqa: S311


def module_of(name: str) -> str:
    """The module that a change is in."""
    return name.rpartition(".")[0].removeprefix("povdata.")


def run(folder: Path, names: list[str]) -> None:
    """Let the tool try them; it keeps what it found in the folder."""
    article = os.environ.get("POVDATA_ARTICLE", ROOT.parent / "shared" / "article.txt")
    environment = os.environ | {"CI": "1", "POVDATA_ARTICLE": str(Path(article).resolve()), "PYTHONPATH": str(folder / "mutants" / "src")}
    command = [sys.executable, "-m", "mutmut", "run", "--max-children", str(os.cpu_count() or 1), *names]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        said = [line.strip() for line in done.stdout.replace("\r", "\n").splitlines() if line[:1] not in "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"]
        raise SystemExit("\n".join([*said[-20:], done.stderr[-2000:], "mutmut gave up; do all tests pass where nothing is changed?"]))


def change_of(name: str, path: str) -> tuple[str, str, int]:
    """The function, what was changed in it, and its line."""
    from mutmut.mutation.diff_apply import get_diff_for_mutant
    from mutmut.utils.format_utils import orig_function_and_class_names_from_key

    function, owner = orig_function_and_class_names_from_key(name)
    diff = get_diff_for_mutant(name, path=path).splitlines()[2:]
    old, new = (" ".join(line[1:].strip() for line in diff if line.startswith(sign)) for sign in "-+")
    source = Path(path).read_text("utf-8")
    body = next(
        node
        for outer in ast.parse(source).body
        for node in (outer.body if isinstance(outer, ast.ClassDef) and outer.name == owner else [outer])
        if isinstance(node, ast.FunctionDef) and node.name == function
    )
    first = next((line[1:] for line in diff if line.startswith("-")), "")
    lines = textwrap.dedent("\n".join(source.splitlines()[body.lineno - 1 : body.end_lineno])).splitlines()
    near = int(diff[0].split()[1].lstrip("-").split(",")[0]) - 1
    offset = min((n for n, line in enumerate(lines) if line.strip() == first.strip()), key=lambda n: abs(n - near - 3), default=near)
    return (f"{owner}.{function}" if owner else function), f"{old} → {new}", body.lineno + offset


SAME_LENGTH = "what is zipped has the same length"


def without_strict(change: str) -> str:
    """A line without the ``strict`` of its zips, which asks of what has the same length whether it has."""
    return re.sub(r",\s*(strict=\w+)?\s*\)", ")", change)


def explanations() -> dict[tuple[str, str, str], str]:
    """Module, function and change → why no test should notice it."""
    with EXPLAINED.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {(row["module"], row["function"], row["change"]): row["why"] for row in rows}


def results(folder: Path, names: list[str]) -> tuple[dict[str, Counter[str]], list[Survivor]]:
    """How many were killed and survived in each module, and the survivors."""
    known = explanations()
    counts: dict[str, Counter[str]] = {}
    survivors = []
    os.chdir(folder)  # where the tool reads
    imported = set(json.loads(Path("mutants/imported.json").read_text("utf-8")))
    for module in dict.fromkeys(map(module_of, names)):
        path = path_of(module)
        codes = json.loads(Path(f"mutants/{path}.meta").read_text("utf-8"))["exit_code_by_key"]
        count = counts[module] = Counter()
        for name in names:
            if module_of(name) != module:
                continue
            if codes[name] == NOT_STARTED and name.partition("__mutmut_")[0] not in imported:
                raise SystemExit(f"no test could be started against {name}")
            if codes[name] in KILLED | TIMEOUT | {NOT_STARTED}:
                count["killed"] += 1
            else:
                function, change, line = change_of(name, path)
                old, new = map(without_strict, change.split(" → ", 1))
                why = SAME_LENGTH if old == new else known.get((module, function, change))
                count["explained" if why else "unexplained"] += 1
                survivors.append(Survivor(module, line, function, change, why))
    return counts, survivors


def main() -> None:
    """Copy, change, count, print."""
    parser = argparse.ArgumentParser(description="The mutation score of the code.")
    parser.add_argument("--module", action="append", choices=MODULES, help="a module to change (repeat it for several); by default all")
    parser.add_argument("--sample", type=int, help="number of changes that are tried; by default all")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--folder", type=Path, help="where to work and leave the results; by default a temporary folder")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = (options.folder or Path(temporary)).resolve()
        prepare(folder)
        os.chdir(folder)  # where the tool looks for its configuration
        names = mutants(folder, options.module or list(MODULES), options.sample, options.seed)
        run(folder, names)
        counts, survivors = results(folder, names)
        os.chdir(ROOT)
    total = sum(counts.values(), Counter())
    if options.json:
        found = {"modules": counts, "total": total, "survivors": [survivor._asdict() for survivor in survivors]}
        print(json.dumps(found, ensure_ascii=False, indent=1))
        return
    print(f"{'module':22}{'mutants':>9}{'killed':>9}{'explained':>11}{'unexplained':>13}")
    for module, count in [*counts.items(), ("all", total)]:
        print(f"{module:22}{count.total():9}{count['killed']:9}{count['explained']:11}{count['unexplained']:13}")
    print(f"\n{100 * total['killed'] / (total.total() - total['explained'] or 1):.1f} % of the mutants that a test can notice are killed")
    for survivor in survivors:
        place = f"{path_of(survivor.module)}:{survivor.line}"
        print(f"\n{place} {survivor.function}: {survivor.why or 'unexplained'}\n    {survivor.change}")


if __name__ == "__main__":
    main()
