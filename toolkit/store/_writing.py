"""Analysing any number of articles into a folder: what is read is kept, and read once."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Sized
from dataclasses import dataclass, field
from itertools import chain as chained
from itertools import count, groupby, islice
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Final

from toolkit.analysis.analyzing import (
    chain_of,
    check_article,
    check_errors,
    raise_first,
    to_first_failure,
    warn_of_failures,
)
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
from toolkit.store._views import About, Entry, is_whole, read_about, read_reports, read_selection, write_view

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

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
    check_errors(errors)
    folder = Path(folder)
    # Before the weights are read, which takes long; what stands there is known once it is locked.
    _analysed_view(folder)
    check_folder(folder)
    chain = chain_of(stages, nlp)
    metadata = metadata_of(chain)
    about = About(metadata, reader_of(chain, metadata), tuple(spec.name for spec in chain.specs().values()))
    with locked(folder / STATE, patience=PATIENCE):
        plan = _Plan(folder, about.reader)
        given = _Given(plan, _analysed_view(folder), articles)
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


def _analysed_view(folder: Path) -> Path | None:
    """Return the current view of a store, which must be none that a coverage was saved to."""
    view = current_view(folder)
    if view is not None and is_whole(view):
        raise InputError(f"{folder}: a coverage was saved to this folder; analyse into another")
    return view


@dataclass(slots=True)
class _Plan:
    """What a store will hold: its articles with their places in the order, and which reading stands in which part.

    An article whose reading is not there, or is that of another reader, awaits one: it has no key.
    """

    folder: Path
    reader: str
    entries: dict[str, tuple[int, str | None, str | None]] = field(default_factory=dict)
    parts: dict[str, str] = field(default_factory=dict)
    _places: Iterator[int] = field(default_factory=count)

    def __post_init__(self) -> None:
        for part in parts_in(self.folder):
            self.parts |= dict.fromkeys(keys_in(part), part.name)

    def keep(self, entry: Entry, *, same_reader: bool) -> None:
        """Note an article that was there before."""
        key = entry.key if same_reader and entry.key in self.parts else None
        self.entries[entry.article_id] = (next(self._places), key, entry.origin)

    def take(self, article: Article, *, instead_of: str | None = None) -> str | None:
        """Note an article, in the place of another if so told; return the key of its reading if it is to be read."""
        key = key_of(article, self.reader)
        former = self.entries.pop(instead_of, None) if instead_of else None
        known = self.entries.get(article.article_id) or former
        self.entries[article.article_id] = (known[0] if known else next(self._places), key, origin_of(article))
        return None if key in self.parts else key

    def awaits(self, article_id: str) -> bool:
        """Tell whether an article that was there before is to be read anew."""
        return article_id in self.entries and self.entries[article_id][1] is None

    @property
    def awaiting(self) -> dict[str, str | None]:
        """The articles that await a reading, with their origins."""
        return {article_id: origin for article_id, (_, key, origin) in self.entries.items() if key is None}

    def selection(self) -> list[Entry]:
        """Return the articles in the order of their rows, each with the part that holds its reading."""
        ordered = sorted(self.entries.items(), key=lambda entry: entry[1][0])
        return [Entry(key, article_id, origin, self.parts[key]) for article_id, (_, key, origin) in ordered if key]

    def free_part(self, keys: Sequence[str]) -> str:
        """Return a name for a part of some readings; one that holds failures of theirs may be there."""
        names = (part_id([*keys, *map(str, range(number))]) for number in count())
        return next(name for name in names if not (self.folder / PARTS / name).exists())


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
        self._earlier: list[Report] = list(read_reports(before)) if before else []
        self._reports: list[Report] = []
        self._seen: dict[str, str] = {}
        same = before is not None and read_about(before).reader == plan.reader
        for entry in self._selection:
            plan.keep(entry, same_reader=same)
        self._again = plan.awaiting

    @property
    def total(self) -> int | None:
        """How many may have to be read, None where the articles given do not know their number."""
        return len(self._again) + len(self._articles) if isinstance(self._articles, Sized) else None

    def unread(self, tell: Callable[[int], object]) -> Iterator[tuple[str, Article]]:
        """Yield the articles that are yet to be read with their keys; the others are counted."""
        for key, article in chained(self._new(), self._stored()):
            if key is None or article is None:
                tell(1)
            else:
                yield key, article

    def _new(self) -> Iterator[tuple[str | None, Article]]:
        former = _by_origin(self._selection)
        for article in self._articles:
            check_article(article, "analyze_to")
            if article.article_id in self._seen:
                told = f"same text as {self._seen[article.article_id]}; kept once"
                self._reports.append(LeftOut(article.source, told))
                yield None, article
                continue
            self._seen[article.article_id] = article.source
            known = former.pop(origin_of(article) or "", None)
            replaced = known if known != article.article_id and known not in self._seen else None
            if replaced:
                self._reports.append(LeftOut(article.source, f"its earlier text ({replaced}) gave way to this one"))
            yield self._plan.take(article, instead_of=replaced), article

    def _stored(self) -> Iterator[tuple[str | None, Article | None]]:
        """Yield articles as the store keeps them, which are to be read anew and were not given; parts are opened once.

        They come last, so that none is read that another takes the place of.
        """
        again = [entry for entry in self._selection if entry.article_id in self._again]
        for part, entries in groupby(again, key=attrgetter("part")):
            path = self._plan.folder / PARTS / part
            kept = dict(stored_articles(path)) if path.is_dir() else {}
            for entry in entries:
                article = kept.get(entry.key) if self._plan.awaits(entry.article_id) else None
                yield (None, None) if article is None else (self._plan.take(article), article)

    def reports(self) -> list[Report]:
        """Return what was left out or is to be known, of this run and those before, each once.

        Of a source that was given again, what this run says of it counts.
        """
        told = [*getattr(self._articles, "left_out", ()), *getattr(self._articles, "problems", ())]
        new = [*self._reports, *told, *(_lost(*entry) for entry in self._plan.awaiting.items())]
        given = {*self._seen.values(), *(report.source for report in new)}
        every = [*(report for report in self._earlier if report.source not in given), *new]
        return list({(report.source, report.reason): report for report in every}.values())


def _lost(article_id: str, origin: str | None) -> LeftOut:
    return LeftOut(
        origin or f"article {article_id}", "its part of the store is gone", remedy="analyse it into the store again"
    )


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
    with counting(given.total, shown=shown) as bar:

        def unread() -> Iterator[Article]:
            for key, article in given.unread(bar):
                keys.append(key)
                yield article

        found = counted(read_all(unread(), chain, executor), bar)
        outcomes = to_first_failure(found) if errors == "raise" else found
        while batch := list(islice(outcomes, PART)):
            keyed = [(keys.popleft(), outcome) for outcome in batch]
            failed = [outcome for outcome in batch if isinstance(outcome, Failure)]
            # An article that ends the run is tried again by the next one.
            kept = [pair for pair in keyed if errors == "left out" or not isinstance(pair[1], Failure)]
            if kept:
                name = plan.free_part([key for key, _ in kept])
                write_part(plan.folder / PARTS / name, kept, chain.specs())
                plan.parts |= dict.fromkeys((key for key, _ in kept), name)
            if errors == "raise":
                raise_first(failed, chain)
            failures += failed
    return failures
