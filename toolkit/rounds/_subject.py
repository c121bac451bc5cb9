"""What one article tells of its negotiation: who is at the table, who else is named, and the nouns of its issues."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.actors import is_named
from toolkit.lexicon.wordlists import words
from toolkit.records import Negotiation
from toolkit.rounds._parties import outlets
from toolkit.text.doc_body import first_token

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from spacy.tokens import Doc

    from toolkit.records import Actor, Event, Mention, Round

MOST = 24
"""Actors and nouns of an article that count, of each the most told of."""
_SHORTEST = 3
_NAMED = frozenset(["person", "organisation", "country"])


def find_negotiation(
    doc: Doc,
    actors: Sequence[Actor],
    mentions: Iterable[Mention],
    *,
    article_id: str,
    published: dt.date | None = None,
) -> Negotiation:
    """Return what an article tells of its negotiation, to be held against what others tell.

    Parameters
    ----------
    doc : Doc
        Parsed.
    actors, mentions
        Of the article.
    article_id : str
    published : datetime.date, optional
    """
    return Negotiation(
        articles=(article_id,),
        actors=_most(_named(actors, mentions)),
        issues=_most(_nouns(doc)),
        first=published,
        last=published,
    )


def with_events(article: Negotiation, told: Sequence[Round | Event]) -> Negotiation:
    """Return what an article tells of its negotiation with the sides and days of its rounds and other events."""
    days = [day for found in told for day in (found.first, found.last) if day and found.precision == "day"]
    known = [*days, *(day for day in (article.first, article.last) if day)]
    return replace(
        article,
        parties=_most(bare(party) for found in told for party in found.parties if is_named(party)),
        first=min(known, default=None),
        last=max(known, default=None),
        has_events=bool(told),
    )


def bare(name: str) -> str:
    """Return a name without its article."""
    return name.removeprefix("the ").removeprefix("The ")


def _most(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(name for name, _ in Counter(names).most_common(MOST))


def _named(actors: Sequence[Actor], mentions: Iterable[Mention]) -> Iterable[str]:
    """Give whom the article names, as often as it speaks of them; of a group of a state's the state."""
    known = {actor.name: actor for actor in actors}
    for mention in mentions:
        actor = known.get(mention.actor)
        if actor is not None and actor.kind == "group" and actor.side in known:
            actor = known[actor.side]
        if actor is not None and actor.kind in _NAMED and is_named(actor.name) and actor.name not in outlets():
            yield bare(actor.name)


def _nouns(doc: Doc) -> Iterable[str]:
    for token in doc[first_token(doc) :]:
        if token.pos_ == "NOUN" and token.is_alpha and len(token) >= _SHORTEST and not token.ent_type_:
            lemma = token.lemma_.lower()
            if lemma not in words("talks", "general"):
                yield lemma
