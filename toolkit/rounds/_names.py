"""The names of actors in a round, changed to those they bear elsewhere."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from toolkit.records import Conflict, Round


def renamed_round(found: Round, names: Mapping[str, str]) -> Round:
    """Return a round in which each actor bears its name of ``names``, where it has one there; its id stays."""
    if not names:
        return found

    def final(name: str) -> str:
        return names.get(name, name)

    return replace(
        found,
        series=series_renamed(found.series, names),
        parties=tuple(dict.fromkeys(map(final, found.parties))),
        people=tuple(dict.fromkeys(map(final, found.people))),
        leaders=tuple(dict.fromkeys((final(party), final(person)) for party, person in found.leaders)),
        third_parties=tuple(dict.fromkeys((final(name), role) for name, role in found.third_parties)),
        conflicts=tuple(_renamed_conflict(conflict, final) for conflict in found.conflicts),
    )


def series_renamed(title: str, names: Mapping[str, str]) -> str:
    """Return the title of a series, which begins with its parties, "Kenya–Norway talks", under their final names."""
    if "–" not in title:
        return title
    *parties, rest = title.split("–")
    last = next((name for name in names if rest.startswith(f"{name} ")), None)
    rest = rest if last is None else f"{names[last]}{rest.removeprefix(last)}"
    return "–".join([*(names.get(party, party) for party in parties), rest])


def _renamed_conflict(conflict: Conflict, final: Callable[[str], str]) -> Conflict:
    return replace(conflict, values=tuple((final(value), articles) for value, articles in conflict.values))
