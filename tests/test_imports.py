"""What is loaded when, and who may know whom."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import povdata

SOURCE = Path(povdata.__file__).parent

# Each floor may import only from floors below it; modules of one floor are blind to each other.
FLOORS = [
    {"exceptions", "locators", "edtf", "keys", "variants"},
    {"chinese"},
    {"celltypes"},
    {"schema", "links"},
    {"records"},
    {"reading", "html", "searching"},
    {"frames", "arrow"},
    {"table"},
    {"selections"},
    {"catalog", "derivation"},
    {"datapackage", "citing", "views", "plots", "verification"},
    {"dictionary", "installed"},
    {"consistency"},
    {"integrity", "descriptors", "provenance"},
    {"exporting"},
    {"cli"},
    {"__main__"},
]


def modules_after(code: str) -> set[str]:
    script = f"import sys; before = set(sys.modules)\n{code}\nprint('\\n'.join(set(sys.modules) - before))"
    ran = subprocess.run(
        [sys.executable, "-I", "-S", "-c", "import sys; sys.path[:0] = " + repr(sys.path) + "\n" + script],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(ran.stdout.split())


def test_importing_loads_nothing_else():
    """`import povdata` loads the package alone."""
    assert modules_after("import povdata") == {"povdata"}


def test_records_need_no_pandas():
    """The first record comes without pandas, numpy, importlib_resources, json or a look at the metadata."""
    loaded = modules_after("import povdata; povdata.provinces['130000']")
    assert not loaded & {"pandas", "numpy", "importlib_resources", "importlib.metadata", "json", "difflib"}
    assert "attr" in loaded


def test_each_module_has_its_floor():
    """Every module stands on exactly one floor."""
    found = {path.stem for path in SOURCE.glob("*.py")} | {path.parent.name for path in SOURCE.glob("*/__init__.py")}
    found.discard("__init__")
    assert found == set().union(*FLOORS)
    assert len(found) == sum(map(len, FLOORS))


@pytest.mark.parametrize("path", sorted(SOURCE.glob("*.py")), ids=lambda path: path.stem)
def test_imports_point_down(path):
    """At import time a module knows only lower floors."""
    if path.stem == "__init__":
        return
    floor = next(number for number, modules in enumerate(FLOORS) if path.stem in modules)
    below = set().union(*FLOORS[:floor])
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "povdata":
            names = {node.module.split(".")[1]} if "." in node.module else {alias.name for alias in node.names} - {"__version__"}
            assert names <= below, f"{path.stem} imports {names - below} from its own floor or above"


def test_only_the_command_line_prints():
    """print() stands in cli.py alone."""
    printing = {
        path.stem
        for path in SOURCE.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    }
    assert printing == {"cli"}


def test_the_public_surface():
    """The names of the package, stated literally."""
    tables = {
        "provinces",
        "places",
        "delistings",
        "delisting_places",
        "events",
        "indicators",
        "observations",
        "practices",
        "people",
        "organizations",
        "designations",
        "industries",
        "images",
        "poverty_counties",
        "reconciliation",
        "caveats",
        "sources",
        "spans",
        "citations",
        "set_aside",
    }
    functions = {"changes", "check", "cite", "describe", "evidence", "export", "files", "tables", "timeline", "verify"}
    errors = {
        "AmbiguousError",
        "CopyError",
        "DataError",
        "InvalidArgumentError",
        "MissingExtraError",
        "NotFoundError",
        "PositionError",
        "PovdataError",
    }
    assert set(povdata.__all__) == tables | functions | errors | {"Table", "__version__", "plots"}
    assert dir(povdata) == sorted(povdata.__all__)
    for name in povdata.__all__:
        assert getattr(povdata, name) is not None
    with pytest.raises(AttributeError, match="module 'povdata' has no attribute 'province'"):
        povdata.province  # noqa: B018  # the access is what is tested
    assert set(povdata.tables()) == tables


def test_every_error_is_what_a_caller_would_catch():
    """Errors derive from PovdataError and from the built-in."""
    bases = {
        "NotFoundError": KeyError,
        "PositionError": IndexError,
        "AmbiguousError": LookupError,
        "InvalidArgumentError": ValueError,
        "DataError": ValueError,
        "CopyError": ValueError,
        "MissingExtraError": ImportError,
    }
    for name, base in bases.items():
        assert issubclass(getattr(povdata, name), (povdata.PovdataError, base))
        assert issubclass(getattr(povdata, name), base)
