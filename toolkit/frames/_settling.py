"""What follows where a person sets a cell, and what a row that a person adds has of itself."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

from toolkit.display import is_missing
from toolkit.frames._columns import Follows

if TYPE_CHECKING:
    from collections.abc import Mapping

    Cells = Mapping[str, Any]

_QUOTED = re.compile(r"[“\"«„][^“”\"«»„]*[”\"»]|‘[^‘’]*’")
_WORD = re.compile(r"\w+")
_DIRECT = 0.9


def _iso(first: Any, last: Any) -> str | None:
    """Return days as an EDTF date or interval, open where one of them is not known."""
    days = ["" if is_missing(day) else day.isoformat()[:10] for day in (first, last)]
    return None if not any(days) else days[0] if days[0] == days[1] else f"{days[0] or '..'}/{days[1] or '..'}"


def _stated(*days: Any) -> str:
    return "unresolved" if all(map(is_missing, days)) else "stated"


def _given(day: Any) -> str:
    return "unknown" if is_missing(day) else "given"


def _said(day: Any) -> str:
    return "unknown" if is_missing(day) else "stated"


def _how(speaker: str | None, how: str | None) -> str | None:
    return (how or "name") if speaker else None


def _nothing(*_: Any) -> None:
    """Of what the person gave there is no such thing."""


def _sure(_: Any) -> float:
    return 1.0


def _by_hand(issue: str | None) -> str | None:
    return "given" if issue else None


ARTICLES = (Follows("published_basis", ("published",), _given),)

QUOTATIONS = (
    Follows("speaker_how", ("speaker", "speaker_how"), _how),
    Follows("speaker_score", ("speaker",), _sure),
    Follows("said_basis", ("said",), _said),
    Follows("said_offset", ("said",), _nothing),
)

SENTIMENT = (Follows("score", ("polarity",), float), Follows("probability", ("polarity",), _sure))

_DAYS = (
    Follows("edtf", ("first", "last"), _iso),
    Follows("offset_first", ("first", "last"), _nothing),
    Follows("offset_last", ("first", "last"), _nothing),
)

TIMES = (Follows("edtf", ("value",), _nothing), *_DAYS, Follows("basis", ("first", "last"), _stated))

ROUNDS = (*_DAYS, Follows("date_basis", ("first", "last"), _stated))

POSITIONS = (
    Follows("issue_basis", ("issue",), _by_hand),
    Follows("actor_how", ("actor", "actor_how"), _how),
)


def quotation(row: Cells, article: Cells) -> dict[str, Any]:
    """Return the kind of a statement by its quotation marks, its mode by default, and its article's day as its own."""
    text, spans = article["text"] or "", row["spans"]
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    words = [match.start() for start, end in spans for match in _WORD.finditer(text, start, end)]
    marked = sum(any(start <= word < end for start, end in quoted) for word in words)
    day = article.get("published")
    return {
        "kind": "indirect" if not marked else "direct" if marked >= _DIRECT * len(words) else "mixed",
        "mode": row.get("mode") or "said",
        "source_kind": "named" if row.get("speaker") else "none",
        "speaker_how": "name" if row.get("speaker") else None,
        "said": day,
        "said_basis": "unknown" if is_missing(day) else "published",
        "score": 1.0,
        "speaker_score": 1.0,
    }


def opinion(row: Cells, _article: Cells) -> dict[str, Any]:
    """Return the score of an opinion by its polarity."""
    polarity = row.get("polarity") or 0
    return {"polarity": polarity, "score": float(polarity), "probability": 1.0}


def time(row: Cells, _article: Cells) -> dict[str, Any]:
    """Return the days of a time expression whose value is a day."""
    try:
        day = dt.datetime.combine(dt.date.fromisoformat(str(row.get("value"))), dt.time())
    except ValueError:
        return {"type": "DATE", "value": row.get("value") or "XXXX-XX-XX", "basis": "unresolved"}
    return {"type": "DATE", "first": day, "last": day, "edtf": day.isoformat()[:10], "basis": "stated"}


def round_of_talks(row: Cells, _article: Cells) -> dict[str, Any]:
    """Return the series of a round by its parties, and its days as they are told."""
    parties = row.get("parties") or []
    first, last = row.get("first"), row.get("last")
    return {
        "series": f"{'–'.join(parties)} talks" if parties else "talks",
        "label": "round of talks",
        "status": "held",
        "edtf": _iso(first, last),
        "date_basis": _stated(first, last),
    }


def event(row: Cells, _article: Cells) -> dict[str, Any]:
    """Return the type of an event and its status, by its type, and its days as they are told."""
    first, last = row.get("first"), row.get("last")
    type_ = row.get("type") or "action"
    return {
        "type": type_,
        "label": type_,
        "status": {"agreement": "reached", "deadline": "planned"}.get(type_, "held"),
        "edtf": _iso(first, last),
        "date_basis": _stated(first, last),
    }


def position(row: Cells, article: Cells) -> dict[str, Any]:
    """Return the act of a position by its stance, and the day of its article as the day it was told."""
    stance = row.get("stance") or "for"
    return {
        "stance": stance,
        "act": {"for": "accepts", "against": "rejects"}.get(stance, "considers"),
        "actor_how": "name" if row.get("actor") else None,
        "issue_basis": _by_hand(row.get("issue")),
        "basis": "stated",
        "time": "now",
        "date": article.get("published"),
        "score": 1.0,
    }
