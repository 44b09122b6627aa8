"""Spans judged in copies of a short article of our own invention."""

import re
from hashlib import sha256
from itertools import combinations, pairwise
from random import Random
from typing import NamedTuple

import pytest

from povdata.locators import Locator, digest
from povdata.verification import Reading, fingerprints, parts_of
from povdata.verification.judge import Context, judge
from povdata.verification.match import NONE, chain
from test_work import Counted, work

# 〔kept characters〕, 〈a phrase of which only the digest is kept〉; * is a mask.
MARKED = """\
〔云溪县〕:书车开进山坳
〔2031年5月〕,〔云溪县〕图书馆与〔12所〕小学签约,馆藏增至〔48600册〕,外借比例由〔31.5%〕升到〔62%〕,〔7名〕馆员轮流随车。
〈馆长*谈到〉,两辆书车跑遍〔186个〕自然屯,里程已有〔27350公里〕,〈孩子们每逢周四都守在晒谷场边等车来〉。
书车停在桦树坪。(摄影:〔岭南画报〕)
志愿者*告诉记者,“〈一人一册 一月一换〉”的办法受到〔九成以上〕家长欢迎,〈五级*督办见效〉。
〔石桥镇〕:旧粮仓变身阅览厅
去年冬天,〔石桥镇〕把〔3座〕旧粮仓改成阅览厅,添置座椅〔240把〕、台灯〔95盏〕,花费〔1.5万元〕,〈钱从何处来成了镇上最常被问起的话题〉。
阅览厅全年开放〔310天〕,日均接待〔85人〕,最远的读者要走〔14公里〕山路;编号〔1 10〕的两排书架专放农技读物。
粮仓前的老槐树。(摄影:〔岭南画报〕)
〔望渡村〕:渔家灯火伴书香
沿江的〔望渡村〕有渔户〔73户〕,村里请退休教师〔顾怀舟〕办起夜读班,头一年就招来学员〔128人〕,〈其中年纪最大的一位已经七十有九〉。
夜读班每周开课〔3次〕,两年里共写出读书札记〔1460篇〕,其中〔22篇〕登上了省城的刊物。"""


class Span(NamedTuple):
    key: str
    kind: str
    text: str | None
    digest: str | None
    lengths: str | None
    position: int
    neighbours: str
    context: str


def read(marked, key=str):
    """The article without the marks, and its spans."""
    lines, texts = [], {}
    for number, line in enumerate(marked.split("\n"), 1):
        plain = ""
        for mark, part in re.findall(r"([〔〈]?)([^〔〕〈〉]+)[〕〉]?", line):
            if mark:
                texts[Locator(number, len(plain), len(plain) + len(part))] = part if mark == "〔" else None
            plain += part
        lines.append(plain)
    spans = []
    for locator, one in fingerprints(lines, texts).items():
        text = texts[locator]
        kind = "phrase" if text is None else "figure" if re.search(r"\d|成", text) else "name"
        kept = (None, None) if text else (one.digest, ";".join(map(str, one.lengths)))
        spans.append(Span(key(str(locator)), kind, text, *kept, one.position, one.neighbours, one.context))
    return "\n".join(lines), spans


ARTICLE, SPANS = read(MARKED)
LINES = ARTICLE.split("\n")
ADVERT = "【广告】满300减40,已售12所书屋、95盏台灯,客服4-1-85\n"
SECTIONS = [(1, 5), (6, 9), (10, 12)]


def section(locator):
    return next((str(first) for first, last in SECTIONS if first <= locator.line <= last), "")


def same(span, characters):
    """That a number may have blanks for thousands, or be in thousands."""
    plain = re.sub(r"(?<=\d)\s(?=\d{3}\D)", "", characters)
    return plain == span.text or (span.text == "27350公里" and characters == "27.35千公里")


RECORDS = {span.key: [span.key.split(":")[0]] for span in SPANS}
CONTEXT = Context(same, section, RECORDS)


def found_in(copy, spans=SPANS, context=CONTEXT):
    found, reading = judge(spans, Reading(copy), context)
    return {key: (one.status, None if one.start is None else reading.view.text[one.start : one.end]) for key, one in found.items()}


def bad(copy, spans=SPANS):
    """What is not good in a copy: characters or key → status and what stands there."""
    names = {span.key: span.text or span.key for span in spans}
    return {names[key]: one for key, one in found_in(copy, spans).items() if one[0] not in ("confirmed", "moved")}


# Fingerprints. ------------------------------------------------------------------------------------------------------------------


def test_a_sign_that_a_fingerprint_cannot_hold_is_refused():
    """A plus sign beside a span has no code; the error names the span and what to do."""
    with pytest.raises(ValueError, match="1:5-7: plus signs, or two signs, stand in or beside the span; cite them with it"):
        fingerprints(["abcd 12+ defg"], [Locator(1, 5, 7)])


def test_fingerprints_cross_lines_and_leave_out_masks():
    """Positions and neighbours run over the whole article; lengths and context tell where masks and lines' ends stand."""
    keys = ("1:0-2", "2:0-4", "2:2-4", "2:0-1", "2:4-5")
    first, second, third, _, last = (Locator.parse(key) for key in keys)
    found = fingerprints(["甲，乙", "*丙*丁戊己"], [Locator.parse(key) for key in keys])
    assert found[first][:3] == (0, (1,), digest("甲"))
    assert found[second][:3] == (2, (0, 1, 1), digest("丙丁"))
    assert found[third][:3] == (3, (0, 1), digest("丁"))
    assert found[second].neighbours[:2] == NONE
    assert found[first].context[:5] == "01001"  # no character before, one after, and a comma
    assert found[second].context[:2] == "l2"
    assert found[last].context[:2] == "m1"  # a mask before the second character; one more in the line
    assert parts_of("甲，乙**１ 2*") == ["甲乙", "1|2", ""]


