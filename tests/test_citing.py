"""Citations of this version, form by form."""

import povdata
from conftest import ROOT

TITLE = "povdata: how 15 Chinese regions took their poverty counties off the list"
VERSION = povdata.__version__


def test_apa_is_one_line():
    """Author, year, title, version and kind; it is what is given when nothing is asked."""
    assert povdata.cite() == povdata.cite("apa") == f"The povdata founders. (2026). {TITLE} (Version {VERSION}) [Data set]."


def test_bibtex_is_an_entry_with_five_fields():
    """An entry of misc, with the author in double braces, so that no name is taken apart."""
    assert povdata.cite("bibtex").splitlines() == [
        f"@misc{{povdata-{VERSION},",
        "  author  = {{The povdata founders}},",
        f"  title   = {{{{{TITLE}}}}},",
        "  year    = {2026},",
        f"  version = {{{VERSION}}},",
        "  note    = {Data set},",
        "}",
    ]


def test_gb7714_names_the_data_set():
    """The Chinese standard marks a data set with DS."""
    assert povdata.cite("gb7714") == f"The povdata founders. {TITLE}[DS]. 版本{VERSION}. 2026."


def test_cff_is_the_file_of_the_project():
    """What is given is what stands in CITATION.cff."""
    assert povdata.cite("cff") + "\n" == (ROOT / "CITATION.cff").read_text(encoding="utf-8")
