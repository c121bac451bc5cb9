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
from toolkit.rounds._tracks import find_outcome, find_tracks, format_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from toolkit.records import Span
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
    main = max(encounters, key=lambda encounter: len(encounter.clues))
    third = _with_usual(reading, main, third_parties(reading, reading.sentences))
    sides = common_sides(reading, frozenset(e.place for e in encounters if e.place))
    dated = [day for e in (main, *encounters) if e.days and (day := e.days.first_date or e.days.last_date)]
    return _Article(
        main=main,
        third=third,
        sides=sides,
        parties=parties_of(reading, main, third, sides),
        named=own_name(encounters),
        form=format_of(word for clue in main.clues for word in clue.phrase.modifiers),
        year=dated[0].year if dated else None,
    )


def _with_usual(
    reading: RoundInput, encounter: Encounter, third: tuple[tuple[str, str], ...]
) -> tuple[tuple[str, str], ...]:
    return tuple((dict(usual_mediators(reading, encounter)) | dict(third)).items())


def _record(reading: RoundInput, encounter: Encounter, article: _Article) -> Round:
    main = encounter is article.main
    spans = evidence_spans(reading, encounter)
    third = article.third if main else _with_usual(reading, encounter, third_parties(reading, spans))
    parties = article.parties if main else parties_of(reading, encounter, third, (*article.parties, *article.sides))
    about = [*spans, *(delegation_sentences(reading) if main else [])]
    form = format_of(word for clue in encounter.clues for word in clue.phrase.modifiers)
    days = encounter.days
    own_day = days and (days.first_date or days.last_date)
    year = own_day.year if own_day else article.year
    in_series = "round" in {clue.phrase.head for clue in encounter.clues} and form in {None, article.form}
    place = encounter.place
    if place is None and main and _reported_at(encounter):
        place = reported_from(reading, (*article.parties, *article.sides[:2]))
    place = place or next((name for name, role in third if role == "host"), None)
    series = series_name(
        article.parties, article.form if in_series and year == article.year else form, article.named, year
    )
    evidence = tuple((reading.article_id, start, end) for start, end in spans)
    return Round(
        round_id=identify(series, encounter.ordinal or encounter.implied, evidence[0]),
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


def _reported_at(encounter: Encounter) -> bool:
    """Tell whether an encounter is the news of the day: dated, and spoken of at the top of the article."""
    return encounter.days is not None and encounter.clues[0].phrase.sentence < _TOP


def _conflicts(encounter: Encounter, article_id: str) -> tuple[Conflict, ...]:
    """Return the numbers that one article gives one round, where it gives several."""
    if len(encounter.numbers) < 2:
        return ()
    return (Conflict("ordinal", tuple((str(number), (article_id,)) for number in encounter.numbers)),)


def evidence_spans(reading: RoundInput, encounter: Encounter) -> list[Span]:
    """Return the sentences that tell something of an encounter, in order."""
    telling = {c.phrase.sentence for c in encounter.clues if c.concrete or c.status or c.phrase.counted or c.duration}
    chosen: Iterable[int] = sorted(telling) or [encounter.clues[0].phrase.sentence]
    return [_sentence(reading, index) for index in chosen]


def _sentence(reading: RoundInput, index: int) -> Span:
    return reading.sentences[index]
