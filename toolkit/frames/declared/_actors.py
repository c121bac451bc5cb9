"""Actors, and where each is mentioned."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, get_args

from toolkit.frames._columns import Column, FrameSpec, Role, SpanGroup
from toolkit.frames.declared._shared import ARTICLE_ID, END, KEY, ORIGIN, START, WORDS
from toolkit.records import (
    Actor,
    ActorKind,
    Mention,
    MentionHow,
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
