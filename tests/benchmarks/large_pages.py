"""Pages of large coverages: their bytes, the time until they can be used, and the memory of their tab.

    python tests/benchmarks/large_pages.py [DATA] [--read 60] [--articles 60 1000 5000] [--kept FOLDER]

DATA is the folder that holds ``unlabelled/`` (default: the environment variable TOOLKIT_DATA). Some of its articles are
analysed, and their frames repeated under other names until there are as many as asked for. ``--kept`` names a folder
that keeps the analysis and the pages from one run to the next. Times are medians of three in milliseconds, taken inside
the page; the heap is that of its scripts, the tab all private memory of the process that shows it.
"""

from __future__ import annotations

import argparse
import pickle
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

import toolkit as tk

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "browser"))

from _data import data_folder
from _measuring import articles_of
from browser_support import launch_options

if TYPE_CHECKING:
    from toolkit.coverage import Coverage

NAMED = (("articles", "article_id"), ("quotations", "quotation_id"), ("rounds", "round_id"))

# Until the view has settled and its frame is painted.
UNTIL = """async act => {
  const begin = performance.now();
  eval(act);
  if (act.includes('search')) await new Promise(done => setTimeout(done, 150));
  const root = document.querySelector('.tk-view');
  const painted = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
  await painted();
  while (root.querySelector('[aria-busy=true]')) await painted();
  return performance.now() - begin;
}"""

OPEN = "document.querySelector('[data-key=step1]').click()"
FILTER = "document.querySelector('[data-part=speakers] button:nth-of-type({})').click()"
SEARCH = (
    "const field = document.querySelector('[data-part=search]'); field.value = '{}';"
    "field.dispatchEvent(new Event('input'))"
)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="?")
    parser.add_argument("--read", type=int, default=60, help="how many articles are analysed")
    parser.add_argument("--articles", type=int, nargs="+", default=[60, 1000, 5000])
    parser.add_argument("--kept", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.kept or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        found = _analysed(given, folder / f"{given.read}.pickle")
        print("articles  statements     page kB  write s   ready  heap MB  tab MB    open  filter  search")
        for count in given.articles:
            coverage = repeated(found, count)
            begin = time.perf_counter()
            path = tk.share(coverage, folder / f"{count}.html")
            wrote = time.perf_counter() - begin
            seen = measured(path)
            print(
                f"{count:8,}  {len(coverage.quotations):10,}  {path.stat().st_size / 1000:10,.0f}  {wrote:7.1f}"
                f"  {seen['ready']:6.0f}  {seen['heap']:7.0f}  {seen['tab']:6.0f}  {seen['open']:6.0f}"
                f"  {seen['filter']:6.0f}  {seen['search']:6.0f}",
                flush=True,
            )


def _analysed(given: argparse.Namespace, kept: Path) -> Coverage:
    if not kept.exists():
        kept.write_bytes(pickle.dumps(tk.analyze(articles_of(data_folder(given.data, "unlabelled"), given.read))))
    return pickle.loads(kept.read_bytes())  # noqa: S301 - written by this script


def repeated(coverage: Coverage, count: int) -> Coverage:
    """Return a coverage of so many articles: those of another, again and again under other names."""
    known = {name for frame, column in NAMED for name in coverage[frame][column]}
    known |= {key for frame in coverage.frames().values() if "key" in frame for key in frame["key"]}
    size = len(coverage.articles)
    frames = {}
    for name, frame in coverage.frames().items():
        if name in ("actors", "left_out", "checked"):
            continue
        copies = [_renamed(frame, known, f"-{turn}" if turn else "") for turn in range(-(-count // size))]
        frames[name] = pd.concat(copies, ignore_index=True).astype(frame.dtypes)
    kept = set(frames["articles"]["article_id"].iloc[:count])
    frames = {
        name: frame[frame["article_id"].isin(kept)] if "article_id" in frame else frame
        for name, frame in frames.items()
    }
    return replace(coverage, **frames)


def _renamed(frame: pd.DataFrame, known: set[str], suffix: str) -> pd.DataFrame:
    def renamed(value: Any) -> Any:
        if isinstance(value, str):
            return value + suffix if value in known else value
        if isinstance(value, list | tuple):
            return type(value)(map(renamed, value))
        return value

    changed = {
        column: frame[column].map(renamed) for column in frame if frame[column].dtype in (object, "str", "string")
    }
    return frame.assign(**changed)


def measured(path: Path) -> dict[str, float]:
    """Return what a reader waits for, and what it takes."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(**launch_options())
        ready = []
        for _ in range(3):
            page = browser.new_page(viewport={"width": 1600, "height": 900})
            page.goto(path.as_uri())
            page.wait_for_selector(".tk-view[data-ready=true]")
            # Since navigation began, as the page itself sees it.
            ready.append(page.evaluate("performance.now()"))
            if len(ready) < 3:
                page.close()
        client = page.context.new_cdp_session(page)
        client.send("HeapProfiler.collectGarbage")
        client.send("Performance.enable")
        metrics = {each["name"]: each["value"] for each in client.send("Performance.getMetrics")["metrics"]}
        result = {"ready": statistics.median(ready), "heap": metrics["JSHeapUsedSize"] / 1e6, "tab": _tab(browser)}
        result["open"] = statistics.median(page.evaluate(UNTIL, OPEN) for _ in range(3))
        result["filter"] = statistics.median(page.evaluate(UNTIL, FILTER.format(n)) for n in (2, 3, 2))
        result["search"] = page.evaluate(UNTIL, SEARCH.format("agreement"))
        browser.close()
    return result


def _tab(browser: Any) -> float:
    """Return the private megabytes of the largest process that shows a page."""
    info = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    sizes = [0.0]
    for process in info:
        if process["type"] != "renderer":
            continue
        lines = Path(f"/proc/{process['id']}/smaps_rollup").read_text(encoding="ascii").splitlines()
        sizes.append(sum(int(line.split()[1]) for line in lines if line.startswith("Private_")) / 1e3)
    return max(sizes)


if __name__ == "__main__":
    main()
