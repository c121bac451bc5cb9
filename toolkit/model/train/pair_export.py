"""A fitted reader of pairs as the file that the package carries, an int8 ONNX model."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import torch

from toolkit.model.marking import LONGEST
from toolkit.model.pair_reader import arrays
from toolkit.model.train.exporting import watched_maxima, watched_tops
from toolkit.model.train.graph import build_pairs

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from toolkit.model.pair_reader import Asked
    from toolkit.model.train.pair_network import PairNetwork


def export(model: PairNetwork, sample: Sequence[Asked], folder: Path) -> tuple[Path, str]:
    """Write the model as int8 ONNX into ``folder``; return its path and digest.

    Parameters
    ----------
    model : PairNetwork
    sample : sequence of Asked
        Questions that tell how large activations become.
    folder : Path
    """
    import onnx

    def run() -> None:
        for one in sample:
            scores(model, [one])

    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "model.onnx"
    weights = {name: values.numpy() for name, values in model.state_dict().items()}
    tops = watched_maxima(model.layers, run) | watched_tops(model.layers, run)
    onnx.save(build_pairs(weights, tops, LONGEST), path)
    return path, hashlib.sha256(path.read_bytes()).hexdigest()


def scores(model: PairNetwork, batch: Sequence[Asked]) -> torch.Tensor:
    """Return the logits (batch, pairs, 3) of questions, in floating point."""
    given = {name: torch.from_numpy(values) for name, values in arrays(batch).items()}
    marks = (given[name].float() for name in ("holders", "targets", "flags"))
    with torch.no_grad():
        return model(given["ids"], model.below(given["ids"]), *marks)
