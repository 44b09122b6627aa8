"""Columns as Arrow and polars data, with exact types and without pandas."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from povdata.exceptions import MissingExtraError
from povdata.model.columns import Shown
from povdata.model.datatypes import Boolean, CellType, Day, Difference, Enumeration, Integer, NameList, Quantity, References, by_type
from povdata.model.extras import pa, pl

PRECISION, SCALE = 20, 6
"""Decimal digits in all, and after the point, of a quantity."""

_ARROW: Mapping[type[CellType], Callable[[Any], Any]] = {
    Enumeration: lambda pa: pa.dictionary(pa.int32(), pa.string()),
    Quantity: lambda pa: pa.decimal128(PRECISION, SCALE),
    Integer: lambda pa: pa.int64(),
    Difference: lambda pa: pa.int64(),
    Boolean: lambda pa: pa.bool_(),
    Day: lambda pa: pa.date32(),
    NameList: lambda pa: pa.list_(pa.string()),
    References: lambda pa: pa.list_(pa.string()),
    CellType: lambda pa: pa.string(),
}
_POLARS: Mapping[type[CellType], Callable[[Any], Any]] = {
    Quantity: lambda pl: pl.Decimal(PRECISION, SCALE),
    Integer: lambda pl: pl.Int64,
    Difference: lambda pl: pl.Int64,
    Boolean: lambda pl: pl.Boolean,
    Day: lambda pl: pl.Date,
    NameList: lambda pl: pl.List(pl.String),
    References: lambda pl: pl.List(pl.String),
    CellType: lambda pl: pl.String,
}


def to_arrow(columns: Sequence[Shown]) -> pa.Table:
    """An Arrow table of the columns, which carry their descriptions as metadata."""
    fields = [
        pa.field(column.name, by_type(_ARROW, column.type)(pa), nullable=not column.required, metadata=_metadata(column))
        for column in columns
    ]
    arrays = [_array(column, field.type) for column, field in zip(columns, fields, strict=True)]
    return pa.Table.from_arrays(arrays, schema=pa.schema(fields))


def _array(column: Shown, kind: pa.DataType) -> Any:
    """The cells as an Arrow array; that of a vocabulary has all its values, in their order."""
    if not isinstance(column.type, Enumeration):
        return pa.array(column.values, type=kind)
    positions = {value: position for position, value in enumerate(column.type.values)}
    cells = [None if value is None else positions[value] for value in column.values]
    return pa.DictionaryArray.from_arrays(pa.array(cells, type=pa.int32()), pa.array(list(positions), type=pa.string()))


def _metadata(column: Shown) -> dict[str, str]:
    """A column's description, and of a vocabulary its values, in the form in which polars looks for them."""
    found = {"description": column.description}
    if isinstance(column.type, Enumeration):
        values = "".join(f"{len(value)};{value}" for value in column.type.values)
        found |= {"_PL_ENUM_VALUES2": values, "_PL_ENUM_VALUES": values}  # of polars from 1.32, and before
    return found


def to_polars(columns: Sequence[Shown]) -> pl.DataFrame:
    """A polars frame of the columns."""
    types = [
        pl.Enum(list(column.type.values)) if isinstance(column.type, Enumeration) else by_type(_POLARS, column.type)(pl)
        for column in columns
    ]
    return pl.DataFrame([pl.Series(column.name, column.values, dtype=kind) for column, kind in zip(columns, types, strict=True)])


def stream(columns: Sequence[Shown], requested_schema: object = None) -> object:
    """The Arrow C stream of the columns, from pyarrow or, where that is not installed, from polars."""
    try:
        producer: Any = to_arrow(columns)
    except MissingExtraError:
        producer = to_polars(columns)
    return producer.__arrow_c_stream__(requested_schema)
