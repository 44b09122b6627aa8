"""Exports of a dataset that is not ours: an invented archipelago in another language, without citations, plots or places."""

from __future__ import annotations

import json
import sqlite3
from decimal import Decimal
from typing import Annotated

import attrs
import pytest

from conftest import needed
from povdata.exports import WRITERS, export_dataset
from povdata.model.datatypes import Enumeration, Name, Pattern, Quantity, Reference
from povdata.model.schema import editorial
from povdata.model.table import Table
from povdata.records import Record

Key = Annotated[str, Pattern(r"[a-z/ -]+", "a key")]


@attrs.frozen(eq=False, repr=False)
class Island(Record):
    """Une île."""

    key: Annotated[Key, editorial("La clé.")]
    name_en: Annotated[Annotated[str, Name()], editorial("Le nom.", name=True)]


@attrs.frozen(eq=False, repr=False)
class Measurement(Record):
    """Une mesure."""

    key: Annotated[Key, editorial("La clé.")]
    island: Annotated[Annotated[str, Reference("islands")], editorial("L'île.")]
    order: Annotated[Annotated[str, Enumeration({"l'une": "la première", "l'autre": "la seconde"})], editorial("Le rang.")]
    value: Annotated[Annotated[Decimal, Quantity()] | None, editorial("La valeur.")]


ISLANDS = Table("islands", Island, [Island("a b", "Île d'Ärbé"), Island("c/d", "Cédille")])
MEASUREMENTS = Table("group", Measurement, [Measurement("m", "a b", "l'une", Decimal("1.5")), Measurement("n", "c/d", "l'autre", None)])
DATASET = Publication(
    name="archipel",
    title="L'archipel",
    description="Deux îles.",
    version="1",
    licence="https://example.org/licence",
    licence_name="CC-BY-4.0",
    author="Personne",
    year="1999",
    cite=lambda _, record: f"Personne (1999){' ' + record.key if record else ''}",
    tables={"islands": ISLANDS, "group": MEASUREMENTS},
    headline=lambda record, _: (getattr(record, "name_en", record.key), ""),
    pages=("islands",),
)


@pytest.mark.parametrize("kind", [kind for kind in WRITERS if kind != "xlsx"])
def test_every_format_takes_another_dataset(tmp_path, kind):
    """Nothing of ours is in what is written."""
    needed(kind)
    path = export_dataset(DATASET, tmp_path, kind)
    assert path.name.startswith("archipel")
    for file in path.rglob("*") if path.is_dir() else [path]:
        data = file.read_bytes() if file.is_file() and file.suffix not in (".js", ".json", ".css") else b""
        assert b"povdata" not in data
        assert "贫困".encode() not in data


def test_its_data_package_describes_it(tmp_path):
    """Title, tables, references; no annotations, since it cites nothing."""
    folder = export_dataset(DATASET, tmp_path, "datapackage")
    assert {path.name for path in folder.iterdir()} == {
        "croissant.json",
        "csv-metadata.json",
        "datapackage.json",
        "group.csv",
        "islands.csv",
    }
    described = json.loads((folder / "datapackage.json").read_bytes())
    assert (described["name"], described["title"], described["licenses"][0]["name"]) == ("archipel", "L'archipel", "CC-BY-4.0")
    assert described["resources"][1]["schema"]["foreignKeys"][0]["reference"] == {"resource": "islands", "fields": ["key"]}


def test_its_database_takes_words_of_sql_and_apostrophes(tmp_path):
    """A table called group, a column called order, and values with apostrophes."""
    connection = sqlite3.connect(export_dataset(DATASET, tmp_path, "sqlite"))
    assert connection.execute('SELECT "order", value FROM "group"').fetchall() == [("l'une", 1.5), ("l'autre", None)]
    connection.close()


def test_its_pages_link_by_any_key(tmp_path):
    """Keys with blanks and slashes are names of files."""
    needed("html")
    folder = export_dataset(DATASET, tmp_path, "html")
    assert {path.name for path in (folder / "islands").iterdir()} == {"a%20b.html", "c%2Fd.html"}
    assert 'href="islands/c%252Fd.html"' in (folder / "group.html").read_text(encoding="utf-8")
    assert "Personne (1999) c/d" in (folder / "islands" / "c%2Fd.html").read_text(encoding="utf-8")
