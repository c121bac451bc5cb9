"""Which forms of a person's name are one person, within an article and across spellings.

Each form is looked up by what it must share with the forms of the same person, so that no form is held against all
others: last and first name or its initial, or the words that it ends with.
"""

from __future__ import annotations

from bisect import insort
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from toolkit.actors._endings import Endings
from toolkit.actors._persons import last_name, middle_initial, name_words
from toolkit.lexicon import gazetteer
from toolkit.lexicon.spelling import skeleton

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_ANY = "*"
"""Stands for a middle name, whatever it is; no letter is so written."""


@dataclass(slots=True, eq=False)
class Person:
    """One person of an article: the forms of the name with their counts.

    ``canonical`` is the most complete form; of several, the most frequent, then the first met. ``shared`` are those
    of the same first or last name.
    """

    number: int
    forms: Counter[str] = field(default_factory=Counter)
    canonical: str = ""
    shared: list[_Namesakes] = field(default_factory=list, repr=False)
    _met: dict[str, int] = field(default_factory=dict, repr=False)

    def add(self, form: str, times: int) -> None:
        """Count a form."""
        self._met.setdefault(form, len(self._met))
        self.forms[form] += times
        if not self.canonical or self._completeness(form) > self._completeness(self.canonical):
            self.canonical = form

    def _completeness(self, form: str) -> tuple[int, int, int]:
        return len(form.split()), self.forms[form], -self._met[form]

    @property
    def gender(self) -> str | None:
        """What the first name tells: "male", "female", "either"; None where it is not listed."""
        return gazetteer.first_names().get(self.canonical.partition(" ")[0])


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
    people = _People()
    for form in dict.fromkeys(form for form in occurrences if len(form.split()) > 1):
        people.introduce(form)
    found: list[Person] = []
    for i, form in enumerate(occurrences):
        person = people.meant(form, genders[i] if genders else None)
        people.met(person, form, aside=bool(aside and aside[i]))
        found.append(person)
    return found


class _Key(NamedTuple):
    """What two forms of one person share: the last name, the first or its initial alone, and the middle initial."""

    last: str
    first: str
    whole: bool
    middle: str


class _Namesakes:
    """The people who share a first or last name, in the order in which they were met, and who was named last."""

    def __init__(self) -> None:
        self.people: list[Person] = []
        self.named: dict[Person, None] = {}
        self.genders: Counter[str | None] = Counter()

    def meant(self, gender: str | None) -> Person:
        """Return the person that a bare name means: the one named last, else the first."""
        fits = self._fitting(gender)
        last = next((person for person in reversed(self.named) if fits(person)), None)
        return last or next(person for person in self.people if fits(person))

    def _fitting(self, gender: str | None) -> Callable[[Person], bool]:
        """Return what tells whose first name has a gender; where none has, whose tells no other; else all fit."""
        if gender and self.genders[gender]:
            return lambda person: person.gender == gender
        if gender and (self.genders[None] or self.genders["either"]):
            return lambda person: person.gender in {None, "either"}
        return lambda _: True


class _People:
    """The people of an article, found by the forms of their names."""

    def __init__(self) -> None:
        self._people: list[Person] = []
        self._full: dict[str, Person] = {}
        self._keys: dict[_Key, int] = {}
        self._endings = Endings()
        self._namesakes: dict[str, _Namesakes] = {}

    def introduce(self, form: str) -> None:
        """Take note of a full form: one of the first person who may be called so, else of another one."""
        known = min(self._alike(form), default=None)
        person = self._new() if known is None else self._people[known]
        self._count(person, form, 0)
        self._full[form] = person
        for key in _keys(form):
            self._keys[key] = min(person.number, self._keys.get(key, person.number))
        self._endings.add(_plain(form), person.number, short=_may_end_another(form))
        for name in {skeleton(last_name(form)), skeleton(form.split(maxsplit=1)[0])}:
            self._share(person, name)

    def meant(self, form: str, gender: str | None) -> Person:
        """Return the person whom a form means here; a bare name that nobody bears is one more person's."""
        if form in self._full:
            return self._full[form]
        name = skeleton(form)
        if name in self._namesakes:
            return self._namesakes[name].meant(gender)
        person = self._new()
        self._count(person, form, 0)
        self._share(person, name)
        return person

    def met(self, person: Person, form: str, *, aside: bool) -> None:
        """Count a form of a person who is named; one who is named aside is not taken up by bare names."""
        self._count(person, form, 1)
        for shared in () if aside else person.shared:
            shared.named.pop(person, None)
            shared.named[person] = None

    def _count(self, person: Person, form: str, times: int) -> None:
        before = person.gender
        person.add(form, times)
        for shared in person.shared:
            shared.genders[before] -= 1
            shared.genders[person.gender] += 1

    def _new(self) -> Person:
        person = Person(len(self._people))
        self._people.append(person)
        return person

    def _share(self, person: Person, name: str) -> None:
        shared = self._namesakes.setdefault(name, _Namesakes())
        if shared not in person.shared:
            person.shared.append(shared)
            insort(shared.people, person, key=lambda other: other.number)
            shared.genders[person.gender] += 1

    def _alike(self, form: str) -> Iterator[int]:
        """Give the numbers of people one of whose forms may be the same person's as this one."""
        for key in _keys_sought(form):
            if key in self._keys:
                yield self._keys[key]
        yield from self._endings.within(_plain(form))
        longer = self._endings.longer(_plain(form)) if _may_end_another(form) else None
        if longer is not None:
            yield longer


def _plain(form: str) -> list[str]:
    return [skeleton(word) for word in name_words(form)]


def _may_end_another(form: str) -> bool:
    """Tell whether a form of several words may be the end of a longer one: "de Roos" of "Pieter de Roos"."""
    return len(name_words(form)) > 1 and form.split(maxsplit=1)[0] not in gazetteer.first_names()


def _keys(form: str) -> Iterator[_Key]:
    """Give the keys under which a form is kept."""
    last, first = skeleton(last_name(form)), skeleton(form.split(maxsplit=1)[0])
    for middle in {middle_initial(form), _ANY}:
        yield _Key(last, first, whole=True, middle=middle)
        if first:
            yield _Key(last, first[0], whole=False, middle=middle)


def _keys_sought(form: str) -> Iterator[_Key]:
    """Give the keys of the forms that may be the same person's: of that first name, or with or for its initial."""
    last, first, middle = skeleton(last_name(form)), skeleton(form.split(maxsplit=1)[0]), middle_initial(form)
    for other in (middle, "") if middle else (_ANY,):
        yield _Key(last, first, whole=True, middle=other)
        if first:
            yield _Key(last, first[0], whole=len(first) > 1, middle=other)