COUNTED = ["甲，乙", "*丙*丁戊己", "庚 辛,壬——癸(子)丑寅卯?", "辰*", "巳午。", "*未申酉戌亥"]
FINGERPRINTS = [
    # span, its lengths, the blocks beside it, the codes of its context, and what is sealed
    ("1:0-1", (1,), "- - 乙丙 丁戊", "01001", "[甲]乙"),
    ("1:2-3", (1,), "- - 丙丁 戊己", "10100", "甲[乙]"),
    ("2:0-4", (0, 1, 1), "- 甲乙 戊己 庚辛", "l2000", "[丙丁]戊己"),
    ("2:2-4", (0, 1), "- 乙丙 戊己 庚辛", "l2000", "[丁]戊己"),
    ("2:4-5", (1,), "甲乙 丙丁 己庚 辛壬", "m1000", "丁[戊]己"),
    ("2:5-6", (1,), "乙丙 丁戊 庚辛 壬癸", "20000", "丁戊[己]"),
    ("3:0-1", (1,), "丙丁 戊己 辛壬 癸子", "0200g", "[庚]辛壬"),
    ("3:2-3", (1,), "丁戊 己庚 壬癸 子丑", "12g01", "庚[辛]壬癸"),
    ("3:4-5", (1,), "戊己 庚辛 癸子 丑寅", "22104", "庚辛[壬]癸子"),
    ("3:0-5", (3,), "丙丁 戊己 癸子 丑寅", "020h4", "[庚辛壬]癸子"),
    ("3:7-8", (1,), "己庚 辛壬 子丑 寅卯", "22402", "辛壬[癸]子丑"),
    ("3:9-10", (1,), "庚辛 壬癸 丑寅 卯辰", "22202", "壬癸[子]丑寅"),
    ("3:12-13", (1,), "壬癸 子丑 卯辰 巳午", "21000", "子丑[寅]卯"),
    ("3:13-14", (1,), "癸子 丑寅 辰巳 午未", "20008", "丑寅[卯]"),
    ("4:0-1", (1,), "子丑 寅卯 巳午 未申", "0l000", "[辰]"),
    ("4:0-2", (1, 0), "子丑 寅卯 巳午 未申", "0l000", "[辰]"),
    ("5:0-3", (2,), "丑寅 卯辰 未申 酉戌", "00001", "[巳午]"),
    ("6:1-2", (1,), "卯辰 巳午 申酉 戌亥", "l2000", "[未]申酉"),
    ("6:2-3", (1,), "辰巳 午未 酉戌 -", "m2000", "未[申]酉戌"),
    ("6:5-6", (1,), "未申 酉戌 - -", "20000", "酉戌[亥]"),
    ("6:1-6", (5,), "卯辰 巳午 - -", "l0000", "[未申酉戌亥]"),
]


@pytest.mark.parametrize(("key", "lengths", "beside", "codes", "sealed"), FINGERPRINTS, ids=[case[0] for case in FINGERPRINTS])
def test_a_fingerprint_is_what_a_reader_counts(key, lengths, beside, codes, sealed):
    """Two blocks of two characters on both sides, across lines; how many of the two beside it stand in its line, and what is between."""
    (one,) = fingerprints(COUNTED, [Locator.parse(key)]).values()
    own = sealed[sealed.index("[") + 1 : sealed.index("]")]
    assert (one.position, one.lengths, one.digest) == ("甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥".index(own), lengths, digest(own))
    assert one.neighbours == "".join(NONE if block == "-" else sha256(block.encode()).hexdigest()[:2] for block in beside.split(" "))
    assert one.context == codes + sha256(sealed.encode()).hexdigest()[:8]


@pytest.mark.parametrize("seed", range(10))
def test_the_chain_is_the_heaviest(seed):
    """Against all subsets of a few random pairs."""
    random = Random(seed)  # noqa: S311  # no secret
    pairs = {(random.randrange(5), random.randrange(5)): random.randrange(1, 9) for _ in range(8)}
    sets = (subset for size in range(len(pairs) + 1) for subset in combinations(sorted(pairs), size))
    every = [subset for subset in sets if all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(subset))]
    found = chain(pairs)
    assert tuple(found) in every
    assert sum(pairs[pair] for pair in found) == max(sum(pairs[pair] for pair in subset) for subset in every)
    assert chain({}) == []


# Honest copies. -----------------------------------------------------------------------------------------------------------------


def widened(text):
    return text.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789,:;()%"})


HONEST = {
    "none": ARTICLE,
    "masks restored": ARTICLE.replace("*", "负责同志"),
    "masks dropped": ARTICLE.replace("*", ""),
    "full width": widened(ARTICLE),
    "other quotation marks": ARTICLE.replace("“", "「").replace("”", "」").replace("、", ","),
    "thousands": re.sub(r"(\d\d)(\d{3})(?!\d)", r"\1,\2", ARTICLE),
    "thousands with blanks": re.sub(r"(\d\d)(\d{3})(?!\d)", r"\1 \2", ARTICLE),
    "written otherwise": ARTICLE.replace("27350公里", "27.35千公里"),
    "blanks around numbers": re.sub(r"(\d+)", r" \1 ", ARTICLE.replace("1 10", "1+10")).replace(" . ", "."),
    "lost sign restored": ARTICLE.replace("一册 一月", "一册+一月"),
    "paragraphs merged": ARTICLE.replace("\n", ""),
    "paragraphs split": ARTICLE.replace("。", "。\r\n\r\n　　").replace(";", ";\n"),
    "lines wrapped": "\n".join(re.findall(r".{1,37}", ARTICLE.replace("\n", ""))),
    "lines wrapped within numbers": ARTICLE.replace("31.5", "31.\n5").replace("48600", "48 \n  600"),
    "adverts between paragraphs": ARTICLE.replace("\n", "\n" + ADVERT),
    "HTML": "<html><script>x = 12;</script><p>" + ARTICLE.replace("“", "&ldquo;").replace("\n", "</p>\n<p>&nbsp;") + "</p>",
    "hidden watermarks": ARTICLE.replace("小学", "小<span hidden>9</span>学"),
    "within a page": "首页 12所 85人 3次 1 2 3\n" * 200 + ARTICLE + "\n上一篇 62% 7名 310天" * 200,
}


@pytest.mark.parametrize("kind", HONEST)
def test_an_honest_copy_is_confirmed(kind):
    """Each span stands there, with its own characters."""
    unclear = {"岭南画报"} if "adverts" in kind else set()  # two equal captions, alone in their lines: which is which nobody can tell
    assert bad(HONEST[kind]).keys() == unclear
    if kind == "none":
        assert all(span.text in (None, characters) for span, (_, characters) in zip(SPANS, found_in(ARTICLE).values(), strict=True))


