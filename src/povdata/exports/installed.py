"""The installed data as exports take them: what is said of them, their words, headlines and pictures."""

import json
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from povdata import __version__, catalog, plots
from povdata.citing import AUTHOR, YEAR, cite
from povdata.exceptions import MissingExtraError
from povdata.exports.sheets import Publication, template
from povdata.model.columns import label
from povdata.records import DATASET, Observation, bundled


def publication() -> Publication:
    """The installed data."""
    own = json.loads(template("povdata.json"))
    own["about"] |= {"version": __version__, "author": AUTHOR, "year": YEAR, "citation": cite(), "bibtex": cite("bibtex")}
    return Publication(
        DATASET,
        {**own["about"], "text_sha256": catalog.sources["article"].sha256 or ""},
        readme=bundled("README.md"),
        words={language: json.loads(template(f"words.{language}.json")) for language in DATASET.naming.languages},
        headline=_headline,
        cite=lambda record, language: cite("gb7714" if language == "zh" else "apa", of=record),
        pages=own["pages"],
        folded=own["folded"],
        pictures=lambda language: _pictures(own["pictures"], language),
    )


def _headline(said: Publication, record: Any, language: str) -> tuple[str, str]:
    """Of a figure what and where, and the figure with its unit; of anything else its name."""
    if not isinstance(record, Observation):
        return label(record, language), ""
    indicator, place = label(record.indicator_record, language), label(record.place_record, language)
    colon, blank = ("：", "") if language == "zh" else (": ", " ")
    relation = "" if record.relation == "exact" else said.said(record.relation, language, "relation")
    figure = filter(None, (relation, f"{record.value:,f}", said.said(record.indicator_record.unit, language, "unit", record.value)))
    period = (record.period or said.said("undated", language)).replace("../", f"{said.said('until', language)}{blank}")
    return f"{place}{colon}{indicator}", f"{blank.join(figure)} · {period}"


def _pictures(titles: dict[str, dict[str, str]], language: Any) -> Iterator[tuple[str, str, bytes]]:
    """The plots as PNG; none where matplotlib is not installed."""
    for name, title in titles.items():
        try:
            axes = getattr(plots, name)(labels=language)
        except MissingExtraError:
            return
        from matplotlib import pyplot
        from PIL import Image  # which matplotlib brings

        drawn, small = BytesIO(), BytesIO()
        axes.figure.savefig(drawn, format="png", dpi=120, facecolor="white")
        pyplot.close(axes.figure)
        Image.open(drawn).convert("RGB").quantize(64, dither=Image.Dither.NONE).save(small, "PNG", optimize=True)
        yield name, title[language], small.getvalue()
