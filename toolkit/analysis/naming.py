"""Names of actors within articles changed to those they bear across all, in whatever columns hold them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.corrections._apply import _change
from toolkit.frames import Role

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from toolkit.actors import Renaming
    from toolkit.frames import FrameSpec


def under_final_names(frame: pd.DataFrame, spec: FrameSpec, renaming: Mapping[str, Renaming]) -> pd.DataFrame:
    """Return a frame of rows of one article each, in which actors bear the names they have across articles."""
    import pandas as pd

    article = spec.the(Role.ARTICLE)
    if not renaming or frame.empty or article is None:
        return frame
    ids = frame[article].tolist()
    frame = frame.copy()
    for column in spec.by_role(Role.ACTOR):
        cells = []
        for article_id, value in zip(ids, frame[column].tolist(), strict=True):
            names = renaming.get(article_id)
            cells.append(value if names is None else _change(value, lambda n, names=names: names.get(n, n)))
        frame[column] = pd.Series(cells, index=frame.index, dtype=object)
    for column, values in (spec.settle(frame) if spec.settle else {}).items():
        frame[column] = values
    return frame
