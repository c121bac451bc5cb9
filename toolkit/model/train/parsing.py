"""Recipe of the parsing half: lower layers of MiniLM, narrowed, fine-tuned on trees and names; rules of lemmas.

    python -m toolkit.model.train.parsing DATA --out DIR

DATA holds ``language/`` (treebanks, names). A run that was stopped goes on after its last epoch; the log is
DIR/log.txt. Writes the pipeline's files into DIR/parsing. With ``--clear-licences-only`` the sets whose licence is
unclear or forbids commercial use are left out.
"""

from __future__ import annotations

import argparse
import logging
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.model.evaluate import DEVELOPMENT_NAMES
from toolkit.model.lemmas import learn
from toolkit.model.parsing_labels import Labels, name_labels
from toolkit.model.parsing_scores import KINDS
from toolkit.model.train.parsing_data import KEPT_NAMES, ExampleSet, NamePool, read_names, read_trees, split
from toolkit.model.train.starting import mean_model, pretrained_folder, run_recipe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.model.doc_words import DocWords
    from toolkit.model.train.parsing_data import Example
    from toolkit.model.train.parsing_fitting import Epoch, Plan
    from toolkit.model.train.parsing_windows import Source
    from toolkit.model.train.reader import Reader

_LOG = logging.getLogger(__name__)
GOLD_TREES = ("ewt_train_clear", "gum_train_clear")
SILVER_TREES = ("polnear_dep_clear",)
GOLD_NAMES = ("ww_train", "gum_ner_train", "wikigold_ner")
SILVER_NAMES = ("polnear_ner",)
UNCLEAR = frozenset(["polnear_dep_clear", "polnear_ner", "ww_train", "ww_dev"])
"""Sets without a licence of their texts, or with one that forbids commercial use."""
DEVELOPMENT = ("gum_dev_clear", "ewt_dev_clear")
"""Treebanks to choose by."""
HELD_OUT = "gum_ner_train"
"""The set of names a tenth of which is kept aside, to choose by."""
TREE_PARTS, NAME_PARTS = 5, 8
"""An epoch has one of as many parts of the silver trees and of the silver names; the last one has gold names alone."""
LAST_EPOCHS = 1
RARE = 2
"""Forms (UPOS and features) seen less often than this are no class."""
KEPT_LAYERS = (0, 1, 2, 3, 4)
"""The encoder's layers that the reader begins with."""
KEPT_INNER = 640
"""Units within each of these, of 1,536."""
SAMPLE, LARGE_SAMPLE = 25, 200
"""Texts that tell which units matter, and those that tell how large states become."""


@dataclass
class Run:
    """One run of the recipe: where its data lie, where it keeps what it makes, whether unclear sets are left out."""

    data: Path
    out: Path
    clear_only: bool = False
    seeds: tuple[int, ...] = (1, 2)
    epochs: int = 5

    def paths(self, names: Sequence[str]) -> list[Path]:
        """Return the files of the sets that this run may read."""
        return [
            self.data / "language" / f"{name}.spacy" for name in names if not self.clear_only or name not in UNCLEAR
        ]

    @cached_property
    def gold_trees(self) -> list[ExampleSet]:
        """The treebanks."""
        return [read_trees(path, tagged=True) for path in self.paths(GOLD_TREES)]

    @cached_property
    def gold_names(self) -> tuple[list[ExampleSet], ExampleSet]:
        """The gold names to learn from, and those kept aside."""
        found = {path.stem: read_names(path) for path in self.paths(GOLD_NAMES)}
        found[HELD_OUT], held = split(found[HELD_OUT])
        return list(found.values()), held

    @cached_property
    def labels(self) -> Labels:
        """The labels that the examples have."""
        trees = [one for part in self.gold_trees for one in part.examples]
        forms = Counter(form for one in trees for form in one.forms or ())
        return Labels(
            tags=tuple(sorted({tag for one in trees for tag in one.tags or ()})),
            forms=tuple(sorted(form for form, count in forms.items() if count >= RARE)),
            deps=tuple(sorted({dep for one in trees for dep in one.deps or ()})),
            names=name_labels(sorted(set(KEPT_NAMES.values()))),
        )

    @cached_property
    def source(self) -> Source:
        """What turns sets into windows of words."""
        import spacy

        from toolkit.model.train.parsing_windows import Source
        from toolkit.model.words import cutter

        pool = NamePool(one for part in self.gold_names[0] for one in part.examples)
        return Source(self.labels, pool, spacy.blank("en").vocab, cutter())

    def parts(self) -> list[Epoch]:
        """Return what each epoch learns from."""
        from toolkit.model.train.parsing_fitting import Epoch

        silver_trees = [read_trees(path, tagged=False) for path in self.paths(SILVER_TREES)]
        silver_names = [read_names(path) for path in self.paths(SILVER_NAMES)]
        epochs = []
        for number in range(self.epochs):
            trees = [*self.gold_trees, *(_part(one, number, TREE_PARTS) for one in silver_trees)]
            some = [] if number >= self.epochs - LAST_EPOCHS else silver_names
            epochs.append(Epoch(trees, [*self.gold_names[0], *(_part(one, number, NAME_PARTS) for one in some)]))
        return epochs

    def sample(self, size: int) -> list[DocWords]:
        """Return some texts, as the parser takes them."""
        import random

        from toolkit.model.train.parsing_data import joined

        texts = joined(self.gold_names[0][0].examples[: 10 * size], random.Random(0))  # noqa: S311 - no secret
        return [self.source.read(one) for one in texts][:size]

    def checkpoint(self, seed: int) -> Path:
        """Return where this run keeps what a reader has learned so far; other sets or epochs make another run."""
        return self.out / f"reader-{'clear-' if self.clear_only else ''}{self.epochs}-{seed}.pt"

    def plan(self, seed: int) -> Plan:
        """Return how a reader learns."""
        from toolkit.model.train.parsing_fitting import Plan

        return Plan(rate=3e-4, seed=seed)

    def settings(self) -> dict[str, Any]:
        """Return what the pipeline's config says of how it was made."""
        names = [*GOLD_TREES, *SILVER_TREES, *GOLD_NAMES, *SILVER_NAMES]
        plan = self.plan(self.seeds[0])
        return {
            "command": "python -m toolkit.model.train.parsing",
            "sets": [path.stem for path in self.paths(names)],
            "seeds": list(self.seeds),
            "epochs": self.epochs,
            "rate": plan.rate,
            "head_rate": plan.head_rate,
            "words_of_trees": plan.trees,
            "words_of_names": plan.names,
            "name_weight": plan.name_weight,
        }


