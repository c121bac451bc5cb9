"""Which phrases speak of one encounter.

Phrases are taken in reading order. A number, a day or a place decides first; then words that set an encounter beside
another ("next", "previous", "new"); a bare "the talks" goes to the encounter last spoken of. One of several rounds told
of together is placed by its number or its days alone. Nothing is joined that clashes in number, place or days.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.rounds._days import overlap
from toolkit.rounds._encounter import Encounter, agrees, clashes, same_place, stage_of
from toolkit.rounds._lexicon import listed
from toolkit.rounds._status import BEFORE
from toolkit.rounds._told import SAME
from toolkit.rounds._tracks import is_weak

if TYPE_CHECKING:
    from toolkit.rounds._clues import Clues
    from toolkit.rounds._reading import RoundInput

_NEAR = 3
_COMPARING = frozenset(["as", "like", "unlike"])


def chain(reading: RoundInput, clues: list[Clues]) -> list[Encounter]:
    """Group clues, in reading order, into encounters; clues that speak of none in particular are left out."""
    encounters: list[Encounter] = []
    recent: list[Encounter] = []
    for clue in clues:
        target = _target(clue, recent) or _as_read(reading, clue, recent)
        if target is None and (_told_of(clue, encounters) or _opens(clue, encounters)):
            target = Encounter()
            encounters.append(target)
        if target is not None:
            _imply(clue, target, recent)
            target.add(clue)
            others = [e for e in recent if e is not target]
            recent = [*others, target] if clue.scope.opener in _COMPARING else [target, *others]
    return _one_at_a_time(encounters)


def _as_read(reading: RoundInput, clue: Clues, recent: list[Encounter]) -> Encounter | None:
    """Return the encounter that a clue is of by the learned reader, where rules are not against it."""
    if clue.told is None or clue.phrase.plural:
        return None
    fitting = [e for e in recent if not clashes(e, clue) and not e.clues[0].phrase.plural]
    best = max(fitting, key=lambda e: _alike(reading, clue.told, e), default=None)
    return best if best and _alike(reading, clue.told, best) >= SAME else None


def _alike(reading: RoundInput, phrase: int | None, encounter: Encounter) -> float:
    known = [clue.told for clue in encounter.clues if clue.told is not None]
    return max((reading.told.alike(one, phrase) for one in known), default=0.0) if phrase is not None else 0.0


def _told_of(clue: Clues, encounters: list[Encounter]) -> bool:
    """Tell whether the reader's phrase is enough to speak of an encounter of its own."""
    if clue.told is None or clue.phrase.plural:
        return False
    return clue.concrete or not encounters or (clue.phrase.head == "met" and len(clue.sides) > 1)


def _one_at_a_time(encounters: list[Encounter]) -> list[Encounter]:
    """Join two encounters that are both going on at one place: their numbers are a slip of the article's."""
    kept: list[Encounter] = []
    for encounter in encounters:
        same = next((e for e in kept if _both_going_on(e, encounter)), None)
        if same is None:
            kept.append(encounter)
            continue
        for clue in encounter.clues:
            same.add(clue)
        same.clues.sort(key=lambda clue: clue.phrase.start)
        numbers = [clue.phrase.ordinal for clue in same.clues if clue.phrase.ordinal]
        same.ordinal = max(numbers, key=numbers.count, default=None)
        same.numbers = tuple(dict.fromkeys(numbers))
    return kept


def _both_going_on(one: Encounter, other: Encounter) -> bool:
    if not (one.going_on and other.going_on and one.place and other.place and same_place(one.place, other.place)):
        return False
    return not (one.days and other.days and overlap(one.days, other.days, slack=_NEAR) is False)


def _imply(clue: Clues, target: Encounter, recent: list[Encounter]) -> None:
    """Set the number that a place beside a numbered round implies: "the next round" after the second is the third."""
    relation = "previous" if _one_before(clue, recent) else clue.phrase.relation
    step = {"next": 1, "previous": -1}.get(relation or "", 0)
    beside = next((e.ordinal for e in recent if e is not target and e.ordinal is not None), None)
    if step and beside and target.ordinal is None and clue.phrase.head == "round" and not clue.phrase.plural:
        target.implied = beside + step or None


