"""Corrections carried through the frames: from DataFrame to corrected DataFrame."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

from toolkit.corrections._actors import corrected_actors
from toolkit.corrections._asking import (
    Asked,
    actor_outcomes,
    checked_frame,
    confirmed_actors,
    final_of,
    line_id,
    told_before,
    with_named,
    without_unnamed,
)
from toolkit.corrections._contradictions import superseded
from toolkit.corrections._dismissing import without_dismissed
from toolkit.corrections._following import followed, recounted
from toolkit.corrections._forms import assigned
from toolkit.corrections._marking import marked_corrected
from toolkit.corrections._outcomes import ORPHANED, SUPERSEDED, Outcome
from toolkit.corrections._plan import plan_of
from toolkit.corrections._rows import corrected_rows
from toolkit.corrections._table import has_lines, read_corrections
from toolkit.display import count_of, ellipsis, require, rows
from toolkit.errors import InputError, ToolkitWarning
from toolkit.frames import DECLARED, Role, renamed, spec_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from toolkit.corrections._plan import Plan
    from toolkit.corrections._table import Corrections
    from toolkit.coverage import Coverage
    from toolkit.display import Row
    from toolkit.frames import FrameSpec

Frames = dict[str, "pd.DataFrame"]

TOLD = 5


def correct(coverage: Coverage, corrections: Corrections) -> Coverage:
    """Return a coverage with corrections carried through all its frames.

    Parameters
    ----------
    coverage : Coverage
        What :func:`toolkit.analyze` returned; it stays as it is.
    corrections : str, Path, pandas.DataFrame, Checks, sequence of mappings, or a list of several of them
        A csv file, a frame, what :func:`toolkit.check` made, or a list of dicts. Lines about rows have the columns of
        ``row_corrections`` in :data:`toolkit.frames.DECLARED`, a table of actors those of ``corrections``. A row
        whose ``name`` is that of another actor makes the two one. ``aliases`` are forms that always mean the actor:
        places that read so become its mentions, and statements with such a source its statements.

    Returns
    -------
    Coverage
        Rows that changed have the origin ``corrected``, those that were found right ``confirmed``, those that only a
        person found ``added``. ``checked`` tells what became of each line: it was applied, is redundant (the machine
        says the same now), is up for review (the machine says a third thing now; the person's value stands),
        orphaned (its words are gone, or it means nothing here), or superseded by a later one. Rows of a table of
        actors that nothing could be done with stand in ``left_out`` too. Both are warned of.

    Raises
    ------
    InputError
        Naming the line that cannot be read, or two that contradict each other of which neither is later.

    Notes
    -----
    Applying the same corrections twice gives what applying them once gives. A row is found by its key, else by its
    words, nearest to where they stood. Pronouns and sentiment are not read anew: a form that is given to another actor
    takes its own places and the statements it is the source of along. An actor marked wrong leaves with its mentions
    and the opinions of it; statements, opinions and rounds that name it go on without it.
    """
    from toolkit.coverage import Coverage as Expected

    if not isinstance(coverage, Expected):
        raise InputError(f"correct() takes a Coverage, found {type(coverage).__name__}; make one with analyze(...)")
    table = read_corrections(corrections)
    frames, problems = corrected_frames(coverage.frames(), table)
    lost = int((frames["checked"]["outcome"] == ORPHANED).sum()) if has_lines(table) else len(problems)
    applied = f"{count_of(len(table), 'row')}, {lost} without effect"
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
        The frames, with ``checked`` among them, and the problems with the columns of ``left_out``.
    """
    actors = frames.get("actors")
    if actors is None:
        raise InputError("corrections need the actors frame; pass coverage.actors")
    require(actors, ("actor",), "actors")
    table = read_corrections(corrections)
    asked = Asked.of(table)
    # A table of actors says itself where it contradicts itself.
    lost = superseded(asked.lines) if has_lines(table) else set()
    found, specs, known = dict(frames), specs_of(frames), told_before(frames)
    said = {number: line for number, line in asked.about("actors").items() if line_id(line) not in known}
    found, dismissed = without_dismissed(found, specs, {n: line for n, line in said.items() if n not in lost})
    actors = found["actors"]
    found["actors"] = with_named(found["actors"], asked.rows_about(specs, lost), specs)
    plan = plan_of(asked.actors(lost), found["actors"])
    outcomes = dismissed | actor_outcomes(asked, lost, plan, actors)
    found = _with_plan(found, specs, plan)
    found["actors"] = confirmed_actors(found["actors"], asked, outcomes, plan)
    done = dict.fromkeys(lost, Outcome(SUPERSEDED)) | outcomes
    final, articles = final_of(plan, actors), articles_of(found)
    for name, spec in specs.items():
        lines = {n: line for n, line in asked.about(name).items() if n not in done and line_id(line) not in known}
        if lines and name != "actors":
            changes, told = corrected_rows(found[name], spec, lines, articles, final)
            found, done = followed(found, specs, name, changes), done | told
            articles = articles_of(found) if name == "articles" else articles
    if any(line["frame"] != "actors" for line in asked.lines):
        found = without_unnamed(recounted(found), actors, specs)
    found["checked"] = checked_frame(frames, asked.lines, done)
    found = _with_colours_of_actors(found, specs)
    problems = _problems(plan)
    _warn(plan, found["checked"])
    if "left_out" in found:
        found["left_out"] = _joined(found["left_out"], problems)
    return found, problems


def specs_of(frames: Mapping[str, pd.DataFrame]) -> dict[str, FrameSpec]:
    """Return what each of some frames is declared to be, in the order in which one follows from another."""
    found = {name: spec for name, frame in frames.items() if (spec := spec_of(frame) or DECLARED.get(name))}
    order = [*(name for name in DECLARED if name in found), *(name for name in found if name not in DECLARED)]
    return {name: found[name] for name in order}


def articles_of(frames: Mapping[str, pd.DataFrame]) -> dict[str, Row]:
    """Return the rows of the articles by their id."""
    found = frames.get("articles")
    if found is None or not {"article_id", "text"} <= set(found.columns):
        return {}
    return {row["article_id"]: row for row in rows(found)}


def _with_plan(frames: Frames, specs: Mapping[str, FrameSpec], plan: Plan) -> Frames:
    """Return frames whose actors are as a plan wants them."""
    found = assigned(frames, plan)
    for name, spec in specs.items():
        if name != "actors" and spec.by_role(Role.ACTOR, Role.NEGOTIATION):
            found[name] = marked_corrected(*renamed(found[name], spec, plan.names))
    return found | {"actors": corrected_actors(found, plan)}


def _with_colours_of_actors(frames: Frames, specs: Mapping[str, FrameSpec]) -> Frames:
    """Return frames that take along the colours given, where names decide what is drawn."""
    colours = _colours(frames["actors"])
    naming = [name for name, spec in specs.items() if spec.by_role(Role.ACTOR)]
    return frames | {name: _with_colours(frames[name], colours) for name in naming}


def _problems(plan: Plan) -> pd.DataFrame:
    return DECLARED["left_out"].frame(
        {"source": where, "reason": reason, "stage": "corrections", "remedy": None} for where, reason in plan.problems
    )


def _warn(plan: Plan, checked: pd.DataFrame) -> None:
    """Sum up what nothing could be done with, if there is any."""
    lost = checked[(checked["outcome"] == ORPHANED) & (checked["frame"] != "actors")]
    pairs = zip(lost["frame"], lost["words"], lost["note"], strict=True)
    told = [*plan.problems, *((f"{frame} {ellipsis(words, 40)}".strip(), note) for frame, words, note in pairs)]
    if told:
        some = "; ".join(f"{where}: {reason}" for where, reason in told[:TOLD])
        more = f"; and {len(told) - TOLD} more in checked" if len(told) > TOLD else ""
        warnings.warn(f"corrections without effect: {some}{more}", ToolkitWarning, stacklevel=4)


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
