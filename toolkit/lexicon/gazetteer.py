"""What the word lists say a name is: states and their peoples, bodies, places, titles.

Lookups are by the form as written (``US`` is a state, ``us`` is not); forms in capitals are tried in title case too,
for headlines and datelines.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from toolkit.lexicon.lexicon import derived
from toolkit.lexicon.wordlists import load, words

if TYPE_CHECKING:
    from collections.abc import Iterator

Category = Literal["state", "metonym", "adjective", "people", "organisation", "city", "region"]

LABELS: dict[Category, str] = {
    "state": "GPE",
    "metonym": "GPE",
    "adjective": "NORP",
    "people": "NORP",
    "organisation": "ORG",
    "city": "GPE",
    "region": "LOC",
}
"""The entity label, as ``en_core_web_*`` gives it, of each category of the lists."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One form of the lists: what it is, and the full name it stands for.

    ``body`` is the seat of government that speaks for a state ("the Kremlin"), ``kind`` an organisation's: news, body
    or platform.
    """

    category: Category
    name: str
    ambiguous: bool = False
    body: str | None = None
    kind: str | None = None


@derived
def entries() -> dict[str, Entry]:
    """Return every listed form with its entry; of two lists that share a form the first in reading order wins."""
    found: dict[str, Entry] = {}
    for form, entry in (*_states(), *_seats(), *_organisations()):
        found.setdefault(form, entry)
    places: tuple[tuple[Category, str], ...] = (("region", "regions"), ("city", "cities"))
    for category, key in places:
        for form in load("names")[key]:
            found.setdefault(form, Entry(category, form))
    return {_without_article(form): entry for form, entry in found.items()}


def _states() -> Iterator[tuple[str, Entry]]:
    keys: tuple[tuple[Category, str], ...] = (
        ("metonym", "metonyms"),
        ("adjective", "adjectives"),
        ("people", "people"),
    )
    for state in load("states")["state"]:
        for form in [state["name"], *state["aliases"]]:
            yield form, Entry("state", state["name"], state.get("ambiguous", False))
    for state in load("states")["state"]:
        for category, key in keys:
            for form in state[key]:
                yield form, Entry(category, state["name"])


def _seats() -> Iterator[tuple[str, Entry]]:
    for state in load("states")["state"]:
        for seat, forms in state.get("seats", {}).items():
            for form in (seat, *forms):
                yield form, Entry("metonym", state["name"], body=seat)


def _organisations() -> Iterator[tuple[str, Entry]]:
    for body in load("names")["organisations"]:
        for form in [body["name"], *body["aliases"]]:
            yield form, Entry("organisation", body["name"], kind=body["kind"])


def lookup(form: str) -> Entry | None:
    """Return the entry of a form as written, or None."""
    form = _without_article(form)
    entry = entries().get(form)
    if entry is None and len(form) > 3 and form.isupper():
        entry = entries().get(form.title())
    return entry


@derived
def longest_form() -> int:
    """Return the number of words of the longest listed form."""
    return max(len(form.split()) for form in entries())


@derived
def first_names() -> dict[str, str]:
    """Return the listed first names with their usual gender: "male", "female" or "either"."""
    names = load("names")["first_names"]
    return {name: gender for gender in ("female", "male", "either") for name in names[gender]}


def is_role(word: str) -> bool:
    """Tell whether a word is a role that stands before a name: "president", "negotiators"."""
    return word.lower().rstrip(".") in _roles()


def is_honorific(word: str) -> bool:
    """Tell whether a word is an honorific: "Mr.", "Dr."."""
    return word.lower().rstrip(".") in _honorifics()


def same_word(word: str) -> str:
    """Return the word that stands for all that tell the same of a person or body: "nominee" for "candidate"."""
    return _same_words().get(word, word)


@derived
def _same_words() -> dict[str, str]:
    return {word: first for first, others in load("names")["same_word"].items() for word in others}


@derived
def _roles() -> frozenset[str]:
    last_words = {title.split()[-1] for title in words("names", "person_titles")}
    return frozenset(word.rstrip(".") for word in last_words | words("names", "role_nouns"))


@derived
def _honorifics() -> frozenset[str]:
    return frozenset(word.rstrip(".") for word in words("names", "honorifics"))


def _without_article(form: str) -> str:
    return form[4:] if form[:4] in {"the ", "The "} else form
