"""When two articles speak of one round.

A number alone never decides: each series has its own third round. Days decide first, then place and number together;
an undated round is taken for a dated one only where series and number are the same, one dated by its month alone where
the number is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.actors import is_named
from toolkit.rounds._days import Days, overlap, rank
from toolkit.rounds._encounter import places_differ, same_place
from toolkit.rounds._subject import bare
from toolkit.rounds._tracks import rivals

if TYPE_CHECKING:
    from collections.abc import Hashable

    from toolkit.records import Event, Round

FARTHEST = 3
"""Days that two accounts of one round may lie apart."""
_SHARED = 2


def same_round(one: Round, other: Round) -> bool:
    """Tell whether two rounds of different articles are one, on what they say of days, place, number and parties."""
    if not _may_share_parties(one, other) or not _levels_fit(one, other):
        return False
    days, place, number = _same_days(one, other), _places(one, other), _numbers(one, other)
    if days is None:
        return _same_undated(one, other, place=place, number=number)
    if not days:
        return bool(place) and bool(number) and _nearly(one, other)
    if place or number:
        return True
    return place is None and number is None


def aspects(found: Round) -> tuple[Hashable, ...]:
    """Return all that :func:`same_round` looks at: rounds of the same aspects are the same to it."""
    told = (found.first, found.last, found.precision, found.place, number_of(found), found.status)
    return (*told, found.parties, found.third_parties, found.series, found.format, found.label)


def _same_undated(one: Round, other: Round, *, place: bool | None, number: bool | None) -> bool:
    within = days_of_round(one) is not None and days_of_round(other) is not None and _formats_fit(one, other)
    if _calls_off(one, other) or _calls_off(other, one):
        return place is not False and number is not False
    if place is False or number is False or not (_series_fit(one, other) or (number and within)):
        return False
    if number:
        return True
    return bool(place) and (one.status == "proposed") == (other.status == "proposed")


def _calls_off(one: Round, other: Round) -> bool:
    """Tell whether a round without a day is told of as put off or broken off, of the sides of one that is planned."""
    if days_of_round(one) is not None or number_of(one) is not None or one.status not in {"postponed", "collapsed"}:
        return False
    planned = days_of_round(other) is not None and other.status == "planned"
    return planned and len(table(one) & table(other)) >= _SHARED


def _formats_fit(one: Round, other: Round) -> bool:
    return not rivals(form for form in (one.format, other.format) if form)


def _series_fit(one: Round, other: Round) -> bool:
    """Tell whether two series names are one but for a year that one of them lacks."""
    (base, year), (other_base, other_year) = _parted(one.series), _parted(other.series)
    return base == other_base and (year == other_year or not year or not other_year)


def same_talks(one: Round, other: Round) -> bool:
    """Tell whether two rounds may be of the same talks: in parties, and in place as far as it is known."""
    return _may_share_parties(one, other) and _places(one, other) is not False


def tells_of_several(found: Round) -> bool:
    """Tell whether a row stands for several rounds that are told of together and cannot be told apart."""
    return "rounds of talks" in found.label


def _parted(series: str) -> tuple[str, str]:
    base, _, year = series.rpartition(", ")
    return (base, year) if year.isdigit() else (series, "")


def _may_share_parties(one: Round, other: Round) -> bool:
    """Tell whether two rounds may have the same sides; a third party in one article may be a side in the other."""
    mine, theirs = table(one), table(other)
    named = [sum(map(is_named, found.parties)) for found in (one, other)]
    return len(mine & theirs) >= min(_SHARED, *named)


def table(found: Round) -> set[str]:
    """Return all who sit at a round's table: its parties and third parties, of those whom the text names."""
    told = (*found.parties, *(name for name, _ in found.third_parties))
    return {bare(name) for name in told if is_named(name)}


def _levels_fit(one: Round, other: Round) -> bool:
    """Tell whether two rounds may be of one level: ministers may be meant where an article names no format."""
    levels = {_level(one), _level(other)}
    if levels == {"ministerial", "delegations"}:
        plain = one if _level(one) == "delegations" else other
        return plain.format is None and number_of(plain) is None
    return len(levels) == 1


def _level(found: Round) -> str:
    """Return who meets, and whether once: a summit is no round of the talks that prepare it, nor are several rounds."""
    if tells_of_several(found):
        return "several"
    if found.format == "leaders" or "summit" in found.label:
        return "leaders"
    return "ministerial" if found.format == "ministerial" and number_of(found) is None else "delegations"


def days_of_round(found: Round | Event) -> Days | None:
    """Return the calendar days of a round or event, or None."""
    if found.first is None and found.last is None:
        return None
    return Days(
        dated=True,
        first=found.first.toordinal() if found.first else None,
        last=found.last.toordinal() if found.last else None,
        precision=found.precision or "day",
    )


def _same_days(one: Round, other: Round) -> bool | None:
    mine, theirs = days_of_round(one), days_of_round(other)
    if mine is None or theirs is None:
        return None
    fits = overlap(mine, theirs, slack=1)
    return None if fits and rank(mine) != rank(theirs) else fits


def _nearly(one: Round, other: Round) -> bool:
    mine, theirs = days_of_round(one), days_of_round(other)
    return bool(mine and theirs and overlap(mine, theirs, slack=FARTHEST))


def _places(one: Round, other: Round) -> bool | None:
    if not one.place or not other.place:
        return None
    return True if same_place(one.place, other.place) else (False if places_differ(one.place, other.place) else None)


def number_of(found: Round) -> int | None:
    """Return a round's number, stated or implied."""
    return found.ordinal if found.ordinal is not None else found.ordinal_implied


def _numbers(one: Round, other: Round) -> bool | None:
    mine, theirs = number_of(one), number_of(other)
    return None if mine is None or theirs is None else mine == theirs
