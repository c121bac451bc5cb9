"""From the encounters of an article to records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.records import Conflict, Round
from toolkit.rounds._days import edtf
from toolkit.rounds._parties import common_sides, parties_of, third_parties, usual_mediators
from toolkit.rounds._people import delegation_sentences, leaders_of, people_of, speaking_for_a_side
from toolkit.rounds._places import reported_from
from toolkit.rounds._series import identify, label_of, own_name, series_name
from toolkit.rounds._status import status_of
from toolkit.rounds._tracks import LEVELS, find_outcome, find_tracks, rivals

if TYPE_CHECKING:
    from collections.abc import Iterable

    from toolkit.records import Span
    from toolkit.rounds._days import Days
    from toolkit.rounds._encounter import Encounter
    from toolkit.rounds._reading import RoundInput


def build(reading: RoundInput, encounters: list[Encounter]) -> list[Round]:
    """Return one record for each encounter, in the order in which the article first speaks of them."""
    if not encounters:
        return []
    article = _article(reading, encounters)
    return [_record(reading, encounter, article) for encounter in encounters]


_TOP = 3


@dataclass(frozen=True, slots=True)
class _Article:
    """What the rounds of an article share."""

    main: Encounter
    third: tuple[tuple[str, str], ...]
    sides: tuple[str, ...]
    parties: tuple[str, ...]
    named: str | None
    form: str | None
    year: int | None


def _article(reading: RoundInput, encounters: list[Encounter]) -> _Article:
    main = max(encounters, key=lambda encounter: sum(not clue.listed for clue in encounter.clues))
    third = _with_usual(reading, main, third_parties(reading, reading.sentences))
    sides = common_sides(reading, frozenset(e.place for e in encounters if e.place))
    dated = [day for e in (main, *encounters) if e.days and (day := e.days.first_date or e.days.last_date)]
    return _Article(
        main=main,
        third=third,
        sides=sides,
        parties=_common_parties(reading, [main, *encounters], third, sides),
        named=own_name(encounters),
        form=main.form if main.form not in LEVELS or _in_rounds(main) else None,
        year=dated[0].year if dated else None,
    )


def _common_parties(
    reading: RoundInput, encounters: list[Encounter], third: tuple[tuple[str, str], ...], sides: tuple[str, ...]
) -> tuple[str, ...]:
    """Return the parties of the first encounter that has two, or of the first of all."""
    found = (parties_of(reading, encounter, third, sides) for encounter in encounters)
    first = next(found)
    return first if len(first) > 1 else next((parties for parties in found if len(parties) > 1), first)


def _with_usual(
    reading: RoundInput, encounter: Encounter, third: tuple[tuple[str, str], ...]
) -> tuple[tuple[str, str], ...]:
    return tuple((dict(usual_mediators(reading, encounter)) | dict(third)).items())


def _record(reading: RoundInput, encounter: Encounter, article: _Article) -> Round:
    main = encounter is article.main
    spans = evidence_spans(reading, encounter)
    third = article.third if main else _with_usual(reading, encounter, third_parties(reading, spans))
    about = [*spans, *(delegation_sentences(reading) if main else [])]
    days = encounter.days
    own_day = days and (days.first_date or days.last_date)
    year = own_day.year if own_day else article.year
    form = encounter.form
    in_series = (
        _in_rounds(encounter)
        and form in {None, article.form}
        and year == article.year
        and not _numbered_apart(encounter, article.main)
    )
    parties = _at_the_table(reading, encounter, article, third, in_series=in_series)
    place = _place(reading, encounter, article, third)
    series = series_name(
        article.parties if year == article.year else parties, article.form if in_series else form, article.named, year
    )
    evidence = tuple((reading.article_id, start, end) for start, end in spans)
    return Round(
        round_id=identify(series, encounter.ordinal or encounter.implied, _day(days), evidence[0]),
        series=series,
        label=label_of(encounter.ordinal or encounter.implied, encounter, place),
        ordinal=encounter.ordinal,
        ordinal_implied=None if encounter.ordinal else encounter.implied,
        first=days.first_date if days else None,
        last=days.last_date if days else None,
        offset_first=days.first if days and not days.dated else None,
        offset_last=days.last if days and not days.dated else None,
        edtf=edtf(days) if days else None,
        date_text=days.text if days else None,
        date_basis=days.basis if days else "unresolved",
        precision=days.precision if days else None,
        place=place,
        venue=next((clue.venue for clue in encounter.clues if clue.venue), None),
        format=form,
        parties=parties,
        people=tuple(dict.fromkeys((*people_of(reading, about), *(speaking_for_a_side(reading) if main else ())))),
        leaders=leaders_of(reading, about),
        third_parties=third,
        tracks=find_tracks(reading, spans),
        status=status_of(encounter, reading.published),
        outcome=find_outcome(reading, spans),
        duration_text=next((clue.duration for clue in encounter.clues if clue.duration), None),
        evidence=evidence,
        conflicts=_conflicts(encounter, reading.article_id),
    )


def _place(
    reading: RoundInput, encounter: Encounter, article: _Article, third: tuple[tuple[str, str], ...]
) -> str | None:
    """Return the place told of, that of the dateline for the news of the day, or the host's state."""
    place = encounter.place
    if place is None and encounter is article.main and _reported_at(encounter):
        place = reported_from(reading, (*article.parties, *article.sides[:2]))
    return place or next((name for name, role in third if role == "host"), None)


