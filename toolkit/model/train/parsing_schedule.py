"""How the parsing network learns; apart from the fitting, so that it can be read without torch."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Schedule:
    """How to learn.

    ``hidden_words`` is the share of words whose own form is hidden, so that affixes and neighbours are learned from;
    ``exchanged`` the share of examples whose names are exchanged; ``name_weight`` the weight of the names' loss, which
    is small beside the trees', most words being no name. The last epochs, from number ``turn`` on, smooth no labels.
    """

    epochs: int = 11
    turn: int = 7
    rate: float = 2.5e-3
    batch: int = 1600
    hidden_words: float = 0.1
    exchanged: float = 0.3
    smoothing: float = 0.05
    name_weight: float = 6.0
