"""Recipe of the tagger of attributions: MiniLM fine-tuned on PolNeAR.

    python -m toolkit.model.train.attribution DATA --out DIR

DATA holds ``attribution/`` (PolNeAR). A run that was stopped goes on where it was. The model and its settings are
written into DIR/attribution.
"""

from __future__ import annotations

import argparse
import logging
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.model.masking import load_tokenizer
from toolkit.model.train.polnear import Example, held_out, read_articles, read_example
from toolkit.model.train.starting import mean_model, pretrained_folder, run_recipe
from toolkit.model.words import word_cutter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tokenizers import Tokenizer

    from toolkit.model.train.tagger import Tagger
    from toolkit.model.words import Cutter, Words

_LOG = logging.getLogger(__name__)
EPOCHS = 5
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
        return load_tokenizer(pretrained_folder() / "tokenizer.json")

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


def fit_seed(run: Run, seed: int) -> Tagger:
    """Return a tagger of all layers fitted to the articles, with the order and dropout of a seed."""
    from toolkit.model.train.tagging import Schedule, fit, start, untaught

    schedule = Schedule(seed=seed)
    fitted, held = run.examples
    return fit(
        start(untaught(pretrained_folder()), schedule),
        [fitted] * EPOCHS,
        run.tokenizer,
        run.out / f"tagger{seed}.pt",
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


def build(run: Run, seeds: Sequence[int]) -> Path:
    """Do what is still to do of the whole recipe, and return the folder with the model's files.

    The weights are the mean of those that the seeds lead to (Wortsman et al. 2022, model soups).
    """
    from toolkit.model.train.tagger_export import export

    run.out.mkdir(parents=True, exist_ok=True)
    model = mean_model([fit_seed(run, seed) for seed in seeds])
    fitted, held = run.examples
    _LOG.info("on articles kept aside: %s", validate(model, held))
    sample = [example.words for example in fitted[:SAMPLE]]
    folder = run.out / "attribution"
    calibrate(run, folder, export(model, sample, folder))
    _LOG.info("written: %s", folder)
    return folder


def calibrate(run: Run, folder: Path, settings: dict[str, Any]) -> None:
    """Add to the settings the line that turns the model's log odds into the shares that prove right.

    A content is right where it shares four fifths of its words with one of the gold (Dice), in articles kept aside.
    """
    import numpy as np
    import spacy

    from toolkit.model._onnx import load_session
    from toolkit.model.attribution_tagger import decode, score_words
    from toolkit.model.train.tagger_export import fit_line, write_settings
    from toolkit.model.words import read_words
    from toolkit.quotations._linking import link
    from toolkit.quotations._tagged import certainty

    nlp, session = spacy.blank("en"), load_session(folder / "model.onnx", settings["sha256"])
    sure, right = [], []
    for article in filter(held_out, read_articles(run.data / "attribution" / "train.jsonl.gz")):
        words = read_words(nlp.make_doc(article["text"]), run.cut)
        spans = decode(words, score_words(session, words), np.array(settings["transitions"], np.float32))
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
    parser.add_argument("data", type=Path, help="folder that holds attribution/")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints and the finished model")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1], help="a tagger for each (default: 1)")
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    return run_recipe(parser, arguments, lambda given: build(Run(given.data, given.out), given.seeds))


if __name__ == "__main__":
    raise SystemExit(main())
