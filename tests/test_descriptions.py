"""The Data Package and the descriptions beside it, as readers of each standard see them."""

import csv
import datetime
import json
from base64 import urlsafe_b64encode
from collections import Counter
from decimal import Decimal
from hashlib import sha256
from importlib.resources import files

import pytest

import povdata
from conftest import DATA
from povdata.locators import digest
from povdata.model.reading import read_table
from povdata.records import RECORDS
from povdata.variants import VARIANTS
from povdata.verification import parts_of

foreign = pytest.mark.filterwarnings("ignore")  # what the validators' own dependencies warn of is not ours to mend


@pytest.fixture(scope="module")
def package(exported):
    return exported("datapackage")


# Data Package. ----------------------------------------------------------------------------------------------------------------


def test_the_data_package_holds_the_installed_files_byte_for_byte(package):
    """Every installed data file is there unchanged, with three more descriptions and the tables that Croissant needs as JSON."""
    exported = {path.name: path.read_bytes() for path in package.iterdir()}
    installed = {path.name: path.read_bytes() for path in DATA.iterdir()}
    assert {name: exported[name] for name in installed} == installed
    assert exported.keys() - installed.keys() == {
        "annotations.jsonld",
        "croissant.json",
        "csv-metadata.json",
        "divisions.json",
        "places.json",
    }


def test_the_data_package_reads_back_as_the_tables(package):
    """The exported files give the same records."""
    for name, record in RECORDS.items():
        assert read_table(record, f"{name}.csv", (package / f"{name}.csv").read_bytes()) == povdata.tables()[name].records


@foreign
def test_frictionless_finds_the_data_package_valid(package):
    """Types, constraints, keys, sizes and hashes, as frictionless checks them."""
    frictionless = pytest.importorskip("frictionless", reason="frictionless is not installed")
    report = frictionless.validate(str(package / "datapackage.json"))
    assert report.valid, report.flatten(["title", "message"])
    assert sum(task.stats["rows"] for task in report.tasks) == sum(map(len, povdata.tables().values()))


@foreign
def test_frictionless_checks_the_foreign_keys(tmp_path):
    """A broken reference is found, also one of a table to itself."""
    frictionless = pytest.importorskip("frictionless", reason="frictionless is not installed")
    package = povdata.export(tmp_path, "datapackage", tables=["places", "events"])
    breaks = {"places": (",130600,130000,130624,", ",130601,130000,130624,"), "events": (",222426,", ",222427,")}
    for name, (old, new) in breaks.items():
        text = (package / f"{name}.csv").read_text(encoding="utf-8")
        (package / f"{name}.csv").write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")
    report = frictionless.validate(str(package / "datapackage.json"))
    assert {task.name for task in report.tasks for error in task.errors if error.type == "foreign-key"} == breaks.keys()


@foreign
def test_the_data_package_follows_the_published_profile(package):
    """The JSON schema of Data Package 2.0 finds fault with nothing but lists, which the standard has and the schema forgot.

    See https://github.com/frictionlessdata/datapackage/issues/1089.
    """
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    pytest.importorskip("dplib", reason="dplib-py, which brings the profile, is not installed")
    profile = json.loads(files("dplib").joinpath("profiles/2.0/datapackage.json").read_text(encoding="utf-8"))
    descriptor = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    faults = [error.instance for error in jsonschema.Draft7Validator(profile).iter_errors(descriptor)]
    lists = [column.name for table in povdata.tables().values() for column in table.schema.values() if column.type.separator]
    assert [(fault["name"], fault["type"]) for fault in faults] == [(name, "list") for name in lists]


def test_a_table_that_refers_to_itself_is_not_named(package):
    """Table Schema 2.0 wants the resource left out there, and no empty lists of foreign keys."""
    resources = {resource["name"]: resource for resource in json.loads((package / "datapackage.json").read_bytes())["resources"]}
    assert resources["places"]["schema"]["foreignKeys"] == [
        {"fields": ["parent"], "reference": {"fields": ["key"]}},
        {"fields": ["province"], "reference": {"resource": "provinces", "fields": ["key"]}},
        {"fields": ["adcode"], "reference": {"resource": "divisions", "fields": ["key"]}},
    ]
    assert "foreignKeys" not in resources["indicators"]["schema"]


# CSV on the Web. --------------------------------------------------------------------------------------------------------------


def test_csvw_reads_the_files_by_their_description(package):
    """The csvw package reads every cell, checks all keys, and has nothing to warn of; null references are allowed."""
    csvw = pytest.importorskip("csvw", reason="csvw is not installed")
    found = csvw.CSVW(str(package / "csv-metadata.json"), validate=True, strict=False)  # strictly, a reference must not be empty
    assert found.is_valid, found.warnings
    tables = {table.local_name: table for table in found.tables}
    assert tables.keys() == {f"{name}.csv" for name in RECORDS}
    rate = next(row for row in tables["observations.csv"] if row["key"] == "fuping-poverty-rate-2014")
    assert (rate["value"], rate["relation"], rate["period_start"]) == (Decimal("54.4"), "exact", datetime.datetime(2014, 1, 1))  # noqa: DTZ001
    place = next(row for row in tables["places.csv"] if row["key"] == "130600")
    assert (place["names_printed"], place["adcode"], place["nbs_code"]) == (["保定市", "保定"], "130600", None)


