"""Quotations that go on: behind their cue, over paragraphs, and without a cue of their own."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from toolkit.quotations._reading import MANY_WORDS, Draft, Places, Reading, token_at
from toolkit.quotations._sources import subject_of_sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.quotations._marks import Quoted
    from toolkit.records import Span

_CUES = 40
"""More cues than one sentence has."""
_SENTENCE_END = re.compile(r"\n|[a-z][.!?]\s")
_COMMA_END = re.compile(r",[\"”'»’]+$")


def give_back(reading: Reading, drafts: Sequence[Draft]) -> None:
    """Give a quotation that opens a sentence to who spoke the last one: "“We go,” he said when told of it. **“Now.”**".

    A nearer cue ("told") has a content of its own between the two.
    """
    by_cue = sorted((draft for draft in drafts if draft.cue), key=_cue_start)
    for draft in drafts:
        for piece in draft.pieces[1:]:
            speaking = _speaking(reading, by_cue, draft, piece)
            if speaking is not None:
                draft.pieces.remove(piece)
                speaking.pieces.append(piece)


def _cue_start(draft: Draft) -> int:
    return draft.cue.start if draft.cue is not None else -1


def _speaking(reading: Reading, by_cue: Sequence[Draft], draft: Draft, piece: Span) -> Draft | None:
    """Return the statement whose quotation a piece of another one goes on with; its cue stands in the same sentence."""
    if draft.cue is None or piece[0] not in reading.starts:
        return None
    own = [other[0] for other in draft.pieces if other[1] <= piece[0]]
    opens = reading.text[max(0, piece[0] - 4) : piece[0]].rstrip(" ").endswith((".", "!", "?"))
    if not own or not opens:
        return None
    start = min(*own, reading.doc[draft.cue.start].idx)
    stop = bisect_left(by_cue, start, key=lambda other: reading.doc[_cue_start(other)].idx)
    near = takewhile(lambda other: _same_sentence(reading, other, start), reversed(by_cue[max(0, stop - _CUES) : stop]))
    spoken = (other for other in near if other is not draft and _spoken_before(reading, other))
    return max(spoken, key=lambda other: other.pieces[-1], default=None)


def _same_sentence(reading: Reading, draft: Draft, position: int) -> bool:
    return not _SENTENCE_END.search(reading.text, reading.doc[_cue_start(draft)].idx, position)


def _spoken_before(reading: Reading, draft: Draft) -> bool:
    """Tell whether a statement is a quotation that a comma ends, with its cue behind it."""
    end = draft.pieces[-1][1]
    comma = end in reading.ends and _COMMA_END.search(reading.text, end - 4, end)
    return bool(comma) and end <= reading.doc[_cue_start(draft)].idx


def join_unclaimed(reading: Reading, drafts: list[Draft], places: Sequence[Span]) -> list[Draft]:
    """Give the quoted stretches no cue has claimed to the statement they continue, or keep them without a source."""
    added: list[Draft] = []
    _join_backwards(reading, drafts)
    claimed = Places(drafts)
    ending = {draft.pieces[-1][1]: draft for draft in reversed(drafts)}
    previous: Quoted | None = None
    for quote in reading.quoted:
        if not claimed.touching(quote.start, quote.end):
            owner = _continued(reading, ending, previous, quote, places) or _led_to(reading, quote)
            if owner is None and _is_statement(reading, quote):
                owner = Draft([])
            if owner is not None:
                if not owner.pieces:
                    added.append(owner)
                owner.pieces.append((quote.start, quote.end))
                ending[quote.end] = owner
        previous = quote
    return added


def _join_backwards(reading: Reading, drafts: list[Draft]) -> None:
    """Give a paragraph of a quotation to the cue of a later one: "“We came. ¶ “We leave,” she said."."""
    claimed = Places(drafts)
    beginning = {draft.pieces[0][0]: draft for draft in reversed(drafts)}
    for quote, following in reversed(list(pairwise(reading.quoted))):
        announced = token_at(reading.doc, quote.start) in reading.announced
        if quote.goes_on and not announced and not claimed.touching(quote.start, quote.end):
            owner = beginning.get(following.start)
            if owner is not None:
                owner.pieces.insert(0, (quote.start, quote.end))
                beginning[quote.start] = owner


def _led_to(reading: Reading, quote: Quoted) -> Draft | None:
    """Return a statement of the sentence's subject where a colon leads to a quotation: "Umerov was blunt: “No.”"."""
    first = reading.doc.char_span(quote.start, quote.start + 1, alignment_mode="expand")
    if first is None or first.start == 0 or reading.doc[first.start - 1].text != ":":
        return None
    source = subject_of_sentence(reading.doc, first.sent.start, first.start - 1)
    return Draft([], None, source) if source else None


def _continued(
    reading: Reading, ending: dict[int, Draft], previous: Quoted | None, quote: Quoted, places: Sequence[Span]
) -> Draft | None:
    """Return the statement that a quotation goes on with: over paragraphs, or behind a finished "…," she said."""
    announcing = reading.announced.get(token_at(reading.doc, quote.start))
    if announcing is not None and not announcing.pieces:
        return announcing
    if previous is None:
        return None
    owner = ending.get(previous.end)
    if owner is None or owner.pieces[-1][1] != previous.end:
        return None
    if previous.goes_on or (owner.cue is not None and _alone_behind(reading, quote, previous, places)):
        return owner
    number = _place_of(places, previous.start)
    same_paragraph = number is not None and quote.end <= places[number][1]
    between = reading.text[previous.end : quote.start]
    finished = owner.cue is not None and reading.doc[owner.cue.start].idx >= previous.end
    opens = bool(re.search(r"[.!?]\s*$", between))
    return owner if same_paragraph and finished and opens else None


def _alone_behind(reading: Reading, quote: Quoted, previous: Quoted, places: Sequence[Span]) -> bool:
    """Tell whether a quotation is all of a paragraph, right behind the one with another: "“Go,” he said. ¶ “Now.”"."""
    number = _place_of(places, quote.start)
    if not number or reading.text[slice(*places[number])].strip() != reading.text[quote.start : quote.end]:
        return False
    return _place_of(places, previous.start) == number - 1


def _place_of(places: Sequence[Span], position: int) -> int | None:
    """Return the number of the paragraph that holds an offset, None between them."""
    number = bisect_right(places, position, key=lambda place: place[0]) - 1
    return number if number >= 0 and position < places[number][1] else None


def _is_statement(reading: Reading, quote: Quoted) -> bool:
    """Tell a statement from words in scare quotes or a title: many words, or a sentence's end inside the marks."""
    inner = reading.text[quote.start : quote.end].strip("\"“”«»‘’„`' ")
    return len(inner.split()) > MANY_WORDS or (inner[-1:] in {".", "!", "?", ","} and len(inner.split()) > 1)