def test_what_is_dropped_is_missing():
    """A section, or one of two equal captions; nothing of it is found elsewhere, and nothing else is missed."""
    assert bad("\n".join([*LINES[:5], *LINES[9:]])).keys() == {s.text or s.key for s in SPANS if Locator.parse(s.key).line in {6, 7, 8, 9}}
    assert bad("\n".join(line for line in LINES if not line.startswith("书车停在"))) == {"岭南画报": ("missing", None)}
    assert bad(ARTICLE.replace("95盏", "").replace("\n", "\n" + ADVERT))["95盏"] == ("missing", None)


@pytest.mark.parametrize("copy", ["", "\n", "这里说的是另一件事:12所小学、85人、62%。" * 50, "12 62 85 310"])
def test_another_text_has_nothing(copy):
    """Figures alone, without what stands beside them, are never confirmed."""
    assert {status for status, _ in found_in(copy).values()} == {"missing"}


# Falsified copies. --------------------------------------------------------------------------------------------------------------

FALSIFIED = [
    # the figure itself
    *(("12所", other, other) for other in ("112所", "2所", "12Ⅲ所")),
    *(("48600册", other, other) for other in ("48,606册", "四万册")),
    *(("31.5%", other, other) for other in ("315%", "3.15%", "31.5‰")),
    ("62%", "62", "62"),
    ("1.5万元", "１．５亿元", "１．５亿元"),
    ("1 10", "110", "110"),
    ("九成以上", "五成以上", "五成以上"),
    ("顾怀舟", "顾怀周", "顾怀周"),
    # something beside it, whatever it is
    *(("240把", f"{other}240把", f"{other}240把") for other in ("½", "约", "没有", "卅", "l", "٣", "1又", "&#49;")),
    *(("240把", f"240把{other}", f"240把{other}") for other in ("½", "以上", "的一半")),
    *(("240把", other, other) for other in ("≥240把", "240把×2", "2\u03364\u03360\u0336把")),
]


@pytest.mark.parametrize(("text", "other", "shown"), FALSIFIED)
def test_a_falsified_span_is_contradicted(text, other, shown):
    """What stands there instead is shown; next to it nothing is called false, and what is farther is confirmed."""
    found = bad(ARTICLE.replace(text, other))
    status, characters = found.pop(text)
    assert status == "contradicted"
    assert Reading(shown).view.text in characters
    assert {status for status, _ in found.values()} <= {"unclear"}
    assert len(found) <= 1
    assert text in bad(widened(ARTICLE).replace("\n", "").replace(widened(text), other)) or text == "1 10"
    assert text in bad(ARTICLE.replace(text, other).replace("\n", "\n" + ADVERT))


UNCLEAR = [
    "240把[1]",
    "24²0把",
    "240把①",
    "240把(误)",
    "(240把)",
    "240把?",
    "<i>1</i>240把",
    "<img src=1.png>240把",
    "240把\n广告\n",
    "—240把",
    "240-把",
]


@pytest.mark.parametrize("other", UNCLEAR)
def test_what_may_be_a_mark_is_unclear(other):
    """A note, a bracket, an element of its own, a picture or a line between: neither confirmed nor called false."""
    found = bad(ARTICLE.replace("240把", other))
    assert found["240把"][0] == ("contradicted" if other.startswith("<img") else "unclear")


GONE = [
    "<s>240把</s>",
    "<span hidden>240把</span>250把",
    "250把<noscript>240把</noscript>",
    "~~240把~~ 250把",
    "[s]240把[/s]",
    "\u202e240\u202c把",
]


@pytest.mark.parametrize("marks", ["[1] ①", "① ¹", "[1] 〔12〕", "¹ [注3]"])
def test_several_notes_leave_what_the_source_has_in_brackets(marks):
    """Any of what looks like a note may be one: the source's own brackets in a passage are told from them."""
    source, spans = read("书车每周来〔12所〕小学,〈云溪县图书馆(站)在石桥镇的粮仓里(2031年)设了分馆〉,有〔7名〕馆员。")
    first, second = marks.split()
    copy = source.replace("云溪县", f"云溪县{first}").replace("石桥镇", f"石桥镇{second}")
    statuses = [[status for status, _ in found_in(text, spans).values()] for text in (copy, copy.replace("粮仓", "粮店"))]
    assert statuses == [["confirmed", "unclear", "confirmed"], ["confirmed", "contradicted", "confirmed"]]


@pytest.mark.parametrize("other", GONE)
def test_what_is_not_shown_is_not_confirmed(other):
    """Hidden, struck out or turned round, alone or beside another figure."""
    assert bad(ARTICLE.replace("240把", other))["240把"][0] in ("missing", "contradicted")


@pytest.mark.parametrize(
    ("old", "new"), [("五级*督办", "五级12名督办"), ("五级*督办", "五级没*督办"), ("馆长*谈到", "馆长*未谈到"), ("馆长*", "副馆长*")]
)
def test_a_mask_frees_only_what_it_hides(old, new):
    """Words may stand for it; no numbers, and no words beside it where it still stands."""
    assert [status for status, _ in bad(ARTICLE.replace(old, new)).values()] != []
    assert bad(ARTICLE.replace("五级*督办", "五级书记督办")) == {}


def test_a_changed_phrase_is_contradicted():
    """Also where its characters are not kept, the copy's are shown."""
    assert list(bad(ARTICLE.replace("每逢周四", "每逢周五")).values()) == [("contradicted", "孩子们每逢周五都守在晒谷场边等车来")]


@pytest.mark.parametrize(("a", "b"), [("240把", "95盏"), ("310天", "85人"), ("12所", "48600册"), ("73户", "128人"), ("云溪县", "石桥镇")])
def test_what_changed_places_is_not_confirmed(a, b):
    """Each figure stands in the copy, in the other's place."""
    assert {a, b} <= bad(ARTICLE.replace(a, "\0").replace(b, a).replace("\0", b)).keys()


# What is told of a copy in which one thing is changed. ---------------------------------------------------------------------------

