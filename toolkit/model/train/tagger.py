"""The tagger in torch: MiniLM's encoder over windows, a score for each tag and link of a word, a chain over tags.

The chain (a linear conditional random field, Lafferty et al. 2001) learns which tag follows which.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from toolkit.model.tags import LINKS, LINKS_OF, NEVER, TAGS, begin, well_formed
from toolkit.model.train.encoder import WIDTH, Encoder
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


class Tagger(Encoder):
    """Windows of pieces to scores of tags and links for each piece."""

    def __init__(self, dropout: float = 0.1, **sizes: int) -> None:
        super().__init__(dropout, **sizes)
        self.head = Head()

    def forward(self, ids: Tensor, features: Tensor) -> Tensor:
        """Return scores (batch, pieces, tags + links) for ids (batch, pieces; 0 pads) and features (…, 3)."""
        return self.head.scores(self.dropout(self.states(ids, features)))

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
    scores, within = _opened(scores, opens), _within(scores, lengths)
    chosen = (torch.gather(scores, 2, tags[:, :, None]).squeeze(2) * within).sum(1)
    steps = transitions[tags[:, :-1], tags[:, 1:]]
    chosen = chosen + (steps * within[:, 1:]).sum(1)
    return (_all_paths(scores, within, transitions) - chosen).sum() / lengths.sum()


def guided_loss(scores: Tensor, guides: Tensor, opens: Tensor, lengths: Tensor, transitions: Tensor) -> Tensor:
    """Return the mean cross-entropy, for a word, of the chain with that of teachers.

    Their transitions are taken for the student's own and not learned, so what they cost is left out.

    Parameters
    ----------
    scores : Tensor
        Of tags, shape (batch, words, tags).
    guides : Tensor
        How probable teachers find each tag, shape (batch, words, tags); zeros behind a window's end.
    opens, lengths, transitions : Tensor
        As for :func:`chain_loss`.
    """
    within, transitions = _within(scores, lengths), transitions.detach()
    expected = (scores * guides).sum((1, 2))
    return (_all_paths(_opened(scores, opens), within, transitions) - expected).sum() / lengths.sum()


def guided_links(links: Tensor, guides: Tensor) -> Tensor:
    """Return the mean cross-entropy of links with those of teachers, where these see a cue or a content open.

    Parameters
    ----------
    links : Tensor
        Scores, shape (batch, words, links).
    guides : Tensor
        How probable teachers find each tag and link, shape (batch, words, tags + links).
    """
    tags, sides = guides.split([len(TAGS), len(LINKS)], -1)
    loss, total = links.new_zeros(()), links.new_zeros(())
    for role, own in LINKS_OF.items():
        opens = tags[..., begin(role)]
        logs = torch.log_softmax(links[..., own], -1)
        loss = loss - (opens * (sides[..., own] * logs).sum(-1)).sum()
        total = total + opens.sum()
    return loss / total.clamp(min=1)


def _opened(scores: Tensor, opens: Tensor) -> Tensor:
    """Return scores by which no paragraph opens in the middle of a span."""
    inner = torch.zeros(scores.shape[-1])
    inner[2::2] = NEVER
    return scores + opens[:, :, None] * inner


def _within(scores: Tensor, lengths: Tensor) -> Tensor:
    return torch.arange(scores.shape[1]) < lengths[:, None]


def _all_paths(scores: Tensor, within: Tensor, transitions: Tensor) -> Tensor:
    """Return the log of the sum over all sequences of tags, shape (batch,)."""
    reached = scores[:, 0]
    for word in range(1, scores.shape[1]):
        further = torch.logsumexp(reached[:, :, None] + transitions, 1) + scores[:, word]
        reached = torch.where(within[:, word, None], further, reached)
    return torch.logsumexp(reached, 1)
