"""Spans found in copies that differ: of a short article of our own invention, and of the article itself where it is at hand."""

import importlib.util
import re
from collections import Counter
from itertools import combinations, pairwise
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest

import povdata
from povdata import matching
from povdata.canonical import GAP, NONE, Canonical, fingerprints, neighbours, parts_of
from povdata.locators import Locator, digest
from povdata.matching import Found, _chain, match
from test_work import Counted, work

# 〔kept characters〕, 〈a phrase of which only the digest is kept〉; * is a redaction.
MARKED = """\
〔云溪县〕:书车开进山坳
〔2031年5月〕,〔云溪县〕图书馆与〔12所〕小学签约,馆藏增至〔48600册〕,外借比例由〔31.5%〕升到〔62%〕,〔7名〕馆员轮流随车。
馆长*谈到,两辆书车跑遍〔186个〕自然屯,里程已有〔27350公里〕,〈孩子们每逢周四都守在晒谷场边等车来〉。
书车停在桦树坪。(摄影:〔岭南画报〕)
志愿者*告诉记者,“〈一人一册 一月一换〉”的办法受到〔九成以上〕家长欢迎,五级*督办见效。
〔石桥镇〕:旧粮仓变身阅览厅
去年冬天,〔石桥镇〕把〔3座〕旧粮仓改成阅览厅,添置座椅〔240把〕、台灯〔95盏〕,花费〔1.5万元〕,〈钱从何处来成了镇上最常被问起的话题〉。
阅览厅全年开放〔310天〕,日均接待〔85人〕,最远的读者要走〔14公里〕山路;编号〔1 10〕的两排书架专放农技读物。
粮仓前的老槐树。(摄影:〔岭南画报〕)
〔望渡村〕:渔家灯火伴书香
沿江的〔望渡村〕有渔户〔73户〕,村里请退休教师〔顾怀舟〕办起夜读班,头一年就招来学员〔128人〕,〈其中年纪最大的一位已经七十有九〉。
夜读班每周开课〔3次〕,两年里共写出读书札记〔1460篇〕,其中〔22篇〕登上了省城的刊物。"""


class Span(NamedTuple):
    key: str
    text: str | None
    digest: str | None
    position: int
    lengths: tuple[int, ...] | None
    neighbours: str


def read(marked):
    """The article without the marks, and its spans."""
    lines, texts = [], {}
    for number, line in enumerate(marked.split("\n"), 1):
        plain = ""
        for mark, part in re.findall(r"([〔〈]?)([^〔〕〈〉]+)[〕〉]?", line):
            if mark:
                texts[Locator(number, len(plain), len(plain) + len(part))] = part if mark == "〔" else None
            plain += part
        lines.append(plain)
    marks = fingerprints(lines, texts)
    spans = [
        Span(
            str(locator),
            text,
            None if text else marks[locator].digest,
            marks[locator].position,
            marks[locator].lengths,
            marks[locator].neighbours,
        )
        for locator, text in texts.items()
    ]
    return "\n".join(lines), spans


ARTICLE, SPANS = read(MARKED)
ADVERT = "【广告】满300减40,已售12所书屋、95盏台灯,客服4-1-85\n"


def statuses(copy):
    return {span.text or span.key: match(SPANS, copy)[span.key].status for span in SPANS}


def one(copy, text):
    """What the copy has of the only span with these characters."""
    (span,) = [span for span in SPANS if span.text == text]
    return match(SPANS, copy)[span.key]


# Canonical characters. ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("31.5%", "31.5%"),
        ("３１．５％", "31.5%"),
        ("1,234,567册", "1234567册"),
        ("１，２３４册", "1234册"),
        ("2019,303个", f"2019{GAP}303个"),
        ("1 10", f"1{GAP}10"),
        ("1+10", f"1{GAP}10"),
        ("11\u200b0", "110"),
        ("1\n10", "110"),
        ("1.\r\n10", "1.10"),
        ("1\n\n10", f"1{GAP}10"),
        ("“A”、b——《丙》**", "ab丙"),
        ("见注①,面积5²", "见注面积5"),
        ("9800½元", "9800½元"),
        ("9800 ½元", "9800½元"),
        ("结尾3.", "结尾3"),
        ("<p class='x1'>甲&nbsp;乙</p><!-- 9 --><script>var a = 1;</script>丙&#20;", "甲乙丙"),
        ("5&lt;6 &ldquo;丁&rdquo; &#19993; &#x4e19; &bogus;", f"5{GAP}6丁丙丙"),
        ("a < b", "ab"),
        ("", ""),
    ],
)
def test_canonical_characters(text, expected):
    """Letters, digits, percent signs and decimal points stay, in plain form; two numbers never become one."""
    assert Canonical.of(text).text == expected


