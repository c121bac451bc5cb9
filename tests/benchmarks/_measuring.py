"""What a piece of work costs, measured in a process of its own, and the articles it is done on."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import multiprocessing
import random
import re
import resource
import time
import zlib
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from toolkit.articles import Article

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NEWS = "unlabelled/news.jsonl.gz"
SYLLABLES = ("ka", "lo", "mi", "te", "vo", "sha", "dre", "un", "pel", "quo", "bi", "gra", "sto", "ne", "wi", "ru")
_MB = 1024 * 1024
_FULL_NAME = re.compile(r"\b[A-Z][a-z]+ ([A-Z][a-z]{2,})\b")


@dataclass(frozen=True, slots=True)
class Cost:
    """What came of some work, its wall and processor seconds, and the most memory in MB that its process ever held."""

    value: Any
    wall: float
    cpu: float
    peak: float


def alone(work: Callable[..., Any], *arguments: object) -> Cost:
    """Return what some work costs in a new process; what it yields before its result is no part of the cost.

    Parameters
    ----------
    work : callable
        A generator of two values: one when it is ready to begin, then its result.
    """
    # The most memory is handed on from parent to child: this process holds no articles.
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(_measured, work, arguments).result()


def _measured(work: Callable[..., Any], arguments: tuple[object, ...]) -> Cost:
    steps = work(*arguments)
    next(steps)
    wall, cpu = time.perf_counter(), time.process_time()
    value = next(steps)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    # What it holds open, such as a cluster, ends here and is not counted.
    steps.close()
    return Cost(value, wall, cpu, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / _MB)


def articles_of(folder: Path, count: int, longest: int | None = None) -> list[Article]:
    """Return so many articles of the unlabelled news, the fewer among the more; repeated ones tell of other people.

    Parameters
    ----------
    folder : Path
        That holds ``unlabelled/``.
    count : int
    longest : int, optional
        Characters that each is cut to, at a line's end where there is one.
    """
    with gzip.open(folder / NEWS, "rt", encoding="utf-8") as lines:
        total = sum(1 for _ in lines)
    order = random.Random(1).sample(range(total), total)  # noqa: S311 - a sample, no secret
    wanted = {line: place for place, line in enumerate(order[:count])}
    with gzip.open(folder / NEWS, "rt", encoding="utf-8") as lines:
        found = {wanted[number]: json.loads(line) for number, line in enumerate(lines) if number in wanted}
    return [_article(found[place % total], place // total, longest) for place in range(count)]


def _article(row: dict[str, str], copy: int, longest: int | None) -> Article:
    day = dt.date.fromisoformat(row["date"]) if len(row["date"]) == len("2030-01-01") else None
    text = row["text"] if longest is None else row["text"][:longest].rpartition("\n")[0] or row["text"][:longest]
    return Article(_of_others(text, copy), title=row["title"], outlet=row["outlet"], published=day)


def _of_others(text: str, copy: int) -> str:
    """Return a text in which half of those called by first and last name have other last names."""
    names = {name for name in _FULL_NAME.findall(text) if copy and is_new(name)}
    if not names:
        return text + "\n" * copy
    return re.sub(rf"\b(?:{'|'.join(sorted(names))})\b", lambda name: name[0] + suffix(copy), text)


def is_new(name: str) -> bool:
    """Tell whether copies of an article have another name in the place of this one: every other name is such."""
    return bool(zlib.crc32(name.encode()) % 2)


def suffix(copy: int) -> str:
    """Return what makes a name that of somebody else, another in each copy."""
    return "".join(SYLLABLES[copy >> 4 * place & 15] for place in range(3))


def words_in(articles: list[Article]) -> int:
    """Return the number of words, parted by white space."""
    return sum(len(article.text.split()) for article in articles)