def _target(clue: Clues, recent: list[Encounter]) -> Encounter | None:
    """Return the encounter a clue speaks of, of those spoken of so far (the last first), or None."""
    phrase = clue.phrase
    fitting = [e for e in recent if not clashes(e, clue)]
    if clue.listed:
        return _listed(clue, fitting)
    if phrase.plural:
        return _several(clue, fitting)
    fitting = [e for e in fitting if not e.clues[0].phrase.plural]
    if clue.identifies and recent and recent[0] in fitting and recent[0].ordinal is None:
        return recent[0]
    if phrase.number is not None:
        return _numbered(clue, fitting)
    if phrase.head != "meeting" and (phrase.relation in {"next", "previous", "new"} or _one_before(clue, recent)):
        return _related(clue, fitting, recent)
    agreeing = next((e for e in fitting if agrees(e, clue)), None)
    return agreeing or _by_noun(clue, fitting)


def _listed(clue: Clues, fitting: list[Encounter]) -> Encounter | None:
    """Place one of several rounds told of together: by its number or its days alone."""
    number = clue.phrase.number
    fitting = [e for e in fitting if not e.clues[0].phrase.plural]
    known = [e for e in fitting if number is not None and number == (e.ordinal or e.implied)]
    dated = [e for e in fitting if clue.days and e.days and overlap(clue.days, e.days, slack=0)]
    return next(iter([*known, *dated]), None)


def _by_noun(clue: Clues, fitting: list[Encounter]) -> Encounter | None:
    """Place a phrase that nothing but its noun tells of."""
    if clue.phrase.relation == "current" and clue.phrase.head == "round":
        return max(fitting, key=lambda e: len(e.clues), default=None)
    if clue.phrase.head == "met":
        return None
    return _same_meeting(clue, fitting) if clue.phrase.head == "meeting" else _unmarked(clue, fitting)


def _several(clue: Clues, fitting: list[Encounter]) -> Encounter | None:
    """Place several rounds told of together; "the Geneva meetings" may be the one round spoken of there."""
    plural = [e for e in fitting if e.clues[0].phrase.plural]
    at_hand = clue.phrase.definite and clue.phrase.relation is None
    return next((e for e in (*plural, *fitting) if e in plural or (at_hand and agrees(e, clue))), None)


def _numbered(clue: Clues, fitting: list[Encounter]) -> Encounter | None:
    same = [e for e in fitting if (e.ordinal or e.implied) == clue.phrase.number]
    if same:
        return same[0]
    unnumbered = [e for e in fitting if e.ordinal is None and e.implied is None]
    return next((e for e in unnumbered if agrees(e, clue) or (_close(e, clue) and not e.nouns & _events())), None)


def _events() -> frozenset[str]:
    """Return the nouns and verbs of single events, which a number speaks of only where days or place agree."""
    return listed("meetings") | listed("meet_verbs")


def _one_before(clue: Clues, recent: list[Encounter]) -> bool:
    """Tell whether "the last round", told of as over, is the one before a numbered round that is not over yet."""
    if clue.phrase.relation != "latest" or clue.phrase.head != "round" or stage_of(clue) not in {"after", "over"}:
        return False
    numbered = next((e for e in recent if e.ordinal is not None), None)
    return numbered is not None and numbered.stage in {"before", "now", None} and not agrees(numbered, clue)


def _related(clue: Clues, fitting: list[Encounter], recent: list[Encounter]) -> Encounter | None:
    relation = clue.phrase.relation
    if relation == "next":
        return next((e for e in fitting if e.stage == "before"), None)
    if relation == "new":
        known = [e for e in fitting if agrees(e, clue) or e.stage in {"before", "now"}]
        return next(iter(known), fitting[0] if fitting and clue.phrase.definite and _close(fitting[0], clue) else None)
    numbered = next((e.ordinal for e in recent if e.ordinal is not None), None)
    if numbered is not None and clue.phrase.head == "round":
        return next((e for e in fitting if (e.ordinal or e.implied) == numbered - 1), None)
    return next((e for e in fitting if agrees(e, clue) and e.stage in {"after", "over"}), None)


