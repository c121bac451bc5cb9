"""Sentiment per actor: shares of blame, neutral and praise with their intervals, and the sentences behind each."""

from __future__ import annotations

from collections import defaultdict
from statistics import NormalDist
from typing import TYPE_CHECKING, Literal

from toolkit.display import OUTLET
from toolkit.errors import InputError
from toolkit.frames import DECLARED
from toolkit.sentiment.counting import Tally, countable, grouped, holder_and_target, ranked, tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

    from toolkit.display import Row
    from toolkit.sentiment.counting import Pair

VOICES = ("outlet", "others", "self")
"""Whose words they are, seen from the actor spoken of: the outlet's, other speakers', or the actor's own."""

By = Literal["about", "by"]
Interval = tuple[float, float]


def sentiment_by_actor(
    sentiment: pd.DataFrame, *, by: By = "about", level: float = 0.95, draws: int = 2000, seed: int = 0
) -> pd.DataFrame:
    """Return how each actor is judged, or how each judges others.

    A row of the sentiment frame with a polarity says that its holder, in the article's account, judges its target. That
    something happens to the target, is asked or expected of it, or is done by it, is no judgement; the outlet holds
    only those that its own words make.

    Parameters
    ----------
    sentiment : pandas.DataFrame
        The ``sentiment`` frame of a coverage; rows without a target or a polarity count for nobody.
    by : {"about", "by"}
        "about" gives a row for each target and voice: the outlet's, other speakers', and what the actor says of
        themselves. "by" gives a row for each holder, over all others they speak of; the outlet is one of them, and
        so are, together, the speakers whom the text does not name.
    level : float
        Coverage of the intervals, between 0 and 1.
    draws : int
        Bootstrap samples.
    seed : int
        Seed of the draws: the same sentences give the same intervals, whatever their order and whoever else is there.

    Returns
    -------
    pandas.DataFrame
        ``actor`` str, ``voice`` str (one of :data:`VOICES`, or "speaks" with ``by="by"``); ``n`` and ``n_articles``
        int64, the distinct sentences and their articles; of these sentences ``n_blame``, ``n_neutral`` and
        ``n_praise`` float64, which sum to ``n``; ``blame``, ``neutral`` and ``praise`` float64, their shares in
        [0, 1], each with the ends of its interval as ``blame_low``, ``blame_high`` and so on (NaN below
        :data:`~toolkit.sentiment.counting.FEWEST` sentences); ``n_wrong`` float64, how many of the judgements are to
        be expected wrong (NaN where the frame has no probabilities). Actors with the most sentences that blame or
        praise come first.

    Raises
    ------
    InputError
        If a column is missing, or ``by``, ``level`` or ``draws`` is not one of those named.

    Notes
    -----
    A sentence counts once, however many rows it has; one that blames and praises counts half for each. Intervals are
    those of the percentile bootstrap (Efron 1979) over articles, whose sentences go together (Field and Welsh 2007), or
    over sentences where they are of one article; but never narrower than Wilson's (1927) of as many independent
    sentences, for of a share of 0 or 1 the bootstrap knows no other. They tell how far a share hangs on the sentences
    at hand; the errors of the model that judged them come on top, and ``n_wrong`` counts those.
    """
    found = countable(sentiment)
    if by not in ("about", "by") or not 0 < level < 1 or draws < 1:
        raise InputError(
            f"found by={by!r}, level={level!r}, draws={draws!r}; by is 'about' or 'by', level lies between 0 and 1, "
            "draws is 1 or more"
        )
    groups = by_actor(found, by)
    summaries = [
        {"actor": actor, "voice": voice, **_summary(group, level, draws, seed)}
        for (actor, voice), group in groups.items()
    ]
    return DECLARED["sentiment_by_actor"].frame(summaries)


