"""The article, and the list of articles that knows what was left out."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from toolkit.articles import _summary
from toolkit.errors import InputError
from toolkit.terminal import printable

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from toolkit.articles._outcomes import LeftOut, Problem
    from toolkit.records import Span

PublishedBasis = Literal["metadata", "dateline", "url", "text", "given", "unknown"]

WORDS = ("title", "outlet", "author", "url", "path")


@dataclass(frozen=True, slots=True)
class Article:
    r"""One article: its whole text, untouched, and what is known about it.

    Parameters
    ----------
    text
        The whole text as the file has it, or as it was extracted from a page or document; all offsets are into it.
    title, outlet, author, url, path
        As the header, table or caller gives them; None where unknown. ``path`` is never opened again. In place
        of a control character or half of a surrogate pair an escape stands, such as ``\x1b``.
    published
        Day of publication; None where unknown, never guessed from the clock or the file's own date.
    published_basis
        Where ``published`` was found: ``metadata`` (header or table), ``dateline``, ``url``, ``text``,
        ``given`` (by the caller; also assumed where a date comes without a basis) or ``unknown``.
    body_start
        Offset at which the article proper begins, after a header, headline or byline.
    reprints
        Other outlets that printed the same text.

    Attributes
    ----------
    article_id
        First 12 hexadecimal digits of the SHA-256 of the text in UTF-8.

    Raises
    ------
    InputError
        If the text holds half of a surrogate pair, ``body_start`` lies outside it, or a basis comes
        without a date.

    Examples
    --------
    >>> article = Article("Talks resume in Vienna.", outlet="The Courier")
    >>> article.article_id, article.published_basis
    ('065ef9a8c944', 'unknown')
    """

    article_id: str = field(init=False)
    text: str = field(repr=False)
    title: str | None = field(default=None, kw_only=True)
    published: dt.date | None = field(default=None, kw_only=True)
    published_basis: PublishedBasis = field(default="unknown", kw_only=True)
    outlet: str | None = field(default=None, kw_only=True)
    author: str | None = field(default=None, kw_only=True)
    url: str | None = field(default=None, kw_only=True)
    path: str | None = field(default=None, kw_only=True)
    body_start: int = field(default=0, kw_only=True)
    reprints: tuple[str, ...] = field(default=(), kw_only=True)

    def __post_init__(self) -> None:
        if not 0 <= self.body_start <= len(self.text):
            raise InputError(f"body_start is {self.body_start}; it must lie between 0 and {len(self.text)}")
        if self.published is None and self.published_basis != "unknown":
            raise InputError(f"published_basis is {self.published_basis!r}, but published is None; give a date")
        object.__setattr__(self, "article_id", _hash(self.text))
        for name in WORDS:
            if isinstance(words := getattr(self, name), str):
                object.__setattr__(self, name, printable(words))
        object.__setattr__(self, "reprints", tuple(map(printable, self.reprints)))
        if self.published is not None and self.published_basis == "unknown":
            object.__setattr__(self, "published_basis", "given")

    @property
    def source(self) -> str:
        """What its reader would look it up by: its path, else its title or id."""
        return self.path or self.title or f"article {self.article_id}"

    @property
    def body(self) -> Span:
        """Start and end of the article proper in ``text``; the whole text where there is no header."""
        return self.body_start, len(self.text)

    @property
    def body_text(self) -> str:
        """The article proper, without a header."""
        return self.text[self.body_start :]


def _hash(text: str) -> str:
    try:
        return hashlib.sha256(text.encode("utf-8")).hexdigest()[:12]
    except UnicodeEncodeError as error:
        raise InputError(
            f"the text holds half of a surrogate pair at character {error.start}; export it again as UTF-8"
        ) from error


class Articles(list[Article]):
    """A list of articles that also says what could not be read; a slice of it is a plain list.

    Parameters
    ----------
    articles
        The articles, in reading order.
    left_out
        Files and rows that gave no article, with the reason.
    problems
        What to know about articles that were read: a date not understood, overruled or an encoding guessed.
    """

    def __init__(
        self,
        articles: Iterable[Article] = (),
        *,
        left_out: Iterable[LeftOut] = (),
        problems: Iterable[Problem] = (),
    ) -> None:
        super().__init__(articles)
        self.left_out: tuple[LeftOut, ...] = tuple(left_out)
        self.problems: tuple[Problem, ...] = tuple(problems)

    def __repr__(self) -> str:
        return _summary.as_text(self)

    def _repr_html_(self) -> str:
        return _summary.as_html(self)
