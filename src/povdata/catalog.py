"""The tables of the installed data, by name; the generated ``catalog.pyi`` tells type checkers of their columns and vocabularies."""

from collections.abc import Mapping
from typing import Any

from povdata.model.table import Table
from povdata.records import DATASET

globals().update(DATASET)
table = DATASET.table


def tables() -> Mapping[str, Table[Any]]:
    """Every table by name.

    >>> import povdata
    >>> list(povdata.tables())[:3]
    ['provinces', 'places', 'delistings']
    """
    return DATASET


def files() -> Any:
    """The folder of the data files inside the package, as a Traversable of importlib_resources.

    >>> import povdata
    >>> povdata.files().joinpath("provinces.csv").read_text(encoding="utf-8")[:14]
    'key,iso_3166_2'
    """
    from importlib_resources import files as package_files  # takes longer to import than all records together

    return package_files("povdata").joinpath("data")
