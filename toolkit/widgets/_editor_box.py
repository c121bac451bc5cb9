"""The controls of the editor of actors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.display import ellipsis, one_line, rows
from toolkit.errors import InputError, ToolkitError
from toolkit.views.markup import joined, tag
from toolkit.widgets._controls import guarded_box, row_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from toolkit.linked import LinkedView
    from toolkit.widgets._editor import ActorEditor

HINTS = {
    "name": ("Call it", "another name"),
    "side": ("Side", "a state, or (none)"),
    "role": ("Role", "a role, or (none)"),
    "colour": ("Colour", "#1177aa, or teal"),
    "aliases": ("Also called", "forms; divided by semicolons"),
}


class EditorBox:
    """The box of controls of an editor, with the linked view of its coverage below them."""

    def __init__(self, editor: ActorEditor) -> None:
        import ipywidgets as w

        self._editor = editor
        wide = {"width": "24em", "max_width": "100%"}
        self._actor = w.Dropdown(description="Actor", layout=wide)
        self._into = w.Dropdown(description="Is the same as", layout=wide, style={"description_width": "initial"})
        self._texts = {
            name: w.Text(description=label, placeholder=hint, layout=wide) for name, (label, hint) in HINTS.items()
        }
        merge, apply, undo = (
            self._button(label, act)
            for label, act in (("Merge", self._merge), ("Apply", self._set), ("Undo", self._undo))
        )
        self._static = w.HTML()
        self._linked = w.VBox([], layout={"margin": "16px 0 0"})
        self._live: Any = None
        self._actor.observe(self._fill, names="value")
        merging = row_of([self._actor, self._into, merge])
        setting = row_of([*self._texts.values(), apply, undo])
        self.widget = guarded_box([merging, setting, self._static, self._linked])
        self.refresh()

    def refresh(self) -> None:
        """Show what the editor holds now."""
        chosen = self._actor.value
        names = [one_line(row["actor"]) for row in rows(self._editor.actors)]
        options = [(ellipsis(name, 60), name) for name in names]
        self._actor.options = self._into.options = options
        if chosen in names:
            self._actor.value = chosen
        self._into.value = None
        self._fill()
        self._static.value = str(self._editor.view.html)
        self._show_linked()

    def _fill(self, _change: Any = None) -> None:
        """Set the texts to what is known of the actor chosen."""
        row = next((row for row in rows(self._editor.actors) if one_line(row["actor"]) == self._actor.value), {})
        for name, text in self._texts.items():
            text.value = "" if name in ("name", "aliases") else one_line(row.get(name))
        self._texts["name"].value = one_line(row.get("actor"))

    def _show_linked(self) -> None:
        """Put a linked view of the corrected coverage in the place of the last one, filtered as that one was."""
        if not self._editor.has_coverage:
            return
        from toolkit.linked import explore

        view = explore(self._editor.coverage)
        if self._live is None:
            self._live = view.widget()
            self._linked.children = (self._live,)
        else:
            _keep_filters(view, dict(self._live.filters))
            self._live.show(view)

    def _merge(self) -> None:
        if self._into.value is None or self._into.value == self._actor.value:
            raise InputError("choose another actor that this one is the same as")
        into = self._into.value
        self._editor.merge(self._actor.value, into)
        self._actor.value = into

    def _set(self) -> None:
        actor, given = self._actor.value, {name: text.value for name, text in self._texts.items()}
        row = next(row for row in rows(self._editor.actors) if one_line(row["actor"]) == actor)
        changed = {k: v for k, v in given.items() if k not in ("name", "aliases") and v != one_line(row.get(k))}
        if given["aliases"]:
            changed["aliases"] = given["aliases"]
        name = one_line(given["name"])
        if changed:
            self._editor.change(actor, **changed)
        if name and name != actor:
            self._editor.rename(actor, name)
            self._actor.value = name

    def _undo(self) -> None:
        self._editor.undo()

    def _button(self, label: str, act: Callable[[], None]) -> Any:
        import ipywidgets as w

        style = "primary" if label == "Merge" else ""
        button = w.Button(description=label, button_style=style, layout={"width": "auto"})

        def pressed(_button: Any) -> None:
            try:
                act()
            except ToolkitError as fault:
                alert = tag("p", str(fault), role="alert")
                self._static.value = str(joined([alert, self._editor.view.html]))

        button.on_click(pressed)
        return button


def _keep_filters(view: LinkedView, filters: dict[str, str]) -> None:
    """Filter a view as another was, as far as its names still stand for somebody."""
    for key, value in filters.items():
        try:
            view.filters = {**view.filters, key: value}
        except InputError:
            continue
