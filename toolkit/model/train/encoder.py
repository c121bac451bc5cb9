"""MiniLM's encoder (Wang et al. 2020) in torch: over windows of words, and as a classifier of targets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor, nn

if TYPE_CHECKING:
    from pathlib import Path

WIDTH = 384
HEADS = 12
INNER = 1536
LAYERS = 6
VOCABULARY = 30522
POSITIONS = 512
CLASSES = 3
LAYER_NAMES = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "mixed": "attention.output.dense",
    "norm_mixed": "attention.output.LayerNorm",
    "inner": "intermediate.dense",
    "outer": "output.dense",
    "norm_outer": "output.LayerNorm",
}
"""Our names of a layer's parts, and those in the published weights."""


class Layer(nn.Module):
    """One layer of the encoder."""

    def __init__(self, dropout: float, inner: int = INNER) -> None:
        super().__init__()
        self.query, self.key, self.value, self.mixed = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.inner, self.outer = nn.Linear(WIDTH, inner), nn.Linear(inner, WIDTH)
        self.norm_mixed, self.norm_outer = nn.LayerNorm(WIDTH, 1e-12), nn.LayerNorm(WIDTH, 1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, queries: Tensor, states: Tensor, bias: Tensor) -> Tensor:
        """Return new states for ``queries`` (batch, n, width), which look at all ``states`` (batch, pieces, width)."""
        heads = _split(self.query(queries)), _split(self.key(states)), _split(self.value(states))
        mixed = nn.functional.scaled_dot_product_attention(*heads, attn_mask=bias).transpose(1, 2).flatten(2)
        queries = self.norm_mixed(queries + self.dropout(self.mixed(mixed)))
        return self.norm_outer(queries + self.dropout(self.outer(nn.functional.gelu(self.inner(queries)))))


def _split(states: Tensor) -> Tensor:
    return states.unflatten(2, (HEADS, WIDTH // HEADS)).transpose(1, 2)


class Encoder(nn.Module):
    """Pieces to states; what makes use of them is the ``head`` of a kind of encoder, which it adds.

    The vectors of word pieces stay as they are: the package has them once, for all encoders.
    """

    head: Any

    def __init__(self, dropout: float = 0.1, layers: int = LAYERS, inner: int = INNER) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, WIDTH).requires_grad_(requires_grad=False)
        self.places = nn.Embedding(POSITIONS, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, 1e-12)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList([Layer(dropout, inner) for _ in range(layers)])

    def states(self, ids: Tensor, features: Tensor) -> Tensor:
        """Return states (batch, pieces, width) for ids (batch, pieces; 0 pads) and words' features (…, 3)."""
        bias = ((ids == 0).to(torch.float32) * -1e4)[:, None, None, :]
        states = self.words(ids) + self.places.weight[: ids.shape[1]] + self.head.features(features).sum(2)
        states = self.dropout(self.norm(states))
        for layer in self.layers:
            states = layer(states, states, bias)
        return states


class TargetClassifier(Encoder):
    """Ids of pieces and the place of the mask to three logits: negative, neutral, positive.

    The last layer is computed for the two places that the head reads alone, which saves a seventh of the work.
    """

    def __init__(self, dropout: float = 0.1, layers: int = LAYERS, inner: int = INNER) -> None:
        super().__init__(dropout, layers, inner)
        self.head = nn.Sequential(
            nn.Linear(2 * WIDTH, WIDTH), nn.Tanh(), nn.Dropout(2 * dropout), nn.Linear(WIDTH, CLASSES)
        )

    def forward(self, ids: Tensor, mask_at: Tensor) -> Tensor:
        """Return logits (batch, 3) for ids (batch, pieces; 0 pads) and the mask's place (batch)."""
        bias = ((ids == 0).to(torch.float32) * -1e4)[:, None, None, :]
        states = self.words(ids) + self.places(torch.arange(ids.shape[1], device=ids.device))
        states = self.dropout(self.norm(states))
        for layer in self.layers[:-1]:
            states = layer(states, states, bias)
        places = torch.stack([torch.zeros_like(mask_at), mask_at], 1)
        queries = torch.gather(states, 1, places[:, :, None].expand(-1, -1, WIDTH))
        return self.head(self.layers[-1](queries, states, bias).flatten(1))


def load_pretrained(model: Encoder, folder: Path) -> None:
    """Copy the published weights of all-MiniLM-L6-v2 (``model.safetensors`` in ``folder``) into the encoder."""
    from safetensors.torch import load_file

    weights = load_file(folder / "model.safetensors")
    segment = weights["embeddings.token_type_embeddings.weight"][0]
    state = {
        "words.weight": weights["embeddings.word_embeddings.weight"],
        # Every piece is of the first segment: its vector is added once, here.
        "places.weight": weights["embeddings.position_embeddings.weight"] + segment,
        "norm.weight": weights["embeddings.LayerNorm.weight"],
        "norm.bias": weights["embeddings.LayerNorm.bias"],
    }
    for index in range(LAYERS):
        for ours, theirs in LAYER_NAMES.items():
            for part in ("weight", "bias"):
                state[f"layers.{index}.{ours}.{part}"] = weights[f"encoder.layer.{index}.{theirs}.{part}"]
    missing = set(model.load_state_dict(state, strict=False).missing_keys)
    assert all(name.startswith("head.") for name in missing), missing
