"""What the editor of actors says: what was done, the corrections so far, and the actors as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.corrections import as_code
from toolkit.display import count_of, names, one_line
from toolkit.views import View, actor_table
from toolkit.views.frame import frame_view
from toolkit.views.markup import Markup, joined, tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    import pandas as pd

    from toolkit.display import Row

OPEN, FOLDED = 6, 200
"""Actors in the static view that stand open, and all of it; the controls, and ``.actors``, have the others."""

NAMED = 4
"""Names told of a change to many."""


def status(said: str, table: pd.DataFrame, problems: Iterable[Row], path: Path | None) -> str:
    """Return what was done last, how many corrections there are, which had no effect, and where they are kept."""
    made = len(table)
    parts = [said, f"{count_of(made, 'correction')}." if made else "No corrections so far."]
    parts += [f"Without effect: {row['source']}: {row['reason']}." for row in problems]
    parts += [f"Kept in {path.name}."] if path is not None and made else []
    return " ".join(filter(None, parts))


def corrections_html(table: pd.DataFrame) -> Markup:
    """Return the corrections as a table and as code, nothing where there are none."""
    code = tag("details", tag("summary", "The corrections as code"), tag("pre", as_code(table)))
    return joined([frame_view(table).html, code] if len(table) else [])


def actors_view(actors: pd.DataFrame) -> View:
    """Return the actors as a table, the first of them open and the others folded."""
    if not {"kind", "aliases"} <= set(actors.columns):
        return frame_view(actors)
    return actor_table(actors, first=OPEN, limit=FOLDED)


def are(actors: Sequence[str]) -> str:
    """Return names as they stand in a sentence, a few of many, with the verb."""
    shown = actors if len(actors) <= NAMED else [*actors[: NAMED - 1], f"{len(actors) - NAMED + 1:,} more"]
    told = " and ".join(filter(None, [", ".join(shown[:-1]), shown[-1]]))
    return f"{told} {'is' if len(actors) == 1 else 'are'}"


def values_told(values: Mapping[str, Any]) -> list[str]:
    """Return what is set of an actor, in words."""
    return [f"{key} {_told(value) or 'as found'}" for key, value in values.items()]


def _told(value: Any) -> str:
    return names(value) if isinstance(value, list | tuple) else one_line(value)
