"""How an export comes to stand on the disk: written beside its place, and moved there when it is whole."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from povdata.exceptions import InvalidArgumentError, NotFoundError
from povdata.exports.sheets import Bounds, Language, Order, Publication, has_bounds
from povdata.model.lookup import nearest


class Writer(NamedTuple):
    """A format: what the name of its file or folder ends with, what writes it, and what finds the title that a file of it states."""

    ending: str
    write: Callable[[Order, Path], None]
    title: Callable[[Path], object] | None = None


def order_of(dataset: Publication, tables: Iterable[str] | None, labels: Language | None, bounds: Bounds, caveats: bool) -> Order:
    """What is to be written.

    Raises:
        NotFoundError: there is no such table; the nearest names are given.
        InvalidArgumentError: no table or a single text; a language that the dataset has not; bounds where no table has values.
    """
    if isinstance(tables, str):
        raise InvalidArgumentError(f"tables takes several names, so write [{tables!r}]")
    names = tuple(dict.fromkeys(dataset.tables if tables is None else tables))
    if not names:
        raise InvalidArgumentError("tables names no table; leave it out for all")
    for name in names:
        if name not in dataset.tables:
            raise NotFoundError("table", name, nearest(name, dataset.tables))
    if labels not in (None, *dataset.languages):
        raise InvalidArgumentError(f"labels must be {' or '.join(map(repr, dataset.languages))} or None, not {labels!r}")
    if bounds not in (False, True, "rounding") or not isinstance(caveats, bool):
        raise InvalidArgumentError(f"bounds must be True, False or 'rounding', and caveats True or False, not {bounds!r} and {caveats!r}")
    if bounds and not any(has_bounds(dataset.tables[name].record) for name in names):
        able = [name for name, table in dataset.tables.items() if has_bounds(table.record)]
        raise InvalidArgumentError(
            f"bounds needs a table with values and bounds ({', '.join(able) or 'there is none'}), not {', '.join(names)}"
        )
    return Order(dataset, names, labels, bounds, caveats)


def place(directory: str | os.PathLike[str], name: str, writer: Writer, order: Order, *, force: bool) -> Path:
    """Write an order into a directory, under a name; nothing half-written is left where that fails."""
    if not isinstance(directory, str | os.PathLike) or not os.fspath(directory) or "\0" in str(os.fspath(directory)):
        raise InvalidArgumentError(f"directory must name a folder, '.' for the current one, not {directory!r}")
    target = Path(directory) / name
    if os.path.lexists(target) and not force:
        raise InvalidArgumentError(f"{target} exists; replace it with force=True (on the command line --force), or name another directory")
    try:
        with _made(Path(directory)), TemporaryDirectory(prefix=f".{order.dataset.name}-", dir=directory) as workspace:
            draft = Path(workspace) / name
            writer.write(order, draft)
            _put(draft, target, writer, order.dataset)
    except OSError as error:  # which names something in the workspace, or nothing
        raise OSError(error.errno, error.strerror or str(error), str(directory)) from error
    return target


@contextmanager
def _made(directory: Path) -> Iterator[None]:
    """A directory that exists; folders made for it go again where the work fails."""
    missing = [folder for folder in (directory, *directory.parents) if not folder.exists()]
    try:
        try:
            directory.mkdir(parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError):
            raise InvalidArgumentError(f"{directory} is not a directory; name one to write into") from None
        yield
    except BaseException:
        for folder in missing:
            with suppress(OSError):
                folder.rmdir()
        raise


def _put(draft: Path, target: Path, writer: Writer, dataset: Publication) -> None:
    """Move what is written to its place; an earlier folder first makes room and comes back where that fails."""
    if os.path.lexists(target):
        _refuse_other(draft, target, writer, dataset)
    if not target.is_dir():
        draft.replace(target)
        return
    earlier = target.replace(draft.with_name("earlier"))
    try:
        draft.replace(target)
    except BaseException:
        earlier.replace(target)
        raise


def _refuse_other(draft: Path, target: Path, writer: Writer, dataset: Publication) -> None:
    """Only an earlier export makes room: a whole file that says it is one, and for a folder one that holds nothing else."""
    if not (target.is_dir() if draft.is_dir() else target.is_file() and _title(target, writer) == dataset.title):
        raise InvalidArgumentError(f"{target} is not an export of {dataset.name}; move it away, or name another directory")
    if target.is_dir():
        ours = {path.relative_to(draft).as_posix() for path in draft.rglob("*")}
        if others := sorted(found for path in target.rglob("*") if (found := path.relative_to(target).as_posix()) not in ours):
            raise InvalidArgumentError(f"{target} holds other files too, such as {others[0]}; move them away, or name another directory")


def _title(path: Path, writer: Writer) -> object:
    """What a file says of itself; None where it is damaged or says nothing."""
    try:
        return writer.title(path) if writer.title else None
    except Exception:  # noqa: BLE001  # sqlite3, zipfile, zlib and openpyxl each have their own for what is no such file
        return None
