"""Html built from untrusted text: escaping, elements, and marks over spans of a text.

All html of the toolkit's views is made by `tag` and `marked`, which escape what they are given, so that no
other module handles raw markup.
"""

from __future__ import annotations

import html
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from toolkit.terminal import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Quieter than the text around it, whatever that text's colour is.
QUIET = "opacity: 0.75"

# Notebooks read what stands between two dollar signs as mathematics: prices, in an article.
LITERAL = "tex2jax_ignore mathjax_ignore"


class Markup(str):
    """Html that is safe to show: made by this module, with every piece of text in it escaped."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class View:
    """Something to be shown: as html in a notebook, as text everywhere else.

    Parameters
    ----------
    html : str
        Self-contained html, without script or style sheet.
    text : str
        The same in plain text; what ``repr`` and ``str`` give. Nothing in it steers a terminal.
    """

    html: Markup
    text: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", visible(self.text))

    def _repr_html_(self) -> str:
        return str(tag("div", self.html, **{"class": LITERAL}))

    def __repr__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Mark:
    """An element around a span of a text; ``anchor`` is the id of its first piece."""

    start: int
    end: int
    name: str
    attributes: tuple[tuple[str, str], ...] = ()
    anchor: str | None = None


def escape(text: Any) -> Markup:
    """Return a text as html that shows exactly it."""
    return text if isinstance(text, Markup) else Markup(html.escape(str(text), quote=True))


def tag(name: str, *children: Any, **attributes: Any) -> Markup:
    """Return an element.

    Parameters
    ----------
    name : str
        Its name, such as ``"td"``.
    *children : str or Markup
        Its content; texts are escaped, markup is taken as it is.
    **attributes : str or None
        Its attributes, escaped; those that are None or empty are left out.
    """
    return Markup(_opening(name, attributes.items()) + joined(children) + f"</{name}>")


def joined(pieces: Iterable[Any], between: str = "") -> Markup:
    """Return pieces one after the other, texts among them escaped."""
    return Markup(between.join(escape(piece) for piece in pieces))


def marked(text: str, marks: Sequence[Mark], start: int = 0, end: int | None = None) -> Markup:
    """Return ``text[start:end]`` with elements around the marked spans.

    Marks may nest and overlap: where one ends inside another, the inner one is closed and opened again, so
    that the elements always nest. Taking the tags out and unescaping gives the text back exactly.

    Parameters
    ----------
    text : str
        The whole text that the offsets of the marks count in.
    marks : sequence of Mark
        In any order; of those that start together the longest is the outermost.
    start, end : int
        The part of the text that is wanted; marks are cut to it, and keep their anchor only where they start.
    """
    end = len(text) if end is None else end
    inside = sorted(
        (mark for mark in marks if mark.start < mark.end and mark.start < end and mark.end > start),
        key=lambda mark: (mark.start, -mark.end),
    )
    bounds = sorted({start, end, *(b for mark in inside for b in (mark.start, mark.end) if start < b < end)})
    out: list[str] = []
    opened: list[Mark] = []
    for left, right in pairwise(bounds):
        covering = [mark for mark in inside if mark.start <= left < mark.end]
        kept = _shared(opened, covering)
        out += [f"</{mark.name}>" for mark in reversed(opened[kept:])]
        out += [_open_mark(mark, left) for mark in covering[kept:]]
        opened = covering
        out.append(escape(text[left:right]))
    out += [f"</{mark.name}>" for mark in reversed(opened)]
    return Markup("".join(out))


def anchor(article_id: str, quotation_id: str, copy: int = 0) -> str:
    """Return the id of a quotation in a page, the same in every run; ``copy`` numbers repeated views."""
    return f"q-{_digest(article_id, quotation_id)}-{copy}"


def place_anchor(article_id: str, start: int, end: int, copy: int = 0) -> str:
    """Return the id of a mention in a page, the same in every run; ``copy`` numbers repeated views."""
    return f"m-{_digest(article_id, f'{start}-{end}')}-{copy}"


def _digest(*parts: str) -> str:
    return blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def _shared(one: list[Mark], other: list[Mark]) -> int:
    """Return how many marks two stacks share from the bottom up."""
    pairs = zip(one, other, strict=False)
    return next((depth for depth, (a, b) in enumerate(pairs) if a is not b), min(len(one), len(other)))


def _open_mark(mark: Mark, at: int) -> str:
    anchored = (("id", mark.anchor),) if mark.anchor and mark.start == at else ()
    return _opening(mark.name, (*anchored, *mark.attributes))


def _opening(name: str, attributes: Iterable[tuple[str, Any]]) -> str:
    written = [f' {key}="{html.escape(str(value))}"' for key, value in attributes if value not in (None, "")]
    return f"<{name}{''.join(written)}>"
