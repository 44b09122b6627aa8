"""What each extra serves, all of it once: run with the lowest and the newest version that `pyproject.toml` allows.

The lowest are installed by ``uv pip install --resolution lowest-direct -e '.[arrow,completion,excel,plot,polars]'``.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import povdata
from povdata import plots
from povdata.exceptions import MissingExtraError


def test_frames_with_pandas():
    """Every table as a frame, with all that can stand beside it, and the ready-made frames."""
    for table in povdata.tables().values():
        assert len(table.to_pandas(labels="en")) == len(table)
    povdata.observations.to_pandas(labels="zh", bounds="rounding", caveats=True)
    assert len(povdata.evidence(povdata.observations.to_pandas().head(1))) > 0
    assert {len(frame) > 0 for frame in (povdata.changes(), povdata.timeline(), povdata.panel(2012, 2014))} == {True}


def test_frames_with_polars():
    """Every table in one schema, whether polars reads it or the table writes it."""
    pl = pytest.importorskip("polars", reason="polars is not installed")
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    for table in povdata.tables().values():
        assert len(pl.concat([pl.DataFrame(table), table.to_polars()])) == 2 * len(table)
    assert len(povdata.evidence(povdata.observations.to_polars().head(1))) > 0
    for frame in (povdata.changes(library="polars"), povdata.timeline(library="polars"), povdata.panel(2012, 2014, library="polars")):
        assert len(frame) > 0


def test_tables_with_pyarrow(tmp_path):
    """Every table, the stream that others read, and the export."""
    pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    for table in povdata.tables().values():
        assert pa.table(table).num_rows == table.to_arrow().num_rows == len(table)
    assert len(povdata.evidence(povdata.observations.to_arrow().slice(0, 1))) > 0
    assert povdata.export(tmp_path, "parquet").is_dir()


def test_workbook_with_openpyxl(exported, tmp_path):
    """Written, and recognized when it is to be replaced."""
    book = shutil.copy(exported("xlsx"), tmp_path)
    assert povdata.export(tmp_path, "xlsx", tables=["industries"], force=True) == Path(book)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # an old matplotlib with a new pyparsing
def test_plots_with_matplotlib(tmp_path):
    """Each, in both formats that print and web take."""
    matplotlib = pytest.importorskip("matplotlib", reason="matplotlib is not installed")
    matplotlib.use("agg")
    for name in plots.__all__:
        figure = getattr(plots, name)().figure
        figure.savefig(tmp_path / f"{name}.png")
        figure.savefig(tmp_path / f"{name}.svg")
        matplotlib.pyplot.close(figure)


def test_completion_with_argcomplete():
    """Keys of a table, which only a running program knows."""
    pytest.importorskip("argcomplete", reason="argcomplete is not installed")
    line = "povdata evidence people cao"
    told = {"_ARGCOMPLETE": "1", "_ARGCOMPLETE_IFS": "\n", "_ARGCOMPLETE_SHELL": "bash", "COMP_LINE": line, "COMP_POINT": str(len(line))}
    script = "import os; os.dup2(1, 8); from povdata.cli import main; main()"
    ran = subprocess.run([sys.executable, "-c", script], env={**os.environ, **told}, capture_output=True, text=True, check=False)
    assert ran.stdout.strip() == "cao-wen"


@pytest.mark.parametrize(
    ("package", "call"),
    [
        ("pandas", lambda _: povdata.observations.to_pandas()),
        ("pandas", lambda _: povdata.changes()),
        ("pandas", lambda _: povdata.timeline()),
        ("pandas", lambda _: povdata.panel(2012, 2013)),
        ("polars", lambda _: povdata.observations.to_polars()),
        ("polars", lambda _: povdata.panel(2012, 2013, library="polars")),
        ("pyarrow", lambda _: povdata.observations.to_arrow()),
        ("pyarrow", lambda folder: povdata.export(folder, "parquet")),
        ("matplotlib", lambda _: plots.tile_map()),
        ("openpyxl", lambda folder: povdata.export(folder, "xlsx")),
    ],
)
def test_what_is_missing_is_named(monkeypatch, tmp_path, package, call):
    """Without a package, the error names it and how to install it, also for pandas, which povdata brings itself."""
    for name in [name for name in sys.modules if name.partition(".")[0] == package]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtraError) as caught:
        call(tmp_path)
    assert caught.value.package == package
    assert str(caught.value).startswith(f"{package} is not installed; run: pip install ")