def _part(given: ExampleSet, number: int, parts: int) -> ExampleSet:
    """Return one of the parts of a set, of runs of paragraphs that follow one another."""
    chosen = [one for place, one in enumerate(given.examples) if place // 50 % parts == number % parts]
    return given._replace(examples=chosen)


def untaught(run: Run) -> Reader:
    """Return a reader that has learned nothing yet, cut from the encoder by what that makes of a sample."""
    import torch

    from toolkit.model.train.encoder import load_pretrained
    from toolkit.model.train.predicting import read_windows
    from toolkit.model.train.reader import Reader
    from toolkit.model.train.shrinking import shrink

    torch.manual_seed(0)
    whole = Reader(run.labels)
    load_pretrained(whole, pretrained_folder())
    small = Reader(run.labels, layers=len(KEPT_LAYERS), inner=KEPT_INNER)

    def read() -> None:
        for text in run.sample(SAMPLE):
            list(read_windows(whole, text))

    return shrink(whole, small, KEPT_LAYERS, read)


def fit_reader(run: Run, seed: int) -> Reader:
    """Return a reader fitted to all examples; all seeds begin alike, so that their weights have a mean."""
    from toolkit.model.train.parsing_fitting import fit
    from toolkit.model.train.tagging import start
    from toolkit.model.train.validating import validator

    trees = [read_trees(path, tagged=True) for path in run.paths(DEVELOPMENT)]
    kinds = dict(DEVELOPMENT_NAMES.values())
    names = [(read_names(path), kinds[path.stem]) for path in run.paths(list(kinds))]
    names.append((run.gold_names[1], {kind: kind for kind in KINDS}))
    return fit(
        start(untaught(run), run.plan(seed)),
        run.parts(),
        run.source,
        run.checkpoint(seed),
        plan=run.plan(seed),
        validate=validator(trees, names, run.source),
    )


def build(run: Run) -> None:
    """Do what is still to do of the whole recipe, and write the pipeline's files into ``run.out / "parsing"``."""
    from toolkit.model.train.parsing_exporting import Finished, export

    model = mean_model([fit_reader(run, seed) for seed in run.seeds]).eval()
    lemmas = learn(triple for part in run.gold_trees for one in part.examples for triple in _lemma_triples(one))
    export(Finished(model, run.labels, lemmas, run.settings(), run.sample(LARGE_SAMPLE)), run.out / "parsing")
    _LOG.info("written: %s", run.out / "parsing")


def _lemma_triples(example: Example) -> Iterator[tuple[str, str, str]]:
    columns = zip(example.words, example.tags or (), example.lemmas or (), strict=True)
    return (triple for triple in columns if triple[0].strip())


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the recipe from the command line; 2 is returned where it cannot start."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="folder that holds language/")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints, log and the finished pipeline")
    parser.add_argument("--clear-licences-only", action="store_true", help="leave out sets of unclear licence")
    parser.add_argument("--seeds", type=int, nargs="+", default=Run.seeds, help="of the readers whose mean is packaged")
    parser.add_argument("--epochs", type=int, default=Run.epochs)
    return run_recipe(parser, arguments, _start)


def _start(given: argparse.Namespace) -> None:
    given.out.mkdir(parents=True, exist_ok=True)
    handlers: list[logging.Handler] = [logging.StreamHandler(), logging.FileHandler(given.out / "log.txt", delay=True)]
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", handlers=handlers)
    build(Run(given.data, given.out, given.clear_licences_only, tuple(given.seeds), given.epochs))


if __name__ == "__main__":
    raise SystemExit(main())
