"""Sources that describe who speaks: by role, by kind of body, by what was published, or as a group of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.actors import same_office, side_of, surname
from toolkit.lexicon import gazetteer
from toolkit.lexicon.lexicon import derived
from toolkit.lexicon.wordlists import load, words
from toolkit.speakers._named import head_region, possessive
from toolkit.speakers._pronouns import SINGULAR, antecedent, salient_people
from toolkit.speakers._scene import Scene, Speaker, role_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Span, Token


_NEAR = 4
_DEFINITE = frozenset(["the", "that", "this"])
_INDEFINITE = frozenset(["a", "an", "another", "any", "every", "many", "no", "one", "several", "some"])


def described(scene: Scene, source: Span) -> Speaker | None:
    """Return whom a source describes: a person or body met before, an author, else a group under its own words."""
    if state := _state(scene, source):
        return state
    region = head_region(scene.doc, source)
    if any(token.text in {"'s", "’s"} for token in scene.doc[region.end : source.end]):
        region = source
    if _is_document(region[-1].lower_):
        name = _author(scene, source, region)
        if name is None:
            return None
        scene.authors.append((region.start_char, name))
        return Speaker(name, "description")
    name = taken_up(scene, region)
    if name is None:
        return _group(scene, source)
    scene.describe(region, name)
    return Speaker(name, "description")


def _is_document(noun: str) -> bool:
    """Tell whether a noun is for what is written or shown: "report", "polls"."""
    listed = words("grammar", "documents") | words("names", "works")
    return noun in listed or noun.removesuffix("s") in listed


def _state(scene: Scene, source: Span) -> Speaker | None:
    """Return the state of an adjective that is all of a source: "a **Kenyan** proposal"."""
    entry = gazetteer.lookup(source.text.removesuffix("'s").removesuffix("’s"))
    if entry is None or entry.category not in {"adjective", "state", "people"} or source.text.endswith("s"):
        return None
    scene.cast.add(entry.name, "country", side=entry.name, alias=source.text, evidence=source)
    scene.describe(source, entry.name)
    return Speaker(entry.name, "description")


def taken_up(scene: Scene, region: Span) -> str | None:
    """Return the person or body met before that a noun phrase takes up again: "the mayor", "her campaign"."""
    return _owned_body(scene, region) or _person(scene, region) or _body(scene, region)


def _owned_body(scene: Scene, region: Span) -> str | None:
    """Return what goes by a person's name where a pronoun stands for it: "her campaign"."""
    owner, noun = region[0].lower_, region[-1].lower_
    if len(region) != 2 or owner not in {"his", "her"} or noun not in words("names", "person_bodies"):
        return None
    person = antecedent(scene, region.start_char, SINGULAR[owner])
    name = f"{surname(person)} {noun}" if person else None
    return name if name in scene.cast.actors else None


def _person(scene: Scene, region: Span) -> str | None:
    """Return the person who was given a role: "the mayor", "the former minister", "Kenya's trade envoy"."""
    head = region[-1].lower_
    sexed = words("names", "women") | words("names", "men")
    told = gazetteer.is_role(head) or head in sexed | words("names", "taken_up")
    if not told or region[0].lower_ in _INDEFINITE:
        return None
    if region[0].lower_ in words("grammar", "possessives"):
        return None
    here, wanted = region.start_char, role_words(token.text for token in region)
    if _owner(scene, region) is not None:
        return _titled(scene, here, wanted, head)
    gender = "female" if head in words("names", "women") else "male" if head in words("names", "men") else None
    side = side_of(scene.doc, region.start, region.end)
    before = [mention for mention in scene.named_before(here, gender) if _same_side(scene, mention.actor, side)]
    holders = {
        mention.actor: mention
        for mention in before
        if _holds(scene, mention.actor, head) and not _contradicts(scene, mention.actor, wanted)
    }
    if holders:
        return max(holders.values(), key=lambda mention: (_fit(scene, mention.actor, wanted), mention.end)).actor
    if region[0].lower_ not in _DEFINITE or head not in words("names", "taken_up"):
        return None
    near = (name for name in _near(scene, here, gender) if _same_side(scene, name, side))
    return next((name for name in near if not _contradicts(scene, name, wanted)), None)


