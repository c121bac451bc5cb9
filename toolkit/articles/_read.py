"""The one entry: read a source, settle what the caller knows better, and report what was left out."""

from __future__ import annotations

import warnings
from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.articles._article import Article, Articles
from toolkit.articles._dates import parse_date
from toolkit.articles._outcomes import Found, LeftOut, Outcome, Problem, clipped, listed
from toolkit.articles._sources import source_outcomes
from toolkit.errors import InputError, ToolkitWarning

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from toolkit.articles._sources import Source


def read(source: Source, *, published: dt.date | str | None = None, outlet: str | None = None) -> Articles:
    """Read articles, each text decoded and otherwise untouched.

    Parameters
    ----------
    source
        - a ``.txt`` or ``.md`` file: one article, with or without a header of ``key: value`` lines
          (title, published or date, outlet or source, author or by, url) ended by a blank line;
        - a ``.csv`` or ``.jsonl`` file, or a DataFrame: one article a row, from the column ``text``, with
          the header's keys and ``path`` as further columns, case ignored;
        - a folder (with its subfolders, in sorted order) or a glob (``**`` for any depth): hidden files
          and files named README are passed over, files of other kinds and links that lead out are
          reported as left out;
        - an ``Article``, or a list or tuple of any of these.

        At most 10 MB a text file, 200 MB and 200,000 rows a table. Encodings other than UTF-8 are
        detected; a byte order mark is dropped.
    published
        Day of publication of all that is read, in place of what a header or table says. Without it, an
        article whose header or table gives none stays undated: neither today nor the file's date is taken.
    outlet
        Outlet of all that is read, in place of what a header or table says.

    Returns
    -------
    Articles
        The articles in reading order, each text once; ``left_out`` names each file or row that gave none,
        ``problems`` what to know about those read, such as a date not understood.

    Raises
    ------
    InputError
        If nothing could be read, ``published`` is no date, or a list contains itself.

    Warns
    -----
    ToolkitWarning
        Once if anything was left out, once if there were problems.
    """
    day = None if published is None else _given_date(published)
    kept: list[Article] = []
    left_out: list[LeftOut] = []
    problems: list[Problem] = []
    for outcome in _without_repeats(_with_given(source_outcomes(source), day, outlet)):
        if isinstance(outcome, Found):
            kept.append(outcome.article)
        elif isinstance(outcome, LeftOut):
            left_out.append(outcome)
        else:
            problems.append(outcome)
    if not kept:
        raise InputError(_nothing_read(left_out))
    _warn(left_out, problems)
    return Articles(kept, left_out=left_out, problems=problems)


def _given_date(value: object) -> dt.date:
    try:
        return parse_date(value)
    except InputError as error:
        raise InputError(f"published={error}") from error


def _with_given(outcomes: Iterable[Outcome], day: dt.date | None, outlet: str | None) -> Iterator[Outcome]:
    """Put what the caller gave in place of what was found, and report where the two differ."""
    for outcome in outcomes:
        if not isinstance(outcome, Found):
            yield outcome
            continue
        article = outcome.article
        if day is not None:
            yield from _overruled(outcome.source, "published", article.published, day)
            article = replace(article, published=day, published_basis="given")
        if outlet is not None:
            yield from _overruled(outcome.source, "outlet", article.outlet, outlet)
            article = replace(article, outlet=outlet)
        yield Found(outcome.source, article)


def _overruled(source: str, name: str, found: object, given: object) -> Iterator[Problem]:
    if found is not None and found != given:
        reason = f"{name} is {clipped(found)} in the article's own data; {clipped(given)} was given and is used"
        yield Problem(source, reason)


def _without_repeats(outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    first_source: dict[str, str] = {}
    for outcome in outcomes:
        if not isinstance(outcome, Found):
            yield outcome
        elif outcome.article.article_id in first_source:
            yield LeftOut(outcome.source, f"same text as {first_source[outcome.article.article_id]}; kept once")
        else:
            first_source[outcome.article.article_id] = outcome.source
            yield outcome


def _nothing_read(left_out: list[LeftOut]) -> str:
    if len(left_out) == 1:
        return str(left_out[0])
    if not left_out:
        return "nothing to read: the list of sources is empty; give at least one file, folder, table or Article"
    return f"no article could be read from {len(left_out)} sources:\n{listed([str(item) for item in left_out])}"


def _warn(left_out: list[LeftOut], problems: list[Problem]) -> None:
    reports = (
        ("left out (all in .left_out of the result)", [str(item) for item in left_out]),
        ("problems with articles read (all in .problems of the result)", [str(item) for item in problems]),
    )
    for heading, lines in reports:
        if lines:
            warnings.warn(f"{len(lines)} {heading}:\n{listed(lines)}", ToolkitWarning, stacklevel=3)
