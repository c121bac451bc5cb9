"""Which forms of a person's name are one person, within an article and across spellings."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from toolkit.lexicon import gazetteer
from toolkit.lexicon.spelling import skeleton
from toolkit.lexicon.wordlists import words

if TYPE_CHECKING:
    from collections.abc import Sequence


GENDERED = {"male": ("Mr.", "Mr"), "female": ("Mrs.", "Ms.", "Mrs", "Ms", "Miss")}
"""Honorifics by the gender they tell."""


@dataclass(slots=True)
class Person:
    """One person of an article: the forms of the name with their counts."""

    forms: Counter[str] = field(default_factory=Counter)

    @property
    def canonical(self) -> str:
        """The most complete form; of several, the most frequent, then the first met."""
        return max(self.forms, key=lambda form: (len(form.split()), self.forms[form]))


def last_name(form: str) -> str:
    """Return the last name of a form, without "Jr." and the like."""
    names = _words(form)
    return names[-1] if names else form


def surname(form: str) -> str:
    """Return the last name of a form with its particles: "de Roos" of "Pieter de Roos"."""
    names = _words(form)
    start = len(names) - 1
    while start > 1 and names[start - 1].lower() in words("names", "particles"):
        start -= 1
    return " ".join(names[max(start, 0) :])


def _words(form: str) -> list[str]:
    return [word for word in form.split() if word.lower() not in words("grammar", "name_suffixes")]


def honorific_gender(word: str) -> str | None:
    """Return the gender that an honorific tells: "female" of "Mrs."."""
    return next((gender for gender, forms in GENDERED.items() if word in forms), None)


def group_forms(
    occurrences: Sequence[str], genders: Sequence[str | None] = (), *, aside: Sequence[bool] = ()
) -> list[Person]:
    """Return, for each occurrence of a person's name in reading order, the person meant.

    Full forms with one last name and first names that can be the same are one person. A bare last (or first) name is
    the person who bears it; where several do ("Clinton"), the one named last before it, so that namesakes stay apart.

    Parameters
    ----------
    occurrences : list of str
        Forms as written, in the order of the text.
    genders : sequence of str or None
        For each occurrence "male" or "female" where an honorific tells it: "Mrs. Clinton".
    aside : sequence of bool
        For each occurrence whether another person's kin is named ("his wife, Ana Duarte"), whom a bare name that
        follows seldom means.

    Returns
    -------
    list of Person
        As long as ``occurrences``; the same object for the same person.
    """
    people: list[Person] = []
    full: dict[str, Person] = {}
    # Forms that are compatible have one last name.
    namesakes: dict[str, list[Person]] = {}
    for form in dict.fromkeys(form for form in occurrences if len(form.split()) > 1):
        alike = namesakes.setdefault(skeleton(last_name(form)), [])
        person = next((known for known in alike if any(_compatible(form, other) for other in known.forms)), None)
        if person is None:
            person = Person()
            people.append(person)
            alike.append(person)
        person.forms[form] += 0
        full[form] = person
    found: list[Person] = []
    passed: list[Person] = []
    for i, form in enumerate(occurrences):
        gender = genders[i] if genders else None
        person = full.get(form) or _bearer(form, people, passed, gender)
        if person is None:
            person = Person()
            people.append(person)
        person.forms[form] += 1
        found.append(person)
        if not (aside and aside[i]):
            passed.append(person)
    return found


def _compatible(one: str, other: str) -> bool:
    if _ends(one, other) or _ends(other, one):
        return True
    if skeleton(last_name(one)) != skeleton(last_name(other)):
        return False
    if clashing(one, other):
        return False
    first, second = skeleton(one.split(maxsplit=1)[0]), skeleton(other.split(maxsplit=1)[0])
    return first == second or (min(len(first), len(second)) == 1 and first[0] == second[0])


def middle_initial(form: str) -> str:
    """Return the first letter between first and last name: "W" of "George W. Bush"; empty where nothing is there."""
    names = _words(form)
    return skeleton(names[1])[:1] if len(names) > 2 and names[1].lower() not in words("names", "particles") else ""


def clashing(one: str, other: str) -> bool:
    """Tell whether two forms have middle names that cannot be the same."""
    first, second = middle_initial(one), middle_initial(other)
    return bool(first and second) and first != second


def _ends(short: str, form: str) -> bool:
    """Tell whether a form of several words is the end of a longer one: "de Roos" of "Pieter de Roos"."""
    one, other = [[skeleton(word) for word in _words(text)] for text in (short, form)]
    shortened = 1 < len(one) < len(other) and other[-len(one) :] == one
    return shortened and short.split(maxsplit=1)[0] not in gazetteer.first_names()


def _bearer(form: str, people: list[Person], before: list[Person], gender: str | None) -> Person | None:
    name = skeleton(last_name(form)) if len(form.split()) > 1 else skeleton(form)
    bearers = [
        person
        for person in people
        if any(
            name == skeleton(last_name(known)) or (len(known.split()) > 1 and name == skeleton(known.split()[0]))
            for known in person.forms
        )
    ]
    bearers = _of_gender(bearers, gender) or bearers
    if len(bearers) < 2:
        return bearers[0] if bearers else None
    return next((person for person in reversed(before) if person in bearers), bearers[0])


def _of_gender(people: list[Person], gender: str | None) -> list[Person]:
    """Return the people whose first name tells a gender; where none does, those whose first name tells no other."""
    usual = {id(person): gazetteer.first_names().get(person.canonical.split(maxsplit=1)[0]) for person in people}
    told = [person for person in people if gender and usual[id(person)] == gender]
    return told or [person for person in people if gender and usual[id(person)] in {None, "either"}]
