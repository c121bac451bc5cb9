"""The round of talks in which a position was told."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from toolkit.records import Position, Round


def in_rounds(positions: Iterable[Position], rounds: Sequence[Round]) -> list[Position]:
    """Return positions with the round that was on the day they were told, by the same article; of two with neither."""
    by_article: dict[str, list[Round]] = defaultdict(list)
    for found in rounds:
        if found.first and found.last:
            for article_id in {article_id for article_id, _, _ in found.evidence}:
                by_article[article_id].append(found)
    return [_in_round(position, by_article[position.article_id]) for position in positions]


def _in_round(position: Position, rounds: Sequence[Round]) -> Position:
    day = position.date
    on = [one for one in rounds if day and one.first and one.last and one.first <= day <= one.last]
    return replace(position, round_id=on[0].round_id) if len(on) == 1 else position
