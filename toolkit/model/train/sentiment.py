"""Recipe of the sentiment model: teachers on NewsMTSC, large students on news that these label, and small ones.

    python -m toolkit.model.train.sentiment DATA --out DIR

DATA holds ``sentiment/`` (NewsMTSC) and ``unlabelled/`` (news). A run that was stopped goes on where it was: each
stage keeps what it made in DIR. The last stage writes the model and its settings into DIR/sentiment.
"""

from __future__ import annotations

import argparse
import logging
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from toolkit.model.masking import MAX_PIECES
from toolkit.model.train.newsmtsc import Example, candidate_targets, macro_f1, read_examples, split
from toolkit.model.train.starting import mean_model, pretrained_folder, run_recipe, write_settings
from toolkit.model.word_pieces import load_tokenizer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.model.masking import Item
    from toolkit.model.train.encoder import TargetClassifier
    from toolkit.model.train.fitting import Source

_LOG = logging.getLogger(__name__)
TEACHERS = {"shown": True, "hidden": False}
"""One teacher reads the names of targets, one does not."""
LEARNED_PIECES = 96
"""Pieces of a sentence that are learned from: more than the packaged model then reads, which is as right and faster."""
TEACHER_EPOCHS = 5
LARGE_EPOCHS = 4
SMALL_EPOCHS = 3
KEPT_LAYERS = (0, 1, 2, 3, 5)
"""Layers of the large student that the small one begins with; of six, it can best do without the fifth."""
KEPT_INNER = 896
"""Units within each of these, of 1,536."""
SAMPLE = 300
"""Examples that tell which units matter."""
CANDIDATES = 45_000
"""Targets in unlabelled news that the teachers label."""
MORE_CANDIDATES = 90_000
"""Those that the large student labels."""
NEUTRAL_SHARE = 0.4
"""Most of the targets in unlabelled news are neutral; silver examples have no more neutral ones than this."""
SMALL = {"few": 657, "all": None}
"""The small students, whose mean is packaged, by how many of the sentences written for training they learn from."""
WRITTEN_TIMES = 2
"""How often each epoch of a small student has each written sentence, with other names each time."""
GOLD_SHARE = 0.5
"""How much of what the small student learns from a gold example is its class; the rest is what the large one says."""


@dataclass
class Run:
    """One run of the recipe: where its data lie and where it keeps what it makes."""

    data: Path
    out: Path

    @cached_property
    def examples(self) -> tuple[list[Example], list[Example]]:
        """The gold examples to fit, and those to validate and calibrate by."""
        return split(read_examples(self.data / "sentiment" / "newsmtsc_train.jsonl.gz"))

    @cached_property
    def candidates(self) -> list[Item]:
        """Likely targets in the unlabelled news, for the large student to label."""
        return candidate_targets(self.data / "unlabelled" / "news.jsonl.gz", MORE_CANDIDATES, seed=1)

    def source(self, *, names: bool) -> Source:
        """Return what a fit starts from."""
        from toolkit.model.train.fitting import Source

        return Source(pretrained_folder(), load_tokenizer(), names, LEARNED_PIECES)


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
    """Return the candidates with the teachers' mean probabilities."""
    items = candidate_targets(run.data / "unlabelled" / "news.jsonl.gz", CANDIDATES, seed=1)
    mean = np.mean([np.load(run.out / f"silver-{name}.npy") for name in TEACHERS], axis=0)
    return balanced([Example(item, tuple(row)) for item, row in zip(items, mean.tolist(), strict=True)])


def balanced(examples: Sequence[Example]) -> list[Example]:
    """Return examples in order, most of the neutral ones left out."""
    neutral = np.argmax([example.gold for example in examples], axis=1) == 1
    room = int((~neutral).sum() * NEUTRAL_SHARE / (1 - NEUTRAL_SHARE))
    kept = ~neutral | (neutral.cumsum() <= room)
    return [example for example, keep in zip(examples, kept, strict=True) if keep]


def fit_large(run: Run, seed: int) -> TargetClassifier:
    """Return a student of all layers: each epoch holds all gold examples and the next part of the silver ones."""
    from toolkit.model.train.fitting import Schedule, fit, untaught

    gold, held = run.examples
    silver = read_silver(run)
    _LOG.info("silver: %d, mean probabilities %s", len(silver), np.mean([e.gold for e in silver], axis=0).round(2))
    epochs = [gold + silver[part::LARGE_EPOCHS] for part in range(LARGE_EPOCHS)]
    source, checkpoint = run.source(names=False), run.out / f"large{seed}.pt"
    model = fit(untaught(source), epochs, source, checkpoint, seed=seed, schedule=Schedule(average=True))
    _validate(f"large student {seed}", model, source, held)
    return model


def large_student(run: Run, seeds: Sequence[int]) -> TargetClassifier:
    """Return the mean of the large students (Wortsman et al. 2022, model soups)."""
    import torch

    from toolkit.model.train.encoder import TargetClassifier

    kept = run.out / "large.pt"
    if not kept.is_file():
        for name in TEACHERS:
            label_silver(run, name)
        mean = mean_model([fit_large(run, seed) for seed in seeds])
        _validate("mean of the large students", mean, run.source(names=False), run.examples[1])
        torch.save({"model": mean.state_dict()}, kept)
    model = TargetClassifier()
    model.load_state_dict(torch.load(kept, weights_only=True)["model"])
    return model.eval()


