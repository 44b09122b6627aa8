"""What the article is, and how to cite it, the data and single records of them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple, overload

from povdata import __version__
from povdata.exceptions import InvalidArgumentError
from povdata.literals import ProvinceKey
from povdata.model.columns import Labels, label
from povdata.model.frozen import FrozenDict
from povdata.model.record import Record
from povdata.provenance import evidence
from povdata.records import DATASET, Observation

Style = Literal["apa", "bibtex", "cff", "csl-json", "gb7714", "ris"]
Subject = Literal["data", "article"] | Record
"""What can be cited: the data, the article that they were read from, or one record."""

TITLE = "povdata: how 15 Chinese regions took their poverty counties off the list"
AUTHOR = "The povdata founders"
YEAR = "2026"

COMPILER_ZH = "人民网·中国共产党新闻网"
COMPILER_EN = "People's Daily Online, News of the Communist Party of China"
ARTICLE = "Round-up of media reports on how 15 provincial-level regions took all poverty counties off the list; no title known"
REPOST = "妖气游戏网 (www.17u1u.com), 2024"
"""What the last line of the reference edition says of the site that its text was taken from."""
HEADINGS: Mapping[ProvinceKey, str] = FrozenDict(
    {
        "130000": "让党员走到群众中去",
        "140000": "头雁领航",
        "150000": "大力实施“富民党建”",
        "220000": "设立“驻村干部党委”",
        "230000": "提振真抓实干精气神",
        "340000": "精干力量下沉攻坚",
        "360000": "实施“人才回归”工程",
        "410000": "党员聚在产业链",
        "420000": "不断完善党群服务",
        "430000": "以“智慧党建”激活脱贫攻坚新动能",
        "460000": "挂钩帮扶不落一人",
        "500000": "力抓“精神扶贫”",
        "540000": "凝聚最强战贫力量",
        "610000": "群众增收有门路",
        "630000": "苦寒高原生活暖起来",
    }
)
"""Search terms, by province: what the headings of the article's 15 sections say, or a part of it."""


def about_article() -> str:
    """What the article is, and how to find a copy of it.

    >>> import povdata.citing
    >>> print(povdata.citing.about_article().splitlines()[0])
    人民网·中国共产党新闻网 (People's Daily Online, News of the Communist Party of China) compiled it at the end of April 2020.
    """
    terms = "; ".join(f"{DATASET['provinces'][key].name_short_zh} {words}" for key, words in HEADINGS.items())
    return "\n".join(
        [
            f"{COMPILER_ZH} ({COMPILER_EN}) compiled it at the end of April 2020.",
            f"We know neither its title nor its address. Lines and characters are counted in the text of a repost, {REPOST}.",
            "To find a copy, search the web for 人民网 and the words of two or three of its section headings in quotation marks:",
            f"{terms}.",
            "Whether what you found is the article, and where it differs, povdata verify FILE tells.",
        ]
    )


SIGNS = {"exact": "", "more_than": "> ", "less_than": "< ", "at_least": "≥ ", "at_most": "≤ ", "about": "≈ "}
"""How a relation is written before its figure."""


class _Work(NamedTuple):
    """What a citation says; empty where there is nothing to say."""

    key: str
    author: str
    title: str
    year: str
    version: str = ""
    month: str = ""
    note: str = ""
    note_zh: str = ""

    @property
    def is_data(self) -> bool:
        return bool(self.version)


def _work(subject: Subject) -> _Work:
    if subject == "article":
        return _Work("povdata-article", f"{COMPILER_ZH} ({COMPILER_EN})", f"[{ARTICLE}]", "2020", month="04")
    data = _Work(f"povdata-{__version__}", AUTHOR, TITLE, YEAR, __version__)
    if subject == "data":
        return data
    if not isinstance(subject, Record):
        raise InvalidArgumentError(f"of must be 'data', 'article' or a record, not {subject!r}")
    path = f"{DATASET.table_of(subject).name}/{subject.key}"
    note, note_zh = f"{_told(subject, 'en')} ({path})", f"{_told(subject, 'zh')}（{path}）"
    if place := _place(subject):
        note += f", read from the article of {COMPILER_EN} (2020) at {place}"
        note_zh += f"，据{COMPILER_ZH}2020年的报道（{place}）"
    return data._replace(key=f"{data.key}-{subject.key}", note=note, note_zh=note_zh)


