"""A coverage in a folder: frames are read when they are asked for, whole, part by part, or by questions in SQL."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.analysis.assembling import coverage_of
from toolkit.coverage import Coverage
from toolkit.errors import InputError
from toolkit.frames import COVERAGE
from toolkit.store._layout import current_view
from toolkit.store._source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pandas as pd

    from toolkit.frames import FrameSpec


def open(folder: str | Path) -> StoredCoverage:  # noqa: A001 - toolkit.open, as one opens a file
    """Open the coverage in a folder, which :func:`toolkit.analyze_to` or ``coverage.save`` has written.

    Parameters
    ----------
    folder : str or Path

    Returns
    -------
    StoredCoverage
        A coverage whose frames are read when they are first asked for.

    Raises
    ------
    InputError
        If there is no such folder, it is no store, or its first analysis did not end.
    """
    return StoredCoverage(folder)


class StoredCoverage(Coverage):
    """A coverage in a folder, as :func:`toolkit.open` gives it.

    Each frame is read when it is first asked for, and kept. Of frames too large for memory `scan` gives the rows in
    pieces, and `sql` answers questions about all of them.

    Parameters
    ----------
    folder : str or Path
        What :func:`toolkit.analyze_to` or ``coverage.save`` has written.

    Raises
    ------
    InputError
        If there is no such folder, it is no store, or its first analysis did not end.
    """

    __slots__ = ("_frames", "_source")

    _frames: dict[str, pd.DataFrame]
    _source: Source

    def __init__(self, folder: str | Path) -> None:
        folder = Path(folder)
        if not folder.is_dir():
            raise InputError(f"{folder}: no such folder; analyze_to(folder, articles) makes one")
        view = current_view(folder)
        if view is None:
            raise InputError(
                f"{folder}: no analysis has ended here yet, or its view is gone; analyze_to(folder, articles) goes on "
                "with it, and reads nothing twice"
            )
        # A frozen class of a frozen class with slots has no other way to its own attributes.
        object.__setattr__(self, "_source", Source(folder, view))
        object.__setattr__(self, "_frames", {})

    @property
    def metadata(self) -> Mapping[str, str]:
        """What the coverage was made by."""
        return self._source.about.metadata

    @property
    def extra(self) -> Mapping[str, pd.DataFrame]:
        """Further frames by name."""
        return {name: self[name] for name in self._source.about.further}

    def __getitem__(self, name: str) -> pd.DataFrame:
        """Return a frame by name; it is read once."""
        if name not in self._frames:
            self._frames[name] = self._source.frame(name)
        return self._frames[name]

    def frames(self) -> dict[str, pd.DataFrame]:
        """Return all frames by name, the further ones last, each read whole."""
        return {name: self[name] for name in self._source.names}

    def specs(self) -> dict[str, FrameSpec]:
        """Return what each frame is declared to be, by name."""
        return {name: self._source.spec(name) for name in self._source.names}

    def load(self) -> Coverage:
        """Return the coverage in memory, independent of the folder."""
        return coverage_of(self.frames(), self.metadata)

    def with_frames(self, frames: Mapping[str, pd.DataFrame], metadata: Mapping[str, str] | None = None) -> Coverage:
        """Return a coverage in memory with other frames in place of those of the same names."""
        return self.load().with_frames(frames, metadata)

    def scan(self, name: str, columns: Sequence[str] | None = None) -> Iterator[pd.DataFrame]:
        """Yield the rows of a frame in pieces, so that no more than one of them is in memory.

        Parameters
        ----------
        name : str
            Of the frame.
        columns : sequence of str, optional
            Those to read; all by default.

        Yields
        ------
        pandas.DataFrame
            Rows of some articles, with the names that actors bear across all.

        Examples
        --------
        >>> store = StoredCoverage("store/")  # doctest: +SKIP
        >>> sum(rows.kind.eq("direct").sum() for rows in store.scan("quotations", ["kind"]))  # doctest: +SKIP
        """
        return self._source.scan(name, columns)

    def sql(self, question: str) -> pd.DataFrame:
        """Return the answer to a question in SQL, in which each frame is a table of its name.

        DuckDB reads the files as far as the question needs them. What follows from names within a row (``of_self``) is
        as the article alone tells it.

        Examples
        --------
        >>> store.sql("SELECT speaker, count(*) AS n FROM quotations GROUP BY speaker")  # doctest: +SKIP

        Raises
        ------
        InputError
            If DuckDB is missing (``pip install 'negotiation-news-toolkit[sql]'``), or it cannot answer.
        """
        from toolkit.store._sql import answer

        return answer(self._source, question)

    def __repr__(self) -> str:
        """Say where it is, and how many articles it has; no frame is read for it."""
        articles = len(self._source.selection)
        told = f"{articles:,} article{'' if articles == 1 else 's'}" if articles else "frames"
        return f"Coverage of {told} in {self._source.folder}. Frames: .quotations, .sentiment …; .scan(…), .sql(…)"

    def _repr_html_(self) -> str:
        import html

        return f"<p>{html.escape(repr(self))}</p>"

    def __reduce__(self) -> tuple[type[StoredCoverage], tuple[Path]]:
        return StoredCoverage, (self._source.folder,)


def _read_when_asked(name: str) -> Any:
    return property(lambda coverage: coverage[name], doc=f"The {name} frame.")


# In place of the fields of a coverage in memory.
for _spec in COVERAGE:
    setattr(StoredCoverage, _spec.name, _read_when_asked(_spec.name))
