"""A copy as a reader sees it, and the letters and figures by which it is compared.

A `View` is a text made from another one, with the offsets that its characters come from. `seen` makes it: HTML as a browser shows it,
references resolved, what is struck out or turned round left out. A `Reading` adds the stream of letters, digits, ``%`` and decimal points.
"""

import re
from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from html import unescape
from html.parser import HTMLParser
from itertools import accumulate, pairwise
from typing import NamedTuple, Self
from unicodedata import bidirectional, category, name, normalize

GAP = "|"
"""Stands in the stream between two digits that something separates: ``1 10`` is not ``110``."""

Piece = tuple[str, int, int | None]
"""Characters, where they start in the text before, and where they end; None where each stands for itself."""

_SILENT = "\u200b"
_OBJECT = "\ufffc"
"""A picture, a form's field or another thing that is shown instead of characters."""
_LINE = r"(?:\r\n|[\n\r\f\v\x85\u2028\u2029])"
_BLANK = r"[^\S\n\r\f\v\x85\u2028\u2029]*"
LINE_END = re.compile(_LINE)
_BROKEN = re.compile(rf"(?<=\d){_BLANK}{_LINE}{_BLANK}(?=\.?\d)|(?<=\d\.){_BLANK}{_LINE}{_BLANK}(?=\d)")
"""The end of a line within a number."""
_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])|(\*\*|__)(?=[^\s*_][^*_\n]*\1)|(?<=[^\s*_])(?:\*\*|__)(?![*_])")
"""What Markdown writes before a sign, or around what it stresses."""
_SPACED = re.compile(
    rf"(?<![\d{_SILENT}])(?<!\d[.,\u2009\u202f\u00a0'’])\d{{1,3}}(?:{_SILENT}*[\u2009\u202f\u00a0'’]{_SILENT}*\d{{3}})+(?!\d|,\d)"
)
"""A number whose thousands are set apart by thin or hard blanks, or by apostrophes."""
_THOUSANDS = re.compile(rf"(?<!\d)(?<!\d[.,])\d{{1,3}}(?:{_SILENT}*,(?:{_SILENT}*\d){{3}})+(?!{_SILENT}*\d|,\d)")
_POINT = re.compile(rf"(?<=\d)({_SILENT}*)\.(?={_SILENT}*\d)|(?<![\w.])\.(?=\d)")
_KEPT = "\ue000"  # a decimal point, while other full stops are dropped
_RUN = re.compile(rf"[^ {_SILENT}.,]++")

# Views. -------------------------------------------------------------------------------------------------------------------------


class View(NamedTuple):
    """A text and where its characters come from: runs of them, of which each has a start here, and a start and an end there."""

    text: str
    starts: list[int]
    origins: list[int]
    ends: list[int | None]

    @classmethod
    def of(cls, text: str) -> Self:
        """A text that comes from itself."""
        return cls(text, [0], [0], [None])

    def begin(self, at: int) -> int:
        """Where a character begins in the text that it comes from."""
        run = bisect_right(self.starts, at) - 1
        return self.origins[run] + (at - self.starts[run] if self.ends[run] is None else 0)

    def end(self, at: int) -> int:
        """Where it ends there."""
        return self.ends[bisect_right(self.starts, at) - 1] or self.begin(at) + 1

    def then(self, pieces: Iterable[Piece]) -> "View":
        """The text that is made of pieces of this one."""
        if len(self.starts) == 1 and self.ends[0] is None:  # a text that comes from itself
            pieces = list(pieces)
            lengths = [0, *accumulate(len(piece[0]) for piece in pieces)]
            return View("".join(p[0] for p in pieces), lengths[:-1] or [0], [p[1] for p in pieces] or [0], [p[2] for p in pieces] or [None])
        texts: list[str] = []
        starts: list[int] = []
        origins: list[int] = []
        ends: list[int | None] = []
        length = 0
        for text, origin, end in pieces:
            run = bisect_right(self.starts, origin) - 1
            cuts = [origin]
            if end is None:
                while run + 1 < len(self.starts) and self.starts[run + 1] < origin + len(text):
                    run += 1
                    cuts.append(self.starts[run])
            for cut in cuts:
                starts.append(length + cut - origin)
                origins.append(self.begin(cut))
                ends.append(self.ends[bisect_right(self.starts, cut) - 1] if end is None else self.end(max(cut, end - 1)))
            texts.append(text)
            length += len(text)
        return View("".join(texts), starts or [0], origins or [0], ends or [None])


