"""The view of a store: what all its articles together tell, and which readings of which parts count."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from dataclasses import dataclass, fields, replace
from itertools import groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from toolkit.analysis.across import Playbill, actors_across, names_across, renamings, told_across
from toolkit.analysis.assembling import TOLD, actors_frame
from toolkit.articles import LeftOut
from toolkit.errors import InputError
from toolkit.files import new_folder
from toolkit.frames import DECLARED, arrow_schema, to_arrow
from toolkit.store._keys import digest
from toolkit.store._parts import (
    CAST,
    FAILED,
    FOUND,
    read_parquet,
    read_table,
    stored_cast,
    stored_failures,
    stored_found,
    told_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    import pyarrow as pa

    from toolkit.actors import Renaming
    from toolkit.articles import Report
    from toolkit.records import Part
    from toolkit.store._parts import StoredFailure

ABOUT, SELECTION, NAMES, REPORTS = "about.json", "_selection.parquet", "_names.parquet", "_reports.parquet"
OF_ALL: Final = ("actors", *TOLD, "left_out", "checked")
"""Frames that a view holds itself, since only all articles together tell them."""
_BATCH: Final = 20_000
"""Rows written at once, so that frames of millions need little memory."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An article of a store: the key of its reading, its origin (path or address), and the part that holds it.

    ``negotiation`` is known in a view alone.
    """

    key: str
    article_id: str
    origin: str | None
    part: str
    negotiation: str | None = None


@dataclass(frozen=True, slots=True)
class About:
    """What a view was made by: metadata of the coverage, the reader's digest, names of further frames."""

    metadata: Mapping[str, str]
    reader: str
    further: tuple[str, ...] = ()


def write_view(folder: Path, entries: Sequence[Entry], reports: Sequence[Report], about: About) -> str:
    """Put together what a store's articles tell, and return the name of the view; one that is there is kept.

    Parameters
    ----------
    folder : Path
        The store.
    entries : sequence of Entry
        The articles that count, in the order of their rows.
    reports : sequence of Report
        What was left out before it was read.
    about : About
    """
    readings = [(entry.key, entry.part) for entry in entries]
    known = [readings, [(report.source, report.reason) for report in reports], about.reader]
    name = digest(known)[:16]
    if (folder / "views" / name).is_dir():
        return name
    selected = Selected(folder, entries)
    renaming = renamings(selected.casts(), names_across(selected.casts()))
    with new_folder(folder / "views" / name) as made:
        told = told_across({layer: selected.found(layer) for layer in TOLD}, renaming)
        of = told.by_article
        write_table(
            made / SELECTION, _selection_table([replace(each, negotiation=of.get(each.article_id)) for each in entries])
        )
        write_table(made / NAMES, _names_table(renaming))
        _write_actors(made / "actors.parquet", actors_across(selected.playbills(), renaming))
        for layer in TOLD:
            spec = DECLARED[layer]
            write_table(made / f"{layer}.parquet", to_arrow(spec.of(getattr(told, layer)), spec))
        write_table(made / REPORTS, _left_out(reports))
        write_table(made / "left_out.parquet", _left_out([*reports, *selected.failures()]))
        # What a person has checked is told when corrections are applied.
        write_table(made / "checked.parquet", to_arrow(DECLARED["checked"].frame([]), DECLARED["checked"]))
        write_about(made, about)
    return name


class Selected:
    """The articles of a store that count, part by part.

    Parameters
    ----------
    folder : Path
        The store.
    entries : sequence of Entry
        In the order of their rows.
    """

    def __init__(self, folder: Path, entries: Sequence[Entry]) -> None:
        self._folder = folder / "parts"
        self._positions: dict[str, dict[str, int]] = defaultdict(dict)
        for position, entry in enumerate(entries):
            self._positions[entry.part][entry.article_id] = position

    def tables(self, name: str, columns: Sequence[str] | None = None) -> Iterator[tuple[pa.Table, Sequence[int]]]:
        """Yield a frame's rows of the articles that count, a table a part, with the position of each row's article."""
        import pyarrow as pa
        import pyarrow.compute as pc

        wanted = None if columns is None else list(dict.fromkeys([*columns, "article_id"]))
        for part, positions in self._positions.items():
            table = read_table(self._folder / part, name, wanted)
            places = pc.index_in(table["article_id"], pa.array(positions, pa.string()))
            kept = pc.is_valid(places)
            order = pa.array(positions.values(), pa.int64())
            yield table.filter(kept), order.take(places.filter(kept)).to_numpy()

    def table(self, name: str, columns: Sequence[str] | None = None) -> pa.Table:
        """Return all of a frame's rows, in the order of the articles."""
        import numpy as np
        import pyarrow as pa

        found = list(self.tables(name, columns))
        positions = np.concatenate([places for _, places in found])
        return pa.concat_tables([table for table, _ in found]).take(np.argsort(positions, kind="stable"))

    def playbills(self) -> Iterator[Playbill]:
        """Yield the actors of each article with their parts in it, the article published first going first."""
        told = self._told()
        in_order = sorted(told, key=lambda article_id: (told[article_id][0] or dt.date.max, article_id))
        yield from _bills(_in_order_of(self.table(CAST.name), in_order), told)

    def casts(self) -> Iterator[Playbill]:
        """Yield the same in the order of the parts: names do not depend on days, and nothing is sorted."""
        yield from _bills((table for table, _ in self.tables(CAST.name)), self._told())

    def _told(self) -> dict[str, tuple[dt.date | None, str | None]]:
        """Return the day and the outlet of each article."""
        table = self.table("articles", ("published", "outlet"))
        columns = (table[name].to_pylist() for name in ("article_id", "published", "outlet"))
        return {article_id: (day, outlet) for article_id, day, outlet in zip(*columns, strict=True)}

    def found(self, layer: str) -> Iterator[Any]:
        """Yield what each article tells of in a layer that is put together across articles."""
        return (found for table, _ in self.tables(FOUND.name) for found in stored_found(table, layer))

    def failures(self) -> list[StoredFailure]:
        """Return the articles that could not be analysed."""
        return list(stored_failures(self.table(FAILED.name)))


