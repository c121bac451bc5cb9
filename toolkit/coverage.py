"""The result of an analysis: the frames, bundled, with what was left out and what made them."""

from __future__ import annotations

import html
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd


@dataclass(frozen=True, slots=True, repr=False)
class Coverage:
    """All that was found in a set of articles.

    Attributes
    ----------
    articles, actors, mentions, quotations, sentiment, times, rounds : pandas.DataFrame
        Their columns are described in :data:`toolkit.frames.DECLARED`.
    left_out : pandas.DataFrame
        Sources that could not be read or analysed, and what was wrong in those that were.
    metadata : mapping of str to str
        Versions of the toolkit and of the language pipeline, the SHA-256 of the sentiment weights, and how many
        corrections were applied, if any.
    """

    articles: pd.DataFrame
    actors: pd.DataFrame
    mentions: pd.DataFrame
    quotations: pd.DataFrame
    sentiment: pd.DataFrame
    times: pd.DataFrame
    rounds: pd.DataFrame
    left_out: pd.DataFrame
    metadata: Mapping[str, str] = field(default_factory=dict)

    def frames(self) -> dict[str, pd.DataFrame]:
        """Return the frames by name, in the order of the attributes."""
        return {item.name: getattr(self, item.name) for item in fields(self) if item.name != "metadata"}

    def __repr__(self) -> str:
        """Say how much of each kind was found, and what to look at next."""
        counts = [f"{len(frame):,} {name.replace('_', ' ')}" for name, frame in self.frames().items() if len(frame)]
        return f"Coverage: {', '.join(counts) or 'no articles'}. Frames: .quotations, .sentiment, .rounds …"

    def _repr_html_(self) -> str:
        items = "".join(
            f"<li><b>{len(frame):,}</b> {html.escape(name.replace('_', ' '))} <code>.{html.escape(name)}</code></li>"
            for name, frame in self.frames().items()
            if len(frame)
        )
        return f"<p><b>Coverage</b></p><ul>{items}</ul>"
