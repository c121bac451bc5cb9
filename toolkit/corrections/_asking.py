"""What corrections ask, line by line, and what is told of each line afterwards."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from toolkit.corrections._contradictions import is_rejection
from toolkit.corrections._following import named_in
from toolkit.corrections._lines import actors_of_lines, asserted, lines_of_actors
from toolkit.corrections._outcomes import APPLIED, ORPHANED, REDUNDANT, REVIEW, Outcome, remade
from toolkit.corrections._plan import bearers_of
from toolkit.corrections._table import NONE, as_lines, as_rows, has_lines, read_corrections
from toolkit.display import is_missing, one_line, rows
from toolkit.errors import InputError
from toolkit.frames import DECLARED, Role, text_of, value_of, with_keys

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    import pandas as pd

    from toolkit.corrections._plan import Plan
    from toolkit.display import Row
    from toolkit.frames import Column, FrameSpec

CHECKED = DECLARED["checked"]


@dataclass(frozen=True, slots=True)
class Asked:
    """All lines, with the table of actors that those about actors make; ``numbers`` are its rows by their line."""

    lines: list[Row]
    table: pd.DataFrame
    numbers: dict[int, int] = field(default_factory=dict)

    @classmethod
    def of(cls, table: pd.DataFrame) -> Asked:
        """Return what a checked table of either kind asks."""
        if has_lines(table):
            return cls(as_lines(table), table)
        lines: list[Row] = []
        numbers: dict[int, int] = {}
        for number, row in enumerate(as_rows(table)):
            made = list(lines_of_actors([row]))
            numbers |= {len(lines) + place: number for place in range(len(made))}
            lines += made
        return cls(lines, table, numbers)

    def about(self, frame: str) -> dict[int, Row]:
        """Return the lines about a frame by their number."""
        return {number: line for number, line in enumerate(self.lines) if line["frame"] == frame}

    def actors(self, lost: Iterable[int]) -> pd.DataFrame:
        """Return the table of actors, without lines that another supersedes."""
        if not has_lines(self.table):
            return self.table
        gone = set(lost)
        about = self.about("actors").items()
        kept = {number: line for number, line in about if number not in gone and not is_rejection(line)}
        self.numbers.update({number: place for place, number in enumerate(kept)})
        return read_corrections(actors_of_lines(kept.values()))

    def rows_about(self, specs: Mapping[str, FrameSpec], lost: Iterable[int]) -> list[Row]:
        """Return the lines about rows of other frames that are here, without those that another supersedes."""
        gone = set(lost)
        return [
            line
            for number, line in enumerate(self.lines)
            if line["frame"] != "actors" and line["frame"] in specs and number not in gone
        ]


def final_of(plan: Plan, actors: pd.DataFrame) -> Callable[[str], str]:
    """Return what gives an actor's name in the end, from its name or a form that no other bears."""
    bearers = bearers_of(actors)

    def final(name: str) -> str:
        meant = bearers.get(name, set())
        return plan.final(next(iter(meant)) if len(meant) == 1 else name)

    return final


def with_named(actors: pd.DataFrame, lines: Iterable[Row], specs: Mapping[str, FrameSpec]) -> pd.DataFrame:
    """Return the actors with those that only corrections name, as speakers or otherwise, added."""
    bearers = bearers_of(actors)
    named: dict[str, None] = {}
    for line in lines:
        spec = specs[line["frame"]]
        for name, text in asserted(line).items():
            if name in spec.by_role(Role.ACTOR):
                named |= dict.fromkeys(_names_in(text, spec.column(name)))
    new = [name for name in named if name not in bearers]
    if not new:
        return actors
    spec = DECLARED["actors"]
    blank: Row = {column.name: [] if column.name == "aliases" else 0 if column.dtype == "int64" else None
             for column in spec.columns}  # fmt: skip
    more = [blank | {"actor": name, "aliases": [name], "origin": "added"} for name in new]
    return with_keys(remade(actors, [*rows(actors), *more]), spec)


def _names_in(text: str, column: Column) -> list[str]:
    try:
        value = value_of(text, column, "corrections")
    except InputError:
        return []
    if isinstance(value, dict):
        return [*value, *value.values()]
    return value if isinstance(value, list) else [value] if value else []


def without_unnamed(
    frames: dict[str, pd.DataFrame], found: pd.DataFrame, specs: Mapping[str, FrameSpec]
) -> dict[str, pd.DataFrame]:
    """Return frames without actors that only corrections named, and that nothing names after all."""
    actors = frames["actors"]
    if "origin" not in actors.columns:
        return frames
    named = named_in(frames, specs) | set(found["actor"])
    stays = [name in named or origin != "added" for name, origin in zip(actors["actor"], actors["origin"], strict=True)]
    kept = [row for row, keeps in zip(rows(actors), stays, strict=True) if keeps]
    return frames if all(stays) else frames | {"actors": remade(actors, kept)}


