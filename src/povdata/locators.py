"""Where something stands in the reference edition: ``line:start-end``.

Lines count from 1 over the text split on line feeds only. ``start`` and ``end`` are 0-based, half-open, in Unicode code points within
the line.
"""

import re
from typing import NamedTuple, Self

_LOCATOR = re.compile(r"([1-9]\d*):(0|[1-9]\d*)-([1-9]\d*)", re.ASCII)


class Locator(NamedTuple):
    """A stretch of one line of the article.

    >>> locator = Locator.parse("7:85-90")
    >>> locator.line, locator.start, locator.end
    (7, 85, 90)
    >>> str(locator)
    '7:85-90'
    """

    line: int
    start: int
    end: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``line:start-end``; raises ValueError for anything else."""
        match = _LOCATOR.fullmatch(text)
        if match is None:
            raise ValueError(f"not a locator (line:start-end): {text!r}")
        locator = cls(*map(int, match.groups()))
        if locator.start >= locator.end:
            raise ValueError(f"the locator ends before it starts: {text!r}")
        return locator

    def __str__(self) -> str:
        return f"{self.line}:{self.start}-{self.end}"

    def cut(self, lines: list[str]) -> str | None:
        """The characters that stand here, or None where the text is too short."""
        if self.line > len(lines):
            return None
        line = lines[self.line - 1]
        return line[self.start : self.end] if self.end <= len(line) else None


def digest(characters: str) -> str:
    """Fingerprint of a passage whose characters are not kept: 16 hexadecimal digits of its SHA-256."""
    from hashlib import sha256

    return sha256(characters.encode()).hexdigest()[:16]
