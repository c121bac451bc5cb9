"""What the parsing network reads of a token: its form cut in several ways, and what the word lists say of it."""

from __future__ import annotations

from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Final
from zlib import crc32

import numpy as np

from toolkit import gazetteer
from toolkit.cues import is_cue

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

SIZES: Final = {
    "norm": 8000,
    "norm_again": 8000,
    "prefix": 2000,
    "suffix2": 1000,
    "suffix3": 2000,
    "suffix4": 4000,
    "shape": 1000,
    "listed": 15,
    "word_list": 5,
    "layout": 4,
}
"""The columns behind the word's row in the table of vectors, and how many values each may take; 0 is "nothing"."""

_CATEGORIES: Final = ("state", "metonym", "adjective", "people", "organisation", "city", "region")
_MOST_FORMS = 200_000
_PLAIN = str.maketrans("“”’‘–—", "\"\"''--")
_DIGITS = str.maketrans("123456789", "000000000")
_SALT = "again "


class FeatureReader:
    """Turns words into rows of features; forms seen before are looked up.

    Parameters
    ----------
    vector_words : sequence of str
        The words, in lower case, of the rows of the table of vectors; row 0 of the table is for words not in it.
    """

    def __init__(self, vector_words: Sequence[str]) -> None:
        self._rows = {word: row for row, word in enumerate(vector_words, 1)}
        self._forms: dict[str, tuple[int, ...]] = {}

    def read(self, words: Sequence[str], spaces: Sequence[bool], starts: Sequence[bool]) -> NDArray[np.int32]:
        """Return the features (words, 1 + len(SIZES)).

        Parameters
        ----------
        words : sequence of str
        spaces : sequence of bool
            Whether white space follows the word.
        starts : sequence of bool
            Whether a sentence begins with the word.
        """
        if len(self._forms) > _MOST_FORMS:
            self._forms.clear()
        rows = np.zeros((len(words), 1 + len(SIZES)), np.int32)
        if len(words):
            rows[:, :8] = [self._form(word) for word in words]
            rows[:, 8] = listed_phrases(words)
            rows[:, 9] = [_word_list(word) for word in words]
            rows[:, 10] = np.asarray(spaces, np.int32) + 2 * np.asarray(starts, np.int32)
        return rows

    def _form(self, word: str) -> tuple[int, ...]:
        found = self._forms.get(word)
        if found is None:
            found = self._forms[word] = self._read_form(word)
        return found

    def _read_form(self, word: str) -> tuple[int, ...]:
        plain = word.translate(_PLAIN)
        lower = plain.lower()
        norm = lower.translate(_DIGITS)
        row = self._rows.get(lower) or self._rows.get(norm) or 0
        return (
            row,
            _bucket(norm, "norm"),
            _bucket(_SALT + norm, "norm_again"),
            _bucket(plain[:3], "prefix"),
            _bucket(norm[-2:], "suffix2"),
            _bucket(norm[-3:], "suffix3"),
            _bucket(norm[-4:], "suffix4"),
            _bucket(_shape(plain), "shape"),
        )


def _bucket(text: str, column: str) -> int:
    return 1 + crc32(text.encode()) % (SIZES[column] - 1)


def _shape(word: str) -> str:
    """Return "Xx", "X.X.", "0-x": the kinds of a word's characters, runs of one kind counted up to four."""
    kinds = ("X" if c.isupper() else "x" if c.isalpha() else "0" if c.isdigit() else c for c in word[:40])
    return "".join(kind * min(4, sum(1 for _ in run)) for kind, run in groupby(kinds))


@cache
def _longest_by_first_word() -> dict[str, int]:
    longest: dict[str, int] = {}
    for form in gazetteer.entries():
        words = form.split()
        for first in {words[0], words[0].upper()}:
            longest[first] = max(longest.get(first, 0), len(words))
    return longest


def listed_phrases(words: Sequence[str]) -> list[int]:
    """Return for each word 0, or the category of the listed phrase that it begins (1 to 7) or is inside (8 to 14)."""
    found, longest, i = [0] * len(words), _longest_by_first_word(), 0
    while i < len(words):
        step = 1
        for size in range(min(longest.get(words[i], 0), len(words) - i), 0, -1):
            entry = gazetteer.lookup(" ".join(words[i : i + size]))
            if entry is not None:
                kind = 1 + _CATEGORIES.index(entry.category)
                found[i : i + size] = [kind, *[kind + len(_CATEGORIES)] * (size - 1)]
                step = size
                break
        i += step
    return found


@cache
def _word_list(word: str) -> int:
    if word in gazetteer.first_names():
        return 1
    if gazetteer.is_honorific(word) and word[0].isupper():
        return 2
    if gazetteer.is_role(word):
        return 3
    return 4 if is_cue(word) else 0
