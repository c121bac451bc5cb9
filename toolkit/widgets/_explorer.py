"""An explorer: controls beside a view, kept in step by the kernel."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from toolkit.errors import InputError
from toolkit.widgets._controls import EVERY, chosen, guarded_box, row_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from toolkit.views import View


class Explorer:
    """Controls and the view of what they choose.

    Made by `quotation_explorer`, `sentiment_explorer`, `position_explorer` and `timeline_explorer`.

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
        self._box = guarded_box([row_of(controls.values()), self._output])
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
        return {name: chosen(control.value) for name, control in self._controls.items()}

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
        elif value not in (offered := [chosen(each) for _, each in options]):
            some = ", ".join(map(repr, offered[:12])) + (", …" if len(offered) > 12 else "")
            raise InputError(f"selection: {name} {value!r} is not on offer; accepted are {some}")

    def _inward(self, name: str, value: Any) -> Any:
        return EVERY if value is None and hasattr(self._controls[name], "options") else value

    def _refresh(self, _change: Any = None) -> None:
        if not self._held:
            self._view = self._show(**self.selection)
            self._output.value = str(self._view.html)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value