def actor_outcomes(asked: Asked, lost: Iterable[int], plan: Plan, actors: pd.DataFrame) -> dict[int, Outcome]:
    """Return what becomes of each line about an actor, given the plan that they make and the actors as found.

    Lines that reject one are left aside: see :mod:`toolkit.corrections._dismissing`.
    """
    final, gone = final_of(plan, actors), set(lost)
    by_name = {one_line(row["actor"]): row for row in rows(actors)}
    problems = _by_row(plan)
    told: dict[int, Outcome] = {}
    for number, line in asked.about("actors").items():
        if number in gone or is_rejection(line):
            continue
        name = one_line(line["words"])
        meant = bearers_of(actors).get(name, set())
        row = by_name.get(name) or by_name.get(next(iter(meant), "") if len(meant) == 1 else "")
        if why := problems.get(asked.numbers.get(number, -1)) or _form_problem(line, plan):
            told[number] = Outcome(ORPHANED, note=why)
        else:
            told[number] = _outcome(line, row, final)
    return told


def confirmed_actors(actors: pd.DataFrame, asked: Asked, told: Mapping[int, Outcome], plan: Plan) -> pd.DataFrame:
    """Return the actors with those marked whom a person found right."""
    right = {
        plan.final(one_line(line["words"]))
        for number, line in asked.about("actors").items()
        if line["verdict"] == "right" and number in told and told[number].outcome != ORPHANED
    }
    if not right or "origin" not in actors.columns:
        return actors
    is_right = actors["actor"].isin(right) & actors["origin"].isin(["machine"])
    return actors.assign(origin=actors["origin"].mask(is_right, "confirmed"))


def _by_row(plan: Plan) -> dict[int, str]:
    return {int(number) - 1: reason for where, reason in plan.problems
            for _, sign, number in [where.rpartition(", row ")] if sign and number.isdigit()}  # fmt: skip


def _form_problem(line: Row, plan: Plan) -> str | None:
    """Return why none of the forms that a line gives stands anywhere."""
    forms = [reason for where, reason in plan.problems if where.startswith("corrections, alias ")
             and line["given"] and any(where.startswith(f"corrections, alias {form!r} of")
                                       for form in str(line["given"]).split("; "))]  # fmt: skip
    count = len(str(line["given"]).split("; "))
    return forms[0] if forms and len(forms) == count and line["column"] == "aliases" else None


def _outcome(line: Row, row: Row | None, final: Callable[[str], str]) -> Outcome:
    """Return the outcome of a line about an actor as it was found, None where only the line knows it."""
    if row is None:
        return Outcome(APPLIED)
    spec = DECLARED["actors"]
    said = asserted(line)
    now = {name: text_of(row.get(name), spec.column(name)) for name in said}
    told = Outcome(APPLIED, row.get("key"), now=now.get(line["column"] or ""), kind=row.get("kind"))
    wished = {name: "" if text == NONE else text for name, text in said.items()}
    if "actor" in wished:
        same = one_line(row["actor"]) == wished["actor"]
    else:
        same = all(_holds(now[name], text, name) for name, text in wished.items())
    if line["verdict"] == "right":
        told.outcome = APPLIED if same else REVIEW
    elif same and wished:
        told.outcome = REDUNDANT
    elif line["found"] is not None and line["column"] in now and "actor" not in wished:
        had = final(line["found"])
        told.outcome = APPLIED if had in {now[line["column"]], final(now[line["column"]])} else REVIEW
    return told


def _holds(now: str, wished: str, name: str) -> bool:
    if name != "aliases":
        return now == wished
    return {form.strip() for form in wished.split(";")} <= {form.strip() for form in now.split(";")}


def line_id(line: Mapping[str, Any]) -> str:
    """Return what a line is known by: all that it says."""
    cells = [None if is_missing(value) else value for value in line.values()]
    return hashlib.sha256(json.dumps(cells, default=str).encode()).hexdigest()[:12]


def told_before(frames: Mapping[str, pd.DataFrame]) -> set[str]:
    """Return the lines that were carried through before."""
    known = frames.get("checked")
    return set() if known is None else set(known["line"])


def checked_frame(
    frames: Mapping[str, pd.DataFrame], lines: Iterable[Row], outcomes: Mapping[int, Outcome]
) -> pd.DataFrame:
    """Return what became of each line, after what was told before."""
    known = told_before(frames)
    kept = rows(frames["checked"]) if "checked" in frames else []
    for number, line in enumerate(lines):
        name = line_id(line)
        if name in known:
            continue
        known.add(name)
        found = outcomes.get(number) or Outcome(ORPHANED, note=f"there is no frame {line['frame']!r}")
        kept.append(
            {column: line.get(column) for column in CHECKED.names}
            | {
                "key": found.key,
                "article_id": found.article_id or line["article"],
                "now": found.now,
                "outcome": found.outcome,
                "kind": found.kind,
                "note": "; ".join(filter(None, (line["note"], found.note))) or None,
                "line": name,
            }
        )
    return CHECKED.frame(kept)
