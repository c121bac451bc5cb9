"""Which articles are of one negotiation: by who is named in them, their nouns and their days.

Articles are taken by day, each joined to the negotiation that it is most alike, if it is alike enough; unsure ones stay
apart. Who is named and what is spoken of weigh the more, the fewer articles tell of it and the earlier the article puts
it. A negotiation is looked up by the names that it shares with an article, and by pairs of them where they are names
that many bear, so that no article is held against all negotiations.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import TYPE_CHECKING

from toolkit.records import Negotiation

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence

ALIKE = 0.45
"""From this sum of the two cosines on, that of names and that of nouns, articles are of one negotiation."""
_NOUNS, _NAMES, _SURE = 0.1, 0.1, 0.8
"""Least cosines; the nouns may differ where the names are all but the same."""
_FADING = 400
"""Days between two articles over which what they share loses two thirds of its weight."""
_MOST = 16
_PAIR = 2
_PAIRED = 6
_BEARERS = 64
"""Negotiations that are looked up by one name."""
_SMOOTH = 8
_SIDES = 3
_TOLD = 5
_IN_NAME = 2


@dataclass(slots=True)
class _Bag:
    """Weights of words, and their sum of squares, which is kept up as weights are added."""

    weights: dict[str, float] = field(default_factory=dict)
    square: float = 0.0

    def add(self, other: _Bag) -> None:
        """Add the weights of another bag."""
        for word, weight in other.weights.items():
            before = self.weights.get(word, 0.0)
            self.weights[word] = before + weight
            self.square += weight * (2 * before + weight)

    def cosine(self, other: _Bag) -> float:
        """Return how alike two bags are, 0 to 1."""
        few, many = sorted((self.weights, other.weights), key=len)
        shared = sum(weight * many[word] for word, weight in few.items() if word in many)
        return shared / math.sqrt(self.square * other.square) if shared else 0.0

    def first(self) -> tuple[str, ...]:
        """Return the words that weigh most."""
        return tuple(sorted(self.weights, key=lambda word: (-self.weights[word], word))[:_TOLD])


@dataclass(slots=True)
class _Group:
    """Articles of one negotiation, with the sums of the weights of what they name."""

    number: int
    members: list[Negotiation] = field(default_factory=list)
    names: _Bag = field(default_factory=_Bag)
    nouns: _Bag = field(default_factory=_Bag)
    sides: Counter[str] = field(default_factory=Counter)
    first: dt.date | None = None
    last: dt.date | None = None


def negotiations_of(told: Iterable[Negotiation]) -> list[Negotiation]:
    """Return each negotiation once, with its articles, whatever their order.

    Parameters
    ----------
    told : iterable of Negotiation
        What :func:`find_negotiation` gave for each article, under the names that actors bear across all.

    Returns
    -------
    list of Negotiation
        Those of which a round or another event is told, by name.
    """
    articles = sorted(told, key=lambda each: (each.last or dt.date.max, each.articles))
    weigh = _Weighing(articles)
    groups = _Groups()
    for article in articles:
        alone = weigh.alone(article)
        groups.join(alone, groups.best(alone))
    found = [_merged(group) for group in groups.kept if any(member.has_events for member in group.members)]
    return _with_names(found)


class _Weighing:
    """How much names and nouns tell: the more, the fewer articles have them, and the earlier they stand in one."""

    def __init__(self, articles: Sequence[Negotiation]) -> None:
        self._total = len(articles) + _SMOOTH
        self._names = Counter(name for each in articles for name in names_of(each))
        self._nouns = Counter(noun for each in articles for noun in each.issues[:_MOST])

    def alone(self, article: Negotiation) -> _Group:
        """Return a group of one article."""
        names, nouns = self._bag(names_of(article), self._names), self._bag(article.issues[:_MOST], self._nouns)
        return _Group(-1, [article], names, nouns, Counter(article.parties[:_SIDES]), article.first, article.last)

    def _bag(self, told: Sequence[str], known: Counter[str]) -> _Bag:
        found = {one: math.log(self._total / known[one]) / rank for rank, one in enumerate(told, 1)}
        length = math.hypot(*found.values()) or 1.0
        return _Bag({one: weight / length for one, weight in found.items()}, 1.0)


def names_of(article: Negotiation) -> list[str]:
    """Return whom an article names, the sides at the table first."""
    return list(dict.fromkeys((*article.parties, *article.actors)))[:_MOST]


class _Groups:
    """Groups of articles, kept under the names and pairs of names that they share."""

    def __init__(self) -> None:
        self.kept: list[_Group] = []
        self._places: dict[Hashable, dict[int, None]] = defaultdict(dict)

    def best(self, article: _Group) -> _Group | None:
        """Return the group that an article is most alike, None where none is alike enough."""
        near = {number for place in _places(article) for number in self._under(place)}
        alike = [(_likeness(self.kept[number], article), -number) for number in near]
        share, number = max(alike, default=(0.0, 0))
        return self.kept[-number] if share >= ALIKE else None

    def _under(self, place: Hashable) -> Iterable[int]:
        found = self._places.get(place, {})
        return found if len(found) <= _BEARERS else ()

    def join(self, article: _Group, group: _Group | None) -> None:
        """Put an article into a group, a new one where it is alike none."""
        if group is None:
            group = _Group(len(self.kept))
            self.kept.append(group)
        group.members += article.members
        group.names.add(article.names)
        group.nouns.add(article.nouns)
        group.sides.update(article.sides)
        group.first = min((day for day in (group.first, article.first) if day), default=None)
        group.last = max((day for day in (group.last, article.last) if day), default=None)
        for place in _places(article):
            self._places[place][group.number] = None


def _places(article: _Group) -> Iterator[Hashable]:
    names = list(article.names.weights)
    yield from names
    yield from combinations(sorted(names[:_PAIRED]), 2)


def _likeness(one: _Group, other: _Group) -> float:
    names, nouns = one.names.cosine(other.names), one.nouns.cosine(other.nouns)
    if names < _NAMES:
        return 0.0
    if _same_sides(one, other):
        return max(ALIKE, names + nouns)
    if nouns < _NOUNS and names < _SURE:
        return 0.0
    return (names + nouns) * math.exp(-_days_between(one, other) / _FADING)


def _same_sides(one: _Group, other: _Group) -> bool:
    """Tell whether the two sides told of most sit at both tables: such two may well negotiate for years."""
    mine, theirs = ([side for side, _ in group.sides.most_common(_SIDES)] for group in (one, other))
    pairs = set(mine[:_PAIR]), set(theirs[:_PAIR])
    return len(mine) >= _PAIR <= len(theirs) and pairs[0] <= set(theirs) and pairs[1] <= set(mine)


def _days_between(one: _Group, other: _Group) -> int:
    if not (one.first and one.last and other.first and other.last):
        return 0
    return max((other.first - one.last).days, (one.first - other.last).days, 0)


def _merged(group: _Group) -> Negotiation:
    articles = tuple(sorted(article for member in group.members for article in member.articles))
    most = max(group.sides.values(), default=0)
    sides = sorted((-count, side) for side, count in group.sides.items() if 2 * count >= most)
    return Negotiation(
        articles=articles,
        parties=tuple(side for _, side in sides[:_SIDES]),
        actors=group.names.first(),
        issues=group.nouns.first(),
        first=group.first,
        last=group.last,
        has_events=True,
    )


def _with_names(found: Sequence[Negotiation]) -> list[Negotiation]:
    """Return negotiations under names of which no two are the same: a year tells two apart, else a number."""
    seen: Counter[str] = Counter()
    named = []
    plain = Counter(_name(each) for each in found)
    for each in sorted(found, key=lambda each: (each.first or dt.date.max, each.articles)):
        name = _name(each)
        if plain[name] > 1 and each.last:
            name = f"{name}, {each.last.year}"
        seen[name] += 1
        named.append(replace(each, name=name if seen[name] == 1 else f"{name} ({seen[name]})"))
    return sorted(named, key=lambda each: each.name or "")


def _name(found: Negotiation) -> str:
    """Return what a negotiation is called: "Kenya–Norway talks on fish and tariff"."""
    sides = "–".join(sorted(found.parties or found.actors[:1]))
    issues = " and ".join(found.issues[:_IN_NAME])
    return " ".join(word for word in (sides, "talks", issues and f"on {issues}") if word)
