"""The head of names fitted again to the finished network's states.

While all heads learn together, what the encoder reads changes under the head of names, and the running mean of the
weights lags behind. Fitted alone to states that stand still, a head finds rarer kinds too.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from torch.nn import functional

from toolkit.model.train.parsing_fitting import IGNORED, collate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.model.train.parsing_data import Example
    from toolkit.model.train.parsing_fitting import Learner
    from toolkit.model.train.parsing_network import ParsingNetwork

_LOG = logging.getLogger(__name__)
EPOCHS = 6
RATE = 1.5e-3
WARM_UP_STEPS = 100
DROPOUT = 0.2
_BATCH = 1024
_EXAMPLES = 16


def refit_names(model: ParsingNetwork, learner: Learner, examples: Sequence[Example], *, seed: int) -> None:
    """Fit ``model.name`` and ``model.names`` to the examples' names; all else stays as it is.

    Parameters
    ----------
    model : ParsingNetwork
        Finished but for this.
    learner : Learner
    examples : sequence of Example
        With names, as they stand: none are exchanged.
    seed : int
        Of the order and the dropout.
    """
    torch.manual_seed(seed)
    states, gold = _states(model, learner, examples)
    inner, relu = model.name[0], model.name[1]
    head = nn.Sequential(nn.Dropout(DROPOUT), inner, relu, nn.Dropout(DROPOUT), model.names).train()
    optimizer = torch.optim.AdamW(head.parameters(), lr=RATE, weight_decay=0.01, foreach=True)
    steps = EPOCHS * max(1, len(states) // _BATCH)
    step = 0
    for epoch in range(EPOCHS):
        total = 0.0
        for places in torch.randperm(len(states)).split(_BATCH)[: max(1, len(states) // _BATCH)]:
            step += 1
            for group in optimizer.param_groups:
                group["lr"] = RATE * min(step / WARM_UP_STEPS, 1 - step / steps) + 1e-6
            with torch.autocast("cpu", torch.bfloat16):
                scores = head(states[places])
            loss = functional.cross_entropy(scores.float(), gold[places])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item()
        _LOG.info("names again, epoch %d: %.4f", epoch + 1, total * EPOCHS / steps)
    model.eval()


def _states(model: ParsingNetwork, learner: Learner, examples: Sequence[Example]) -> tuple[Tensor, Tensor]:
    """Return the network's states (words, width) and the codes of the names (words)."""
    model.eval()
    encoded = sorted((learner.encode(example) for example in examples), key=lambda one: len(one["features"]))
    states, gold = [], []
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        for first in range(0, len(encoded), _EXAMPLES):
            batch = collate(encoded[first : first + _EXAMPLES])
            known = batch["names"] != IGNORED
            states.append(model.read(batch["features"], batch["lengths"]).to(torch.bfloat16)[known])
            gold.append(batch["names"][known])
    return torch.cat(states), torch.cat(gold)
