"""Links between records: from a column that holds a key to the record meant, and back to the records that hold one's key.

They are declared in the record classes beside the columns:

>>> import povdata
>>> rate = povdata.observations["fuping-poverty-rate-2014"]
>>> rate.place, rate.place_record.name_en, rate.indicator_record.unit
('130624', 'Fuping County', 'percent')
>>> [person.name_en for person in povdata.places["611026"].people]
['Chen Zhongzhe', 'Xiao Qingsong']
"""

from functools import cache
from typing import Any, Generic, Self, TypeVar, overload

from povdata.model.record import Record
from povdata.model.registry import Dataset, dataset_of
from povdata.model.schema import schema_of
from povdata.model.table import Table

R = TypeVar("R", bound=Record)
T = TypeVar("T")


class Link(Generic[T]):
    """The way from a record to another, or to several; read as an attribute of a record, it gives these."""

    def __init__(self, name: str, column: str = "") -> None:
        self.name: str = name  # the column that holds the key, or the table whose records are meant
        self.column: str = column  # of that table
        self.__doc__ = (type(self).__doc__ or "").format(name, column)  # what a kind of link says is filled in for each

    @overload
    def __get__(self, record: None, owner: type) -> Self: ...
    @overload
    def __get__(self, record: Record, owner: type) -> T: ...
    def __get__(self, record: Record | None, owner: type) -> Self | T:
        """The linked record or records; accessed on the class, the link itself."""
        return self if record is None else self._follow(record, dataset_of(owner))

    def _follow(self, record: Record, dataset: Dataset) -> Any:
        raise NotImplementedError


class One(Link[T]):
    """The record whose key stands in `{}`."""

    def _follow(self, record: Record, dataset: Dataset) -> Any:
        celltype: Any = schema_of(type(record))[self.name].type
        key = getattr(record, self.name)
        return None if key is None else dataset[celltype.table].by_key[key]


class Maybe(One[R | None]):
    """The record whose key stands in `{}`; None where that is empty."""


class Many(Link[Table[R]]):
    """The records of `{}` whose `{}` is this one."""

    def _follow(self, record: Record, dataset: Dataset) -> Any:
        return dataset[self.name].where(**{self.column: record.key})


class Within(Link[Table[R]]):
    """The records of `{}` here and at all places below."""

    def _follow(self, record: Record, dataset: Dataset) -> Any:
        return dataset[self.name].within(record)


class Concerning(Link[Table[R]]):
    """The records of `{}` whose `{}` name this record, its cells, or cells that these were computed from."""

    def _follow(self, record: Record, dataset: Dataset) -> Any:
        own, table = dataset.table_of(record), dataset[self.name]
        paths = {f"{own.name}/{record.key}", *(f"{own.name}/{record.key}/{column}" for column in own.schema)}
        for column in own.schema:
            for cell in dataset.rests_on(own.name, record, column):
                paths |= {"/".join(cell[:2]), "/".join(cell)}
        positions = sorted({position for path in paths for position in _naming(dataset, self.name, self.column).get(path, ())})
        return table.selection(table.records[position] for position in positions)


@cache
def _naming(dataset: Dataset, table: str, column: str) -> dict[str, list[int]]:
    """The positions of the records that name a record (``table/key``) or a cell (``table/key/column``), by that path."""
    found: dict[str, list[int]] = {}
    for position, record in enumerate(dataset[table]):
        for path in getattr(record, column):
            found.setdefault(path, []).append(position)
    return found
