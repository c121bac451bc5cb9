"""The upper layers of the tagger in torch: they learn statements of both levels and modes above fixed shared layers.

What the shared layers give is taken from their packaged int8 weights, so that the upper ones learn from just what they
will be given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor, nn

from toolkit.model.tags import LEVEL, LEVELS, OF_MODES, SCORES, TAGS
from toolkit.model.train.batches import Batch, collate, encoded_of
from toolkit.model.train.encoder import WIDTH, Layer
from toolkit.model.train.tagger import guided_links, guided_loss
from toolkit.model.trunk_reader import LAYERS as SHARED
from toolkit.model.window_scores import own_places, piece_inputs
from toolkit.model.words import encode, windows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray
    from onnxruntime import InferenceSession

    from toolkit.model.train.batches import Piece
    from toolkit.model.words import Encoded, Words

LAYERS, INNER = 2, 1024
LINKED, OF_MODE = 0.2, 0.2
"""How much the losses of links and of modes weigh beside that of the tags, which is that of one word."""
RARE = 2.0
"""By how much the score of no tag is raised for statements inside others before anything is learned of them."""


class Branch(nn.Module):
    """States of pieces, as the shared layers give them, to scores of both levels and of modes.

    Parts are named as in a whole network. The chain's transitions are those that the tagger brings, for both levels.

    Parameters
    ----------
    transitions : ndarray
        Of one tag behind another, shape (tags, tags), float32.
    dropout : float
    """

    transitions: Tensor

    def __init__(self, transitions: NDArray[np.float32], dropout: float = 0.1) -> None:
        super().__init__()
        self.layers = nn.ModuleDict({str(SHARED + index): Layer(dropout, INNER) for index in range(LAYERS)})
        self.dropout = nn.Dropout(dropout)
        self.head = nn.ModuleDict({"scores": nn.Linear(WIDTH, SCORES)})
        self.register_buffer("transitions", torch.tensor(transitions), persistent=False)

    def forward(self, states: Tensor, lengths: Tensor) -> Tensor:
        """Return scores (batch, pieces, SCORES) for states (batch, pieces, width) of windows of so many pieces."""
        behind = torch.arange(states.shape[1]) >= lengths[:, None]
        bias = (behind.to(torch.float32) * -1e4)[:, None, None, :]
        for layer in self.layers.values():
            states = layer(states, states, bias)
        return self.head["scores"](self.dropout(states))


def begun(weights: Mapping[str, NDArray[np.float32]], transitions: NDArray[np.float32]) -> Branch:
    """Return a branch that knows of statements what a tagger does, and of those inside others half as much.

    A tagger that knows of both goes on as it is.

    Parameters
    ----------
    weights : mapping of str to ndarray
        Of a whole tagger or of its upper layers, by name; its head scores the tags and links of one level, or all.
    transitions : ndarray
        The tagger's, shape (tags, tags), float32.
    """
    torch.manual_seed(0)
    model = Branch(transitions)
    state = model.state_dict()
    state |= {name: torch.tensor(weights[name]) for name in state if name.startswith("layers.")}
    if len(weights["head.scores.bias"]) == SCORES:
        model.load_state_dict(state | {name: torch.tensor(weights[name]) for name in state if name in weights})
        return model
    weight, bias = (torch.zeros_like(state[f"head.scores.{part}"]) for part in ("weight", "bias"))
    for level, share in zip(LEVELS, (1.0, 0.5), strict=True):
        weight[level] = share * torch.tensor(weights["head.scores.weight"][:LEVEL])
        bias[level] = torch.tensor(weights["head.scores.bias"][:LEVEL])
    bias[LEVELS[1].start] += RARE
    model.load_state_dict(state | {"head.scores.weight": weight, "head.scores.bias": bias})
    return model


def brought_back(model: Branch, known: Branch, kept: float) -> Branch:
    """Return a branch between what was learned and what it began with; of what is new, all that was learned is kept.

    Parameters
    ----------
    model, known : Branch
    kept : float
        Share of what was learned.
    """
    learned, before = model.state_dict(), known.state_dict()
    mean = {name: torch.lerp(before[name], learned[name], kept) for name in learned}
    for part in ("head.scores.weight", "head.scores.bias"):
        mean[part][LEVEL:] = learned[part][LEVEL:]
    known.load_state_dict(mean)
    return known


class Shared:
    """The shared layers, as a session of their int8 weights."""

    def __init__(self, session: InferenceSession) -> None:
        self._session = session

    def states(self, encoded: Sequence[Encoded]) -> tuple[Tensor, Tensor]:
        """Return the states of windows (batch, longest, width), and how many pieces each has."""
        # One by one: these weights take no padding for such.
        found = [torch.from_numpy(self._session.run(["states"], piece_inputs(one))[0][0]) for one in encoded]
        return nn.utils.rnn.pad_sequence(found, batch_first=True), torch.tensor([len(one.ids) for one in encoded])


def loss_of(model: Branch, pieces: Sequence[Piece], shared: Shared, straight: dict[int, int]) -> Tensor:
    """Return what there is to learn from windows; of those without rows of the second level, the first alone."""
    batch = collate(pieces, straight)
    scores = model(*shared.states([encoded_of(piece, straight) for piece in pieces]))
    scores = torch.gather(scores, 1, batch.firsts[:, :, None].expand(-1, -1, SCORES))
    loss = _level_loss(model, scores, batch, LEVELS[0])
    whole = batch.whole.nonzero()[:, 0]
    if len(whole):
        inner = Batch(*(None if part is None else part[whole] for part in batch))
        share = float(inner.lengths.sum() / batch.lengths.sum())
        loss = loss + share * _level_loss(model, scores[whole], inner, LEVELS[1])
        loss = loss + OF_MODE * _mode_loss(scores[whole], inner)
    return loss


def _level_loss(model: Branch, scores: Tensor, batch: Batch, level: slice) -> Tensor:
    assert batch.guides is not None
    own, guides = scores[..., level], batch.guides[..., level]
    tags = own[..., : len(TAGS)], guides[..., : len(TAGS)]
    links = guided_links(own[..., len(TAGS) :], guides)
    return guided_loss(*tags, batch.opens, batch.lengths, model.transitions) + LINKED * links


def _mode_loss(scores: Tensor, batch: Batch) -> Tensor:
    assert batch.guides is not None
    gold = batch.guides[..., OF_MODES]
    return -(gold * torch.log_softmax(scores[..., OF_MODES], -1)).sum() / gold.sum().clamp(min=1)


def scores_of(model: Branch, words: Words, shared: Shared) -> NDArray[np.float32]:
    """Return the scores (words, SCORES) of an article's words."""
    model.eval()
    found = np.zeros((len(words), SCORES), np.float32)
    for window in windows(words):
        encoded = encode(words, window.start, window.end)
        with torch.no_grad():
            scores = model(*shared.states([encoded]))[0].numpy()
        found[window.own : window.own_end] = scores[own_places(window, encoded)]
    return found
