"""Groups of rounds that are one, found by what surely tells rounds apart: their sides and their days."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from toolkit.actors import is_named
from toolkit.rounds._same import FARTHEST, aspects, days_of_round, table

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence

    from toolkit.records import Round

_WIDTH = 8
_MOST = 64
"""Stretches of days that a round is kept under; one that lasts longer may be any day's."""
_ANY, _UNKNOWN = "any", "unknown"
_Place = tuple["str | tuple[str]", "str | int"]


@dataclass(slots=True)
class Group:
    """Rounds that are one: the records, their articles, and of records that tell the same of the round one each."""

    number: int
    members: list[Round] = field(default_factory=list)
    articles: set[str] = field(default_factory=set)
    differing: dict[Hashable, Round] = field(default_factory=dict)


class Groups:
    """Groups in the order in which they began, kept under the sides and days of their members.

    Parameters
    ----------
    groups : iterable of sequence of Round
        To begin with.
    """

    def __init__(self, groups: Iterable[Sequence[Round]] = ()) -> None:
        self._groups: list[Group] = []
        self._places: dict[_Place, dict[int, None]] = {}
        for first, *others in groups:
            group = self.begin(first)
            for found in others:
                self.join(group, found)

    def __iter__(self) -> Iterator[Group]:
        return iter(self._groups)

    def begin(self, found: Round) -> Group:
        """Return a new group of one round."""
        group = Group(len(self._groups))
        self._groups.append(group)
        self.join(group, found)
        return group

    def join(self, group: Group, found: Round) -> None:
        """Put a round into a group."""
        group.members.append(found)
        group.articles |= {article for article, _, _ in found.evidence}
        if group.differing.setdefault(aspects(found), found) is found:
            for side in (*_sides(found), _ANY):
                for stretch in (*_stretches(found), _ANY):
                    self._places.setdefault((side, stretch), {})[group.number] = None

    def near(self, found: Round) -> list[Group]:
        """Return, in order, the groups with a member that sides and days do not surely tell apart from a round."""
        sides, stretches = _sides(found), _stretches(found)
        near = {
            number
            for side in ((_ANY,) if sides == [_UNKNOWN] else (*sides, _UNKNOWN))
            for stretch in ((_ANY,) if stretches == [_UNKNOWN] else (*stretches, _UNKNOWN))
            for number in self._places.get((side, stretch), ())
        }
        return [self._groups[number] for number in sorted(near)]


def _sides(found: Round) -> list[str | tuple[str]]:
    # Wrapped, since a side may be called like one of the marks.
    return [(name,) for name in sorted(table(found))] if any(map(is_named, found.parties)) else [_UNKNOWN]


def _stretches(found: Round) -> list[str | int]:
    """Return the stretches of days within which rounds may still be taken for this one."""
    days = days_of_round(found)
    if days is None:
        return [_UNKNOWN]
    first, last = days.known
    stretches = range((first - FARTHEST) // _WIDTH, last // _WIDTH + 1)
    return list(stretches) if len(stretches) <= _MOST else [_UNKNOWN]
