"""The pages: what they hold, where their links lead, and how they behave in a browser that opens them from a disk."""

import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

import povdata
from povdata import exports
from povdata.model.datatypes import Enumeration
from povdata.model.links import Many, Within


class Page(HTMLParser):
    """Ids, links, loaded files, the language and the text of a page."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.ids, self.links, self.files, self.tags, self.text, self.base = set(), set(), set(), [], "", path.parent
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.tags.append((tag, found))
        self.ids |= {found["id"]} if "id" in found else set()
        if tag == "base":
            self.base /= found["href"]
        elif tag == "a":
            self.links.add(found["href"])
        elif "src" in found or tag == "link":
            self.files.add(found.get("src", found.get("href")))

    def handle_data(self, data):
        self.text += data


@pytest.fixture(scope="module")
def folder(exported):
    return exported("html")


@pytest.fixture(scope="module")
def pages(folder):
    return {path.relative_to(folder).as_posix(): Page(path) for path in folder.rglob("*.html")}


def test_there_is_a_page_per_table_province_and_figure(pages):
    """And an index; citations, spans and codes are shown beside what they are about."""
    tables = {f"{name}.html" for name in povdata.tables()} - {"spans.html", "citations.html", "divisions.html", "county_codes.html"}
    records = {f"provinces/{record.key}.html" for record in povdata.provinces} | {
        f"observations/{record.key}.html" for record in povdata.observations
    }
    assert pages.keys() == {"index.html"} | tables | records


def test_the_folder_is_small(folder):
    """At most 3 MB in all."""
    assert sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) < 3_000_000


def test_every_link_leads_somewhere(folder, pages):
    """To a file of the folder, and there to something that has the id; from outside only the licence is named, and nothing is loaded."""
    for name, page in pages.items():
        for link in page.links | page.files:
            parts = urlsplit(link)
            if parts.scheme:
                assert link == "https://creativecommons.org/publicdomain/zero/1.0/"
                assert link in page.links
                continue
            target = (page.base / unquote(parts.path)).resolve()
            assert target.is_file(), f"{name}: {link}"
            if parts.fragment:
                assert unquote(parts.fragment) in pages[target.relative_to(folder.resolve()).as_posix()].ids, f"{name}: {link}"


def test_every_page_can_be_reached_from_the_index(folder, pages):
    """By links alone."""
    seen, queue = set(), ["index.html"]
    while queue:
        name = queue.pop()
        if name not in seen:
            seen.add(name)
            links = (unquote(urlsplit(link).path) for link in pages[name].links if not urlsplit(link).scheme)
            queue += [(pages[name].base / link).resolve().relative_to(folder.resolve()).as_posix() for link in links]
    assert seen == pages.keys()


def test_a_figure_says_what_of_whom_when_how_exactly_and_from_where(pages):
    """In both languages, with its evidence, caveats and citation."""
    text = " ".join(pages["observations/lingao-poverty-rate-2019.html"].text.split())
    rate = povdata.observations["lingao-poverty-rate-2019"]
    for piece in (
        "Lingao County: Poverty rate",
        "临高县：贫困发生率",
        "0.0003 percent",
        "0.0003%",
        rate.population_en,
        rate.population_zh,
        *(item.characters for item in povdata.evidence(rate) if item.characters),
        *(str(item.locator) for item in povdata.evidence(rate)),
        *(caveat.treatment for caveat in rate.caveats),
        povdata.cite(rate),
        povdata.cite("gb7714", of=rate),
    ):
        assert piece in text, piece


def test_a_province_leads_to_all_that_is_told_of_it(pages):
    """Its figures, practices, people and so on, by name."""
    links = pages["provinces/130000.html"].links
    for record in povdata.provinces["130000"].observations:
        assert f"observations/{record.key}.html" in links
    for record in povdata.provinces["130000"].practices:
        assert f"practices.html#{record.key}" in links


def test_a_zero_is_shown(folder):
    """It is a figure; an empty cell says that nothing is known."""
    rows = {name: (folder / f"{name}.html").read_text(encoding="utf-8").splitlines() for name in ("announcements", "reconciliation")}
    assert povdata.tables()["reconciliation"]["130000"].remainder == 0
    assert "<td class=number>0<" in next(row for row in rows["reconciliation"] if row.startswith('<tr id="130000"'))
    empty = [record.key for record in povdata.announcements if record.counties_national == 0 or record.counties_provincial == 0]
    found = [row for row in rows["announcements"] if "<td class=number>0<" in row]
    assert len(found) == len(empty) > 0


def test_controls_have_names(pages):
    """The search has a label, every heading that sorts is a button, every picture has a text, every scrolling region a name."""
    for page in pages.values():
        for tag, attributes in page.tags:
            if tag == "img":
                assert attributes["alt"]
            if attributes.get("role") == "region":
                assert attributes["aria-label"]
            if tag == "input":
                assert ("label", {"for": attributes["id"]}) in page.tags


def test_every_word_of_the_installed_data_is_said_in_chinese():
    """Tables, links, columns and values; a new one belongs into words.zh.json."""
    said, missing = exports.installed.publication().said, set()
    for name, table in povdata.tables().items():
        links = {link for base in table.record.__mro__ for link, of in vars(base).items() if isinstance(of, Many | Within)}
        missing |= {word for word in (name, povdata.describe(name).text, *links) if said(word, "zh").isascii()}
        for column in table.schema.values():
            values = column.type.values if isinstance(column.type, Enumeration) else ()
            missing |= {f"{column.name}={value}" for value in values if said(value, "zh", column.name).isascii()}
            missing |= {column.name} if column.name not in ("sha256", "key") and said(column.name, "zh").isascii() else set()
    units = {indicator.unit for indicator in povdata.indicators}
    missing |= {f"unit={unit}" for unit in units if said(unit, "zh", "unit") == unit.replace("_", " ")}
    assert missing == set()


def test_pages_of_one_language_hold_no_other(tmp_path):
    """Nor a switch; tables that are left out are named by their keys or names without a link."""
    pytest.importorskip("jinja2", reason="jinja2 is not installed")
    folder = povdata.export(tmp_path, "html", tables=["people"], labels="zh")
    page = Page(folder / "people.html")
    assert {path.name for path in folder.iterdir()} == {
        "index.html",
        "people.html",
        "pages.js",
        "records.js",
        "sortable.min.js",
        "style.css",
    }
    assert ("html", {"lang": "zh"}) in page.tags
    assert "language" not in page.ids
    assert "b" not in {tag for tag, _ in page.tags}
    assert "柞水县" in page.text or "杏坪" in page.text
    assert page.links == {"index.html"}


# In a browser. ----------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install povdata[browser]")
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with api.sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        except api.Error as error:
            pytest.skip(f"no browser starts here: {str(error).splitlines()[0]}")
        yield browser
        browser.close()


@pytest.fixture
def tab(browser):
    """A page in English at the size of a desk that complains of errors and of anything not from the disk."""
    context = browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 800})
    tab, complaints = context.new_page(), []
    tab.on("console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None)
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.on("request", lambda request: None if request.url.startswith("file:") else complaints.append(request.url))
    yield tab
    context.close()
    assert complaints == []


def shown(tab, column=0):
    """The texts of a column in the rows that are shown."""
    return tab.locator("tbody tr:visible").evaluate_all("(rows, n) => rows.map(row => row.cells[n].innerText.trim())", column)


def reads(tab, element, text):
    """Wait until an element of the page reads so; a click returns before the page that it leads to is there."""
    tab.wait_for_function("([name, text]) => document.querySelector(name)?.innerText === text", arg=[element, text], timeout=10_000)


def test_a_search_filters_the_rows(tab, folder):
    """By names in either language, by several words, without accents; the number of rows is said."""
    tab.goto((folder / "places.html").as_uri())
    reads(tab, "output", "194 rows")
    for text in ("130624", "阜平县 county", "fupíng XIAN"):
        tab.get_by_role("searchbox", name="Search").fill(text)
        assert shown(tab) == ["Fuping County"], text
    reads(tab, "output", "1 rows")
    tab.get_by_role("searchbox").fill("no such place")
    assert shown(tab) == []


def test_the_index_searches_all_tables(tab, folder):
    """By name in either language, by figure and by table; the results lead to the records."""
    tab.goto((folder / "index.html").as_uri())
    search = tab.get_by_role("searchbox", name="Search in all tables")
    search.fill("fuping 54.4")
    reads(tab, "output", "1 found")
    search.fill("阜平县 places")
    tab.locator("#found a").click()
    tab.wait_for_url("**/places.html#130624")
    tab.locator(":target").wait_for()


def test_a_heading_sorts_the_rows(tab, folder):
    """Numbers as numbers, by mouse and by keyboard, upwards and downwards; empty cells come last, and the order is told."""
    tab.goto((folder / "observations.html").as_uri())
    values = [float(record.value) for record in povdata.observations]
    heading = tab.get_by_role("columnheader", name="Value")
    for order, expected in (("ascending", sorted(values)), ("descending", sorted(values, reverse=True))):
        heading.get_by_role("button").focus()
        tab.keyboard.press("Enter")
        tab.wait_for_function("order => document.querySelector('th[aria-sort]')?.ariaSort === order", arg=order)
        tab.wait_for_timeout(50)
        assert [float(text.split()[0]) for text in shown(tab, 1)] == expected
    tab.get_by_role("columnheader", name="Upper").get_by_role("button").click()
    tab.wait_for_timeout(50)
    upper = shown(tab, 3)
    assert upper[0] != ""
    assert upper[-1] == ""


def test_a_reader_walks_from_the_index_to_a_figure_and_on(tab, folder):
    """By links alone, from province to figure to indicator."""
    tab.goto((folder / "index.html").as_uri())
    tab.get_by_role("link", name="Hebei").click()
    tab.get_by_role("link", name="Fuping County: Poverty rate · 54.4 percent · 2014").click()
    reads(tab, "h1", "Fuping County: Poverty rate")
    assert tab.get_by_role("table").get_by_text("54.4%").is_visible()
    tab.get_by_role("link", name="Poverty rate").click()
    tab.wait_for_url("**/indicators.html#poverty_rate")
    tab.locator(":target").wait_for()


def test_the_language_can_be_changed_and_stays(tab, folder):
    """The button shows Chinese alone; the next page is Chinese too."""
    tab.goto((folder / "index.html").as_uri())
    tab.get_by_role("button", name="中文").click()
    assert tab.locator("html").get_attribute("lang") == "zh"
    tab.get_by_role("link", name="河北省").click()
    reads(tab, "h1", "河北省")
    tab.get_by_role("button", name="English").click()
    reads(tab, "h1", "Hebei")


@pytest.mark.parametrize("name", ["index.html", "observations.html", "observations/lingao-poverty-rate-2019.html", "provinces/130000.html"])
def test_pages_fit_a_phone(tab, folder, name):
    """Nothing but the tables, which scroll for themselves, is wider than the screen."""
    tab.set_viewport_size({"width": 390, "height": 800})
    tab.goto((folder / name).as_uri())
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_letters_stand_out(tab, folder, scheme):
    """Text, links and small print have a contrast of at least 4.5 to 1 on their background, in light and dark."""
    tab.emulate_media(color_scheme=scheme)
    tab.goto((folder / "observations/lingao-poverty-rate-2019.html").as_uri())
    colours = tab.evaluate(
        """() => {
        const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
        const look = (query, key) => {
          canvas.fillStyle = getComputedStyle(document.querySelector(query))[key];
          canvas.fillRect(0, 0, 1, 1);
          return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
        };
        const texts = ["body", "a", "small", "dt"].map((query) => look(query, "color"));
        return { paper: look("html", "backgroundColor"), soft: look(".cite", "backgroundColor"), texts }; }"""
    )
    assert (sum(colours["paper"]) > 600) == (scheme == "light")
    for background in (colours["paper"], colours["soft"]):
        for text in colours["texts"]:
            light, dark = sorted(map(luminance, (background, text)), reverse=True)
            assert (light + 0.05) / (dark + 0.05) >= 4.5, (scheme, background, text)


def luminance(colour):
    """The relative luminance of WCAG 2."""
    parts = [part / 255 for part in colour]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