def _day(days: Days | None) -> int | None:
    return (days.last if days.first is None else days.first) if days else None


def _in_rounds(encounter: Encounter) -> bool:
    return "round" in {clue.phrase.head for clue in encounter.clues}


def _numbered_apart(one: Encounter, other: Encounter) -> bool:
    """Tell whether the numbers of two rounds and the order of their days show them to be of two series."""
    mine, theirs = one.ordinal or one.implied, other.ordinal or other.implied
    if one is other or not (mine and theirs and one.days and other.days) or one.days.dated != other.days.dated:
        return False
    return mine == theirs or (mine < theirs) != (one.days.known[0] < other.days.known[0])


def _at_the_table(
    reading: RoundInput, encounter: Encounter, article: _Article, third: tuple[tuple[str, str], ...], *, in_series: bool
) -> tuple[str, ...]:
    """Return the parties of an encounter; a round of the article's own series has those of the series."""
    if encounter is article.main:
        return article.parties
    third = tuple((dict(article.third) | dict(third)).items())
    parties = parties_of(reading, encounter, third, (*article.parties, *article.sides))
    return article.parties if in_series and set(parties) <= set(article.parties) else parties


def _reported_at(encounter: Encounter) -> bool:
    """Tell whether an encounter is the news of the day: dated, and spoken of at the top of the article."""
    return encounter.days is not None and encounter.clues[0].phrase.sentence < _TOP


def _conflicts(encounter: Encounter, article_id: str) -> tuple[Conflict, ...]:
    """Return the numbers and the formats that one article gives one round, where it gives several."""
    told = {"ordinal": [str(number) for number in encounter.numbers], "format": rivals(encounter.forms)}
    return tuple(
        Conflict(name, tuple((value, (article_id,)) for value in values))
        for name, values in told.items()
        if len(values) > 1
    )


def evidence_spans(reading: RoundInput, encounter: Encounter) -> list[Span]:
    """Return the sentences that tell something of an encounter, in order."""
    telling = {c.phrase.sentence for c in encounter.clues if c.concrete or c.status or c.phrase.counted or c.duration}
    chosen: Iterable[int] = sorted(telling) or [encounter.clues[0].phrase.sentence]
    return [_sentence(reading, index) for index in chosen]


def _sentence(reading: RoundInput, index: int) -> Span:
    return reading.sentences[index]