BESIDE = "something else stands beside it"
SIGNS = "signs beside it or within it are not the source's"
OFF = "something is put in that is marked off"
VERSION = "the copy has it twice, differently: "
LONG = ("某年某月某日某地某人某事" * 40)[:410]
AS_IS, IN_ONE_LINE, TWICE, WITH_ADVERTS = "as it is", "in one line", "its line twice", "with adverts"
VERDICTS = [
    (AS_IS, "240把", "(240把)", [("240把", "unclear", "(240把)、", SIGNS)]),
    (AS_IS, "240把", "约240把", [("240把", "contradicted", "约240把", BESIDE)]),
    (TWICE, "240把", "约240把", [("240把", "contradicted", "约240把", VERSION)]),
    (WITH_ADVERTS, "240把", "约240把", [("240把", "contradicted", "约240把", BESIDE)]),
    (AS_IS, "240把", "241把", [("240把", "contradicted", "241把", "")]),
    (TWICE, "240把", "241把", [("240把", "contradicted", "241把", VERSION)]),
    (AS_IS, "240把", "一二三四五六七八九十一二三四五六七八把", [("240把", "missing", None, "")]),
    (AS_IS, "240把", "240把甲乙丙丁戊己庚辛壬癸子丑", [("240把", "contradicted", "240把甲乙丙丁戊己庚辛壬癸子丑", BESIDE)]),
    (AS_IS, "240把", "甲乙丙丁戊己庚辛壬癸子丑240把", [("240把", "contradicted", "甲乙丙丁戊己庚辛壬癸子丑240把", BESIDE)]),
    (AS_IS, "240把", "240把甲乙丙丁戊己庚辛壬癸子丑寅", [("240把", "unclear", "240把", BESIDE)]),
    (AS_IS, "240把", "甲乙丙丁戊己庚辛壬癸子丑寅240把", [("240把", "unclear", "240把", BESIDE)]),
    (AS_IS, "240把", "240把[1]", [("240把", "unclear", "240把[1", BESIDE)]),
    (AS_IS, "240把", "24[1]0把", [("240把", "unclear", "24[1]0把", OFF)]),
    (WITH_ADVERTS, "240把", "24[1]0把", [("240把", "unclear", "24[1]0把", OFF)]),
    (AS_IS, "240把", "<b>1</b>240把", [("240把", "unclear", "1240把", BESIDE)]),
    (IN_ONE_LINE, "240把", "<b>1</b>240把", [("240把", "unclear", "1240把", BESIDE)]),
    (AS_IS, "240把", "240把\n广告\n", [("240把", "unclear", "240把\n广告", BESIDE)]),
    (IN_ONE_LINE, "240把", "240把\n广告\n", [("240把", "contradicted", "240把广告", BESIDE)]),
    (WITH_ADVERTS, "240把", "240把\n广告\n", [("240把", "unclear", "240把", BESIDE)]),
    (AS_IS, "240把、台灯95盏", "250把、台灯96盏", [("240把", "contradicted", "250把", ""), ("95盏", "contradicted", "96盏", "")]),
    (WITH_ADVERTS, "240把、台灯95盏", "250把、台灯96盏", [("240把", "contradicted", "250把", ""), ("95盏", "contradicted", "96盏", "")]),
    (AS_IS, "240把、台灯95盏", "95盏", [("240把", "missing", None, ""), ("95盏", "unclear", "95盏", BESIDE)]),
    (TWICE, "240把、台灯95盏", "95盏", [("95盏", "unclear", "95盏", VERSION)]),
    (AS_IS, "、台灯", f"、{LONG}台灯", [("240把", "unclear", "240把", BESIDE)]),
    (AS_IS, "座椅240把", f"座椅{LONG}250把", [("240把", "missing", None, "")]),
    (AS_IS, "48600册", "48 600册[1]", [("48600册", "unclear", "48600册[1", BESIDE)]),
    (TWICE, "48600册", "48 600册[1]", [("48600册", "unclear", "48600册[1", VERSION)]),
    (
        AS_IS,
        "27350公里",
        "27 350公里以上",
        [
            ("27350公里", "contradicted", "27350公里以上", BESIDE),
            ("@3:32-49", "contradicted", "以上,孩子们每逢周四都守在晒谷场边等车来", BESIDE),
        ],
    ),
    (TWICE, "27350公里", "27 350公里以上", []),
    (WITH_ADVERTS, "27350公里", "27 350公里以上", [("27350公里", "unclear", "27350公里", BESIDE), ("@3:32-49", "missing", None, "")]),
    (AS_IS, "里程已有27350公里", "里程已达27.35千公里", [("27350公里", "unclear", "27350公里", BESIDE)]),
    (TWICE, "里程已有27350公里", "里程已达27.35千公里", []),
    (AS_IS, "27350公里", "27.35千公里", []),
    (AS_IS, "馆长*谈到", "馆长*未谈到", [("@3:0-5", "contradicted", "馆长*未谈到", "")]),
    (TWICE, "馆长*谈到", "馆长*未谈到", [("@3:0-5", "contradicted", "馆长*未谈到", VERSION)]),
    (WITH_ADVERTS, "馆长*谈到", "馆长*未谈到", [("@3:0-5", "missing", None, "")]),
    (AS_IS, "馆长*谈到", "馆长3谈到", [("@3:0-5", "contradicted", "馆长3谈到", "")]),
    (TWICE, "馆长*谈到", "馆长3谈到", [("@3:0-5", "contradicted", "馆长3谈到", VERSION)]),
    (AS_IS, "馆长*谈到", "馆长甲乙丙丁戊己庚辛谈到", []),
    (TWICE, "馆长*谈到", "馆长甲乙丙丁戊己庚辛谈到", [("@3:0-5", "unclear", "馆长甲乙丙丁戊己庚辛谈到", VERSION)]),
    (WITH_ADVERTS, "馆长*谈到", "馆长甲乙丙丁戊己庚辛谈到", []),
    (AS_IS, "馆长*谈到", "馆长甲乙丙丁戊己庚辛壬谈到", [("@3:0-5", "contradicted", "馆长甲乙丙丁戊己庚辛壬谈到", "")]),
    (AS_IS, "馆长*谈到", "副馆长*谈到", [("@3:0-5", "unclear", "副馆长*谈到", BESIDE)]),
    (IN_ONE_LINE, "馆长*谈到", "副馆长*谈到", [("@3:0-5", "contradicted", "副馆长*谈到", BESIDE)]),
    (TWICE, "馆长*谈到", "副馆长*谈到", [("@3:0-5", "unclear", "馆长*谈到", VERSION)]),
    (AS_IS, "五级*督办见效", "五级书记督办(注)见效", [("@5:34-41", "contradicted", "五级书记督办(注)见效", "")]),
    (AS_IS, "五级*督办见效", "五级书记督办初见效", [("@5:34-41", "contradicted", "五级书记督办初见效", "")]),
    (
        IN_ONE_LINE,
        "五级*督办见效",
        "五级书记督办初见效",
        [("@5:34-41", "contradicted", "五级书记督办初见效", ""), ("石桥镇", "unclear", "石桥镇", BESIDE)],
    ),
    (TWICE, "五级*督办见效", "五级书记督办初见效", [("@5:34-41", "contradicted", "五级书记督办初见效", VERSION)]),
    (WITH_ADVERTS, "五级*督办见效", "五级书记督办初见效", [("@5:34-41", "missing", None, "")]),
    (AS_IS, "每逢周四", "每逢[1]周四", [("@3:32-49", "unclear", "孩子们每逢[1]周四都守在晒谷场边等车来", OFF)]),
    (
        TWICE,
        "每逢周四",
        "每逢[1]周四",
        [("@3:0-5", "unclear", "馆长*谈到", VERSION), ("@3:32-49", "unclear", "孩子们每逢[1]周四都守在晒谷场边等车来", VERSION)],
    ),
    (AS_IS, "每逢周四", "每逢<b>的</b>周四", [("@3:32-49", "unclear", "孩子们每逢的周四都守在晒谷场边等车来", OFF)]),
    (AS_IS, "每逢周四", "每逢周四、周五", [("@3:32-49", "contradicted", "孩子们每逢周四、周五都守在晒谷场边等车来", "")]),
    (
        TWICE,
        "每逢周四",
        "每逢周四、周五",
        [("@3:0-5", "unclear", "馆长*谈到", VERSION), ("@3:32-49", "contradicted", "孩子们每逢周四、周五都守在晒谷场边等车来", VERSION)],
    ),
    (WITH_ADVERTS, "每逢周四", "每逢周四、周五", [("@3:32-49", "missing", None, "")]),
    (AS_IS, "每逢周四", "每逢\n广告\n周四", [("@3:32-49", "unclear", "孩子们每逢\n广告\n周四都守在晒谷场边等车来", OFF)]),
    (IN_ONE_LINE, "每逢周四", "每逢\n广告\n周四", [("@3:32-49", "contradicted", "孩子们每逢广告周四都守在晒谷场边等车来", "")]),
    (
        AS_IS,
        "孩子们每逢",
        "小孩子们每逢",
        [
            ("27350公里", "contradicted", "27350公里,小", BESIDE),
            ("@3:32-49", "contradicted", "小孩子们每逢周四都守在晒谷场边等车来", BESIDE),
        ],
    ),
    (TWICE, "孩子们每逢", "小孩子们每逢", []),
    (AS_IS, "孩子们每逢", "孩子们+每逢", [("@3:32-49", "unclear", ",孩子们+每逢周四都守在晒谷场边等车来。\n", SIGNS)]),
    (
        TWICE,
        "孩子们每逢",
        "孩子们+每逢",
        [("@3:0-5", "unclear", "馆长*谈到", VERSION), ("@3:32-49", "unclear", ",孩子们+每逢周四都守在晒谷场边等车来。\n", SIGNS)],
    ),
    (WITH_ADVERTS, "孩子们每逢", "孩子们+每逢", [("@3:32-49", "unclear", ",孩子们+每逢周四都守在晒谷场边等车来。\n【", SIGNS)]),
    (AS_IS, "孩子们每逢", "孩子们?每逢", [("@3:32-49", "unclear", ",孩子们?每逢周四都守在晒谷场边等车来。\n", SIGNS)]),
    (AS_IS, "车来。", "车来了。", [("@3:32-49", "unclear", "孩子们每逢周四都守在晒谷场边等车来了", BESIDE)]),
    (IN_ONE_LINE, "车来。", "车来了。", [("@3:32-49", "contradicted", "孩子们每逢周四都守在晒谷场边等车来了", BESIDE)]),
    (
        TWICE,
        "车来。",
        "车来了。",
        [("@3:0-5", "unclear", "馆长*谈到", VERSION), ("@3:32-49", "unclear", "孩子们每逢周四都守在晒谷场边等车来了", VERSION)],
    ),
    (AS_IS, "望渡村有", "望渡村庄有", [("望渡村", "unclear", "望渡村庄", BESIDE)]),
    (TWICE, "望渡村有", "望渡村庄有", []),
    (WITH_ADVERTS, "望渡村有", "望渡村庄有", [("望渡村", "unclear", "望渡村庄", BESIDE)]),
    (AS_IS, "顾怀舟办", "顾怀舟同志办", [("顾怀舟", "unclear", "顾怀舟同志", BESIDE)]),
    (TWICE, "顾怀舟办", "顾怀舟同志办", [("顾怀舟", "unclear", "顾怀舟同志", VERSION)]),
    (AS_IS, "顾怀舟", "顾怀周", [("顾怀舟", "contradicted", "顾怀周", "")]),
    (WITH_ADVERTS, "顾怀舟", "顾怀周", [("顾怀舟", "contradicted", "顾怀周", "")]),
    (AS_IS, "云溪县:书车", "1云溪县:书车", [("云溪县", "missing", None, "")]),
    (IN_ONE_LINE, "云溪县:书车", "1云溪县:书车", [("云溪县", "missing", None, "")]),
    (TWICE, "云溪县:书车", "1云溪县:书车", []),
    (AS_IS, "云溪县:书车", "+云溪县:书车", [("云溪县", "unclear", "+云溪县:", SIGNS)]),
    (AS_IS, "石桥镇:旧", "石桥乡:旧", [("石桥镇", "contradicted", "石桥乡", "")]),
    (IN_ONE_LINE, "石桥镇:旧", "石桥乡:旧", [("@5:34-41", "unclear", "五级*督办见效", BESIDE), ("石桥镇", "contradicted", "石桥乡", "")]),
    (WITH_ADVERTS, "石桥镇:旧", "石桥乡:旧", [("石桥镇", "missing", None, "")]),
    (AS_IS, "岭南画报)\n志愿", "岭南画报社)\n志愿", [("岭南画报", "unclear", "岭南画报社", BESIDE)]),
    (
        IN_ONE_LINE,
        "岭南画报)\n志愿",
        "岭南画报社)\n志愿",
        [("@3:32-49", "unclear", "孩子们每逢周四都守在晒谷场边等车来", BESIDE), ("岭南画报", "unclear", "岭南画报社", BESIDE)],
    ),
    (AS_IS, "岭南画报)\n志愿", "岭南画报)3\n志愿", [("岭南画报", "unclear", "岭南画报)3", BESIDE)]),
    (
        AS_IS,
        "310天,日均接待85人",
        "85人,日均接待310天",
        [("310天", "contradicted", "85人,日均接待310天", BESIDE), ("85人", "contradicted", "85人,日均接待310天", BESIDE)],
    ),
    (TWICE, "310天,日均接待85人", "85人,日均接待310天", [("85人", "contradicted", "310天", VERSION)]),
    (
        WITH_ADVERTS,
        "310天,日均接待85人",
        "85人,日均接待310天",
        [("310天", "unclear", "310天", BESIDE), ("85人", "contradicted", "85人,日均接待310天", BESIDE)],
    ),
    (
        AS_IS,
        "2031年5月,",
        "2031年5月1日,",
        [("2031年5月", "contradicted", "2031年5月1日", BESIDE), ("云溪县", "unclear", "1日,云溪县", BESIDE)],
    ),
    (
        TWICE,
        "2031年5月,",
        "2031年5月1日,",
        [("2031年5月", "contradicted", "2031年5月1日", VERSION), ("云溪县", "unclear", "1日,云溪县", VERSION)],
    ),
    (
        WITH_ADVERTS,
        "2031年5月,",
        "2031年5月1日,",
        [("2031年5月", "contradicted", "2031年5月1日", BESIDE), ("云溪县", "unclear", "云溪县", BESIDE)],
    ),
    (AS_IS, "7名馆员", "7+名馆员", [("7名", "contradicted", ",7+名", SIGNS)]),
    (AS_IS, "7名馆员", "-7名馆员", [("62%", "unclear", "62%,-", SIGNS), ("7名", "unclear", ",-7名", SIGNS)]),
    (TWICE, "7名馆员", "-7名馆员", [("62%", "unclear", "62%,-", SIGNS), ("7名", "unclear", ",-7名", SIGNS)]),
    (AS_IS, "62%", "±62%", [("62%", "contradicted", "±62%,", SIGNS)]),
    (AS_IS, "1 10", "1 10 1", [("1 10", "contradicted", "1 10 1", BESIDE)]),
    (TWICE, "1 10", "1 10 1", [("1 10", "contradicted", "1 10 1", VERSION)]),
    (WITH_ADVERTS, "1 10", "1 10 1", [("1 10", "unclear", "1 10", BESIDE)]),
    (AS_IS, "22篇", "222篇", [("22篇", "missing", None, "")]),
    (TWICE, "22篇", "222篇", [("22篇", "contradicted", "222篇", VERSION)]),
    (AS_IS, "两年里共写出", "两年里写出", []),
]


