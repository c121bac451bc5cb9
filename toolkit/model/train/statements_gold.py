"""Articles of ``gold/coverage`` with their statements as the tagger learns them, those told inside others apart."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any

import numpy as np

from toolkit.model.tags import LEVELS, MODES, OF_MODES, SCORES, TAGS, begin
from toolkit.model.train.events_gold import read_labels
from toolkit.model.train.polnear import NO_LABEL, Example, Labels, label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from spacy.language import Language

    from toolkit.model.words import Cutter, Words

    Row = dict[str, Any]


def read_statements(gold: Path, part: str, nlp: Language, cut: Cutter) -> Iterator[Example]:
    """Yield the articles of a part of the gold with their statements.

    Raises
    ------
    InputError
        Where the folder holds none.
    """
    from toolkit.model.words import read_words

    for given, labels in read_labels(gold, part):
        words = read_words(nlp.make_doc(given["text"]), cut)
        yield Example(words, (whole_labels(words, labels["statements"]),))


def whole_labels(words: Words, rows: Sequence[Row]) -> Labels:
    """Return statements as labels of both levels, with the mode of each at its cue; what is told deeper is left out."""
    target = np.zeros((len(words), SCORES), np.float32)
    levels = []
    for depth, columns in enumerate(LEVELS):
        own = [row for number, row in enumerate(rows) if _depth(rows, number) == depth]
        levels.append(label(words, own))
        target[:, columns] = one_hot(levels[-1])
        _set_modes(target, words, own, levels[-1])
    return Labels(levels[0].tags, levels[0].links, target)


def one_hot(labels: Labels) -> NDArray[np.float32]:
    """Return tags and links as if a teacher were sure of them, shape (words, LEVEL), float32."""
    found = np.zeros((len(labels.tags), LEVELS[0].stop), np.float32)
    found[np.arange(len(found)), labels.tags] = 1
    linked = [word for word, link in enumerate(labels.links) if link != NO_LABEL]
    found[linked, [len(TAGS) + labels.links[word] for word in linked]] = 1
    return found


def _depth(rows: Sequence[Row], number: int) -> int:
    depth, via = 0, rows[number]["via"]
    while via is not None:
        depth, via = depth + 1, rows[via]["via"]
    return depth


def _set_modes(target: NDArray[np.float32], words: Words, rows: Sequence[Row], labels: Labels) -> None:
    for row in (row for row in rows if row["cue"]):
        word = max(0, bisect_right(words.spans, (row["cue"][0][0], 1 << 60)) - 1)
        if labels.tags[word] in {begin("cue"), begin("cue") + 1}:
            target[word, OF_MODES] = [mode == row["mode"] for mode in MODES]
