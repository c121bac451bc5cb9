"""The status of talks: the cue nearest to one phrase, and what all cues of an encounter come to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from toolkit.rounds._lexicon import plain, statuses, talks

if TYPE_CHECKING:
    import datetime as dt

    from toolkit.records import RoundStatus
    from toolkit.rounds._days import Days
    from toolkit.rounds._detect import Phrase
    from toolkit.rounds._encounter import Encounter
    from toolkit.rounds._reading import RoundInput
    from toolkit.rounds._scope import Scope

BEFORE = frozenset(["planned", "proposed", "postponed"])
AFTER = frozenset(["held", "concluded", "collapsed"])
OVER = frozenset(["concluded", "collapsed"])

_BY_WEIGHT: tuple[RoundStatus, ...] = (
    "collapsed",
    "concluded",
    "under way",
    "held",
    "postponed",
    "planned",
    "proposed",
)
_BEFORE_REACH = 30
_BEHIND_REACH = 60
_WORDS = re.compile(r"[\w'’-]+")
_PURPOSE = frozenset(["at", "on", "for", "of", "about", "toward", "towards", "into", "by", "not", "without", "never"])
_WISHING = frozenset(["proposed", "proposes", "suggested", "asked", "urged", "offered", "demanded", "insisted"])
_FUTURE = frozenset(["will", "would", "shall", "to", "'ll"])
_POSSIBLE = frozenset(["could", "may", "might", "should", "can"])
_OPEN_QUESTION = re.compile(r"\b(?:whether|if)\b")
_LATER = re.compile(r"\b(?:later (?:this|in)|next|coming)\b")
_UPCOMING = re.compile(r"\b(?:ahead of|on the eve of|in the run-up to|in advance of)\s*$")


@dataclass(frozen=True, slots=True)
class Cue:
    """The status that a clause gives to talks, and whether they are said to be taken up again."""

    status: RoundStatus | None = None
    resumes: bool = False


def cue_of(reading: RoundInput, phrase: Phrase, scope: Scope) -> Cue:
    """Return what the nearest cue of the clause says of the status of the talks."""
    if phrase.head == "met":
        return Cue(_of_verb(reading, phrase, scope))
    nearest: tuple[int, str, str] | None = None
    for side, (start, end) in (("left", scope.left), ("right", scope.right)):
        for match in statuses()[0].finditer(reading.text, start, end):
            status = _meant(reading.text, match, start)
            distance = phrase.start - match.end() if side == "left" else match.start() - phrase.end
            reach = _BEFORE_REACH if side == "left" and not _occasion(reading, phrase) else _BEHIND_REACH
            if status and distance <= reach and (nearest is None or distance < nearest[0]):
                nearest = (distance, status, match.group().lower())
    if nearest is None:
        return Cue(_from_modifiers(phrase) or _from_opener(reading, phrase, scope))
    if phrase.relation == "next" and nearest[1] not in {"postponed", "collapsed", "proposed"}:
        return Cue("planned", resumes=False)
    return Cue(cast("RoundStatus", nearest[1]), any(word in nearest[2] for word in talks("resuming")))


def _occasion(reading: RoundInput, phrase: Phrase) -> bool:
    """Tell whether a phrase names what a meeting is for, its verb standing farther off: "will host X for talks"."""
    return reading.text[max(0, phrase.start - 5) : phrase.start].rstrip().endswith(" for")


def _of_verb(reading: RoundInput, phrase: Phrase, scope: Scope) -> RoundStatus:
    """Return what the form of a verb of meeting says: "met", "is due to meet", "have been meeting", "may meet"."""
    before = _WORDS.findall(reading.text[scope.left[0] : phrase.start])[-4:]
    verb = phrase.noun.split()[0]
    if verb.endswith("ing"):
        return "under way" if {"is", "are", "was", "were", "been"} & set(before) else "held"
    if verb in {"met", "sat"} or verb.endswith("ed"):
        return "held"
    lead = reading.text[reading.sentences[phrase.sentence][0] : scope.left[0]]
    if verb == "meet" and scope.opener == "that" and _WISHING & set(_WORDS.findall(lead)):
        return "proposed"
    wished = {"wants", "wanted", "want", "urged", "offered", "refused", "ready", "willing", "proposed", "for"}
    return "proposed" if (_POSSIBLE | wished) & set(before) else "planned"


def _from_modifiers(phrase: Phrase) -> RoundStatus | None:
    """Return what adjectives say: "the planned talks", "a possible meeting", "the stalled negotiations"."""
    for word in phrase.modifiers:
        if plain(word) in talks("prospects"):
            return "proposed"
        status = statuses()[1].get(plain(word))
        if status:
            return cast("RoundStatus", status)
    return "planned" if phrase.relation == "next" else None


def _from_opener(reading: RoundInput, phrase: Phrase, scope: Scope) -> RoundStatus | None:
    before = reading.text[max(0, phrase.start - 30) : phrase.start]
    if _UPCOMING.search(before) or (scope.opener == "before" and reading.text[slice(*scope.left)].strip()):
        return "planned"
    return None


def _meant(text: str, match: re.Match[str], start: int) -> str:
    """Return the status a cue means where it stands: "will continue" is planned, "to end the war" nothing."""
    status = statuses()[1][plain(match.group())]
    before = [word.lower() for word in _WORDS.findall(text[max(start, match.start() - 25) : match.start()])][-2:]
    if _OPEN_QUESTION.search(text, max(start, match.start() - 60), match.start()):
        return ""
    if status == "planned" and before and before[-1] in talks("wished") and plain(match.group()).startswith("to "):
        return "proposed"
    if not status or status in BEFORE or not before:
        return status
    if before[-1] in _PURPOSE or (before[-1] == "to" and status in OVER):
        return ""
    if _POSSIBLE & set(before):
        return "proposed"
    return "planned" if before[-1] in _FUTURE or before[0] in {"will", "would", "shall", "to"} else status


def status_of(encounter: Encounter, published: dt.date | None) -> RoundStatus:
    """Return the status that the cues give, held against the publication day where days are known."""
    told = {clue.status for clue in encounter.clues if clue.status is not None}
    status = next((status for status in _BY_WEIGHT if status in told), None) or _untold(encounter)
    when = _beside_publication(encounter.days, published)
    if _goes_on(encounter) and {"under way", "held"} & told and when != "after":
        return "under way"
    if when == "before" and status not in BEFORE:
        return next((s for s in ("postponed", "planned") if s in told), "planned")
    if encounter.days and _LATER.search(encounter.days.text) and status not in OVER:
        return status if status in BEFORE else "planned"
    if when == "now" and not told and encounter.days and published and _lasts(encounter.days, published):
        return "planned" if encounter.days.known[0] >= published.toordinal() else "under way"
    if when == "after" and status not in AFTER:
        return "postponed" if status == "postponed" else "held"
    return status


def _untold(encounter: Encounter) -> RoundStatus:
    relations = {clue.phrase.relation for clue in encounter.clues}
    if "next" in relations:
        return "planned"
    return "under way" if "current" in relations and "previous" not in relations else "held"


def _lasts(days: Days, published: dt.date) -> bool:
    return days.dated and days.precision in {"day", "week"} and days.known[1] > published.toordinal()


def _goes_on(encounter: Encounter) -> bool:
    return any(clue.continued for clue in encounter.clues)


def _beside_publication(days: Days | None, published: dt.date | None) -> str | None:
    """Return whether the days lie wholly "before", "now" at or wholly "after" publication, seen from the encounter."""
    if days is None or (days.dated and published is None):
        return None
    today = published.toordinal() if days.dated and published else 0
    first, last = days.known
    if first > today:
        return "before"
    if last < today:
        return "after" if days.last is not None else None
    return "now"
