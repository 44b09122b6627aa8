"""What the shell offers at the tab key; needs argcomplete, and is imported only when the shell completes."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from typing import Any

import argcomplete

from povdata import catalog, plots
from povdata.model.columns import label

_CHOICES: dict[str, Callable[[argparse.Namespace], Iterable[str]]] = {
    "key": lambda told: catalog.table(told.table).by_key,
    **dict.fromkeys(("column", "columns", "sort"), lambda told: catalog.table(told.table).schema),
    "where": lambda told: [f"{name}=" for name in catalog.table(told.table).schema],
    "within": lambda _: [label(place, language) for place in catalog.places for language in ("en", "zh")],
    "name": lambda _: plots.__all__,
}
"""What the data decide, by the name of the argument."""


def complete(parser: argparse.ArgumentParser) -> None:
    """Answer the shell and end the process."""
    argcomplete.autocomplete(parser, default_completer=_offered)


def _offered(prefix: str, action: argparse.Action, parsed_args: argparse.Namespace, **_: Any) -> list[str]:
    """What can stand after the last comma and a minus; files for an argument that the data do not decide."""
    if action.dest not in _CHOICES:
        return list(argcomplete.FilesCompleter()(prefix))
    before, comma, last = prefix.rpartition(",")
    return [f"{before}{comma}{'-' * last.startswith('-')}{name}" for name in _CHOICES[action.dest](parsed_args)]
