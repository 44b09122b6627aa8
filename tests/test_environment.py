"""The package in the surroundings that users bring: zip files, read-only folders, odd interpreters, no network, no home, many threads."""

import json
import os
import pickle
import shutil
import subprocess
import sys
import zipfile
from hashlib import sha256
from pathlib import Path

import attr
import attrs
import importlib_resources
import pandas as pd
import pytest

import povdata
from povdata.cli import main
from povdata.records import RECORDS

pytestmark = pytest.mark.everywhere

PACKAGE = Path(povdata.__file__).parent
LIBRARIES = sorted({str(Path(module.__file__).parents[1]) for module in (attr, importlib_resources, pd)})

REFUSE_WRITING = """
import os
def refuse(event, arguments):
    if event in ("os.mkdir", "os.remove", "os.rename") or event == "open" and (arguments[2] or 0) & (os.O_WRONLY | os.O_RDWR):
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
    "folder": {},
    "zip file": {"place": "zip file"},
    "read-only folder": {"place": "read-only folder", "before": REFUSE_WRITING},
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

DATA = """
import hashlib, povdata
rows = ascii([table.to_rows() for table in povdata.tables().values()])
print(hashlib.sha256(rows.encode()).hexdigest(), povdata.places.lookup("\\u6cb3\\u5317").key, povdata.check())
"""
COMMAND = "from povdata.cli import main; sys.exit(main({}))"


def run(code, *, package=PACKAGE.parent, flags=(), variables=None, before="", stdin=None) -> bytes:
    """What the code prints in a fresh interpreter that finds povdata in one place only and has no reason to complain.

    What stands before is run before povdata can be found; a variable that is None is unset.
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


def zipped(path):
    """The package as a zip file, which is what a wheel is."""
    with zipfile.ZipFile(path, "w") as file:
        for found in PACKAGE.rglob("*"):
            if found.suffix in (".py", ".csv", ".json"):
                file.write(found, found.relative_to(PACKAGE.parent))
    return path


def write_protected(folder):
    """A folder with the package that nobody may write to; root may, which is why `REFUSE_WRITING` stands beside it."""
    shutil.copytree(PACKAGE, folder / "povdata", ignore=shutil.ignore_patterns("__pycache__", ".*"))
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    return folder


PLACES = {"zip file": zipped, "read-only folder": write_protected}


@pytest.fixture(params=SURROUNDINGS)
def surroundings(request, tmp_path):
    """How `run` is called in one of the surroundings."""
    how = dict(SURROUNDINGS[request.param])
    if place := how.pop("place", None):
        how["package"] = PLACES[place](tmp_path / "here")
    return how


def test_everything_is_the_same_everywhere(surroundings, capsys):
    """All records, look-up by name, the check, and as UTF-8 what the command line prints, come out alike in all surroundings."""
    rows = ascii([table.to_rows() for table in povdata.tables().values()])
    main([])
    main(["describe", "people"])
    printed = capsys.readouterr().out
    assert "河北省" in printed
    assert "A person the article names." in printed
    code = DATA + "from povdata.cli import main\nmain([])\nmain(['describe', 'people'])\n"
    assert run(code, **surroundings).decode() == f"{sha256(rows.encode()).hexdigest()} 130000 ()\n{printed}"


def test_csv_is_the_file_itself_whatever_the_locale():
    """`show --format csv` writes the bytes of the data file, also where the locale knows only ASCII."""
    printed = run(COMMAND.format(["show", "people", "--format", "csv"]), **SURROUNDINGS["LC_ALL=C"])
    assert printed == (PACKAGE / "data" / "people.csv").read_bytes()


@pytest.mark.parametrize(("locale", "name"), [("LC_ALL=C", "没有.txt".encode()), ("folder", b"\xff.txt")], ids=["ASCII", "UTF-8"])
def test_a_name_that_the_locale_cannot_decode_gives_one_line(locale, name):
    """A file that is not there is named in one line with the bytes that were typed."""
    code = f"""
import contextlib, os
with contextlib.redirect_stderr(sys.stdout):
    from povdata.cli import main
    print(main(["verify", os.fsdecode({name!r})]))
"""
    assert run(code, **SURROUNDINGS[locale]) == b"povdata: cannot read '" + name + b"': No such file or directory; name a file\n2\n"


