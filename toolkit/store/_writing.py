"""Analysing any number of articles into a folder: what is read is kept, and read once."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Sized
from dataclasses import dataclass, field
from itertools import groupby, islice
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Final

from toolkit.analysis.analyzing import chain_of, check_article, raise_first, warn_of_failures
from toolkit.analysis.assembling import metadata_of
from toolkit.analysis.executing import read_all
from toolkit.analysis.progress import counted, counting
from toolkit.analysis.reading import Failure
from toolkit.articles import LeftOut
from toolkit.errors import InputError
from toolkit.files import check_folder, locked
from toolkit.lexicon.lexicon import current, using
from toolkit.store._keys import key_of, part_id, reader_of
from toolkit.store._layout import PARTS, PATIENCE, STATE, current_view, make_current, parts_in, tidy
from toolkit.store._opening import StoredCoverage
from toolkit.store._parts import keys_in, stored_articles, write_part
from toolkit.store._views import About, Entry, read_about, read_reports, read_selection, write_view

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from spacy.language import Language

    from toolkit.analysis import Stages
    from toolkit.analysis.analyzing import Errors
    from toolkit.analysis.executing import Executors
    from toolkit.articles import Article, Report

PART: Final = 200
"""Articles in a part: what a killed run loses at most, beside what its workers had in hand."""


def analyze_to(  # noqa: PLR0913 - each option stands for itself
    folder: str | Path,
    articles: Iterable[Article],
    *,
    nlp: Language | None = None,
    stages: Stages | None = None,
    executor: Executors = None,
    errors: Errors = "left out",
    progress: bool | None = None,
) -> StoredCoverage:
    """Analyse any number of articles into a folder, which keeps what is found.

    Whatever ends a run (a killed process, a full disk), what was read is kept: the same call does the rest. Articles
    that the folder holds already stay in it and are not read again, unless they, the stages, weights, word lists or
    versions have changed. One with the path, or else the address, of an earlier one takes its place.

    Parameters
    ----------
    folder : str or Path
        A store: a new or empty folder, or one from before.
    articles : iterable of Article
        Taken one by one, so that not all need to be in memory.
    nlp, stages, executor, errors, progress
        As for :func:`toolkit.analyze`; the bar counts articles, those known already among them.

    Returns
    -------
    StoredCoverage
        As of :func:`toolkit.open`: the same frames as of :func:`toolkit.analyze`.

    Raises
    ------
    InputError
        If the folder holds something else, cannot be written, or there is no article.
    FileError
        If another process is writing to the folder, or the disk is full; parts that are there are whole.
    AnalysisError
        With ``errors="raise"``, naming the article and the stage at which it failed.
    """
    folder = Path(folder)
    before = current_view(folder)
    check_folder(folder)
    chain = chain_of(stages, nlp)
    metadata = metadata_of(chain)
    about = About(metadata, reader_of(chain, metadata), tuple(spec.name for spec in chain.specs().values()))
    with locked(folder / STATE, patience=PATIENCE):
        plan = _Plan(folder, about.reader)
        given = _Given(plan, before, articles)
        failures = _read(plan, given, chain, executor, errors=errors, shown=progress)
        if not plan.entries:
            raise InputError("there is no article to analyse. Pass what toolkit.read(...) returns.")
        selection = plan.selection()
        with using(chain.words or current()):
            view = write_view(folder, selection, given.reports(), about)
        make_current(folder, view)
        tidy(folder, view, {entry.part for entry in selection})
    warn_of_failures(failures, len(selection))
    return StoredCoverage(folder)


@dataclass(slots=True)
class _Plan:
    """What a store will hold: its articles with their places in the order, and which reading stands in which part."""

    folder: Path
    reader: str
    entries: dict[str, tuple[int, str, str | None]] = field(default_factory=dict)
    parts: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for part in parts_in(self.folder):
            self.parts |= dict.fromkeys(keys_in(part), part.name)

    def take(self, article: Article, *, instead_of: str | None = None) -> str | None:
        """Note an article, in the place of another if so told; return the key of its reading if it is to be read."""
        key = key_of(article, self.reader)
        known = self.entries.pop(instead_of, None) if instead_of else self.entries.get(article.article_id)
        self._note(article.article_id, key, origin_of(article), known[0] if known else None)
        return None if key in self.parts else key

    def keep(self, entry: Entry) -> None:
        """Note an article whose reading is as it would be now."""
        self._note(entry.article_id, entry.key, entry.origin, None)

    def _note(self, article_id: str, key: str, origin: str | None, place: int | None) -> None:
        self.entries[article_id] = (len(self.entries) if place is None else place, key, origin)

    def selection(self) -> list[Entry]:
        """Return the articles in the order of their rows, each with the part that holds its reading."""
        ordered = sorted(self.entries.items(), key=lambda entry: entry[1][0])
        return [Entry(key, article_id, origin, self.parts[key]) for article_id, (_, key, origin) in ordered]


def origin_of(article: Article) -> str | None:
    """Return what a later version of an article is known by."""
    return article.path or article.url


class _Given:
    """The articles of a store and those given, each text once; what is to be told of them is known at the end.

    Parameters
    ----------
    plan : _Plan
        Takes note of all.
    before : Path or None
        The view that was current.
    articles : iterable of Article
    """

    def __init__(self, plan: _Plan, before: Path | None, articles: Iterable[Article]) -> None:
        self._plan, self._articles = plan, articles
        self._selection = read_selection(before) if before else []
        self._same_reader = before is not None and read_about(before).reader == plan.reader
        self._reports: list[Report] = list(read_reports(before)) if before else []

    @property
    def total(self) -> int | None:
        """How many may have to be read, None where the articles given do not know their number."""
        again = 0 if self._same_reader else len(self._selection)
        return again + len(self._articles) if isinstance(self._articles, Sized) else None

    def unread(self, count: Callable[[int], object]) -> Iterator[tuple[str, Article]]:
        """Yield the articles that are yet to be read with their keys; the others are counted."""
        queued: set[str] = set()
        for key, article in self._all():
            if key is None or key in queued:
                count(1)
            else:
                queued.add(key)
                yield key, article

    def _all(self) -> Iterator[tuple[str | None, Article]]:
        if self._same_reader:
            for entry in self._selection:
                self._plan.keep(entry)
        else:
            for article in self._stored():
                yield self._plan.take(article), article
        yield from self._new()

    def _stored(self) -> Iterator[Article]:
        """Yield articles as the store keeps them, in the order of their rows; a part is opened once while it lasts."""
        for part, entries in groupby(self._selection, key=attrgetter("part")):
            kept = dict(stored_articles(self._plan.folder / PARTS / part))
            yield from (kept[entry.key] for entry in entries if entry.key in kept)

    def _new(self) -> Iterator[tuple[str | None, Article]]:
        former = _by_origin(self._selection)
        seen: dict[str, str] = {}
        for article in self._articles:
            check_article(article, "analyze_to")
            if article.article_id in seen:
                self._reports.append(LeftOut(article.source, f"same text as {seen[article.article_id]}; kept once"))
                continue
            seen[article.article_id] = article.source
            known = former.pop(origin_of(article) or "", None)
            replaced = known if known != article.article_id and article.article_id not in self._plan.entries else None
            if replaced:
                self._reports.append(LeftOut(article.source, f"its earlier text ({replaced}) gave way to this one"))
            yield self._plan.take(article, instead_of=replaced), article

    def reports(self) -> list[Report]:
        """Return what was left out or is to be known, of this run and those before, each once."""
        told = [*getattr(self._articles, "left_out", ()), *getattr(self._articles, "problems", ())]
        every = {(report.source, report.reason): report for report in (*self._reports, *told)}
        return list(every.values())


def _by_origin(selection: Iterable[Entry]) -> dict[str, str]:
    """Return the articles by their origins, where only one has it: rows of a table may share a path."""
    counts = Counter(entry.origin for entry in selection if entry.origin)
    return {entry.origin: entry.article_id for entry in selection if entry.origin and counts[entry.origin] == 1}


def _read(
    plan: _Plan, given: _Given, chain: Stages, executor: Executors, *, errors: Errors, shown: bool | None
) -> list[Failure]:
    """Read what is not yet read, and write it in parts as it comes."""
    keys: deque[str] = deque()
    failures: list[Failure] = []
    with counting(given.total, shown=shown) as count:

        def unread() -> Iterator[Article]:
            for key, article in given.unread(count):
                keys.append(key)
                yield article

        outcomes = counted(read_all(unread(), chain, executor), count)
        while batch := list(islice(outcomes, PART)):
            if errors == "raise":
                raise_first(batch, chain)
            keyed = [(keys.popleft(), outcome) for outcome in batch]
            name = part_id(key for key, _ in keyed)
            write_part(plan.folder / PARTS / name, keyed, chain.specs())
            plan.parts |= dict.fromkeys((key for key, _ in keyed), name)
            failures += [outcome for outcome in batch if isinstance(outcome, Failure)]
    return failures
