"""The parts of a person's name: first, middle and last name, particles, honorifics."""

from __future__ import annotations

import re

from toolkit.lexicon.spelling import skeleton
from toolkit.lexicon.wordlists import words

_ARTICLE = re.compile(r"^(?:al|el|ul)[-‑](?=\w)", re.IGNORECASE)
GENDERED = {"male": ("Mr.", "Mr"), "female": ("Mrs.", "Ms.", "Mrs", "Ms", "Miss")}
"""Honorifics by the gender they tell."""


def last_name(form: str) -> str:
    """Return the last name of a form, without "Jr." and the like."""
    names = name_words(form)
    return names[-1] if names else form


def last_key(form: str) -> str:
    """Return a last name as it is compared, without the article that may be left out: "al-Sadri" and "Sadri"."""
    return skeleton(_ARTICLE.sub("", last_name(form)) or form)


def surname(form: str) -> str:
    """Return the last name of a form with its particles: "de Roos" of "Pieter de Roos"."""
    names = name_words(form)
    start = len(names) - 1
    while start > 1 and names[start - 1].lower() in words("names", "particles"):
        start -= 1
    return " ".join(names[max(start, 0) :])


def name_words(form: str) -> list[str]:
    """Return the words of a form without "Jr." and the like."""
    return [word for word in form.split() if word.lower() not in words("grammar", "name_suffixes")]


def name_suffix(form: str) -> str:
    """Return the "jr" of "Paulo Reis Jr.", without its full stop; empty where there is none."""
    last = form.rsplit(maxsplit=1)[-1].lower() if form.strip() else ""
    return last.rstrip(".") if last in words("grammar", "name_suffixes") else ""


def honorific_gender(word: str) -> str | None:
    """Return the gender that an honorific tells: "female" of "Mrs."."""
    return next((gender for gender, forms in GENDERED.items() if word in forms), None)


def middle_initial(form: str) -> str:
    """Return the first letter between first and last name: "W" of "George W. Bush"; empty where nothing is there."""
    names = name_words(form)
    return skeleton(names[1])[:1] if len(names) > 2 and names[1].lower() not in words("names", "particles") else ""
