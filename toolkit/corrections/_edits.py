"""A table of corrections while it is edited: one row for each actor as found, and a way back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.corrections._merging import merged
from toolkit.corrections._plan import Plan, plan_of
from toolkit.corrections._table import FIELDS, as_rows, read_corrections
from toolkit.display import one_line
from toolkit.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from toolkit.corrections._merging import Conflict
    from toolkit.display import Row

VALUES = (*FIELDS[1:], "aliases")


class Edits:
    """Corrections of an actors frame, changed step by step.

    Parameters
    ----------
    table : pandas.DataFrame
        What to begin with, as `read_corrections` gives it.
    actors : pandas.DataFrame
        The actors as found.
    """

    def __init__(self, table: pd.DataFrame, actors: pd.DataFrame) -> None:
        self._actors = actors
        self._found = [one_line(name) for name in actors["actor"]]
        self._rows = as_rows(table)
        self.past: list[list[Row]] = []

    @property
    def table(self) -> pd.DataFrame:
        """The corrections so far."""
        return read_corrections(self._rows)

    @property
    def state(self) -> tuple[list[Row], list[list[Row]]]:
        """All that changes, to be set back where a change fails."""
        return list(self._rows), list(self.past)

    @state.setter
    def state(self, state: tuple[list[Row], list[list[Row]]]) -> None:
        self._rows, self.past = state

    def replace(self, table: pd.DataFrame) -> None:
        """Put another table in the place of this one."""
        self._step(as_rows(table))

    def take_in(self, base: list[Row], theirs: list[Row]) -> list[Conflict]:
        """Add what others have changed in a table since it was ``base``, to each step too, so that undo keeps it.

        Of a cell that was changed here as well, theirs is kept; what stood here is returned.
        """
        if theirs == base:
            return []
        self.past = [merged(base, rows, theirs).rows for rows in self.past]
        self._rows, conflicts = merged(base, self._rows, theirs)
        return conflicts

    def undo(self) -> None:
        """Go back by one change, if there is one."""
        if self.past:
            self._rows = self.past.pop()

    def rename(self, actor: str, name: str) -> None:
        """Call an actor, by its present name, by another."""
        name = one_line(name)
        if not name:
            raise InputError(f"no new name for {actor!r}; give one")
        plan, by_actor = self._settled()
        for member in self._members(actor, plan):
            by_actor.setdefault(member, {"actor": member})["name"] = name
        # What the actor was given goes along, unless the one that it becomes part of was given another.
        others = [by_actor.get(member, {}) for member in self._members(name, plan)]
        for member in self._members(actor, plan) if actor != name else ():
            for value in FIELDS[1:]:
                if any(value in row for row in others):
                    by_actor[member].pop(value, None)
        self._step(by_actor.values())

    def set(self, actor: str, values: Mapping[str, Any]) -> None:
        """Set values of an actor, by its present name; an empty one takes the correction away."""
        if wrong := [name for name in values if name not in VALUES]:
            raise InputError(f"found {', '.join(wrong)}; what can be set is {', '.join(VALUES)}")
        plan, by_actor = self._settled()
        members = self._members(actor, plan)
        for name, value in values.items():
            for member in members:
                by_actor.get(member, {}).pop(name, None)
            if value is not None and value not in ("", []):
                by_actor.setdefault(members[0], {"actor": members[0]})[name] = value
        # The checks of the table come first: what it refuses was never set.
        self._step(as_rows(read_corrections(list(by_actor.values()))))

    def _settled(self) -> tuple[Plan, dict[str, Row]]:
        """Return the plan so far and its rows, one for each actor as found."""
        plan = plan_of(self.table, self._actors)
        by_actor: dict[str, Row] = {}
        for row in plan.rows:
            known = by_actor.setdefault(row["actor"], {})
            forms = dict.fromkeys([*known.get("aliases", ()), *row.get("aliases", ())])
            known |= row | ({"aliases": list(forms)} if forms else {})
            by_actor[row["actor"]] = known
        # Rows under a name that another row gives are settled with the actor that was so renamed.
        for name in [name for name in by_actor if name not in self._found and name not in plan.added]:
            members = self._members(name, plan)
            if members and members[0] != name:
                row = by_actor.pop(name)
                by_actor[members[0]] = row | by_actor.get(members[0], {}) | {"name": plan.final(name)}
        for member, final in plan.names.items():
            if member in by_actor:
                by_actor[member]["name"] = final
        return plan, by_actor

    def _members(self, name: str, plan: Plan) -> list[str]:
        """Return the actors as found that bear a name now, the namesake first."""
        known = [*self._found, *plan.added]
        return sorted((each for each in known if plan.final(each) == name), key=lambda each: each != name)

    def _step(self, rows: Any) -> None:
        self.past.append(self._rows)
        tidy = [{k: v for k, v in row.items() if not (k == "name" and v == row["actor"])} for row in rows]
        self._rows = [row for row in tidy if len(row) > 1]
