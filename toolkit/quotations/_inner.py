"""Statements inside statements: "Keller said **the owners had told her that …**", also within quotation marks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.lexicon.cues import by_noun
from toolkit.lexicon.wordlists import words
from toolkit.quotations._audience import addresses
from toolkit.quotations._cues import CueAt, noun_cue, passives_in
from toolkit.quotations._marks import quoted_spans
from toolkit.quotations._plausible import is_report
from toolkit.quotations._reading import Draft, Reading, inside_marks, span_of, tokens_of, trim
from toolkit.quotations._rules import drafts_in_sentence, in_parts
from toolkit.quotations._sources import owner_before, source_left, source_right
from toolkit.text import syntax

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc

    from toolkit.records import Span

_DEEPEST = 4
_LEADING = frozenset(["that", ",", ":", "and", "but"])


def statements_inside(reading: Reading, drafts: Sequence[Draft], tagged: Sequence[Draft]) -> list[Draft]:
    """Return the statements within the words of others: those that rules find, at any depth, and further tagged ones.

    Parameters
    ----------
    reading : Reading
    drafts : sequence of Draft
    tagged : sequence of Draft
        What the tagger finds inside others. Where it sees the cue of a rule, the words are the rule's, which are better
        cut, and how sure they are is the tagger's.
    """
    ruled = _by_rule(reading, drafts)
    taken = {i for draft in drafts if draft.cue for i in range(draft.cue.start, draft.cue.end)}
    by_cue = {draft.cue.start: draft for draft in ruled if draft.cue}
    further = []
    for draft in tagged:
        assert draft.cue is not None
        if draft.cue.start in taken:
            continue
        same = next((by_cue[i] for i in range(draft.cue.start, draft.cue.end) if i in by_cue), None)
        if same is None:
            further.append(draft)
        else:
            same.certainty, same.mode = draft.certainty, draft.mode
    return ruled + further


def _by_rule(reading: Reading, drafts: Sequence[Draft]) -> list[Draft]:
    """Return the statements that rules find within the words of others, at any depth.

    A content in quotation marks is read as if they were not there; marks within it then set off what is quoted inside.
    """
    found: dict[int, Draft] = {}
    taken = {i for draft in drafts if draft.cue for i in range(draft.cue.start, draft.cue.end)}
    layer = list(drafts)
    for _ in range(_DEEPEST):
        layer = [draft for outer in layer for piece in outer.pieces for draft in _in_piece(reading, outer, piece)]
        layer = [draft for draft in layer if draft.cue and draft.pieces and draft.cue.start not in taken]
        found |= {draft.cue.start: draft for draft in layer if draft.cue}
        taken |= found.keys()
    return list(found.values())


def _in_piece(reading: Reading, outer: Draft, piece: Span) -> Iterator[Draft]:
    doc = reading.doc
    tokens = doc.char_span(*piece, alignment_mode="expand")
    if tokens is None:
        return
    view, start, stop = _opened(reading, piece, tokens.start, tokens.end)
    object_first = outer.cue is not None and outer.cue.cue.takes == "object"
    while start < stop:
        sentence = start, min(doc[start].sent.end, stop)
        for first, end in in_parts(*sentence):
            found = (draft for draft in drafts_in_sentence(view, first, end) if is_report(doc, draft))
            yield from (_without_adverbial(reading, draft) for draft in found)
            yield from _passives(view, first, end)
            yield from _owned(view, first, end, object_first=object_first)
        start = sentence[1]


def _without_adverbial(reading: Reading, draft: Draft) -> Draft:
    """Leave out what only says when or where: "**in the first week**, managers promised to raise the pay"."""
    first = tokens_of(reading.doc, draft.pieces[0])[0].lower_ if draft.pieces else ""
    adverbial = words("grammar", "place_prepositions") | words("grammar", "adverbial_openers")
    return replace(draft, pieces=draft.pieces[1:]) if len(draft.pieces) > 1 and first in adverbial else draft


def _opened(reading: Reading, piece: Span, first: int, stop: int) -> tuple[Reading, int, int]:
    """Return a piece as if no marks stood round it, and its tokens within them, behind "that"."""
    doc = reading.doc
    while first + 1 < stop and doc[first].lower_ in _LEADING:
        first += 1
    outer = reading.starting_at(first)
    if outer is None:
        return reading, first, stop
    while first + 1 < stop and doc[first].is_punct:
        first += 1
    if outer.end <= piece[1] and not outer.goes_on and doc[stop - 1].is_punct:
        stop -= 1
    quoted = quoted_spans(reading.text, [(doc[first].idx, min(outer.end - 1, piece[1]))])
    inside = inside_marks(doc[first:stop], quoted)
    return replace(reading, quoted=quoted, inside=inside, announced={}), first, stop


def _passives(reading: Reading, start: int, end: int) -> Iterator[Draft]:
    """Yield what someone has been told: "she had been assured **by the ministry** that the ferries would run"."""
    doc = reading.doc
    for cue in passives_in(doc, start, end, reading.inside):
        if not addresses(cue):
            continue
        source, behind = None, cue.end
        if behind < end and doc[behind].lower_ == "by":
            source = source_right(doc, CueAt(cue.start, behind + 1, cue.cue), end)
            behind = source.end if source else behind
        openers = words("grammar", "told_openers") | ({"to"} if source else set())
        if behind < end and doc[behind].lower_ in openers:
            told = source_left(doc, cue, start)
            audience = span_of(doc, told.start, told.end) if told else None
            yield Draft(trim(doc, behind, end), cue, source, audience=audience)


def _owned(reading: Reading, start: int, end: int, *, object_first: bool) -> Iterator[Draft]:
    """Yield what a noun and its owner announce: "rejected **the ministry's claim** that the dam was safe".

    A noun that opens a clause is its subject, and the statement's end not to be seen; unless all is an object.
    """
    doc = reading.doc
    for i in range(start + 1, end - 2):
        if i in reading.inside or not _announces(doc, i):
            continue
        source = owner_before(doc, i, start)
        opens = not (object_first or syntax.is_object(doc[i]))
        if source is not None and (source.start > start or not opens):
            yield Draft(trim(doc, i + 1, end), noun_cue(i, doc[i].lower_), source)


def _announces(doc: Doc, i: int) -> bool:
    """Tell whether "that" or an infinitive follows a noun that tells of a statement."""
    force, following = by_noun().get(doc[i].lower_), doc[i + 2]
    if force is None or doc[i + 1].lower_ == "that":
        return force is not None
    whom = following.lower_ in words("grammar", "articles") | words("grammar", "possessives") or following.ent_type_
    return doc[i + 1].lower_ == "to" and force not in {"says", "accuses", "agrees"} and not whom
