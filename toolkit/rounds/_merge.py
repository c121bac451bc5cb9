"""Rounds of several articles put together: one row a round, every source's evidence, and what they disagree on."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from toolkit.records import Conflict, Round
from toolkit.rounds._days import Days, edtf, overlap, rank
from toolkit.rounds._encounter import places_differ
from toolkit.rounds._groups import Groups
from toolkit.rounds._places import state_of
from toolkit.rounds._same import days_of_round, number_of, same_round, same_talks, tells_of_several
from toolkit.rounds._series import identify, key_of, told_apart
from toolkit.rounds._status import BEFORE
from toolkit.rounds._tracks import rivals

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from toolkit.records import Event, PartiesBasis
    from toolkit.rounds._groups import Group

_T = TypeVar("_T")
_LED = "leader of "
_DAY = rank(Days(dated=True, precision="day"))
STAGES = ("proposed", "planned", "postponed", "under way", "held", "concluded", "collapsed")
"""What may be told of a round, in the order in which one follows from another."""
_BASES = ("unresolved", "assumed", "resolved", "stated")


def merge_rounds(rounds: Sequence[Round]) -> list[Round]:
    """Return one record for each round, whatever the number of articles that speak of it.

    Rounds of two negotiations are never joined. Rounds of one article are never joined with each other, nor are rounds
    by their number alone: an undated one joins the one of its number in its series, of several the last before its
    article was written. What an article tells of
    several rounds together gives way to the rounds themselves where others tell of each. What the articles say
    differently of number, days, place, format or length stands in ``conflicts``; the value most of them give is the
    row's own. ``keys`` holds what the row would be known by were only one of its articles read, so that what was said
    of it then is known to be said of it now.

    Parameters
    ----------
    rounds : sequence of Round
        What :func:`find_rounds` gave for each article, in any order.

    Returns
    -------
    list of Round
        By first day; undated rounds follow, in the order of their series and number. The same whatever the order of
        the input.
    """
    parts: dict[str | None, list[Round]] = defaultdict(list)
    for found in _known_by(rounds):
        parts[found.negotiation].append(found)
    merged = sorted((row for part in parts.values() for row in _rows(part)), key=_order)
    ids = told_apart(found.round_id for found in merged)
    return [replace(found, round_id=own) for found, own in zip(merged, ids, strict=True)]


def _rows(rounds: list[Round]) -> Iterator[Round]:
    """Yield the rows of one negotiation."""
    in_order = sorted(rounds, key=_order)
    dated = [found for found in in_order if _to_the_day(found)]
    others = [found for found in in_order if not _to_the_day(found)]
    told = _told_until(rounds)
    groups = _grouped(dated, [], told)
    names = _series_names([*groups, *([found] for found in others)])
    known = [[replace(found, series=names[found.series]) for found in group] for group in groups]
    groups = _grouped([replace(found, series=names[found.series]) for found in others], known, told)
    single = Groups([group[0]] for group in groups if not tells_of_several(group[0]))
    groups = [group for group in groups if not _accounted_for(group[0], single)]
    names = _series_names(groups)
    return (_merged(group, names) for group in groups)


def _known_by(rounds: Sequence[Round]) -> list[Round]:
    """Return rounds with their keys, which follow from each article alone."""
    in_order = sorted(rounds, key=lambda found: (found.first or found.last or dt.date.max, found.round_id))
    keys = told_apart(key_of(found.ordinal, found.evidence[0]) for found in in_order)
    return [replace(found, keys=found.keys or (key,)) for found, key in zip(in_order, keys, strict=True)]


def _to_the_day(found: Round) -> bool:
    days = days_of_round(found)
    return days is not None and rank(days) <= _DAY


def _told_until(rounds: Sequence[Round]) -> dict[str, dt.date]:
    """Return the last day on which each article tells of talks as no longer to come: it is not older than that."""
    told: dict[str, dt.date] = {}
    for found in rounds:
        day = found.last or found.first
        if day is not None and found.status not in BEFORE and _to_the_day(found):
            for article in articles_of(found):
                told[article] = max(day, told.get(article, day))
    return told


def _grouped(rounds: list[Round], groups: list[list[Round]], told: dict[str, dt.date]) -> list[list[Round]]:
    """Return groups with rounds added to those they belong to."""
    known = Groups(groups)
    for found in rounds:
        fitting = [group for group in known.near(found) if _belongs(found, group)]
        group = fitting[0] if fitting and _to_the_day(found) else _nearest(found, fitting, told)
        if group is None:
            known.begin(found)
        else:
            known.join(group, found)
    return [group.members for group in known]


def _nearest(found: Round, fitting: list[Group], told: dict[str, dt.date]) -> Group | None:
    """Return the group that an undated round belongs to: the only one, or the last before its article was written."""
    if len(fitting) < 2:
        return next(iter(fitting), None)
    written = max((told[article] for article in articles_of(found) if article in told), default=None)
    begun = [(day, i) for i, group in enumerate(fitting) if (day := _first_day(group.members))]
    past = [(day, i) for day, i in begun if written is not None and day <= written]
    return fitting[max(past)[1]] if past else None


def _first_day(group: list[Round]) -> dt.date | None:
    return min((day for member in group if (day := member.first or member.last)), default=None)


def _accounted_for(found: Round, single: Groups) -> bool:
    """Tell whether a row speaks of several rounds together of which other articles give each its own."""
    days = days_of_round(found)
    if days is None or not tells_of_several(found):
        return False
    others = [other for group in single.near(found) for other in group.members]
    within = [other for other in others if (own := days_of_round(other)) and overlap(days, own, slack=0)]
    return any(same_talks(found, other) for other in within)


def _order(found: Round) -> tuple[dt.date, str, int, str]:
    day = found.first or found.last or dt.date.max
    return day, found.series, number_of(found) or 0, found.round_id


def _belongs(found: Round, group: Group) -> bool:
    if any(article in group.articles for article, _, _ in found.evidence):
        return False
    fits = (same_round(found, member) for member in group.differing.values())
    return all(fits) if _to_the_day(found) else any(fits)


def _series_names(groups: list[list[Round]]) -> dict[str, str]:
    """Return the one name of each series: names that a joined round goes by in several articles are one series."""
    names = {member.series: member.series for group in groups for member in group}

    def root(name: str) -> str:
        while names[name] != name:
            name = names[name]
        return name

    counts = Counter(member.series for group in groups for member in group)
    for group in groups:
        roots = sorted(
            {root(member.series) for member in group}, key=lambda name: (_undated(name), -counts[name], name)
        )
        for name in roots[1:]:
            names[name] = roots[0]
    return {name: root(name) for name in names}


def _undated(series: str) -> bool:
    return not series[-4:].isdigit()


def _merged(group: list[Round], names: dict[str, str]) -> Round:
    """Return the row of one round; its wording comes from the member that says most."""
    series = names[group[0].series]
    evidence = tuple(sorted({span for member in group for span in member.evidence}))
    best = max(group, key=lambda member: (_known(member), len(member.evidence)))
    number = most(number_of(member) for member in group if member.ordinal is not None)
    dated = _with_days(best, group)
    place = _place(group)
    parties, basis = _parties(group)
    return replace(
        dated,
        round_id=identify(series, number or number_of(best), dated.first or dated.last, evidence[0]),
        series=series,
        ordinal=number,
        ordinal_implied=None if number is not None else most(member.ordinal_implied for member in group),
        label=_label(best, group, place),
        place=place,
        venue=most(member.venue for member in group),
        format=most(member.format for member in group),
        duration_text=best.duration_text or most(member.duration_text for member in group),
        outcome=best.outcome or most(member.outcome for member in group),
        parties=parties,
        parties_basis=basis,
        people=union(member.people for member in group),
        leaders=union(member.leaders for member in group),
        third_parties=union(member.third_parties for member in group),
        tracks=union(member.tracks for member in group),
        status=max(group, key=lambda member: (_stage(member), _known(member))).status,
        evidence=evidence,
        conflicts=_conflicts(group),
        keys=tuple(sorted({key for member in group for key in member.keys})),
    )


def _parties(group: list[Round]) -> tuple[tuple[str, ...], PartiesBasis | None]:
    """Return the parties that articles state, where they state two; those carried over too where they do not."""
    stated = union(member.parties for member in group if member.parties_basis == "stated")
    together = union(member.parties for member in group)
    if len(stated) > 1 or set(stated) == set(together):
        return stated, "stated" if stated else None
    return together, most(member.parties_basis for member in group if member.parties_basis != "stated")


def _place(group: list[Round]) -> str | None:
    """Return the place given most often; a state gives way to a city in it."""
    counts = Counter(member.place for member in group if member.place)
    of_cities = {state for place in counts if (state := state_of(place)) != place}
    return most(place for place in counts.elements() if place not in of_cities)


def _label(best: Round, group: list[Round], place: str | None) -> str:
    """Return the label of the member that says most, of a numbered one where there is one, with the group's place."""
    numbered = [member for member in group if number_of(member) is not None]
    named = best if best in numbered or not numbered else max(numbered, key=_known)
    label = named.label.removesuffix(f", {named.place}")
    return f"{label}, {place}" if place else label


