"""A small project that depends on povdata: it must pass strict type checking and run."""

from __future__ import annotations

from decimal import Decimal

import povdata
from povdata.records import Observation, Place


def fall(place: Place) -> Decimal | None:
    """By how many percentage points the poverty rate of a place fell, where the article says so."""
    rates: list[Observation] = list(povdata.observations.where(indicator="poverty_rate", place=place))
    before = next((rate.value for rate in rates if rate.change_role == "from"), None)
    after = next((rate.value for rate in rates if rate.change_role == "to"), None)
    return None if before is None or after is None else before - after


def number_of(indicators: list[str]) -> int:
    """How many figures there are of indicators whose names are known only when the program runs."""
    return sum(len(povdata.observations.where({"indicator": name}, relation="exact")) for name in indicators)


def main() -> str:
    """The falls of all places that have one, largest first."""
    falls = {place.name_en: value for place in povdata.places if (value := fall(place)) is not None}
    lines = [f"{name}: {value}" for name, value in sorted(falls.items(), key=lambda item: -item[1])]
    frame = povdata.observations.within("河北").to_pandas(labels="en")
    report = povdata.evidence(povdata.observations["fuping-poverty-rate-2014"], "value")
    of: Place = povdata.observations["fuping-poverty-rate-2014"].place_record
    above: Place | None = of.parent_record
    figures: list[Observation] = [figure for figure in of.observations if figure.result_of_record is None]
    lines += [f"{of.name_en} in {above.name_en if above else None}: {len(figures)} figures that are no result"]
    return "\n".join([*lines, f"{len(frame)} figures of Hebei", f"read at {report[0].locator.line}"])


if __name__ == "__main__":
    print(main())
