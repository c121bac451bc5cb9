"""How often each actor is spoken of and speaks, counted from the frames that say so."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from toolkit.display import alike

if TYPE_CHECKING:
    import pandas as pd


def counted(actors: pd.DataFrame, mentions: pd.DataFrame, quotations: pd.DataFrame) -> pd.DataFrame:
    """Return the actors with their mentions and quotations counted, the most mentioned first."""
    named, spoken = Counter(mentions["actor"]), Counter(quotations["speaker"])
    for others in quotations["cospeakers"]:
        spoken.update(others)
    rows = list(zip(actors["actor"], range(len(actors)), strict=True))
    order = [place for _, place in sorted(rows, key=lambda row: (-named[row[0]], row[0]))]
    frame = actors.assign(
        n_mentions=[named[name] for name in actors["actor"]], n_quotations=[spoken[name] for name in actors["actor"]]
    )
    return alike(frame.iloc[order].reset_index(drop=True).astype(actors.dtypes.to_dict()), actors)
