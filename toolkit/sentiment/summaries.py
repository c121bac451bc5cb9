"""Sentiment per actor: means with their intervals, and the number of sentences behind each."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Literal

from toolkit.display import OUTLET, count_of, holder_of, one_line, require, rows
from toolkit.errors import InputError
from toolkit.frames import DECLARED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    import pandas as pd

    from toolkit.display import Row

FEWEST = 3
"""Sentences below which no mean is given: it would say more of the sentences than of the actor."""

VOICES = ("outlet", "others", "self")
"""Whose words they are, seen from the actor spoken of: the outlet's, other speakers', or the actor's own."""

By = Literal["about", "by"]
Pair = tuple[str, str]


def sentiment_by_actor(
    sentiment: pd.DataFrame, *, by: By = "about", level: float = 0.95, draws: int = 2000, seed: int = 0
) -> pd.DataFrame:
    """Return how each actor is spoken of, or how each speaks of others.

    Parameters
    ----------
    sentiment : pandas.DataFrame
        The ``sentiment`` frame of a coverage; rows without a target or a score count for nobody.
    by : {"about", "by"}
        "about" gives a row for each target and voice: the outlet's, other speakers', and what the actor says of
        themselves. "by" gives a row for each holder, over all others they speak of; the outlet is one of them, and
        so are, together, the speakers whom the text does not name.
    level : float
        Coverage of the interval, between 0 and 1.
    draws : int
        Bootstrap samples, drawn over sentences.
    seed : int
        Seed of the draws: the same sentences give the same interval, whatever their order and whoever else is there.

    Returns
    -------
    pandas.DataFrame
        ``actor`` str, ``voice`` str (one of :data:`VOICES`, or "speaks" with ``by="by"``), ``mean``, ``low``, ``high``
        float64 in [-1, 1] (NaN below :data:`FEWEST` sentences), ``n``, ``n_negative``, ``n_neutral``, ``n_positive``
        and ``n_articles`` int64, ``n_wrong`` float64, the number of labels to be expected wrong (NaN where the frame
        has no probabilities); actors with the most sentences first.

    Raises
    ------
    InputError
        If a column is missing, or ``by``, ``level`` or ``draws`` is not one of those named.

    Notes
    -----
    The interval is the percentile bootstrap (Efron 1979) over sentences. It tells how far the mean hangs on the
    sentences at hand; the error of the method that scored them comes on top: see :func:`expected_errors`.
    """
    require(sentiment, ("article_id", "target", "holder", "polarity", "score"), "sentiment")
    if by not in ("about", "by") or not 0 < level < 1 or draws < 1:
        raise InputError(
            f"found by={by!r}, level={level!r}, draws={draws!r}; by is 'about' or 'by', level lies between 0 and 1, "
            "draws is 1 or more"
        )
    groups = grouped(rows(sentiment), lambda row: actor_and_voice(row, by))
    totals: Counter[str] = Counter()
    for (actor, _), found in groups.items():
        totals[actor] += len(found)
    ordered = sorted(groups, key=lambda key: (-totals[key[0]], key[0], -len(groups[key]), key[1]))
    summaries = [{"actor": key[0], "voice": key[1], **_summary(groups[key], level, draws, seed)} for key in ordered]
    return DECLARED["sentiment_by_actor"].frame(summaries)


def actor_and_voice(row: Row, by: By) -> Pair | None:
    """Return the actor and the voice that a row of the sentiment frame counts for, None where it counts for none."""
    holder, target = holder_of(row), one_line(row["target"])
    if not target or row["score"] is None:
        return None
    if by == "by":
        return None if holder == target else (holder, "speaks")
    if holder == target:
        return target, "self"
    return target, "outlet" if holder == OUTLET else "others"


def holder_and_target(row: Row) -> Pair | None:
    """Return who speaks of whom in a row of the sentiment frame, None where it counts for no mean."""
    target = one_line(row["target"])
    return None if not target or row["score"] is None else (holder_of(row), target)


def grouped(found: Iterable[Row], key_of: Callable[[Row], Pair | None]) -> dict[Pair, list[Row]]:
    """Return rows by the key that each counts for, without those that count for none."""
    groups: defaultdict[Pair, list[Row]] = defaultdict(list)
    for row in found:
        key = key_of(row)
        if key is not None:
            groups[key].append(row)
    return dict(groups)


def mean_score(found: Sequence[Row]) -> float | None:
    """Return the mean score of sentences, None where they are fewer than :data:`FEWEST`."""
    return None if len(found) < FEWEST else sum(sorted(float(row["score"]) for row in found)) / len(found)


def expected_errors(found: Sequence[Row]) -> float | None:
    """Return how many polarities of some sentences are wrong, by the probabilities of the model that gave them.

    None where a sentence has no probability, or there is no sentence. The probabilities are calibrated on news
    sentences that people labelled; on words of another kind there may be more errors.
    """
    known = [row.get("probability") for row in found]
    return sum(1 - float(value) for value in known if value is not None) if known and None not in known else None


def errors_phrase(found: Sequence[Row]) -> str:
    """Return how many labels of some sentences are to be expected wrong, in words; empty where nothing tells."""
    wrong = expected_errors(found)
    return "" if wrong is None else f"about {round(wrong):,} of {count_of(len(found), 'label')} wrong"


def _summary(found: Sequence[Row], level: float, draws: int, seed: int) -> dict[str, object]:
    mean = mean_score(found)
    low, high = (None, None) if mean is None else _interval(found, mean, level, draws, seed)
    polarities = Counter(row["polarity"] for row in found)
    return {
        "mean": mean,
        "low": low,
        "high": high,
        "n": len(found),
        "n_negative": polarities[-1],
        "n_neutral": polarities[0],
        "n_positive": polarities[1],
        "n_articles": len({row["article_id"] for row in found}),
        "n_wrong": expected_errors(found),
    }


def _interval(found: Sequence[Row], mean: float, level: float, draws: int, seed: int) -> tuple[float, float]:
    import numpy as np

    random = np.random.default_rng(seed)
    scores = np.sort(np.array([row["score"] for row in found], dtype=float))
    # In blocks, so that an actor of a hundred thousand sentences fits into memory.
    block = max(1, 1_000_000 // len(scores))
    sizes = [min(block, draws - done) for done in range(0, draws, block)]
    means = np.concatenate([random.choice(scores, size=(size, len(scores))).mean(axis=1) for size in sizes])
    low, high = np.quantile(means, [(1 - level) / 2, (1 + level) / 2])
    # A narrow level, or rounding where all scores are the same, may leave the mean itself outside.
    return min(float(low), mean), max(float(high), mean)
