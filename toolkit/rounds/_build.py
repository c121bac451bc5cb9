"""From the encounters of an article to records."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.records import Conflict, Round
from toolkit.rounds._days import edtf
from toolkit.rounds._parties import often, parties_of, third_parties, usual_mediators
from toolkit.rounds._people import delegation_sentences, leaders_of, people_of, speaking_for_a_side
from toolkit.rounds._places import reported_from
from toolkit.rounds._roles import people_told, sides_told
from toolkit.rounds._series import identify, label_of, own_name, series_name
from toolkit.rounds._status import status_of
from toolkit.rounds._tracks import LEVELS, find_outcome, find_tracks, rivals

if TYPE_CHECKING:
    from collections.abc import Iterable

    from toolkit.records import PartiesBasis, Span
    from toolkit.rounds._clues import Clues
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
_SIDES = 2


@dataclass(frozen=True, slots=True)
class _Article:
    """What the rounds of an article share."""

    main: Encounter
    third: tuple[tuple[str, str], ...]
    parties: tuple[str, ...]
    named: str | None
    form: str | None
    year: int | None


def _article(reading: RoundInput, encounters: list[Encounter]) -> _Article:
    main = max(encounters, key=lambda encounter: sum(not clue.listed for clue in encounter.clues))
    third = _outside(reading, main, third_parties(reading, reading.sentences))
    dated = [day for e in (main, *encounters) if e.days and (day := e.days.first_date or e.days.last_date)]
    return _Article(
        main=main,
        third=third,
        parties=_common_parties([main, *encounters], third),
        named=own_name(encounters),
        form=main.form if main.form not in LEVELS or _in_rounds(main) else None,
        year=dated[0].year if dated else None,
    )


def _common_parties(encounters: list[Encounter], third: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """Return the parties of the article's talks: those its rounds name most, or of the first encounter that has two."""
    found = [parties_of(encounter, third) for encounter in encounters]
    rounds = [parties for parties, one in zip(found, encounters, strict=True) if _in_rounds(one)]
    together = often(Counter(name for parties in rounds for name in parties))
    return next((parties for parties in (together, *found) if len(parties) >= _SIDES), found[0])


def _outside(
    reading: RoundInput, encounter: Encounter, third: tuple[tuple[str, str], ...]
) -> tuple[tuple[str, str], ...]:
    """Return those who mediate or host: as rules find them, as the reader does, and who does so by custom."""
    phrases = told_of(encounter)
    sides = sides_told(reading, phrases)
    told = {name: "mediator" for name in sides_told(reading, phrases, "third") if name not in sides}
    return tuple((dict(usual_mediators(reading, encounter)) | told | dict(third)).items())


def told_of(encounter: Encounter) -> list[int]:
    """Return the numbers of the reader's phrases about an encounter."""
    return [clue.told for clue in encounter.clues if clue.told is not None]


def _record(reading: RoundInput, encounter: Encounter, article: _Article) -> Round:
    main = encounter is article.main
    spans = evidence_spans(reading, encounter)
    third = article.third if main else _outside(reading, encounter, third_parties(reading, spans))
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
    parties, basis = _at_the_table(encounter, article, third)
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
        parties_basis=basis,
        people=_people(reading, encounter, about, main=main),
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
        place = reported_from(reading, article.parties)
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
    encounter: Encounter, article: _Article, third: tuple[tuple[str, str], ...]
) -> tuple[tuple[str, ...], PartiesBasis | None]:
    """Return the parties of an encounter, and whether the words about it tell them or those about the article's talks.

    They are carried over to "the talks", "the next round": words that point back, and name no other side.
    """
    parties = parties_of(encounter, third)
    fits = len(parties) < _SIDES and len(article.parties) >= _SIDES and set(parties) <= set(article.parties)
    if fits and (encounter is article.main or any(_points_back(clue) for clue in encounter.clues)):
        return article.parties, "carried"
    return parties, "stated" if parties else None


def _points_back(clue: Clues) -> bool:
    phrase = clue.phrase
    return phrase.head != "met" and bool(phrase.definite or phrase.relation or phrase.number)


def _people(reading: RoundInput, encounter: Encounter, about: list[Span], *, main: bool) -> tuple[str, ...]:
    """Return who takes part: as rules tell of a round and where the reader knows no phrase, or as the reader tells."""
    told = [] if _in_rounds(encounter) else told_of(encounter)
    named = people_told(reading, told) if told else people_of(reading, about)
    return tuple(dict.fromkeys((*named, *(speaking_for_a_side(reading) if main else ()))))


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
