"""Names and common nouns: who is meant wherever the words stand, and who only in their article."""

from __future__ import annotations

from toolkit.lexicon import gazetteer
from toolkit.lexicon.lexicon import derived
from toolkit.lexicon.wordlists import words

_LISTS = ("unnamed_sources", "institutions", "body_nouns", "speaking_for", "clause_openers")


def is_named(name: str) -> bool:
    """Tell whether words name somebody, as "Letter Carriers' Union", "Greens", "Kenyan officials" do.

    Those that are common nouns alone ("the union", "Both sides", "Officials") are somebody else in each article.
    """
    first, *others = name.split() or [""]
    if any(_is_proper(word) for word in others):
        return True
    return _is_proper(first) and first.lower() not in _common_nouns() and not gazetteer.is_role(first)


def _is_proper(word: str) -> bool:
    return any(character.isupper() for character in word)


@derived
def _common_nouns() -> frozenset[str]:
    return frozenset().union(*(words("grammar", name) for name in _LISTS))
