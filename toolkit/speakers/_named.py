"""Sources that name who speaks."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from toolkit.lexicon.wordlists import words
from toolkit.speakers._scene import Speaker

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc, Span, Token

    from toolkit.actors import Cast
    from toolkit.records import Mention

_JOINING = frozenset(["and", "or", "nor", "but", "&"])
_RELATIVE = frozenset(["who", "whom", "whose", "which", "that"])
_HANGING = _RELATIVE | {",", "—"}


def parts(source: Span) -> list[Span]:
    """Return the phrases that a source joins: "the union", "the mayor"; all of it where one person is meant.

    "A chairman and founder" is one person, as nouns for one without an article of their own are.
    """
    heads = [source.root, *(token for token in source.root.conjuncts if source.root.i < token.i < source.end)]
    starts = [source.start, *(max(head.left_edge.i, before.i + 1) for before, head in pairwise(heads))]
    if len(heads) == 1 or any(map(_shares_article, heads)):
        return [source]
    found = [_bare(source.doc[start:end]) for start, end in pairwise([*starts, source.end])]
    return [part for part in found if len(part)]


def _shares_article(head: Token) -> bool:
    return head.tag_ == "NN" and not any(
        child.dep_ in {"det", "poss", "nmod:poss", "nummod"} for child in head.children
    )


def _bare(part: Span) -> Span:
    """Return a phrase without the commas and conjunctions at its ends."""
    start, end = part.start, part.end
    while start < end and (part.doc[start].is_punct or part.doc[start].lower_ in _JOINING | {"both"}):
        start += 1
    while end > start and (part.doc[end - 1].is_punct or part.doc[end - 1].lower_ in _JOINING):
        end -= 1
    return part.doc[start:end]


def head_region(doc: Doc, source: Span) -> Span:
    """Return the source without what hangs on its head: "an adviser | to the mayor", "the spokesman, | Peskov".

    Of phrases between commas it is the first that names a person: "an adviser to the mayor, | Luis Pinto".
    """
    stop = next((token.i for token in source[1:] if token.lower_ in _RELATIVE), source.end)
    commas = [token.i for token in source if token.text == "," and source.start < token.i < stop - 1]
    regions = [_head(doc, start, stop) for start in (source.start, *(comma + 1 for comma in commas))]
    people = [region for region in regions if _names_person(region)]
    listed = people and any(token.lower_ == "and" for token in doc[people[0].end : stop])
    if listed and all(_names_person(region) for region in regions[regions.index(people[0]) :]):
        return doc[people[0].start : stop]
    return people[0] if people else regions[0]


def _names_person(region: Span) -> bool:
    """Tell whether a person's name ends a phrase."""
    return len(region) > 0 and region[-1].ent_type_ == "PERSON"


def _head(doc: Doc, start: int, end: int) -> Span:
    stops = words("grammar", "inner_prepositions") | _HANGING
    behind = start + 1
    while behind < end:
        token = doc[behind]
        inside_name = token.ent_type_ and token.ent_iob_ == "I"
        if token.text == "(" and (closing := _closing(doc, behind, end)):
            behind = closing
        elif token.text == "(" or (token.lower_ in stops and not inside_name and not _in_title(doc, behind)):
            break
        behind += 1
    return doc[start:behind]


def _closing(doc: Doc, i: int, end: int) -> int | None:
    """Return the bracket that closes one at token ``i``, where a phrase goes on behind it: "the NUF (North) leader"."""
    found = next((k for k in range(i, end) if doc[k].text == ")"), end)
    return found if found + 1 < end and doc[found + 1].is_alpha and doc[found + 1].lower_ not in _RELATIVE else None


def _in_title(doc: Doc, i: int) -> bool:
    """Tell whether "of" stands in a title before a name: "Secretary of State John Mercer"."""
    behind = i + 1
    while behind < len(doc) and behind - i < 4 and doc[behind].is_title and not doc[behind].ent_type_:
        behind += 1
    return behind < len(doc) and doc[behind].ent_type_ == "PERSON" and doc[i - 1].is_title and behind > i + 1


def named(text: str, region: Span, cast: Cast) -> Speaker | None:
    """Return the actor that the head of a source names; of several joined by "and" the first, with the others."""
    end = region.end_char
    mentions = cast.at(region.start_char, end)
    owned = {mention.start for mention in mentions if mention.end < end and possessive(text, mention.end)}
    modifying = {mention.start for mention in mentions if _modifies(region, mention.end)}
    inside = [
        mention
        for mention in mentions
        if mention.how in {"name", "metonym"} and mention.start not in owned and mention.start not in modifying
    ]
    described = [mention for mention in mentions if mention.how == "description" and mention.end == end]
    people = [mention for mention in inside if cast.actors[mention.actor].kind == "person"]
    candidates = people or described or (inside if inside and inside[-1].end == end else [])
    if not candidates:
        return None
    names = list(dict.fromkeys(mention.actor for mention in _joined(text, candidates)))
    return Speaker(names[0], candidates[-1].how, tuple(names[1:]))


def _modifies(region: Span, end: int) -> bool:
    """Tell whether a common noun of the region follows a name, so that it is not the head: "the Duarte campaign"."""
    behind = next((token for token in region if token.idx >= end), None)
    if behind is None or not behind.is_alpha or not behind.text.islower() or behind.lower_ in {"nor", "or"}:
        return False
    lists = ("auxiliaries", "phrase_breaks", "inner_prepositions", "possessives")
    return not behind.lower_.endswith("ly") and not any(behind.lower_ in words("grammar", name) for name in lists)


def _joined(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions joined by "and" or commas to the last one; without any, the last one alone."""
    last = [mentions[-1]]
    for mention in reversed(mentions[:-1]):
        if not joins(text[mention.end : last[0].start]):
            break
        last.insert(0, mention)
    return last


def joins(between: str) -> bool:
    """Tell whether the text between two names makes them one subject: "and", a comma, "and the", "nor"."""
    between = between.lower().strip()
    return between in {"and", ",", "&", ", and", "nor", "or"} or between.startswith(("and ", "nor "))


def possessive(text: str, end: int) -> bool:
    """Tell whether the name that ends at an offset owns what follows."""
    return text[end : end + 2] in {"'s", "’s"} or (text[end : end + 1] in {"'", "’"} and text[end - 1] == "s")