def _titled(scene: Scene, here: int, wanted: frozenset[str], head: str) -> str | None:
    """Return the person who bears a title with its owner in it: "the Harbour Fund spokesman" after his name."""
    named = [mention for mention in reversed(scene.named_before(here, None)) if _holds(scene, mention.actor, head)]
    rest = wanted - {head}
    return next((m.actor for m in named if any(rest <= role for role in scene.roles.get(m.actor, ()))), None)


def _owner(scene: Scene, region: Span) -> str | None:
    """Return the person or body whose spokesman or aide is meant; states own their ministers."""
    for mention in scene.cast.at(region.start_char, region.end_char):
        party = role_words([mention.text]) & _parties()
        inside = mention.end < region.end_char and mention.how == "name" and not party
        if inside and scene.kind(mention.actor) != "country":
            return mention.actor
    return None


def _holds(scene: Scene, name: str, head: str) -> bool:
    actor = scene.cast.actors[name]
    return any(gazetteer.same_word(head) in role for role in scene.roles.get(name, ())) or same_office(head, actor.role)


def _fit(scene: Scene, name: str, wanted: frozenset[str]) -> int:
    """Return how many words of a description a person's best role shares, less one for a role no longer held."""
    roles = scene.roles.get(name) or (frozenset(),)
    return max(2 * len(wanted & role) - ("former" in role and "former" not in wanted) for role in roles)


def _near(scene: Scene, here: int, gender: str | None) -> Iterable[str]:
    """Give the people that a description may take up, those of the last sentences."""
    sentence = scene.sentence(here)
    last = {mention.actor: mention.end for mention in scene.named_before(here, gender)}
    for name in salient_people(scene, here, gender):
        met = [end for end in (last.get(name), scene.spoken_until.get(name)) if end is not None and end <= here]
        if met and sentence - scene.sentence(max(met)) <= _NEAR:
            yield name


def _contradicts(scene: Scene, name: str, wanted: frozenset[str]) -> bool:
    """Tell whether a person holds another office, or stands for another party or place, than a description says."""
    known = frozenset().union(*scene.roles.get(name, ()))
    for exclusive in (words("names", "offices"), _parties()):
        if wanted & exclusive and known & exclusive and not wanted & known & exclusive:
            return True
    places = _places(wanted)
    return bool(places) and any(_places(role) and not places & _places(role) for role in scene.roles.get(name, ()))


def _places(role: frozenset[str]) -> frozenset[str]:
    entries = {word: gazetteer.lookup(word.title()) for word in role}
    return frozenset(word for word, entry in entries.items() if entry and entry.category in {"region", "city"})


@derived
def _parties() -> frozenset[str]:
    return role_words(words("names", "name_openers")) - {"candidate", "nominee", "justice", "independent"}


def _same_side(scene: Scene, name: str, side: str | None) -> bool:
    known = scene.cast.actors[name].side
    return side is None or known is None or known == side


def _body(scene: Scene, region: Span) -> str | None:
    """Return the body that was named before: "the fund", "the newspaper", "the council"."""
    if region[0].lower_ not in _DEFINITE or region[-1].lower_.endswith("s"):
        return None
    phrase = [token.lower_ for token in region[1:] if token.is_alpha]
    named = [
        mention for mention in scene.bodies_before(region.start_char) if scene.kind(mention.actor) == "organisation"
    ]
    if len(phrase) == 1 and phrase[0] in {"north", "south"}:
        halves = (
            m.actor for m in reversed(scene.bodies_before(region.start_char)) if m.actor.lower().startswith(phrase[0])
        )
        return next(halves, None)
    for mention in reversed(named):
        if (
            phrase
            and set(phrase) <= _name_words(scene, mention.actor)
            and phrase[-1] in _name_ends(scene, mention.actor)
        ):
            return mention.actor
    if phrase and phrase[-1] in words("grammar", "body_nouns") and len(phrase) == 1:
        # Only who has just spoken is taken up by so wide a word.
        last = next(scene.spoken_before(region.start_char), None)
        near = last is not None and scene.sentence(region.start_char) - scene.sentence(last.envelope[1] - 1) <= 2
        if last is not None and near and scene.kind(last.speaker) == "organisation":
            return last.speaker
    return next((mention.actor for mention in reversed(named) if _of_kind(mention.actor, phrase)), None)


