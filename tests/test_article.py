"""The data against the article's text, which is not part of the project; skipped with a reason where it is not at hand."""

import csv
import re
import subprocess
from bisect import bisect_left, bisect_right
from hashlib import sha256
from itertools import accumulate, pairwise
from pathlib import Path

import pytest

import povdata
from povdata.installed import source
from povdata.locators import Locator
from povdata.variants import VARIANTS
from povdata.verification import fingerprints, locate, parts_of

ROOT = Path(__file__).parents[1]

NUMBERS = re.compile(r"\d+(?:\.\d+)?|[一二三四五六七八九十百千万亿两半双]+")

# Strings of the independent list of names that no record cites whole, and why.
COMPOSITES = {
    "九棵树旅游业等产业党支部": "the branch is cited by its name; the rest is the word for such branches",
    "1 1或X 1模式": "the two modes are cited one by one",
    "金寨县城": "cited as 金寨县; the rest makes it the county seat",
}


@pytest.fixture(scope="module")
def report(article_path):
    return povdata.verify(article_path)


def words_read() -> set[str]:
    """The spans that a cell of the origin `article` is read from; summaries and other texts of ours rest on passages."""
    return {item.span for item in povdata.citations if povdata.tables()[item.table].schema[item.column].origin == "article"}


def accounted() -> dict[int, set[int]]:
    """Line → positions of figures, dates, names, other words that a cell is read from, and what is set aside; passages do not count."""
    found: dict[int, set[int]] = {}
    read = words_read()
    for span in povdata.spans:
        if span.text is not None or span.key in povdata.set_aside.by_key or span.key in read:
            locator = Locator.parse(span.key)
            found.setdefault(locator.line, set()).update(range(locator.start, locator.end))
    return found


def test_the_reference_edition_is_confirmed_whole(report):
    """Every passage stands where it is cited, and every cell is read again from it."""
    assert report.edition == "reference"
    assert report.problems == ()
    assert len(report.passages) == len(povdata.spans)
    assert report.ok


def test_every_article_cell_is_among_the_confirmed(report):
    """No cell read from the article escapes verification."""
    confirmed = {(cell.table, cell.key, cell.column) for cell in report.cells if cell.status == "confirmed"}
    cells = {
        (name, record.key, column.name)
        for name, table in povdata.tables().items()
        if name != "spans"
        for column in table.schema.values()
        if column.origin == "article"
        for record in table
        if getattr(record, column.name) is not None
    }
    assert cells - confirmed == set()
    assert len(cells) > 1500


def test_a_changed_digit_is_reported_at_its_cells(article_lines):
    """Whichever digit of a cited figure or date is changed, every cell that cites it is reported, and no other passage; of all a third."""
    citing: dict[str, set[tuple[str, str, str]]] = {}
    for citation in povdata.citations:
        citing.setdefault(citation.span, set()).add((citation.table, citation.record, citation.column))
    digits = sorted(
        {
            (locator.line, position)
            for span in povdata.spans
            if span.text is not None
            for locator in [Locator.parse(span.key)]
            for position in range(locator.start, locator.end)
            if article_lines[locator.line - 1][position] in "0123456789"
        }
    )
    assert len(digits) > 700
    # One digit of each line at a time: changes in different lines do not touch each other.
    rounds: list[list[tuple[int, int]]] = []
    for line, position in digits:
        turn = next((turn for turn in rounds if all(other != line for other, _ in turn)), None)
        rounds.append([(line, position)]) if turn is None else turn.append((line, position))
    for changed in rounds[::3]:
        lines = list(article_lines)
        for line, position in changed:
            text = lines[line - 1]
            lines[line - 1] = text[:position] + str((int(text[position]) + 1) % 10) + text[position + 1 :]
        touched = {
            span.key
            for span in povdata.spans
            for locator in [Locator.parse(span.key)]
            if any(line == locator.line and locator.start <= position < locator.end for line, position in changed)
        }
        report = povdata.verify("\n".join(lines).encode())
        statuses = {str(passage.locator): passage.status for passage in report.passages}
        assert {key for key, status in statuses.items() if status == "contradicted"} == touched
        assert {status for key, status in statuses.items() if key not in touched} <= {"confirmed", "unclear"}  # what is right beside
        expected = set().union(*(citing.get(key, set()) for key in touched))
        assert {(cell.table, cell.key, cell.column) for cell in report.problems if cell.status == "contradicted"} == expected


