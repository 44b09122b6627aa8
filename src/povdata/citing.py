"""What the article is, and how to cite it, the data and single records of them."""

import json
import re
from functools import cache
from importlib.resources import files
from operator import attrgetter
from typing import Any, Literal, NamedTuple

from povdata import __version__
from povdata.exceptions import InvalidArgumentError
from povdata.model.columns import Labels, label
from povdata.model.record import Record
from povdata.provenance import evidence
from povdata.records import DATASET, Observation

Style = Literal["apa", "bibtex", "cff", "csl-json", "gb7714", "ris"]
Subject = Literal["data", "article"] | Record

TITLE = "povdata: how 15 Chinese regions took their poverty counties off the list"
AUTHOR = "The povdata founders"
YEAR = "2026"
COMPILER_ZH = "人民网·中国共产党新闻网"
COMPILER_EN = "People's Daily Online, News of the Communist Party of China"
ARTICLE = "Round-up of media reports on how 15 provincial-level regions took all poverty counties off the list; no title known"
REPOST = "妖气游戏网 (www.17u1u.com), 2024"  # where the text of the reference edition was taken from, as its last line names it
SIGNS = {"exact": "", "more_than": "> ", "less_than": "< ", "at_least": "≥ ", "at_most": "≤ ", "about": "≈ "}  # before a figure


def about_article() -> str:
    """What the article is, and how to find a copy of it."""
    terms = "; ".join(f"{region.name_short_zh} {region.heading}" for region in DATASET["provinces"])
    return f"""{COMPILER_ZH} ({COMPILER_EN}) compiled it at the end of April 2020.
We know neither its title nor its address. Lines and characters are counted in the text of a repost, {REPOST}.
To find a copy, search the web for 人民网 and the words of two or three of its section headings in quotation marks:
{terms}.
Whether what you found is the article, and where it differs, povdata verify FILE tells."""


class _Work(NamedTuple):
    key: str
    author: str
    title: str
    apa: str  # the citation in this style, and in the next
    gb7714: str
    year: str
    month: int = 0  # of the article alone
    version: str = ""  # of the data
    note: str = ""  # on a record


def _work(subject: Subject) -> _Work:
    if subject == "article":
        author, title = f"{COMPILER_ZH} ({COMPILER_EN})", f"[{ARTICLE}]"
        gb7714 = f"{COMPILER_ZH}. 15个省区市贫困县全部摘帽的媒体报道综述（原题未详）[EB/OL]. 2020-04."
        return _Work("povdata-article", author, title, f"{author}. (2020, April). {title}.", gb7714, "2020", 4)
    apa = f"{AUTHOR}. ({YEAR}). {TITLE} (Version {__version__}) [Data set]."
    gb7714 = f"{AUTHOR}. {TITLE}[DS]. 版本{__version__}. {YEAR}."
    data = _Work(f"povdata-{__version__}", AUTHOR, TITLE, apa, gb7714, YEAR, version=__version__)
    if subject == "data":
        return data
    if not isinstance(subject, Record):
        raise InvalidArgumentError(f"of must be 'data', 'article' or a record, not {subject!r}")
    path = f"{DATASET.table_of(subject).name}/{subject.key}"
    note, note_zh = f"{_told(subject, 'en')} ({path})", f"{_told(subject, 'zh')}（{path}）"
    if locators := sorted({item.locator for item in evidence(DATASET, subject, "value" if isinstance(subject, Observation) else None)}):
        place = " to ".join(dict.fromkeys([str(locators[0]), str(locators[-1])]))
        note += f", read from the article of {COMPILER_EN} (2020) at {place}"
        note_zh += f"，据{COMPILER_ZH}2020年的报道（{place}）"
    return data._replace(key=f"{data.key}-{subject.key}", note=note, apa=f"{apa} {note}.", gb7714=f"{gb7714} {note_zh}.")


