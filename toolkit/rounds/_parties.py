"""The sides at the table, and the third parties with their role."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from toolkit.lexicon import gazetteer
from toolkit.lexicon.lexicon import derived
from toolkit.lexicon.wordlists import alternatives, load
from toolkit.rounds._lexicon import listed, pattern, plain, talks
from toolkit.rounds._places import state_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from toolkit.records import Actor, Mention, Span
    from toolkit.rounds._encounter import Encounter
    from toolkit.rounds._reading import RoundInput

_ROLES = {
    "broker": "mediator",
    "mediat": "mediator",
    "facilit": "facilitator",
    "host": "host",
    "led": "mediator",
    "sponsor": "facilitator",
    "back": "facilitator",
    "interm": "mediator",
    "chair": "facilitator",
    "monitor": "observer",
}
_COMPOUND = re.compile(
    r"([A-Z][\w.’']*)\)?-(brokered|mediated|led|hosted|sponsored|facilitated|backed|chaired|convened)\s+"
    r"(?:[\w-]+\s+){0,3}?(?:talks|negotiations|meetings?|summit|conference|session|peace|ceasefire|truce|mediation|"
    r"process|efforts?)\b"
)
_WORD = (
    r"(?:mediators?|mediation|intermediar(?:y|ies)|facilitators?|brokers?|hosts?|hosted|mediat(?:es|ed|ing)|"
    r"facilitat(?:es|ed|ing))"
)
_SUBJECT = re.compile(
    rf"(?:['’]s)?,?\s+(?:(?:has|have|had|is|are|was|were|will|the|a|chief|lead|special|top|peace|be|as|acting|serving|once|"
    rf"more|again) ){{0,4}}({_WORD})\b",
    re.IGNORECASE,
)
_ITSELF = re.compile(r"\b(mediators?|facilitators?|intermediar(?:y|ies)|brokers?)$")
_REACH = 70
_PLACED = re.compile(
    r"\b(?:in|at|near|outside|to|into|across)\s+(?:the\s+)?(?:(?:north|south|east|west|central)\w*\s+)?"
    r"(?:[\w-]+\s+(?:capital|city|town|resort|region|province|district|area)\s+(?:of\s+)?|(?:north|south|east|west)\w*\s+of\s+)?"
    r"(?:[A-Z][\w-]+(?: [A-Z][\w-]+)?,\s+)?$"
)
_OF_GROUND = re.compile(r"[\s-]+(?:border|capital|city|town|resort|soil|territory|side of)\b")
_FEWEST = 2
OFTEN = 2
"""How many times as often the side told of most may be told of as another."""
_TEAMS = frozenset(["delegation", "delegations", "team", "teams", "negotiators", "envoys", "side"])


def third_parties(reading: RoundInput, spans: Iterable[Span]) -> tuple[tuple[str, str], ...]:
    """Return who mediates, hosts or facilitates, each with its role."""
    found: dict[str, str] = {}
    for span in spans:
        for name, role in [
            *_compounds(reading, span),
            *_subjects(reading, span),
            *_named_by_cue(reading, span),
        ]:
            found.setdefault(name, role)
    return tuple(found.items())


def usual_mediators(reading: RoundInput, encounter: Encounter) -> tuple[tuple[str, str], ...]:
    """Return the bodies that mediate by custom, where the clauses about an encounter name them beside two sides."""
    named = dict.fromkeys(side for clue in encounter.clues for side in sides_in(reading, clue.scope.span))
    usual = [side for side in named if side.lower() in talks("usual_mediators")]
    return tuple((side, "mediator") for side in usual) if len(named) - len(usual) >= _FEWEST else ()


def often(counts: Counter[str]) -> tuple[str, ...]:
    """Return what is told at least half as often as what is told most, the most often first."""
    most = max(counts.values(), default=0)
    return tuple(name for name, count in counts.most_common() if OFTEN * count >= most)


def parties_named(reading: RoundInput, mentions: Iterable[Mention]) -> tuple[str, ...]:
    """Return the parties that mentions told of as sides stand for, in order.

    A person stands for a side, if one is known, any other actor for itself, but for a body beside its own state.
    """
    actors = [actor for mention in mentions if (actor := reading.actor(mention.actor)) and not _is_outside(actor)]
    named = dict.fromkeys(name for actor in actors if (name := _party(reading, actor)))
    states = {actor.name: actor.side for actor in actors}
    return tuple(name for name in named if states.get(name) in {None, name} or states[name] not in named)


def _party(reading: RoundInput, actor: Actor) -> str | None:
    """Return what an actor takes part as; people of a state the article speaks of ("the Peruvians") as the state."""
    people = actor.kind == "group" and actor.side is not None and reading.actor(actor.side) is not None
    return actor.side if people or _speaks_for(actor) else actor.name


def _is_outside(actor: Actor) -> bool:
    return actor.name in outlets() or plain(actor.name).split(" ")[0] in talks("ordinals")


def _speaks_for(actor: Actor) -> bool:
    """Tell whether an actor takes part for another: a person, a delegation."""
    team = actor.kind != "country" and actor.name.split()[-1].lower() in _TEAMS
    return actor.kind == "person" or team


def _compounds(reading: RoundInput, span: Span) -> Iterable[tuple[str, str]]:
    for match in _COMPOUND.finditer(reading.text, *span):
        entry = gazetteer.lookup(match.group(1))
        yield (entry.name if entry else match.group(1)), _role(match.group(2))


def _subjects(reading: RoundInput, span: Span) -> Iterable[tuple[str, str]]:
    for mention in reading.mentions_in(span):
        match = _ITSELF.search(mention.text) or _SUBJECT.match(reading.text, mention.end)
        side = side_of(reading, mention)
        if match and side:
            yield side, _role(match.group(1))


def _named_by_cue(reading: RoundInput, span: Span) -> Iterable[tuple[str, str]]:
    for match in pattern("mediator_cues").finditer(reading.text, *span):
        for mention in reading.mentions_in((match.end(), min(span[1], match.end() + _REACH)))[:1]:
            side = side_of(reading, mention)
            if side:
                yield side, _role(match.group())


def _role(word: str) -> str:
    return next((role for stem, role in _ROLES.items() if stem in word.lower()), "mediator")


def side_of(reading: RoundInput, mention: Mention) -> str | None:
    """Return the party a mention stands for: a state, group or body itself; of a person or a state's body its state."""
    actor = reading.actor(mention.actor)
    if actor is None or _is_outside(actor):
        return None
    if actor.side is not None:
        return actor.side
    return None if _speaks_for(actor) else actor.name


