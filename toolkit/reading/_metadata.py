"""From a text and the fields that came with it to an article: one place for every format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.articles._article import WORDS, Article
from toolkit.articles._outcomes import Found, LeftOut, Outcome, Problem, clipped
from toolkit.errors import InputError
from toolkit.reading._dates import parse_date
from toolkit.reading._decoding import check_readable
from toolkit.reading._inference import inferred_date

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from toolkit.articles._article import PublishedBasis

NAMES = ("title", "published", "outlet", "author", "url")

# Of these types pandas makes its marks of a missing value; naming them spares importing pandas.
_MISSING_TYPES = ("NAType", "NaTType")


def outcomes(
    text: object,
    fields: Mapping[str, object],
    source: str,
    *,
    body_start: int = 0,
    day_first: bool | None = None,
) -> Iterator[Outcome]:
    """Give the article of a text, after any problem with its fields; or say why it is left out.

    Parameters
    ----------
    text
        The article's text; anything but a string is left out.
    fields
        Metadata under the article's own names, and ``path``.
    source
        The file or row, for messages.
    body_start
        Where the article proper begins in the text.
    day_first
        How to read 09/04/2031.
    """
    try:
        if not isinstance(text, str):
            raise InputError(_no_text(text))  # noqa: TRY301 - one handler turns every reason into LeftOut
        check_readable(text)
        published, problem = _published(fields.get("published"), source, day_first)
        basis: PublishedBasis = "unknown" if published is None else "metadata"
        if published is None and (told := inferred_date(text, body_start, _words(fields.get("url")))):
            published, basis = told
        article = Article(
            text,
            published=published,
            published_basis=basis,
            path=_words(fields.get("path")),
            reprints=_names(fields.get("reprints")),
            body_start=body_start,
            title=_words(fields.get("title")),
            outlet=_words(fields.get("outlet")),
            author=_words(fields.get("author")),
            url=_words(fields.get("url")),
        )
    except InputError as error:
        yield LeftOut(source, str(error))
        return
    if problem is not None:
        yield problem
    for name in WORDS:
        words = _words(fields.get(name))
        if words and words != (kept := getattr(article, name)):
            reason = f"{name} holds signs that are no text; kept with escapes for them, {clipped(kept)}"
            yield Problem(source, reason)
    yield Found(source, article)


def is_missing(value: object) -> bool:
    """Whether a field holds nothing: None, NaN, NaT, NA or blank."""
    if isinstance(value, str):
        return not value.strip()
    if isinstance(value, float):
        return value != value  # noqa: PLR0124 - NaN alone differs from itself
    if isinstance(value, (list, tuple)):
        return not value
    return value is None or type(value).__name__ in _MISSING_TYPES


def _no_text(value: object) -> str:
    if is_missing(value):
        return "holds no text; fill in its text, or remove it"
    return f"its text is of type {type(value).__name__} ({clipped(repr(value))}); give a string"


def _published(value: object, source: str, day_first: bool | None) -> tuple[dt.date | None, Problem | None]:  # noqa: FBT001 - True, False or open
    if is_missing(value):
        return None, None
    try:
        return parse_date(value, day_first=day_first), None
    except InputError as error:
        return None, Problem(source, f"published: {error}; correct it, or pass published=...")


def _words(value: object) -> str | None:
    if is_missing(value):
        return None
    if isinstance(value, (list, tuple)):
        return ", ".join(filter(None, map(_words, value))) or None
    if isinstance(value, dict):
        return _words(value.get("name") or value.get("title"))
    return str(value).strip()


def _names(value: object) -> tuple[str, ...]:
    """Return a list of names, as such or in one cell with semicolons between."""
    if is_missing(value):
        return ()
    names = value if isinstance(value, (list, tuple)) else str(value).split(";")
    return tuple(filter(None, map(_words, names)))
