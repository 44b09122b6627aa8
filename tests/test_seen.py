"""A copy as a reader sees it, and its stream of letters and figures."""

import re

import pytest

from povdata.verification.normalize import BLANK, BRACKET, DASH, OTHER, PLUS, QUESTION, SIGN, SIGNS, STROKE, Reading, View, seen
from test_work import work

STREAMS = [
    # plain text
    ("31.5%", "31.5%"),
    ("３１．５％", "31.5%"),
    ("1,234,567册", "1234567册"),
    ("１，２３４册", "1234册"),
    ("1\u202f234册", "1234册"),
    ("1 234册", "1|234册"),
    ("1,200,3", "1|200|3"),
    ("2019,303个", "2019|303个"),
    ("1 10", "1|10"),
    ("1+10", "1|10"),
    ("11\u200b0", "110"),
    ("1\n10", "110"),
    ("1 \r\n  10", "110"),
    ("1.\r\n10", "1.10"),
    ("1\n.10", "1.10"),
    ("1\n\n10", "1|10"),
    ("“A”、b——《丙》**", "ab丙"),
    ("结尾3.", "结尾3"),
    ("54\\.4%", "54.4%"),
    ("7**74**6", "7746"),
    ("", ""),
    # every character with a numeric value, and every letter, is one of the stream
    ("9800½元", "9800½元"),
    ("5²", "5²"),
    ("③5", "③5"),
    ("٣5", "٣5"),
    ("5‰", "5‰"),
    ("甲,.5", "甲.5"),
    ("甲。5.", "甲5"),
    # struck out, turned round
    ("~~98~~ 99", "99"),
    ("[s]98[/s]99[S]1[/S]", "99"),
    ("\u202e62\u202c个", "个"),
    # before every line
    ("> 甲\n>> 乙\n> > 3\n", "甲乙3"),
    ("1. 甲\n2. 乙\n3. 丙\n", "甲乙丙"),
    ("甲\n-5\n乙\n丁", "甲5乙丁"),
    # references and feeds
    ("1&#50;3", "123"),
    ("5&lt;6 &ldquo;丁&rdquo; &#19993; &#x4e19; &bogus;", "5|6丁丙丙bogus"),
    ("a&NotEqualTilde;b", "ab"),
    ("&lt;p&gt;甲&lt;/p&gt;", "甲"),
    ("甲&amp;nbsp;乙", "甲乙"),
    ("<?xml version='1.0'?><rss><a><![CDATA[<p>甲</p>]]></a></rss>", "甲"),
    # HTML
    ("<p><![if x]>甲<![endif]><![x[5]]>乙</p>", "甲乙"),
    ("<ruby>54<rt>&#257;</rt></ruby>", "54"),
    ("<span style='display&#58;none'>9</span>8", "8"),
    ("<td>3</td><td>5</td>", "3|5"),
    ("<div>3</div>5", "3|5"),
    ("3<br>5", "35"),
    ("3<b>5</b><small>6</small><x-y>7</x-y>", "3567"),
    ("a < b", "ab"),
    ("<p class='x1'>甲&nbsp;乙</p><!-- 9 --><script>var a = 1;</script>丙&#20;", "甲乙丙"),
    ("甲<!-- 9", "甲"),
    ("甲<b 9", "甲"),
    ("<ruby>54<rt>x</rt></ruby>.4", "54.4"),
    ("<ruby>54<rt>6</rt></ruby>", "546"),
    ("<rt>1</rt>62", "162"),
    ("<pre>1\n2</pre>", "12"),
    ("<p>1\n2</p>", "1|2"),
    ("<s>9</s>8<b><s>7</b>6</s>5", "85"),
    ("<span><s>9</span>8</s>7", "7"),
    ("<p hidden>9<p>8", "8"),
    ("<div hidden>9<div>8</div>7</div>6", "6"),
    ("1<img src=x>2", "1|2"),
    *(
        (f"8<span {hiding}>9</span>7", "87")
        for hiding in (
            "hidden",
            'style="display:none"',
            "STYLE='Visibility : Hidden'",
            'style="color:red;font-size:0"',
            'style="font-size: 0.0em"',
            'style="font:0/0 a"',
            'style="opacity:0"',
            'style="display:/* x */none"',
            'style="text-decoration:underline line-through red"',
        )
    ),
    *((f"8<span {shown}>9</span>7", "897") for shown in ('style="font-size:10px"', 'style="opacity:0.5"', 'style="line-height:0"')),
    *((f"8<{tag}>9</{tag}>7", "8|7") for tag in ("iframe", "object", "svg", "video", "meter")),
    *((f"8<{tag}>9</{tag}>7", "87") for tag in ("noscript", "noframes", "template", "title", "del", "strike", "bdo", "datalist")),
    # what a page hides or closes, and what is written twice over
    ("<dialog>9</dialog>8", "8"),
    ("<dialog open>9</dialog>8", "9|8"),
    ("<b/>1<p/>2<span hidden/>3", "1|2"),
    ("<ruby>甲<rt>jia</rt></ruby>乙", "甲乙"),
    ("<ruby>甲</ruby><rt>ab</rt>", "甲ab"),
    ("<textarea>1\n2</textarea>", "12"),
    ('<?xml version="1.0"?><feed><![CDATA[9]]>8</feed>', "9|8"),
    ("<rss><![CDATA[9]]>8</rss>", "9|8"),
    ("<p><![CDATA[9]]>8</p>", "8"),
    ("<!-- 9 --> <!-- 7 -->6", "6"),
    ("8<!--9-->7<!--6", "87"),
    ("a\n\n<p hidden>1</p>\n2<b>3</b>\n\n4&lt;5\n6", "a23|4|56"),
    ("&amp;amp;lt;b&amp;amp;gt;1", "b1"),
    ("&amp;lt;p&amp;gt;1&amp;lt;/p&amp;gt;2", "1|2"),
    ("<p hidden>9<div>8</div>", "8"),
    ("<p hidden>9<li>8", "8"),
    ("<li hidden>9<li>8", "8"),
    ("<li hidden>9<div>8</div>", ""),
    ("<span hidden>1</p>2", ""),
    ("<table hidden><tr><td>1</table>2", "2"),
    ("<button>9</button>8", "98"),
    ("<p style>1</p>2", "1|2"),
    # a mark before every line is none where it stands before a few
    ("> 1\n> 2\n3", "1|23"),
    ("> 1\n> 2\n> 3\n4\n5", "12345"),
    ("> 1\n> 2\n> 3\n4\n5\n6", "1|2|3456"),
    # signs without width
    ("\u00ad1\u200d2", "12"),
    ("5\ufe0f", "5"),
    ("\u06dd5", "5"),
    ("\u0600٣", "٣"),
]


