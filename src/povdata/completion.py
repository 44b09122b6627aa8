"""What the shell offers at the tab key; needs argcomplete, which is asked for when the shell completes, and only then."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import Any

import argcomplete

from povdata import catalog, plots
from povdata.model.columns import label


def complete(parser: argparse.ArgumentParser) -> None:
    """Answer the shell and end the process."""
    for action in _actions(parser):
        if completer := _COMPLETERS.get(action.dest):
            action.completer = completer  # type: ignore[attr-defined]  # where argcomplete looks
    argcomplete.autocomplete(parser)


def _actions(parser: argparse.ArgumentParser) -> Iterable[argparse.Action]:
    for action in parser._actions:  # noqa: SLF001  # argparse has no public name for them
        yield action
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001  # the same
            for command in action.choices.values():
                yield from _actions(command)


def _keys(parsed_args: argparse.Namespace, **_: Any) -> list[str]:
    return list(catalog.table(parsed_args.table).by_key)


def _columns(parsed_args: argparse.Namespace, **_: Any) -> list[str]:
    return list(catalog.table(parsed_args.table).schema)


def _listed(prefix: str, parsed_args: argparse.Namespace, **_: Any) -> list[str]:
    """Columns after the last comma."""
    before, comma, last = prefix.rpartition(",")
    sign = "-" * last.startswith("-")
    return [f"{before}{comma}{sign}{name}" for name in _columns(parsed_args)]


def _conditions(parsed_args: argparse.Namespace, **_: Any) -> list[str]:
    return [f"{name}=" for name in _columns(parsed_args)]


def _places(**_: Any) -> list[str]:
    return [label(place, language) for place in catalog.places for language in ("en", "zh")]


def _plots(**_: Any) -> list[str]:
    return list(plots.__all__)


_COMPLETERS = {
    "key": _keys,
    "column": _columns,
    "columns": _listed,
    "sort": _listed,
    "where": _conditions,
    "within": _places,
    "name": _plots,
}
"""By the name of the argument; what has choices needs none."""
