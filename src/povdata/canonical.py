"""A text reduced to what copies have in common: letters, digits, ``%`` and decimal points; and what is kept of a span to find it there."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import sha256
from html import unescape
from typing import NamedTuple, Self
from unicodedata import category, normalize

from povdata.locators import Locator, digest

GAP = "|"
"""Stands in the canonical stream between two digits that something separates: ``1 10`` is not ``110``."""
NONE = "--"
"""A neighbour that is cut by an end of the text."""

_DIGITS = frozenset("0123456789")
_JOIN = "\u200b"
_MARKUP = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|template|textarea|rt|rp|del|s|strike)\b.*?(?:</\1\s*>|\Z)"
    r"""|</?[a-z](?:[^<>"']|"[^"]*"|'[^']*')*>|</?[a-z][^<>]*>|&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,32}\d*);""",
    re.DOTALL | re.IGNORECASE,
)
"""Tags, with what readers do not see or see struck out, comments and references."""
_INLINE = re.compile(r"<(?:!--|/?(?:a|b|i|u|em|strong|span|font|mark|wbr|rt|rp|del|s|strike)\b)", re.IGNORECASE)
"""Markup within a line: what stands before and after it may be one number."""
_BREAK = r"(?:\r\n|[\n\r\f\u2028])"
_LINE_END = re.compile(rf"{_BREAK}(?:> ?)*")
"""The end of a line that a program has broken, with what e-mail puts before the next; a blank there may be the text's."""
LINE_START = re.compile(rf"(?:{_BREAK}|<br\s*/?>)(?:[ \t\u3000]|> ?)*\Z", re.IGNORECASE)
"""What a text ends with where a line begins behind it."""
_BROKEN = re.compile(rf"(?<=\d\.){_LINE_END.pattern}(?=\d)|(?<=\d){_LINE_END.pattern}(?=\.\d)")
"""The end of a line beside a decimal point."""
_SPACED = re.compile(
    rf"(?<![\d{_JOIN}])(?<!\d[.,\u2009\u202f\u00a0'’])\d{{1,3}}(?:{_JOIN}*[\u2009\u202f\u00a0'’]{_JOIN}*\d{{3}})+(?!\d|,\d)"
)
"""A number whose thousands are set apart by thin or hard blanks, or by apostrophes."""
_THOUSANDS = re.compile(rf"(?<!\d)(?<!\d[.,])\d{{1,3}}(?:{_JOIN}*,(?:{_JOIN}*\d){{3}})+(?!{_JOIN}*\d|,\d)")
_POINT = re.compile(rf"(?<=\d)({_JOIN}*)\.(?={_JOIN}*\d)")
_KEPT = "\ue000"  # a decimal point, while the other full stops are dropped
_RUN = re.compile(rf"[^ {_JOIN}.,]++")


class _Plain(dict[int, str]):
    """One character for each: itself in plain form, a blank for what is dropped, `_JOIN` for what has no width."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        plain = normalize("NFKC", character).lower()
        if category(character) in {"Cf", "Mn"}:
            plain = _JOIN
        elif "\N{FRACTION SLASH}" in plain:  # ½ changes the figure beside it; a note's mark, such as ², does not
            plain = character
        elif len(plain) != 1 or not (plain.isalnum() or plain in "%.,") or plain.isdecimal() != character.isdecimal():
            plain = " "
        self[code] = plain
        return plain


_PLAIN = _Plain()


class Canonical(NamedTuple):
    """The canonical characters of a text, and where they come from.

    Attributes:
        text: the canonical characters.
        starts: where each unbroken run of them starts in ``text``.
        origins: where each of these runs starts in the text it comes from.

    >>> Canonical.of("１，２００ 万元（3 至 10）").text
    '1200万元3至10'
    >>> Canonical.of("1+1,5.0％。").text
    '1|1|5.0%'
    """

    text: str
    starts: list[int]
    origins: list[int]

    @classmethod
    def of(cls, text: str) -> Self:
        """Reduce a text, be it plain or HTML."""
        plain = _BROKEN.sub(lambda found: _JOIN * len(found[0]), text)
        plain = _SPACED.sub(lambda found: re.sub("[^0-9]", _JOIN, found[0]), _MARKUP.sub(_unmarked, plain)).translate(_PLAIN)
        plain = _THOUSANDS.sub(lambda found: found[0].replace(",", _JOIN), plain)
        plain = _POINT.sub(lambda found: found[1] + _KEPT, plain)
        parts: list[str] = []
        starts: list[int] = []
        origins: list[int] = []
        length = end = 0
        for run in _RUN.finditer(plain):
            start = run.start()
            pieces = [(run[0].replace(_KEPT, "."), start)]
            apart = plain[end:start].strip(_JOIN) and not _LINE_END.fullmatch(text, end, start)  # a line may be broken within a number
            if parts and plain[end - 1] in _DIGITS and plain[start] in _DIGITS and apart:
                pieces.insert(0, (GAP, end))
            for part, origin in pieces:
                parts.append(part)
                starts.append(length)
                origins.append(origin)
                length += len(part)
            end = run.end()
        return cls("".join(parts), starts, origins)

    def origin(self, place: int) -> int:
        """Where a canonical character comes from."""
        run = bisect_right(self.starts, place) - 1
        return self.origins[run] + place - self.starts[run]

    def place(self, offset: int) -> int:
        """The first canonical character that comes from this offset or a later one."""
        run = bisect_right(self.origins, offset) - 1
        following = self.starts[run + 1] if run + 1 < len(self.starts) else len(self.text)
        return min(self.starts[run] + offset - self.origins[run], following) if run >= 0 else 0


def has_markup(text: str) -> bool:
    """Whether a text has tags or comments of HTML, so that not all of it is to be read."""
    return any(found[0][0] == "<" for found in _MARKUP.finditer(text))


def behind(text: str, at: int) -> int:
    """The offset behind the character at an offset, be it spelt as a reference of HTML (``&#23459;``)."""
    found = _MARKUP.match(text, at)
    return found.end() if found and text[at] == "&" else at + 1


def readable(text: str) -> str:
    """A stretch of a copy as a reader of it sees it: without tags, and with the characters that references of HTML stand for."""
    return _MARKUP.sub(lambda found: "" if found[0][0] == "<" else unescape(found[0]), text)


def _unmarked(found: re.Match[str]) -> str:
    """Blanks for a tag that divides, nothing visible for one within a line, its character for a reference; of the same length."""
    if found[0][0] == "<":
        return (_JOIN if _INLINE.match(found[0]) else " ") * len(found[0])
    character = unescape(found[0])
    return (character if len(character) == 1 else "").ljust(len(found[0]), _JOIN)


class Fingerprint(NamedTuple):
    """What must be known of a span to find it in a copy that differs.

    Attributes:
        position: how many canonical characters of the article stand before it.
        lengths: how many it has itself; several numbers where redactions (``*``) divide it, 0 for one at its edge.
        digest: digest of them.
        neighbours: what `neighbours` says.
    """

    position: int
    lengths: tuple[int, ...]
    digest: str
    neighbours: str


def neighbours(text: str, start: int, end: int) -> str:
    """A byte for each of the two blocks before and the two after ``text[start:end]``, eight hexadecimal digits in the order of the text.

    A block has two canonical characters; `NONE` stands for one that is cut by an end of the text.
    """
    return "".join(marks(text, start, end))


def marks(text: str, start: int, end: int) -> tuple[str, str, str, str]:
    """A byte for each of the two blocks before ``text[start:end]`` and the two after."""
    return mark(text, start - 4), mark(text, start - 2), mark(text, end), mark(text, end + 2)


def mark(text: str, at: int) -> str:
    """The byte of the block of two characters at a position, or `NONE` where the text does not reach."""
    return _byte(text[at : at + 2]) if 0 <= at <= len(text) - 2 else NONE


@lru_cache(maxsize=1 << 16)
def _byte(block: str) -> str:
    return sha256(block.encode()).hexdigest()[:2]


def fingerprints(lines: Sequence[str], locators: Iterable[Locator]) -> dict[Locator, Fingerprint]:
    """The fingerprint of each span, from the lines of the article."""
    canonical = Canonical.of("\n".join(lines))
    begins = [0]
    for line in lines:
        begins.append(begins[-1] + len(line) + 1)
    found = {}
    for locator in locators:
        start, end = (canonical.place(begins[locator.line - 1] + offset) for offset in (locator.start, locator.end))
        parts = parts_of(lines[locator.line - 1][locator.start : locator.end])
        found[locator] = Fingerprint(start, tuple(map(len, parts)), digest("".join(parts)), neighbours(canonical.text, start, end))
    return found


def parts_of(characters: str) -> list[str]:
    """The canonical characters between redactions; empty at an edge where a redaction stands."""
    return [Canonical.of(part).text for part in re.split(r"\*+", characters)]
