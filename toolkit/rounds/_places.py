"""Where talks were held: a place after "in" or before the noun, the dateline's for "here", and venues."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.lexicon import gazetteer
from toolkit.lexicon.lexicon import derived
from toolkit.lexicon.wordlists import load
from toolkit.rounds._lexicon import listed, talks

if TYPE_CHECKING:
    from collections.abc import Iterable

    from toolkit.records import Span
    from toolkit.rounds._detect import Phrase
    from toolkit.rounds._reading import RoundInput
    from toolkit.rounds._scope import Scope

_NAME = r"(?:[A-Z][\w'’-]*\.?|(?:[A-Z]\.){2,})(?:[ -](?:(?:de|of|al|el|la|on|bin)[ -])?[A-Z][\w’'-]*){0,3}"
_IN = re.compile(
    rf"\b(?:in|at|near|outside|to)\s+(?:the\s+)?(?:(?:north|south|east|west|central)\w*\s+)?"
    rf"(?:(?:[A-Za-z-]+\s+){{1,2}}(?:city|capital|town|resort|port)(?:\s+city)?\s+(?:of\s+)?)?({_NAME})"
)
_BUILDING = "Palace|Hotel|Castle|House|Hall|Villa|Resort|Residence|Headquarters|Centre|Center|Palais|Embassy|Club|Manor"
_VENUE = re.compile(rf"\b(?:at|in|inside)\s+(?:the\s+|a\s+)?((?:[A-Z][\w'’-]*\s+){{1,4}}(?:{_BUILDING}))\b")
_BUILDING_ENDS = re.compile(rf"\b(?:{_BUILDING})$")
_BUILDING_FOLLOWS = re.compile(rf"\s+(?:{_BUILDING})\b")
_DATELINE = re.compile(r"\s*([A-Z][A-Z .’'-]{2,30}?)(?:,[^\n(—–-]{0,40})?\s*(?:\([^)\n]{2,30}\))?\s*(?:--?|—|–)\s")
_PLACES = frozenset(["city", "region", "state", "metonym"])
_AT = re.compile(r"\bat\s+(?:the\s+)?$")
_FOR = re.compile(r"\bfor\s+$")
_FARTHEST = 14
_BUILDING_REACH = 20
_HERE = re.compile(r"\bhere\b")
_ARRIVING = re.compile(r"\b(?:arriv|travel|moved?\b|return|fl[ey]w?|gather|converg|meet|met\b|head|came|come)")


def find_place(reading: RoundInput, phrase: Phrase, scope: Scope) -> str | None:
    """Return the place that the clause of a phrase names, or None."""
    behind = _named(reading, scope.right)
    if behind:
        return behind
    own = _modifier_place(phrase)
    if own:
        return own
    before = _named(reading, scope.left)
    if before:
        return before
    if _HERE.search(reading.text, *scope.span):
        return dateline_place(reading)
    return None


def places_in(reading: RoundInput, span: Span) -> list[tuple[Span, str]]:
    """Return the places named in a stretch, in order, each with its span."""
    found = []
    for match in _IN.finditer(reading.text, *span):
        name = _trimmed(match.group(1))
        if is_place(name) and _stands_for_place(reading, match, name, span):
            found.append(((match.start(), match.start(1) + len(name)), name))
    return found


def state_of(place: str) -> str | None:
    """Return the state that a place is or lies in, as far as it is listed."""
    entry = gazetteer.lookup(place)
    name = entry.name if entry else place
    return talks("states_of_cities").get(name) or (name if entry and entry.category in {"state", "metonym"} else None)


def reported_from(reading: RoundInput, sides: Iterable[str]) -> str | None:
    """Return the dateline's place where it is no capital of a side: reporters travel to talks held abroad."""
    place = dateline_place(reading)
    entry = gazetteer.lookup(place) if place else None
    if place is None or entry is None or entry.category not in _PLACES or entry.name in sides:
        return None
    return place


def dateline_place(reading: RoundInput) -> str | None:
    """Return the place of an article's dateline ("KYIV, Feb 5 (Reuters) -"), or None."""
    match = _dateline(reading)
    if match is None:
        return None
    entry = gazetteer.lookup(match.group(1).strip())
    return match.group(1).strip().title() if entry is None else _title(match.group(1).strip())


def behind_dateline(reading: RoundInput, position: int) -> bool:
    """Tell whether a character stands behind the dateline, whose day and place are those of the report."""
    match = _dateline(reading)
    return match is None or position >= match.end()


