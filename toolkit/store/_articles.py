"""The articles of a store, each read when it is asked for: what a frame shows needs the words of a few."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from toolkit.display import rows
from toolkit.frames import DECLARED, from_arrow
from toolkit.store._parts import damage_told

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from toolkit.display import Row

_KEPT: Final = 64
"""Articles in memory at once: more than a frame shows rows."""


class StoredArticles(Mapping[str, "Row"]):
    """Rows of the articles frame by id, of which a few are kept in memory.

    Parameters
    ----------
    files : mapping of str to Path
        The file that each stands in, by id.
    """

    def __init__(self, files: Mapping[str, Path]) -> None:
        self._files = files
        self._row = lru_cache(maxsize=_KEPT)(self._read)

    def __getitem__(self, article_id: str) -> Row:
        """Return the row of an article."""
        return self._row(article_id)

    def __iter__(self) -> Iterator[str]:
        """Yield the ids."""
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)

    def _read(self, article_id: str) -> Row:
        import pyarrow.parquet as pq

        file = self._files[article_id]
        with damage_told(file):
            table = pq.read_table(file, filters=[("article_id", "=", article_id)])
        return rows(from_arrow(table, DECLARED["articles"]))[0]
