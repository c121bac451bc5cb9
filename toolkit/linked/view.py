"""The linked view as an object: its state, its forms, and the rows it shows."""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING, Any

from toolkit.errors import InputError
from toolkit.linked import _assets
from toolkit.linked._apart import as_json, compressed, fitting, in_letters, rows_apart, texts_apart
from toolkit.linked._filters import checked_filters, checked_selection, matching
from toolkit.linked._hoisting import hoisted
from toolkit.linked._packing import packed, require_frames
from toolkit.linked._static import headline, static_form, text_form
from toolkit.terminal import visible
from toolkit.views.markup import LITERAL, Markup

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from toolkit.corrections import Corrections
    from toolkit.coverage import Coverage

# Above this many characters the data travel compressed.
PLAIN_DATA, PLAIN_DATA_IN_PAGE = 200_000, 10_000


def explore(
    coverage: Coverage, *, filters: Mapping[str, Any] | None = None, selection: Mapping[str, Any] | None = None
) -> LinkedView:
    """Show a coverage as one linked view: choose in any part of it, and all others follow.

    The articles with their quotations marked stand beside the quotations, the speakers, who judges whom, and the rounds
    of talks. The view is live wherever html with scripts is shown (a trusted notebook, a rendered page), without a
    kernel; elsewhere it is a static page of the same content.

    Parameters
    ----------
    coverage : Coverage
        What :func:`toolkit.analyze` returned.
    filters : mapping, optional
        What to begin with: any of ``speaker``, ``target``, ``round`` (a round_id), ``article`` (an article_id),
        ``kind`` (one of :data:`toolkit.statements.MANNERS`), ``first`` and ``last`` (bounds of the day on which
        something was said), ``search``, ``show`` (``"all"`` for quotations that are less sure too).
    selection : mapping, optional
        What is open: ``article_id``, ``quotation_id``, ``opinion`` (a row of the sentiment frame).

    Returns
    -------
    LinkedView
        Shows itself in a notebook; ``.widget()`` gives one that is kept in step with the kernel.

    Raises
    ------
    InputError
        If the coverage is none, a frame lacks a column, or a filter is not on offer.
    """
    return LinkedView(coverage, filters=filters, selection=selection)


