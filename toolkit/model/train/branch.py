"""A reader above the shared layers in torch: layers over windows, scores and vectors of words, a chain over tags.

The shared layers stay as they are packaged, so what they give for an article is computed but once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import torch
from torch import Tensor, nn

from toolkit.model.tags import well_formed
from toolkit.model.train.batches import pad
from toolkit.model.train.encoder import WIDTH, Encoder
from toolkit.model.train.tagger import chain_loss
from toolkit.model.trunk_reader import LAYERS as SHARED
from toolkit.model.window_scores import own_places
from toolkit.model.words import MAX_PIECES, N_FEATURES, encode, windows

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from toolkit.model.event_pairs import Spot
    from toolkit.model.words import Words

LAYERS, INNER = 4, 1024
LENGTHS = (MAX_PIECES, 170)
"""Most pieces of the windows that an article is cut into, now in the one way and now in the other."""
HIDDEN = 64


def small(size: int, outputs: int, dropout: float = 0.2) -> nn.Sequential:
    """Return a network of one hidden layer."""
    return nn.Sequential(nn.Linear(size, HIDDEN), nn.ReLU(), nn.Dropout(dropout), nn.Linear(HIDDEN, outputs))


class Head(nn.Module):
    """What is learned from nothing: scores and vectors of words, and the chain; the small networks are added to it.

    Parameters
    ----------
    tags : sequence of str
    scores : int
        Numbers that a word has, those of its tags first.
    """

    def __init__(self, tags: Sequence[str], scores: int) -> None:
        super().__init__()
        self.features = nn.Embedding(N_FEATURES, WIDTH)
        nn.init.zeros_(self.features.weight)
        self.scores = nn.Linear(WIDTH, scores)
        self.learned = nn.Parameter(torch.zeros(len(tags), len(tags)))
        self.register_buffer("rules", torch.tensor(well_formed(tags)), persistent=False)

    @property
    def transitions(self) -> Tensor:
        """Scores (from, to) of one tag behind another, ill-formed steps ruled out."""
        return self.learned + self.rules


class Branch(Encoder):
    """Windows of pieces to the scores and vectors of each piece; the lower layers stay as they were.

    ``fixed`` is how many do; :meth:`fix` changes it.
    """

    def __init__(self, head: Head, dropout: float = 0.1, layers: int = LAYERS, inner: int = INNER) -> None:
        super().__init__(dropout, layers, inner)
        self.head = head
        self.fix(SHARED)

    def fix(self, layers: int) -> Branch:
        """Keep the lowest layers, and what lies below them, as they are from now on."""
        self.fixed = layers
        parts = (self.words, self.places, self.norm, self.head.features, *self.layers[:layers])
        for parameter in (parameter for part in parts for parameter in part.parameters()):
            parameter.requires_grad_(requires_grad=False)
        return self

    def lower(self, ids: Tensor, features: Tensor) -> Tensor:
        """Return the states (batch, pieces, width) of the layers that stay, for ids (0 pads) and features (…, 3)."""
        bias = _bias(ids)
        states = self.words(ids) + self.places.weight[: ids.shape[1]] + self.head.features(features).sum(2)
        states = self.norm(states)
        for layer in self.layers[: self.fixed]:
            states = layer(states, states, bias)
        return states

    def upper(self, states: Tensor, ids: Tensor) -> Tensor:
        """Return scores (batch, pieces, scores) for states of the lower layers."""
        bias = _bias(ids)
        for layer in self.layers[self.fixed :]:
            states = layer(states, states, bias)
        return self.head.scores(self.dropout(states))

    def forward(self, ids: Tensor, features: Tensor) -> Tensor:
        """Return scores (batch, pieces, scores) for ids (batch, pieces; 0 pads) and features (…, 3)."""
        return self.upper(self.lower(ids, features), ids)


def _bias(ids: Tensor) -> Tensor:
    return ((ids == 0).to(torch.float32) * -1e4)[:, None, None, :]


class Cut(NamedTuple):
    """An article cut into windows: ids (windows, pieces), the lower layers' states, each one's own words and places."""

    ids: Tensor
    states: Tensor
    own: list[tuple[int, int]]
    places: list[list[int]]


class Read(NamedTuple):
    """The scores of an article's tags by window (windows, words, tags), all its words' rows, how long windows are."""

    tags: Tensor
    rows: Tensor
    lengths: Tensor


def cut(model: Branch, words: Words, longest: int = MAX_PIECES) -> Cut:
    """Return an article cut into windows, read by the lower layers."""
    cuts = windows(words, longest)
    encoded = [encode(words, one.start, one.end) for one in cuts]
    ids, features = pad(encoded)
    model.eval()
    with torch.no_grad():
        states = model.lower(ids, features)
    places = [own_places(*pair) for pair in zip(cuts, encoded, strict=True)]
    return Cut(ids, states.half(), [(one.own, one.own_end) for one in cuts], places)


def read(model: Branch, given: Cut, hidden: float = 0.0) -> Read:
    """Return the scores of an article's words; a share of its pieces is hidden."""
    states = given.states.float()
    if hidden:
        states = states * (torch.rand(states.shape[:2]) >= hidden)[:, :, None]
    scores = model.upper(states, given.ids)
    parts = [scores[row, places] for row, places in enumerate(given.places)]
    padded = nn.utils.rnn.pad_sequence([part[:, : len(model.head.learned)] for part in parts], batch_first=True)
    return Read(padded, torch.cat(parts), torch.tensor([len(part) for part in parts]))


