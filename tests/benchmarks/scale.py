"""What an analysis costs, by stage and as it grows: seconds, processors, memory, disk; beside others, and an older one.

    python tests/benchmarks/scale.py [DATA] [--only PART ...] [--against CHECKOUT [--python PYTHON]]

DATA is the folder that holds ``unlabelled/`` (default: the environment variable TOOLKIT_DATA). Articles are a sample of
it; where it runs out they come again with other names. All is measured in processes of their own that have loaded and
warmed up before. The parts:

stages     time and share of each stage, in one process
growth     the whole analysis of ever more articles in memory; by words, since articles differ in length
processes  one process, two, and a Dask cluster of two on this machine, with what starting them costs, frames compared
memory     the same articles in memory and in a store: seconds, most memory, and what a store takes on disk
reduce     putting a store together, its articles made from real readings (see ``_clones.py``)
peers      what others find in the same articles, each on one core
versus     whole processes with default settings against another checkout (``--against``), in turn

At the end stand the rows of the README that the measured parts give.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import statistics
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parent))
import _peers
import _versus
from _data import data_folder
from _measuring import alone, articles_of, words_in

import toolkit as tk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from toolkit.analysis.chain import Stage
    from toolkit.articles import Article
    from toolkit.coverage import Coverage

MILLION = 1_000_000
_BYTES = 1e6


@dataclass
class Run:
    """What is to be measured, and the figures that the README takes from it."""

    folder: Path
    scratch: Path
    given: argparse.Namespace
    figures: dict[str, float] = field(default_factory=dict)


def main() -> None:
    """Measure and print."""
    given = _arguments()
    folder = data_folder(given.data, "unlabelled")
    with tempfile.TemporaryDirectory(dir=given.scratch) as scratch:
        run = Run(folder, Path(scratch), given)
        for name in given.only or PARTS:
            print(f"\n{name}")
            PARTS[name](run)
        _print_readme(run.figures)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="?", help="folder that holds unlabelled/")
    parser.add_argument("--only", nargs="+", choices=PARTS, metavar="PART", help=f"of {', '.join(PARTS)}")
    parser.add_argument("--articles", type=int, default=300, help="for stages, processes, memory and readings to copy")
    parser.add_argument("--growth", type=int, nargs="+", default=[1, 10, 100, 1_000], metavar="N")
    parser.add_argument("--cut", type=int, metavar="N", help="characters that articles are cut to, for growth")
    parser.add_argument("--reduce", type=int, nargs="+", default=[10_000, 100_000], metavar="N")
    parser.add_argument("--peers", type=int, default=60, metavar="N", help="articles for peers and versus")
    parser.add_argument("--pairs", type=int, default=3, help="runs in turn, for processes and versus")
    parser.add_argument("--against", type=Path, help="another checkout of the toolkit")
    parser.add_argument("--python", default=sys.executable, help="the Python that has what the other checkout needs")
    parser.add_argument("--scratch", type=Path, help="where stores are made, and deleted in the end")
    return parser.parse_args()


def stages(run: Run) -> None:
    """Print what each stage costs."""
    cost = alone(_staged, run.folder, run.given.articles)
    words, spent = cost.value
    spent["names and rounds across articles, frames"] = cost.cpu - sum(spent.values())
    print(f"{run.given.articles:,} articles, {words:,} words, {words / cost.cpu:,.0f} words/s")
    print(f"{'':44}{'µs/word':>9}{'share':>8}{'words/s':>12}")
    for name, seconds in spent.items():
        print(f"{name:44}{seconds / words * 1e6:9.1f}{seconds / cost.cpu:8.1%}{words / seconds:12,.0f}")


def _staged(folder: Path, count: int) -> Iterator[Any]:
    articles = articles_of(folder, count)
    spent: Counter[str] = Counter()
    chain = tk.stages()
    for step in chain:
        chain = chain.replaced(step.name, _timed(step, spent))
    _analysed([_warming()], stages=chain)
    spent.clear()
    yield None
    _analysed(articles, stages=chain)
    yield words_in(articles), spent


def _timed(step: Stage, spent: Counter[str]) -> Stage:
    def run(*layers: object) -> Any:
        begin = time.process_time()
        try:
            return step(*layers)
        finally:
            spent[step.name] += time.process_time() - begin  # type: ignore[assignment]

    return replace(step, run=run)


def growth(run: Run) -> None:
    """Print what ever more articles cost."""
    print(f"{'articles':>10}{'words':>12}{'s':>10}{'words/s':>9}{'MB':>8}  a word costs, by the row before")
    before = 0.0
    for count in run.given.growth:
        cost = alone(_whole, run.folder, count, 1, run.given.cut)
        words = cost.value[0]
        told = f"{words and cost.cpu / words / before:.2f} times" if before else ""
        print(f"{count:10,}{words:12,}{cost.cpu:10.1f}{words / cost.cpu:9,.0f}{cost.peak:8,.0f}  {told}", flush=True)
        before = cost.cpu / words
        run.figures |= {"seconds": cost.cpu / count, "words": words / count}


def processes(run: Run) -> None:
    """Print what more processes gain, and whether they find the same."""
    rows = {"one process": 1, "two processes": 2, "Dask, two workers": "dask"}
    if not find_spec("distributed"):
        print("Dask: not installed (pip install distributed)")
        del rows["Dask, two workers"]
    turns = [{name: alone(_whole, run.folder, run.given.articles, own) for name, own in rows.items()}
             for _ in range(run.given.pairs)]  # fmt: skip
    frames = {cost.value[1] for turn in turns for cost in turn.values()}
    print(f"{run.given.articles:,} articles, {run.given.pairs} turns, medians{'wall s':>16}{'times as fast':>16}")
    for name in rows:
        wall = statistics.median(turn[name].wall for turn in turns)
        times = statistics.median(turn["one process"].wall / turn[name].wall for turn in turns)
        print(f"{name:44}{wall:10.1f}{times:16.2f}")
    print("frames are equal" if len(frames) == 1 else "FRAMES DIFFER")


def _whole(folder: Path, count: int, executor: int | str, cut: int | None = None) -> Iterator[Any]:
    """Yield when ready, then the number of words and a digest of the frames."""
    articles = articles_of(folder, count, cut)
    _analysed([_warming()])
    if executor == "dask":
        from distributed import Client, LocalCluster

        with (
            LocalCluster(2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None) as cluster,
            Client(cluster) as client,
        ):
            yield None
            found = _analysed(articles, executor=client.get_executor())
            yield words_in(articles), _digest(found)
    else:
        yield None
        found = _analysed(articles, executor=executor)
        yield words_in(articles), _digest(found)


def _analysed(articles: list[Article], **options: Any) -> Coverage:
    return tk.analyze(articles, **{"executor": 1, "progress": False, **options})


def _digest(coverage: Coverage) -> str:
    told = "".join(frame.to_csv() for frame in coverage.frames().values())
    return hashlib.sha256(told.encode()).hexdigest()


def _warming() -> Article:
    return tk.Article(_peers.WARMING)


def memory(run: Run) -> None:
    """Print what articles cost in memory and in a store."""
    count, store = run.given.articles, run.scratch / "kept"
    print(f"{count:,} articles{'':24}{'s':>8}{'MB':>8}")
    works: dict[str, tuple[Callable[..., Any], tuple[Any, ...]]] = {
        "analyze": (_whole, (run.folder, count, 1)),
        "analyze_to, a store": (_stored, (run.folder, count, store)),
        "open, and scan its quotations": (_scanned, (store,)),
    }
    for name, (work, arguments) in works.items():
        cost = alone(work, *arguments)
        print(f"{name:36}{cost.cpu:8.1f}{cost.peak:8,.0f}", flush=True)
    size = sum(path.stat().st_size for path in store.rglob("*") if path.is_file())
    run.figures["bytes"] = size / count
    print(f"the store takes {size / _BYTES:.1f} MB, {size / count / 1000:.1f} kB an article")


def _stored(folder: Path, count: int, store: Path) -> Iterator[Any]:
    articles = articles_of(folder, count)
    _analysed([_warming()])
    yield None
    tk.analyze_to(store, articles, executor=1, progress=False)
    yield None


def _scanned(store: Path) -> Iterator[Any]:
    opened = tk.open(store)
    yield None
    yield sum(len(rows) for rows in opened.scan("quotations"))


def reduce(run: Run) -> None:
    """Print what putting a store together costs."""
    store = run.scratch / "kept"
    if not store.exists():
        alone(_stored, run.folder, run.given.articles, store)
    print(f"{'articles':>10}{'actors':>12}{'rounds told':>12}{'rounds':>9}{'s':>8}{'MB':>8}")
    for count in run.given.reduce:
        made = run.scratch / f"made{count}"
        cost = alone(_reduced, store, made, count)
        shutil.rmtree(made)
        actors, told, rounds = cost.value
        print(f"{count:10,}{actors:12,}{told:12,}{rounds:9,}{cost.cpu:8.1f}{cost.peak:8,.0f}", flush=True)
        run.figures |= {"reduced": count, "reduce seconds": cost.cpu, "reduce MB": cost.peak}


def _reduced(store: Path, folder: Path, count: int) -> Iterator[Any]:
    import pyarrow.parquet as pq

    from toolkit.store._views import About, write_view

    entries = alone(_copied, store, folder, count).value
    yield None
    view = folder / "views" / write_view(folder, entries, (), About({}, "measured"))
    told = sum(pq.read_metadata(path).num_rows for path in folder.glob("parts/*/found.parquet"))
    yield pq.read_metadata(view / "actors.parquet").num_rows, told, pq.read_metadata(view / "rounds.parquet").num_rows


def _copied(store: Path, folder: Path, count: int) -> Iterator[Any]:
    from _clones import cloned

    yield None
    yield cloned(store, folder, count)


def peers(run: Run) -> None:
    """Print what others find."""
    _peers.main(run.folder, run.given.peers)


def versus(run: Run) -> None:
    """Print how another checkout compares."""
    given = run.given
    if given.against is None:
        print("no other checkout to compare with: name one by --against")
        return
    _versus.main(articles_of(run.folder, given.peers), run.scratch, given.against, given.python, given.pairs)


PARTS: dict[str, Callable[[Run], None]] = {
    each.__name__: each for each in (stages, growth, processes, memory, reduce, peers, versus)
}


def _print_readme(figures: dict[str, float]) -> None:
    if missing := {"seconds", "bytes", "reduced"} - figures.keys():
        print(f"\nFor the rows of the README measure growth, memory and reduce too ({', '.join(sorted(missing))})")
        return
    reduced = int(figures["reduced"])
    print("\nREADME")
    print(
        f"| articles of {figures['words']:,.0f} words | reading, core-hours | store, GB | names and rounds, min | GB |"
    )
    print("|---|---|---|---|---|")
    for count in (reduced, MILLION):
        hours, size = count * figures["seconds"] / 3600, count * figures["bytes"] / 1e9
        times = count / reduced
        minutes, held = times * figures["reduce seconds"] / 60, times * figures["reduce MB"] / 1000
        print(f"| {count:,} | {hours:,.1f} | {size:,.1f} | {minutes:,.1f} | {held:,.1f} |")


if __name__ == "__main__":
    main()
