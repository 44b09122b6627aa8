"""Words for readers: names of columns, values and units in English and Chinese, and what pages say around them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _words(language: str) -> Mapping[str, str]:
    path = files("povdata.exports") / "templates" / f"words.{language}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def said(word: str, language: str, scope: str = "") -> str:
    """A word in a language: as it is said in a scope, such as a column, or anywhere; without a translation the word itself."""
    words = _words(language)
    return words.get(f"{scope}={word}") or words.get(word) or word.replace("_", " ")


def counted(unit: str, value: Any, language: str) -> str:
    """A unit beside a number: English has a word for one of it."""
    return unit if language == "en" and value == 1 else said(unit, language, "unit")
