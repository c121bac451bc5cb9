"""Cues with the source that governs them: the sentence's "X said", ", warning" and "and has called for"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.quotations._cues import CueAt, SourceAt, cues_in
from toolkit.quotations._sources import (
    before_auxiliaries,
    name_before,
    source_left,
    source_right,
    subject_of_sentence,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from toolkit.quotations._reading import Reading


COMMAS = frozenset([",", "—", "–", "--"])
"""Marks that set a cue off from its statement."""


@dataclass(slots=True)
class Clause:
    """A cue with the source that governs it, and where the statement before it must end."""

    cue: CueAt
    source: SourceAt | None
    inherited: bool
    begin: int


def clauses_in(reading: Reading, start: int, end: int) -> list[Clause]:
    found: list[Clause] = []
    for cue in cues_in(reading.doc, start, end, reading.inside):
        clause = _clause(reading, cue, found, start, end)
        if clause is not None:
            found.append(clause)
    return found


def _clause(reading: Reading, cue: CueAt, before: list[Clause], start: int, end: int) -> Clause | None:
    doc = reading.doc
    governor = before_auxiliaries(doc, cue.start, start)
    previous = doc[governor - 1] if governor > start else None
    participle = cue.cue.participle and governor == cue.start
    if cue.cue.fixed:
        source = source_right(doc, cue, end)
        return Clause(cue, source, inherited=False, begin=cue.start) if source else None
    if (own := _own_source(doc, cue, before, governor, start)) is not None:
        return Clause(cue, own, inherited=False, begin=own.start)
    if previous is not None and (previous.lower_ in {"and", "but", "or"} or previous.text in COMMAS):
        governing = _inherited(before, participle=participle)
        if governing is None and participle and cue.cue.takes != "object":
            governing = subject_of_sentence(doc, start, cue.start)
        if governing is not None:
            return Clause(cue, governing, inherited=True, begin=_connector(reading, cue, start))
    if not participle and (source := source_left(doc, cue, start)):
        return Clause(cue, source, inherited=False, begin=source.start)
    quote_before = previous is not None and (previous.i in reading.inside or previous.text in COMMAS)
    if quote_before and not cue.cue.participle and governor == cue.start and (source := source_right(doc, cue, end)):
        return Clause(cue, source, inherited=False, begin=cue.start)
    return None


def _own_source(doc: Doc, cue: CueAt, before: list[Clause], governor: int, start: int) -> SourceAt | None:
    """Return a source that stands at a cue though the sentence has named one: "…, and Reis, the minister, said"."""
    previous = doc[governor - 1].lower_ if governor > start else ""
    if cue.cue.participle and previous == "as":
        return name_before(doc, governor - 1, start)
    if before and previous == "," and not cue.cue.participle:
        return source_left(doc, cue, before[-1].cue.end)
    return None


def _inherited(before: list[Clause], *, participle: bool) -> SourceAt | None:
    """Return an earlier source of the sentence: the main one for ", warning", the last for "and said"."""
    sources = [clause.source for clause in before if clause.source is not None and clause.cue.cue.force != "thinks"]
    sources = sources or [clause.source for clause in before if clause.source is not None]
    if not sources:
        return None
    return sources[0] if participle else sources[-1]


def _connector(reading: Reading, cue: CueAt, start: int) -> int:
    """Return the token at which the statement before ", adding" or "and has said" ends."""
    i = before_auxiliaries(reading.doc, cue.start, start)
    while i - 1 > start and (reading.doc[i - 1].lower_ in {"and", "but", "or"} or reading.doc[i - 1].text in COMMAS):
        i = before_auxiliaries(reading.doc, i - 1, start)
    return i


def limit(reading: Reading, later: list[Clause], clause: Clause, end: int) -> int:
    """Return where the statement behind a cue must end: at a later cue of its own source, or at a new main clause."""
    end = next((i for i in range(clause.cue.end, end) if reading.doc[i].text == ";" and i not in reading.inside), end)
    for following in later:
        if following.begin >= end:
            break
        same = following.inherited and following.source is not None and _not_behind(following.source, clause)
        coordinated = not following.inherited and _coordinated(reading.doc, clause, following)
        if same or coordinated:
            return following.begin - (coordinated and following.begin > clause.cue.end)
    return end


def _coordinated(doc: Doc, clause: Clause, following: Clause) -> bool:
    """Tell whether a later clause is a main clause of its own: "…, and Y warned …", "While X said …, Y said …"."""
    opener = doc[clause.begin - 1].lower_ if clause.begin else ""
    joint = doc[following.begin - 1].lower_ if following.begin else ""
    return (
        joint in {"while", "but", "whereas", ";"}
        or (joint == "and" and doc[following.begin - 2].text == ",")
        or (joint == "," and opener in {"while", "although", "as"})
    )


def _not_behind(source: SourceAt, clause: Clause) -> bool:
    """Tell whether a source belongs to a clause or an earlier one, so that what it says next ends this statement."""
    return clause.source is not None and source.start <= clause.source.start
