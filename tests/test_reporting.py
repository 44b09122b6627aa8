"""What verify() tells of a copy, on the mills: places, sections, masks, and how little is too little."""

from collections import Counter
from hashlib import sha256
from types import SimpleNamespace

import attrs
import pytest

from mills import ARTICLE, GERMAN, LINES, MILLS, Citation, Span
from povdata import verification
from povdata.exceptions import CopyError
from povdata.locators import Locator
from povdata.model.table import Table
from povdata.verification import Source

LANDS = {"ostau": range(2, 9), "westrand": range(9, 14)}
TITLES = {"ostau": "Land Ostau"}


def section(locator):
    """The land that a line tells of; the heading and the last line tell of both."""
    return next((land for land, lines in LANDS.items() if locator.line in lines), "")


def verified(copy, **options):
    """The report on a copy of the invented article."""
    return verification.verify(copy.encode(), Source(MILLS, GERMAN, sha256(ARTICLE.encode()).hexdigest(), **options))


@pytest.mark.parametrize(
    "copy", [ARTICLE, f"Startseite | Wetter\n\n{ARTICLE}\nImpressum", ARTICLE.replace("\n", " ")], ids=["same", "more", "line"]
)
def test_a_passage_knows_its_place_in_the_copy(copy):
    """Where it starts, its own characters, and forty before and after it."""
    report = verified(copy)
    assert report.edition == ("reference" if copy == ARTICLE else "other")
    assert len(report.passages) == 34
    for passage in report.passages:
        end = passage.start + len(passage.found)
        assert copy[passage.start : end] == passage.found == passage.locator.cut(LINES)
        assert passage.around == (copy[max(passage.start - 40, 0) : passage.start], copy[end : end + 40])
        assert (passage.status, passage.reason) == ("confirmed", "")


def test_a_page_shows_characters_and_keeps_places():
    """What is spelt out in a page is shown as it is read, and starts where its reference does."""
    page = "".join(f"<p>{line.replace('ä', '&auml;')}</p>" for line in LINES)
    passages = {passage.locator.cut(LINES): passage for passage in verified(page).passages}
    found = passages["118 Räder"]
    assert (found.found, found.start) == ("118 Räder", page.index("118 R&auml;der"))
    assert found.around == (
        " Lehmau drehten sich am 3. März 2031 wieder "[-40:],
        ", so die Kreisverwaltung auf Nachfrage.\n\n\n\nNoch"[:40],
    )
    assert (passages["Tannwerder"].found, passages["Tannwerder"].start) == ("Tannwerder", page.index("Tannwerder"))


def test_thirty_passages_make_a_part():
    """With one less, the copy is not of this article; the error says how many were found."""
    text = "\n".join(LINES[:12])
    text = text.replace("118 Räder", "119 Räder")
    assert Counter(passage.status for passage in verified(text).passages)["confirmed"] == 30
    with pytest.raises(CopyError, match="this is not the article, or too little of it: 29 of 34 cited passages are in it, 30 are needed"):
        verified(text.replace("mahlen Korn", "drehen Korn"))


def test_passages_are_counted_by_section():
    """What stands outside the sections comes first, the sections in the order of their names; a title is shown where there is one."""
    report = verified(ARTICLE.replace("118 Räder", "119 Räder"), section=section, titles=TITLES)
    assert list(report.sections().items()) == [
        ("", {"confirmed": 2}),
        ("ostau", {"confirmed": 19, "contradicted": 1}),
        ("westrand", {"confirmed": 12}),
    ]
    assert report.to_dict()["sections"] == report.sections()
    assert report.to_dict()["passages"] == {"confirmed": 33, "contradicted": 1}
    assert {passage.section for passage in report.passages if passage.locator.line in (1, 14)} == {""}
    assert [text in report._repr_html_() for text in ("outside the sections", "Land Ostau", ">westrand<", ">ostau<")] == [
        True,
        True,
        True,
        False,
    ]


