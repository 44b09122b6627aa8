"""The questions that are asked of the installed data: where it was read, whether a copy agrees, and what a text can mean."""

import os
import re
from contextlib import suppress
from typing import Any

from povdata import chinese, provenance, verification
from povdata.exceptions import InvalidArgumentError
from povdata.model.datatypes import Quantity
from povdata.model.lookup import Match
from povdata.model.names import Matches
from povdata.model.record import Record
from povdata.provenance import EvidenceList
from povdata.records import DATASET
from povdata.verification import Report, Source, text_of


def evidence(
    subject: Any, column: str | None = None, *, copy: str | os.PathLike[str] | bytes | None = None, encoding: str = "utf-8"
) -> EvidenceList:
    """The citations behind a record, a table, or the rows of a frame; behind a derived cell, those of the cells it was computed from.

    The subject is a record; a table or a selection of one; or a frame of pandas, polars or Arrow that still has its ``key`` column,
    filtered, sorted or joined; ``column`` asks for the citations of that column alone. With a ``copy`` of the article and its
    ``encoding``, as `verify` takes them, each citation says whether the copy has it, with the passage around it.

    >>> import povdata
    >>> rate = povdata.observations["fuping-poverty-rate-2014"]
    >>> [(str(item.locator), item.characters) for item in povdata.evidence(rate, "value")]
    [('7:88-93', '54.4%')]
    >>> [(item.key, item.column, item.characters) for item in povdata.evidence(povdata.provinces["130000"], "poverty_counties")]
    [('hebei-2020-02-29', 'total', '62个')]

    Raises:
        NotFoundError: there is no such column, or a key is in no table.
        InvalidArgumentError: the subject is none of these, or the frame has no key column, or its keys are those of several tables.
        CopyError: the copy cannot be read, or is not the article.
    """
    located = {} if copy is None else verification.locate(text_of(copy, encoding), source())
    passages = {
        key: (None if one.found is None else (one.around[0].rpartition("\n")[2], one.found, one.around[1].partition("\n")[0]), one.status)
        for key, one in located.items()
    }
    return provenance.evidence(DATASET, subject, column, passages)


def source() -> Source:
    """The article as the installed tables cite it."""
    regions = DATASET["provinces"].records
    masked = DATASET["caveats"]["secretary-masked"].records
    return Source(
        DATASET,
        chinese,
        sha256=DATASET["sources"]["article"].sha256 or "",
        section=lambda at: next((region.key for region in regions if region.first_line <= at.line <= region.last_line), ""),
        titles={region.key: region.name_en for region in regions},
        masks={"/".join(path.split("/")[:2]): "书记" for path in masked},  # the title that the dataset reads where the article masks it
    )


def verify(copy: str | os.PathLike[str] | bytes, *, encoding: str = "utf-8") -> Report:
    """Compare a copy of the article with everything the dataset cites; text that no cell cites is not compared.

    The copy may have other punctuation, width of digits, characters (traditional ones) or paragraphs, restored redactions, dropped sections
    and lines of its own, or be an HTML page. A cell is confirmed only if the characters it was read from have the same neighbours as in the
    article, and read as its value again.

    The copy is the path of a text or HTML file, its bytes, or the text itself, which has line breaks; the encoding is that of the bytes,
    such as ``"gb18030"``.

    Raises:
        CopyError: the file cannot be read, its bytes are not of that encoding, or it is not the article.
        InvalidArgumentError: the copy or the encoding is none of these.
    """
    return verification.verify(copy, source(), encoding=encoding)


def search(text: str | float, limit: int = 10) -> Matches[Record]:
    """The records of all tables that a text or figure can mean, best first; each match names its table.

    A text is looked for in names and keys, a figure among the values, and a whole number, which can be a code, in both. A text without a
    letter or digit, or a limit below zero, is an InvalidArgumentError.

    >>> import povdata
    >>> [(match.table, match.record.key) for match in povdata.search("阜平")[:2]]
    [('places', '130624'), ('divisions', '130624')]
    >>> [(match.table, match.record.key) for match in povdata.search(54.4)]
    [('observations', 'fuping-poverty-rate-2014')]
    """
    wanted = str(text)
    if text is None or text != text or not any(map(str.isalnum, wanted)) or not isinstance(limit, int) or limit < 0:  # noqa: PLR0124  # NaN
        raise InvalidArgumentError(f"search takes a text or figure and a limit of zero or more, not {text!r} and {limit!r}")
    found: list[Match[Record]] = []
    for table in () if re.fullmatch(r"[0-9]*[.][0-9]+%?|[0-9]+%", wanted) else DATASET.values():  # that is no name and no code
        if any(column.is_name for column in table.schema.values()):
            found += table.search(wanted, limit)
    with suppress(ValueError):  # it may be no figure
        value = Quantity().accept(wanted.removesuffix("%"))
        found += (Match(1.0, wanted, record, "observations") for record in DATASET["observations"] if record.value == value)
    order = list(DATASET)
    return Matches(sorted(found, key=lambda match: (-match.score, order.index(match.table), match.record.key))[:limit])
