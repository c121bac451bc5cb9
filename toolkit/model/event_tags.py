"""What the reader of events tells apart: tags of words, statuses of events, and what others are to them."""

from __future__ import annotations

from typing import get_args

from toolkit.records import EventStatus, EventType

TYPES: tuple[str, ...] = get_args(EventType)
TAGS = ("O", *(f"{place}-{kind}" for kind in TYPES for place in "BI"))
"""B- opens a phrase that tells of an event of the type, I- goes on with it."""
STATUSES: tuple[str, ...] = get_args(EventStatus)
ROLES = ("side", "third", "person", "date", "place")
"""What a span may be to an event: a side of it, a mediator or host, one who takes part, its day, its place."""
ACTOR_KINDS = ("person", "organisation", "country", "group")
TIME_KINDS = ("DATE", "TIME", "DURATION", "SET")
KINDS = (*ACTOR_KINDS, *TIME_KINDS, "place")
"""Kinds of spans that are asked about."""
ROLES_OF = dict.fromkeys(ACTOR_KINDS, (0, 1, 2)) | dict.fromkeys(TIME_KINDS, (3,)) | {"place": (4,)}
"""Which of :data:`ROLES` a span of a kind may have."""
