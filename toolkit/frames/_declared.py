"""The frames of the house, each declared once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypedDict, get_args

from toolkit.articles import Article, LeftOut
from toolkit.frames import _settling as settling
from toolkit.frames._columns import Column, Follows, FrameSpec, Role, SpanGroup
from toolkit.records import (
    Act,
    Actor,
    ActorKind,
    ConditionKind,
    Event,
    EventStatus,
    EventType,
    HolderHow,
    IssueBasis,
    Mention,
    MentionHow,
    Mode,
    Negotiation,
    Opinion,
    PartiesBasis,
    Position,
    PositionBasis,
    PositionTime,
    Quotation,
    QuotationKind,
    Round,
    RoundStatus,
    SourceKind,
    Stance,
    TimeExpression,
    TimexType,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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


ARTICLE_ID = Column("article_id", "object", "article, by the first digits of its text's SHA-256", Role.ARTICLE)
START = Column("start", "int64", "offset of the first character in the article's text", Role.START)
END = Column("end", "int64", "offset behind the last character", Role.END)
WORDS = Column("text", "object", "the words", Role.WORDS)
ORIGIN = Column("origin", "object", "machine, confirmed, corrected or added", Role.ORIGIN)
KEY = Column("key", "object", "what the row is known by, the same on each run and with every model", Role.KEY)
NEGOTIATION = Column("negotiation", "object", "the negotiation it is of, None where none is told of", Role.NEGOTIATION)
QUOTATION_ID = Column("quotation_id", "object", "id, the same on each run", Role.ID)
FORCES = ("says", "claims", "insists", "denies", "promises", "agrees", "asks", "warns", "accuses", "thinks")
DAYS = (
    Column("first", "datetime64[s]", "first day covered, NaT where no date is known", Role.DAY, editable=True),
    Column("last", "datetime64[s]", "last day covered", Role.DAY, editable=True),
    Column("offset_first", "Int64", "first day counted from the unknown publication day P: -1 is P-1", Role.NUMBER),
    Column("offset_last", "Int64", "last day counted from P", Role.NUMBER),
)


def _article_row(article: Article) -> dict[str, Any]:
    return {"n_words": len(article.body_text.split())}


ARTICLES = FrameSpec(
    "articles",
    (
        ARTICLE_ID,
        Column("title", "object", "title, or None", editable=True),
        Column("published", "datetime64[s]", "publication day, NaT where unknown", Role.DAY, editable=True),
        Column("published_basis", "object", "metadata, dateline, url, text, given or unknown", Role.CATEGORY),
        Column("outlet", "object", "outlet, or None", editable=True),
        Column("author", "object", "author, or None", editable=True),
        Column("url", "object", "address, or None; never opened"),
        Column("path", "object", "file or row it was read from"),
        Column("text", "object", "the text, as decoded; all offsets are into it"),
        Column("body_start", "int64", "offset behind a file's header", Role.NUMBER),
        Column("n_words", "int64", "words of the body", Role.NUMBER),
        Column("reprints", "object", "list of other outlets that printed the same text", holds=list[str]),
        NEGOTIATION,
        ORIGIN,
        KEY,
    ),
    key=("article_id",),
    brief=("title", "outlet", "published", "n_words"),
    noun="article",
    record=Article,
    row=_article_row,
    settled=settling.ARTICLES,
)


def _actor_row(actor: Actor) -> dict[str, Any]:
    # Counts need all articles, colours a person.
    return {"actor": actor.name, "n_mentions": 0, "n_quotations": 0, "colour": None}


ACTORS = FrameSpec(
    "actors",
    (
        Column("actor", "object", "most complete name, unique", Role.ACTOR, editable=True, optional=False),
        Column(
            "kind",
            "object",
            "person, organisation, country or group",
            Role.CATEGORY,
            editable=True,
            accepts=get_args(ActorKind),
        ),
        Column("side", "object", "state the actor belongs to, or None", editable=True),
        Column("role", "object", "role as the text gives it, or None", editable=True),
        Column("aliases", "object", "list of the forms met", holds=list[str], editable=True),
        Column("n_mentions", "int64", "mentions in all articles", Role.NUMBER),
        Column("n_quotations", "int64", "quotations as speaker", Role.NUMBER),
        Column(
            "role_evidence",
            "object",
            "[article_id, start, end] of the words that give the role, or None",
            Role.PLACE,
        ),
        Column(
            "side_evidence",
            "object",
            "[article_id, start, end] of the words that give the side, or None",
            Role.PLACE,
        ),
        Column("colour", "object", "colour given by a correction, #rrggbb, or None", editable=True),
        ORIGIN,
        KEY,
    ),
    key=("actor",),
    brief=("actor", "kind", "side", "role"),
    noun="actor",
    record=Actor,
    row=_actor_row,
)

MENTIONS = FrameSpec(
    "mentions",
    (
        ARTICLE_ID,
        START,
        END,
        replace(WORDS, editable=True, optional=False),
        Column("actor", "object", "who is meant", Role.ACTOR, editable=True, optional=False),
        Column(
            "how",
            "object",
            "name, title, description, metonym or pronoun",
            Role.CATEGORY,
            editable=True,
            accepts=get_args(MentionHow),
        ),
        ORIGIN,
        KEY,
    ),
    key=("article_id", "start", "end"),
    brief=("actor", "how", "text"),
    noun="mention",
    record=Mention,
    groups=(SpanGroup("mentions", label="actor"),),
)


def _others(speaker: str | None, cospeakers: Sequence[str]) -> list[str]:
    """Nobody shares a statement with themselves."""
    return [name for name in cospeakers if name != speaker]


QUOTATIONS = FrameSpec(
    "quotations",
    (
        QUOTATION_ID,
        ARTICLE_ID,
        Column("start", "int64", "offset of the first piece", Role.START),
        Column("end", "int64", "offset behind the last piece", Role.END),
        Column("spans", "object", "list of [start, end] of the pieces", Role.SPANS, editable=True, optional=False),
        Column("text", "object", "the words, pieces joined by an ellipsis", Role.WORDS),
        Column(
            "kind",
            "object",
            "direct, indirect or mixed, by the share inside quotation marks",
            Role.CATEGORY,
            editable=True,
            accepts=get_args(QuotationKind),
            optional=False,
        ),
        Column("cue", "object", "the words that announce it, or None", Role.WORDS, "cue", editable=True),
        Column("cue_start", "Int64", "offset of the cue", Role.START, "cue"),
        Column("cue_end", "Int64", "offset behind the cue", Role.END, "cue"),
        Column(
            "cue_force",
            "object",
            "says, claims, insists, denies, promises, agrees, asks, warns, accuses or thinks",
            Role.CATEGORY,
            editable=True,
            accepts=FORCES,
        ),
        Column(
            "mode",
            "object",
            "said (spoken or written), thought (believed, wanted, planned) or act (told as such: rejected, called for)",
            Role.CATEGORY,
            editable=True,
            accepts=get_args(Mode),
            optional=False,
        ),
        Column("source_text", "object", "the words that name the source, or None", Role.WORDS, "source", editable=True),
        Column("source_start", "Int64", "offset of the source", Role.START, "source"),
        Column("source_end", "Int64", "offset behind the source", Role.END, "source"),
        Column("speaker", "object", "actor who speaks, None where the text does not say", Role.ACTOR, editable=True),
        Column("speaker_how", "object", "name, description, metonym or pronoun", Role.CATEGORY),
        Column(
            "cospeakers",
            "object",
            "list of the others who share the statement",
            Role.ACTOR,
            holds=list[str],
            editable=True,
        ),
        Column(
            "source_kind",
            "object",
            "named, unnamed, institution, document or none",
            Role.CATEGORY,
            editable=True,
            accepts=get_args(SourceKind),
            optional=False,
        ),
        Column("audience", "object", "who is told, as written, or None", Role.WORDS, "audience", editable=True),
        Column("audience_start", "Int64", "offset of who is told", Role.START, "audience"),
        Column("audience_end", "Int64", "offset behind", Role.END, "audience"),
        Column("via", "object", "quotation_id of the statement that relays this one, or None", Role.REF, "quotations"),
        Column("said", "datetime64[s]", "day on which it was said, NaT where unknown", Role.DAY, editable=True),
        Column("said_offset", "Int64", "the same counted from the unknown publication day P", Role.NUMBER),
        Column(
            "said_basis",
            "object",
            "stated in its sentence, published (taken to be that day) or unknown",
            Role.CATEGORY,
        ),
        Column(
            "score",
            "float64",
            "probability that the words are rightly cut, calibrated on articles kept aside, 0 to 1",
            Role.SCORE,
        ),
        Column(
            "speaker_score",
            "float64",
            "probability that the speaker is right, given that the words are, calibrated likewise",
            Role.SCORE,
        ),
        NEGOTIATION,
        ORIGIN,
        KEY,
    ),
    key=("article_id", "spans"),
    brief=("speaker", "cue", "text", "kind"),
    noun="quotation",
    record=Quotation,
    follows=(Follows("cospeakers", ("speaker", "cospeakers"), _others),),
    settled=settling.QUOTATIONS,
    added=settling.quotation,
    groups=(
        SpanGroup("quotations", label="speaker"),
        SpanGroup("sources", "source", "speaker"),
        SpanGroup("cues", "cue", "cue_force"),
    ),
    evidence=True,
)


def _opinion_row(opinion: Opinion) -> dict[str, Any]:
    start, end = opinion.evidence or (opinion.start, opinion.end)
    return {"evidence_start": start, "evidence_end": end}


def _of_self(holder: str | None, target: str) -> bool:
    return holder is not None and holder == target


SENTIMENT = FrameSpec(
    "sentiment",
    (
        ARTICLE_ID,
        Column("start", "int64", "offset of the sentence", Role.START),
        Column("end", "int64", "offset behind the sentence", Role.END),
        Column("target", "object", "actor spoken of", Role.ACTOR, editable=True, optional=False),
        Column("target_start", "int64", "offset of the mention", Role.START, "target"),
        Column("target_end", "int64", "offset behind the mention", Role.END, "target"),
        Column(
            "holder",
            "object",
            "who judges, or in whose words the target is; None for the outlet, with a quotation_id for one not named",
            Role.ACTOR,
            editable=True,
            through=("quotation_id", "speaker"),
        ),
        Column("of_self", "bool", "whether the holder speaks of themselves"),
        Column(
            "polarity",
            "int64",
            "-1 or 1 where the holder, in the article's account, judges the target; 0 where it is spoken of only",
            Role.CATEGORY,
            editable=True,
            accepts=(-1, 0, 1),
            optional=False,
        ),
        Column(
            "score",
            "float64",
            "expected polarity, -1 to 1: probability of positive less that of negative",
            Role.SCORE,
        ),
        Column(
            "probability",
            "float64",
            "calibrated probability that the polarity is right, NaN where nothing tells",
            Role.SCORE,
        ),
        Column(
            "evidence_start",
            "int64",
            "offset of the words judged: those of one voice in the sentence",
            Role.START,
            "evidence",
        ),
        Column("evidence_end", "int64", "offset behind the words judged", Role.END, "evidence"),
        Column(
            "quotation_id",
            "object",
            "quotation that holds the mention, None outside quotations",
            Role.REF,
            "quotations",
        ),
        ORIGIN,
        KEY,
    ),
    key=("article_id", "start", "end", "target_start", "target_end"),
    brief=("holder", "target", "polarity", "score"),
    noun="opinion",
    record=Opinion,
    row=_opinion_row,
    follows=(Follows("of_self", ("holder", "target"), _of_self),),
    once=("article_id", "start", "end", "target", "quotation_id", "holder"),
    settled=settling.SENTIMENT,
    added=settling.opinion,
    evidence=True,
)

TIMES = FrameSpec(
    "times",
    (
        ARTICLE_ID,
        START,
        END,
        replace(WORDS, editable=True, optional=False),
        Column(
            "type",
            "object",
            "DATE, TIME, DURATION or SET",
            Role.CATEGORY,
            editable=True,
            accepts=get_args(TimexType),
            optional=False,
        ),
        Column("value", "object", "TIMEX3 value", editable=True, optional=False),
        Column("edtf", "object", "EDTF date or interval, or None"),
        *DAYS,
        Column("precision", "object", "how fine the expression is", Role.CATEGORY),
        Column("basis", "object", "stated, resolved, assumed or unresolved", Role.CATEGORY),
        ORIGIN,
        KEY,
    ),
    key=("article_id", "start", "end"),
    brief=("text", "value", "basis"),
    noun="time expression",
    record=TimeExpression,
    settled=settling.TIMES,
    added=settling.time,
    groups=(SpanGroup("times", label="value"),),
)


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


POSITIONS = FrameSpec(
    "positions",
    (
        Column("position_id", "object", "id, the same on each run", Role.ID),
        ARTICLE_ID,
        Column("start", "int64", "offset of the words that carry the stand", Role.START),
        Column("end", "int64", "offset behind them, and behind what the stand is on", Role.END),
        replace(WORDS, editable=True, optional=False),
        Column("actor", "object", "who holds it, None where the text names nobody", Role.ACTOR, editable=True),
        Column("actor_start", "Int64", "offset of the words that name the actor", Role.START, "actor"),
        Column("actor_end", "Int64", "offset behind them", Role.END, "actor"),
        Column(
            "actor_how",
            "object",
            "name, title, description, metonym or pronoun; speaker: whoever makes the statement it stands in",
            Role.CATEGORY,
            accepts=get_args(HolderHow),
        ),
        Column(
            "stance",
            "object",
            "for, against or open, toward the proposition put in the positive",
            Role.CATEGORY,
            editable=True,
            accepts=get_args(Stance),
            optional=False,
        ),
        Column(
            "act",
            "object",
            "accepts, rejects, proposes, demands, offers, promises, threatens, seeks, claims, agreed, withdraws or "
            "considers",
            Role.CATEGORY,
            editable=True,
            accepts=get_args(Act),
            optional=False,
        ),
        Column(
            "proposition",
            "object",
            "what could be granted, done or left, as written",
            Role.WORDS,
            "prop",
            editable=True,
        ),
        Column("prop_start", "Int64", "offset of the proposition", Role.START, "prop"),
        Column("prop_end", "Int64", "offset behind it", Role.END, "prop"),
        Column("issue", "object", "the matter it is on, across all articles", editable=True),
        Column(
            "issue_basis",
            "object",
            "given by a list of issues, or found among all propositions",
            Role.CATEGORY,
            accepts=get_args(IssueBasis),
        ),
        Column(
            "condition", "object", "the words that say when it holds, or None", Role.WORDS, "condition", editable=True
        ),
        Column("condition_start", "Int64", "offset of the condition", Role.START, "condition"),
        Column("condition_end", "Int64", "offset behind it", Role.END, "condition"),
        Column(
            "condition_kind",
            "object",
            "if, only if, unless, in return, after or until",
            Role.CATEGORY,
            editable=True,
            accepts=get_args(ConditionKind),
        ),
        Column("doer", "object", "who would have to act or give, or None", Role.ACTOR, editable=True),
        Column("addressee", "object", "to whom it is put, or None", Role.ACTOR, editable=True),
        Column(
            "amount", "float64", "the number in the proposition, NaN where there is none", Role.NUMBER, editable=True
        ),
        Column(
            "unit",
            "object",
            "percent, years, people, or the currency's code, such as EUR",
            Role.CATEGORY,
            editable=True,
        ),
        Column("told_by", "object", "who tells of it, where not the actor's own words", Role.ACTOR, editable=True),
        Column("quotation_id", "object", "statement that it stands in, or None", Role.REF, "quotations"),
        Column(
            "basis",
            "object",
            "stated, implied (any reader would say so) or predicted by someone",
            Role.CATEGORY,
            editable=True,
            accepts=get_args(PositionBasis),
        ),
        Column(
            "time",
            "object",
            "now, past, future or hypothetical",
            Role.CATEGORY,
            editable=True,
            accepts=get_args(PositionTime),
        ),
        Column("date", "datetime64[s]", "day on which it was told, NaT where unknown", Role.DAY, editable=True),
        Column(
            "round_id", "object", "round of talks that was on that day in the same article, or None", Role.REF, "rounds"
        ),
        Column("score", "float64", "probability that there is such a stand, NaN where nothing tells", Role.SCORE),
        ORIGIN,
        KEY,
    ),
    key=("article_id", "start", "end", "prop_start", "prop_end", "actor_start", "actor_end"),
    brief=("actor", "stance", "act", "text", "issue", "condition"),
    noun="position",
    record=Position,
    settled=settling.POSITIONS,
    added=settling.position,
    groups=(SpanGroup("positions", label="stance"),),
    evidence=True,
)


LEFT_OUT = FrameSpec(
    "left_out",
    (
        Column("source", "object", "file or row"),
        Column("reason", "object", "why it was left out, or what was wrong"),
        Column("stage", "object", "reading, corrections, or a stage of the analysis", Role.CATEGORY),
        Column("remedy", "object", "what would help, or None"),
        KEY,
    ),
    key=("source", "stage", "reason"),
    brief=("source", "reason"),
    noun="note",
    record=LeftOut,
)


def _counted(name: str, doing: str) -> tuple[Column, ...]:
    return (
        Column(f"n_{name}", "float64", f"those that {doing}; one that blames and praises is half of each", Role.NUMBER),
        Column(name, "float64", "their share, 0 to 1, NaN below eight sentences", Role.SCORE),
        Column(f"{name}_low", "float64", "lower end of the interval of the share", Role.SCORE),
        Column(f"{name}_high", "float64", "upper end", Role.SCORE),
    )


SENTIMENT_BY_ACTOR = FrameSpec(
    "sentiment_by_actor",
    (
        Column("actor", "object", "actor spoken of, or who speaks", Role.ACTOR),
        Column(
            "voice",
            "object",
            "outlet, others or self, seen from the actor spoken of; speaks for who speaks",
            Role.CATEGORY,
        ),
        Column("n", "int64", "distinct sentences", Role.NUMBER),
        Column("n_articles", "int64", "articles they stand in", Role.NUMBER),
        *_counted("blame", "judge the target badly"),
        *_counted("neutral", "do not judge"),
        *_counted("praise", "judge the target well"),
        Column(
            "n_wrong",
            "float64",
            "sentences that judge and are to be expected wrong, NaN where no probabilities are known",
            Role.NUMBER,
        ),
    ),
    key=("actor", "voice"),
    brief=("actor", "voice", "n", "blame", "neutral", "praise"),
)

CLASSIFICATION = FrameSpec(
    "classification",
    (
        Column("polarity", "int64", "-1, 0 or 1, the most probable", Role.CATEGORY),
        Column("negative", "float64", "calibrated probability", Role.SCORE),
        Column("neutral", "float64", "calibrated probability", Role.SCORE),
        Column("positive", "float64", "calibrated probability", Role.SCORE),
    ),
)

CORRECTIONS = FrameSpec(
    "corrections",
    (
        Column("actor", "object", "the actor meant: its name, or a form of it that no other actor bears"),
        Column("name", "object", "what to call it; where another actor is called so, the two become one"),
        Column("kind", "object", "person, organisation, country or group", Role.CATEGORY),
        Column("side", "object", "state it belongs to; (none) to take away what was found"),
        Column("role", "object", "its role; (none) to take away what was found"),
        Column("colour", "object", "its colour in views and charts, #rrggbb or a colour's name"),
        Column(
            "aliases",
            "object",
            "list of forms: whatever reads so is this actor; in a csv divided by semicolons",
            holds=list[str],
        ),
    ),
    key=("actor",),
    brief=("actor", "name"),
    noun="correction",
)

ROW_CORRECTIONS = FrameSpec(
    "row_corrections",
    (
        Column("frame", "object", "the frame whose row is meant, such as quotations", Role.CATEGORY),
        Column("key", "object", "the key of the row, or None for one that is added"),
        Column("article", "object", "article_id of the row's article, or None"),
        Column("start", "Int64", "offset of the row's words in the article's text", Role.NUMBER),
        Column("end", "Int64", "offset behind them", Role.NUMBER),
        Column("words", "object", "the words, in one line; of an actor its name"),
        Column("column", "object", "the column that is set right or confirmed, None for the row as a whole"),
        Column("found", "object", "what the machine had, as text"),
        Column("given", "object", "what the person gives, as text"),
        Column("verdict", "object", "right, wrong, edit or add", Role.CATEGORY),
        Column("who", "object", "the person, or None"),
        Column("when", "object", "day and time, ISO 8601, or None"),
        Column("note", "object", "a note of the person's, or None"),
    ),
    key=("frame", "key", "column"),
    brief=("frame", "words", "column", "found", "given", "verdict", "who"),
    noun="correction",
)

ISSUES = FrameSpec(
    "issues",
    (
        Column("issue", "object", "what the matter is called; issues called alike are one", Role.CATEGORY),
        Column(
            "words",
            "object",
            "list of words by which a proposition is on it, or of names of issues found that are to be it; in a csv "
            "divided by semicolons",
            holds=list[str],
        ),
        Column("poles", "object", "list of its two ends, such as stay and leave", holds=list[str]),
        Column("n_positions", "int64", "positions on it", Role.NUMBER),
        Column("n_actors", "int64", "actors who have one", Role.NUMBER),
    ),
    key=("issue",),
    brief=("issue", "n_positions", "n_actors"),
    noun="issue",
)

CHECKED = FrameSpec(
    "checked",
    (
        Column("frame", "object", "the frame whose row is meant", Role.CATEGORY),
        Column("key", "object", "the key of the row, None where it was not found"),
        Column("article_id", "object", "article of the row, or None", Role.ARTICLE),
        Column("words", "object", "the row's words as the person saw them"),
        Column("column", "object", "the column, None for the row as a whole"),
        Column("found", "object", "what the machine had when the person looked"),
        Column("given", "object", "what the person gave"),
        Column("now", "object", "what the machine has now, None where it has no such row"),
        Column("verdict", "object", "right, wrong, edit or add", Role.CATEGORY),
        Column("outcome", "object", "applied, redundant, review, orphaned or superseded", Role.CATEGORY),
        Column("kind", "object", "what kind of row it is, or None", Role.CATEGORY),
        Column("who", "object", "the person, or None"),
        Column("when", "object", "day and time, or None"),
        Column("note", "object", "the person's note, or why nothing could be done"),
        Column("line", "object", "what the line of the corrections is known by", Role.KEY),
    ),
    key=("frame", "key", "column", "found", "given", "verdict", "who", "when"),
    brief=("frame", "words", "column", "now", "given", "outcome"),
    noun="line",
)

PRECISION = FrameSpec(
    "precision",
    (
        Column("frame", "object", "the frame whose rows were judged", Role.CATEGORY),
        Column("kind", "object", "their kind, None for all kinds", Role.CATEGORY),
        Column("n", "int64", "rows judged", Role.NUMBER),
        Column("n_right", "int64", "rows judged right", Role.NUMBER),
        Column("precision", "float64", "share of right ones, 0 to 1", Role.SCORE),
        Column("low", "float64", "lower end of its 95 % interval", Role.SCORE),
        Column("high", "float64", "upper end", Role.SCORE),
    ),
    key=("frame", "kind"),
)

AGREEMENT = FrameSpec(
    "agreement",
    (
        Column("frame", "object", "the frame whose rows were judged", Role.CATEGORY),
        Column("column", "object", "the column, None for the verdicts on rows as a whole", Role.CATEGORY),
        Column("n", "int64", "rows of which two or more people said something", Role.NUMBER),
        Column("alpha", "float64", "Krippendorff's alpha, nominal; NaN where nothing differs", Role.SCORE),
    ),
    key=("frame", "column"),
)

COVERAGE: tuple[FrameSpec, ...] = (
    ARTICLES,
    ACTORS,
    MENTIONS,
    QUOTATIONS,
    SENTIMENT,
    TIMES,
    ROUNDS,
    EVENTS,
    NEGOTIATIONS,
    POSITIONS,
    LEFT_OUT,
    CHECKED,
)
"""The frames that every coverage has, in order."""

DECLARED: Mapping[str, FrameSpec] = {
    spec.name: spec
    for spec in (
        *COVERAGE,
        SENTIMENT_BY_ACTOR,
        CLASSIFICATION,
        CORRECTIONS,
        ROW_CORRECTIONS,
        ISSUES,
        PRECISION,
        AGREEMENT,
    )
}
"""All frames of the house by name; those of a user's own travel with the coverage that has them."""
