"""Tables as pandas DataFrames; pandas is imported here, and only when a frame is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from povdata.celltypes import CellType, Enumeration, Reference
from povdata.exceptions import InvalidArgumentError

if TYPE_CHECKING:
    import pandas as pd

    from povdata.table import Table

LANGUAGES = ("en", "zh")
TABLE = "povdata_table"
"""Under this name the attributes of a frame say which table it is of; pandas keeps them when rows and columns are selected."""


def to_pandas(table: Table[Any], *, labels: str | None, bounds: bool, caveats: bool) -> pd.DataFrame:
    """The frame behind `Table.to_pandas`."""
    import pandas as pd

    from povdata import catalog

    if labels not in (None, *LANGUAGES):
        raise InvalidArgumentError(f"labels must be 'en', 'zh' or None, not {labels!r}")
    data: dict[str, Any] = {}
    for column in table.schema.values():
        values = [getattr(record, column.name) for record in table.records]
        data[column.name] = _array(column.type, values)
        if labels and isinstance(column.type, Reference) and column.type.table != "spans":
            data |= _labels(column.name, column.type.table, values, labels)
            if column.name == "place" and "province" not in table.schema:
                regions = [None if value is None else catalog.places[value].province for value in values]
                data |= _labels("province", "provinces", regions, labels)
    if bounds:
        if "relation" not in table.schema:
            raise InvalidArgumentError(f"bounds=True needs values with a relation, and {table.name} has none")
        for bound in ("lower", "upper"):
            data[bound] = _array_of("Float64", [getattr(record, bound) for record in table.records])
    if caveats:
        data["caveats"] = _array_of("string", _caveats(table))
    frame = pd.DataFrame(data)
    frame.attrs[TABLE] = table.name
    return frame


def _array(celltype: CellType, values: list[Any]) -> Any:
    if isinstance(celltype, Enumeration):
        import pandas as pd

        categories = pd.Index(list(celltype.values), dtype=pd.StringDtype("python"))
        return pd.Categorical(values, categories=categories)
    if celltype.dtype == "string":
        return _array_of("string", [None if value is None else celltype.format(value) for value in values])
    return _array_of(celltype.dtype, values)


def _array_of(dtype: Any, values: list[Any]) -> Any:
    import pandas as pd

    match dtype:
        case "string":
            return pd.array(values, dtype=pd.StringDtype("python"))
        case "datetime64[s]":
            return pd.array(pd.to_datetime(pd.Series(values, dtype="object")).astype(dtype))
        case "Float64":
            return pd.array([None if value is None else float(value) for value in values], dtype="Float64")
        case _:
            return pd.array(values, dtype=dtype)


def _labels(column: str, table: str, values: list[Any], language: str) -> dict[str, Any]:
    """Names of the records that a column refers to; for indicators their units too."""
    from povdata import catalog
    from povdata.table import label

    target = catalog.table(table).by_key
    names = [None if value is None else label(target[value], language) for value in values]
    found = {f"{column}_name": _array_of("string", names)}
    if table == "indicators":
        found["unit"] = _array_of("string", [target[value].unit for value in values])
    return found


def _caveats(table: Table[Any]) -> list[str | None]:
    """The keys of the caveats that concern the row."""
    return [";".join(caveat.key for caveat in record.caveats) or None for record in table.records]
