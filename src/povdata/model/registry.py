"""Tables that belong together: where links, references, look-ups and derived cells find each other.

A dataset registers its tables once; from a record's class the engine then finds them, also in another process.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from povdata.exceptions import InvalidArgumentError, NotFoundError
from povdata.model.datatypes import Reference
from povdata.model.frozen import FrozenDict
from povdata.model.lookup import PLAIN, Naming, nearest
from povdata.model.record import Record, Rows
from povdata.model.schema import schema_of

Open = Callable[[str], bytes]  # gives a data file's bytes by its name
Cell = tuple[str, str, str]  # table, key, column


class Dataset(FrozenDict[str, Any]):
    """Tables by name, with what they have in common: how data files are read, and what names look like in their languages."""

    __slots__ = ("naming", "read")

    def __init__(self, tables: Iterable[Rows], read: Open, naming: Naming = PLAIN) -> None:
        super().__init__({table.name: table for table in tables})
        self.read: Open = read
        self.naming: Naming = naming
        _HOMES.update((table.record, (self, table)) for table in self.values())

    def __hash__(self) -> int:  # type: ignore[override]  # unlike a dictionary, a dataset is itself alone
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other

    def __reduce__(self) -> tuple[Any, ...]:
        return dataset_of, (next(iter(self.values())).record,)

    def table(self, name: str) -> Any:
        """The table of that name, or a NotFoundError with the nearest."""
        if name not in self:
            raise NotFoundError("table", name, nearest(name, self))
        return self[name]

    def table_of(self, record: Record) -> Any:
        """The table that a record belongs to."""
        return _HOMES[type(record)][1]

    def rests_on(self, table: str, record: Any, column: str) -> Iterator[Cell]:
        """The cells that a derived cell was computed from, down to those that are not derived; none for an empty or other cell."""
        derivation = self[table].schema[column].derivation
        if derivation is None or getattr(record, column) is None or record.key not in self[table].by_key:
            return
        for source, name in derivation.cells(record, self):
            below = self.table_of(source)
            if below.schema[name].derivation is None:
                yield below.name, source.key, name
            else:
                yield from self.rests_on(below.name, source, name)


_HOMES: dict[type, tuple[Dataset, Any]] = {}  # the dataset and the table of each record class


def dataset_of(record: type) -> Dataset:
    """The dataset that a record class belongs to."""
    if record not in _HOMES:
        raise InvalidArgumentError(f"{record.__name__} is in no dataset; make a Dataset of its table first")
    return _HOMES[record][0]


def grouped(records: Iterable[Any], *columns: str) -> dict[tuple[Any, ...], list[Any]]:
    """Records by what stands in some of their columns."""
    groups = defaultdict(list)
    for record in records:
        groups[tuple(getattr(record, column) for column in columns)].append(record)
    return dict(groups)


@cache
def citations(dataset: Dataset) -> Mapping[tuple[str, str, str], list[Any]]:
    """The citations of each cell."""
    return grouped(dataset["citations"], "table", "record", "column")


def is_hierarchy(table: Rows) -> bool:
    """Whether each record of a table, which is then one of places, may name the one above it in a column ``parent``."""
    parent = table.schema.get("parent")
    return parent is not None and isinstance(parent.type, Reference) and parent.type.table == table.name


def hierarchy_of(dataset: Dataset, record: type, column: str) -> Any:
    """The hierarchy in whose table a column's keys stand, directly or because another table shares its keys; None for another column."""
    celltype = schema_of(record)[column].type
    if not isinstance(celltype, Reference):
        return None
    target = dataset[celltype.table]
    return target if is_hierarchy(target) else hierarchy_of(dataset, target.record, "key")


@cache
def located_by(dataset: Dataset, name: str) -> tuple[Any, tuple[str, ...]]:
    """The hierarchy that the records of a table lie in, and the columns that say where; None and no columns where they lie in none."""
    own = dataset[name]
    if is_hierarchy(own):
        return own, ("key",)
    found = {column: hierarchy_of(dataset, own.record, column) for column in own.schema}
    first = next((hierarchy for hierarchy in found.values() if hierarchy is not None), None)
    return first, tuple(column for column, hierarchy in found.items() if first is not None and hierarchy is first)


@cache
def _children(dataset: Dataset, name: str) -> Mapping[tuple[str], list[Any]]:
    return grouped(dataset[name], "parent")


def descendants(hierarchy: Rows, key: str) -> frozenset[str]:
    """The keys of a place and of all places below it."""
    below = _children(dataset_of(hierarchy.record), hierarchy.name)
    found = [key]
    for place in found:  # it grows at its end
        found += (child.key for child in below.get((place,), ()))
    return frozenset(found)


def ancestors(record: Any) -> Iterator[Any]:
    """The places above a record, from the nearest upwards: for a place its parents, for another record its place and that one's parents."""
    dataset = dataset_of(type(record))
    hierarchy, columns = located_by(dataset, dataset.table_of(record).name)
    key = next(filter(None, (getattr(record, column) for column in columns)), None)
    if columns[:1] == ("key",):  # the record is a place itself
        key = hierarchy[key].parent
    while key is not None:
        place = hierarchy[key]
        yield place
        key = place.parent
