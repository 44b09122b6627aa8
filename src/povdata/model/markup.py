"""What notebooks show: quiet tables for light and dark pages, with everything escaped; names instead of keys, names and values first.

Styles stand on the elements themselves, since notebooks that are not trusted drop ``<style>``.
"""

import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from povdata.model.columns import Shown, columns, first_language, has_label, is_number, label, label_column
from povdata.model.datatypes import Boolean, Day, Edtf, Enumeration, Integer, Qualifier, Quantity, Reference
from povdata.model.extras import Extra
from povdata.model.record import Record, Rows
from povdata.model.registry import dataset_of
from povdata.model.schema import schema_of

html: Extra = Extra("html")  # not needed for the first record

WIDE = 120  # so many characters of a row fit on a page
SHOWN = 20  # rows shown of a longer table
_CUT = 48  # characters shown of a longer cell
_TABLE = "border-collapse:collapse;width:auto;max-width:100%;font-variant-numeric:tabular-nums;margin:.3em 0"
_CAPTION = "text-align:left;opacity:.75;padding:.2em .5em;caption-side:top"
_ROW = "border-bottom:1px solid rgba(128,128,128,.35);background:transparent"
_CELL = "vertical-align:top;padding:.2em .5em;max-width:28em;white-space:normal;overflow-wrap:break-word;text-align:"


def grid(
    header: Sequence[str],
    rows: Iterable[Sequence[str | None]],
    caption: str,
    titles: Mapping[str, str] | None = None,
    numbers: Collection[str] = (),
) -> str:
    """A table of texts; None is shown as a dash, a title where one points at a column's name, numbers to the right."""
    styles = [_CELL + ("right" if name in numbers else "left") for name in header]
    heads = (
        f'<th scope="col" style="{style}" title="{html.escape((titles or {}).get(name, ""))}">{html.escape(name)}</th>'
        for name, style in zip(header, styles, strict=True)
    )
    body = []
    for row in rows:
        shown = (f'">{html.escape(cell)}' if cell is not None else ';opacity:.4">–' for cell in row)
        cells = (f'<td style="{style}{cell}</td>' for cell, style in zip(shown, styles, strict=True))
        body.append(f'<tr style="{_ROW}">{"".join(cells)}</tr>')
    return (
        f'<table style="{_TABLE}"><caption style="{_CAPTION}">{html.escape(caption)}</caption>'
        f'<thead><tr style="{_ROW}">{"".join(heads)}</tr></thead><tbody>{"".join(body)}</tbody></table>'
    )


def width(text: str) -> int:
    """How many Latin letters wide a text is; Chinese characters take two."""
    return sum(1 + (unicodedata.east_asian_width(character) in "WF") for character in text)


def passage(found: tuple[str, str, str] | None, remark: str = "") -> str:
    """A remark, and after it a passage, if there is one: what stands before, the characters that are marked, what stands after."""
    shown = "…{}<mark>{}</mark>{}…".format(*map(html.escape, found)) if found else ""
    return f"<p><b>{html.escape(remark)}</b> {shown}</p>" if remark else f"<p>{shown}</p>"


def table(shown: Rows, rows: int, caption: str) -> str:
    """The first rows of a table, which has so many, as HTML."""
    found = columns(shown, first_language(shown.record))
    named = {column.name.removesuffix("_name") for column in found if column.name.endswith("_name")}
    chosen: dict[str, list[str | None]] = {}
    taken = 0
    for column in sorted((column for column in found if column.name not in named), key=partial(rank, shown, first_language(shown.record))):
        texts = (None if value is None else column.type.format(value) for value in column.values)
        cells = [text and (text if len(text) <= _CUT else f"{text[: _CUT - 1]}…") for text in texts]
        needed = max(width(text) for text in (column.name, *filter(None, cells))) + 2
        if taken + needed <= WIDE or len(chosen) < 2:
            chosen[column.name] = cells
            taken += needed
    more = f", the first {len(shown)}" * (rows > len(shown)) + f"; {len(chosen)} of {len(shown.schema)} columns"
    titles = {column.name: column.description for column in found}
    numbers = {column.name for column in found if is_number(column.type)}
    return grid(list(chosen), zip(*chosen.values(), strict=True), caption + more, titles, numbers)


def record(item: Record) -> str:
    """A record as HTML, one row per column, with the names of the records that it refers to."""
    dataset, language = dataset_of(type(item)), first_language(type(item))
    rows: list[tuple[str, str | None]] = []
    for name, column in schema_of(type(item)).items():
        text = None if (value := getattr(item, name)) is None else column.type.format(value)
        if text is not None and isinstance(column.type, Reference) and has_label(dataset, column.type.table):
            text = f"{label(dataset[column.type.table][text], language)} ({text})"
        rows.append((name, text))
    return grid(["column", type(item).__name__], rows, item.key)


def rank(shown: Rows, language: str, column: Shown) -> int:
    """What comes first where there is not room for all: names, values and dates, then labels, kinds, keys and texts."""
    own = shown.schema.get(column.name)
    kind: Any = shown.record
    is_name = own is not None and own.is_name
    if (is_name and column.name == label_column(kind, language)) or isinstance(column.type, (Quantity, Qualifier, Edtf)):
        return 0
    labels = column.name.removesuffix("_name") in shown.schema or column.name == "unit"  # and not what goes with another label
    if None not in column.values and ((own is None and labels) or isinstance(column.type, Integer)):
        return 1
    if isinstance(column.type, (Day, Enumeration, Boolean)):
        return 2
    if column.name == "key" or is_name:
        return 3
    return 5 if isinstance(column.type, Reference) else 4
