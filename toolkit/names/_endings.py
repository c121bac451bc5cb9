"""Whether any of many names ends with given words, found without a look at each of them."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Endings:
    """The ends of names: a name ends with some words where, both read backwards, it begins with them."""

    def __init__(self, names: Iterable[str]) -> None:
        self._backwards = sorted({name[::-1] for name in names})

    def has(self, ending: str) -> bool:
        """Tell whether a name ends with these characters."""
        sought = ending[::-1]
        place = bisect_left(self._backwards, sought)
        return place < len(self._backwards) and self._backwards[place].startswith(sought)
