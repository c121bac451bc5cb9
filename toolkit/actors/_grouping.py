"""Which forms of a person's name are one person, within an article and across spellings.

Each form is looked up by what it must share with the forms of the same person, so that no form is held against all
others: last and first name or its initial, or the words that it ends with.
"""

from __future__ import annotations

from bisect import insort
from collections import Counter
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from toolkit.actors._endings import Endings
from toolkit.actors._persons import last_key, middle_initial, name_suffix, name_words
from toolkit.lexicon import gazetteer
from toolkit.lexicon.spelling import skeleton

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_ANY = "*"
"""Stands for a middle name, whatever it is; no letter is so written."""


@dataclass(slots=True, eq=False)
class Person:
    """One person of an article: the forms of the name with their counts.

    ``canonical`` is the most complete form, in which fewest names are initials; of several, the most frequent, then
    the first met. ``times`` is how often the person was named, not aside. ``shared`` are those of the same first or
    last name.
    """

    number: int
    forms: Counter[str] = field(default_factory=Counter)
    canonical: str = ""
    times: int = 0
    shared: list[_Namesakes] = field(default_factory=list, repr=False)
    _met: dict[str, int] = field(default_factory=dict, repr=False)

    def add(self, form: str, times: int) -> None:
        """Count a form."""
        self._met.setdefault(form, len(self._met))
        self.forms[form] += times
        if not self.canonical or self._completeness(form) > self._completeness(self.canonical):
            self.canonical = form

    def _completeness(self, form: str) -> tuple[int, int, int, int]:
        words = form.split()
        return sum(len(skeleton(word)) > 1 for word in words), len(words), self.forms[form], -self._met[form]

    @property
    def gender(self) -> str | None:
        """What the first name tells: "male", "female", "either"; None where it is not listed."""
        return gazetteer.first_names().get(self.canonical.partition(" ")[0])