@pytest.mark.parametrize("place", [None, "zip file"], ids=str)
def test_files_brings_importlib_resources_and_opens_the_data(place, tmp_path):
    """Nothing imports importlib_resources before files(), which reads a data file from a folder and from a zip file."""
    package = PLACES[place](tmp_path / "here") if place else PACKAGE.parent
    code = f"""{DATA}
loaded = "importlib_resources" in sys.modules
text = povdata.files().joinpath("images.csv").read_bytes()
print(loaded, hashlib.sha256(text).hexdigest())
"""
    expected = sha256((PACKAGE / "data" / "images.csv").read_bytes()).hexdigest()
    assert run(code, package=package).decode().split("\n")[1] == f"False {expected}"


def test_a_frame_without_pandas_is_an_import_error():
    """Only a frame needs pandas, and its absence is said by name."""
    code = """
import povdata
try:
    povdata.provinces.to_pandas()
except ImportError as error:
    print(error.name)
"""
    assert run(code, **SURROUNDINGS["no pandas"]) == b"pandas\n"


def test_first_use_from_many_threads_gives_one_object_per_table():
    """32 threads that import and read everything at once see the same tables with the same records."""
    code = f"""
import threading
sys.setswitchinterval(1e-6)
barrier, seen = threading.Barrier(32), []
def first_use():
    barrier.wait()
    import povdata
    for name in {list(RECORDS)}:
        table = getattr(povdata, name)
        seen.append((name, table, table.records))
threads = [threading.Thread(target=first_use) for _ in range(32)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print([len(seen), len({{(name, id(table), id(records)) for name, table, records in seen}})])
"""
    assert json.loads(run(code)) == [32 * len(RECORDS), len(RECORDS)]


def test_reading_the_data_only_reads():
    """Import reads the package, attrs and the standard library and starts nothing; the tables open their own files and run no code."""
    code = """
import json
events = []
sys.addaudithook(lambda event, arguments: events.append((event, str(arguments[0]), arguments[2]) if event == "open" else (event,)))
import povdata
schemas = [table.schema for table in povdata.tables().values()]
importing = len(events)
for table in povdata.tables().values():
    table.by_key
print(json.dumps([events[:importing], events[importing:]]))
"""
    importing, reading = json.loads(run(code, flags=["-B"]))
    opened = [(Path(path), flags) for event, path, flags in filter(lambda event: event[0] == "open", importing + reading)]
    assert [path for path, flags in opened if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)] == []
    homes = [PACKAGE, *(Path(module.__file__).parent for module in (attr, attrs)), Path(os.__file__).parent]
    assert [path for path, _ in opened if not any(path.is_relative_to(home) for home in homes)] == []
    harmless = {"builtins.id", "compile", "exec", "import", "marshal.loads", "open", "os.listdir"}
    assert {event for event, *_ in importing if not event.startswith(("object.__", "sys._getframe"))} <= harmless
    assert [event[:2] for event in reading] == [["open", str(PACKAGE / "data" / f"{name}.csv")] for name in RECORDS]


def test_records_travel_between_processes():
    """Records of every table, pickled in one process, are equal in another and found in its sets, both ways."""
    records = "{name: table.records for name, table in povdata.tables().items()}"
    ours = {name: table.records for name, table in povdata.tables().items()}
    theirs = pickle.loads(run(f"import pickle, povdata; pickle.dump({records}, sys.stdout.buffer)"))
    assert theirs == ours
    assert [name for name in ours if set(theirs[name]) != set(ours[name])] == []
    compare = f"import pickle; theirs = pickle.load(sys.stdin.buffer); import povdata; print(theirs == {records})"
    assert run(compare, stdin=pickle.dumps(ours)) == b"True\n"
