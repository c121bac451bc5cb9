"""First stages of the tagger's recipe: MiniLM fine-tuned on PolNeAR as teachers, and a smaller student of theirs."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import numpy as np

from toolkit.model.train.starting import mean_model, pretrained_folder

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from toolkit.model.train.attribution import Run
    from toolkit.model.train.polnear import Example
    from toolkit.model.train.tagger import Tagger

_LOG = logging.getLogger(__name__)
TEACHER_EPOCHS = 5
STUDENT_EPOCHS = 4
KEPT_LAYERS = (0, 2, 3, 5)
"""Layers of a teacher that a student begins with."""
KEPT_INNER = 1024
"""Units within each of these, of 1,536."""
SAMPLE = 25
"""Articles that tell how large activations become."""


def distil(run: Run, teachers: Sequence[int], students: Sequence[int]) -> None:
    """Write a student's shared layers into ``run.out / "trunk"``, the others into ``run.out / "student"``.

    Students begin with the mean of the teachers' weights, and the mean of the students' is exported (Wortsman et al.
    2022, model soups).
    """
    from toolkit.model.train.tagger_export import export_parts

    fitted, held = run.examples
    taught = [fit_teacher(run, seed) for seed in teachers]
    for seed, model in zip(teachers, taught, strict=True):
        keep_guides(run, seed, model)
    whole = mean_model(taught)
    _LOG.info("mean of the teachers: %s", validate(whole, held))
    student = mean_model([fit_student(run, seed, teachers, whole) for seed in students])
    _LOG.info("mean of the students: %s", validate(student, held))
    export_parts(student, [example.words for example in fitted[:SAMPLE]], run.out, "student")


def fit_teacher(run: Run, seed: int) -> Tagger:
    """Return a tagger of all layers fitted to the articles, with the order and dropout of a seed."""
    from toolkit.model.train.tagging import TaggerSchedule, fit, start, tagger_loss, untaught

    schedule = TaggerSchedule(seed=seed)
    fitted, held = run.examples
    return fit(
        start(untaught(pretrained_folder()), schedule),
        [fitted] * TEACHER_EPOCHS,
        tagger_loss(run.tokenizer, schedule),
        run.out / f"tagger{seed}.pt",
        schedule=schedule,
        validate=lambda model: validate(model, held),
    )


def keep_guides(run: Run, seed: int, model: Tagger) -> None:
    """Keep what a teacher, exported, says of the articles that students learn from."""
    from toolkit.model.train.guiding import teacher
    from toolkit.model.train.tagger_export import export

    kept = run.out / f"guide{seed}.npy"
    if kept.is_file():
        return
    fitted, _ = run.examples
    folder = run.out / f"teacher{seed}"
    export(model, [example.words for example in fitted[:SAMPLE]], folder)
    view = teacher(folder)
    _save(kept, np.vstack([view(words) for words in (*(example.words for example in fitted), *run.unlabelled)]))
    _LOG.info("guide of teacher %d", seed)


def _save(path: Path, values: NDArray[np.float16]) -> None:
    # A run stopped while it writes must not leave half a file.
    part = path.with_suffix(".part.npy")
    np.save(part, values)
    part.replace(path)


def read_guided(run: Run, seeds: Sequence[int]) -> tuple[list[Example], list[Example]]:
    """Return the labelled articles and the unlabelled ones, with what the teachers say of them on average."""
    from toolkit.model.train.guiding import blended, guided

    fitted, _ = run.examples
    articles = [example.words for example in fitted] + run.unlabelled
    ends = np.cumsum([len(words) for words in articles])
    mean = np.mean([np.load(run.out / f"guide{seed}.npy") for seed in seeds], axis=0, dtype=np.float32)
    guides = np.split(mean, ends[:-1])
    labelled = [blended(example, guide) for example, guide in zip(fitted, guides, strict=False)]
    return labelled, [guided(*pair) for pair in zip(run.unlabelled, guides[len(fitted) :], strict=True)]


def fit_student(run: Run, seed: int, teachers: Sequence[int], model: Tagger) -> Tagger:
    """Return a student cut from a teacher: each epoch holds all labelled articles and the next part of the others."""
    from toolkit.model.train.predicting import scores_of
    from toolkit.model.train.shrinking import shrink
    from toolkit.model.train.tagger import Tagger
    from toolkit.model.train.tagging import TaggerSchedule, fit, start, tagger_loss

    schedule = TaggerSchedule(seed=seed)
    held = run.examples[1]
    labelled, unlabelled = read_guided(run, teachers)
    sample = [example.words for example in labelled[:SAMPLE]]
    small = Tagger(layers=len(KEPT_LAYERS), inner=KEPT_INNER)
    shrink(model, small, KEPT_LAYERS, lambda: [scores_of(model, words) for words in sample])
    return fit(
        start(small, schedule),
        [labelled + unlabelled[part::STUDENT_EPOCHS] for part in range(STUDENT_EPOCHS)],
        tagger_loss(run.tokenizer, schedule),
        run.out / f"student{seed}.pt",
        schedule=schedule,
        validate=lambda model: validate(model, held),
    )


def validate(model: Tagger, held: Sequence[Example]) -> str:
    """Return the F1 of exact spans of each role on articles kept aside, as a line for the log."""
    from toolkit.model.tags import ROLES, spans_of
    from toolkit.model.train.predicting import tags_of

    found = [set(spans_of(tags_of(model, example.words))) for example in held]
    gold = [set(spans_of(example.views[0].tags)) for example in held]
    scores = []
    for role in ROLES:
        right = sum(len([s for s in a & b if s[0] == role]) for a, b in zip(found, gold, strict=True))
        total = sum(len([s for s in a if s[0] == role]) for a in (*found, *gold))
        scores.append(f"{role} {200 * right / max(1, total):.1f}")
    return ", ".join(scores)
