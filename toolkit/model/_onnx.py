"""Reading packaged ONNX models: cached sessions, and batches of sentences of like length."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from toolkit.errors import PipelineError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from onnxruntime import InferenceSession

BATCH = 8
"""Sentences to a run: with fewer there is more to do besides, with more the states leave the processor's cache."""


@cache
def load_session(path: Path, sha256: str) -> InferenceSession:
    """Return a session of the model at ``path`` that computes in one thread; loaded once.

    Parameters
    ----------
    path : Path
    sha256 : str
        Digest that the file must have.

    Raises
    ------
    PipelineError
        Where the file is missing or is not the one that was packaged.
    """
    import onnxruntime

    content = path.read_bytes() if path.is_file() else b""
    if hashlib.sha256(content).hexdigest() != sha256:
        raise PipelineError(
            f"{path}: {len(content):,} bytes that are not the packaged weights; install the package again"
        )
    options = onnxruntime.SessionOptions()
    # Work is spread over processes, an article each: threads inside one run would compete with them.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])


def read_settings(folder: Path) -> dict[str, Any]:
    """Return the settings beside a packaged model: its ``config.json``.

    Raises
    ------
    PipelineError
        Where the package came without the model.
    """
    path = folder / "config.json"
    if not path.is_file():
        raise PipelineError(f"{path}: no such file; install the package with its model/ folder, or run model/train")
    return cast("dict[str, Any]", json.loads(path.read_text(encoding="utf-8")))


def run_in_batches(session: InferenceSession, encoded: Sequence[tuple[list[int], int]]) -> NDArray[np.float32]:
    """Return the logits of sentences, in order.

    Parameters
    ----------
    session : InferenceSession
        Of a model with the inputs ``ids`` (batch, pieces) and ``mask_at`` (batch), both int64.
    encoded : sequence of (list of int, int)
        Ids of a sentence's pieces, and the place of the mask among them.

    Returns
    -------
    ndarray
        Shape (sentences, 3), float32.
    """
    order = sorted(range(len(encoded)), key=lambda index: len(encoded[index][0]))
    logits = np.zeros((len(encoded), 3), np.float32)
    for first in range(0, len(order), BATCH):
        batch = order[first : first + BATCH]
        ids = np.zeros((len(batch), len(encoded[batch[-1]][0])), np.int64)
        for row, index in zip(ids, batch, strict=True):
            row[: len(encoded[index][0])] = encoded[index][0]
        places = np.array([encoded[index][1] for index in batch], np.int64)
        logits[batch] = session.run(None, {"ids": ids, "mask_at": places})[0]
    return logits
