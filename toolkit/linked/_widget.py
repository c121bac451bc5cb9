"""The linked view as a widget that the kernel and the page keep in step."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from toolkit.linked import _assets

if TYPE_CHECKING:
    from toolkit.linked.view import LinkedView


def widget_of(view: LinkedView) -> Any:
    """Return a widget that shows a view and begins with its filters and selection."""
    return _widget_class()(view)


@cache
def _widget_class() -> type[Any]:
    import traitlets
    from anywidget import AnyWidget

    class LinkedWidget(AnyWidget):
        """A linked view in step with the kernel.

        Attributes
        ----------
        filters, selection : dict
            As of :class:`~toolkit.linked.LinkedView`; read them after clicking, or set them to move the view.
        data : str
            What is shown, as JSON.
        """

        _esm = _assets.widget_module()
        _css = _assets.style()
        data = traitlets.Unicode("{}").tag(sync=True)
        filters = traitlets.Dict().tag(sync=True)
        selection = traitlets.Dict().tag(sync=True)

        def __init__(self, view: LinkedView) -> None:
            self._view = view
            super().__init__(data=view.payload(), filters=view.filters, selection=view.selection)

        @traitlets.validate("filters")
        def _check_filters(self, proposal: dict[str, Any]) -> dict[str, str]:
            return self._view.check(proposal["value"], {})[0]

        @traitlets.validate("selection")
        def _check_selection(self, proposal: dict[str, Any]) -> dict[str, Any]:
            return self._view.check({}, proposal["value"])[1]

        def show(self, view: LinkedView) -> None:
            """Show another view in place of this one, with that one's filters and selection."""
            self._view = view
            # The state before the data: the page reads both when the data change.
            with self.hold_sync():
                self.filters, self.selection = view.filters, view.selection
                self.data = view.payload()

        @property
        def view(self) -> LinkedView:
            """A view of the current choice, which needs no kernel to be shown."""
            self._view.filters, self._view.selection = self.filters, self.selection
            return self._view

        def _repr_mimebundle_(self, **options: Any) -> Any:
            bundle = super()._repr_mimebundle_(**options)
            data, metadata = bundle if isinstance(bundle, tuple) else (bundle or {}, {})
            static = self.view._repr_mimebundle_()
            return {**data, **static}, metadata

    return LinkedWidget
