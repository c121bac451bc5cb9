"""Parts of a store: what some articles say, a Parquet file for each frame, made whole and never changed."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from toolkit.analysis.across import Playbill, playbill_of
from toolkit.analysis.assembling import TOLD, local_frames
from toolkit.analysis.chain import PROCESS, RECORDS
from toolkit.analysis.reading import Failure, Reading
from toolkit.articles import Article
from toolkit.display import is_missing
from toolkit.errors import InputError
from toolkit.files import new_folder
from toolkit.frames import DECLARED, Column, FrameSpec, Role, from_arrow, row_of, to_arrow
from toolkit.records import Actor, Part

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    import pyarrow as pa

    from toolkit.analysis.executing import Outcome
    from toolkit.records import Place

KEY: Final = Column("reading_key", "object", "key of the article's reading", Role.ID)
ARTICLES: Final = replace(DECLARED["articles"], columns=(*DECLARED["articles"].columns, KEY))
_OWN: Final = [column for column in DECLARED["actors"].columns if column.role not in {Role.KEY, Role.ORIGIN}]
CAST: Final = FrameSpec("_cast", (DECLARED["articles"].column("article_id"), *_OWN))
"""The actors of each article, under the names they have in it."""
FOUND: Final = FrameSpec(
    "_found",
    (
        DECLARED["articles"].column("article_id"),
        Column("layer", "object", "rounds, events, negotiations or positions", Role.CATEGORY),
        Column("record", "object", "the record, as JSON"),
    ),
)
"""What each article tells of in layers that are put together anew with all others, whole."""
FAILED: Final = FrameSpec(
    "_failed",
    (
        KEY,
        Column("article_id", "object", "article", Role.ARTICLE),
        *(Column(name, "object", f"{name} of the failure") for name in ("source", "stage", "reason", "remedy")),
    ),
)


UNREAD: Final = "_unread"
"""Articles that failed. No further frame can have the name of one of these: it may not begin so."""


@dataclass(frozen=True, slots=True)
class StoredFailure:
    """An article that could not be analysed, as a store remembers it."""

    source: str
    stage: str
    reason: str
    remedy: str


def write_part(folder: Path, keyed: Sequence[tuple[str, Outcome]], specs: Mapping[str, FrameSpec]) -> None:
    """Write what some articles say as a new part, whole or not at all.

    Parameters
    ----------
    folder : Path
        To be made.
    keyed : sequence of (str, Reading or Failure)
        With the key of each.
    specs : mapping of str to FrameSpec
        Further frames, by the layer that holds their records.
    """
    import pyarrow.parquet as pq

    readings = [(key, outcome) for key, outcome in keyed if isinstance(outcome, Reading)]
    failures = [(key, outcome) for key, outcome in keyed if isinstance(outcome, Failure)]
    frames = {
        "articles": (ARTICLES, ARTICLES.frame(_article_row(key, reading.article) for key, reading in readings)),
        CAST.name: (CAST, CAST.frame(row for _, reading in readings for row in _cast_rows(playbill_of(reading)))),
        FOUND.name: (FOUND, FOUND.frame(row for _, reading in readings for row in _found_rows(reading))),
        FAILED.name: (FAILED, FAILED.frame(_failed_row(key, failure) for key, failure in failures)),
        # With their texts, to be tried again by another reader.
        UNREAD: (ARTICLES, ARTICLES.frame(_article_row(key, failure.article) for key, failure in failures)),
    }
    frames |= local_frames([reading for _, reading in readings], specs)
    with new_folder(folder) as made:
        for name, (spec, frame) in frames.items():
            pq.write_table(to_arrow(frame, spec), made / f"{name}.parquet", compression="zstd")


def _article_row(key: str, article: Article) -> dict[str, Any]:
    return {**row_of(DECLARED["articles"], article), KEY.name: key}


def _cast_rows(bill: Playbill) -> Iterator[dict[str, Any]]:
    for part in bill.parts:
        counts = {"n_mentions": part.n_mentions, "n_quotations": part.n_quotations}
        yield {**row_of(DECLARED["actors"], part.actor), **counts, "article_id": bill.article_id}


def _found_rows(reading: Reading) -> Iterator[dict[str, Any]]:
    for layer, adapter in _adapters().items():
        for found in reading[layer]:
            record = adapter.dump_json(found).decode()
            yield {"article_id": reading.article.article_id, "layer": layer, "record": record}


def _failed_row(key: str, failure: Failure) -> dict[str, Any]:
    own = {name: getattr(failure, name) for name in ("source", "stage", "reason", "remedy")}
    return {KEY.name: key, "article_id": failure.article.article_id, **own}


@cache
def _adapters() -> dict[str, Any]:
    from pydantic import TypeAdapter

    return {layer: TypeAdapter(RECORDS[layer]) for layer in TOLD}


def read_table(part: Path, name: str, columns: Sequence[str] | None = None) -> pa.Table:
    """Return the table of a frame in a part."""
    return read_parquet(part / f"{name}.parquet", columns)


def read_parquet(path: Path, columns: Sequence[str] | None = None) -> pa.Table:
    """Return the table in a file of a store.

    Raises
    ------
    InputError
        If the file is missing or damaged; saying what to do.
    """
    import pyarrow.parquet as pq

    with damage_told(path):
        return pq.read_table(path, columns=None if columns is None else list(columns))


@contextmanager
def damage_told(path: Path) -> Iterator[None]:
    """Have a file that is missing or damaged be an InputError."""
    import pyarrow as pa

    try:
        yield
    except (OSError, pa.ArrowException) as fault:
        raise InputError(told_of(path, fault)) from fault


def told_of(path: Path, fault: Exception) -> str:
    """Return what to say of a file of a store that is missing or damaged."""
    found = f"damaged ({fault})" if path.is_file() else "missing"
    return (
        f"{path}: {found}; delete {path.parent}, then analyse the same articles into the store again, which reads what "
        "stood there, or save the coverage again"
    )


def keys_in(part: Path) -> dict[str, str]:
    """Return the keys of the readings that a part holds, failures too, with the article_id of each."""
    read = read_table(part, "articles", (KEY.name, "article_id")).to_pylist()
    failed = read_table(part, FAILED.name, (KEY.name, "article_id", "stage")).to_pylist()
    # One whose process ended, for want of memory perhaps, is tried again.
    kept = [*read, *(row for row in failed if row["stage"] != PROCESS)]
    return {row[KEY.name]: row["article_id"] for row in kept}


def stored_articles(part: Path) -> list[tuple[str, Article]]:
    """Return the articles of a part with the keys of their readings, those that failed too."""
    frames = (from_arrow(read_table(part, name), ARTICLES) for name in ("articles", UNREAD))
    return [(row[KEY.name], _article(row)) for frame in frames for row in frame.to_dict("records")]


def _article(row: Mapping[Any, Any]) -> Article:
    names = ("title", "published_basis", "outlet", "author", "url", "path", "body_start")
    day = row["published"]
    published = None if is_missing(day) else day.date()
    reprints = tuple(row["reprints"])
    return Article(row["text"], published=published, reprints=reprints, **{name: row[name] for name in names})


def stored_cast(tables: Iterable[pa.Table]) -> Iterator[tuple[str, Part]]:
    """Yield the actors of each article with their parts in it, in the order of the tables."""
    told = ("article_id", "n_mentions", "n_quotations", "actor", "kind", "side", "role", "aliases")
    for table in tables:
        # By columns: a dict for each of millions of rows takes longer than all else.
        columns = (table[name].to_pylist() for name in (*told, "role_evidence", "side_evidence"))
        rows = zip(*columns, strict=True)
        for article_id, mentions, quotations, name, kind, side, role, aliases, of_role, of_side in rows:
            actor = Actor(name, kind, side, role, tuple(aliases), _place(of_role), _place(of_side))
            yield article_id, Part(actor, mentions, quotations)


def _place(stored: Mapping[str, Any] | None) -> Place | None:
    return (stored["article_id"], stored["start"], stored["end"]) if stored else None


def stored_found(table: pa.Table, layer: str) -> Iterator[Any]:
    """Yield what articles tell of in a layer that is put together across them."""
    adapter = _adapters()[layer]
    layers, records = table["layer"].to_pylist(), table["record"].to_pylist()
    return (adapter.validate_json(record) for own, record in zip(layers, records, strict=True) if own == layer)


def stored_failures(table: pa.Table) -> Iterator[StoredFailure]:
    """Yield the articles that failed."""
    for row in table.to_pylist():
        yield StoredFailure(row["source"], row["stage"], row["reason"], row["remedy"])
