"""What may be a side, a day or a place of an event: the mentions, time expressions and place names of an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.model.event_reader import Candidate, read_events
from toolkit.rounds._told import Told

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spacy.tokens import Doc

    from toolkit.model.trunk_reader import ArticleStates
    from toolkit.records import Actor, Mention, Span, TimeExpression

_PLACES = frozenset(["GPE", "LOC", "FAC"])


def candidates_of(
    mentions: Iterable[Mention],
    actors: Iterable[Actor],
    times: Iterable[TimeExpression],
    places: Iterable[tuple[Span, str]],
) -> Sequence[Candidate]:
    """Return the spans to ask about, in the order of the text; ``places`` are names of places with their spans."""
    kinds = {actor.name: actor.kind for actor in actors}
    found = [
        Candidate(kinds.get(one.actor, "group"), one.start, one.end, one.text, one.how == "pronoun") for one in mentions
    ]
    found += [Candidate(one.type, one.start, one.end, one.text) for one in times]
    found += [Candidate("place", *span, text) for span, text in places]
    return sorted(found, key=lambda one: (one.start, one.end, one.kind))


def places_of(doc: Doc) -> list[tuple[Span, str]]:
    """Return the names of places in a document, each with its span."""
    return [((ent.start_char, ent.end_char), ent.text) for ent in doc.ents if ent.label_ in _PLACES]


def read_told(
    doc: Doc,
    states: ArticleStates,
    sentences: Sequence[Span],
    times: Iterable[TimeExpression],
    mentions: Iterable[Mention],
    actors: Iterable[Actor],
) -> Told:
    """Return what the learned reader says of the events of a parsed article, given what else was found in it."""
    candidates = candidates_of(mentions, actors, times, places_of(doc))
    found = read_events(states, candidates, sentences)
    return Told(found.phrases, found.same, candidates)
