"""Which forms of a person's name are one person, within an article and across spellings."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from toolkit.spelling import skeleton
from toolkit.wordlists import words


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
    names = [word for word in form.split() if word.lower() not in words("grammar", "name_suffixes")]
    return names[-1] if names else form


def group_forms(occurrences: list[str]) -> list[Person]:
    """Return, for each occurrence of a person's name in reading order, the person meant.

    Full forms with one last name and first names that can be the same are one person. A bare last (or first) name is
    the person who bears it; where several do ("Clinton"), the one named last before it, so that namesakes stay apart.

    Parameters
    ----------
    occurrences : list of str
        Forms as written, in the order of the text.

    Returns
    -------
    list of Person
        As long as ``occurrences``; the same object for the same person.
    """
    people: list[Person] = []
    full: dict[str, Person] = {}
    for form in dict.fromkeys(form for form in occurrences if len(form.split()) > 1):
        person = next((known for known in people if any(_compatible(form, other) for other in known.forms)), None)
        if person is None:
            person = Person()
            people.append(person)
        person.forms[form] += 0
        full[form] = person
    found: list[Person] = []
    for form in occurrences:
        person = full.get(form) or _bearer(form, people, found)
        if person is None:
            person = Person()
            people.append(person)
        person.forms[form] += 1
        found.append(person)
    return found


def _compatible(one: str, other: str) -> bool:
    if skeleton(last_name(one)) != skeleton(last_name(other)):
        return False
    first, second = skeleton(one.split(maxsplit=1)[0]), skeleton(other.split(maxsplit=1)[0])
    return first == second or (min(len(first), len(second)) == 1 and first[0] == second[0])


def _bearer(form: str, people: list[Person], before: list[Person]) -> Person | None:
    name = skeleton(form)
    bearers = [
        person
        for person in people
        if any(
            name == skeleton(last_name(known)) or (len(known.split()) > 1 and name == skeleton(known.split()[0]))
            for known in person.forms
        )
    ]
    if len(bearers) < 2:
        return bearers[0] if bearers else None
    return next((person for person in reversed(before) if person in bearers), bearers[0])
