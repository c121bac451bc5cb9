"""The reader of events in torch: an encoder over windows, a chain over tags, small networks over pairs of spans."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from toolkit.model.event_pairs import (
    N_PAIR,
    N_SAME,
    couple_features,
    couples,
    pair_features,
)
from toolkit.model.event_pairs import (
    WIDTH as VECTOR,
)
from toolkit.model.event_reader import SCORES
from toolkit.model.event_tags import ROLES, STATUSES, TAGS, TYPES
from toolkit.model.tags import well_formed
from toolkit.model.train.batches import pad
from toolkit.model.train.encoder import WIDTH, Encoder
from toolkit.model.train.tagger import chain_loss
from toolkit.model.trunk_reader import LAYERS as SHARED
from toolkit.model.window_scores import own_places
from toolkit.model.words import MAX_PIECES, N_FEATURES, encode, windows

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from toolkit.model.event_pairs import Spot
    from toolkit.model.train.events_gold import Example
    from toolkit.model.words import Words

LAYERS, INNER = 4, 1024
LENGTHS = (MAX_PIECES, 170)
"""Most pieces of the windows that an article is cut into, now in the one way and now in the other."""
HIDDEN = 64
SHARES = {"status": 0.1, "role": 0.5, "same": 0.1}
"""How much each loss weighs beside that of the tags, which is that of one word."""


def _small(size: int, outputs: int) -> nn.Sequential:
    return nn.Sequential(nn.Linear(size, HIDDEN), nn.ReLU(), nn.Dropout(0.2), nn.Linear(HIDDEN, outputs))


class Head(nn.Module):
    """What is learned from nothing: scores and vectors of words, the chain, the small networks."""

    def __init__(self) -> None:
        super().__init__()
        self.features = nn.Embedding(N_FEATURES, WIDTH)
        nn.init.zeros_(self.features.weight)
        self.scores = nn.Linear(WIDTH, SCORES)
        self.learned = nn.Parameter(torch.zeros(len(TAGS), len(TAGS)))
        self.register_buffer("rules", torch.tensor(well_formed(TAGS)), persistent=False)
        self.status = _small(VECTOR + len(TYPES), len(STATUSES))
        self.role = _small(3 * VECTOR + N_PAIR, len(ROLES))
        self.same = _small(3 * VECTOR + N_SAME, 1)

    @property
    def transitions(self) -> Tensor:
        """Scores (from, to) of one tag behind another, ill-formed steps ruled out."""
        return self.learned + self.rules


class EventNet(Encoder):
    """Windows of pieces to the scores and vectors of each piece; the lower layers stay as they were.

    ``fixed`` is how many do; :meth:`fix` changes it.
    """

    def __init__(self, dropout: float = 0.1, layers: int = LAYERS, inner: int = INNER) -> None:
        super().__init__(dropout, layers, inner)
        self.head = Head()
        self.fix(SHARED)

    def fix(self, layers: int) -> EventNet:
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
        """Return scores (batch, pieces, SCORES) for states of the lower layers."""
        bias = _bias(ids)
        for layer in self.layers[self.fixed :]:
            states = layer(states, states, bias)
        return self.head.scores(self.dropout(states))

    def forward(self, ids: Tensor, features: Tensor) -> Tensor:
        """Return scores (batch, pieces, SCORES) for ids (batch, pieces; 0 pads) and features (…, 3)."""
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


def cut(model: EventNet, words: Words, longest: int = MAX_PIECES) -> Cut:
    """Return an article cut into windows, read by the lower layers."""
    cuts = windows(words, longest)
    encoded = [encode(words, one.start, one.end) for one in cuts]
    ids, features = pad(encoded)
    model.eval()
    with torch.no_grad():
        states = model.lower(ids, features)
    places = [own_places(*pair) for pair in zip(cuts, encoded, strict=True)]
    return Cut(ids, states.half(), [(one.own, one.own_end) for one in cuts], places)


def read(model: EventNet, given: Cut) -> Read:
    """Return the scores of an article's words."""
    scores = model.upper(given.states.float(), given.ids)
    parts = [scores[row, places] for row, places in enumerate(given.places)]
    padded = nn.utils.rnn.pad_sequence([part[:, : len(TAGS)] for part in parts], batch_first=True)
    return Read(padded, torch.cat(parts), torch.tensor([len(part) for part in parts]))


