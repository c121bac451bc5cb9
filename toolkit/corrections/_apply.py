"""Corrections carried through the frames: from DataFrame to corrected DataFrame."""

from __future__ import annotations

import warnings
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from toolkit.corrections._actors import corrected_actors
from toolkit.corrections._forms import assigned
from toolkit.corrections._marking import marked_corrected
from toolkit.corrections._plan import plan_of
from toolkit.corrections._table import read_corrections
from toolkit.display import count_of, require
from toolkit.errors import InputError, ToolkitWarning

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pandas as pd

    from toolkit.corrections._plan import Plan
    from toolkit.corrections._table import Corrections
    from toolkit.coverage import Coverage

Frames = dict[str, "pd.DataFrame"]

NAMED: Mapping[str, tuple[str, ...]] = {
    "mentions": ("actor",),
    "quotations": ("speaker", "cospeakers"),
    "sentiment": ("target", "holder"),
    "rounds": ("parties", "people", "leaders", "third_parties", "third_party_roles", "conflicts"),
}
"""The columns of each frame that hold names of actors: one, a list, or a dict of them."""

# Where names decide what is drawn, the colours given go along with the frame.
COLOURED = ("actors", *NAMED)

TOLD = 5


def correct(coverage: Coverage, corrections: Corrections) -> Coverage:
    """Return a coverage with corrections carried through all its frames.

    Parameters
    ----------
    coverage : Coverage
        What :func:`toolkit.analyze` returned; it stays as it is.
    corrections : str, Path, pandas.DataFrame or sequence of mappings
        A csv file, a frame or a list of dicts; its columns are ``corrections`` in :data:`toolkit.frames.DECLARED`. A
        row whose ``name`` is that of another actor makes the two one. ``aliases`` are forms that always mean the
        actor: places that read so become its mentions, and statements with such a source its statements.

    Returns
    -------
    Coverage
        Rows that changed have the origin ``corrected``, mentions that only an alias found ``added``. Rows of the
        table that nothing could be done with stand in ``left_out``, and are warned of.

    Raises
    ------
    InputError
        Naming the row of the table that cannot be read or contradicts another, and what to do.

    Notes
    -----
    Applying the same table twice gives what applying it once gives. Pronouns and sentiment are not read anew: a form
    that is given to another actor takes its own places and the statements it is the source of along.
    """
    from toolkit.coverage import Coverage as Expected

    if not isinstance(coverage, Expected):
        raise InputError(f"correct() takes a Coverage, found {type(coverage).__name__}; make one with analyze(...)")
    table = read_corrections(corrections)
    frames, problems = corrected_frames(coverage.frames(), table)
    applied = f"{count_of(len(table), 'row')}, {len(problems)} without effect"
    return replace(coverage, **frames, metadata={**coverage.metadata, "corrections": applied})


def corrected_frames(frames: Mapping[str, pd.DataFrame], corrections: Corrections) -> tuple[Frames, pd.DataFrame]:
    """Return frames with corrections carried through, and the rows of the table that had no effect.

    Parameters
    ----------
    frames : mapping of str to pandas.DataFrame
        Any frames of a coverage by name, at least ``actors``; a frame of one's own needs the column ``actor`` alone.
    corrections : as of `correct`

    Returns
    -------
    tuple of dict and pandas.DataFrame
        The frames, and the problems with the columns of ``left_out``.
    """
    from toolkit import tables

    actors = frames.get("actors")
    if actors is None:
        raise InputError("corrections need the actors frame; pass coverage.actors")
    require(actors, ("actor",), "actors")
    plan = plan_of(read_corrections(corrections), actors)
    found = assigned(dict(frames), plan)
    for name, columns in NAMED.items():
        if name in found:
            found[name] = _renamed(found[name], columns, plan)
    found["actors"] = corrected_actors(found, plan)
    colours = _colours(found["actors"])
    for name in COLOURED:
        if name in found:
            found[name] = _with_colours(found[name], colours)
    problems = tables.frame("left_out", [{"source": where, "reason": reason} for where, reason in plan.problems])
    if len(problems):
        told = "; ".join(f"{where}: {reason}" for where, reason in plan.problems[:TOLD])
        more = f"; and {len(problems) - TOLD} more in left_out" if len(problems) > TOLD else ""
        warnings.warn(f"corrections without effect: {told}{more}", ToolkitWarning, stacklevel=3)
    if "left_out" in found:
        found["left_out"] = _joined(found["left_out"], problems)
    return found, problems


def _renamed(frame: pd.DataFrame, columns: tuple[str, ...], plan: Plan) -> pd.DataFrame:
    """Return a frame in which actors bear their final names; what changed is ``corrected``."""
    import pandas as pd

    if not plan.names:
        return frame
    frame = frame.copy()
    changed = pd.Series(data=False, index=frame.index)
    for column in (name for name in columns if name in frame.columns):
        before = frame[column].tolist()
        after = [_change(value, plan.final) for value in before]
        moved = [one != other for one, other in zip(map(repr, before), map(repr, after), strict=True)]
        changed |= pd.Series(moved, index=frame.index)
        frame[column] = pd.Series(after, index=frame.index, dtype=object)
    if {"series", "parties"} <= set(frame.columns):
        frame["series"] = [_in_title(title, plan) for title in frame["series"]]
    if {"speaker", "cospeakers"} <= set(frame.columns):
        pairs = zip(frame["speaker"], frame["cospeakers"], strict=True)
        alone = [[name for name in others if name != speaker] for speaker, others in pairs]
        frame["cospeakers"] = pd.Series(alone, index=frame.index, dtype=object)
    if "of_self" in frame.columns:
        frame["of_self"] = frame["holder"] == frame["target"]
    return marked_corrected(frame, changed)


def _in_title(title: Any, plan: Plan) -> Any:
    """Return the title of a series, which begins with its parties, "Kenya–Norway talks", under their final names."""
    if not isinstance(title, str) or "–" not in title:
        return title
    *parties, rest = title.split("–")
    last = next((name for name in plan.names if rest.startswith(f"{name} ")), None)
    rest = rest if last is None else f"{plan.final(last)}{rest.removeprefix(last)}"
    return "–".join([*map(plan.final, parties), rest])


def _change(value: Any, final: Callable[[str], str]) -> Any:
    """Return a cell with its names changed: one name, a list, a dict by or of names, a list of conflicts."""
    if isinstance(value, str):
        return final(value)
    if isinstance(value, dict):
        if "field" in value and "values" in value:
            return value | {"values": {final(key): ids for key, ids in value["values"].items()}}
        return {final(key): _change(each, final) for key, each in value.items()}
    if isinstance(value, list | tuple):
        after = [_change(each, final) for each in value]
        return after if any(isinstance(each, dict) for each in after) else list(dict.fromkeys(after))
    return value


def _colours(actors: pd.DataFrame) -> dict[str, str]:
    if "colour" not in actors.columns:
        return {}
    given = actors[actors["colour"].notna()]
    return dict(zip(given["actor"].tolist(), given["colour"].tolist(), strict=True))


def _with_colours(frame: pd.DataFrame, colours: dict[str, str]) -> pd.DataFrame:
    if frame.attrs.get("colours", {}) == colours:
        return frame
    frame = frame.copy()
    frame.attrs["colours"] = colours
    return frame


def _joined(one: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    """Return two frames one below the other, each row once."""
    import pandas as pd

    if other.empty:
        return one
    return pd.concat([one, other], ignore_index=True).drop_duplicates(ignore_index=True)
