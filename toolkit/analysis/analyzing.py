"""From articles to a coverage: each article is read by itself, then names and rounds are put together across all."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Literal

from toolkit.analysis.assembling import assembled, coverage_of
from toolkit.analysis.executing import read_all
from toolkit.analysis.own import parsing, stages
from toolkit.analysis.progress import counted, counting
from toolkit.analysis.reading import Failure, layers_of
from toolkit.articles import LeftOut
from toolkit.corrections import correct, read_corrections, with_given
from toolkit.errors import AnalysisError, InputError, ToolkitWarning
from toolkit.frames import DECLARED, of_negotiation
from toolkit.lexicon.lexicon import current, using

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spacy.language import Language

    from toolkit.analysis.chain import Stages
    from toolkit.analysis.executing import Executors, Outcome
    from toolkit.articles import Article
    from toolkit.corrections import Corrections
    from toolkit.coverage import Coverage

Errors = Literal["left out", "raise"]
"""What becomes of an article that cannot be analysed."""

_TOLD = 5


def analyze(  # noqa: PLR0913 - each option stands for itself
    articles: Iterable[Article],
    *,
    nlp: Language | None = None,
    stages: Stages | None = None,
    executor: Executors = None,
    errors: Errors = "left out",
    progress: bool | None = None,
    corrections: Corrections | None = None,
) -> Coverage:
    """Return all that is found in the articles: actors, quotations, sentiment, times and rounds of talks.

    Parameters
    ----------
    articles : iterable of Article
        As :func:`toolkit.read` gives them; of several with one text the first is kept.
    nlp : Language, optional
        A pipeline from :func:`toolkit.load`; the toolkit's own by default.
    stages : Stages, optional
        What is done with each article: :func:`toolkit.stages`, extended or changed.
    executor : concurrent.futures.Executor, int or None
        Where articles are read: in an executor of one's own, such as ``client.get_executor()`` of a Dask client; in so
        many processes of this machine; by default in one for each core where the text is long enough to gain by it.
    errors : {"left out", "raise"}
        Whether an article that cannot be analysed is told in ``left_out``, and warned of, or ends the run.
    progress : bool, optional
        Whether to show a progress bar; by default with twenty articles or more.
    corrections : as of :func:`toolkit.correct`, optional
        What a user has set right and keeps. Dates given to articles are those that days are counted from.

    Returns
    -------
    Coverage
        The frames, the same for the same input and version, whatever the order of the articles and the executor.

    Raises
    ------
    InputError
        If there is no article, an item is not an :class:`~toolkit.articles.Article`, or a correction cannot be read.
    PipelineError, WordsError
        If weights are missing or damaged, or word lists do not fit each other, so that no article could be read.
    AnalysisError
        With ``errors="raise"``, naming the article and the stage at which it failed.

    Warns
    -----
    ToolkitWarning
        Once, if articles could not be analysed.
    """
    check_errors(errors)
    given = list(articles)
    if not given:
        raise InputError("there is no article to analyse. Pass what toolkit.read(...) returns.")
    for item in given:
        check_article(item, "analyze")
    # Before the long work, so that a fault in the table is told at once.
    table = None if corrections is None else read_corrections(corrections)
    chain = chain_of(stages, nlp)
    kept, repeats = without_repeats(given)
    dated = with_given(kept, table)
    with counting(len(kept), shown=progress) as count:
        found = counted(read_all(dated, chain, executor), count)
        outcomes = list(to_first_failure(found) if errors == "raise" else found)
    if errors == "raise":
        raise_first(outcomes, chain)
    reports = [*getattr(articles, "left_out", ()), *getattr(articles, "problems", ()), *repeats]
    with using(chain.words or current()):
        coverage = assembled(outcomes, chain, reports)
    warn_of_failures([outcome for outcome in outcomes if isinstance(outcome, Failure)], len(kept))
    return coverage if table is None else correct(_as_found(coverage, kept), table)


def _as_found(coverage: Coverage, articles: Sequence[Article]) -> Coverage:
    """Return a coverage whose articles are as they were read, so that corrections can tell what they change."""
    read = set(coverage.articles["article_id"])
    found = DECLARED["articles"].of(article for article in articles if article.article_id in read)
    known = dict(zip(coverage.articles["article_id"], coverage.articles["negotiation"], strict=True))
    found = of_negotiation(found, known)
    return coverage_of({**coverage.frames(), "articles": found}, coverage.metadata)


def check_errors(errors: object) -> None:
    """Refuse what is no way to treat failures."""
    if errors not in {"left out", "raise"}:
        raise InputError(f"errors={errors!r}; give 'left out' or 'raise'")


def check_article(item: object, taker: str) -> None:
    """Refuse what is no article.

    Raises
    ------
    InputError
        Naming what was found, and the remedy.
    """
    from toolkit.articles import Article

    if not isinstance(item, Article):
        raise InputError(
            f"{taker}() takes articles, found {type(item).__name__}. "
            "Read files, folders or tables with toolkit.read(...) first."
        )


def chain_of(given: Stages | None, nlp: Language | None) -> Stages:
    """Return the chain to run: the toolkit's own or the one given, with a pipeline given in the place of its own."""
    chain = stages(nlp=nlp) if given is None else given if nlp is None else given.replaced("parse", parsing(nlp))
    # Whichever are in force here, other processes and threads are to read by the same.
    return chain if chain.words else chain.reading_by(current())


def without_repeats(articles: Iterable[Article]) -> tuple[list[Article], list[LeftOut]]:
    """Return each text once, and reports of the articles that repeat one."""
    first: dict[str, Article] = {}
    repeats = []
    for article in articles:
        known = first.setdefault(article.article_id, article)
        if known is not article:
            repeats.append(LeftOut(article.source, f"same text as {known.source}; kept once"))
    return list(first.values()), repeats


def to_first_failure(outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    """Hand outcomes on up to the first failure, which is the last: what is behind it need not be read."""
    for outcome in outcomes:
        yield outcome
        if isinstance(outcome, Failure):
            return


def raise_first(outcomes: Iterable[Outcome], chain: Stages) -> None:
    """Raise what the first failure came from, if there is one.

    Raises
    ------
    AnalysisError
        From the error itself, which another process cannot hand over whole: the article is read again for it.
    """
    for failure in outcomes:
        if isinstance(failure, Failure):
            told = AnalysisError(f"{failure.source}: stage {failure.stage!r}: {failure.reason}")
            # One with which a process ended is not tried in this one.
            if failure.stage in chain.names:
                try:
                    layers_of(failure.article, chain)
                except Exception as fault:
                    raise told from fault
            raise told


def warn_of_failures(failures: Sequence[Failure], total: int) -> None:
    """Sum up the articles that could not be analysed, if there are any."""
    if not failures:
        return
    lines = [f"  {failure.source}: stage {failure.stage!r}: {failure.reason}" for failure in failures[:_TOLD]]
    more = [f"  … and {len(failures) - _TOLD:,} more"] if len(failures) > _TOLD else []
    told = f"{len(failures):,} of {total:,} articles could not be analysed (all in .left_out of the result):"
    warnings.warn("\n".join([told, *lines, *more]), ToolkitWarning, stacklevel=3)
