"""Exports: the options, what stands on the disk when something goes wrong, and a dataset that is not ours."""

import errno
import sqlite3
import sys
from pathlib import Path
from typing import get_args

import pytest

import povdata
from conftest import DATA, NEEDS, needed, tree
from povdata import exports
from povdata.literals import Format

FORMATS = tuple(exports.WRITERS)
A_FOLDER_AND_A_FILE = ("datapackage", "sqlite")
NAMES = {
    "datapackage": "povdata-datapackage",
    "sqlite": "povdata.sqlite",
    "parquet": "povdata-parquet",
    "xlsx": "povdata.xlsx",
    "html": "povdata-html",
}


def export(directory, kind, **options):
    """An export of one small table; what stands on the disk is the same for all."""
    return povdata.export(directory, kind, **{"tables": ["images"]} | options)


def test_the_formats_are_those_of_the_command_line():
    """Each has a writer."""
    assert get_args(Format) == FORMATS


@pytest.mark.parametrize("kind", FORMATS)
def test_an_export_is_one_thing_in_the_directory(tmp_path, monkeypatch, kind):
    """It stands under its name in the directory, which is made, and nothing else is written anywhere near."""
    needed(kind)
    (tmp_path / "cwd").mkdir()
    monkeypatch.chdir(tmp_path / "cwd")
    path = export(tmp_path / "new" / "folder", kind)
    assert path == tmp_path / "new" / "folder" / NAMES[kind]
    assert [item.name for item in (tmp_path / "new" / "folder").iterdir()] == [NAMES[kind]]
    assert {name.split("/")[0] for name in tree(tmp_path)} == {"cwd", "new"}
    assert list((tmp_path / "cwd").iterdir()) == []


def test_a_relative_directory_is_taken_from_here(tmp_path, monkeypatch):
    """Text and relative paths will do."""
    monkeypatch.chdir(tmp_path)
    assert export("out", "sqlite") == Path("out/povdata.sqlite")
    assert (tmp_path / "out" / "povdata.sqlite").exists()


@pytest.mark.parametrize("kind", A_FOLDER_AND_A_FILE)
def test_what_exists_is_not_overwritten(tmp_path, kind):
    """A second export is refused with path and remedy, and nothing changes."""
    path = export(tmp_path, kind)
    before = tree(tmp_path)
    with pytest.raises(povdata.InvalidArgumentError, match=r"exists; replace it with force=True .*, or name another directory") as caught:
        export(tmp_path, kind)
    assert str(path) in str(caught.value)
    assert tree(tmp_path) == before


@pytest.mark.parametrize("kind", FORMATS)
def test_force_replaces_an_earlier_export(tmp_path, kind):
    """With force the earlier export goes, and only it."""
    needed(kind)
    path = export(tmp_path, kind)
    (tmp_path / "mine.txt").write_text("stays", encoding="utf-8")
    earlier = path.stat().st_ino
    assert export(tmp_path, kind, force=True) == path
    assert path.stat().st_ino != earlier
    assert {item.name for item in tmp_path.iterdir()} == {NAMES[kind], "mine.txt"}


def test_force_mends_a_folder_with_a_spoilt_file(tmp_path):
    """A folder that holds nothing but files of an export is one, whatever is in them."""
    path = export(tmp_path, "datapackage")
    (path / "images.csv").write_bytes(b"spoilt")
    export(tmp_path, "datapackage", force=True)
    assert (path / "images.csv").read_bytes() == (DATA / "images.csv").read_bytes()


def other_database(path):
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE about (name, value)")
    connection.execute("INSERT INTO about VALUES ('title', 'My own notes')")
    connection.commit()
    connection.close()


def other_workbook(path):
    from openpyxl import Workbook

    book = Workbook()
    book.active.title = "readme"
    book.active.append(["title", "My own notes"])
    book.save(path)


