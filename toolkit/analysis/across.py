"""What only all articles together tell: one name for each actor, one row for each round of talks, and issues.

All else is found per article, so that articles can be read anywhere, in any order, and kept.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from toolkit.actors import Names, merged
from toolkit.frames import DECLARED, renamed_record
from toolkit.records import Part

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from toolkit.actors import Renaming
    from toolkit.analysis.reading import Reading
    from toolkit.records import Actor, Event, Position, Quotation, Round


@dataclass(frozen=True, slots=True)
class Playbill:
    """The actors of one article with their parts, and the day that the article was published."""

    article_id: str
    published: dt.date | None
    parts: tuple[Part, ...]


def playbill_of(reading: Reading) -> Playbill:
    """Return the actors of an article with their parts in it."""
    mentioned = Counter(mention.actor for mention in reading["mentions"])
    spoken = Counter(name for quotation in reading["quotations"] for name in speakers_of(quotation))
    parts = tuple(Part(actor, mentioned[actor.name], spoken[actor.name]) for actor in reading["actors"])
    return Playbill(reading.article.article_id, reading.article.published, parts)


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
    found = ((bill.article_id, names.renaming(part.actor for part in bill.parts)) for bill in playbills)
    return {article_id: renaming for article_id, renaming in found if renaming}


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


def events_across(events: Iterable[Event], renaming: Mapping[str, Renaming]) -> list[Event]:
    """Return the events of all articles under final names, each as its article tells of it, the dated ones by day."""
    spec = DECLARED["events"]
    named = (renamed_record(found, spec, renaming.get(found.evidence[0][0], {})) for found in events)
    return sorted(named, key=lambda found: (found.first or found.last or dt.date.max, found.evidence))


def rounds_across(rounds: Iterable[Round], renaming: Mapping[str, Renaming]) -> list[Round]:
    """Return each round of talks once, whatever the number of articles that tell of it, under final names."""
    from toolkit.rounds import merge_rounds

    spec = DECLARED["rounds"]
    return merge_rounds([renamed_record(found, spec, renaming.get(found.evidence[0][0], {})) for found in rounds])


def positions_across(
    positions: Iterable[Position], renaming: Mapping[str, Renaming], rounds: Sequence[Round]
) -> list[Position]:
    """Return the positions of all articles under final names, by day, each with its issue and its round of talks."""
    from toolkit.positions import in_rounds, with_found_issues

    spec = DECLARED["positions"]
    named = [renamed_record(found, spec, renaming.get(found.article_id, {})) for found in positions]
    ordered = sorted(named, key=lambda one: (one.date or dt.date.max, one.article_id, one.start, one.position_id))
    return with_found_issues(in_rounds(ordered, rounds))
