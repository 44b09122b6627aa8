"""A reader's own copy of the article, compared with what the dataset cites.

`verify` finds every cited passage in the copy and reads every cell again from the characters that stand there.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Self, get_args

from povdata import catalog, chinese
from povdata.canonical import Canonical, behind, has_markup, marks, parts_of, readable
from povdata.exceptions import CopyError, InvalidArgumentError
from povdata.locators import Locator, digest
from povdata.matching import NUMERALS, match
from povdata.model import markup
from povdata.model.datatypes import Names
from povdata.model.schema import schema_of
from povdata.records import Span

if TYPE_CHECKING:
    from povdata.model.table import Table

Status = Literal["confirmed", "moved", "contradicted", "missing"]
GOOD: frozenset[Status] = frozenset({"confirmed", "moved"})
"""What supports a cell: the same characters, in the article's order or elsewhere in their section."""

FEWEST = 30
"""Fewer cited passages than this make no copy of the article, nor of a part of it."""


class Passage(NamedTuple):
    """A cited passage and what the copy has in its place.

    Attributes:
        locator: where it stands in the reference edition.
        status: ``confirmed`` (the same characters, punctuation and width apart), ``moved`` (the same, elsewhere in the section),
            ``contradicted`` (others between the same neighbours, or a word or sign beside them that makes them say something else) or
            ``missing``.
        expected: the characters cited, where they are kept; else None.
        found: the characters of the copy; None where it has none.
        start: where they start in the copy, in code points; None where it has none.
    """

    locator: Locator
    status: Status
    expected: str | None
    found: str | None
    start: int | None


class Cell(NamedTuple):
    """A cell and whether the copy supports it.

    Attributes:
        table: the table of the cell.
        key: the key of its record.
        column: its column.
        value: the cell as it stands in the file.
        status: ``confirmed`` or ``moved`` where every cited passage is there and reads as this value.
        message: what is wrong, else empty.
    """

    table: str
    key: str
    column: str
    value: str
    status: Status
    message: str

    def __str__(self) -> str:
        return f"{self.table}/{self.key}/{self.column} = {self.value!r}: {self.message or self.status}"


class Report:
    """What `verify` found.

    Attributes:
        edition: ``reference`` where the text of the copy is the reference edition to the character, else ``other``.
        passages: every cited passage.
        cells: every cell that the article supports: cells read from it, and cells of ours that rest on a passage.
    """

    __slots__ = ("cells", "edition", "passages")

    def __init__(self, edition: Literal["reference", "other"], passages: Sequence[Passage], cells: Sequence[Cell]) -> None:
        self.edition: Literal["reference", "other"] = edition
        self.passages: tuple[Passage, ...] = tuple(passages)
        self.cells: tuple[Cell, ...] = tuple(cells)

    @property
    def ok(self) -> bool:
        """Whether every cell is confirmed, if need be from a passage that moved."""
        return not self.problems

    @property
    def problems(self) -> tuple[Cell, ...]:
        """The cells that the copy contradicts, or has nothing for."""
        return tuple(cell for cell in self.cells if cell.status not in GOOD)

    def __bool__(self) -> bool:
        """As `ok`."""
        return self.ok

    def counts(self) -> dict[str, dict[Status, int]]:
        """Number of cells by table and status."""
        found: dict[str, Counter[Status]] = {}
        for cell in self.cells:
            found.setdefault(cell.table, Counter())[cell.status] += 1
        return {table: dict(counter) for table, counter in found.items()}

    def sections(self) -> dict[str, dict[Status, int]]:
        """Number of passages by section, a province's key or empty for what stands outside, and status."""
        found: dict[str, Counter[Status]] = {}
        for passage in self.passages:
            found.setdefault(_section(passage.locator), Counter())[passage.status] += 1
        return {section: dict(found[section]) for section in sorted(found)}

    def to_dict(self) -> dict[str, Any]:
        """The report as plain values, ready for JSON."""
        return {
            "edition": self.edition,
            "ok": self.ok,
            "passages": dict(Counter(passage.status for passage in self.passages)),
            "cells": self.counts(),
            "sections": self.sections(),
            "problems": [cell._asdict() for cell in self.problems],
        }

    def __repr__(self) -> str:
        return f"<Report: {len(self.cells) - len(self.problems)} of {len(self.cells)} cells confirmed>"

    def __str__(self) -> str:
        lines = [
            f"edition: {self.edition}",
            f"passages: {_shares(Counter(passage.status for passage in self.passages), len(self.passages))}",
            f"cells: {_shares(Counter(cell.status for cell in self.cells), len(self.cells))}",
            *(f"  {line}" for line in self._differences()),
            "Text that no cell rests on is not compared.",
        ]
        return "\n".join(lines)

    def _differences(self) -> Iterator[str]:
        """A line for each section that the copy lacks, each passage that differs, with its cells, and each cell that reads otherwise."""
        resting: dict[str, dict[str, list[str]]] = {}  # span → record → columns
        for citation in catalog.citations:
            resting.setdefault(citation.span, {}).setdefault(f"{citation.table}/{citation.record}", []).append(citation.column)
        lacking = {key for key, found in self.sections().items() if key and set(found) == {"missing"}}
        yield from (f"nothing of the section {_section_name(key)} is in the copy" for key in lacking)
        explained: set[tuple[str, str]] = set()
        for passage in self.passages:
            if passage.status not in GOOD:
                records = resting.get(str(passage.locator), {})
                explained.update((record, column) for record, columns in records.items() for column in columns)
                if _section(passage.locator) not in lacking:
                    cells = "; ".join(f"{record} ({', '.join(columns)})" for record, columns in records.items())
                    yield f"{_difference(passage)}: {cells or 'set aside, no cell rests on it'}"
        yield from (str(cell) for cell in self.problems if (f"{cell.table}/{cell.key}", cell.column) not in explained)

    def _repr_html_(self) -> str:
        statuses = get_args(Status)
        tables = [[name, *(str(found.get(status, 0)) for status in statuses)] for name, found in self.counts().items()]
        sections = [[_section_name(key), *(str(found.get(status, 0)) for status in statuses)] for key, found in self.sections().items()]
        confirmed = f"{len(self.cells) - len(self.problems)} of {len(self.cells)} cells confirmed, {self.edition} edition"
        shown = markup.grid(["table", *statuses], tables, f"{confirmed}: by table", numbers=statuses)
        shown += markup.grid(["section", *statuses], sections, "cited passages by section", numbers=statuses)
        if self.problems:
            rows = ([cell.table, cell.key, cell.column, cell.value, cell.status, cell.message] for cell in self.problems)
            shown += markup.grid(["table", "key", "column", "value", "status", "what is wrong"], rows, "not confirmed")
        return shown


