"""The origin of rows that a correction changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def marked_corrected(frame: pd.DataFrame, changed: pd.Series[bool]) -> pd.DataFrame:
    """Set the origin of changed rows, but of those that were added by hand; the frame itself is changed."""
    if "origin" in frame.columns:
        frame.loc[changed & (frame["origin"] != "added"), "origin"] = "corrected"
    return frame
