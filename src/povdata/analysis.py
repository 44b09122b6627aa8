"""Ready-made frames that answer the commonest questions, in pandas or polars."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from functools import cache
from typing import Any, Literal, overload

from povdata import catalog, vocabularies
from povdata.exceptions import InvalidArgumentError
from povdata.literals import Tier
from povdata.model import arrow, edtf, frames
from povdata.model.columns import LANGUAGES, Labels, Shown, columns, label
from povdata.model.datatypes import Boolean, CellType, Day, Enumeration, Integer, Name, Quantity
from povdata.model.extras import pd, pl
from povdata.records import Observation

Library = Literal["pandas", "polars"]
FIRST_YEAR, LAST_YEAR = 2010, 2024  # for which `county_codes` has the codes
PANEL = ["county", "code", "name", "province", "province_name", "tier", "year", "cohort", "status", "years_since_exit", "announced"]


@overload
def changes(*, labels: Labels = "en", library: Literal["pandas"] = "pandas") -> pd.DataFrame: ...
@overload
def changes(*, labels: Labels = "en", library: Literal["polars"]) -> pl.DataFrame: ...
def changes(*, labels: Labels = "en", library: Library = "pandas") -> Any:
    """The paired figures of the article, before and after, one row per change; a change of which only one end is printed is left out.

    Columns: the change; the place's key and name; the indicator's name and unit; and for the two ends (``from_``, ``to_``) key, value,
    relation and period, which is empty where the article does not say when. Where the ends are measured differently, as in Lushan,
    ``same_indicator`` is false. ``labels`` is the language of names, ``"en"`` or ``"zh"``; ``library`` ``"pandas"`` or ``"polars"``;
    another one is an InvalidArgumentError.

    >>> import povdata
    >>> frame = povdata.changes().set_index("change")
    >>> frame.loc["fuping-poverty-rate", ["from_value", "to_value"]].tolist()
    [54.4, 0.46]
    """
    _check(labels, library)
    names = ["change", "place", "place_name", "indicator", "indicator_name", "unit", "same_indicator"]
    names += [f"{role}_{name}" for role in ("from", "to") for name in ("key", "value", "relation", "period")]
    rows = []
    for before, after in paired():
        place, indicator = after.place_record, after.indicator_record
        shared = [after.change, place.key, label(place, labels), indicator.key, label(indicator, labels), indicator.unit]
        ends = [cell for item in (before, after) for cell in (item.key, item.value, item.relation, item.period)]
        rows.append([*shared, before.indicator == after.indicator, *ends])
    found = _columns(names, rows, same_indicator=Boolean(), from_value=Quantity(), to_value=Quantity())
    return _frame(found, library, "changes")


def paired() -> list[tuple[Observation, Observation]]:
    """The figures of which the article gives both ends of a change: before and after."""
    ends = {(item.change, item.change_role): item for item in catalog.observations if item.change}
    return [(item, ends[change, "to"]) for (change, role), item in ends.items() if role == "from" and (change, "to") in ends]


@overload
def timeline(*, labels: Labels = "en", library: Literal["pandas"] = "pandas") -> pd.DataFrame: ...
@overload
def timeline(*, labels: Labels = "en", library: Literal["polars"]) -> pl.DataFrame: ...
def timeline(*, labels: Labels = "en", library: Library = "pandas") -> Any:
    """The delistings in the order of their dates: of the last day, then of the first; those without a date last.

    The columns of `delistings`, the name of the region, and ``start`` and ``end`` of the date. ``labels`` is the language of names,
    ``"en"`` or ``"zh"``; ``library`` ``"pandas"`` or ``"polars"``; another one is an InvalidArgumentError.

    >>> import povdata
    >>> frame = povdata.timeline()
    >>> frame.loc[frame["last_batch"].fillna(False), "province_name"].tolist()[:3]
    ['Tibet', 'Chongqing', 'Heilongjiang']
    """
    _check(labels, library)
    dated = {item: edtf.bounds(item.date) if item.date else (None, None) for item in catalog.delistings}
    order = sorted(dated, key=lambda item: (dated[item][1] or date.max, dated[item][0] or date.min))  # an open start is the earliest
    days = _columns(["start", "end"], [dated[item] for item in order], start=Day(), end=Day())
    return _frame([*columns(catalog.delistings.selection(order), labels), *days], library, "delistings")


@overload
def panel(
    first: int, last: int, *, codes_as_of: int | None = ..., tier: Tier | None = ..., labels: Labels = ..., library: Literal["pandas"] = ...
) -> pd.DataFrame: ...
@overload
def panel(
    first: int, last: int, *, codes_as_of: int | None = ..., tier: Tier | None = ..., labels: Labels = ..., library: Literal["polars"]
) -> pl.DataFrame: ...
def panel(
    first: int,
    last: int,
    *,
    codes_as_of: int | None = None,
    tier: Tier | None = "national",
    labels: Labels = "en",
    library: Library = "pandas",
) -> Any:
    """A balanced county-year frame of the poverty counties: one row per county and year, from 2010 to 2024.

    This is the roster of counties that were on a list, not a control group: counties that never were are not in it. Columns:

    - ``county``, ``name``, ``province``, ``province_name``, ``tier``, ``year``: the county's code at the end of 2019, and its names;
    - ``code``: its code in the year ``codes_as_of`` (by default that of 2019), to join data of that year; empty where it had none then, or
      where its area belonged to several counties (`county_codes` names them);
    - ``cohort``: the assessment year in which it left the list, where that is known; ``years_since_exit``: year less cohort;
    - ``status``: ``listed`` until the year before, ``exited`` from the cohort's year on;
    - ``announced``: the day on which its exit was announced, where the day is known; it lies up to five months behind the assessment year.

    ``tier`` is ``"national"`` (832 counties), ``"provincial"`` (those that are known by name), or None for both; ``labels`` is the language
    of names, ``"en"`` or ``"zh"``; ``library`` ``"pandas"`` or ``"polars"``. Another one, a year outside 2010 to 2024 and a ``first`` after
    ``last`` are an InvalidArgumentError.

    >>> import povdata
    >>> frame = povdata.panel(2012, 2021)
    >>> len(frame), frame.groupby("cohort")["county"].nunique().tolist()
    (8320, [28, 125, 283, 344, 52])
    """
    _check(labels, library)
    first, last = _year("first", first), _year("last", last)
    codes_as_of = None if codes_as_of is None else _year("codes_as_of", codes_as_of)
    if first > last:
        raise InvalidArgumentError(f"first must not be after last: {first} > {last}")
    if tier not in (None, *vocabularies.TIER):
        raise InvalidArgumentError(f"tier must be one of {', '.join(vocabularies.TIER)}, or None for both, not {tier!r}")
    counties = [county for county in catalog.poverty_counties if tier in (None, county.tier)]
    codes = {county.key: county.key for county in counties} if codes_as_of is None else _codes(codes_as_of)
    provinces = {key: label(catalog.divisions[key], labels) for key in {county.province for county in counties}}
    rows = [
        (it.key, codes.get(it.key), label(it, labels), it.province, provinces[it.province], it.tier, it.exit_year, _day(it.announced))
        for it in counties
    ]
    names = ["county", "code", "name", "province", "province_name", "tier", "cohort", "announced"]
    found = _columns(names, rows, tier=Enumeration(vocabularies.TIER), cohort=Integer(), announced=Day())
    years, kinds = range(first, last + 1), list(vocabularies.PANEL_STATUS)  # listed, exited
    if library == "polars":
        every = arrow.to_polars(found).join(pl.DataFrame({"year": years}), how="cross")
        since = pl.col("year") - pl.col("cohort")
        status = pl.when(since < 0).then(pl.lit("listed")).when(since >= 0).then(pl.lit("exited")).cast(pl.Enum(kinds))
        return every.with_columns(years_since_exit=since, status=status).select(PANEL)
    frame = frames.to_pandas(found, "panel")
    frame = frame.loc[frame.index.repeat(len(years))].reset_index(drop=True)
    frame["year"] = pd.array([*years] * len(counties), dtype="Int64")
    frame["years_since_exit"] = frame["year"] - frame["cohort"]
    exited: Any = (frame["years_since_exit"] >= 0).to_numpy("int8", na_value=-1)  # -1: no category
    frame["status"] = pd.Categorical.from_codes(exited, categories=pd.Index(kinds, dtype=pd.StringDtype("python")))
    return frame[PANEL]


def _year(name: str, year: object) -> int:
    """A year in any kind of number, as a column of a frame holds it."""
    with suppress(ValueError):
        if FIRST_YEAR <= (read := Integer().accept(year)) <= LAST_YEAR:
            return int(read)
    raise InvalidArgumentError(f"{name} must be a year from {FIRST_YEAR} to {LAST_YEAR}, not {year!r}")


def _codes(year: int) -> dict[str, str]:
    """The code of each division in a year; none where its area belonged to several."""
    rows = [row for row in catalog.county_codes if row.first_year <= year <= row.last_year]
    codes = Counter(row.division for row in rows)
    return {row.division: row.code for row in rows if codes[row.division] == 1}


@cache
def _day(text: str | None) -> date | None:
    """The day that an EDTF date names; None where it names none."""
    first, last = edtf.bounds(text) if text else (None, None)
    return first if first == last else None


def _check(labels: object, library: object) -> None:
    if labels not in LANGUAGES:
        raise InvalidArgumentError(f"labels must be 'en' or 'zh', not {labels!r}")
    if library not in ("pandas", "polars"):
        raise InvalidArgumentError(f"library must be 'pandas' or 'polars', not {library!r}")


def _columns(names: Sequence[str], rows: Sequence[Sequence[Any]], **types: CellType) -> list[Shown]:
    """Columns with their cells row by row; those without a type are names."""
    cells = zip(*rows, strict=True)
    return [Shown(name, types.get(name, Name()), False, "", list(own)) for name, own in zip(names, cells, strict=True)]


def _frame(found: list[Shown], library: Library, table: str) -> Any:
    return frames.to_pandas(found, table) if library == "pandas" else arrow.to_polars(found)
