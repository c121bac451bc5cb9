"""From records to DataFrames: the only place that builds them, and the one description of their columns."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from toolkit.articles import Article, Report
    from toolkit.records import Mention, Opinion, Part, Quotation, Round, TimeExpression


@dataclass(frozen=True, slots=True)
class Column:
    """A column's name, pandas dtype and meaning. ``object`` columns hold str, None or lists."""

    name: str
    dtype: str
    meaning: str


def _columns(*rows: tuple[str, str, str]) -> tuple[Column, ...]:
    return tuple(Column(*row) for row in rows)


_ARTICLE_ID = ("article_id", "object", "article, by the first digits of its text's SHA-256")
_START = ("start", "int64", "offset of the first character in the article's text")
_END = ("end", "int64", "offset behind the last character")
_ORIGIN = ("origin", "object", "machine, corrected or added")
_DAYS = (
    ("first", "datetime64[s]", "first day covered, NaT where no date is known"),
    ("last", "datetime64[s]", "last day covered"),
    ("offset_first", "Int64", "first day counted from the unknown publication day P: -1 is P-1"),
    ("offset_last", "Int64", "last day counted from P"),
)

COLUMNS: Mapping[str, tuple[Column, ...]] = {
    "articles": _columns(
        _ARTICLE_ID,
        ("title", "object", "title, or None"),
        ("published", "datetime64[s]", "publication day, NaT where unknown"),
        ("published_basis", "object", "metadata, dateline, url, text, given or unknown"),
        ("outlet", "object", "outlet, or None"),
        ("author", "object", "author, or None"),
        ("url", "object", "address, or None; never opened"),
        ("path", "object", "file or row it was read from"),
        ("text", "object", "the text, as decoded; all offsets are into it"),
        ("body_start", "int64", "offset behind a file's header"),
        ("n_words", "int64", "words of the body"),
    ),
    "actors": _columns(
        ("actor", "object", "most complete name, unique"),
        ("kind", "object", "person, organisation, country or group"),
        ("side", "object", "state the actor belongs to, or None"),
        ("role", "object", "role as the text gives it, or None"),
        ("aliases", "object", "list of the forms met"),
        ("n_mentions", "int64", "mentions in all articles"),
        ("n_quotations", "int64", "quotations as speaker"),
        ("role_evidence", "object", "[article_id, start, end] of the words that give the role, or None"),
        ("side_evidence", "object", "[article_id, start, end] of the words that give the side, or None"),
        ("colour", "object", "colour given by a correction, #rrggbb, or None"),
        _ORIGIN,
    ),
    "mentions": _columns(
        _ARTICLE_ID,
        _START,
        _END,
        ("text", "object", "the words"),
        ("actor", "object", "who is meant"),
        ("how", "object", "name, title, description, metonym or pronoun"),
        _ORIGIN,
    ),
    "quotations": _columns(
        ("quotation_id", "object", "id, the same on each run"),
        _ARTICLE_ID,
        ("start", "int64", "offset of the first piece"),
        ("end", "int64", "offset behind the last piece"),
        ("spans", "object", "list of [start, end] of the pieces"),
        ("text", "object", "the words, pieces joined by an ellipsis"),
        ("kind", "object", "direct, indirect or mixed, by the share inside quotation marks"),
        ("cue", "object", "the words that announce it, or None"),
        ("cue_start", "Int64", "offset of the cue"),
        ("cue_end", "Int64", "offset behind the cue"),
        (
            "cue_force",
            "object",
            "says, claims, insists, denies, promises, agrees, asks, warns, accuses or thinks",
        ),
        ("source_text", "object", "the words that name the source, or None"),
        ("source_start", "Int64", "offset of the source"),
        ("source_end", "Int64", "offset behind the source"),
        ("speaker", "object", "actor who speaks, None where the text does not say"),
        ("speaker_how", "object", "name, description, metonym or pronoun"),
        ("cospeakers", "object", "list of the others who share the statement"),
        ("source_kind", "object", "named, unnamed, institution, document or none"),
        ("audience", "object", "who is told, as written, or None"),
        ("audience_start", "Int64", "offset of who is told"),
        ("audience_end", "Int64", "offset behind"),
        ("via", "object", "quotation_id of the statement that relays this one, or None"),
        ("said", "datetime64[s]", "day on which it was said, NaT where unknown"),
        ("said_offset", "Int64", "the same counted from the unknown publication day P"),
        ("said_basis", "object", "stated in its sentence, published (taken to be that day) or unknown"),
        ("score", "float64", "probability that the words are rightly cut, calibrated on articles kept aside, 0 to 1"),
        _ORIGIN,
    ),
    "sentiment": _columns(
        _ARTICLE_ID,
        ("start", "int64", "offset of the sentence"),
        ("end", "int64", "offset behind the sentence"),
        ("target", "object", "actor spoken of"),
        ("target_start", "int64", "offset of the mention"),
        ("target_end", "int64", "offset behind the mention"),
        (
            "holder",
            "object",
            "who speaks, or judges by a verb; None for the outlet, with a quotation_id for a speaker not named",
        ),
        ("of_self", "bool", "whether the holder speaks of themselves"),
        ("polarity", "int64", "-1, 0 or 1"),
        ("score", "float64", "expected polarity, -1 to 1: probability of positive less that of negative"),
        ("probability", "float64", "calibrated probability that the polarity is right, NaN where nothing tells"),
        ("evidence_start", "int64", "offset of the words judged: those of one voice in the sentence"),
        ("evidence_end", "int64", "offset behind the words judged"),
        ("quotation_id", "object", "quotation that holds the mention, None outside quotations"),
        _ORIGIN,
    ),
    "sentiment_by_actor": _columns(
        ("actor", "object", "actor spoken of, or who speaks"),
        ("voice", "object", "outlet, others or self, seen from the actor spoken of; speaks for who speaks"),
        ("mean", "float64", "mean score, -1 to 1, NaN below three sentences"),
        ("low", "float64", "lower end of the mean's bootstrap interval"),
        ("high", "float64", "upper end"),
        ("n", "int64", "sentences"),
        ("n_negative", "int64", "sentences judged negative"),
        ("n_neutral", "int64", "sentences judged neutral"),
        ("n_positive", "int64", "sentences judged positive"),
        ("n_articles", "int64", "articles they stand in"),
        ("n_wrong", "float64", "judgements to be expected wrong, NaN where no probabilities are known"),
    ),
    "classification": _columns(
        ("polarity", "int64", "-1, 0 or 1, the most probable"),
        ("negative", "float64", "calibrated probability"),
        ("neutral", "float64", "calibrated probability"),
        ("positive", "float64", "calibrated probability"),
    ),
    "times": _columns(
        _ARTICLE_ID,
        _START,
        _END,
        ("text", "object", "the words"),
        ("type", "object", "DATE, TIME, DURATION or SET"),
        ("value", "object", "TIMEX3 value"),
        ("edtf", "object", "EDTF date or interval, or None"),
        *_DAYS,
        ("precision", "object", "how fine the expression is"),
        ("basis", "object", "stated, resolved, assumed or unresolved"),
    ),
    "rounds": _columns(
        ("round_id", "object", "id, the same on each run"),
        ("series", "object", "series of talks it belongs to"),
        ("ordinal", "Int64", "number in the series, NA where none is given"),
        ("ordinal_implied", "Int64", "number that follows from a numbered round beside it, NA where none does"),
        ("label", "object", "short name"),
        *_DAYS,
        ("edtf", "object", "EDTF date or interval, or None"),
        ("date_text", "object", "the words the date comes from"),
        ("date_basis", "object", "stated, resolved, assumed or unresolved"),
        ("precision", "object", "how fine the date is"),
        ("place", "object", "city or country, or None"),
        ("venue", "object", "building, or None"),
        ("format", "object", "direct, trilateral, summit …, or None"),
        ("parties", "object", "list of the sides at the table"),
        ("people", "object", "list of the people who take part"),
        ("leaders", "object", "dict of side to the head of its delegation"),
        ("third_parties", "object", "list of mediators, hosts and facilitators"),
        ("third_party_roles", "object", "dict of third party to its role"),
        ("tracks", "object", "list of dicts: name, status and words of a working group"),
        ("status", "object", "proposed, planned, under way, held, concluded, postponed or collapsed"),
        ("outcome", "object", "words on the outcome, or None"),
        ("duration_text", "object", "words on the length, or None"),
        ("evidence", "object", "list of [article_id, start, end]"),
        ("conflicts", "object", "list of dicts: field, and articles by the value they give"),
        ("n_articles", "int64", "articles that speak of it"),
        _ORIGIN,
    ),
    "left_out": _columns(
        ("source", "object", "file or row"),
        ("reason", "object", "why it was left out, or what was wrong"),
    ),
    "corrections": _columns(
        ("actor", "object", "the actor meant: its name, or a form of it that no other actor bears"),
        ("name", "object", "what to call it; where another actor is called so, the two become one"),
        ("kind", "object", "person, organisation, country or group"),
        ("side", "object", "state it belongs to; (none) to take away what was found"),
        ("role", "object", "its role; (none) to take away what was found"),
        ("colour", "object", "its colour in views and charts, #rrggbb or a colour's name"),
        ("aliases", "object", "list of forms: whatever reads so is this actor; in a csv divided by semicolons"),
    ),
}
"""Every frame's columns, in order."""


