"""The language of an article: the toolkit reads English, and would find nothing, or nonsense, in another.

Most passages tell it by their commonest words; py3langid, small and offline, is asked of the others. Short texts and
lists of names give it too little to go by, so they pass.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from toolkit.articles._outcomes import LeftOut, Problem
from toolkit.lexicon.lexicon import derived
from toolkit.lexicon.wordlists import load

if TYPE_CHECKING:
    from collections.abc import Iterator

LETTERS = 120
"""Below this nothing is said of a language."""
SURE = 0.95
LOOKED_AT = 400
"""Characters of a passage."""
PASSAGES = 6
"""Of a text, spread over it."""
MIXED = 0.25
"""From this part of the passages on another language is told; from half on it is the text's own."""
PLAIN = 0.15
"""Of a passage's words: English news has a quarter, other languages next to none."""
_WORD = re.compile(r"[^\W\d_]+")
_BREAK = re.compile(r"\n\s*\n|\n")


class Foreign(NamedTuple):
    """An article that is in another language than is wanted, or in part."""

    reason: str
    is_left_out: bool

    def of(self, source: str) -> LeftOut | Problem:
        """Return what is told of it."""
        return (LeftOut if self.is_left_out else Problem)(source, self.reason)


def foreign(text: str, wanted: str | None) -> Foreign | None:
    """Tell whether a text is in another language than is wanted; None where it is not, or cannot be told.

    Parameters
    ----------
    text : str
    wanted : str or None
        ISO 639-1 code; None for any.
    """
    if wanted is None or len(text) < LETTERS:
        return None
    told = [code for passage in _passages(text) if (code := language_of(passage))]
    others = [code for code in told if code != wanted]
    if len(others) < MIXED * len(told) or not others:
        return None
    codes = ", ".join(dict.fromkeys(others))
    if len(others) > len(told) / 2:
        return Foreign(f"is in another language ({codes}); to read it all the same, language=None", is_left_out=True)
    return Foreign(f"is in part in another language ({codes})", is_left_out=False)


def language_of(text: str) -> str | None:
    """Return the ISO 639-1 code of a text's language; None where it is too short or not sure.

    Examples
    --------
    >>> language_of("The envoys of both ports met on Monday and said that the talks about the fee would go on. " * 2)
    'en'
    """
    words = " ".join(text.split())
    if sum(map(str.isalpha, words[: 4 * LETTERS])) < LETTERS:
        return None
    if _is_plainly_english(words[:LOOKED_AT]):
        return "en"
    code, sureness = _identifier().classify(words[:LOOKED_AT])
    return str(code) if sureness >= SURE else None


def _is_plainly_english(words: str) -> bool:
    """Tell whether so many words are such as only English has that the model, slow to load, need not be asked."""
    told = _WORD.findall(words.lower())
    known = _english()
    return sum(word in known for word in told) > PLAIN * len(told)


@derived
def _english() -> frozenset[str]:
    return frozenset(load("reading")["languages"]["english"])


def _passages(text: str) -> Iterator[str]:
    """Yield paragraphs, short ones together, spread over the text."""
    whole: list[str] = [""]
    for piece in _BREAK.split(text[: LOOKED_AT * 50]):
        if len(whole[-1]) < 2 * LETTERS:
            whole[-1] += f" {piece}"
        else:
            whole.append(piece)
    yield from whole[:: max(1, len(whole) // PASSAGES)][:PASSAGES]


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
