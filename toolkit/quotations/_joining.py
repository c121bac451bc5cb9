"""What belongs together: statements inside statements, and quotations that go on without a cue of their own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.quotations._reading import Draft, Reading, token_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.quotations._marks import Quoted
    from toolkit.records import Span


_MANY_WORDS = 4


def nest(drafts: list[Draft]) -> None:
    """Let a statement whose cue stands inside another's content name that one."""
    for inner in drafts:
        if inner.cue is None:
            continue
        place = inner.pieces[0]
        holders = [
            outer
            for outer in drafts
            if outer is not inner
            and any(start <= place[0] and place[1] <= end and (start, end) != place for start, end in outer.pieces)
        ]
        inner.via = min(holders, key=lambda outer: outer.pieces[-1][1] - outer.pieces[0][0], default=None)


def join_unclaimed(reading: Reading, drafts: list[Draft], places: Sequence[Span]) -> list[Draft]:
    """Give the quoted stretches no cue has claimed to the statement they continue, or keep them without a source."""
    added: list[Draft] = []
    previous: Quoted | None = None
    for quote in reading.quoted:
        whole = any(start <= quote.start and quote.end <= end for draft in drafts for start, end in draft.pieces)
        if not whole:
            owner = _continued(reading, drafts + added, previous, quote, places)
            if owner is not None:
                if not owner.pieces:
                    added.append(owner)
                owner.pieces.append((quote.start, quote.end))
            elif _is_statement(reading, quote):
                added.append(Draft([(quote.start, quote.end)]))
        previous = quote
    return added


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
    if previous.goes_on:
        return owner
    same_paragraph = any(start <= previous.start and quote.end <= end for start, end in places)
    between = reading.text[previous.end : quote.start]
    finished = owner.cue is not None and reading.doc[owner.cue.start].idx >= previous.end
    opens = bool(re.search(r"[.!?]\s*$", between))
    return owner if same_paragraph and finished and opens else None


def _is_statement(reading: Reading, quote: Quoted) -> bool:
    """Tell a statement from words in scare quotes or a title: many words, or a sentence's end inside the marks."""
    inner = reading.text[quote.start : quote.end].strip("\"“”«»‘’„`' ")
    return len(inner.split()) > _MANY_WORDS or (inner[-1:] in {".", "!", "?", ","} and len(inner.split()) > 1)
