"""Finding records by name: one folding for all names, what a name may leave out, and search for similar ones."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain, pairwise
from typing import Any, Generic, NamedTuple, TypeVar

from povdata.model.frozen import FrozenDict

R = TypeVar("R")


def folded(name: str) -> str:
    r"""A name as look-ups compare it: its letters and digits in compatibility form, without case, accents and tone marks.

    Blanks, invisible characters, apostrophes, hyphens and all other punctuation make no difference.

    >>> folded("Xī’ān\u200b Shì"), folded("１３００００")
    ('xianshi', '130000')
    """
    if name.isascii() and name.isalnum():
        return name.lower()
    plain = unicodedata.normalize("NFKD", name).casefold()  # in this order: a letterlike ℋ is first an H and then an h
    return unicodedata.normalize("NFKD", plain).translate(_KEPT)


class _Kept(dict[int, int | None]):
    """What look-ups keep of each character; found out once, which builds an index of names in four fifths of the time."""

    def __missing__(self, code: int) -> int | None:
        category = unicodedata.category(chr(code))
        self[code] = code if category[0] in "LN" and category != "Lm" else None
        return self[code]


_KEPT = _Kept()


class Naming(NamedTuple):
    """What names look like in the languages of a dataset; by default they are in English, and nothing else is known of them."""

    languages: Mapping[str, str] = FrozenDict(en="English")  # of names: by code, each with what it is called
    language: Callable[[str], str] = lambda text: "en"  # the code of the language that a text is in
    plain: Callable[[str], str] = str  # reduces variant characters, such as traditional ones, to those of the data
    stems: Callable[[str], Iterable[str]] = lambda name: ()  # a name, as it stands, without the word for its kind: Fuping of Fuping County
    kinds: Callable[[str], Iterable[tuple[str, str]]] = lambda name: ()  # each stem and word for a kind that a folded name can be
    fits: Callable[[Any, str], bool] = lambda record, word: False  # whether a record, by names and level, can be of a word's kind
    everything: frozenset[str] = frozenset()  # what the country that all places lie in is called, folded


PLAIN = Naming()


class Match(NamedTuple, Generic[R]):
    """A ``record`` of a ``table`` that a search found by its ``name``; ``score`` is 1.0 for a whole name, less for a part or likeness."""

    score: float
    name: str
    record: R
    table: str


class Index(Generic[R]):
    """The records of a table by their names."""

    def __init__(
        self,
        table: str,
        named: Iterable[tuple[R, Iterable[str], Iterable[str]]],  # each with its own names, and with others, such as former ones
        above: Callable[[R], Iterable[tuple[Any, Iterable[str]]]],  # the places above a record with their names, from the nearest upwards
        naming: Naming,
    ) -> None:
        self.table = table
        self.naming = naming
        self._above = above
        whole: dict[str, dict[int, R]] = {}
        stems: dict[str, dict[int, R]] = {}
        self._lent: set[tuple[str, int]] = set()
        for record, names, lent in named:
            own = dict.fromkeys(self._forms(names))
            others = {form: None for form in self._forms(lent) if form not in own}
            for called, known in (*own, *others):
                (whole, stems)[known].setdefault(called, {})[id(record)] = record
            self._lent.update((called, id(record)) for called, _ in others)
        self.whole: dict[str, tuple[R, ...]] = {name: tuple(records.values()) for name, records in whole.items() if name}
        self.stems: dict[str, tuple[R, ...]] = {name: tuple(records.values()) for name, records in stems.items() if name}
        self._names = [*{**self.stems, **self.whole}]
        self._longest = max(map(len, self._names), default=0)

    def _forms(self, names: Iterable[str]) -> Iterator[tuple[str, bool]]:
        """Names as look-ups compare them, and whether each is a stem, which is a name without the word for its kind."""
        for name in names:
            bracketed = "(" in name or "（" in name  # another name, as with counties that were renamed
            for part in [name, *filter(None, re.split("[()（）]", name))] if bracketed else [name]:
                yield self._fold(part), False
                yield from ((self._fold(stem), True) for stem in self.naming.stems(part))

    def _fold(self, name: str) -> str:
        return folded(name if name.isascii() else self.naming.plain(name))

    def find(self, name: str) -> tuple[R, ...]:
        """The records that a name means.

        A whole name goes before one without its kind, and both before a name behind those of places above. A place goes before one inside
        it that had the same name once. What stands in brackets or behind a comma must be a place above.
        """
        if found := self._named(self._fold(name)):
            return found
        first, *others = [*filter(None, map(self._fold, re.split(r"[,，、;；()（）\[\]]", name)))] or [""]
        if others:
            return tuple(record for record in self.find(first) if all(self._lies_in(record, other) for other in others))
        for cut in range(max(1, len(first) - self._longest - 20), len(first)):
            if found := tuple(record for record in self._named(first[cut:]) if self._lies_in(record, first[:cut])):
                return found
        return ()

    def _named(self, name: str) -> tuple[R, ...]:
        records = self.whole.get(name) or self.stems.get(name, ())
        if len(records) == 1 and (name, id(records[0])) not in self._lent:
            return records  # as nearly always, in half of the time
        found = {id(record): record for record in records}
        once = {key for key in found if (name, key) in self._lent}
        for stem, word in self.naming.kinds(name) if len(once) == len(found) else ():  # none, or none that has the name today
            known = {id(record): record for record in (*self.whole.get(stem, ()), *self.stems.get(stem, ()))}
            if fitting := {key: record for key, record in known.items() if self.naming.fits(record, word)}:
                found |= fitting
                break
        if len(found) > 1:
            once = {key for key in once if any(id(place) in found for place, _ in self._above(found[key]))}
            return tuple(record for key, record in found.items() if key not in once)
        return tuple(found.values())

    def _lies_in(self, record: R, names: str) -> bool:
        """Whether folded names, one behind the other, are those of places above a record, the nearest last; some may be left out."""
        for place, called in self._above(record):
            stems = {form for form, _ in self._forms(called)}
            ends = [name for name in stems if names.endswith(name)]
            for rest, word in self.naming.kinds(names):
                if self.naming.fits(place, word):
                    ends += [stem + word for stem in stems if rest.endswith(stem)]
            names = names.removesuffix(max(ends, key=len, default=""))
        return not names

    @cached_property
    def _with(self) -> dict[str, list[str]]:
        """The names by each pair of letters in them, a blank at both ends; made for the first search, since no look-up needs it."""
        found: dict[str, list[str]] = {}
        for name in self._names:
            for pair in _pairs(f" {name} "):
                found.setdefault(pair, []).append(name)
        return found

    def search(self, text: str, limit: int) -> list[Match[R]]:
        """The records whose names hold a text or resemble it, best first, each once.

        Likeness is the Sørensen-Dice coefficient: twice the pairs of neighbouring letters that both have, of those of each. The
        word for its kind that the text ends with does not count.
        """
        wanted = self._fold(text)
        if len(wanted) > 3 * self._longest:
            return []  # too long to share half of its pairs with any
        scores: dict[str, float] = {}
        stems = map(self._fold, self.naming.stems(text.title()))
        for form in [stem for stem in stems if len(stem) > 2] or [wanted]:  # of two letters, one that is wrong leaves no half
            sharing = (self._with.get(pair, ()) for pair in _pairs(f" {form} "))
            for name, shared in Counter(chain.from_iterable(sharing)).items():
                if 4 * shared >= len(form) + len(name) + 2:  # half of the pairs
                    scores[name] = max(scores.get(name, 0), 0.6 * 2 * shared / (len(form) + len(name) + 2))
        for name in min((self._with.get(pair, []) for pair in _pairs(wanted)), key=len, default=self._names):
            if wanted in name:
                scores[name] = 0.6 + 0.4 * len(wanted) / len(name) - (0 if name.startswith(wanted) else 0.05)
        best: dict[int, Match[R]] = {}
        for name in sorted(scores, key=scores.__getitem__, reverse=True):
            for record in (*self.whole.get(name, ()), *self.stems.get(name, ())):
                best.setdefault(id(record), Match(round(scores[name], 3), name, record, self.table))
        return sorted(best.values(), key=lambda match: (-match.score, str(getattr(match.record, "key", ""))))[:limit]


def _pairs(name: str) -> set[str]:
    """The pairs of neighbouring letters in a name."""
    return {before + after for before, after in pairwise(name)}


def is_code(value: str) -> bool:
    """Whether a text is a code rather than a name: it has a digit."""
    return any(map(str.isdigit, value))


def nearest(name: object, names: Iterable[str] | Mapping[str, Any]) -> list[str]:
    """Up to three names that resemble the given one, or else that hold it."""
    from difflib import get_close_matches  # not needed for the first record

    known, wanted = list(names), str(name)
    holding = sorted((one for one in known if wanted and wanted in one), key=len)
    return list(dict.fromkeys([*get_close_matches(wanted, known, n=3, cutoff=0.5), *holding]))[:3]