def edited(form, old, new):
    """The article with one change: as it is, without line breaks, only in a second copy of its line, or with adverts between the lines."""
    if form == TWICE:
        line = next(line for line in LINES if old in line)
        return ARTICLE.replace(line, f"{line}\n{line.replace(old, new, 1)}")
    copy = ARTICLE.replace(old, new, 1)
    return copy.replace("\n", "") if form == IN_ONE_LINE else copy.replace("\n", "\n" + ADVERT) if form == WITH_ADVERTS else copy


def told_of(copy, spans=SPANS, context=CONTEXT):
    """Of what is not confirmed: characters or key, status, what stands there, and why."""
    found, reading = judge(spans, Reading(copy), context)
    names = {span.key: span.text or f"@{span.key}" for span in spans}
    return [
        (names[key], one.status, None if one.start is None else reading.view.text[one.start : one.end], one.reason)
        for key, one in found.items()
        if one.status != "confirmed"
    ]


@pytest.mark.parametrize(("form", "old", "new", "told"), VERDICTS)
def test_what_is_told_of_a_change(form, old, new, told):
    """All that is not confirmed, what stands there instead, and why; of two versions the reason has the other one."""
    found = [one for one in told_of(edited(form, old, new)) if form != WITH_ADVERTS or one[0] != "岭南画报"]
    assert [(*one[:3], VERSION if one[3].startswith(VERSION) else one[3]) for one in found] == told
    for name, *_, reason in found:
        if reason.startswith(VERSION):
            assert reason.endswith(" as well")
            assert name[0] == "@" or repr(name) in reason


