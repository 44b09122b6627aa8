"""How an export comes to stand on the disk: written beside its place, and moved there when it is whole."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from povdata.exceptions import InvalidArgumentError
from povdata.exports.sheets import Order, Publication


class Writer(NamedTuple):
    """A format: what the name of its file or folder ends with, what writes it, and what finds the title that a file of it states."""

    ending: str
    write: Callable[[Order, Path], None]
    title: Callable[[Path], object] = lambda _: None


def place(directory: str | os.PathLike[str], writer: Writer, order: Order, *, force: bool) -> Path:
    """Write an order into a directory; nothing half-written is left where that fails."""
    if not isinstance(directory, str | os.PathLike) or not os.fspath(directory) or "\0" in str(os.fspath(directory)):
        raise InvalidArgumentError(f"directory must name a folder, '.' for the current one, not {directory!r}")
    folder, publication = Path(directory), order.publication
    target = folder / f"{publication.about['name']}{writer.ending}"
    if os.path.lexists(target) and not force:
        raise InvalidArgumentError(f"{target} exists; replace it with force=True (on the command line --force), or name another directory")
    home = next(path for path in (folder, *folder.parents) if path.exists())
    if not home.is_dir():
        raise InvalidArgumentError(f"{directory} is not a directory; name one to write into")
    try:
        with TemporaryDirectory(prefix=f".{publication.about['name']}-", dir=home) as workspace:
            draft = Path(workspace) / target.name
            writer.write(order, draft)
            if os.path.lexists(target):
                _refuse_other(draft, target, writer, publication)
            folder.mkdir(parents=True, exist_ok=True)
            _put(draft, target)
    except OSError as error:  # which names something in the workspace, or nothing
        raise OSError(error.errno, error.strerror or str(error), str(directory)) from error
    return target


def _put(draft: Path, target: Path) -> None:
    """Move what is written to its place; an earlier folder first makes room and comes back where that fails."""
    if not target.is_dir():
        draft.replace(target)
        return
    earlier = target.replace(draft.with_name("earlier"))
    try:
        draft.replace(target)
    except BaseException:
        earlier.replace(target)
        raise


def _refuse_other(draft: Path, target: Path, writer: Writer, publication: Publication) -> None:
    """Only an earlier export makes room: a whole file that says it is one, and for a folder one that holds nothing else."""
    if not (target.is_dir() if draft.is_dir() else target.is_file() and _title(target, writer) == publication.about["title"]):
        raise InvalidArgumentError(f"{target} is not an export of {publication.about['name']}; move it away, or name another directory")
    if target.is_dir():
        ours, found = ({path.relative_to(folder).as_posix() for path in folder.rglob("*")} for folder in (draft, target))
        if others := sorted(found - ours):
            raise InvalidArgumentError(f"{target} holds other files too, such as {others[0]}; move them away, or name another directory")


def _title(path: Path, writer: Writer) -> object:
    """What a file says of itself; None where it is damaged or says nothing."""
    try:
        return writer.title(path)
    except Exception:  # noqa: BLE001  # sqlite3, zipfile, zlib and openpyxl each have their own for what is no such file
        return None
