"""From a document to its quotations."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from toolkit.model.trunk_reader import read_states
from toolkit.quotations._continuing import give_back, join_unclaimed
from toolkit.quotations._inner import statements_inside
from toolkit.quotations._joining import add_missed, complete_conditional, name_labels, nest, turn_inverted
from toolkit.quotations._kinds import confidence, mode_of, quotation_kind, source_kind
from toolkit.quotations._marks import quoted_spans
from toolkit.quotations._reading import Draft, Reading, inside_marks, span_of
from toolkit.quotations._relays import (
    cited,
    complete_fronted,
    continue_inner,
    holding,
    part_coordinated,
    part_others,
    part_relayed,
)
from toolkit.quotations._rules import drafts_by_rule
from toolkit.quotations._sources import before_auxiliaries
from toolkit.quotations._tagged import drafts_by_tagger
from toolkit.records import Quotation, Span
from toolkit.text.sentences import paragraphs

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from toolkit.model.trunk_reader import ArticleStates


def find_quotations(
    doc: Doc, *, article_id: str = "", body: Span | None = None, states: ArticleStates | None = None
) -> list[Quotation]:
    """Return the quotations of a document, in the order of their first words.

    The tagger of :mod:`toolkit.model.attribution_tagger` finds statements with their cues and sources, and those that
    are told inside others. Rules add what it misses inside others, and what it does not look for: quotations that go
    on over paragraphs, labels before a colon, and words in quotation marks that no one is said to have spoken.

    Parameters
    ----------
    doc : Doc
        Tokens with sentences and entities, as :func:`toolkit.load` gives them.
    article_id : str
        Handed on to the records; part of each ``quotation_id``.
    body : (int, int), optional
        The part of the text to read.
    states : ArticleStates, optional
        Of that part, from :func:`toolkit.model.trunk_reader.read_states`, where another reader has them already.

    Returns
    -------
    list of Quotation
        With ``speaker`` None: sources are spans here. A statement inside another names that one in ``via``.
        ``score`` is the probability that the statement's words are rightly cut, calibrated on articles kept aside.

    Raises
    ------
    PipelineError
        Where the packaged weights are missing or damaged.
    """
    text = doc.text
    places = paragraphs(text, body)
    quoted = quoted_spans(text, places)
    reading = Reading(doc, text, quoted, inside_marks(doc, quoted))
    drafts, inside = drafts_by_tagger(reading, read_states(doc, body) if states is None else states)
    by_rule = drafts_by_rule(reading, body[0] if body else 0)
    turn_inverted(reading, drafts, by_rule)
    complete_conditional(reading, drafts, by_rule)
    name_labels(reading, drafts, by_rule)
    give_back(reading, drafts)
    part_relayed(reading, drafts, by_rule)
    drafts += part_others(reading, drafts, by_rule)
    drafts += part_coordinated(reading, drafts, by_rule)
    drafts += add_missed(reading, drafts, by_rule)
    drafts += holding(reading, drafts, by_rule)
    complete_fronted(reading, drafts)
    drafts += join_unclaimed(reading, drafts, places)
    inner = statements_inside(reading, drafts, inside)
    continue_inner(reading, drafts, inner)
    drafts += inner
    drafts += cited(reading, drafts)
    nest(drafts)
    drafts.sort(key=lambda draft: (draft.pieces[0][0], -draft.pieces[-1][1]))
    return _records(reading, drafts, article_id)


def _records(reading: Reading, drafts: list[Draft], article_id: str) -> list[Quotation]:
    names = {id(draft): _identity(article_id, draft) for draft in drafts}
    return [_record(reading, draft, article_id, names) for draft in drafts]


def _identity(article_id: str, draft: Draft) -> str:
    cue = (draft.cue.start, draft.cue.end) if draft.cue else ()
    return hashlib.sha256(f"{article_id}|{draft.pieces}|{cue}".encode()).hexdigest()[:12]


def _record(reading: Reading, draft: Draft, article_id: str, names: dict[int, str]) -> Quotation:
    doc, text = reading.doc, reading.text
    spans = tuple(sorted(draft.pieces))
    cue = span_of(doc, _cue_start(doc, draft), draft.cue.end) if draft.cue else None
    source = span_of(doc, draft.source.start, draft.source.end) if draft.source else None
    kind = quotation_kind(reading, spans)
    force = draft.cue.cue.force if draft.cue else None
    return Quotation(
        quotation_id=names[id(draft)],
        article_id=article_id,
        spans=spans,
        text=" … ".join(text[start:end] for start, end in spans),
        kind=kind,
        cue=text[slice(*cue)] if cue else None,
        cue_span=cue,
        cue_force=force,
        mode=mode_of(draft.mode, force),
        source_text=text[slice(*source)] if source else None,
        source_span=source,
        source_kind=source_kind(doc, draft.source),
        audience=text[slice(*draft.audience)] if draft.audience else None,
        audience_span=draft.audience,
        via=names[id(draft.via)] if draft.via else None,
        score=confidence(draft),
    )


def _cue_start(doc: Doc, draft: Draft) -> int:
    """Return the first token of a cue, with the auxiliaries that the tagger's cues have too: "**had** promised"."""
    assert draft.cue is not None
    if draft.source is None or draft.source.start >= draft.cue.start:
        return draft.cue.start
    return before_auxiliaries(doc, draft.cue.start, draft.source.end)