def without(text: str, pattern: re.Pattern[str]) -> list[Piece]:
    """What is left where a pattern is taken out."""
    edges = [0, *(edge for found in pattern.finditer(text) for edge in found.span()), len(text)]
    return [(text[start:end], start, None) for start, end in zip(edges[::2], edges[1::2], strict=True) if end > start]


# HTML. --------------------------------------------------------------------------------------------------------------------------

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
    """The pieces of a page that are shown."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=False)
        self.lines = [0, *(found.end() for found in re.finditer("\n", text))]
        self.text = text
        self.lined = _LINED.search(text) is not None
        self.pieces: list[Piece] = []
        self.stack: list[tuple[str, bool]] = []
        self.open: Counter[str] = Counter()
        self.formatting: dict[str, list[bool]] = {}
        self.hidden = 0

    @property
    def at(self) -> int:
        """The offset of what is being handled."""
        line, column = self.getpos()
        return self.lines[line - 1] + column

    def write(self, text: str, end: int | None) -> None:
        if not self.hidden:
            self.pieces.append((text, self.at, end))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            if self.stack and self.stack[-1][0] in _IMPLIED and self.stack[-1][0] in ("p", tag):
                self._pop()
            self.write("\n" if tag == "br" else "\n\n", self.at + 1)
        if tag in _REPLACED:
            self.write(_OBJECT, self.at + 1)
        if tag in _VOID:
            return
        given = dict(attrs)
        hidden = tag in _UNSEEN or "hidden" in given or (tag == "dialog" and "open" not in given)
        hidden = hidden or _UNSEEN_STYLE.search(re.sub(r"/\*.*?\*/", "", given.get("style") or "")) is not None
        self.hidden += hidden
        if tag in _FORMATTING:
            self.formatting.setdefault(tag, []).append(hidden)
        else:
            self.stack.append((tag, hidden))
            self.open[tag] += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in _FORMATTING:
            self.hidden -= self.formatting[tag].pop() if self.formatting.get(tag) else 0
        elif self.open[tag]:
            while self._pop() != tag:
                pass
        if tag in _BLOCKS:
            self.write("\n\n", self.at + 1)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)  # HTML knows no empty element but the void ones

    def _pop(self) -> str:
        tag, hidden = self.stack.pop()
        self.open[tag] -= 1
        self.hidden -= hidden
        return tag

    def handle_data(self, data: str) -> None:
        if self.open["rt"] and self.open["ruby"]:  # an annotation says how a word sounds, unless it is a number
            data = "".join(character if character.isnumeric() else _SILENT for character in data)
        if self.lined and not (self.open["pre"] or self.open["textarea"]):
            data = LINE_END.sub(lambda found: " " * len(found[0]), data)
        self.write(data, None)

    def handle_charref(self, name: str) -> None:
        self.handle_entityref(name)

    def handle_entityref(self, name: str) -> None:
        found = _REFERENCE.match(self.text, self.at)
        raw = found[0] if found else "&" + name
        text = unescape(raw)
        self.write(text, None if text == raw else self.at + len(raw))

    def unknown_decl(self, data: str) -> None:
        pass


def _page(text: str) -> list[Piece]:
    """What is shown of a page. What never ends is cut first, as a browser does; it would cost the parser quadratic time."""
    if re.match(r"\s*<(?:\?xml|rss|feed)\b", text):
        text = re.sub(r"<!\[CDATA\[|\]\]>", lambda found: " " * len(found[0]), text)
    if (comment := text.find("<!--", text.rfind("-->") + 1)) >= 0:
        text = text[:comment]
    last = text.rfind(">") + 1
    page = _Page(text)
    page.feed(text[:last])
    page.close()
    rest = text[last:]
    tag = _TAG.search(rest)
    if not page.hidden:
        page.pieces += ((part, last + at, end and last + end) for part, at, end in _references(rest[: tag.start() if tag else None]))
    return page.pieces


def _references(text: str) -> list[Piece]:
    pieces: list[Piece] = []
    at = 0
    for found in _REFERENCE.finditer(text):
        character = unescape(found[0])
        if character != found[0]:
            pieces += [(text[at : found.start()], at, None), (character, found.start(), found.end())]
            at = found.end()
    return [piece for piece in [*pieces, (text[at:], at, None)] if piece[0]]


def seen(text: str) -> View:
    """A copy, plain or HTML, as a reader sees it."""
    view = View.of(text)
    for _ in range(3):
        view = view.then(_page(view.text) if _TAG.search(view.text) else _references(view.text))
        if not _ESCAPED.search(view.text):
            break
    if _LEFT_OUT.search(view.text):
        view = view.then(without(view.text, _LEFT_OUT))
    if (count := len(_BEFORE.findall(view.text))) > 2 and len(re.findall(r"^.*\S", view.text, re.MULTILINE)) < 2 * count:
        view = view.then(without(view.text, _BEFORE))
    return view


# The stream. --------------------------------------------------------------------------------------------------------------------

OTHER, BRACKET, DASH, QUESTION, BLANK, SIGN, STROKE, PLUS, SIGNS = (1 << power for power in range(9))
"""What may stand between two characters of the stream, as bits."""


@lru_cache(maxsize=1 << 12)
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
        character = chr(code)
        character = self.variants.get(code, character)
        plain = normalize("NFKC", character).lower()
        if len(plain) != 1 or plain.isdecimal() != character.isdecimal():
            plain = character
        plain = self.variants.get(ord(plain), plain)
        kind = category(character)
        if _invisible(character):
            plain = _SILENT
        elif not (kind[0] in "LN" or plain in "%.," or "PER MILLE" in name(character, "") or "PER TEN" in name(character, "")):
            plain = " "
        self[code] = plain
        return plain


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

    def __init__(self, copy: str | View, variants: Mapping[int, str] | None = None) -> None:
        self.variants: Mapping[int, str] = variants or {}
        self.view: View = copy if isinstance(copy, View) else seen(copy)
        visible = self.view.text
        plain = _ESCAPE.sub(lambda found: _SILENT * len(found[0]), _BROKEN.sub(lambda found: _SILENT * len(found[0]), visible))
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
        stretches = [(self.places[start], self.places[end - 1] + 1, text) for (start, end), text in sorted(edits.items())]
        edges = [(0, 0, ""), *stretches, (len(self.plain), len(self.plain), "")]
        pieces: list[Piece] = []
        for one, other in pairwise(edges):
            pieces += [(one[2], one[0], one[1]), (self.view.text[one[1] : other[0]], one[1], None)]
        return Reading(self.view.then(piece for piece in pieces if piece[0]), self.variants)


@lru_cache(maxsize=1 << 12)
def _bits(characters: str, plain: str) -> int:
    bits = 0
    for character, form in zip(characters, plain, strict=True):
        if form != _SILENT:
            kind = _kind(character)
            bits |= SIGNS if kind & bits & SIGN else kind
    return bits


_tables: dict[int, _Plain] = {}


def _plain(variants: Mapping[int, str]) -> _Plain:
    return _tables.setdefault(id(variants), _Plain(variants)) if variants else _NONE


_NONE = _Plain({})


@lru_cache(maxsize=1 << 14)
def _stream(text: str, plain: int) -> str:
    return Reading(View.of(text), _tables[plain].variants if plain else None).text


def stream(text: str, variants: Mapping[int, str]) -> str:
    """The characters of the stream of a short text that is no copy: of a name, or of a cited passage."""
    return _stream(text, id(_plain(variants).variants) if variants else 0)


def folded(text: str, variants: Mapping[int, str]) -> str:
    """A text with the plain form of each character, of the same length."""
    return text.translate(_plain(variants))