class LinkedView:
    """One linked view over a coverage; made by :func:`explore`.

    Parameters
    ----------
    coverage : Coverage
        What to show.
    filters, selection : mapping, optional
        See :func:`explore`.
    total : int, optional
        How many articles there are, where the coverage holds only the first of them.
    """

    def __init__(
        self,
        coverage: Coverage,
        *,
        filters: Mapping[str, Any] | None = None,
        selection: Mapping[str, Any] | None = None,
        total: int | None = None,
    ) -> None:
        from toolkit.coverage import Coverage as Expected

        if not isinstance(coverage, Expected):
            raise InputError(f"explore() takes a Coverage, found {type(coverage).__name__}; make one with analyze(...)")
        self._coverage, self._total = coverage, total
        require_frames(coverage)
        self.filters = dict(filters or {})
        self.selection = dict(selection or {})

    @property
    def filters(self) -> dict[str, str]:
        """What is chosen, by name; set it to a dict to choose anew. A copy: changing it in place changes nothing.

        Raises
        ------
        InputError
            On setting, if a key or a value is not on offer; nothing is changed then.
        """
        return dict(self._filters)

    @filters.setter
    def filters(self, filters: Mapping[str, Any] | None) -> None:
        self._filters = checked_filters(filters, self._data) if filters else {}
        self.__dict__.pop("_found", None)

    @property
    def selection(self) -> dict[str, Any]:
        """What is open; set it like ``filters``."""
        return dict(self._selection)

    @selection.setter
    def selection(self, selection: Mapping[str, Any] | None) -> None:
        self._selection = checked_selection(selection, self._data) if selection else {}

    # Worked out when first asked for: a page of a large coverage never needs all of it.
    @cached_property
    def _data(self) -> dict[str, Any]:
        return packed(self._coverage)

    @cached_property
    def _found(self) -> dict[str, list[int]]:
        return matching(self._data, self._filters)

    @property
    def quotations(self) -> pd.DataFrame:
        """The rows of the quotations frame that the filters leave."""
        return self._rows("quotations", "quotations")

    @property
    def sentiment(self) -> pd.DataFrame:
        """The rows of the sentiment frame that the filters leave."""
        return self._rows("sentiment", "opinions")

    @property
    def summary(self) -> str:
        """What is shown, in counts."""
        return headline(self._data, self._found, self._filters)

    def html(self, *, in_page: bool = False) -> Markup:
        """Return the live form: the static one, the data and the script that brings it to life.

        Parameters
        ----------
        in_page : bool
            Whether it is for a page without a kernel, where the choice as code would be of no use, and where the
            style sheet is sure to stay: inline styles move into it.
        """
        if (part := self._fitting()) is not self:
            return part.html(in_page=in_page)
        static, style = static_form(self._coverage, self._data, self._found, self._filters, self._total), ""
        if in_page:
            static, classes = hoisted(static)
            style = f"<style>{classes}</style>"
        _, blocks = texts_apart(self._data)
        texts = (f'<script type="application/x-texts">{in_letters(as_json(block))}</script>' for block in blocks)
        return Markup(
            f'<div class="tk-view {LITERAL}">{style}{static}'
            f'<script type="application/json">{self.payload(in_page=in_page)}</script>{"".join(texts)}'
            f'<script type="application/gzip">{_assets.packed_script()}</script>'
            f"<script>{_assets.loader()}</script></div>"
        )

    def payload(self, *, in_page: bool = False) -> str:
        """Return data and state as JSON that may stand inside a script element, compressed when they are large."""
        state = {"filters": self.filters, "selection": self.selection}
        data, _ = texts_apart(self._data)
        if self._total is not None:
            data["total"] = self._total
        text = as_json({**data, "state": state, "page": in_page})
        if len(text) <= (PLAIN_DATA_IN_PAGE if in_page else PLAIN_DATA):
            return text
        return as_json({"gzip": in_letters(text)})

    def parts(self) -> tuple[str, dict[str, bytes]]:
        """Return what a widget begins with, and by name (``rows 1``, ``texts 0``) what its page asks for."""
        data, blocks = texts_apart(self._data)
        first, pages = rows_apart(data)
        text = as_json({**first, "state": {"filters": self.filters, "selection": self.selection}, "page": False})
        named = {
            **{f"rows {number}": page for number, page in enumerate(pages, 1)},
            **{f"texts {number}": block for number, block in enumerate(blocks)},
        }
        begun = text if len(text) <= PLAIN_DATA else as_json({"gzip": in_letters(text)})
        return begun, {name: compressed(as_json(part)) for name, part in named.items()}

    def widget(self, corrections: Corrections | None = None) -> Any:
        """Return an anywidget with the same view, whose ``filters`` and ``selection`` follow each click.

        Setting them from Python moves the view. It needs a running kernel. Rows that are checked in it stand in its
        ``corrections``, a frame that :func:`toolkit.correct` and ``corrections=`` take.

        Parameters
        ----------
        corrections : str, Path or as of `toolkit.read_corrections`, optional
            What to begin with. A file, there or not, is kept up to date with each row that is checked; what others
            write into it meanwhile is kept, and taken in.

        Raises
        ------
        InputError
            If the file is no table of corrections, is torn, or cannot be written.
        """
        from toolkit.linked._widget import widget_of

        return widget_of(self, corrections)

    def check(self, filters: Mapping[str, Any], selection: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, Any]]:
        """Return filters and selection as the view would keep them; see ``filters`` for what it raises."""
        return checked_filters(filters, self._data), checked_selection(selection, self._data)

    def __repr__(self) -> str:
        return visible(text_form(self._data, self._found, self._filters))

    def _repr_mimebundle_(self, **_options: Any) -> dict[str, str]:
        return {"text/html": str(self.html()), "text/plain": repr(self)}

    def _fitting(self) -> LinkedView:
        """Return the part of the view that a page holds, with what of its state is there."""
        held = fitting(self._coverage)
        if held is self._coverage:
            return self
        view = LinkedView(held, total=len(self._coverage.articles))
        for key, value in self.filters.items():
            with suppress(InputError):
                view.filters = {**view.filters, key: value}
        if {"article_id"} >= set(self.selection):
            with suppress(InputError):
                view.selection = self.selection
        return view

    def _rows(self, name: str, part: str) -> pd.DataFrame:
        frame: pd.DataFrame = getattr(self._coverage, name)
        kept = frame[frame["article_id"].isin(self._data["articles"]["id"])]
        return kept.iloc[self._found[part]]
