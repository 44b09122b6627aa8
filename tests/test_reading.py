"""The door to the data files: what is read is written back byte for byte, and what is wrong is refused whole."""

import csv
import io

import pytest

import povdata
from conftest import DATA
from povdata.exceptions import DataError
from povdata.model.reading import format_table, read_table
from povdata.records import RECORDS, Image, SetAside

pytestmark = pytest.mark.everywhere

HEADER = "key,place,subject_en,subject_zh,date,credit\n"
GOOD = "a-b,130624,An orchard,果园,2020-03-04,xinhua\n"


def problems(text: str | bytes) -> list[str]:
    data = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(DataError) as caught:
        read_table(Image, "images.csv", data)
    assert isinstance(caught.value, ValueError)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize("name", RECORDS)
def test_tables_round_trip_byte_for_byte(name):
    """Reading a file and writing its records gives the same bytes."""
    data = (DATA / f"{name}.csv").read_bytes()
    assert format_table(RECORDS[name], read_table(RECORDS[name], f"{name}.csv", data)).encode() == data


def test_every_data_file_is_a_table_or_described():
    """No file lies in the data folder that nothing knows."""
    assert {path.name for path in DATA.iterdir()} == {f"{name}.csv" for name in RECORDS} | {"datapackage.json", "README.md"}


def test_good_rows_are_read():
    """The frame of the bad cases below is itself good."""
    (image,) = read_table(Image, "images.csv", (HEADER + GOOD).encode())
    assert (image.key, image.place, image.date, image.credit) == ("a-b", "130624", "2020-03-04", "xinhua")


def test_an_empty_table_is_read():
    """A header without rows is a table without records."""
    assert read_table(Image, "images.csv", HEADER.encode()) == ()


def test_a_bad_cell_is_named_with_file_line_and_column():
    """The message reads file:line:column: what is wrong."""
    bad = GOOD.replace("2020-03-04", "4. März")
    assert problems(HEADER + bad) == ["images.csv:2:date: not an EDTF date: '4. März'"]


def test_all_problems_are_gathered():
    """A file with several bad cells is refused once, with each of them."""
    rows = "A B,130624,x,y,,\n" + "a-b,13062,x,,2020-02-30,\n"
    assert problems(HEADER + rows) == [
        "images.csv:2:key: not a lower-case key: 'A B'",
        "images.csv:3:date: not a date: '2020-02-30'",
        "images.csv:3:subject_zh: empty, but every row must fill it",
    ]


def test_a_duplicate_key_is_refused():
    """The message names the line of the first."""
    assert problems(HEADER + GOOD + GOOD) == ["images.csv:3:key: 'a-b' stands in line 2 already"]


def test_rows_out_of_order_are_refused():
    """Rows are sorted by key, so that a file has one form."""
    assert problems(HEADER + GOOD.replace("a-b", "b") + GOOD) == ["images.csv:3:key: 'a-b' must come before 'b'; sort the rows by key"]


@pytest.mark.parametrize(
    ("header", "message"),
    [
        (HEADER.replace(",credit", ""), "missing credit"),
        (HEADER.replace("credit", "kredit"), "missing credit; unknown kredit"),
        (HEADER.replace("date,credit", "day,kredit"), "missing date, credit; unknown day, kredit"),
        (HEADER.replace("key,place", "place,key"), "order differs"),
        ("", "missing key, place, subject_en, subject_zh, date, credit"),
    ],
)
def test_a_wrong_header_is_refused(header, message):
    """A missing, unknown or misplaced column is named."""
    assert message in problems(header + GOOD.replace(",xinhua", "") if header else "\n")[0]


def test_a_ragged_row_is_refused():
    """A row with too few or too many cells is named by its line."""
    assert problems(HEADER + "a-b,130624\n" + GOOD) == ["images.csv:2: 2 cells in a table of 6 columns"]


def test_a_byte_order_mark_is_refused():
    """A BOM is named."""
    assert problems(b"\xef\xbb\xbf" + (HEADER + GOOD).encode()) == [
        "images.csv:1: starts with a byte-order mark; save as UTF-8 without one"
    ]


def test_carriage_returns_are_refused():
    """CRLF is named with its first line."""
    assert problems((HEADER + GOOD).replace("\n", "\r\n")) == ["images.csv:1: a carriage return; end lines with LF alone"]


def test_a_file_that_is_not_utf8_is_refused():
    """The byte and its line are named."""
    assert problems((HEADER + GOOD).encode("gb18030")) == ["images.csv:2: not UTF-8: byte 0xb9; save as UTF-8"]


def test_an_unfinished_last_line_is_refused():
    """A file that was cut short is noticed."""
    assert problems((HEADER + GOOD).rstrip("\n")) == ["images.csv:2: the last line does not end; end it with LF"]


def test_an_unclosed_quote_is_refused():
    """A quote that never closes is named."""
    assert "images.csv:2: not CSV: unexpected end of data" in problems(HEADER + '"a-b,130624,x,y,,\n')


def test_files_is_a_traversable_of_the_data():
    """files() gives the resources themselves."""
    text = povdata.files().joinpath("observations.csv").read_text(encoding="utf-8")
    assert len(list(csv.DictReader(io.StringIO(text)))) == len(povdata.observations)


def test_a_wrong_header_is_told_with_the_right_one():
    """The columns are named in order, separated as in the file."""
    with pytest.raises(DataError, match="the header must be key,kind,reason \\(missing reason; unknown why\\)"):
        read_table(SetAside, "set_aside.csv", b"key,kind,why\n")


GOOD_FILE = (HEADER + GOOD).encode()


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"\xef\xbb\xbf" + GOOD_FILE, (1, "", "starts with a byte-order mark; save as UTF-8 without one")),
        (GOOD_FILE.replace(b"\n", b"\r\n"), (1, "", "a carriage return; end lines with LF alone")),
        (GOOD_FILE[:-1] + b"\r\n", (2, "", "a carriage return; end lines with LF alone")),
        (GOOD_FILE.replace("果".encode(), b"\xff"), (2, "", "not UTF-8: byte 0xff; save as UTF-8")),
        (GOOD_FILE[:-1], (2, "", "the last line does not end; end it with LF")),
        (GOOD_FILE + b"b,130624\n", (3, "", "2 cells in a table of 6 columns")),
        (GOOD_FILE + GOOD_FILE.partition(b"\n")[2], (3, "key", "'a-b' stands in line 2 already")),
        (GOOD_FILE.replace(b"2020-03-04", b"2020-03-40"), (2, "date", "not a date: '2020-03-40'")),
    ],
    ids=["mark", "CRLF", "one CR", "UTF-8", "cut", "ragged", "twice", "cell"],
)
def test_a_problem_has_its_file_line_and_column(data, problem):
    """As attributes; what concerns a line as a whole has no column."""
    with pytest.raises(DataError) as caught:
        read_table(Image, "images.csv", data)
    assert caught.value.problems == (("images.csv", *problem),)
