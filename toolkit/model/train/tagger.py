"""The tagger in torch: MiniLM's encoder over windows, a score for each tag and link of a word, a chain over tags.

The chain (a linear conditional random field, Lafferty et al. 2001) learns which tag follows which.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from toolkit.model.tags import LINKS, NEVER, TAGS, well_formed
from toolkit.model.train.encoder import LAYERS, POSITIONS, VOCABULARY, WIDTH, Layer
from toolkit.model.words import N_FEATURES

if TYPE_CHECKING:
    from toolkit.model.train.batches import Batch


class Head(nn.Module):
    """What is learned from nothing: vectors of the words' features, scores of tags and links, and the chain."""

    def __init__(self) -> None:
        super().__init__()
        self.features = nn.Embedding(N_FEATURES, WIDTH)
        nn.init.zeros_(self.features.weight)
        self.scores = nn.Linear(WIDTH, len(TAGS) + len(LINKS))
        self.learned = nn.Parameter(torch.zeros(len(TAGS), len(TAGS)))
        self.register_buffer("rules", torch.tensor(well_formed()), persistent=False)

    @property
    def transitions(self) -> Tensor:
        """Scores (from, to) of one tag behind another, ill-formed steps ruled out."""
        return self.learned + self.rules


class Tagger(nn.Module):
    """Windows of pieces to scores of tags and links for each piece."""

    def __init__(self, dropout: float = 0.1, layers: int = LAYERS) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, WIDTH)
        self.places = nn.Embedding(POSITIONS, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, 1e-12)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList([Layer(dropout) for _ in range(layers)])
        self.head = Head()

    def forward(self, ids: Tensor, features: Tensor) -> Tensor:
        """Return scores (batch, pieces, tags + links) for ids (batch, pieces; 0 pads) and features (…, 3)."""
        bias = ((ids == 0).to(torch.float32) * -1e4)[:, None, None, :]
        states = self.words(ids) + self.places.weight[: ids.shape[1]] + self.head.features(features).sum(2)
        states = self.dropout(self.norm(states))
        for layer in self.layers:
            states = layer(states, states, bias)
        return self.head.scores(self.dropout(states))

    def word_scores(self, batch: Batch) -> tuple[Tensor, Tensor]:
        """Return the scores (batch, words, …) of tags and of links."""
        places = batch.firsts[:, :, None].expand(-1, -1, len(TAGS) + len(LINKS))
        scores = torch.gather(self(batch.ids, batch.features).float(), 1, places)
        return scores.split([len(TAGS), len(LINKS)], -1)


def chain_loss(scores: Tensor, tags: Tensor, opens: Tensor, lengths: Tensor, transitions: Tensor) -> Tensor:
    """Return the mean negative log likelihood of a word's tag under the chain.

    Parameters
    ----------
    scores : Tensor
        Of tags, shape (batch, words, tags).
    tags : Tensor
        Gold, shape (batch, words), int64; those behind a window's end are not looked at.
    opens : Tensor
        Words that open a paragraph, shape (batch, words), bool.
    lengths : Tensor
        Words in each window, shape (batch,), int64.
    transitions : Tensor
        Scores (from, to), ill-formed steps ruled out.
    """
    inner = torch.zeros(scores.shape[-1])
    inner[2::2] = NEVER
    scores = scores + opens[:, :, None] * inner
    within = torch.arange(scores.shape[1]) < lengths[:, None]
    chosen = (torch.gather(scores, 2, tags[:, :, None]).squeeze(2) * within).sum(1)
    steps = transitions[tags[:, :-1], tags[:, 1:]]
    chosen = chosen + (steps * within[:, 1:]).sum(1)
    reached = scores[:, 0]
    for word in range(1, scores.shape[1]):
        further = torch.logsumexp(reached[:, :, None] + transitions, 1) + scores[:, word]
        reached = torch.where(within[:, word, None], further, reached)
    return (torch.logsumexp(reached, 1) - chosen).sum() / lengths.sum()
