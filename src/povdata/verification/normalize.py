"""A copy as a reader sees it, and the letters and figures by which it is compared.

A `View` is a text made from another one, with the offsets that its characters come from. `seen` makes it: HTML as a browser shows it,
references resolved, what is struck out or turned round left out. A `Reading` adds the stream of letters, digits, ``%`` and decimal points.
"""

import re
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from html import unescape
from html.parser import HTMLParser
from typing import NamedTuple, Self
from unicodedata import bidirectional, category, name, normalize

GAP = "|"  # stands in the stream between two digits that something separates: 1 10 is not 110

Piece = tuple[str, int, int | None]
"""Characters, where they start in the text before, and where they end; None where each stands for itself."""

NO_VARIANTS: Mapping[int, str] = {}  # of a language whose characters have one form each
_SILENT = "\u200b"
_OBJECT = "\ufffc"  # a picture, a form's field or another thing that is shown instead of characters
_LINE = r"(?:\r\n|[\n\r\f\v\x85\u2028\u2029])"
_BLANK = r"[^\S\n\r\f\v\x85\u2028\u2029]*"
LINE_END = re.compile(_LINE)
_BROKEN = re.compile(
    rf"(?<=\d){_BLANK}{_LINE}{_BLANK}(?=\.?\d)|(?<=\d\.){_BLANK}{_LINE}{_BLANK}(?=\d)"
    r"|\\(?=[!-/:-@\[-`{-~])|(\*\*|__)(?=[^\s*_][^*_\n]*\1)|(?<=[^\s*_])(?:\*\*|__)(?![*_])"
)
"""The end of a line within a number; what Markdown writes before a sign, or around what it stresses."""
_SPACED = re.compile(
    rf"(?<![\d{_SILENT}])(?<!\d[.,\u2009\u202f\u00a0'’])\d{{1,3}}(?:{_SILENT}*[\u2009\u202f\u00a0'’]{_SILENT}*\d{{3}})+(?!\d|,\d)"
)
"""A number whose thousands are set apart by thin or hard blanks, or by apostrophes."""
_THOUSANDS = re.compile(rf"(?<!\d)(?<!\d[.,])\d{{1,3}}(?:{_SILENT}*,(?:{_SILENT}*\d){{3}})+(?!{_SILENT}*\d|,\d)")
_POINT = re.compile(rf"(?<=\d)({_SILENT}*)\.(?={_SILENT}*\d)|(?<![\w.])\.(?=\d)")
_KEPT = "\ue000"  # a decimal point, while other full stops are dropped
_RUN = re.compile(rf"[^ {_SILENT}.,]++")


class View(NamedTuple):
    """A text, and where each of its characters begins and ends in the text that it comes from."""

    text: str
    begins: Sequence[int]
    ends: Sequence[int]

    @classmethod
    def of(cls, text: str) -> Self:
        """A text that comes from itself."""
        return cls(text, range(len(text)), range(1, len(text) + 1))

    def then(self, pieces: Iterable[Piece]) -> "View":
        """The text that is made of pieces of this one."""
        texts: list[str] = []
        begins, ends = array("I"), array("I")
        for text, start, end in pieces:
            texts.append(text)
            if end is None:
                begins.extend(self.begins[start : start + len(text)])
                ends.extend(self.ends[start : start + len(text)])
            else:
                begins.extend([self.begins[start]] * len(text))
                ends.extend([self.ends[end - 1]] * len(text))
        return View("".join(texts), begins, ends)

    def replaced(self, stretches: Iterable[tuple[str, int, int]]) -> "View":
        """The text with other characters in some stretches."""
        pieces: list[Piece] = []
        at = 0
        for text, start, end in stretches:
            pieces += [(self.text[at:start], at, None), (text, start, end)]
            at = end
        return self.then([*pieces, (self.text[at:], at, None)]) if pieces else self


