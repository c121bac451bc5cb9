"""An editor of actors: merge two, rename one, set a side, a role, a colour or further forms; all else follows."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

from toolkit.corrections import as_code, corrected_frames, read_corrections, write_corrections
from toolkit.corrections._edits import Edits
from toolkit.corrections._table import actors_in, as_rows, checked_path, has_lines, put, with_actors
from toolkit.display import count_of, one_line, require, rows
from toolkit.errors import InputError, ToolkitError, ToolkitWarning
from toolkit.files import check_writable, locked
from toolkit.views import View, actor_table
from toolkit.views.frame import frame_view
from toolkit.views.markup import joined, tag

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    import pandas as pd

    from toolkit.corrections import Corrections
    from toolkit.corrections._merging import Conflict
    from toolkit.coverage import Coverage


ACTORS = 8
"""Actors in the static view; the linked view below the controls, and ``.actors``, have them all."""


def actor_editor(
    coverage: Coverage | None = None,
    path: str | Path | None = None,
    *,
    actors: pd.DataFrame | None = None,
    corrections: Corrections | None = None,
) -> ActorEditor:
    """Merge two actors, rename one, or set what is known of one, and see everything follow.

    Parameters
    ----------
    coverage : Coverage, optional
        What :func:`toolkit.analyze` returned.
    path : str or Path, optional
        A csv that the corrections are kept in: read where it exists, and written at each change, so that running the
        cell again, tomorrow or on other articles, begins with them. What others change in it meanwhile, by hand or
        in another editor, is kept and taken over; of a cell that both changed, theirs stands and the editor says so.
    actors : pandas.DataFrame, optional
        A frame of one's own with a column ``actor``, in place of a coverage.
    corrections : as of :func:`toolkit.correct`, optional
        What to begin with, where there is no file.

    Returns
    -------
    ActorEditor
        ``.coverage`` is the corrected coverage (``.actors`` the frame), ``.corrections`` the table, ``.code`` the same
        as code to paste.

    Raises
    ------
    InputError
        If neither a coverage nor a frame is given, the corrections cannot be read, or ``path`` not be written.
    """
    if (coverage is None) == (actors is None):
        raise InputError("actor_editor() takes a coverage, or actors=… with a frame of your own; give one of the two")
    if coverage is not None and not hasattr(coverage, "frames"):
        raise InputError(f"actor_editor() takes a Coverage, found {type(coverage).__name__}; or give actors=…")
    frames = coverage.frames() if coverage is not None else {}
    if actors is not None:
        require(actors, ("actor",), "actors")
        frames["actors"] = actors
    kept = checked_path(path) if path is not None else None
    if kept is not None:
        check_writable(kept)
    begin = read_corrections(kept if kept is not None and kept.exists() else corrections)
    return ActorEditor(coverage, frames, begin, kept)


class ActorEditor:
    """Controls that edit a table of corrections, and what follows from it; made by `actor_editor`."""

    def __init__(
        self, coverage: Coverage | None, frames: Mapping[str, pd.DataFrame], begin: pd.DataFrame, path: Path | None
    ) -> None:
        self._given, self._frames, self._path = coverage, dict(frames), path
        self._edits = Edits(actors_in(begin), frames["actors"])
        # Lines about other rows are applied and kept, and edited elsewhere.
        self._rest = begin if has_lines(begin) else None
        # What the file held when it was last read or written.
        self._base = as_rows(actors_in(begin)) if path is not None and path.exists() else []
        self._box: Any = None
        self._said = ""
        self._apply()

    @property
    def corrections(self) -> pd.DataFrame:
        """The table of corrections so far; set it to any that `toolkit.read_corrections` takes."""
        return with_actors(self._rest, self._edits.table)

    @corrections.setter
    def corrections(self, corrections: Corrections) -> None:
        table = read_corrections(corrections)
        self._rest = table if has_lines(table) else None
        self._change("Corrections set.", lambda: self._edits.replace(actors_in(table)))

    @property
    def has_coverage(self) -> bool:
        """Whether the editor was given a coverage, or a frame alone."""
        return self._given is not None

    @property
    def coverage(self) -> Coverage:
        """The coverage with the corrections carried through.

        Raises
        ------
        InputError
            If the editor was given a frame alone.
        """
        if self._given is None:
            raise InputError("this editor was given a frame; its corrected form is .actors")
        note = {"corrections": f"{count_of(len(self.corrections), 'row')}, {self._without} without effect"}
        added = note if len(self.corrections) else {}
        return self._given.with_frames(self._corrected, {**self._given.metadata, **added})

    @property
    def actors(self) -> pd.DataFrame:
        """The corrected actors frame."""
        return self._corrected["actors"]

    @property
    def code(self) -> str:
        """The corrections as code that makes them, to be pasted: ``tk.correct(coverage, [...])``."""
        return as_code(self.corrections)

    def merge(self, actor: str, into: str) -> None:
        """Make an actor one with another, under the name of that one."""
        self._known(into)
        self._change(f"{actor} is now {into}.", lambda: self._edits.rename(self._known(actor), into))

    def rename(self, actor: str, name: str) -> None:
        """Call an actor by another name; that of another actor makes the two one."""
        self._change(f"{actor} is now called {name}.", lambda: self._edits.rename(self._known(actor), name))

    def change(self, actor: str, **values: Any) -> None:
        """Set ``kind``, ``side``, ``role``, ``colour`` or ``aliases`` of an actor; an empty value says nothing."""
        told = ", ".join(f"{name} {one_line(value) or 'as found'}" for name, value in values.items())
        self._change(f"{actor}: {told}.", lambda: self._edits.set(self._known(actor), values))

    def undo(self) -> None:
        """Take the last change back."""
        self._change("Undone." if self._edits.past else "Nothing to undo.", self._edits.undo)

    def save(self, path: str | Path) -> Path:
        """Write the corrections to a csv, and keep it up to date from now on."""
        self._path = write_corrections(self.corrections, path)
        self._base = as_rows(self._edits.table)
        return self._path

    @property
    def view(self) -> View:
        """The static view: the corrected actors, and the corrections as a table and as code."""
        table = (
            actor_table(self.actors, limit=ACTORS)
            if {"kind", "aliases"} <= set(self.actors.columns)
            else frame_view(self.actors)
        )
        code = tag("details", tag("summary", "The corrections as code"), tag("pre", self.code))
        parts = [tag("p", self._told(), role="status")]
        parts += [frame_view(self.corrections).html, code] if len(self.corrections) else []
        return View(joined([*parts, table.html]), f"{self._told()}\n{table.text}")

    @property
    def widget(self) -> Any:
        """The ipywidgets box of controls and what follows from them."""
        if self._box is None:
            from toolkit.widgets._editor_box import EditorBox

            self._box = EditorBox(self)
        return self._box.widget

    def __repr__(self) -> str:
        return f"Actor editor\n{self.view.text}"

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:
        bundle = self.widget._repr_mimebundle_(**options) or {}
        return {**bundle, "text/plain": repr(self), "text/html": self.view._repr_html_()}

    def _known(self, actor: str) -> str:
        names = self.actors["actor"].tolist()
        if actor not in names:
            some = ", ".join(map(repr, names[:12])) + (", …" if len(names) > 12 else "")
            raise InputError(f"no actor {actor!r}; there are {some}")
        return actor

    def _change(self, said: str, act: Callable[[], None]) -> None:
        """Make a change, or none of it where it cannot be carried through."""
        before = self._edits.state
        try:
            act()
            conflicts = self._keep()
        except ToolkitError:
            self._edits.state = before
            self._apply()
            raise
        self._said = " ".join([said, *(f"Changed by another meanwhile: {each}." for each in conflicts)])
        if self._box is not None:
            self._box.refresh()

    def _keep(self) -> list[Conflict]:
        """Carry the corrections through and write them, with what others have changed in their file meanwhile."""
        if self._path is None:
            self._apply()
            return []
        with locked(self._path):
            there = read_corrections(self._path) if self._path.is_file() else None
            conflicts = [] if there is None else self._edits.take_in(self._base, as_rows(actors_in(there)))
            self._rest = there if there is not None and has_lines(there) else self._rest
            self._apply()
            put(self.corrections, self._path)
        self._base = as_rows(self._edits.table)
        return conflicts

    def _apply(self) -> None:
        with warnings.catch_warnings():
            # They are told in the editor's own words.
            warnings.simplefilter("ignore", ToolkitWarning)
            self._corrected, problems = corrected_frames(self._frames, self.corrections)
        self._without, self._problems = len(problems), rows(problems)

    def _told(self) -> str:
        made = len(self.corrections)
        parts = [self._said, f"{count_of(made, 'correction')}." if made else "No corrections so far."]
        parts += [f"Without effect: {row['source']}: {row['reason']}." for row in self._problems]
        parts += [f"Kept in {self._path.name}."] if self._path is not None and len(self.corrections) else []
        return " ".join(part for part in parts if part)
