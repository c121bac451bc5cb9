"""A chain that needs no weights, for what is said of any chain: names by their capitals, a statement for each "said".

Two names of one last name are one actor, so that what only all articles together tell is there too.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import toolkit as tk
from toolkit.analysis import Stages
from toolkit.articles import Article
from toolkit.records import Actor, Mention, Opinion, Quotation, Round, TimeExpression

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text."""

    article_id: str
    start: int
    end: int
    text: str
    value: int
    told_by: str | None
    near: tuple[str, ...]
    day: dt.date | None = None
    share: float | None = None


NUMBERS = tk.frame("numbers", Number, columns={"told_by": "actor"})
NAME = re.compile(r"\b[A-Z][a-z]+(?: [A-Z][a-z]+)*\b")


@tk.stage(gives=("actors", "mentions"))
def names(article: Article) -> tuple[list[Actor], list[Mention]]:
    found = list(NAME.finditer(article.text))
    actors = {match[0]: Actor(match[0], "person", aliases=(match[0],)) for match in found}
    mentions = [Mention(article.article_id, *match.span(), match[0], match[0], "name") for match in found]
    return list(actors.values()), mentions


@tk.stage
def quotations(article: Article, mentions: list[Mention]) -> Iterator[Quotation]:
    for number, match in enumerate(re.finditer(r" said ([^.]+)", article.text), 1):
        speaker = next((one.actor for one in mentions if one.end == match.start()), None)
        yield Quotation(
            f"{article.article_id}-q{number}",
            article.article_id,
            (match.span(1),),
            match[1],
            "indirect",
            "said",
            speaker=speaker,
            source_kind="named" if speaker else "none",
        )


@tk.stage
def sentiment(article: Article, mentions: list[Mention]) -> list[Opinion]:
    end = len(article.text)
    return [
        Opinion(article.article_id, 0, end, other.actor, (other.start, other.end), one.actor, 1, 0.5)
        for one, other in pairwise(mentions)
    ]


@tk.stage
def times(article: Article) -> list[TimeExpression]:
    found = re.finditer(r"Monday", article.text)
    day = article.published
    return [
        TimeExpression(article.article_id, *match.span(), match[0], "DATE", "XXXX-WXX-1", first=day) for match in found
    ]


@tk.stage
def rounds(article: Article, actors: list[Actor]) -> list[Round]:
    ends = (len(article.text) - 1, len(article.text))
    return [
        Round(
            f"r-{article.article_id}",
            "talks",
            "talks",
            first=dt.date(2024, 3, 1),
            last=dt.date(2024, 3, 1),
            edtf="2024-03-01",
            parties=tuple(sorted(one.name for one in actors)),
            evidence=((article.article_id, *ends),),
        )
        for _ in re.finditer("talks", article.text)
    ]


@tk.stage(gives="numbers", frame=NUMBERS)
def numbers(article: Article, actors: list[Actor]) -> Iterator[Number]:
    first = actors[0].name if actors else None
    for match in re.finditer(r"\d+", article.text):
        near = tuple(article.text[: match.start()].split()[-2:])
        yield Number(article.article_id, *match.span(), match[0], int(match[0]), first, near, article.published)


CHAIN = Stages((names, quotations, sentiment, times, rounds, numbers))


def articles(count: int, begin: int = 0) -> list[Article]:
    """Return articles in which a name is told in full or by its last part."""
    people = ("Ada Berg", "Berg", "Ode Lund", "Lund", "Ada Berg")
    return [
        Article(
            f"{people[number % 5]} said on Monday that {number} ships were ready. {people[(number + 1) % 5]} praised "
            f"Kip. "
            f"{'The talks went on.' if number % 3 == 0 else ''}",
            path=f"news/{number}.txt",
            published=None if number % 4 == 0 else dt.date(2024, 2, 1 + number % 7),
        )
        for number in range(begin, begin + count)
    ]


def rows(frames: Mapping[str, pd.DataFrame]) -> dict[str, list[dict[str, object]]]:
    """Return all rows of all frames, in plain values that can be compared."""
    return {name: frame.astype(object).where(frame.notna(), None).to_dict("records") for name, frame in frames.items()}
