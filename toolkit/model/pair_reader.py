"""Who judges whom in a sentence: an encoder reads it once, one more layer asks about each pair of holder and target.

The layers below are those of a classifier of targets (MiniLM, Wang et al. 2020, fine-tuned on NewsMTSC); what asks is
its last layer, with the marks of both in its question. Names are hidden (:mod:`toolkit.model.marking`). Weights,
figures and weaknesses: ``opinions/CARD.md``; the recipe: ``train/opinions.py``.
"""

from __future__ import annotations

import math
from enum import IntEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

import numpy as np

from toolkit.model._onnx import load_session, one_thread, read_settings
from toolkit.model.marking import mark_sentences
from toolkit.model.word_pieces import PAD, load_tokenizer, vectors_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray
    from onnxruntime import InferenceSession

    from toolkit.model.marking import Marked
    from toolkit.records import Span

FOLDER = Path(__file__).parent / "opinions"
BATCH = 8
"""Sentences to a run: with fewer there is more to do besides, with more the states leave the processor's cache."""


MANY = 8
"""Pairs beyond which a sentence is read alone: all others of its run would be filled up to as many."""


class Flag(IntEnum):
    """What is known of a pair beyond where both stand."""

    ANYONE = 0
    """Whoever judges: the holder is not asked for."""
    OUTLET = 1
    SPEAKS = 2
    """The holder makes the statement in which the target stands."""
    MENTIONED = 3
    """The holder is mentioned, and does not make that statement."""
    FAR = 4
    """The holder is not mentioned in the sentence."""
    TOLD = 5
    """The target stands in a statement that somebody else makes."""
    RELAYED = 6
    """The holder is mentioned within a statement."""
    BEFORE = 7
    """The holder is mentioned before the target."""
    DIRECT = 8
    """The statement is in quotation marks."""
    ADDRESSED = 9
    """The target is who is told."""
    ACTS_ON = 10
    """The holder does what the target undergoes."""
    ACTED_ON = 11
    """The target does what the holder undergoes."""
    SAME_NOUN = 12
    """Both hang on a noun: "praise for Holm from Reis"."""
    JUDGING = 13
    """A verb that judges joins the two."""
    SUPPOSED = 14
    """That verb is denied, or only supposed."""


KINDS: Final = ("outlet", "speaks", "mentioned")
"""Kinds of pairs, by who is thought to judge; scores are calibrated for each."""


class Pair(NamedTuple):
    """A holder's and a target's mentions in a sentence, and what is known of the two."""

    holder: tuple[Span, ...]
    target: tuple[Span, ...]
    flags: tuple[Flag, ...]


class Question(NamedTuple):
    """A sentence with the mentions that are marked in it, and the pairs to be judged."""

    text: str
    mentions: tuple[Span, ...]
    pairs: tuple[Pair, ...]


class Asked(NamedTuple):
    """A question as the network takes it: pieces, the places of both marks of each pair, and its flags."""

    ids: list[int]
    holders: list[list[int]]
    targets: list[list[int]]
    flags: list[list[int]]


def encode_questions(questions: Sequence[Question]) -> list[Asked]:
    """Return questions as the network takes them."""
    marked = mark_sentences(load_tokenizer(), [(question.text, question.mentions) for question in questions])
    return [_asked(sentence, question.pairs) for sentence, question in zip(marked, questions, strict=True)]


def _asked(sentence: Marked, pairs: Sequence[Pair]) -> Asked:
    def places(spans: Sequence[Span]) -> list[int]:
        return [sentence.marks[span] for span in spans if span in sentence.marks]

    return Asked(
        sentence.ids,
        [places(pair.holder) for pair in pairs],
        [places(pair.target) for pair in pairs],
        [[int(flag) for flag in pair.flags] for pair in pairs],
    )


class Judgement(NamedTuple):
    """The verdict on a pair: the polarity, 0 where it is not sure enough to be one, and calibrated probabilities."""

    polarity: Literal[-1, 0, 1]
    negative: float
    neutral: float
    positive: float

    @property
    def score(self) -> float:
        """The expected polarity, from -1 (surely negative) to 1 (surely positive)."""
        return self.positive - self.negative

    @property
    def probability(self) -> float:
        """The calibrated probability that the polarity is right."""
        return (self.neutral, self.positive, self.negative)[self.polarity]


UNREAD: Final = Judgement(0, 0.01, 0.98, 0.01)
"""The verdict where a target lies behind what is read of a sentence: that of most pairs."""


