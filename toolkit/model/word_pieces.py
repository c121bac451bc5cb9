"""Word pieces and their vectors: BERT's, uncased, as all-MiniLM-L6-v2 has them (Wang et al. 2020).

Every encoder of the package was trained with these vectors as they are, so they are there once: in the package, and in
memory. The recipe: ``train/word_pieces.py``.
"""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from toolkit.packaged import read

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

FOLDER = Path(__file__).parent / "encoder"
TOKENIZER = FOLDER / "tokenizer.json"
VECTORS = "vectors.npz"
PAD, PARAGRAPH, UNKNOWN, CLS, SEP, MASK = 0, 1, 100, 101, 102, 103
"""Ids of special pieces; ``PARAGRAPH`` is one that BERT's own texts never used."""


@cache
def load_tokenizer(path: Path = TOKENIZER) -> Tokenizer:
    """Return the tokenizer of a ``tokenizer.json`` that neither cuts nor pads; loaded once.

    Raises
    ------
    PipelineError
        Where the packaged one is missing or damaged.
    """
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_buffer(read(path))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    # An article may hold "[MASK]" or "[SEP]" as plain words.
    tokenizer.encode_special_tokens = True
    return tokenizer


class Vectors(NamedTuple):
    """The vectors of all pieces: ``rows`` (pieces, width) int8, each times its scale (pieces, 1) float32."""

    rows: NDArray[np.int8]
    scales: NDArray[np.float32]


def vectors_of(ids: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return the vectors of pieces, one more axis than their ids, float32.

    Raises
    ------
    PipelineError
        Where the packaged vectors are missing or damaged.
    """
    table = _table()
    return table.rows[ids] * table.scales[ids]


@cache
def _table() -> Vectors:
    content = read(FOLDER / VECTORS)
    with np.load(io.BytesIO(content), allow_pickle=False) as found:
        return Vectors(found["rows"], found["scales"])