EDGED = """\
县委*〔孙永胜〕到村里说,这〔12户〕*都要搬下山来。
〈驻村*〉走访了〔30户〕人家,*〈带头栽下果树〉三千株。
*〔李桂花〕全票当选,〔85人〕到场,会上念了*"""
EDGES = [
    ("县委*", "县委书记", []),
    ("县委*", "县委", []),
    ("县委*", "县委甲乙丙丁戊己庚辛", []),
    ("县委*", "县委甲乙丙丁戊己庚辛壬", [("孙永胜", "missing", None, "")]),
    ("县委*", "县委3", [("孙永胜", "missing", None, "")]),
    ("县委*", "县长*", [("孙永胜", "missing", None, "")]),
    ("*孙", "*老孙", [("孙永胜", "missing", None, "")]),
    ("*孙", "书记老孙", []),
    ("县委*孙", "县委*\n孙", []),
    ("县委*", "*", [("孙永胜", "missing", None, "")]),
    ("县委*", "县长书记", [("孙永胜", "missing", None, "")]),
    ("户*都", "户老人都", []),
    ("户*都", "户都", []),
    ("户*都", "户*全", [("12户", "unclear", "12户", BESIDE)]),
    ("户*都", "户*才都", [("12户", "contradicted", "12户*才", BESIDE)]),
    ("户*都", "户甲乙丙丁戊己庚辛都", []),
    ("户*都", "户甲乙丙丁戊己庚辛壬都", [("12户", "contradicted", "12户甲乙丙丁戊己庚辛壬", BESIDE)]),
    ("户*都", "户2人都", [("12户", "contradicted", "12户2人", BESIDE)]),
    ("户*都", "户以上*都", [("12户", "contradicted", "12户以上", BESIDE)]),
    ("户*都", "户\n*都", []),
    ("驻村*", "驻村书记", []),
    ("驻村*", "驻村", []),
    ("驻村*走访", "驻村*暗访", [("@2:0-3", "unclear", "驻村", BESIDE)]),
    ("驻村*", "在村*", [("@2:0-3", "contradicted", "在村", "")]),
    ("驻村*", "驻村甲乙丙丁戊己庚辛壬", [("@2:0-3", "contradicted", "驻村甲乙丙丁戊己庚辛壬", BESIDE)]),
    ("驻村*", "驻村1", [("@2:0-3", "contradicted", "驻村1", BESIDE)]),
    ("*带头", "书记带头", []),
    ("*带头", "带头", []),
    ("*带头", "*不带头", [("@2:13-19", "contradicted", "不带头栽下果树", BESIDE)]),
    ("*带头", "书记不带头", []),
    ("家,*", "户,*", [("30户", "unclear", "30户", BESIDE), ("@2:13-19", "unclear", "带头栽下果树", BESIDE)]),
    ("果树三", "果树两", [("@2:13-19", "unclear", "带头栽下果树", BESIDE)]),
    ("*李桂花", "主任李桂花", []),
    ("*李桂花", "李桂花", []),
    ("*李桂花", "*李桂华", [("李桂花", "contradicted", "李桂华", "")]),
    ("*李桂花", "*小李桂花", [("李桂花", "unclear", "小李桂花", BESIDE)]),
    ("。\n*李", "。*李", []),
    ("*李桂花全票", "*李桂花当场全票", [("李桂花", "unclear", "李桂花当场", BESIDE)]),
    ("念了*", "念了名单", []),
    ("念了*", "念了", []),
    ("12户", "13户", [("12户", "contradicted", "13户", "")]),
    ("30户", "31户", [("30户", "contradicted", "31户", ""), ("@2:13-19", "unclear", "带头栽下果树", BESIDE)]),
    ("85人", "86人", [("85人", "missing", None, "")]),
]


