"""Patterns built from the word lists of talks."""

from __future__ import annotations

import re
from typing import Any

from toolkit.lexicon.lexicon import derived
from toolkit.lexicon.wordlists import alternatives, load

STATUSES = ("collapsed", "postponed", "concluded", "under way", "planned", "proposed", "held")


def talks(key: str) -> Any:
    """Return one list or table of ``toolkit/data/talks.toml``."""
    return load("talks")[key]


@derived
def listed(key: str) -> frozenset[str]:
    """Return one flat list of ``talks.toml`` as a set."""
    return frozenset(talks(key))


@derived
def pattern(key: str, *path: str) -> re.Pattern[str]:
    """Return a pattern for the entries of a list: any case, longest first, a space also standing for a hyphen."""
    value = talks(key)
    for name in path:
        value = value[name]
    return alternation(tuple(value))


@derived
def alternation(entries: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern that matches the longest of several phrases, as whole words."""
    parts = alternatives(entries).replace(r"\ ", r"[\s-]+").replace("'", "['’]")
    return re.compile(rf"(?<![\w-])(?:{parts})(?![\w-])", re.IGNORECASE)


@derived
def statuses() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return one pattern for all status cues, and the status of each cue ("" for what only looks like one)."""
    meaning = {plain(cue): status for status in STATUSES for cue in talks("status")[status]}
    blanks = dict.fromkeys(map(plain, talks("not_status")), "")
    return alternation((*meaning, *blanks)), meaning | blanks


def plain(text: str) -> str:
    """Return a phrase in the one form that phrases are looked up by."""
    return re.sub(r"[\s-]+", " ", text.lower().replace("’", "'"))


@derived
def meanings(key: str) -> dict[str, Any]:
    """Return a table of ``talks.toml`` by the plain form of its entries."""
    return {plain(entry): value for entry, value in talks(key).items()}


@derived
def goes_on() -> frozenset[str]:
    """Return the words after a comma or "that" which still speak of the same talks: "…, which opened on Monday"."""
    verbs = {entry.split()[0] for entries in talks("bounds").values() for entry in entries}
    return frozenset(verbs) | frozenset(talks("scope")["goes_on"])


@derived
def track_words() -> dict[str, str]:
    """Return the words that name a track, with the track's name."""
    return {plain(word): name for name, forms in talks("tracks").items() for word in forms}
