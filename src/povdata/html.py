"""What notebooks show: quiet tables that work in light and dark, with everything escaped."""

from collections.abc import Iterable, Sequence
from html import escape

from povdata.records import Record
from povdata.schema import Schema, schema_of

SHOWN = 20
"""Rows shown of a longer table."""

_STYLE = (
    "<style>.povdata{font-variant-numeric:tabular-nums;border-collapse:collapse;width:max-content}"
    ".povdata caption{text-align:left;opacity:.7;padding:.2em .5em}"
    ".povdata th,.povdata td{text-align:left;vertical-align:top;padding:.2em .5em;max-width:28em}"
    ".povdata tr{border-bottom:1px solid rgba(128,128,128,.3)}.povdata .empty{opacity:.35}</style>"
)


def table(schema: Schema, records: Sequence[Record], caption: str) -> str:
    """Records as a table, the first `SHOWN` of them; columns that are empty throughout are left out."""
    shown = records[:SHOWN]
    columns = [column for column in schema.values() if any(getattr(record, column.name) is not None for record in shown)]
    rows = (
        [None if (value := getattr(record, column.name)) is None else column.type.format(value) for column in columns] for record in shown
    )
    more = f" (the first {SHOWN})" if len(records) > SHOWN else ""
    return grid([column.name for column in columns], rows, caption + more, {column.name: column.description for column in columns})


def record(item: Record) -> str:
    """One record, a row a column; empty cells are left out."""
    columns = schema_of(type(item)).values()
    filled = ((column, getattr(item, column.name)) for column in columns)
    rows = [(column.name, column.type.format(value)) for column, value in filled if value is not None]
    return grid(["column", type(item).__name__], rows, item.key)


def grid(header: Sequence[str], rows: Iterable[Sequence[str | None]], caption: str, titles: dict[str, str] | None = None) -> str:
    """A table of texts; None is shown as a dash."""
    titles = titles or {}
    head = "".join(f'<th title="{escape(titles.get(name, ""))}">{escape(name)}</th>' for name in header)
    body = "".join(
        "<tr>" + "".join('<td class="empty">–</td>' if cell is None else f"<td>{escape(cell)}</td>" for cell in row) + "</tr>"
        for row in rows
    )
    return f'{_STYLE}<table class="povdata"><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def marked(before: str, characters: str, after: str) -> str:
    """A passage with some characters marked."""
    return f"<p>…{escape(before)}<mark>{escape(characters)}</mark>{escape(after)}…</p>"
