"""The reader of positions in torch: a branch above the shared layers, small networks over stands, words, mentions."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from toolkit.model.event_pairs import WIDTH as VECTOR
from toolkit.model.position_pairs import N_EDGE, N_MARKS, N_PAIR
from toolkit.model.position_reader import SCORES
from toolkit.model.position_tags import EDGES, TAGS
from toolkit.model.train.branch import LENGTHS, Head, cut, means, read, small, tag_loss

if TYPE_CHECKING:
    import random

    from toolkit.model.train.branch import Branch, Cut
    from toolkit.model.train.positions_gold import Example

SHARES = {"edges": 0.15, "holder": 0.5}
"""How much each loss weighs beside that of the tags, which is that of one word."""
OF_ACTORS = 0.25
"""Weight of one actor in the loss of a stand's holders: most of those near it do not hold it."""
HIDDEN_PIECES = 0.06
"""Share of pieces that are hidden as one learns, so that few articles are not learned by heart."""


class PositionHead(Head):
    """The head of the reader of positions, with its small networks."""

    def __init__(self) -> None:
        super().__init__(TAGS, SCORES)
        self.marks = nn.Embedding(N_MARKS, len(TAGS))
        nn.init.zeros_(self.marks.weight)
        self.edge = small(3 * VECTOR + N_EDGE, len(EDGES))
        self.holder = small(3 * VECTOR + N_PAIR, 1)


class Prepared(NamedTuple):
    """An article to learn from, cut in some ways."""

    example: Example
    cuts: list[Cut]


def prepare(model: Branch, example: Example) -> Prepared:
    """Return an article as it is learned from."""
    return Prepared(example, [cut(model, example.words, longest) for longest in LENGTHS])


def loss_of(model: Branch, given: Prepared, chance: random.Random) -> dict[str, Tensor]:
    """Return the losses of an article by what they are of."""
    example, chosen = given.example, chance.choice(given.cuts)
    found = read(model, chosen, hidden=HIDDEN_PIECES)
    marked = model.head.marks(torch.from_numpy(example.marks))
    marked = nn.utils.rnn.pad_sequence([marked[first:last] for first, last in chosen.own], batch_first=True)
    found = found._replace(tags=found.tags + marked)
    losses = {"tags": tag_loss(model, found, chosen.own, example.words, example.tags)}
    if example.stands:
        losses |= _losses(model.head, found.rows[:, len(TAGS) :], example)
    return losses


def _losses(head: PositionHead, rows: Tensor, example: Example) -> dict[str, Tensor]:
    carried, seen, words = rows.split(VECTOR, 1)
    told = torch.tanh(means(carried, example.stands))
    losses = {"edges": _of_edges(head, told, torch.tanh(words), example)}
    if len(example.pairs):
        losses["holder"] = _of_holders(head, told, torch.tanh(means(seen, example.spots)), example)
    return losses


def _of_edges(head: PositionHead, told: Tensor, words: Tensor, example: Example) -> Tensor:
    """Return the mean negative log likelihood of a labelled edge among the words of its sentence."""
    sizes = [last - first for first, last in example.scopes]
    own = torch.cat([words[first:last] for first, last in example.scopes])
    stands = told.repeat_interleave(torch.tensor(sizes), 0)
    scores = head.edge(torch.cat([stands, own, stands * own, torch.from_numpy(example.beside)], 1))
    losses = [
        functional.cross_entropy(each.T, torch.from_numpy(gold), ignore_index=-1, reduction="sum")
        for each, gold in zip(scores.split(sizes), example.edges, strict=True)
    ]
    return torch.stack(losses).sum() / max(1, int((example.edges >= 0).sum()))


def _of_holders(head: PositionHead, told: Tensor, seen: Tensor, example: Example) -> Tensor:
    """Return the loss of what actors near a stand hold it, each with all its mentions together."""
    one, other = told[example.pairs[:, 0]], seen[example.pairs[:, 1]]
    scores = head.holder(torch.cat([one, other, one * other, torch.from_numpy(example.features)], 1))[:, 0]
    together, held = log_sums(scores, torch.from_numpy(example.actors)), torch.from_numpy(example.held)
    losses = functional.binary_cross_entropy_with_logits(together, held, reduction="sum")
    return OF_ACTORS * losses / len(example.stands)


def log_sums(scores: Tensor, groups: Tensor) -> Tensor:
    """Return the log of the summed powers of the scores of each group; groups are numbered from 0 on."""
    count = int(groups.max()) + 1
    tops = torch.full((count,), -torch.inf).scatter_reduce(0, groups, scores.detach(), "amax")
    return tops + torch.zeros(count).scatter_add(0, groups, torch.exp(scores - tops[groups])).log()
