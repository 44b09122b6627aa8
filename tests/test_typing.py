"""A small dependent project is type-checked and run against the installed package."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).with_name("dependent")


@pytest.fixture(scope="module")
def errors(pytestconfig) -> set[tuple[str, int]]:
    """File and line of each error that mypy --strict finds in the dependent project."""
    pytest.importorskip("mypy", reason="mypy is not installed")
    cache = pytestconfig.cache.mkdir("mypy")
    command = [sys.executable, "-m", "mypy", "--config-file", str(PROJECT / "mypy.ini"), "--cache-dir", str(cache), str(PROJECT)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, cwd=PROJECT.parent)
    assert "errors in" in ran.stdout, ran.stdout + ran.stderr
    return {(Path(file).name, int(line)) for file, line in re.findall(r"^(.+?):(\d+): error", ran.stdout, re.MULTILINE)}


def test_a_dependent_project_passes_strict_checking(errors):
    """Its types are exact enough for mypy --strict."""
    assert {line for file, line in errors if file == "analysis.py"} == set()


def test_every_slip_is_caught(errors):
    """Each misspelt name, and each step over a link that may lead nowhere, is an error in its line."""
    lines = (PROJECT / "typos.py").read_text(encoding="utf-8").splitlines()
    slips = {number for number, line in enumerate(lines, 1) if line.startswith("povdata.")}
    assert len(slips) == 15
    assert {line for file, line in errors if file == "typos.py"} == slips


def test_the_dependent_project_runs():
    """It prints the falls of the poverty rate, Fuping's the largest."""
    ran = subprocess.run([sys.executable, str(PROJECT / "analysis.py")], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[0] == "Fuping County: 53.94"
    assert ran.stdout.splitlines()[-1] == "read at 7"
