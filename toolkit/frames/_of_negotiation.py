"""Which negotiation rows are of, where only all articles together tell it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.frames._columns import Role, spec_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd


def of_negotiation(frame: pd.DataFrame, by_article: Mapping[str, str | None]) -> pd.DataFrame:
    """Return a frame whose rows have the negotiation of their article; the frame itself where it has no such column.

    Parameters
    ----------
    frame : pandas.DataFrame
        Made by a declaration, its rows each of one article.
    by_article : mapping of str to str or None
    """
    spec = spec_of(frame)
    column, article = (spec.the(role) if spec else None for role in (Role.NEGOTIATION, Role.ARTICLE))
    if column is None or article is None or column not in frame.columns:
        return frame
    import pandas as pd

    told = [by_article.get(each) for each in frame[article]]
    return frame.assign(**{column: pd.Series(told, index=frame.index, dtype=object)})
