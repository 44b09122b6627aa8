"""The columns of a table as they are shown or handed on: its own and, on request, names, bounds and caveats.

Frames, Arrow data, exports, notebooks and the command line all take them from here, so that the same options mean the same everywhere.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import filterfalse
from typing import Any, Literal, NamedTuple, get_args

from povdata.exceptions import InvalidArgumentError
from povdata.model.datatypes import CellType, Name, Quantity, Reference, Text
from povdata.model.record import Rows
from povdata.model.registry import Dataset, dataset_of
from povdata.model.schema import schema_of

Labels = Literal["en", "zh"]
LANGUAGES: tuple[Labels, ...] = get_args(Labels)
"""The languages of the installed names, for type checkers; at run time they are those of the dataset."""
Bounds = bool | Literal["rounding"]


class Shown(NamedTuple):
    """A column with its cells."""

    name: str
    type: CellType
    required: bool  # whether every row fills it
    description: str  # what a cell says
    values: list[Any]  # None where a cell is empty


def columns(table: Rows, labels: str | None = None, bounds: Bounds = False, caveats: bool = False) -> list[Shown]:
    """The columns of a table with their cells; InvalidArgumentError for bounds or caveats of a table that has none."""
    record: Any = table.record
    check_labels(labels, dataset_of(record))
    found: list[Shown] = []
    for column in table.schema.values():
        values = [getattr(item, column.name) for item in table.records]
        found.append(Shown(column.name, column.type, column.required, column.description, values))
        named = column.name == "key" and label_column(record, labels or "en") is not None  # the record names itself
        if labels and isinstance(column.type, Reference) and not named:
            found += _labelled(dataset_of(record), column.name, column.type, values, labels, set(table.schema))
    if bounds:
        found += _bounds(table, bounds)
    if caveats:
        if not hasattr(record, "caveats"):
            raise InvalidArgumentError(f"caveats=True needs records with caveats, and {table.name} has none")
        keys = [";".join(caveat.key for caveat in item.caveats) or None for item in table.records]
        found.append(Shown("caveats", Text(), False, "Keys of the caveats that concern the row, separated by semicolons.", keys))
    return found


def check_labels(labels: object, dataset: Dataset) -> None:
    """Refuse another language than those of the names."""
    if labels is not None and labels not in dataset.naming.languages:
        raise InvalidArgumentError(f"labels must be {', '.join(map(repr, dataset.naming.languages))} or None, not {labels!r}")


def first_language(record: type) -> str:
    """The language in which the records of a class are named where none is asked for."""
    return next(iter(dataset_of(record).naming.languages))


def label(record: Any, language: str) -> str:
    """What a reader would call the record; its key where it has no name."""
    kind: Any = type(record)
    if (column := label_column(kind, language)) is not None:
        return str(getattr(record, column))
    celltype = schema_of(kind)["key"].type
    return label(dataset_of(kind)[celltype.table][record.key], language) if isinstance(celltype, Reference) else str(record.key)


@cache
def label_column(record: Any, language: str) -> str | None:
    """The column that says what records of a class are called: the first in the language, or else the first that is a name."""
    columns = [column for column in schema_of(record).values() if column.required]
    own = [column for column in columns if column.name.endswith(f"_{language}")]
    own += [column for column in columns if column.is_name and isinstance(column.type, (Text, Name))]
    return own[0].name if own else None


def has_label(dataset: Dataset, table: str) -> bool:
    """Whether records of a table are called something else than their key."""
    record = dataset[table].record
    celltype = schema_of(record)["key"].type
    named = label_column(record, first_language(record)) is not None
    return named or (isinstance(celltype, Reference) and has_label(dataset, celltype.table))


def _labelled(dataset: Dataset, column: str, celltype: Reference, keys: list[Any], language: str, others: set[str]) -> Iterator[Shown]:
    """Names of the records that a column refers to, and what goes with them."""
    if not has_label(dataset, celltype.table):
        return
    target = dataset[celltype.table]
    records = [None if key is None else target.by_key[key] for key in keys]
    names = [record and label(record, language) for record in records]
    yield Shown(f"{column}_name", Name(), None not in names, f"Name of what `{column}` refers to.", names)
    for name in filterfalse(others.__contains__, celltype.brings):
        brought = target.schema[name]
        values = [record and getattr(record, name) for record in records]
        if isinstance(brought.type, Reference):
            yield from _labelled(dataset, name, brought.type, values, language, others)
        else:
            yield Shown(name, brought.type, brought.required, brought.description, values)


def _bounds(table: Rows, bounds: Bounds) -> Iterator[Shown]:
    if not (bounds is True or bounds == "rounding"):
        raise InvalidArgumentError(f"bounds must be True, False or 'rounding', not {bounds!r}")
    if not hasattr(table.record, "bounds"):
        raise InvalidArgumentError(f"bounds={bounds!r} needs values with a relation, and {table.name} has none")
    pairs = [record.bounds(rounding=bounds == "rounding") for record in table.records]
    says = " with what rounding and the nature of the quantity leave open" * (bounds == "rounding")
    for position, name in enumerate(("lower", "upper")):
        yield Shown(name, Quantity(), False, f"{name.capitalize()} bound of the value{says}.", [pair[position] for pair in pairs])


def is_number(celltype: CellType) -> bool:
    """Whether cells of a type are numbers."""
    return celltype.dtype in ("Int64", "Float64")


def for_json(value: Any) -> Any:
    """A cell as JSON has it: numbers as int or float, days as ISO text, lists."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