def _known(found: Round) -> int:
    return sum(value is not None for value in (found.first, found.last, found.place, found.ordinal, found.format))


def _stage(found: Round) -> int:
    """Return how late in a round's life an article speaks of it, so that the last word on its status stands."""
    return STAGES.index(found.status)


def _with_days(best: Round, group: list[Round]) -> Round:
    """Return the best member with the days that most members give; a bound that it lacks comes from the others."""
    days = days_of_round(best)
    if days is None:
        return best
    alike = [member for member in group if member.precision == best.precision]
    first = most(member.first for member in alike)
    last = most(member.last for member in alike)
    if first and last and first > last:
        first, last = best.first, best.last
    known = replace(days, first=first.toordinal() if first else None, last=last.toordinal() if last else None)
    source = max(alike, key=lambda member: ((member.first, member.last) == (first, last), _surety(member)))
    return replace(
        best,
        first=first,
        last=last,
        edtf=edtf(known),
        offset_first=None,
        offset_last=None,
        date_text=source.date_text,
        date_basis=source.date_basis,
    )


def _surety(found: Round) -> int:
    return _BASES.index(found.date_basis)


def most(values: Iterable[_T | None]) -> _T | None:
    """Return the value given most often, the first of several; None where none is given."""
    counts = Counter(value for value in values if value is not None)
    return counts.most_common(1)[0][0] if counts else None


