"""`Table`: a lazy, immutable sequence of records with look-up, selection and conversion."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, KeysView, Mapping
from functools import partial
from operator import attrgetter
from typing import Any, Generic, Self, TypeVar, overload

from povdata.exceptions import AmbiguousError, InvalidArgumentError, NotFoundError, PositionError
from povdata.model import arrow, frames, markup
from povdata.model.columns import Bounds, Labels, columns, for_json
from povdata.model.datatypes import Enumeration, Reference
from povdata.model.extras import pa, pd, pl
from povdata.model.frozen import FrozenDict
from povdata.model.lookup import Index, folded, is_code, nearest
from povdata.model.names import Matches, lent_names, names_above, own_names, place_key, told_apart
from povdata.model.reading import format_cell, read_table
from povdata.model.record import Record
from povdata.model.registry import Dataset, dataset_of, descendants, is_hierarchy, located_by
from povdata.model.schema import Column, Schema, schema_of

R = TypeVar("R", bound=Record)
D = TypeVar("D")


class Table(Generic[R]):
    """The records of one table, in the order of its file: an immutable sequence.

    Nothing is read before the first record is asked for. A selection (``where``, ``within``, a slice) is a table again. It is not
    registered as a sequence, since polars would then take it apart instead of asking for Arrow data.

    >>> import povdata
    >>> len(povdata.provinces), povdata.provinces["630000"].name_en
    (15, 'Qinghai')
    >>> povdata.provinces[0].name_short_zh
    '河北'
    """

    __slots__ = ("__weakref__", "_by_key", "_by_name", "_lock", "_name", "_record", "_records")

    def __init__(self, name: str, record: type[R], records: Iterable[R] | None = None) -> None:
        self._name = name
        self._record = record
        self._records: tuple[R, ...] | None = None if records is None else tuple(records)
        self._by_key: FrozenDict[str, R] | None = None
        self._by_name: Index[R] | None = None
        self._lock = threading.RLock()

    @property
    def name(self) -> str:
        """The table's name."""
        return self._name

    @property
    def record(self) -> type[R]:
        """The class of its records."""
        return self._record

    @property
    def records(self) -> tuple[R, ...]:
        """The records as a tuple; read from the bundled file at first use, once, however many threads ask."""
        if self._records is None:
            with self._lock:
                if self._records is None:
                    file = f"{self.name}.csv"
                    self._records = read_table(self.record, file, self._dataset.read(file))
        return self._records

    @property
    def schema(self) -> Schema:
        """The columns by name."""
        return schema_of(self.record)

    @property
    def by_key(self) -> Mapping[str, R]:
        """The records by key."""
        if self._by_key is None:
            self._by_key = FrozenDict({record.key: record for record in self.records})
        return self._by_key

    def keys(self) -> KeysView[str]:
        """The keys, in order; with them ``dict(table)`` is the records by key."""
        return self.by_key.keys()

    @property
    def _dataset(self) -> Dataset:
        return dataset_of(self.record)

    def selection(self, records: Iterable[R]) -> Self:
        """Some records as a table."""
        return type(self)(self.name, self.record, records)

    @overload
    def __getitem__(self, item: str | int) -> R: ...
    @overload
    def __getitem__(self, item: slice) -> Self: ...
    def __getitem__(self, item: str | int | slice) -> R | Self:
        """A record by key or position, or a table by slice.

        Raises:
            NotFoundError, PositionError, InvalidArgumentError: no such key (the nearest are named), no such position, or neither.
        """
        if isinstance(item, str):
            if (found := self.by_key.get(item)) is not None:
                return found
            kind = f"key of {self.name}" + " (for a column: to_pandas())" * (item in self.schema)
            raise NotFoundError(kind, item, nearest(item, self.by_key) or self._similar(item))
        if isinstance(item, slice):
            return self.selection(self.records[item])
        try:
            return self.records[item]
        except IndexError:
            raise PositionError(self.name, item, len(self)) from None
        except TypeError:
            raise InvalidArgumentError(
                f"{self.name} is asked by key, position or slice, not by {type(item).__name__}; for columns, use to_pandas()"
            ) from None

    def __len__(self) -> int:
        return len(self.records)

    def __iter__(self) -> Iterator[R]:
        return iter(self.records)

    def index(self, record: R) -> int:
        """The position of a record; ValueError where it is not in the table."""
        return self.records.index(record)

    def count(self, record: R) -> int:
        """How often a record is in the table: once or not at all."""
        return self.records.count(record)

    def __contains__(self, item: object) -> bool:
        """Whether a record, or the record with a key, is in the table; a number is refused, since keys are text."""
        if isinstance(item, str):
            return item in self.by_key
        if hasattr(item, "__index__"):
            raise InvalidArgumentError(f"a key of {self.name} is a text: write '{item}'")
        return item in self.records

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Table):
            return NotImplemented
        return self.name == other.name and self.records == other.records

    def __hash__(self) -> int:
        return hash((self.name, self.records))

    def __reduce__(self) -> tuple[Any, ...]:
        """A whole table of a dataset travels by its name, so that it is the same before and after it was first read."""
        if self._dataset.get(self.name) is self:
            return _whole, (self.record, self.name)
        return type(self), (self.name, self.record, self._records)

    def __copy__(self, memo: object = None) -> Self:
        return self

    __deepcopy__ = __copy__

    def __repr__(self) -> str:
        return f"<Table {self._counted()}>"

    def _ipython_key_completions_(self) -> list[str]:
        """What the tab key offers between the brackets."""
        return list(self.by_key)

    def _repr_html_(self) -> str:
        return markup.table(self[: markup.SHOWN], len(self), self._counted())

    def _counted(self) -> str:
        return f"{self.name}: {len(self)} record{'s' * (len(self) != 1)}"

    @overload
    def get(self, key: str) -> R | None: ...
    @overload
    def get(self, key: str, default: D) -> R | D: ...
    def get(self, key: str, default: D | None = None) -> R | D | None:
        """The record with the key, or the default; a key is a text."""
        if not isinstance(key, str):
            raise InvalidArgumentError(f"get takes a key, which is a text, not {type(key).__name__}: write {str(key)!r}")
        return self.by_key.get(key, default)

    @property
    def _names(self) -> Index[R]:
        if self._by_name is None:
            named = ((record, own_names(self._dataset, record), lent_names(self._dataset, record)) for record in self.records)
            self._by_name = Index(self.name, named, names_above, self._dataset.naming)
        return self._by_name

    def lookup(self, name: str) -> R:
        """The one record with that key, name or code.

        Case, blanks, punctuation, tone marks, traditional and invisible characters make no difference. A place's kind may be left out or
        stand in another language (阜平, Fuping, Fuping Xian) where that names one record; names of the places above may stand before it,
        behind a comma or in brackets (河北省阜平县, Fuping County (Hebei)); codes of former years are understood; nothing else is guessed.

        >>> import povdata
        >>> povdata.places.lookup("fuping xian").name_zh
        '阜平县'

        Raises:
            NotFoundError, AmbiguousError: no record has the name, or several have it; similar names, or their keys and places, are given.
        """
        if not isinstance(name, str):
            raise InvalidArgumentError(f"lookup takes a text, not {type(name).__name__}: {name!r}; write codes as text")
        record = self._found(name)
        if record is None:
            raise NotFoundError(f"name in {self.name}", name, self._similar(name))
        return record

    def _found(self, name: str) -> R | None:
        """The one record with that key, name or code, if any."""
        if name in self.by_key:
            return self.by_key[name]
        found = self._names.find(name)
        if len(found) > 1:
            raise AmbiguousError(self.name, name, told_apart(found, name))
        return found[0] if found else None

    def _similar(self, name: str) -> list[str]:
        """Keys, with names in the language of the question, of up to three records that a name resembles."""
        found = self._names.search(name, 3) if any(map(str.isalnum, name)) else []
        return told_apart([match.record for match in found], name)

    def search(self, text: str, limit: int = 10) -> Matches[R]:
        """The records whose names hold the text or resemble it, best first, each once.

        >>> import povdata
        >>> [match.record.name_zh for match in povdata.provinces.search("hei")][:2]
        ['黑龙江省', '河北省']

        Raises:
            InvalidArgumentError: the text has no letter or digit, or the limit is negative.
        """
        if not isinstance(text, str) or not isinstance(limit, int) or limit < 0:
            raise InvalidArgumentError(f"search takes a text and a limit of zero or more, not {text!r} and {limit!r}")
        if not any(map(str.isalnum, text)):
            raise InvalidArgumentError(f"search needs a letter or digit to look for, not {text!r}")
        return Matches(self._names.search(text, limit))

    def where(self, predicate: Callable[[R], bool] | Mapping[str, object] | None = None, /, **columns: object) -> Self:
        """The records that fit: each column equal to a value, or to one of several; a record stands for its key.

        Type checkers catch a misspelt column or value; ``where({column: value})`` takes names that are known only when the program runs.
        Numbers compare by value (``54.4``, ``Decimal("54.40")``, ``"54.4"``, those of numpy); None means an empty cell; a reference takes
        any code that the record meant goes by.

        >>> import povdata
        >>> rates = povdata.observations.where(indicator="poverty_rate", relation=("exact", "less_than"))

        Raises:
            NotFoundError: the table has no such column, or the column's vocabulary no such value.
            InvalidArgumentError: the column never holds such a value, or the predicate meets an empty cell that it does not expect.
        """
        if not (predicate is None or callable(predicate) or isinstance(predicate, Mapping)):
            raise InvalidArgumentError(f"where takes a function of a record, or columns by name, not {predicate!r}")
        named = predicate.items() if isinstance(predicate, Mapping) else ()
        tests: list[tuple[str, frozenset[Any]]] = []
        for name, wanted in (*named, *columns.items()):
            column = self._column(name)
            several: Iterable[Any] = wanted if isinstance(wanted, Iterable) and not isinstance(wanted, (str, bytes)) else (wanted,)
            tests.append((name, frozenset(self._meant(column, value) for value in several)))
        found: Iterable[R] = (
            record
            for record in self.records
            if all(
                not wanted.isdisjoint(value) if isinstance(value := getattr(record, column), tuple) else value in wanted
                for column, wanted in tests
            )
        )
        return self.selection(filter(partial(self._fits, predicate), found) if callable(predicate) else found)

    def _column(self, name: str) -> Column:
        if name not in self.schema:
            raise NotFoundError(f"column of {self.name}", name, nearest(name, self.schema))
        return self.schema[name]

    def _fits(self, predicate: Callable[[R], bool], record: R) -> bool:
        try:
            return bool(predicate(record))
        except TypeError as error:
            empty = ", ".join(name for name in self.schema if getattr(record, name) is None)
            if not empty:
                raise
            raise InvalidArgumentError(
                f"the function given to where fails on {self.name}/{record.key}: {error}; cells that are None there: {empty}"
            ) from error

    def _meant(self, column: Column, value: Any) -> Any:
        """The cell that a value stands for; one that the column can never hold is a slip, not an empty selection."""
        celltype, cell = column.type, f"{self.name}.{column.name}"
        if isinstance(value, Record):
            value = value.key
        if value is None and column.required:
            raise InvalidArgumentError(f"{cell} is never empty")
        if isinstance(value, str) and isinstance(celltype, Enumeration) and value not in celltype.values:
            raise NotFoundError(f"value of {cell}", value, nearest(value, celltype.values))
        if isinstance(value, str) and (isinstance(celltype, Reference) or column.name == "key"):
            target: Table[Any] = self._dataset[celltype.table] if isinstance(celltype, Reference) else self
            record = target._found(value) if value in target.by_key or is_code(value) else None  # of another table
            if record is None and (isinstance(celltype, Reference) or is_code(value)):
                raise NotFoundError(f"value of {cell}", value, target._similar(value))  # of another table
            return record.key if record else value
        try:
            read = None if value is None else celltype.accept(value)
        except ValueError as error:
            raise InvalidArgumentError(f"{cell} cannot be {value!r}: {error}") from None
        return read[0] if isinstance(read, tuple) else read

    def within(self, place: str | Record) -> Self:
        """The records of a place and of all places inside it.

        The place is a record, a key, or a name or code that `lookup` understands, of places; for the tables of the reference half
        (`poverty_counties`, `announcements`, `county_codes`, `divisions`) of any division of China.

        >>> import povdata
        >>> [person.name_zh for person in povdata.people.within("柞水县")]
        ['陈忠哲', '肖青松']

        Raises:
            InvalidArgumentError: the records of this table have no place, or what is given is none.
            NotFoundError, AmbiguousError: as `lookup`.
        """
        hierarchy, located = located_by(self._dataset, self.name)
        if hierarchy is None:
            raise InvalidArgumentError(f"within() needs a column place or province, and {self.name} has none")
        name = place.key if isinstance(place, Record) else place
        everywhere = isinstance(name, str) and folded(name) in self._dataset.naming.everything
        if everywhere and not any(match.score == 1 for match in hierarchy.search(name, 1)):  # the country has no row of its own
            return self.selection(self.records)
        key = place_key(hierarchy, place) if isinstance(place, Record) else self._place(hierarchy, place)
        inside = descendants(hierarchy, key)
        return self.selection(record for record in self.records if any(getattr(record, column) in inside for column in located))

    def _place(self, hierarchy: Table[Any], name: str) -> str:
        """The key of the place of that name; where only another table of places has it, the error says so."""
        try:
            return str(hierarchy.lookup(name).key)
        except NotFoundError as error:
            for other in self._dataset.values():
                if is_hierarchy(other) and (found := other._names.find(name)):  # noqa: SLF001  # a table too
                    kind = f"{error.kind} ({other.name} and the tables that refer to it have one)"
                    raise NotFoundError(kind, name, told_apart(found, name)) from None
            raise

    def sorted(self, *columns: str, reverse: bool = False) -> Self:
        """The records ordered by columns, dates in time, empty cells last; a NotFoundError says which column the table has not."""
        for name in columns:
            if not isinstance(name, str):
                raise InvalidArgumentError(f"sorted takes names of columns one by one, not {name!r}")
        known = [self._column(name) for name in columns]
        records = list(self.records)
        for column in reversed(known):
            cell, order = attrgetter(column.name), column.type.order
            filled = sorted((one for one in records if cell(one) is not None), key=lambda one: order(cell(one)), reverse=reverse)
            records = filled + [one for one in records if cell(one) is None]
        return self.selection(records)

    def to_dicts(self, *, exact: bool = False) -> list[dict[str, Any]]:
        """Each record as a dictionary for ``json.dumps``: int, float, ISO dates, lists; ``exact`` keeps Decimal, date and tuples."""
        told: Callable[[Any], Any] = (lambda value: value) if exact else for_json
        return [{name: told(getattr(record, name)) for name in self.schema} for record in self.records]

    def to_rows(self) -> list[dict[str, str]]:
        """Each record as a dictionary of texts, as they stand in the file."""
        return [{name: format_cell(column, getattr(record, name)) for name, column in self.schema.items()} for record in self.records]

    def to_pandas(self, *, labels: Labels | None = None, bounds: Bounds = False, caveats: bool = False) -> pd.DataFrame:
        """A pandas DataFrame, key first, with nullable types: string, Int64, Float64, boolean, category, datetime64[s].

        Args:
            labels: ``"en"`` or ``"zh"`` adds names of the records that the columns refer to, of the places' regions, and indicators' units.
            bounds: True adds ``lower`` and ``upper`` of an observation's value; empty where the article sets no bound. ``"rounding"`` also
                takes what rounding leaves open (54.4 is 54.35 to 54.45) and the natural limits (a share is 0 to 100).
            caveats: adds the keys of the caveats that concern the row.

        Raises:
            InvalidArgumentError: another language, or bounds of a table that has no values.
            MissingExtraError: pandas is not installed.
        """
        return frames.to_pandas(columns(self, labels, bounds, caveats), self.name)

    def to_polars(self, *, labels: Labels | None = None, bounds: Bounds = False, caveats: bool = False) -> pl.DataFrame:
        """A polars DataFrame with exact types: Decimal, Enum, Date, List; options and errors as `to_pandas`, which it does without."""
        return arrow.to_polars(columns(self, labels, bounds, caveats))

    def to_arrow(self, *, labels: Labels | None = None, bounds: Bounds = False, caveats: bool = False) -> pa.Table:
        """An Arrow table with exact types (decimal128, dictionary, date32, list) and descriptions; options and errors as `to_pandas`."""
        return arrow.to_arrow(columns(self, labels, bounds, caveats))

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The Arrow PyCapsule interface: polars, pyarrow, DuckDB, narwhals and others take a table as it is."""
        return arrow.stream(columns(self), requested_schema)

    def __narwhals_dataframe__(self) -> object:
        """The protocol of narwhals, through which Altair, Plotly and others take a table as it is; they get the pandas frame."""
        return frames.to_narwhals(columns(self), self.name)

    def __array__(self, *_: object, **__: object) -> Any:
        """Refused: numpy, and ``pandas.DataFrame(table)``, would make a column of objects of the records."""
        raise InvalidArgumentError(f"{self.name} is no array: to_pandas() makes a frame of it, list() a list of records")


def _whole(record: type[Record], name: str) -> Any:
    """The table of that name beside the table of a record class."""
    return dataset_of(record)[name]
