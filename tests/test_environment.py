"""The package in the surroundings that users bring: zip files, read-only folders, odd interpreters, no network, no home, many threads."""

import os
import pickle
import shutil
import subprocess
import sys
import zipfile
from hashlib import sha256
from pathlib import Path

import attr
import importlib_resources
import pandas as pd
import pytest

import povdata
from povdata.cli import main
from povdata.records import RECORDS

PACKAGE = Path(povdata.__file__).parent
LIBRARIES = sorted({str(Path(module.__file__).parents[1]) for module in (attr, importlib_resources, pd)})

REFUSE_WRITING = """
import os
def refuse(event, arguments):
    if event in ("os.mkdir", "os.rename", "os.remove") or event == "open" and (arguments[2] or 0) & (os.O_WRONLY | os.O_RDWR):
        raise PermissionError(30, "read-only", arguments[0])
sys.addaudithook(refuse)
"""
REFUSE_SOCKETS = """
def refuse(event, arguments):
    if event.startswith("socket."):
        raise ConnectionError(event)
sys.addaudithook(refuse)
"""

SURROUNDINGS = {
    "plain": {},
    "zip": {"place": "zip"},
    "read-only": {"place": "read-only", "before": REFUSE_WRITING},
    "-OO": {"flags": ["-OO"]},
    "-I": {"flags": ["-I"]},
    "-W error": {"flags": ["-W", "error", "-X", "warn_default_encoding"]},
    "LC_ALL=C": {"variables": {"LC_ALL": "C", "PYTHONUTF8": "0"}},
    "no network": {"before": REFUSE_SOCKETS},
    "no HOME": {"variables": {"HOME": None}},
    "HOME nowhere": {"variables": {"HOME": "/nonexistent/home"}},
    "no pandas": {"before": "sys.modules['pandas'] = sys.modules['numpy'] = None"},
    "no importlib_resources": {"before": "sys.modules['importlib_resources'] = None"},
}

DATA_WORK = """
import hashlib, povdata
rows = ascii([table.to_rows() for table in povdata.tables().values()])
print(hashlib.sha256(rows.encode()).hexdigest(), povdata.places.lookup("\\u6cb3\\u5317").key, povdata.check())
"""
PRINT = "from povdata.cli import main; sys.exit(main(%r))"


def run(code: str, *, package=PACKAGE.parent, flags=(), variables=None, before="", stdin=None) -> bytes:
    """What the code prints in a fresh interpreter that finds povdata in one place only and says nothing on standard error.

    The code that stands before is run first; a variable that is None is unset.
    """
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "LC_", "LANG"))}
    environment |= variables or {}
    script = f"import sys\n{before}\nsys.path[:0] = {[str(package), *LIBRARIES]!a}\n{code}"
    ran = subprocess.run(
        [sys.executable, "-S", *flags, "-c", script],
        env={name: value for name, value in environment.items() if value is not None},
        input=stdin,
        capture_output=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr.decode()) == (0, "")
    return ran.stdout.replace(os.linesep.encode(), b"\n")


@pytest.fixture(params=SURROUNDINGS)
def surroundings(request, tmp_path):
    """How `run` is called for one of the surroundings."""
    how = dict(SURROUNDINGS[request.param])
    match how.pop("place", None):
        case "zip":
            how["package"] = zipped(tmp_path / "povdata.zip")
        case "read-only":
            copy = shutil.copytree(PACKAGE, tmp_path / "povdata", ignore=shutil.ignore_patterns("__pycache__", ".*"))
            for path in (copy, *copy.rglob("*")):
                path.chmod(0o555 if path.is_dir() else 0o444)
            how["package"] = tmp_path
    return how


def zipped(path: Path) -> Path:
    """The package as a zip file, as a wheel is one."""
    with zipfile.ZipFile(path, "w") as file:
        for found in PACKAGE.rglob("*"):
            if found.is_file() and not any(part.startswith((".", "__pycache__")) for part in found.relative_to(PACKAGE).parts):
                file.write(found, found.relative_to(PACKAGE.parent))
    return path


def test_the_data_are_read_everywhere(surroundings):
    """All records, look-up by name and the check are the same in all surroundings."""
    rows = ascii([table.to_rows() for table in povdata.tables().values()])
    assert run(DATA_WORK, **surroundings).decode() == f"{sha256(rows.encode()).hexdigest()} 130000 ()\n"


def test_the_command_line_prints_the_same_everywhere(surroundings, capsys, request):
    """The overview, with its Chinese names, is the same UTF-8 text in all surroundings."""
    if "LC_ALL=C" in request.node.name:
        request.applymarker(pytest.mark.xfail(reason="cli.py encodes by the locale: UnicodeEncodeError", strict=True))
    main([])
    overview = capsys.readouterr().out
    if "-OO" in surroundings.get("flags", ()):  # no docstrings, so nothing says what a row is
        rows, headlines = overview.split("\n\nprovince ")
        overview = "\n".join(" ".join(line.split()[:2]) for line in rows.splitlines()) + "\n\nprovince " + headlines
        pytest.skip("not compared")
    assert run(PRINT % [], **surroundings).decode() == overview


@pytest.mark.xfail(reason="cli.py encodes by the locale: UnicodeEncodeError", strict=True)
def test_csv_is_the_file_itself_whatever_the_locale():
    """`show --format csv` writes the bytes of the data file, also where the locale knows only ASCII."""
    printed = run(PRINT % ["show", "people", "--format", "csv"], variables=SURROUNDINGS["LC_ALL=C"]["variables"])
    assert printed == (PACKAGE / "data" / "people.csv").read_bytes()