def _same_meeting(clue: Clues, fitting: list[Encounter]) -> Encounter | None:
    noun = clue.phrase.noun
    same = [e for e in fitting if noun in e.nouns]
    if clue.phrase.definite:
        met = [e for e in fitting if e.clues[0].phrase.head in {"met", "meeting"}]
        others = met if noun in {"summit", "conference"} else [*met, *fitting]
        return same[0] if same else next((e for e in others if not clue.days), None)
    return next((e for e in same if not clue.days and _close(e, clue)), None)


def _unmarked(clue: Clues, fitting: list[Encounter]) -> Encounter | None:
    """Place "the talks": with the encounter last spoken of, if that leaves nothing contradicted."""
    talks = sorted((e for e in fitting if e.clues[0].phrase.head != "met" or _just_before(e, clue)), key=_aside)
    broke_off = clue.status == "collapsed" and not clue.phrase.definite
    loose = is_weak(clue.phrase.noun) and not clue.phrase.definite
    if (
        not talks
        or loose
        or broke_off
        or (clue.phrase.modifiers and clue.phrase.modifiers[0].lower() in {"his", "her"})
    ):
        return None
    if clue.resumes and clue.status == "planned":
        return next((e for e in talks if e.stage == "before"), None)
    if clue.days or clue.place:
        return talks[0] if _lacks(talks[0], clue) and (clue.phrase.definite or _close(talks[0], clue)) else None
    telling = clue.status or clue.duration or clue.phrase.day or clue.phrase.definite
    return talks[0] if telling else None


def _just_before(encounter: Encounter, clue: Clues) -> bool:
    return clue.phrase.sentence - encounter.clues[-1].phrase.sentence <= 1


def _aside(encounter: Encounter) -> bool:
    """Tell whether an encounter is spoken of only beside another: the next one, the previous one."""
    return encounter.clues[0].phrase.relation in {"next", "previous"} or encounter.clues[0].resumes


def _lacks(encounter: Encounter, clue: Clues) -> bool:
    return not (clue.days and encounter.days) and not (clue.place and encounter.place)


def _close(encounter: Encounter, clue: Clues) -> bool:
    return abs(encounter.clues[-1].phrase.sentence - clue.phrase.sentence) <= _NEAR


def _opens(clue: Clues, encounters: list[Encounter]) -> bool:
    """Tell whether a phrase is enough to speak of an encounter of its own."""
    phrase = clue.phrase
    if clue.listed:
        return phrase.head != "meeting" or _is_meeting(clue)
    if phrase.plural or phrase.head == "met":
        return clue.days is not None
    if phrase.head == "round":
        return _is_round(clue, encounters)
    if phrase.head == "meeting":
        return _is_meeting(clue)
    if clue.status == "proposed" and not clue.place:
        return False
    if is_weak(phrase.noun):
        return clue.days is not None and (clue.place is not None or len(clue.sides) > 1)
    return clue.concrete or clue.status == "collapsed" or (clue.resumes and clue.status == "planned")


def _is_round(clue: Clues, encounters: list[Encounter]) -> bool:
    """Tell whether a round is told of by itself; "the first" may be anything, "at the first" is an occasion."""
    phrase = clue.phrase
    if phrase.noun == "one":
        return phrase.definite or bool(clue.days or clue.place) or clue.status in BEFORE
    bare = phrase.noun == "round alone" and not (phrase.ordinal or phrase.relation)
    return clue.concrete if bare else phrase.day is None or not encounters


def _is_meeting(clue: Clues) -> bool:
    """Tell whether a meeting or summit is one of sides that negotiate, with a day, a place or a proposal behind it."""
    level = clue.form
    summit = clue.phrase.noun in {"summit", "conference"} and clue.phrase.sentence == 0 and clue.days is not None
    levels = {"leaders", "ministerial", "bilateral", "trilateral"}
    sided = len(clue.sides) > 1 or clue.leading or summit or level in levels
    return sided and (clue.concrete or clue.status in {"proposed", "planned"} or len(clue.sides) > 1)