@pytest.mark.parametrize(("old", "new", "told"), EDGES)
def test_what_is_told_of_a_change_beside_a_mask(old, new, told):
    """Up to eight characters without a number may stand for a mask, or none; beyond it, or where it still stands, all is as it was."""
    article, spans = read(EDGED)
    assert old in article
    assert told_of(article.replace(old, new, 1), spans, Context(same, lambda _: "", {})) == told


ALONE = """\
首段说的是别的事情
〈整整一行都是引文没有别的字〉
末段也说别的
〈短行引文〉
完"""


@pytest.mark.parametrize("marked", [MARKED, EDGED, ALONE], ids=["article", "masks", "lines"])
def test_a_span_is_found_without_the_others(marked):
    """By its characters or, where these are not kept, by what is beside it or by being a line; two equal ones are not."""
    article, spans = read(marked)
    for span in spans:
        (found,) = found_in(article, [span], Context(same, lambda _: "", {})).values()
        locator = Locator.parse(span.key)
        expected = ("missing", None) if span.text == "岭南画报" else ("confirmed", locator.cut(article.split("\n")).strip("*"))
        assert found == expected, span.key


@pytest.mark.parametrize(
    ("marked", "key", "copy", "status"),
    [
        (ALONE, "2:0-13", "整整一行都是引文没有别的字", "confirmed"),
        (ALONE, "2:0-13", "x\n整整一行都是引文没有别的字\ny", "confirmed"),
        (ALONE, "2:0-13", "x整整一行都是引文没有别的字\ny", "missing"),
        (ALONE, "2:0-13", "x\n整整一行都是引文没有别的字y", "missing"),
        (ALONE, "4:0-4", "另有\n短行引文\n另有", "missing"),  # so short a line may stand anywhere
        (MARKED, "7:24-28", "某地\n添置座椅240把、台灯9\n别处", "confirmed"),
        (MARKED, "7:24-28", "某地\n座椅240把、台灯9\n别处", "confirmed"),
        (MARKED, "7:24-28", "某地\n椅240把、台灯9\n别处", "missing"),
        (MARKED, "7:24-28", "某地\n添置座椅240把、台\n别处", "missing"),
        (MARKED, "7:24-28", "某地\n添置座椅240把\n别处", "missing"),
        (MARKED, "3:32-49", "50公里,孩子们每逢周四都守在晒谷场边等车来\n", "confirmed"),
        (MARKED, "3:32-49", "公里,孩子们每逢周四都守在晒谷场边等车来\n", "missing"),
        (MARKED, "3:32-49", "孩子们每逢周四都守在晒谷场边等车来\n", "missing"),
    ],
)
def test_how_much_must_stand_around_a_span(marked, key, copy, status):
    """Two characters on both sides, or the end of the line that the source has there; of what is short, more."""
    span = next(span for span in read(marked)[1] if span.key == key)
    assert found_in(copy, [span])[key][0] == status


ONE = """\
他们先说了一件事
我〔12户〕都去了村里〔30人〕啊
后来又说了别的事"""


@pytest.mark.parametrize(
    ("old", "new", "missing"),
    [
        ("\n我", "我", ["12户"]),
        ("\n我", "\n某我", ["12户"]),
        ("\n我", "\n你", ["12户"]),
        ("\n我", "\n广告\n我", []),
        ("啊\n", "啊", ["30人"]),
        ("啊\n", "啊呀\n", ["30人"]),
        ("啊\n", "呀\n", ["30人"]),
        ("啊\n", "啊。\n广告\n", []),
        ("后来", "当时", []),
    ],
)
def test_one_character_between_a_span_and_the_end_of_its_line(old, new, missing):
    """It must stand there, and the line end behind it; what the next line says makes no difference."""
    article, spans = read(ONE)
    assert bad(article.replace(old, new, 1), spans) == dict.fromkeys(missing, ("missing", None))


DOUBLED = [
    ("3次", "3次3次", [("3次", "contradicted", "3次3次", BESIDE)]),
    ("升到62%", "升到升到62%", [("31.5%", "unclear", "31.5%", SIGNS), ("62%", "unclear", "62%,", SIGNS)]),
    ("12所小学", "12所小学小学", [("12所", "unclear", "12所", SIGNS)]),
    ("240把、台灯", "240把、台灯、台灯", [("240把", "unclear", "240把、", SIGNS), ("95盏", "unclear", "95盏,", SIGNS)]),
    ("札记1460篇", "札记札记1460篇", [("1460篇", "unclear", "1460篇,", SIGNS)]),
]


