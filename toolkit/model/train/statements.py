"""The last stage of the tagger's recipe: its upper layers learn statements of all kinds in news on negotiations.

They begin with what the tagger knows and go on with PolNeAR, there with the tagger's own view blended in, so that what
its teachers taught is not lost; and with ``gold/coverage``, which alone tells of statements inside others and of modes.
"""

from __future__ import annotations

import logging
import random
from functools import cached_property, partial
from typing import TYPE_CHECKING

import numpy as np
import torch

from toolkit.model._onnx import load_session, read_settings
from toolkit.model.tags import LEVEL, LEVELS, SCORES, begin
from toolkit.model.train.guiding import blended, probable
from toolkit.model.train.tagger_branch import Shared, begun, brought_back, loss_of
from toolkit.model.train.tagging import TaggerSchedule, fit, start
from toolkit.model.trunk_reader import states_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from onnxruntime import InferenceSession

    from toolkit.model.train.polnear import Example
    from toolkit.model.train.tagger_branch import Branch
    from toolkit.model.words import Words

_LOG = logging.getLogger(__name__)
PLANNED, EPOCHS = 6, 5
"""Passes that the rates are planned for, and those that are made."""
PARTS = 4
"""A pass holds one of as many parts of PolNeAR …"""
TIMES = 1
"""… and all of ``gold/coverage`` as many times."""
KEPT = 0.65
"""Share of what was learned in the mean with what the tagger brought …"""
LAST_PARTS = 3
"""… which goes on with one of as many parts of PolNeAR, and ``gold/coverage`` once."""
DARING = 0.0, 1.75
"""By how much the scores of tags that open a cue or a content are raised, at each level: chosen by F1 on ``dev``."""

_OPENING = [level.start + begin(role) for level in LEVELS for role in ("cue", "content")]
_DARED = np.repeat(np.array(DARING, np.float32), 2)

RIGHT = 0.5


class Exported:
    """A tagger as it was exported: shared layers, and those above them.

    Parameters
    ----------
    trunk, folder : Path
        Of both models and their settings.
    """

    def __init__(self, trunk: Path, folder: Path) -> None:
        self.folder = folder
        self.shared = _session(trunk)
        self.session = _session(folder)
        self.transitions = np.array(read_settings(folder)["transitions"], np.float32)

    def scores(self, words: Words, size: int = SCORES) -> NDArray[np.float32]:
        """Return the scores of an article's words, shape (words, size), float32."""
        return states_of(self.shared, words).scores(self.session, size)

    @cached_property
    def weights(self) -> dict[str, NDArray[np.float32]]:
        """The weights of the layers above, by name, as they were before spans were let open more often."""
        from toolkit.model.train.starting import stored_weights

        found = stored_weights(self.folder)
        bias = found["head.scores.bias"].copy()
        if len(bias) == SCORES:
            bias[_OPENING] -= _DARED
        return found | {"head.scores.bias": bias}

    def guide(self, words: Words) -> NDArray[np.float16]:
        """Return how probable the tags and links of an article's words are, shape (words, LEVEL), float16."""
        scores = self.scores(words, len(self.weights["head.scores.bias"]))
        return probable(words, scores[:, :LEVEL], self.transitions)


def _session(folder: Path) -> InferenceSession:
    return load_session(folder / "model.onnx", read_settings(folder)["sha256"])


def fit_branch(tagger: Exported, articles: tuple[Sequence[Example], Sequence[Example]], out: Path, seed: int) -> Branch:
    """Return upper layers fitted to articles; goes on from the checkpoints in ``out`` where there are some.

    What was learned is brought back by a third to what the tagger knew, which costs little of the one and keeps most
    of the other (Wortsman et al. 2022, robust fine-tuning), and then goes on for one pass with smaller steps.

    Parameters
    ----------
    tagger : Exported
        What to begin with; one that knows of both levels goes on with both.
    articles : (sequence of Example, sequence of Example)
        Those with outer statements alone (PolNeAR), and those that tell also of statements inside others and of modes.
    out : Path
    seed : int
        Of the dropout and the order.
    """
    from toolkit.model.train.batches import straight_ids
    from toolkit.model.word_pieces import load_tokenizer

    guided = [blended(example, tagger.guide(example.words)) for example in articles[0]]
    random.Random(seed).shuffle(guided)  # noqa: S311 - an order, no secret
    whole = list(articles[1])
    loss = partial(loss_of, shared=Shared(tagger.shared), straight=straight_ids(load_tokenizer()))
    known = tagger.weights
    first, last = (
        TaggerSchedule(rate=2e-4, seed=seed, epochs=EPOCHS),
        TaggerSchedule(rate=8e-5, head_rate=5e-4, seed=seed, trail=0.98),
    )
    model = fit(
        start(begun(known, tagger.transitions), first),
        [[*guided[part % PARTS :: PARTS], *whole * TIMES] for part in range(PLANNED)],
        loss,
        out / f"branch{seed}.pt",
        schedule=first,
    )
    back = brought_back(model, begun(known, tagger.transitions), KEPT)
    ended = fit(start(back, last), [[*guided[::LAST_PARTS], *whole]], loss, out / f"last{seed}.pt", schedule=last)
    return _dared(ended)


def _dared(model: Branch) -> Branch:
    """Let a model open more spans, as F1 would have it; what it then finds probable is calibrated by itself."""
    model.head["scores"].bias.data[_OPENING] += torch.from_numpy(_DARED)
    return model


def calibrate(tagger: Exported, gold: Path) -> list[float]:
    """Return the line that turns the log odds of a statement into the share that proves right, on ``dev`` of the gold.

    A statement is right where its content shares half of its characters with one of the gold (Dice), each of which
    is taken once, the nearest first: as the scorer of ``gold/coverage`` has it.
    """
    import spacy

    from toolkit.model.attribution_tagger import decode
    from toolkit.model.train.events_gold import read_labels
    from toolkit.model.train.platt import fit_line
    from toolkit.model.words import cutter, read_words
    from toolkit.quotations._linking import link
    from toolkit.quotations._tagged import certainty

    nlp, sure, right = spacy.blank("en"), [], []
    for given, labels in read_labels(gold, "dev"):
        words = read_words(nlp.make_doc(given["text"]), cutter())
        levels = decode(words, tagger.scores(words), tagger.transitions)
        made = [one for level in levels for one in link(level) if one.cue]
        contents = [_characters((content.start, content.end) for content in one.contents) for one in made]
        hit = _matched(contents, [_characters(row["content"]) for row in labels["statements"]])
        sure += [certainty(one) for one in made]
        right += [number in hit for number in range(len(made))]
    _LOG.info("calibration: %d statements, %.0f %% right", len(right), 100 * np.mean(right))
    return [round(value, 3) for value in fit_line(np.array(sure), np.array(right))]


def _characters(spans: Iterable[Sequence[int]]) -> set[int]:
    return {place for start, end in spans for place in range(start, end)}


def _matched(found: Sequence[set[int]], gold: Sequence[set[int]]) -> set[int]:
    """Return which of the finds have a row of the gold to themselves."""
    shares = (
        (2 * len(one & other) / (len(one) + len(other)), i, j)
        for i, one in enumerate(found)
        for j, other in enumerate(gold)
    )
    hit, taken = set[int](), set[int]()
    for share, i, j in sorted(shares, key=lambda each: -each[0]):
        if share >= RIGHT and i not in hit and j not in taken:
            hit.add(i)
            taken.add(j)
    return hit
