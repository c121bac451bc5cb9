"""A document while its quotations are found, and the drafts they are until then."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet

    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as TokenSpan

    from toolkit.quotations._cues import CueAt, SourceAt
    from toolkit.quotations._marks import Quoted
    from toolkit.records import Mode, Span

Certainty = tuple[float, float]
"""Log odds of the tagger that a content, and its cue, are just as found."""
MANY_WORDS = 4
"""As many words, or more, are a statement rather than a mere phrase."""


@dataclass(slots=True)
class Draft:
    """A quotation on its way: pieces of content as text spans, its cue and source as tokens.

    ``certainty`` and ``mode`` are the tagger's, None where rules found it.
    """

    pieces: list[Span]
    cue: CueAt | None = None
    source: SourceAt | None = None
    inherited: bool = False
    audience: Span | None = None
    via: Draft | None = None
    certainty: Certainty | None = None
    mode: Mode | None = None


class Places:
    """Drafts by where their words stand, so that no search goes through all; pieces cut later on are still found."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        pieces = sorted((*piece, number) for number, draft in enumerate(drafts) for piece in draft.pieces)
        self._drafts, self._pieces = drafts, pieces
        self._reached = list(accumulate((end for _, end, _ in pieces), max))

    def touching(self, start: int, end: int) -> list[Draft]:
        """Return the drafts with a piece that shares a character with a stretch of text, in their order."""
        at, numbers = bisect_left(self._pieces, (end,)), set()
        while at and self._reached[at - 1] > start:
            at -= 1
            if self._pieces[at][1] > start:
                numbers.add(self._pieces[at][2])
        return [self._drafts[number] for number in sorted(numbers)]


@dataclass(slots=True)
class Reading:
    """A document as this module reads it: its quoted stretches in order, and the tokens inside them."""

    doc: Doc
    text: str
    quoted: list[Quoted]
    inside: AbstractSet[int]
    announced: dict[int, Draft] = field(default_factory=dict)
    starts: dict[int, Quoted] = field(init=False)
    ends: dict[int, Quoted] = field(init=False)

    def __post_init__(self) -> None:
        """Note where stretches start and end, as rules ask it of every token."""
        self.starts = {quote.start: quote for quote in self.quoted}
        self.ends = {quote.end: quote for quote in self.quoted}

    def announces(self, start: int, end: int) -> bool:
        """Tell whether a sentence ends in a colon, so that a quotation in the next paragraph is its statement."""
        last = next((token for token in reversed(self.doc[start:end]) if not token.is_space), None)
        return last is not None and last.text == ":"

    def ending_at(self, token: int) -> Quoted | None:
        """Return the quoted stretch that ends with a token."""
        return self.ends.get(self.doc[token].idx + len(self.doc[token]))

    def starting_at(self, token: int) -> Quoted | None:
        """Return the quoted stretch that starts with a token."""
        return self.starts.get(self.doc[token].idx) if token < len(self.doc) else None

    def touching(self, start: int, end: int) -> list[Quoted]:
        """Return the quoted stretches that share a character with a stretch of text."""
        first = bisect_right(self.quoted, start, key=lambda quote: quote.end)
        return self.quoted[first : bisect_left(self.quoted, end, first, key=lambda quote: quote.start)]


def inside_marks(tokens: Iterable[Token], quoted: Sequence[Quoted]) -> set[int]:
    """Return the tokens that start inside quotation marks."""
    inside, at = set(), 0
    for token in tokens:
        while at < len(quoted) and quoted[at].end <= token.idx:
            at += 1
        if at < len(quoted) and quoted[at].holds(token.idx):
            inside.add(token.i)
    return inside


def span_of(doc: Doc, start: int, end: int) -> Span:
    return doc[start].idx, doc[end - 1].idx + len(doc[end - 1])


def trim(doc: Doc, start: int, stop: int) -> list[Span]:
    while stop > start and (
        doc[stop - 1].is_space or doc[stop - 1].text in {".", ",", ";", ":", "—", "and", "but", "?", "!"}
    ):
        stop -= 1
    while start < stop and (doc[start].is_space or doc[start].text in {",", ":"}):
        start += 1
    return [(doc[start].idx, doc[stop - 1].idx + len(doc[stop - 1]))] if start < stop else []


def token_at(doc: Doc, position: int) -> int:
    """Return the token that starts at an offset, behind the white space before it; -1 where none does."""
    span = doc.char_span(position, position + 1, alignment_mode="expand")
    if span is None:
        return -1
    first = span.start
    while first > 0 and doc[first - 1].is_space:
        first -= 1
    return first


def tokens_of(doc: Doc, piece: Span) -> TokenSpan:
    """Return the tokens that a stretch of text touches."""
    tokens = doc.char_span(*piece, alignment_mode="expand")
    if tokens is None:
        raise ValueError(f"no tokens at {piece}")
    return tokens


def content_end(doc: Doc, start: int, end: int) -> int:
    """Return the token behind the last one of a sentence that is not white space."""
    while end > start and doc[end - 1].is_space:
        end -= 1
    return end