_BLOCKS = frozenset(
    "address article aside blockquote body br caption center col colgroup dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li listing main menu nav ol optgroup option p plaintext "
    "pre search section summary table tbody td textarea tfoot th thead tr ul xmp".split()
)
"""What divides lines: elements whose display in HTML's standard is neither inline nor none, and the line break."""
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split())
"""What only its own end tag ends, whatever elements are closed in between."""
_IMPLIED = frozenset("dd dt li option p td th tr".split())
_REPLACED = frozenset("audio button canvas embed iframe img input meter object progress select svg video".split())
_UNSEEN = _REPLACED - {"button"} | frozenset("bdo datalist noembed noframes noscript rp script style template title del s strike".split())
"""What has no content, or content that is not shown, is struck out, or is turned round."""
_UNSEEN_STYLE = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*[0.]+%?\s*(?:$|[;!])"
    r"|font(?:-size)?\s*:[^;]*(?<![\d.])0*\.?0+(?:[a-z]+|%)?\s*(?:$|[;!/\s])|text-decoration(?:-line)?\s*:[^;]*line-through"
    r"|color\s*:\s*transparent|unicode-bidi\s*:[^;]*override|content-visibility\s*:\s*hidden)",
    re.IGNORECASE,
)
_AMPERSAND = "\ufdd0"  # stands for an ampersand while the parser reads a page: no character, so no text has it
_TAG = re.compile(r"<(?:!--|/?[a-zA-Z])")
_LINED = re.compile(rf"<(?:{'|'.join(_BLOCKS)})\b", re.IGNORECASE)
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,32}\d*);?")
_ESCAPED = re.compile(r"""</?[a-zA-Z][a-zA-Z0-9]*(?:\s+[a-zA-Z-]+(?:=(?:"[ -~]*?"|'[ -~]*?'))?)*\s*/?>|&(?:nbsp|amp|lt|gt|quot|#\d+);""")
"""Markup that is itself written with references, as feeds have it."""
_LEFT_OUT = re.compile(
    r"[\u202b\u202d\u202e\u2067][^\u202c\u2069\n]*|~~(?!~)(?:[^~\n]|~(?!~)|\n(?!\s*\n))+~~|\[(s|strike|del)\](?:(?!\[\1\])[\s\S])*?\[/\1\]",
    re.IGNORECASE,
)
"""What Markdown or BBCode strikes out, or an override of the direction turns round."""
_BEFORE = re.compile(r"^[ \t]*(?:>[> \t]*|[\u25a0-\u25ff\u2022\u00b7*+-] ?|\d+[.)、](?!\d) ?)(?=.)", re.MULTILINE)
"""What a program puts before every line: quotation marks of mail, bullets, numbers."""


