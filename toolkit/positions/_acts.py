"""Which words carry which act, by the word lists in force."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from toolkit.lexicon.lexicon import derived
from toolkit.lexicon.wordlists import load

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from toolkit.records import Act, Stance

AGAINST, OPEN = frozenset(["rejects", "withdraws"]), frozenset(["considers"])


class ActWord(NamedTuple):
    """A word of a list with what follows it, and the act that it carries."""

    words: tuple[str, ...]
    act: Act


@derived
def verbs() -> dict[str, tuple[ActWord, ...]]:
    """Return the verbs by their dictionary form, those with more words first."""
    return _by_first("verbs")


@derived
def adjectives() -> dict[str, tuple[ActWord, ...]]:
    """Return the adjectives that stand behind "be"."""
    return _by_first("adjectives")


@derived
def nouns() -> dict[str, tuple[ActWord, ...]]:
    """Return the nouns by their dictionary form."""
    return _by_first("nouns")


def stance_of(act: str) -> Stance:
    """Return the stance that goes with an act."""
    return "against" if act in AGAINST else "open" if act in OPEN else "for"


def denied(act: str) -> Act | None:
    """Return what an act is where it is denied, None where that says nothing."""
    found: Act | None = load("positions")["denied"].get(act)
    return found


def fitting(listed: Sequence[ActWord], behind: Collection[str]) -> ActWord | None:
    """Return the longest of some entries whose further words all stand behind the first."""
    return next((one for one in listed if set(one.words[1:]) <= set(behind)), None)


def _by_first(kind: str) -> dict[str, tuple[ActWord, ...]]:
    found: dict[str, list[ActWord]] = {}
    for group in load("positions")["act"]:
        for entry in group.get(kind, ()):
            words = tuple(entry.split())
            found.setdefault(words[0], []).append(ActWord(words, group["act"]))
    return {first: tuple(sorted(entries, key=lambda one: -len(one.words))) for first, entries in found.items()}
