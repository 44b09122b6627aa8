"""The tables as an Excel workbook that can be read without a look-up: names, units, bounds, caveats and evidence stand beside the keys."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from povdata.exports.sheets import Order, Sheet
from povdata.model.columns import Shown
from povdata.model.datatypes import Enumeration, Text
from povdata.model.extras import Extra
from povdata.model.markup import width
from povdata.model.schema import ORIGINS

openpyxl: Extra = Extra("openpyxl", "excel")

ENDING = ".xlsx"
CELLS = int | Decimal | date | None  # what Excel has cells of; anything else becomes a text
WIDEST = 60  # characters that a column shows; longer texts are wrapped
EVIDENCE = "What the cells were read from: column, characters where they are kept, and line:start-end."


def write(order: Order, path: Path) -> None:
    """Write a sheet per table behind a sheet that explains them."""
    about = order.publication.about
    book = openpyxl.Workbook(write_only=True)
    book.properties.title, book.properties.creator = about["title"], f"{about['name']} {about['version']}"
    labels = order.labels or next(iter(order.publication.data.naming.languages))
    sheets = [_with_evidence(order, sheet) for sheet in order.sheets(labels=labels, bounds=order.bounds or True, caveats=True)]
    fill(book.create_sheet("readme"), _readme(about, sheets), [18, 24, 24, 12, 100])
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        page.freeze_panes = "B2"
        columns = [
            [column.name, *(value if isinstance(value, CELLS) else column.type.format(value) for value in column.values)]
            for column in sheet.columns
        ]
        page.auto_filter.ref = f"A1:{openpyxl.utils.get_column_letter(len(columns))}{len(columns[0])}"
        widths = [min(WIDEST, 4 + max(width(str(value)) for value in column)) for column in columns]
        fill(page, zip(*columns, strict=True), widths, headed=True)
    whole = BytesIO()  # where openpyxl cannot write to the end, as on a full disk, it complains on standard error
    book.save(whole)
    path.write_bytes(_timeless(whole))


def _with_evidence(order: Order, sheet: Sheet) -> Sheet:
    """A sheet with the evidence of each row, if any row has some."""
    cited = ([(", ".join(columns), item) for columns, item in order.publication.evidence(record)] for record in sheet.table)
    found = ["; ".join(f"{names} {item.characters or '(phrase)'} {item.locator}" for names, item in items) or None for items in cited]
    return sheet._replace(columns=[*sheet.columns, *[Shown("evidence", Text(), False, EVIDENCE, found)] * any(found)])


def fill(sheet: Any, rows: Iterable[Iterable[Any]], widths: list[int], *, headed: bool = False) -> None:
    """Write rows, in which text is text: no formula, no error value, and marked so that it stays text when it is edited."""
    for number, wide in enumerate(widths, start=1):
        sheet.column_dimensions[openpyxl.utils.get_column_letter(number)].width = wide
    top, wrapped = (openpyxl.styles.Alignment(vertical="top", wrap_text=wrap) for wrap in (None, True))
    for number, row in enumerate(rows, start=1):
        filled = [openpyxl.cell.WriteOnlyCell(sheet, value) for value in row]
        for cell in filled:
            if isinstance(cell.value, str):
                cell.data_type, cell.number_format = "s", "@"
                cell.quotePrefix = cell.value.startswith(("=", "+", "-", "@"))
            if headed and number == 1:
                cell.font = openpyxl.styles.Font(bold=True)
        if max(widths) >= WIDEST:  # texts of the widest columns are wrapped, for which LibreOffice makes no room by itself
            for cell, wide in zip(filled, widths, strict=False):
                cell.alignment = wrapped if wide >= WIDEST else top
            long = (width(str(cell.value)) for cell, wide in zip(filled, widths, strict=False) if wide >= WIDEST)
            sheet.row_dimensions[number].height = 15 * min(20, 1 + max(long, default=0) // (WIDEST - 8))
        sheet.append(filled)


def _readme(about: Mapping[str, str], sheets: list[Sheet]) -> Iterator[list[Any]]:
    """What the workbook is, its tables, its columns, and what the values of its vocabularies mean."""
    columns = [(sheet, column) for sheet in sheets for column in sheet.columns]
    yield from ([name, text] for name, text in about.items())
    yield from ([], ["table", "rows", "a row is"])
    yield from ([sheet.name, len(sheet.table), sheet.description] for sheet in sheets)
    yield from ([], ["table", "column", "origin", None, "what it says"])
    yield from ([sheet.name, column.name, sheet.origin(column), None, column.description] for sheet, column in columns)
    yield from ([], ["origin", None, None, None, "what it means"])
    yield from ([name, None, None, None, meaning] for name, meaning in ORIGINS.items())
    yield from ([], ["table", "column", "value", None, "what it means"])
    for sheet, column in columns:
        if isinstance(column.type, Enumeration):
            yield from ([sheet.name, column.name, value, None, meaning] for value, meaning in column.type.values.items())


def _timeless(book: BytesIO) -> bytes:
    """A workbook without the times at which it and its parts were written, so that the same data give the same bytes."""
    clean = BytesIO()
    with ZipFile(book) as old, ZipFile(clean, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = re.sub(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>", b"", part)
            new.writestr(ZipInfo(name), part, ZIP_DEFLATED)
    return clean.getvalue()


def title(path: Path) -> object:
    """What a workbook says of itself; None where it is damaged."""
    with ZipFile(path) as archive, closing(openpyxl.load_workbook(path, read_only=True)) as book:
        return None if archive.testzip() else book.properties.title
