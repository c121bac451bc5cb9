"""Sentiment per actor: means with their intervals, and the number of sentences behind each."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Literal

from toolkit.display import OUTLET, holder_of, one_line, require, rows
from toolkit.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import pandas as pd

    from toolkit.display import Row

FEWEST = 3
"""Sentences below which no mean is given: it would say more of the sentences than of the actor."""

VOICES = ("outlet", "others", "self")
"""Whose words they are, seen from the actor spoken of: the outlet's, other speakers', or the actor's own."""

By = Literal["about", "by"]


def sentiment_by_actor(
    sentiment: pd.DataFrame, *, by: By = "about", level: float = 0.95, draws: int = 2000, seed: int = 0
) -> pd.DataFrame:
    """Return how each actor is spoken of, or how each speaks of others.

    Parameters
    ----------
    sentiment : pandas.DataFrame
        The ``sentiment`` frame of a coverage.
    by : {"about", "by"}
        "about" gives a row for each target and voice: the outlet's, other speakers', and what the actor says of
        themselves. "by" gives a row for each holder, over all others they speak of; the outlet is one of them.
    level : float
        Coverage of the interval, between 0 and 1.
    draws : int
        Bootstrap samples, drawn over sentences.
    seed : int
        Seed of the draws: the same frame gives the same interval.

    Returns
    -------
    pandas.DataFrame
        ``actor`` str, ``voice`` str (one of :data:`VOICES`, or "speaks" with ``by="by"``), ``mean``, ``low``, ``high``
        float64 in [-1, 1] (NaN below :data:`FEWEST` sentences), ``n``, ``n_negative``, ``n_neutral``, ``n_positive``
        and ``n_articles`` int64; actors with the most sentences first.

    Raises
    ------
    InputError
        If a column is missing, or ``by`` or ``level`` is not one of those named.

    Notes
    -----
    The interval is the percentile bootstrap (Efron 1979) over sentences. It tells how far the mean hangs on the
    sentences at hand; the error of the method that scored them comes on top.
    """
    import numpy as np
    import pandas as pd

    require(sentiment, ("article_id", "target", "holder", "polarity", "score"), "sentiment")
    if by not in ("about", "by") or not 0 < level < 1:
        raise InputError(f"found by={by!r}, level={level!r}; by is 'about' or 'by', level lies between 0 and 1")
    random = np.random.default_rng(seed)
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows(sentiment):
        key = _key(row, by)
        if key is not None:
            groups[key].append(row)
    totals: dict[str, int] = defaultdict(int)
    for (actor, _), found in groups.items():
        totals[actor] += len(found)
    ordered = sorted(groups, key=lambda key: (-totals[key[0]], key[0], -len(groups[key]), key[1]))
    return pd.DataFrame([_summary(key, groups[key], level, draws, random) for key in ordered], columns=list(_COLUMNS))


_COLUMNS = ("actor", "voice", "mean", "low", "high", "n", "n_negative", "n_neutral", "n_positive", "n_articles")


def _key(row: Row, by: By) -> tuple[str, str] | None:
    """Return the actor and the voice that a row counts for, None where it counts for none."""
    holder, target = holder_of(row), one_line(row["target"])
    if by == "by":
        return None if holder == target else (holder, "speaks")
    if holder == target:
        return target, "self"
    return target, "outlet" if holder == OUTLET else "others"


def _summary(
    key: tuple[str, str], found: Sequence[Row], level: float, draws: int, random: np.random.Generator
) -> dict[str, object]:
    import numpy as np

    scores = np.array([row["score"] for row in found], dtype=float)
    polarities = [row["polarity"] for row in found]
    mean, low, high = _interval(scores, level, draws, random)
    return {
        "actor": key[0],
        "voice": key[1],
        "mean": mean,
        "low": low,
        "high": high,
        "n": len(found),
        "n_negative": polarities.count(-1),
        "n_neutral": polarities.count(0),
        "n_positive": polarities.count(1),
        "n_articles": len({row["article_id"] for row in found}),
    }


def _interval(scores: np.ndarray, level: float, draws: int, random: np.random.Generator) -> tuple[float, float, float]:
    import numpy as np

    if len(scores) < FEWEST:
        return float("nan"), float("nan"), float("nan")
    means = random.choice(scores, size=(draws, len(scores))).mean(axis=1)
    low, high = np.quantile(means, [(1 - level) / 2, (1 + level) / 2])
    return float(scores.mean()), float(low), float(high)
