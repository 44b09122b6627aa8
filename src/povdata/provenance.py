"""From a record, a table or a frame of a dataset to the characters that it was read from, through derived cells."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from povdata.exceptions import InvalidArgumentError, NotFoundError
from povdata.locators import Locator
from povdata.model import markup
from povdata.model.frames import TABLE
from povdata.model.lookup import nearest
from povdata.model.record import Record
from povdata.model.registry import Dataset, citations
from povdata.model.table import Table

Passage = tuple[tuple[str, str, str] | None, str]  # what a copy has of a span: text before, characters, text after; and its status


class Evidence(NamedTuple):
    """One citation with what it points at.

    ``table``, ``key`` and ``column`` name the cell, and ``value`` is what it holds in the file. ``locator`` says where the characters stand
    in the reference edition, ``characters`` gives them where they are a figure, a date or a name (else None), and ``basis`` says whether
    they say it directly, in context, or by our inference. ``passage`` is what the reader's copy has, the text before, the characters and
    the text after, or None; ``status`` is ``confirmed``, ``moved``, ``unclear``, ``contradicted`` or ``missing``, or None without a copy.
    """

    table: str
    key: str
    column: str
    value: str
    locator: Locator
    characters: str | None
    basis: str
    passage: tuple[str, str, str] | None = None
    status: str | None = None

    def differs(self) -> str:
        """How the copy differs from what was cited, in words; empty where it does not."""
        expected = "other characters" if self.characters is None else repr(self.characters)
        return f"{self.status}, {expected} should stand at {self.locator}" if self.status in ("unclear", "contradicted", "missing") else ""


class EvidenceList(tuple[Evidence, ...]):
    """Pieces of evidence, in the order of the cells; shows itself as a table, of several tables with their names."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        copy = ["copy"] * any(item.status for item in self)
        rows = (
            [name, it.column, it.value, str(it.locator), it.characters, it.basis, *[it.status] * len(copy)] for name, it in self._named()
        )
        header = ["key", "column", "value", "locator", "characters", "basis", *copy]
        shown = markup.grid(header, rows, f"{len(self)} citation{'s' * (len(self) != 1)}")
        return shown + "".join(markup.passage(passage, differs) for passage, differs in self._passages())

    def __str__(self) -> str:
        """The passages of the reader's copy, each once, with the characters marked; without a copy, the citations."""
        if any(item.status for item in self):
            shown = ((differs, "…{}【{}】{}…".format(*passage) if passage else "") for passage, differs in self._passages())
            return "\n".join(": ".join(filter(None, parts)) for parts in shown)
        cited = (f"{name} {it.column}: {it.characters or '(phrase)'} at {it.locator}, {it.basis}" for name, it in self._named())
        return "\n".join(cited) or "nothing here was read from the text"

    def _named(self) -> list[tuple[str, Evidence]]:
        """Each with the key of its record; where there are several tables, with the table's name."""
        several = len({item.table for item in self}) > 1
        return [(f"{item.table}/{item.key}" if several else item.key, item) for item in self]

    def _passages(self) -> Iterable[tuple[tuple[str, str, str] | None, str]]:
        """What the copy has, each once, and how it differs."""
        return dict.fromkeys((item.passage, item.differs()) for item in self if item.status)


def evidence(dataset: Dataset, subject: Any, column: str | None = None, passages: Mapping[str, Passage] | None = None) -> EvidenceList:
    """The citations behind a record, a table or the rows of a frame, as `povdata.evidence` says; passages come by the span's key."""
    subjects = _subjects(dataset, subject)
    known = {name: None for table, _ in subjects for name in table.schema}
    if not isinstance(column, str | None):
        raise InvalidArgumentError(f"evidence takes the name of one column, not {column!r}")
    if column is not None and column not in known:
        raise NotFoundError(f"column of {' or '.join(table.name for table, _ in subjects)}", column, nearest(column, known))
    cited = dict.fromkeys(it for table, records in subjects for record in records for it in _behind(dataset, table, record, column))
    return EvidenceList(_evidence(dataset, citation, passages or {}) for citation in cited)


def _evidence(dataset: Dataset, citation: Any, passages: Mapping[str, Passage]) -> Evidence:
    table, key, column, span = citation.table, citation.record, citation.column, citation.span
    value = dataset[table].schema[column].type.format(getattr(dataset[table][key], column))
    passage = passages.get(span, (None, None))
    return Evidence(table, key, column, value, Locator.parse(span), dataset["spans"][span].text, citation.basis, *passage)


def _behind(dataset: Dataset, table: Table[Any], record: Record, column: str | None) -> Iterator[Any]:
    """The citations of a record's cells, and of the cells in other records that its derived cells were computed from."""
    cited = citations(dataset)
    for name in table.schema.keys() & {column} if column else table.schema:
        below = dataset.rests_on(table.name, record, name)
        for cell in ((table.name, record.key, name), *(cell for cell in below if column or cell[:2] != (table.name, record.key))):
            yield from cited.get(cell, ())


def _subjects(dataset: Dataset, subject: Any) -> list[tuple[Table[Any], Iterable[Any]]]:
    """The tables, and of each the records, that evidence is asked for."""
    if isinstance(subject, Record):
        return [(dataset.table_of(subject), [subject])]
    if isinstance(subject, Table):
        return [(dataset.table(subject.name), subject.records)]
    keys, columns = _keys(subject)
    tables = [table for table in dataset.values() if all(key in table.by_key for key in keys)]
    if not tables:
        missing = next((key for key in keys if not any(key in table.by_key for table in dataset.values())), keys[0])
        raise NotFoundError("record with the frame's key", missing)
    if not keys:
        return [(table, ()) for table in tables]
    shared = {table.name: columns & table.schema.keys() for table in tables}
    uses = Counter(name for names in shared.values() for name in names)
    own = [table for table in tables if table.name == getattr(subject, "attrs", {}).get(TABLE)]
    found = own or [table for table in tables if len(tables) == 1 or any(uses[name] == 1 for name in shared[table.name])]
    if not found:
        most = max(map(len, shared.values()))
        names = " or ".join(name for name, columns in shared.items() if len(columns) == most)
        raise InvalidArgumentError(f"the rows may be of {names}, which share these keys; keep more columns, or select from the table")
    return [(table, [table[key] for key in keys]) for table in found]


def _keys(frame: Any) -> tuple[list[str], set[str]]:
    """The keys of a frame's rows, in a column or the index of pandas, and its columns."""
    if hasattr(frame, "collect"):  # a lazy frame of polars
        raise InvalidArgumentError(f"evidence takes a frame that is in memory, not {type(frame).__name__}; collect it first")
    columns = list(getattr(frame, "column_names", getattr(frame, "columns", ())))  # of Arrow; of pandas and polars
    index = getattr(getattr(frame, "index", None), "name", None)
    if not columns and index is None:
        raise InvalidArgumentError(f"evidence takes a record, a table or a frame, not {type(frame).__name__}")
    if "key" not in columns and index != "key":
        others = [name for name in columns if str(name).endswith(("_key", "key_x", "key_y"))]
        hint = f"rename the right one of {', '.join(others)} to 'key'" if others else "keep it when you select columns"
        raise InvalidArgumentError(f"the frame has no column 'key', by which its rows are found; {hint}")
    try:
        return [str(key) for key in (frame["key"] if "key" in columns else frame.index)], set(columns)
    except TypeError:
        raise InvalidArgumentError(f"evidence takes a frame that is in memory, not {type(frame).__name__}; collect it first") from None
