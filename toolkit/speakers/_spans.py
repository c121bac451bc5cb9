"""Spans that hold an offset, for offsets that rise: each span is looked at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from toolkit.records import Span

_T = TypeVar("_T")


class Holding(Generic[_T]):
    """Spans with what they stand for, in an order of their own."""

    def __init__(self, spans: Iterable[tuple[Span, _T]]) -> None:
        numbered = ((*span, number, value) for number, (span, value) in enumerate(spans))
        self._coming = sorted(numbered, key=lambda entry: entry[0], reverse=True)
        self._begun: list[tuple[int, int, int, _T]] = []

    def at(self, offset: int) -> list[_T]:
        """Return what the spans that hold an offset stand for, in the order given; no offset is less than the last."""
        while self._coming and self._coming[-1][0] <= offset:
            self._begun.append(self._coming.pop())
        self._begun = sorted((entry for entry in self._begun if entry[1] > offset), key=lambda entry: entry[2])
        return [value for *_, value in self._begun]
