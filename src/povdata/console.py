"""Columns as text: aligned for a terminal, and as CSV, JSON and Markdown."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import accumulate
from typing import Any

from povdata.exceptions import NotFoundError
from povdata.model import markup
from povdata.model.columns import Shown, for_json
from povdata.model.datatypes import Boolean, CellType, Integer, Quantity, Text
from povdata.model.lookup import nearest

LEAST = 12  # cells of a terminal that a column keeps at least; if there is no room for so many, columns are left out
GAP = "  "


def selected(columns: Sequence[Shown], names: str, sort: str = "", limit: int | None = None, table: str = "") -> list[Shown]:
    """The columns named in a list with commas, all of them for an empty one, with their rows sorted and cut.

    The columns to sort by are a list too, in which ``-`` before a name puts the greatest first; empty cells come last.
    """
    known = {column.name: column for column in columns}
    wanted, order = (text.split(",") if text else [] for text in (names, sort))
    for name in (*(name.removeprefix("-") for name in order), *wanted):
        if name not in known:
            raise NotFoundError(f"column of {table}", name, nearest(name, known))
    rows = list(range(len(columns[0].values)))
    for name in reversed(order):
        column = known[name.removeprefix("-")]
        filled = [row for row in rows if column.values[row] is not None]
        filled.sort(key=lambda row: column.type.order(column.values[row]), reverse=name.startswith("-"))
        rows = filled + [row for row in rows if column.values[row] is None]
    return [known[name]._replace(values=[known[name].values[row] for row in rows[:limit]]) for name in wanted or known]


def plain(header: Sequence[str], rows: Sequence[Sequence[str | None]]) -> list[Shown]:
    """Columns of texts."""
    return [Shown(name, Text(), False, "", [row[position] for row in rows]) for position, name in enumerate(header)]


_KINDS: dict[str, tuple[CellType, Callable[[Any], Any]]] = {
    "i": (Integer(), int),
    "f": (Quantity(), lambda value: Decimal(repr(float(value)))),
    "b": (Boolean(), bool),
    "M": (Text(), lambda value: value.date().isoformat()),
}
"""The cell type for each kind of dtype, and how a cell is converted; a cell of any other kind becomes a text."""


def of_frame(frame: Any) -> list[Shown]:
    """The columns of a pandas frame."""
    found: list[Shown] = []
    for name in frame:
        celltype, convert = _KINDS.get(frame[name].dtype.kind, (Text(), str))
        cells = zip(frame[name].astype(object), frame[name].isna(), strict=True)
        found.append(Shown(name, celltype, False, "", [None if empty else convert(value) for value, empty in cells]))
    return found


def _cells(column: Shown) -> list[str]:
    """Name and cells as texts, an empty cell as an empty text."""
    return [column.name, *("" if value is None else column.type.format(value) for value in column.values)]


def written(columns: Sequence[Shown], form: str, width: int | None = None) -> str:
    """The columns in a format; in a table, the widest columns are cut to the width of the terminal, if there is one."""
    if form == "table":
        return aligned(columns, width)
    if form == "json":  # one object per line
        objects = zip(*([(column.name, for_json(value)) for value in column.values] for column in columns), strict=True)
        return "[" + ",\n ".join(json.dumps(dict(cells), ensure_ascii=False) for cells in objects) + "]\n"
    header, *rows = zip(*map(_cells, columns), strict=True)
    if form == "csv":
        buffer = io.StringIO(newline="")
        csv.writer(buffer, lineterminator="\n").writerows([header, *rows])
        return buffer.getvalue()
    # a backslash stands before what CommonMark, GFM, Pandoc or mathematics read inside a line
    lines = [header, ["---"] * len(header), *([re.sub(r"([\\`*_\[\]<>&|~^$])", r"\\\1", cell) for cell in row] for row in rows)]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


def filled(columns: Sequence[Shown]) -> list[Shown]:
    """The first column, and those with a value in any row."""
    return [column for column in columns if column is columns[0] or any(value is not None for value in column.values)]


def fitting(columns: Sequence[Shown], width: int | None, rank: Callable[[Shown], int]) -> list[Shown]:
    """The columns that a terminal has room for: the first, then those of the lowest rank; all of them without a terminal."""
    ranked = sorted(columns, key=lambda column: (column is not columns[0], rank(column)))
    ends = accumulate(min(natural, LEAST) if cut else natural for natural, cut in map(_width, ranked))
    fit = sum(width is None or end + len(GAP) * before <= width for before, end in enumerate(ends))
    return [column for column in columns if column in ranked[: max(fit, 1)]]


def aligned(columns: Sequence[Shown], width: int | None = None) -> str:
    """Columns for a terminal, in which a Chinese character takes two cells; the widest are cut to its width."""
    natural = list(map(_width, columns))
    room = sum(own for own, _ in natural) if width is None else width - len(GAP) * (len(columns) - 1)
    most = max(natural)[0]
    while sum(widths := [min(own, most) if cut else own for own, cut in natural]) > room and most > 1:
        most -= 1
    padded = ([_padded(cell, own) for cell in _cells(column)] for column, own in zip(columns, widths, strict=True))
    return "".join(GAP.join(row).rstrip() + "\n" for row in zip(*padded, strict=True))


def _width(column: Shown) -> tuple[int, bool]:
    """How many cells of a terminal a column takes, and whether it may be cut, as all but keys may."""
    return max(map(markup.width, _cells(column))), column.name != "key"


def _padded(text: str, width: int) -> str:
    while markup.width(text) > width:
        text = text.removesuffix("…")[:-1] + "…"
    return text + " " * (width - markup.width(text))
