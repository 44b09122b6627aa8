"""`Table`: a lazy, immutable sequence of records with look-up, selection and conversion."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Callable, Iterable, Iterator, KeysView, Mapping
from typing import TYPE_CHECKING, Any, Generic, Literal, Self, TypeVar, overload

from povdata.celltypes import Enumeration, Reference
from povdata.exceptions import AmbiguousError, InvalidArgumentError, NotFoundError, PositionError
from povdata.reading import bundled, format_cell, read_table
from povdata.records import Place, Province, Record
from povdata.schema import Schema, schema_of

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

    from povdata.searching import Matches

R = TypeVar("R", bound=Record)
D = TypeVar("D")


class Table(Generic[R]):
    """The records of one table, in the order of its file: an immutable sequence.

    It has the methods of a sequence but is not registered as one, since polars would then take it apart instead of asking for Arrow data.

    Nothing is read before the first record is asked for. A selection (``where``, ``within``, a slice) is a table again.

    >>> import povdata
    >>> len(povdata.provinces), povdata.provinces["630000"].name_en
    (15, 'Qinghai')
    >>> povdata.provinces[0].name_short_zh
    '河北'
    """

    __slots__ = ("_by_key", "_by_letters", "_by_name", "_load", "_lock", "_records", "name", "record")

    name: str
    """The table's name."""
    record: type[R]
    """The class of its records."""

    def __init__(self, name: str, record: type[R], records: Iterable[R] | None = None) -> None:
        self.name = name
        self.record = record
        self._records: tuple[R, ...] | None = None if records is None else tuple(records)
        self._by_key: dict[str, R] | None = None
        self._by_name: dict[str, tuple[R, ...]] | None = None
        self._by_letters: dict[str, frozenset[str]] | None = None
        self._lock = threading.RLock()

    @property
    def records(self) -> tuple[R, ...]:
        """The records as a tuple; read from the bundled file at first use, once, however many threads ask."""
        if self._records is None:
            with self._lock:
                if self._records is None:
                    self._records = read_table(self.record, f"{self.name}.csv", bundled(f"{self.name}.csv"))
        return self._records

    @property
    def schema(self) -> Schema:
        """The columns by name."""
        return schema_of(self.record)

    @property
    def by_key(self) -> Mapping[str, R]:
        """The records by key."""
        if self._by_key is None:
            self._by_key = {record.key: record for record in self.records}
        return self._by_key

    def keys(self) -> KeysView[str]:
        """The keys, in order; with them ``dict(table)`` is the records by key."""
        return self.by_key.keys()

    def _selection(self, records: Iterable[R]) -> Self:
        return type(self)(self.name, self.record, records)

    # A sequence and, by key, a mapping.

    @overload
    def __getitem__(self, item: str | int) -> R: ...
    @overload
    def __getitem__(self, item: slice) -> Self: ...
    def __getitem__(self, item: str | int | slice) -> R | Self:
        """A record by key or position, or a table by slice.

        Raises:
            NotFoundError: no record has the key; the nearest keys are named.
            PositionError: there is no record at the position.
            InvalidArgumentError: neither a key, nor a position, nor a slice.
        """
        if isinstance(item, str):
            try:
                return self.by_key[item]
            except KeyError:
                kind = f"key of {self.name}" + " (for a column: to_pandas())" * (item in self.schema)
                raise NotFoundError(kind, item, nearest(item, self.by_key)) from None
        if isinstance(item, slice):
            return self._selection(self.records[item])
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

    def __reversed__(self) -> Iterator[R]:
        return reversed(self.records)

    def index(self, record: R) -> int:
        """The position of a record; ValueError where it is not in the table."""
        return self.records.index(record)

    def count(self, record: R) -> int:
        """How often a record is in the table: once or not at all."""
        return self.records.count(record)

    def __contains__(self, item: object) -> bool:
        """Whether a record, or the record with a key, is in the table."""
        return item in self.by_key if isinstance(item, str) else item in self.records

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Table):
            return NotImplemented
        return self.name == other.name and self.records == other.records

    def __hash__(self) -> int:
        return hash((self.name, self.records))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.name, self.record, self._records)

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self

    def __repr__(self) -> str:
        return f"<Table {self._counted()}>"

    def _ipython_key_completions_(self) -> list[str]:
        """What the tab key offers between the brackets."""
        return list(self.by_key)

    def _repr_html_(self) -> str:
        from povdata import html

        return html.table(self.schema, self.records, caption=self._counted())

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

    # Look-up by name.

    @property
    def _names(self) -> dict[str, tuple[R, ...]]:
        if self._by_name is None:
            columns = [column.name for column in self.schema.values() if column.is_name or column.name == "key"]
            names: dict[str, dict[str, R]] = {}
            for record in self.records:
                for column in columns:
                    value = getattr(record, column)
                    for name in value if isinstance(value, tuple) else (value,):
                        if name is not None:
                            for part in parts(name):
                                names.setdefault(folded(part), {})[record.key] = record
            whole = dict.fromkeys(names)  # in order, so that candidates always come in the same
            for name in whole:
                short = shortened(name)
                if short not in whole:  # a whole name goes before the short form of another
                    names.setdefault(short, {}).update(names[name])
            self._by_name = {name: tuple(records.values()) for name, records in names.items()}
        return self._by_name

    def lookup(self, name: str) -> R:
        """The one record with that key, name or code.

        Case, blanks, hyphens and the tone marks of pinyin make no difference; a place's kind may be left out (阜平, Fuping) where that
        names one record; names of the places above may stand before a place's own (河北省阜平县); nothing else is guessed.

        >>> import povdata
        >>> povdata.places.lookup("fuping xian").name_zh
        '阜平县'

        Raises:
            NotFoundError: no record has the name; similar names are given.
            AmbiguousError: several records have it; their keys are given.
        """
        if not isinstance(name, str):
            raise InvalidArgumentError(f"lookup takes a text, not {type(name).__name__}: {name!r}; write codes as text")
        found = (self._names.get(folded(name)) or self._qualified(folded(name))) if name.strip() else ()
        if len(found) > 1:
            raise AmbiguousError(self.name, name, [f"{record.key} ({label(record)})" for record in found])
        if not found:
            raise NotFoundError(f"name in {self.name}", name, self._similar(name))
        return found[0]

    def _qualified(self, name: str) -> tuple[R, ...]:
        """The records whose own name ends a folded name that begins with names of places above them."""
        longest = max(map(len, self._names), default=0)
        for cut in range(max(1, len(name) - longest), len(name)):
            if found := tuple(record for record in self._names.get(name[cut:], ()) if _lies_in(record, name[:cut])):
                return found
        return ()

    def _similar(self, name: str) -> list[str]:
        """Keys, with names, of up to three records that a name resembles."""
        return [f"{match.record.key} ({label(match.record)})" for match in self.search(name, limit=3)] if folded(name) else []

    def search(self, text: str, limit: int = 10) -> Matches[R]:
        """The records whose names hold the text or resemble it, best first, each once.

        >>> import povdata
        >>> [match.record.name_zh for match in povdata.provinces.search("hei")][:2]
        ['黑龙江省', '河北省']

        Raises:
            InvalidArgumentError: the text has no letter or digit, or the limit is negative.
        """
        from povdata import searching

        if not isinstance(text, str) or not isinstance(limit, int) or limit < 0:
            raise InvalidArgumentError(f"search takes a text and a limit of zero or more, not {text!r} and {limit!r}")
        if not folded(text):
            raise InvalidArgumentError(f"search needs a letter or digit to look for, not {text!r}")
        if self._by_letters is None:
            self._by_letters = {name: searching.letters(name) for name in self._names}
        return searching.search(folded(text), self._names, self._by_letters, limit)

    # Selection.

    def where(self, predicate: Callable[[R], bool] | None = None, /, **columns: object) -> Self:
        """The records that fit: each column equal to a value, or to one of several; a record stands for its key.

        >>> import povdata
        >>> rates = povdata.observations.where(indicator="poverty_rate", relation=("exact", "less_than"))

        Raises:
            NotFoundError: the table has no such column, or the column's vocabulary no such value.
            InvalidArgumentError: the column never holds such a value, as a text where it holds numbers.
        """
        if predicate is not None and not callable(predicate):
            raise InvalidArgumentError(f"where takes a function of a record, or columns by name, not {predicate!r}")
        tests: list[tuple[str, frozenset[Any]]] = []
        for column, wanted in columns.items():
            if column not in self.schema:
                raise NotFoundError(f"column of {self.name}", column, nearest(column, self.schema))
            several: Iterable[Any] = wanted if isinstance(wanted, Iterable) and not isinstance(wanted, (str, bytes)) else (wanted,)
            values = [value.key if isinstance(value, Record) else value for value in several]
            for value in values:
                self._refuse(column, value)
            tests.append((column, frozenset(values)))
        return self._selection(
            record
            for record in self.records
            if (predicate is None or predicate(record))
            and all(
                not wanted.isdisjoint(value) if isinstance(value := getattr(record, column), tuple) else value in wanted
                for column, wanted in tests
            )
        )

    def _refuse(self, column: str, value: Any) -> None:
        """A value that the column can never hold is a slip, not an empty selection."""
        from povdata import catalog

        declared = self.schema[column]
        if value is None:
            if declared.required:
                raise InvalidArgumentError(f"{self.name}.{column} is never empty")
            return
        celltype = declared.type
        if isinstance(value, str) and isinstance(celltype, (Enumeration, Reference)):
            known = celltype.values if isinstance(celltype, Enumeration) else catalog.table(celltype.table).by_key
            if value not in known:
                near = nearest(value, known) if isinstance(celltype, Enumeration) else catalog.table(celltype.table)._similar(value)  # noqa: SLF001  # of another table
                raise NotFoundError(f"value of {self.name}.{column}", value, near)
            return
        try:
            read = celltype.parse(celltype.format(value) if isinstance(value, bool) else str(value))
        except ValueError as error:
            raise InvalidArgumentError(f"{self.name}.{column} cannot be {value!r}: {error}") from None
        if value not in (read if isinstance(read, tuple) else (read,)):
            raise InvalidArgumentError(f"{self.name}.{column} holds {type(read).__name__}: write {read!r}, not {value!r}")

    def within(self, place: str | Record) -> Self:
        """The records of a place and of all places below it.

        The place is a record of places or provinces, a key, or a name that `lookup` understands. Of `poverty_counties` it may also be the
        Chinese name or the code of any province or prefecture on the list.

        >>> import povdata
        >>> [person.name_zh for person in povdata.people.within("柞水县")]
        ['陈忠哲', '肖青松']

        Raises:
            InvalidArgumentError: the records of this table have no place, or what is given is none.
            NotFoundError, AmbiguousError: as `lookup`.
        """
        from povdata import catalog

        columns = {"key"} if self.record in (Place, Province) else {"place", "province"} & self.schema.keys()
        if not columns:
            raise InvalidArgumentError(f"within() needs a column place or province, and {self.name} has none")
        if isinstance(place, Record) and not isinstance(place, (Place, Province)):
            raise InvalidArgumentError(f"within takes a place or a province, not a {type(place).__name__}: {place.key}")
        if self.name == "poverty_counties":  # the national list knows more regions than the article
            return self._selection(self._in_region(place))
        key = place.key if isinstance(place, Record) else catalog.places.lookup(place).key
        inside = catalog.descendants(key)
        return self._selection(record for record in self.records if any(getattr(record, column) in inside for column in columns))

    def _in_region(self, place: str | Record) -> list[R]:
        """The counties of the national list in one of its own provinces or prefectures, or in a place of the article."""
        from povdata import catalog

        if isinstance(place, Record):
            key = place.key
        else:
            try:
                key = catalog.divisions.lookup(place).key
            except NotFoundError:  # the country
                key = catalog.places.lookup(place).key
        code = key[:2] if key.endswith("0000") else key[:4] if key.isdecimal() and key.endswith("00") else key
        return [record for record in self.records if record.key.startswith(code) or code == "CN"]

    def sorted(self, *columns: str, reverse: bool = False) -> Self:
        """The records ordered by columns, dates in time; empty cells come last.

        Raises:
            NotFoundError: the table has no such column.
            InvalidArgumentError: something else than names of columns.
        """
        for column in columns:
            if not isinstance(column, str):
                raise InvalidArgumentError(f"sorted takes names of columns one by one, not {column!r}")
            if column not in self.schema:
                raise NotFoundError(f"column of {self.name}", column, nearest(column, self.schema))
        records = list(self.records)
        for column in reversed(columns):
            order = self.schema[column].type.order
            filled = [record for record in records if getattr(record, column) is not None]
            empty = [record for record in records if getattr(record, column) is None]
            records = sorted(filled, key=lambda record: order(getattr(record, column)), reverse=reverse) + empty
        return self._selection(records)

    # Conversion.

    def to_dicts(self) -> list[dict[str, Any]]:
        """Each record as a dictionary of its columns."""
        names = list(self.schema)
        return [{name: getattr(record, name) for name in names} for record in self.records]

    def to_rows(self) -> list[dict[str, str]]:
        """Each record as a dictionary of texts, as they stand in the file."""
        columns = self.schema.values()
        return [{column.name: format_cell(column, getattr(record, column.name)) for column in columns} for record in self.records]

    def to_pandas(self, *, labels: Literal["en", "zh"] | None = None, bounds: bool = False, caveats: bool = False) -> pd.DataFrame:
        """A pandas DataFrame, key first, with nullable types: string, Int64, Float64, boolean, category, datetime64[s].

        Args:
            labels: ``"en"`` or ``"zh"`` adds the names of the records that the columns refer to, of the regions that places lie in, and the
                indicators' units.
            bounds: adds ``lower`` and ``upper`` of an observation's value; empty where the article sets no bound.
            caveats: adds the keys of the caveats that concern the row.

        Raises:
            InvalidArgumentError: another language, or bounds of a table that has no values.
        """
        from povdata import frames

        return frames.to_pandas(self, labels=labels, bounds=bounds, caveats=caveats)

    def to_polars(self) -> pl.DataFrame:
        """A polars DataFrame with exact types: Decimal, Enum, Date, List; needs neither pandas nor pyarrow.

        Raises:
            MissingExtraError: polars is not installed.
        """
        from povdata import arrow

        return arrow.to_polars(self)

    def to_arrow(self) -> pa.Table:
        """An Arrow table with exact types: decimal128, dictionary, date32, list; columns carry their descriptions.

        Raises:
            MissingExtraError: pyarrow is not installed.
        """
        from povdata import arrow

        return arrow.to_arrow(self)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The Arrow PyCapsule interface: polars, pyarrow, DuckDB and others take a table as it is."""
        from povdata import arrow

        return arrow.stream(self, requested_schema)

    def __array__(self, *_: object, **__: object) -> Any:
        """Refused: numpy, and ``pandas.DataFrame(table)``, would make a column of objects of the records."""
        raise InvalidArgumentError(f"{self.name} is no array: to_pandas() makes a frame of it, list() a list of records")

    def __narwhals_dataframe__(self) -> object:
        """The protocol of narwhals, through which Altair, Plotly and others take a table as it is; they get the pandas frame."""
        import narwhals

        return narwhals.from_native(self.to_pandas())._compliant_frame  # noqa: SLF001  # what narwhals asks for, and has no public name for


def folded(name: str) -> str:
    """A name as look-ups compare it: compatibility form, without case, blanks, hyphens and tone marks."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c) and c not in " -'’")


