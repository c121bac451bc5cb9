"""The linked view as a widget that the kernel and the page keep in step."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from toolkit.linked import _assets
from toolkit.linked._keeping import IN_PYTHON, Correcting, begun, parted

if TYPE_CHECKING:
    from toolkit.corrections import Corrections
    from toolkit.linked.view import LinkedView


def widget_of(view: LinkedView, corrections: Corrections | None = None) -> Any:
    """Return a widget that shows a view and begins with its filters, its selection and corrections; see there."""
    return _widget_class()(view, corrections)


@cache
def _widget_class() -> type[Any]:
    import traitlets
    from anywidget import AnyWidget

    class LinkedWidget(Correcting, AnyWidget):
        """A linked view in step with the kernel.

        Attributes
        ----------
        filters, selection : dict
            As of :class:`~toolkit.linked.LinkedView`; read them after clicking, or set them to move the view.
        lines : list of dict
            The corrections as they are synced, all of them texts; ``corrections`` gives them as a frame.
        kept : str
            Where they are kept, or why they could not be.
        data : str
            What is shown at first, as JSON; the page asks for more rows and for texts by messages.
        """

        _esm = _assets.widget_module()
        _css = _assets.style()
        data = traitlets.Unicode("{}").tag(sync=True)
        filters = traitlets.Dict().tag(sync=True)
        selection = traitlets.Dict().tag(sync=True)
        lines: Any = traitlets.List().tag(sync=True)
        kept: Any = traitlets.Unicode(IN_PYTHON).tag(sync=True)

        def __init__(self, view: LinkedView, corrections: Corrections | None) -> None:
            lines, held = begun(corrections)
            kept = str(held) if held else IN_PYTHON
            data = self._begin(view)
            super().__init__(data=data, filters=view.filters, selection=view.selection, lines=lines, kept=kept)
            self._file = held
            self.observe(lambda change: self._keep(change["new"]), "lines")
            self.on_msg(self._answer)

        def _begin(self, view: LinkedView) -> str:
            """Turn to a view; return what its page begins with."""
            self._view = view
            begun, self._parts = view.parts()
            return begun

        def _answer(self, _widget: Any, content: Any, _buffers: Any) -> None:
            """Send the part that a page asks for; a page that still shows another view may ask for none."""
            name = content.get("ask") if isinstance(content, dict) else None
            if name in self._parts:
                self.send({"part": name}, buffers=[self._parts[name]])

        @traitlets.validate("filters")
        def _check_filters(self, proposal: dict[str, Any]) -> dict[str, str]:
            known, new = parted(proposal["value"], self.lines)
            found = self._view.check(known, {})[0] | new
            return {key: found[key] for key in proposal["value"] if key in found}

        @traitlets.validate("selection")
        def _check_selection(self, proposal: dict[str, Any]) -> dict[str, Any]:
            return self._view.check({}, proposal["value"])[1]

        def show(self, view: LinkedView) -> None:
            """Show another view in place of this one, with that one's filters and selection."""
            data = self._begin(view)
            # The state before the data: the page reads both when the data change.
            with self.hold_sync():
                self.filters, self.selection = view.filters, view.selection
                self.data = data

        @property
        def view(self) -> LinkedView:
            """A view of the current choice, which needs no kernel to be shown."""
            self._view.filters, self._view.selection = parted(self.filters, self.lines)[0], self.selection
            return self._view

        def _repr_mimebundle_(self, **options: Any) -> Any:
            bundle = super()._repr_mimebundle_(**options)
            data, metadata = bundle if isinstance(bundle, tuple) else (bundle or {}, {})
            static = self.view._repr_mimebundle_()
            return {**data, **static}, metadata

    return LinkedWidget