def cut(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def damage(path):
    data = bytearray(path.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 5000] = bytes(5000)
    path.write_bytes(data)


@pytest.mark.parametrize("kind", ["sqlite", "xlsx"])
@pytest.mark.parametrize("spoil", [cut, damage, "own", b"my own notes", b""], ids=["cut", "damaged", "of the same kind", "text", "empty"])
def test_force_replaces_no_file_that_is_not_an_export(tmp_path, kind, spoil):
    """A text, a database or workbook of the user's, and half or damaged an export are named and stay."""
    needed(kind)
    path = export(tmp_path, kind)
    if isinstance(spoil, bytes):
        path.write_bytes(spoil)
    elif spoil == "own":
        path.unlink()
        {"sqlite": other_database, "xlsx": other_workbook}[kind](path)
    else:
        spoil(path)
    before = tree(tmp_path)
    with pytest.raises(povdata.InvalidArgumentError) as caught:
        export(tmp_path, kind, force=True)
    assert str(caught.value) == f"{path} is not an export of povdata; move it away, or name another directory"
    assert tree(tmp_path) == before


@pytest.mark.parametrize("kind", A_FOLDER_AND_A_FILE)
def test_force_replaces_nothing_but_an_export(tmp_path, kind):
    """A folder in a file's place, a file in a folder's, and a folder with files of the user's stay."""
    target = tmp_path / NAMES[kind]
    if "." in target.name:
        target.mkdir()
    else:
        target.write_text("mine", encoding="utf-8")
    before = tree(tmp_path)
    with pytest.raises(povdata.InvalidArgumentError, match="is not an export of povdata; move it away"):
        export(tmp_path, kind, force=True)
    assert tree(tmp_path) == before


def test_force_spares_other_files_in_the_folder(tmp_path):
    """Notes that a user put among the exported files are not deleted."""
    path = export(tmp_path, "datapackage")
    (path / "notes.txt").write_text("mine", encoding="utf-8")
    before = tree(tmp_path)
    with pytest.raises(povdata.InvalidArgumentError, match=r"holds other files too, such as notes\.txt"):
        export(tmp_path, "datapackage", force=True)
    assert tree(tmp_path) == before


@pytest.mark.parametrize("precious", [False, True])
def test_force_replaces_a_link_not_what_it_points_at(tmp_path, precious):
    """A link to an export is replaced, and the file elsewhere keeps its bytes; a link to anything else stays."""
    elsewhere = export(tmp_path / "elsewhere", "sqlite")
    if precious:
        elsewhere.write_bytes(b"precious")
    before = elsewhere.read_bytes()
    link = tmp_path / "out" / "povdata.sqlite"
    link.parent.mkdir()
    try:
        link.symlink_to(elsewhere)
    except OSError:
        pytest.skip("this system makes no symbolic links")
    with pytest.raises(povdata.InvalidArgumentError):
        export(tmp_path / "out", "sqlite", force=precious)
    if not precious:
        export(tmp_path / "out", "sqlite", force=True)
    assert elsewhere.read_bytes() == before
    assert link.is_symlink() == precious


def test_a_directory_that_cannot_be_written_to_is_named(tmp_path, monkeypatch):
    """The error names what the caller gave, not a temporary name below it."""

    def refuse(*_):
        raise PermissionError(errno.EACCES, "Permission denied", str(tmp_path / "new" / ".povdata-fnmapn1t"))

    monkeypatch.setattr("tempfile.mkdtemp", refuse)
    with pytest.raises(PermissionError, match="Permission denied") as caught:
        export(tmp_path / "new", "sqlite")
    assert caught.value.filename == str(tmp_path / "new")
    assert tree(tmp_path) == {}


def test_a_full_disk_is_an_error_with_the_directory(tmp_path, monkeypatch):
    """What SQLite says of a full disk comes as an OSError too."""
    connect = sqlite3.connect

    def connect_to_full_disk(*arguments, **options):
        connection = connect(*arguments, **options)
        connection.execute("PRAGMA max_page_count = 3")
        return connection

    monkeypatch.setattr(sqlite3, "connect", connect_to_full_disk)
    with pytest.raises(OSError, match="database or disk is full") as caught:
        export(tmp_path, "sqlite")
    assert caught.value.filename == str(tmp_path)
    assert tree(tmp_path) == {}


@pytest.mark.parametrize("directory", ["", None, 7, b"folder"])
def test_a_directory_must_be_named(tmp_path, monkeypatch, directory):
    """Nothing is written to the current directory unless it is named."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(povdata.InvalidArgumentError, match=r"directory must name a folder, '\.' for the current one, not"):
        export(directory, "sqlite")
    assert tree(tmp_path) == {}


@pytest.mark.parametrize("existing", [False, True])
@pytest.mark.parametrize("kind", A_FOLDER_AND_A_FILE)
def test_a_failure_leaves_nothing_half_written(tmp_path, monkeypatch, kind, existing):
    """When writing breaks off, the earlier export stands as it was, or nothing is there at all."""
    directory = tmp_path / "new" / "folder"
    if existing:
        export(directory, kind)
    before = tree(tmp_path)
    write = exports.WRITERS[kind].write

    def break_off(order, path):
        write(order, path)
        raise OSError("no space left on device")

    monkeypatch.setattr(exports.WRITERS[kind], "write", break_off)
    with pytest.raises(OSError, match="no space left"):
        export(directory, kind, force=existing)
    assert tree(tmp_path) == before


def test_an_earlier_folder_comes_back_where_the_new_one_cannot_be_moved(tmp_path, monkeypatch):
    """The second of two moves fails, and the first is undone."""
    path = export(tmp_path, "datapackage")
    (path / "README.md").write_bytes(b"earlier")
    before = tree(tmp_path)
    replace = Path.replace

    def refuse(self, target):
        if Path(target) == path and self.name == path.name:
            raise PermissionError(errno.EACCES, "not now")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(PermissionError, match="not now"):
        export(tmp_path, "datapackage", force=True)
    assert tree(tmp_path) == before


@pytest.mark.parametrize(("kind", "extra"), [("parquet", "arrow"), ("xlsx", "excel"), ("html", "html")])
def test_a_missing_package_is_named_with_its_extra(tmp_path, monkeypatch, kind, extra):
    """The error says what to install, and nothing is left behind."""
    monkeypatch.setitem(sys.modules, NEEDS[kind], None)
    with pytest.raises(povdata.MissingExtraError, match=f"{NEEDS[kind]} is not installed") as caught:
        export(tmp_path / "new", kind)
    assert (caught.value.package, caught.value.extra) == (NEEDS[kind], extra)
    assert tree(tmp_path) == {}


def test_arguments_are_checked_first(tmp_path):
    """Another format, or a file where a directory should be, is refused by name."""
    with pytest.raises(povdata.InvalidArgumentError, match="format must be one of datapackage, sqlite, parquet, xlsx, html, not 'csv'"):
        export(tmp_path / "new", "csv")
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    for directory in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(povdata.InvalidArgumentError, match="is not a directory; name one to write into"):
            export(directory, "sqlite")
    assert tree(tmp_path) == {"file": b"mine"}


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"tables": ["obsevations"]}, "no table 'obsevations'.*observations"),
        ({"tables": "observations"}, r"tables takes several names, so write \['observations'\]"),
        ({"tables": []}, "tables names no table; leave it out for all"),
        ({"labels": "de"}, "labels must be 'en', 'zh' or None, not 'de'"),
        ({"bounds": "exact"}, "bounds must be True, False or 'rounding'"),
        ({"caveats": "all"}, "caveats True or False, not False and 'all'"),
        (
            {"tables": ["images", "people"], "bounds": True},
            r"bounds needs a table with values and bounds \(observations\), not images, people",
        ),
    ],
)
def test_an_option_that_cannot_be_is_one_clear_error(tmp_path, options, says):
    """The error names the option and what it takes; nothing is written."""
    with pytest.raises((povdata.InvalidArgumentError, povdata.NotFoundError), match=says):
        povdata.export(tmp_path / "new", "sqlite", **options)
    assert tree(tmp_path) == {}
