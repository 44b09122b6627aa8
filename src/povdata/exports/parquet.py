"""The tables as Parquet files, with exact types."""

from pathlib import Path

from povdata.exports.sheets import Order
from povdata.model.arrow import to_arrow
from povdata.model.extras import Extra

parquet: Extra = Extra("pyarrow", "arrow", "pyarrow.parquet")


ENDING = "-parquet"


def write(order: Order, folder: Path) -> None:
    """Write a file a table."""
    tables = [(sheet, to_arrow(sheet.columns)) for sheet in order.sheets()]
    folder.mkdir()
    for sheet, table in tables:
        about = {**order.publication.about, "description": sheet.description}
        parquet.write_table(table.replace_schema_metadata(about), folder / f"{sheet.name}.parquet")
