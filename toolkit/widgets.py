"""Explorers for work in JupyterLab: controls beside a view, kept in step by the kernel.

An `Explorer` shows its controls where a kernel runs, and the static view of its choice everywhere else: a
notebook keeps both. The choice is a plain dict, ``explorer.selection``, that can be read, copied and set again.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING, Any

from toolkit.display import KINDS, NO_SPEAKER, OUTLET, ellipsis, holder_of, one_line, require, rows
from toolkit.errors import InputError, ToolkitError
from toolkit.plots import timeline
from toolkit.views import View, marked_article, picture, round_table, sentiment_evidence
from toolkit.views.article import heading_text
from toolkit.views.colours import speaker_of
from toolkit.views.markup import tag

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    import pandas as pd

    from toolkit.coverage import Coverage

ALL = "(all)"

# The value of the choice of all, in a control: there None means that nothing is chosen, and the control is blank.
_EVERY = object()

Options = list[tuple[str, Any]]


class Explorer:
    """Controls and the view of what they choose.

    Made by `quotation_explorer`, `sentiment_explorer` and `timeline_explorer`.

    Parameters
    ----------
    name : str
        What it is, for its text form.
    controls : dict of str to ipywidgets.Widget
        The controls by the names of what they choose.
    show : callable
        Takes the choice as keyword arguments and returns the `View` of it.
    """

    def __init__(self, name: str, controls: Mapping[str, Any], show: Callable[..., View]) -> None:
        import ipywidgets

        self._name, self._controls, self._show = name, dict(controls), show
        self._held = False
        self._output = ipywidgets.HTML()
        row = ipywidgets.HBox(list(controls.values()), layout={"flex_flow": "row wrap"})
        self._box = ipywidgets.VBox([row, self._output])
        for control in controls.values():
            control.observe(self._refresh, names="value")
        self._refresh()

    @property
    def selection(self) -> dict[str, Any]:
        """The current choice; set it to a dict of some or all of its keys.

        Raises
        ------
        InputError
            On setting, if a key or a value is not on offer; nothing is changed then.
        """
        return {name: _chosen(control.value) for name, control in self._controls.items()}

    @selection.setter
    def selection(self, choice: Mapping[str, Any]) -> None:
        for name, value in choice.items():
            self._check(name, value)
        # One view for the whole choice, none for the steps towards it.
        self._held = True
        try:
            for name, value in choice.items():
                self._controls[name].value = self._inward(name, value)
        finally:
            self._held = False
        self._refresh()

    @property
    def view(self) -> View:
        """The static view of the current choice."""
        return self._view

    @property
    def widget(self) -> Any:
        """The ipywidgets box of controls and view, to be placed in a layout of one's own."""
        return self._box

    def __repr__(self) -> str:
        choice = ", ".join(f"{name}={_plain(value)!r}" for name, value in self.selection.items())
        return f"{self._name} ({choice})\n{self._view.text}"

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:
        bundle = self._box._repr_mimebundle_(**options) or {}
        return {**bundle, "text/plain": repr(self), "text/html": self._view._repr_html_()}

    def _check(self, name: str, value: Any) -> None:
        if name not in self._controls:
            raise InputError(f"selection: found {name!r}, expected one of {', '.join(self._controls)}")
        options = getattr(self._controls[name], "options", None)
        if options is None:
            if value is not None and not isinstance(value, dt.date):
                raise InputError(f"selection: {name} {value!r} is no date; give a datetime.date, or None")
        elif value not in (offered := [_chosen(each) for _, each in options]):
            some = ", ".join(map(repr, offered[:12])) + (", …" if len(offered) > 12 else "")
            raise InputError(f"selection: {name} {value!r} is not on offer; accepted are {some}")

    def _inward(self, name: str, value: Any) -> Any:
        return _EVERY if value is None and hasattr(self._controls[name], "options") else value

    def _refresh(self, _change: Any = None) -> None:
        if not self._held:
            self._view = self._show(**self.selection)
            self._output.value = str(self._view.html)


def quotation_explorer(
    coverage: Coverage | None = None,
    *,
    articles: pd.DataFrame | None = None,
    quotations: pd.DataFrame | None = None,
) -> Explorer:
    """Explore who says what: pick an article, a speaker and a kind, and read the quotations in their place.

    Parameters
    ----------
    coverage : Coverage, optional
        Where the frames come from that are not given.
    articles, quotations : pandas.DataFrame, optional
        Frames of your own, such as corrected ones.

    Returns
    -------
    Explorer
        Its choice has ``article_id``, ``speaker`` and ``kind``; a speaker or kind of None stands for all.

    Raises
    ------
    InputError
        If a frame is missing, lacks a column, or has no article.
    """
    articles = _frame(coverage, articles, "articles")
    quotations = _frame(coverage, quotations, "quotations")
    require(articles, ("article_id", "text"), "articles")
    require(quotations, ("speaker", "kind"), "quotations")
    titles = [(ellipsis(heading_text(row), 60), row["article_id"]) for row in rows(articles)]
    if not titles:
        raise InputError("the articles frame is empty; an explorer of quotations needs at least one article")
    found = rows(quotations)
    controls = {
        "article_id": _picker("Article", _told_apart(titles), wide=True),
        "speaker": _picker("Speaker", _counted(map(speaker_of, found), last=NO_SPEAKER)),
        "kind": _picker("Kind", _counted((row["kind"] for row in found), order=KINDS)),
    }

    def show(article_id: str, speaker: str | None, kind: str | None) -> View:
        # A copy of its own: tables link into the article that stands alone.
        return marked_article(articles, quotations, article_id, speaker=speaker, kind=kind, copy=1)

    return Explorer("Quotation explorer", controls, show)


