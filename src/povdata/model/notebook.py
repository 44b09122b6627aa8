"""How a table shows itself in a notebook: names instead of keys, names and numbers first, and no wider than a page."""

from __future__ import annotations

from typing import Any

from povdata.model import markup
from povdata.model.columns import Shown, columns, is_number, shown_first
from povdata.model.record import Rows

SHOWN = 20
"""Rows shown of a longer table."""
CUT = 60
"""Characters shown of a longer cell."""


def table(shown: Rows, rows: int, caption: str) -> str:
    """The first rows of a table, which has so many, as HTML."""
    found = columns(shown, "en")
    named = {column.name.removesuffix("_name") for column in found if column.name.endswith("_name")}
    ranked = sorted((column for column in found if column.name not in named), key=shown_first)
    cells = {column.name: [_cut(column, value) for value in column.values] for column in ranked}
    chosen: list[Shown] = []
    width = 0
    for column in ranked:
        width += max(len(text) for text in (column.name, *filter(None, cells[column.name])))
        if width <= markup.WIDE or len(chosen) < 2:
            chosen.append(column)
    more = f", the first {len(shown)}" * (rows > len(shown)) + f"; {len(chosen)} of {len(shown.schema)} columns"
    return markup.grid(
        [column.name for column in chosen],
        zip(*(cells[column.name] for column in chosen), strict=True),
        caption + more,
        {column.name: column.description for column in chosen},
        {column.name for column in chosen if is_number(column.type)},
    )


def _cut(column: Shown, value: Any) -> str | None:
    text = None if value is None else column.type.format(value)
    return text if text is None or len(text) <= CUT else f"{text[: CUT - 1]}…"