def test_a_lengthened_number_is_not_confirmed(article_lines):
    """Where the character before a cited figure becomes a digit or a fraction, the figure is another one."""
    places = {
        locator: span for span in povdata.spans if span.text and (locator := Locator.parse(span.key)).start and span.text[0].isdigit()
    }
    assert len(places) > 200
    for turn in range(8):  # figures far enough from each other
        chosen = [locator for number, locator in enumerate(places) if number % 8 == turn]
        lines = list(article_lines)
        for line, start, _ in chosen:
            lines[line - 1] = lines[line - 1][: start - 1] + "1１½"[turn % 3] + lines[line - 1][start:]
        found = locate("\n".join(lines), source())
        confirmed = {passage.locator for passage in found.values() if passage.status in ("confirmed", "moved")}
        assert not confirmed & set(chosen)


def test_a_contradiction_shows_both_figures(article_lines):
    """The report says what the copy has and what should stand there."""
    lines = list(article_lines)
    lines[6] = lines[6].replace("54.4%", "45.4%")
    report = povdata.verify("\n".join(lines).encode())
    wrong = {(cell.key, cell.column): cell for cell in report.problems if cell.status == "contradicted"}
    assert set(wrong) == {("fuping-poverty-rate-2014", "value"), ("fuping-poverty-rate-2014", "relation")}
    message = str(wrong["fuping-poverty-rate-2014", "value"])
    assert "'45.4%'" in message
    assert "'54.4%'" in message


def test_a_fraction_beside_a_figure_is_a_contradiction(article_lines):
    """9800½ yuan are not the 9800 yuan that the article gives for Fuping."""
    lines = list(article_lines)
    lines[9] = lines[9].replace("9800元", "9800½元")
    report = povdata.verify("\n".join(lines).encode())
    assert [(str(passage.locator), passage.found) for passage in report.passages if passage.status == "contradicted"] == [
        ("10:94-99", "9800½元")
    ]
    assert {(cell.key, cell.column, cell.status) for cell in report.problems if cell.status != "unclear"} == {
        ("fuping-rural-income-2019", "value", "contradicted"),
        ("fuping-rural-income-2019", "relation", "contradicted"),
    }


def test_every_number_is_cited_or_set_aside(article_lines):
    """Each run of digits and each Chinese numeral stands in a cited figure, date or name, or is set aside."""
    covered = accounted()
    missing = [
        f"line {line}: {found[0]} in {text[max(0, found.start() - 8) : found.end() + 8]}"
        for line, text in enumerate(article_lines, 1)
        for found in NUMBERS.finditer(text)
        if not covered.get(line, set()).issuperset(range(*found.span()))
    ]
    assert missing == []


def test_what_is_set_aside_is_read_into_no_cell():
    """Nothing set aside lies within the words that a cell is read from."""
    read = [Locator.parse(key) for key in words_read()]
    inside = [
        key
        for key in povdata.set_aside.by_key
        for line, start, end in [Locator.parse(key)]
        if any(line == other.line and other.start <= start and end <= other.end for other in read)
    ]
    assert inside == []


def test_a_cell_is_read_from_the_smallest_unit():
    """At most 20 characters for a cell; whole clauses are for texts of ours."""
    assert [key for key in words_read() if (locator := Locator.parse(key)).end - locator.start > 20] == []


def test_every_name_is_cited_or_set_aside(article_lines):
    """Each name of a list that a reader made without seeing the data is cited in its line, or set aside."""
    covered = accounted()
    with (Path(__file__).with_name("names.tsv")).open(encoding="utf-8", newline="") as file:
        names = list(csv.DictReader(file, delimiter="\t"))
    assert len(names) > 700
    missing = []
    for row in names:
        line, name = int(row["line"]), row["name"]
        text = article_lines[line - 1]
        places = [found.start() for found in re.finditer(re.escape(name), text)]
        assert places, f"line {line} does not hold {name}"
        known = covered.get(line, set())
        if not any(all(i in known or not (text[i].isalnum() or text[i] == "*") for i in range(s, s + len(name))) for s in places):
            missing.append(name)
    assert set(missing) == set(COMPOSITES)


def recorded(span) -> tuple[int, str, str, str]:
    """The fingerprint of a span as its file has it, with the digest and lengths of characters that are kept."""
    if span.text is None:
        return span.position, span.lengths, span.digest, span.neighbours
    parts = parts_of(span.text, VARIANTS)
    return span.position, ";".join(str(len(part)) for part in parts), digest("".join(parts)), span.neighbours


def test_every_fingerprint_is_that_of_the_article(article_lines):
    """Position, lengths, digest and neighbours of each span are computed again from its characters."""
    locators = [Locator.parse(span.key) for span in povdata.spans]
    computed = {
        str(locator): (found.position, ";".join(map(str, found.lengths)), found.digest, found.neighbours, found.context)
        for locator, found in fingerprints(article_lines, locators, VARIANTS).items()
    }
    assert {span.key: (*recorded(span), span.context) for span in povdata.spans} == computed