def sentiment_explorer(
    coverage: Coverage | None = None,
    *,
    articles: pd.DataFrame | None = None,
    sentiment: pd.DataFrame | None = None,
) -> Explorer:
    """Explore who speaks how of whom: pick a holder and a target, and read the sentences.

    Parameters
    ----------
    coverage : Coverage, optional
        Where the frames come from that are not given.
    articles, sentiment : pandas.DataFrame, optional
        Frames of your own, such as corrected ones.

    Returns
    -------
    Explorer
        Its choice has ``holder`` and ``target``; None stands for all.

    Raises
    ------
    InputError
        If a frame is missing or lacks a column.
    """
    articles = _frame(coverage, articles, "articles")
    sentiment = _frame(coverage, sentiment, "sentiment")
    require(sentiment, ("holder", "target"), "sentiment")
    found = rows(sentiment)
    controls = {
        "holder": _picker("Holder", _counted(map(holder_of, found), last=OUTLET)),
        "target": _picker("Target", _counted(one_line(row["target"]) for row in found)),
    }

    def show(holder: str | None, target: str | None) -> View:
        return sentiment_evidence(articles, sentiment, holder=holder, target=target, limit=50)

    return Explorer("Sentiment explorer", controls, show)


def timeline_explorer(
    reanalyze: Callable[[dt.date | None], pd.DataFrame], *, published: dt.date | None = None
) -> Explorer:
    """Explore when the rounds took place: set the date of publication, and the timeline is read anew.

    Parameters
    ----------
    reanalyze : callable
        Takes a publication date, or None for an unknown one, and returns the rounds frame; for example
        ``lambda day: tk.analyze(tk.read(path, published=day)).rounds``.
    published : datetime.date, optional
        The date to begin with.

    Returns
    -------
    Explorer
        Its choice has ``published``. An error of the toolkit's own is shown in place of the timeline.
    """
    import ipywidgets

    picker = ipywidgets.DatePicker(
        description="Published", value=published, tooltip="Date of publication, against which days are read"
    )

    def show(published: dt.date | None) -> View:
        try:
            return _timeline_view(reanalyze(published), published)
        except ToolkitError as error:
            return View(tag("p", f"No timeline: {error}", role="alert"), f"No timeline: {error}")

    return Explorer("Timeline explorer", {"published": picker}, show)


def _timeline_view(rounds: pd.DataFrame, published: dt.date | None) -> View:
    from toolkit.plots.chart import Chart

    # Outside pyplot, which would show the chart a second time at the end of the cell.
    chart = picture(timeline(rounds, published=published, ax=Chart().subplots()))
    table = round_table(rounds)
    return View(tag("div", chart.html, table.html), f"{chart.text}\n{table.text}")


def _frame(coverage: Coverage | None, frame: pd.DataFrame | None, name: str) -> pd.DataFrame:
    if frame is None:
        frame = getattr(coverage, name, None)
    if frame is None:
        raise InputError(f"no {name} frame: found {type(coverage).__name__}; pass a coverage, or {name}=…")
    return frame


def _picker(description: str, options: Options, *, wide: bool = False) -> Any:
    import ipywidgets

    layout = {"width": "32em" if wide else "22em", "max_width": "100%"}
    return ipywidgets.Dropdown(description=description, options=options, layout=layout)


def _counted(values: Iterable[str], *, order: Iterable[str] = (), last: str | None = None) -> Options:
    """Return options with their counts: first all, then those of a given order, then the most frequent."""
    counts = Counter(values)
    rank = {value: place for place, value in enumerate(order)}
    ordered = sorted(counts, key=lambda value: (value == last, rank.get(value, len(rank)), -counts[value], value))
    return [(ALL, _EVERY), *((f"{ellipsis(value, 40)} ({counts[value]})", value) for value in ordered)]


def _chosen(value: Any) -> Any:
    return None if value is _EVERY else value


def _told_apart(options: Options) -> Options:
    """Return options with a number before the titles that occur more than once."""
    counts = Counter(label for label, _ in options)
    return [
        (f"{place}. {label}" if counts[label] > 1 else label, value)
        for place, (label, value) in enumerate(options, start=1)
    ]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value