def union(values: Iterable[tuple[_T, ...]]) -> tuple[_T, ...]:
    return tuple(dict.fromkeys(item for value in values for item in value))


def _conflicts(group: list[Round]) -> tuple[Conflict, ...]:
    """Return the fields in which the articles of a round disagree, each value with its articles."""
    led = dict.fromkeys(f"{_LED}{party}" for member in group for party, _ in member.leaders)
    found = (conflict_of(name, group) for name in ("ordinal", "first", "last", "place", "format", "duration", *led))
    return tuple(conflict for conflict in found if conflict is not None)


def conflict_of(name: str, group: Sequence[Round | Event]) -> Conflict | None:
    """Return what articles say differently of a field, None where they agree or only one says several things."""
    values: dict[str, dict[str, None]] = {}
    for member in group:
        for value, sources in _told(name, member, _value(name, member)):
            known = _known_as(value, values) if name == "place" else value
            values.setdefault(known, {}).update(dict.fromkeys(sources))
    articles = {article for sources in values.values() for article in sources}
    if len(values) < 2 or len(articles) < 2 or (name == "format" and not rivals(values)):
        return None
    return Conflict(name, tuple((value, tuple(sorted(articles))) for value, articles in values.items()))


def _value(name: str, member: Round | Event) -> str | None:
    """Return what an article says of a field; of days only those that it tells to the day."""
    if name.startswith(_LED):
        return dict(getattr(member, "leaders", ())).get(name.removeprefix(_LED))
    if name in {"first", "last"} and member.precision != "day":
        return None
    told = getattr(member, "duration_text" if name == "duration" else name, None)
    return told.isoformat() if isinstance(told, dt.date) else None if told is None else str(told)


def _told(name: str, member: Round | Event, value: str | None) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the values that a member gives a field: those it disagrees on with itself, or its one value."""
    own = next((conflict.values for conflict in member.conflicts if conflict.field == name), None)
    return own or (((value, tuple(articles_of(member))),) if value is not None else ())


def _known_as(place: str, places: Iterable[str]) -> str:
    """Return the name under which a place already stands: Geneva and Switzerland are no conflict."""
    return next((known for known in places if not places_differ(known, place)), place)


def articles_of(found: Round | Event) -> list[str]:
    return sorted({article for article, _, _ in found.evidence})
