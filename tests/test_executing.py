"""Articles read in this process, in others, in a cluster: the same frames, and no process that ends stops the rest."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import toy

import toolkit as tk
from toolkit.analysis import executing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.articles import Article
    from toolkit.coverage import Coverage

HERE = Path(__file__).parent
NEWS = [
    tk.Article("Petra Vasil said on Monday that the talks in Oslo would resume. She praised Norway.", path="a.txt"),
    tk.Article("“We will not sign,” said Espen Holm, the envoy. Kenya blamed Norway for the delay.", path="b.txt"),
    tk.Article("Vasil met Holm in Oslo on 3 May 2024 for a second round of talks. He called her brave.", path="c.txt"),
]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """A Dask cluster of two processes on this machine, which nobody else can reach."""
    distributed = pytest.importorskip("distributed")
    local = distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
    )
    with local, distributed.Client(local) as client:
        yield client


def frames(coverage: Coverage) -> dict[str, list[dict[str, object]]]:
    return toy.rows(coverage.frames())


@pytest.fixture(scope="module")
def expected() -> dict[str, list[dict[str, object]]]:
    return frames(tk.analyze(NEWS, executor=1))


def test_two_processes_find_the_same(expected: object) -> None:
    assert frames(tk.analyze(NEWS, executor=2)) == expected


@pytest.mark.filterwarnings("ignore")
def test_a_cluster_finds_the_same(cluster: Any, expected: object) -> None:
    assert frames(tk.analyze(NEWS, executor=cluster.get_executor())) == expected


def test_another_hash_seed_finds_the_same(expected: object) -> None:
    program = (
        "import toolkit as tk, toy, test_executing as t;print(repr(toy.rows(tk.analyze(t.NEWS, executor=1).frames())))"
    )
    assert output_of(["-c", program], PYTHONHASHSEED="777") == repr(expected)


def output_of(arguments: list[str], given: str | None = None, **more: str) -> str:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE.parent), str(HERE)]), **more}
    run = subprocess.run(
        [sys.executable, *arguments],
        input=given,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**environment, "PYTHONIOENCODING": "utf-8"},
        timeout=600,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout.strip()


def test_any_executor_and_any_order_find_the_same(cluster: Any) -> None:
    given = toy.articles(25)
    expected = frames(tk.analyze(given, stages=toy.CHAIN, executor=1))
    with ThreadPoolExecutor(3) as threads, ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as spawned:
        for executor in (2, threads, spawned, cluster.get_executor()):
            assert frames(tk.analyze(given, stages=toy.CHAIN, executor=executor, progress=False)) == expected
    random.Random(5).shuffle(given)  # noqa: S311 - no secret
    found = frames(tk.analyze(given, stages=toy.CHAIN, executor=2, progress=False))
    for name in expected:
        # Of actors and rounds the order is their own, of all else that of the articles.
        exact = name in {"actors", "rounds"}
        assert (found[name] if exact else sorted(map(repr, found[name]))) == (
            expected[name] if exact else sorted(map(repr, expected[name]))
        ), name


SCRIPT = """
from dataclasses import dataclass
import toolkit as tk

@dataclass(frozen=True)
class Shout:
    article_id: str
    start: int
    end: int
    text: str

MARK = "!"

def is_loud(text):
    return MARK in text

@tk.stage(gives="shouts", frame=tk.frame("shouts", Shout))
def shouts(article):
    if is_loud(article.text):
        yield Shout(article.article_id, 0, 3, article.text[:3])

