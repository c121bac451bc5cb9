"""A smaller network cut from a fitted one: some of its layers, and of what these compute the parts that matter most.

What is left has to learn on: a student that begins like this needs few steps to come near its teacher, as in
DistilBERT (Sanh et al. 2019), which keeps every second layer; the units kept within layers are chosen as for weights by
their size times that of what passes through them (Sun et al. 2024, Wanda).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import torch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from torch import Tensor, nn

    Network = TypeVar("Network", bound=nn.Module)


def shrink(model: nn.Module, smaller: Network, kept: Sequence[int], run: Callable[[], object]) -> Network:
    """Return ``smaller`` with the weights of a fitted model that it has room for.

    Parameters
    ----------
    model : Module
        With ``layers``, each a :class:`toolkit.model.train.encoder.Layer`.
    smaller : Module
        Of the same kind, with fewer layers or narrower ones.
    kept : sequence of int
        The model's layers that stay, one for each of the smaller one's.
    run : callable
        Runs the model over a sample, which tells how large the states within layers become.
    """
    state, layers = model.state_dict(), list(smaller.layers)
    sizes = _sizes(model.layers, run)
    found = {name: value for name, value in state.items() if not name.startswith("layers.")}
    for index, (source, layer) in enumerate(zip(kept, layers, strict=True)):
        units = _chosen(sizes[source] * state[f"layers.{source}.outer.weight"].norm(dim=0), layer.inner.out_features)
        for name in layer.state_dict():
            found[f"layers.{index}.{name}"] = _part(name, state[f"layers.{source}.{name}"], units)
    smaller.load_state_dict(found)
    return smaller


def _chosen(worth: Tensor, count: int) -> Tensor:
    return worth.topk(count).indices.sort().values


def _part(name: str, value: Tensor, units: Tensor) -> Tensor:
    if name.startswith("inner."):
        return value[units]
    return value[:, units] if name == "outer.weight" else value


def _sizes(layers: Iterable[Any], run: Callable[[], object]) -> list[Tensor]:
    """Return the root mean square of what passes each inner unit of each layer in a run."""
    layers = list(layers)
    squares = [torch.zeros(layer.inner.out_features) for layer in layers]

    def watch(index: int) -> Callable[[Any, tuple[Tensor, ...]], None]:
        def note(_module: Any, inputs: tuple[Tensor, ...]) -> None:
            squares[index] += inputs[0].detach().float().flatten(0, -2).square().sum(0)

        return note

    hooks = [layer.outer.register_forward_pre_hook(watch(index)) for index, layer in enumerate(layers)]
    run()
    for hook in hooks:
        hook.remove()
    return [each.sqrt() for each in squares]
