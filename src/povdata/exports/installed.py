"""The installed data as exports take them: what is said of them, their evidence, headlines, pictures and views."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from povdata import __version__, catalog, plots, provenance
from povdata.citing import AUTHOR, YEAR, cite
from povdata.exceptions import MissingExtraError
from povdata.exports.sheets import Cited, Publication
from povdata.exports.words import counted, said
from povdata.model.columns import label
from povdata.model.datatypes import Reference
from povdata.model.table import Table
from povdata.records import DATASET, Observation, bundled


def dataset() -> Publication:
    """The installed data."""
    tables = catalog.tables()
    return Publication(
        name="povdata",
        title="How 15 Chinese regions took their poverty counties off the list",
        description="A relational dataset read from one Chinese news round-up of April 2020, each cell with its place in the text.",
        version=__version__,
        licence="https://creativecommons.org/publicdomain/zero/1.0/",
        licence_name="CC0-1.0",
        author=AUTHOR,
        year=YEAR,
        cite=_cite,
        tables=tables,
        readme=bundled("README.md"),
        languages=("en", "zh"),
        digest=catalog.sources["article"].sha256 or "",
        evidence=_evidence,
        caveats=lambda record: record.caveats,
        headline=_headline,
        pages=("provinces", "observations"),
        folded=("spans", "citations", "divisions", "county_codes"),
        pictures=_pictures,
        views={
            "observations_en": _labelled(catalog.observations, "en"),
            "observations_zh": _labelled(catalog.observations, "zh"),
            "places_within": (frozenset({"places"}), _WITHIN),
        },
    )


def _cite(style: Any, record: Any) -> str:
    """A citation of the dataset, or of a record of it."""
    return cite(style) if record is None else f"{cite(style)} {DATASET.table_of(record).name}/{record.key}"


def _evidence(record: Any) -> Iterable[Cited]:
    """The citations behind a record, those of other records that it was computed from with their names."""
    own = (DATASET.table_of(record).name, record.key)
    for item in provenance.evidence(DATASET, record):
        column = item.column if (item.table, item.key) == own else f"{item.table}/{item.key}/{item.column}"
        yield Cited(column, item.value, item.characters, str(item.locator), item.basis)


def _headline(record: Any, language: str) -> tuple[str, str]:
    """Of a figure what and where, and the figure with its unit; of anything else its name."""
    if not isinstance(record, Observation):
        return label(record, language), ""
    indicator, place = label(record.indicator_record, language), label(record.place_record, language)
    relation = "" if record.relation == "exact" else said(record.relation, language, "relation")
    colon, blank = ("：", "") if language == "zh" else (": ", " ")
    figure = blank.join(filter(None, (relation, f"{record.value:,f}", counted(record.indicator_record.unit, record.value, language))))
    period = record.period or said("undated", language)
    if period.startswith("../"):
        period = f"{said('until', language)}{blank}{period.removeprefix('../')}"
    return f"{place}{colon}{indicator}", f"{figure} · {period}"


PICTURES = {
    "delisting_timeline": {"en": "When the last counties of each region left the list", "zh": "各省区市最后一批贫困县退出的时间"},
    "before_after": {"en": "Figures before and after", "zh": "前后数字对比"},
    "tile_map": {"en": "Poverty counties of the 15 regions", "zh": "15 个省区市的贫困县数"},
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


def _labelled(table: Table[Any], language: str) -> tuple[frozenset[str], str]:
    """A view that adds what `Table.to_pandas` adds with labels and bounds, in the same order, and the tables that it needs."""
    columns, joins, needs = [], [], {table.name}
    for column in table.schema.values():
        columns.append(f'{table.name}."{column.name}"')
        if isinstance(column.type, Reference):
            needs.add(column.type.table)
            columns.append(f"{column.name}_.name_{language} AS {column.name}_name")
            joins.append(f"LEFT JOIN {column.type.table} AS {column.name}_ ON {column.name}_.key = {table.name}.{column.name}")
            if column.type.table == "indicators":
                columns.append(f"{column.name}_.unit")
            if column.name == "place":
                needs.add("provinces")
                columns.append(f"province_.name_{language} AS province_name")
                joins.append("LEFT JOIN provinces AS province_ ON province_.key = place_.province")
    for bound, without in (("lower", "('less_than', 'at_most', 'about')"), ("upper", "('more_than', 'at_least', 'about')")):
        columns.append(f"CASE WHEN {table.name}.relation NOT IN {without} THEN {table.name}.value END AS {bound}")
    return frozenset(needs), "\n".join(["SELECT", ",\n".join(columns), f"FROM {table.name}", *joins])


_WITHIN = """\
-- Each place with itself and every place above it, as Table.within() goes.
WITH RECURSIVE chain (ancestor, place) AS (
  SELECT key, key FROM places
  UNION ALL
  SELECT places.parent, chain.place FROM chain JOIN places ON places.key = chain.ancestor WHERE places.parent IS NOT NULL
)
SELECT ancestor, place FROM chain"""
