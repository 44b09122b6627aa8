"""Columns as text: aligned for a terminal, and as CSV, JSON and Markdown."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any, Literal

from povdata.exceptions import NotFoundError
from povdata.model import markup
from povdata.model.columns import Shown
from povdata.model.datatypes import Boolean, CellType, Integer, Quantity, Text
from povdata.model.lookup import nearest

Format = Literal["table", "csv", "json", "markdown"]

LEAST = 12
"""So many cells of a terminal a column keeps at least; a terminal too narrow for that shows fewer columns."""
GAP = "  "


def chosen(columns: Sequence[Shown], names: str, table: str) -> list[Shown]:
    """The columns of the given names, which are separated by commas, in that order; all for none."""
    return [_named(columns, name, table) for name in names.split(",")] if names else list(columns)


def arranged(columns: Sequence[Shown], sort: str, limit: int | None, table: str) -> list[Shown]:
    """The columns with their rows sorted and cut.

    Args:
        columns: the columns.
        sort: names of columns separated by commas, the first decides; with ``-`` before it, from the greatest. Empty cells come last.
        limit: so many rows at most.
        table: what the columns are of.
    """
    rows = list(range(len(columns[0].values)))
    for name in reversed(sort.split(",") if sort else []):
        column = _named(columns, name.removeprefix("-"), table)
        empty = [row for row in rows if column.values[row] is None]
        filled = [row for row in rows if column.values[row] is not None]
        filled.sort(key=lambda row: column.type.order(column.values[row]), reverse=name.startswith("-"))
        rows = filled + empty
    return [column._replace(values=[column.values[row] for row in rows[:limit]]) for column in columns]


def _named(columns: Sequence[Shown], name: str, table: str) -> Shown:
    known = {column.name: column for column in columns}
    if name not in known:
        raise NotFoundError(f"column of {table}", name, nearest(name, known))
    return known[name]


def plain(header: Sequence[str], rows: Iterable[Sequence[str | None]]) -> list[Shown]:
    """Columns of texts."""
    cells = list(zip(*rows, strict=True)) or [()] * len(header)
    return [Shown(name, Text(), False, "", list(values)) for name, values in zip(header, cells, strict=True)]


def of_frame(frame: Any) -> list[Shown]:
    """The columns of a pandas frame."""
    found: list[Shown] = []
    for name in frame:
        kind = frame[name].dtype.kind if frame[name].dtype != "string" else "O"
        celltype: CellType = {"i": Integer(), "u": Integer(), "f": Quantity(), "b": Boolean()}.get(kind, Text())
        cells = frame[name].astype(object)
        values = [None if empty else _of_frame(value, kind) for value, empty in zip(cells, cells.isna(), strict=True)]
        found.append(Shown(str(name), celltype, None not in values, "", values))
    return found


def _of_frame(value: Any, kind: str) -> Any:
    """A cell of a frame as the cell types have it."""
    match kind:
        case "i" | "u":
            return int(value)
        case "f":
            return Decimal(repr(float(value)))
        case "b":
            return bool(value)
        case "M":
            return value.date().isoformat()
        case _:
            return str(value)


def texts(column: Shown) -> list[str]:
    """The cells as texts; nothing for an empty one."""
    return ["" if value is None else column.type.format(value) for value in column.values]


def written(columns: Sequence[Shown], form: Format, width: int | None) -> str:
    """The columns in a format; as a table, the widest columns cut to a terminal of so many cells, if there is one."""
    match form:
        case "csv":
            return as_csv(columns)
        case "json":
            return as_json(columns)
        case "markdown":
            return as_markdown([column.name for column in columns], zip(*map(texts, columns), strict=True))
        case _:
            return aligned([column.name for column in columns], zip(*map(texts, columns), strict=True), width)


def as_csv(columns: Sequence[Shown]) -> str:
    """CSV as the data files have it."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(column.name for column in columns)
    writer.writerows(zip(*map(texts, columns), strict=True))
    return buffer.getvalue()


def as_json(columns: Sequence[Shown]) -> str:
    """A list with an object a line; json itself would make floats of exact numbers."""

    def cell(column: Shown, value: Any) -> str:
        exact = isinstance(value, Decimal)
        return column.type.format(value) if exact else json.dumps(value, ensure_ascii=False, default=str)

    names = [json.dumps(column.name) for column in columns]
    cells = ([cell(column, value) for value in column.values] for column in columns)
    rows = (", ".join(map(": ".join, zip(names, row, strict=True))) for row in zip(*cells, strict=True))
    return "[" + ",\n ".join(f"{{{row}}}" for row in rows) + "]\n"


def as_markdown(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of Markdown (GFM) in which every cell reads as it stands."""
    lines = [header, ["---"] * len(header), *([escaped(cell) for cell in row] for row in rows)]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


def escaped(text: str) -> str:
    """A text as Markdown shows it unchanged: a backslash before what CommonMark, GFM, Pandoc or mathematics read inside a line."""
    return re.sub(r"([\\`*_\[\]<>&|~^$])", r"\\\1", text)


def filled(columns: Sequence[Shown]) -> list[Shown]:
    """The columns that are not empty throughout, and the first."""
    return [column for column in columns if column is columns[0] or any(value is not None for value in column.values)]


def fitting(columns: Sequence[Shown], width: int | None, rank: Callable[[Shown], int]) -> list[Shown]:
    """As many columns as have room when each is cut to the least, those of the last rank left out; all where there is no width."""
    if width is None:
        return list(columns)
    least = {column.name: min(_widest(column.name, texts(column)), LEAST) for column in columns}
    least[columns[0].name] = _widest(columns[0].name, texts(columns[0]))
    kept = sorted(columns[1:], key=rank)
    while kept and least[columns[0].name] + sum(least[column.name] + len(GAP) for column in kept) > width:
        kept.pop()
    return [column for column in columns if column is columns[0] or column in kept]


def _widest(*texts: str | Iterable[str]) -> int:
    return max(markup.width(text) for part in texts for text in ([part] if isinstance(part, str) else part))


def aligned(header: Sequence[str], rows: Iterable[Sequence[str]], width: int | None = None) -> str:
    """Columns of text for a terminal, in which Chinese characters take two cells; the widest are cut to its width, but for the keys."""
    table = [header, *rows]
    natural = [max(map(markup.width, column)) for column in zip(*table, strict=True)]

    def capped(most: int) -> list[int]:
        return [own if name == "key" else min(own, most) for name, own in zip(header, natural, strict=True)]

    room = sum(natural) if width is None else width - len(GAP) * (len(header) - 1)
    widths = next((found for most in range(max(natural), 0, -1) if sum(found := capped(most)) <= room), capped(1))
    lines = ([cut(cell, most) for cell, most in zip(row, widths, strict=True)] for row in table)
    padded = (GAP.join(cell + " " * (most - markup.width(cell)) for cell, most in zip(line, widths, strict=True)) for line in lines)
    return "".join(line.rstrip() + "\n" for line in padded)


def cut(text: str, width: int) -> str:
    """At most so many cells of the text."""
    if markup.width(text) <= width:
        return text
    while markup.width(text) >= width:
        text = text[:-1]
    return text + "…"
