"""What the reader of positions tells apart: words that carry a stand, its stance, act and basis."""

from __future__ import annotations

from typing import get_args

from toolkit.records import Act, ActorKind, MentionHow, PositionBasis, Stance

TAGS = ("O", "B-stand", "I-stand")
"""B- opens the words that carry a stand with what it is on, I- goes on with them."""
STANCES: tuple[str, ...] = get_args(Stance)
ACTS: tuple[str, ...] = get_args(Act)
BASES: tuple[str, ...] = get_args(PositionBasis)
EDGES = ("first", "last")
"""Words of a sentence that open and end what a stand is on."""
KINDS: tuple[str, ...] = get_args(ActorKind)
HOWS: tuple[str, ...] = get_args(MentionHow)