def _section(locator: Locator) -> str:
    """The key of the province whose section holds a passage; empty for what stands outside the sections."""
    return next((item.key for item in catalog.provinces if item.first_line <= locator.line <= item.last_line), "")


def _section_name(key: str) -> str:
    return catalog.provinces.by_key[key].name_en if key else "outside the sections"


def _shares(counts: Counter[Status], total: int) -> str:
    """``9 of 10 confirmed, 1 missing``."""
    others = (f", {counts[status]} {status}" for status in get_args(Status)[1:] if counts[status])
    return f"{counts['confirmed']} of {total} confirmed{''.join(others)}"


def verify(copy: str | os.PathLike[str] | bytes, *, encoding: str = "utf-8") -> Report:
    """Compare a copy of the article with everything the dataset cites.

    The copy may be the reference edition, or differ from it: redactions restored, other punctuation or width of digits, paragraphs
    merged or split, captions or sections dropped, a site's own lines added, the article inside an HTML page. A cell counts as confirmed
    only where the characters it was read from are found together with their neighbours, and read as its value again.

    What no cell rests on, such as ornament and quotations, is not compared.

    Args:
        copy: the path of a text or HTML file, the file's bytes, or the text itself: a string with line breaks is taken for the text, one
            without for a path.
        encoding: how the bytes encode the text, such as ``"gb18030"``.

    Raises:
        CopyError: the file cannot be read, its bytes are not of that encoding, or it is not the article.
        InvalidArgumentError: the copy or the encoding is none of these.
    """
    text = text_of(copy, encoding)
    passages = locate(text)
    tables = catalog.tables()
    cells = _cells(tables, passages, text)
    return Report("reference" if _is_reference(text) else "other", list(passages.values()), cells)


def _is_reference(text: str) -> bool:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest() == catalog.sources["article"].sha256


def text_of(copy: str | os.PathLike[str] | bytes, encoding: str = "utf-8") -> str:
    """The text of a copy, as `verify` takes it."""
    if not isinstance(copy, (str, bytes, os.PathLike)) or not isinstance(encoding, str):
        raise InvalidArgumentError(
            f"a copy is a path, the text itself or bytes, its encoding a name, not {type(copy).__name__} and {type(encoding).__name__}"
        )
    if isinstance(copy, str) and "\n" in copy:
        return copy.removeprefix("\ufeff")
    return _decoded(copy if isinstance(copy, bytes) else _read(copy), encoding)


