"""How much is done for what is asked: modules loaded, files opened, cells read. No clock is involved; `benchmarks/` has those."""

import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

import povdata
from povdata import locators, provenance
from povdata.model import columns, datatypes, lookup, reading, registry
from povdata.model import table as table_module
from povdata.model.table import Table
from povdata.records import DATASET, Observation, Place

pytestmark = pytest.mark.everywhere

# What each step loads and opens, in fresh interpreters. ------------------------------------------------------------------------

WATCHED = """
import sys
sys.path[:0] = {path!r}
before, opened = set(sys.modules), []
sys.addaudithook(lambda event, of: opened.append(str(of[0])) if event == "open" and str(of[0]).endswith(".csv") else None)
{code}
print(";".join(sorted(set(sys.modules) - before)))
print(";".join(path.replace(chr(92), "/").rpartition("/")[2] for path in opened))
"""

HEAVY = {"numpy", "pandas", "polars", "pyarrow", "matplotlib", "openpyxl"}
LATER = {"importlib.metadata", "importlib_resources", "json", "sqlite3", "povdata.exports", "povdata.checks", "povdata.cli"}


def watched(code: str) -> tuple[set[str], list[str]]:
    """The modules that some code loads and the data files that it opens, in a fresh interpreter without site packages' own start-up."""
    script = WATCHED.format(path=sys.path, code="import povdata\n" + code)
    ran = subprocess.run([sys.executable, "-I", "-S", "-c", script], capture_output=True, text=True, check=True)
    modules, opened = ran.stdout.splitlines()
    return set(modules.split(";")), opened.split(";") if opened else []


STEPS = {
    "first record": ("povdata.provinces['130000']", HEAVY | LATER | {"difflib", "hashlib", "povdata.provenance"}, {"attr"}),
    "look-up": ("povdata.places.lookup('Fuping')", HEAVY | LATER | {"difflib", "hashlib", "povdata.provenance"}, {"unicodedata"}),
    "search": ("povdata.places.search('Yunan')", HEAVY | LATER | {"difflib", "hashlib", "povdata.provenance"}, {"unicodedata"}),
    "selection": ("povdata.observations.where(indicator='poverty_rate')", HEAVY | LATER | {"difflib", "hashlib"}, {"povdata.model.table"}),
    "evidence": ("povdata.evidence(povdata.observations[0])", HEAVY | LATER | {"difflib"}, {"povdata.provenance"}),
    "first frame": ("povdata.provinces.to_pandas()", {"polars", "matplotlib", "povdata.exports", "povdata.provenance"}, {"pandas"}),
}


@pytest.mark.parametrize("step", STEPS)
def test_a_step_loads_only_what_it_needs(step):
    """A step loads the module that does it, and none that belongs to other steps."""
    code, without, with_ = STEPS[step]
    loaded, _ = watched(code)
    assert not loaded & without
    assert with_ <= loaded


def test_polars_alone():
    """A polars frame loads neither pandas nor pyarrow."""
    pytest.importorskip("polars")
    loaded, _ = watched("povdata.provinces.to_polars()")
    assert not loaded & {"pandas", "pyarrow"}
    assert "polars" in loaded


OPENED = {
    "import": ("", []),
    "table of tables": ("povdata.tables()", []),
    "description": ("povdata.describe('provinces')", ["provinces.csv"]),
    "one record": ("povdata.provinces['130000']", ["provinces.csv"]),
    "many questions": (
        "t = povdata.provinces; t['130000']; t[0]; len(t); list(t); t.lookup('Hebei'); t.search('hei'); t.to_dicts(); t.where()",
        ["provinces.csv"],
    ),
    "a vocabulary": ("povdata.observations.where(indicator='poverty_rate')", ["indicators.csv", "observations.csv"]),
    "a place and what is below": ("povdata.people.within('柞水县')", ["county_codes.csv", "divisions.csv", "people.csv", "places.csv"]),
    "a plain frame": ("povdata.provinces.to_pandas()", ["provinces.csv"]),
    "evidence": ("o = povdata.observations; [povdata.evidence(o[0]) for _ in 'ab']", ["citations.csv", "observations.csv", "spans.csv"]),
    "everything twice": (
        "for table in [*povdata.tables().values()] * 2: table.records",
        sorted(f"{name}.csv" for name in povdata.tables()),
    ),
}


@pytest.mark.parametrize("question", OPENED)
def test_a_question_opens_only_the_files_that_answer_it(question):
    """Each data file that a question needs is opened once, and no other."""
    code, expected = OPENED[question]
    assert sorted(watched(code)[1]) == expected


