"""What records are called, and how they are told apart: their own names, borrowed ones, and those of the places above them."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, TypeVar

from povdata.exceptions import InvalidArgumentError
from povdata.model import markup
from povdata.model.columns import label
from povdata.model.datatypes import Reference
from povdata.model.lookup import Match
from povdata.model.record import Record
from povdata.model.registry import Dataset, ancestors, dataset_of
from povdata.model.schema import schema_of

R = TypeVar("R", bound=Record)


def names_of(dataset: Dataset, record: Record) -> Iterator[str]:
    """What a record is called, and was."""
    yield from own_names(dataset, record)
    yield from lent_names(dataset, record)


def own_names(dataset: Dataset, record: Record) -> Iterator[str]:
    """The key and names of a record, and those of the records that its naming references mean."""
    for one in _meant(dataset, record):
        for column in schema_of(type(one)).values():
            value = getattr(one, column.name) if column.is_name or column.name == "key" else None
            if value is not None:
                yield from value if isinstance(value, tuple) else [value]


def lent_names(dataset: Dataset, record: Record) -> Iterator[str]:
    """The names that rows of other tables lend a record, such as former ones, or the records that its naming references mean."""
    for one in _meant(dataset, record):
        yield from _lent(dataset, dataset.table_of(one).name).get(one.key, ())


def _meant(dataset: Dataset, record: Record) -> Iterator[Record]:
    """A record, and those that its naming references mean."""
    yield record
    for column in schema_of(type(record)).values():
        if column.is_name and isinstance(column.type, Reference) and getattr(record, column.name) is not None:
            yield from _meant(dataset, dataset[column.type.table][getattr(record, column.name)])


@cache
def _lent(dataset: Dataset, name: str) -> dict[str, list[str]]:
    """The further names, such as former codes, that rows of other tables hold of the records of a table, by key."""
    found: dict[str, list[str]] = {}
    for table in dataset.values():
        for column in table.schema.values():
            if isinstance(column.type, Reference) and column.type.names and column.type.table == name:
                for record in table:
                    names = (name for name in own_names(dataset, record) if name != record.key)
                    found.setdefault(getattr(record, column.name), []).extend(names)
    return found


def names_above(record: Record) -> Iterator[tuple[Record, list[str]]]:
    """The places above a record with their names, from the nearest upwards."""
    for place in ancestors(record):
        yield place, list(names_of(dataset_of(type(place)), place))


def place_key(hierarchy: Any, place: Record) -> str:
    """The key in a hierarchy of places that a record stands for: its own, or the one that its key or a code of it refers to."""
    if type(place) is hierarchy.record:
        return place.key
    for column in schema_of(type(place)).values():
        key = getattr(place, column.name)
        if isinstance(column.type, Reference) and (column.is_name or column.name == "key") and key is not None:
            return place_key(hierarchy, dataset_of(type(place))[column.type.table][key])
    raise InvalidArgumentError(f"within takes a place of {hierarchy.name}, which this {type(place).__name__} is not: {place.key}")


def told_apart(records: Sequence[Record], text: str) -> list[str]:
    """Records with names in the language of a text, and the outermost places in which they differ: ``130624 (Fuping County, Hebei)``."""
    above = [list(ancestors(record))[::-1] for record in records]
    told = []
    for record, places in zip(records, above, strict=True):
        language = dataset_of(type(record)).naming.language(text)
        apart = next((place for place in places if not all(place in others for others in above)), None)
        told.append(f"{record.key} ({label(record, language)}{f', {label(apart, language)}' if apart else ''})")
    return told


class Matches(list[Match[R]]):
    """Matches, best first; shows itself as a table."""

    def _repr_html_(self) -> str:
        languages = dataset_of(type(self[0].record)).naming.languages if self else {}
        rows = (
            [f"{match.score:.3f}", match.name, match.table, match.record.key, *(label(match.record, language) for language in languages)]
            for match in self
        )
        caption = f"{len(self)} match{'es' * (len(self) != 1)}"
        return markup.grid(["score", "matched", "table", "key", *languages.values()], rows, caption, numbers=["score"])
