"""Packages that are imported when first used; their short names (``pd``) stand at the top of a file, so that type hints resolve."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from povdata.exceptions import MissingExtraError

__all__ = ["Extra", "np", "pa", "pd", "pl"]


class Extra:
    """A package, or a module of it, imported when something of it is first asked for; and povdata's extra that brings it.

    >>> Extra("nowhere", "plot").figure
    Traceback (most recent call last):
    povdata.exceptions.MissingExtraError: nowhere is not installed; run: pip install nowhere, which povdata's extra 'plot' brings
    """

    def __init__(self, package: str, extra: str = "", module: str = "") -> None:
        self._package, self._extra, self._module = package, extra, module or package

    def __getattr__(self, name: str) -> Any:
        try:
            return getattr(import_module(self._module), name)
        except ModuleNotFoundError as error:
            if (error.name or "").partition(".")[0] != self._package:
                raise  # it is there, but something that it needs is not
            raise MissingExtraError(self._package, self._extra) from None


if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    import polars as pl
    import pyarrow as pa
else:
    np, pd, pl, pa = Extra("numpy"), Extra("pandas"), Extra("polars", "polars"), Extra("pyarrow", "arrow")
