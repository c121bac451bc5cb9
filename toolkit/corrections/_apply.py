"""Corrections carried through the frames: from DataFrame to corrected DataFrame."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

from toolkit.corrections._actors import corrected_actors
from toolkit.corrections._forms import assigned
from toolkit.corrections._marking import marked_corrected
from toolkit.corrections._plan import plan_of
from toolkit.corrections._table import read_corrections
from toolkit.display import count_of, require
from toolkit.errors import InputError, ToolkitWarning
from toolkit.frames import DECLARED, Role, renamed, spec_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from toolkit.corrections._table import Corrections
    from toolkit.coverage import Coverage

Frames = dict[str, "pd.DataFrame"]

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
    return coverage.with_frames(frames, {**coverage.metadata, "corrections": applied})


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
    actors = frames.get("actors")
    if actors is None:
        raise InputError("corrections need the actors frame; pass coverage.actors")
    require(actors, ("actor",), "actors")
    plan = plan_of(read_corrections(corrections), actors)
    found = assigned(dict(frames), plan)
    specs = {name: spec for name, frame in found.items() if (spec := spec_of(frame) or DECLARED.get(name))}
    naming = [name for name, spec in specs.items() if spec.by_role(Role.ACTOR)]
    for name in naming:
        if name != "actors":
            found[name] = marked_corrected(*renamed(found[name], specs[name], plan.names))
    found["actors"] = corrected_actors(found, plan)
    colours = _colours(found["actors"])
    # Where names decide what is drawn, the colours given go along with the frame.
    for name in naming:
        found[name] = _with_colours(found[name], colours)
    problems = DECLARED["left_out"].frame(
        {"source": where, "reason": reason, "stage": "corrections", "remedy": None} for where, reason in plan.problems
    )
    if len(problems):
        told = "; ".join(f"{where}: {reason}" for where, reason in plan.problems[:TOLD])
        more = f"; and {len(problems) - TOLD} more in left_out" if len(problems) > TOLD else ""
        warnings.warn(f"corrections without effect: {told}{more}", ToolkitWarning, stacklevel=3)
    if "left_out" in found:
        found["left_out"] = _joined(found["left_out"], problems)
    return found, problems


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
