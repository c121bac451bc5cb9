"""The words of a proposition that tell what it is on, and where they lie among the vectors of word pieces."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from toolkit.lexicon.wordlists import words
from toolkit.model.word_pieces import UNKNOWN, load_tokenizer, vectors_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    Vector = NDArray[np.float32]

_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_OWNER = re.compile(r"['’](?:s|re|ve|ll|d|m)?$")
_NAMED = 0.5
"""What a word with a capital counts: who is asked tells less of an issue than what for."""
_COMMON, _STEP = 1996, 300
"""Pieces are numbered by how rare they are, from the first that is no sign on."""
WIDTH = 384
"""Of the vectors."""
_RARE = 25_000
"""The place of a word of several pieces."""
_ENDINGS = (("ies", "y", 2), ("sses", "ss", 2), ("s", "", 3))
"""Endings of the plural, with that of the singular, and the fewest letters before."""
_SINGULAR = ("ss", "us", "is")


def stem(word: str) -> str:
    """Return a word in small letters and the singular, by its letters alone: "country" of "Countries"."""
    plain = _OWNER.sub("", word.lower())
    for ending, singular, least in _ENDINGS:
        if plain.endswith(ending) and len(plain) - len(ending) >= least and not plain.endswith(_SINGULAR):
            return plain.removesuffix(ending) + singular
    return plain


def stems(text: str) -> tuple[str, ...]:
    """Return the words of a text that tell something, as stems, in order."""
    return tuple(word for word, _ in _telling(text))


def weights_of(text: str) -> dict[str, float]:
    """Return how much each word of a text tells of an issue, by its stem: rare ones more, names less."""
    found: dict[str, float] = {}
    for word, is_name in _telling(text):
        weight = _placed(word)[1] * (_NAMED if is_name else 1.0)
        found[word] = max(weight, found.get(word, 0.0))
    return found


def _telling(text: str) -> Iterator[tuple[str, bool]]:
    """Give the stem of each word that tells something, and whether it has a capital."""
    passed = words("positions", "issues", "passed_over")
    for match in _WORD.finditer(text):
        word = stem(match.group())
        if word not in passed and match.group().lower() not in passed:
            yield word, match.group()[0].isupper()


def vector_of(weights: Mapping[str, float]) -> Vector:
    """Return the mean of words' vectors by their weights, of length 1; of no words it is zero."""
    told = (np.float32(weight) * _placed(word)[0] for word, weight in sorted(weights.items()))
    return unit(sum(told, np.zeros(WIDTH, np.float32)))


def unit(vector: Vector) -> Vector:
    """Return a vector of length 1 of the same direction; of no length it stays."""
    length = float(np.linalg.norm(vector))
    return vector / np.float32(length) if length else vector


@lru_cache(maxsize=50_000)
def _placed(word: str) -> tuple[Vector, float]:
    """Return the vector of a word, and its weight."""
    ids = load_tokenizer().encode(word, add_special_tokens=False).ids
    place = ids[0] if len(ids) == 1 else _RARE
    mean = vectors_of(np.array(ids or [UNKNOWN], np.int64)).mean(axis=0, dtype=np.float32)
    return unit(mean), float(np.log1p(max(place - _COMMON, 1) / _STEP))
