"""Where the frames of a stored coverage come from: the rows of its parts, under the names of its view."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from toolkit.errors import InputError
from toolkit.frames import COVERAGE, Context, Role, from_arrow, in_context, of_negotiation, renamed, spec_in
from toolkit.store._articles import StoredArticles
from toolkit.store._layout import PARTS
from toolkit.store._parts import damage_told, read_parquet
from toolkit.store._views import OF_ALL, Selected, read_about, read_renaming, read_selection

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import pandas as pd

    from toolkit.actors import Renaming
    from toolkit.frames import FrameSpec
    from toolkit.store._views import About, Entry

_ROWS = 50_000
"""Rows of a frame handed out at once where it stands in one file."""


class Source:
    """The frames of a store's current view.

    Parameters
    ----------
    folder : Path
        The store.
    view : Path
    """

    def __init__(self, folder: Path, view: Path) -> None:
        self.folder, self.view = folder, view

    @cached_property
    def about(self) -> About:
        """What the view was made by."""
        return read_about(self.view)

    @cached_property
    def selection(self) -> list[Entry]:
        """The articles that count, none where the frames were saved whole."""
        return [] if self.is_whole else read_selection(self.view)

    @property
    def is_whole(self) -> bool:
        """Whether the frames were saved whole."""
        return not self.about.reader

    @cached_property
    def context(self) -> Context:
        """The articles, each read when a frame shows words of it."""
        if self.is_whole:
            ids = read_parquet(self._file("articles"), ["article_id"])["article_id"].to_pylist()
            return Context(StoredArticles(dict.fromkeys(ids, self._file("articles"))))
        return Context(
            StoredArticles({each.article_id: self._part_file(each.part, "articles") for each in self.selection})
        )

    @cached_property
    def renaming(self) -> dict[str, Renaming]:
        """What actors of an article are called across all, by article."""
        return read_renaming(self.view)

    @cached_property
    def negotiations(self) -> dict[str, str | None]:
        """The negotiation of each article."""
        return {entry.article_id: entry.negotiation for entry in self.selection}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all frames, the further ones last."""
        return (*(spec.name for spec in COVERAGE), *self.about.further)

    def in_one_file(self, name: str) -> bool:
        """Tell whether a frame stands in one file, rather than in parts."""
        return self.is_whole or name in OF_ALL

    def files(self, name: str) -> list[Path]:
        """Return the files in which a frame stands."""
        if name not in self.names:
            raise InputError(f"no frame {name!r}; this coverage has {', '.join(self.names)}")
        if self.in_one_file(name):
            return [self._file(name)]
        return [self._part_file(part, name) for part in dict.fromkeys(entry.part for entry in self.selection)]

    def _part_file(self, part: str, name: str) -> Path:
        return self.folder / PARTS / part / f"{name}.parquet"

    def _file(self, name: str) -> Path:
        return self.view / f"{name}.parquet"

    def spec(self, name: str) -> FrameSpec:
        """Return the declaration of a frame."""
        file = self.files(name)[0]
        with damage_told(file):
            return spec_in(pq.read_schema(file))

    def frame(self, name: str) -> pd.DataFrame:
        """Return a frame whole, its rows in the order of the articles."""
        spec = self.spec(name)
        whole = self.in_one_file(name)
        table = read_parquet(self._file(name)) if whole else Selected(self.folder, self.selection).table(name)
        return self._named(from_arrow(table, spec), spec, whole=whole)

    def scan(self, name: str, columns: Sequence[str] | None = None) -> Iterator[pd.DataFrame]:
        """Yield the rows of a frame in pieces, each a frame of the columns asked for."""
        spec = _narrowed(self.spec(name), columns)
        if self.in_one_file(name):
            tables = _batches(self._file(name), spec.names)
        else:
            tables = (table for table, _ in Selected(self.folder, self.selection).tables(name, spec.names))
        for table in tables:
            frame = self._named(from_arrow(table, spec), spec, whole=self.in_one_file(name))
            yield frame if columns is None else frame[list(columns)]

    def _named(self, frame: pd.DataFrame, spec: FrameSpec, *, whole: bool) -> pd.DataFrame:
        named = frame
        if not whole:
            named = of_negotiation(renamed(frame, spec, {}, by_article=self.renaming)[0], self.negotiations)
        return in_context({spec.name: named}, self.context)[spec.name]


def _batches(file: Path, columns: Sequence[str]) -> Iterator[pa.Table]:
    with damage_told(file):
        stored = pq.ParquetFile(file)
        for batch in stored.iter_batches(_ROWS, columns=list(columns)):
            yield pa.Table.from_batches([batch])
        if not stored.metadata.num_rows:
            yield stored.schema_arrow.empty_table()


def _narrowed(spec: FrameSpec, columns: Sequence[str] | None) -> FrameSpec:
    """Return a declaration of the columns asked for, and of those that their names or values depend on."""
    if columns is None:
        return spec
    if unknown := [name for name in columns if name not in spec.names]:
        raise InputError(f"the {spec.name} frame has no column {', '.join(unknown)}; it has {', '.join(spec.names)}")
    needed = {*columns, *spec.by_role(Role.ARTICLE)}
    if needed & set(spec.once):
        needed |= set(spec.once)
    needed |= {name for rule in spec.follows if rule.column in needed for name in rule.of}
    return replace(spec, columns=tuple(column for column in spec.columns if column.name in needed))
