"""A fitted tagger as the files that the package carries: int8 ONNX model and settings."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from toolkit.model.train.exporting import watched_maxima, watched_tops
from toolkit.model.train.graph import build_tagger
from toolkit.model.train.predicting import scores_of
from toolkit.model.train.starting import write_settings
from toolkit.model.words import MAX_PIECES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

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
