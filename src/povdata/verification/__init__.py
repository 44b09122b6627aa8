"""A reader's own copy of a source, compared with what a dataset cites of it.

A copy is read as a reader sees it (`normalize`), every cited passage is looked for (`match`), what stands there is judged by closed rules
(`judge`), and every cell is read again (`report`). Nothing here knows a language or a dataset: both come in a `Source`.
"""

from povdata.model.datatypes import Language
from povdata.verification.copies import text_of
from povdata.verification.judge import Status
from povdata.verification.match import Fingerprint, fingerprints, parts_of
from povdata.verification.normalize import Reading
from povdata.verification.report import GOOD, Cell, Names, Passage, Report, Source, locate, verify

__all__ = [
    "GOOD", "Cell", "Fingerprint", "Language", "Names", "Passage", "Reading", "Report", "Source", "Status",
    "fingerprints", "locate", "parts_of", "text_of", "verify",
]  # fmt: skip
