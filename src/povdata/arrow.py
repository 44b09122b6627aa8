"""Tables as Arrow and polars data, with exact types and without pandas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from povdata.celltypes import Boolean, CellType, Day, Difference, Enumeration, Integer, NameList, Quantity, References
from povdata.exceptions import MissingExtraError

if TYPE_CHECKING:
    import polars as pl
    import pyarrow as pa

    from povdata.table import Table

PRECISION, SCALE = 20, 6
"""Decimal digits in all, and after the point, of a quantity."""


def to_arrow(table: Table[Any]) -> pa.Table:
    """The Arrow table behind `Table.to_arrow`; columns carry their descriptions as metadata."""
    try:
        import pyarrow as pa
    except ImportError:
        raise MissingExtraError("pyarrow", "arrow") from None
    fields = [
        pa.field(column.name, _arrow_type(column.type), nullable=not column.required, metadata={"description": column.description})
        for column in table.schema.values()
    ]
    arrays = [pa.array([getattr(record, field.name) for record in table.records], type=field.type) for field in fields]
    return pa.Table.from_arrays(arrays, schema=pa.schema(fields))


def _arrow_type(celltype: CellType) -> pa.DataType:
    import pyarrow as pa

    match celltype:
        case Enumeration():
            return pa.dictionary(pa.int32(), pa.string())
        case Quantity():
            return pa.decimal128(PRECISION, SCALE)
        case Integer() | Difference():
            return pa.int64()
        case Boolean():
            return pa.bool_()
        case Day():
            return pa.date32()
        case NameList() | References():
            return pa.list_(pa.string())
        case _:
            return pa.string()


def to_polars(table: Table[Any]) -> pl.DataFrame:
    """The polars frame behind `Table.to_polars`."""
    try:
        import polars as pl
    except ImportError:
        raise MissingExtraError("polars", "polars") from None
    return pl.DataFrame(
        [
            pl.Series(column.name, [getattr(record, column.name) for record in table.records], dtype=_polars_type(column.type))
            for column in table.schema.values()
        ]
    )


def _polars_type(celltype: CellType) -> Any:
    import polars as pl

    match celltype:
        case Enumeration():
            return pl.Enum(list(celltype.values))
        case Quantity():
            return pl.Decimal(PRECISION, SCALE)
        case Integer() | Difference():
            return pl.Int64
        case Boolean():
            return pl.Boolean
        case Day():
            return pl.Date
        case NameList() | References():
            return pl.List(pl.String)
        case _:
            return pl.String


def stream(table: Table[Any], requested_schema: object = None) -> object:
    """The Arrow C stream of a table, from pyarrow or, where that is not installed, from polars."""
    try:
        producer: Any = to_arrow(table)
    except MissingExtraError:
        producer = to_polars(table)
    return producer.__arrow_c_stream__(requested_schema)
