"""The closed list of cell types.

A cell type owns every direction: `parse` reads a cell of a CSV file, `format` writes it, `read` says which values the article's own
characters can mean, and `dtype`, `frictionless` and `span_kind` say what the cell becomes elsewhere. An empty cell is None and never
reaches a cell type.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, time
from decimal import Decimal
from functools import cached_property
from typing import Any, Final, Literal, Protocol, TypeVar

from povdata import locators
from povdata.model import edtf
from povdata.model.frozen import FrozenDict

T = TypeVar("T")
SpanKind = Literal["figure", "date", "name", "phrase"]

Names = Mapping[str, Mapping[str, frozenset[str]]]  # what each table's records are called: table → name → keys


class Language(Protocol):
    """How the article's language writes figures, qualifiers and dates; what reads one raises ValueError for what is none."""

    @property
    def VARIANTS(self) -> Mapping[int, str]: ...  # noqa: N802  # the usual form for each other form of a character
    def alike(self, kind: str, one: str, other: str) -> bool: ...  # whether two figures or dates say the same, the year of a date apart
    def number(self, text: str) -> Decimal: ...
    def qualifier(self, text: str) -> str: ...
    def date(self, quotes: Sequence[str]) -> str: ...
    def part(self, quotes: Sequence[str]) -> str | None: ...


class CellType:
    """Base of the cell types: plain text without blanks around it. What a class is elsewhere stands in its class statement."""

    dtype: str = "string"  # of pandas
    frictionless: str = "string"  # the Frictionless field type
    span_kind: SpanKind = "phrase"  # what kind of characters such a cell is read from; those of a phrase are kept as a digest
    separator: str = ""  # what stands between the parts of a list; nothing where a cell is no list

    def __init_subclass__(cls, **says: str) -> None:
        for name, value in says.items():
            setattr(cls, name, value)

    def parse(self, text: str) -> Any:
        """The value of a cell of a file; raises ValueError where the text is not of this type."""
        if text != text.strip():
            raise ValueError(f"blanks around the text: {text!r}")
        if not text.isprintable():
            raise ValueError(f"a character that cannot be printed: {text!r}")
        return text

    def format(self, value: Any) -> str:
        """The text of a cell of a file; `parse` gives the value back."""
        return str(value)

    def accept(self, value: Any) -> Any:
        """The cell that a caller means who asks for a value; raises ValueError where the column never holds it."""
        if not isinstance(value, str):
            raise ValueError(f"it holds text: write {str(value)!r}")  # what a cell cannot be is a ValueError throughout
        return self.parse(value)

    def order(self, value: Any) -> Any:
        """What values are sorted by."""
        return value

    def read(self, quotes: Sequence[str], names: Names, language: Language) -> set[Any]:
        """The values that the quoted characters can mean; none where they mean no value of this type."""
        try:
            return {self._meaning(quotes, language)} - {None}
        except ValueError:
            return set()

    def _meaning(self, quotes: Sequence[str], language: Language) -> Any:
        """The one value that the characters mean; None or a ValueError where there is none."""
        (quote,) = set(quotes)
        return quote


class Text(CellType):
    """Running text in our own words."""


class Name(CellType, span_kind="name"):
    """A proper name as it stands; read from its own characters."""


class Formed(CellType):
    """Base of the types whose text has one form: a regular expression, and what it is called."""

    pattern: str
    what: str

    @cached_property
    def _match(self) -> Callable[[str], re.Match[str] | None]:
        return re.compile(self.pattern, re.ASCII).fullmatch  # compiled at the first cell: importing reads no cells

    def parse(self, text: str) -> Any:
        if self._match(text) is None:
            raise ValueError(f"not {self.what}: {text!r}")
        return text


class Pattern(Formed):
    """Text of one form, such as a key or a code."""

    def __init__(self, pattern: str, what: str) -> None:
        self.pattern: str = pattern
        self.what: str = what


class Listed(CellType, frictionless="list"):
    """Base of the lists: different parts of one type with a separator between them."""

    part: CellType = CellType()

    def parse(self, text: str) -> tuple[str, ...]:
        parts = tuple(map(self.part.parse, text.split(self.separator)))
        if not all(parts) or len(set(parts)) < len(parts):
            raise ValueError(f"an empty or repeated part: {text!r}")
        return parts

    def format(self, value: Sequence[str]) -> str:
        return self.separator.join(value)


class NameList(Listed, span_kind="name", separator=";"):
    """Several names, separated by ``;``."""

    def _meaning(self, quotes: Sequence[str], language: Language) -> Any:
        return tuple(dict.fromkeys(quotes))


class Number(Formed):
    """Base of the numbers; whoever asks for one may give any kind of number, or its text."""

    def accept(self, value: Any) -> Any:
        try:
            found = Decimal(str(value))  # of a float, of numpy's 32 bits too, the shortest text that means it
        except (ValueError, ArithmeticError):
            found = Decimal("NaN")
        if not found.is_finite():
            raise ValueError(f"not a number: {value!r}")
        return self.parse(f"{found.normalize():f}")

    def _meaning(self, quotes: Sequence[str], language: Language) -> Any:
        (value,) = {language.number(quote) for quote in quotes}
        return self.accept(value)


class Quantity(Number, dtype="Float64", frictionless="number", span_kind="figure"):
    """A decimal number of zero or more, exactly as stated."""

    pattern = r"(0|[1-9][0-9]*)(\.[0-9]*[1-9])?"
    what = "a plain number"

    def parse(self, text: str) -> Decimal:
        return Decimal(super().parse(text))

    def format(self, value: Decimal) -> str:
        return f"{value:f}"


