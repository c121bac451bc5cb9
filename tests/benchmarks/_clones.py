"""A store of any number of articles, made from real readings: what putting them together costs, without reading them.

Each copy of a part has ids of its own, and people half of whom bear new last names, as new articles bring new people.
Ten copies in turn tell of the same days, the next ten of later ones. Only what a store is put together from is written:
who is in an article, its day and outlet, and what it tells of negotiations, rounds, events and positions.
"""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
from _measuring import is_new, suffix

from toolkit.store._layout import PARTS, current_view, parts_in
from toolkit.store._parts import _adapters, read_table, stored_found
from toolkit.store._views import Entry, read_selection

if TYPE_CHECKING:
    from pathlib import Path

TOGETHER = 10
"""Copies that tell of the same days."""


def cloned(store: Path, folder: Path, articles: int) -> list[Entry]:
    """Write a store of copies of another's articles, and return what is to be put together."""
    view = current_view(store)
    if view is None:
        raise FileNotFoundError(f"{store}: no store")
    known = {(entry.part, entry.article_id): entry for entry in read_selection(view)}
    copies = ((number, part) for number in itertools.count() for part in parts_in(store))
    entries: list[Entry] = []
    while len(entries) < articles:
        number, part = next(copies)
        made = f"{part.name}{number:06}"
        ids = _copy(part, folder / PARTS / made, number)
        of_part = (known[part.name, own] for own in ids)
        entries += [Entry(f"{entry.key}{number}", ids[entry.article_id], None, made) for entry in of_part]
    return entries[:articles]


def _copy(part: Path, folder: Path, number: int) -> dict[str, str]:
    """Write a copy of a part, and return its articles' ids by those they are copied from."""
    folder.mkdir(parents=True)
    tables = {name: read_table(part, name) for name in ("cast", "found", "failed")}
    tables["articles"] = read_table(part, "articles", ("article_id", "published", "outlet"))
    own = tables["articles"]["article_id"].to_pylist()
    ids = {article_id: f"{article_id}{number:06}" for article_id in own}
    later = dt.timedelta(weeks=number // TOGETHER)
    days = [day and day + later for day in tables["articles"]["published"].to_pylist()]
    tables["articles"] = _with(tables["articles"], "published", days)
    tables["cast"] = _cast(tables["cast"], number)
    tables["found"] = _found(tables["found"], ids, later, number)
    for name, table in tables.items():
        if name != "failed":
            table = _with(table, "article_id", [ids[each] for each in table["article_id"].to_pylist()])  # noqa: PLW2901
        pq.write_table(table, folder / f"{name}.parquet", compression="zstd")
    return ids


def _cast(table: pa.Table, number: int) -> pa.Table:
    rows = zip(*(table[name].to_pylist() for name in ("actor", "aliases", "kind")), strict=True)
    named = [
        (_name(actor, number), [_name(alias, number) for alias in aliases]) if kind == "person" else (actor, aliases)
        for actor, aliases, kind in rows
    ]
    table = _with(table, "actor", [actor for actor, _ in named])
    return _with(table, "aliases", [aliases for _, aliases in named])


def _found(table: pa.Table, ids: dict[str, str], later: dt.timedelta, number: int) -> pa.Table:
    made = {
        layer: iter([_told(told, ids, later, number) for told in stored_found(table, layer)])
        for layer in dict.fromkeys(table["layer"].to_pylist())
    }
    adapters = _adapters()
    in_order = ((layer, next(made[layer])) for layer in table["layer"].to_pylist())
    return _with(table, "record", [adapters[layer].dump_json(told).decode() for layer, told in in_order])


def _told(told: Any, ids: dict[str, str], later: dt.timedelta, number: int) -> Any:
    """Return what a copy of an article tells: later, of others, at places of its own."""
    known = {field.name: getattr(told, field.name) for field in fields(told)}
    changed: dict[str, Any] = {name: known[name] + later for name in ("first", "last", "date") if known.get(name)}
    changed |= {
        name: tuple(_name(each, number) for each in known[name]) for name in {"people", "actors"} & known.keys()
    }
    if "leaders" in known:
        changed["leaders"] = tuple((party, _name(name, number)) for party, name in told.leaders)
    if "evidence" in known:
        changed["evidence"] = tuple((ids[article], start, end) for article, start, end in told.evidence)
    if "articles" in known:
        changed["articles"] = tuple(ids[article] for article in told.articles)
    if "article_id" in known:
        changed["article_id"] = ids[told.article_id]
    return replace(told, **changed)


def _name(name: str, number: int) -> str:
    """Return a person's name in a copy: one last name in two is a new one there, the same wherever it stands."""
    return name + suffix(number) if number and is_new(name.rsplit(maxsplit=1)[-1]) else name


def _with(table: pa.Table, name: str, values: list[object]) -> pa.Table:
    place = table.schema.get_field_index(name)
    field = table.schema.field(name)
    return table.set_column(place, field, pa.array(values, field.type))
