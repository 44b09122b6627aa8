"""What the shell offers at the tab key; needs argcomplete, and is imported only when the shell completes."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from typing import Any

import argcomplete
from argcomplete.completers import FilesCompleter

from povdata import catalog, plots
from povdata.model.columns import label

_CHOICES: dict[str, Callable[[argparse.Namespace], Iterable[str]]] = {
    "key": lambda told: catalog.table(told.table).by_key,
    **dict.fromkeys(("column", "columns", "sort"), lambda told: catalog.table(told.table).schema),
    "where": lambda told: [f"{name}=" for name in catalog.table(told.table).schema],
    "within": lambda _: [label(place, language) for place in catalog.places for language in ("en", "zh")],
    "name": lambda _: plots.__all__,
}
"""The values that come from the data, by the name of the argument."""


def complete(parser: argparse.ArgumentParser) -> None:
    """Answer the shell and end the process."""
    argcomplete.autocomplete(parser, default_completer=_Completer())


class _Completer(FilesCompleter):
    """Offers values from the data, also after a comma or a minus; where there are none, files."""

    def __call__(self, prefix: str, **told: Any) -> list[str]:
        if (name := told["action"].dest) not in _CHOICES:
            return list(super().__call__(prefix, **told))
        before, comma, last = prefix.rpartition(",")
        return [f"{before}{comma}{'-' * last.startswith('-')}{value}" for value in _CHOICES[name](told["parsed_args"])]