def by_actor(found: Iterable[Row], by: By) -> dict[Pair, list[Row]]:
    """Return rows of the sentiment frame by actor and voice, actors with the most sentences that judge first."""
    groups = grouped(found, lambda row: actor_and_voice(row, by))
    place = {actor: number for number, actor in enumerate(ranked(groups, 0))}
    tallies = {key: tally(group) for key, group in groups.items()}
    ordered = sorted(groups, key=lambda key: (place[key[0]], -tallies[key].judged, -tallies[key].n, key[1]))
    return {key: groups[key] for key in ordered}


def actor_and_voice(row: Row, by: By) -> Pair | None:
    """Return the actor and the voice that a row of the sentiment frame counts for, None where it counts for none."""
    pair = holder_and_target(row)
    if pair is None or (by == "by" and pair[0] == pair[1]):
        return None
    holder, target = pair
    if by == "by":
        return holder, "speaks"
    return target, "self" if holder == target else "outlet" if holder == OUTLET else "others"


def tally_of(summary: Row) -> Tally:
    """Return the count that a row of :func:`sentiment_by_actor` tells."""
    return Tally(summary["n"], summary["n_blame"], summary["n_praise"], summary["n_wrong"])


def _summary(found: Sequence[Row], level: float, draws: int, seed: int) -> dict[str, object]:
    counted = tally(found)
    summary: dict[str, object] = {
        "n": counted.n,
        "n_articles": len({row["article_id"] for row in found}),
        "n_wrong": counted.wrong,
    }
    for name, part in counted.parts.items():
        summary |= {f"n_{name}": part, name: None, f"{name}_low": None, f"{name}_high": None}
    if counted.is_enough:
        intervals = _intervals(_clusters(found), level, draws, seed)
        for (name, part), interval in zip(counted.parts.items(), intervals, strict=True):
            share = part / counted.n
            low, high = _widened(interval, share, counted.n, level)
            summary |= {name: share, f"{name}_low": low, f"{name}_high": high}
    return summary


def _clusters(found: Iterable[Row]) -> list[Tally]:
    """Return the sentences in the parts that are drawn anew: the articles, or of one article its sentences."""
    articles: defaultdict[str, list[Row]] = defaultdict(list)
    sentences: defaultdict[int, list[Row]] = defaultdict(list)
    for row in found:
        articles[row["article_id"]].append(row)
        sentences[int(row["start"])].append(row)
    return [tally(group) for group in (articles if len(articles) > 1 else sentences).values()]


def _intervals(clusters: Sequence[Tally], level: float, draws: int, seed: int) -> list[Interval]:
    """Return the ranges that the shares have in samples of the clusters."""
    import numpy as np

    random = np.random.default_rng(seed)
    # Clusters that are alike are drawn as one kind: so their order does not matter, nor do many take long.
    kinds, times = np.unique([list(one.parts.values()) for one in clusters], axis=0, return_counts=True)
    odds = times / len(clusters)
    # In blocks, so that a hundred thousand articles fit into memory.
    block = max(1, 1_000_000 // len(kinds))
    sizes = [min(block, draws - done) for done in range(0, draws, block)]
    sums = np.concatenate([random.multinomial(len(clusters), odds, size=size) @ kinds for size in sizes])
    shares = sums / sums.sum(axis=1, keepdims=True)
    low, high = np.quantile(shares, [(1 - level) / 2, (1 + level) / 2], axis=0).tolist()
    return list(zip(low, high, strict=True))


def _widened(interval: Interval, share: float, n: int, level: float) -> Interval:
    """Return an interval that holds the share and is no narrower than Wilson's of as many independent sentences."""
    z = NormalDist().inv_cdf((1 + level) / 2)
    centre, half = share + z**2 / (2 * n), z * (share * (1 - share) / n + (z / (2 * n)) ** 2) ** 0.5
    low, high = ((centre + side * half) / (1 + z**2 / n) for side in (-1, 1))
    # Rounding may leave a share of 0 or 1 outside.
    return min(interval[0], low, share), max(interval[1], high, share)
