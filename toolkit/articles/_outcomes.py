"""What becomes of each source: an article found, something left out, or a problem to know of.

Readers yield these one by one and never decide whether a failure is fatal; ``read`` alone does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.terminal import visible

if TYPE_CHECKING:
    from toolkit.articles._article import Article

LABEL_CHARS = 200
VALUE_CHARS = 60


@dataclass(frozen=True, slots=True)
class Report:
    """What to know about one source.

    Parameters
    ----------
    source
        The file, or the file and row, as the user would look it up.
    reason
        What was found, and what to do about it.
    stage
        What was being done: ``reading``, or a stage of the analysis.
    remedy
        What would help, where the reason does not say.
    """

    source: str
    reason: str
    stage: str = "reading"
    remedy: str | None = None

    def __str__(self) -> str:
        return visible(f"{self.source}: {self.reason}")


class LeftOut(Report):
    """A file or row that gave no article."""

    __slots__ = ()


class Problem(Report):
    """Something about an article that was read all the same: a value not understood, overruled or guessed."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Found:
    """An article with the label of the file or row it came from."""

    source: str
    article: Article


Outcome = Found | LeftOut | Problem


def label(source: object) -> str:
    """Give the name of a source for a message, on one line and of bounded length."""
    return clipped(source, LABEL_CHARS)


def clipped(value: object, limit: int = VALUE_CHARS) -> str:
    """Give a value on one line, cut at ``limit`` characters, so that a message stays readable."""
    line = visible(" ".join(str(value)[: 2 * limit].split()))
    return line if len(line) <= limit else line[: limit - 1] + "…"


def listed(reports: list[str], most: int = 5) -> str:
    """Join the first reports, one a line, and say how many more there are."""
    lines = [f"  {report}" for report in reports[:most]]
    if len(reports) > most:
        lines.append(f"  … and {len(reports) - most} more")
    return "\n".join(lines)
