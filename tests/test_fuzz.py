"""Whatever the readers are given, they give a value or the one error they promise, and what is written is read back."""

import re
import unicodedata
from decimal import Decimal
from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

import povdata
from povdata import chinese
from povdata.installed import source
from povdata.literals import Relation
from povdata.locators import Locator
from povdata.model import edtf
from povdata.model.names import names_of
from povdata.model.reading import format_table, read_table, sort_key
from povdata.model.schema import schema_of
from povdata.records import DATASET, RECORDS
from povdata.verification import locate

# Characters that readers may stumble over: digits of other scripts, blanks, separators, numerals, units.
TRICKY = st.sampled_from("0159０٣²Ⅳ.,;:/-_+|\"'* \t\n\r\0\u3000\ufeff一二两〇零十百千万亿分之余多约超近年月日春夏初末底去今至以来上下截")
CHARACTERS = st.one_of(TRICKY, st.characters(codec="utf-8"))
TEXT = st.text(CHARACTERS, max_size=12)
# Spellings that a lenient reader takes for another one.
SPELLINGS = ["true", "false", "True", "0", "-0", "00", "01", "+1", "1.0", "1.50", ".5", "1.", "1e3", "1_000", "1,000"]
SPELLINGS += ["b;a", "a;b;a", "a;", "20200229", "2020-W09-6", "2020-2-9", "2019-22", "../2018", "2018/..", "/2018", "2018/"]


@st.composite
def edited(draw, texts, noise=CHARACTERS):
    """A text with up to two stretches replaced."""
    text = draw(texts)
    for _ in range(draw(st.integers(0, 2))):
        start = draw(st.integers(0, len(text)))
        text = text[:start] + draw(st.text(noise, max_size=3)) + text[start + draw(st.integers(0, 2)) :]
    return text


def columns(*origins):
    """One column of these origins for each way in which a cell type is set up."""
    found = {}
    for name, record in RECORDS.items():
        for column in schema_of(record).values():
            if column.origin in origins:
                found.setdefault((type(column.type), str(vars(column.type))), pytest.param(name, column.type, id=f"{name}.{column.name}"))
    return found.values()


FIGURES = st.text(st.one_of(st.sampled_from("0123456789.,零〇一二两三四五六七八九十百千万亿分之余多"), CHARACTERS), max_size=40)
DATES = st.text(st.one_of(st.sampled_from("0123456789年月日春夏秋冬初末底上午去今截至到以来期间前夕元旦"), CHARACTERS), max_size=14)
SPOKEN = st.builds(
    lambda *parts: "".join(parts),
    st.sampled_from(["", "截至", "去年"]),
    st.integers(0, 10_000).map(lambda year: f"{year}年"),
    st.sampled_from(["", "夏天", "3月", "13月", "0月", "2月30日", "5日", "2月29日", "年底"]),
    st.sampled_from(["", "以来", "上午"]),
)
PRINTED = st.sampled_from(sorted({span.text for span in povdata.spans if span.text}))
QUOTES = st.one_of(edited(PRINTED), FIGURES, DATES, SPOKEN, TEXT)
NAMES = {
    name: {called: frozenset({record.key}) for record in table for called in names_of(DATASET, record)} for name, table in DATASET.items()
}


@pytest.mark.parametrize(("name", "celltype"), columns("article", "reference", "editorial", "derived"))
def test_a_cell_is_refused_or_written_back(name, celltype):
    """parse() raises nothing but ValueError, and format() gives the text back that parse() took."""
    of_its_type = [column.name for column in schema_of(RECORDS[name]).values() if column.type is celltype]
    written = sorted({row[column] for row in povdata.tables()[name].to_rows() for column in of_its_type})

    def holds(text):
        try:
            value = celltype.parse(text)
        except ValueError:
            return
        assert celltype.format(value) == text
        assert celltype.parse(text) == value

    for text in SPELLINGS:
        holds(text)
    settings(max_examples=25)(given(st.one_of(edited(st.sampled_from(written)), TEXT))(holds))()


