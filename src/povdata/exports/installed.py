"""The installed data as exports take them: what is said of them, their words, headlines and pictures."""

from __future__ import annotations

import json
from collections.abc import Iterable
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
    about = {
        "name": "povdata",
        "title": "How 15 Chinese regions took their poverty counties off the list",
        "description": "A relational dataset read from one Chinese news round-up of April 2020, each cell with its place in the text.",
        "version": __version__,
        "licence": "https://creativecommons.org/publicdomain/zero/1.0/",
        "licence_name": "CC0-1.0",
        "licence_title": "CC0 1.0",
        "author": AUTHOR,
        "year": YEAR,
        "citation": cite(),
        "bibtex": cite("bibtex"),
        "text_language": "zh",
        "text_sha256": catalog.sources["article"].sha256 or "",
    }
    return Publication(
        DATASET,
        about,
        readme=bundled("README.md"),
        words={language: json.loads(template(f"words.{language}.json")) for language in DATASET.naming.languages},
        headline=_headline,
        cite=lambda record, language: cite("gb7714" if language == "zh" else "apa", of=record),
        pages=("provinces", "observations"),
        folded=("spans", "citations", "divisions", "county_codes"),
        pictures=_pictures,
    )


def _headline(said: Publication, record: Any, language: str) -> tuple[str, str]:
    """Of a figure what and where, and the figure with its unit; of anything else its name."""
    if not isinstance(record, Observation):
        return label(record, language), ""
    indicator, place = label(record.indicator_record, language), label(record.place_record, language)
    relation = "" if record.relation == "exact" else said.said(record.relation, language, "relation")
    colon, blank = ("：", "") if language == "zh" else (": ", " ")
    unit = said.counted(record.indicator_record.unit, record.value, language)
    period = record.period or said.said("undated", language)
    if period.startswith("../"):
        period = f"{said.said('until', language)}{blank}{period.removeprefix('../')}"
    return f"{place}{colon}{indicator}", f"{blank.join(filter(None, (relation, f'{record.value:,f}', unit)))} · {period}"


PICTURES = {
    "delisting_timeline": {"en": "When the last counties of each region left the list", "zh": "各省区市最后一批贫困县退出的时间"},
    "before_after": {"en": "Figures before and after", "zh": "前后数字对比"},
    "tile_map": {"en": "Poverty counties of the 15 regions", "zh": "15 个省区市的贫困县数"},
    "county_map": {"en": "Counties of the national list on the map, by year of exit", "zh": "国家级贫困县分布与退出年度"},
    "roster_exits": {"en": "Counties of the national list by year of exit", "zh": "国家级贫困县逐年退出情况"},
}
"""The plots that pages show, with what they show in words."""


def _pictures(language: Any) -> Iterable[tuple[str, str, bytes]]:
    """The plots as PNG; none where matplotlib is not installed."""
    for name, title in PICTURES.items():
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
