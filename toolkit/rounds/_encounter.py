"""An encounter under construction, and what fits it: number, days, place and stage."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from toolkit.lexicon import gazetteer
from toolkit.rounds._days import Days, joined, overlap, rank
from toolkit.rounds._places import state_of
from toolkit.rounds._status import AFTER, BEFORE, OVER
from toolkit.rounds._tracks import most_telling

if TYPE_CHECKING:
    from toolkit.rounds._clues import Clues

_NEAR = 3
_STAGES = (None, "before", "now", "after", "over")


@dataclass(slots=True)
class Encounter:
    """One encounter under construction: the clues that speak of it.

    ``stage`` is the latest told of "before", "now", "after" and "over", None while no cue has told.
    """

    clues: list[Clues] = field(default_factory=list)
    ordinal: int | None = None
    implied: int | None = None
    numbers: tuple[int, ...] = ()
    days: Days | None = None
    place: str | None = None
    stage: str | None = None
    nouns: set[str] = field(default_factory=set)
    told: set[str | None] = field(default_factory=set)

    def add(self, clue: Clues) -> None:
        """Take in one more clue."""
        self.clues.append(clue)
        self.nouns.add(clue.phrase.noun)
        self.told.add(clue.status)
        self.stage = max(self.stage, stage_of(clue), key=_STAGES.index)
        self.ordinal = self.ordinal or clue.phrase.ordinal
        self.implied = self.implied or clue.phrase.implied
        if clue.days is not None:
            self.days = clue.days if self.days is None else joined(self.days, clue.days)
        if self.place is None or (clue.place and _finer_place(clue.place, self.place)):
            self.place = clue.place or self.place

    @property
    def forms(self) -> list[str]:
        """The formats its clues name, in reading order."""
        return list(dict.fromkeys(clue.form for clue in self.clues if clue.form))

    @property
    def form(self) -> str | None:
        """The most telling of its formats."""
        return most_telling(self.forms)

    @property
    def going_on(self) -> bool:
        """Tell whether it is told of as under way, and nowhere as over."""
        return not self.told & OVER and ("under way" in self.told or any(clue.continued for clue in self.clues))


def stage_of(clue: Clues) -> str | None:
    """Return whether a clue's status tells of an encounter to come, going on, past or over."""
    if clue.status is None:
        return None
    if clue.status in BEFORE:
        return "before"
    if clue.status in OVER:
        return "over"
    return "after" if clue.status in AFTER else "now"


def agrees(encounter: Encounter, clue: Clues) -> bool:
    """Tell whether a clue gives the same place or the same days as an encounter."""
    if clue.phrase.head == "met" or (clue.phrase.head == "meeting" and not clue.phrase.definite):
        placed = clue.days is None and clue.place and encounter.place and same_place(clue.place, encounter.place)
        return _same_days(encounter, clue) or bool(placed)
    if clue.days and encounter.days and overlap(encounter.days, clue.days, slack=_slack(clue)):
        return rank(clue.days) == rank(encounter.days) or clue.phrase.definite
    return bool(clue.place and encounter.place and same_place(clue.place, encounter.place))


def clashes(encounter: Encounter, clue: Clues) -> bool:
    """Tell whether a clue cannot speak of an encounter."""
    ordinal = clue.phrase.number
    if ordinal is not None and ordinal != (encounter.ordinal or encounter.implied or ordinal):
        return True
    if clue.place and encounter.place and places_differ(clue.place, encounter.place):
        return True
    if clue.days and encounter.days and overlap(encounter.days, clue.days, slack=_slack(clue)) is False:
        return True
    if ordinal is not None and ordinal == (encounter.ordinal or encounter.implied):
        return False
    return _contradicts(encounter, clue)


def _slack(clue: Clues) -> int:
    return _NEAR if clue.continued else 1


def _contradicts(encounter: Encounter, clue: Clues) -> bool:
    """Tell whether one is still to come and the other is going on or past."""
    stage = stage_of(clue)
    if _after_collapse(encounter, clue):
        return True
    if stage is None or encounter.stage is None:
        return False
    if clue.status != "proposed" and (_same_days(encounter, clue) or (clue.place and clue.place == encounter.place)):
        return False
    if stage == "before":
        return encounter.stage != "before" and not clue.continued
    return encounter.stage == "before" and stage in {"after", "over"}


def _after_collapse(encounter: Encounter, clue: Clues) -> bool:
    """Tell whether a clue speaks of a day after talks broke off: then they were taken up anew."""
    if "collapsed" not in encounter.told or clue.status == "collapsed":
        return False
    return bool(clue.days and encounter.days and clue.days.known[0] > encounter.days.known[1])


def _same_days(encounter: Encounter, clue: Clues) -> bool:
    if clue.days is None or encounter.days is None or rank(clue.days) != rank(encounter.days):
        return False
    return bool(overlap(encounter.days, clue.days, slack=0))


def same_place(one: str, other: str) -> bool:
    """Tell whether two names may stand for one place: one holds the other, or a city and its state."""
    a, b = one.lower(), other.lower()
    if a in b or b in a:
        return True
    state = state_of(one)
    return state is not None and state == state_of(other) and (state in {one, other} or _alike(one, other))


def places_differ(one: str, other: str) -> bool:
    """Tell whether two names cannot stand for one place; a state may hold a city that is listed under no state."""
    if same_place(one, other):
        return False
    states = [state_of(name) for name in (one, other)]
    return None not in states or not any(name == state for name, state in zip((one, other), states, strict=True))


def _alike(one: str, other: str) -> bool:
    entries = [gazetteer.lookup(name) for name in (one, other)]
    return all(entries) and len({entry.name for entry in entries if entry}) == 1


def _finer_place(new: str, old: str) -> bool:
    entry = gazetteer.lookup(old)
    return new != old and entry is not None and entry.category in {"state", "region"}
