"""A fitted tagger as the files that the package carries: int8 ONNX model and settings, with its scores calibrated."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import numpy as np

from toolkit.model.train.exporting import watched_maxima, watched_tops
from toolkit.model.train.graph import build_tagger
from toolkit.model.train.predicting import scores_of
from toolkit.model.train.starting import write_settings
from toolkit.model.words import MAX_PIECES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from toolkit.model.train.tagger import Tagger
    from toolkit.model.words import Words


def export(model: Tagger, sample: Sequence[Words], folder: Path) -> dict[str, Any]:
    """Write the model as int8 ONNX and its settings into ``folder``; return the settings.

    Parameters
    ----------
    model : Tagger
    sample : sequence of Words
        Articles that tell how large activations become.
    folder : Path
    """
    import onnx

    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "model.onnx"
    weights = {name: values.numpy() for name, values in model.state_dict().items()}

    def run() -> None:
        for words in sample:
            scores_of(model, words)

    tops = watched_maxima(model.layers, run) | watched_tops(model.layers, run)
    onnx.save(build_tagger(weights, tops, MAX_PIECES), path)
    transitions = model.head.transitions.detach().numpy().astype(float).round(4).tolist()
    settings = {"transitions": transitions, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
    write_settings(settings, folder)
    return settings


def fit_line(certainty: NDArray[np.float64], right: NDArray[np.bool_], rounds: int = 50) -> tuple[float, float]:
    """Return intercept and slope of the logistic curve from log odds to the share that is right (Platt 1999).

    Parameters
    ----------
    certainty : ndarray
        Log odds that the model gives, shape (n,).
    right : ndarray
        Whether each proved right, shape (n,), bool.
    rounds : int
        Steps of Newton's method.
    """
    rows = np.stack([np.ones_like(certainty), certainty], 1)
    line = np.zeros(2)
    for _ in range(rounds):
        shares = 1 / (1 + np.exp(-rows @ line))
        slope = rows.T @ (right - shares)
        curve = (rows * (shares * (1 - shares))[:, None]).T @ rows + 1e-6 * np.eye(2)
        line += np.linalg.solve(curve, slope)
    return float(line[0]), float(line[1])
