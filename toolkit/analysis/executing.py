"""Spreading articles over processes: chunks of them, any executor, results in the order given.

The chain of stages travels with each chunk in the form in which cloudpickle writes it, so that functions and classes
of a notebook or of the prompt come along; a worker unpacks it, and loads weights, once.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from concurrent.futures import BrokenExecutor, Executor
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Final

from toolkit.analysis.reading import PROCESS, Failure, Reading, read_article
from toolkit.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
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
    """
    if isinstance(executor, bool) or (isinstance(executor, int) and executor < 1):
        raise InputError(f"executor={executor!r} is no number of processes; give 1 or more, or an executor")
    if executor is None:
        articles, executor = _chosen(articles)
    if isinstance(executor, int):
        if executor == 1:
            yield from (read_article(article, chain) for article in articles)
        else:
            yield from _Pool(executor).read(_chunks(articles), _packed(chain))
    else:
        yield from _in_order(executor, _chunks(articles), _packed(chain), _window(executor))


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
            "give executor=1 to read in this one, or leave out what cannot be copied"
        ) from fault


@lru_cache(maxsize=2)
def _unpacked(packed: bytes) -> Stages:
    import cloudpickle

    chain: Stages = cloudpickle.loads(packed)
    return chain


def read_chunk(packed: bytes, articles: Sequence[Article]) -> list[Outcome]:
    """Return what some articles say; this is what a worker runs."""
    chain = _unpacked(packed)
    return [read_article(article, chain) for article in articles]


def _window(executor: Executor) -> int:
    workers = getattr(executor, "_max_workers", None)
    return _AHEAD * workers if isinstance(workers, int) else _MANY


def _in_order(executor: Executor, chunks: Iterable[list[Article]], packed: bytes, window: int) -> Iterator[Outcome]:
    waiting: deque[Future[list[Outcome]]] = deque()
    stream = iter(chunks)
    try:
        for chunk in islice(stream, window):
            waiting.append(executor.submit(read_chunk, packed, chunk))
        while waiting:
            found = waiting.popleft().result()
            waiting.extend(executor.submit(read_chunk, packed, chunk) for chunk in islice(stream, 1))
            yield from found
    finally:
        for future in waiting:
            future.cancel()


@dataclass(slots=True)
class _Pool:
    """Processes of this machine, started anew where one ends before its time.

    loky's processes need no guard around a script's main part and know what a notebook has defined.
    """

    size: int

    def read(self, chunks: Iterable[list[Article]], packed: bytes) -> Iterator[Outcome]:
        """Yield what the articles say; one whose process ends twice, the second time alone, is a failure."""
        waiting: deque[tuple[list[Article], Future[list[Outcome]]]] = deque()
        stream = iter(chunks)
        try:
            while True:
                waiting.extend(
                    (chunk, self._submit(packed, chunk)) for chunk in islice(stream, _AHEAD * self.size - len(waiting))
                )
                if not waiting:
                    return
                chunk, future = waiting.popleft()
                try:
                    found = future.result()
                except BrokenExecutor:
                    # All that was in work is lost with the process, and any of it may be the cause.
                    found = [outcome for article in chunk for outcome in self._alone(packed, article)]
                    waiting = deque((other, self._submit(packed, other)) for other, _ in waiting)
                yield from found
        finally:
            for _, future in waiting:
                future.cancel()

    def _submit(self, packed: bytes, chunk: list[Article]) -> Future[list[Outcome]]:
        from loky import get_reusable_executor

        future: Future[list[Outcome]] = get_reusable_executor(max_workers=self.size).submit(read_chunk, packed, chunk)
        return future

    def _alone(self, packed: bytes, article: Article) -> list[Outcome]:
        try:
            return self._submit(packed, [article]).result()
        except BrokenExecutor:
            return [Failure(article, PROCESS, "the process that read it ended", "give it more memory, or cut it up")]