def test_csvw_describes_vocabularies_patterns_and_references(package):
    """Pieces of the description, stated literally."""
    tables = {table["url"]: table["tableSchema"] for table in json.loads((package / "csv-metadata.json").read_bytes())["tables"]}
    columns = {column["name"]: column for column in tables["observations.csv"]["columns"]}
    assert columns["change_role"]["datatype"] == {"base": "string", "format": "from|to"}
    assert columns["period"]["datatype"] == {"@id": "http://id.loc.gov/datatypes/edtf/EDTF", "base": "string"}
    assert (columns["value"]["required"], "required" in columns["period"]) == (True, False)
    assert {"columnReference": "place", "reference": {"resource": "places.csv", "columnReference": "key"}} in tables["observations.csv"][
        "foreignKeys"
    ]


# Croissant. -------------------------------------------------------------------------------------------------------------------


@foreign
def test_croissant_reads_the_files_by_their_description(package, caplog):
    """mlcroissant finds no fault with the description and reads every text of nearly every table with it: no code becomes a number."""
    mlcroissant = pytest.importorskip("mlcroissant", reason="mlcroissant is not installed")
    dataset = mlcroissant.Dataset(str(package / "croissant.json"))
    issues = dataset.metadata.ctx.issues
    assert (issues.errors, issues.warnings, caplog.text) == (set(), set(), "")
    for name in RECORDS.keys() - {"citations", "spans", "county_codes"}:  # large, and of plain texts
        table, rows = povdata.tables()[name], list(dataset.records(name))
        texts = [column for column in table.schema.values() if column.type.dtype in ("string", "category")]
        for column in texts:
            expected = [as_croissant(getattr(record, column.name)) for record in table]
            assert [row[f"{name}/{column.name}"] for row in rows] == expected, f"{name}.{column.name}"
    rate = next(r for r in dataset.records("observations") if r["observations/key"] == b"fuping-poverty-rate-2014")
    assert (rate["observations/value"], rate["observations/period_start"].date()) == (54.4, datetime.date(2014, 1, 1))


def as_croissant(value):
    match value:
        case None:
            return None
        case tuple():
            return [part.encode() for part in value]
        case _:
            return value.encode()


def test_croissant_names_the_digests_of_the_files(package):
    """Each file is described with its digest, and each record set with its key."""
    croissant = json.loads((package / "croissant.json").read_bytes())
    assert croissant["conformsTo"] == "http://mlcommons.org/croissant/1.0"
    for file in croissant["distribution"]:
        assert file["sha256"] == sha256((package / file["contentUrl"]).read_bytes()).hexdigest()
    assert [records["key"]["@id"] for records in croissant["recordSet"]] == [f"{name}/key" for name in RECORDS]


# Web Annotation. --------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def annotations(package):
    return json.loads((package / "annotations.jsonld").read_text(encoding="utf-8"))


def selected(annotation):
    """Line (from 0), start, end and characters (or None) that an annotation selects."""
    by_line = annotation["target"]["selector"]
    assert (by_line["type"], by_line["conformsTo"]) == ("FragmentSelector", "http://tools.ietf.org/rfc/rfc5147")
    line, after = map(int, by_line["value"].removeprefix("line=").split(","))
    assert after == line + 1
    by_position = by_line["refinedBy"]
    assert by_position["type"] == "TextPositionSelector"
    by_quote = by_position.get("refinedBy", {"type": "TextQuoteSelector", "exact": None})
    assert by_quote["type"] == "TextQuoteSelector"
    return line, by_position["start"], by_position["end"], by_quote["exact"]


def test_every_citation_and_every_aside_is_an_annotation(annotations):
    """One annotation each, with its own name, and nothing else."""
    items = annotations["first"]["items"]
    assert annotations["total"] == len(items) == len(povdata.citations) + len(povdata.set_aside)
    assert len({item["id"] for item in items}) == len(items)
    assert Counter(item["motivation"] for item in items) == {
        "linking": len(povdata.citations),
        "classifying": len(povdata.set_aside),
    }


def test_annotations_hold_no_passages(annotations):
    """They quote what the spans keep, at most 20 characters, and neither prefix nor suffix."""
    kept = {span.key: span.text for span in povdata.spans}
    for item in annotations["first"]["items"]:
        line, start, end, exact = selected(item)
        assert exact == kept[f"{line + 1}:{start}-{end}"]
        assert exact is None or len(exact) <= 20
    text = json.dumps(annotations)
    assert '"prefix"' not in text
    assert '"suffix"' not in text