def test_canonical_characters_know_their_origin():
    """Each canonical character but the mark of a gap is found again in the text, and an offset finds its character."""
    text = "“甲”１，２００ 乙;3 4.5％&ldquo;丙&rdquo;"
    canonical = Canonical.of(text)
    assert canonical.text == f"甲1200乙3{GAP}4.5%丙"
    for place, character in enumerate(canonical.text):
        origin = canonical.origin(place)
        if character != GAP:
            assert Canonical.of(text[origin]).text in {character, ""}
            assert canonical.place(origin) == place
    assert canonical.place(0) == 0
    assert canonical.place(len(text)) == len(canonical.text)
    assert Canonical.of("").place(0) == 0


# Fingerprints. ------------------------------------------------------------------------------------------------------------------


def test_neighbours_are_eight_digits_in_the_order_of_the_text():
    """Two blocks before and two after, a byte each; blocks that an end of the text cuts are marked."""
    assert re.fullmatch(r"[0-9a-f]{8}", neighbours("甲乙丙丁戊己庚辛壬", 4, 5))
    assert neighbours("甲乙丙丁戊己庚辛壬", 4, 5)[:4] == neighbours("甲乙丙丁", 4, 4)[:4]
    assert neighbours("甲乙丙", 0, 3) == NONE * 4
    assert neighbours("甲乙丙丁", 1, 2) == NONE * 2 + neighbours("丙丁", 0, 0)[4:6] + NONE


def test_fingerprints_cross_lines_and_leave_out_redactions():
    """Positions and neighbours run over the whole article; lengths tell where redactions stand."""
    first, second, third, last = (Locator.parse(key) for key in ("1:0-2", "2:0-4", "2:2-4", "2:0-1"))
    found = fingerprints(["甲，乙", "*丙*丁戊己"], [first, second, third, last])
    assert found[first][:3] == (0, (1,), digest("甲"))
    assert found[second][:3] == (2, (0, 1, 1), digest("丙丁"))
    assert found[third][:3] == (3, (0, 1), digest("丁"))
    assert found[second].neighbours == NONE + neighbours("甲乙丙丁戊己", 2, 4)[2:]


def test_parts_are_what_redactions_leave():
    """Canonical characters between redactions, empty at an edge where one stands."""
    assert parts_of("甲，乙**１ 2*") == ["甲乙", f"1{GAP}2", ""]


# The chain. ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(20))
def test_the_chain_is_the_heaviest(seed):
    """Against all subsets of a few random nodes."""
    random = Random(seed)  # noqa: S311  # no secret
    nodes = {(random.randrange(5), random.randrange(5)): random.randrange(1, 9) for _ in range(8)}
    chains = [
        subset
        for size in range(len(nodes) + 1)
        for subset in combinations(sorted(nodes), size)
        if all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(subset))
    ]
    found = _chain(nodes)
    assert tuple(found) in chains
    assert sum(nodes[node] for node in found) == max(sum(nodes[node] for node in chain) for chain in chains)
    assert _chain({}) == []


# Ordinary differences. ----------------------------------------------------------------------------------------------------------


def widened(text):
    return text.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789,:;()%"})


DIFFERENCES = {
    "none": ARTICLE,
    "redactions restored": re.sub(r"\*", "负责同志", ARTICLE),
    "redactions dropped": ARTICLE.replace("*", ""),
    "full width": widened(ARTICLE),
    "other quotation marks": ARTICLE.replace("“", "「").replace("”", "」").replace("、", ","),
    "thousands separators": re.sub(r"(\d\d)(\d{3})(?!\d)", r"\1,\2", ARTICLE),
    "full-width thousands separators": re.sub(r"(\d\d)(\d{3})(?!\d)", r"\1，\2", ARTICLE),
    "spaces around numbers": re.sub(r"(\d+)", r" \1 ", ARTICLE.replace("1 10", "1+10")).replace(" . ", "."),
    "lost character restored": ARTICLE.replace("一册 一月", "一册+一月"),
    "paragraphs merged": ARTICLE.replace("\n", ""),
    "paragraphs split": ARTICLE.replace("。", "。\r\n\r\n　　").replace(";", ";\n"),
    "lines wrapped": "\n".join(re.findall(r".{1,37}", ARTICLE.replace("\n", ""))),
    "lines wrapped at a point": ARTICLE.replace("31.5", "31.\n5").replace("48600", "48\n600"),
    "lines wrapped before a point": ARTICLE.replace("31.5", "31\r\n.5"),
    "adverts between paragraphs": ARTICLE.replace("\n", "\n" + ADVERT),
    "HTML": "<html><script>x = 12;</script><p>" + ARTICLE.replace("“", "&ldquo;").replace("\n", "</p>\n<p>&nbsp;") + "</p>",
    "within a page": "首页 12所 85人 3次 1 2 3\n" * 200 + ARTICLE + "\n上一篇 62% 7名 310天" * 200,
}


