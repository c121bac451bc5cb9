"""Quotations that go on: behind their cue, over paragraphs, and without a cue of their own."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from toolkit.quotations._reading import MANY_WORDS, Draft, Reading, overlap, token_at
from toolkit.quotations._sources import subject_of_sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.quotations._marks import Quoted
    from toolkit.records import Span

_SENTENCE_END = re.compile(r"\n|[a-z][.!?]\s")
_COMMA_END = re.compile(r",[\"”'»’]+$")


def give_back(reading: Reading, drafts: Sequence[Draft]) -> None:
    """Give a quotation that opens a sentence to who spoke the last one: "“We go,” he said when told of it. **“Now.”**".

    A nearer cue ("told") has a content of its own between the two.
    """
    for draft in drafts:
        for piece in draft.pieces[1:]:
            speaking = _speaking(reading, drafts, draft, piece)
            if speaking is not None:
                draft.pieces.remove(piece)
                speaking.pieces.append(piece)


def _speaking(reading: Reading, drafts: Sequence[Draft], draft: Draft, piece: Span) -> Draft | None:
    """Return the statement whose quotation a piece of another one goes on with."""
    if draft.cue is None or not any(quote.start == piece[0] for quote in reading.quoted):
        return None
    own = [other[0] for other in draft.pieces if other[1] <= piece[0]]
    opens = reading.text[max(0, piece[0] - 4) : piece[0]].rstrip(" ").endswith((".", "!", "?"))
    if not own or not opens:
        return None
    start = min(*own, reading.doc[draft.cue.start].idx)
    spoken = (other for other in drafts if other is not draft and _spoken_before(reading, other, start))
    return max(spoken, key=lambda other: other.pieces[-1], default=None)


def _spoken_before(reading: Reading, draft: Draft, position: int) -> bool:
    """Tell whether a statement is a quotation that a comma ends, with its cue behind it, all before a position.

    It must stand in the same paragraph, with no sentence's end between its cue and the position.
    """
    if draft.cue is None:
        return False
    end, cue = draft.pieces[-1][1], reading.doc[draft.cue.start].idx
    comma = any(quote.end == end for quote in reading.quoted) and _COMMA_END.search(reading.text, end - 4, end)
    return bool(comma) and end <= cue < position and not _SENTENCE_END.search(reading.text, cue, position)


def join_unclaimed(reading: Reading, drafts: list[Draft], places: Sequence[Span]) -> list[Draft]:
    """Give the quoted stretches no cue has claimed to the statement they continue, or keep them without a source."""
    added: list[Draft] = []
    _join_backwards(reading, drafts)
    previous: Quoted | None = None
    for quote in reading.quoted:
        if not _claimed(drafts, quote):
            owner = _continued(reading, drafts + added, previous, quote, places) or _led_to(reading, quote)
            if owner is not None:
                if not owner.pieces:
                    added.append(owner)
                owner.pieces.append((quote.start, quote.end))
            elif _is_statement(reading, quote):
                added.append(Draft([(quote.start, quote.end)]))
        previous = quote
    return added


def _claimed(drafts: list[Draft], quote: Quoted) -> bool:
    return any(overlap(piece, quote) for draft in drafts for piece in draft.pieces)


def _join_backwards(reading: Reading, drafts: list[Draft]) -> None:
    """Give a paragraph of a quotation to the cue of a later one: "“We came. ¶ “We leave,” she said."."""
    for quote, following in reversed(list(pairwise(reading.quoted))):
        announced = token_at(reading.doc, quote.start) in reading.announced
        if quote.goes_on and not announced and not _claimed(drafts, quote):
            owner = next((draft for draft in drafts if draft.pieces[0][0] == following.start), None)
            if owner is not None:
                owner.pieces.insert(0, (quote.start, quote.end))


def _led_to(reading: Reading, quote: Quoted) -> Draft | None:
    """Return a statement of the sentence's subject where a colon leads to a quotation: "Umerov was blunt: “No.”"."""
    first = reading.doc.char_span(quote.start, quote.start + 1, alignment_mode="expand")
    if first is None or first.start == 0 or reading.doc[first.start - 1].text != ":":
        return None
    source = subject_of_sentence(reading.doc, first.sent.start, first.start - 1)
    return Draft([], None, source) if source else None


def _continued(
    reading: Reading, drafts: list[Draft], previous: Quoted | None, quote: Quoted, places: Sequence[Span]
) -> Draft | None:
    """Return the statement that a quotation goes on with: over paragraphs, or behind a finished "…," she said."""
    announcing = reading.announced.get(token_at(reading.doc, quote.start))
    if announcing is not None and not announcing.pieces:
        return announcing
    if previous is None:
        return None
    owner = next((draft for draft in drafts if draft.pieces[-1][1] == previous.end), None)
    if owner is None:
        return None
    if previous.goes_on or (owner.cue is not None and _alone_behind(reading, quote, previous, places)):
        return owner
    same_paragraph = any(start <= previous.start and quote.end <= end for start, end in places)
    between = reading.text[previous.end : quote.start]
    finished = owner.cue is not None and reading.doc[owner.cue.start].idx >= previous.end
    opens = bool(re.search(r"[.!?]\s*$", between))
    return owner if same_paragraph and finished and opens else None


def _alone_behind(reading: Reading, quote: Quoted, previous: Quoted, places: Sequence[Span]) -> bool:
    """Tell whether a quotation is all of a paragraph, right behind the one with another: "“Go,” he said. ¶ “Now.”"."""
    for place, following in pairwise(places):
        if following[0] <= quote.start < following[1]:
            own = reading.text[slice(*following)].strip() == reading.text[quote.start : quote.end]
            return own and place[0] <= previous.start < place[1]
    return False


def _is_statement(reading: Reading, quote: Quoted) -> bool:
    """Tell a statement from words in scare quotes or a title: many words, or a sentence's end inside the marks."""
    inner = reading.text[quote.start : quote.end].strip("\"“”«»‘’„`' ")
    return len(inner.split()) > MANY_WORDS or (inner[-1:] in {".", "!", "?", ","} and len(inner.split()) > 1)
