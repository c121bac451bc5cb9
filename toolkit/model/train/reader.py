"""The reader in torch: MiniLM's encoder over windows, and heads for names, tags, forms and trees.

Trees come from biaffine scores of each word's head and relation (Dozat and Manning 2017).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import torch
from torch import Tensor, nn

from toolkit.model.train.encoder import WIDTH, Encoder
from toolkit.model.words import N_FEATURES

if TYPE_CHECKING:
    from toolkit.model.parsing_labels import Labels

ARC = 160
RELATION = 64
TAGGED = 128
PARTS = {
    "tagged": TAGGED,
    "arc_dependent": ARC,
    "arc_head": ARC,
    "dependents": RELATION,
    "heads": RELATION,
}
"""What a word's state is projected to, and how wide."""
LEAK = 0.1


class Scores(NamedTuple):
    """Scores of words (batch, words, …), and what relations are scored from: ``dependents`` and ``heads``.

    ``arcs`` (batch, words, words) say of each word (row) how well each other is its head; a root is its own.
    """

    names: Tensor
    tags: Tensor
    forms: Tensor
    arcs: Tensor
    dependents: Tensor
    heads: Tensor


class Head(nn.Module):
    """What is learned from nothing: vectors of the words' features, and all that is told of a word."""

    def __init__(self, labels: Labels, dropout: float) -> None:
        super().__init__()
        self.features = nn.Embedding(N_FEATURES, WIDTH)
        nn.init.zeros_(self.features.weight)
        self.names = nn.Linear(WIDTH, len(labels.names))
        self.parts = nn.Linear(WIDTH, sum(PARTS.values()))
        self.dropout = nn.Dropout(2 * dropout)
        self.tags, self.forms = nn.Linear(TAGGED, len(labels.tags)), nn.Linear(TAGGED, len(labels.forms))
        self.arc = nn.Parameter(torch.zeros(ARC + 1, ARC))
        self.relation = nn.Parameter(torch.zeros(RELATION + 1, len(labels.deps), RELATION + 1))
        for weight in (self.arc, self.relation):
            nn.init.normal_(weight, std=0.05)

    def forward(self, states: Tensor) -> Scores:
        """Return all scores of words' states (batch, words, width)."""
        parts = self.dropout(nn.functional.leaky_relu(self.parts(states), LEAK))
        tagged, dependent, head, dependents, heads = parts.split(list(PARTS.values()), -1)
        arcs = with_one(dependent) @ self.arc @ head.transpose(1, 2)
        return Scores(self.names(states), self.tags(tagged), self.forms(tagged), arcs, dependents, heads)

    def relations(self, dependents: Tensor, heads: Tensor) -> Tensor:
        """Return the scores (n, relations) of the relations between rows of dependents and of heads (n, RELATION)."""
        partial = torch.einsum("ni,irj->nrj", with_one(dependents), self.relation)
        return (partial @ with_one(heads)[:, :, None])[:, :, 0]


class Reader(Encoder):
    """Windows of pieces to the scores of their words."""

    def __init__(self, labels: Labels, dropout: float = 0.1, **sizes: int) -> None:
        # Made first: so the packaged weights began.
        head = Head(labels, dropout)
        super().__init__(dropout, **sizes)
        self.head = head

    def forward(self, ids: Tensor, features: Tensor, firsts: Tensor) -> Scores:
        """Return the scores of the words whose first pieces are at ``firsts`` (batch, words)."""
        states = self.dropout(self.states(ids, features))
        return self.head(torch.gather(states, 1, firsts[:, :, None].expand(-1, -1, WIDTH)))


def with_one(states: Tensor) -> Tensor:
    """Return states with a further column of ones."""
    return torch.cat([states, torch.ones_like(states[..., :1])], -1)
