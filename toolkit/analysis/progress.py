"""One bar for all the work that takes long."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_T = TypeVar("_T")

LONG: Final = 20
"""Articles from which on a bar is shown unasked."""


@contextmanager
def counting(total: int | None, *, shown: bool | None) -> Iterator[Callable[[int], object]]:
    """Yield what counts articles on a bar.

    Parameters
    ----------
    total : int or None
        How many there will be, None where that is not known.
    shown : bool or None
        Whether to show the bar; None for where the work is long, or may be.
    """
    from tqdm.auto import tqdm

    wanted = (total is None or total >= LONG) if shown is None else shown
    with tqdm(total=total, desc="Reading articles", unit=" articles", disable=not wanted) as bar:
        yield bar.update


def counted(items: Iterable[_T], count: Callable[[int], object]) -> Iterator[_T]:
    """Hand items on, each counted as it comes."""
    for item in items:
        count(1)
        yield item