def _bills(tables: Iterable[pa.Table], told: Mapping[str, tuple[dt.date | None, str | None]]) -> Iterator[Playbill]:
    for article_id, found in groupby(stored_cast(tables), key=itemgetter(0)):
        day, outlet = told[article_id]
        yield Playbill(article_id, day, tuple(part for _, part in found), outlet)


def _in_order_of(table: pa.Table, ids: Sequence[str]) -> Iterator[pa.Table]:
    """Yield a table in batches, its rows in the order of the articles' ids."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    places = pc.index_in(table["article_id"], pa.array(ids, pa.string())).to_numpy()
    order = np.argsort(places, kind="stable")
    for start in range(0, len(order), _BATCH):
        yield table.take(order[start : start + _BATCH])


def read_selection(view: Path) -> list[Entry]:
    """Return the articles that count in a view, in the order of their rows."""
    return [Entry(**row) for row in read_parquet(view / SELECTION).to_pylist()]


def read_renaming(view: Path) -> dict[str, Renaming]:
    """Return what actors of an article are called across all, by article."""
    renaming: dict[str, Renaming] = defaultdict(dict)
    for row in read_parquet(view / NAMES).to_pylist():
        renaming[row["article_id"]][row["name"]] = row["final"]
    return dict(renaming)


def read_reports(view: Path) -> list[LeftOut]:
    """Return what was left out before it was read."""
    told = ("source", "reason", "stage", "remedy")
    return [LeftOut(*row.values()) for row in read_parquet(view / REPORTS, told).to_pylist()]


def is_whole(view: Path) -> bool:
    """Tell whether a view holds all frames itself, having been saved, rather than standing on parts."""
    return not read_about(view).reader


def write_about(view: Path, about: About) -> None:
    """Write what a view is made by."""
    told = {"metadata": dict(about.metadata), "reader": about.reader, "further": list(about.further)}
    (view / ABOUT).write_text(json.dumps(told, indent=1), encoding="utf-8")


def read_about(view: Path) -> About:
    """Return what a view was made by."""
    path = view / ABOUT
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return About(told["metadata"], told["reader"], tuple(told["further"]))
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise InputError(told_of(path, fault)) from fault


def _selection_table(entries: Sequence[Entry]) -> pa.Table:
    import pyarrow as pa

    names = [field.name for field in fields(Entry)]
    schema = pa.schema([(name, pa.string()) for name in names])
    return pa.table([[getattr(entry, name) for entry in entries] for name in names], schema=schema)


def _names_table(renaming: Mapping[str, Renaming]) -> pa.Table:
    import pyarrow as pa

    rows = sorted((article_id, name, final) for article_id, names in renaming.items() for name, final in names.items())
    schema = pa.schema([(name, pa.string()) for name in ("article_id", "name", "final")])
    return pa.table([[row[place] for row in rows] for place in range(len(schema))], schema=schema)


def _left_out(reports: Iterable[Report | StoredFailure]) -> pa.Table:
    spec = DECLARED["left_out"]
    return to_arrow(spec.of(reports), spec)


def _write_actors(path: Path, parts: Iterable[Part]) -> None:
    """Write the actors a batch at a time: of millions not all can be a frame at once."""
    import pyarrow.parquet as pq

    spec = DECLARED["actors"]
    ordered = iter(sorted(parts, key=lambda part: (-part.n_mentions, part.actor.name)))
    with pq.ParquetWriter(path, arrow_schema(spec), compression="zstd") as writer:
        while batch := list(islice(ordered, _BATCH)):
            writer.write_table(to_arrow(actors_frame(batch), spec))


def write_table(path: Path, table: pa.Table) -> None:
    """Write a table as Parquet."""
    import pyarrow.parquet as pq

    pq.write_table(table, path, compression="zstd")