@pytest.mark.parametrize(("old", "new", "told"), DOUBLED)
def test_what_stands_twice_beside_a_span_may_have_been_put_there(old, new, told):
    """Either of the two is the source's, so nothing is confirmed."""
    assert told_of(ARTICLE.replace(old, new, 1)) == told


@pytest.mark.parametrize(("line", "status"), [("八个字的一行而已", "confirmed"), ("七个字的一行吧", "missing")])
def test_eight_characters_stand_in_one_place_alone(line, status):
    """A line of its own that is cited as a whole is found without what was around it; a shorter one is not."""
    _, spans = read(f"首段说的是别的\n〈{line}〉\n末段也说别的")
    assert [one[0] for one in found_in(f"x\n{line}\ny", spans).values()] == [status]


ORDERS = [
    # the lines, which of them one record rests on, and what of which lines is told
    ([1, 3, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12], (2, 5), {3: ("moved", "")}),
    ([1, 3, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12], (2, 3), {3: ("unclear", "it stands apart from the rest of its record")}),
    (
        [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 11],
        (10, 11),
        {11: ("unclear", "it stands apart from the rest of its record"), 12: ("moved", "")},
    ),
    ([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 11], (11, 12), {12: ("unclear", "it stands apart from the rest of its record")}),
    ([1, 2, 3, 4, 5, 6, 7, 8, 12, 9, 10, 11], (), {12: ("unclear", "it stands under another heading")}),
    ([10, 11, 12, 6, 7, 8, 9, 1, 2, 3, 4, 5], (), dict.fromkeys((6, 7, 8, 9, 10, 11, 12), ("moved", ""))),
    ([6, 7, 8, 9, 1, 2, 3, 4, 5, 10, 11, 12], (), dict.fromkeys((6, 7, 8, 9), ("moved", ""))),
]


@pytest.mark.parametrize(("order", "together", "told"), ORDERS)
def test_what_is_told_of_lines_in_another_order(order, together, told):
    """Under its own heading and with its record a line is moved; else it is unclear, and the reason says so."""
    records = {key: ["record"] for key in RECORDS if int(key.split(":")[0]) in together}
    found, _ = judge(SPANS, Reading("\n".join(LINES[number - 1] for number in order)), CONTEXT._replace(records=records))
    seen = {(int(key.split(":")[0]), one.status, one.reason) for key, one in found.items() if one.status != "confirmed"}
    assert {one for one in seen if one[0] not in (4, 9)} == {(line, *status) for line, status in told.items() if line not in (4, 9)}


def test_a_name_that_stands_alone_elsewhere_is_unclear():
    """One span apart from all its neighbours proves nothing."""
    found = told_of("\n".join(LINES[number - 1] for number in [1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 10, 12]))
    assert ("望渡村", "unclear", "望渡村", "it stands elsewhere, alone") in found


# Sections and versions. ---------------------------------------------------------------------------------------------------------


def test_a_section_that_moved_is_moved():
    """The sections in another order: the longest stretch in order is confirmed, the rest moved."""
    found = found_in("\n".join([*LINES[9:], *LINES[:9]]))
    assert {key for key, one in found.items() if one[0] == "moved"} == {span.key for span in SPANS if Locator.parse(span.key).line > 9}
    assert {status for status, _ in found.values()} == {"confirmed", "moved"}


def lines_not_good(order):
    keys = {span.key: (span.text or span.key) for span in SPANS}
    found = found_in("\n".join(LINES[number - 1] for number in order))
    return {int(key.split(":")[0]) for key in keys if found[key][0] not in ("confirmed", "moved")}


def test_a_line_is_good_only_under_its_own_heading():
    """Exchanged lines, one under another heading, exchanged headings: what stands astray is unclear."""
    assert {3, 8} <= lines_not_good([1, 2, 8, 4, 5, 6, 7, 3, 9, 10, 11, 12])
    assert 12 in lines_not_good([1, 2, 3, 12, 4, 5, 6, 7, 8, 9, 10, 11])
    assert {2, 3, 7, 8} <= lines_not_good([6, 2, 3, 4, 5, 1, 7, 8, 9, 10, 11, 12])


def test_spans_of_a_record_move_together():
    """A line that another line's record rests on is no longer before it."""
    together = CONTEXT._replace(records={key: ["place"] if key.startswith(("11:", "12:")) else records for key, records in RECORDS.items()})
    order = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 11]
    found = found_in("\n".join(LINES[number - 1] for number in order), context=together)
    assert {one[0] for key, one in found.items() if key.startswith("12:")} == {"unclear"}
    assert lines_not_good(order) == set()


@pytest.mark.parametrize("text", ["12所", "7名", "22篇", "2031年5月", "73户"])
def test_two_versions_contradict_each_other(text):
    """A copy that has it twice, differently: whole or one line, in either order."""
    other = re.sub(r"\d", lambda found: str((int(found[0]) + 1) % 10), text, count=1)
    line = next(line for line in LINES if text in line)
    for one, two in ((text, other), (other, text)):
        whole = ARTICLE.replace(text, one) + "\n" + ARTICLE.replace(text, two)
        twice = ARTICLE.replace(line, f"{line.replace(text, one)}\n{line.replace(text, two)}")
        for copy in (whole, twice):
            assert {name for name, (status, _) in bad(copy).items() if status == "contradicted"} == {text}
    assert bad(ARTICLE + "\n" + ARTICLE) == {}


# Work. --------------------------------------------------------------------------------------------------------------------------


def villages(count):
    """The lines of an article about so many villages, and its spans, whose keys count when they are looked up."""
    marked = "\n".join(f"第{n}村有〔{n * 37 % 1009}户〕人家,〈{'甲乙丙丁戊己庚辛壬癸'[n % 10] * 16}{n}〉" for n in range(count))
    article, spans = read(marked, Counted)
    return article.split("\n"), spans


@pytest.mark.parametrize("rest", [slice(0), slice(75, 77), slice(None, None, 2)], ids=["nothing", "two lines", "every other line"])
def test_twice_the_article_is_twice_the_work(rest):
    """Whatever part of it the copy has."""
    (_, once), (lines, twice) = villages(150), villages(300)
    reading = Reading("\n".join(lines[rest]))
    context = Context(same, lambda _: "", {})
    judge(once, reading, context)  # imports and caches
    assert work(lambda: judge(twice, reading, context)) <= 2.6 * work(lambda: judge(once, reading, context))
