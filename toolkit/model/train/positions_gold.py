"""Articles of ``gold/coverage`` with their positions as the reader learns them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from toolkit.model.position_pairs import N_EDGE, edge_features, holder_features, holders_near, marks
from toolkit.model.position_tags import ACTS, BASES, EDGES, STANCES
from toolkit.model.position_wording import wording
from toolkit.model.train.events_gold import Owners

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from toolkit.model.event_pairs import Spot
    from toolkit.model.position_pairs import Scene
    from toolkit.model.words import Words
    from toolkit.records import Actor, Span


@dataclass(frozen=True, slots=True)
class Example:
    """An article: its words, the tag of each, and the labelled stands with the mentions asked about.

    Attributes
    ----------
    stances, acts, bases : ndarray
        Of each stand, int64.
    edges : ndarray
        The word of the stand's sentence that is each of its edges, shape (stands, edges), int64; -1 where none is.
    scopes : tuple of (int, int)
        The words of each stand's sentence.
    beside : ndarray
        How the words of all scopes, one behind the other, stand to their stands, float32.
    marks : ndarray
        What word lists tell of each word, int64.
    wording : ndarray
        How each stand is worded, float32.
    pairs : ndarray
        Of a stand and a mention, shape (pairs, 2), int64.
    features : ndarray
        Of the pairs, float32.
    actors : ndarray
        A number for the stand and the actor of each pair, int64.
    held : ndarray
        Whether that actor holds that stand, shape (numbers,), float32.
    """

    name: str
    words: Words
    tags: list[int]
    stands: tuple[Spot, ...]
    stances: NDArray[np.int64]
    acts: NDArray[np.int64]
    bases: NDArray[np.int64]
    edges: NDArray[np.int64]
    scopes: tuple[Span, ...]
    beside: NDArray[np.float32]
    marks: NDArray[np.int64]
    wording: NDArray[np.float32]
    spots: tuple[Spot, ...]
    pairs: NDArray[np.int64]
    features: NDArray[np.float32]
    actors: NDArray[np.int64]
    held: NDArray[np.float32]


def read_example(scene: Scene, labels: Mapping[str, Any], actors: Iterable[Actor]) -> Example:
    """Return an article with its positions, given what the toolkit finds in it.

    Several actors that hold one stand are one stand here; where they differ in more, the first row is taken.
    """
    rows: dict[Span, list[Mapping[str, Any]]] = {}
    for row in labels["positions"]:
        if row["evidence"] and scene.words.spans[0][0] <= row["evidence"][0]:
            rows.setdefault(tuple(row["evidence"]), []).append(row)
    spans = sorted(rows)
    stands = tuple(scene.spot("stand", span) for span in spans)
    firsts = [rows[span][0] for span in spans]
    scopes = tuple(scene.scope(stand) for stand in stands)
    pairs = holders_near(scene, stands)
    numbers = _numbers(scene, pairs)
    owners = Owners(labels, actors)
    held = np.zeros(int(numbers.max(initial=-1)) + 1, np.float32)
    for (stand, mention), number in zip(pairs.tolist(), numbers.tolist(), strict=True):
        holders = {row["actor"] for row in rows[spans[stand]]}
        held[number] = max(held[number], float(bool(owners.of(scene.mentions[mention]) & holders)))
    beside = [edge_features(stand, scope) for stand, scope in zip(stands, scopes, strict=True)]
    stances, acts, bases = (
        np.array([names.index(row[field]) for row in firsts], np.int64)
        for names, field in ((STANCES, "stance"), (ACTS, "act"), (BASES, "basis"))
    )
    return Example(
        name=labels["id"],
        words=scene.words,
        tags=flat_tags(scene.words, stands),
        stands=stands,
        stances=stances,
        acts=acts,
        bases=bases,
        edges=np.array([_edges(scene, *each) for each in zip(firsts, scopes, strict=True)], np.int64).reshape(
            -1, len(EDGES)
        ),
        scopes=scopes,
        beside=np.vstack([np.zeros((0, N_EDGE), np.float32), *beside]),
        marks=marks(scene),
        wording=wording(scene, stands),
        spots=scene.spots,
        pairs=pairs,
        features=holder_features(scene, stands, pairs),
        actors=numbers,
        held=held,
    )


def _numbers(scene: Scene, pairs: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return a number for each stand and actor, by pairs of a stand and a mention."""
    known: dict[tuple[int, str], int] = {}
    each = [known.setdefault((stand, scene.mentions[mention].actor), len(known)) for stand, mention in pairs.tolist()]
    return np.array(each, np.int64)


def _edges(scene: Scene, row: Mapping[str, Any], scope: Span) -> list[int]:
    """Return the first and last word of what a stand is on, counted from its sentence's first, -1 where it is not."""
    spot = scene.spot("prop", tuple(row["prop"])) if row["prop"] else None
    inside = spot is not None and scope[0] <= spot.start and spot.end <= scope[1]
    return [spot.start - scope[0], spot.end - 1 - scope[0]] if spot and inside else [-1, -1]


def flat_tags(words: Words, stands: Sequence[Spot]) -> list[int]:
    """Return the tag of each word; where stands overlap the shorter one is kept."""
    owner = [-1] * len(words)
    for number, stand in sorted(enumerate(stands), key=lambda item: item[1].start - item[1].end):
        owner[stand.start : stand.end] = [number] * (stand.end - stand.start)
    opens = [word == 0 or owner[word - 1] != owner[word] or words.opens[word] for word in range(len(words))]
    return [0 if number < 0 else 1 if first else 2 for number, first in zip(owner, opens, strict=True)]
