"""A fitted classifier as the files that the package carries: int8 ONNX model and settings."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import numpy as np

from toolkit.model._onnx import load_session
from toolkit.model.sentiment_classifier import score_items
from toolkit.model.train.fitting import predict_probabilities
from toolkit.model.train.graph import build_graph

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    import torch
    from numpy.typing import NDArray

    from toolkit.model.train.encoder import TargetClassifier
    from toolkit.model.train.fitting import Encoded

CUT_OFF = 1e-4
"""Share of the states within layers that lie beyond what bytes can hold, so that one constant scale serves."""


def export(model: TargetClassifier, sample: Sequence[Encoded], folder: Path) -> Path:
    """Write the model as int8 ONNX into ``folder``; return its path.

    Parameters
    ----------
    model : TargetClassifier
    sample : sequence of (list of int, int)
        Encoded items that tell how large activations become.
    folder : Path
    """
    import onnx

    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "model.onnx"
    weights = {name: values.numpy() for name, values in model.state_dict().items()}
    tops = largest_activations(model, sample)
    onnx.save(build_graph(weights, tops), path)
    return path


def largest_activations(model: TargetClassifier, sample: Sequence[Encoded]) -> dict[str, float]:
    """Return the value, over a sample, that the states of each place in each layer are taken not to exceed.

    Of those that a layer attends to (``layers.0.seen``) and what it makes of them (``layers.0.mixed``), which have no
    outliers, it is the largest one; within layers the outliers are cut off.
    """

    def run() -> None:
        predict_probabilities(model, sample)

    return watched_maxima(model.layers, run) | watched_tops(model.layers, run)


def watched_maxima(layers: Iterable[Any], run: Callable[[], object], first: int = 0) -> dict[str, float]:
    """Return the largest absolute value of what each layer attends to, and of what it makes of that, in a run.

    ``first`` is the number of the first layer.
    """
    return _watched(layers, {"seen": "key", "mixed": "mixed"}, run, share=0.0, first=first)


def watched_tops(layers: Iterable[Any], run: Callable[[], object], first: int = 0) -> dict[str, float]:
    """Return the value that few states within each layer exceed, so that outliers are cut off, in a run."""
    return _watched(layers, {"inner": "inner", "outer": "outer"}, run, share=CUT_OFF, first=first)


def _watched(
    layers: Iterable[Any], places: Mapping[str, str], run: Callable[[], object], *, share: float, first: int
) -> dict[str, float]:
    """Return the greatest top of all batches, by layer and place; ``places`` name the part that takes the states."""
    tops: dict[str, float] = {}

    def watch(place: str) -> Callable[[Any, tuple[torch.Tensor, ...]], None]:
        def note(_module: Any, inputs: tuple[torch.Tensor, ...]) -> None:
            sizes = inputs[0].float().abs().flatten()
            top = sizes.topk(max(1, int(share * len(sizes)))).values[-1]
            tops[place] = max(tops.get(place, 0.0), float(top))

        return note

    hooks = [
        getattr(layer, part).register_forward_pre_hook(watch(f"layers.{index}.{place}"))
        for index, layer in enumerate(layers, first)
        for place, part in places.items()
    ]
    run()
    for hook in hooks:
        hook.remove()
    return tops


def calibrate(path: Path, encoded: Sequence[Encoded], gold: NDArray[np.int64]) -> dict[str, Any]:
    """Return the settings of an exported model, with the temperature that fits held-out examples best.

    Parameters
    ----------
    path : Path
        The exported model.
    encoded : sequence of (list of int, int)
        Held-out items.
    gold : ndarray
        Their classes, shape (n,), int64.

    References
    ----------
    Guo et al. 2017, On calibration of modern neural networks.
    """
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    logits = score_items(load_session(path, sha256), encoded)
    temperatures = np.arange(0.4, 3.0, 0.02)
    losses = [_loss(logits / temperature, gold) for temperature in temperatures]
    best = float(temperatures[int(np.argmin(losses))])
    return {"labels": [-1, 0, 1], "temperature": round(best, 2), "sha256": sha256}


def _loss(logits: NDArray[np.float32], gold: NDArray[np.int64]) -> float:
    top = logits.max(1, keepdims=True)
    normal = logits - top - np.log(np.exp(logits - top).sum(1, keepdims=True))
    return float(-normal[np.arange(len(gold)), gold].mean())
