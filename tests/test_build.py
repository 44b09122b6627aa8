"""The wheel and the sdist: what they hold, and that the same tree gives the same bytes wherever and whenever it is built."""

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
import zlib
from hashlib import sha256
from pathlib import Path

import pytest

import povdata
from conftest import ROOT

if not (ROOT / "src").exists():
    pytest.skip("the source tree is out of sight, as when the wheel is tested", allow_module_level=True)
hatchling = pytest.importorskip("hatchling", reason="needs hatchling, which builds the package: pip install povdata[test]")

LIBRARIES = str(Path(hatchling.__file__).parents[1])
"""hatchling and what it needs are plain Python, so that other interpreters run them from here."""

BUILD = """
import sys
from hatchling.build import build_sdist, build_wheel
build_sdist(sys.argv[1])
build_wheel(sys.argv[1])
"""
PROBE = "import hatchling.build, sys, zlib; print(sys.version_info[:2], zlib.ZLIB_RUNTIME_VERSION)"

VERSION = povdata.__version__
WHEEL, SDIST = f"povdata-{VERSION}-py3-none-any.whl", f"povdata-{VERSION}.tar.gz"

PACKAGE = ROOT / "src" / "povdata"
SHIPPED = sorted(
    path.relative_to(ROOT / "src").as_posix() for path in PACKAGE.rglob("*") if path.is_file() and "__pycache__" not in path.parts
)
KINDS = {".cff", ".css", ".csv", ".jinja", ".js", ".json", ".md", ".py", ".pyi", ".typed"}
TOP = ".gitignore CHANGELOG.md CITATION.cff LICENSE LICENSE-DATA PKG-INFO README.md benchmarks docs pyproject.toml src tests tools"


def tree(folder, mask=0o022, seconds=981_173_106):
    """A copy of the source tree as somebody with this umask has it, last changed then."""
    ignored = shutil.ignore_patterns(".git", ".hypothesis", ".*_cache", ".venv", "dist", "build", "*.egg-info")
    shutil.copytree(ROOT, folder, ignore=ignored)
    for path in folder.rglob("*"):
        path.chmod((0o777 if path.is_dir() else 0o666) & ~mask)
        os.utime(path, (seconds, seconds))
    return folder


def built(folder, out, *, python=sys.executable, mask=0o022, **variables):
    """The bytes of the wheel and the sdist that are built from a tree."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "LC_", "LANG", "SOURCE_DATE", "TZ"))}
    environment |= {"PYTHONPATH": LIBRARIES, "PYTHONDONTWRITEBYTECODE": "1"} | variables
    out.mkdir()
    command = [python, "-c", BUILD, out]
    subprocess.run(command, cwd=folder, env=environment, umask=mask, capture_output=True, check=True)
    return {path.name: path.read_bytes() for path in out.iterdir()}


def digests(files):
    return {name: sha256(data).hexdigest() for name, data in files.items()}


@pytest.fixture(scope="module")
def reference(tmp_path_factory):
    """The wheel and the sdist as built here, and where they stand."""
    folder = tmp_path_factory.mktemp("reference")
    return built(tree(folder / "tree"), folder / "dist"), folder / "dist"


def test_the_wheel_holds_the_package_and_nothing_else(reference):
    """Every file of the package, its licences and its metadata; no tests, tools or benchmarks."""
    files, out = reference
    assert {Path(name).suffix for name in SHIPPED} <= KINDS
    assert {f"povdata/data/{name}.csv" for name in povdata.tables()} < set(SHIPPED)
    assert set(files) == {WHEEL, SDIST}
    described = f"povdata-{VERSION}.dist-info"
    with zipfile.ZipFile(out / WHEEL) as wheel:
        assert sorted(wheel.namelist()) == sorted(
            [
                *SHIPPED,
                f"{described}/METADATA",
                f"{described}/RECORD",
                f"{described}/WHEEL",
                f"{described}/entry_points.txt",
                f"{described}/licenses/LICENSE",
                f"{described}/licenses/LICENSE-DATA",
            ]
        )
        assert {item.external_attr >> 16 & 0o777 for item in wheel.infolist()} == {0o644}
        for name in wheel.namelist():
            if name.startswith("povdata/"):
                assert wheel.read(name) == (ROOT / "src" / name).read_bytes()


def test_the_sdist_holds_the_sources_the_tests_and_the_documentation(reference):
    """Its top level, and that no cache or artefact came along."""
    with tarfile.open(reference[1] / SDIST) as sdist:
        paths = [Path(name).relative_to(f"povdata-{VERSION}") for name in sdist.getnames()]
        assert {(item.mode, item.uid, item.gid, item.uname, item.gname) for item in sdist} == {(0o644, 0, 0, "", "")}
    assert sorted({path.parts[0] for path in paths}) == sorted(TOP.split())
    assert sorted(path.relative_to("src").as_posix() for path in paths if path.parts[0] == "src") == SHIPPED
    assert [path for path in paths if "__pycache__" in path.parts] == []


def test_the_same_tree_gives_the_same_bytes(reference, tmp_path):
    """Another folder, umask, age of the files, locale, time zone and order of hashes change nothing."""
    other = tree(tmp_path / "elsewhere", mask=0o077, seconds=1_893_456_000)
    variables = {"LC_ALL": "C", "TZ": "Asia/Shanghai", "PYTHONHASHSEED": "7", "PYTHONUTF8": "0"}
    assert digests(built(other, tmp_path / "dist", mask=0o077, **variables)) == digests(reference[0])


def test_the_sdist_builds_into_the_same_files(reference, tmp_path):
    """The wheel and the sdist of an unpacked sdist are those of the tree."""
    with tarfile.open(reference[1] / SDIST) as sdist:
        sdist.extractall(tmp_path, filter="data")
    assert digests(built(tmp_path / f"povdata-{VERSION}", tmp_path / "dist")) == digests(reference[0])


def interpreters():
    """Other versions of Python that are at hand or named in POVDATA_PYTHONS and compress with the same zlib."""
    named = os.environ.get("POVDATA_PYTHONS", "").split(os.pathsep)
    ours = f"{sys.version_info[:2]} {zlib.ZLIB_RUNTIME_VERSION}"
    found = {}
    for python in filter(None, [*named, *(shutil.which(f"python3.{minor}") for minor in range(11, 15))]):
        environment = os.environ | {"PYTHONPATH": LIBRARIES}
        answer = subprocess.run([python, "-c", PROBE], env=environment, capture_output=True, text=True, check=False).stdout.strip()
        if answer != ours and answer.endswith(f" {zlib.ZLIB_RUNTIME_VERSION}"):
            found.setdefault(answer, python)
    return list(found.values())


def test_other_versions_of_python_build_the_same_bytes(reference, tmp_path):
    """Whichever version of Python builds them, the files are the same."""
    others = interpreters()
    if not others:
        pytest.skip("needs another Python, 3.11 or later, with the same zlib: name its path in POVDATA_PYTHONS")
    folder = tree(tmp_path / "tree")
    for number, python in enumerate(others):
        assert digests(built(folder, tmp_path / str(number), python=python)) == digests(reference[0]), python
