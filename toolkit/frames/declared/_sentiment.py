"""Who judges whom, counted and classified."""

from __future__ import annotations

from typing import Any

from toolkit.frames import _settling as settling
from toolkit.frames._columns import Column, Follows, FrameSpec, Role
from toolkit.frames.declared._shared import ARTICLE_ID, KEY, ORIGIN
from toolkit.records import (
    Opinion,
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
