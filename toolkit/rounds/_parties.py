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

    from toolkit.records import Mention, Span
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
_SIZES = {"trilateral": 3, "quadrilateral": 4, "five-party": 5, "six-party": 6}
_SO_MANY = re.compile(
    r"\b(three|four|five|six|seven)\s+(?:countries|nations|sides|parties|states|governments|powers)\b"
)
_FEWEST = 2
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
    if actor is None or actor.name in _outlets() or plain(actor.name).split(" ")[0] in talks("ordinals"):
        return None
    if actor.side is not None:
        return actor.side
    of_a_side = actor.kind != "country" and actor.name.split()[-1].lower() in _TEAMS
    return None if actor.kind == "person" or of_a_side else actor.name


@derived
def _outlets() -> frozenset[str]:
    """Return the names of news media and platforms, which report on talks and take no part in them."""
    return frozenset(body["name"] for body in load("names")["organisations"] if body["kind"] in {"news", "platform"})


def sides_in(reading: RoundInput, span: Span, *, places: frozenset[str] = frozenset()) -> list[str]:
    """Return the sides named in a span, each as often as it is named, leaving out places ("in Oman") and outlets."""
    sides = []
    for mention in reading.mentions_in(span):
        before = reading.text[max(span[0], mention.start - 40) : mention.start]
        if mention.text in places or _OF_GROUND.match(reading.text, mention.end) or _is_topic(reading, mention, span):
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


def parties_of(
    reading: RoundInput, encounter: Encounter, third: tuple[tuple[str, str], ...], common: tuple[str, ...]
) -> tuple[str, ...]:
    """Return the sides at the table, most often named first.

    The clauses about the encounter come first; where they name too few, the sides that the article names most
    (``common``) fill up to the number that the format or the words "three countries" give, two otherwise.
    """
    outside = {name for name, role in third if role != "host"}
    places = frozenset([encounter.place] if encounter.place else [])
    outside |= places
    counts = Counter(side for clue in encounter.clues for side in sides_in(reading, clue.scope.span, places=places))
    most = max(counts.values(), default=0)
    named = [side for side, n in counts.most_common() if side not in outside and 3 * n >= most]
    known = [side for side in named if side in common or side[-1] == "s"]
    named = known if len(known) >= _FEWEST else named
    size = _size(reading, encounter)
    size -= sum(role != "host" for _, role in third) if size > _FEWEST else 0
    hosts = {name for name, role in third if role == "host"}
    named = _without(named, hosts, size, common)
    ground = state_of(encounter.place) if encounter.place else None
    abroad = [side for side in named if side != ground]
    named = abroad if len(abroad) >= size else named
    fill = [side for side in common if side not in outside | hosts | set(named)]
    fill += [side for side in common if side in hosts - set(named)]
    return (*named, *list(dict.fromkeys(fill))[: max(0, size - len(named))])


def _without(named: list[str], hosts: set[str], size: int, common: tuple[str, ...]) -> list[str]:
    """Leave out hosts where the article names enough others: a host sits at the table of six, not at that of two."""
    others = [side for side in named if side not in hosts]
    return others if len({*others, *common} - hosts) >= size else named


def _size(reading: RoundInput, encounter: Encounter) -> int:
    for clue in encounter.clues:
        for word in clue.phrase.modifiers:
            size = _SIZES.get(talks("modifiers").get(word.lower(), ""))
            if size:
                return size
        match = _SO_MANY.search(reading.text, *reading.sentences[clue.phrase.sentence])
        if match:
            return int(talks("cardinals")[match.group(1)])
    return _FEWEST


def _placed(reading: RoundInput, mention: Mention) -> bool:
    """Tell whether a state is named only for where something was: "in Oman", "on Oman's border"."""
    before = reading.text[max(0, mention.start - 60) : mention.start]
    return bool(_PLACED.search(before) or _OF_GROUND.match(reading.text, mention.end))


def common_sides(reading: RoundInput, places: frozenset[str]) -> tuple[str, ...]:
    """Return the sides an article names, states before bodies and each by how often.

    Bodies named once are left out, and so are mentions that name a place of the talks.
    """
    named = [mention for mention in reading.mentions if mention.how != "pronoun" and mention.text not in places]
    named = [mention for mention in named if not _placed(reading, mention)]
    counts = Counter(side for mention in named if (side := side_of(reading, mention)))
    states = {actor.side or actor.name for actor in reading.actors if actor.kind == "country" or actor.side}
    ranked = sorted(counts, key=lambda side: (side not in states, -counts[side]))
    return tuple(side for side in ranked if counts[side] > 1 or side in states)