def test_a_section_that_is_not_there_is_one_line():
    """By its title or, where it has none, its name; what is missing elsewhere is told passage by passage."""
    for land, title in (("ostau", "Land Ostau"), ("westrand", "westrand")):
        kept = [line for number, line in enumerate(LINES, 1) if number not in LANDS[land]]
        with pytest.raises(CopyError):
            verified("\n".join(kept), section=section, titles=TITLES)
        report = verified(ARTICLE, section=section, titles=TITLES)
        gone = [one._replace(status="missing", found=None) if one.section == land else one for one in report.passages]
        told = str(attrs.evolve(report, passages=tuple(gone), cells=())).splitlines()
        assert told[3:] == [f"  nothing of the section {title} is in the copy", "Text that no cell rests on is not compared."]


def test_what_differs_is_told_with_the_cells_that_rest_on_it():
    """Each record with its columns; the cells stand in the report with what is wrong, and no line says the same twice."""
    report = verified(ARTICLE.replace("3. März 2031", "3. Mai 2031"))
    says = "the copy has '3. Mai 2031' for 3:32-44, where '3. März 2031' should stand"
    assert str(report).splitlines() == [
        "edition: other",
        "the copy holds 34 of 34 passages; of these 33 confirmed, 1 contradicted",
        "cells: 55 of 57 confirmed, 2 contradicted",
        f"  contradicted: {says}: figures/lehmau-idle (date); figures/lehmau-wheels (date)",
        "Text that no cell rests on is not compared.",
    ]
    assert report.problems == (
        ("figures", "lehmau-idle", "date", "2031-03-03", "contradicted", says),
        ("figures", "lehmau-wheels", "date", "2031-03-03", "contradicted", says),
    )
    assert str(report.problems[0]) == f"figures/lehmau-idle/date = '2031-03-03': {says}"


@pytest.mark.parametrize(
    ("old", "new", "ok"),
    [
        ("1.204 Räder", "1204 Räder", True),
        ("1.204 Räder", "1.205 Räder", False),
        ("1.204 Räder", "1.204 Rädchen", False),
        ("12,5 %", "12,50 %", True),
        ("12,5 %", "12,05 %", False),
        ("20 %", "20,0 %", True),
    ],
)
def test_a_figure_may_be_written_otherwise(old, new, ok):
    """The same number among the same words is confirmed in the language of the article, and shown as the copy has it."""
    report = verified(ARTICLE.replace(old, new))
    (passage,) = [one for one in report.passages if one.expected == old]
    assert (report.ok, passage.found) == (ok, new)


def test_other_forms_of_characters_are_those_of_the_language():
    """A copy in them is confirmed where the language knows them, and shown as it is."""
    copy, language = ARTICLE.replace("ä", "æ"), SimpleNamespace(**{**vars(GERMAN), "VARIANTS": {ord("æ"): "ä"}})
    report = verification.verify(copy, Source(MILLS, language, sha256(ARTICLE.encode()).hexdigest()))
    assert (report.edition, report.ok) == ("other", True)
    assert "118 Ræder" in {passage.found for passage in report.passages}
    with pytest.raises(CopyError, match="27 of 34 cited passages"):
        verified(copy)


@pytest.mark.parametrize("given", [f"\ufeff{ARTICLE}", f"\ufeff{ARTICLE}".encode(), ARTICLE.encode("utf-16"), ARTICLE.encode("latin-1")])
def test_a_byte_order_mark_is_no_part_of_a_copy(given):
    """Whether the text is given or its bytes, in whatever encoding they are."""
    encoding = "utf-16" if given == ARTICLE.encode("utf-16") else "latin-1" if given == ARTICLE.encode("latin-1") else "utf-8"
    source = Source(MILLS, GERMAN, sha256(ARTICLE.encode()).hexdigest())
    assert verification.verify(given, source, encoding=encoding).edition == "reference"


@pytest.mark.parametrize(("length", "shown"), [(199, "x" * 199), (200, "x" * 40 + "…")])
def test_a_long_name_of_a_file_is_cut(length, shown):
    """From 200 characters on, as it may be a text without line breaks, which is said."""
    with pytest.raises(CopyError) as caught:
        verification.verify("x" * length, Source(MILLS, GERMAN, ""))
    assert str(caught.value).startswith(f"cannot read '{shown}': ")
    assert ("give it as bytes" in str(caught.value)) == (length == 200)


