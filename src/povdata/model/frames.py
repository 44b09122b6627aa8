"""Columns as a pandas DataFrame; pandas is imported only when a frame is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from povdata.model.columns import Shown
from povdata.model.datatypes import CellType, Enumeration
from povdata.model.extras import pd

TABLE = "povdata_table"
"""Under this name the attributes of a frame say which table it is of; pandas keeps them when rows and columns are selected."""


def to_pandas(columns: Sequence[Shown], table: str) -> pd.DataFrame:
    """A frame of the columns of a table."""
    frame = pd.DataFrame({column.name: _array(column.type, column.values) for column in columns})
    frame.attrs[TABLE] = table
    return frame


def to_narwhals(columns: Sequence[Shown], table: str) -> Any:
    """The pandas frame as narwhals hands it to Altair, Plotly and other libraries, which ask a table for it."""
    import narwhals  # whoever asks has it

    frame = to_pandas(columns, table)
    return narwhals.from_native(frame).__narwhals_namespace__().from_native(frame)


def _array(celltype: CellType, values: list[Any]) -> Any:
    if isinstance(celltype, Enumeration):
        return pd.Categorical(values, categories=pd.Index(list(celltype.values), dtype=pd.StringDtype("python")))
    dtype: Any = celltype.dtype
    if dtype == "datetime64[s]":
        return pd.array(pd.to_datetime(pd.Series(values, dtype="object")).astype(dtype))
    if dtype == "string":
        values, dtype = [celltype.format(value) if isinstance(value, tuple) else value for value in values], pd.StringDtype("python")
    elif dtype == "Float64":
        values = [None if value is None else float(value) for value in values]
    return pd.array(values, dtype=dtype)