class Prepared(NamedTuple):
    """An article to learn from: cut in some ways, and what does not change as one learns."""

    example: Example
    cuts: list[Cut]
    pairs: Tensor
    couples: Tensor


def prepare(model: EventNet, example: Example) -> Prepared:
    """Return an article as it is learned from."""
    return Prepared(
        example,
        [cut(model, example.words, longest) for longest in LENGTHS],
        torch.from_numpy(pair_features(example.phrases, example.spans, example.pairs)),
        torch.from_numpy(couple_features(example.phrases, example.words.texts, couples(example.phrases))),
    )


def loss_of(model: EventNet, given: Prepared, chance: random.Random) -> dict[str, Tensor]:
    """Return the losses of an article by what they are of."""
    example, head = given.example, model.head
    chosen = chance.choice(given.cuts)
    found = read(model, chosen)
    most = int(found.lengths.max())
    gold = torch.tensor([[*example.tags[a:b], *[0] * (most - b + a)] for a, b in chosen.own])
    opens = torch.tensor([[*example.words.opens[a:b], *[False] * (most - b + a)] for a, b in chosen.own])
    losses = {"tags": chain_loss(found.tags, gold, opens, found.lengths, head.transitions)}
    if not example.phrases:
        return losses
    told, seen = vectors_of(found.rows, example)
    losses["status"] = functional.cross_entropy(status_of(head, told, example), torch.tensor(example.statuses))
    if len(example.pairs):
        roles = torch.from_numpy(example.roles)
        asked = roles >= 0
        scores = roles_of(head, told, seen, torch.from_numpy(example.pairs), given.pairs)
        losses["role"] = functional.binary_cross_entropy_with_logits(scores[asked], roles[asked])
    if len(given.couples):
        doubles, events = torch.from_numpy(couples(example.phrases)), torch.tensor(example.events)
        together = (events[doubles[:, 0]] == events[doubles[:, 1]]).float()
        scores = same_of(head, told, doubles, given.couples)
        losses["same"] = functional.binary_cross_entropy_with_logits(scores, together)
    return losses


def vectors_of(rows: Tensor, example: Example) -> tuple[Tensor, Tensor]:
    """Return the vectors of an article's phrases and spans."""
    first = len(TAGS)
    told = torch.tanh(_means(rows[:, first : first + VECTOR], example.phrases))
    return told, torch.tanh(_means(rows[:, first + VECTOR :], example.spans)) if example.spans else told


def status_of(head: Head, told: Tensor, example: Example) -> Tensor:
    """Return the scores of each phrase's statuses."""
    kinds = torch.eye(len(TYPES))[[TYPES.index(phrase.kind) for phrase in example.phrases]]
    return head.status(torch.cat([told, kinds], 1))


def roles_of(head: Head, told: Tensor, seen: Tensor, pairs: Tensor, features: Tensor) -> Tensor:
    """Return the scores of the roles of pairs of a phrase and a span."""
    one, other = told[pairs[:, 0]], seen[pairs[:, 1]]
    return head.role(torch.cat([one, other, one * other, features], 1))


def same_of(head: Head, told: Tensor, pairs: Tensor, features: Tensor) -> Tensor:
    """Return the scores of two phrases telling of one event."""
    one, other = told[pairs[:, 0]], told[pairs[:, 1]]
    return head.same(torch.cat([one + other, (one - other).abs(), one * other, features], 1))[:, 0]


def _means(vectors: Tensor, spots: Sequence[Spot]) -> Tensor:
    sums = torch.cat([torch.zeros(1, vectors.shape[1]), vectors.cumsum(0)])
    starts, ends = torch.tensor([spot.start for spot in spots]), torch.tensor([spot.end for spot in spots])
    return (sums[ends] - sums[starts]) / (ends - starts)[:, None]


def scores_of(model: EventNet, words: Words) -> NDArray[np.float32]:
    """Return the scores (words, SCORES) of an article's words."""
    given = cut(model, words)
    with torch.no_grad():
        return read(model, given).rows.numpy()


def begun() -> EventNet:
    """Return a reader that has learned nothing yet but what the packaged tagger of attributions knows of news.

    Its int8 weights are taken as they are: it is small, fits news, and was learned from far more text.
    """
    from toolkit.model import attribution_tagger, trunk_reader
    from toolkit.model.train.encoder import load_pretrained
    from toolkit.model.train.starting import pretrained_folder, stored_weights

    torch.manual_seed(0)
    model = EventNet()
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
