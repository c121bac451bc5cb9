"""What only all articles together tell: names, negotiations, rounds and other events, issues.

Each actor has one name; articles are of one negotiation or of another; a round or an event that several tell of is one
row; positions are on one issue or on another. All else is found per article, so that articles can be read anywhere, in
any order, and kept.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeVar

from toolkit.actors import Names, merged
from toolkit.frames import DECLARED, renamed_record
from toolkit.records import Event, Part, Round

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from toolkit.actors import Renaming
    from toolkit.analysis.reading import Reading
    from toolkit.frames import FrameSpec
    from toolkit.records import Actor, Negotiation, Position, Quotation

_T = TypeVar("_T", Round, Event)

_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Playbill:
    """The actors of one article with their parts, its outlet, and the day on which it was published."""

    article_id: str
    published: dt.date | None
    parts: tuple[Part, ...]
    outlet: str | None = None

    @property
    def label(self) -> str:
        """What a reader tells the article by."""
        day = self.published and f"{self.published.day} {self.published:%B %Y}"
        return ", ".join(known for known in (self.outlet, day) if known)


def playbill_of(reading: Reading) -> Playbill:
    """Return the actors of an article with their parts in it."""
    mentioned = Counter(mention.actor for mention in reading["mentions"])
    spoken = Counter(name for quotation in reading["quotations"] for name in speakers_of(quotation))
    parts = tuple(Part(actor, mentioned[actor.name], spoken[actor.name]) for actor in reading["actors"])
    article = reading.article
    return Playbill(article.article_id, article.published, parts, article.outlet)


def speakers_of(quotation: Quotation) -> tuple[str, ...]:
    """Return the actors who make a statement, none where the text does not say."""
    return tuple(name for name in (quotation.speaker, *quotation.cospeakers) if name)


def names_across(playbills: Iterable[Playbill]) -> Names:
    """Return the names that actors bear across articles."""
    names = Names()
    for playbill in playbills:
        for part in playbill.parts:
            names.add(part.actor, part.n_mentions)
    return names


def renamings(playbills: Iterable[Playbill], names: Names) -> dict[str, Renaming]:
    """Return what actors are called across all articles, by article, for the articles in which that differs."""
    bills = list(playbills)
    labels = Counter(bill.label for bill in bills)
    found = {
        bill.article_id: names.renaming((part.actor for part in bill.parts), _told_apart(bill, labels))
        for bill in bills
    }
    return {article_id: renaming for article_id, renaming in found.items() if renaming}


def _told_apart(bill: Playbill, labels: Mapping[str, int]) -> str:
    """Return what tells an article from all others, to a reader where that is enough."""
    own = f"article {bill.article_id[:_DIGITS]}"
    return bill.label if bill.label and labels[bill.label] == 1 else f"{bill.label}, {own}" if bill.label else own


def by_day(playbills: Iterable[Playbill]) -> list[Playbill]:
    """Return playbills in the order in which their articles were published, undated ones last."""
    return sorted(playbills, key=lambda bill: (bill.published or dt.date.max, bill.article_id))


def actors_across(playbills: Iterable[Playbill], renaming: Mapping[str, Renaming]) -> Iterator[Part]:
    """Yield each actor once, under its name across articles, with its parts in all of them added up.

    Where articles tell different roles or sides, the first that tells one has it: give them by day.
    """
    mentioned: Counter[str] = Counter()
    spoken: Counter[str] = Counter()

    def named() -> Iterator[Actor]:
        for bill in playbills:
            names = renaming.get(bill.article_id, {})
            for part in bill.parts:
                name = names.get(part.actor.name)
                actor = replace(part.actor, name=name) if name else part.actor
                mentioned[actor.name] += part.n_mentions
                spoken[actor.name] += part.n_quotations
                yield actor

    for actor in merged(named()):
        yield Part(actor, mentioned[actor.name], spoken[actor.name])


@dataclass(frozen=True, slots=True)
class Told:
    """The negotiations that articles are of, with their rounds, other events and positions, under final names."""

    negotiations: list[Negotiation]
    rounds: list[Round]
    events: list[Event]
    positions: list[Position]

    @property
    def by_article(self) -> dict[str, str | None]:
        """The negotiation of each article that is of one."""
        return {article: each.name for each in self.negotiations for article in each.articles}


def told_across(found: Mapping[str, Iterable[Any]], renaming: Mapping[str, Renaming]) -> Told:
    """Return each negotiation, round and event once, however many articles tell of it, and all positions.

    Parameters
    ----------
    found : mapping of str to iterable
        The records of each layer, by its name, as each article tells of them.
    renaming : mapping of str to dict
        What actors are called across all articles, by article.
    """
    from toolkit.rounds import merge_events, merge_rounds, negotiations_of, with_events

    names = DECLARED["negotiations"]
    rounds: list[Round] = [_renamed(each, DECLARED["rounds"], renaming) for each in found["rounds"]]
    events: list[Event] = [_renamed(each, DECLARED["events"], renaming) for each in found["events"]]
    told: dict[str, list[Round | Event]] = defaultdict(list)
    each: Round | Event
    for each in chain[Round | Event](rounds, events):
        told[each.evidence[0][0]].append(each)
    renamed = (renamed_record(one, names, renaming.get(one.articles[0], {})) for one in found["negotiations"])
    known = negotiations_of(with_events(one, told[one.articles[0]]) for one in renamed)
    of = Told(known, [], [], []).by_article
    held = merge_rounds(_with_negotiation(rounds, of))
    stands = _positions(found["positions"], renaming, held)
    return Told(known, held, merge_events(_with_negotiation(events, of)), stands)


def _positions(
    positions: Iterable[Position], renaming: Mapping[str, Renaming], rounds: Sequence[Round]
) -> list[Position]:
    """Return the positions of all articles under final names, the earliest article first, with issues and rounds."""
    from toolkit.positions import in_rounds, with_found_issues

    spec = DECLARED["positions"]
    named = [renamed_record(found, spec, renaming.get(found.article_id, {})) for found in positions]
    first: dict[str, dt.date] = {}
    for one in named:
        first[one.article_id] = min(first.get(one.article_id, dt.date.max), one.date or dt.date.max)
    ordered = sorted(named, key=lambda one: (first[one.article_id], one.article_id, one.start, one.position_id))
    return with_found_issues(in_rounds(ordered, rounds))


def _renamed(found: _T, spec: FrameSpec, renaming: Mapping[str, Renaming]) -> _T:
    return renamed_record(found, spec, renaming.get(found.evidence[0][0], {}))


def _with_negotiation(told: Iterable[_T], of: Mapping[str, str | None]) -> list[_T]:
    return [replace(each, negotiation=of.get(each.evidence[0][0])) for each in told]
