"""How often each actor is spoken of and speaks, counted from the frames that say so."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from toolkit.display import alike

if TYPE_CHECKING:
    import pandas as pd


def counted(
    actors: pd.DataFrame, mentions: pd.DataFrame | None = None, quotations: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return the actors with their mentions and quotations counted, the most mentioned first.

    Parameters
    ----------
    actors : pandas.DataFrame
        With any of the columns ``n_mentions`` and ``n_quotations``.
    mentions, quotations : pandas.DataFrame, optional
        What is counted; a count without its frame stays.
    """
    counts: dict[str, Counter[str]] = {}
    if mentions is not None and "actor" in mentions.columns:
        counts["n_mentions"] = Counter(mentions["actor"])
    if quotations is not None and "speaker" in quotations.columns:
        counts["n_quotations"] = Counter(quotations["speaker"])
        for others in quotations.get("cospeakers", ()):
            counts["n_quotations"].update(others)
    new = {
        name: [found[actor] for actor in actors["actor"]] for name, found in counts.items() if name in actors.columns
    }
    frame = actors.assign(**new).astype(actors.dtypes.to_dict())
    if "n_mentions" in frame.columns:
        order = sorted(zip(-frame["n_mentions"].fillna(0), frame["actor"], range(len(frame)), strict=True))
        frame = frame.iloc[[place for _, _, place in order]].reset_index(drop=True)
    return alike(frame, actors)
