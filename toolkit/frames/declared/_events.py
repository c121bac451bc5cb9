"""Negotiations, their rounds of talks and their other events."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypedDict, get_args

from toolkit.frames import _settling as settling
from toolkit.frames._columns import Column, Follows, FrameSpec, Role
from toolkit.frames.declared._shared import DAYS, KEY, NEGOTIATION, ORIGIN
from toolkit.records import (
    Event,
    EventStatus,
    EventType,
    Negotiation,
    PartiesBasis,
    Round,
    RoundStatus,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.records import Place


class TrackCell(TypedDict):
    """A working group of a round, as a cell of the frame holds it."""

    name: str
    status: str | None
    text: str


class ConflictCell(TypedDict):
    """What articles say differently of a round: each value of a field with the articles that give it."""

    field: str
    values: dict[str, list[str]]


def _round_row(found: Round) -> dict[str, Any]:
    tracks = [{"name": track.name, "status": track.status, "text": track.text} for track in found.tracks]
    return {**_event_row(found), "tracks": tracks}


def _event_row(found: Round | Event) -> dict[str, Any]:
    return {
        "key": next(iter(found.keys), None),
        "third_parties": [name for name, _ in found.third_parties],
        "third_party_roles": dict(found.third_parties),
        "conflicts": [
            {"field": conflict.field, "values": {value: list(articles) for value, articles in conflict.values}}
            for conflict in found.conflicts
        ],
    }


def _articles_of(evidence: Sequence[Place] | None) -> int:
    return len({article_id for article_id, _, _ in evidence or ()})


def _negotiation_row(found: Negotiation) -> dict[str, Any]:
    return {"negotiation": found.name, "n_articles": len(found.articles)}


TYPE = Column(
    "type", "object", "encounter, agreement, deadline, action or vote", Role.CATEGORY, accepts=get_args(EventType)
)
WHEN_AND_WHERE = (
    *DAYS,
    Column("edtf", "object", "EDTF date or interval, or None"),
    Column("date_text", "object", "the words the date comes from"),
    Column("date_basis", "object", "stated, resolved, assumed or unresolved", Role.CATEGORY),
    Column("precision", "object", "how fine the date is", Role.CATEGORY),
    Column("place", "object", "city or country, or None", editable=True),
)
PARTIES = (
    Column("parties", "object", "list of the sides at the table", Role.ACTOR, holds=list[str], editable=True),
    Column(
        "parties_basis",
        "object",
        "stated by the words about it, carried over from other words of its article, or None",
        Role.CATEGORY,
        accepts=get_args(PartiesBasis),
    ),
    Column("people", "object", "list of the people who take part", Role.ACTOR, holds=list[str], editable=True),
)
THIRD = (
    Column("third_parties", "object", "list of mediators, hosts and facilitators", Role.ACTOR, holds=list[str]),
    Column("third_party_roles", "object", "dict of third party to its role", Role.ACTOR, holds=dict[str, str]),
)
ACROSS = (
    Column(
        "conflicts",
        "object",
        "list of dicts: field, and articles by the value they give",
        Role.ACTOR,
        holds=list[ConflictCell],
    ),
    Column("n_articles", "int64", "articles that speak of it", Role.NUMBER),
    Column("keys", "object", "list of the keys it would have in each article alone", Role.KEYS, holds=list[str]),
    NEGOTIATION,
)


ROUNDS = FrameSpec(
    "rounds",
    (
        Column("round_id", "object", "id, the same on each run", Role.ID),
        Column("series", "object", "series of talks it belongs to", Role.TITLE),
        Column("ordinal", "Int64", "number in the series, NA where none is given", Role.NUMBER, editable=True),
        Column(
            "ordinal_implied",
            "Int64",
            "number that follows from a numbered round beside it, NA where none does",
            Role.NUMBER,
        ),
        Column("label", "object", "short name", editable=True, optional=False),
        *WHEN_AND_WHERE,
        Column("venue", "object", "building, or None", editable=True),
        Column("format", "object", "direct, trilateral, summit …, or None", Role.CATEGORY, editable=True),
        *PARTIES,
        Column(
            "leaders",
            "object",
            "dict of side to the head of its delegation",
            Role.ACTOR,
            holds=dict[str, str],
            editable=True,
        ),
        *THIRD,
        Column(
            "tracks",
            "object",
            "list of dicts: name, status and words of a working group",
            holds=list[TrackCell],
        ),
        Column(
            "status",
            "object",
            "proposed, planned, under way, held, concluded, postponed or collapsed",
            Role.CATEGORY,
            editable=True,
            accepts=get_args(RoundStatus),
            optional=False,
        ),
        Column("outcome", "object", "words on the outcome, or None", editable=True),
        Column("duration_text", "object", "words on the length, or None"),
        Column("evidence", "object", "list of [article_id, start, end]", Role.PLACES),
        *ACROSS,
        TYPE,
        ORIGIN,
        KEY,
    ),
    key=("evidence", "ordinal"),
    brief=("series", "label", "place", "first", "last", "status"),
    noun="round",
    record=Round,
    row=_round_row,
    follows=(Follows("n_articles", ("evidence",), _articles_of),),
    settled=settling.ROUNDS,
    added=settling.round_of_talks,
    evidence=True,
)


EVENTS = FrameSpec(
    "events",
    (
        Column("event_id", "object", "id, the same on each run", Role.ID),
        replace(
            TYPE,
            meaning="agreement, deadline, action or vote",
            editable=True,
            accepts=get_args(EventType)[1:],
            optional=False,
        ),
        Column("label", "object", "the words that tell of it most surely", editable=True, optional=False),
        *WHEN_AND_WHERE,
        *PARTIES,
        *THIRD,
        Column(
            "status",
            "object",
            "as of a round, or reached, met, missed or threatened",
            Role.CATEGORY,
            editable=True,
            accepts=get_args(EventStatus),
            optional=False,
        ),
        Column("evidence", "object", "list of [article_id, start, end], the words that tell of it", Role.PLACES),
        Column("score", "float64", "probability, 0 to 1, that its surest words tell of such an event", Role.SCORE),
        *ACROSS,
        ORIGIN,
        KEY,
    ),
    key=("evidence", "type"),
    brief=("type", "label", "place", "first", "last", "status"),
    noun="event",
    record=Event,
    row=_event_row,
    follows=(Follows("n_articles", ("evidence",), _articles_of),),
    settled=settling.ROUNDS,
    added=settling.event,
    evidence=True,
)


NEGOTIATIONS = FrameSpec(
    "negotiations",
    (
        Column("negotiation", "object", "its sides and issues, unique", Role.NEGOTIATION, optional=False),
        Column("parties", "object", "list of its sides, the one told of most first", Role.ACTOR, holds=list[str]),
        Column("issues", "object", "list of the words that tell it from others", holds=list[str]),
        Column("first", "datetime64[s]", "first day on which it takes place or is written about", Role.DAY),
        Column("last", "datetime64[s]", "last day", Role.DAY),
        Column("n_articles", "int64", "articles that are of it", Role.NUMBER),
        ORIGIN,
        KEY,
    ),
    key=("negotiation",),
    brief=("negotiation", "first", "last", "n_articles"),
    noun="negotiation",
    record=Negotiation,
    row=_negotiation_row,
)
