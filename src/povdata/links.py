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

from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar, overload

if TYPE_CHECKING:
    from povdata.records import Record
    from povdata.table import Table

R = TypeVar("R", bound="Record")
T = TypeVar("T")


class Link(Generic[T]):
    """Where a record leads; read as an attribute, it gives what is there."""

    @overload
    def __get__(self, record: None, owner: type) -> Self: ...
    @overload
    def __get__(self, record: Record, owner: type) -> T: ...
    def __get__(self, record: Record | None, owner: type) -> Self | T:
        """What the record leads to; of the class, the link itself."""
        return self if record is None else self.follow(record)

    def follow(self, record: Record) -> T:
        """What the record leads to."""
        raise NotImplementedError


class One(Link[R]):
    """The record whose key a column holds."""

    def __init__(self, column: str) -> None:
        self.column = column
        self.__doc__ = f"The record whose key stands in `{column}`."

    def follow(self, record: Record) -> R:
        """The record, looked up by its key."""
        found: R = _named(record, self.column)
        return found


class Maybe(Link[R | None]):
    """The record whose key a column holds; None where the cell is empty."""

    def __init__(self, column: str) -> None:
        self.column = column
        self.__doc__ = f"The record whose key stands in `{column}`; None where that is empty."

    def follow(self, record: Record) -> R | None:
        """The record, looked up by its key."""
        return None if getattr(record, self.column) is None else _named(record, self.column)


class Many(Link["Table[R]"], Generic[R]):
    """The records of a table that hold this record's key in one of their columns."""

    def __init__(self, table: str, column: str) -> None:
        self.table = table
        self.column = column
        self.__doc__ = f"The records of `{table}` whose `{column}` is this one."

    def follow(self, record: Record) -> Table[R]:
        """The records, as a table."""
        from povdata import catalog

        return catalog.table(self.table).where(**{self.column: record.key})


class Within(Link["Table[R]"], Generic[R]):
    """The records of a table whose place is this place or province, or below it."""

    def __init__(self, table: str) -> None:
        self.table = table
        self.__doc__ = f"The records of `{table}` here and at all places below."

    def follow(self, record: Record) -> Table[R]:
        """The records, as a table."""
        from povdata import catalog

        return catalog.table(self.table).within(record)


def _named(record: Record, column: str) -> Any:
    """The record whose key stands in a column."""
    from povdata import catalog
    from povdata.schema import schema_of

    celltype: Any = schema_of(type(record))[column].type
    return catalog.table(celltype.table)[getattr(record, column)]
