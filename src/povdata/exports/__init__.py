"""The tables in other formats, one file a format: Data Package, SQLite, Parquet, Excel and HTML."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from povdata.exceptions import InvalidArgumentError
from povdata.exports import datapackage, installed, pages, parquet, sqlite, workbook
from povdata.exports.sheets import Order, Publication, order_of
from povdata.exports.writing import Writer, place
from povdata.literals import Format
from povdata.model.columns import Bounds, Labels

WRITERS: Mapping[Format, Writer] = {
    "datapackage": Writer("-datapackage", datapackage.write),
    "sqlite": Writer(".sqlite", sqlite.write, sqlite.title),
    "parquet": Writer("-parquet", parquet.write),
    "xlsx": Writer(".xlsx", workbook.write, workbook.title),
    "html": Writer("-html", pages.write),
}
"""Each format with what writes it."""


def export(
    directory: str | os.PathLike[str],
    format: Format,  # noqa: A002  # what it is called everywhere
    *,
    tables: Iterable[str] | None = None,
    labels: Labels | None = None,
    bounds: Bounds = False,
    caveats: bool = False,
    force: bool = False,
    publication: Publication | None = None,
) -> Path:
    """Write tables in another format into a directory, which is made if it is missing.

    Args:
        directory: where to write; nothing is written outside it.
        format: ``"datapackage"`` makes a folder ``povdata-datapackage`` of CSV files, described for Frictionless, CSV on the Web,
            Croissant and Web Annotation; ``"sqlite"`` a database ``povdata.sqlite``; ``"parquet"`` a folder ``povdata-parquet`` (needs
            ``povdata[arrow]``); ``"xlsx"`` a workbook ``povdata.xlsx`` (needs ``povdata[excel]``); ``"html"`` a folder ``povdata-html``
            whose ``index.html`` opens in any browser, without a network (needs ``povdata[html]``).
        tables: the names of the tables to write; all by default. References to tables that are left out stay as keys.
        labels: ``"en"`` or ``"zh"`` adds names beside keys, as in `Table.to_pandas`. A workbook always has them, in English by default;
            pages have them in both languages, or with ``labels`` in one.
        bounds: adds ``lower`` and ``upper`` to the tables with values, as in `Table.to_pandas`; ``"rounding"`` also takes what rounding
            leaves open. A workbook and pages always have them.
        caveats: adds the keys of the caveats that concern a row. A workbook and pages always have them.
        force: whether to replace an earlier export.
        publication: another dataset to write; by default the installed one.

    Returns:
        The file or folder written.

    Raises:
        InvalidArgumentError: another format or language; bounds where no table has values; the directory is not named or is a file; or
            something stands at the place already, with ``force`` something that is no export.
        NotFoundError: there is no such table; the nearest names are given.
        MissingExtraError: the package that writes the format is not installed.
        OSError: the file system refuses, with the directory; nothing half-written is left.
    """
    if format not in WRITERS:
        raise InvalidArgumentError(f"format must be one of {', '.join(WRITERS)}, not {format!r}")
    order = order_of(publication or installed.publication(), tables, labels, bounds, caveats)
    return place(directory, WRITERS[format], order, force=force)


def describe_package(files: Mapping[str, bytes]) -> str:
    """The text of ``datapackage.json`` for the given files of the installed data."""
    whole = installed.publication()
    order = Order(whole, tuple(whole.data))
    return datapackage.described("datapackage", order, order.sheets(), files).decode()
