"""The grammar of a table: columns, their cell types and origins, read from the annotations of a record class.

A column is declared once, as an annotation ``Annotated[type, origin(description)]`` whose type carries its cell type:

>>> from povdata.records import Observation
>>> column = schema_of(Observation)["value"]
>>> column.origin, column.required, type(column.type).__name__
('article', True, 'Quantity')
"""

import sys
from collections.abc import Callable, Mapping
from types import NoneType
from typing import Annotated, Any, Literal, NamedTuple, get_args, get_origin

from povdata.model.datatypes import CellType
from povdata.model.frozen import FrozenDict

Origin = Literal["article", "reference", "editorial", "derived"]

ORIGINS: Mapping[Origin, str] = FrozenDict(
    {
        "article": "read from the article; each cell cites the characters it was read from",
        "reference": "taken from a reference that the sources table names",
        "editorial": "our own words or judgement",
        "derived": "computed from other cells and recomputed by every check",
    }
)
Cells = list[tuple[Any, str]]  # each a record and the name of a column


class Derivation(NamedTuple):
    """How a derived cell is computed."""

    cells: Callable[[Any, Mapping[str, Any]], Cells]  # gives the cells that it is computed from, of a record and all tables
    value: Callable[[list[Any]], Any]  # computes it from what stands in them

    def compute(self, record: Any, tables: Mapping[str, Any]) -> Any:
        """What the cell of a record must be."""
        return self.value([getattr(source, column) for source, column in self.cells(record, tables)])


class Column(NamedTuple):
    """A column of a table; its declaration says all but name, type and whether it is required, which stand in the annotation."""

    origin: Origin
    description: str  # what a cell says
    sources: tuple[str, ...] = ()  # keys of the sources table
    is_name: bool = False  # whether a look-up by name goes over it
    derivation: Derivation | None = None  # of a derived column
    name: str = ""  # in the file, the record and the frame
    type: CellType = CellType()
    required: bool = False  # whether every row must fill it
    record: Any = None  # the class that declares it

    def __reduce__(self) -> tuple[Any, ...]:
        return _declared, (self.record, self.name)


def article(description: str, *, name: bool = False) -> Column:
    """A column whose cells are read from the article."""
    return Column("article", description, ("article",), name)


def reference(description: str, *sources: str, name: bool = False) -> Column:
    """A column whose cells come from the named sources."""
    return Column("reference", description, sources, name)


def editorial(description: str, *, name: bool = False) -> Column:
    """A column whose cells are our own words or judgement."""
    return Column("editorial", description, (), name)


def derived(description: str, derivation: Derivation, *, name: bool = False) -> Column:
    """A column whose cells are computed from other cells."""
    return Column("derived", description, (), name, derivation)


Schema = Mapping[str, Column]
_SCHEMAS: dict[type, Schema] = {}


def schema_of(record: type) -> Schema:
    """The columns of a record class by name, in the order of its file."""
    if record not in _SCHEMAS:
        _SCHEMAS[record] = FrozenDict({name: _column(record, name, said) for name, said in annotations_of(record).items()})
    return _SCHEMAS[record]


def annotations_of(record: type) -> dict[str, Any]:
    """The annotations of a record class, in the order of its file; ``typing.get_type_hints`` takes 6 ms more for all classes."""
    scope = vars(sys.modules[record.__module__])
    annotations = ((name, record.__annotations__[name]) for name in vars(record)["__match_args__"])
    return {name: eval(said, scope) if isinstance(said, str) else said for name, said in annotations}  # noqa: S307  # our own source


def _declared(record: type, name: str) -> Column:
    return schema_of(record)[name]


def _column(record: type, name: str, annotation: Any) -> Column:
    declared = [extra for extra in getattr(annotation, "__metadata__", ()) if isinstance(extra, Column)]
    types = list(_cell_types(annotation))
    if len(declared) != 1 or len(types) != 1:
        raise TypeError(f"column {name} must be Annotated with one cell type and one origin")
    required = NoneType not in get_args(get_args(annotation)[0])
    return declared[0]._replace(name=name, type=types[0], required=required, record=record)


def _cell_types(annotation: Any) -> Any:
    """The cell types anywhere inside an annotation: ``Annotated[Annotated[int, Integer()] | None, …]`` holds one."""
    yield from (extra for extra in getattr(annotation, "__metadata__", ()) if isinstance(extra, CellType))
    for argument in get_args(annotation) if get_origin(annotation) is not Annotated else get_args(annotation)[:1]:
        if get_origin(annotation) is not Literal:
            yield from _cell_types(argument)
