"""Tags of words in attributions: which span of which role a word opens or goes on with."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, get_args

import numpy as np

from toolkit.records import Mode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

ROLES = ("source", "cue", "content")
TAGS = ("O", *(f"{place}-{role}" for role in ROLES for place in "BI"))
"""B- opens a span of the role, I- goes on with it."""
LINKS = ("no source", "source before", "source behind", "cue before", "cue behind")
"""What a cue's first word says of its source (the first three), and a content's first word of its cue."""
LINKS_OF = {"cue": slice(0, 3), "content": slice(3, 5)}
"""Which of :data:`LINKS` a role has."""
MODES: tuple[Mode, ...] = get_args(Mode)
"""What a cue's first word says of its statement."""
LEVEL = len(TAGS) + len(LINKS)
LEVELS = slice(0, LEVEL), slice(LEVEL, 2 * LEVEL)
"""Which scores of a word are those of statements, and of statements told inside others: first tags, then links."""
OF_MODES = slice(2 * LEVEL, 2 * LEVEL + len(MODES))
"""Which scores of a word are those of :data:`MODES`."""
SCORES = OF_MODES.stop
NEVER = -1e4


def begin(role: str) -> int:
    """Return the tag that opens a span of a role; the next one goes on with it."""
    return TAGS.index(f"B-{role}")


def well_formed(tags: Sequence[str] = TAGS) -> NDArray[np.float32]:
    """Return scores (from, to) that rule out an I- behind anything but its own role: 0, or :data:`NEVER`."""
    allowed = [not to.startswith("I") or (come != "O" and come[2:] == to[2:]) for come, to in product(tags, tags)]
    return np.where(np.reshape(allowed, (len(tags), len(tags))), 0, NEVER).astype(np.float32)


def link_shares(role: str, scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the probabilities of a role's links, shape (..., 3 or 2), given the scores (..., 5) of all."""
    return shares_of(scores[..., LINKS_OF[role]])


def shares_of(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the probabilities that scores (..., n) of things that rule each other out stand for."""
    powers = np.exp(scores - scores.max(-1, keepdims=True))
    shares: NDArray[np.float32] = powers / powers.sum(-1, keepdims=True)
    return shares


def spans_of(tags: Sequence[int] | NDArray[np.int64], names: Sequence[str] = TAGS) -> list[tuple[str, int, int]]:
    """Return the spans that tags make up: role, first word, word behind the last; ``names`` are those of the tags."""
    found: list[tuple[str, int, int]] = []
    for word, tag in enumerate(tags):
        if tag == 0:
            continue
        role = names[tag][2:]
        if tag % 2 == 0 and found and found[-1][0] == role and found[-1][2] == word:
            found[-1] = (role, found[-1][1], word + 1)
        else:
            found.append((role, word, word + 1))
    return found