@pytest.mark.parametrize(
    ("table", "column", "text"),
    [
        ("county_codes", "code", "13062٤"),
        ("places", "wikidata", "Q１"),
        ("observations", "period", "２０１９"),
        ("observations", "value", "１"),
        ("delistings", "count", "１"),
        ("spans", "key", "1:0-1٣"),
    ],
)
def test_digits_of_other_scripts_are_refused(table, column, text):
    """A number, code, date or locator has one spelling: that of ASCII digits."""
    celltype = schema_of(RECORDS[table])[column].type
    with pytest.raises(ValueError, match=text):
        celltype.parse(text)


@pytest.mark.parametrize(("name", "celltype"), columns("article"))
def test_reading_gives_a_set_of_values(name, celltype):
    """read() says which values any characters can mean, each of which the type can write; none is an answer, an error is not."""
    assert name in RECORDS

    @settings(max_examples=25)
    @given(st.lists(QUOTES, min_size=1, max_size=3))
    @example(["年初", "年末"])
    @example(["零分之一"])
    def holds(quotes):
        for value in celltype.read(quotes, NAMES, chinese):
            assert isinstance(celltype.format(value), str)

    holds()


LOCATORS = st.builds(
    lambda line, start, length: Locator(line, start, start + length), st.integers(1, 200), st.integers(0, 900), st.integers(1, 99)
)


@settings(max_examples=100)
@given(edited(LOCATORS.map(str)))
@example("1٣:0-1")
def test_a_locator_is_refused_or_written_back(text):
    """Locator.parse() raises nothing but ValueError, and a locator has one spelling."""
    try:
        locator = Locator.parse(text)
    except ValueError:
        return
    assert str(locator) == text
    assert locator.start < locator.end


@settings(max_examples=50)
@given(LOCATORS, st.lists(st.text(max_size=40), max_size=5))
def test_a_locator_cuts_all_its_characters_or_none(locator, lines):
    """cut() gives as many characters as the locator says, or None."""
    found = locator.cut(lines)
    assert found is None or (len(found) == locator.end - locator.start and found in lines[locator.line - 1])


@settings(max_examples=100)
@given(st.sampled_from(list(RECORDS)), st.binary(max_size=60), st.booleans())
def test_any_bytes_are_a_table_or_a_data_error(name, data, header):
    """read_table() takes any bytes, and raises nothing but DataError."""
    first = f"{','.join(schema_of(RECORDS[name]))}\n".encode() if header else b""
    try:
        read_table(RECORDS[name], "x.csv", first + data)
    except povdata.DataError:
        return


@settings(max_examples=150)
@given(st.data())
def test_edited_rows_are_a_table_or_a_data_error(data):
    """Some rows of a file, edited, are refused with DataError or read as records that are written and read again."""
    name = data.draw(st.sampled_from(list(RECORDS)))
    record = RECORDS[name]
    rows = format_table(record, povdata.tables()[name]).splitlines(keepends=True)
    chosen = data.draw(st.lists(st.integers(1, len(rows) - 1), max_size=4, unique=True))
    text = rows[0] + "".join(data.draw(edited(st.just(rows[position]))) for position in sorted(chosen))
    try:
        records = read_table(record, "x.csv", text.encode())
    except povdata.DataError:
        return
    assert read_table(record, "x.csv", format_table(record, records).encode()) == records


@settings(max_examples=100)
@given(st.lists(edited(st.sampled_from([key for table in povdata.tables().values() for key in list(table.by_key)[::50]])), max_size=4))
@example(["a/b/c/1:0-2", "a/b/c/x"])
@example(["a/b/c/²:0-2"])
def test_any_keys_can_be_sorted(keys):
    """Keys that are partly locators stand in one order with keys that are not."""
    assert sorted(sorted(keys, reverse=True), key=sort_key) == sorted(keys, key=sort_key)


NUMERALS = "零一二三四五六七八九"


def section(number):
    """A number below ten thousand in Chinese numerals."""
    text, skipped = "", False
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            text += "零" * (skipped and bool(text)) + NUMERALS[digit] + unit
        skipped = not digit
    return text


def written(number):
    """A number below a million millions in Chinese numerals."""
    text, gap = "", False
    for power, unit in ((10**8, "亿"), (10**4, "万"), (1, "")):
        part = number // power % 10**4
        if part:
            text += "零" * (bool(text) and (gap or part < 1000)) + section(part) + unit
        gap = not part
    return text or "零"


