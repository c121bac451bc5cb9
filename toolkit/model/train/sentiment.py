"""Recipe of the sentiment model: teachers on NewsMTSC, silver labels on unlabelled news, smaller students of both.

    python -m toolkit.model.train.sentiment DATA --out DIR

DATA holds ``sentiment/`` (NewsMTSC) and ``unlabelled/`` (news). A run that was stopped goes on where it was: each
stage keeps what it made in DIR. The last stage writes the model, its tokenizer and its settings into DIR/sentiment.
"""

from __future__ import annotations

import argparse
import logging
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from toolkit.model.masking import MAX_PIECES, load_tokenizer
from toolkit.model.train.newsmtsc import Example, candidate_targets, macro_f1, read_examples, split
from toolkit.model.train.starting import mean_model, pretrained_folder, run_recipe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.model.train.encoder import TargetClassifier
    from toolkit.model.train.fitting import Source

_LOG = logging.getLogger(__name__)
TEACHERS = {"shown": True, "hidden": False}
"""One teacher reads the names of targets, one does not."""
LEARNED_PIECES = 96
"""Pieces of a sentence that are learned from: more than the packaged model then reads, which is as right and faster."""
TEACHER_EPOCHS = 5
STUDENT_EPOCHS = 4
KEPT_LAYERS = (0, 1, 2, 3, 5)
"""Layers of the teacher that students begin with: without the fifth it is as right on the validation part."""
KEPT_INNER = 896
"""Units within each of these, of 1,536."""
SAMPLE = 300
"""Examples that tell which units matter."""
CANDIDATES = 45_000
NEUTRAL_SHARE = 0.4
"""Most of the targets in unlabelled news are neutral; silver examples have no more neutral ones than this."""


@dataclass
class Run:
    """One run of the recipe: where its data lie and where it keeps what it makes."""

    data: Path
    out: Path

    @cached_property
    def examples(self) -> tuple[list[Example], list[Example]]:
        """The gold examples to fit, and those to validate and calibrate by."""
        return split(read_examples(self.data / "sentiment" / "newsmtsc_train.jsonl.gz"))

    def source(self, *, names: bool) -> Source:
        """Return what a fit starts from."""
        from toolkit.model.train.fitting import Source

        folder = pretrained_folder()
        return Source(folder, load_tokenizer(folder / "tokenizer.json"), names, LEARNED_PIECES)


def fit_teacher(run: Run, name: str) -> TargetClassifier:
    """Return one teacher, fitted to the gold examples."""
    from toolkit.model.train.fitting import fit, untaught

    gold, held = run.examples
    source = run.source(names=TEACHERS[name])
    model = fit(untaught(source), [gold] * TEACHER_EPOCHS, source, run.out / f"teacher-{name}.pt", seed=1)
    _validate(f"teacher {name}", model, source, held)
    return model


def label_silver(run: Run, name: str) -> None:
    """Keep a teacher's probabilities (n, 3) for the candidate targets of the unlabelled news."""
    from toolkit.model.train.fitting import predict_probabilities

    kept = run.out / f"silver-{name}.npy"
    if not kept.is_file():
        items = candidate_targets(run.data / "unlabelled" / "news.jsonl.gz", CANDIDATES, seed=1)
        encoded = run.source(names=TEACHERS[name]).encode(items)
        np.save(kept, predict_probabilities(fit_teacher(run, name), encoded))


def read_silver(run: Run) -> list[Example]:
    """Return the candidates with the teachers' mean probabilities, most of the neutral ones left out."""
    items = candidate_targets(run.data / "unlabelled" / "news.jsonl.gz", CANDIDATES, seed=1)
    mean = np.mean([np.load(run.out / f"silver-{name}.npy") for name in TEACHERS], axis=0)
    neutral = mean.argmax(1) == 1
    room = int((~neutral).sum() * NEUTRAL_SHARE / (1 - NEUTRAL_SHARE))
    kept = ~neutral | (neutral.cumsum() <= room)
    return [Example(item, tuple(row)) for item, row, keep in zip(items, mean.tolist(), kept, strict=True) if keep]


def shrunk_teacher(run: Run) -> TargetClassifier:
    """Return what students begin with, who do not see names either: a part of the teacher that does not."""
    from toolkit.model.train.encoder import TargetClassifier
    from toolkit.model.train.fitting import predict_probabilities
    from toolkit.model.train.shrinking import shrink

    teacher = fit_teacher(run, "hidden")
    sample = run.source(names=False).encode([example.item for example in run.examples[0][:SAMPLE]])
    small = TargetClassifier(layers=len(KEPT_LAYERS), inner=KEPT_INNER)
    return shrink(teacher, small, KEPT_LAYERS, lambda: predict_probabilities(teacher, sample))


def fit_student(run: Run, seed: int) -> TargetClassifier:
    """Return a student: each epoch holds all gold examples and the next part of the silver ones."""
    from toolkit.model.train.fitting import Schedule, fit

    gold, held = run.examples
    silver = read_silver(run)
    _LOG.info("silver: %d, mean probabilities %s", len(silver), np.mean([e.gold for e in silver], axis=0).round(2))
    epochs = [gold + silver[part::STUDENT_EPOCHS] for part in range(STUDENT_EPOCHS)]
    source = run.source(names=False)
    start, checkpoint = shrunk_teacher(run), run.out / f"student{seed}.pt"
    model = fit(start, epochs, source, checkpoint, seed=seed, schedule=Schedule(average=True))
    _validate(f"student {seed}", model, source, held)
    return model


def _validate(title: str, model: TargetClassifier, source: Source, held: Sequence[Example]) -> None:
    from toolkit.model.train.fitting import predict_probabilities

    found = predict_probabilities(model, source.encode([example.item for example in held]))
    _LOG.info("%s: validation F1m %.1f", title, 100 * macro_f1(held, found))


def build(run: Run, seeds: Sequence[int]) -> None:
    """Do what is still to do of the whole recipe, and write the model's files into ``run.out / "sentiment"``."""
    from toolkit.model.train.exporting import calibrate, export, write_settings

    run.out.mkdir(parents=True, exist_ok=True)
    for name in TEACHERS:
        label_silver(run, name)
    student = mean_model([fit_student(run, seed) for seed in seeds])
    source, held = replace(run.source(names=False), pieces=MAX_PIECES), run.examples[1]
    _validate("mean of the students", student, source, held)
    folder = run.out / "sentiment"
    encoded = source.encode([example.item for example in held])
    path = export(student, source, encoded, folder)
    gold = np.argmax([example.gold for example in held], axis=1)
    write_settings(calibrate(path, encoded, gold), folder)
    _LOG.info("written: %s", folder)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the recipe from the command line; 2 is returned where it cannot start."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="folder that holds sentiment/ and unlabelled/")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints and the finished model")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2], help="one student for each (default: 1 2)")
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    return run_recipe(parser, arguments, lambda given: build(Run(given.data, given.out), given.seeds))


if __name__ == "__main__":
    raise SystemExit(main())