_KINDS = (
    *("自治县", "自治旗", "自治州", "自治区", "地区", "社区", "省", "市", "县", "区", "旗", "盟", "州", "镇", "乡", "村"),
    *("zizhixian", "zizhiqi", "zizhizhou", "zizhiqu", "diqu", "shequ", "sheng", "shi", "xian", "qu", "qi", "meng", "zhou"),
    *("zhen", "xiang", "cun", "autonomousregion", "autonomousprefecture", "autonomouscounty", "autonomousbanner", "prefecture"),
    *("province", "community", "township", "district", "village", "county", "banner", "hamlet", "city", "town"),
)
"""What names of places end with, folded; longer ones before those that they end with."""

_PEOPLES = (
    "(?<=.)(?:(?:蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|"
    "羌|布朗|撒拉|毛南|仡佬|锡伯|普米|塔吉克|怒|鄂温克|德昂|保安|裕固|独龙|鄂伦春|各)族|维吾尔)+$"
)
"""Peoples that autonomous counties and prefectures are named after, as a pattern."""


def shortened(name: str) -> str:
    """A folded name without the word for the kind of place at its end, and without the peoples before it (通道侗族自治县, 通道)."""
    ending = next((kind for kind in _KINDS if name.endswith(kind) and len(name) > len(kind) + 1), "")
    short = name[: len(name) - len(ending)]
    return re.sub(_PEOPLES, "", short) if ending.startswith("自治") else short


