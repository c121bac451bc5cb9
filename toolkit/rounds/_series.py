"""The names of rounds: series, label, id."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from typing import TYPE_CHECKING

from toolkit.rounds._lexicon import talks

if TYPE_CHECKING:
    from collections.abc import Iterable

    from toolkit.rounds._encounter import Encounter

_ORDINAL_WORDS = 12
_NAMED = re.compile(
    r"[A-Z]{3,}\w*|(?:three|four|five|six|seven)-(?:party|way|nation)|[A-Z][\w.]*[–-][A-Z][\w.]*", re.ASCII
)


def series_name(parties: tuple[str, ...], form: str | None, named: str | None, year: int | None) -> str:
    """Return the name of a series: its parties or its own name, its format and its year.

    The year keeps apart two series of the same parties: talks taken up again after a year count anew.
    """
    sides = "–".join(sorted(parties)) if 1 < len(parties) <= 3 else ""
    words = [
        named or sides,
        form if form and form != "peace" and form != (named or "").lower() else "",
        "talks",
    ]
    name = " ".join(word for word in words if word)
    return f"{name}, {year}" if year else name


def own_name(encounters: list[Encounter]) -> str | None:
    """Return the name that talks go by themselves, such as "six-party" or "NAFTA", where they are called so twice."""
    words = [
        word
        for encounter in encounters
        for clue in encounter.clues
        for word in clue.phrase.modifiers
        if _NAMED.fullmatch(word)
    ]
    common = max(set(words), key=lambda word: (words.count(word), word), default=None)
    return common if common and words.count(common) > 1 else None


def label_of(ordinal: int | None, encounter: Encounter, place: str | None) -> str:
    """Return a short label such as "third round of talks, Geneva"."""
    noun = _noun(encounter)
    relation = next((c.phrase.relation for c in encounter.clues if c.phrase.relation in {"next", "previous"}), None)
    if ordinal is not None:
        noun = f"{ordinal_word(ordinal)} {noun if noun != 'talks' else 'round of talks'}"
    elif relation:
        noun = f"{relation} {noun if noun != 'talks' else 'round of talks'}"
    return f"{noun}, {place}" if place else noun


def _noun(encounter: Encounter) -> str:
    heads = [clue.phrase.head for clue in encounter.clues]
    if "round" in heads:
        return "rounds of talks" if encounter.clues[0].phrase.plural else "round of talks"
    nouns = [clue.phrase.noun for clue in encounter.clues if clue.phrase.head == "meeting"]
    return nouns[0] if nouns else ("meeting" if "met" in heads and "talks" not in heads else "talks")


def ordinal_word(number: int) -> str:
    """Return "third" for 3, "13th" for 13."""
    # The first by the alphabet, "first" of those that "initial" is among: the order of a table has no meaning.
    word = min((word for word, value in talks("ordinals").items() if value == number and word.isalpha()), default=None)
    if number <= _ORDINAL_WORDS and word is not None:
        return str(word)
    ending = "th" if number % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def identify(series: str, ordinal: int | None, day: object, evidence: tuple[str, int, int]) -> str:
    """Return a round's id: a hash of its series, its number or else its day, and the first sentence about it."""
    key = f"{series}|{day if ordinal is None else ordinal}|{evidence[0]}|{evidence[1]}"
    return hashlib.sha256(key.encode()).hexdigest()[:12]


def key_of(ordinal: int | None, evidence: tuple[str, int, int]) -> str:
    """Return what an article's round is known by, whatever else is read: a hash of its first sentence and number."""
    article, start, end = evidence
    return hashlib.sha256(f"{article}|{start}|{end}|{ordinal or ''}".encode()).hexdigest()[:12]


def told_apart(ids: Iterable[str]) -> list[str]:
    """Return ids of which no two are the same: those of rounds told of in one breath get a running number."""
    seen: Counter[str] = Counter()
    apart = []
    for each in ids:
        seen[each] += 1
        apart.append(each if seen[each] == 1 else f"{each}-{seen[each]}")
    return apart
