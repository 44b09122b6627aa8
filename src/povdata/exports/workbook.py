"""The tables as an Excel workbook that can be read without a look-up: names, units, bounds, caveats and evidence stand beside the keys."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import attrs

from povdata.exceptions import MissingExtraError
from povdata.exports.sheets import Order, Sheet, added
from povdata.model.columns import Shown
from povdata.model.datatypes import Enumeration, Text
from povdata.model.reading import format_cell
from povdata.model.schema import ORIGINS, Column

WIDEST = 60
"""Characters that a column shows; longer texts are wrapped."""


def write(order: Order, path: Path) -> None:
    """Write a sheet per table behind a sheet that explains them."""
    try:
        from openpyxl import Workbook  # type: ignore[import-untyped]
    except ImportError:
        raise MissingExtraError("openpyxl", "excel") from None
    about = order.dataset.about
    order = attrs.evolve(order, labels=order.labels or order.dataset.languages[0], bounds=order.bounds or True, caveats=True)
    sheets = [_with_evidence(order, sheet) for sheet in order.sheets()]
    book = Workbook(write_only=True)
    book.properties.title, book.properties.creator = about["title"], f"{order.dataset.name} {about['version']}"
    _fill(book.create_sheet("readme"), _readme(about, sheets), [18, 24, 24, 12, 100])
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        page.freeze_panes = "B2"
        rows = [[_value(column, value) for column, value in zip(sheet.columns, row, strict=True)] for row in sheet.rows]
        header = [column.name for column in sheet.columns]
        _fill(page, [header, *rows], [_width(cells) for cells in zip(header, *rows, strict=True)], headed=True)
    whole = BytesIO()  # where openpyxl cannot write to the end, as on a full disk, it complains on standard error
    book.save(whole)
    path.write_bytes(_timeless(whole))


EVIDENCE = Shown(
    "evidence", Text(), False, "What the cells were read from: column, characters where they are kept, and line:start-end.", []
)


def _with_evidence(order: Order, sheet: Sheet) -> Sheet:
    """A sheet with the evidence of each row; without the column where no row has any."""
    found = ["; ".join(_cited(item) for item in order.dataset.evidence(record)) or None for record in sheet.table]
    if not any(found):
        return sheet
    return sheet._replace(
        columns=(*sheet.columns, added(EVIDENCE)), rows=[(*row, text) for row, text in zip(sheet.rows, found, strict=True)]
    )


def _cited(item: Any) -> str:
    return f"{item.column} {item.characters or '(phrase)'} {item.locator}"


def _value(column: Column, value: Any) -> Any:
    return value if isinstance(value, int | Decimal | date) or value is None else format_cell(column, value)


def _width(cells: Sequence[Any]) -> int:
    """The width of the widest cell, with room for the filter's arrow."""
    return min(WIDEST, 4 + max(map(_letters, cells)))


def _letters(cell: Any) -> int:
    """How many letters a cell is wide; a Chinese character counts twice."""
    return 0 if cell is None else sum(1 + (ord(letter) > 0x2E7F) for letter in str(cell))


def _fill(sheet: Any, rows: list[list[Any]], widths: list[int], *, headed: bool = False) -> None:
    from openpyxl.styles import Alignment, Font  # type: ignore[import-untyped]
    from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]

    bold, top = Font(bold=True), Alignment(vertical="top")
    wrapped = Alignment(vertical="top", wrap_text=True)
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    for number, row in enumerate(rows):
        cells = [_cell(sheet, value) for value in row]
        lines = 1 + max((_letters(value) // (WIDEST - 8) for value, width in zip(row, widths, strict=False) if width >= WIDEST), default=0)
        sheet.row_dimensions[number + 1].height = 15 * min(lines, 20)  # LibreOffice makes no room for wrapped texts by itself
        for cell, width in zip(cells, widths, strict=False):
            cell.alignment = wrapped if width >= WIDEST else top
            if headed and not number:
                cell.font = bold
        sheet.append(cells)
    if headed:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(widths))}{len(rows)}"


def _cell(sheet: Any, value: Any) -> Any:
    """A cell whose text is text: no formula, no error value, and marked so that it stays text when it is edited."""
    from openpyxl.cell import WriteOnlyCell  # type: ignore[import-untyped]

    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"
        cell.number_format = "@"
        cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
    return cell


def _readme(about: dict[str, str], sheets: Iterable[Sheet]) -> list[list[Any]]:
    """What the workbook is, its tables, its columns, and what the values of its vocabularies mean."""
    columns = [(sheet.name, column) for sheet in sheets for column in sheet.columns]
    return [
        *([name, text] for name, text in about.items()),
        [],
        ["table", "rows", "a row is"],
        *([sheet.name, len(sheet.rows), sheet.description] for sheet in sheets),
        [],
        ["table", "column", "origin", None, "what it says"],
        *([name, column.name, column.origin, None, column.description] for name, column in columns),
        [],
        ["origin", None, None, None, "what it means"],
        *([origin, None, None, None, meaning] for origin, meaning in ORIGINS.items()),
        [],
        ["table", "column", "value", None, "what it means"],
        *(
            [name, column.name, value, None, meaning]
            for name, column in columns
            if isinstance(column.type, Enumeration)
            for value, meaning in column.type.values.items()
        ),
    ]


def _timeless(book: BytesIO) -> bytes:
    """A workbook without the times at which it and its parts were written, so that the same data give the same bytes."""
    clean = BytesIO()
    with ZipFile(book) as old, ZipFile(clean, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>", b"", data)
            info = ZipInfo(name)
            info.compress_type = ZIP_DEFLATED
            new.writestr(info, data)
    return clean.getvalue()


def title(path: Path) -> object:
    """What a workbook says of itself; None where it is damaged."""
    from openpyxl import load_workbook

    with ZipFile(path) as archive:
        damaged = archive.testzip()
    with closing(load_workbook(path, read_only=True)) as book:
        _, found, *_ = next(book["readme"].iter_rows(values_only=True))
    return found if damaged is None else None
