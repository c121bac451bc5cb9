"""Descriptions by state and role: "Russian officials", "the Ukrainian leader", "the U.S. delegation"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.lexicon import gazetteer
from toolkit.lexicon.wordlists import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Span

_MODIFIERS = 2


@dataclass(frozen=True, slots=True)
class Description:
    """Tokens ``[start, end)`` that describe a person or group of a side; ``head`` is the last word, lower-case."""

    start: int
    end: int
    side: str
    head: str
    plural: bool


def descriptions(doc: Doc, first_token: int) -> Iterator[Description]:
    """Give the descriptions that a state's adjective opens and a noun for people or bodies ends."""
    for ent in doc.ents:
        entry = gazetteer.lookup(ent.text)
        if ent.start < first_token or entry is None or entry.category not in {"adjective", "state", "people"}:
            continue
        end = _head_end(doc, ent.end)
        if end is None or _before_name(doc, end):
            continue
        head = doc[end - 1].lower_
        start = _joined_start(doc, ent)
        joined = start < ent.start
        start -= start > 0 and doc[start - 1].lower_ in words("grammar", "articles")
        if joined:
            yield Description(start, end, "", head, plural=True)
            continue
        yield Description(start, end, entry.name, head, plural=not gazetteer.is_role(head) or head.endswith("s"))


def _joined_start(doc: Doc, ent: Span) -> int:
    """Return where a description begins that another state opens too: "**Norwegian and** Kenyan officials"."""
    start = ent.start - 2
    joined = start >= 0 and doc[ent.start - 1].lower_ == "and" and doc[start].ent_type_ != ""
    entry = gazetteer.lookup(doc[start].text) if joined else None
    return start if entry is not None and entry.category in {"adjective", "state", "people"} else ent.start


def same_office(head: str, role: str | None) -> bool:
    """Tell whether a noun can stand for a role: "leader" for a president, "minister" for a foreign minister."""
    if role is None:
        return False
    held = {word.strip(".,") for word in role.lower().split()}
    return (
        head in held
        or (head == "leader" and bool(held & words("grammar", "leaders")))
        or (head == "president" and "leader" in held)
        or (head == "chief" and bool(held & words("grammar", "chiefs")))
    )


def _head_end(doc: Doc, i: int) -> int | None:
    """Return the token behind the noun of people that follows within a few words of one noun phrase."""
    last: int | None = None
    for j in range(i, min(i + _MODIFIERS + 1, len(doc))):
        token = doc[j]
        if (
            token.is_sent_start
            or not token.is_alpha
            or not token.text.islower()
            or token.lower_ in words("grammar", "phrase_breaks")
        ):
            break
        if token.lower_ in words("grammar", "inner_prepositions"):
            break
        if is_people(token.lower_):
            last = j + 1
    return last


def is_people(word: str) -> bool:
    """Tell whether a noun is for people or bodies: "officials", "government"."""
    lists = ("unnamed_sources", "institutions")
    return gazetteer.is_role(word) or any(word in words("grammar", name) for name in lists)


def _before_name(doc: Doc, end: int) -> bool:
    return end < len(doc) and doc[end].ent_type_ == "PERSON"
