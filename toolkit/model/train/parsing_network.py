"""The parsing network in torch: one reading of the words, and heads for tags, forms, trees and names.

Two bidirectional recurrent layers over embedded words; trees by biaffine scores of each word's head and relation
(Dozat and Manning 2017).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor, nn

from toolkit.model.parsing_features import SIZES

if TYPE_CHECKING:
    from numpy.typing import NDArray

WIDTHS = {
    "norm": 64,
    "norm_again": 64,
    "prefix": 24,
    "suffix2": 24,
    "suffix3": 32,
    "suffix4": 24,
    "shape": 32,
    "listed": 16,
    "word_list": 8,
    "layout": 8,
}
"""Width of each column's embedding; both rows of a word's form are added."""
MIXED = 192
HIDDEN = 160
ARC = 160
RELATION = 64
TAGGED = 128


@dataclass(frozen=True, slots=True)
class Classes:
    """How many classes each head tells apart."""

    tags: int
    forms: int
    deps: int
    names: int


class Recurrent(nn.Module):
    """One layer that reads forwards and backwards; each example backwards from its own end, whatever pads it."""

    def __init__(self, inputs: int) -> None:
        super().__init__()
        self.onwards = nn.LSTM(inputs, HIDDEN, batch_first=True)
        self.back = nn.LSTM(inputs, HIDDEN, batch_first=True)

    def forward(self, states: Tensor, reversal: Tensor) -> Tensor:
        """Return states (batch, tokens, 2 * HIDDEN); ``reversal`` (batch, tokens) is each example's order reversed."""
        turned = torch.gather(states, 1, reversal[:, :, None].expand(-1, -1, states.shape[2]))
        back = self.back(turned)[0]
        back = torch.gather(back, 1, reversal[:, :, None].expand(-1, -1, HIDDEN))
        return torch.cat([self.onwards(states)[0], back], 2)


class Conv(nn.Module):
    """A convolution over a word and its two neighbours, added to what it read."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv1d(MIXED, MIXED, 3, padding=1)
        self.norm = nn.LayerNorm(MIXED)

    def forward(self, states: Tensor) -> Tensor:
        """Return states (batch, tokens, MIXED)."""
        return self.norm(states + torch.relu(self.conv(states.transpose(1, 2))).transpose(1, 2))


class ParsingNetwork(nn.Module):
    """Features (batch, tokens, columns) and lengths (batch) to the scores of all heads."""

    def __init__(self, vectors: NDArray[Any], classes: Classes, dropout: float = 0.33) -> None:
        super().__init__()
        self.vectors = nn.Embedding.from_pretrained(torch.tensor(vectors, dtype=torch.float32), freeze=True)
        columns = {name: size for name, size in SIZES.items() if name != "norm_again"}
        self.tables = nn.ModuleDict({name: nn.Embedding(size, WIDTHS[name]) for name, size in columns.items()})
        for table in self.tables.values():
            nn.init.normal_(table.weight, std=0.3)
        width = vectors.shape[1] + sum(WIDTHS[name] for name in columns)
        self.mix = nn.Sequential(nn.Linear(width, MIXED), nn.LayerNorm(MIXED))
        self.conv = Conv()
        self.first, self.second = Recurrent(MIXED), Recurrent(2 * HIDDEN)
        self.dropout = nn.Dropout(dropout)
        read = 4 * HIDDEN
        self.tag = nn.Sequential(nn.Linear(read, TAGGED), nn.ReLU(), nn.Dropout(dropout))
        self.name = nn.Sequential(nn.Linear(read, TAGGED), nn.ReLU(), nn.Dropout(dropout))
        self.tags, self.forms = nn.Linear(TAGGED, classes.tags), nn.Linear(TAGGED, classes.forms)
        self.names = nn.Linear(TAGGED, classes.names)
        self.arc_dependent, self.arc_head = (_projection(ARC, dropout) for _ in range(2))
        self.arc = nn.Parameter(torch.zeros(ARC + 1, ARC))
        self.relation_dependent, self.relation_head = (_projection(RELATION, dropout) for _ in range(2))
        self.relation = nn.Parameter(torch.zeros(RELATION + 1, classes.deps, RELATION + 1))
        nn.init.normal_(self.relation, std=0.05)
        nn.init.normal_(self.arc, std=0.05)

    def read(self, features: Tensor, lengths: Tensor) -> Tensor:
        """Return states of both recurrent layers (batch, tokens, 4 * HIDDEN)."""
        columns = features.unbind(2)
        embedded = [self.vectors(columns[0])]
        for place, name in enumerate(SIZES, 1):
            if name == "norm_again":
                embedded[1] = embedded[1] + self.tables["norm"](columns[place])
            else:
                embedded.append(self.tables[name](columns[place]))
        places = torch.arange(features.shape[1], device=features.device)[None]
        inside = (places < lengths[:, None])[:, :, None].to(torch.float32)
        states = self.dropout(torch.relu(self.mix(torch.cat(embedded, 2)))) * inside
        states = self.dropout(self.conv(states))
        reversal = torch.where(places < lengths[:, None], lengths[:, None] - 1 - places, places)
        first = self.dropout(self.first(states, reversal))
        second = self.dropout(self.second(first, reversal))
        return torch.cat([first, second], 2)

    def arcs(self, states: Tensor) -> Tensor:
        """Return the scores (batch, dependent, head); a root is its own head."""
        dependent, head = self.arc_dependent(states), self.arc_head(states)
        return _with_one(dependent) @ self.arc @ head.transpose(1, 2)

    def forward(self, features: Tensor, lengths: Tensor) -> tuple[Tensor, ...]:
        """Return scores of tags, forms, names and arcs, and what relations are scored from: dependents and heads."""
        states = self.read(features, lengths)
        tagged = self.tag(states)
        return (
            self.tags(tagged),
            self.forms(tagged),
            self.names(self.name(states)),
            self.arcs(states),
            self.relation_dependent(states),
            self.relation_head(states),
        )

    def relations(self, dependents: Tensor, heads: Tensor) -> Tensor:
        """Return the scores (n, classes) of the relations between rows of dependents and their heads (n, RELATION)."""
        partial = torch.einsum("ni,irj->nrj", _with_one(dependents), self.relation)
        return (partial @ _with_one(heads)[:, :, None])[:, :, 0]


def _projection(width: int, dropout: float) -> nn.Module:
    return nn.Sequential(nn.Linear(4 * HIDDEN, width), nn.LeakyReLU(0.1), nn.Dropout(dropout))


def _with_one(states: Tensor) -> Tensor:
    return torch.cat([states, torch.ones_like(states[..., :1])], -1)
