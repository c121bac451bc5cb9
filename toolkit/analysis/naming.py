"""Names of actors within articles changed to those they bear across all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.corrections._apply import NAMED, _change

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from toolkit.actors import Renaming


def under_final_names(frame: pd.DataFrame, renaming: Mapping[str, Renaming]) -> pd.DataFrame:
    import pandas as pd

    if not renaming or frame.empty:
        return frame
    ids = frame["article_id"].tolist()
    frame = frame.copy()
    name = frame.frame_name_
    for column in NAMED.get(name, ()):
        cells = []
        for article, value in zip(ids, frame[column].tolist(), strict=True):
            names = renaming.get(article)
            cells.append(value if names is None else _change(value, lambda n, names=names: names.get(n, n)))
        frame[column] = pd.Series(cells, index=frame.index, dtype=object)
    if name == "sentiment":
        frame["of_self"] = frame["holder"] == frame["target"]
    return frame
