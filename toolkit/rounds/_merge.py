"""Rounds of several articles put together: one row a round, every source's evidence, and what they disagree on."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from toolkit.records import Conflict, Round
from toolkit.rounds._days import edtf
from toolkit.rounds._encounter import same_place
from toolkit.rounds._same import days_of_round, number_of, same_round
from toolkit.rounds._series import identify
from toolkit.rounds._status import AFTER, BEFORE, OVER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_T = TypeVar("_T")


def merge_rounds(rounds: Sequence[Round]) -> list[Round]:
    """Return one record for each round, whatever the number of articles that speak of it.

    Rounds of one article are never joined with each other, nor are rounds by their number alone. What the articles
    say differently of number, days, place, format or length stands in ``conflicts``; the value most of them give is
    the row's own.

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
    dated = [found for found in sorted(rounds, key=_order) if days_of_round(found)]
    undated = [found for found in sorted(rounds, key=_order) if not days_of_round(found)]
    groups = _grouped(dated, [])
    names = _series_names([*groups, *([found] for found in undated)])
    known = [[replace(found, series=names[found.series]) for found in group] for group in groups]
    groups = _grouped([replace(found, series=names[found.series]) for found in undated], known)
    names = _series_names(groups)
    return sorted((_merged(group, names) for group in groups), key=_order)


def _grouped(rounds: list[Round], groups: list[list[Round]]) -> list[list[Round]]:
    """Add rounds to the groups they belong to; an undated one that fits several groups stays by itself."""
    for found in rounds:
        fitting = [group for group in groups if _belongs(found, group)]
        if len(fitting) == 1 or (fitting and days_of_round(found)):
            fitting[0].append(found)
        else:
            groups.append([found])
    return groups


def _order(found: Round) -> tuple[dt.date, str, int, str]:
    day = found.first or found.last or dt.date.max
    return day, found.series, number_of(found) or 0, found.round_id


def _belongs(found: Round, group: list[Round]) -> bool:
    articles = {article for member in group for article, _, _ in member.evidence}
    if any(article in articles for article, _, _ in found.evidence):
        return False
    return all(same_round(found, member) for member in group)


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
    number = _most(number_of(member) for member in group if member.ordinal is not None)
    dated = _with_days(best, group)
    return replace(
        dated,
        round_id=identify(series, number or number_of(best), evidence[0]),
        series=series,
        ordinal=number,
        ordinal_implied=None if number is not None else _most(member.ordinal_implied for member in group),
        place=_most(member.place for member in group),
        venue=_most(member.venue for member in group),
        format=_most(member.format for member in group),
        duration_text=best.duration_text or _most(member.duration_text for member in group),
        outcome=best.outcome or _most(member.outcome for member in group),
        parties=_union(member.parties for member in group),
        people=_union(member.people for member in group),
        leaders=_union(member.leaders for member in group),
        third_parties=_union(member.third_parties for member in group),
        tracks=_union(member.tracks for member in group),
        status=max(group, key=lambda member: (_stage(member), _known(member))).status,
        evidence=evidence,
        conflicts=_conflicts(group),
    )


def _known(found: Round) -> int:
    return sum(value is not None for value in (found.first, found.last, found.place, found.ordinal, found.format))


def _stage(found: Round) -> int:
    """Return how late in a round's life an article speaks of it, so that the last word on its status stands."""
    if found.status in OVER:
        return 3
    if found.status in AFTER:
        return 2
    return 0 if found.status in BEFORE else 1


def _with_days(best: Round, group: list[Round]) -> Round:
    """Return the best member with the days that most members give; a bound that it lacks comes from the others."""
    days = days_of_round(best)
    if days is None:
        return best
    alike = [member for member in group if member.precision == best.precision]
    first = _most(member.first for member in alike)
    last = _most(member.last for member in alike)
    if first and last and first > last:
        first, last = best.first, best.last
    known = replace(days, first=first.toordinal() if first else None, last=last.toordinal() if last else None)
    return replace(best, first=first, last=last, edtf=edtf(known), offset_first=None, offset_last=None)


def _most(values: Iterable[_T | None]) -> _T | None:
    """Return the value given most often, the first of several; None where none is given."""
    counts = Counter(value for value in values if value is not None)
    return counts.most_common(1)[0][0] if counts else None


def _union(values: Iterable[tuple[_T, ...]]) -> tuple[_T, ...]:
    return tuple(dict.fromkeys(item for value in values for item in value))


def _conflicts(group: list[Round]) -> tuple[Conflict, ...]:
    """Return the fields in which the articles of a round disagree, each value with its articles."""
    readers: dict[str, Callable[[Round], str | None]] = {
        "ordinal": lambda found: str(found.ordinal) if found.ordinal is not None else None,
        "first": lambda found: found.first.isoformat() if found.first and found.precision == "day" else None,
        "last": lambda found: found.last.isoformat() if found.last and found.precision == "day" else None,
        "place": lambda found: found.place,
        "format": lambda found: found.format,
        "duration": lambda found: found.duration_text,
    }
    leaders = [_leader_conflict(party, group) for party in dict.fromkeys(p for m in group for p, _ in m.leaders)]
    own = [conflict for member in group for conflict in member.conflicts]
    between = [_conflict(name, group, read) for name, read in readers.items()]
    return (*own, *(conflict for conflict in (*between, *leaders) if conflict is not None))


def _leader_conflict(party: str, group: list[Round]) -> Conflict | None:
    return _conflict(f"leader of {party}", group, lambda found: dict(found.leaders).get(party))


def _conflict(name: str, group: list[Round], read: Callable[[Round], str | None]) -> Conflict | None:
    values: dict[str, list[str]] = {}
    for member in group:
        value = read(member)
        if value is not None:
            articles = values.setdefault(_known_as(value, values) if name == "place" else value, [])
            articles += [article for article in _articles(member) if article not in articles]
    if len(values) < 2:
        return None
    return Conflict(name, tuple((value, tuple(sorted(articles))) for value, articles in values.items()))


def _known_as(place: str, places: Iterable[str]) -> str:
    """Return the name under which a place already stands: Geneva and Switzerland are no conflict."""
    return next((known for known in places if same_place(known, place)), place)


def _articles(found: Round) -> list[str]:
    return sorted({article for article, _, _ in found.evidence})