def variants(number):
    """The numeral as newspapers write it: 两 for 二, 〇 for 零, 十 for 一十 in front."""
    text = written(number)
    pairs = re.sub("二(?=[百千万亿])", "两", text)
    return {text, pairs, text.replace("零", "〇"), text.removeprefix("一") if text.startswith("一十") else text}


@settings(max_examples=150)
@given(st.one_of(st.integers(0, 99), st.integers(0, 10**12 - 1), st.integers(1, 999).map(lambda n: n * 10**7)))
@example(130_000_000)
def test_chinese_numerals_are_read(number):
    """A numeral, written by the rule, is read as its number in each of its forms."""
    for text in variants(number):
        assert chinese.number(text) == number
        assert chinese.number(f"共{text}户") == number


@settings(max_examples=150)
@given(st.text("零〇一二两三四五六七八九十百千万亿", min_size=1, max_size=7))
@example("二〇一九")
@example("两三")
@example("一〇")
def test_characters_that_are_no_numeral_are_refused(text):
    """Numeral characters in an order that no number has are refused, not guessed."""
    try:
        number = chinese.number(text)
    except ValueError:
        return
    spelt = text.replace("两", "二").replace("〇", "零")
    assert number >= 10**12 or written(int(number)) in (spelt, f"一{spelt}")


@pytest.mark.parametrize("text", ["三分之零点五", "三分之二的3户", "5,6个", "1,23户"])
def test_a_figure_is_read_whole_or_refused(text):
    """What is more than one number, or a number in a form that is not known, is not read in part."""
    with pytest.raises(ValueError, match=text):
        chinese.number(text)


@settings(max_examples=100)
@given(st.integers(1, 10**4), st.integers(1, 10**4))
def test_fractions_are_percentages(below, above):
    """a分之b is 100·b/a to two decimals."""
    value = chinese.number(f"{written(below)}分之{written(above)}")
    assert abs(value * below - 100 * above) <= Decimal("0.005") * below
    assert value == round(value, 2)


@settings(max_examples=150)
@given(
    st.integers(0, 10**9),
    st.integers(0, 9999),
    st.booleans(),
    st.sampled_from(["", "余", "多"]),
    st.sampled_from([("", 0), ("万", 4), ("亿", 8)]),
    st.sampled_from(["", "约", "超过"]),
    st.sampled_from(["元", "户", "%", "亩以上", ""]),
)
def test_arabic_numbers_are_read(whole, decimals, grouped, some, scale, before, after):  # noqa: PLR0913, PLR0917
    """Digits with thousands separators, decimals, 万 or 亿, and words around them are read exactly."""
    unit, zeros = scale
    digits = f"{whole:,}" if grouped else str(whole)
    point = f".{decimals:04}" if decimals else ""
    value = chinese.number(f"{before}{digits}{point}{some}{unit}{after}")
    assert value * 10_000 == (whole * 10_000 + decimals) * 10**zeros
    assert "E" not in str(value)


@settings(max_examples=200)
@given(st.one_of(FIGURES, edited(PRINTED)))
@example("零分之一")
@example("9" * 30)
@example(f"{'1' * 27}.55万")
def test_a_figure_is_a_number_or_a_value_error(text):
    """number() raises nothing but ValueError and gives a number of zero or more; qualifier() always has an answer."""
    assert chinese.qualifier(text) in get_args(Relation)
    try:
        value = chinese.number(text)
    except ValueError:
        return
    assert value.is_finite()
    assert value >= 0


@settings(max_examples=200)
@given(st.lists(st.one_of(DATES, SPOKEN, edited(SPOKEN)), min_size=1, max_size=3))
@example(["2019年13月"])
@example(["2019年5日"])
@example(["0000年"])
@example(["2019年夏天5日"])
@example(["去年", "0000年"])
@example(["0001年元旦前夕"])
@example(["2015年以来", "2018年"])
@example(["2015年", "到2018年"])
def test_a_date_is_edtf_or_a_value_error(quotes):
    """date() and part() raise nothing but ValueError, and what date() gives is a date."""
    for read in (chinese.date, chinese.part):
        try:
            found = read(quotes)
        except ValueError:
            continue
        if read is chinese.date:
            edtf.bounds(found)