class Difference(Number, dtype="Int64", frictionless="integer"):
    """A whole number that may be negative."""

    pattern = r"0|-?[1-9][0-9]*"
    what = "a whole number"

    def parse(self, text: str) -> int:
        return int(super().parse(text))


class Integer(Difference, span_kind="figure"):
    """A whole number of zero or more."""

    pattern = r"0|[1-9][0-9]*"


class Boolean(CellType, dtype="boolean", frictionless="boolean"):
    """``true`` or ``false``; true where the article uses one of the words."""

    def __init__(self, *words: str) -> None:
        self.words: Final[tuple[str, ...]] = words

    def parse(self, text: str) -> bool:
        if text not in ("true", "false"):
            raise ValueError(f"not true or false: {text!r}")
        return text == "true"

    def format(self, value: bool) -> str:
        return "true" if value else "false"

    def accept(self, value: Any) -> bool:
        item = getattr(value, "item", None)  # of numpy and pandas
        value = item() if callable(item) else value
        if not isinstance(value, bool):
            raise ValueError(f"not true or false: {value!r}; write True or False")  # as throughout
        return value

    def _meaning(self, quotes: Sequence[str], language: Language) -> Any:
        return any(word in quote for word in self.words for quote in quotes)


class Edtf(CellType, span_kind="date"):
    """A date or interval as EDTF (ISO 8601-2)."""

    def parse(self, text: str) -> str:
        edtf.bounds(text)
        return text

    def accept(self, value: Any) -> str:
        return Day().accept(value).isoformat() if isinstance(value, date) or hasattr(value, "astype") else super().accept(value)

    def order(self, value: str) -> tuple[date, date]:
        first, last = edtf.bounds(value)
        return first or date.min, last or date.max

    def _meaning(self, quotes: Sequence[str], language: Language) -> Any:
        return language.date(quotes)


class Day(CellType, dtype="datetime64[s]", frictionless="date", span_kind="date"):
    """A calendar day (ISO 8601)."""

    def parse(self, text: str) -> date:
        with suppress(ValueError):
            if (day := date.fromisoformat(text)).isoformat() == text:
                return day
        raise ValueError(f"not a day (YYYY-MM-DD): {text!r}")

    def accept(self, value: Any) -> date:
        if hasattr(value, "astype"):  # of numpy, in whatever unit it counts
            value = value.astype("datetime64[us]").item()
        if isinstance(value, datetime) and value.time() == time():
            value = value.date()
        if isinstance(value, datetime) or not isinstance(value, date):
            hint = f"write date.fromisoformat({value!r})" if isinstance(value, str) else "write a datetime.date"
            raise ValueError(f"it holds days: {hint}")
        return value


class Enumeration(CellType, dtype="category"):
    """One of a few values, each with what it means and, where the article decides, the words that say so.

    ``words`` are tried in the order of the values; a value without words is the one where none of the others' stand.
    """

    def __init__(self, values: Mapping[str, str], words: Mapping[str, str] | None = None) -> None:
        self.values: Final[Mapping[str, str]] = FrozenDict(values)
        self.words: Final[Mapping[str, str]] = FrozenDict(words or {})

    def parse(self, text: str) -> str:
        if text not in self.values:
            raise ValueError(f"not one of {', '.join(self.values)}: {text!r}")
        return text

    def _meaning(self, quotes: Sequence[str], language: Language) -> Any:
        text = " ".join(quotes)
        return next((value for value, pattern in self.words.items() if re.search(pattern, text)), None)


class Qualifier(Enumeration, span_kind="figure"):
    """How exactly a figure is meant, read from the words around the number."""

    def _meaning(self, quotes: Sequence[str], language: Language) -> Any:
        return language.qualifier(" ".join(quotes))


class DatePart(Enumeration, span_kind="date"):
    """The part of its period that a date names."""

    def _meaning(self, quotes: Sequence[str], language: Language) -> Any:
        return language.part(quotes)


class Reference(CellType):
    """The key of a record of another table; read where each quote is a name of that record, or all are parts of one (joined by ``…``).

    ``brings`` are columns of that record that go with its name where names are shown, such as the unit of an indicator; ``names`` says that
    the names in the row are also names of that record.
    """

    def __init__(self, table: str, kind: SpanKind = "name", brings: tuple[str, ...] = (), names: bool = False) -> None:
        self.table: Final[str] = table
        self.span_kind: SpanKind = kind
        self.brings: Final[tuple[str, ...]] = brings
        self.names: Final[bool] = names

    def read(self, quotes: Sequence[str], names: Names, language: Language) -> set[Any]:
        keys = names[self.table]
        each = [keys.get(quote, frozenset()) for quote in quotes]
        return {*frozenset.intersection(*each), *keys.get("…".join(quotes), ())}


class ReferenceList(NameList):
    """Keys of records of another table, separated by ``;``."""

    def __init__(self, table: str) -> None:
        self.table: Final[str] = table


class References(Listed, separator=" "):
    """Records of any table, or single cells of them: ``table/key`` or ``table/key/column``, separated by a blank."""

    part: CellType = Pattern(r"[a-z_]+(/[^/ ]+){1,3}", "table/key or table/key/column")


class Position(CellType):
    """A locator ``line:start-end`` in the reference edition."""

    def parse(self, text: str) -> str:
        locators.numbers(text)
        return text

    def order(self, value: str) -> tuple[int, int, int]:
        return locators.numbers(value)


def by_type(mapping: Mapping[type[CellType], T], celltype: CellType) -> T:
    """What a mapping says of a cell type: of its class, or else of the nearest class above."""
    return next(mapping[kind] for kind in type(celltype).__mro__ if kind in mapping)
