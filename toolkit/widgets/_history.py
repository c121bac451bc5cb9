"""The steps of an editor: one for each change, however many edits it takes, to be undone and done again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.corrections._merging import merged

if TYPE_CHECKING:
    from collections.abc import Callable

    from toolkit.corrections._edits import Edits
    from toolkit.corrections._merging import Conflict
    from toolkit.display import Row

State = tuple[tuple[list["Row"], list[list["Row"]]], list[list["Row"]]]


class History:
    """A way back and forth through the states of a table of corrections.

    Parameters
    ----------
    edits : Edits
        The table, which keeps the way back itself.
    """

    def __init__(self, edits: Edits) -> None:
        self._edits = edits
        self._ahead: list[list[Row]] = []

    @property
    def state(self) -> State:
        """All that changes, to be set back where a change fails."""
        return self._edits.state, list(self._ahead)

    @state.setter
    def state(self, state: State) -> None:
        self._edits.state, self._ahead = state

    @property
    def undoable(self) -> int:
        """How many steps can be undone."""
        return len(self._edits.past)

    @property
    def redoable(self) -> int:
        """How many steps can be done again."""
        return len(self._ahead)

    def step(self, act: Callable[[], None]) -> None:
        """Make edits that are one step; what was undone before cannot be done again then."""
        before, past = self._edits.state
        act()
        after, _ = self._edits.state
        self._edits.state = after, past if after == before else [*past, before]
        self._ahead = self._ahead if after == before else []

    def undo(self) -> None:
        """Go back by one step, if there is one."""
        rows, past = self._edits.state
        if past:
            self._edits.undo()
            self._ahead.append(rows)

    def redo(self) -> None:
        """Make the step again that was undone last, if there is one."""
        rows, past = self._edits.state
        if self._ahead:
            self._edits.state = self._ahead.pop(), [*past, rows]

    def take_in(self, base: list[Row], theirs: list[Row]) -> list[Conflict]:
        """Add what others have changed in a table since it was ``base``, to each step too; return what clashes."""
        if theirs != base:
            self._ahead = [merged(base, rows, theirs).rows for rows in self._ahead]
        return self._edits.take_in(base, theirs)
