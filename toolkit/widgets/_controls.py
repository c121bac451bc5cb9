"""Controls and their options: pickers with counts, kept from handing keys on to the notebook."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any

from toolkit.display import ellipsis

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

ALL = "(all)"

# The value of the choice of all, in a control: there None means that nothing is chosen, and the control is blank.
EVERY = object()

Options = list[tuple[str, Any]]

# JupyterLab takes keys for its own commands (d twice deletes the cell) wherever the focus does not stand in a text,
# unless the very element that has it says otherwise. Controls come and go, so the box they stand in is watched.
# The kernel learns of typed text a moment late; what is entered goes with the texts as they stand in the page.
GUARD = """
const CONTROLS = "select, input, button, textarea, summary, a[href], [tabindex]";
const TEXTS = "input[type=text], input:not([type])";
const each = (box, selector, act) => box.querySelectorAll(selector).forEach(act);
const mark = (box) => {
  each(box, CONTROLS, (node) => { node.dataset.lmSuppressShortcuts = "true"; });
  each(box, "input[type=color]", (node) => { node.ariaLabel = "Pick a colour"; });
  each(box, ".tk-status", (node) => node.setAttribute("role", "status"));
  each(box, ".tk-field", (field) => {
    const fault = field.querySelector("[role=alert]");
    each(field, "input, select", (node) => {
      node.ariaInvalid = fault ? "true" : null;
      node.ariaDescription = fault ? fault.textContent : null;
    });
  });
};
const entered = (event) => {
  const form = event.target.closest("[class*=tk-form-]");
  if (event.key !== "Enter" || event.isComposing || !form || !event.target.matches(TEXTS)) return null;
  const values = {};
  each(form, TEXTS, (node) => { if (node.labels[0]) values[node.labels[0].textContent] = node.value; });
  return { form: [...form.classList].find((name) => name.startsWith("tk-form-")).slice(8), values };
};
function render({ model, el }) {
  let watch = null;
  const begin = () => {
    const box = el.closest(".tk-controls");
    if (!box) return;
    mark(box);
    watch = new MutationObserver(() => mark(box));
    watch.observe(box, { childList: true, subtree: true });
    const tell = (event) => { const found = entered(event); if (found) model.send(found); };
    // On the way down: texts let no key further up.
    box.addEventListener("keydown", tell, true);
  };
  const waiting = setInterval(() => {
    if (!el.isConnected) return;
    clearInterval(waiting);
    begin();
  }, 50);
  return () => { clearInterval(waiting); if (watch) watch.disconnect(); };
}
export default { render };
"""

# The arrow that ipywidgets draws is black in every theme; the browser's own follows the ground.
LOOKS = """
.tk-controls .widget-dropdown > select { appearance: auto; background-image: none; }
body[data-jp-theme-light="false"] .tk-controls :is(select, input) { color-scheme: dark; }
"""


def guarded_box(children: Iterable[Any], entered: Callable[[str, dict[str, str]], None] | None = None) -> Any:
    """Return a column of controls whose keys stay with them.

    Parameters
    ----------
    children : iterable of ipywidgets.Widget
        What stands in it.
    entered : callable, optional
        Called at Enter in a text of a `form_of`, with the form's name and its texts by their labels.
    """
    import ipywidgets

    guard = _guard_class()(layout={"display": "none"})
    if entered is not None:
        guard.on_msg(lambda _guard, told, _buffers: entered(str(told["form"]), dict(told["values"])))
    box = ipywidgets.VBox([*children, guard])
    box.add_class("tk-controls")
    return box


def form_of(name: str, children: Iterable[Any], **layout: str) -> Any:
    """Return a column of controls in which Enter does what the form is for."""
    import ipywidgets

    form = ipywidgets.VBox(list(children), layout=layout)
    form.add_class(f"tk-form-{name}")
    return form


@cache
def _guard_class() -> type[Any]:
    from anywidget import AnyWidget

    class Guard(AnyWidget):
        """Keeps the keys pressed in a box of controls from the notebook, and tells what is entered."""

        _esm = GUARD
        _css = LOOKS

    return Guard


def row_of(children: Iterable[Any]) -> Any:
    """Return controls side by side, in several lines where they do not fit into one."""
    import ipywidgets

    return ipywidgets.HBox(list(children), layout={"flex_flow": "row wrap"})


def picker(description: str, options: Options, *, wide: bool = False) -> Any:
    """Return a control to pick one of several options."""
    import ipywidgets

    layout = {"width": "32em" if wide else "22em", "max_width": "100%"}
    return ipywidgets.Dropdown(description=description, options=options, layout=layout)


def counted(
    values: Iterable[str], *, order: Iterable[str] = (), last: str | None = None, also: Iterable[str] = ()
) -> Options:
    """Return options with their counts: first all, then those of a given order, then the most frequent.

    What is among ``also`` alone is counted as none.
    """
    counts = Counter(values)
    counts.update(dict.fromkeys(also, 0))
    rank = {value: place for place, value in enumerate(order)}
    ordered = sorted(counts, key=lambda value: (value == last, rank.get(value, len(rank)), -counts[value], value))
    return [(ALL, EVERY), *((f"{ellipsis(value, 40)} ({counts[value]})", value) for value in ordered)]


def chosen(value: Any) -> Any:
    """Return what a control's value stands for: None for the choice of all."""
    return None if value is EVERY else value


def told_apart(options: Options) -> Options:
    """Return options with a number before the titles that occur more than once."""
    counts = Counter(label for label, _ in options)
    return [
        (f"{place}. {label}" if counts[label] > 1 else label, value)
        for place, (label, value) in enumerate(options, start=1)
    ]
