"""Agreements, deadlines, actions and votes of several articles put together: one row an event."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from toolkit.actors import is_named
from toolkit.lexicon.wordlists import words
from toolkit.rounds._days import edtf, overlap, rank
from toolkit.rounds._encounter import places_differ
from toolkit.rounds._events import identify
from toolkit.rounds._merge import articles_of, conflict_of, most, union
from toolkit.rounds._same import days_of_round
from toolkit.rounds._series import told_apart
from toolkit.rounds._subject import bare

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence

    from toolkit.records import Event
    from toolkit.rounds._days import Days

_STAGES = (
    "proposed",
    "threatened",
    "planned",
    "postponed",
    "under way",
    "held",
    "reached",
    "met",
    "concluded",
    "missed",
    "collapsed",
)
_WORD = re.compile(r"\b[a-z]{4,}")
_STEM = 4
_SHARED = 2
_MOST = 64
"""Groups that one word is looked up in."""
_LISTS = ("auxiliaries", "clause_openers", "inner_prepositions", "phrase_breaks")


@dataclass(slots=True)
class _Group:
    members: list[Event] = field(default_factory=list)
    articles: set[str] = field(default_factory=set)


def merge_events(events: Iterable[Event]) -> list[Event]:
    """Return one record for each event of a negotiation, whatever the number of articles that speak of it.

    Two are one where type and day are the same, and neither sides nor place tell them apart; of actions the words
    must be alike too. An event without a day joins the only one of its type whose words and sides are its own.
    The status is the last in an event's life that an article tells of. ``keys`` holds what the row would be known by
    were only one of its articles read.

    Parameters
    ----------
    events : iterable of Event
        What :func:`find_events` gave for each article, in any order.

    Returns
    -------
    list of Event
        By day, undated ones last. The same whatever the order of the input.
    """
    parts: dict[Hashable, list[Event]] = defaultdict(list)
    for found in sorted(events, key=_order):
        parts[found.negotiation, found.type].append(found)
    merged = sorted((_merged(group.members) for part in parts.values() for group in _grouped(part)), key=_order)
    ids = told_apart(found.event_id for found in merged)
    return [replace(found, event_id=own) for found, own in zip(merged, ids, strict=True)]


def _order(found: Event) -> tuple[dt.date, str, tuple[tuple[str, int, int], ...]]:
    return found.first or found.last or dt.date.max, found.type, found.evidence


def _grouped(events: Sequence[Event]) -> list[_Group]:
    """Return groups of events of one negotiation and type, the dated ones first."""
    groups: list[_Group] = []
    places: dict[Hashable, dict[int, None]] = defaultdict(dict)
    for found in sorted(events, key=lambda event: _days(event) is None):
        near = sorted({number for place in _sought(found) if len(places[place]) <= _MOST for number in places[place]})
        fitting = [number for number in near if _belongs(found, groups[number])]
        if not fitting or (len(fitting) > 1 and _days(found) is None):
            fitting = [len(groups)]
            groups.append(_Group())
        group = groups[fitting[0]]
        group.members.append(found)
        group.articles.update(articles_of(found))
        for place in _kept(found):
            places[place][fitting[0]] = None
    return groups


def _kept(found: Event) -> Iterator[Hashable]:
    days = _days(found)
    yield from (days.known[0],) if days else ()
    yield from _stems(found)


def _sought(found: Event) -> Iterable[Hashable]:
    """Give what the groups that an event may belong to are kept under: its days, else its words."""
    days = _days(found)
    return range(days.known[0] - 1, days.known[0] + 2) if days else _stems(found)


def _belongs(found: Event, group: _Group) -> bool:
    return not group.articles & set(articles_of(found)) and all(_same(found, member) for member in group.members)


def _same(one: Event, other: Event) -> bool:
    """Tell whether what two articles of one negotiation tell of are one event."""
    mine, theirs = _days(one), _days(other)
    sides = [{bare(party) for party in event.parties if is_named(party)} for event in (one, other)]
    if all(sides) and not sides[0] & sides[1]:
        return False
    if one.place and other.place and places_differ(one.place, other.place):
        return False
    shared = len(_stems(one) & _stems(other))
    if mine is None or theirs is None:
        return shared >= _SHARED and bool(sides[0] & sides[1])
    if rank(mine) != rank(theirs) or not overlap(mine, theirs, slack=1):
        return False
    return shared > 0 or one.type != "action"


def _stems(found: Event) -> frozenset[str]:
    """Return the beginnings of the words that tell what an event is: "strike", "walkout" and "walked out"."""
    blank = words("talks", "general").union(*(words("grammar", name) for name in _LISTS))
    return frozenset(word[:_STEM] for word in _WORD.findall(found.label) if word not in blank)


def _days(found: Event) -> Days | None:
    return days_of_round(found)


def _merged(group: Sequence[Event]) -> Event:
    """Return the row of one event: the words of the surest, the days and place that most articles give."""
    best = max(group, key=lambda member: (_days(member) is not None, member.score or 0.0, member.evidence))
    if len(group) == 1:
        return replace(best, keys=best.keys or (best.event_id,))
    evidence = tuple(sorted({span for member in group for span in member.evidence}))
    alike = [member for member in group if member.precision == best.precision]
    first, last = most(member.first for member in alike), most(member.last for member in alike)
    if first and last and first > last:
        first, last = best.first, best.last
    source = max(alike, key=lambda member: (member.first, member.last) == (first, last))
    dated = replace(best, first=first, last=last, date_text=source.date_text, date_basis=source.date_basis)
    days = _days(dated)
    parties = union(member.parties for member in group if member.parties_basis == "stated")
    return replace(
        dated,
        event_id=identify(best.type, evidence[0]),
        label=max(group, key=lambda member: (member.score or 0.0, member.evidence)).label,
        status=max((member.status for member in group), key=_STAGES.index),
        edtf=edtf(days) if days else None,
        offset_first=None if days else best.offset_first,
        offset_last=None if days else best.offset_last,
        place=most(member.place for member in group),
        parties=parties,
        parties_basis="stated" if parties else None,
        people=union(member.people for member in group),
        third_parties=tuple(pair for pair in union(m.third_parties for m in group) if pair[0] not in parties),
        evidence=evidence,
        score=max((member.score for member in group if member.score is not None), default=None),
        conflicts=tuple(told for name in ("first", "last", "place") if (told := conflict_of(name, group))),
        keys=tuple(sorted({key for member in group for key in member.keys or (member.event_id,)})),
    )
