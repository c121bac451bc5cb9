"""Who else is spoken of: groups, bodies under common nouns, what pronouns stand for, states behind their adjectives.

None of these is an actor for being mentioned; they become actors where an opinion is held by or of them
(:mod:`toolkit.sentiment`), or where they stand for or against something (:mod:`toolkit.positions`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.lexicon import gazetteer
from toolkit.lexicon.wordlists import words
from toolkit.records import Mention
from toolkit.speakers._described import taken_up
from toolkit.speakers._pronouns import SINGULAR, antecedent, bodies_meant
from toolkit.speakers._scene import scene_of
from toolkit.speakers._spans import Holding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spacy.tokens import Doc, Span, Token

    from toolkit.actors import Cast
    from toolkit.records import Quotation
    from toolkit.speakers._scene import Scene

_LONGEST = 6
"""Most words of a noun phrase up to its noun."""
_ENTRIES = frozenset(["adjective", "state", "metonym"])


def further_mentions(doc: Doc, cast: Cast, quotations: Sequence[Quotation]) -> list[Mention]:
    """Return further places where somebody is spoken of, in reading order; the cast is not changed.

    Parameters
    ----------
    doc : Doc
        Parsed, with names.
    cast : Cast
        The article's actors and their mentions.
    quotations : sequence of Quotation
        With speakers.

    Returns
    -------
    list of Mention
        Where no mention of the cast stands; ``actor`` may be a name that the cast does not know.
    """
    scene = scene_of(doc, cast, quotations)
    for quotation in sorted(quotations, key=lambda quotation: quotation.spans[0]):
        if quotation.speaker:
            scene.attribute(quotation)
    taken = {i for mention in cast.mentions if mention.how != "title" for i in range(mention.start, mention.end)}
    found = [*_pronouns(scene, quotations, taken), *_phrases(scene, taken), *_states(scene, taken)]
    return sorted(found, key=lambda mention: (mention.start, mention.end))


def add_further(cast: Cast, mentions: Iterable[Mention]) -> None:
    """Add some further mentions to a cast, which is changed in place, with the actors that they alone make known."""
    for mention in mentions:
        if mention.actor not in cast.actors:
            entry = gazetteer.lookup(mention.text)
            state = entry is not None and entry.name == mention.actor
            cast.add(mention.actor, "country" if state else "group", side=mention.actor if state else None)
        cast.mentions.append(mention)
    cast.sort()


def _pronouns(scene: Scene, quotations: Sequence[Quotation], taken: set[int]) -> Iterator[Mention]:
    spoken = Holding((span, quotation.speaker) for quotation in quotations for span in quotation.spans)
    for token in scene.doc:
        word = token.lower_
        if token.idx in taken:
            continue
        names: tuple[str, ...] = ()
        if word in SINGULAR:
            name = antecedent(scene, token.idx, SINGULAR[word], apart=frozenset(spoken.at(token.idx)))
            names = (name,) if name else ()
        else:
            names = bodies_meant(scene, token)
        for name in names:
            yield _mention(scene, token.doc[token.i : token.i + 1], name, "pronoun")


def _phrases(scene: Scene, taken: set[int]) -> Iterator[Mention]:
    """Give the noun phrases for people and bodies: those met before, or a group of its own."""
    for token in scene.doc:
        if not _is_people(token) or token.idx in taken:
            continue
        region = _region(token)
        if any(part.ent_type_ == "PERSON" for part in region):
            continue
        known = taken_up(scene, region)
        if known is None and any(part.idx in taken for part in region):
            # "Kenya's ministers" are no part of Kenya, but the name in it is a mention of its own.
            region = _behind(region, taken)
        first = next((i for i, part in enumerate(region) if not _opens(part)), len(region) - 1)
        yield _mention(scene, region, known or region[first:].text, "description")


def _states(scene: Scene, taken: set[int]) -> Iterator[Mention]:
    """Give the states behind adjectives and capitals: "**Russian** aggression", "threats from **Moscow**"."""
    for ent in scene.doc.ents:
        entry = gazetteer.lookup(ent.text)
        if entry is not None and entry.category in _ENTRIES and ent.start_char not in taken:
            yield _mention(scene, ent, entry.name, "metonym")


def _is_people(token: Token) -> bool:
    """Tell whether a word is a noun for people or a body, or names a party's followers: "Republicans"."""
    if token.pos_ not in {"NOUN", "PROPN"} or token.dep_ in {"compound", "amod", "nmod"}:
        return False
    word = token.lower_
    if token.tag_ in {"NNPS", "NNP"}:
        return token.text in words("names", "partisans") or (token.tag_ == "NNPS" and token.ent_type_ == "NORP")
    lists = (
        ("grammar", "unnamed_sources"),
        ("grammar", "institutions"),
        ("grammar", "body_nouns"),
        ("names", "groups"),
    )
    return any(word in words(*name) for name in lists) or gazetteer.is_role(word) or word in words("names", "taken_up")


def _region(token: Token) -> Span:
    """Return a noun with what stands before it in its phrase."""
    start = max(token.left_edge.i, token.i - _LONGEST)
    while start < token.i and (token.doc[start].is_punct or token.doc[start].is_space):
        start += 1
    return token.doc[start : token.i + 1]


def _behind(region: Span, taken: set[int]) -> Span:
    last = max(i for i, part in enumerate(region) if part.idx in taken)
    start = last + 1
    while start < len(region) - 1 and not region[start].is_alpha:
        start += 1
    return region[start:]


def _opens(token: Token) -> bool:
    """Tell whether a word before a noun is no part of a name for it: "**the** workers", "**those** critics"."""
    return token.dep_ in {"det", "predet"} or token.is_punct


def _mention(scene: Scene, span: Span, actor: str, how: str) -> Mention:
    return Mention(scene.cast.article_id, span.start_char, span.end_char, span.text, actor, how)  # type: ignore[arg-type]
