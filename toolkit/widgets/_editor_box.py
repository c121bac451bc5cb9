"""The controls of the editor of actors: a list to find one in, and panels for the one that is open."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from toolkit.display import count_of, ellipsis, names, one_line
from toolkit.errors import InputError, ToolkitError
from toolkit.views.markup import tag
from toolkit.widgets._controls import form_of, guarded_box
from toolkit.widgets._editor_panels import (
    LONG,
    PANEL,
    WIDE,
    Merging,
    Setting,
    Splitting,
    button,
    fault_html,
    heading,
)
from toolkit.widgets._editor_words import corrections_html
from toolkit.widgets._finding import Finder, Page, actor_labels, search_texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from toolkit.display import Row
    from toolkit.linked import LinkedView
    from toolkit.widgets._editor import ActorEditor

LISTED = 100
"""Actors on a page of the list."""

SUGGESTED = 200

AT_ONCE = 20_000
"""Rows of all frames up to which the linked view follows each change by itself."""

SIDE_BY_SIDE = {"flex_flow": "row wrap", "grid_gap": "16px 28px", "align_items": "flex-start", "margin": "0 0 12px"}

# Where a message tells of rows of a table, and the reader has a control before them.
IN_TABLE = re.compile(r"^corrections, row \d+: ")


class EditorBox:
    """The box of controls of an editor, with the linked view of its coverage below them."""

    def __init__(self, editor: ActorEditor) -> None:
        import ipywidgets as w

        self._editor = editor
        self._actor, self._origin = "", ""
        self._drafts: dict[str, dict[str, str]] = {}
        self._texts: dict[str, str] = {}
        self._labels: dict[str, str] = {}
        self._held = False
        self._list = w.Select(description="Actor", rows=14, layout=WIDE)
        self._list.observe(self._choose, names="value")
        self._finder = Finder("Find", "actors", LISTED, self._show_page)
        acts = {"Reset": self._reset, "Undo": self._undo, "Redo": self._redo}
        buttons = [button("Apply", self._apply, "primary"), *(button(label, act) for label, act in acts.items())]
        self._setting = Setting(buttons, self._typed)
        self._merging, self._splitting = Merging(self._merge), Splitting(self._split)
        self._fault, self._status, self._static = w.HTML(), w.HTML(), w.HTML()
        self._status.add_class("tk-status")
        head = w.HTML(heading("Actors", "With the number of their mentions."))
        self._linked = w.VBox([], layout={"margin": "16px 0 0"})
        self._live: Any = None
        self._follow = button("Bring the view below up to date", self._show_now)
        finding = form_of("find", [head, self._finder.text, self._list, self._finder.pager], **PANEL)
        joining = w.VBox([self._merging.panel, self._splitting.panel], layout={**PANEL, "grid_gap": "12px"})
        setting = w.VBox([self._setting.panel, self._fault, self._status], layout=PANEL)
        panels = w.HBox([finding, setting, joining], layout=SIDE_BY_SIDE)
        self.widget = guarded_box([panels, self._static, self._linked], self._entered)
        self.refresh()

    def refresh(self) -> None:
        """Show what the editor holds now."""
        actors = self._editor.actors
        self._texts, self._labels = search_texts(actors), actor_labels(actors)
        if self._actor not in self._texts:
            # Renamed, or made one with another.
            now = self._editor.present(self._origin)
            self._actor = now if now in self._texts else next(iter(self._texts), "")
        self._setting.offer(*(_frequent(actors[name]) if name in actors else () for name in ("side", "role")))
        self._finder.offer(self._texts)
        self._open(self._actor)
        self._fault.value = ""
        self._status.value = str(tag("div", self._editor.told, style="line-height: 1.35; margin: 4px 2px"))
        self._static.value = str(corrections_html(self._editor.corrections))
        self._show_linked()

    def _open(self, actor: str) -> None:
        """Show an actor in the panels."""
        self._actor, self._origin = actor, self._editor.origin(actor)
        row, parts = self._editor.row_of(actor), self._editor.parts(actor)
        members = [part for part in parts if self._editor.present(part) == actor != part]
        self._setting.head.value = heading(ellipsis(actor, LONG), _facts(row))
        self._setting.show(row, self._editor.forms_given(actor), self._drafts.get(actor, {}))
        self._merging.show(actor, self._texts, self._labels)
        self._splitting.show(actor, members, [part for part in parts if part not in members], row)
        self._splitting.name.options = tuple(name for name in list(self._texts)[:SUGGESTED] if name != actor)
        self._show_drafts()

    def _show_page(self, page: Page) -> None:
        self._held = True
        self._list.options = [(ellipsis(self._labels[name], LONG), name) for name in page.names]
        self._list.value = self._actor if self._actor in page.names else None
        self._held = False

    def _choose(self, change: Any) -> None:
        if not self._held and change["new"] is not None:
            self._open(change["new"])

    def _entered(self, form: str, texts: dict[str, str]) -> None:
        """Do what a form is for, with its texts as they stand in the page."""
        if form == "find":
            self._finder.text.value = texts.get(self._finder.text.description, "")
            if self._finder.page.names:
                self._list.value = self._finder.page.names[0]
        elif form == "set":
            self._setting.enter(texts)
            self._apply()
        elif form == "split":
            self._splitting.name.value = texts.get(self._splitting.name.description, "")
            self._split()

    def _typed(self) -> None:
        if changed := self._setting.changed:
            self._drafts[self._actor] = changed
        else:
            self._drafts.pop(self._actor, None)
        self._show_drafts()

    def _show_drafts(self) -> None:
        told = [f"{ellipsis(name, LONG)} ({', '.join(_label(key) for key in draft)})"
                for name, draft in self._drafts.items() if name in self._texts]  # fmt: skip
        self._setting.note.value = heading("", f"Typed and not applied: {'; '.join(told)}.") if told else ""

    def _apply(self) -> None:
        actor, changed = self._actor, self._setting.changed
        if not changed:
            self._setting.blame({"all": "Nothing is changed yet."})
            return
        try:
            draft = self._drafts.pop(actor, {})
            self._editor.change(actor, **changed)
        except ToolkitError as fault:
            self._drafts[actor] = draft
            faults = self._editor.faults(actor, changed) or {"all": str(fault)}
            self._setting.blame({name: IN_TABLE.sub("", told) for name, told in faults.items()})
            self._show_drafts()

    def _reset(self) -> None:
        self._drafts.pop(self._actor, None)
        self._open(self._actor)

    def _merge(self) -> None:
        ticked = self._merging.ticked
        fault = "" if ticked else f"tick at least one that is the same as {self._actor}"

        def act() -> None:
            self._editor.merge(ticked, self._actor)
            self._merging.finder.text.value = ""

        self._do(act, self._merging.fault, fault)

    def _split(self) -> None:
        name, kind, ticked = self._splitting.name, self._splitting.kind.value, self._splitting.ticked

        def act() -> None:
            self._editor.split(self._actor, ticked, one_line(name.value), kind=kind)
            name.value = ""

        self._do(act, self._splitting.fault, "" if ticked else f"tick what is not {self._actor}")

    def _undo(self) -> None:
        self._do(self._editor.undo, self._fault)

    def _redo(self) -> None:
        self._do(self._editor.redo, self._fault)

    def _do(self, act: Callable[[], None], place: Any, fault: str = "") -> None:
        """Do something, or say beside the control why it cannot be done."""
        try:
            if fault:
                raise InputError(fault)
            act()
        except ToolkitError as error:
            place.value = fault_html(IN_TABLE.sub("", str(error)))

    def _show_linked(self) -> None:
        """Let the linked view follow, at once or, where that would take long, when it is asked to."""
        if not self._editor.has_coverage:
            return
        n_rows = sum(map(len, self._editor.coverage.frames().values()))
        if self._live is not None and n_rows > AT_ONCE:
            self._linked.children = (self._follow, self._live)
        else:
            self._show_now()

    def _show_now(self) -> None:
        """Put a linked view of the corrected coverage in the place of the last one, filtered as that one was."""
        from toolkit.linked import explore

        view = explore(self._editor.coverage)
        if self._live is None:
            self._live = view.widget()
        else:
            _keep_filters(view, dict(self._live.filters))
            self._live.show(view)
        self._linked.children = (self._live,)


def _facts(row: Row) -> str:
    """Return what the analysis knows of an actor, in a line."""
    counts = [count_of(int(row[f"n_{noun}s"] or 0), noun) for noun in ("mention", "quotation") if f"n_{noun}s" in row]
    forms = ellipsis(names(row.get("aliases")), 120)
    return "; ".join(filter(None, [", ".join(counts), forms and f"read as {forms}"]))


def _label(key: str) -> str:
    return {"name": "called", "aliases": "also called"}.get(key, key)


def _frequent(values: Iterable[Any]) -> list[str]:
    counts = Counter(filter(None, map(one_line, values)))
    return [value for value, _ in counts.most_common(SUGGESTED)]


def _keep_filters(view: LinkedView, filters: dict[str, str]) -> None:
    """Filter a view as another was, as far as its names still stand for somebody."""
    for key, value in filters.items():
        try:
            view.filters = {**view.filters, key: value}
        except InputError:
            continue
