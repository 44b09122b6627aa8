"""What ``datapackage.json`` says of the data files beside it: their fingerprints, and what a row of each is."""

import json
from hashlib import sha256
from typing import Any

from povdata.records import bundled


def fingerprint(data: bytes) -> str:
    """The SHA-256 of a file, as Frictionless writes it."""
    return f"sha256:{sha256(data).hexdigest()}"


def manifest(descriptor: bytes) -> dict[str, str]:
    """File name → fingerprint, from the bytes of ``datapackage.json``; raises ValueError for anything else."""
    try:
        return {resource["path"]: resource["hash"] for resource in json.loads(descriptor)["resources"]}
    except (KeyError, TypeError) as error:
        raise ValueError(f"not a data package descriptor: {error!r}") from None


def summary(name: str, record: type[Any]) -> str:
    """What a row of a table is: the docstring of its class; where ``python -OO`` left none, ``datapackage.json`` keeps it."""
    if record.__doc__:
        return record.__doc__.strip()
    described = {resource["name"]: resource["description"] for resource in json.loads(bundled("datapackage.json"))["resources"]}
    return str(described.get(name, name))
