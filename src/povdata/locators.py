"""Where something stands in the reference edition: ``line:start-end``.

Lines count from 1 over the text split on line feeds only. ``start`` and ``end`` are 0-based, half-open, in Unicode code points within
the line.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple, Self


class Locator(NamedTuple):
    """A stretch of one line of the article.

    >>> Locator.parse("7:85-90")
    Locator(line=7, start=85, end=90)
    """

    line: int
    start: int
    end: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``line:start-end``; raises ValueError for anything else."""
        return cls(*numbers(text))

    def __str__(self) -> str:
        return f"{self.line}:{self.start}-{self.end}"

    def cut(self, lines: Sequence[str]) -> str | None:
        """The characters that stand here, from the lines of a text or from the text itself; None where it is too short."""
        lines = lines.split("\n") if isinstance(lines, str) else lines
        line = lines[self.line - 1] if self.line <= len(lines) else ""
        return line[self.start : self.end] if self.end <= len(line) else None


@lru_cache(maxsize=4096)  # spans, citations and set_aside hold the same few
def numbers(text: str) -> tuple[int, int, int]:
    """The line, start and end of ``line:start-end``; raises ValueError for anything else."""
    match = re.fullmatch(r"([1-9][0-9]*):(0|[1-9][0-9]*)-(0|[1-9][0-9]*)", text)
    if match is None:
        raise ValueError(f"not a locator (line:start-end): {text!r}")
    line, start, end = map(int, match.groups())
    if start >= end:
        raise ValueError(f"the locator ends before it starts: {text!r}")
    return line, start, end


def digest(characters: str) -> str:
    """Fingerprint of a passage whose characters are not kept: 16 hexadecimal digits of its SHA-256."""
    from hashlib import sha256

    return sha256(characters.encode("utf-8", "surrogatepass")).hexdigest()[:16]
