"""The errors: each derives from `PovdataError` and from the built-in exception that a caller would catch; attributes hold what it says."""

from collections.abc import Sequence
from typing import NamedTuple


class PovdataError(Exception):
    """Base of all errors that povdata raises on purpose; ``message`` is what an error says."""

    def __init__(self, *args: object, message: str = "", **named: str) -> None:
        super().__init__(*args, **named)
        self.message: str = message or " ".join(map(str, args))

    def __str__(self) -> str:
        return self.message


class NotFoundError(PovdataError, KeyError):
    """A ``name`` of some ``kind``, such as ``"key of places"``, that does not exist; ``suggestions`` are the nearest ones, best first."""

    def __init__(self, kind: str, name: object, suggestions: Sequence[str] = ()) -> None:
        message = f"no {kind} {name!r}" + f"; nearest: {', '.join(suggestions)}" * bool(suggestions)
        super().__init__(kind, name, tuple(suggestions), message=message)
        self.kind: str = kind
        self.name: object = name
        self.suggestions: tuple[str, ...] = tuple(suggestions)


class PositionError(PovdataError, IndexError):
    """A ``position`` at which a ``table``, which has ``length`` records, has none."""

    def __init__(self, table: str, position: int, length: int) -> None:
        message = f"{table} has {length} records, none at position {position}; a key is a text: write '{position}'"
        super().__init__(table, position, length, message=message)
        self.table: str = table
        self.position: int = position
        self.length: int = length


class AmbiguousError(PovdataError, LookupError):
    """A ``name`` that fits several records of a ``kind``; ``candidates`` has the key and name of each: use the key."""

    def __init__(self, kind: str, name: str, candidates: Sequence[str]) -> None:
        message = f"{name!r} fits {len(candidates)} {kind}, use a key: {', '.join(candidates)}"
        super().__init__(kind, name, tuple(candidates), message=message)
        self.kind: str = kind
        self.name: str = name
        self.candidates: tuple[str, ...] = tuple(candidates)


class InvalidArgumentError(PovdataError, ValueError):
    """An argument whose value cannot be used; the message names it and says what it takes."""


class Problem(NamedTuple):
    """One thing that is wrong in a data file."""

    file: str
    line: int
    column: str
    message: str

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.file, self.line or "", self.column) if part) + f": {self.message}"


class DataError(PovdataError, ValueError):
    """Data files that break their own rules; ``problems`` has each with file, line and column."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(tuple(problems), message="\n".join(map(str, problems)))
        self.problems: tuple[Problem, ...] = tuple(problems)


class CopyError(PovdataError, ValueError):
    """A file given to `verify` that cannot be read as a copy of the article."""


class MissingExtraError(PovdataError, ImportError):
    """A ``package`` that is not installed, and povdata's ``extra`` that brings it; empty for what povdata always needs."""

    def __init__(self, package: str, extra: str) -> None:
        brings = f", which povdata's extra {extra!r} brings" * bool(extra)
        super().__init__(package, extra, message=f"{package} is not installed; run: pip install {package}{brings}", name=package)
        self.package: str = package
        self.extra: str = extra
