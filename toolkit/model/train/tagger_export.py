"""A fitted tagger as the files that the package carries: int8 ONNX model and settings."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from toolkit.model.train import tagger_branch
from toolkit.model.train.exporting import watched_maxima, watched_tops
from toolkit.model.train.graph import build_branch, build_tagger, build_trunk
from toolkit.model.train.predicting import scores_of
from toolkit.model.train.starting import write_settings
from toolkit.model.trunk_reader import LAYERS as SHARED
from toolkit.model.words import MAX_PIECES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray
    from onnx import ModelProto
    from torch import nn

    from toolkit.model.train.tagger import Tagger
    from toolkit.model.train.tagger_branch import Branch, Shared
    from toolkit.model.words import Words


def export(model: Tagger, sample: Sequence[Words], folder: Path) -> dict[str, Any]:
    """Write the whole model as int8 ONNX and its settings into ``folder``; return the settings.

    Parameters
    ----------
    model : Tagger
    sample : sequence of Words
        Articles that tell how large activations become.
    folder : Path
    """
    weights, tops = _weights(model), _tops(model, sample)
    return _write(build_tagger(weights, tops, MAX_PIECES), folder, {"transitions": _transitions(model)})


def export_parts(model: Tagger, sample: Sequence[Words], out: Path, name: str) -> dict[str, Any]:
    """Write the shared layers into ``out/trunk``, the others into ``out/name``; return the settings of these.

    Parameters
    ----------
    model : Tagger
    sample : sequence of Words
        Articles that tell how large activations become.
    out : Path
    name : str
    """
    weights, tops = _weights(model), _tops(model, sample)
    _write(build_trunk(weights, tops, MAX_PIECES), out / "trunk", {})
    return _write(build_branch(weights, tops, name), out / name, {"transitions": _transitions(model)})


def export_branch(model: Branch, sample: Sequence[Words], shared: Shared, folder: Path) -> dict[str, Any]:
    """Write upper layers as int8 ONNX and their settings into ``folder``; return the settings.

    Parameters
    ----------
    model : Branch
    sample : sequence of Words
        Articles that tell how large activations become.
    shared : Shared
        The layers below.
    folder : Path
    """
    layers = model.layers.values()

    def run() -> None:
        for words in sample:
            tagger_branch.scores_of(model, words, shared)

    tops = watched_maxima(layers, run, SHARED) | watched_tops(layers, run, SHARED)
    transitions = model.transitions.numpy().astype(float).round(4).tolist()
    return _write(build_branch(_weights(model), tops, folder.name), folder, {"transitions": transitions})


def _weights(model: nn.Module) -> dict[str, NDArray[np.float32]]:
    return {name: values.numpy() for name, values in model.state_dict().items()}


def _tops(model: Tagger, sample: Sequence[Words]) -> dict[str, float]:
    def run() -> None:
        for words in sample:
            scores_of(model, words)

    return watched_maxima(model.layers, run) | watched_tops(model.layers, run)


def _transitions(model: Tagger) -> list[list[float]]:
    found: list[list[float]] = model.head.transitions.detach().numpy().astype(float).round(4).tolist()
    return found


def _write(graph: ModelProto, folder: Path, settings: dict[str, Any]) -> dict[str, Any]:
    import onnx

    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "model.onnx"
    onnx.save(graph, path)
    settings |= {"sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
    write_settings(settings, folder)
    return settings