def frame(name: str, rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Return a frame of the named kind with exactly its columns and dtypes.

    Parameters
    ----------
    name : str
        A key of :data:`COLUMNS`.
    rows : iterable of mapping
        Values by column name.
    """
    import pandas as pd

    from toolkit.frames import named

    kept = list(rows)
    columns = {
        column.name: pd.Series([row[column.name] for row in kept], dtype=column.dtype) for column in COLUMNS[name]
    }
    return named(pd.DataFrame(columns), name)


def in_context(frames: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return the frames of a coverage such that each can show the words its offsets stand for."""
    from toolkit.frames import in_context as placed

    return placed(frames, frames["articles"])


def articles_frame(articles: Iterable[Article]) -> pd.DataFrame:
    """Return the ``articles`` frame, a row an article."""
    return frame(
        "articles",
        (
            {
                **{name: getattr(article, name) for name in ("article_id", "title", "published", "published_basis")},
                **{name: getattr(article, name) for name in ("outlet", "author", "url", "path", "text")},
                "body_start": article.body[0],
                "n_words": len(article.body_text.split()),
            }
            for article in articles
        ),
    )


def actors_frame(parts: Iterable[Part]) -> pd.DataFrame:
    """Return the ``actors`` frame, most mentioned first."""
    rows = [
        {
            "actor": part.actor.name,
            "kind": part.actor.kind,
            "side": part.actor.side,
            "role": part.actor.role,
            "aliases": list(part.actor.aliases),
            "n_mentions": part.n_mentions,
            "n_quotations": part.n_quotations,
            "role_evidence": part.actor.role_evidence and list(part.actor.role_evidence),
            "side_evidence": part.actor.side_evidence and list(part.actor.side_evidence),
            "colour": None,
            "origin": "machine",
        }
        for part in parts
    ]
    return frame("actors", sorted(rows, key=lambda row: (-row["n_mentions"], row["actor"])))


def mentions_frame(mentions: Iterable[Mention]) -> pd.DataFrame:
    """Return the ``mentions`` frame, a row a mention."""
    return frame("mentions", map(asdict, mentions))


def quotations_frame(quotations: Iterable[Quotation]) -> pd.DataFrame:
    """Return the ``quotations`` frame, a row a quotation, nested ones too."""
    return frame("quotations", map(_quotation_row, quotations))


def _quotation_row(quotation: Quotation) -> dict[str, Any]:
    start, end = quotation.envelope
    places = (quotation.cue_span, quotation.source_span, quotation.audience_span)
    cue, source, audience = (span or (None, None) for span in places)
    return asdict(quotation) | {
        "start": start,
        "end": end,
        "spans": [list(span) for span in quotation.spans],
        "cospeakers": list(quotation.cospeakers),
        "cue_start": cue[0],
        "cue_end": cue[1],
        "source_start": source[0],
        "source_end": source[1],
        "audience_start": audience[0],
        "audience_end": audience[1],
    }


def sentiment_frame(opinions: Iterable[Opinion]) -> pd.DataFrame:
    """Return the ``sentiment`` frame, a row for each sentence, target and voice."""
    return frame("sentiment", map(_opinion_row, opinions))


def _opinion_row(opinion: Opinion) -> dict[str, Any]:
    evidence = opinion.evidence or (opinion.start, opinion.end)
    return asdict(opinion) | {
        "target_start": opinion.target_span[0],
        "target_end": opinion.target_span[1],
        "evidence_start": evidence[0],
        "evidence_end": evidence[1],
        "of_self": opinion.holder is not None and opinion.holder == opinion.target,
    }


def times_frame(times: Iterable[TimeExpression]) -> pd.DataFrame:
    """Return the ``times`` frame, a row an expression."""
    return frame("times", map(asdict, times))


def rounds_frame(rounds: Iterable[Round]) -> pd.DataFrame:
    """Return the ``rounds`` frame, a row a round, whatever the number of its sources."""
    return frame("rounds", map(_round_row, rounds))


def _round_row(found: Round) -> dict[str, Any]:
    return asdict(found) | {
        "parties": list(found.parties),
        "people": list(found.people),
        "leaders": dict(found.leaders),
        "third_parties": [name for name, _ in found.third_parties],
        "third_party_roles": dict(found.third_parties),
        "tracks": [{"name": track.name, "status": track.status, "text": track.text} for track in found.tracks],
        "conflicts": [
            {"field": conflict.field, "values": {value: list(articles) for value, articles in conflict.values}}  # noqa: PD011 — a record's field, no frame
            for conflict in found.conflicts
        ],
        "evidence": [list(place) for place in found.evidence],
        "n_articles": len({article_id for article_id, _, _ in found.evidence}),
    }


def left_out_frame(reports: Iterable[Report]) -> pd.DataFrame:
    """Return the ``left_out`` frame of what could not be read or analysed, and of what was wrong in the rest."""
    return frame("left_out", ({"source": report.source, "reason": report.reason} for report in reports))