def _told(record: Record, language: Labels) -> str:
    """A record in a few words; a figure with its place, period and value as the article has it."""
    if not isinstance(record, Observation):
        return label(record, language)
    what, place = label(record.indicator_record, language), label(record.place_record, language)
    value, unit = f"{SIGNS[record.relation]}{record.value:f}", record.indicator_record.unit
    english = f"{what}, {place}, {record.period or 'no date'}: {value} {unit}"
    return english if language == "en" else f"{place}{what}，{record.period or '时间不详'}：{value}{_words_zh().get(f'unit={unit}', unit)}"


def _template(name: str) -> str:
    return (files("povdata") / "exports/templates" / name).read_text(encoding="utf-8")


@cache
def _words_zh() -> Any:
    return json.loads(_template("words.zh.json"))


def cite(style: Style | Record = "apa", *, of: Subject = "data") -> str:
    r"""A citation of this version of the data, of the article, or of one record, without a line break at the end.

    Args:
        style: ``"apa"``, ``"bibtex"``, ``"cff"`` (Citation File Format 1.2, of the data alone), ``"csl-json"``, ``"gb7714"``
            (GB/T 7714-2015) or ``"ris"``; or a record, which is cited in APA style.
        of: ``"data"``, ``"article"``, or a record, which is cited with its value, its key and its places in the article.

    >>> import povdata
    >>> print(povdata.cite())
    The povdata founders. (2026). povdata: how 15 Chinese regions took their poverty counties off the list (Version 0.2.0) [Data set].
    >>> print(povdata.cite("gb7714", of="article"))
    人民网·中国共产党新闻网. 15个省区市贫困县全部摘帽的媒体报道综述（原题未详）[EB/OL]. 2020-04.
    >>> povdata.cite(povdata.observations["fuping-poverty-rate-2014"]).partition("[Data set]. ")[2][:47]
    'Poverty rate, Fuping County, 2014: 54.4 percent'

    Raises:
        InvalidArgumentError: another style, something else to cite, or the Citation File Format of something else than the data.
    """
    if isinstance(style, Record):
        return cite("apa", of=style)
    if style not in _WRITERS:
        raise InvalidArgumentError(f"style must be one of {', '.join(_WRITERS)}, not {style!r}")
    if style == "cff" and of != "data":
        raise InvalidArgumentError("cff describes the data as a whole; for the article or a record take another style")
    return str(_WRITERS[style](_work(of)))


def _lines(line: str, **fields: Any) -> str:
    return "".join(line.format(name, value) for name, value in fields.items() if value)


def _bibtex(work: _Work) -> str:
    note = re.sub("([%&#$_])", r"\\\1", "; ".join(filter(None, ["Data set" * bool(work.version), work.note])))
    author, title = f"{{{work.author}}}", f"{{{work.title}}}"  # in braces of their own, so that no name is taken apart
    fields = {"author": author, "title": title, "year": work.year, "month": work.month, "version": work.version, "note": note}
    return f"@misc{{{work.key},\n" + _lines("  {:<7} = {{{}}},\n", **fields) + "}"


def _csl(work: _Work) -> str:
    kind, date = ("article", [int(work.year), work.month]) if work.month else ("dataset", [int(work.year)])
    item = {"id": work.key, "type": kind, "author": [{"literal": work.author}], "issued": {"date-parts": [date]}, "title": work.title}
    item |= {name: value for name, value in (("version", work.version), ("note", work.note)) if value}
    return json.dumps([item], ensure_ascii=False, indent=1)


def _ris(work: _Work) -> str:
    kind, date = ("ELEC", f"{work.year}/{work.month:02}//") if work.month else ("DATA", "")
    return _lines("{}  - {}\n", TY=kind, AU=work.author, TI=work.title, PY=work.year, ET=work.version, N1=work.note, DA=date) + "ER  - "


def _cff(work: _Work) -> str:
    return _template("citation.cff").format(data=work, article=_work("article"), repost=REPOST).rstrip("\n")


_WRITERS: Any = {"apa": attrgetter("apa"), "bibtex": _bibtex, "cff": _cff, "csl-json": _csl, "gb7714": attrgetter("gb7714"), "ris": _ris}