def _lies_in(record: Any, names: str) -> bool:
    """Whether folded names, one behind the other, are those of places above a record, the nearest last; some may be left out."""
    for level in _levels(record):
        names = names.removesuffix(next((name for name in sorted(level, key=len, reverse=True) if names.endswith(name)), ""))
    return not names


def _levels(record: Any) -> Iterator[set[str]]:
    """What the places above a record are called, folded, whole and short, from the nearest upwards."""
    levels = []
    record = getattr(record, "division_record", record)
    while (record := getattr(record, "parent_record", None)) is not None:
        levels.append({record.name_zh, *(getattr(record, "names_printed", ()) or ()), record.name_en, record.pinyin})
    for level in levels:
        whole = set(map(folded, level))
        yield whole | set(map(shortened, whole))


def parts(name: str) -> list[str]:
    """A name, and where brackets hold another, as with counties that were renamed, each of the two."""
    return [name, *filter(None, re.split("[()（）]", name))] if re.search("[(（]", name) else [name]


def label(record: Record, language: str = "zh") -> str:
    """What a reader would call the record."""
    names = (f"name_{language}", f"what_{language}", f"product_{language}", f"subject_{language}", "pinyin", "name_printed", "title")
    for attribute in names:
        if value := getattr(record, attribute, None):
            return str(value)
    return record.key


def nearest(name: object, names: Iterable[str]) -> list[str]:
    """Up to three names that resemble the given one, or else that hold it."""
    from difflib import get_close_matches

    known, wanted = list(names), str(name)
    holding = sorted((one for one in known if wanted and wanted in one), key=len)
    return list(dict.fromkeys([*get_close_matches(wanted, known, n=3, cutoff=0.5), *holding]))[:3]
