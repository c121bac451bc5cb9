"""Spellings of one name: what transliterations of other alphabets differ in."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_SPELLINGS = (
    (re.compile(r"(?:iy|yy|ij|yi|iyy|ii|i|y)$"), "i"),
    (re.compile(r"y"), "i"),
    (re.compile(r"kh"), "h"),
    (re.compile(r"ts"), "c"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"w"), "v"),
    (re.compile(r"ie"), "e"),
    (re.compile(r"(.)\1"), r"\1"),
)


@cache
def skeleton(word: str) -> str:
    """Return a word with the differences between transliterations taken out: Zelenskyy, Zelensky, Zelenskiy are one.

    Parameters
    ----------
    word : str
        One word of a name.
    """
    folded = unicodedata.normalize("NFKD", word).casefold()
    folded = "".join(char for char in folded if not unicodedata.combining(char) and char not in "'’.")
    for pattern, replacement in _SPELLINGS:
        folded = pattern.sub(replacement, folded)
    return folded
