"""The engine is free of the installed article: on `mills`, a dataset of three small tables in another language, everything works alike."""

import json
import pickle
import sqlite3
from contextlib import closing
from datetime import date
from decimal import Decimal
from hashlib import sha256

import pytest

from conftest import Shown
from mills import ARTICLE, GERMAN, MILLS, RECORDS, Figure, files, read
from povdata import exports, provenance, verification
from povdata.checks import integrity
from povdata.checks.integrity import each, unique
from povdata.exceptions import DataError, InvalidArgumentError, NotFoundError
from povdata.model import names
from povdata.model.reading import format_table, read_table
from povdata.model.registry import dataset_of

pytestmark = pytest.mark.everywhere

regions, figures = MILLS["regions"], MILLS["figures"]


def test_files_are_read_and_written_back():
    """Each file becomes records of its class, and these the same bytes."""
    for name, record in RECORDS.items():
        data = files()[f"{name}.csv"]
        assert format_table(record, read_table(record, f"{name}.csv", data)).encode() == data
        assert len(MILLS[name]) == data.count(b"\n") - 1
        assert dataset_of(record) is MILLS


def test_a_wrong_cell_is_named():
    """File, line, column and what is wrong; the vocabulary is the dataset's own."""
    data = files()["figures.csv"].replace(b",idle,7.25,", b",asleep,7.250,")
    with pytest.raises(DataError) as caught:
        read_table(Figure, "figures.csv", data)
    assert [str(problem) for problem in caught.value.problems] == [
        "figures.csv:2:subject: not one of wheels, idle: 'asleep'",
        "figures.csv:2:value: not a plain number: '7.250'",
    ]


@pytest.mark.parametrize("name", ["Kreis Lehmau", "lehmau", "LEHMAU", "Lehmau District", "Kreis Lehmau (Ostau)", "Kreis Lehmau, Ostau"])
def test_a_region_is_found_by_its_names(name):
    """In German and English, without the word for its kind, and with the land in brackets."""
    assert regions.lookup(name).key == "lehmau"


def test_what_is_not_found_is_told_in_the_language_of_the_question():
    """Similar names are given, German ones to a German question."""
    with pytest.raises(NotFoundError, match=r"no name in regions 'Kreis Lemau'; nearest: lehmau \(Kreis Lehmau"):
        regions.lookup("Kreis Lemau")
    with pytest.raises(NotFoundError, match=r"nearest: lehmau \(Lehmau District, Land of Ostau\)"):
        regions.lookup("Lemau District")


def test_selections_know_the_vocabulary_and_the_hierarchy():
    """where() and within() over tables and columns of the dataset's own."""
    assert [item.key for item in figures.where(subject="idle", relation=("at_most", "less_than"))] == [
        "grauwiese-idle-otherwise",
        "sandholm-idle",
    ]
    assert [item.key for item in figures.where(value="12.50")] == ["lehmau-idle"]
    assert {item.region for item in figures.within("Westrand")} == {"sandholm", "grauwiese"}
    assert figures.within(regions["ostau"]) == regions["ostau"].figures
    with pytest.raises(NotFoundError, match=r"no value of figures\.subject 'wheel'; nearest: wheels"):
        figures.where(subject="wheel")
    with pytest.raises(InvalidArgumentError, match="remarks has none"):
        MILLS["remarks"].within("Ostau")


def test_links_lead_forth_and_back():
    """From a figure to its region and land, and back."""
    figure = figures["birkenfurt-wheels"]
    assert figure.region_record.parent_record.name_de == "Ostau"
    assert [region.key for region in regions["westrand"].children] == ["grauwiese", "sandholm"]
    assert pickle.loads(pickle.dumps(figure)) == figure
    assert pickle.loads(pickle.dumps(figures)) is figures


def test_frames_have_the_names_of_the_dataset_s_languages():
    """Labels in German and English, bounds and remarks; another language is refused by name."""
    frame = figures.to_pandas(labels="de", bounds=True, caveats=True).set_index("key")
    assert frame.loc["lehmau-wheels-before", ["region_name", "value", "lower"]].tolist() == ["Kreis Lehmau", 40, 40]
    assert frame["upper"].isna()["lehmau-wheels-before"]
    assert frame.loc["sandholm-idle", "caveats"] == "nobody-counted"
    assert figures.to_pandas(labels="en")["region_name"].iloc[0] == "Birkenfurt District"
    with pytest.raises(InvalidArgumentError, match="labels must be 'de', 'en' or None, not 'zh'"):
        figures.to_pandas(labels="zh")


