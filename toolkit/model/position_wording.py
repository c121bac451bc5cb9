"""How a stand is worded: the vectors of its words and of the word they hang on, marks of mood, what word lists tell.

Few stands are labelled, so what they say is weighed by a small network over these alone, most of which is hidden
from it as it learns (:mod:`toolkit.model.train.positions_wording`).
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from toolkit.model.position_pairs import N_LISTED, listed_features, told_around
from toolkit.model.word_pieces import vectors_of
from toolkit.text.syntax import is_passive, is_verb

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray
    from spacy.tokens import Token

    from toolkit.model.event_pairs import Spot
    from toolkit.model.position_pairs import Scene

_WIDTH = 384
_VECTORS = 5
"""Of all words of a stand, the first, that before it, the one that others hang on, and what stands by that."""
_BESIDE = frozenset(["aux", "auxpass", "neg", "advmod"])
_MOODS = (
    *("will", "would", "must", "should", "could", "can", "may", "to", "not", "no"),
    *("we", "i", "they", "you", "if", "unless"),
)
_FLAG, _TOLD = 4, 8
"""How large flags are, and what word lists tell, beside vectors of unit variance: what is large is trusted more."""
N_VECTORS = _VECTORS * _WIDTH
N_WORDING = N_VECTORS + 8 + len(_MOODS) + N_LISTED


def wording(scene: Scene, stands: Sequence[Spot]) -> NDArray[np.float32]:
    """Return how stands are worded, shape (stands, N_WORDING), float32."""
    if not stands:
        return np.zeros((0, N_WORDING), np.float32)
    rows = [np.concatenate([*_vectors(scene, stand), _flags(scene, stand)]) for stand in stands]
    return np.hstack([np.array(rows, np.float32), _TOLD * listed_features(scene, stands)])


def _vectors(scene: Scene, stand: Spot) -> list[NDArray[np.float32]]:
    pieces, head = scene.words.pieces, scene.head(stand)
    inside = [_mean([pieces[word]]) for word in range(stand.start, stand.end)]
    before = _mean([pieces[stand.start - 1]] if stand.start else [])
    beside = [child for child in head.children if child.dep_ in _BESIDE]
    return [np.mean(inside, 0), inside[0], before, _of_tokens(scene, [head]), _of_tokens(scene, beside)]


def _of_tokens(scene: Scene, tokens: Iterable[Token]) -> NDArray[np.float32]:
    """Return the mean vector of some tokens, as far as they are words of the part that is read."""
    words = (scene.word_of.get(token.i) for token in tokens)
    return _mean([scene.words.pieces[word] for word in words if word is not None])


def _mean(pieces: Sequence[Sequence[int]]) -> NDArray[np.float32]:
    """Return the mean vector of words, given their pieces; zeros for none."""
    if not pieces:
        return np.zeros(_WIDTH, np.float32)
    found: NDArray[np.float32] = np.mean([_vector(tuple(each)) for each in pieces], 0)
    return found


@lru_cache(maxsize=20_000)
def _vector(pieces: tuple[int, ...]) -> NDArray[np.float32]:
    """Return the mean vector of a word's pieces; most words were met before."""
    found: NDArray[np.float32] = vectors_of(np.array(pieces)).mean(0)
    return found


def _flags(scene: Scene, stand: Spot) -> NDArray[np.float32]:
    told, head = told_around(scene, stand), scene.head(stand)
    words = {text.lower() for text in scene.words.texts[stand.start : stand.end]}
    kind = told.inner.kind if told.inner else None
    flags = [
        *(kind == each for each in (None, "direct", "mixed")),
        bool(told.cued),
        any(child.dep_ == "neg" for child in head.children),
        head.pos_ == "NOUN",
        is_verb(head),
        is_passive(head),
        *(mood in words for mood in _MOODS),
    ]
    return _FLAG * np.array(flags, np.float32)
