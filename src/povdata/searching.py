"""Searching names for what resembles a text."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import Generic, NamedTuple, TypeVar

from povdata.records import Record

R = TypeVar("R", bound=Record)


class Match(NamedTuple, Generic[R]):
    """A record that a search found.

    Attributes:
        score: 1.0 for the whole name, less for a part or a similar name.
        name: the name that matched.
        record: the record.
    """

    score: float
    name: str
    record: R


class Matches(list[Match[R]]):
    """Matches, best first; shows itself as a table."""

    def _repr_html_(self) -> str:
        from povdata import html
        from povdata.table import label

        rows = ([f"{match.score:.3f}", match.name, match.record.key, label(match.record, "en"), label(match.record)] for match in self)
        caption = f"{len(self)} match{'es' * (len(self) != 1)}"
        return html.grid(["score", "matched", "key", "English", "Chinese"], rows, caption, numbers=["score"])


def search(wanted: str, names: Mapping[str, tuple[R, ...]], letters_of: Mapping[str, frozenset[str]], limit: int) -> Matches[R]:
    """The records whose names hold a text or resemble it, best first, each once.

    Args:
        wanted: the text, folded as the names are.
        names: the records of each name.
        letters_of: `letters` of each name.
        limit: so many at most.
    """
    if len(wanted) > 3 * max(map(len, names), default=0):
        return Matches()  # too long to share enough letters with any
    own = letters(wanted)
    best: dict[str, Match[R]] = {}

    def keep(score: float, name: str) -> None:
        for record in names[name]:
            if record.key not in best or best[record.key].score < score:
                best[record.key] = Match(round(score, 3), name, record)

    similar: list[tuple[float, str]] = []
    for name, its in letters_of.items():
        if wanted in name:
            keep(0.6 + 0.4 * len(wanted) / len(name) - (0.05 if not name.startswith(wanted) else 0), name)
        elif (most := 2 * len(own & its) / (len(wanted) + len(name))) >= 0.6:
            similar.append((most, name))
    matcher = SequenceMatcher(b=wanted, autojunk=False)
    for most, name in sorted(similar, reverse=True):
        if 0 < limit <= len(best) and sorted(match.score for match in best.values())[-limit] > 0.6 * most + 0.001:
            break  # the letters in common bound the ratio, so none of the rest comes among the first
        matcher.set_seq1(name)
        if (score := 0.6 * matcher.ratio()) >= 0.36:
            keep(score, name)
    return Matches(sorted(best.values(), key=lambda match: (-match.score, match.record.key))[:limit])


def letters(name: str) -> frozenset[str]:
    """The characters of a name, each repetition marked, so that two names have as many in common as a `SequenceMatcher` could match."""
    return frozenset(c + name[:at].count(c) * "+" for at, c in enumerate(name))
