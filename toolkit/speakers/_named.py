"""Sources that name who speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.lexicon.wordlists import words
from toolkit.speakers._scene import Speaker

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc, Span

    from toolkit.actors import Cast
    from toolkit.records import Mention


def head_region(doc: Doc, source: Span) -> Span:
    """Return the source without what hangs on its head: "an adviser | to the mayor", "the spokesman, | Peskov"."""
    comma = next((token.i for token in reversed(source) if token.text == ","), source.start)
    if source.start < comma < source.end - 1 and doc[comma + 1].ent_type_ == "PERSON":
        tail = doc[comma + 1 : source.end]
        listed = doc[comma - 1].ent_type_ == "PERSON" and any(token.lower_ == "and" for token in tail)
        return source if listed else tail
    stops = words("grammar", "inner_prepositions") | {",", "(", "—", "who"}
    for token in source:
        inside_name = token.ent_type_ and token.ent_iob_ == "I"
        if token.i > source.start and token.lower_ in stops and not inside_name and not _in_title(doc, token.i):
            return doc[source.start : token.i]
    return source


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
