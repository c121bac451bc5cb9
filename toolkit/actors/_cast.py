"""The actors of one article and every place where they are named, titled or described."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

from toolkit.actors._bodies import Bodies
from toolkit.actors._descriptions import Description, descriptions, is_people, same_office
from toolkit.actors._grouping import group_forms
from toolkit.actors._persons import honorific_gender, surname
from toolkit.actors._roles import Role, represents, role_of, side_of
from toolkit.lexicon import gazetteer
from toolkit.lexicon.wordlists import words
from toolkit.records import Actor, ActorKind, Mention, MentionHow
from toolkit.text.syntax import is_subject

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Doc, Span


_CREDIT = re.compile(
    r"^By (?:[A-Z][\w.'’-]+[ \t,]*|and[ \t]+|in[ \t]+){2,12}$"
    r"|(?:\(|^)(?:With |Additional )?(?:[Rr]eporting|[Ww]riting|[Ee]diting|[Cc]ompiled) by [^)\n]{3,300}",
    re.MULTILINE,
)
"""Who wrote and edited a report: "By Pia Holm", "(Reporting by Pia Holm in Lima; editing by Al Roth)"."""


@dataclass(slots=True)
class Cast:
    """The actors of an article by name, and their mentions in reading order."""

    article_id: str
    actors: dict[str, Actor] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    _places: list[tuple[int, int]] = field(default_factory=list, repr=False, compare=False)

    def add(
        self,
        name: str,
        kind: ActorKind,
        *,
        side: str | None = None,
        role: str | None = None,
        alias: str | None = None,
        evidence: Span | None = None,
    ) -> Actor:
        """Add an actor, or what was not known of one before; ``evidence`` is where its side and role are read."""
        known = self.actors.get(name) or Actor(name, kind)
        place = None if evidence is None else (self.article_id, evidence.start_char, evidence.end_char)
        if alias is not None and alias not in known.aliases:
            known = replace(known, aliases=(*known.aliases, alias))
        if side and not known.side:
            known = replace(known, side=side, side_evidence=place)
        if role and not known.role:
            known = replace(known, role=role, role_evidence=place)
        self.actors[name] = known
        return known

    def mention(self, doc: Doc, start: int, end: int, actor: str, how: MentionHow) -> None:
        """Record that tokens ``[start, end)`` speak of an actor."""
        span = doc[start:end]
        self.mentions.append(Mention(self.article_id, span.start_char, span.end_char, span.text, actor, how))

    def at(self, start: int, end: int) -> list[Mention]:
        """Return the mentions that lie inside text offsets ``[start, end)``."""
        for number in range(len(self._places), len(self.mentions)):
            insort(self._places, (self.mentions[number].start, number))
        first, last = (bisect_left(self._places, (offset,)) for offset in (start, end))
        inside = (self.mentions[number] for number in sorted(number for _, number in self._places[first:last]))
        return [mention for mention in inside if mention.end <= end]

    def sort(self) -> None:
        """Bring the mentions into reading order."""
        self.mentions.sort(key=lambda mention: (mention.start, -mention.end))
        self._places.clear()


def find_actors(doc: Doc, *, article_id: str = "", first_token: int = 0) -> Cast:
    """Return the actors that an article names or describes.

    Parameters
    ----------
    doc : Doc
        With sentences and entities.
    article_id : str
        Handed on to the mentions.
    first_token : int
        Tokens before it (a file's header) are passed over.

    Returns
    -------
    Cast
        People under their most complete name, states under their common name, bodies, and groups under their
        description. Pronouns follow in :mod:`toolkit.speakers`, which knows who speaks.
    """
    cast = Cast(article_id)
    credits_ = [match.span() for match in _CREDIT.finditer(doc.text)]
    names = [
        ent
        for ent in doc.ents
        if ent.start >= first_token and ent.text.strip() and not _within(ent.start_char, credits_)
    ]
    roles = _add_people(doc, cast, [ent for ent in names if ent.label_ == "PERSON"])
    _add_bodies(doc, cast, [ent for ent in names if ent.label_ == "ORG"])
    _add_states(doc, cast, [ent for ent in names if ent.label_ in {"GPE", "NORP", "LOC", "ORG"}])
    _add_possessors(doc, cast, roles)
    _add_person_bodies(doc, cast, [ent for ent in names if ent.label_ == "PERSON"])
    _add_descriptions(doc, cast, descriptions(doc, first_token))
    cast.sort()
    return cast


def _within(position: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= position < end for start, end in spans)


def _add_people(doc: Doc, cast: Cast, names: list[Span]) -> list[tuple[str, Role]]:
    genders = [honorific_gender(doc[ent.start - 1].text) if ent.start else None for ent in names]
    aside = [ent.start > 0 and doc[ent.start - 1].lower_ in words("names", "kin") for ent in names]
    people = group_forms([ent.text for ent in names], genders, aside=aside)
    roles: list[tuple[str, Role]] = []
    shared: Role | None = None
    for ent, person in zip(names, people, strict=True):
        role = role_of(doc, ent)
        if role is None and shared and doc[ent.start - 1].lower_ == "and":
            cast.add(person.canonical, "person", side=shared.side, role=shared.text, evidence=shared.span(doc))
        shared = role
        name = person.canonical
        cast.add(name, "person", alias=ent.text)
        if role:
            cast.add(name, "person", side=role.side, role=role.text, evidence=role.span(doc))
        if side := represents(doc, ent):
            cast.add(name, "person", side=side, evidence=doc[ent.start : ent.end + 2])
        cast.mention(doc, ent.start, ent.end, name, "name")
        if role:
            cast.mention(doc, role.start, role.end, name, "title")
            roles.append((name, role))
    return roles


def _add_person_bodies(doc: Doc, cast: Cast, names: list[Span]) -> None:
    """Add what goes by a person's name: "the Duarte campaign", "Duarte's team"."""
    bearers = {alias: actor for actor in cast.actors.values() for alias in actor.aliases}
    for ent in names:
        head = ent.end + (ent.end < len(doc) and doc[ent.end].text in {"'s", "’s"})
        if head >= len(doc) or doc[head].lower_ not in words("names", "person_bodies"):
            continue
        start = ent.start - (ent.start > 0 and doc[ent.start - 1].lower_ in words("grammar", "articles"))
        person = bearers[ent.text]
        name = f"{surname(person.name)} {gazetteer.same_word(doc[head].lower_)}"
        named = doc[ent.start : head + 1]
        cast.add(name, "organisation", side=person.side, alias=named.text, evidence=named)
        cast.mention(doc, start, head + 1, name, "description")


def _add_possessors(doc: Doc, cast: Cast, roles: list[tuple[str, Role]]) -> None:
    """Give "Putin adviser Vladimir Medinsky" the side of Putin."""
    by_form = {alias: actor for actor in cast.actors.values() for alias in actor.aliases}
    for name, role in roles:
        if role.possessor and role.possessor in by_form:
            cast.add(name, "person", side=by_form[role.possessor].side, evidence=role.span(doc))


def _add_bodies(doc: Doc, cast: Cast, names: list[Span]) -> None:
    bodies = Bodies(doc, names)
    for ent in names:
        entry = gazetteer.lookup(ent.text)
        if entry and entry.category in {"state", "metonym"}:
            continue
        name = bodies.name(ent)
        side = side_of(doc, ent.start - 1, ent.start) if ent.start else None
        cast.add(name, "organisation", side=side, alias=ent.text, evidence=doc[max(0, ent.start - 1) : ent.end])
        cast.mention(doc, ent.start, ent.end, name, "name")
        acronym = ent.end + 1
        if _brackets_acronym(doc, ent) and not doc[acronym].ent_type_:
            cast.add(name, "organisation", alias=doc[acronym].text)
            cast.mention(doc, acronym, acronym + 1, name, "name")


def _brackets_acronym(doc: Doc, ent: Span) -> bool:
    """Tell whether a name's initials follow it in brackets: "the Union of Bay Porters (UBPO)"."""
    if ent.end + 2 >= len(doc) or doc[ent.end].text != "(" or doc[ent.end + 2].text != ")":
        return False
    form = doc[ent.end + 1].text
    return form.isupper() and form.isalpha() and 2 <= len(form) <= 8 and len(ent.text.split()) > 1


def _add_states(doc: Doc, cast: Cast, names: list[Span]) -> None:
    for ent in names:
        entry = gazetteer.lookup(ent.text)
        if entry is None:
            continue
        if entry.category == "state" and not _modifies(doc, ent):
            cast.add(entry.name, "country", side=entry.name, alias=ent.text, evidence=ent)
            cast.mention(doc, ent.start, ent.end, entry.name, "name")
        elif entry.body and _acts(doc, ent):
            cast.add(entry.body, "organisation", side=entry.name, alias=ent.text, evidence=ent)
            cast.mention(doc, ent.start, ent.end, entry.body, "name")
        elif entry.category == "metonym" and _acts(doc, ent):
            cast.add(entry.name, "country", side=entry.name, alias=ent.text, evidence=ent)
            cast.mention(doc, ent.start, ent.end, entry.name, "metonym")
        elif entry.category == "people" and ent.text.endswith("s"):
            cast.add(ent.text, "group", side=entry.name, alias=ent.text, evidence=ent)
            cast.mention(doc, ent.start, ent.end, ent.text, "name")


def _modifies(doc: Doc, ent: Span) -> bool:
    """Tell whether a state's name stands for an adjective: "U.S. mediators", but not "the US confirmed"."""
    if is_subject(ent.root):
        return False
    adjectives = ent.text.endswith(".") or ent.text.isupper()
    follows = doc[ent.end] if ent.end < len(doc) and not doc[ent.end].is_sent_start else None
    return (
        adjectives
        and follows is not None
        and follows.is_alpha
        and (gazetteer.is_role(follows.text) or follows.text.islower())
        and not _function(follows.lower_)
    )


def _function(word: str) -> bool:
    grammar = ("auxiliaries", "phrase_breaks", "inner_prepositions", "clause_openers")
    return any(word in words("grammar", name) for name in grammar) or len(word) < 3


def _acts(doc: Doc, ent: Span) -> bool:
    """Tell whether a capital stands for its state, rather than being a place: "Moscow said", not "in Moscow"."""
    start = ent.start - 1 if ent.start and doc[ent.start - 1].lower_ in words("grammar", "articles") else ent.start
    if doc[start].is_sent_start and ent.end < len(doc) and doc[ent.end].text in {",", "(", "—", "-", "–"}:
        return False
    if _names_a_thing(ent):
        return False
    spoken = words("grammar", "documents") | words("names", "works")
    return (
        start == 0
        or doc[start].is_sent_start is True
        or (start > 1 and doc[start - 1].lower_ == "from" and doc[start - 2].lower_ in spoken)
        or doc[start - 1].lower_ not in words("grammar", "place_prepositions") | words("grammar", "place_verbs")
    )


def _names_a_thing(ent: Span) -> bool:
    """Tell whether a capital only names something else: "the **Paris** accord", "the streets of **Cairo**"."""
    head = ent.root.head
    behind = head.i >= ent.end and head.text.islower() and not is_people(head.lower_)
    owned = head.lower_ == "of" and head.head.pos_ == "NOUN" and head.head.i < head.i
    return (ent.root.dep_ in {"compound", "amod", "nmod"} and behind) or (ent.root.dep_ == "pobj" and owned)


def _add_descriptions(doc: Doc, cast: Cast, descriptions: Iterable[Description]) -> None:
    """Add the groups that are described, and the people who alone hold a described office of a side."""
    people = [actor for actor in cast.actors.values() if actor.kind == "person"]

    @cache
    def holders(side: str, head: str) -> list[str]:
        return [actor.name for actor in people if actor.side == side and same_office(head, actor.role)]

    for found in descriptions:
        if found.plural:
            first = found.start + (doc[found.start].lower_ in words("grammar", "articles"))
            named = doc[first : found.end]
            cast.add(named.text, "group", side=found.side, alias=named.text, evidence=named)
            cast.mention(doc, found.start, found.end, named.text, "description")
            continue
        span = doc[found.start : found.end]
        titled = any(mention.how == "title" for mention in cast.at(span.start_char, span.end_char))
        holding = holders(found.side, found.head)
        if len(holding) == 1 and not titled:
            cast.mention(doc, found.start, found.end, holding[0], "description")
