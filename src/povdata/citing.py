"""How to cite povdata."""

from typing import Literal, get_args

from povdata import __version__
from povdata.exceptions import InvalidArgumentError

Style = Literal["bibtex", "apa", "cff", "gb7714"]

TITLE = "povdata: how 15 Chinese regions took their poverty counties off the list"
AUTHOR = "The povdata founders"
YEAR = "2026"


def cite(style: Style = "apa") -> str:
    r"""A citation of this version, without a line break at the end.

    Args:
        style: ``"bibtex"``, ``"apa"``, ``"cff"`` (Citation File Format 1.2) or ``"gb7714"`` (GB/T 7714-2015).

    >>> import povdata
    >>> print(povdata.cite())
    The povdata founders. (2026). povdata: how 15 Chinese regions took their poverty counties off the list (Version 0.1.0) [Data set].

    Raises:
        InvalidArgumentError: another style.
    """
    match style:
        case "apa":
            return f"{AUTHOR}. ({YEAR}). {TITLE} (Version {__version__}) [Data set]."
        case "bibtex":
            fields = {"author": f"{{{AUTHOR}}}", "title": f"{{{TITLE}}}", "year": YEAR, "version": __version__, "note": "Data set"}
            lines = (f"  {name:<7} = {{{value}}}," for name, value in fields.items())
            return "\n".join([f"@misc{{povdata-{__version__},", *lines, "}"])
        case "gb7714":
            return f"{AUTHOR}. {TITLE}[DS]. 版本{__version__}. {YEAR}."
        case "cff":
            return "\n".join(
                [
                    "cff-version: 1.2.0",
                    "message: If you use these data, please cite them as below.",
                    "type: dataset",
                    f'title: "{TITLE}"',
                    "authors:",
                    f"  - name: {AUTHOR}",
                    f"version: {__version__}",
                    "license:",
                    "  - MIT",
                    "  - CC0-1.0",
                ]
            )
        case _:
            raise InvalidArgumentError(f"style must be one of {', '.join(get_args(Style))}, not {style!r}")