def group_forms(
    occurrences: Sequence[str], genders: Sequence[str | None] = (), *, aside: Sequence[bool] = ()
) -> list[Person]:
    """Return, for each occurrence of a person's name in reading order, the person meant.

    Full forms with one last name and first names that can be the same are one person; "Jr." and "Sr." are two. A bare
    last (or first) name is the person who bears it; where several do ("Clinton"), the one named most before it. Where
    two were named alike nothing tells whom it means, and it is one more person's; so is one that stands before the
    first form with a first name where that one ends in "Jr.": who is known enough to be named so is not the son.

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
    for form in dict.fromkeys(form for form in occurrences if is_full(form)):
        people.introduce(form)
    introduced = {last_key(form): i for i, form in reversed(list(enumerate(occurrences))) if is_full(form)}
    found: list[Person] = []
    for i, form in enumerate(occurrences):
        early = i < introduced.get(last_key(form), 0) and not name_suffix(form)
        stranger = early and people.are_juniors(last_key(form))
        person = people.open(form) if stranger else people.meant(form, genders[i] if genders else None)
        people.met(person, form, aside=bool(aside and aside[i]))
        found.append(person)
    return found


class _Key(NamedTuple):
    """What two forms of one person share: last name, first one or its initial alone, middle initial, and "Jr."."""

    last: str
    first: str
    whole: bool
    middle: str
    suffix: str


class _Namesakes:
    """The people who share a first or last name, in the order in which they were met, and who was named most."""

    def __init__(self) -> None:
        self.people: list[Person] = []
        self.genders: Counter[str | None] = Counter()
        self._ahead: dict[str | None, Person] = {}
        self._level: dict[str | None, Person] = {}

    def meant(self, gender: str | None, suffix: str) -> Person | None:
        """Return the person that a bare name means: the one named most, else the first; None where two are level."""
        if suffix:
            return next((person for person in self.people if any(map(_ends_in(suffix), person.forms))), None)
        genders, fits = self._fitting(gender)
        ahead = sorted({p for g in genders for p in self._near(g) if fits(p)}, key=lambda p: (-p.times, p.number))
        if len(ahead) > 1 and ahead[0].times == ahead[1].times:
            return None
        return ahead[0] if ahead else next(person for person in self.people if fits(person))

    def named(self, person: Person) -> None:
        """Take note that a person was named."""
        for gender in (person.gender, _ANY):
            ahead = self._ahead.get(gender)
            if ahead is not None and ahead is not person and ahead.times <= person.times:
                self._level[gender] = ahead
            elif ahead is not None and ahead is not person:
                self._level[gender] = max(person, self._level.get(gender, person), key=lambda p: p.times)
                continue
            self._ahead[gender] = person

    def _near(self, gender: str | None) -> list[Person]:
        return [place[gender] for place in (self._ahead, self._level) if gender in place]

    def _fitting(self, gender: str | None) -> tuple[Sequence[str | None], Callable[[Person], bool]]:
        """Return what tells whose first name has a gender; where none has, whose tells no other; else all fit."""
        if gender and self.genders[gender]:
            return [gender], lambda person: person.gender == gender
        if gender and (self.genders[None] or self.genders["either"]):
            return [None, "either"], lambda person: person.gender in {None, "either"}
        return [_ANY], lambda _: True


class _People:
    """The people of an article, found by the forms of their names."""

    def __init__(self) -> None:
        self._people: list[Person] = []
        self._full: dict[str, Person] = {}
        self._keys: dict[_Key, int] = {}
        self._endings = Endings()
        self._namesakes: dict[str, _Namesakes] = {}
        self._open: dict[str, Person] = {}

    def introduce(self, form: str) -> None:
        """Take note of a full form: one of the first person who may be called so, else of another one."""
        known = min(self._alike(form), default=None)
        person = self._new() if known is None else self._people[known]
        self._count(person, form, 0)
        self._full[form] = person
        for key in _keys(form):
            self._keys[key] = min(person.number, self._keys.get(key, person.number))
        self._endings.add(_plain(form), person.number, short=_may_end_another(form))
        for name in {last_key(form), skeleton(form.split(maxsplit=1)[0])}:
            self._share(person, name)

    def meant(self, form: str, gender: str | None) -> Person:
        """Return the person whom a form means here; a bare name that nobody bears is one more person's."""
        if form in self._full:
            return self._full[form]
        name = last_key(form)
        meant = self._namesakes[name].meant(gender, name_suffix(form)) if name in self._namesakes else None
        if meant is not None:
            return meant
        return self.open(form)

    def open(self, form: str) -> Person:
        """Return the one more person whom a bare name means."""
        if form not in self._open:
            person = self._open[form] = self._new()
            self._count(person, form, 0)
            self._share(person, last_key(form))
        return self._open[form]

    def are_juniors(self, name: str) -> bool:
        """Tell whether all who bear a name do so with "Jr." behind it."""
        people = self._namesakes[name].people if name in self._namesakes else ()
        return bool(people) and all(all(map(_ends_in("jr"), person.forms)) for person in people)

    def met(self, person: Person, form: str, *, aside: bool) -> None:
        """Count a form of a person who is named; one who is named aside is not taken up by bare names."""
        self._count(person, form, 1)
        person.times += not aside
        for shared in () if aside else person.shared:
            shared.named(person)

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


def is_full(form: str) -> bool:
    """Tell whether a form has more than a last name, "Jr." and the like aside."""
    return len(name_words(form)) > 1


def _ends_in(suffix: str) -> Callable[[str], bool]:
    return lambda form: name_suffix(form) == suffix


def _keys(form: str) -> Iterator[_Key]:
    """Give the keys under which a form is kept."""
    last, first = last_key(form), skeleton(form.split(maxsplit=1)[0])
    for middle, suffix in product({middle_initial(form), _ANY}, {name_suffix(form), _ANY}):
        yield _Key(last, first, whole=True, middle=middle, suffix=suffix)
        if first:
            yield _Key(last, first[0], whole=False, middle=middle, suffix=suffix)


def _keys_sought(form: str) -> Iterator[_Key]:
    """Give the keys of the forms that may be the same person's: of that first name, or with or for its initial."""
    last, first = last_key(form), skeleton(form.split(maxsplit=1)[0])
    marks = ((mark, "") if mark else (_ANY,) for mark in (middle_initial(form), name_suffix(form)))
    for middle, suffix in product(*marks):
        yield _Key(last, first, whole=True, middle=middle, suffix=suffix)
        if first:
            yield _Key(last, first[0], whole=len(first) > 1, middle=middle, suffix=suffix)
