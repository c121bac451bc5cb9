"""The three panels of the editor of actors: what is known of one, who is the same, and what is not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, get_args

from toolkit.display import HEX_COLOUR, VERMILION, ellipsis, one_line
from toolkit.records import ActorKind
from toolkit.views.markup import tag
from toolkit.widgets._controls import form_of, row_of
from toolkit.widgets._finding import Finder, Page, likely

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from toolkit.display import Row

AS_FOUND = ("(as found)", "")
KINDS = get_args(ActorKind)
NO_COLOUR = "#808080"

LABEL = 90  # pixels that a control's label takes
SHORT, LONG = 34, 60  # characters of a name
OFFERED = 6
"""Actors offered at once as the same."""

HINTS = {
    "name": ("Called", ""),
    "side": ("Side", "as found; (none) for no side"),
    "role": ("Role", "as found; (none) for no role"),
    "colour": ("Colour", "#1177aa, or teal"),
    "aliases": ("Also called", "forms, with ; between them"),
}

# So wide that three stand side by side, and one takes a narrow window.
PANEL = {"flex": "1 1 21em", "max_width": "30em", "min_width": "0"}
WIDE = {"width": "calc(100% - 4px)"}
LINE = {**WIDE, "height": "26px", "margin": "0 2px"}


def heading(text: str, note: str = "") -> str:
    """Return the head of a panel as html."""
    told = tag("div", note, style="font-size: 0.9em") if note else ""
    return str(tag("div", tag("b", text), told, style="line-height: 1.35; margin: 0 0 4px 2px"))


def fault_html(text: str, *, indent: int = 2) -> str:
    """Return what is wrong as html that is read out when it appears, nothing where all is well."""
    told = text[:1].upper() + text[1:]
    style = f"border-left: 3px solid {VERMILION}; padding-left: 6px; line-height: 1.35; margin: 2px 0 4px {indent}px"
    return str(tag("div", told, role="alert", style=style)) if text else ""


class Setting:
    """What is known of an actor, to be set otherwise.

    Parameters
    ----------
    buttons : sequence of ipywidgets.Button
        What stands below.
    typed : callable
        Called when something is typed or chosen.
    """

    def __init__(self, buttons: Sequence[Any], typed: Callable[[], None]) -> None:
        import ipywidgets as w

        make = {"side": w.Combobox, "role": w.Combobox}
        self.controls: dict[str, Any] = {
            name: make.get(name, w.Text)(description=label, placeholder=hint, layout=WIDE)
            for name, (label, hint) in HINTS.items()
        }
        kind = w.Dropdown(description="Kind", options=[AS_FOUND], layout=WIDE)
        self.controls = {"name": self.controls.pop("name"), "kind": kind, **self.controls}
        self._picked = w.ColorPicker(concise=True, value=NO_COLOUR, layout={"flex": "0 0 auto", "width": "auto"})
        self._faults = {name: w.HTML() for name in (*self.controls, "all")}
        self._known: dict[str, str] = {}
        self._typed, self._held = typed, False
        self.head, self.note = w.HTML(), w.HTML()
        self.panel = form_of(
            "set",
            [self.head, *map(self._field, self.controls), row_of(buttons), self._faults["all"], self.note],
        )
        for control in self.controls.values():
            control.observe(self._told, names="value")
        self._picked.observe(self._take_colour, names="value")

    def offer(self, sides: Iterable[str], roles: Iterable[str]) -> None:
        """Suggest the sides and roles that others have."""
        self.controls["side"].options, self.controls["role"].options = tuple(sides), tuple(roles)

    def show(self, row: Row, forms: Sequence[str], draft: Mapping[str, str]) -> None:
        """Fill in what is known of an actor, and over it what was typed and not applied."""
        self._known = {name: one_line(row.get("actor" if name == "name" else name)) for name in self.controls}
        self._known["aliases"] = _as_text(forms)
        kinds = dict.fromkeys([*KINDS, *filter(None, [self._known["kind"]])])
        self._held = True
        try:
            self.controls["kind"].options = [AS_FOUND, *((kind, kind) for kind in kinds)]
            for name, control in self.controls.items():
                control.value = draft.get(name, self._known[name])
            self._show_colour()
        finally:
            self._held = False
        self.blame({})

    def enter(self, texts: Mapping[str, str]) -> None:
        """Take texts as they stand in the page, by their labels."""
        for control in self.controls.values():
            if control.description in texts:
                control.value = texts[control.description]

    @property
    def changed(self) -> dict[str, str]:
        """What stands there and is not known so."""
        now = {name: one_line(control.value) for name, control in self.controls.items()}
        return {name: value for name, value in now.items() if not _same(name, value, self._known.get(name, ""))}

    def blame(self, faults: Mapping[str, str]) -> None:
        """Say what is wrong, by what it is about: a control, or ``all``."""
        for name, html in self._faults.items():
            html.value = fault_html(faults.get(name, ""), indent=2 if name == "all" else LABEL)

    def _field(self, name: str) -> Any:
        import ipywidgets as w

        control = self.controls[name]
        if name == "colour":
            control.layout = {"flex": "1 1 0", "width": "auto", "min_width": "0"}
        shown = w.HBox([control, self._picked], layout={"width": "100%"}) if name == "colour" else control
        field = w.VBox([shown, self._faults[name]])
        field.add_class("tk-field")
        return field

    def _told(self, _change: Any) -> None:
        if not self._held:
            self._show_colour()
            self._typed()

    def _take_colour(self, change: Any) -> None:
        if not self._held:
            self.controls["colour"].value = change["new"]

    def _show_colour(self) -> None:
        held, self._held = self._held, True
        self._picked.value = hex_of(self.controls["colour"].value) or NO_COLOUR
        self._held = held


class Merging:
    """Those that are the same as an actor: to be found, ticked, and made one with it."""

    def __init__(self, merge: Callable[[], None]) -> None:
        import ipywidgets as w

        self._labels: Mapping[str, str] = {}
        self._ticks = Ticks(self._count)
        self.finder = Finder("Others", "others", OFFERED, self._show)
        self._head, self.fault = w.HTML(), w.HTML()
        self._button = button("Merge", merge)
        self._actor = ""
        self.panel = form_of(
            "merge",
            [self._head, self.finder.text, self._ticks.box, self.finder.pager, row_of([self._button]), self.fault],
        )

    @property
    def ticked(self) -> list[str]:
        """Those that are ticked."""
        return self._ticks.ticked

    def show(self, actor: str, texts: Mapping[str, str], labels: Mapping[str, str]) -> None:
        """Offer all others, first those with a name like this; what is ticked stays so for the same actor."""
        self._labels = labels
        kept = [name for name in self.ticked if name in texts and name != actor] if actor == self._actor else []
        if actor != self._actor:
            self.finder.text.value = ""
        self._actor = actor
        self._head.value = heading(f"The same as {ellipsis(actor, LONG)}", "Tick all that are, then merge them.")
        self.fault.value = ""
        self._ticks.keep(kept)
        self.finder.offer(likely(texts, actor))
        self._count()

    def _show(self, page: Page) -> None:
        shown = dict.fromkeys([*self.ticked, *page.names])
        self._ticks.offer({name: ellipsis(self._labels.get(name, name), LONG) for name in shown})

    def _count(self) -> None:
        number = len(self.ticked)
        self._button.description = f"Merge {number:,} into {ellipsis(self._actor, SHORT)}" if number else "Merge"


class Splitting:
    """What an actor is made of, to be ticked and given back or to another."""

    def __init__(self, split: Callable[[], None]) -> None:
        import ipywidgets as w

        self._actor = ""
        self._ticks = Ticks(lambda: None)
        self._head, self.fault = w.HTML(), w.HTML()
        self.name = w.Combobox(description="It means", placeholder="an actor, or a new one", layout=WIDE)
        self.kind = w.Dropdown(description="If new, a", options=KINDS, layout=WIDE)
        below = [self.name, self.kind, row_of([button("Split off", split)]), self.fault]
        self._below = w.VBox(below)
        self.panel = form_of("split", [self._head, self._ticks.box, self._below])

    @property
    def ticked(self) -> list[str]:
        """The parts that are ticked."""
        return self._ticks.ticked

    def show(self, actor: str, members: Sequence[str], forms: Sequence[str], row: Row) -> None:
        """Offer the parts of an actor."""
        self.fault.value = ""
        some = bool(members or forms)
        note = "Tick what means somebody else." if some else "Nothing to take apart: no other form is known."
        self._head.value = heading(f"Not {ellipsis(actor, LONG)}", note)
        kept = [name for name in self.ticked if name in (*members, *forms)] if actor == self._actor else []
        self._actor = actor
        self._ticks.keep(kept)
        told = {name: f"{ellipsis(name, SHORT)} · merged by hand" for name in members}
        self._ticks.offer(told | {form: f"“{ellipsis(form, LONG)}”" for form in forms if form not in told})
        self._below.layout.display = "" if some else "none"
        kind = one_line(row.get("kind"))
        if kind in KINDS:
            self.kind.value = kind


def _untypeset(label: str) -> str:
    """Return a label in which nothing is read as mathematics: notebooks typeset the words beside a box."""
    return label.replace("\\", "\\\u2060").replace("$", "$\u2060")


class Ticks:
    """Boxes to tick, as many as are needed, which keep the focus while their labels change."""

    def __init__(self, changed: Callable[[], None]) -> None:
        import ipywidgets as w

        self.box = w.VBox([])
        self._names: list[str] = []
        self._kept: dict[str, None] = {}
        self._changed, self._held = changed, False

    @property
    def ticked(self) -> list[str]:
        """The names ticked, in the order of ticking."""
        return list(self._kept)

    def keep(self, names: Iterable[str]) -> None:
        """Let no others be ticked."""
        self._kept = dict.fromkeys(names)

    def offer(self, labels: Mapping[str, str]) -> None:
        """Show a box for each name."""
        self._names = list(labels)
        boxes = list(self.box.children)
        boxes += [self._made(number) for number in range(len(boxes), len(labels))]
        self._held = True
        for number, tick in enumerate(boxes):
            name = self._names[number] if number < len(self._names) else None
            tick.layout.display = "none" if name is None else ""
            tick.description = "" if name is None else _untypeset(labels[name])
            tick.value = name in self._kept
        self._held = False
        self.box.children = boxes

    def _made(self, number: int) -> Any:
        import ipywidgets as w

        def turned(change: Any) -> None:
            if self._held:
                return
            name = self._names[number]
            self._kept = {each: None for each in self._kept if each != name}
            self._kept |= {name: None} if change["new"] else {}
            self._changed()

        tick = w.Checkbox(indent=False, layout=LINE)
        tick.observe(turned, names="value")
        return tick


def button(label: str, act: Callable[[], None], style: str = "") -> Any:
    """Return a button that does something."""
    import ipywidgets

    made = ipywidgets.Button(description=label, button_style=style, layout={"width": "auto"})
    made.on_click(lambda _button: act())
    return made


def hex_of(text: str) -> str:
    """Return a colour as ``#rrggbb``, the empty string where it is none."""
    from matplotlib.colors import is_color_like, to_hex

    given = one_line(text)
    if HEX_COLOUR.fullmatch(given):
        return given.lower()
    return to_hex(given) if given and is_color_like(given) else ""


def _same(name: str, value: str, known: str) -> bool:
    return value == known or (name == "colour" and bool(known) and hex_of(value) == known)


def _as_text(forms: Sequence[str]) -> str:
    """Return forms as a text that reads back as they are."""
    plain = not any(";" in form or form.startswith("[") for form in forms)
    return "; ".join(forms) if plain else json.dumps(list(forms), ensure_ascii=False)
