"""One name for one actor across articles."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from toolkit.actors._naming import is_named
from toolkit.actors._persons import last_name, middle_initial
from toolkit.lexicon.spelling import skeleton

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from toolkit.actors._cast import Cast
    from toolkit.records import Actor

Renaming = dict[str, str]
"""The names of an article's actors that are called otherwise across all articles, and what they are called."""


def unify(casts: Sequence[Cast]) -> list[Renaming]:
    """Return, for each article, the name that each of its actors bears across all articles; see `Names`."""
    names = Names()
    for cast in casts:
        counts = Counter(mention.actor for mention in cast.mentions)
        for actor in cast.actors.values():
            names.add(actor, counts[actor.name])
    return [names.renaming(cast.actors.values(), f"article {cast.article_id[:6]}") for cast in casts]


@dataclass
class Names:
    """The names of actors across articles, gathered actor by actor; what is kept grows with the names alone.

    Full names that differ only in spelling are one person, under the spelling used most. A bare last name joins a full
    one of another article only where just one person of that last name and no other side is known, so that namesakes
    are not merged blindly. An acronym joins the one body that another article spells out beside it. Whom articles know
    by a common noun alone ("the union", "officials") is somebody else in each of them.
    """

    _counts: Counter[str] = field(default_factory=Counter)
    _common: Counter[str] = field(default_factory=Counter)
    _sides: dict[str, set[str]] = field(default_factory=dict)
    _spelled: dict[str, set[str]] = field(default_factory=dict)

    def add(self, actor: Actor, n_mentions: int) -> None:
        """Take note of an actor of one article, and how often that article mentions it."""
        if actor.kind == "person" and len(actor.name.split()) > 1:
            self._counts[actor.name] += n_mentions
            self._sides.setdefault(actor.name, set()).update([actor.side] if actor.side else [])
        elif actor.kind == "organisation" and len(actor.name.split()) > 1:
            for form in actor.aliases:
                if form.isupper():
                    self._spelled.setdefault(form, set()).add(actor.name)
        if _is_common(actor):
            self._common[actor.name] += 1

    def renaming(self, actors: Iterable[Actor], article: str) -> Renaming:
        """Return what the actors of one article are called across all; only after all have been added.

        Parameters
        ----------
        actors : iterable of Actor
        article : str
            What tells the article from all others: those it knows by a common noun are called by it.
        """
        found = ((actor.name, self._name(actor, article)) for actor in actors)
        return {own: name for own, name in found if name and name != own}

    def _name(self, actor: Actor, article: str) -> str | None:
        if _is_common(actor):
            return f"{actor.name} ({article})" if self._common[actor.name] > 1 else None
        if actor.kind == "person":
            return self._people.name(actor)
        return self._full_names.get(actor.name) if actor.kind == "organisation" else None

    @cached_property
    def _people(self) -> _People:
        return _People.of(self._counts, self._sides)

    @cached_property
    def _full_names(self) -> dict[str, str]:
        """Acronyms of bodies with the name that an article gives together with them, where all give the same."""
        return {form: next(iter(names)) for form, names in self._spelled.items() if len(names) == 1}


def _is_common(actor: Actor) -> bool:
    return actor.kind in {"organisation", "group"} and not is_named(actor.name)


@dataclass(frozen=True, slots=True)
class _People:
    """People by a key of first and last name: the spelling used most, sides, and the keys of each last name."""

    keys: dict[str, str]
    chosen: dict[str, str]
    sides: dict[str, set[str]]
    bearers: dict[str, list[str]]

    @classmethod
    def of(cls, counts: Counter[str], sides: dict[str, set[str]]) -> _People:
        keys = _keys(counts)
        spellings: dict[str, list[str]] = {}
        sides_of: dict[str, set[str]] = {}
        for name, key in keys.items():
            spellings.setdefault(key, []).append(name)
            sides_of.setdefault(key, set()).update(sides[name])
        chosen = {key: min(names, key=lambda name: (-counts[name], name)) for key, names in spellings.items()}
        bearers: dict[str, list[str]] = {}
        for key, name in chosen.items():
            bearers.setdefault(skeleton(last_name(name)), []).append(key)
        return cls(keys, chosen, sides_of, bearers)

    def name(self, person: Actor) -> str | None:
        """Return the name of a person: a full one in its usual spelling, a bare one that of its only bearer."""
        if person.name in self.keys:
            return self.chosen[self.keys[person.name]]
        bearers = self.bearers.get(skeleton(person.name), [])
        if len(bearers) != 1:
            return None
        sides = self.sides[bearers[0]]
        clash = person.side is not None and sides and person.side not in sides
        return None if clash else self.chosen[bearers[0]]


def merged(actors: Iterable[Actor]) -> list[Actor]:
    """Return actors with those of one name made one: first role and side known, all aliases."""
    found: dict[str, Actor] = {}
    for actor in actors:
        known = found.get(actor.name)
        found[actor.name] = actor if known is None else _joined(known, actor)
    return list(found.values())


def _joined(known: Actor, other: Actor) -> Actor:
    if (known.side or not other.side) and (known.role or not other.role) and set(other.aliases) <= set(known.aliases):
        return known
    side, role = (known if known.side else other), (known if known.role else other)
    return replace(
        known,
        side=side.side,
        side_evidence=side.side_evidence,
        role=role.role,
        role_evidence=role.role_evidence,
        aliases=tuple(dict.fromkeys((*known.aliases, *other.aliases))),
    )


def _keys(names: Iterable[str]) -> dict[str, str]:
    """Return what tells each full name's bearer: first and last name, and the middle one where it tells two apart."""
    initials: dict[str, set[str]] = {}
    kept = list(names)
    for name in kept:
        initials.setdefault(_key(name), set()).update(middle_initial(name) or ())
    return {name: _key(name) + middle_initial(name) * (len(initials[_key(name)]) > 1) for name in kept}


def _key(name: str) -> str:
    return f"{skeleton(name.split(maxsplit=1)[0])} {skeleton(last_name(name))}"
