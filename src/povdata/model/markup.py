"""What notebooks show: quiet tables for light and dark pages, with everything escaped.

Styles stand on the elements themselves, since notebooks that are not trusted drop ``<style>``.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence

from povdata.model.extras import Extra

html: Extra = Extra("html")  # not needed for the first record

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
