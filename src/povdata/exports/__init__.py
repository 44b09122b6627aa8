"""The tables in other formats, one file a format: Data Package, SQLite, Parquet, Excel and HTML."""

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType

from povdata.exceptions import InvalidArgumentError
from povdata.exports import datapackage, installed, pages, parquet, sqlite, workbook
from povdata.exports.sheets import Order, Publication
from povdata.literals import Format
from povdata.model.columns import Bounds, Labels, check_labels

WRITERS: Mapping[Format, ModuleType] = {"datapackage": datapackage, "sqlite": sqlite, "parquet": parquet, "xlsx": workbook, "html": pages}
"""The module that writes a format: with the ENDING of its name, ``write`` and, if it is a file, ``title``, which one of it states."""


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
    """Write tables in another format, and say which file or folder was written; nothing is written outside the directory.

    Args:
        directory: where to write; it is made if it is missing.
        format: ``"datapackage"`` makes a folder ``povdata-datapackage`` of CSV files, described for Frictionless, CSV on the Web,
            Croissant and Web Annotation; ``"sqlite"`` a database ``povdata.sqlite``; ``"parquet"`` a folder ``povdata-parquet`` (needs
            ``povdata[arrow]``); ``"xlsx"`` a workbook ``povdata.xlsx`` (needs ``povdata[excel]``); ``"html"`` a folder ``povdata-html``
            whose ``index.html`` opens in any browser, without a network (needs ``povdata[html]``).
        tables: the names of the tables to write; all by default. References to tables that are left out stay as keys.
        labels: as in `Table.to_pandas`; a workbook always has names, in English by default, and pages in both languages or in one.
        bounds: as in `Table.to_pandas`, for the tables with values; a workbook and pages always have bounds and caveats.
        caveats: adds the keys of the caveats that concern a row.
        force: whether to replace an earlier export.
        publication: another dataset to write; by default the installed one.

    Raises:
        InvalidArgumentError: another format or option; bounds where no table has values; the directory is not named or is a file; or
            something stands at the place already, with ``force`` something that is no export.
        NotFoundError: there is no such table; the nearest names are given.
        MissingExtraError: the package that writes the format is not installed.
        OSError: the file system refuses, with the directory; nothing half-written is left.
    """
    if format not in WRITERS:
        raise InvalidArgumentError(f"format must be one of {', '.join(WRITERS)}, not {format!r}")
    publication = publication or installed.publication()
    data = publication.data
    if isinstance(tables, str):
        raise InvalidArgumentError(f"tables takes several names, so write [{tables!r}]")
    chosen = {one: data.table(one) for one in (data if tables is None else tables)}
    if not chosen:
        raise InvalidArgumentError("tables names no table; leave it out for all")
    check_labels(labels, data)
    if bounds not in (False, True, "rounding") or not isinstance(caveats, bool):
        raise InvalidArgumentError(f"bounds must be True, False or 'rounding', and caveats True or False, not {bounds!r} and {caveats!r}")
    if bounds and not any(hasattr(table.record, "bounds") for table in chosen.values()):
        able = ", ".join(one for one, table in data.items() if hasattr(table.record, "bounds")) or "there is none"
        raise InvalidArgumentError(f"bounds needs a table with values and bounds ({able}), not {', '.join(chosen)}")
    if not isinstance(directory, str | os.PathLike) or not os.fspath(directory) or "\0" in str(os.fspath(directory)):
        raise InvalidArgumentError(f"directory must name a folder, '.' for the current one, not {directory!r}")
    order = Order(publication, tuple(chosen), labels, bounds, caveats)
    return _place(Path(directory), WRITERS[format], order, force=force)


def _place(folder: Path, writer: ModuleType, order: Order, *, force: bool) -> Path:
    """Write beside the place where an export is to stand, and move it there when it is whole; what fails leaves nothing half-written."""
    name = order.publication.about["name"]
    target = folder / f"{name}{writer.ENDING}"
    if os.path.lexists(target) and not force:
        raise InvalidArgumentError(f"{target} exists; replace it with force=True (on the command line --force), or name another directory")
    home = next(path for path in (folder, *folder.parents) if path.exists())
    if not home.is_dir():
        raise InvalidArgumentError(f"{folder} is not a directory; name one to write into")
    try:
        with TemporaryDirectory(prefix=f".{name}-", dir=home) as workspace:
            draft, earlier = Path(workspace) / target.name, Path(workspace) / "earlier"
            writer.write(order, draft)
            if os.path.lexists(target):
                _refuse_other(draft, target, writer, order.publication.about)
            folder.mkdir(parents=True, exist_ok=True)
            if target.is_dir():
                target.replace(earlier)
            try:
                draft.replace(target)
            finally:
                if earlier.exists() and not target.exists():
                    earlier.replace(target)
    except OSError as error:  # which names something in the workspace, or nothing
        raise OSError(error.errno, error.strerror or str(error), str(folder)) from error
    return target


def _refuse_other(draft: Path, target: Path, writer: ModuleType, about: Mapping[str, str]) -> None:
    """Only an earlier export makes room: a whole file that says it is one, and for a folder one that holds nothing else."""
    earlier = draft.is_dir() and target.is_dir()
    if draft.is_file() and target.is_file():
        with suppress(Exception):  # sqlite3, zipfile, zlib and openpyxl each have their own for what is no such file
            earlier = writer.title(target) == about["title"]
    if not earlier:
        raise InvalidArgumentError(f"{target} is not an export of {about['name']}; move it away, or name another directory")
    ours, found = ({path.relative_to(place).as_posix() for path in place.rglob("*")} for place in (draft, target))
    if others := sorted(found - ours):
        raise InvalidArgumentError(f"{target} holds other files too, such as {others[0]}; move them away, or name another directory")
