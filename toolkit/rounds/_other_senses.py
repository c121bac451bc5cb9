"""Where a word of talks means something else: a verb, "press conference", "a round of sanctions"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.rounds._lexicon import alternation, listed, pattern, talks

if TYPE_CHECKING:
    from toolkit.records import Span
    from toolkit.rounds._reading import Token


def barred(text: str, span: Span) -> list[Span]:
    """Return the spans in which a word of talks means something else: "press conference", "round of sanctions"."""
    other = talks("not_talks")
    patterns = [
        pattern("not_talks", "before"),
        pattern("not_talks", "phrases"),
        _round_of(tuple(other["round_of"])),
    ]
    return [match.span() for p in patterns for match in p.finditer(text, *span)]


def _round_of(entries: tuple[str, ...]) -> re.Pattern[str]:
    inner, heads = alternation(entries).pattern, alternation(tuple(talks("talks"))).pattern
    return re.compile(rf"\brounds?\s+of\s+(?:(?!{heads})[\w.-]+\s+){{0,3}}?{inner}", re.IGNORECASE)


def is_verb(tokens: list[Token], i: int) -> bool:
    """Tell whether "talks" or "meeting" is a verb form here: "she talks about", "after meeting Putin"."""
    before = tokens[i - 1].lower if i else ""
    behind = tokens[i + 1] if i + 1 < len(tokens) else None
    if tokens[i].lower in {"talk", "talks"}:
        subject = before in {
            "he",
            "she",
            "it",
            "who",
            "they",
            "we",
            "i",
            "you",
            "to",
            "also",
            "often",
            "never",
        }
        return subject or (before in {"'s", "n't"}) or (behind is not None and behind.lower in {"about", "like"})
    if tokens[i].lower == "meeting" and behind is not None:
        led = before in listed("determiners") or _modifies_noun(tokens, i)
        return not led and (behind.capitalised or behind.lower in {"with", "the", "in", "on", "again", "at"})
    return False


def _modifies_noun(tokens: list[Token], i: int) -> bool:
    return i > 0 and modifies(tokens[i - 1]) and not tokens[i - 1].lower.endswith(("ing", "ed"))


def modifies(token: Token) -> bool:
    """Tell whether a word can stand between a determiner and its noun."""
    return token.text[0].isalnum() and token.lower not in listed("not_modifiers")
