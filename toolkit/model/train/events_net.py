"""The reader of events in torch: a branch above the shared layers, small networks over pairs of spans."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import torch
from torch import Tensor
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
from toolkit.model.train.branch import LENGTHS, Head, cut, means, read, small, tag_loss

if TYPE_CHECKING:
    import random

    from toolkit.model.train.branch import Branch, Cut
    from toolkit.model.train.events_gold import Example

SHARES = {"status": 0.1, "role": 0.5, "same": 0.1}
"""How much each loss weighs beside that of the tags, which is that of one word."""


class EventHead(Head):
    """The head of the reader of events, with its small networks."""

    def __init__(self) -> None:
        super().__init__(TAGS, SCORES)
        self.status = small(VECTOR + len(TYPES), len(STATUSES))
        self.role = small(3 * VECTOR + N_PAIR, len(ROLES))
        self.same = small(3 * VECTOR + N_SAME, 1)


class Prepared(NamedTuple):
    """An article to learn from: cut in some ways, and what does not change as one learns."""

    example: Example
    cuts: list[Cut]
    pairs: Tensor
    couples: Tensor


def prepare(model: Branch, example: Example) -> Prepared:
    """Return an article as it is learned from."""
    return Prepared(
        example,
        [cut(model, example.words, longest) for longest in LENGTHS],
        torch.from_numpy(pair_features(example.phrases, example.spans, example.pairs)),
        torch.from_numpy(couple_features(example.phrases, example.words.texts, couples(example.phrases))),
    )


def loss_of(model: Branch, given: Prepared, chance: random.Random) -> dict[str, Tensor]:
    """Return the losses of an article by what they are of."""
    example, head = given.example, model.head
    chosen = chance.choice(given.cuts)
    found = read(model, chosen)
    losses = {"tags": tag_loss(model, found, chosen.own, example.words, example.tags)}
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
    told = torch.tanh(means(rows[:, first : first + VECTOR], example.phrases))
    return told, torch.tanh(means(rows[:, first + VECTOR :], example.spans)) if example.spans else told


def status_of(head: EventHead, told: Tensor, example: Example) -> Tensor:
    """Return the scores of each phrase's statuses."""
    kinds = torch.eye(len(TYPES))[[TYPES.index(phrase.kind) for phrase in example.phrases]]
    return head.status(torch.cat([told, kinds], 1))


def roles_of(head: EventHead, told: Tensor, seen: Tensor, pairs: Tensor, features: Tensor) -> Tensor:
    """Return the scores of the roles of pairs of a phrase and a span."""
    one, other = told[pairs[:, 0]], seen[pairs[:, 1]]
    return head.role(torch.cat([one, other, one * other, features], 1))


def same_of(head: EventHead, told: Tensor, pairs: Tensor, features: Tensor) -> Tensor:
    """Return the scores of two phrases telling of one event."""
    one, other = told[pairs[:, 0]], told[pairs[:, 1]]
    return head.same(torch.cat([one + other, (one - other).abs(), one * other, features], 1))[:, 0]
