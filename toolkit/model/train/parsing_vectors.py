"""Word vectors from MiniLM: the mean of a word's states in the lower layers, over its occurrences in training text.

At run time they are a table and need no encoder. The lower layers hold what a word is (its class, its kind of name),
the upper ones what a sentence says.
"""

from __future__ import annotations

import logging
import random
import time
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch

from toolkit.model.train.encoder import WIDTH, TargetClassifier, load_pretrained

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from tokenizers import Tokenizer

_LOG = logging.getLogger(__name__)
LAYERS = 4
"""The mean is over the embeddings and this many layers."""
LONGEST_WORD = 24
OCCURRENCES = 30
"""Of one word; more change its mean little."""
PIECES = 160
FITTED_WORDS = 20_000
"""Principal components are those of the most frequent words: rare ones are noisier."""
_PLAIN = str.maketrans("“”’‘", "\"\"''")


@dataclass(frozen=True, slots=True)
class Budget:
    """How large the table gets and how long it may take: words, dimensions, seconds of one core for contexts."""

    words: int = 50_000
    dimensions: int = 96
    seconds: float = 150.0


class LowerLayers:
    """MiniLM's embeddings and first layers."""

    def __init__(self, folder: Path) -> None:
        self.model = TargetClassifier(dropout=0.0).eval()
        load_pretrained(self.model, folder)

    def states(self, ids: torch.Tensor) -> NDArray[np.float32]:
        """Return the mean of the lower layers' states (batch, pieces, 384) for ids (batch, pieces; 0 pads)."""
        bias = ((ids == 0).to(torch.float32) * -1e4)[:, None, None, :]
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            states = self.model.norm(self.model.words(ids) + self.model.places(torch.arange(ids.shape[1])))
            total = states.float()
            for layer in self.model.layers[:LAYERS]:
                states = layer(states, states, bias)
                total = total + states.float()
        return (total / (LAYERS + 1)).numpy()


@dataclass(slots=True)
class Means:
    """Sums of states by word, and how many went into each."""

    rows: dict[str, int]
    sums: NDArray[np.float32]
    counts: NDArray[np.int64]

    @classmethod
    def of(cls, words: Sequence[str]) -> Means:
        """Return empty means."""
        rows = {word: row for row, word in enumerate(words)}
        return cls(rows, np.zeros((len(words), WIDTH), np.float32), np.zeros(len(words), np.int64))

    def add(self, words: Sequence[str], states: NDArray[np.float32], word_of_piece: Sequence[int | None]) -> None:
        """Add one sentence: the mean state of each word's pieces."""
        places: dict[int, list[int]] = {}
        for piece, word in enumerate(word_of_piece[: len(states)]):
            if word is not None:
                places.setdefault(word, []).append(piece)
        for word, pieces in places.items():
            row = self.rows.get(words[word].lower())
            if row is not None and self.counts[row] < OCCURRENCES:
                self.sums[row] += states[pieces].mean(0)
                self.counts[row] += 1

    def wants(self, words: Sequence[str]) -> bool:
        """Tell whether a sentence has a word that has not been seen often enough."""
        rows = (self.rows.get(word.lower()) for word in words)
        return any(row is not None and self.counts[row] < OCCURRENCES for row in rows)


def build_vectors(
    sentences: Sequence[Sequence[str]], folder: Path, budget: Budget
) -> tuple[list[str], NDArray[np.float32]]:
    """Return the words in lower case, frequent ones first, and their vectors (words, dimensions) of length one.

    Parameters
    ----------
    sentences : sequence of sequences of str
        Tokenized training text in pieces of at most some forty words.
    folder : Path
        all-MiniLM-L6-v2's published weights and tokenizer.
    budget : Budget
    """
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(PIECES)
    counts = Counter(word.lower() for sentence in sentences for word in sentence)
    listed = _vocabulary(counts, tokenizer, budget.words)
    encoder, means = LowerLayers(folder), Means.of(listed)
    for batch in _batches([[word] for word in listed], 256):
        _add(batch, encoder, tokenizer, means)
    _LOG.info("vectors: %d words alone", len(listed))
    used = _add_contexts(sentences, counts, (encoder, tokenizer, means), budget.seconds)
    _LOG.info("vectors: %d of %d sentences read", used, len(sentences))
    return listed, _reduced(means.sums / means.counts[:, None].clip(1), budget.dimensions)


def _vocabulary(counts: Counter[str], tokenizer: Tokenizer, size: int) -> list[str]:
    """Return the words seen twice and the encoder's own whole words, frequent ones first."""
    own = [word for word in tokenizer.get_vocab() if word.isalpha() and len(word) > 2]
    found = {word for word, count in counts.items() if count > 1 and len(word) <= LONGEST_WORD} | set(own)
    return sorted(found, key=lambda word: (-counts[word], word))[:size]


def _add_contexts(
    sentences: Sequence[Sequence[str]],
    counts: Counter[str],
    parts: tuple[LowerLayers, Tokenizer, Means],
    seconds: float,
) -> int:
    """Add sentences, those rich in rarer words first, until the time is spent; return how many were looked at."""
    order = list(sentences)
    random.Random(0).shuffle(order)  # noqa: S311 - an order, no secret
    order.sort(key=lambda words: -sum(counts[word.lower()] <= OCCURRENCES for word in words))
    started = time.process_time()
    for first in range(0, len(order), 2048):
        if time.process_time() - started > seconds:
            return first
        chosen = [words for words in order[first : first + 2048] if parts[2].wants(words)]
        for batch in _batches(chosen, 64):
            _add(batch, *parts)
    return len(order)


def _batches(sentences: Iterable[Sequence[str]], size: int) -> Iterator[list[Sequence[str]]]:
    ordered = sorted(sentences, key=lambda words: sum(len(word) + 1 for word in words))
    for first in range(0, len(ordered), size):
        yield ordered[first : first + size]


def _add(batch: Sequence[Sequence[str]], encoder: LowerLayers, tokenizer: Tokenizer, means: Means) -> None:
    encoded = tokenizer.encode_batch([[word.translate(_PLAIN) for word in words] for words in batch], True)  # noqa: FBT003
    ids = torch.zeros(len(encoded), max(len(one.ids) for one in encoded), dtype=torch.long)
    for row, one in zip(ids, encoded, strict=True):
        row[: len(one.ids)] = torch.tensor(one.ids)
    for words, one, states in zip(batch, encoded, encoder.states(ids), strict=True):
        means.add(words, states, one.word_ids)


def _reduced(means: NDArray[np.float32], dimensions: int) -> NDArray[np.float32]:
    """Return the first principal components of rows, each row scaled to length one."""
    centred = means - means.mean(0)
    _, _, directions = np.linalg.svd(centred[:FITTED_WORDS], full_matrices=False)
    reduced = centred @ directions[:dimensions].T
    return (reduced / (np.linalg.norm(reduced, axis=1, keepdims=True) + 1e-9)).astype(np.float32)
