"""Sources, cues and contents in an article: MiniLM (Wang et al. 2020) fine-tuned on PolNeAR (Newell et al. 2018).

Weights, figures and weaknesses: ``attribution/CARD.md``; the recipe: ``train/attribution.py``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from toolkit.model._onnx import load_session, one_thread, read_settings
from toolkit.model.chain import Posterior, chains
from toolkit.model.tags import LINKS, LINKS_OF, TAGS, begin, link_shares, spans_of

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
    :data:`toolkit.model.tags.LINKS`: for a cue the first three, for a content the last two, which sum to 1.
    """

    role: str
    start: int
    end: int
    paragraph: int
    probability: float
    links: tuple[float, ...]


@one_thread()
def tag(states: ArticleStates) -> list[TaggedSpan]:
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
        return []
    config = read_config()
    scores = states.scores(load_session(FOLDER / "model.onnx", config["sha256"]), len(TAGS) + len(LINKS))
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


def decode(words: Words, scores: NDArray[np.float32], transitions: NDArray[np.float32]) -> list[TaggedSpan]:
    """Return the spans of the best well-formed tags.

    Parameters
    ----------
    words : Words
    scores : ndarray
        Of tags and links, shape (words, tags + links), float32.
    transitions : ndarray
        Of one tag behind another, shape (tags, tags), float32.
    """
    places = words.paragraphs()
    found = []
    for first, last in _batches([end - start for start, end in places]):
        rows = [scores[start:end, : len(TAGS)] for start, end in places[first:last]]
        given = chains(rows, transitions)
        posterior = Posterior(given)
        for paragraph, tags in enumerate(given.best()):
            opening = places[first + paragraph][0]
            for role, start, end in spans_of(tags):
                found.append(
                    TaggedSpan(
                        role=role,
                        start=words.spans[opening + start][0],
                        end=words.spans[opening + end - 1][1],
                        paragraph=first + paragraph,
                        probability=posterior.probability(paragraph, begin(role), start, end),
                        links=_links(role, scores[opening + start, len(TAGS) :]),
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
        if number > start and longest * (number + 1 - start) > ROOM:
            yield start, number
            start, longest = number, length
    if lengths:
        yield start, len(lengths)


def _links(role: str, scores: NDArray[np.float32]) -> tuple[float, ...]:
    return tuple(link_shares(role, scores).tolist()) if role in LINKS_OF else ()
