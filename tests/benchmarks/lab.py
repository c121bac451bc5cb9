"""From ``jupyter lab`` to the first linked view: seconds until a reader can click in it, and where they go.

    python tests/benchmarks/lab.py [--runs 3] [--clicked]

Each run starts a JupyterLab of its own on this host, opens a notebook that reads the first seed article, analyses it
and shows ``tk.explore``, runs it, and waits until the view is live in the Chromium on PATH. The notebook is opened by
its address, as ``jupyter lab notebooks/00-Tour.ipynb`` does, so that its kernel starts beside the page; ``--clicked``
opens it from the page that stands, as a reader does after ``jupyter lab notebooks/``.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from nbformat import v4

from toolkit import render

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "browser"))

SEED = next((ROOT / "seeds").glob("000_*.txt"))
BEGIN = "import time\nmarks = [time.time()]"
CELLS = (
    "import toolkit as tk",
    f"articles = tk.read({str(SEED)!r})",
    "nlp = tk.load()",
    "coverage = tk.analyze(articles)",
    "view = tk.explore(coverage)",
)
STEPS = (
    "server answers", "page and kernel stand", "cells begin",
    "import toolkit", "read the seed", "load the pipeline", "analyse", "make the view", "view is live",
)  # fmt: skip


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--clicked", action="store_true", help="open the notebook from the page that stands")
    given = parser.parse_args()
    # Modules are compiled once on a reader's machine, whatever this one does.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    runs = [measured(clicked=given.clicked) for _ in range(given.runs)]
    print("| step | seconds | since the start |\n|---|---|---|")
    for number, step in enumerate(STEPS):
        taken = [run[number] - (run[number - 1] if number else 0.0) for run in runs]
        print(f"| {step} | {_told(taken)} | {_told([run[number] for run in runs])} |")


def _told(times: Sequence[float]) -> str:
    return f"{statistics.median(times):.1f} ({min(times):.1f} to {max(times):.1f})"


def measured(*, clicked: bool) -> list[float]:
    """Return the seconds after the start at which each step was reached."""
    from browser_support import Watch, launch_options
    from lab_support import Lab, serving
    from playwright.sync_api import sync_playwright

    stamped = "\n".join([BEGIN, *(f"{cell}\nmarks.append(time.time())" for cell in CELLS), "view"])
    with tempfile.TemporaryDirectory() as scratch, tempfile.TemporaryDirectory() as root, sync_playwright() as driver:
        notebook = v4.new_notebook(cells=[v4.new_code_cell(stamped)])
        render.write_notebook(render.normalise(notebook), Path(root) / "view.ipynb")
        browser = driver.chromium.launch(**launch_options())
        begin = time.time()
        with serving(Path(root), Path(scratch)) as server:
            times = [time.time()]
            page = browser.new_page(viewport={"width": 1600, "height": 900})
            page.set_default_timeout(120_000)
            lab = Lab(page, server, Watch(), path=None if clicked else "view.ipynb")
            opened = lab.open("view.ipynb")
            times.append(time.time())
            opened.run()
            page.wait_for_selector(".tk-view[data-ready=true]")
            ended = time.time()
            times += [*json.loads(opened.python("print(marks)")), ended]
        browser.close()
    return [each - begin for each in times]


if __name__ == "__main__":
    main()
