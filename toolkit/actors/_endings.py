"""Names by the words that they end with, found word by word from the last, without a look at each name."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence


@dataclass(slots=True)
class _Node:
    before: dict[str, _Node] = field(default_factory=dict)
    here: int | None = None
    longer: int | None = None


class Endings:
    """A tree of the words of names, the last word first; each name has a number, and the least is what is found."""

    def __init__(self) -> None:
        self._root = _Node()

    def add(self, words: Sequence[str], number: int, *, short: bool = True, apart: Container[str] = ()) -> None:
        """Add a name.

        Parameters
        ----------
        words : sequence of str
        number : int
        short : bool
            Whether the name may be the end of a longer one.
        apart : container of str
            Words, lower-case, behind which the end of a name is no shorter form of it: "Ministry **of** Defence".
        """
        node = self._root
        for word in reversed(words):
            if word.lower() not in apart:
                node.longer = _least(node.longer, number)
            node = node.before.setdefault(word, _Node())
        if short:
            node.here = _least(node.here, number)

    def longer(self, words: Sequence[str]) -> int | None:
        """Return the least number of the names that end with these words and have more before them."""
        node: _Node | None = self._root
        for word in reversed(words):
            node = node.before.get(word) if node else None
        return node.longer if node else None

    def within(self, words: Sequence[str]) -> Iterator[int]:
        """Give the numbers of the names that are ends of a longer one."""
        node: _Node | None = self._root
        for word in words[:0:-1]:
            node = node.before.get(word) if node else None
            if node is None:
                return
            if node.here is not None:
                yield node.here


def _least(known: int | None, number: int) -> int:
    return number if known is None else min(known, number)
