"""Issues: what positions are on, across all articles, found among their propositions.

Propositions are grouped by what their words mean. In order of how often each is told, a proposition joins the group
whose middle is nearest, or opens one of its own. The order is that of the words, not of the articles, so that the same
propositions give the same issues however they come.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from toolkit.positions._words import stems, vector_of, weights_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from toolkit.positions._words import Vector
    from toolkit.records import Position

NEAR = 0.45
"""How near a proposition must come to an issue: the cosine to the mean of those that it holds."""
WORDS = 5
"""Most words of a name."""


def with_found_issues(positions: Sequence[Position]) -> list[Position]:
    """Return positions with the issue that each is on, of those that are found among them."""
    names = _found_issues(positions)
    return [replace(one, issue=name, issue_basis="found") if (name := names[_text(one)]) else one for one in positions]


def _text(position: Position) -> str:
    return position.proposition or position.text


def _found_issues(positions: Sequence[Position]) -> Mapping[str, str | None]:
    """Return the name of the issue that each proposition is on, None for one whose words tell nothing."""
    weights = {text: weights_of(text) for text in sorted({_text(position) for position in positions})}
    keys = {text: " ".join(sorted(found)) for text, found in weights.items()}
    count = Counter(keys[_text(position)] for position in positions)
    groups, middles = _grouped({keys[text]: vector_of(found) for text, found in weights.items() if found}, count)
    topics: dict[int, Counter[str]] = defaultdict(Counter)
    for position in positions:
        if (key := keys[_text(position)]) in groups:
            topics[groups[key]].update(position.topics or (_short(_text(position)),))
    names = {group: _name(told, middles[group]) for group, told in topics.items()}
    return {text: names[groups[key]] if key in groups else None for text, key in keys.items()}


def _short(text: str) -> str:
    """Return the first words of a proposition that tell something, for one that has no noun phrase."""
    return " ".join([*dict.fromkeys(stems(text))][:WORDS])


def _grouped(vectors: Mapping[str, Vector], count: Mapping[str, int]) -> tuple[dict[str, int], Vector]:
    """Return the number of each proposition's group, and the middles of the groups, (groups, width)."""
    groups: dict[str, int] = {}
    sums = np.zeros((len(vectors), max((vector.size for vector in vectors.values()), default=0)), np.float32)
    lengths = np.ones((len(vectors), 1), np.float32)
    n = 0
    for key in sorted(vectors, key=lambda each: (-count[each], len(each), each)):
        # Rounded, so that how a machine adds up does not decide between two.
        near = np.round((sums[:n] @ vectors[key]) / lengths[:n, 0], 5)
        group = int(near.argmax()) if n and near.max() >= NEAR else n
        n = max(n, group + 1)
        groups[key] = group
        sums[group] += count[key] * vectors[key]
        lengths[group] = np.linalg.norm(sums[group])
    return groups, sums[:n] / lengths[:n]


def _name(told: Counter[str], middle: Vector) -> str:
    """Return the noun phrase that tells an issue best: one that is told often, and means what all of them mean."""
    forms: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for phrase, n in told.items():
        forms[stems(phrase) or (phrase,)][phrase] += n
    scores = {
        key: round(sum(found.values()) * float(vector_of(weights_of(" ".join(key))) @ middle), 5)
        for key, found in forms.items()
    }
    best = min(scores, key=lambda key: (len(key) > WORDS, -scores[key], len(key), key))
    return min(forms[best], key=lambda form: (-forms[best][form], form))
