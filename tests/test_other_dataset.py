"""Exports of datasets that are not ours: the mills, with citations and places, and two islands with awkward keys and words."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Annotated

import attrs
import pytest

import povdata
from conftest import needed, tree
from mills import ARTICLE, MILLS
from povdata.exports import WRITERS
from povdata.exports.sheets import Publication
from povdata.model.columns import label
from povdata.model.datatypes import Enumeration, Name, Pattern, Quantity, Reference
from povdata.model.record import Record
from povdata.model.registry import Dataset
from povdata.model.schema import editorial
from povdata.model.table import Table

Key = Annotated[str, Pattern(r"[a-z/ -]+", "a key")]
EVIL = '"><script>alert(1)</script>&amp;'


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


def published(*islands: Island, title: str = "L'archipel") -> Publication:
    """The archipelago."""
    told = [Measurement("m", "a b", "l'une", Decimal("1.5")), Measurement("n", "c/d", "l'autre", None)]
    about = {
        "title": title,
        "name": "archipel",
        "description": "Deux îles.",
        "version": "1",
        "licence": "https://example.org/licence",
        "licence_name": "CC-BY-4.0",
        "licence_title": "CC BY 4.0",
        "author": "Personne",
        "year": "1999",
        "citation": "Personne (1999)",
        "bibtex": "@misc{Personne}",
    }
    data = Dataset([Table("islands", Island, islands), Table("group", Measurement, told)], bytes)
    return Publication(data, about, cite=lambda record, _: f"Personne (1999) {record.key}", pages=("islands",))


ISLANDS = Island("a b", "Île d'Ärbé"), Island("c/d", "Cédille")
ARCHIPELAGO = published(*ISLANDS)
TOLD = {"title": "Mühlen", "name": "mills", "text_language": "de", "text_sha256": sha256(ARTICLE.encode()).hexdigest()}
LAND = Publication(
    MILLS,
    ARCHIPELAGO.about | TOLD,
    words={"de": {"Evidence": "Belege", "Search": "Suche", "other language": "Englisch"}, "en": {"other language": "German"}},
    headline=lambda _, record, language: (label(record, language), ""),
    cite=lambda record, _: f"Nobody (2031) {record.key}",
    pages=("regions", "figures"),
    folded=("spans", "citations"),
)


def export(publication, tmp_path, kind, **options):
    """The path of an export, skipped where a package is missing."""
    needed(kind)
    return povdata.export(tmp_path, kind, publication=publication, **options)


@pytest.mark.parametrize("publication", [ARCHIPELAGO, LAND], ids=["archipelago", "mills"])
@pytest.mark.parametrize("kind", WRITERS)
def test_every_format_takes_another_dataset(tmp_path, publication, kind):
    """Nothing of ours is in what is written."""
    path = export(publication, tmp_path, kind)
    assert path.name.startswith(publication.about["name"])
    for file in path.rglob("*") if path.is_dir() else [path]:
        data = file.read_bytes() if file.is_file() else b""
        assert b"povdata" not in data
        assert re.search("[\u4e00-\u9fff]", data.decode(errors="ignore").replace("中文", "")) is None or kind in (
            "xlsx",
            "parquet",
            "sqlite",
        )


def test_the_same_data_give_the_same_bytes(tmp_path):
    """Two exports, one of them made in a process with another hash seed."""
    code = "import sys; from test_other_dataset import LAND, export; [export(LAND, sys.argv[1], kind) for kind in sys.argv[2:]]"
    settings = os.environ | {"PYTHONHASHSEED": "1", "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), *sys.path])}
    kinds = [*filter(there, WRITERS)]
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "1"), *kinds], check=True, env=settings)
    for kind in kinds:
        export(LAND, tmp_path / "2", kind)
    assert len(tree(tmp_path / "1")) > 40
    assert tree(tmp_path / "1") == tree(tmp_path / "2")


def there(kind):
    """Whether the package that writes a format is installed."""
    try:
        needed(kind)
    except pytest.skip.Exception:
        return False
    return True


def test_its_data_package_describes_it(tmp_path):
    """Title, tables, references; no annotations, since it cites nothing."""
    folder = export(ARCHIPELAGO, tmp_path, "datapackage")
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


def test_its_citations_are_annotations(tmp_path):
    """Without a table of what was set aside, too."""
    folder = export(LAND, tmp_path, "datapackage")
    annotations = json.loads((folder / "annotations.jsonld").read_bytes())
    assert annotations["total"] == len(annotations["first"]["items"]) == len(MILLS["citations"])


def test_its_database_takes_words_of_sql_and_apostrophes(tmp_path):
    """A table called group, a column called order, and values with apostrophes."""
    with closing(sqlite3.connect(export(ARCHIPELAGO, tmp_path, "sqlite"))) as connection:
        assert connection.execute('SELECT "order", value FROM "group"').fetchall() == [("l'une", 1.5), ("l'autre", None)]


def test_its_database_has_names_bounds_and_places(tmp_path):
    """For each of its languages a table of the figures; for its places a view of those above."""
    with closing(sqlite3.connect(export(LAND, tmp_path, "sqlite"))) as connection:
        row = connection.execute("SELECT region_name, lower, upper FROM figures_de WHERE key = 'lehmau-wheels-before'").fetchone()
        assert row == ("Kreis Lehmau", 40, None)
        count = "SELECT count(*) FROM figures JOIN regions_within ON place = region WHERE ancestor = 'westrand'"
        assert connection.execute(count).fetchone() == (len(MILLS["figures"].within("Westrand")),)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_database_with_a_broken_reference_is_not_written(tmp_path):
    """Foreign keys are enforced while the database is made."""
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        export(published(ISLANDS[0]), tmp_path, "sqlite")
    assert tree(tmp_path) == {}


def test_its_workbook_has_names_bounds_and_evidence(tmp_path):
    """In its first language."""
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed")
    book = openpyxl.load_workbook(export(LAND, tmp_path, "xlsx"))
    header, *rows = book["figures"].iter_rows(values_only=True)
    row = next(dict(zip(header, row, strict=True)) for row in rows if row[0] == "sandholm-idle")
    assert (row["region_name"], row["lower"], row["upper"], row["caveats"]) == ("Kreis Sandholm", None, 5, "nobody-counted")
    assert "value, relation Weniger als 5 % 11:0-15" in row["evidence"]


def test_its_pages_link_by_any_key(tmp_path):
    """Keys with blanks and slashes are names of files."""
    folder = export(ARCHIPELAGO, tmp_path, "html")
    assert {path.name for path in (folder / "islands").iterdir()} == {"a%20b.html", "c%2Fd.html"}
    assert 'href="islands/c%252Fd.html"' in (folder / "group.html").read_text(encoding="utf-8")
    assert "Personne (1999) c/d" in (folder / "islands" / "c%2Fd.html").read_text(encoding="utf-8")


def test_its_pages_speak_its_languages(tmp_path):
    """With its words where it hands them in, evidence, caveats and what lies inside a place."""
    page = (export(LAND, tmp_path, "html") / "regions" / "westrand.html").read_text(encoding="utf-8")
    for piece in (
        '<html lang="de">',
        "<b>Belege</b><i>Evidence</i>",
        "<b>Westrand</b><i>Land of Westrand</i>",
        "figures/sandholm-idle.html",
        "different days",
    ):
        assert piece in page, piece


def test_everything_is_escaped(tmp_path):
    """Texts that look like markup stay texts, wherever they stand."""
    folder = export(published(Island("a b", EVIL), ISLANDS[1], title=EVIL), tmp_path, "html")
    for path in folder.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert "<script>" not in text, path
        assert "&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;" in text or path.stem == "c%2Fd", path
