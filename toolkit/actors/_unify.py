"""One name for one actor across articles."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.actors._persons import last_name, middle_initial
from toolkit.lexicon.spelling import skeleton

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from toolkit.actors._cast import Cast
    from toolkit.records import Actor

Renaming = dict[str, str]


def unify(casts: Sequence[Cast]) -> list[Renaming]:
    """Return, for each article, the name that each of its actors bears across all articles.

    Full names that differ only in spelling are one person, under the spelling used most. A bare last name
    joins a full one of another article only where just one person of that last name and no other side is known, so
    that namesakes are not merged blindly. An acronym joins the one body that another article spells out beside it.
    """
    people = [
        (number, actor) for number, cast in enumerate(casts) for actor in cast.actors.values() if actor.kind == "person"
    ]
    counts = [Counter(mention.actor for mention in cast.mentions) for cast in casts]
    full: dict[str, Counter[str]] = {}
    sides: dict[str, set[str]] = {}
    keys = _keys({actor.name for _, actor in people if len(actor.name.split()) > 1})
    for number, actor in people:
        if actor.name in keys:
            full.setdefault(keys[actor.name], Counter())[actor.name] += counts[number][actor.name]
            sides.setdefault(keys[actor.name], set()).update([actor.side] if actor.side else [])
    chosen = {key: min(names, key=lambda name: (-names[name], name)) for key, names in full.items()}
    bearers: dict[str, list[str]] = {}
    for key, name in chosen.items():
        bearers.setdefault(skeleton(last_name(name)), []).append(key)
    renamings: list[Renaming] = [{} for _ in casts]
    for number, actor in people:
        known_as = keys.get(actor.name) or _only_bearer(actor, bearers, sides)
        if known_as and chosen[known_as] != actor.name:
            renamings[number][actor.name] = chosen[known_as]
    full_names = _full_names(casts)
    for renaming, cast in zip(renamings, casts, strict=True):
        short = (actor.name for actor in cast.actors.values() if actor.kind == "organisation")
        renaming |= {name: full_names[name] for name in short if name in full_names}
    return renamings


def _full_names(casts: Iterable[Cast]) -> dict[str, str]:
    """Return acronyms of bodies with the name that an article gives together with them, where all give the same."""
    bodies = (actor for cast in casts for actor in cast.actors.values() if actor.kind == "organisation")
    spelled: dict[str, set[str]] = {}
    for body in bodies:
        for form in body.aliases:
            if form.isupper() and len(body.name.split()) > 1:
                spelled.setdefault(form, set()).add(body.name)
    return {form: next(iter(names)) for form, names in spelled.items() if len(names) == 1}


def merged(actors: Iterable[Actor]) -> list[Actor]:
    """Return actors with those of one name made one: first role and side known, all aliases."""
    found: dict[str, Actor] = {}
    for actor in actors:
        known = found.get(actor.name, actor)
        aliases = tuple(dict.fromkeys((*known.aliases, *actor.aliases)))
        side, role = (known if known.side else actor), (known if known.role else actor)
        found[actor.name] = replace(
            known,
            side=side.side,
            side_evidence=side.side_evidence,
            role=role.role,
            role_evidence=role.role_evidence,
            aliases=aliases,
        )
    return list(found.values())


def _keys(names: Iterable[str]) -> dict[str, str]:
    """Return what tells each full name's bearer: first and last name, and the middle one where it tells two apart."""
    initials: dict[str, set[str]] = {}
    for name in names:
        initials.setdefault(_key(name), set()).update(middle_initial(name) or ())
    return {name: _key(name) + middle_initial(name) * (len(initials[_key(name)]) > 1) for name in names}


def _key(name: str) -> str:
    return f"{skeleton(name.split(maxsplit=1)[0])} {skeleton(last_name(name))}"


def _only_bearer(actor: Actor, bearers: dict[str, list[str]], sides: dict[str, set[str]]) -> str | None:
    """Return the key of the only full name with an actor's bare last name, given the keys by last name."""
    named = bearers.get(skeleton(actor.name), [])
    if len(named) != 1:
        return None
    clash = actor.side is not None and sides[named[0]] and actor.side not in sides[named[0]]
    return None if clash else named[0]
