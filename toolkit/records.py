"""What is found in articles: frozen records of offsets, ids and plain values.

Offsets are Python string indices into ``Article.text``; ends are exclusive. No record holds a spaCy object,
so records outlive the ``Doc`` they were read from, and can be pickled, hashed and compared.
"""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - a store reads records back by their annotations
from dataclasses import dataclass
from typing import Literal

Span = tuple[int, int]
Place = tuple[str, int, int]
"""An article_id, and the span in its text."""

ActorKind = Literal["person", "organisation", "country", "group"]
MentionHow = Literal["name", "title", "description", "metonym", "pronoun"]
QuotationKind = Literal["direct", "indirect", "mixed"]
Mode = Literal["said", "thought", "act"]
SourceKind = Literal["named", "unnamed", "institution", "document", "none"]
Origin = Literal["machine", "confirmed", "corrected", "added"]
SaidBasis = Literal["stated", "published", "unknown"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
TimeBasis = Literal["stated", "resolved", "assumed", "unresolved"]
RoundStatus = Literal["proposed", "planned", "under way", "held", "concluded", "postponed", "collapsed"]
PartiesBasis = Literal["stated", "carried"]
EventType = Literal["encounter", "agreement", "deadline", "action", "vote"]
EventStatus = Literal[
    "proposed",
    "planned",
    "under way",
    "held",
    "concluded",
    "postponed",
    "collapsed",
    "reached",
    "met",
    "missed",
    "threatened",
]
Stance = Literal["for", "against", "open"]
Act = Literal[
    "accepts",
    "rejects",
    "proposes",
    "demands",
    "offers",
    "promises",
    "threatens",
    "seeks",
    "claims",
    "agreed",
    "withdraws",
    "considers",
]
ConditionKind = Literal["if", "only if", "unless", "in return", "after", "until"]
HolderHow = Literal["name", "title", "description", "metonym", "pronoun", "speaker"]
IssueBasis = Literal["given", "found"]
PositionBasis = Literal["stated", "implied", "predicted"]
PositionTime = Literal["now", "past", "future", "hypothetical"]


@dataclass(frozen=True, slots=True)
class Mention:
    """One place in an article where an actor is spoken of."""

    article_id: str
    start: int
    end: int
    text: str
    actor: str
    how: MentionHow
    origin: Origin = "machine"


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, organisation, state or group under its most complete name.

    ``role_evidence`` and ``side_evidence`` are where the text says so.
    """

    name: str
    kind: ActorKind
    side: str | None = None
    role: str | None = None
    aliases: tuple[str, ...] = ()
    role_evidence: Place | None = None
    side_evidence: Place | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """An actor's part in an article, or in several: how often it is mentioned, and how many statements it makes."""

    actor: Actor
    n_mentions: int
    n_quotations: int


@dataclass(frozen=True, slots=True)
class Quotation:
    """A statement and, where the text gives them, its cue, source and speaker.

    ``spans`` are the contiguous pieces of the content in reading order: ``"A," she said, "B."`` is one quotation
    of two pieces. ``score`` is the probability that its words are right, ``speaker_score`` that its speaker is, given
    that the words are; None before speakers are sought.
    """

    quotation_id: str
    article_id: str
    spans: tuple[Span, ...]
    text: str
    kind: QuotationKind
    cue: str | None = None
    cue_span: Span | None = None
    cue_force: str | None = None
    source_text: str | None = None
    source_span: Span | None = None
    speaker: str | None = None
    speaker_how: str | None = None
    cospeakers: tuple[str, ...] = ()
    source_kind: SourceKind = "none"
    audience: str | None = None
    audience_span: Span | None = None
    via: str | None = None
    said: dt.date | None = None
    said_offset: int | None = None
    said_basis: SaidBasis = "unknown"
    score: float = 0.0
    speaker_score: float | None = None
    mode: Mode = "said"
    origin: Origin = "machine"

    @property
    def envelope(self) -> Span:
        """Start of the first piece and end of the last."""
        return self.spans[0][0], self.spans[-1][1]


@dataclass(frozen=True, slots=True)
class Opinion:
    """How one sentence speaks of one target, and in whose words; ``holder`` None is the outlet.

    A ``polarity`` that is not 0 says that the holder, in the article's account, judges the target. That something
    happens to the target, is asked or expected of it, or is done by it, is no judgement; the outlet holds only those
    that its own words make.

    ``probability`` is that of the polarity being the right one, None where nothing tells. ``evidence`` are the words
    judged, those of one voice in the sentence; None is the whole sentence.
    """

    article_id: str
    start: int
    end: int
    target: str
    target_span: Span
    holder: str | None
    polarity: Literal[-1, 0, 1]
    score: float
    quotation_id: str | None = None
    origin: Origin = "machine"
    evidence: Span | None = None
    probability: float | None = None


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time expression with its TIMEX3 value and the days it covers.

    ``first`` and ``last`` are calendar days. Where the publication date is unknown they stay None and
    ``offset_first``/``offset_last`` give the days counted from the publication day P (P−1 is -1), so that
    expressions are ordered among themselves and nothing is guessed.
    """

    article_id: str
    start: int
    end: int
    text: str
    type: TimexType
    value: str
    edtf: str | None = None
    first: dt.date | None = None
    last: dt.date | None = None
    offset_first: int | None = None
    offset_last: int | None = None
    precision: str | None = None
    basis: TimeBasis = "unresolved"


@dataclass(frozen=True, slots=True)
class Track:
    """One strand of a round, such as its military working group, with its own status and the words that give it."""

    name: str
    status: str | None
    text: str
    evidence: tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Conflict:
    """What sources say differently of one round: each value of ``field`` with the articles that give it."""

    field: str
    values: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Round:
    """One round of talks in its series; every evidence span is ``(article_id, start, end)``.

    ``ordinal`` is the round's number in its series where the text states it, ``ordinal_implied`` the number that
    follows from its place beside a numbered round ("the next round" after the second). ``first`` or ``last`` is None
    where only the other bound is known. ``leaders`` are pairs of a party and the person who leads its delegation,
    ``third_parties`` pairs of a name and its role (mediator, host, facilitator). ``keys`` are what the round is known
    by, one for each article that tells of it.
    """

    round_id: str
    series: str
    label: str
    ordinal: int | None = None
    ordinal_implied: int | None = None
    first: dt.date | None = None
    last: dt.date | None = None
    offset_first: int | None = None
    offset_last: int | None = None
    edtf: str | None = None
    date_text: str | None = None
    date_basis: TimeBasis = "unresolved"
    precision: str | None = None
    place: str | None = None
    venue: str | None = None
    format: str | None = None
    parties: tuple[str, ...] = ()
    parties_basis: PartiesBasis | None = None
    people: tuple[str, ...] = ()
    leaders: tuple[tuple[str, str], ...] = ()
    third_parties: tuple[tuple[str, str], ...] = ()
    tracks: tuple[Track, ...] = ()
    status: RoundStatus = "held"
    outcome: str | None = None
    duration_text: str | None = None
    evidence: tuple[tuple[str, int, int], ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    keys: tuple[str, ...] = ()
    negotiation: str | None = None
    origin: Origin = "machine"
    type: EventType = "encounter"


@dataclass(frozen=True, slots=True)
class Event:
    """An agreement, deadline, action or vote; every evidence span is ``(article_id, start, end)``, the words of it.

    ``parties_basis`` is whether the words around it tell its sides or they are carried over from other words on it;
    what else it has in common with a :class:`Round` means the same. ``score`` is the
    probability that its surest words tell of an event of its type.
    """

    event_id: str
    type: EventType
    label: str
    status: EventStatus
    first: dt.date | None = None
    last: dt.date | None = None
    offset_first: int | None = None
    offset_last: int | None = None
    edtf: str | None = None
    date_text: str | None = None
    date_basis: TimeBasis = "unresolved"
    precision: str | None = None
    place: str | None = None
    parties: tuple[str, ...] = ()
    parties_basis: PartiesBasis | None = None
    people: tuple[str, ...] = ()
    third_parties: tuple[tuple[str, str], ...] = ()
    evidence: tuple[tuple[str, int, int], ...] = ()
    score: float | None = None
    conflicts: tuple[Conflict, ...] = ()
    keys: tuple[str, ...] = ()
    negotiation: str | None = None
    origin: Origin = "machine"


@dataclass(frozen=True, slots=True)
class Position:
    """Where an actor stands on one proposition, at one place of an article.

    ``start`` and ``end`` are the evidence: the words that carry the stand, up to the end of what it is about. The
    ``stance`` is toward the proposition put in the positive, denials counted; a stand with a condition is ``for`` or
    ``against`` all the same. ``actor`` holds it, found at ``actor_span`` by ``actor_how``, which is "speaker" where
    the holder is whoever makes the statement that it stands in; ``told_by`` is who tells of another's stand. ``doer``
    would have to act, ``addressee`` is asked or told. ``date`` is the day on which the stand was told.

    ``topics`` are the noun phrases of the proposition, of which an issue may bear the name. ``issue`` and
    ``round_id`` are known when all articles are.
    """

    position_id: str
    article_id: str
    start: int
    end: int
    text: str
    stance: Stance
    act: Act
    actor: str | None = None
    actor_span: Span | None = None
    actor_how: HolderHow | None = None
    proposition: str | None = None
    prop_span: Span | None = None
    doer: str | None = None
    addressee: str | None = None
    topics: tuple[str, ...] = ()
    condition: str | None = None
    condition_span: Span | None = None
    condition_kind: ConditionKind | None = None
    issue: str | None = None
    issue_basis: IssueBasis | None = None
    amount: float | None = None
    unit: str | None = None
    told_by: str | None = None
    quotation_id: str | None = None
    basis: PositionBasis = "stated"
    time: PositionTime = "now"
    date: dt.date | None = None
    round_id: str | None = None
    score: float | None = None
    origin: Origin = "machine"


@dataclass(frozen=True, slots=True)
class Negotiation:
    """A negotiation as one article, or all that are of it, tell of it; ``name`` is None while only one has.

    ``parties`` and ``actors`` are who sits at the table and who else is named, ``issues`` the nouns told of, each the
    most telling first. ``first`` and ``last`` are the days between which it takes place and is written about.
    ``has_events`` is whether a round or another event of it is told of.
    """

    articles: tuple[str, ...]
    name: str | None = None
    parties: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()
    first: dt.date | None = None
    last: dt.date | None = None
    has_events: bool = False