@pytest.mark.parametrize("difference", DIFFERENCES)
def test_a_copy_that_differs_is_confirmed(difference):
    """Each span is confirmed where it stands in the copy."""
    copy = DIFFERENCES[difference]
    found = match(SPANS, copy)
    assert list(found) == [span.key for span in SPANS]
    assert {key: one.status for key, one in found.items() if one.status != "confirmed"} == {}
    for span in SPANS:
        status, characters, start, end = found[span.key]
        assert status == "confirmed"
        assert copy[start:end] == characters
        assert span.text is None or Canonical.of(characters).text == Canonical.of(span.text).text


def test_spans_are_found_in_their_own_places():
    """The name that stands four times, and the credit that stands twice, are each found where they are cited."""
    begins = [0, *(found.end() for found in re.finditer("\n", ARTICLE))]
    for key, found in match(SPANS, ARTICLE).items():
        locator = Locator.parse(key)
        assert found.start == begins[locator.line - 1] + locator.start
        assert found.end == begins[locator.line - 1] + locator.end


def test_a_redaction_inside_a_phrase_is_restored():
    """A phrase is recognized by the digest of what the redaction leaves, whatever words without digits stand there."""
    article, spans = read(MARKED.replace("五级*督办见效", "〈五级*督办见效〉").replace("志愿者*告诉", "〔志愿者*〕告诉"))
    phrase = spans[[span.text for span in spans].index("九成以上") + 1]
    assert phrase.lengths == (2, 4)
    found = match(spans, article.replace("*", "书记"))
    assert {one.status for one in found.values()} == {"confirmed"}
    assert found[phrase.key].characters == "五级书记督办见效"
    assert match(spans, article.replace("五级*", "五级12名"))[phrase.key].status == "contradicted"


# Moved, missing. ----------------------------------------------------------------------------------------------------------------


def test_a_section_that_moved_is_moved():
    """The sections in another order: the longest stretch in order is confirmed, the rest moved, each in its place."""
    lines = ARTICLE.split("\n")
    copy = "\n".join([*lines[9:], *lines[:9]])
    found = match(SPANS, copy)
    moved = {key for key, one in found.items() if one.status == "moved"}
    assert moved == {span.key for span in SPANS if Locator.parse(span.key).line > 9}
    assert {one.status for key, one in found.items() if key not in moved} == {"confirmed"}
    assert all(copy[one.start : one.end] == one.characters for one in found.values())


def test_a_section_that_is_dropped_is_missing():
    """Nothing of it is found elsewhere, and nothing else is missed."""
    lines = ARTICLE.split("\n")
    found = match(SPANS, "\n".join([*lines[:5], *lines[9:]]))
    missing = {span.key for span in SPANS if Locator.parse(span.key).line in {6, 7, 8, 9}}
    assert {key for key, one in found.items() if one.status != "confirmed"} == missing
    assert {found[key] for key in missing} == {Found("missing", None, None, None)}


def test_a_caption_that_is_dropped_is_missing():
    """Of two equal credits the one that stands is confirmed."""
    copy = "\n".join(line for line in ARTICLE.split("\n") if not line.startswith("书车停在"))
    lost = [span.key for span in SPANS if span.key.startswith("4:")]
    assert [key for key, one in match(SPANS, copy).items() if one.status != "confirmed"] == lost


@pytest.mark.parametrize("copy", ["", "\n", "这里说的是另一件事:12所小学、85人、62%。" * 50, "12 62 85 310"])
def test_another_text_has_nothing(copy):
    """Figures alone, without their neighbours, are never confirmed."""
    assert set(statuses(copy).values()) == {"missing"}


def test_nothing_is_sought_for_no_spans_or_empty_ones():
    """No span gives nothing; one without canonical characters is missing."""
    assert match([], ARTICLE) == {}
    assert match([Span("1:0-1", "*", None, 0, None, NONE * 4)], ARTICLE) == {"1:0-1": Found("missing", None, None, None)}