@settings(max_examples=100)
@given(st.dates(), st.sampled_from([1, 2, 3]))
def test_dates_are_read(day, precision):
    """Year, month and day as printed give the EDTF date of that precision, also where the year stands apart."""
    parts = [f"{day.year:04}年", f"{day.month}月", f"{day.day}日"][:precision]
    expected = day.isoformat()[: (0, 4, 7, 10)[precision]]
    assert chinese.date(["".join(parts)]) == expected
    assert chinese.date(["".join(parts[1:]), parts[0]]) == expected
    assert edtf.bounds(expected)[0] <= day <= edtf.bounds(expected)[1]


@settings(max_examples=10)
@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
def test_any_bytes_are_a_copy_error(data):
    """verify() takes any bytes; what is not the article is CopyError."""
    with pytest.raises(povdata.CopyError):
        povdata.verify(data)


EDITS = st.lists(
    st.tuples(
        st.sampled_from(["insert", "replace", "delete", "digit", "join", "swap"]),
        st.integers(0, 200),
        st.integers(0, 1000),
        st.text(CHARACTERS, min_size=1, max_size=3),
    ),
    max_size=40,
)


def spoiled(lines, edits):
    """The lines with each edit made at its line and position."""
    lines = list(lines)
    for kind, number, position, text in edits:
        line = number % len(lines)
        here = lines[line]
        at = position % (len(here) + 1)
        digit = next((i for i in range(at, len(here)) if here[i].isdigit()), None)
        match kind:
            case "insert" | "replace" | "delete":
                lines[line] = here[:at] + text * (kind != "delete") + here[at + len(text) * (kind != "insert") :]
            case "digit" if digit is not None:
                lines[line] = here[:digit] + str((int(here[digit]) + 1 + position % 9) % 10) + here[digit + 1 :]
            case "join" if line + 1 < len(lines):
                lines[line : line + 2] = [here + lines[line + 1]]
            case "swap":
                other = position % len(lines)
                lines[line], lines[other] = lines[other], here
    return lines


def plain(text):
    """Each character in plain form; a fraction (½) as it is; a blank for a note's mark (²) and for what stands for several characters."""

    def form(character):
        found = unicodedata.normalize("NFKC", character)
        if "\N{FRACTION SLASH}" in found:
            return character
        return found if len(found) == 1 and found.isdecimal() == character.isdecimal() else " "

    return "".join(map(form, text))


def essence(text):
    """The characters of a text that no edition may change: letters, digits, fractions, percent signs and decimal points."""
    folded = f"{plain(text).casefold()} "
    return "".join(c for c, after in pairwise(folded) if c.isalnum() or c == "%" or (c == "." and after.isdigit()))


def numbers(text):
    """The numbers of a text, without thousands separators."""
    return re.findall(r"\d+(?:\.\d+)?", plain(text).replace(",", ""))


@pytest.mark.parametrize(
    ("text", "characters", "found"),
    [
        ("５，０００元¹", "5000元", ["5000"]),
        ("9800½元", "9800½元", ["9800"]),
        ("31.5％ ㈱", "31.5%", ["31.5"]),
        ("1 10。", "110", ["1", "10"]),
    ],
)
def test_the_oracle_reads_a_text(text, characters, found):
    """What the next test compares: notes' marks are no digits, fractions are no blanks, and numbers stay apart."""
    assert essence(text) == characters
    assert numbers(text) == found


def test_nothing_is_confirmed_that_a_copy_does_not_say(article_lines):
    """Whatever is edited, a confirmed passage has the article's characters, which the copy holds; masked ones may be restored."""

    @settings(max_examples=12, phases=[Phase.explicit, Phase.generate])  # to shrink an article takes minutes
    @given(EDITS)
    @example([("replace", 27, 254, "¹")])  # a comma in a phrase
    @example([("insert", 9, 98, "½")])  # 9800元
    def holds(edits):  # a function of its own, so that a failure prints the edits and not the article
        copy = "\n".join(spoiled(article_lines, edits))
        held = essence(copy)
        for passage in locate(copy, source()).values():
            if passage.status in ("confirmed", "moved"):
                line, start, end = passage.locator
                cited = article_lines[line - 1][start:end]
                masked = ".{0,20}".join(re.escape(essence(part)) for part in cited.split("*"))
                assert re.fullmatch(masked, essence(passage.found)), (cited, passage)
                assert "*" in cited or numbers(passage.found) == numbers(cited), (cited, passage)
                assert essence(passage.found) in held, passage

    holds()
