"""Cues of attribution: which word forms announce a statement, with what force, and what may follow them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from toolkit.lexicon.lexicon import derived
from toolkit.lexicon.wordlists import load

if TYPE_CHECKING:
    from collections.abc import Sequence

_VOWELS = "aeiou"


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue in one of its forms, as lower-case words; ``fixed`` ones ("according to") stand before their source."""

    words: tuple[str, ...]
    force: str | None
    takes: Literal["clause", "object", "quotation", "characterisation"]
    participle: bool
    fixed: bool = False


@derived
def by_first_word() -> dict[str, tuple[Cue, ...]]:
    """Return every form of every cue under its first word, longest first."""
    found: dict[str, dict[tuple[str, ...], Cue]] = {}
    for group in load("cues")["group"]:
        for entry in [*group["verbs"], *group.get("phrases", [])]:
            first, *rest = entry.split()
            for form in forms(first):
                _add(found, Cue((form, *rest), group["force"], group["takes"], form.endswith("ing")))
        for entry in group.get("fixed", []):
            _add(found, Cue(tuple(entry.split()), group["force"], group["takes"], participle=False, fixed=True))
    return {first: tuple(sorted(cues.values(), key=lambda cue: -len(cue.words))) for first, cues in found.items()}


def cue_in(given: Sequence[str]) -> tuple[int, Cue] | None:
    """Return the first listed cue among lower-case words and its place: a verb, a phrase or a noun ("his claim")."""
    nouns = by_noun()
    for start, word in enumerate(given):
        for cue in by_first_word().get(word, ()):
            if tuple(given[start : start + len(cue.words)]) == cue.words:
                return start, cue
        if word in nouns:
            return start, Cue((word,), nouns[word], "clause", participle=False)
    return None


@derived
def by_noun() -> dict[str, str]:
    """Return the force of each noun that tells of a statement, in the singular and plural."""
    found: dict[str, str] = {}
    for group in load("cues")["group"]:
        for noun in group.get("nouns", []):
            plural = noun[:-1] + "ies" if noun.endswith("y") and noun[-2] not in _VOWELS else noun + "s"
            found |= {noun: group["force"], plural: group["force"]}
    return found


def is_cue(word: str) -> bool:
    """Tell whether a single word is a form of a cue that takes a finite subject: "said", "warns"."""
    return any(cue.words == (word.lower(),) and not cue.participle for cue in by_first_word().get(word.lower(), ()))


@derived
def forms(verb: str) -> tuple[str, ...]:
    """Return the dictionary form of a verb and its inflected forms.

    Parameters
    ----------
    verb : str
        One word, lower-case. Irregular verbs are listed in ``toolkit/data/cues.toml``.
    """
    irregular = load("cues")["irregular"].get(verb)
    if irregular:
        return (verb, *irregular)
    if verb.endswith("ee"):
        return verb, verb + "s", verb + "d", verb + "ing"
    if verb.endswith("e"):
        return verb, verb + "s", verb + "d", verb[:-1] + "ing"
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"
    third = verb + ("es" if verb.endswith(("s", "x", "z", "ch", "sh")) else "s")
    return verb, third, verb + "ed", verb + "ing"


@derived
def forms_of(*verbs: str) -> frozenset[str]:
    """Return the forms of several verbs as one set."""
    return frozenset(form for verb in verbs for form in forms(verb))


def _add(found: dict[str, dict[tuple[str, ...], Cue]], cue: Cue) -> None:
    found.setdefault(cue.words[0], {}).setdefault(cue.words, cue)
