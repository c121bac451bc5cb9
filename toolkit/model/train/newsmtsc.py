"""Examples to train and measure on: NewsMTSC (Hamborg and Donnay 2021), and unlabelled news for silver ones."""

from __future__ import annotations

import calendar
import random
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zlib import crc32

import numpy as np

from toolkit.errors import InputError
from toolkit.model.data_files import read_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from toolkit.model.masking import Item

CLASS_OF = {2: 0, 4: 1, 6: 2}
"""The corpus' polarities as classes: negative, neutral, positive."""
VALIDATION_SHARE = 0.08

_SENTENCE = re.compile(r"[^.!?\n]{40,320}[.!?][”\"']{0,2}(?=\s|$)")
_NAME = re.compile(
    r"(?<=[a-z,] )(?:[A-Z][A-Za-z’'-]{1,20} ){0,2}[A-Z][A-Za-z-]{2,20}|^(?:[A-Z][a-z]{1,20} )[A-Z][a-z]{2,20}"
)
_CALENDAR = re.compile("|".join([*calendar.day_name, *calendar.month_name[1:]]))
_PRONOUN = re.compile(r"\b(?:he|she|him|they|them|his|her|their)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Example:
    """A target in its sentence, with its class as a distribution (negative, neutral, positive).

    ``others`` are further mentions of the same target in the same sentence.
    """

    item: Item
    gold: tuple[float, float, float]
    others: tuple[Item, ...] = ()


def read_examples(path: Path) -> list[Example]:
    """Return one example for each target of a file of NewsMTSC (jsonl, or jsonl.gz), in order.

    Raises
    ------
    InputError
        Where the file is missing, or a target does not lie in its sentence.
    """
    return [_example(path, row, target) for row in _rows(path) for target in row["targets"]]


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    return read_rows(path, "sentiment/ and unlabelled/")


def _example(path: Path, row: dict[str, Any], target: dict[str, Any]) -> Example:
    text, start, end = row["sentence_normalized"], target["from"], target["to"]
    if text[start:end] != target["mention"]:
        raise InputError(f"{path}: {start}:{end} of {text!r} is not {target['mention']!r}; is it another version?")
    gold = [0.0, 0.0, 0.0]
    gold[CLASS_OF[int(target["polarity"])]] = 1.0
    others = tuple((text, other["from"], other["to"]) for other in target.get("further_mentions", ()))
    return Example((text, start, end), (gold[0], gold[1], gold[2]), others)


def split(examples: list[Example]) -> tuple[list[Example], list[Example]]:
    """Return the examples to fit and those to choose and calibrate by, told apart by a hash of the sentence."""
    held = [crc32(example.item[0].encode()) % 1000 < 1000 * VALIDATION_SHARE for example in examples]
    fit = [example for example, out in zip(examples, held, strict=True) if not out]
    return fit, [example for example, out in zip(examples, held, strict=True) if out]


def candidate_targets(path: Path, count: int, seed: int) -> list[Item]:
    """Return ``count`` likely targets in sentences of unlabelled news: names by their capitals, and pronouns.

    At most one pronoun and two names are taken from a sentence.
    """
    chance = random.Random(seed)  # noqa: S311 - a sample, no secret
    found: list[Item] = []
    for row in _rows(path):
        for match in _SENTENCE.finditer(row["text"]):
            text = match.group().strip()
            names = [
                (text, name.start(), name.end()) for name in _NAME.finditer(text) if not _CALENDAR.search(name.group())
            ]
            pronouns = [(text, word.start(), word.end()) for word in _PRONOUN.finditer(text)]
            found += chance.sample(names, min(2, len(names))) + chance.sample(pronouns, min(1, len(pronouns)))
    return chance.sample(found, min(count, len(found)))


def is_pronoun(words: str) -> bool:
    """Tell whether a likely target is a pronoun."""
    return _PRONOUN.fullmatch(words) is not None


def macro_f1(examples: Sequence[Example], probabilities: NDArray[np.floating[Any]]) -> float:
    """Return the mean of the three classes' F1, in [0, 1], for scores or probabilities of shape (examples, 3)."""
    gold = np.argmax([example.gold for example in examples], axis=1)
    found = probabilities.argmax(1)
    each = [
        2 * ((gold == label) & (found == label)).sum() / max(1, (gold == label).sum() + (found == label).sum())
        for label in range(probabilities.shape[1])
    ]
    return float(np.mean(each))