def digest(characters: str) -> str:
    return sha256(characters.encode()).hexdigest()[:16]


def byte(block: str) -> str:
    return sha256(block.encode()).hexdigest()[:2]


def stream(text: str) -> list[tuple[int, str]]:
    """Letters, digits, percent signs and decimal points with their offsets, and a bar where something stands between two digits."""
    kept = [
        (at, VARIANTS.get(ord(character), character).lower())
        for at, character in enumerate(text)
        if character.isalnum() or character == "%" or (character == "." and text[at - 1].isdigit() and text[at + 1 : at + 2].isdigit())
    ]
    gaps = [
        (one + 1, "|")
        for (one, before), (other, after) in pairwise(kept)
        if before.isdigit() and after.isdigit() and text[one + 1 : other] not in ("", "\n")
    ]
    return sorted(kept + gaps)


def test_fingerprints_are_what_a_reader_counts(article_lines):
    """Counted one by one, without the code that made them, each span's position, lengths and neighbours come out the same."""
    text = "\n".join(article_lines)
    offsets, characters = zip(*stream(text), strict=True)
    whole = "".join(characters)
    begins = [0, *accumulate(len(line) + 1 for line in article_lines)]
    for span in povdata.spans:
        locator = Locator.parse(span.key)
        start, end = (bisect_left(offsets, begins[locator.line - 1] + at) for at in (locator.start, locator.end))
        blocks = [whole[max(at, 0) : at + 2] for at in (start - 4, start - 2, end, end + 2)]
        neighbours = "".join(byte(block) if len(block) == 2 else "__" for block in blocks)
        parts = re.split(r"\*+", article_lines[locator.line - 1][locator.start : locator.end])
        parts = ["".join(character for _, character in stream(part)) for part in parts]
        assert recorded(span) == (start, ";".join(str(len(part)) for part in parts), digest("".join(parts)), neighbours), span.key


def test_three_fingerprints_by_hand():
    """The first phrase of the article, the figure of Fuping, and two numbers that something separates, counted and hashed by hand."""
    assert recorded(povdata.spans["1:4-8"]) == (3, "4", digest("脱贫攻坚"), "__" + byte("者按") + byte("收官") + byte("之年"))
    assert recorded(povdata.spans["1:4-8"]) == (3, "4", "dadb063d080b557d", "__c54659")
    assert recorded(povdata.spans["7:88-93"]) == (498, "5", digest("54.4%"), byte("立卡") + byte("时的") + byte("下降") + byte("到0"))
    assert recorded(povdata.spans["7:88-93"]) == (498, "5", "0ba656c66b857558", "c2d42b97")
    assert recorded(povdata.spans["44:59-62"])[1:3] == ("3", digest("1|1"))


def test_spans_hold_less_than_the_article_protects(article_lines):
    """At most 20 characters a span, no run of 25, less than 40 % of the article in all."""
    kept: dict[int, set[int]] = {}
    for span in povdata.spans:
        if span.text is not None:
            assert len(span.text) <= 20
            locator = Locator.parse(span.key)
            kept.setdefault(locator.line, set()).update(range(locator.start, locator.end))
    runs = ["".join("x" if i in positions else " " for i in range(len(article_lines[line - 1]))) for line, positions in kept.items()]
    assert max(len(run) for text in runs for run in text.split()) < 25
    assert sum(map(len, kept.values())) < 0.40 * sum(map(len, article_lines))


def test_no_passage_of_the_article_stands_in_the_project(article_lines):
    """No file of the project holds 25 consecutive characters of one line of the article."""
    size = 25
    grams = {line[i : i + size] for line in article_lines for i in range(len(line) - size + 1)}
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout: the files of the project are not known")
    copied = [
        name
        for name in listed.stdout.decode().split("\0")
        if name and (ROOT / name).is_file()
        for line in (ROOT / name).read_text(encoding="utf-8", errors="replace").split("\n")
        if any(line[i : i + size] in grams for i in range(len(line) - size + 1))
    ]
    assert copied == []


def test_our_words_are_our_own(article_lines):
    """Summaries, descriptions and lists of terms hold no 15 consecutive characters of the article, names of bodies apart."""
    size = 15
    grams = {line[i : i + size] for line in article_lines for i in range(len(line) - size + 1)}
    copied = {
        f"{name}/{record.key}/{column.name}"
        for name, table in povdata.tables().items()
        for column in table.schema.values()
        if column.origin == "editorial" and not column.name.startswith("name_")
        for record in table
        if (value := getattr(record, column.name)) is not None
        for text in (value if isinstance(value, tuple) else (str(value),))
        if any(text[i : i + size] in grams for i in range(len(text) - size + 1))
    }
    assert copied == set()


