"""Issues: what positions are on, across all articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.records import Position


def with_issues(positions: Sequence[Position]) -> list[Position]:
    """Return positions with the issue of each."""
    return list(positions)