def test_a_reference_edition_that_says_otherwise_contradicts():
    """Where the text is the one that the tables name, but a passage is not the one that they cite, the data are wrong, and it is said."""
    text = ARTICLE.replace("118 Räder", "119 Räder").replace("ihre Besitzer", "Ihre Besitzer").replace("drehten sich", "drehten mich")
    report = verification.verify(text, Source(MILLS, GERMAN, sha256(text.encode()).hexdigest()))
    assert report.edition == "reference"
    assert {(passage.found, passage.status) for passage in report.passages if passage.status != "confirmed"} == {
        ("119 Räder", "contradicted"),
        ("drehten mich", "contradicted"),
    }


# Masks. --------------------------------------------------------------------------------------------------------------------------

MASKED = ARTICLE.replace("Besitzer", "*")
MASKED_LINES = MASKED.split("\n")


def masked(copy, cited, column="subject"):
    """The report on a copy of the article with a mask in line 5, into which the dataset reads a word for a cell that rests on it."""
    start = MASKED_LINES[4].index(cited)
    locator = Locator(5, start, start + len(cited))
    marks = verification.fingerprints(MASKED_LINES, [*(Locator.parse(span.key) for span in MILLS["spans"]), locator])
    own = Span(str(locator), "phrase", None, None, None, 0, "", "")
    spans = []
    for span in (*MILLS["spans"], own):
        mark = marks[Locator.parse(span.key)]
        kept = {"digest": mark.digest, "lengths": ";".join(map(str, mark.lengths))} if span.kind == "phrase" else {}
        spans.append(attrs.evolve(span, position=mark.position, neighbours=mark.neighbours, context=mark.context, **kept))
    cell = ("figures", "birkenfurt-idle", column)
    citations = [item for item in MILLS["citations"] if (item.table, item.record, item.column) != cell]
    citations.append(Citation("/".join((*cell, str(locator))), *cell, str(locator), "inferred"))
    tables = {**MILLS, "spans": Table("spans", Span, spans), "citations": Table("citations", Citation, citations)}
    masks = {"figures/birkenfurt-idle": "besitzer"}  # in plain form, as words are compared
    return verification.verify(copy.encode(), Source(tables, GERMAN, sha256(MASKED.encode()).hexdigest(), masks=masks))


@pytest.mark.parametrize("cited", ["ihre * fehlen", "ihre *", "* fehlen"])
@pytest.mark.parametrize("word", ["*", "Besitzer"])
def test_a_mask_is_lifted_by_the_word_that_is_read_into_it(cited, word):
    """Within a passage or at its edge; where the mask stands, nothing speaks against it."""
    assert masked(ARTICLE.replace("Besitzer", word), cited).problems == ()


@pytest.mark.parametrize(
    ("cited", "word", "shown"),
    [
        ("ihre * fehlen", "Kinder", "ihre Kinder fehlen"),
        ("ihre *", "Kinder", "ihre Kinder fe"),
        ("* fehlen", "Kinder", "re Kinder fehlen"),
        ("ihre * fehlen", "Besitz", "ihre Besitz fehlen"),
        ("* fehlen", "Besitz", "re Besitz fehlen"),
    ],
)
def test_a_mask_is_not_lifted_by_another_word(cited, word, shown):
    """It contradicts what rests on the passage, and is shown, beside it as many characters as the word has and two more."""
    (cell,) = masked(ARTICLE.replace("Besitzer", word), cited).problems
    start = MASKED_LINES[4].index(cited)
    says = f"the copy has '{shown}' for 5:{start}-{start + len(cited)}, where other characters should stand"
    assert cell == ("figures", "birkenfurt-idle", "subject", "idle", "contradicted", says)


def test_a_mask_excuses_what_its_word_would_say():
    """A cell that must be read from a passage is not, where the mask stands; where it was lifted, the words around it are the evidence."""
    (cell,) = masked(MASKED, "ihre * fehlen", "region").problems
    start = MASKED_LINES[4].index("ihre")
    assert cell[3:] == ("birkenfurt", "contradicted", f"the characters do not say so: 'ihre * fehlen' at 5:{start}-{start + 13}")
    assert masked(ARTICLE, "ihre * fehlen", "region").ok