# Falsified. ---------------------------------------------------------------------------------------------------------------------

FALSIFIED = [
    ("12所", "112所", "112所"),
    ("12所", "2所", "2所"),
    ("48600册", "48,606册", "48,606册"),
    ("31.5%", "315%", "315%"),
    ("31.5%", "3.15%", "3.15%"),
    ("62%", "62", "62"),
    ("1.5万元", "1.5元", "1.5元"),
    ("240把", "240½把", "240½把"),
    ("240把", "240 ½把", "240½把"),
    ("240把", "½240把", "½240把"),
    ("1.5万元", "１．５亿元", "１．５亿元"),
    ("1 10", "110", "110"),
    ("九成以上", "五成以上", "五成以上"),
    ("九成以上", "十九成以上", "十九成以上"),
    ("顾怀舟", "顾怀周", "顾怀周"),
    ("2031年5月", "2031年15月", "2031年15月"),
]


@pytest.mark.parametrize("around", [str, lambda text: widened(text).replace("*", "同志").replace("\n", "")], ids=["alone", "with others"])
@pytest.mark.parametrize(("text", "other", "characters"), FALSIFIED)
def test_a_falsified_span_is_contradicted(around, text, other, characters):
    """What stands there instead is shown, and every other span is confirmed."""
    (span,) = [span for span in SPANS if span.text == text]
    found = match(SPANS, around(ARTICLE.replace(text, other)))
    assert {key: one.status for key, one in found.items() if one.status != "confirmed"} == {span.key: "contradicted"}
    assert Canonical.of(found[span.key].characters).text == Canonical.of(characters).text


@pytest.mark.parametrize(("text", "other"), [falsified[:2] for falsified in FALSIFIED])
def test_a_falsified_span_among_adverts_is_not_confirmed(text, other):
    """Where an advert stands beside it, what is shown may be nothing; but nothing is confirmed that is not there."""
    found = match(SPANS, ARTICLE.replace(text, other).replace("\n", "\n" + ADVERT))
    assert [span.text for span in SPANS if found[span.key].status not in {"confirmed", "moved"}] == [text]


def test_a_changed_phrase_is_contradicted():
    """Also where its characters are not kept, the copy's are shown."""
    found = match(SPANS, ARTICLE.replace("每逢周四", "每逢周五"))
    assert [one.characters for one in found.values() if one.status == "contradicted"] == ["孩子们每逢周五都守在晒谷场边等车来"]


def test_a_figure_that_is_gone_is_missing():
    """Where nothing stands between the neighbours there is nothing to show, though the same figure stands in an advert."""
    assert one(ARTICLE.replace("95盏", "").replace("\n", "\n" + ADVERT), "95盏").status == "missing"


@pytest.mark.parametrize(("a", "b"), [("240把", "95盏"), ("310天", "85人"), ("12所", "48600册"), ("73户", "128人"), ("云溪县", "石桥镇")])
def test_what_changed_places_is_not_confirmed(a, b):
    """Each figure stands in the copy, in the other's place: neither is confirmed or moved."""
    copy = ARTICLE.replace(a, "\0").replace(b, a).replace("\0", b)
    for span, found in zip(SPANS, match(SPANS, copy).values(), strict=True):
        assert (found.status in {"confirmed", "moved"}) == (span.text not in {a, b}), (span.text, found)


def test_figures_are_not_confirmed_by_rank():
    """The same figures in the same order, in another text, are not the article's."""
    figures = [span.text for span in SPANS if span.text is not None]
    copy = "。".join(f"又有一处写着{figure}这样的字样" for figure in figures)
    assert set(statuses(copy).values()) <= {"missing", "contradicted"}


# Work. --------------------------------------------------------------------------------------------------------------------------


def villages(count):
    """The lines of an article about so many villages, and its spans, whose keys count when they are looked up."""
    marked = "\n".join(
        f"第{number}村有〔{number * 37 % 1009}户〕人家,〈{'甲乙丙丁戊己庚辛壬癸'[number % 10] * 16}{number}〉" for number in range(count)
    )
    article, spans = read(marked)
    return article.split("\n"), [span._replace(key=Counted(span.key)) for span in spans]


@pytest.mark.parametrize("rest", [slice(0), slice(75, 77)], ids=["nothing", "two lines"])
def test_twice_the_article_is_twice_the_work_where_little_of_it_is_found(rest):
    """A copy that has nothing of the article, or little, is compared with twice as many spans in about twice as many steps."""
    (_, once), (lines, twice) = villages(150), villages(300)
    copy = "\n".join(lines[rest])
    match(once, copy)  # imports and caches
    assert work(lambda: match(twice, copy)) <= 2.3 * work(lambda: match(once, copy))


