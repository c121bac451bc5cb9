"""Statements found by rules over tokens and cues: where the tagger is silent, and inside what it found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.quotations._clauses import Clause, clauses_in, limit
from toolkit.quotations._contents import labelled, statement_before, statement_behind
from toolkit.quotations._reading import Draft, Reading, content_end
from toolkit.quotations._sources import subject_of_sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST = 160
"""Most tokens that are read as one sentence."""


def drafts_by_rule(reading: Reading, begin: int) -> list[Draft]:
    """Return what the sentences from an offset on announce, in order; announcements whose words are to come are noted.

    Parameters
    ----------
    reading : Reading
        ``announced`` is filled on the way.
    begin : int
        Offset of the first sentence to read.
    """
    sentences = (sentence for sentence in reading.doc.sents if sentence.start_char >= begin)
    parts = (part for sentence in sentences for part in in_parts(sentence.start, sentence.end))
    return [draft for start, end in parts for draft in drafts_in_sentence(reading, start, end)]


def in_parts(start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield a sentence, in parts if no writer means it as one, so that it costs no more than its length."""
    for first in range(start, end, _LONGEST):
        yield first, min(first + _LONGEST, end)


def drafts_in_sentence(reading: Reading, start: int, end: int) -> Iterator[Draft]:
    """Yield what the cues among tokens ``[start, end)`` announce, as if these were a sentence."""
    clauses = clauses_in(reading, start, end)
    if reading.announces(start, end):
        announced = _announced(reading, clauses, start, end)
        if announced is not None:
            reading.announced[content_end(reading.doc, start, end)] = announced
    label = labelled(reading, start, end)
    if label is not None:
        yield label
    for number, clause in enumerate(clauses):
        stop = limit(reading, clauses[number + 1 :], clause, end)
        draft = Draft([], clause.cue, clause.source, clause.inherited)
        ahead = [] if clause.inherited else statement_before(reading, clause, start, clauses[:number])
        behind = statement_behind(reading, clause, stop, draft, has_before=bool(ahead))
        draft.pieces = [*ahead, *behind] if not ahead or behind else ahead
        if draft.pieces:
            yield draft


def _announced(reading: Reading, clauses: list[Clause], start: int, end: int) -> Draft | None:
    """Return the statement that a sentence with a colon at its end leads to, its words to be found."""
    if clauses:
        return Draft([], clauses[-1].cue, clauses[-1].source, clauses[-1].inherited)
    source = subject_of_sentence(reading.doc, start, end)
    return Draft([], None, source) if source else None
