"""From the bytes of a data file to records, and back.

Files are UTF-8 without a byte-order mark, lines end in LF, the header names the columns in order, rows are sorted by key, and an empty cell
means that nothing is said. Whatever breaks these rules is gathered and raised once, with file, line and column.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from contextlib import suppress
from itertools import pairwise
from typing import Any, TypeVar

from povdata import locators
from povdata.exceptions import DataError, Problem
from povdata.model.record import Record
from povdata.model.schema import Column, schema_of

R = TypeVar("R", bound=Record)


def read_table(record: type[R], name: str, data: bytes) -> tuple[R, ...]:
    """Read the records of one table from the bytes of its file; a DataError names all the rules that it breaks."""
    problems: list[Problem] = []
    rows, lines = _rows([*schema_of(record)], name, data, problems)
    cells = zip(*rows, strict=True) if rows else [()] * len(schema_of(record))
    found = {
        column.name: _values(column, texts, name, lines, problems) for column, texts in zip(schema_of(record).values(), cells, strict=True)
    }
    if problems := problems or [*_key_problems(found["key"], name, lines)]:
        raise DataError(sorted(problems))
    return tuple(map(record, *found.values()))


def _rows(header: list[str], name: str, data: bytes, problems: list[Problem]) -> tuple[list[tuple[str, ...]], Sequence[int]]:
    """The rows of the right width, each with its line; everything else becomes a problem."""
    if data.startswith(b"\xef\xbb\xbf"):
        problems.append(Problem(name, 1, "", "starts with a byte-order mark; save as UTF-8 without one"))
        data = data[3:]
    if b"\r" in data:
        problems.append(Problem(name, data[: data.index(b"\r")].count(b"\n") + 1, "", "a carriage return; end lines with LF alone"))
        data = data.replace(b"\r\n", b"\n")
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        problems.append(Problem(name, line, "", f"not UTF-8: byte 0x{data[error.start]:02x}; save as UTF-8"))
        return [], []
    if not text.endswith("\n"):
        problems.append(Problem(name, text.count("\n") + 1, "", "the last line does not end; end it with LF"))
    reader = csv.reader(io.TextIOWrapper(io.BytesIO(data), "utf-8", newline=""), strict=True)  # a megabyte less than of the text
    rows: list[tuple[str, ...]] = []
    lines: list[int] = []
    try:
        found = next(reader, [])
        if found != header:
            missing = [column for column in header if column not in found]
            unknown = [column for column in found if column not in header]
            says = [f"missing {', '.join(missing)}"] * bool(missing) + [f"unknown {', '.join(unknown)}"] * bool(unknown)
            problems.append(Problem(name, 1, "", f"the header must be {','.join(header)} ({'; '.join(says) or 'order differs'})"))
            return [], []
        for row in reader:
            if len(row) != len(header):
                problems.append(Problem(name, reader.line_num, "", f"{len(row)} cells in a table of {len(header)} columns"))
            else:
                rows.append(tuple(row))  # tuples of text cost the garbage collector nothing, lists do
                lines.append(reader.line_num)
    except csv.Error as error:
        problems.append(Problem(name, reader.line_num, "", f"not CSV: {error}"))
    return rows, lines


def _values(column: Column, cells: Sequence[str], name: str, lines: Sequence[int], problems: list[Problem]) -> list[Any]:
    """The values of a column; equal cells are read once and share their value."""
    parse = column.type.parse
    values: dict[str, Any] = dict.fromkeys(cells)
    wrong: dict[str, str] = {}
    for text in values:
        if text:
            try:
                values[text] = parse(text)
            except ValueError as error:
                wrong[text] = str(error)
        elif column.required:
            wrong[text] = "empty, but every row must fill it"
    if wrong:
        problems += (Problem(name, line, column.name, wrong[cell]) for line, cell in zip(lines, cells, strict=True) if cell in wrong)
    return [*map(values.__getitem__, cells)]


def _key_problems(keys: Sequence[str], name: str, lines: Sequence[int]) -> Iterable[Problem]:
    if all(before < after for before, after in pairwise(map(sort_key, keys))):
        return
    seen: dict[str, int] = {}
    for key, line in zip(keys, lines, strict=True):
        if (first := seen.setdefault(key, line)) != line:
            yield Problem(name, line, "key", f"{key!r} stands in line {first} already")
    for (key, later), line in zip(pairwise(keys), lines[1:], strict=True):
        if sort_key(key) > sort_key(later):
            yield Problem(name, line, "key", f"{later!r} must come before {key!r}; sort the rows by key")


def sort_key(key: str) -> tuple[str, tuple[int, ...], str]:
    """The order of keys: as text, but a locator at the end by its numbers."""
    head, _, tail = key.rpartition("/")
    if ":" in tail:  # raising and catching an error for each key that is no locator would take longer than all the rest
        with suppress(ValueError):
            return head, locators.numbers(tail), ""
    return head, (), tail


def format_table(record: type[R], records: Iterable[R]) -> str:
    """Write records as the text of their file; reading it gives the same records."""
    columns = schema_of(record).values()
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(column.name for column in columns)
    for row in sorted(records, key=lambda item: sort_key(item.key)):
        writer.writerow(format_cell(column, getattr(row, column.name)) for column in columns)
    return buffer.getvalue()


def format_cell(column: Column, value: object) -> str:
    """Write one cell as it stands in the file; nothing for None."""
    return "" if value is None else column.type.format(value)
