"""Sources, cues and contents in an article: MiniLM (Wang et al. 2020) fine-tuned on PolNeAR and on negotiation news.

Weights, figures and weaknesses: ``attribution/CARD.md``; the recipe: ``train/attribution.py``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from toolkit.model._onnx import load_session, one_thread, read_settings
from toolkit.model.chain import Posterior, chains
from toolkit.model.tags import LEVELS, LINKS_OF, OF_MODES, SCORES, TAGS, begin, link_shares, shares_of, spans_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from toolkit.model.trunk_reader import ArticleStates
    from toolkit.model.words import Words

FOLDER = Path(__file__).parent / "attribution"
ROOM = 100_000
"""Most words, with those that shorter paragraphs are filled up with, that are decoded side by side."""


@dataclass(frozen=True, slots=True)
class TaggedSpan:
    """A source, cue or content: offsets into the text, and its paragraph.

    ``probability`` is that of just these words being one span of the role. ``links`` are the probabilities of
    :data:`toolkit.model.tags.LINKS`: for a cue the first three, for a content the last two, which sum to 1; ``modes``
    those of :data:`toolkit.model.tags.MODES`, for a cue.
    """

    role: str
    start: int
    end: int
    paragraph: int
    probability: float
    links: tuple[float, ...]
    modes: tuple[float, ...] = ()


class Tagged(NamedTuple):
    """The spans of an article in order: of its statements, and of those that are told inside others."""

    outer: list[TaggedSpan]
    inner: list[TaggedSpan]


@one_thread()
def tag(states: ArticleStates) -> Tagged:
    """Return the spans of an article in order; a result depends on the article alone.

    Parameters
    ----------
    states : ArticleStates
        From :func:`toolkit.model.trunk_reader.read_states`.

    Raises
    ------
    PipelineError
        Where the packaged weights are missing or damaged.
    """
    if not len(states.words):
        return Tagged([], [])
    config = read_config()
    scores = states.scores(load_session(FOLDER / "model.onnx", config["sha256"]), SCORES)
    return decode(states.words, scores, np.array(config["transitions"], np.float32))


@cache
def read_config() -> dict[str, Any]:
    """Return the model's settings: ``transitions`` between tags, ``calibration``, and the weights' ``sha256``.

    Raises
    ------
    PipelineError
        Where the package came without the model.
    """
    return read_settings(FOLDER)


def decode(words: Words, scores: NDArray[np.float32], transitions: NDArray[np.float32]) -> Tagged:
    """Return the spans of the best well-formed tags.

    Parameters
    ----------
    words : Words
    scores : ndarray
        Shape (words, :data:`toolkit.model.tags.SCORES`), float32.
    transitions : ndarray
        Of one tag behind another, shape (tags, tags), float32.
    """
    places = words.paragraphs()
    found = Tagged([], [])
    for first, last in _batches([end - start for start, end in places]):
        here = list(enumerate(places))[first:last]
        rows = [scores[start:end, level][:, : len(TAGS)] for level in LEVELS for _, (start, end) in here]
        given = chains(rows, transitions)
        posterior, best = Posterior(given), given.best()
        for number, tags in enumerate(best):
            level, (paragraph, (opening, _)) = number // len(here), here[number % len(here)]
            for role, start, end in spans_of(tags):
                said = scores[opening + start]
                found[level].append(
                    TaggedSpan(
                        role=role,
                        start=words.spans[opening + start][0],
                        end=words.spans[opening + end - 1][1],
                        paragraph=paragraph,
                        probability=posterior.probability(number, begin(role), start, end),
                        links=_links(role, said[LEVELS[level]][len(TAGS) :]),
                        modes=tuple(shares_of(said[OF_MODES]).tolist()) if role == "cue" else (),
                    )
                )
    return found


def _batches(lengths: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield stretches of paragraphs to be decoded side by side: of an ordinary article all.

    Each takes up as much room as the longest, so that a long one among many would take up their product.
    """
    start = longest = 0
    for number, length in enumerate(lengths):
        longest = max(longest, length)
        if number > start and len(LEVELS) * longest * (number + 1 - start) > ROOM:
            yield start, number
            start, longest = number, length
    if lengths:
        yield start, len(lengths)


def _links(role: str, scores: NDArray[np.float32]) -> tuple[float, ...]:
    return tuple(link_shares(role, scores).tolist()) if role in LINKS_OF else ()
