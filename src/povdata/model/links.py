"""Links between records: from a column that holds a key to the record meant, and back to the records that hold one's key.

They are declared in the record classes beside the columns:

>>> import povdata
>>> rate = povdata.observations["fuping-poverty-rate-2014"]
>>> rate.place, rate.place_record.name_en, rate.indicator_record.unit
('130624', 'Fuping County', 'percent')
>>> [person.name_en for person in povdata.places["611026"].people]
['Chen Zhongzhe', 'Xiao Qingsong']
"""

from __future__ import annotations

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

    @overload
    def __get__(self, record: None, owner: type) -> Self: ...
    @overload
    def __get__(self, record: Record, owner: type) -> T: ...
    def __get__(self, record: Record | None, owner: type) -> Self | T:
        """The linked record or records; accessed on the class, the link itself."""
        if record is None:
            return self
        found: T = self._follow(record, dataset_of(owner))
        return found

    def _follow(self, record: Record, dataset: Dataset) -> Any:
        raise NotImplementedError


class One(Link[R]):
    """The record whose key a column holds."""

    def __init__(self, column: str) -> None:
        self.column = column
        self.__doc__ = f"The record whose key stands in `{column}`."

    def _follow(self, record: Record, dataset: Dataset) -> Any:
        celltype: Any = schema_of(type(record))[self.column].type
        return dataset[celltype.table].by_key[getattr(record, self.column)]


class Maybe(Link[R | None]):
    """The record whose key a column holds; None where the cell is empty."""

    def __init__(self, column: str) -> None:
        self.column = column
        self.__doc__ = f"The record whose key stands in `{column}`; None where that is empty."

    def _follow(self, record: Record, dataset: Dataset) -> Any:
        return None if getattr(record, self.column) is None else One(self.column)._follow(record, dataset)  # noqa: SLF001  # a link as well


class Many(Link[Table[R]], Generic[R]):
    """The records of a table that hold this record's key in one of their columns."""

    def __init__(self, table: str, column: str) -> None:
        self.table = table
        self.column = column
        self.__doc__ = f"The records of `{table}` whose `{column}` is this one."

    def _follow(self, record: Record, dataset: Dataset) -> Any:
        return dataset[self.table].where(**{self.column: record.key})


class Within(Link[Table[R]], Generic[R]):
    """The records of a table whose place is this one, or lies inside it."""

    def __init__(self, table: str) -> None:
        self.table = table
        self.__doc__ = f"The records of `{table}` here and at all places below."

    def _follow(self, record: Record, dataset: Dataset) -> Any:
        return dataset[self.table].within(record)


class Concerning(Link[Table[R]], Generic[R]):
    """The records of a table that name this record, one of its cells, or a cell that one of them was computed from."""

    def __init__(self, table: str, column: str) -> None:
        self.table = table
        self.column = column
        self.__doc__ = f"The records of `{table}` whose `{column}` name this record, its cells, or cells that these were computed from."

    def _follow(self, record: Record, dataset: Dataset) -> Any:
        own, table = dataset.table_of(record), dataset[self.table]
        paths = {f"{own.name}/{record.key}", *(f"{own.name}/{record.key}/{column}" for column in own.schema)}
        for column in own.schema:
            for cell in dataset.rests_on(own.name, record, column):
                paths |= {"/".join(cell[:2]), "/".join(cell)}
        positions = sorted({position for path in paths for position in _naming(dataset, self.table, self.column).get(path, ())})
        return table.selection(table.records[position] for position in positions)


@cache
def _naming(dataset: Dataset, table: str, column: str) -> dict[str, list[int]]:
    """The positions of the records that name a record (``table/key``) or a cell (``table/key/column``), by that path."""
    found: dict[str, list[int]] = {}
    for position, record in enumerate(dataset[table]):
        for path in getattr(record, column):
            found.setdefault(path, []).append(position)
    return found
