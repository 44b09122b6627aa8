"""What several tests need."""

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import settings

import povdata

settings.register_profile("povdata", deadline=None, derandomize="CI" in os.environ)  # new examples at the desk, the same ones in CI
settings.load_profile("povdata")

ROOT = Path(__file__).parents[1]
DATA = Path(povdata.__file__).with_name("data")


def _article_path() -> Path | None:
    named = os.environ.get("POVDATA_ARTICLE")
    path = Path(named) if named else ROOT.parent / "shared" / "article.txt"
    return path if path.exists() else None


class Shown(HTMLParser):
    """The first table of a piece of HTML as a reader sees it: caption, header, rows of texts, and the titles of the header."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.caption, self.header, self.rows, self.titles = "", [], [], {}
        self.tags: set[str] = set()
        self.inside = ""
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.inside = tag
        if tag == "th":
            self.header.append("")
            self.title = dict(attributes).get("title")
        elif tag == "tr" and self.header:
            self.rows.append([])
        elif tag == "td":
            self.rows[-1].append("")

    def handle_endtag(self, tag):
        self.inside = ""
        if tag == "th" and self.title:
            self.titles[self.header[-1]] = self.title

    def handle_data(self, data):
        if self.inside == "caption":
            self.caption += data
        elif self.inside == "th":
            self.header[-1] += data
        elif self.inside == "td":
            self.rows[-1][-1] += data


@pytest.fixture(scope="session")
def article_path() -> Path:
    """The reference edition of the article, which is not part of the project."""
    path = _article_path()
    if path is None:
        pytest.skip("needs the article's text: set POVDATA_ARTICLE to its path")
    return path


@pytest.fixture(scope="session")
def article_lines(article_path: Path) -> list[str]:
    """The lines of the article; line 1 is the first element."""
    return article_path.read_bytes().decode().split("\n")


@pytest.fixture
def data_copy(tmp_path: Path) -> Path:
    """A copy of the data files to spoil."""
    return Path(shutil.copytree(DATA, tmp_path / "data"))


@pytest.fixture(scope="session")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Gives the export of all tables in a format, made once, whichever process of pytest asks first; only to be read."""
    shared = tmp_path_factory.getbasetemp()
    shared = shared.parent if "PYTEST_XDIST_WORKER" in os.environ else shared

    def export(kind: str) -> Path:
        needed(kind)
        place = shared / f"exported-{kind}"
        if not place.exists():
            made = tmp_path_factory.mktemp("export")
            povdata.export(made, kind)
            with suppress(OSError):  # another process was first
                made.rename(place)
        return next(place.iterdir())

    return export


NEEDS = {"parquet": "pyarrow", "xlsx": "openpyxl", "html": "jinja2"}


def needed(kind: str) -> None:
    """Skip where the package that writes a format is not installed."""
    if kind in NEEDS:
        pytest.importorskip(NEEDS[kind], reason=f"{NEEDS[kind]} is not installed")


def tree(folder: Path) -> dict[str, bytes | None]:
    """Every file and folder below a folder, with what the files hold."""
    return {str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None for path in sorted(folder.rglob("*"))}
