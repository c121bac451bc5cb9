"""Agreements, deadlines, actions and votes: phrases of the learned reader, joined within the article."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, cast

from toolkit.model.event_tags import TYPES
from toolkit.records import Event
from toolkit.rounds._days import edtf, overlap
from toolkit.rounds._lexicon import pattern
from toolkit.rounds._roles import days_told, people_told, place_told, sides_told, status_told
from toolkit.rounds._told import ALIKE

if TYPE_CHECKING:
    from toolkit.records import EventStatus, EventType
    from toolkit.rounds._reading import RoundInput

_LONGEST = 90
_STATUSES_OF = {
    "agreement": frozenset(["reached", "planned", "proposed", "collapsed", "under way", "postponed"]),
    "deadline": frozenset(["planned", "missed", "met", "postponed", "proposed"]),
    "action": frozenset(
        ["held", "under way", "threatened", "planned", "proposed", "postponed", "concluded", "collapsed"]
    ),
    "vote": frozenset(["held", "planned", "proposed", "postponed", "collapsed"]),
}


def find_events(reading: RoundInput) -> list[Event]:
    """Return what an article tells of beside encounters: agreements, deadlines, actions and votes.

    Parameters
    ----------
    reading : RoundInput
        The article with what the learned reader says of it.

    Returns
    -------
    list of Event
        In the order in which the article first speaks of them.
    """
    return [_event(reading, group) for group in _groups(reading)]


def _groups(reading: RoundInput) -> list[list[int]]:
    """Return the numbers of the phrases of each event."""
    groups: list[list[int]] = []
    for number in reading.told.of_type(*TYPES[1:]):
        if _is_denied(reading, number):
            continue
        fitting = [group for group in groups if _may_join(reading, number, group)]
        best = max(fitting, key=lambda group: _alike(reading, number, group), default=None)
        if best is not None and _alike(reading, number, best) >= ALIKE:
            best.append(number)
        else:
            groups.append([number])
    return groups


def _is_denied(reading: RoundInput, number: int) -> bool:
    """Tell whether the words on an agreement say that there was none: "parted **without** a deal"."""
    phrase = reading.told.phrases[number]
    return phrase.type == "agreement" and bool(pattern("denials").search(reading.text, phrase.start, phrase.end))


def _may_join(reading: RoundInput, number: int, group: list[int]) -> bool:
    if reading.told.phrases[number].type != reading.told.phrases[group[0]].type:
        return False
    mine, theirs = days_told(reading, [number]), days_told(reading, group)
    return mine is None or theirs is None or overlap(mine, theirs, slack=1) is not False


def _alike(reading: RoundInput, number: int, group: list[int]) -> float:
    return max(reading.told.alike(number, other) for other in group)


def _event(reading: RoundInput, group: list[int]) -> Event:
    phrases = [reading.told.phrases[number] for number in group]
    days = days_told(reading, group)
    place = place_told(reading, group)
    sides = sides_told(reading, group)
    third = tuple((name, "mediator") for name in sides_told(reading, group, "third") if name not in sides)
    evidence = tuple((reading.article_id, phrase.start, phrase.end) for phrase in phrases)
    status = status_told(reading, group, _STATUSES_OF[phrases[0].type])
    best = max(phrases, key=lambda phrase: phrase.probability)
    type_ = cast("EventType", best.type)
    return Event(
        event_id=identify(type_, evidence[0]),
        type=type_,
        label=_shortened(reading.text[best.start : best.end]),
        status=cast("EventStatus", status[0]) if status else "held",
        first=days.first_date if days else None,
        last=days.last_date if days else None,
        offset_first=days.first if days and not days.dated else None,
        offset_last=days.last if days and not days.dated else None,
        edtf=edtf(days) if days else None,
        date_text=days.text if days else None,
        date_basis=days.basis if days else "unresolved",
        precision=days.precision if days else None,
        place=place,
        parties=sides,
        parties_basis="stated" if sides else None,
        people=people_told(reading, group),
        third_parties=third,
        evidence=evidence,
        score=best.probability,
    )


def _shortened(text: str) -> str:
    text = re.sub(r"\s+", " ", text).strip()
    return text if len(text) <= _LONGEST else text[: text.rfind(" ", 0, _LONGEST)] + " …"


def identify(type_: str, evidence: tuple[str, int, int]) -> str:
    """Return an event's id: a hash of its type and the first words that tell of it."""
    return hashlib.sha256("|".join(map(str, (type_, *evidence))).encode()).hexdigest()[:12]
