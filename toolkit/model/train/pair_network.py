"""The reader of pairs in torch: a classifier of targets whose last layer is asked about each pair."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from toolkit.model.pair_reader import Flag
from toolkit.model.train.encoder import CLASSES, WIDTH, Encoder, load_pretrained

if TYPE_CHECKING:
    from pathlib import Path

LAYERS = 5
INNER = 896
FROZEN = 3
"""Layers that stay as they are, so that what they make of a sentence is computed once."""


class Head(nn.Module):
    """What is asked of a pair, and what is made of the answer.

    Questions begin as those of the classifier it starts from, "who is this?" of the target alone: what the holder and
    the flags add is nothing at first.
    """

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.flags = nn.Linear(len(Flag), 2 * WIDTH, bias=False)
        self.both, self.change = nn.Linear(2 * WIDTH, WIDTH), nn.Linear(WIDTH, 2 * WIDTH)
        self.hidden, self.classes = nn.Linear(2 * WIDTH, WIDTH), nn.Linear(WIDTH, CLASSES)
        self.dropout = nn.Dropout(2 * dropout)
        for part in (self.flags.weight, self.change.weight, self.change.bias):
            nn.init.zeros_(part)

    def queries(self, states: Tensor, holders: Tensor, targets: Tensor, flags: Tensor) -> Tensor:
        """Return two queries (batch, 2 · pairs, width) for each pair: one of the sentence, one of the target."""
        holder, target = _mean(states, holders), _mean(states, targets)
        inner = nn.functional.gelu(self.both(torch.cat([holder, target], -1)))
        change = self.change(self.dropout(inner)) + self.flags(flags)
        first = states[:, :1].expand(-1, targets.shape[1], -1)
        return (torch.cat([first, target], -1) + change).reshape(len(states), -1, WIDTH)

    def forward(self, answers: Tensor) -> Tensor:
        """Return logits (batch, pairs, 3) for the answers (batch, 2 · pairs, width)."""
        answers = answers.reshape(len(answers), -1, 2 * WIDTH)
        return self.classes(self.dropout(torch.tanh(self.hidden(answers))))


def _mean(states: Tensor, marks: Tensor) -> Tensor:
    """Return the mean (batch, pairs, width) of the states at marks (batch, pairs, pieces), zero without any."""
    return marks @ states / marks.sum(-1, keepdim=True).clamp(min=1)


class PairNetwork(Encoder):
    """Ids of a sentence's pieces, and the marks and flags of pairs in it, to logits: negative, none, positive."""

    head: Head

    def __init__(self, dropout: float = 0.1, layers: int = LAYERS, inner: int = INNER, frozen: int = FROZEN) -> None:
        super().__init__(dropout, layers, inner)
        self.head = Head(dropout)
        self.frozen = frozen

    def learns(self, name: str) -> bool:
        """Tell whether a weight is of the head, or of a layer that is not frozen."""
        open_layers = range(self.frozen, len(self.layers))
        return name.startswith(("head.", *(f"layers.{index}." for index in open_layers)))

    def below(self, ids: Tensor) -> Tensor:
        """Return the states (batch, pieces, width) behind the frozen layers."""
        states = self.norm(self.words(ids) + self.places.weight[: ids.shape[1]])
        for layer in self.layers[: self.frozen]:
            states = layer(states, states, _bias(ids))
        return states

    def forward(self, ids: Tensor, states: Tensor, holders: Tensor, targets: Tensor, flags: Tensor) -> Tensor:
        """Return logits (batch, pairs, 3), given the states behind the frozen layers, marks and flags as floats."""
        for layer in self.layers[self.frozen : -1]:
            states = layer(states, states, _bias(ids))
        queries = self.head.queries(states, holders, targets, flags)
        return self.head(self.layers[-1](queries, states, _bias(ids)))


def _bias(ids: Tensor) -> Tensor:
    return ((ids == 0).to(torch.float32) * -1e4)[:, None, None, :]


def from_classifier(path: Path, pretrained: Path, frozen: int = FROZEN) -> PairNetwork:
    """Return a network that begins as a packaged classifier of targets, its weights as the bytes they were rounded to.

    Parameters
    ----------
    path : Path
        ``model.onnx`` of the sentiment recipe.
    pretrained : Path
        all-MiniLM-L6-v2, for the vectors of pieces, and of places that the classifier never reads.
    frozen : int
        Layers that stay as they are.
    """
    import onnx
    from onnx import numpy_helper

    given = {one.name: torch.tensor(numpy_helper.to_array(one)) for one in onnx.load(path).graph.initializer}
    base = Encoder()
    base.head = nn.Identity()
    load_pretrained(base, pretrained)
    places = base.places.weight.detach().clone()
    places[: len(given["positions"])] = given["positions"]
    model = PairNetwork(frozen=frozen)
    names = {"head.0": "head.hidden", "head.3": "head.classes"}
    state = {"words.weight": base.words.weight, "places.weight": places}
    for name, value in given.items():
        stem, _, part = name.rpartition(".")
        own = names.get(stem, stem)
        if part == "int8":
            state[f"{own}.weight"] = (value.float() * given[f"{stem}.scale"]).T
        elif part in {"weight", "bias"}:
            state[f"{own}.{part}"] = value
    missing = model.load_state_dict(state, strict=False).missing_keys
    assert all(name.startswith(("head.flags", "head.both", "head.change")) for name in missing), missing
    return model