# What is done once. -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def readings(monkeypatch) -> Counter[str]:
    """How often each file is read."""
    counts: Counter[str] = Counter()

    def counted(record, name, data):
        counts[name] += 1
        return reading.read_table(record, name, data)

    monkeypatch.setattr(table_module, "read_table", counted)
    return counts


def test_a_file_is_parsed_once(readings):
    """However a table is asked, its file is parsed once."""
    places = Table("places", Place)
    for _ in range(3):
        assert len(places.records) == len(places) == len(list(places)) == len(places.by_key) == len(places.to_dicts())
        places.lookup("Fuping")
        places.search("Yunan")
        assert places["130624"] in places.where(level="county")
    assert readings["places.csv"] == 1  # of the tables that lend places their former names, each once too


def test_a_file_is_parsed_once_by_many_threads(monkeypatch):
    """Threads that ask at the same time get the same records, of one reading."""
    crowd = 8
    ready = threading.Barrier(crowd)
    counts: Counter[str] = Counter()
    asked = threading.Event()

    def slow(record, name, data):
        counts[name] += 1
        asked.wait(0.2)  # long enough for the other threads to arrive
        return reading.read_table(record, name, data)

    monkeypatch.setattr(table_module, "read_table", slow)
    images = Table("images", povdata.images.record)
    found = []

    def ask():
        ready.wait()
        found.append(images.records)

    threads = [threading.Thread(target=ask) for _ in range(crowd)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counts == {"images.csv": 1}
    assert len(set(map(id, found))) == 1
    assert len(found) == crowd


def test_indexes_are_built_once(monkeypatch):
    """The index by key is kept, and a second look-up by name folds the name asked for and nothing else."""
    places = Table("places", Place, povdata.places)
    assert places.by_key is places.by_key
    places.lookup("Fuping")
    folded: list[str] = []
    original = lookup.folded
    monkeypatch.setattr(lookup, "folded", lambda name: folded.append(name) or original(name))
    places.lookup("Zhashui")
    assert folded == ["Zhashui"]


def test_citations_are_grouped_once(monkeypatch):
    """Evidence reads one locator for each citation that it gives, and groups the citations once."""
    record = povdata.observations["fuping-poverty-rate-2014"]
    povdata.evidence(record)
    assert registry.citations(DATASET) is registry.citations(DATASET)
    parsed: list[str] = []
    original = locators.Locator.parse
    monkeypatch.setattr(provenance.Locator, "parse", lambda text: parsed.append(text) or original(text))
    assert len(povdata.evidence(record)) == len(parsed) > 0


def test_what_lies_below_a_place_is_gathered_once():
    """The places below a place are kept."""
    povdata.people.within("130000")
    before = registry._children.cache_info()
    povdata.people.within("140000")
    after = registry._children.cache_info()
    assert (after.hits, after.misses) == (before.hits + 1, before.misses)


# What grows with the table. -----------------------------------------------------------------------------------------------------


class Counted(str):
    """Text that counts when it is compared or hashed, since it does so in Python."""

    __slots__ = ()

    def __eq__(self, other):
        return str.__eq__(self, other)

    def __hash__(self):
        return str.__hash__(self)


def work(run: Callable[[], object]) -> int:
    """How many calls, of Python and of C, and how many lines it takes; a measure of work that no clock disturbs."""
    count = 0

    def lines(_frame, event, _of):
        nonlocal count
        count += event == "line"
        return lines

    def calls(_frame, event, _of):
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.gettrace(), sys.getprofile()
    sys.settrace(lines)
    sys.setprofile(calls)
    try:
        run()
    finally:
        sys.setprofile(before[1])
        sys.settrace(before[0])
    return count


ROWS = 150


def place(number: int) -> Place:
    """A village of our own invention."""
    name = f"Zzyzx{number:05}"
    cells = dict.fromkeys(column for column in Place.__match_args__)
    return Place(
        **cells | {"key": Counted(f"{100000 + number}"), "name_zh": Counted(name), "name_en": name, "pinyin": name, "level": "village"}
    )


QUESTIONS = {
    "by key": lambda table: table["100007"],
    "all keys": lambda table: [table[key] for key in table.by_key],
    "membership by key": lambda table: [key in table for key in table.by_key],
    "by name": lambda table: table.lookup("zzyzx 00007"),
    "all names": lambda table: [table.lookup(record.name_en) for record in table],
    "search": lambda table: table.search("Zzyzx00"),
    "selection": lambda table: table.where(level="village"),
    "selection by many values": lambda table: table.where(key=table),
    "predicate": lambda table: table.where(lambda record: record.level == "hamlet"),
    "sorted": lambda table: table.sorted("level", "name_en"),
    "slice": lambda table: table[10:],
    "comparison": lambda table: table == Table("places", Place, list(table)),
    "hash": hash,
    "dictionaries": lambda table: table.to_dicts(),
    "texts": lambda table: table.to_rows(),
    "labels": lambda table: [columns.label(record, "zh") for record in table],
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_twice_the_table_is_twice_the_work(question):
    """No question does more than about twice the work on a table twice as long."""
    ask = QUESTIONS[question]
    ask(Table("places", Place, map(place, range(20))))  # imports and caches
    once, twice = (Table("places", Place, map(place, range(rows))) for rows in (ROWS, 2 * ROWS))
    assert work(lambda: ask(twice)) <= 2.3 * work(lambda: ask(once)) + 50


def test_the_measure_of_work_sees_a_square():
    """Looking each text up in a list, which compares it with all before it, is seen as four times the work."""
    once, twice = ([Counted(number) for number in range(rows)] for rows in (ROWS, 2 * ROWS))
    assert work(lambda: [text in twice for text in twice]) > 3.5 * work(lambda: [text in once for text in once])


def file_of(rows: int) -> bytes:
    """The file of a table of observations of our own invention, with three values in turn."""
    cells = {"indicator": "poverty_rate", "place": "130624", "relation": "exact", "population_en": "all", "population_zh": "全部"}
    records = [
        Observation(**dict.fromkeys(Observation.__match_args__) | cells | {"key": f"row-{row:05}", "value": Decimal(row % 3)})
        for row in range(rows)
    ]
    return reading.format_table(Observation, records).encode()


def test_reading_twice_the_rows_is_twice_the_work(monkeypatch):
    """Reading does about twice the work on a file twice as long, comparisons of keys included."""
    original = datatypes.Pattern.parse
    monkeypatch.setattr(datatypes.Pattern, "parse", lambda self, text: Counted(original(self, text)))

    def reads(rows: int) -> int:
        data = file_of(rows)
        return work(lambda: reading.read_table(Observation, "observations.csv", data))

    reads(5)
    once, twice = reads(ROWS), reads(2 * ROWS)
    assert once > ROWS
    assert twice <= 2.1 * once


@pytest.mark.parametrize("wrong", [b",exactly,", b",wrong-{row},"], ids=["one mistake", "many mistakes"])
def test_reading_a_spoilt_file_is_no_square_either(wrong):
    """Twice as many wrong cells are about twice the work to report, also where each is wrong in its own way."""

    def spoilt(rows: int) -> int:
        header, *lines = file_of(rows).splitlines(keepends=True)
        changed = (line.replace(b",exact,", wrong.replace(b"{row}", b"%d" % row)) for row, line in enumerate(lines))
        data = header + b"".join(changed)

        def run() -> None:
            with pytest.raises(povdata.DataError) as caught:
                reading.read_table(Observation, "observations.csv", data)
            assert len(caught.value.problems) == rows

        return work(run)

    spoilt(5)
    assert spoilt(2 * ROWS) <= 2.3 * spoilt(ROWS)


def test_equal_cells_are_read_once(monkeypatch):
    """A value that stands in many rows is parsed once, and its records share it."""
    parsed: list[str] = []
    original = datatypes.Quantity.parse
    monkeypatch.setattr(datatypes.Quantity, "parse", lambda self, text: parsed.append(text) or original(self, text))
    records = reading.read_table(Observation, "observations.csv", file_of(ROWS))
    assert sorted(parsed) == ["0", "1", "2"]
    assert len({id(record.value) for record in records}) == 3


def test_keys_are_put_in_order_once(monkeypatch):
    """Reading makes at most two sort keys a row."""
    data = file_of(ROWS)
    keys: list[str] = []
    original = reading.sort_key
    monkeypatch.setattr(reading, "sort_key", lambda key: keys.append(key) or original(key))
    reading.read_table(Observation, "observations.csv", data)
    assert ROWS <= len(keys) <= 2 * ROWS


def test_a_frame_asks_each_cell_once():
    """A frame reads each cell of each record once."""
    pytest.importorskip("pandas")
    asked: Counter[str] = Counter()

    class Asked:
        """Stands in for a record and counts what it is asked."""

        def __init__(self, record):
            self.record = record

        def __getattr__(self, name):
            asked[name] += 1
            return getattr(self.record, name)

    records = povdata.images.records
    frame = Table("images", povdata.images.record, map(Asked, records)).to_pandas()
    assert asked == dict.fromkeys(povdata.images.schema, len(records))
    assert frame.equals(povdata.images.to_pandas())


def test_the_data_files_are_where_the_package_says():
    """The files that the audit hook watches are those of the package, so that a miss above is a miss."""
    folder = Path(povdata.__file__).with_name("data")
    assert {path.name for path in folder.glob("*.csv")} == {f"{name}.csv" for name in povdata.tables()}
