"""An editor of actors: merge, rename, take apart, set a kind, side, role, colour or further forms; all else follows."""

from __future__ import annotations

import warnings
from functools import cached_property
from typing import TYPE_CHECKING, Any

from toolkit.corrections import as_code, corrected_frames, read_corrections, write_corrections
from toolkit.corrections._edits import Edits
from toolkit.corrections._plan import plan_of
from toolkit.corrections._table import actors_in, as_rows, checked_path, has_lines, put, with_actors
from toolkit.display import count_of, one_line, require, rows
from toolkit.errors import InputError, ToolkitError, ToolkitWarning
from toolkit.files import check_writable, locked
from toolkit.views import View
from toolkit.views.markup import joined, tag
from toolkit.widgets._editor_words import actors_view, are, corrections_html, status, values_told
from toolkit.widgets._history import History
from toolkit.widgets._regrouping import make_one, members_of, take_apart

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    import pandas as pd

    from toolkit.corrections import Corrections
    from toolkit.corrections._merging import Conflict
    from toolkit.corrections._plan import Plan
    from toolkit.coverage import Coverage
    from toolkit.display import Row


def actor_editor(
    coverage: Coverage | None = None,
    path: str | Path | None = None,
    *,
    actors: pd.DataFrame | None = None,
    corrections: Corrections | None = None,
) -> ActorEditor:
    """Merge actors, rename one, take one apart, or set what is known of one, and see everything follow.

    Actors are found by any part of their names, forms, side or role, however many there are. Enter in a text does what
    the button below it does; each change is one step, to be undone and done again.

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
        self._history = History(self._edits)
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

    def merge(self, actor: str | Iterable[str], into: str) -> None:
        """Make an actor, or several at once, one with another, under the name of that one."""
        given, into = [actor] if isinstance(actor, str) else actor, self._known(into)
        actors = [name for name in dict.fromkeys(map(self._known, given)) if name != into]
        if not actors:
            raise InputError(f"nobody to make one with {into!r}; choose another actor")
        said = f"{are(actors)} now {into}."
        self._change(said, lambda: make_one(self._edits, self._frames["actors"], actors, into))

    def rename(self, actor: str, name: str) -> None:
        """Call an actor by another name; that of another actor makes the two one."""
        self._change(f"{actor} is now called {name}.", lambda: self._edits.rename(self._known(actor), name))

    def change(self, actor: str, *, name: str | None = None, **values: Any) -> None:
        """Set ``name``, ``kind``, ``side``, ``role``, ``colour`` or ``aliases`` of an actor in one step.

        An empty value takes back what was set. What is given with the name of another actor is given to both as one.
        """
        told = [*([f"now called {name}"] if name and name != actor else []), *values_told(values)]
        self._change(f"{actor}: {', '.join(told)}.", lambda: self._set(self._known(actor), name, values))

    def split(
        self, actor: str, parts: str | Iterable[str], name: str | None = None, *, kind: str | None = None
    ) -> None:
        """Take apart what was made one by hand, or read as one by mistake.

        Parameters
        ----------
        actor : str
            Whom to take apart.
        parts : str or iterable of str
            Any of those of `parts`: actors that a correction made one with this one, or forms of its name.
        name : str, optional
            Whom they mean: another actor, or a new one. Needed for forms; actors get their own names back without.
        kind : str, optional
            Of a new actor; that of ``actor`` if None.
        """
        given = [parts] if isinstance(parts, str) else list(parts)
        meant, actor = one_line(name), self._known(actor)
        if unknown := [part for part in given if part not in self.parts(actor)]:
            offered = ", ".join(map(repr, self.parts(actor))) or "none"
            raise InputError(f"{actor!r} has no part {unknown[0]!r}; there are {offered}")
        if not given:
            raise InputError(f"choose what is not {actor}")
        of_kind = one_line(kind) or one_line(self.row_of(actor).get("kind")) or "person"

        def act() -> None:
            take_apart(self._edits, self._frames["actors"], actor, given, name=meant, kind=of_kind)

        said = f"{are(given)} no longer {actor}{f', but {meant}' if meant else ''}."
        self._change(said, act)

    def parts(self, actor: str) -> list[str]:
        """Return what an actor can be taken apart into: those made one with it by hand, then the forms of its name."""
        members = members_of(actor, self._plan, self._frames["actors"])
        forms = self.row_of(actor).get("aliases") or ()
        return list(dict.fromkeys([*members, *(form for each in forms if (form := one_line(each)) != actor)]))

    def row_of(self, actor: str) -> Row:
        """Return what is known of an actor now, nothing if there is none."""
        known = self._names
        return rows(self.actors.iloc[[known.index(actor)]])[0] if actor in known else {}

    def origin(self, actor: str) -> str:
        """Return an actor as found that is called so now."""
        return next((found for found, now in self._plan.names.items() if now == actor), actor)

    def present(self, found: str) -> str:
        """Return what an actor as found is called now."""
        return self._plan.final(found)

    def forms_given(self, actor: str) -> list[str]:
        """Return the further forms that corrections give to an actor."""
        return [form for form, bearer in self._plan.forms.items() if bearer == actor]

    def faults(self, actor: str, values: Mapping[str, Any]) -> dict[str, str]:
        """Return what is wrong with each value that cannot be given to an actor, by what it is."""
        found: dict[str, str] = {}
        before = self._history.state
        for key, value in values.items():
            try:
                self._set(actor, value if key == "name" else None, {} if key == "name" else {key: value})
                plan_of(self._edits.table, self._frames["actors"])
            except ToolkitError as fault:
                found[key] = str(fault)
            finally:
                self._history.state = before
        return found

    def undo(self) -> None:
        """Take the last change back."""
        self._walk("Undone." if self._history.undoable else "Nothing to undo.", self._history.undo)

    def redo(self) -> None:
        """Make the change again that was undone last."""
        self._walk("Done again." if self._history.redoable else "Nothing to do again.", self._history.redo)

    def save(self, path: str | Path) -> Path:
        """Write the corrections to a csv, and keep it up to date from now on."""
        self._path = write_corrections(self.corrections, path)
        self._base = as_rows(self._edits.table)
        return self._path

    @property
    def view(self) -> View:
        """The static view: the corrected actors, and the corrections as a table and as code."""
        table = actors_view(self.actors)
        said = tag("p", self.told, role="status")
        return View(joined([said, corrections_html(self.corrections), table.html]), f"{self.told}\n{table.text}")

    @property
    def told(self) -> str:
        """What was done last, and what it comes to."""
        return status(self._said, self.corrections, self._problems, self._path)

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
        """Return the name of an actor, in one line, or say that there is none."""
        name = one_line(actor)
        if name not in self._names:
            some = ", ".join(map(repr, self._names[:12])) + (", …" if len(self._names) > 12 else "")
            raise InputError(f"no actor {actor!r}; there are {some}")
        return name

    def _set(self, actor: str, name: str | None, values: Mapping[str, Any]) -> None:
        # The name first: what is given with it goes before what another of that name was given.
        if name is not None and name != actor:
            self._edits.rename(actor, name)
        if values:
            self._edits.set(one_line(name) or actor, values)

    def _change(self, said: str, act: Callable[[], None]) -> None:
        """Make a change, one step, or none of it where it cannot be carried through."""
        self._walk(said, lambda: self._history.step(act))

    def _walk(self, said: str, act: Callable[[], None]) -> None:
        before = self._history.state
        try:
            act()
            conflicts = self._keep()
        except ToolkitError:
            self._history.state = before
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
            conflicts = [] if there is None else self._history.take_in(self._base, as_rows(actors_in(there)))
            self._rest = there if there is not None and has_lines(there) else self._rest
            self._apply()
            put(self.corrections, self._path)
        self._base = as_rows(self._edits.table)
        return conflicts

    def _apply(self) -> None:
        for known in ("_plan", "_names"):
            self.__dict__.pop(known, None)
        with warnings.catch_warnings():
            # They are told in the editor's own words.
            warnings.simplefilter("ignore", ToolkitWarning)
            self._corrected, problems = corrected_frames(self._frames, self.corrections)
        self._without, self._problems = len(problems), rows(problems)

    @cached_property
    def _names(self) -> list[str]:
        return [one_line(name) for name in self.actors["actor"]]

    @cached_property
    def _plan(self) -> Plan:
        """What the corrections so far ask of the actors as found."""
        return plan_of(self._edits.table, self._frames["actors"])
