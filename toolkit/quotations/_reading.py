"""A document while its quotations are found, and the drafts they are until then."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Span as TokenSpan

    from toolkit.quotations._cues import CueAt, SourceAt
    from toolkit.quotations._marks import Quoted
    from toolkit.records import Span

MANY_WORDS = 4
"""As many words, or more, are a statement rather than a mere phrase."""


@dataclass(slots=True)
class Draft:
    """A quotation on its way: pieces of content as text spans, its cue and source as tokens.

    ``certainty`` is the tagger's log odds of the content, None where rules found it.
    """

    pieces: list[Span]
    cue: CueAt | None = None
    source: SourceAt | None = None
    inherited: bool = False
    audience: Span | None = None
    via: Draft | None = None
    certainty: float | None = None


@dataclass(slots=True)
class Reading:
    """A document as this module reads it."""

    doc: Doc
    text: str
    quoted: list[Quoted]
    inside: list[bool]
    announced: dict[int, Draft] = field(default_factory=dict)

    def announces(self, start: int, end: int) -> bool:
        """Tell whether a sentence ends in a colon, so that a quotation in the next paragraph is its statement."""
        last = next((token for token in reversed(self.doc[start:end]) if not token.is_space), None)
        return last is not None and last.text == ":"

    def ending_at(self, token: int) -> Quoted | None:
        """Return the quoted stretch that ends with a token."""
        end = self.doc[token].idx + len(self.doc[token])
        return next((quote for quote in self.quoted if quote.end == end), None)

    def starting_at(self, token: int) -> Quoted | None:
        """Return the quoted stretch that starts with a token."""
        if token >= len(self.doc):
            return None
        return next((quote for quote in self.quoted if quote.start == self.doc[token].idx), None)


def inside_marks(doc: Doc, quoted: list[Quoted]) -> list[bool]:
    inside, quotes, at = [], quoted, 0
    for token in doc:
        while at < len(quotes) and quotes[at].end <= token.idx:
            at += 1
        inside.append(at < len(quotes) and quotes[at].holds(token.idx))
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


def overlap(piece: Span, quote: Quoted) -> bool:
    """Tell whether a piece and a quoted stretch share a character."""
    return piece[0] < quote.end and quote.start < piece[1]


def content_end(doc: Doc, start: int, end: int) -> int:
    """Return the token behind the last one of a sentence that is not white space."""
    while end > start and doc[end - 1].is_space:
        end -= 1
    return end
