"""The frames of the house by their first names; :mod:`toolkit.frames` declares them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.frames import DECLARED, counted, in_context

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd

    from toolkit.articles import Article
    from toolkit.frames import Column
    from toolkit.records import Actor, Event, Mention, Opinion, Quotation, Round, TimeExpression

__all__ = [
    "COLUMNS",
    "actors_frame",
    "articles_frame",
    "events_frame",
    "frame",
    "in_context",
    "left_out_frame",
    "mentions_frame",
    "quotations_frame",
    "rounds_frame",
    "sentiment_frame",
    "times_frame",
]

COLUMNS: Mapping[str, tuple[Column, ...]] = {name: spec.columns for name, spec in DECLARED.items()}
"""Every frame's columns, in order."""


def frame(name: str, rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Return a frame of the named kind with exactly its columns and dtypes."""
    return DECLARED[name].frame(rows)


def articles_frame(articles: Iterable[Article]) -> pd.DataFrame:
    """Return the ``articles`` frame, a row an article."""
    return DECLARED["articles"].of(articles)


def actors_frame(actors: Iterable[Actor], mentions: Sequence[Mention], quotations: Sequence[Quotation]) -> pd.DataFrame:
    """Return the ``actors`` frame, most mentioned first."""
    return counted(DECLARED["actors"].of(actors), mentions_frame(mentions), quotations_frame(quotations))


def mentions_frame(mentions: Iterable[Mention]) -> pd.DataFrame:
    """Return the ``mentions`` frame, a row a mention."""
    return DECLARED["mentions"].of(mentions)


def quotations_frame(quotations: Iterable[Quotation]) -> pd.DataFrame:
    """Return the ``quotations`` frame, a row a quotation, nested ones too."""
    return DECLARED["quotations"].of(quotations)


def sentiment_frame(opinions: Iterable[Opinion]) -> pd.DataFrame:
    """Return the ``sentiment`` frame, a row for each sentence, target and voice."""
    return DECLARED["sentiment"].of(opinions)


def times_frame(times: Iterable[TimeExpression]) -> pd.DataFrame:
    """Return the ``times`` frame, a row an expression."""
    return DECLARED["times"].of(times)


def rounds_frame(rounds: Iterable[Round]) -> pd.DataFrame:
    """Return the ``rounds`` frame, a row a round, whatever the number of its sources."""
    return DECLARED["rounds"].of(rounds)


def events_frame(events: Iterable[Event]) -> pd.DataFrame:
    """Return the ``events`` frame, a row an agreement, deadline, action or vote."""
    return DECLARED["events"].of(events)


def left_out_frame(articles: Iterable[Article]) -> pd.DataFrame:
    """Return the ``left_out`` frame of what :func:`toolkit.read` left out or found wrong; empty for a plain list."""
    return DECLARED["left_out"].of([*getattr(articles, "left_out", ()), *getattr(articles, "problems", ())])
