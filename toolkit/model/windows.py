"""The stretches of a text that the parsing network reads at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc

LONGEST = 160
"""Tokens read at once, as in training; a longer sentence is read in pieces of as many."""


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of a Doc's tokens, and its sentences as (first, end) counted from the window's first token."""

    doc: int
    start: int
    end: int
    sentences: tuple[tuple[int, int], ...]


def windows_of(number: int, doc: Doc) -> Iterator[Window]:
    """Give the windows of the Doc of that number: as many whole sentences as fit, or a piece of one."""
    begin, kept = 0, list[tuple[int, int]]()
    for start, end in _pieces(doc):
        if kept and end - begin > LONGEST:
            yield Window(number, begin, start, tuple(kept))
            begin, kept = start, []
        kept.append((start - begin, end - begin))
    if kept:
        yield Window(number, begin, len(doc), tuple(kept))


def _pieces(doc: Doc) -> Iterator[tuple[int, int]]:
    for sentence in doc.sents:
        for start in range(sentence.start, sentence.end, LONGEST):
            yield start, min(start + LONGEST, sentence.end)
