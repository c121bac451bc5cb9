"""The actors that pronouns stand for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.lexicon.wordlists import words
from toolkit.speakers._named import joins, possessive
from toolkit.speakers._scene import Scene, Speaker
from toolkit.speakers._spans import Holding
from toolkit.speakers._teams import add_team

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Token

    from toolkit.records import Mention, Quotation, Span

SINGULAR = {
    "he": "male",
    "him": "male",
    "his": "male",
    "himself": "male",
    "she": "female",
    "her": "female",
    "hers": "female",
    "herself": "female",
}
"""Pronouns for one person, with the gender they tell."""

_MARKED = re.compile(r"“[^”]*”?|\"[^\"]*\"?")
_BETWEEN = 2
_RECENT = 3


def resolve_pronoun(scene: Scene, token: Token, *, inside: Sequence[Quotation] = ()) -> Speaker | None:
    """Return whom a pronoun stands for, or None where the text does not say.

    Parameters
    ----------
    scene : Scene
        The article up to the pronoun.
    token : Token
        "she", "who", "it", "they", "I".
    inside : sequence of Quotation
        The quotations in somebody's own words that hold the pronoun: "I" is their speaker, "he" is not.
    """
    word, here = token.lower_, token.idx
    spoken = dict.fromkeys(quotation.speaker for quotation in inside if quotation.speaker)
    if word in words("grammar", "first_person") | {"we"}:
        name = next(iter(spoken), None)
    elif word in SINGULAR:
        name = antecedent(scene, here, SINGULAR[word], apart=frozenset(spoken))
    elif word == "who":
        name = _relative(scene, token)
    elif word == "which":
        name = _which(scene, here)
    elif word == "it":
        name = _it(scene, here)
    elif word in {"they", "both", "each"}:
        return _they(scene, here)
    else:
        name = None
    return Speaker(name, "pronoun") if name else None


def bodies_meant(scene: Scene, token: Token) -> tuple[str, ...]:
    """Return the bodies, groups or people that "it" and "they" stand for, in any case: "its", "them"."""
    word = token.lower_
    if word in {"it", "its", "itself"}:
        name = _it(scene, token.idx)
        return (name,) if name else ()
    if word not in {"they", "them", "their", "theirs", "themselves"}:
        return ()
    meant = _they(scene, token.idx)
    return (meant.name, *meant.others) if meant else ()


def antecedent(scene: Scene, here: int, gender: str, *, apart: frozenset[str | None] = frozenset()) -> str | None:
    """Return the person a pronoun stands for: the last speaker before it, or the person named last."""
    return next((name for name in salient_people(scene, here, gender) if name not in apart), None)


def salient_people(scene: Scene, here: int, gender: str | None) -> Iterator[str]:
    """Give the people whom "he" or "she" at an offset may mean, the likeliest first."""
    met = scene.named_before(here, gender)
    named = met if scene.in_quotation(here) else [m for m in met if not scene.in_quotation(m.start)]
    previous = scene.person_before(here, gender)
    since = [m for m in named if previous is None or m.start >= previous.envelope[1]]
    if previous is None:
        yield from _firsts(scene, named)
    else:
        yield from (mention.actor for mention in reversed(since) if scene.opens_sentence(mention))
        yield str(previous.speaker)
    yield from (mention.actor for mention in reversed(named))
    yield from (mention.actor for mention in reversed(met))


def _firsts(scene: Scene, named: Sequence[Mention]) -> Iterator[str]:
    """Give the people named in the nearest sentence that names one, in its order."""
    if named:
        start = scene.sentence_start(named[-1].start)
        yield from (mention.actor for mention in named if mention.start >= start)


def _relative(scene: Scene, token: Token) -> str | None:
    """Return whom "who" follows: the name before it, or before the apposition that it closes."""
    here, start = token.idx, scene.sentence_start(token.idx)
    mentions = [mention for mention in scene.cast.at(start, here) if mention.how != "pronoun"]
    if _plural_verb(token):
        groups = [m for m in mentions if scene.kind(m.actor) == "group"]
        return groups[-1].actor if groups and here - groups[-1].end < _RECENT else None
    people = [m for m in mentions if m.how in {"name", "description"} and scene.kind(m.actor) == "person"]
    heads = [m for m in people if not _modifies(scene, m)]
    return heads[-1].actor if heads and _reaches(scene.text[heads[-1].end : here]) else None


def _reaches(between: str) -> bool:
    """Tell whether "who" goes back to a name over the text between: nothing, an apposition or "is a lawyer"."""
    if not between.strip() or between.lstrip()[0] in ",(":
        return True
    verb, article, *_ = [*between.split(), "", ""]
    return verb in {"is", "was"} and article in words("grammar", "articles")


def _plural_verb(token: Token) -> bool:
    return token.i + 1 < len(token.doc) and token.nbor().lower_ in {"have", "are", "were"}


def _modifies(scene: Scene, mention: Mention) -> bool:
    """Tell whether a name only describes the noun behind it: "a Duarte aide", "Duarte's aide"."""
    if possessive(scene.text, mention.end):
        return True
    following = scene.text[mention.end : mention.end + 30].split(maxsplit=1)
    behind = following[0] if following and scene.text[mention.end : mention.end + 1].isspace() else ""
    lists = ("auxiliaries", "phrase_breaks", "inner_prepositions", "articles")
    return behind.isalpha() and behind.islower() and not any(behind in words("grammar", name) for name in lists)


def _which(scene: Scene, here: int) -> str | None:
    named = scene.bodies_before(here)
    return named[-1].actor if named and len(scene.text[named[-1].end : here].strip(" ,")) <= _BETWEEN else None


def _it(scene: Scene, here: int) -> str | None:
    """Return the body or state that "it" stands for: the last speaker of that kind, or the subject named since."""
    named = [m for m in scene.bodies_before(here) if not possessive(scene.text, m.end) and _recent(scene, m.end, here)]
    last = next(scene.spoken_before(here), None)
    spoke = last is not None and scene.kind(last.speaker) in {"organisation", "country"}
    after = last.envelope[1] if last is not None and spoke else 0
    subjects = [m for m in named if scene.opens_sentence(m) and m.start >= after]
    if subjects:
        return subjects[-1].actor
    if last is not None and spoke and _recent(scene, last.envelope[1], here):
        return last.speaker
    clause = [m for m in named if m.start >= scene.sentence_start(here)]
    return clause[0].actor if clause else None


def _they(scene: Scene, here: int) -> Speaker | None:
    """Return the group or body that spoke last, or the people last named together."""
    last = next(scene.spoken_before(here), None)
    recent = last is not None and _recent(scene, last.envelope[1], here)
    if last is not None and recent and (last.cospeakers or scene.kind(last.speaker) in {"group", "organisation"}):
        return Speaker(str(last.speaker), "pronoun", last.cospeakers)
    named = [m for m in scene.named_before(here, None) if _recent(scene, m.end, here)]
    for one, other in zip(reversed(named[:-1]), reversed(named[1:]), strict=True):
        if one.actor != other.actor and joins(scene.text[one.end : other.start]):
            return Speaker(one.actor, "pronoun", (other.actor,))
    return None


def _recent(scene: Scene, end: int, here: int) -> bool:
    return scene.sentence(here) - scene.sentence(max(0, end - 1)) <= _RECENT


def own_words(text: str, quotation: Quotation) -> list[Span]:
    """Return what a quotation gives in its speaker's own words: all of a direct one, of a mixed one what is marked."""
    if quotation.kind == "direct":
        return list(quotation.spans)
    return [
        (start + marked.start(), start + marked.end())
        for start, end in quotation.spans
        for marked in _MARKED.finditer(text[start:end])
    ]


def add_pronouns(scene: Scene, quotations: Sequence[Quotation]) -> None:
    """Record the pronouns that stand for a person: "he" outside quotations, "I" inside them."""
    sources: dict[Span | None, str | None] = {
        quotation.source_span: quotation.speaker for quotation in quotations if quotation.speaker_how == "pronoun"
    }
    spoken = Holding((span, q.speaker) for q in quotations if q.kind != "indirect" for span in own_words(scene.text, q))
    for token in scene.doc:
        if token.lower_ not in SINGULAR and token.lower_ not in words("grammar", "first_person"):
            continue
        inside = next(iter(spoken.at(token.idx)), "")
        if token.lower_ in words("grammar", "first_person"):
            name = inside if scene.kind(inside) == "person" else None
        else:
            name = sources.get((token.idx, token.idx + len(token)))
            name = name or (antecedent(scene, token.idx, SINGULAR[token.lower_]) if inside == "" else None)
        if name:
            scene.cast.mention(scene.doc, token.i, token.i + 1, name, "pronoun")
        if name and token.lower_ in {"his", "her"} and scene.kind(name) == "person":
            add_team(scene, token, name)