def _name_words(scene: Scene, name: str) -> set[str]:
    return {word.lower() for form in (name, *scene.cast.actors[name].aliases) for word in form.split()}


def _name_ends(scene: Scene, name: str) -> set[str]:
    return {form.split()[-1].lower() for form in (name, *scene.cast.actors[name].aliases)}


def _of_kind(name: str, phrase: list[str]) -> bool:
    """Tell whether a listed body is of the kind that a phrase names: "newspaper", "news agency"."""
    entry = gazetteer.lookup(name)
    if entry is None or entry.kind is None or not phrase or phrase[:-1] not in ([], [entry.kind]):
        return False
    return phrase[-1] in load("names")["kind_nouns"].get(entry.kind, ())


def _author(scene: Scene, source: Span, region: Span) -> str | None:
    """Return who published what is said to speak: its owner, "by whom", or the body whose work is taken up again."""
    for mention in scene.cast.at(source.start_char, source.end_char):
        before = scene.text[source.start_char : mention.start].lower().split()
        owns = possessive(scene.text, mention.end) or mention.end < region.end_char
        named = mention.how in {"name", "metonym"} and scene.kind(mention.actor) is not None
        if named and ((owns and mention.start < region.end_char) or not {"by", "from", "with"}.isdisjoint(before)):
            return mention.actor
    if region[0].lower_ not in _DEFINITE or len(region) > _NEAR:
        return None
    here = region.start_char
    if region[-1].lower_ in words("names", "articles"):
        outlets = (m.actor for m in reversed(scene.bodies_before(here)) if _of_kind(m.actor, ["newspaper"]))
        return next(outlets, None)
    if scene.authors and scene.sentence(here) - scene.sentence(scene.authors[-1][0]) <= 2 * _NEAR:
        return scene.authors[-1][1]
    last = next(scene.spoken_before(here), None)
    near = last is not None and scene.sentence(here) - scene.sentence(last.envelope[1] - 1) <= 2
    return last.speaker if last is not None and near else None


def _group(scene: Scene, source: Span) -> Speaker | None:
    """Return a speaker without a name as an actor of its own: "two sources in Kenya", "the union"."""
    tokens = [token for token in source if not token.is_space]
    while len(tokens) > 1 and tokens[0].lower_ in words("grammar", "articles"):
        tokens = tokens[1:]
    owned = tokens[0].lower_ in words("grammar", "possessives")
    if owned or not any(map(_names_somebody, (source.root, head_region(source.doc, source)[-1]))):
        return None
    # "A senior official who asked not to be named" goes by what stands before the clause.
    clause = next((token.i for token in tokens[1:] if token.lower_ in {"who", "whom"}), source.end)
    start, end = tokens[0].i, clause - (clause < source.end and source.doc[clause - 1].is_punct)
    name = source.doc[start:end].text
    cast = scene.cast
    if name not in cast.actors:
        owners = [cast.actors[mention.actor].side for mention in cast.at(source.start_char, source.end_char)]
        side = next((side for side in owners if side), None)
        cast.add(name, "group", side=side, alias=name, evidence=source)
    scene.describe(source.doc[start:end], name)
    return Speaker(name, "description")


def _names_somebody(head: Token) -> bool:
    """Tell whether a source is a noun phrase or stands for one ("many"), not the beginning of a clause."""
    return head.pos_ in {"NOUN", "PROPN", "NUM", "ADJ"} or head.lower_ in words("grammar", "quantifiers")
