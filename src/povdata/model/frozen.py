"""A dictionary that cannot be changed, and is copied, pickled and compared like any other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class FrozenDict(dict[K, V]):
    """A dictionary that refuses changes, so that nothing a caller does to it reaches the installed data.

    >>> FrozenDict(a=1)["b"] = 2
    Traceback (most recent call last):
    TypeError: this mapping is read-only; dict(...) makes a copy that can be changed
    """

    __slots__ = ("__weakref__",)

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise TypeError("this mapping is read-only; dict(...) makes a copy that can be changed")

    if not TYPE_CHECKING:
        __setitem__ = __delitem__ = __ior__ = clear = pop = popitem = setdefault = update = _refuse

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (dict(self),)

    def __deepcopy__(self, memo: dict[int, Any]) -> FrozenDict[K, V]:
        return self
