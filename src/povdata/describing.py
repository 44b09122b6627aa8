"""The data dictionary: what each table and column says."""

from collections.abc import Mapping
from typing import Any

import attrs

from povdata import catalog
from povdata.exceptions import InvalidArgumentError
from povdata.literals import TableName
from povdata.manifest import summary
from povdata.model import markup
from povdata.model.datatypes import Enumeration, Reference
from povdata.model.frozen import FrozenDict
from povdata.model.schema import ORIGINS, Schema
from povdata.model.table import Table

_HEADER = ["column", "type", "origin", "what it says"]


@attrs.frozen(eq=False, repr=False)
class Description:
    """What a table and its columns say; prints as Markdown, shows itself as a table in a notebook.

    ``text`` says what a row is, ``columns`` are those of the table by name, and ``filled`` says in how many rows each is filled.
    """

    name: str
    text: str
    columns: Schema
    filled: Mapping[str, int]

    def rows(self) -> list[tuple[str, str, str, str]]:
        """Name, type, origin and description of each column; of one that may be empty also in how many rows it is filled."""
        found: list[tuple[str, str, str, str]] = []
        for name, column in self.columns.items():
            of = f"key of {column.type.table}" if isinstance(column.type, Reference) else type(column.type).__name__.lower()
            partly = "" if column.required else f", filled in {self.filled[name]} of {max(self.filled.values())} rows"
            found.append((name, of + partly, column.origin, column.description))
        return found

    def vocabularies(self) -> Mapping[str, Mapping[str, str]]:
        """The values of each column that has a closed vocabulary, and what they mean."""
        return {name: column.type.values for name, column in self.columns.items() if isinstance(column.type, Enumeration)}

    def __repr__(self) -> str:
        return f"<Description of {self.name}: {len(self.columns)} columns>"

    def __str__(self) -> str:
        header, *rows = ("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in [_HEADER, *self.rows()])
        lines = [f"## {self.name}", "", self.text, "", header, "|---" * len(_HEADER) + "|", *rows]
        for column, values in self.vocabularies().items():
            lines += ["", f"`{column}` is one of:", "", *(f"- `{value}`: {meaning}" for value, meaning in values.items())]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        origins = "; ".join(f"{origin}: {meaning}" for origin, meaning in ORIGINS.items())
        return markup.grid(_HEADER, self.rows(), f"{self.name}: {self.text}", {"origin": origins})


def describe(table: TableName | Table[Any]) -> Description:
    """The data dictionary of one table.

    >>> import povdata
    >>> povdata.describe("observations").columns["value"].description
    "The figure in the indicator's unit."

    Raises:
        NotFoundError: there is no such table; the nearest names are given.
        InvalidArgumentError: neither a table nor a name.
    """
    if not isinstance(table, (str, Table)):
        raise InvalidArgumentError(f"describe takes a table or its name, not {type(table).__name__}")
    found = catalog.table(table if isinstance(table, str) else table.name)
    filled = {column: sum(getattr(record, column) is not None for record in found) for column in found.schema}
    return Description(found.name, summary(found.name, found.record), found.schema, FrozenDict(filled))
