"""Actors made one, many at once, and taken apart: those that a correction made one, or the analysis by mistake."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from toolkit.corrections import read_corrections
from toolkit.corrections._plan import plan_of
from toolkit.corrections._table import FIELDS, as_rows
from toolkit.display import one_line
from toolkit.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from toolkit.corrections._edits import Edits
    from toolkit.corrections._plan import Plan
    from toolkit.display import Row


def make_one(edits: Edits, found: pd.DataFrame, actors: Sequence[str], into: str) -> None:
    """Make actors one with another, as if each was renamed to it, in the time of one.

    What an actor was given goes along, unless one before it was given another.

    Parameters
    ----------
    edits : Edits
        The corrections, changed in place.
    found : pandas.DataFrame
        The actors as found.
    actors : sequence of str
        By their present names.
    into : str
        The present name of the one that they become.
    """
    edits.rename(into, into)
    plan = plan_of(edits.table, found)
    members: defaultdict[str, list[str]] = defaultdict(list)
    for name in dict.fromkeys([*map(one_line, found["actor"]), *plan.added]):
        members[plan.final(name)].append(name)
    by_actor = {row["actor"]: row for row in as_rows(edits.table)}
    taken = {key for name in members[into] for key in by_actor.get(name, ()) if key in FIELDS[1:]}
    for actor in actors:
        for name in members[actor]:
            row = by_actor.get(name, {"actor": name})
            by_actor[name] = {key: value for key, value in row.items() if key not in taken} | {"name": into}
        taken |= {key for name in members[actor] for key in by_actor[name] if key in FIELDS[1:]}
    edits.replace(read_corrections(list(by_actor.values())))


def members_of(actor: str, plan: Plan, found: pd.DataFrame) -> list[str]:
    """Return the actors as found that a correction made one under the name of another, the namesake left out."""
    if actor not in plan.names.values():
        return []
    known = [name for each in found["actor"] if (name := one_line(each))]
    members = [name for name in dict.fromkeys([*known, *plan.added]) if plan.final(name) == actor]
    return [name for name in members if name != actor] if len(members) > 1 else []


def take_apart(
    edits: Edits, found: pd.DataFrame, actor: str, parts: Sequence[str], *, name: str = "", kind: str = "person"
) -> None:
    """Give parts of an actor back their own names, or make them mean another.

    Parameters
    ----------
    edits : Edits
        The corrections, changed in place.
    found : pandas.DataFrame
        The actors as found.
    actor : str
        Whom to take apart, by its present name.
    parts : sequence of str
        Members of it, as `members_of` gives them, or forms of its name.
    name : str
        Whom they mean, another or a new one; members may do without.
    kind : str
        Of a new one.

    Raises
    ------
    InputError
        If forms are given without a name, or the name is a form of yet another actor's.
    """
    members = members_of(actor, plan_of(edits.table, found), found)
    forms = [part for part in parts if part not in members]
    if forms and not name:
        raise InputError(f"give the name of whom {forms[0]!r} means, another actor or a new one")
    if name == actor:
        raise InputError(f"{actor!r} is the one to take apart; give another name")
    # Renamed to itself, an actor has a row for each of those that it was made of.
    edits.rename(actor, actor)
    freed = {member: {"name": name} if name else {} for member in members if member in parts}
    kept = [_without(row, forms) for row in as_rows(edits.table)]
    kept = [_unnamed(row) | freed[row["actor"]] if row["actor"] in freed else row for row in kept]
    edits.replace(read_corrections([row for row in kept if len(row) > 1]))
    if forms:
        _assign(edits, found, forms, name, kind)


def _assign(edits: Edits, found: pd.DataFrame, forms: Sequence[str], name: str, kind: str) -> None:
    """Make forms mean an actor, which is added where there is none."""
    plan = plan_of(edits.table, found)
    if name in {plan.final(each) for each in (*map(one_line, found["actor"]), *plan.added)}:
        given = [form for form, bearer in plan.forms.items() if bearer == name]
        edits.set(name, {"aliases": [*given, *forms]})
        return
    added = {"actor": name, "kind": kind, "aliases": list(forms)}
    table = read_corrections([*as_rows(edits.table), added])
    if name not in plan_of(table, found).added:
        raise InputError(f"{name!r} is a form of another actor's name; give a name that is nobody's yet")
    edits.replace(table)


def _unnamed(row: Row) -> Row:
    return {key: value for key, value in row.items() if key != "name"}


def _without(row: Row, forms: Sequence[str]) -> Row:
    """Return a row of corrections that does not give certain forms."""
    kept = [form for form in row.get("aliases", ()) if form not in forms]
    return {key: value for key, value in row.items() if key != "aliases"} | ({"aliases": kept} if kept else {})