@one_thread()
def judge(questions: Sequence[Question]) -> list[list[Judgement]]:
    """Return for each sentence the verdict on each of its pairs, in order.

    A sentence's result depends on the sentence and its pairs alone.

    Raises
    ------
    PipelineError
        Where the packaged weights are missing or damaged.
    """
    if not any(question.pairs for question in questions):
        return [[] for _ in questions]
    config = read_config()
    session = load_session(FOLDER / "model.onnx", config["sha256"])
    asked = encode_questions(questions)
    read = [index for index, one in enumerate(asked) if any(one.targets)]
    found = [[UNREAD] * len(question.pairs) for question in questions]
    for index, scores in zip(read, score_questions(session, [asked[index] for index in read]), strict=True):
        for number, (pair, places) in enumerate(zip(questions[index].pairs, asked[index].targets, strict=True)):
            if places:
                found[index][number] = _verdict(scores[number].tolist(), pair, config)
    return found


def _verdict(logits: Sequence[float], pair: Pair, config: Mapping[str, Any]) -> Judgement:
    negative, none, positive = logits
    loaded = log_sum(negative, positive)
    intercept, slope = config["calibration"][kind_of(pair.flags)]
    any_judgement = 1 / (1 + math.exp(-(intercept + slope * (loaded - none))))
    shares = (any_judgement * math.exp(negative - loaded), any_judgement * math.exp(positive - loaded))
    sign: Literal[-1, 1] = 1 if positive > negative else -1
    sure = max(shares) >= config["threshold"]
    return Judgement(sign if sure else 0, shares[0], 1 - any_judgement, shares[1])


def log_sum(one: float, other: float) -> float:
    """Return the logarithm of the sum of two exponentials."""
    return max(one, other) + math.log1p(math.exp(-abs(one - other)))


def kind_of(flags: Sequence[Flag]) -> str:
    """Return the kind of pair by which scores are calibrated: who is thought to judge."""
    return next(flag.name.lower() for flag in flags if flag.name.lower() in KINDS)


@cache
def read_config() -> dict[str, Any]:
    """Return the model's settings: ``calibration`` by kind of pair, ``threshold``, and the weights' ``sha256``.

    Raises
    ------
    PipelineError
        Where the package came without the model.
    """
    return read_settings(FOLDER)


def score_questions(session: InferenceSession, asked: Sequence[Asked]) -> list[NDArray[np.float32]]:
    """Return the logits (pairs, 3) of each question, in order; sentences of like length are read together."""
    found: list[NDArray[np.float32]] = [np.zeros((0, 3), np.float32)] * len(asked)
    for batch in _batches(asked):
        given: dict[str, NDArray[Any]] = {**arrays([asked[index] for index in batch])}
        ids = given.pop("ids")
        given |= {"vectors": vectors_of(ids), "padding": (ids == PAD).astype(np.int64)}
        logits = session.run(None, given)[0]
        for row, index in zip(logits, batch, strict=True):
            found[index] = row[: len(asked[index].flags)]
    return found


def _batches(asked: Sequence[Asked]) -> Iterator[list[int]]:
    """Yield the numbers of questions to be read together: of like length, those with many pairs each alone."""
    order = sorted(range(len(asked)), key=lambda index: len(asked[index].ids))
    yield from ([index] for index in order if len(asked[index].flags) > MANY)
    few = [index for index in order if len(asked[index].flags) <= MANY]
    yield from (few[first : first + BATCH] for first in range(0, len(few), BATCH))


def arrays(batch: Sequence[Asked]) -> dict[str, NDArray[np.int64]]:
    """Return questions as arrays, padded to the longest.

    They are ``ids`` (batch, pieces), and, 1 where they apply and else 0, ``holders`` and ``targets`` (batch, pairs,
    pieces) and ``flags`` (batch, pairs, flags).
    """
    longest, most = max(len(one.ids) for one in batch), max(len(one.flags) for one in batch)
    ids = np.full((len(batch), longest), PAD, np.int64)
    marks = np.zeros((2, len(batch), most, longest), np.int64)
    flags = np.zeros((len(batch), most, len(Flag)), np.int64)
    for row, one in enumerate(batch):
        ids[row, : len(one.ids)] = one.ids
        for pair in range(len(one.flags)):
            marks[0, row, pair, one.holders[pair]] = 1
            marks[1, row, pair, one.targets[pair]] = 1
            flags[row, pair, one.flags[pair]] = 1
    return {"ids": ids, "holders": marks[0], "targets": marks[1], "flags": flags}
