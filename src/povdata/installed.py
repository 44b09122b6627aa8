"""The installed data as the source that a copy is compared with."""

from __future__ import annotations

import os

from povdata import catalog, chinese, verification
from povdata.locators import Locator
from povdata.verification import Passage, Report, Source, text_of

_TITLE = "书记"
"""What the dataset reads where the article masks a title; the caveat ``secretary-masked`` names the records."""


def source() -> Source:
    """The article as the installed tables cite it."""
    regions = [(region.first_line, region.last_line, region.key) for region in catalog.provinces]

    def section(locator: Locator) -> str:
        return next((key for first, last, key in regions if first <= locator.line <= last), "")

    masks = {"/".join(path.split("/")[:2]): _TITLE for path in catalog.caveats["secretary-masked"].records}
    titles: dict[str, str] = {region.key: region.name_en for region in catalog.provinces}
    return Source(catalog.tables(), chinese, catalog.sources["article"].sha256 or "", section, titles, masks)


def verify(copy: str | os.PathLike[str] | bytes, *, encoding: str = "utf-8") -> Report:
    """Compare a copy of the article with everything the dataset cites.

    The copy may be the reference edition, or differ from it: redactions restored, other punctuation or width of digits, traditional
    characters, paragraphs merged or split, captions or sections dropped, a site's own lines added, the article inside an HTML page. A
    cell counts as confirmed only where the characters it was read from stand next to what stands next to them in the article, and read
    as its value again.

    What no cell rests on, such as ornament and quotations, is not compared.

    Args:
        copy: the path of a text or HTML file, the file's bytes, or the text itself: a string with line breaks is taken for the text, one
            without for a path.
        encoding: how the bytes encode the text, such as ``"gb18030"``.

    Raises:
        CopyError: the file cannot be read, its bytes are not of that encoding, or it is not the article.
        InvalidArgumentError: the copy or the encoding is none of these.
    """
    return verification.verify(copy, source(), encoding=encoding)


def passages(copy: str | os.PathLike[str] | bytes, encoding: str = "utf-8") -> dict[str, Passage]:
    """What a copy has of every cited passage, by the key of its span."""
    return verification.locate(text_of(copy, encoding), source())