def test_annotations_point_at_cells_of_the_files(annotations, package):
    """The cell at the row and column of an annotation holds the value that it states."""
    cells = {name: list(csv.reader((package / f"{name}.csv").read_text(encoding="utf-8").splitlines())) for name in RECORDS}
    for item in annotations["first"]["items"]:
        if item["motivation"] == "linking":
            cell, value, basis = item["body"]
            row, column = map(int, cell["selector"]["value"].removeprefix("cell=").split(","))
            assert cells[cell["source"].removesuffix(".csv")][row - 1][column - 1] == value["value"] != ""
            assert basis["value"] in ("stated", "context", "inferred")


def test_the_annotation_of_one_figure(annotations):
    """The poverty rate of Fuping in 2014: value, basis and characters, at the place that `evidence` gives."""
    (evidence,) = povdata.evidence(povdata.observations["fuping-poverty-rate-2014"], "value")
    name = f"annotations.jsonld#observations/fuping-poverty-rate-2014/value/{evidence.locator}"
    (found,) = [item for item in annotations["first"]["items"] if item["id"] == name]
    assert [body.get("value") for body in found["body"]] == [None, "54.4", "stated"]
    assert selected(found) == (evidence.locator.line - 1, evidence.locator.start, evidence.locator.end, "54.4%")


def test_annotations_select_what_stands_in_the_article(annotations, article_path, article_lines):
    """Applied to the reference edition, which the target names by its digest, the selectors give the spans' characters."""
    edition = "ni:///sha-256;" + urlsafe_b64encode(sha256(article_path.read_bytes()).digest()).decode().rstrip("=")
    digests = {span.key: span.digest for span in povdata.spans}
    for item in annotations["first"]["items"]:
        line, start, end, exact = selected(item)
        characters = article_lines[line][start:end]
        assert item["target"]["source"] == edition
        cited = digests[f"{line + 1}:{start}-{end}"]
        assert characters == exact if exact is not None else digest("".join(parts_of(characters, VARIANTS))) == cited


def test_no_text_in_the_csv_files_looks_like_a_formula(package):
    """Spreadsheets run cells that begin with = + - @; a negative number is none."""
    found = set()
    for name in RECORDS:
        header, *rows = csv.reader((package / f"{name}.csv").read_text(encoding="utf-8").splitlines())
        for column, cells in zip(header, zip(*rows, strict=True), strict=True):
            found |= {f"{name}.{column}" for cell in cells if cell[:1] in ("=", "+", "-", "@") and not cell.removeprefix("-").isdecimal()}
    assert found == set()


# Options. ---------------------------------------------------------------------------------------------------------------------


def test_some_tables_with_names_and_bounds_are_a_data_package_of_their_own(tmp_path):
    """Added columns are described, references to tables that are left out are not declared, annotations keep to what is there."""
    package = povdata.export(tmp_path, "datapackage", tables=["observations", "places"], labels="zh", bounds=True, caveats=True)
    described = json.loads((package / "datapackage.json").read_bytes())
    assert [resource["name"] for resource in described["resources"]] == ["observations", "places"]
    fields = {field["name"]: field for field in described["resources"][0]["schema"]["fields"]}
    assert {"place_name", "province_name", "unit", "lower", "upper", "caveats"} <= fields.keys()
    assert fields["lower"]["type"] == "number"
    references = [key["reference"].get("resource") for key in described["resources"][0]["schema"]["foreignKeys"]]
    assert references == ["places"]
    with (package / "observations.csv").open(encoding="utf-8", newline="") as file:
        row = next(row for row in csv.DictReader(file) if row["key"] == "fuping-poverty-rate-2014")
    assert (row["place_name"], row["province_name"], row["unit"], row["lower"], row["upper"]) == (
        "阜平县",
        "河北省",
        "percent",
        "54.4",
        "54.4",
    )
    cited = json.loads((package / "annotations.jsonld").read_bytes())["first"]["items"]
    assert {item["body"][0]["source"] for item in cited} == {"observations.csv", "places.csv"}
    cell = next(item for item in cited if item["id"].startswith("annotations.jsonld#observations/fuping-poverty-rate-2014/value/"))
    assert cell["body"][0]["selector"]["value"].endswith(f",{list(fields).index('value') + 1}")


@foreign
def test_frictionless_finds_such_a_package_valid(tmp_path):
    """Also where tables are left out and columns added."""
    frictionless = pytest.importorskip("frictionless", reason="frictionless is not installed")
    package = povdata.export(tmp_path, "datapackage", tables=["observations", "places"], labels="en", bounds=True, caveats=True)
    report = frictionless.validate(str(package / "datapackage.json"))
    assert report.valid, report.flatten(["title", "message"])
