"""What notebooks show: quiet tables that work in light and dark, with everything escaped."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from html import escape
from types import MappingProxyType

from povdata.celltypes import Difference, Integer, Quantity
from povdata.records import Record
from povdata.schema import Schema, schema_of

SHOWN = 20
"""Rows shown of a longer table."""

_STYLE = (  # the class stands twice, so that notebooks, which align all tables to the right, do not overrule it
    "<style>table.povdata.povdata{font-variant-numeric:tabular-nums;border-collapse:collapse;width:max-content}"
    "table.povdata.povdata caption{text-align:left;opacity:.7;padding:.2em .5em}"
    "table.povdata.povdata th,table.povdata.povdata td{text-align:left;vertical-align:top;padding:.2em .5em;max-width:28em}"
    "table.povdata.povdata .number{text-align:right}"
    "table.povdata.povdata tr{border-bottom:1px solid rgba(128,128,128,.3)}table.povdata.povdata .empty{opacity:.35}</style>"
)


def table(schema: Schema, records: Sequence[Record], caption: str) -> str:
    """Records as a table, the first `SHOWN` of them; columns that are empty throughout are left out."""
    shown = records[:SHOWN]
    columns = [column for column in schema.values() if any(getattr(record, column.name) is not None for record in shown)]
    rows = (
        [None if (value := getattr(record, column.name)) is None else column.type.format(value) for column in columns] for record in shown
    )
    more = f" (the first {SHOWN})" if len(records) > SHOWN else ""
    return grid(
        [column.name for column in columns],
        rows,
        caption + more,
        {column.name: column.description for column in columns},
        {column.name for column in columns if isinstance(column.type, (Integer, Difference, Quantity))},
    )


def record(item: Record) -> str:
    """One record, a row a column; empty cells are left out."""
    columns = schema_of(type(item)).values()
    filled = ((column, getattr(item, column.name)) for column in columns)
    rows = [(column.name, column.type.format(value)) for column, value in filled if value is not None]
    return grid(["column", type(item).__name__], rows, item.key)


def grid(
    header: Sequence[str],
    rows: Iterable[Sequence[str | None]],
    caption: str,
    titles: Mapping[str, str] = MappingProxyType({}),
    numbers: Collection[str] = (),
) -> str:
    """A table of texts; None is shown as a dash.

    Args:
        header: the names of the columns.
        rows: the cells, row by row.
        caption: what the table is.
        titles: what a column says, shown when one points at its name.
        numbers: the columns that hold numbers, which are aligned to the right.
    """
    classes = [' class="number"' if name in numbers else "" for name in header]
    head = "".join(
        f'<th{number} title="{escape(titles.get(name, ""))}">{escape(name)}</th>' for name, number in zip(header, classes, strict=True)
    )
    body = "".join(
        "<tr>"
        + "".join(
            '<td class="empty">–</td>' if cell is None else f"<td{number}>{escape(cell)}</td>"
            for cell, number in zip(row, classes, strict=True)
        )
        + "</tr>"
        for row in rows
    )
    return f'{_STYLE}<table class="povdata"><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def marked(before: str, characters: str, after: str, remark: str = "") -> str:
    """A passage with some characters marked, and before it a remark."""
    return f"<p>{_remark(remark)}…{escape(before)}<mark>{escape(characters)}</mark>{escape(after)}…</p>"


def note(remark: str) -> str:
    """A remark alone."""
    return f"<p>{_remark(remark)}</p>"


def _remark(text: str) -> str:
    return f"<b>{escape(text)}</b> " if text else ""
