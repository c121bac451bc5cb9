"""Recipe of the tagger of attributions: MiniLM fine-tuned on PolNeAR as teachers, and a smaller student of theirs.

    python -m toolkit.model.train.attribution DATA --out DIR

DATA holds ``attribution/`` (PolNeAR) and ``unlabelled/`` (news). A run that was stopped goes on where it was: each
stage keeps what it made in DIR. The last stage writes the models and their settings into DIR/trunk and DIR/attribution.
"""

from __future__ import annotations

import argparse
import logging
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from toolkit.model.train.polnear import Example, held_out, read_articles, read_example
from toolkit.model.train.starting import mean_model, pretrained_folder, run_recipe, write_settings
from toolkit.model.word_pieces import load_tokenizer
from toolkit.model.words import word_cutter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from tokenizers import Tokenizer

    from toolkit.model.train.tagger import Tagger
    from toolkit.model.words import Cutter, Words

_LOG = logging.getLogger(__name__)
TEACHER_EPOCHS = 5
STUDENT_EPOCHS = 4
KEPT_LAYERS = (0, 2, 3, 5)
"""Layers of a teacher that a student begins with."""
KEPT_INNER = 1024
"""Units within each of these, of 1,536."""
UNLABELLED_WORDS = 1_600_000
SAMPLE = 25
"""Articles that tell how large activations become."""
RIGHT = 0.8


@dataclass
class Run:
    """One run of the recipe: where its data lie and where it keeps what it makes."""

    data: Path
    out: Path

    @cached_property
    def tokenizer(self) -> Tokenizer:
        """The encoder's word pieces."""
        return load_tokenizer()

    @cached_property
    def cut(self) -> Cutter:
        """What gives the pieces of a word."""
        return word_cutter(self.tokenizer)

    @cached_property
    def examples(self) -> tuple[list[Example], list[Example]]:
        """The articles to fit, and those to choose and calibrate by."""
        import spacy

        nlp = spacy.blank("en")
        parts: tuple[list[Example], list[Example]] = ([], [])
        for article in read_articles(self.data / "attribution" / "train.jsonl.gz"):
            parts[held_out(article)].append(read_example(article, nlp, self.cut))
        return parts

    @cached_property
    def unlabelled(self) -> list[Words]:
        """The articles that teachers alone label."""
        import spacy

        from toolkit.model.train.guiding import read_unlabelled

        path = self.data / "unlabelled" / "news.jsonl.gz"
        return list(read_unlabelled(path, spacy.blank("en"), self.cut, UNLABELLED_WORDS))


def fit_teacher(run: Run, seed: int) -> Tagger:
    """Return a tagger of all layers fitted to the articles, with the order and dropout of a seed."""
    from toolkit.model.train.tagging import TaggerSchedule, fit, start, untaught

    schedule = TaggerSchedule(seed=seed)
    fitted, held = run.examples
    return fit(
        start(untaught(pretrained_folder()), schedule),
        [fitted] * TEACHER_EPOCHS,
        run.tokenizer,
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
    from toolkit.model.train.tagging import TaggerSchedule, fit, start

    schedule = TaggerSchedule(seed=seed)
    held = run.examples[1]
    labelled, unlabelled = read_guided(run, teachers)
    sample = [example.words for example in labelled[:SAMPLE]]
    small = Tagger(layers=len(KEPT_LAYERS), inner=KEPT_INNER)
    shrink(model, small, KEPT_LAYERS, lambda: [scores_of(model, words) for words in sample])
    return fit(
        start(small, schedule),
        [labelled + unlabelled[part::STUDENT_EPOCHS] for part in range(STUDENT_EPOCHS)],
        run.tokenizer,
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


def build(run: Run, teachers: Sequence[int], students: Sequence[int]) -> Path:
    """Do what is still to do of the whole recipe, and return the folder with the model's files.

    Students begin with the mean of the teachers' weights, and the mean of the students' is exported (Wortsman et al.
    2022, model soups).
    """
    from toolkit.model.train.tagger_export import export_parts

    run.out.mkdir(parents=True, exist_ok=True)
    fitted, held = run.examples
    taught = [fit_teacher(run, seed) for seed in teachers]
    for seed, model in zip(teachers, taught, strict=True):
        keep_guides(run, seed, model)
    whole = mean_model(taught)
    _LOG.info("mean of the teachers: %s", validate(whole, held))
    student = mean_model([fit_student(run, seed, teachers, whole) for seed in students])
    _LOG.info("mean of the students: %s", validate(student, held))
    sample = [example.words for example in fitted[:SAMPLE]]
    folder = run.out / "attribution"
    calibrate(run, folder, export_parts(student, sample, run.out, folder.name))
    _LOG.info("written: %s", folder)
    return folder


def calibrate(run: Run, folder: Path, settings: dict[str, Any]) -> None:
    """Add to the settings the line that turns the model's log odds into the shares that prove right.

    A content is right where it shares four fifths of its words with one of the gold (Dice), in articles kept aside.
    """
    import spacy

    from toolkit.model._onnx import load_session, read_settings
    from toolkit.model.attribution_tagger import decode
    from toolkit.model.tags import LINKS, TAGS
    from toolkit.model.train.platt import fit_line
    from toolkit.model.trunk_reader import states_of
    from toolkit.model.words import read_words
    from toolkit.quotations._linking import link
    from toolkit.quotations._tagged import certainty

    nlp, session = spacy.blank("en"), load_session(folder / "model.onnx", settings["sha256"])
    trunk = folder.with_name("trunk")
    shared = load_session(trunk / "model.onnx", read_settings(trunk)["sha256"])
    sure, right = [], []
    for article in filter(held_out, read_articles(run.data / "attribution" / "train.jsonl.gz")):
        words = read_words(nlp.make_doc(article["text"]), run.cut)
        scores = states_of(shared, words).scores(session, len(TAGS) + len(LINKS))
        spans = decode(words, scores, np.array(settings["transitions"], np.float32))
        first = next(iter(article["annotators"].values()))
        gold = [_words(words, row["content"]) for row in first]
        for made in (made for made in link(spans) if made.cue):
            found = _words(words, [(content.start, content.end) for content in made.contents])
            sure.append(certainty(made))
            right.append(any(2 * len(found & each) >= RIGHT * (len(found) + len(each)) for each in gold))
    intercept, slope = fit_line(np.array(sure), np.array(right))
    _LOG.info("calibration: %d statements, %.0f %% right", len(right), 100 * np.mean(right))
    write_settings(settings | {"calibration": [round(intercept, 3), round(slope, 3)]}, folder)


def _words(words: Words, spans: Sequence[Sequence[int]]) -> set[int]:
    text_words = (word for word in range(len(words)) if words.spans[word][1] - words.spans[word][0] > 1)
    return {word for word in text_words for start, end in spans if start <= words.spans[word][0] < end}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the recipe from the command line; 2 is returned where it cannot start."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="folder that holds attribution/ and unlabelled/")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints and the finished model")
    parser.add_argument("--teachers", type=int, nargs="+", default=[1, 2], help="seeds, one for each (default: 1 2)")
    parser.add_argument("--students", type=int, nargs="+", default=[1], help="seeds, one for each (default: 1)")
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    return run_recipe(
        parser, arguments, lambda given: build(Run(given.data, given.out), given.teachers, given.students)
    )


if __name__ == "__main__":
    raise SystemExit(main())
