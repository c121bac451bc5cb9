"""From a document to its quotations."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from toolkit.quotations._clauses import Clause, clauses_in, limit
from toolkit.quotations._contents import labelled, statement_before, statement_behind
from toolkit.quotations._joining import join_unclaimed, nest
from toolkit.quotations._kinds import confidence, quotation_kind, source_kind
from toolkit.quotations._marks import quoted_spans
from toolkit.quotations._reading import Draft, Reading, content_end, inside_marks, span_of
from toolkit.quotations._sources import subject_of_sentence
from toolkit.records import Quotation, Span
from toolkit.sentences import paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc


def find_quotations(doc: Doc, *, article_id: str = "", body: Span | None = None) -> list[Quotation]:
    """Return the quotations of a document, in the order of their first words.

    Parameters
    ----------
    doc : Doc
        Tokens with sentences and entities, as :func:`toolkit.load` gives them.
    article_id : str
        Handed on to the records; part of each ``quotation_id``.
    body : (int, int), optional
        The part of the text to read.

    Returns
    -------
    list of Quotation
        With ``speaker`` None: sources are spans here. A statement inside another names that one in ``via``.
        ``score`` is the share of such quotations right on articles for training (``[confidence]`` in cues.toml).
    """
    text = doc.text
    places = paragraphs(text, body)
    quoted = quoted_spans(text, places)
    reading = Reading(doc, text, quoted, inside_marks(doc, quoted))
    begin = body[0] if body else 0
    drafts = [
        draft
        for sentence in doc.sents
        if sentence.start_char >= begin
        for draft in _in_sentence(reading, sentence.start, sentence.end)
    ]
    nest(drafts)
    drafts += join_unclaimed(reading, drafts, places)
    drafts.sort(key=lambda draft: (draft.pieces[0][0], -draft.pieces[-1][1]))
    return _records(reading, drafts, article_id)


def _in_sentence(reading: Reading, start: int, end: int) -> Iterator[Draft]:
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


def _records(reading: Reading, drafts: list[Draft], article_id: str) -> list[Quotation]:
    names = {id(draft): _identity(article_id, draft) for draft in drafts}
    return [_record(reading, draft, article_id, names) for draft in drafts]


def _identity(article_id: str, draft: Draft) -> str:
    cue = (draft.cue.start, draft.cue.end) if draft.cue else ()
    return hashlib.sha256(f"{article_id}|{draft.pieces}|{cue}".encode()).hexdigest()[:12]


def _record(reading: Reading, draft: Draft, article_id: str, names: dict[int, str]) -> Quotation:
    doc, text = reading.doc, reading.text
    spans = tuple(sorted(draft.pieces))
    cue = span_of(doc, draft.cue.start, draft.cue.end) if draft.cue else None
    source = span_of(doc, draft.source.start, draft.source.end) if draft.source else None
    kind = quotation_kind(text, spans, reading.quoted)
    return Quotation(
        quotation_id=names[id(draft)],
        article_id=article_id,
        spans=spans,
        text=" … ".join(text[start:end] for start, end in spans),
        kind=kind,
        cue=text[slice(*cue)] if cue else None,
        cue_span=cue,
        cue_force=draft.cue.cue.force if draft.cue else None,
        source_text=text[slice(*source)] if source else None,
        source_span=source,
        source_kind=source_kind(doc, draft.source),
        audience=text[slice(*draft.audience)] if draft.audience else None,
        audience_span=draft.audience,
        via=names[id(draft.via)] if draft.via else None,
        score=confidence(kind, draft.cue.cue.force if draft.cue else None),
    )
