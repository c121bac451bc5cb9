"""From ``jupyter lab`` to the first linked view: seconds until a reader can click in it.

    python tests/benchmarks/lab.py [--runs 3]

Each run starts a JupyterLab of its own on this host, opens a notebook whose one cell reads the first seed article,
analyses it and shows ``tk.explore``, runs it, and waits until the view is live in the Chromium on PATH.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path

from nbformat import v4

from toolkit import render

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "browser"))

SEED = next((ROOT / "seeds").glob("000_*.txt"))
CELL = f"import toolkit as tk\ntk.explore(tk.analyze(tk.read({str(SEED)!r})))"

STEPS = ("server answers", "page stands", "kernel answers", "view is live")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    runs = [measured() for _ in range(parser.parse_args().runs)]
    for number, step in enumerate(STEPS):
        times = sorted(run[number] for run in runs)
        print(f"{step:16}{statistics.median(times):8.1f} s   ({times[0]:.1f} to {times[-1]:.1f})")


def measured() -> list[float]:
    """Return the seconds after the start at which each step was reached."""
    from browser_support import Watch, launch_options
    from lab_support import Lab, serving
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as scratch, tempfile.TemporaryDirectory() as root, sync_playwright() as driver:
        render.write_notebook(
            render.normalise(v4.new_notebook(cells=[v4.new_code_cell(CELL)])), Path(root) / "view.ipynb"
        )
        browser = driver.chromium.launch(**launch_options())
        begin = time.perf_counter()
        with serving(Path(root), Path(scratch)) as server:
            steps = [time.perf_counter() - begin]
            page = browser.new_page(viewport={"width": 1600, "height": 900})
            page.set_default_timeout(120_000)
            lab = Lab(page, server, Watch())
            steps.append(time.perf_counter() - begin)
            notebook = lab.open("view.ipynb")
            steps.append(time.perf_counter() - begin)
            notebook.run()
            page.wait_for_selector(".tk-view[data-ready=true]")
            steps.append(time.perf_counter() - begin)
        browser.close()
    return steps


if __name__ == "__main__":
    main()