def test_a_place_is_stated_in_the_sentence_that_tells_of_it(article_lines):
    """Where a place stands in another sentence than all else that its record cites, it carries over: its basis is `context`."""

    def sentence(key: str) -> tuple[int, int]:
        locator = Locator.parse(key)
        ends = [found.end() for found in re.finditer("[。!?]", article_lines[locator.line - 1])]
        return locator.line, bisect_right(ends, locator.start)

    told: dict[tuple[str, str], set[tuple[int, int]]] = {}
    for citation in povdata.citations:
        if citation.column not in {"place", "organization", "period"}:
            told.setdefault((citation.table, citation.record), set()).add(sentence(citation.span))
    tables = {"observations", "practices", "industries", "designations", "people", "events", "images"}
    stated = [item for item in povdata.citations if item.table in tables and item.column == "place" and item.basis == "stated"]
    assert len(stated) > 200
    assert [item.key for item in stated if sentence(item.span) not in told[item.table, item.record]] == []


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("这不是那篇文章\n".encode() * 200, "this is not the article"),
        (b"", "this is not the article"),
        ("河北省".encode("gb18030"), "not UTF-8"),
    ],
)
def test_what_is_not_the_article_is_refused_in_one_line(data, message):
    """Another text, an empty file or another encoding gives one clear line."""
    with pytest.raises(povdata.CopyError, match=message) as caught:
        povdata.verify(data)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_refused_in_one_line(tmp_path):
    """A path that does not exist gives one line that names it."""
    with pytest.raises(povdata.CopyError, match=r"cannot read '.*nowhere\.txt': No such file or directory; name a file"):
        povdata.verify(tmp_path / "nowhere.txt")


def test_line_ends_and_a_byte_order_mark_make_no_difference(article_lines):
    """A copy saved with CRLF and a byte-order mark is another edition, confirmed all the same."""
    report = povdata.verify(b"\xef\xbb\xbf" + "\r\n".join(article_lines).encode())
    assert report.edition == "other"
    assert report.ok


def test_evidence_shows_the_passage_of_the_readers_copy(article_path, article_lines):
    """With a copy, each piece of evidence holds what stands around it, also where lines were merged."""
    record = povdata.observations["fuping-poverty-rate-2014"]
    line = article_lines[6]
    for copy in (article_path, "".join(article_lines).encode()):
        (found,) = povdata.evidence(record, "value", copy=copy)
        before, characters, after = found.passage
        assert characters == "54.4%"
        assert line[88 - 40 : 88] == before
        assert line[93 : 93 + 20] == after[:20]
    assert "<mark>54.4%</mark>" in povdata.evidence(record, "value", copy=article_path)._repr_html_()


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", ""),
        lambda text: "<html><p>" + text.replace("\n", "</p><p>") + "</p></html>",
        lambda text: text.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789%,():"}),
        lambda text: re.sub(r"(第一|党委|支部|级|县委|市委|组织)\*", r"\1书记", text),
        lambda text: "本站消息 2024-05-01 点击 1234 次\n" + text + "\n相关新闻 1 2 3",
    ],
    ids=["merged", "html", "full width", "restored", "site lines"],
)
def test_copies_that_differ_in_form_are_confirmed_whole(article_lines, change):
    """Merged lines, HTML, full-width digits, lifted masks and a site's own lines change nothing."""
    report = povdata.verify(change("\n".join(article_lines)).encode())
    assert report.edition == "other"
    assert report.problems == ()


def test_a_copy_in_another_encoding_is_read_when_it_is_named(article_lines):
    """GB18030 is refused with its remedy, and read when it is named."""
    data = "\n".join(article_lines).encode("gb18030")
    with pytest.raises(povdata.CopyError, match="name its encoding, such as gb18030"):
        povdata.verify(data)
    assert povdata.verify(data, encoding="gb18030").ok


def test_a_dropped_section_is_missing_and_nothing_else(article_lines):
    """Without the lines of Hunan, the passages of Hunan are missing, and only they."""
    hunan = povdata.provinces["430000"]
    lines = article_lines[: hunan.first_line - 1] + article_lines[hunan.last_line :]
    sections = povdata.verify("\n".join(lines).encode()).sections()
    assert set(sections.pop("430000")) == {"missing"}
    assert {status for found in sections.values() for status in found} == {"confirmed"}
