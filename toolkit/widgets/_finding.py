"""Names found by what is typed, a page at a time, however many there are."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any, NamedTuple

from toolkit.display import is_missing, one_line
from toolkit.lexicon.spelling import skeleton

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import pandas as pd

SEARCHED = ("actor", "kind", "side", "role")


class Page(NamedTuple):
    """A page of a list: the names on it, its number from 0, and what stands before and in all."""

    names: list[str]
    number: int
    before: int
    total: int

    def __str__(self) -> str:
        if not self.total:
            return "none found"
        return f"{self.before + 1:,}–{self.before + len(self.names):,} of {self.total:,}"


def search_texts(actors: pd.DataFrame) -> dict[str, str]:
    """Return for each actor, by its name, what it can be found by: names, forms, kind, side and role."""
    columns = [actors[name].tolist() for name in SEARCHED if name in actors.columns]
    forms = actors["aliases"].tolist() if "aliases" in actors.columns else [()] * len(actors)
    found: dict[str, str] = {}
    for *row, more in zip(*columns, forms, strict=True):
        if not one_line(row[0]):
            continue
        cells = (*row, *(() if is_missing(more) else more))
        found[one_line(row[0])] = folded("\n".join(cell for cell in cells if isinstance(cell, str)))
    return found


def folded(text: str) -> str:
    """Return a text without capitals and marks on letters, as people type who look for it."""
    if text.isascii():
        return text.casefold()
    bare = (letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return "".join(bare).casefold()


def matching(texts: Mapping[str, str], query: str) -> list[str]:
    """Return the names whose text has every word of a query, in their order."""
    words = folded(query).split()
    return [name for name, text in texts.items() if all(word in text for word in words)]


def likely(texts: Mapping[str, str], actor: str) -> dict[str, str]:
    """Return the texts of all others, first of those that share a word of a name: the same, perhaps."""
    words = {skeleton(word) for word in actor.split() if len(word) > 2}
    others = {name: text for name, text in texts.items() if name != actor}
    near = {name: text for name, text in others.items() if words & set(map(skeleton, name.split()))}
    return near | others


def page_of(found: Sequence[str], number: int, size: int) -> Page:
    """Return a page of what was found, the last one where there are fewer."""
    number = max(0, min(number, (len(found) - 1) // size))
    first = number * size
    return Page(list(found[first : first + size]), number, first, len(found))


class Finder:
    """A text that finds names, and the two buttons that turn the pages of what it finds.

    Parameters
    ----------
    label, noun : str
        What the text is called, and what is looked for.
    size : int
        Names on a page.
    show : callable
        Takes the page to be shown.
    """

    def __init__(self, label: str, noun: str, size: int, show: Callable[[Page], None]) -> None:
        import ipywidgets as w

        self._size, self._show = size, show
        self._texts: Mapping[str, str] = {}
        self.page = Page([], 0, 0, 0)
        hint = "name, form, side or role"
        self.text = w.Text(description=label, placeholder=hint, layout={"width": "calc(100% - 4px)"})
        self._earlier, self._later = (
            w.Button(description=word, tooltip=f"{word} {noun}", layout={"width": "auto"})
            for word in ("Previous", "Next")
        )
        self._where = w.Label()
        self.pager = w.HBox([self._earlier, self._later, self._where], layout={"flex_flow": "row wrap"})
        self.text.observe(lambda _change: self.turn(-self.page.number), names="value")
        self._earlier.on_click(lambda _button: self.turn(-1))
        self._later.on_click(lambda _button: self.turn(1))

    def offer(self, texts: Mapping[str, str]) -> None:
        """Look in other texts from now on."""
        self._texts = texts
        self.turn(0)

    def turn(self, pages: int) -> None:
        """Go on by so many pages."""
        self.page = page_of(matching(self._texts, self.text.value), self.page.number + pages, self._size)
        self._where.value = str(self.page)
        one = self.page.total <= self._size
        for button in (self._earlier, self._later):
            button.layout.display = "none" if one else ""
        self._show(self.page)


def actor_labels(actors: pd.DataFrame) -> dict[str, str]:
    """Return each actor with how often it is mentioned, by its name."""
    told = [actors[name].tolist() for name in ("actor", "n_mentions") if name in actors.columns]
    found: dict[str, Any] = {}
    for name, *more in zip(*told, strict=True):
        found.setdefault(one_line(name), " · ".join(filter(None, map(one_line, (name, *more)))))
    return found