def _told(record: Record, language: Labels) -> str:
    """A record in a few words; a figure with its place, period and value as the article has it."""
    if not isinstance(record, Observation):
        return label(record, language)
    indicator, place = label(record.indicator_record, language), label(record.place_record, language)
    value = f"{SIGNS[record.relation]}{record.value:f} {record.indicator_record.unit}"
    if language == "en":
        return f"{indicator}, {place}, {record.period or 'no date'}: {value}"
    return f"{place}{indicator}，{record.period or '时间不详'}：{value}"


def _place(record: Record) -> str:
    """The locators of a figure's value, or for another record the first and last that it cites; nothing where it cites none."""
    locators = sorted({item.locator for item in evidence(DATASET, record, "value" if isinstance(record, Observation) else None)})
    return " to ".join(str(locator) for locator in dict.fromkeys([locators[0], locators[-1]])) if locators else ""


@overload
def cite(style: Style = "apa", *, of: Subject = "data") -> str: ...
@overload
def cite(style: Record) -> str: ...
def cite(style: Style | Record = "apa", *, of: Subject = "data") -> str:
    r"""A citation, without a line break at the end: of this version of the data, of the article, or of one record.

    Args:
        style: ``"apa"``, ``"bibtex"``, ``"cff"`` (Citation File Format 1.2, of the data alone), ``"csl-json"``, ``"gb7714"``
            (GB/T 7714-2015) or ``"ris"``; a record in its place is cited in APA style.
        of: ``"data"``, ``"article"`` for the article that they were read from, or a record, which is cited with its value, its key and
            the places in the article.

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
    return _WRITERS[style](_work(of))


def _apa(work: _Work) -> str:
    when = f"{work.year}, April" if work.month else work.year
    kind = f" (Version {work.version}) [Data set]" if work.is_data else ""
    return f"{work.author}. ({when}). {work.title}{kind}." + f" {work.note}." * bool(work.note)


def _gb7714(work: _Work) -> str:
    if not work.is_data:
        return f"{COMPILER_ZH}. 15个省区市贫困县全部摘帽的媒体报道综述（原题未详）[EB/OL]. {work.year}-{work.month}."
    return f"{work.author}. {work.title}[DS]. 版本{work.version}. {work.year}." + f" {work.note_zh}." * bool(work.note_zh)


def _bibtex(work: _Work) -> str:
    note = "; ".join(filter(None, ["Data set" * work.is_data, work.note]))
    fields = {
        "author": f"{{{work.author}}}",
        "title": f"{{{work.title}}}",
        "year": work.year,
        "month": work.month.lstrip("0"),
        "version": work.version,
        "note": re.sub("([%&#$_])", r"\\\1", note),
    }
    lines = (f"  {name:<7} = {{{value}}}," for name, value in fields.items() if value)
    return "\n".join([f"@misc{{{work.key},", *lines, "}"])


def _csl(work: _Work) -> str:
    date = [int(part) for part in (work.year, work.month) if part]
    item = {
        "id": work.key,
        "type": "dataset" if work.is_data else "article",
        "author": [{"literal": work.author}],
        "issued": {"date-parts": [date]},
        "title": work.title,
        "version": work.version,
        "note": work.note,
    }
    return json.dumps([{name: value for name, value in item.items() if value}], ensure_ascii=False, indent=1)


def _ris(work: _Work) -> str:
    fields = {
        "TY": "DATA" if work.is_data else "ELEC",
        "AU": work.author,
        "TI": work.title,
        "PY": work.year,
        "DA": f"{work.year}/{work.month}//" if work.month else "",
        "ET": work.version,
        "N1": work.note,
    }
    return "\n".join([*(f"{tag}  - {value}" for tag, value in fields.items() if value), "ER  - "])


def _cff(work: _Work) -> str:
    article = _work("article")
    return "\n".join(
        [
            "cff-version: 1.2.0",
            "message: If you use these data, please cite them as below.",
            "type: dataset",
            f'title: "{work.title}"',
            "authors:",
            f"  - name: {work.author}",
            f"version: {work.version}",
            "license:",
            "  - MIT",
            "  - CC0-1.0",
            "references:",
            "  - type: article",
            f'    title: "{article.title}"',
            "    authors:",
            f'      - name: "{article.author}"',
            f"    year: {article.year}",
            f"    month: {int(article.month)}",
            f"    notes: Data were read from it in the text of a repost, {REPOST}.",
        ]
    )


_WRITERS: Mapping[Style, Callable[[_Work], str]] = {
    "apa": _apa,
    "bibtex": _bibtex,
    "cff": _cff,
    "csl-json": _csl,
    "gb7714": _gb7714,
    "ris": _ris,
}