def _dateline(reading: RoundInput) -> re.Match[str] | None:
    matches = (_DATELINE.match(reading.text, start, end) for start, end in reading.sentences[:4])
    return next(filter(None, matches), None)


def find_venue(reading: RoundInput, scope: Scope) -> str | None:
    """Return a building named in the clause, such as a hotel or palace, or None."""
    match = _VENUE.search(reading.text, *scope.span)
    return match.group(1) if match else None


def is_ground(reading: RoundInput, span: Span) -> bool:
    """Tell whether a name may be that of a place: not of a building, nor of a capital that one speaks "for".

    One is "in" a town and "at" a palace, where no list knows the name.
    """
    start, end = span
    before = reading.text[max(0, start - _BUILDING_REACH) : start]
    if _FOR.search(before) or (_AT.search(before) and not is_place(reading.text[start:end])):
        return False
    near = reading.text[max(0, end - _BUILDING_REACH) : end]
    return not (_BUILDING_ENDS.search(near) or _BUILDING_FOLLOWS.match(reading.text, end))


def is_place(name: str) -> bool:
    """Tell whether a name is listed as a city, a region, a capital or a state."""
    entry = gazetteer.lookup(name)
    listed_place = entry is not None and entry.category in _PLACES and name[0].isupper()
    return listed_place or name in talks("states_of_cities")


def _named(reading: RoundInput, span: Span) -> str | None:
    found: list[tuple[int, str]] = []
    for match in _IN.finditer(reading.text, *span):
        name = _trimmed(match.group(1))
        far = len(reading.text[span[0] : match.start()].split()) > _FARTHEST
        if far or match.group(1).endswith(("'s", "’s")):
            continue
        if _stands_for_place(reading, match, name, span):
            found.append((_grade(name), name))
    return min(found, key=lambda pair: pair[0])[1] if found else None


def _stands_for_place(reading: RoundInput, match: re.Match[str], name: str, span: Span) -> bool:
    start = match.start(1)
    if reading.time_at(start):
        return False
    if _VENUE.match(reading.text, match.start()) and not is_place(name):
        return False
    mention = reading.mention_at(start)
    actor = reading.actor(mention.actor) if mention else None
    if actor is not None and actor.kind in {"person", "organisation"} and not is_place(name):
        return False
    before = reading.text[span[0] : match.start()].split()
    previous = before[-1].lower().strip(",") if before else ""
    if match.group().startswith("to ") and not _ARRIVING.search(
        reading.text, max(span[0], match.start() - 30), match.start()
    ):
        return False
    if previous in talks("place")["topics"]:
        return False
    return is_place(name) or not before or previous in talks("talks")


def _grade(name: str) -> int:
    entry = gazetteer.lookup(name)
    if entry is None:
        return 2
    return {"city": 0, "metonym": 0, "region": 1}.get(entry.category, 3)


def _modifier_place(phrase: Phrase) -> str | None:
    """Return the place in "the Geneva talks"; a state there, or with a possessive a city, is a party instead."""
    words = [word for word in phrase.modifiers if word.lower() not in listed("determiners")]
    names = [" ".join(words[i:j]) for i in range(len(words)) for j in range(i + 1, min(i + 3, len(words)) + 1)]
    for name in sorted(names, key=len, reverse=True):
        entry = gazetteer.lookup(name)
        if entry and name[0].isupper() and entry.category == "city":
            return name
        if entry and phrase.noun in {"summit", "conference"} and len(names) == 1 and entry.category in _PLACES:
            return name
        if name in _capitals() and name.split()[-1] == next((w for w in reversed(words) if w[0].isupper()), ""):
            return name
    return None


@derived
def _capitals() -> frozenset[str]:
    """Return the seats of government: "the Moscow talks" were there, "the White House talks" with whom it names."""
    return frozenset(state["capital"] for state in load("states")["state"])


def _trimmed(name: str) -> str:
    """Cut a name at the first listed place it begins with; drop a possessive."""
    words = name.removesuffix("'s").removesuffix("’s").split()
    for size in range(len(words), 0, -1):
        first = " ".join(words[:size]).rstrip(",")
        form = first if is_place(first) else first.rstrip(".")
        if is_place(form):
            return form
    return " ".join(words).rstrip(".,")


def _title(name: str) -> str:
    return name if name.isupper() and len(name) <= 3 else name.title()
