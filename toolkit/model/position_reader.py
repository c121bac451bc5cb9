"""Positions in an article: words that carry a stand, its stance and act, what it is on, and who may hold it.

Weights, figures and weaknesses: ``positions/CARD.md``; the recipe: ``train/positions.py``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from toolkit.model._onnx import load_networks, load_session, one_thread, read_settings
from toolkit.model.chain import Posterior, chains
from toolkit.model.event_pairs import WIDTH, Spot, means, pair_input, small_network
from toolkit.model.position_pairs import edge_features, holder_features, holders_near, marks
from toolkit.model.position_tags import ACTS, STANCES, TAGS
from toolkit.model.position_wording import wording
from toolkit.model.tags import spans_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from toolkit.model.position_pairs import Scene
    from toolkit.model.trunk_reader import ArticleStates
    from toolkit.model.words import Words
    from toolkit.records import Span

FOLDER = Path(__file__).parent / "positions"
NETWORKS = "networks.npz"
SCORES = len(TAGS) + 3 * WIDTH
"""Numbers that a word has: scores of tags, its vectors in a stand, in a mention, and as an edge."""

KINDS = np.cumsum([len(STANCES), len(ACTS)])
"""Where the scores of acts and of bases begin behind those of stances."""


class Holder(NamedTuple):
    """A mention of who may hold a stand, by its number, and how probable it is that its actor does."""

    mention: int
    probability: float


@dataclass(frozen=True, slots=True)
class PositionPhrase:
    """Words that carry a stand: start and end in the text, and how probable it is that there is one.

    ``stances``, ``acts`` and ``bases`` hold the probability of each; ``prop`` is what the stand is on;
    ``holders`` has each actor once, the most probable first.
    """

    start: int
    end: int
    probability: float
    stances: tuple[float, ...]
    acts: tuple[float, ...]
    bases: tuple[float, ...]
    prop: Span
    holders: tuple[Holder, ...]


class Settings(NamedTuple):
    """What turns scores into stands.

    ``transitions`` between tags, what words in a stand gain, the line from the log odds that words are in a stand to
    those that there is one (Platt 1999), and the small networks.
    """

    transitions: NDArray[np.float32]
    opening: float
    scale: tuple[float, float]
    networks: Mapping[str, NDArray[np.float32]]


@one_thread()
def read_positions(states: ArticleStates, scene: Scene) -> tuple[PositionPhrase, ...]:
    """Return the words of an article that carry a stand, in order.

    Parameters
    ----------
    states : ArticleStates
        From :func:`toolkit.model.trunk_reader.read_states`.
    scene : Scene
        The article's mentions and statements.

    Raises
    ------
    PipelineError
        Where the packaged weights are missing or damaged.
    """
    if not len(states.words) or not scene.sentences:
        return ()
    config = read_config()
    scores = states.scores(load_session(FOLDER / "model.onnx", config["sha256"]), SCORES)
    transitions = np.array(config["transitions"], np.float32)
    return decode(
        scene,
        scores,
        Settings(transitions, config["opening"], tuple(config["scale"]), load_networks(FOLDER / NETWORKS)),
    )


@cache
def read_config() -> dict[str, Any]:
    """Return the model's settings.

    Raises
    ------
    PipelineError
        Where the package came without the model.
    """
    return read_settings(FOLDER)


def decode(scene: Scene, scores: NDArray[np.float32], settings: Settings) -> tuple[PositionPhrase, ...]:
    """Return the stands of the best well-formed tags, with what the networks say of them.

    Parameters
    ----------
    scene : Scene
    scores : ndarray
        Shape (words, SCORES), float32.
    settings : Settings
    """
    networks = settings.networks
    found = find_words(scene.words, scores[:, : len(TAGS)] + networks["marks.weight"][marks(scene)], settings)
    if not found:
        return ()
    stands = [Spot("stand", start, end, scene.sentence(scene.words.spans[start][0])) for start, end, _ in found]
    vectors = np.tanh(scores[:, len(TAGS) :])
    raw = [scores[:, len(TAGS) + part * WIDTH :][:, :WIDTH] for part in range(2)]
    carried, seen = np.tanh(means(raw[0], stands)), np.tanh(means(raw[1], scene.spots))
    kinds = small_network(networks, "kind", wording(scene, stands))
    holders = _holders(scene, stands, (carried, seen), settings)
    props = (
        _prop(scene, stand, small_network(networks, "edge", rows))
        for stand, rows in zip(stands, _edge_inputs(scene, stands, carried, vectors), strict=True)
    )
    shares = [tuple(map(_shares, np.split(row, KINDS))) for row in kinds]
    return tuple(
        PositionPhrase(*scene.span(stand), probability, stances, acts, bases, prop, held)
        for stand, (*_, probability), (stances, acts, bases), prop, held in zip(
            stands, found, shares, props, holders, strict=True
        )
    )


def _shares(scores: NDArray[np.float32]) -> tuple[float, ...]:
    powers = np.exp(scores - scores.max())
    return tuple((powers / powers.sum()).tolist())


def find_words(words: Words, scores: NDArray[np.float32], settings: Settings) -> list[tuple[int, int, float]]:
    """Return the runs of words that carry a stand, each with how probable it is that it does.

    Parameters
    ----------
    words : Words
    scores : ndarray
        Of tags, shape (words, tags), float32.
    settings : Settings
    """
    places = words.paragraphs()
    eased = scores - np.array([settings.opening, *[0.0] * (len(TAGS) - 1)], np.float32)
    given = chains([eased[start:end] for start, end in places], settings.transitions)
    # How probable it is that words are in a stand says more of there being one than that just these are.
    outside = [each[:, 0] for each in Posterior(given).marginals()]
    return [
        (
            places[number][0] + start,
            places[number][0] + end,
            _sure(settings, 1 - float(outside[number][start:end].mean())),
        )
        for number, tags in enumerate(given.best())
        for _, start, end in spans_of(tags, TAGS)
    ]


def _sure(settings: Settings, share: float) -> float:
    share = min(max(share, 1e-6), 1 - 1e-6)
    intercept, slope = settings.scale
    return _odds(intercept + slope * float(np.log(share / (1 - share))))


def _edge_inputs(
    scene: Scene, stands: Sequence[Spot], carried: NDArray[np.float32], vectors: NDArray[np.float32]
) -> list[NDArray[np.float32]]:
    found = []
    for stand, own in zip(stands, carried, strict=True):
        scope = scene.scope(stand)
        words = vectors[scope[0] : scope[1], 2 * WIDTH :]
        found.append(np.hstack([np.tile(own, (len(words), 1)), words, own * words, edge_features(stand, scope)]))
    return found


def _prop(scene: Scene, stand: Spot, scores: NDArray[np.float32]) -> Span:
    """Return what a stand is on: the words of its sentence between the most probable edges."""
    first = scene.scope(stand)[0]
    both = np.where(np.tri(len(scores), dtype=bool).T, scores[:, :1] + scores[None, :, 1], -np.inf)
    start, last = divmod(int(both.argmax()), len(scores))
    return scene.span(Spot("prop", first + start, first + last + 1, stand.sentence))


def _holders(
    scene: Scene, stands: Sequence[Spot], vectors: tuple[NDArray[np.float32], NDArray[np.float32]], settings: Settings
) -> list[tuple[Holder, ...]]:
    """Return who may hold each stand: an actor is as probable as its mentions together make it."""
    pairs = holders_near(scene, stands)
    given = pair_input(*vectors, pairs, holder_features(scene, stands, pairs))
    scores = small_network(settings.networks, "holder", given)[:, 0]
    together: list[dict[str, list[tuple[float, int]]]] = [{} for _ in stands]
    for (stand, mention), score in zip(pairs.tolist(), scores.tolist(), strict=True):
        together[stand].setdefault(scene.mentions[mention].actor, []).append((score, mention))
    return [
        tuple(
            sorted(
                (Holder(max(own)[1], _odds(np.logaddexp.reduce([score for score, _ in own]))) for own in each.values()),
                key=lambda holder: (-holder.probability, holder.mention),
            )
        )
        for each in together
    ]


def _odds(score: float) -> float:
    return float(1 / (1 + np.exp(-np.clip(score, -30, 30))))
