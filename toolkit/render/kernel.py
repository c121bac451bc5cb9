"""Run a notebook in a fresh kernel of this interpreter, with a time limit for every cell.

A notebook can hang where nothing in it is wrong (a kernel that never answers), so one that runs past its
limit is tried once more in another kernel. A cell that raises is a fault of the notebook, reported at once.
"""

from __future__ import annotations

import copy
import logging
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.errors import InputError, NotebookError
from toolkit.render.notebooks import describe_cell

if TYPE_CHECKING:
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError
    from nbformat import NotebookNode

logger = logging.getLogger(__name__)

TIMEOUT = 120
ATTEMPTS = 2


def execute(notebook: NotebookNode, path: str | Path, *, timeout: int = TIMEOUT) -> NotebookNode:
    """Run every code cell of a notebook, in the folder of its file.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        What to run; it is not changed.
    path : str or Path
        Where the notebook lies; its folder becomes the working directory and errors name it.
    timeout : int
        Seconds that one cell may take.

    Returns
    -------
    nbformat.NotebookNode
        A copy with fresh outputs.

    Raises
    ------
    NotebookError
        When a cell raises, or the notebook runs past its limit or loses its kernel twice.
    InputError
        When the limit is not positive.
    """
    from nbclient.exceptions import CellExecutionError

    if timeout < 1:
        raise InputError(f"a time limit of {timeout} s for a cell cannot be kept; give at least 1 second")
    fault: Exception | None = None
    for attempt in range(1, ATTEMPTS + 1):
        fresh, position = copy.deepcopy(notebook), [-1]
        try:
            _run(fresh, Path(path), timeout, position)
        except CellExecutionError as error:
            raise NotebookError(_raised(fresh, path, position[0], error)) from error
        except (TimeoutError, RuntimeError) as error:
            fault = error
            logger.info("%s: attempt %d of %d stopped", path, attempt, ATTEMPTS)
        else:
            return fresh
    raise NotebookError(_stopped(fresh, path, position[0], timeout, fault)) from fault


def _run(notebook: NotebookNode, path: Path, timeout: int, position: list[int]) -> None:
    """Execute in place; ``position[0]`` is the cell last begun."""

    def begun(cell: NotebookNode, cell_index: int) -> None:  # noqa: ARG001 - called by keyword
        position[0] = cell_index

    with tempfile.TemporaryDirectory(prefix="nb") as scratch:
        client = _client(notebook, path, timeout, scratch)
        client.on_cell_start = begun
        client.execute(env=_environment(scratch))


def _client(notebook: NotebookNode, path: Path, timeout: int, scratch: str) -> NotebookClient:
    from nbclient import NotebookClient

    return NotebookClient(
        notebook,
        kernel_manager_class=_kernel_manager_class(scratch),
        kernel_name="python3",
        timeout=timeout,
        coalesce_streams=True,
        record_timing=False,
        store_widget_state=False,
        shutdown_kernel="immediate",  # nothing in the kernel outlives the notebook
        resources={"metadata": {"path": str(path.resolve().parent)}},
    )


def _kernel_manager_class(scratch: str) -> type[Any]:
    from jupyter_client.kernelspec import KernelSpec
    from jupyter_client.manager import AsyncKernelManager

    class CurrentInterpreter(AsyncKernelManager):
        """A kernel of this very interpreter, whatever kernels are registered under the name ``python3``."""

        def __init__(self, **options: Any) -> None:
            # Sockets in a private folder: no port for another process to take, nothing on the network.
            transport = "ipc" if os.name == "posix" else "tcp"
            super().__init__(transport=transport, connection_file=f"{scratch}/kernel.json", **options)

        @property
        def kernel_spec(self) -> KernelSpec:
            command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
            return KernelSpec(
                argv=[*command, "--HistoryManager.enabled=False"],
                display_name="Python 3",
                language="python",
            )

    return CurrentInterpreter


def _environment(scratch: str) -> dict[str, str]:
    """Return the kernel's environment: nothing of the user's own IPython set-up reaches the outputs."""
    return os.environ | {
        "IPYTHONDIR": scratch,
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        "TQDM_DISABLE": "1",  # the timings of a progress bar differ from run to run
    }


def _raised(notebook: NotebookNode, path: str | Path, position: int, error: CellExecutionError) -> str:
    message = (error.evalue.strip().splitlines() or [""])[0]
    cell = describe_cell(notebook, position)
    return f"{path}, {cell} raised {error.ename}: {message}".rstrip(": ")


def _stopped(notebook: NotebookNode, path: str | Path, position: int, timeout: int, fault: Exception | None) -> str:
    if position < 0:
        return f"{path}: no kernel could be started with {sys.executable} ({fault}); is ipykernel installed?"
    cell = describe_cell(notebook, position)
    if isinstance(fault, TimeoutError):
        return (
            f"{path}, {cell} ran past the limit of {timeout} s in {ATTEMPTS} fresh kernels; "
            f"find what it waits for, or give cells more time: --timeout {timeout * 4}"
        )
    return f"{path}, {cell} lost its kernel {ATTEMPTS} times ({fault}); the usual cause is too little memory"