@derived
def outlets() -> frozenset[str]:
    """Return the names of news media and platforms, which report on talks and take no part in them."""
    return frozenset(body["name"] for body in load("names")["organisations"] if body["kind"] in {"news", "platform"})


def sides_in(reading: RoundInput, span: Span) -> list[str]:
    """Return the sides named in a span, each as often as it is named, leaving out places ("in Oman") and outlets."""
    sides = []
    for mention in reading.mentions_in(span):
        before = reading.text[max(span[0], mention.start - 40) : mention.start]
        if _OF_GROUND.match(reading.text, mention.end) or _is_topic(reading, mention, span):
            continue
        if mention.how != "pronoun" and not _PLACED.search(before) and (side := side_of(reading, mention)):
            sides.append(side)
    return [*sides, *_unnamed_sides(reading, span)]


def _unnamed_sides(reading: RoundInput, span: Span) -> list[str]:
    """Return the sides that go by a common noun, which no actor stands for: "Darfur rebels", "House Republicans"."""
    named = reading.mentions_in(span)
    return [
        match.group()
        for match in _party_nouns().finditer(reading.text, *span)
        if not any(mention.start < match.end() and match.start() < mention.end for mention in named)
    ]


@derived
def _party_nouns() -> re.Pattern[str]:
    return re.compile(rf"\b(?:[A-Z][\w-]+ )?(?i:{alternatives(talks('party_nouns'))})\b")


def _is_topic(reading: RoundInput, mention: Mention, span: Span) -> bool:
    """Tell whether a body only names the talks: "the second round of NAFTA talks", but not in "GM-UAW talks"."""
    actor = reading.actor(mention.actor)
    if actor is None or actor.kind != "organisation" or "-" in reading.text[mention.end : mention.end + 1]:
        return False
    if mention.text.split()[-1].lower() in listed("talks"):
        return True
    behind = reading.text[mention.end : min(span[1], mention.end + 30)]
    return bool(
        re.match(
            r"\s+(?:[a-z-]+\s+)?(?:re)?(?:talks|negotiations?|meetings?|summit|conference|deal|agreement)\b", behind
        )
    )


def parties_of(encounter: Encounter, third: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """Return the sides at the table that the words about an encounter name, most often named first.

    Those that mediate are none, and a state that only lends the ground is none where two others are named.
    """
    told = [clue for clue in encounter.clues if clue.sides and (clue.told is not None or clue.phrase.head == "round")]
    outside = {name for name, role in third if role != "host"} | ({encounter.place} if encounter.place else set())
    counts = Counter(side for clue in told or encounter.clues for side in dict.fromkeys(clue.sides))
    named = [side for side in often(counts) if side not in outside]
    grounds = {name for name, role in third if role == "host"} | {
        state_of(encounter.place) if encounter.place else None
    }
    others = [side for side in named if side not in grounds]
    return tuple(others if len(others) >= _FEWEST else named)
