"""Words for readers: names of columns, values and units, and what pages say around them, in English and Chinese."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from povdata.exports.sheets import template


@cache
def _words(language: str) -> dict[str, str]:
    return dict(json.loads(template(f"words.{language}.json")))


def said(word: str, language: str, scope: str = "") -> str:
    """A word in a language: as it is said in a scope, such as a column, or anywhere; without a translation the word itself."""
    words = _words(language)
    return words.get(f"{scope}={word}") or words.get(word) or word.replace("_", " ")


def counted(unit: str, value: Any, language: str) -> str:
    """A unit beside a number: English has a word for one of it."""
    return unit if language == "en" and value == 1 else said(unit, language, "unit")