def tag_loss(model: Branch, found: Read, own: Sequence[tuple[int, int]], words: Words, tags: Sequence[int]) -> Tensor:
    """Return the mean negative log likelihood of the tags of an article's words, read in windows of own words."""
    most = int(found.lengths.max())
    gold = torch.tensor([[*tags[a:b], *[0] * (most - b + a)] for a, b in own])
    opens = torch.tensor([[*words.opens[a:b], *[False] * (most - b + a)] for a, b in own])
    return chain_loss(found.tags, gold, opens, found.lengths, model.head.transitions)


def means(vectors: Tensor, spots: Sequence[Spot]) -> Tensor:
    """Return the mean vector of each spot's words."""
    sums = torch.cat([torch.zeros(1, vectors.shape[1]), vectors.cumsum(0)])
    starts, ends = torch.tensor([spot.start for spot in spots]), torch.tensor([spot.end for spot in spots])
    return (sums[ends] - sums[starts]) / (ends - starts)[:, None]


def scores_of(model: Branch, words: Words) -> NDArray[np.float32]:
    """Return the scores (words, scores) of an article's words."""
    given = cut(model, words)
    with torch.no_grad():
        return read(model, given).rows.numpy()


def begun(make: Callable[[], Head]) -> Branch:
    """Return a reader that has learned nothing yet but what the packaged tagger of attributions knows of news.

    Its int8 weights are taken as they are: it is small, fits news, and was learned from far more text.
    """
    from toolkit.model import attribution_tagger, trunk_reader
    from toolkit.model.train.encoder import load_pretrained
    from toolkit.model.train.starting import pretrained_folder, stored_weights

    torch.manual_seed(0)
    model = Branch(make())
    stored = stored_weights(trunk_reader.FOLDER) | stored_weights(attribution_tagger.FOLDER)
    state = model.state_dict()
    base = Encoder()
    base.head = None
    load_pretrained(base, pretrained_folder())
    for name in ("words.weight", "places.weight"):
        state[name] = base.state_dict()[name]
    state["places.weight"][: len(stored["positions"])] = torch.tensor(stored["positions"])
    state |= {
        name: torch.tensor(stored[name]) for name in state if name in stored and not name.startswith("head.scores")
    }
    model.load_state_dict(state)
    return model