def keep_labels(run: Run, large: TargetClassifier) -> None:
    """Keep what the large student, as int8 and calibrated, says of gold examples and of more candidates."""
    from toolkit.model._onnx import load_session
    from toolkit.model.sentiment_classifier import score_items, softmax
    from toolkit.model.train.exporting import calibrate, export

    gold, held = run.examples
    parts = {"gold": [example.item for example in gold], "silver": run.candidates}
    missing = [name for name in parts if not (run.out / f"{name}-large.npy").is_file()]
    if not missing:
        return
    source = replace(run.source(names=False), pieces=MAX_PIECES)
    encoded = source.encode([example.item for example in held])
    path = export(large, encoded, run.out / "large")
    settings = calibrate(path, encoded, np.argmax([example.gold for example in held], axis=1))
    session = load_session(path, settings["sha256"])
    for name in missing:
        scores = score_items(session, source.encode(parts[name]))
        np.save(run.out / f"{name}-large.npy", softmax(scores / settings["temperature"]).astype(np.float32))


def read_labels(run: Run) -> tuple[list[Example], list[Example]]:
    """Return the gold examples, blended with what the large student says of them, and the silver ones."""
    gold, _ = run.examples
    said = np.load(run.out / "gold-large.npy")
    mixed = GOLD_SHARE * np.array([example.gold for example in gold]) + (1 - GOLD_SHARE) * said
    silver = zip(run.candidates, np.load(run.out / "silver-large.npy").tolist(), strict=True)
    return (
        [replace(example, gold=tuple(row)) for example, row in zip(gold, mixed.tolist(), strict=True)],
        balanced([Example(item, tuple(row)) for item, row in silver]),
    )


def written(run: Run, count: int | None, epoch: int) -> list[Example]:
    """Return the first sentences written for training, with names of news in their blanks: others in each epoch."""
    import random

    from toolkit.model.train.newsmtsc import is_pronoun
    from toolkit.model.train.written import filled, sentences

    names = sorted({text[start:end] for text, start, end in run.candidates if not is_pronoun(text[start:end])})
    chance = random.Random(epoch)  # noqa: S311 - a choice of names, no secret
    return [example for _ in range(WRITTEN_TIMES) for example in filled(sentences()[:count], names, chance)]


def fit_small(run: Run, name: str, large: TargetClassifier) -> TargetClassifier:
    """Return a small student cut from the large one, which learns what that one says, and written sentences."""
    from toolkit.model.train.encoder import TargetClassifier
    from toolkit.model.train.fitting import Schedule, fit, predict_probabilities
    from toolkit.model.train.shrinking import shrink

    gold, silver = read_labels(run)
    _LOG.info("silver: %d, mean probabilities %s", len(silver), np.mean([e.gold for e in silver], axis=0).round(2))
    source = replace(run.source(names=False), pieces=MAX_PIECES)
    sample = source.encode([example.item for example in gold[:SAMPLE]])
    small = TargetClassifier(layers=len(KEPT_LAYERS), inner=KEPT_INNER)
    shrink(large, small, KEPT_LAYERS, lambda: predict_probabilities(large, sample))
    parts = range(SMALL_EPOCHS)
    epochs = [gold + silver[part::SMALL_EPOCHS] + written(run, SMALL[name], part) for part in parts]
    schedule = Schedule(smoothing=0.0)
    model = fit(small, epochs, source, run.out / f"small-{name}.pt", seed=1, schedule=schedule)
    _validate(f"small student {name}", model, source, run.examples[1])
    return model


def _validate(title: str, model: TargetClassifier, source: Source, held: Sequence[Example]) -> None:
    from toolkit.model.train.fitting import predict_probabilities

    found = predict_probabilities(model, source.encode([example.item for example in held]))
    _LOG.info("%s: validation F1m %.1f", title, 100 * macro_f1(held, found))


def build(run: Run, large_seeds: Sequence[int]) -> None:
    """Do what is still to do of the whole recipe, and write the model's files into ``run.out / "sentiment"``."""
    from toolkit.model.train.exporting import calibrate, export

    run.out.mkdir(parents=True, exist_ok=True)
    large = large_student(run, large_seeds)
    keep_labels(run, large)
    student = mean_model([fit_small(run, name, large) for name in SMALL])
    source, held = replace(run.source(names=False), pieces=MAX_PIECES), run.examples[1]
    _validate("mean of the small students", student, source, held)
    folder = run.out / "sentiment"
    encoded = source.encode([example.item for example in held])
    path = export(student, encoded, folder)
    gold = np.argmax([example.gold for example in held], axis=1)
    write_settings(calibrate(path, encoded, gold), folder)
    _LOG.info("written: %s", folder)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the recipe from the command line; 2 is returned where it cannot start."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="folder that holds sentiment/ and unlabelled/")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints and the finished model")
    parser.add_argument("--large", type=int, nargs="+", default=[1, 2], help="seeds of large students (default: 1 2)")
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    return run_recipe(parser, arguments, lambda given: build(Run(given.data, given.out), given.large))


if __name__ == "__main__":
    raise SystemExit(main())