def test_arrow_and_polars_have_exact_types():
    """Decimals, days, vocabularies and lists."""
    pytest.importorskip("pyarrow", reason="needs pyarrow: pip install 'povdata[arrow]'")
    pl = pytest.importorskip("polars", reason="needs polars: pip install 'povdata[polars]'")
    row = figures.to_arrow().to_pylist()[0]
    assert (row["value"], row["start"], row["relation"]) == (Decimal("7.25"), date(2031, 4, 1), "exact")
    assert pl.DataFrame(figures).equals(figures.to_polars())
    assert figures.to_polars().schema["subject"] == pl.Enum(["wheels", "idle"])


def test_rows_are_ready_for_json():
    """Numbers as numbers, days as texts."""
    row = json.loads(json.dumps(figures.to_dicts()))[0]
    assert (row["value"], row["start"]) == (7.25, "2031-04-01")


def test_a_notebook_shows_names():
    """Tables, records and matches, in the first language of the dataset."""
    assert {"Kreis Birkenfurt", "7.25"} <= set(Shown(figures._repr_html_()).rows[0])
    assert ["region", "Kreis Birkenfurt (birkenfurt)"] in Shown(figures[0]._repr_html_()).rows
    shown = Shown(regions.search("Lehmau")._repr_html_())
    assert (shown.header[-2:], shown.rows[0][-2:]) == (["Deutsch", "Englisch"], ["Kreis Lehmau", "Lehmau District"])


def test_cells_lead_to_their_characters():
    """A cell read from the article to its own, a derived one to those of the cells that it was computed from, in whatever table."""
    assert [item.characters for item in provenance.evidence(MILLS, figures["lehmau-idle"], "value")] == ["12,5 %"]
    (start,) = provenance.evidence(MILLS, figures["sandholm-wheels"], "start")
    assert (start.column, start.characters) == ("date", "Februar 2031")
    (wheels,) = provenance.evidence(MILLS, regions["tannwerder"], "wheels")
    assert (wheels.table, wheels.key, wheels.characters, str(wheels.locator)) == ("figures", "tannwerder-wheels", "1.204 Räder", "7:36-47")
    assert provenance.evidence(MILLS, regions["ostau"], "wheels") == ()
    frame = figures.where(subject="wheels").to_pandas()
    assert {item.key for item in provenance.evidence(MILLS, frame, "value")} == set(frame["key"])


def test_every_cell_reads_again_from_its_characters():
    """The language that is handed in reads each figure, qualifier and date that the engine's cell types ask for."""
    called = {
        name: {one: frozenset({record.key}) for record in table for one in names.names_of(MILLS, record)} for name, table in MILLS.items()
    }
    quotes: dict[tuple[str, str, str], list[str]] = {}
    for citation in MILLS["citations"]:
        if text := MILLS["spans"][citation.span].text:
            quotes.setdefault((citation.table, citation.record, citation.column), []).append(text)
    assert len(quotes) > 40
    for (table, key, column), found in quotes.items():
        celltype = MILLS[table].schema[column].type
        assert getattr(MILLS[table][key], column) in celltype.read(found, called, GERMAN), (key, column)


def test_remarks_concern_cells_records_and_what_was_computed_from_them():
    """Of a figure's own cell, and of a region whose number comes from a figure."""
    assert [remark.key for remark in figures["sandholm-idle"].caveats] == ["nobody-counted"]
    assert [remark.key for remark in regions["tannwerder"].caveats] == ["sum"]
    assert [remark.key for remark in regions["birkenfurt"].caveats] == []


