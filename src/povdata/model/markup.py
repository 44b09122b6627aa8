"""What notebooks show: quiet tables for light and dark pages, with everything escaped.

Styles stand on the elements themselves, since notebooks that are not trusted drop ``<style>``.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence

WIDE = 120
"""So many characters of a row fit on a page."""
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
    """A table of texts; None is shown as a dash.

    Args:
        header: the names of the columns.
        rows: the cells, row by row.
        caption: what the table is.
        titles: what a column says, shown when one points at its name.
        numbers: the columns that hold numbers, which are aligned to the right.
    """
    from html import escape  # not needed for the first record

    styles = [_CELL + ("right" if name in numbers else "left") for name in header]
    head = "".join(
        f'<th scope="col" style="{style}" title="{escape((titles or {}).get(name, ""))}">{escape(name)}</th>'
        for name, style in zip(header, styles, strict=True)
    )
    body = "".join(
        f'<tr style="{_ROW}">'
        + "".join(
            f'<td style="{style};opacity:.4">–</td>' if cell is None else f'<td style="{style}">{escape(cell)}</td>'
            for cell, style in zip(row, styles, strict=True)
        )
        + "</tr>"
        for row in rows
    )
    return (
        f'<table style="{_TABLE}"><caption style="{_CAPTION}">{escape(caption)}</caption>'
        f'<thead><tr style="{_ROW}">{head}</tr></thead><tbody>{body}</tbody></table>'
    )


def width(text: str) -> int:
    """How many Latin letters wide a text is; Chinese characters take two."""
    return sum(1 + (unicodedata.east_asian_width(character) in "WF") for character in text)


def marked(before: str, characters: str, after: str, remark: str = "") -> str:
    """A passage with some characters marked, and before it a remark."""
    from html import escape  # not needed for the first record

    return f"<p>{_remark(remark)}…{escape(before)}<mark>{escape(characters)}</mark>{escape(after)}…</p>"


def note(remark: str) -> str:
    """A remark alone."""
    return f"<p>{_remark(remark)}</p>"


def _remark(text: str) -> str:
    from html import escape  # not needed for the first record

    return f"<b>{escape(text)}</b> " if text else ""
