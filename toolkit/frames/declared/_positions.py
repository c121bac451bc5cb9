"""Who stands where on what, and the issues that is about."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

from toolkit.frames import _settling as settling
from toolkit.frames._columns import Column, FrameSpec, Role, SpanGroup
from toolkit.frames.declared._shared import ARTICLE_ID, KEY, ORIGIN, WORDS
from toolkit.records import (
    Act,
    ConditionKind,
    HolderHow,
    IssueBasis,
    Position,
    PositionBasis,
    PositionTime,
    Stance,
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
