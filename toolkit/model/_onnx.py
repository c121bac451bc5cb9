"""Reading models: their settings, and sessions that are loaded once."""

from __future__ import annotations

import io
import json
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from toolkit.errors import PipelineError
from toolkit.packaged import read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray
    from onnxruntime import InferenceSession
    from threadpoolctl import ThreadpoolController


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

    content = read(path, sha256)
    options = onnxruntime.SessionOptions()
    # Work is spread over processes, an article each: threads inside one run would compete with them.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])


@cache
def load_networks(path: Path) -> dict[str, NDArray[np.float32]]:
    """Return the weights of small networks that NumPy computes, by name, as float32; loaded once.

    Raises
    ------
    PipelineError
        Where the file is missing or is not the one that was packaged.
    """
    with np.load(io.BytesIO(read(path)), allow_pickle=False) as found:
        return {name: found[name].astype(np.float32) for name in found.files}


@contextmanager
def one_thread() -> Iterator[None]:
    """Have NumPy's linear algebra compute in one thread: its products are small here, and sharing them out is dearer.

    A context, or a decorator of what computes.
    """
    with _pools().limit(limits=1, user_api="blas"):
        yield


@cache
def _pools() -> ThreadpoolController:
    """Return the libraries' pools of threads; looking for them is slow, limiting them is not."""
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


def read_settings(folder: Path) -> dict[str, Any]:
    """Return the settings beside a model: its ``config.json``.

    Raises
    ------
    PipelineError
        Where there are none, they are damaged, or are not those of the package.
    """
    path = folder / "config.json"
    if not path.is_file():
        raise PipelineError(f"{path}: no such file; install the package with its model/ folder, or run model/train")
    try:
        return cast("dict[str, Any]", json.loads(read(path)))
    except ValueError as error:
        raise PipelineError(f"{path}: damaged, {error}; run the recipe again") from None
