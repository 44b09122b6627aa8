"""Whether the data files of the package, or a copy of them, keep all their rules and fingerprints.

This guards against corruption and slips, not against somebody who changes data and fingerprints together.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import NoneType

from povdata.checks.consistency import CONSISTENT
from povdata.checks.integrity import examine
from povdata.exceptions import InvalidArgumentError, Problem
from povdata.manifest import fingerprint, manifest
from povdata.model.registry import Open
from povdata.records import DATASET, bundled


def check(directory: str | os.PathLike[str] | None = None) -> tuple[Problem, ...]:
    """Everything that is wrong with the data; nothing if all is well.

    Args:
        directory: a folder with a copy of the data files; by default the installed data.

    >>> import povdata
    >>> povdata.check()
    ()

    Raises:
        InvalidArgumentError: the directory is no path, or there is none.
    """
    if not isinstance(directory, (str, os.PathLike, NoneType)) or directory == "" or "\0" in str(directory):
        raise InvalidArgumentError(f"check takes the path of a folder, or nothing for the installed data, not {directory!r}")
    if directory is not None and not Path(directory).is_dir():
        raise InvalidArgumentError(
            f"no folder {os.fspath(directory)!r}; name the one that holds the data files, such as povdata-datapackage"
        )
    read: Open = bundled if directory is None else lambda name: (Path(directory) / name).read_bytes()
    return tuple(sorted([*examine(DATASET, read, CONSISTENT), *_fingerprints(read)]))


def _fingerprints(read: Open) -> Iterator[Problem]:
    try:
        known = manifest(read("datapackage.json"))
    except (OSError, ValueError) as error:
        yield Problem("datapackage.json", 0, "", f"cannot be read: {error}; restore it from the package")
        return
    for name in (f"{name}.csv" for name in DATASET if f"{name}.csv" not in known):
        yield Problem("datapackage.json", 0, "", f"has no fingerprint of {name}; restore it from the package")
    for name, expected in known.items():
        with suppress(OSError):  # reported above
            if (found := fingerprint(read(name))) != expected:
                yield Problem(name, 0, "", f"its fingerprint is {found}, not {expected}; the file was changed")
