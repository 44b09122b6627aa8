"""What is loaded when, who prints, and what the package offers; who may import whom is a contract in pyproject.toml."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import povdata

SOURCE = Path(povdata.__file__).parent


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


ENGINE = [*SOURCE.glob("model/*.py"), *SOURCE.glob("verification/*.py"), SOURCE / "provenance.py", SOURCE / "checks" / "integrity.py"]
HAN = re.compile("[\u2e80-\u2fdf\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


@pytest.mark.parametrize("path", ENGINE, ids=lambda path: path.stem)
def test_the_engine_is_free_of_the_article(path):
    """No Chinese character and no year of the article stands in the engine but in examples; what it needs of them is handed in."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    examples = {id(node.body[0].value) for node in ast.walk(tree) if isinstance(node, documented) and ast.get_docstring(node)}
    constants = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in examples]
    assert [value for value in constants if isinstance(value, str) and HAN.search(value)] == []
    assert {2019, 2020, 832}.isdisjoint(value for value in constants if isinstance(value, int))


def test_only_the_command_line_prints():
    """Nothing else calls print()."""
    printing = {
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    }
    assert printing == {"cli.py"}


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
        "divisions",
        "county_codes",
        "poverty_counties",
        "announcements",
        "reconciliation",
        "caveats",
        "sources",
        "spans",
        "citations",
        "set_aside",
    }
    functions = {"changes", "check", "cite", "describe", "evidence", "export", "files", "panel", "search", "tables", "timeline", "verify"}
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
