"""Events in an article: phrases that tell of one, their status, and what the spans around are to them.

Weights, figures and weaknesses: ``events/CARD.md``; the recipe: ``train/events.py``.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from toolkit.model._onnx import load_networks, load_session, one_thread, read_settings
from toolkit.model.chain import Posterior, chains
from toolkit.model.event_pairs import (
    WIDTH,
    Spot,
    couple_features,
    couple_input,
    couples,
    means,
    near,
    pair_features,
    pair_input,
    small_network,
)
from toolkit.model.event_tags import ROLES, ROLES_OF, TAGS, TYPES
from toolkit.model.tags import spans_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from toolkit.model.trunk_reader import ArticleStates
    from toolkit.model.words import Words
    from toolkit.records import Span

FOLDER = Path(__file__).parent / "events"
NETWORKS = "networks.npz"
SCORES = len(TAGS) + 2 * WIDTH
"""Numbers that a word has: scores of tags, its vector in a phrase, its vector in a span."""


class Candidate(NamedTuple):
    """A span to ask about: kind, start and end in the text, its words, and whether it is a pronoun."""

    kind: str
    start: int
    end: int
    text: str
    pronoun: bool = False


@dataclass(frozen=True, slots=True)
class EventPhrase:
    """Words that tell of an event: its type, start and end in the text, and how probable they are.

    ``statuses`` holds the probability of each status; ``roles`` those of a role, by the number of the candidate and the
    role's name.
    """

    type: str
    start: int
    end: int
    probability: float
    statuses: tuple[float, ...]
    roles: Mapping[tuple[int, str], float]


@dataclass(frozen=True, slots=True)
class EventReading:
    """The phrases of an article in order, and how probable two of one type tell of the same event."""

    phrases: tuple[EventPhrase, ...] = ()
    same: Mapping[tuple[int, int], float] = field(default_factory=dict)


@one_thread()
def read_events(states: ArticleStates, candidates: Sequence[Candidate], sentences: Sequence[Span]) -> EventReading:
    """Return the phrases of an article that tell of events.

    Parameters
    ----------
    states : ArticleStates
        From :func:`toolkit.model.trunk_reader.read_states`.
    candidates : sequence of Candidate
        Spans that may be sides, days or places.
    sentences : sequence of (int, int)

    Raises
    ------
    PipelineError
        Where the packaged weights are missing or damaged.
    """
    if not len(states.words) or not sentences:
        return EventReading()
    config = read_config()
    return decode(
        states.words,
        states.scores(load_session(FOLDER / "model.onnx", config["sha256"]), SCORES),
        Settings(np.array(config["transitions"], np.float32), load_networks(FOLDER / NETWORKS)),
        candidates,
        sentences,
    )


class Settings(NamedTuple):
    """What turns scores into phrases and their parts: transitions between tags, small networks."""

    transitions: NDArray[np.float32]
    networks: Mapping[str, NDArray[np.float32]]


@cache
def read_config() -> dict[str, Any]:
    """Return the model's settings: ``transitions`` between tags and the weights' ``sha256``.

    Raises
    ------
    PipelineError
        Where the package came without the model.
    """
    return read_settings(FOLDER)


def decode(
    words: Words,
    scores: NDArray[np.float32],
    settings: Settings,
    candidates: Sequence[Candidate],
    sentences: Sequence[Span],
) -> EventReading:
    """Return the phrases of the best well-formed tags, with what the networks say of them.

    Parameters
    ----------
    words : Words
    scores : ndarray
        Shape (words, SCORES), float32.
    settings : Settings
    candidates : sequence of Candidate
    sentences : sequence of (int, int)
    """
    starts = [start for start, _ in sentences]
    phrases, sure = _phrases(words, scores[:, : len(TAGS)], settings, starts)
    spans = place_spots(words, candidates, starts)
    told, seen = (
        np.tanh(means(scores[:, first : first + WIDTH], spots))
        for first, spots in ((len(TAGS), phrases), (len(TAGS) + WIDTH, spans))
    )
    networks = settings.networks
    kinds = np.eye(len(TYPES), dtype=np.float32)[[TYPES.index(phrase.kind) for phrase in phrases]].reshape(
        -1, len(TYPES)
    )
    statuses = _shares(small_network(networks, "status", np.hstack([told, kinds])))
    pairs = near(phrases, spans)
    roles = _odds(small_network(networks, "role", pair_input(told, seen, pairs, pair_features(phrases, spans, pairs))))
    doubles = couples(phrases)
    same = _odds(
        small_network(networks, "same", couple_input(told, doubles, couple_features(phrases, words.texts, doubles)))
    )
    given: list[dict[tuple[int, str], float]] = [{} for _ in phrases]
    for (phrase, span), row in zip(pairs.tolist(), roles.tolist(), strict=True):
        given[phrase] |= {(span, ROLES[role]): row[role] for role in ROLES_OF[spans[span].kind]}
    return EventReading(
        tuple(
            EventPhrase(
                phrase.kind,
                words.spans[phrase.start][0],
                words.spans[phrase.end - 1][1],
                probability,
                tuple(shares),
                own,
            )
            for phrase, probability, shares, own in zip(phrases, sure, statuses.tolist(), given, strict=True)
        ),
        {(i, j): share for (i, j), share in zip(doubles.tolist(), same[:, 0].tolist(), strict=True)},
    )


def _phrases(
    words: Words, scores: NDArray[np.float32], settings: Settings, starts: Sequence[int]
) -> tuple[list[Spot], list[float]]:
    places = words.paragraphs()
    given = chains([scores[start:end] for start, end in places], settings.transitions)
    posterior = Posterior(given)
    found, sure = [], []
    for number, tags in enumerate(given.best()):
        opening = places[number][0]
        for kind, start, end in spans_of(tags, TAGS):
            found.append(Spot(kind, opening + start, opening + end, _sentence(starts, words.spans[opening + start][0])))
            sure.append(posterior.probability(number, TAGS.index(f"B-{kind}"), start, end))
    return found, sure


def place_spots(words: Words, candidates: Sequence[Candidate], starts: Sequence[int]) -> tuple[Spot, ...]:
    """Return the candidates as words, given where sentences start."""
    found = []
    for one in candidates:
        first = word_at(words, one.start)
        last = max(first, word_at(words, one.end - 1))
        found.append(Spot(one.kind, first, last + 1, _sentence(starts, one.start), one.pronoun))
    return tuple(found)


def _sentence(starts: Sequence[int], position: int) -> int:
    return bisect_right(starts, position) - 1


def word_at(words: Words, position: int) -> int:
    """Return the word that a character stands in or behind, the first where there is none."""
    return max(0, bisect_right(words.spans, (position, 1 << 60)) - 1)


def _shares(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    powers = np.exp(scores - scores.max(-1, keepdims=True, initial=-1e9))
    found: NDArray[np.float32] = powers / powers.sum(-1, keepdims=True)
    return found


def _odds(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    return (1 / (1 + np.exp(-np.clip(scores, -30, 30)))).astype(np.float32)
