"""How tables and records show themselves in a notebook: names instead of keys, names and values first, no wider than a page."""

from __future__ import annotations

from functools import partial
from typing import Any

from povdata.model import markup
from povdata.model.columns import Shown, columns, first_language, has_label, is_number, label
from povdata.model.datatypes import Boolean, Day, Edtf, Enumeration, Integer, Qualifier, Quantity, Reference
from povdata.model.record import Record, Rows
from povdata.model.registry import dataset_of
from povdata.model.schema import schema_of

SHOWN = 20
"""Rows shown of a longer table."""
CUT = 48
"""Characters shown of a longer cell."""


def table(shown: Rows, rows: int, caption: str) -> str:
    """The first rows of a table, which has so many, as HTML."""
    found = columns(shown, first_language(shown.record))
    named = {column.name.removesuffix("_name") for column in found if column.name.endswith("_name")}
    chosen: dict[str, list[str | None]] = {}
    width = 0
    for column in sorted((column for column in found if column.name not in named), key=partial(rank, shown, first_language(shown.record))):
        cells = [_cut(column, value) for value in column.values]
        needed = max(markup.width(text) for text in (column.name, *filter(None, cells))) + 2
        if width + needed <= markup.WIDE or len(chosen) < 2:
            chosen[column.name] = cells
            width += needed
    more = f", the first {len(shown)}" * (rows > len(shown)) + f"; {len(chosen)} of {len(shown.schema)} columns"
    titles = {column.name: column.description for column in found}
    numbers = {column.name for column in found if is_number(column.type)}
    return markup.grid(list(chosen), zip(*chosen.values(), strict=True), caption + more, titles, numbers)


def record(item: Record) -> str:
    """A record as HTML, one row per column, with the names of the records that it refers to."""
    dataset, language = dataset_of(type(item)), first_language(type(item))
    rows: list[tuple[str, str | None]] = []
    for name, column in schema_of(type(item)).items():
        text = None if (value := getattr(item, name)) is None else column.type.format(value)
        if text is not None and isinstance(column.type, Reference) and has_label(dataset, column.type.table):
            text = f"{label(dataset[column.type.table][text], language)} ({text})"
        rows.append((name, text))
    return markup.grid(["column", type(item).__name__], rows, item.key)


def rank(shown: Rows, language: str, column: Shown) -> int:
    """What comes first where there is not room for all: names, values and dates, then labels, kinds, keys and texts."""
    own = shown.schema.get(column.name)
    is_name = own is not None and own.is_name
    if (is_name and column.name.endswith(f"_{language}")) or isinstance(column.type, (Quantity, Qualifier, Edtf)):
        return 0
    labels = column.name.removesuffix("_name") in shown.schema or column.name == "unit"  # and not what goes with another label
    if None not in column.values and ((own is None and labels) or isinstance(column.type, Integer)):
        return 1
    if isinstance(column.type, (Day, Enumeration, Boolean)):
        return 2
    if column.name == "key" or is_name:
        return 3
    return 5 if isinstance(column.type, Reference) else 4


def _cut(column: Shown, value: Any) -> str | None:
    text = None if value is None else column.type.format(value)
    return text if text is None or len(text) <= CUT else f"{text[: CUT - 1]}…"
