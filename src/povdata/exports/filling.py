"""Descriptors from templates in JSON, whose gaps are filled."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from importlib.resources import files
from typing import Any


def template(name: str) -> str:
    """The text of a file beside the formats."""
    return (files("povdata.exports") / "templates" / name).read_text(encoding="utf-8")


def described(name: str, values: Mapping[str, Any]) -> str:
    """The text of a descriptor; it holds no clock."""
    return json.dumps(filled(json.loads(template(name)), values), ensure_ascii=False, indent=1) + "\n"


def filled(shape: Any, values: Mapping[str, Any]) -> Any:
    """A shape with its gaps filled; members of an object that are empty then, or False, are left out.

    >>> filled({"title": "<name>!", "in": ["each parts", {"id": "<id>", "of": "<of>"}]}, {"name": "A", "of": "", "parts": [{"id": 7}]})
    {'title': 'A!', 'in': [{'id': 7}]}
    """
    match shape:
        case [str() as each, dict() as part] if each.startswith("each "):
            return [filled(part, {**values, **item}) for item in values[each.removeprefix("each ")]]
        case list():
            return [filled(part, values) for part in shape]
        case dict():
            found = {name: filled(part, values) for name, part in shape.items()}
            return {name: part for name, part in found.items() if part or type(part) is int}
        case str() if gap := re.fullmatch(r"<(\w+)>", shape):
            return values[gap[1]]
        case str():
            return re.sub(r"<(\w+)>", lambda gap: str(values[gap[1]]), shape)
        case _:
            return shape
