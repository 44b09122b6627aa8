"""Columns as Arrow and polars data, with exact types and without pandas."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from povdata.exceptions import MissingExtraError
from povdata.model.columns import Shown
from povdata.model.datatypes import Boolean, CellType, Day, Difference, Enumeration, Listed, Quantity, by_type
from povdata.model.extras import pa, pl

PRECISION, SCALE = 20, 6
"""Decimal digits in all, and after the point, of a quantity."""

_TYPES: Mapping[type[CellType], tuple[Callable[[Any], Any], Callable[[Any], Any]]] = {
    Enumeration: (lambda pa: pa.dictionary(pa.int32(), pa.string()), lambda pl: pl.Enum),
    Quantity: (lambda pa: pa.decimal128(PRECISION, SCALE), lambda pl: pl.Decimal(PRECISION, SCALE)),
    Difference: (lambda pa: pa.int64(), lambda pl: pl.Int64),
    Boolean: (lambda pa: pa.bool_(), lambda pl: pl.Boolean),
    Day: (lambda pa: pa.date32(), lambda pl: pl.Date),
    Listed: (lambda pa: pa.list_(pa.string()), lambda pl: pl.List(pl.String)),
    CellType: (lambda pa: pa.string(), lambda pl: pl.String),
}
"""What cells of a type are in Arrow and in polars."""


def to_arrow(columns: Sequence[Shown]) -> pa.Table:
    """An Arrow table of the columns, which carry their descriptions as metadata."""
    fields, arrays = [], []
    for column in columns:
        kind, metadata = by_type(_TYPES, column.type)[0](pa), {"description": column.description}
        if isinstance(column.type, Enumeration):  # its array has all values, in their order; its metadata too, as polars looks for them
            positions = {value: position for position, value in enumerate(column.type.values)}
            cells = pa.array([value if value is None else positions[value] for value in column.values], type=pa.int32())
            arrays.append(pa.DictionaryArray.from_arrays(cells, pa.array(list(positions), type=pa.string())))
            values = "".join(f"{len(value)};{value}" for value in positions)
            metadata |= {"_PL_ENUM_VALUES2": values, "_PL_ENUM_VALUES": values}  # of polars from 1.32, and before
        else:
            arrays.append(pa.array(column.values, type=kind))
        fields.append(pa.field(column.name, kind, nullable=not column.required, metadata=metadata))
    return pa.Table.from_arrays(arrays, schema=pa.schema(fields))


def to_polars(columns: Sequence[Shown]) -> pl.DataFrame:
    """A polars frame of the columns."""
    series = []
    for column in columns:
        kind = by_type(_TYPES, column.type)[1](pl)
        kind = kind(list(column.type.values)) if isinstance(column.type, Enumeration) else kind
        series.append(pl.Series(column.name, column.values, dtype=kind))
    return pl.DataFrame(series)


def stream(columns: Sequence[Shown], requested_schema: object = None) -> object:
    """The Arrow C stream of the columns, from pyarrow or, where that is not installed, from polars."""
    try:
        producer: Any = to_arrow(columns)
    except MissingExtraError:
        producer = to_polars(columns)
    return producer.__arrow_c_stream__(requested_schema)
