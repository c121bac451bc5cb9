"""Spreading articles over processes: chunks of them, any executor, results in the order given.

The chain of stages travels with each chunk in the form in which cloudpickle writes it, so that functions and classes
of a notebook or of the prompt come along; a worker unpacks it, and loads weights, once.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from concurrent.futures import BrokenExecutor, Executor
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Final

from toolkit.analysis.chain import PROCESS
from toolkit.analysis.reading import Failure, Reading, read_article
from toolkit.errors import AnalysisError, InputError, ToolkitError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from concurrent.futures import Future

    from toolkit.analysis.chain import Stages
    from toolkit.articles import Article

Outcome = Reading | Failure
Executors = Executor | int | None
"""What ``executor=`` takes: an executor, a number of processes, or None to have it chosen."""

CHUNK: Final = 10
"""Articles sent to a worker at once: enough that sending them costs nothing, few enough to share them out evenly."""
ENOUGH: Final = 250_000
"""Characters from which on a second process saves more than it costs to start (2 to 3 s)."""
_AHEAD: Final = 4
"""Chunks in work for each process, so that none waits and memory stays bounded."""
_MANY: Final = 64
"""Chunks in work where an executor does not say how many workers it has."""
_TRIES: Final = 5
"""How often work is handed in anew to processes that break meanwhile."""


def read_all(articles: Iterable[Article], chain: Stages, executor: Executors = None) -> Iterator[Outcome]:
    """Yield what each article says, or where it failed, in the order given; articles are taken as they are needed.

    Parameters
    ----------
    articles : iterable of Article
    chain : Stages
    executor : Executor, int or None
        Any executor of ``concurrent.futures``, such as a Dask client's; a number of processes of this machine; None
        for as many as it has cores, where there is more than one and enough text.

    Raises
    ------
    InputError
        Where the number is none of processes, or the stages cannot be sent to another process.
    AnalysisError
        Where the executor gives up.
    """
    if executor is not None and not (_is_number(executor) or hasattr(executor, "submit")):
        raise InputError(
            f"executor={executor!r} is no number of processes and no executor; give 1 or more, or one of "
            "concurrent.futures, such as client.get_executor() of a Dask client"
        )
    if executor is None:
        articles, executor = _chosen(articles)
    if executor == 1:
        yield from (read_article(article, chain) for article in articles)
    else:
        workers = _processes(executor) if isinstance(executor, int) else _workers_of(executor)
        yield from workers.read(_chunks(articles), _packed(chain))


def _is_number(executor: object) -> bool:
    return isinstance(executor, int) and not isinstance(executor, bool) and executor > 0


def _chosen(articles: Iterable[Article]) -> tuple[Iterable[Article], int]:
    """Return the articles, and in how many processes they are worth reading."""
    import loky

    cores = loky.cpu_count()
    if cores == 1 or multiprocessing.parent_process() is not None or multiprocessing.current_process().daemon:
        return articles, 1
    # Of a stream only as much is taken as tells whether it is long.
    ahead, stream, length = [], iter(articles), 0
    for article in stream:
        ahead.append(article)
        length += len(article.text)
        if length >= ENOUGH and len(ahead) > CHUNK:
            return _joined(ahead, stream), cores
    return ahead, 1


def _joined(ahead: Sequence[Article], stream: Iterator[Article]) -> Iterator[Article]:
    yield from ahead
    yield from stream


def _chunks(articles: Iterable[Article]) -> Iterator[list[Article]]:
    stream = iter(articles)
    while chunk := list(islice(stream, CHUNK)):
        yield chunk


def _packed(chain: Stages) -> bytes:
    import cloudpickle

    try:
        return bytes(cloudpickle.dumps(chain))
    except Exception as fault:
        raise InputError(
            f"the stages cannot be sent to another process ({type(fault).__name__}: {fault}); "
            "give executor=1 to read in this one, or load what cannot be copied within the stage"
        ) from fault


@lru_cache(maxsize=2)
def _unpacked(packed: bytes) -> Stages:
    import cloudpickle

    chain: Stages = cloudpickle.loads(packed)
    return chain


def read_chunk(packed: bytes, articles: Sequence[Article]) -> bytes:
    """Return what some articles say, packed; this is what a worker runs."""
    import cloudpickle

    chain = _unpacked(packed)
    outcomes = [read_article(article, chain) for article in articles]
    try:
        # Not left to the executor, which would not know the classes of a notebook.
        return bytes(cloudpickle.dumps(outcomes))
    except Exception:  # noqa: BLE001 - whatever one record holds must not stop the others
        return bytes(cloudpickle.dumps([_sendable(outcome) for outcome in outcomes]))


def _sendable(outcome: Outcome) -> Outcome:
    """Return what an article says, or which of its layers cannot leave the process."""
    import cloudpickle

    for layer, records in outcome.layers.items() if isinstance(outcome, Reading) else ():
        try:
            cloudpickle.dumps(records)
        except Exception as fault:  # noqa: BLE001 - as above
            reason = f"{layer} cannot be sent from the process that read it ({type(fault).__name__}: {fault})"
            return Failure(outcome.article, layer, reason, "have the stage give plain records")
    return outcome


@dataclass(frozen=True, slots=True)
class _Workers:
    """Where articles are read, and what becomes of them where a worker ends before its time.

    Parameters
    ----------
    submit : callable
        Has `read_chunk` run.
    window : int
        Chunks in work at once.
    is_lost : callable
        Tells whether a fault means that a worker ended, after which others go on.
    together : bool
        Whether all that was in work is lost with one worker.
    stop : callable, optional
        Ends the workers where the work is given up.
    """

    submit: Callable[[bytes, list[Article]], Future[bytes]]
    window: int
    is_lost: Callable[[Exception], bool]
    together: bool = False
    stop: Callable[[], object] | None = None

    def read(self, chunks: Iterable[list[Article]], packed: bytes) -> Iterator[Outcome]:
        """Yield what the articles say; one with which a worker ends even when it is read alone is a failure."""
        waiting: deque[tuple[list[Article], Future[bytes]]] = deque()
        stream = iter(chunks)
        try:
            while True:
                waiting.extend(
                    (chunk, self._submitted(packed, chunk)) for chunk in islice(stream, self.window - len(waiting))
                )
                if not waiting:
                    return
                chunk, future = waiting.popleft()
                try:
                    found = _received(future)
                except Exception as fault:
                    if not self.is_lost(fault):
                        raise _told(fault) from fault
                    if self.together:
                        waiting = deque((other, self._again(packed, other, one)) for other, one in waiting)
                    # Any of the chunk may be the cause.
                    found = [outcome for article in chunk for outcome in self._alone(packed, article)]
                yield from found
        finally:
            for _, future in waiting:
                future.cancel()
            if waiting and self.stop:
                self.stop()

    def _submitted(self, packed: bytes, chunk: list[Article]) -> Future[bytes]:
        try:
            return self.submit(packed, chunk)
        except Exception as fault:
            raise _told(fault) from fault

    def _again(self, packed: bytes, chunk: list[Article], future: Future[bytes]) -> Future[bytes]:
        has_result = future.done() and not future.cancelled() and future.exception() is None
        return future if has_result else self._submitted(packed, chunk)

    def _alone(self, packed: bytes, article: Article) -> list[Outcome]:
        try:
            return _received(self._submitted(packed, [article]))
        except Exception as fault:
            if not self.is_lost(fault):
                raise _told(fault) from fault
            return [Failure(article, PROCESS, "the process that read it ended", "give it more memory, or cut it up")]


def _received(future: Future[bytes]) -> list[Outcome]:
    import cloudpickle

    outcomes: list[Outcome] = cloudpickle.loads(future.result())
    return outcomes


def _told(fault: Exception) -> Exception:
    """Return what is raised where articles could not be read for a reason that is none of theirs."""
    if isinstance(fault, ToolkitError):
        return fault
    return AnalysisError(
        f"the executor gave up ({type(fault).__name__}: {fault}); give one whose workers live and have this version of "
        "the toolkit, or a number of processes, which are started anew where one ends"
    )


def _processes(size: int) -> _Workers:
    """Return processes of this machine, started anew where one ends before its time.

    loky's processes need no guard around a script's main part and know what a notebook has defined.
    """
    from loky import get_reusable_executor

    def submit(packed: bytes, chunk: list[Article]) -> Future[bytes]:
        for _ in range(_TRIES):
            # It may break between being asked for and being given work.
            with suppress(BrokenExecutor):
                future: Future[bytes] = get_reusable_executor(max_workers=size).submit(read_chunk, packed, chunk)
                return future
        raise AnalysisError("processes end as soon as they are started; give executor=1 to read in this one")

    def stop() -> None:
        get_reusable_executor(max_workers=size).shutdown(kill_workers=True)

    def is_lost(fault: Exception) -> bool:
        return isinstance(fault, BrokenExecutor)

    return _Workers(submit, _AHEAD * size, is_lost, together=True, stop=stop)


def _workers_of(executor: Executor) -> _Workers:
    """Return the workers of an executor given."""
    workers = getattr(executor, "_max_workers", None)
    window = _AHEAD * workers if isinstance(workers, int) else _MANY
    return _Workers(lambda packed, chunk: executor.submit(read_chunk, packed, chunk), window, _is_killed_in_dask)


def _is_killed_in_dask(fault: Exception) -> bool:
    """Tell whether a task was given up since several workers of a Dask cluster ended with it."""
    return type(fault).__name__ == "KilledWorker"
