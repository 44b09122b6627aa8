"""Ready-made frames that answer the two commonest questions."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

from povdata import catalog
from povdata.exceptions import InvalidArgumentError
from povdata.model import edtf
from povdata.model.columns import LANGUAGES, label
from povdata.model.extras import Extra
from povdata.records import Observation

if TYPE_CHECKING:
    import pandas as pd
else:
    pd = Extra("pandas")


def changes(*, labels: Literal["en", "zh"] = "en") -> pd.DataFrame:
    """The paired figures of the article, before and after, a row a change.

    Columns: the change; the place's key and name; the indicator's name and unit; and for the two ends (``from_``, ``to_``) key, value,
    relation and period. Where the two ends are measured differently, as in Lushan, ``same_indicator`` is false. An empty period means that
    the article does not say when.

    Args:
        labels: the language of names, ``"en"`` or ``"zh"``.

    >>> import povdata
    >>> frame = povdata.changes().set_index("change")
    >>> frame.loc["fuping-poverty-rate", ["from_value", "to_value"]].tolist()
    [54.4, 0.46]
    """
    if labels not in LANGUAGES:
        raise InvalidArgumentError(f"labels must be 'en' or 'zh', not {labels!r}")
    pairs: dict[str, dict[str, Observation]] = {}
    for item in catalog.observations:
        if item.change and item.change_role:
            pairs.setdefault(item.change, {})[item.change_role] = item
    rows = []
    for change, ends in pairs.items():
        place, indicator = catalog.places[ends["to"].place], catalog.indicators[ends["to"].indicator]
        row = {
            "change": change,
            "place": place.key,
            "place_name": label(place, labels),
            "indicator": indicator.key,
            "indicator_name": label(indicator, labels),
            "unit": indicator.unit,
            "same_indicator": ends["from"].indicator == ends["to"].indicator,
        }
        for role, item in (("from", ends["from"]), ("to", ends["to"])):
            row |= {
                f"{role}_key": item.key,
                f"{role}_value": float(item.value),
                f"{role}_relation": item.relation,
                f"{role}_period": item.period,
            }
        rows.append(row)
    frame = pd.DataFrame(rows)
    types = {name: pd.StringDtype("python") for name in frame if name not in ("from_value", "to_value", "same_indicator")}
    return frame.astype({**types, "from_value": "Float64", "to_value": "Float64", "same_indicator": "boolean"})


def timeline(*, labels: Literal["en", "zh"] = "en") -> pd.DataFrame:
    """The delistings in the order of their dates: of the last day, then of the first; those without a date last.

    The columns of `delistings`, the name of the region, and ``start`` and ``end`` of the date.

    >>> import povdata
    >>> frame = povdata.timeline()
    >>> frame.loc[frame["last_batch"].fillna(False), "province_name"].tolist()[:3]
    ['Tibet', 'Chongqing', 'Heilongjiang']
    """
    frame = catalog.delistings.to_pandas(labels=labels)
    ends = [edtf.bounds(item.date) if item.date else (None, None) for item in catalog.delistings]
    for name, values in zip(("start", "end"), zip(*ends, strict=True), strict=True):
        frame[name] = pd.to_datetime(pd.Series(values, dtype="object")).astype("datetime64[s]")
    dated = [(end is None, end or date.max, start or date.min) for start, end in ends]  # an open start is the earliest
    return frame.iloc[sorted(range(len(frame)), key=dated.__getitem__)].reset_index(drop=True)
