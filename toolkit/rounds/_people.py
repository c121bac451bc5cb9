"""Who sits at the table: people who take part, and those who lead a delegation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.rounds._lexicon import pattern
from toolkit.rounds._parties import side_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from toolkit.records import Mention, Span
    from toolkit.rounds._reading import RoundInput

_LEADER = (
    re.compile(r"\bdelegation[\s-]+(?:leader|head|chief)\s+$"),
    re.compile(r"\b(?:chief|top|lead|main)\s+(?:\w+\s+)?negotiator,?\s+$"),
    re.compile(
        r"\b(?:delegation|team),?\s+(?:(?:is|was|now|are|were|will be)\s+)*(?:led|headed)\s+by\s+(?:[\w’'-]+\s+){0,5}$"
    ),
)
_LEADER_AFTER = re.compile(
    r",?\s+(?:the\s+)?(?:who\s+(?:leads|heads|led|headed)\s+(?:the|its|his|her)"
    r"|(?:head|leader|chief)\s+of\s+(?:the|its))\s+(?:[\w.'’-]+\s+){0,2}(?:delegation|team)"
    r"|,\s+(?:[\w.]+[’']s|its|the)\s+(?:chief|top|lead|main)\s+(?:\w+\s+)?negotiator"
)
_POSSESSIVE = re.compile(
    r"[’']s?(?!\w)|\s+(?:adviser|advisor|aide|ally|confidant|spokesman|spokeswoman|administration)\b"
)
_QUOTE = re.compile(r"[\"“]([^\"“”\n]{1,700})[\"”]")
_OURS = re.compile(r"\b(?:[Ww]e|[Oo]ur (?:team|delegation|side))\b")
_AT_WORK = re.compile(
    r"\b(?:discuss(?:ed|ing)?|negotiat(?:ed|ing)|agreed|talks|consultations|delegations?|meeting|session|the table)\b"
)
_REACH = 70
_ROLE_REACH = 50
_AFTER_QUOTE = 40


def people_of(reading: RoundInput, sentences: Iterable[Span]) -> tuple[str, ...]:
    """Return the people that sentences about an encounter name as taking part."""
    found: dict[str, None] = {}
    for span in sentences:
        for mention in _persons(reading, span):
            if _takes_part(reading, mention, span):
                found.setdefault(mention.actor)
    return tuple(found)


def speaking_for_a_side(reading: RoundInput) -> tuple[str, ...]:
    """Return the people who are quoted on the talks as "we": they were there."""
    found: dict[str, None] = {}
    for quote in _QUOTE.finditer(reading.text):
        if not (_OURS.search(quote.group(1)) and _AT_WORK.search(quote.group(1))):
            continue
        behind = _persons(reading, (quote.end(), min(len(reading.text), quote.end() + _AFTER_QUOTE)))
        for mention in behind[:1]:
            found.setdefault(mention.actor)
    return tuple(found)


def leaders_of(reading: RoundInput, sentences: Iterable[Span]) -> tuple[tuple[str, str], ...]:
    """Return who leads which delegation, as pairs of party and person."""
    found: dict[str, str] = {}
    for span in sentences:
        for mention in _persons(reading, span):
            side = side_of(reading, mention) or _side_near(reading, mention, span)
            if side and _leads(reading, mention, span):
                found.setdefault(side, mention.actor)
    return tuple(found.items())


def delegation_sentences(reading: RoundInput) -> list[Span]:
    """Return the sentences that speak of delegations, negotiators and mediators."""
    return [span for span in reading.sentences if pattern("people", "delegations").search(reading.text, *span)]


def _persons(reading: RoundInput, span: Span) -> list[Mention]:
    mentions = [mention for mention in reading.mentions_in(span) if mention.how != "pronoun"]
    return [m for m in mentions if (actor := reading.actor(m.actor)) and actor.kind == "person"]


def _takes_part(reading: RoundInput, mention: Mention, span: Span) -> bool:
    if _POSSESSIVE.match(reading.text, mention.end):
        return False
    roles, acts = pattern("people", "roles"), pattern("people", "acts")
    if roles.search(reading.text, max(span[0], mention.start - _ROLE_REACH), mention.start):
        return True
    end = min(span[1], mention.end + _ROLE_REACH)
    if reading.text.startswith((",", "’", "'"), mention.end) and roles.search(reading.text, mention.end, end):
        return True
    before = (max(span[0], mention.start - _REACH), mention.start)
    return bool(acts.search(reading.text, *before) or acts.search(reading.text, mention.end, end))


def _leads(reading: RoundInput, mention: Mention, span: Span) -> bool:
    before = reading.text[max(span[0], mention.start - _REACH) : mention.start]
    behind = reading.text[mention.end : min(span[1], mention.end + _REACH)]
    return any(p.search(before) for p in _LEADER) or bool(_LEADER_AFTER.match(behind))


def _side_near(reading: RoundInput, mention: Mention, span: Span) -> str | None:
    near = (max(span[0], mention.start - _REACH), min(span[1], mention.end + _REACH))
    others = [other for other in reading.mentions_in(near) if other.actor != mention.actor]
    return next((side for other in others if (side := side_of(reading, other))), None)