class _Page(HTMLParser):
    """The pieces of a page that are shown. References are hidden from the parser and resolved later."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
        self.at = 0  # where what is being handled starts
        self.lined = _LINED.search(text) is not None
        self.pieces: list[Piece] = []
        self.stack: list[str] = []
        self.open: defaultdict[str, list[bool]] = defaultdict(list)  # of each element that is open, whether it hides what is in it
        self.hidden = 0

    def updatepos(self, i: int, j: int) -> int:
        self.at += max(j - i, 0)
        return j

    def write(self, text: str, end: int | None) -> None:
        if not self.hidden:
            self.pieces.append((text, self.at, end))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            if self.stack and self.stack[-1] in _IMPLIED and self.stack[-1] in ("p", tag):
                self._end(self.stack.pop())
            self.write("\n" if tag == "br" else "\n\n", self.at + 1)
        if tag in _REPLACED:
            self.write(_OBJECT, self.at + 1)
        if tag in _VOID:
            return
        given = dict(attrs)
        style = unescape((given.get("style") or "").replace(_AMPERSAND, "&"))
        hides = tag in _UNSEEN or "hidden" in given or (tag == "dialog" and "open" not in given)
        hides = hides or _UNSEEN_STYLE.search(re.sub(r"/\*.*?\*/", "", style)) is not None
        self.hidden += hides
        self.open[tag].append(hides)
        if tag not in _FORMATTING:
            self.stack.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.open[tag]:
            while self._end(tag if tag in _FORMATTING else self.stack.pop()) != tag:
                pass
        if tag in _BLOCKS:
            self.write("\n\n", self.at + 1)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)  # HTML knows no empty element but the void ones

    def _end(self, tag: str) -> str:
        self.hidden -= self.open[tag].pop()
        return tag

    def handle_data(self, data: str) -> None:
        data = self.text[self.at : (end := self.at + len(data))]
        if self.open["rt"] and self.open["ruby"]:  # an annotation says how a word sounds, unless it is a number
            data = "".join(character if character.isnumeric() else _SILENT for character in unescape(data))
        if self.lined and not (self.open["pre"] or self.open["textarea"]):
            data = LINE_END.sub(lambda found: " " * len(found[0]), data)
        self.write(data, None if len(data) == end - self.at else end)


def _page(text: str) -> list[Piece]:
    """What is shown of a page. What never ends is cut first, as a browser does; it would cost the parser quadratic time."""
    if re.match(r"\s*<(?:\?xml|rss|feed)\b", text):
        text = re.sub(r"<!\[CDATA\[|\]\]>", lambda found: " " * len(found[0]), text)
    if (comment := text.find("<!--", text.rfind("-->") + 1)) >= 0:
        text = text[:comment]
    last = text.rfind(">") + 1
    page = _Page(text)
    page.feed(text[:last].replace("&", _AMPERSAND).replace("<![", "<!_"))  # which a browser takes for a comment, the parser for SGML
    page.close()
    if not page.hidden:
        tag = _TAG.search(text, last)
        page.pieces.append((text[last : tag.start() if tag else None], last, None))
    return page.pieces


def seen(text: str) -> View:
    """A copy, plain or HTML, as a reader sees it."""
    view = View.of(text)
    for _ in range(3):
        if _TAG.search(view.text):
            view = view.then(_page(view.text))
        view = view.replaced((unescape(found[0]), *found.span()) for found in _REFERENCE.finditer(view.text))
        if not _ESCAPED.search(view.text):
            break
    view = view.replaced(("", *found.span()) for found in _LEFT_OUT.finditer(view.text))
    if (count := len(_BEFORE.findall(view.text))) > 2 and len(re.findall(r"^.*\S", view.text, re.MULTILINE)) < 2 * count:
        view = view.replaced(("", *found.span()) for found in _BEFORE.finditer(view.text))
    return view


OTHER, BRACKET, DASH, QUESTION, BLANK, SIGN, STROKE, PLUS, SIGNS = (1 << power for power in range(9))
"""What may stand between two characters of the stream, as bits."""
PUNCTUATION = OTHER | BRACKET | DASH
SYMBOLS = SIGN | SIGNS | PLUS


def _kind(character: str) -> int:
    """The bit of a character that is not in the stream, by its Unicode category; 0 for what says nothing."""
    kind = category(character)
    if character in "*_" or kind == "Cc" or _invisible(character):  # the mask, and what Markdown marks words with
        return BLANK if character.isspace() else 0
    if kind[0] == "P":
        if "QUESTION" in name(character, "") or "INTERROBANG" in name(character, ""):
            return QUESTION
        return DASH if kind == "Pd" else OTHER if kind in ("Po", "Pc") and character not in "\"'＂＇" else BRACKET
    return PLUS if character in "+＋" else {"Z": BLANK, "M": STROKE}.get(kind[0], SIGN)


def _invisible(character: str) -> bool:
    """Whether a character has no width: one of format, but for signs of numbers, or one that selects a variant."""
    named = name(character, "")
    return "VARIATION SELECTOR" in named or (
        category(character) == "Cf" and bidirectional(character) != "AN" and not named.endswith(("SIGN", "AYAH"))
    )


class _Plain(dict[int, str]):
    """One character for each: itself in plain form, a blank for what is not in the stream, `_SILENT` for what has no width."""

    def __init__(self, variants: Mapping[int, str]) -> None:
        super().__init__()
        self.variants = variants

    def __missing__(self, code: int) -> str:
        character = self.variants.get(code, chr(code))
        plain = normalize("NFKC", character).lower()
        if len(plain) != 1 or plain.isdecimal() != character.isdecimal():
            plain = character
        plain = self.variants.get(ord(plain), plain)
        if _invisible(character):
            plain = _SILENT
        elif not (category(character)[0] in "LN" or plain in "%.," or re.search("PER MILLE|PER TEN", name(character, ""))):
            plain = " "
        self[code] = plain
        return plain


_PLAIN: dict[int, _Plain] = {}


def _plain(variants: Mapping[int, str]) -> _Plain:
    """The table of a language, made once."""
    if id(variants) not in _PLAIN:
        _PLAIN[id(variants)] = _Plain(variants)
    return _PLAIN[id(variants)]


class Reading:
    """What a reader sees of a copy, and its stream.

    Attributes:
        view: what is seen, and where it comes from.
        plain: the same, each character in plain form.
        text: the stream: letters, digits, ``%`` and decimal points.
        places: where each of its characters stands in what is seen.

    >>> Reading("１，２００ 万元（3 至 10）").text
    '1200万元3至10'
    >>> Reading("1+1,5.0％。").text
    '1|1|5.0%'
    """

    def __init__(self, copy: str | View, variants: Mapping[int, str] = NO_VARIANTS) -> None:
        self.variants: Mapping[int, str] = variants
        self.view: View = copy if isinstance(copy, View) else seen(copy)
        visible = self.view.text
        plain = _BROKEN.sub(lambda found: _SILENT * len(found[0]), visible)
        plain = _SPACED.sub(lambda found: re.sub("[^0-9]", _SILENT, found[0]), plain).translate(_plain(self.variants))
        plain = _THOUSANDS.sub(lambda found: found[0].replace(",", _SILENT), plain)
        plain = _POINT.sub(lambda found: (found[1] or "") + _KEPT, plain)
        parts: list[str] = []
        places = array("I")
        end = 0
        for run in _RUN.finditer(plain):
            start = run.start()
            if end and plain[end - 1].isdecimal() and plain[start].isdecimal() and plain[end:start].strip(_SILENT):
                parts.append(GAP)
                places.append(end)
            parts.append(run[0])
            end = run.end()
            places.extend(range(start, end))
        self.plain: str = plain
        self.places: Sequence[int] = places
        self.text: str = "".join(parts).replace(_KEPT, ".")

    def gap(self, at: int) -> tuple[int, int]:
        """Where in what is seen the stretch before a character of the stream starts and ends; `GAP` is no character."""
        before = at - 1 - (self.text[at - 1 : at] == GAP)
        after = at + (self.text[at : at + 1] == GAP)
        return self.places[before] + 1 if at else 0, self.places[after] if after < len(self.places) else len(self.plain)

    def between(self, start: int, end: int) -> int:
        """The bits of what stands in a stretch of what is seen."""
        return _bits(self.view.text[start:end], self.plain[start:end]) if start < end else 0

    def divided(self, start: int, end: int) -> bool:
        """Whether a line ends in a stretch of what is seen, or the text."""
        return start == 0 or end >= len(self.plain) or LINE_END.search(self.view.text, start, end) is not None

    def rewritten(self, edits: Mapping[tuple[int, int], str]) -> "Reading":
        """The reading with other characters in some stretches of the stream."""
        stretches = ((text, self.places[start], self.places[end - 1] + 1) for (start, end), text in sorted(edits.items()))
        return Reading(self.view.replaced(stretches), self.variants)


@lru_cache(maxsize=1 << 12)
def _bits(characters: str, plain: str) -> int:
    bits = 0
    for character, form in zip(characters, plain, strict=True):
        if form != _SILENT:
            kind = _kind(character)
            bits |= SIGNS if kind & bits & SIGN else kind
    return bits


def stream(text: str, variants: Mapping[int, str] = NO_VARIANTS) -> str:
    """The characters of the stream of a short text that is no copy: of a name, or of a cited passage."""
    if text.isalpha():  # as most are; spares the first report 30 of 200 ms
        return text.translate(_plain(variants))
    return Reading(View.of(text), variants).text