def _read(path: str | os.PathLike[str]) -> bytes:
    try:
        return Path(path).read_bytes()
    except (OSError, ValueError) as error:
        name = os.fspath(path)
        shown = name if len(name) < 200 else f"{name[:40]}…"
        text = "; a text without line breaks is taken for a path: give it as bytes" * (len(name) >= 200)
        raise CopyError(f"cannot read '{shown}': {getattr(error, 'strerror', None) or error}; name a file{text}") from None


def _decoded(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise CopyError(
            f"the copy is not {encoding.upper()} (byte 0x{data[error.start]:02x} at {error.start}); name its encoding, such as gb18030"
        ) from None
    except UnicodeError as error:
        raise CopyError(f"the copy is not {encoding.upper()} ({error}); name its encoding, such as gb18030") from None
    except (LookupError, ValueError):
        raise CopyError(f"no such encoding: {encoding!r}; the name of one that Python knows is needed, such as 'gb18030'") from None
    return text.removeprefix("\ufeff")


def locate(text: str) -> dict[str, Passage]:
    """What a copy has of every cited passage, by the key of its span.

    Where most passages stand at their locators, these decide, and only the others are looked for.

    Raises:
        CopyError: the text is not the article.
    """
    lines = None if has_markup(text) else _lines(text)
    passages = {span.key: _at_locator(span, lines) for span in catalog.spans}
    canonical = None if _is_reference(text) else Canonical.of(text)
    standing = [passage.locator.line for passage in passages.values() if passage.status == "confirmed"]
    if len(standing) < len(passages):
        decided = frozenset(standing) if len(standing) * 2 > len(passages) else frozenset()
        for key, found in match(map(_Cited.of, catalog.spans), text, canonical).items():
            passage = passages[key]
            if passage.locator.line not in decided or (passage.status != "confirmed" and found.status != "missing"):
                passages[key] = Passage(passage.locator, found.status, passage.expected, found.characters, found.start)
    if canonical is not None:
        for span in catalog.spans:
            if span.kind != "name" and passages[span.key].status in GOOD:
                passages[span.key] = _with_words_beside(span, passages[span.key], text, canonical)
    confirmed = sum(passage.status in GOOD for passage in passages.values())
    if confirmed < FEWEST:
        raise CopyError(
            f"this is not the article, or too little of it: {confirmed} of {len(passages)} cited passages are in it, {FEWEST} are needed"
        )
    return passages


def _at_locator(span: Span, lines: _Lines | None) -> Passage:
    """What stands where the reference edition has the span; nothing where markup may hide it."""
    locator = Locator.parse(span.key)
    found = locator.cut(lines.texts) if lines else None
    if found is None or lines is None:
        return Passage(locator, "missing", span.text, None, None)
    line = lines.texts[locator.line - 1]
    beyond = line[max(locator.start - 1, 0) : locator.start + 1], line[locator.end - 1 : locator.end + 1]
    same = found == span.text if span.text is not None else digest("".join(parts_of(found))) == span.digest
    same = same and not any(map(_of_one_number, beyond))
    return Passage(locator, "confirmed" if same else "contradicted", span.text, found, lines.starts[locator.line - 1] + locator.start)


def _of_one_number(pair: str) -> bool:
    """Whether these are two characters, and of one number; those at the edges of a span never are in the reference edition."""
    return len(pair) == 2 and all(character.isnumeric() or character in "两.．%％" for character in pair)


def _with_words_beside(span: Span, passage: Passage, text: str, canonical: Canonical) -> Passage:
    """A passage as it was found, or contradicted where the copy has put words, numbers or signs beside it that make it another one.

    What stands beside it in the article, as its neighbours tell, makes no difference.
    """
    if passage.start is None or not passage.found:
        return passage
    start, end = passage.start, passage.start + len(passage.found)
    first, last = canonical.place(start), canonical.place(end)
    before, after = chinese.beside(span.kind, canonical.text[max(0, first - 9) : first], canonical.text[last : last + 9])
    one, two, three, four = marks(canonical.text, first, last)
    own = [span.neighbours[at : at + 2] for at in (0, 2, 4, 6)]
    if before and (two != own[1] or (len(before) > 2 and one != own[0])) and not _own_year(span, before):
        word = canonical.origin(first - len(before))
        start = start if _DIVIDES.search(readable(text[behind(text, canonical.origin(first - 1)) : start])) else word
    elif canonical.text[first] in NUMERALS and two != own[1] and (joined := _NUMBER_BEFORE.search(text, max(0, start - 60), start)):
        start = joined.start()
    elif span.kind in ("figure", "date") and (sign := _SIGN_BEFORE.search(text, max(0, start - 8), start)):
        start = sign.start()
    if after and (three != own[2] or (len(after) > 2 and four != own[3])):
        word = behind(text, canonical.origin(last + len(after) - 1))
        end = end if _DIVIDES.search(readable(text[end : canonical.origin(last)])) else word
    elif span.kind in ("figure", "date") and (sign := _SIGN_AFTER.match(text, end)):
        end = sign.end()
    found = text[start:end]
    signed = span.kind == "figure" and _SIGN_WITHIN.search(readable(found))
    return Passage(passage.locator, "contradicted", passage.expected, found, start) if found != passage.found or signed else passage


def _own_year(span: Span, word: str) -> bool:
    """Whether the word before a date is the very year that the cells have which were read from it."""
    year = re.match("[0-9]{4}(?=年)", word)
    if year is None:
        return False
    return any(year[0] in str(getattr(catalog.table(cited.table)[cited.record], cited.column)) for cited in span.citations)


_DIVIDES = re.compile(r"\n|[^\s\u200b]")
"""A line's end or a sign, which parts a word from what it stands beside."""
_BLANK = r"(?:[ \t\u00a0\u2000-\u200a\u202f\u2800\u3000\u3164\x00_'’/]|</?(?:a|b|i|u|em|strong|span|font|mark|wbr)\b[^<>]*>)"
_DASH = r"(?<![—\-])[—\-−－–~～]"
_NUMBER_BEFORE = re.compile(rf"[{NUMERALS}.]*[{NUMERALS}](?:{_BLANK}+|[%％元个名人户年月日次]?{_BLANK}*{_DASH}{_BLANK}*)\Z")
"""Another number before, with nothing between that divides them, or with the dash of a range."""
_SIGN_BEFORE = re.compile(r"""(?:(?<![\s>;.、)）\-−－–—~～])[\-−－–~～]|[≤≥≈±+＋＜＞‹<][ ]?|&[lg]t;[ ]?|(?<![A-Za-z0-9"'/\-=\s])>[ ]?)\Z""")
"""A minus sign, though not the dash of a list nor a double one, or a sign that compares, though not the end of a tag."""
_SIGN_AFTER = re.compile(r"[ ]?[+＋±]|[ ]?[—\-−－–~～](?![—\-])[ ]?\d|[⁰-₉①-⓿‰]")
"""A plus sign, the dash of a range, or a small or circled number."""
_SIGN_WITHIN = re.compile(r"[+＋±⁰-₉①-⓿‰]")


class _Cited(NamedTuple):
    """A span as the matcher takes it, its lengths as numbers."""

    key: str
    text: str | None
    digest: str | None
    position: int
    lengths: tuple[int, ...] | None
    neighbours: str

    @classmethod
    def of(cls, span: Span) -> Self:
        lengths = tuple(map(int, span.lengths.split(";"))) if span.lengths else None
        return cls(span.key, span.text, span.digest, span.position, lengths, span.neighbours)


class _Lines(NamedTuple):
    texts: list[str]
    starts: list[int]


@lru_cache(maxsize=1)
def _lines(text: str) -> _Lines:
    """The lines of a text without their ends, and where each starts."""
    lines = text.split("\n")
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    return _Lines([line.removesuffix("\r") for line in lines], starts[:-1])


def _cells(tables: Mapping[str, Table[Any]], passages: Mapping[str, Passage], text: str) -> list[Cell]:
    names = names_of(tables)
    titled = {"/".join(path.split("/")[:2]) for path in tables["caveats"]["secretary-masked"].records}
    others = {
        citation.span: other
        for citation in tables["citations"]
        if citation.basis == "inferred" and f"{citation.table}/{citation.record}" in titled
        if (other := _other_title(tables["spans"][citation.span], passages[citation.span], text))
    }
    passages = {**passages, **others}
    cited: dict[tuple[str, str, str], list[Passage]] = {}
    for citation in tables["citations"]:
        cited.setdefault((citation.table, citation.record, citation.column), []).append(passages[citation.span])
    return [_cell(tables, names, *cell, found) for cell, found in cited.items()]


def _cell(tables: Mapping[str, Table[Any]], names: Names, table: str, key: str, column_name: str, found: Sequence[Passage]) -> Cell:
    column = tables[table].schema[column_name]
    value = getattr(tables[table][key], column_name)
    text = "" if value is None else column.type.format(value)
    wrong = [passage for passage in found if passage.status not in GOOD]
    if wrong:
        status: Status = "missing" if all(passage.status == "missing" for passage in wrong) else "contradicted"
        return Cell(table, key, column_name, text, status, "; ".join(map(_difference, wrong)))
    if column.origin == "article" and value not in column.type.read([_quote(passage) for passage in found], names, chinese):
        masked = any(";" in (tables["spans"][str(passage.locator)].lengths or "") and "*" not in (passage.found or "") for passage in found)
        if not masked:  # where a mask was lifted, the words around it are the evidence
            quotes = ", ".join(f"{readable(passage.found or '')!r} at {passage.locator}" for passage in found)
            return Cell(table, key, column_name, text, "contradicted", f"the characters do not say so: {quotes}")
    return Cell(table, key, column_name, text, "moved" if any(passage.status == "moved" for passage in found) else "confirmed", "")


def _other_title(span: Span, passage: Passage, text: str) -> Passage | None:
    """A passage that is contradicted because the copy has another title where the article masks one that is read as secretary (书记)."""
    first, *others = (span.lengths or "").split(";")
    if not others or passage.status not in GOOD or passage.start is None or passage.found is None:
        return None
    start, end = passage.start, passage.start + len(passage.found)
    before = readable(text[max(0, start - _MARKED_UP) : start])[-_TITLE:] if first == "0" else ""
    after = readable(text[end : end + _MARKED_UP])[:_TITLE] if others[-1] == "0" else ""
    found = f"{before}{readable(passage.found)}{after}"
    return None if "*" in found or "书记" in Canonical.of(found).text else passage._replace(status="contradicted", found=found)


_TITLE = 6
"""So many characters behind a mask are looked at for the title."""
_MARKED_UP = 20 * _TITLE
"""How many characters of an HTML page these may be."""


def _quote(passage: Passage) -> str:
    """The characters to read a cell from: those cited, or of a phrase what is left without punctuation and width."""
    return passage.expected if passage.expected is not None else Canonical.of(passage.found or "").text


def _difference(passage: Passage) -> str:
    expected = "other characters" if passage.expected is None else repr(passage.expected)
    found = "nothing" if passage.found is None else repr(readable(passage.found))
    return f"the copy has {found} for {passage.locator}, where {expected} should stand"


def names_of(tables: Mapping[str, Table[Any]]) -> dict[str, dict[str, frozenset[str]]]:
    """What the records of each table are called: table → name → keys."""
    found: dict[str, dict[str, set[str]]] = {}
    for name, table in tables.items():
        columns = [column.name for column in schema_of(table.record).values() if column.is_name]
        names = found.setdefault(name, {})
        for record in table.records:
            for column in columns:
                value = getattr(record, column)
                for text in value if isinstance(value, tuple) else (value,):
                    if text is not None:
                        names.setdefault(text, set()).add(record.key)
                        names.setdefault("…".join(Canonical.of(part).text for part in text.split("…")), set()).add(record.key)
    return {table: {name: frozenset(keys) for name, keys in names.items()} for table, names in found.items()}


AROUND = 40
"""Characters of a reader's copy that are shown before and after the evidence."""
MARKED_UP = 12 * AROUND
"""How many characters of an HTML page these may be."""


def passages(copy: str | os.PathLike[str] | bytes, encoding: str) -> dict[str, tuple[tuple[str, str, str] | None, Status]]:
    """What a copy has in the place of each span, with what stands before and after, and whether that is what was cited."""
    text = text_of(copy, encoding)
    found: dict[str, tuple[tuple[str, str, str] | None, Status]] = {}
    for key, passage in locate(text).items():
        around = None
        if passage.start is not None and passage.found is not None:
            start, end = passage.start, passage.start + len(passage.found)
            before, after = readable(text[max(0, start - MARKED_UP) : start]), readable(text[end : end + MARKED_UP])
            around = before[-AROUND:].rpartition("\n")[2], readable(passage.found), after[:AROUND].partition("\n")[0]
        found[key] = around, passage.status
    return found
