"""The article in honest and in falsified copies: cases of every kind that was reported, and the study's drawn ones with one seed."""

import re
from itertools import accumulate, zip_longest

import pytest

import povdata
from povdata import installed
from povdata.locators import Locator
from povdata.verification import locate

try:
    import copies
except ImportError:  # benchmarks/ is not at hand
    copies = None

# What stands in the article → what stands in a copy that says something else. Each stands for its kind.
FALSIFIED = [
    *(("62个", f"1<{tag}>62个</{tag}>") for tag in ("small", "x-y")),
    ("62个", "1<wbr>62个"),
    ("62个", "<time>1</time>62个"),
    ("9800元", "1<ins>9800元</ins>"),
    *(
        ("9800元", f"<span {hiding}>9800元</span>9900元")
        for hiding in ("hidden", 'style="display:none"', 'style="text-decoration:line-through"')
    ),
    ("9800元", "<noscript>9800元</noscript>9900元"),
    ("9800元", "~~9800元~~ 9900元"),
    ("9800元", "<del>9800元</del>"),
    ("9800元", "9900元<template>9800元</template>"),
    ("9800元", '9900元<img alt=">9800元">'),
    ("9800元", "1</span><span>9800元"),
    ("9800元", "9\u03368\u03360\u03360\u0336元"),
    ("62个", "\u202e62\u202c个"),
    ("62个", '<bdo dir="rtl">62</bdo>个'),
    *(("62个", before + "62个") for before in "٣卅③l½-约"),
    *(("62个", within) for within in ("62Ⅲ个", "62²个", "62+个", "60至62个", "60—62个")),
    *(
        ("9800元", sign + "9800元")
        for sign in ("&ge;", "&minus;", "≥", "没有", "大致", "顶多", "每", "1又", "9900元或", "约为", "1/", "<b>5</b>", "一万 ")
    ),
    *(
        ("9800元", "9800元" + after)
        for after in ("×2", "½", "的三分之一", "每月", "之外", "(误,应为9900元)", "至9900元", "—9900元", "或以上", "的一半", "+", "?")
    ),
    *(("689个", before + "689个") for before in ("1\u202f", "1&thinsp;", "1 ")),
    ("800余名", "<b>三千</b>800余名"),
    ("2月29日", "农历2月29日"),
    ("2月29日", "2019年2月29日"),
    ("2月29日", "2月29日至3月2日"),
    *(("62个贫困县全部摘帽", f"62个贫困县{word}全部摘帽") for word in ("不曾", "计划", "几乎", "未")),
]
# What stands in a copy that says the same.
HONEST = [
    *(("62个", f"6<{tag}>2</{tag}>个") for tag in ("small", "ins", "x-y")),
    *(("7746个", broken) for broken in ("77 \n46个", "77\n  46个", "77<br>46个", "7 746个", "七千七百四十六个")),
    *(("54.4%", other) for other in ("<ruby>54<rt>x</rt></ruby>.<ruby>4<rt>x</rt></ruby>%", "54\\.4%", "百分之五十四点四")),
    ("9800元", "0.98万元"),
    *(("\n2月29日", f"\n{year}2月29日") for year in ("今年", "2020年")),
    ("\n2月29日", "\n2020-02-29"),
    ("民", "⺠"),
    ("个", "個"),
    ("全县", '全<span style="font-size:0">77</span>县'),
]


def touched(text, old, new):
    """The keys of the spans within some characters of the article, wherever these stand, that reach to where others replace them."""
    start = next((at for at, (one, two) in enumerate(zip(old, new, strict=False)) if one != two), len(old))
    end = len(old) - next((at for at, (one, two) in enumerate(zip(old[start:][::-1], new[start:][::-1], strict=False)) if one != two), 0)
    begins = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
    places = [found.start() for found in re.finditer(re.escape(old), text)]
    for span in povdata.spans:
        at = Locator.parse(span.key)
        first, last = begins[at.line - 1] + at.start, begins[at.line - 1] + at.end
        if any(place <= first <= place + end and place + start <= last <= place + len(old) for place in places):
            yield span.key


def together(cases):
    """Cases that stand far from each other, so that one copy holds one of each place; pages apart from texts."""
    places = {}
    for old, new in cases:
        places.setdefault(("<" in new or "&" in new, old[:2]), []).append((old, new))
    for page in (False, True):
        for turn in zip_longest(*(of for (is_page, _), of in places.items() if is_page == page)):
            yield [case for case in turn if case is not None]


def changed(text, cases):
    for old, new in cases:
        assert old in text
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize("cases", list(together(FALSIFIED)))
def test_no_falsified_figure_is_confirmed(article_lines, cases):
    """Every span that a change touches."""
    text = "\n".join(article_lines)
    found = locate(changed(text, cases), installed.source())
    for old, new in cases:
        keys = list(touched(text, old, new))
        assert keys, new
        assert [(new, key) for key in keys if found[key].status in ("confirmed", "moved")] == []


@pytest.mark.parametrize("cases", list(together(HONEST)))
def test_an_honest_difference_is_confirmed(article_lines, cases):
    """All passages of the copy."""
    found = locate(changed("\n".join(article_lines), cases), installed.source())
    assert {key: one.status for key, one in found.items() if one.status != "confirmed"} == {}


def test_a_footnote_mark_is_unclear(article_lines):
    """It is neither confirmed nor called false; nothing else is touched."""
    found = locate("\n".join(article_lines).replace("62个", "62个[1]"), installed.source())
    assert [(one.expected, one.status) for one in found.values() if one.status != "confirmed"] == [("62个", "unclear")]


def test_a_passage_is_contradicted_with_its_parts(article_lines):
    """Where a paragraph stands twice, with another figure in one of them, so is the passage around the figure."""
    false = article_lines[126].replace("60岁", "70岁")
    found = locate("\n".join([*article_lines[:126], false, *article_lines[126:]]), installed.source())
    assert (found["127:35-40"].status, found["127:14-65"].status) == ("contradicted", "contradicted")


@pytest.fixture(scope="module")
def article(article_lines):
    return copies.Article("\n".join(article_lines))


@pytest.mark.skipif(copies is None, reason="needs benchmarks/copies.py")
@pytest.mark.parametrize("kind", copies.HONEST if copies else [])
def test_an_honest_copy_is_good(article, kind):
    """With one seed: at least 99.5 % of what is present is good, if sentences are left whole, and nothing is contradicted."""
    examples = []
    counts = copies.recall(article, kind, 1, examples)
    assert counts["contradicted"] == counts["false"] == 0, examples
    assert kind in copies.TORN or counts["confirmed"] + counts["moved"] >= 0.995 * counts["present"], examples


@pytest.mark.skipif(copies is None, reason="needs benchmarks/copies.py")
@pytest.mark.parametrize("kind", [*copies.FALSIFIED, *copies.WHOLE] if copies else [])
def test_nothing_false_is_confirmed(article, kind):
    """With one seed."""
    examples = []
    counts = copies.falsified(article, kind, 1, examples)
    assert counts["falsified"] > 0
    assert counts["confirmed"] + counts["moved"] == 0, examples
