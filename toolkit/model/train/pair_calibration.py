"""How sure the reader of pairs is of a judgement, as a probability that holds on held-out articles."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from toolkit.model.pair_reader import KINDS, kind_of, log_sum
from toolkit.model.train.platt import fit_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from toolkit.model.train.pair_data import Lesson
    from toolkit.records import Span

PRECISION = 0.55
"""Share of judgements that are to be right; scored with holders that are out of reach, more of them are."""
FEWEST = 40
"""Judgements of a kind of pair below which it is calibrated with all others."""


def calibrate(lessons: Sequence[Lesson], scored: Sequence[NDArray[np.float32]]) -> dict[str, Any]:
    """Return the settings by which scores become verdicts: calibration by kind of pair, and the threshold.

    A line for each kind leads from the log odds of a judgement to those of its polarity being right (Platt 1999).

    Of the pairs of one target in a sentence the surest counts, and is right where the target is judged so, by whomever.

    Parameters
    ----------
    lessons : sequence of Lesson
        Of articles that were not learned from.
    scored : sequence of ndarray
        The logits (pairs, 3) of each.
    """
    rows = [row for lesson, found in zip(lessons, scored, strict=True) for row in _surest(lesson, found)]
    lines = {}
    for kind in KINDS:
        own = [row for row in rows if row.kind == kind]
        used = own if sum(row.judged for row in own) >= FEWEST else rows
        line = fit_line(np.array([row.odds for row in used]), np.array([row.right for row in used]))
        lines[kind] = [round(value, 4) for value in line]
    return {"calibration": lines, "threshold": _threshold(rows, lines)}


def _threshold(rows: Sequence[_Row], lines: Mapping[str, Sequence[float]]) -> float:
    """Return the least probability from which on enough are right."""
    sure = [(1 / (1 + math.exp(-lines[row.kind][0] - lines[row.kind][1] * row.odds)), row.right) for row in rows]
    right, least = 0, 1.0
    for number, (probability, is_right) in enumerate(sorted(sure, reverse=True), 1):
        right += is_right
        if right >= PRECISION * number:
            least = probability
    return math.floor(1000 * least) / 1000


class _Row(NamedTuple):
    odds: float
    kind: str
    right: bool
    judged: bool


def _surest(lesson: Lesson, found: NDArray[np.float32]) -> Iterator[_Row]:
    """Give for each target of a sentence its surest pair."""
    signs: dict[tuple[Span, ...], set[int]] = {}
    for pair, label in zip(lesson.question.pairs, lesson.labels, strict=True):
        signs.setdefault(pair.target, set()).update({label} - {0})
    best: dict[tuple[Span, ...], _Row] = {}
    for pair, (negative, none, positive) in zip(lesson.question.pairs, found.tolist(), strict=True):
        judged, sign = signs[pair.target], 1 if positive > negative else -1
        row = _Row(log_sum(negative, positive) - none, kind_of(pair.flags), sign in judged, bool(judged))
        best[pair.target] = max(best.get(pair.target, row), row)
    yield from best.values()
