"""By what a reading is known again: the article, and all that its findings depend on."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from toolkit.analysis import Stages
    from toolkit.articles import Article

DIGITS: Final = 32
_PACKAGE: Final = Path(__file__).resolve().parents[1]
# What reads an article, or decides how its findings are kept. Views and charts change neither.
_READING: Final = (
    "actors", "analysis", "articles", "frames", "lexicon", "model", "names", "pipeline", "quotations", "rounds",
    "sentiment", "speakers", "store", "text", "times",
)  # fmt: skip


def digest(value: Any) -> str:
    """Return the hash of plain values, the same for the same content."""
    told = json.dumps(value, default=str, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(told.encode()).hexdigest()[:DIGITS]


def reader_of(chain: Stages, metadata: Mapping[str, str]) -> str:
    """Return what tells one way of reading from another: stages, weights, word lists, versions and the code itself."""
    steps = [(step.name, step.needs, step.gives, step.told_by) for step in chain]
    return digest([steps, dict(metadata), _code()])


@cache
def _code() -> str:
    """Return the hash of the code that reads, since a version may stand for several while one works on it."""
    files = sorted(path for room in _READING for path in (_PACKAGE / room).rglob("*.py") if "train" not in path.parts)
    told = ((path.relative_to(_PACKAGE).as_posix(), path.read_bytes()) for path in files)
    return hashlib.sha256(b"".join(name.encode() + content for name, content in told)).hexdigest()


def key_of(article: Article, reader: str) -> str:
    """Return the key of an article's reading: of all that is known of the article, and of the reader."""
    return digest([asdict(article), reader])


def part_id(keys: Iterable[str]) -> str:
    """Return the name of the part that holds the readings of some keys."""
    return digest(list(keys))[:16]
