"""How far scores can be trusted that are to be probabilities."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable


def print_reliability(marks: Iterable[tuple[float, bool]]) -> None:
    """Print, by tenths of the score, how often what has it proves right, and the calibration error.

    Parameters
    ----------
    marks : iterable of (float, bool)
        A score, and whether what has it is right.
    """
    tenths: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for score, right in marks:
        tenths[min(int(score * 10), 9)].append((score, right))
    print(f"{'score':12}{'n':>6}{'mean score':>12}{'right':>8}")
    gaps, total = 0.0, sum(map(len, tenths.values()))
    for tenth, rows in sorted(tenths.items()):
        mean, share = np.mean([score for score, _ in rows]), np.mean([right for _, right in rows])
        gaps += len(rows) * float(abs(mean - share))
        print(f"{tenth / 10:.1f}-{tenth / 10 + 0.1:.1f}     {len(rows):6}{mean:12.2f}{share:8.2f}")
    print(f"calibration error {gaps / max(1, total):.3f}")
