"""Controls and their options: pickers with counts, kept from handing keys on to the notebook."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any

from toolkit.display import ellipsis

if TYPE_CHECKING:
    from collections.abc import Iterable

ALL = "(all)"

# The value of the choice of all, in a control: there None means that nothing is chosen, and the control is blank.
EVERY = object()

Options = list[tuple[str, Any]]

# JupyterLab takes keys for its own commands (d twice deletes the cell) wherever the focus does not stand in a text,
# unless the very element that has it says otherwise. Controls come and go, so the box they stand in is watched.
GUARD = """
const CONTROLS = "select, input, button, textarea, summary, a[href], [tabindex]";
const mark = (box) => box.querySelectorAll(CONTROLS).forEach((node) => { node.dataset.lmSuppressShortcuts = "true"; });
function render({ el }) {
  let watch = null;
  const begin = () => {
    const box = el.closest(".tk-controls");
    if (!box) return;
    mark(box);
    watch = new MutationObserver(() => mark(box));
    watch.observe(box, { childList: true, subtree: true });
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


def guarded_box(children: Iterable[Any]) -> Any:
    """Return a column of controls whose keys stay with them."""
    import ipywidgets

    guard = _guard_class()(layout={"display": "none"})
    box = ipywidgets.VBox([*children, guard])
    box.add_class("tk-controls")
    return box


@cache
def _guard_class() -> type[Any]:
    from anywidget import AnyWidget

    class Guard(AnyWidget):
        """Keeps the keys pressed in a box of controls from the notebook."""

        _esm = GUARD

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


def counted(values: Iterable[str], *, order: Iterable[str] = (), last: str | None = None) -> Options:
    """Return options with their counts: first all, then those of a given order, then the most frequent."""
    counts = Counter(values)
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
