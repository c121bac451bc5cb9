"""The frames of the house, each declared once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.frames.declared._actors import ACTORS, MENTIONS
from toolkit.frames.declared._articles import ARTICLES, LEFT_OUT
from toolkit.frames.declared._checking import AGREEMENT, CHECKED, CORRECTIONS, PRECISION, ROW_CORRECTIONS
from toolkit.frames.declared._events import EVENTS, NEGOTIATIONS, ROUNDS
from toolkit.frames.declared._positions import ISSUES, POSITIONS
from toolkit.frames.declared._sentiment import CLASSIFICATION, SENTIMENT, SENTIMENT_BY_ACTOR
from toolkit.frames.declared._statements import QUOTATIONS
from toolkit.frames.declared._times import TIMES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from toolkit.frames._columns import FrameSpec

__all__ = ["COVERAGE", "DECLARED"]

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
