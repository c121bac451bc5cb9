"""Recipe of the tagger of attributions: teachers, a student of theirs, and upper layers that learn all statements.

    python -m toolkit.model.train.attribution DATA GOLD --out DIR

DATA holds ``attribution/`` (PolNeAR) and ``unlabelled/`` (news); GOLD is ``gold/coverage``, which holds ``texts/``,
``train/`` to learn from and ``dev/`` to choose and calibrate by. A run that was stopped goes on where it was: each
stage keeps what it made in DIR. The student is written into DIR/trunk and DIR/student; where these are there, the run
begins with its upper layers, and with ``--go-on`` with those of the packaged tagger. The last stage writes these and
their settings into DIR/attribution.
"""

from __future__ import annotations

import argparse
import logging
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.model import attribution_tagger, trunk_reader
from toolkit.model.train.distilling import SAMPLE, distil
from toolkit.model.train.polnear import Example, held_out, read_articles, read_example
from toolkit.model.train.starting import mean_model, run_recipe, write_settings
from toolkit.model.word_pieces import load_tokenizer
from toolkit.model.words import word_cutter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tokenizers import Tokenizer

    from toolkit.model.words import Cutter, Words

_LOG = logging.getLogger(__name__)
UNLABELLED_WORDS = 1_600_000


@dataclass
class Run:
    """One run of the recipe: where its data lie and where it keeps what it makes."""

    data: Path
    gold: Path
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
    def whole(self) -> list[Example]:
        """The articles that tell of all statements."""
        import spacy

        from toolkit.model.train.statements_gold import read_statements

        return list(read_statements(self.gold, "train", spacy.blank("en"), self.cut))

    @cached_property
    def unlabelled(self) -> list[Words]:
        """The articles that teachers alone label."""
        import spacy

        from toolkit.model.train.guiding import read_unlabelled

        path = self.data / "unlabelled" / "news.jsonl.gz"
        return list(read_unlabelled(path, spacy.blank("en"), self.cut, UNLABELLED_WORDS))


@dataclass(frozen=True, slots=True)
class Seeds:
    """One fit for each."""

    teachers: Sequence[int]
    students: Sequence[int]
    branches: Sequence[int]


def build(run: Run, seeds: Seeds, *, go_on: bool = False) -> Path:
    """Do what is still to do of the whole recipe, and return the folder with the model's files.

    With ``go_on`` the upper layers of the packaged tagger learn on, above the packaged shared layers.

    The mean of the weights of all branches is exported (Wortsman et al. 2022, model soups).
    """
    from toolkit.model.train.statements import Exported, calibrate, fit_branch
    from toolkit.model.train.tagger_branch import Shared
    from toolkit.model.train.tagger_export import export_branch

    run.out.mkdir(parents=True, exist_ok=True)
    trunk, student, folder = (run.out / name for name in ("trunk", "student", "attribution"))
    if go_on:
        trunk, student = trunk_reader.FOLDER, attribution_tagger.FOLDER
    elif not (student / "config.json").is_file():
        distil(run, seeds.teachers, seeds.students)
    tagger = Exported(trunk, student)
    articles = run.examples[0], run.whole
    model = mean_model([fit_branch(tagger, articles, run.out, seed) for seed in seeds.branches])
    sample = [example.words for example in run.whole[:SAMPLE]]
    settings = export_branch(model, sample, Shared(tagger.shared), folder)
    write_settings(settings | {"calibration": calibrate(Exported(trunk, folder), run.gold)}, folder)
    _LOG.info("written: %s", folder)
    return folder


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the recipe from the command line; 2 is returned where it cannot start."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="folder that holds attribution/ and unlabelled/")
    parser.add_argument("gold", type=Path, help="folder that holds texts/, train/ and dev/")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints and the finished model")
    parser.add_argument("--go-on", action="store_true", help="begin with the packaged tagger")
    parser.add_argument("--teachers", type=int, nargs="+", default=[1, 2], help="seeds, one for each (default: 1 2)")
    parser.add_argument("--students", type=int, nargs="+", default=[1], help="seeds, one for each (default: 1)")
    parser.add_argument("--branches", type=int, nargs="+", default=[1], help="seeds, one for each (default: 1)")
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    return run_recipe(
        parser,
        arguments,
        lambda given: build(
            Run(given.data, given.gold, given.out),
            Seeds(given.teachers, given.students, given.branches),
            go_on=given.go_on,
        ),
    )


if __name__ == "__main__":
    raise SystemExit(main())