@pytest.mark.parametrize(("text", "stream"), STREAMS)
def test_the_stream_is_what_a_reader_sees(text, stream):
    """Letters, figures, percent signs and decimal points of what is shown; two numbers never become one."""
    assert Reading(text).text == stream


def test_other_forms_fold_to_one():
    """The table of a language folds traditional characters and radicals."""
    assert Reading("貧⺠Ａ", {ord("貧"): "贫", ord("⺠"): "民"}).text == "贫民a"


def test_each_character_knows_where_it_comes_from():
    """Through references, left-out stretches and several layers of escapes."""
    text = "> <b>甲</b>&#50;~~x~~\n> &amp;#51;乙\n> 1,200"
    view = seen(text)
    for at, character in enumerate(view.text):
        raw = text[view.begins[at] : view.ends[at]]
        assert raw in (character, {"2": "&#50;", "3": "&amp;#51;", "\n": "\n"}.get(character, character)), (character, raw)
    reading = Reading(text)
    assert [view.text[place] for place in reading.places] == list(reading.text)
    assert reading.text == "甲23乙1200"


@pytest.mark.parametrize(
    ("text", "origins"),
    [
        ("甲<p>乙<br>丙</p>丁", "甲 < < 乙 < 丙 < < 丁"),
        ("<b>甲</b>乙&#50;丙&amp;丁", "甲 乙 &#50; 丙 &amp; 丁"),
        ("甲<img src=x>乙", "甲 < 乙"),
        ("&lt;p&gt;甲&amp;#50;&lt;/p&gt;乙", "&lt; &lt; 甲 &amp;#50; &lt; &lt; 乙"),
        ("&lt;<b>甲</b>&gt;乙", "&lt; 甲 &gt; 乙"),
        ("<p>a\nb</p>", "< < a \n b < <"),
        ("<i>~~7~~甲</i>\n<b>乙</b>", "甲 \n 乙"),
    ],
)
def test_what_a_page_shows_comes_from_its_place(text, origins):
    """A line's end or a picture comes from the start of its tag, a character that is spelt out from its reference, others are their own."""
    view = seen(text)
    assert [text[view.begins[at] : view.ends[at]] for at in range(len(view.text))] == origins.split(" ")