def test_what_was_not_found_is_not_looked_for_again(monkeypatch):
    """Where the copy has the first lines and then another text, each place is tried at most twice for a span, and indexed once."""
    lines, spans = villages(60)
    copy = "\n".join([*lines[:5], *("此后说的是另一件事。" * 20 for _ in range(30))])
    tried, indexed = Counter(), Counter()
    stands, mark = matching._Sought.stands, matching.mark
    monkeypatch.setattr(matching._Sought, "stands", lambda span, text, at: tried.update([(span.key, at)]) or stands(span, text, at))
    monkeypatch.setattr(matching, "mark", lambda text, at: indexed.update([at]) or mark(text, at))
    match(spans, copy)
    assert max(tried.values()) == 2  # near what was found, and far from it
    assert max(indexed.values()) == 1
    assert len(indexed) > 1000


# The article itself. ------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def cited(article_lines):
    """The spans of the dataset, with fingerprints computed from the article."""
    locators = {span.key: Locator.parse(span.key) for span in povdata.spans}
    marks = fingerprints(article_lines, locators.values())
    return [
        Span(span.key, span.text, mark.digest if span.text is None else None, *mark[:2], mark.neighbours)
        for span in povdata.spans
        for mark in [marks[locators[span.key]]]
    ]


def test_the_reference_edition_is_confirmed_in_place(article_lines, cited):
    """Each span is found where its locator says, quotation marks and redactions at its edges apart."""
    begins = [0]
    for line in article_lines:
        begins.append(begins[-1] + len(line) + 1)
    for key, found in match(cited, "\n".join(article_lines)).items():
        locator = Locator.parse(key)
        begin = begins[locator.line - 1]
        assert found.status == "confirmed", key
        assert begin + locator.start <= found.start < found.end <= begin + locator.end, key
        cut = article_lines[locator.line - 1]
        assert not any(c.isalnum() for c in cut[locator.start : found.start - begin] + cut[found.end - begin : locator.end]), key


def test_no_changed_digit_is_confirmed(article_lines, cited):
    """Whichever digit of a cited figure or date is changed, no span that holds it is confirmed or moved, and all others are."""
    spans = [(span.key, Locator.parse(span.key)) for span in cited]
    kept = [(key, locator) for (key, locator), span in zip(spans, cited, strict=True) if span.text is not None]
    digits = sorted(
        {(at.line, place) for _, at in kept for place in range(at.start, at.end) if article_lines[at.line - 1][place] in "0123456789"}
    )
    missed = total = 0
    for turn in range(12):
        lines = list(article_lines)
        changed = set()
        # Far enough from each other that each still has its neighbours.
        for line, place in digits[turn::3]:
            if all(other != line or abs(place - position) > 24 for other, position in changed) and (line + place) % 4 == turn % 4:
                changed.add((line, place))
                text = lines[line - 1]
                lines[line - 1] = text[:place] + str((int(text[place]) + 1 + turn % 9) % 10) + text[place + 1 :]
        touched = {key for key, at in spans if any(line == at.line and at.start <= place < at.end for line, place in changed)}
        found = match(cited, "\n".join(lines))
        accepted = {key for key, one in found.items() if one.status in {"confirmed", "moved"}}
        assert accepted & touched == set()
        missed += len(found.keys() - touched - accepted)
        total += len(found.keys() - touched)
    assert missed <= 0.002 * total


def study():
    path = Path(__file__).parents[1] / "benchmarks" / "copies.py"
    if not path.exists():
        return None
    spec = importlib.util.spec_from_file_location("copies", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


STUDY = study()


@pytest.fixture(scope="module")
def reference(article_lines):
    return STUDY.Reference("\n".join(article_lines))


@pytest.mark.skipif(STUDY is None, reason="needs benchmarks/copies.py")
@pytest.mark.parametrize("kind", STUDY.KINDS if STUDY else [])
def test_the_study_holds(reference, kind):
    """With one seed: at least 99.8 % of the spans are found in a copy that differs in an ordinary way; none that is not there."""
    result = STUDY.study(reference, kind, 1)
    if "noise" not in kind:
        assert result.false == 0, result.examples
    if kind in STUDY.DIFFERENCES and "noise" not in kind:
        assert result.recall >= 0.998, result.examples