def test_the_files_keep_the_rules_of_any_tables():
    """References, citations, spans and derived cells."""
    assert integrity.examine(MILLS, read) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("figures.csv", b"lehmau-idle,lehmau,", b"lehmau-idle,lemau,", "figures.csv:7:region: no such record in regions: 'lemau'"),
        ("remarks.csv", b"figures/sandholm-idle/value", b"figures/sandholm-idle/worth", "remarks.csv:2:records: no such record or cell"),
        ("regions.csv", b"land,,\nsandholm", b"land,lehmau,\nsandholm", "regions.csv:4:parent: leads back to 'lehmau'"),
        ("regions.csv", b"ostau,118", b"ostau,119", "regions.csv:4:wheels: is 119, but computes to 118"),
        ("figures.csv", b"2031-02,2031-02-01\ntann", b"2031-02,2031-02-02\ntann", "figures.csv:11:start: is datetime.date(2031, 2, 2)"),
        ("citations.csv", b"figures,lehmau-idle,value,", b"figures,lehmau-idle,subject,", "figures.csv:7:value: is read from the article"),
        ("spans.csv", b'5:20-26,figure,"12,5 %"', b'5:20-26,figure,"12,55 %"', "text: its length must be that of the locator"),
        ("regions.csv", b"Lehmau District", b"Ostau District", "regions.csv:4:name_en: is 'Ostau District', but must name itself"),
        ("regions.csv", b"Lehmau District", b"Grauwiese District", "regions.csv:4:name_en: is 'Grauwiese District', as in grauwiese"),
    ],
)  # fmt: skip
def test_a_slip_is_noticed(file, old, new, says):
    """Each rule of the engine, and two of the dataset's own that are handed in."""
    rules = (
        each("regions", "name_en", "name itself", lambda region, _: region.key in region.name_en.lower()),
        unique("regions", "name_en"),
    )
    spoilt = {**files(), file: files()[file].replace(old, new)}
    assert spoilt != files()
    problems = [str(problem) for problem in integrity.examine(MILLS, spoilt.__getitem__, rules)]
    assert any(says in problem for problem in problems), problems


# A copy, and an export: what the engine does with the tables of any dataset that it is handed. --------------------------------------


def verified(copy):
    """The report on a copy of the invented article."""
    return verification.verify(copy.encode(), verification.Source(MILLS, GERMAN, sha256(ARTICLE.encode()).hexdigest()))


def test_the_reference_edition_is_confirmed():
    """Every cell reads again from the article itself."""
    report = verified(ARTICLE)
    assert (report.edition, report.ok, len(report.cells)) == (
        "reference",
        True,
        len({item.key.rpartition("/")[0] for item in MILLS["citations"]}),
    )


def test_a_copy_that_differs_in_form_is_confirmed():
    """Lines that a program broke or joined, other quotes and blanks, and a site's own lines change nothing."""
    copy = (
        "Startseite | Wetter\n" + ARTICLE.replace("so die ", "so die\n").replace(" ", "  ").replace("Kreis.\n", "Kreis. ") + "\nImpressum"
    )
    report = verified(copy)
    assert (report.edition, [cell for cell in report.problems if cell.status == "contradicted"]) == ("other", [])
    assert {cell.status for cell in report.cells} <= {"confirmed", "moved"}


@pytest.mark.parametrize(
    ("old", "new", "cells"),
    [
        ("118 Räder", "181 Räder", {("lehmau-wheels", "value"), ("lehmau-wheels", "relation")}),
        ("61 Räder", "62 Räder", {("birkenfurt-wheels", "value"), ("birkenfurt-wheels", "relation")}),
        ("3. März 2031", "3. Mai 2031", {("lehmau-wheels", "date"), ("lehmau-idle", "date")}),
        ("12,5 %", "etwa 12,5 %", {("lehmau-idle", "value"), ("lehmau-idle", "relation"), ("lehmau-idle", "subject")}),
    ],
)
def test_a_falsified_copy_is_not_confirmed(old, new, cells):
    """Whatever rests on the characters that were changed, or had a word put beside them, is not confirmed, and all else is."""
    assert {(cell.key, cell.column) for cell in verified(ARTICLE.replace(old, new)).problems} == cells


def test_an_export_holds_the_tables(tmp_path):
    """A database with the three tables and their keys."""
    about = ["title", "description", "version", "licence", "licence_name", "licence_title", "author", "year", "citation", "bibtex"]
    publication = exports.Publication(MILLS, dict.fromkeys(about, "Mills 2031") | {"name": "mills"})
    path = exports.export(tmp_path, "sqlite", publication=publication)
    assert path.name == "mills.sqlite"
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("select name_de, wheels from regions where parent = 'westrand' order by key").fetchall() == [
            ("Grauwiese", 9),
            ("Kreis Sandholm", 85),
        ]
        assert database.execute("pragma foreign_key_check").fetchall() == []
