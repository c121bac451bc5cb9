"""The actors frame after corrections: merged, renamed, given its values, and counted anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.corrections._table import NONE
from toolkit.display import alike, one_line, rows
from toolkit.frames import DECLARED, counted, with_keys

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from toolkit.corrections._plan import Plan
    from toolkit.display import Row

COUNTS = ("n_mentions", "n_quotations")


def corrected_actors(frames: Mapping[str, pd.DataFrame], plan: Plan) -> pd.DataFrame:
    """Return the actors frame as a plan wants it, most mentioned first.

    Parameters
    ----------
    frames : mapping of str to pandas.DataFrame
        ``actors`` as found; ``mentions`` and ``quotations``, where they are there, with their final names.
    plan : Plan
    """
    import pandas as pd

    actors = frames["actors"]
    if not (plan.names or plan.given or plan.forms or plan.added):
        return actors
    groups: dict[str, list[Row]] = {}
    for row in rows(actors):
        groups.setdefault(plan.final(one_line(row["actor"])), []).append(row)
    for name, kind in plan.added.items():
        groups.setdefault(plan.final(name), []).append(dict.fromkeys(actors.columns) | {"actor": name, "kind": kind})
    found = [_one(name, members, plan) for name, members in groups.items()]
    columns = [*actors.columns, *(name for name in ("side", "role", "kind", "colour") if _gives(plan, name, actors))]
    frame = pd.DataFrame({name: pd.Series([row.get(name) for row in found], dtype=_dtype(actors, name))
                          for name in columns})  # fmt: skip
    made = counted(alike(frame, actors), frames.get("mentions"), frames.get("quotations"))
    return with_keys(made, DECLARED["actors"])


def _gives(plan: Plan, name: str, actors: pd.DataFrame) -> bool:
    return name not in actors.columns and any(name in row for row in plan.given.values())


def _dtype(actors: pd.DataFrame, name: str) -> Any:
    return actors[name].dtype if name in actors.columns else object


def _one(name: str, members: Sequence[Row], plan: Plan) -> Row:
    """Return the members of one actor as one row: the namesake's values first, then what the others know."""
    ordered = sorted(members, key=lambda row: one_line(row["actor"]) != name)
    row = {key: next((m[key] for m in ordered if m.get(key) is not None), None) for key in ordered[0]}
    for value in ("role", "side"):
        # The words that are evidence are those of the value that is kept.
        giver = next((m for m in ordered if m.get(value) is not None), None)
        if f"{value}_evidence" in row:
            row[f"{value}_evidence"] = giver and giver.get(f"{value}_evidence")
    if "aliases" in row:
        row["aliases"] = _aliases(name, ordered, plan)
    for count in COUNTS:
        if count in row:
            row[count] = sum(int(m.get(count) or 0) for m in ordered)
    changed = len(ordered) > 1 or one_line(ordered[0]["actor"]) != name
    changed = changed or any(
        one_line(row.get(key)) != ("" if value == NONE else value) for key, value in plan.given.get(name, {}).items()
    )
    changed = changed or name in plan.forms.values()
    side = one_line(row.get("side"))
    if plan.final(side) != side:
        row["side"], changed = plan.final(side), True
    row["actor"] = name
    for key, value in plan.given.get(name, {}).items():
        row[key] = None if value == NONE else value
        if f"{key}_evidence" in row:
            row[f"{key}_evidence"] = None
    if "origin" in row and changed:
        row["origin"] = "added" if name in plan.added else "corrected"
    return row


def _aliases(name: str, members: Sequence[Row], plan: Plan) -> list[str]:
    met = [form for member in members for form in member.get("aliases") or ()]
    given = [form for form, bearer in plan.forms.items() if bearer == name]
    # A name that is given up still leads to its actor, so that the same table can be applied again.
    old = [known for member in members if (known := one_line(member["actor"])) != name]
    kept = [form for form in met if plan.forms.get(one_line(form), name) == name]
    return list(dict.fromkeys([*kept, *old, *given]))
