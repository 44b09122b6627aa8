"""What users of other libraries reported, tried here: each kind once, with the right answer."""

import copy
import datetime
import inspect
import pickle
import subprocess
import sys
import typing
import weakref
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import povdata
from povdata import observations
from povdata.exceptions import InvalidArgumentError, NotFoundError

DAY = datetime.date(2014, 1, 1)


@pytest.mark.parametrize(
    "day",
    [DAY, np.datetime64("2014-01-01"), np.datetime64("2014-01-01", "ns"), pd.Timestamp(DAY), datetime.datetime(2014, 1, 1)],  # noqa: DTZ001
    ids=lambda day: type(day).__name__,
)
def test_days_of_other_libraries_are_days(day):
    """Those of numpy and pandas select as those of Python do."""
    assert len(observations.where(period_start=day)) == len(observations.where(period_start=DAY)) == 6


@pytest.mark.parametrize("day", [np.datetime64("NaT", "D"), pd.NaT, pd.Timestamp("2014-01-01 12:00"), "2014-01-01", 2014], ids=repr)
def test_what_is_no_day_is_refused(day):
    """Rather than selecting nothing."""
    with pytest.raises(InvalidArgumentError, match="period_start"):
        observations.where(period_start=day)


@pytest.mark.parametrize(
    "value",
    [
        Decimal("54.4"),
        Decimal("54.40"),
        54.4,
        "54.4",
        "54.40",
        np.float64(54.4),
        np.float32(54.4),
        np.str_("54.4"),
        [54.4],
        (Decimal("54.4"),),
    ],
    ids=lambda value: f"{type(value).__name__} {value}",
)
def test_numbers_are_equal_by_value(value):
    """Of whatever type, and with zeros at the end."""
    assert [record.key for record in observations.where(value=value)] == ["fuping-poverty-rate-2014"]


def test_numbers_come_back_from_a_frame():
    """What a cell of a frame holds selects the record that it came from."""
    frame = observations.to_pandas().set_index("key")
    assert "fuping-poverty-rate-2014" in observations.where(value=frame["value"]["fuping-poverty-rate-2014"])
    polars = pytest.importorskip("polars", reason="polars is not installed")
    row = observations.to_polars().filter(polars.col("key") == "fuping-poverty-rate-2014")
    assert "fuping-poverty-rate-2014" in observations.where(value=row["value"][0], relation=row["relation"][0])


@pytest.mark.parametrize("value", [float("nan"), float("inf"), pd.NA, True, np.True_, "many", DAY, 1j], ids=repr)
def test_what_is_no_number_is_refused(value):
    """Rather than selecting nothing."""
    with pytest.raises(InvalidArgumentError, match=r"observations\.value"):
        observations.where(value=value)


@pytest.mark.parametrize(("value", "rows"), [(np.True_, 15), (np.False_, 0), (True, 15)])
def test_booleans_of_numpy_are_booleans(value, rows):
    """The last batches."""
    assert len(povdata.delistings.where(last_batch=value)) == rows


def _change(what):
    """Ways to change what the package hands out."""
    table, record = povdata.images, povdata.images[0]
    return {
        "by_key": lambda: table.by_key.update(zz=record),
        "name": lambda: setattr(table, "name", "x"),
        "records": lambda: setattr(table, "records", ()),
        "schema": lambda: table.schema.pop("key"),
        "column": lambda: setattr(table.schema["key"], "name", "x"),
        "vocabulary": povdata.places.schema["level"].type.values.clear,
        "tables": povdata.tables().clear,
        "record": lambda: setattr(record, "key", "x"),
        "description": lambda: setattr(povdata.describe("images"), "name", "x"),
        "columns described": povdata.describe("images").columns.clear,
    }[what]


@pytest.mark.parametrize(
    "what", ["by_key", "name", "records", "schema", "column", "vocabulary", "tables", "record", "description", "columns described"]
)
def test_nothing_can_be_changed_from_outside(what):
    """Tables, records, columns and descriptions are read-only."""
    with pytest.raises((TypeError, AttributeError)):
        _change(what)()


