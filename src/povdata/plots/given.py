"""What users give to be drawn: figures by place, in a mapping or a frame."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from math import isinf
from numbers import Real
from typing import TYPE_CHECKING, Any

from povdata.exceptions import AmbiguousError, InvalidArgumentError, NotFoundError

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

    Figures = Mapping[str, Any] | pd.Series[Any] | pd.DataFrame | pl.DataFrame
else:
    Figures = Any
"""A mapping or pandas Series from places to values, or a frame: two columns, places and values, or places as the index of one column."""

NUMBERS = (Real, Decimal)


def by_place(given: Figures, code_of: Callable[[str], str], *, argument: str, places: str) -> dict[str, Any]:
    """The values by our codes, without those that are missing (None, NaN, NA); errors name the argument and what its places must be."""
    found: dict[str, Any] = {}
    names: dict[str, str] = {}
    unknown: list[str] = []
    for name, value in _pairs(given, argument, places):
        try:
            code = code_of(name)
        except (NotFoundError, AmbiguousError, InvalidArgumentError):
            unknown.append(repr(name))
            continue
        if code in names:
            raise InvalidArgumentError(f"{argument} has the same place twice: {names[code]!r} and {name!r} are both {code}; give one value")
        names[code] = name
        if not (value is None or type(value).__name__ in {"NAType", "NaTType"} or value != value):  # noqa: PLR0124  # NaN
            found[code] = value
    if unknown:
        more = f" and {len(unknown) - 8} more" if len(unknown) > 8 else ""
        raise InvalidArgumentError(f"{argument} has unknown or ambiguous places: {', '.join(unknown[:8])}{more}; give {places}")
    if not found:
        raise InvalidArgumentError(f"{argument} has no values; give one for at least one place")
    if any(isinf(value) for value in found.values() if isinstance(value, NUMBERS)):
        raise InvalidArgumentError(f"{argument} has infinite values; leave them out or give None")
    return found


def _pairs(given: Any, argument: str, places: str) -> Iterable[tuple[Any, Any]]:
    """Places and values."""
    library, kind = type(given).__module__.partition(".")[0], type(given).__name__
    if isinstance(given, Mapping) or (library, kind) == ("pandas", "Series"):
        return ((place, value) for place, value in given.items())
    if library not in {"pandas", "polars"} or kind != "DataFrame":
        raise InvalidArgumentError(f"{argument} must be a mapping, a pandas Series or a frame of two columns, by {places}; not {kind}")
    columns = [given[name] for name in given.columns]
    if len(columns) == 1 and library == "pandas":
        columns.insert(0, given.index)
    if len(columns) != 2:
        raise InvalidArgumentError(f"{argument} is a frame of {len(columns)} columns; keep two: {argument}[[PLACE, VALUE]]")
    return zip(*columns, strict=True)


def written(value: Any, number_format: str | None) -> str:
    """A number as it is shown: in the format given, or whole, or with three digits.

    >>> written(1234.5, None), written(0.12345, None), written(0.5, ".0%")
    ('1,234', '0.123', '50%')
    """
    if number_format is None:
        number_format = ",.0f" if value == int(value) or abs(value) >= 100 else ".3g"
    try:
        return format(value, number_format)
    except (TypeError, ValueError):
        raise InvalidArgumentError(f"number_format must be a format of numbers such as '.0%' or ',.1f', not {number_format!r}") from None
