"""The tables as Parquet files, with exact types."""

from __future__ import annotations

from pathlib import Path

from povdata.exports.sheets import Order
from povdata.model.datatypes import Quantity


def write(order: Order, folder: Path) -> None:
    """Write a file a table; the columns that the options add stand where they stand in the frames."""
    sheets = [(sheet, sheet.table.to_arrow()) for sheet in order.sheets()]
    import pyarrow as pa
    import pyarrow.parquet as pq

    folder.mkdir()
    for sheet, plain in sheets:
        table = plain
        for position, column in enumerate(sheet.columns):
            if column.name not in sheet.table.schema:
                kind = pa.decimal128(20, 6) if isinstance(column.type, Quantity) else pa.string()
                field = pa.field(column.name, kind, metadata={"description": column.description})
                table = table.add_column(position, field, pa.array([row[position] for row in sheet.rows], type=kind))
        about = order.dataset.about | {"description": sheet.description}
        pq.write_table(table.replace_schema_metadata(about), folder / f"{sheet.name}.parquet")