from toolkit.analysis import Stages
found = tk.analyze([tk.Article("Yes!"), tk.Article("No.")], stages=Stages((shouts,)), executor=2)
print(found["shouts"].text.tolist(), isinstance(Shout, type))
"""


def test_stages_of_a_script_without_a_guard_and_of_the_prompt_travel(tmp_path: Path) -> None:
    (tmp_path / "script.py").write_text(SCRIPT, encoding="utf-8")
    assert output_of([str(tmp_path / "script.py")]) == "['Yes'] True"
    assert output_of(["-"], SCRIPT) == "['Yes'] True"


def ending(article: Article) -> tuple[()]:
    """Return nothing; at one article the process ends."""
    if " 7 ships" in article.text:
        if os.name == "posix":
            os.kill(os.getpid(), signal.SIGKILL)
        os._exit(3)
    return ()


@pytest.mark.filterwarnings("ignore:A worker")
def test_an_article_with_which_its_process_ends_is_left_out_alone() -> None:
    given = toy.articles(15)
    chain = toy.CHAIN.replaced("times", ending)
    with pytest.warns(tk.ToolkitWarning, match="1 of 15 articles"):
        coverage = tk.analyze(given, stages=chain, executor=2, progress=False)
    told = coverage.left_out.iloc[0]
    assert (told.source, told.stage) == ("news/7.txt", "process")
    assert "memory" in told.remedy
    assert list(coverage.articles.path) == [article.path for article in given if article.path != "news/7.txt"]


def slow(article: Article) -> tuple[()]:
    time.sleep(0.05)
    return ()


@pytest.mark.filterwarnings("ignore")
def test_a_worker_of_a_cluster_that_is_killed_loses_nothing(cluster: Any) -> None:
    given = toy.articles(60)
    expected = frames(tk.analyze(given, stages=toy.CHAIN.without("times"), executor=1, progress=False))
    chain = toy.CHAIN.replaced("times", slow)
    pids = list(cluster.run(os.getpid).values())
    outcomes = executing.read_all(given, chain, cluster.get_executor())
    first = next(outcomes)
    os.kill(pids[0], signal.SIGTERM if os.name == "nt" else signal.SIGKILL)
    readings = [first, *outcomes]
    assert [outcome.article for outcome in readings] == given
    assert all(isinstance(outcome, executing.Reading) for outcome in readings)
    assert [len(one.layers["numbers"]) for one in readings if isinstance(one, executing.Reading)] == [1] * 60
    assert len(expected["numbers"]) == 60


@pytest.mark.parametrize("executor", [0, -1, True, "x", 2.0])
def test_what_is_no_executor_is_refused(executor: Any) -> None:
    with pytest.raises(tk.InputError, match="no number of processes and no executor"):
        tk.analyze(toy.articles(1), stages=toy.CHAIN, executor=executor)


def test_an_executor_that_has_ended_is_told() -> None:
    with ThreadPoolExecutor(1) as threads:
        pass
    with pytest.raises(tk.AnalysisError, match="the executor gave up"):
        tk.analyze(toy.articles(1), stages=toy.CHAIN, executor=threads)


def test_stages_that_cannot_travel_are_told_before_anything_is_read() -> None:
    lock = multiprocessing.get_context("spawn").Lock()
    chain = toy.CHAIN.replaced("times", lambda article: (lock, ())[1])
    with pytest.raises(tk.InputError, match="the stages cannot be sent to another process"):
        tk.analyze(toy.articles(1), stages=chain, executor=2)


def test_records_that_cannot_travel_cost_their_article_alone() -> None:
    class Stream(str):
        __slots__ = ()

        def __reduce__(self) -> Any:
            raise TypeError("not this one")

    def numbers(article: Article) -> list[toy.Number]:
        text = Stream("1") if " 2 ships" in article.text else "1"
        return [toy.Number(article.article_id, 0, 1, text, 1, None, ())]

    with ThreadPoolExecutor(1) as threads, pytest.warns(tk.ToolkitWarning, match="1 of 4"):
        coverage = tk.analyze(toy.articles(4), stages=toy.CHAIN.replaced("numbers", numbers), executor=threads)
    assert coverage.left_out.stage[0] == "numbers"
    assert "cannot be sent from the process" in coverage.left_out.reason[0]


def test_no_more_articles_are_taken_than_are_in_work() -> None:
    taken = []

    def stream() -> Iterator[Article]:
        for article in toy.articles(150):
            taken.append(article)
            yield article

    with ThreadPoolExecutor(2) as threads:
        for place, _ in enumerate(executing.read_all(stream(), toy.CHAIN, threads)):
            assert len(taken) - place <= (4 * 2 + 1) * executing.CHUNK
    taken.clear()
    for place, _ in enumerate(executing.read_all(stream(), toy.CHAIN, 1), 1):
        assert len(taken) == place


@pytest.mark.parametrize(("length", "cores"), [(10, 1), (executing.ENOUGH, 7)])
def test_processes_are_started_where_the_text_is_long(length: int, cores: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loky.cpu_count", lambda: 7)
    given = [tk.Article(f"{number}" + "a" * (length // 12)) for number in range(20)]
    stream, chosen = executing._chosen(iter(given))
    assert chosen == cores
    assert list(stream) == given


INTERRUPTED = """
import os, threading, time, signal
import psutil, toy
from toolkit.analysis import executing
# What is started in the background of a shell begins by ignoring it.
signal.signal(signal.SIGINT, signal.default_int_handler)
def slow(article):
    time.sleep(0.1)
    return ()
# Without an interruption it would take longer than it is given.
outcomes = executing.read_all(toy.articles(20_000), toy.CHAIN.replaced("times", slow), 2)
next(outcomes)
threading.Timer(0.5, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
try:
    list(outcomes)
except KeyboardInterrupt:
    time.sleep(1)
    alive = [each for each in psutil.Process().children(recursive=True) if "LokyProcess" in " ".join(each.cmdline())]
    print("children", len(alive))
"""


@pytest.mark.skipif(os.name != "posix", reason="sends a signal")
def test_an_interruption_leaves_no_process_running() -> None:
    pytest.importorskip("psutil")
    assert output_of(["-c", INTERRUPTED]) == "children 0"