def test_a_table_is_the_same_before_and_after_it_was_read():
    """What joblib and dask take of it, the pickle and the copy, does not tell whether it was used; nor does its hash."""
    script = (
        "import pickle, povdata; table = povdata.industries; before = pickle.dumps(table); len(table), table.search('tea'); "
        "table.by_key; assert pickle.dumps(table) == before; assert pickle.loads(before) is table; "
        "few = table[:2]; before = hash(few), pickle.dumps(few); few.by_key; assert (hash(few), pickle.dumps(few)) == before"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


RESULTS = {
    "describe": lambda: povdata.describe("people"),
    "tables": povdata.tables,
    "table": lambda: povdata.people,
    "selection": lambda: povdata.people[:2],
    "schema": lambda: povdata.people.schema,
    "column": lambda: povdata.people.schema["key"],
    "by_key": lambda: povdata.people.by_key,
    "record": lambda: povdata.people[0],
    "linked table": lambda: povdata.places["130624"].observations,
    "search": lambda: povdata.search("阜平"),
    "evidence": lambda: povdata.evidence(povdata.people[0]),
    "check": povdata.check,
}


@pytest.mark.parametrize("what", RESULTS)
def test_results_can_be_sent_and_copied(what):
    """To another process, or into a variable of one's own."""
    result = RESULTS[what]()
    sent = pickle.loads(pickle.dumps(result))
    assert type(sent) is type(copy.deepcopy(result)) is type(copy.copy(result)) is type(result)
    assert str(sent) == str(copy.deepcopy(result)) == str(result) or "object at" in str(result)


@pytest.mark.parametrize("what", ["describe", "tables", "table", "selection", "schema", "by_key", "record", "linked table", "search"])
def test_results_can_be_referred_to_weakly(what):
    """As caches do."""
    result = RESULTS[what]()
    assert weakref.ref(result)() is result


@pytest.mark.parametrize("table", povdata.tables())
def test_polars_has_one_schema(table):
    """Whether polars reads a table or the table makes the frame."""
    polars = pytest.importorskip("polars", reason="polars is not installed")
    frame = povdata.tables()[table].to_polars()
    assert dict(polars.DataFrame(povdata.tables()[table]).schema) == dict(frame.schema)


def test_applications_are_frozen_with_the_data():
    """The hook for PyInstaller names the folder with the data and the modules that are imported by name."""
    from povdata.__pyinstaller import hook_dirs

    (folder,) = hook_dirs()
    said: dict[str, typing.Any] = {"__file__": str(Path(folder) / "hook-povdata.py")}
    exec(Path(said["__file__"]).read_text(encoding="utf-8"), said)  # noqa: S102  # as PyInstaller does
    package = Path(povdata.__file__).parent
    found = {Path(target).relative_to("povdata") / Path(source).name for source, target in said["datas"]}
    data = {path.relative_to(package) for path in package.rglob("*") if path.is_file() and not path.suffix.startswith(".py")}
    assert found == data
    assert Path("data/places.csv") in found
    assert {f"povdata.{home}" for home in povdata._HOMES.values()} <= set(said["hiddenimports"])


def test_the_names_are_completed_without_running():
    """An editor offers the public names behind ``from povdata import``."""
    jedi = pytest.importorskip("jedi", reason="jedi is not installed")
    script = jedi.Script("from povdata import ", project=jedi.Project(Path(povdata.__file__).parents[1]))
    offered = {completion.name for completion in script.complete(1, 20)}
    assert set(povdata.__all__) - {"__version__"} <= offered


def public_functions():
    """Each public function, method and property, by name."""
    for name in povdata.__all__:
        value = getattr(povdata, name)
        if inspect.isfunction(value):
            yield name, value
        for owner in (value,) if inspect.isclass(value) or inspect.ismodule(value) else ():
            for part in getattr(owner, "__all__", dir(owner)):
                found = inspect.getattr_static(owner, part)
                found = found.fget if isinstance(found, property) else getattr(found, "__func__", found)
                if inspect.isfunction(found):
                    yield f"{name}.{part}", found


@pytest.mark.parametrize(("name", "function"), list(public_functions()), ids=lambda value: value if isinstance(value, str) else "")
def test_type_hints_resolve_at_run_time(name, function):
    """`typing.get_type_hints` finds every name of a signature, so that tools can read them."""
    hints = typing.get_type_hints(function)
    assert set(hints) <= {*inspect.signature(function).parameters, "return"}, name


def test_hints_name_the_frames():
    """They resolve to the classes of the libraries, which are imported only then."""
    assert typing.get_type_hints(povdata.Table.to_pandas)["return"] is pd.DataFrame


@pytest.mark.parametrize("code", [130624, np.int64(130624)])
def test_a_number_is_no_key(code):
    """Asked for by number, a code is refused in every way of asking, with what to write."""
    for ask in (
        lambda: code in povdata.places,
        lambda: povdata.places[code],
        lambda: povdata.places.get(code),
        lambda: povdata.places.lookup(code),
    ):
        with pytest.raises((InvalidArgumentError, IndexError), match=r"'130624'|as text"):
            ask()


def test_names_of_the_program_are_checked_as_it_runs():
    """A dictionary of columns, which strict type checking lets pass, selects as keywords do, and a slip in it is an error."""
    assert observations.where({"indicator": "poverty_rate", "period": "2014"}) == observations.where(
        indicator="poverty_rate", period="2014"
    )
    assert len(observations.where({"indicator": "poverty_rate"}, indicator="age")) == 0
    with pytest.raises(NotFoundError, match="nearest: poverty_rate"):
        observations.where({"indicator": "povrty_rate"})
    with pytest.raises(NotFoundError, match="no column of observations 'indicater'"):
        observations.where({"indicater": "poverty_rate"})