def test_a_stretch_can_be_rewritten():
    """Other characters in the stream keep the places of those they stand for."""
    reading = Reading("在百分之五十内").rewritten({(1, 6): "50%"})
    assert (reading.text, reading.view.text) == ("在50%内", "在50%内")
    assert [(reading.view.begins[at], reading.view.ends[at]) for at in range(5)] == [(0, 1), (1, 6), (1, 6), (1, 6), (6, 7)]


@pytest.mark.parametrize(
    ("characters", "bits"),
    [
        (" \n\u200b", 0),
        (",。", OTHER),
        ("“(", BRACKET),
        ("——", DASH),
        ("？", QUESTION),
        ("⁇", QUESTION),
        ("≥", SIGN),
        ("\u0336", STROKE),
        ("+", PLUS),
        ("*_", 0),
    ],
)
def test_signs_are_told_by_their_category(characters, bits):
    """What stands between the characters of the stream, by Unicode's categories."""
    assert Reading(View.of(f"甲{characters}乙")).between(1, 1 + len(characters)) & ~16 == bits


@pytest.mark.parametrize(
    ("characters", "bits"),
    [
        (" ", BLANK),
        ("\n\t", BLANK),
        ("\u3000", BLANK),
        ("*", 0),
        ("_\u200b", 0),
        ("\u2060", 0),
        ("\ufe0f", 0),
        ("\u0600", SIGN),
        (", (", OTHER | BLANK | BRACKET),
        ("·…‿#/\\", OTHER),
        ("'\"＂’《", BRACKET),
        ("–-", DASH),
        ("‽¿؟", QUESTION),
        ("$", SIGN),
        ("−", SIGN),
        ("＋", PLUS),
        ("≥≤", SIGN | SIGNS),
        ("≥ ≤", SIGN | SIGNS | BLANK),
        ("+≥", PLUS | SIGN),
        ("\u0301\u0301", STROKE),
    ],
)
def test_what_stands_between_is_gathered(characters, bits):
    """A bit for each kind of sign, one more where there are several signs; what has no width, and Markdown's marks, are nothing."""
    assert Reading(View.of(f"甲{characters}乙")).between(1, 1 + len(characters)) == bits


RUNS = [
    "<",
    "<!--",
    "<a ",
    "<a>",
    '<a b="',
    "</p>",
    "<div>",
    "<b>",
    "<s></s>",
    "<p hidden>",
    "&",
    "&lt;b a&gt;",
    "~~a",
    "[s]",
    "<![CDATA[",
    "<?",
    "> ",
    "\\",
    "<script>",
]


@pytest.mark.parametrize("run", RUNS)
def test_any_run_of_markup_takes_linear_time(run):
    """Twice as much is about twice the work."""
    Reading(run)
    assert work(lambda: Reading(run * 2000)) <= 2.6 * work(lambda: Reading(run * 1000)) + 2000
    assert re.sub("[a-z|]", "", Reading(run * 100 + "</s>甲").text) in ("甲", "")
