"""What a table of corrections asks of the actors at hand: names, values, forms, and what it cannot do."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import islice
from typing import TYPE_CHECKING

from toolkit.corrections._table import FIELDS, as_rows
from toolkit.display import one_line, rows
from toolkit.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pandas as pd

    from toolkit.display import Row


@dataclass(slots=True)
class Plan:
    """What to do.

    ``names`` maps each actor to the one it becomes, ``given`` an actor's final name to what it is given, ``forms``
    each form to the final name of its bearer; ``added`` are actors that only the table knows, ``problems`` the rows
    that nothing could be done with. ``rows`` are all rows, those that mean an actor under its name as found.
    """

    names: dict[str, str] = field(default_factory=dict)
    given: dict[str, dict[str, str]] = field(default_factory=dict)
    forms: dict[str, str] = field(default_factory=dict)
    added: dict[str, str] = field(default_factory=dict)
    problems: list[tuple[str, str]] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    def final(self, name: str) -> str:
        """Return what an actor is called in the end."""
        return self.names.get(name, name)


@dataclass(frozen=True, slots=True)
class _Wish:
    """A row of the table: where it stands, the actor it means, and what it asks."""

    where: str
    actor: str
    row: Row


def plan_of(corrections: pd.DataFrame, actors: pd.DataFrame) -> Plan:
    """Return what a checked table asks of an actors frame.

    Raises
    ------
    InputError
        If rows contradict each other: two names or two sides for one actor, names that lead in a circle, or a form
        that two actors are to bear.
    """
    source = str(corrections.attrs.get("source", "corrections"))
    plan = Plan()
    wishes = _wishes(as_rows(corrections), source, bearers_of(actors), plan)
    renames = _one_name_each(wishes)
    plan.names = {name: final for name in renames if (final := _end_of(name, renames)) != name}
    for wish in wishes:
        _take(plan, wish)
    _check_values(plan, wishes)
    return plan


def bearers_of(actors: pd.DataFrame) -> dict[str, set[str]]:
    """Return the actors by each name or form that may stand for them."""
    bearers: defaultdict[str, set[str]] = defaultdict(set)
    known = rows(actors)
    for row in known:
        for form in row.get("aliases") or ():
            bearers[one_line(form)].add(one_line(row["actor"]))
    for row in known:
        # A full name means its bearer, whoever else is called so now and then.
        bearers[one_line(row["actor"])] = {one_line(row["actor"])}
    return bearers


def _wishes(found: Iterable[Row], source: str, bearers: dict[str, set[str]], plan: Plan) -> list[_Wish]:
    """Return the rows with the actors they mean; those that mean none become problems of the plan."""
    pending = dict(enumerate(found, start=1))
    actors = {name for names in bearers.values() for name in names}
    wishes: dict[int, _Wish] = {}
    while pending:
        named = actors | {wish.row["name"] for wish in wishes.values() if "name" in wish.row}
        sure = [(number, row["actor"]) for number, row in pending.items() if row["actor"] in named]
        # A name that another row gives goes before a form that the texts have.
        taken = sure or list(islice(_by_form(pending, bearers), 1))
        if not taken:
            break
        for number, actor in taken:
            row = pending.pop(number)
            wishes[number] = _Wish(f"{source}, row {number}", actor, row)
            if not bearers.get(row["actor"]) and actor not in named:
                plan.added[actor] = row["kind"]
    plan.problems += [(f"{source}, row {number}", _no_actor(row["actor"], bearers)) for number, row in pending.items()]
    meant = [wishes[number] for number in sorted(wishes)]
    plan.rows = [*(wish.row | {"actor": wish.actor} for wish in meant), *pending.values()]
    return meant


def _by_form(pending: dict[int, Row], bearers: dict[str, set[str]]) -> Iterator[tuple[int, str]]:
    """Give rows whose actor is a form of just one, or one that is to be added, with that actor."""
    for number, row in pending.items():
        meant = bearers.get(row["actor"], set())
        if len(meant) == 1:
            yield number, next(iter(meant))
        elif not meant and "kind" in row and "aliases" in row:
            yield number, row["actor"]


def _no_actor(actor: str, bearers: dict[str, set[str]]) -> str:
    if meant := bearers.get(actor):
        return f"{actor!r} may be {' or '.join(sorted(meant))}; give the whole name"
    return _unknown(actor, bearers)


def _unknown(actor: str, bearers: dict[str, set[str]]) -> str:
    near = get_close_matches(actor, bearers, n=1, cutoff=0.75)
    meant = f"did you mean {near[0]!r}? " if near else ""
    return f"no actor {actor!r} in these articles; {meant}to add one, give its kind and its aliases"


def _one_name_each(wishes: Iterable[_Wish]) -> dict[str, str]:
    renames: dict[str, tuple[str, str]] = {}
    for wish in wishes:
        if "name" not in wish.row:
            continue
        where, name = renames.setdefault(wish.actor, (wish.where, wish.row["name"]))
        if name != wish.row["name"]:
            raise InputError(
                f"{wish.where}: {wish.actor!r} is to be called {wish.row['name']!r}, but {name!r} in {where}; keep one"
            )
    return {actor: name for actor, (_, name) in renames.items()}


def _end_of(name: str, renames: dict[str, str]) -> str:
    seen = [name]
    while (following := renames.get(seen[-1], seen[-1])) != seen[-1]:
        if following in seen:
            raise InputError(f"corrections: names lead in a circle, {' → '.join([*seen, following])}; drop one of them")
        seen.append(following)
    return seen[-1]


def _take(plan: Plan, wish: _Wish) -> None:
    final = plan.final(wish.actor)
    for form in wish.row.get("aliases", ()):
        if plan.forms.setdefault(form, final) != final:
            raise InputError(
                f"{wish.where}: {form!r} is to be a form of {final!r}, and in another row of {plan.forms[form]!r}; "
                "keep one"
            )


def _check_values(plan: Plan, wishes: Iterable[_Wish]) -> None:
    told: dict[tuple[str, str], tuple[str, str]] = {}
    for wish in wishes:
        final = plan.final(wish.actor)
        for name in FIELDS[1:]:
            if name not in wish.row:
                continue
            where, value = told.setdefault((final, name), (wish.where, wish.row[name]))
            if value != wish.row[name]:
                raise InputError(
                    f"{wish.where}: the {name} of {final!r} is to be {wish.row[name]!r}, but {value!r} in {where}; "
                    "keep one"
                )
            plan.given.setdefault(final, {})[name] = value
