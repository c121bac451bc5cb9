"""The one entry: read a source, settle what the caller knows better, and report what was left out."""

from __future__ import annotations

import warnings
from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.articles import Articles
from toolkit.articles._outcomes import Found, LeftOut, Outcome, Problem, listed
from toolkit.errors import InputError, ToolkitWarning
from toolkit.reading._columns import checked
from toolkit.reading._dates import parse_date
from toolkit.reading._parts import Options
from toolkit.reading._reprints import gathered
from toolkit.reading._sources import source_outcomes

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping

    from toolkit.articles import Article
    from toolkit.reading._sources import Source


def read(
    source: Source,
    *,
    published: dt.date | str | None = None,
    outlet: str | None = None,
    columns: Mapping[str, str] | None = None,
    day_first: bool | None = None,
    language: str | None = "en",
) -> Articles:
    """Read articles from whatever holds them; what a format wraps round a text is taken off, the text is left alone.

    Parameters
    ----------
    source
        - a file, told by its content: text (with or without a header of ``key: value`` lines: title, published,
          outlet, author, url), web page, Word, LibreOffice, RTF or PDF document, mail or mailbox, RSS or Atom feed,
          WARC; table (csv, tsv, xlsx, ods, JSON, JSON Lines), one article a row; an export of Nexis, Factiva,
          ProQuest or Europresse, split into its articles; a zip, tar or gzip of any of these;
        - a folder (with its subfolders, in sorted order) or a glob (``**`` for any depth): hidden files and files
          named README are passed over; a table ``metadata.csv`` in it, with a column ``file``, says what the files
          do not;
        - a DataFrame, an ``Article``, an upload in a notebook, ``"-"`` for standard input, or a list of any of these.

        Each format has its bound (10 MB a text file, 200 MB and 200,000 rows a table, 500 MB unpacked an archive).
        Nothing is fetched, run or written.
    published
        Day of publication of what is undated. Without it, an article that gives none stays undated: neither today
        nor the file's date is taken.
    outlet
        Outlet of what names none.
    columns
        Which column of a table holds what, such as ``{"text": "Body", "published": "Day"}``: text, title, published,
        outlet, author, url, path. Others are guessed from their names in several languages; what was guessed and what
        is not read is told in ``problems``.
    day_first
        How to read 09/04/2031. Without it such a date is told, and left unknown.
    language
        Language of the articles wanted, by its ISO 639-1 code; others are left out and told. None for all.

    Returns
    -------
    Articles
        The articles in reading order, each text once, with the outlets of its ``reprints``; ``left_out`` names each
        file or row that gave none, ``problems`` what to know about those read, such as a date not understood.

    Raises
    ------
    InputError
        If nothing could be read, ``published`` is no date, ``columns`` names what no article has, or a list contains
        itself.

    Warns
    -----
    ToolkitWarning
        Once if anything was left out, once if there were problems.
    """
    day = None if published is None else _given_date(published)
    options = Options(checked(columns), day_first, language)
    kept: list[Article] = []
    left_out: list[LeftOut] = []
    problems: list[Problem] = []
    for outcome in gathered(_with_given(source_outcomes(source, options), day, outlet)):
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
    """Put what the caller gave where nothing was found."""
    for outcome in outcomes:
        if isinstance(outcome, Found):
            article = outcome.article
            if day is not None and article.published is None:
                article = replace(article, published=day, published_basis="given")
            if outlet is not None and article.outlet is None:
                article = replace(article, outlet=outlet)
            yield Found(outcome.source, article) if article is not outcome.article else outcome
        else:
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
