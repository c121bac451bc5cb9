"""Who, when and where, by the learned reader, of an event that some phrases tell of."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, cast, get_args

from toolkit.model.event_tags import STATUSES
from toolkit.records import RoundStatus
from toolkit.rounds._days import days_of
from toolkit.rounds._parties import often, parties_named
from toolkit.rounds._places import behind_dateline, is_ground, is_place
from toolkit.rounds._told import LEAST

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from toolkit.model.event_reader import Candidate
    from toolkit.records import Mention
    from toolkit.rounds._days import Days
    from toolkit.rounds._reading import RoundInput

SURE = 0.7
"""How probable a status must be."""
JOINED = 0.2
"""How probable a role must be for one that is joined to another that has it."""
_AND = re.compile(r"\s+and\s+(?:the\s+)?", re.IGNORECASE)


def sides_told(reading: RoundInput, phrases: Iterable[int], role: str = "side") -> tuple[str, ...]:
    """Return the parties that mentions around some phrases stand for, as sides or, by ``role``, as third parties."""
    told = (parties_named(reading, _mentions(reading, [phrase], role)) for phrase in phrases)
    return often(Counter(name for names in told for name in names))


def people_told(reading: RoundInput, phrases: Iterable[int]) -> tuple[str, ...]:
    """Return the people who take part."""
    found = dict.fromkeys(mention.actor for mention in _mentions(reading, phrases, "person"))
    return tuple(name for name in found if (actor := reading.actor(name)) and actor.kind == "person")


def status_told(reading: RoundInput, phrases: Sequence[int], may_be: Collection[str]) -> tuple[str, float] | None:
    """Return the status that some phrases make most probable together, with its mean share; None without phrases."""
    shares = [reading.told.phrases[number].statuses for number in phrases]
    means = {status: sum(row) / len(shares) for status, row in zip(STATUSES, zip(*shares, strict=True), strict=False)}
    return max(((one, share) for one, share in means.items() if one in may_be), key=lambda pair: pair[1], default=None)


def round_status_told(reading: RoundInput, phrases: Sequence[int]) -> RoundStatus | None:
    """Return the status of an encounter that some phrases tell of, None where the reader is unsure of it."""
    found = status_told(reading, phrases, get_args(RoundStatus))
    return cast("RoundStatus", found[0]) if found and found[1] >= SURE else None


def place_told(reading: RoundInput, phrases: Sequence[int]) -> str | None:
    """Return the place of an event, of those that may be it a listed one, the most probable.

    A building is none, nor a capital that stands for a side.
    """
    sides = {(one.start, one.end) for role in ("side", "third") for _, one in reading.told.spans(phrases, role)}
    found = [
        (share, one)
        for share, one in _spans(reading, phrases, "place")
        if is_ground(reading, (one.start, one.end)) and (one.start, one.end) not in sides
    ]
    named = [(is_place(name), share, name) for share, one in found if (name := one.text.removeprefix("the "))]
    return max(named, key=lambda item: item[:2])[2] if named else None


def days_told(reading: RoundInput, phrases: Sequence[int]) -> Days | None:
    """Return the days of an event by the times that date it: of several the most probable and what joins it."""
    shares = _spans(reading, phrases, "date")
    known = [
        (share, days)
        for share, one in shares
        if (time := reading.time_over((one.start, one.end))) and (days := days_of(time))
    ]
    return max(known, key=lambda pair: pair[0])[1] if known else None


def _spans(reading: RoundInput, phrases: Iterable[int], role: str) -> list[tuple[float, Candidate]]:
    found = reading.told.spans(phrases, role)
    return [(share, one) for share, one in found if behind_dateline(reading, one.start)]


def _mentions(reading: RoundInput, phrases: Iterable[int], role: str) -> list[Mention]:
    """Return the mentions that have a role, with what is joined to one of them by "and" and may have it too."""
    spans = reading.told.spans(phrases, role, JOINED)
    sure = {one for share, one in spans if share >= LEAST[role]}
    kept = [one for _, one in spans if one in sure or any(_are_joined(reading.text, one, other) for other in sure)]
    found = (reading.mention_over((one.start, one.end)) for one in kept)
    return [mention for mention in found if mention]


def _are_joined(text: str, one: Candidate, other: Candidate) -> bool:
    first, second = sorted((one, other), key=lambda each: each.start)
    return bool(_AND.fullmatch(text, first.end, second.start))
