"""Recipe of the reader of names: the lower layers of MiniLM, narrowed, fine-tuned on gold and silver names.

    python -m toolkit.model.train.names DATA --out DIR

DATA holds ``language/``. A run that was stopped goes on after its last epoch. Writes the model and its settings into
DIR/names, and a log.
"""

from __future__ import annotations

import argparse
import hashlib
import logging
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.model.parsing_scores import KINDS
from toolkit.model.train.parsing import DEVELOPMENT_NAMES, GOLD_NAMES, SILVER_NAMES, UNCLEAR
from toolkit.model.train.starting import pretrained_folder, run_recipe, write_settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.vocab import Vocab

    from toolkit.model.train.names_data import NameSet, Source
    from toolkit.model.train.naming import NameTagger
    from toolkit.model.train.parsing_balancing import Scored
    from toolkit.model.words import Words

_LOG = logging.getLogger(__name__)
HELD_OUT = "gum_ner_train"
"""The set a tenth of which is kept aside, to choose by."""
SILVER_PARTS = 8
"""An epoch has one of as many parts of the silver names; the last one has gold ones alone."""
LAST_EPOCHS = 1
SAMPLE = 25
"""Texts that tell how large states become."""


@dataclass
class Run:
    """One run of the recipe: where its data lie, where it keeps what it makes, whether unclear sets are left out."""

    data: Path
    out: Path
    clear_only: bool = False
    seed: int = 1
    epochs: int = 4

    def sets(self, names: Sequence[str]) -> list[tuple[str, NameSet]]:
        """Return the sets that this run may read, with their names."""
        from toolkit.model.train.names_data import read_set

        kept = [name for name in names if not self.clear_only or name not in UNCLEAR]
        return [(name, read_set(self.data / "language" / f"{name}.spacy")) for name in kept]

    @cached_property
    def gold(self) -> tuple[list[NameSet], NameSet]:
        """The gold names to learn from, and those kept aside."""
        from toolkit.model.train.names_data import split

        found = dict(self.sets(GOLD_NAMES))
        found[HELD_OUT], held = split(found[HELD_OUT])
        return list(found.values()), held

    @cached_property
    def vocab(self) -> Vocab:
        """What tells stop words."""
        import spacy

        return spacy.blank("en").vocab

    @cached_property
    def source(self) -> Source:
        """What turns sets into windows of words."""
        from toolkit.model.name_reader import cutter
        from toolkit.model.train.names_data import Source
        from toolkit.model.train.parsing_data import NamePool

        return Source(NamePool(one for part in self.gold[0] for one in part.examples), self.vocab, cutter())

    def parts(self) -> list[list[NameSet]]:
        """Return what each epoch learns from."""
        silver = [one for _, one in self.sets(SILVER_NAMES)]
        gold = self.gold[0]
        return [
            [*gold, *(one._replace(examples=_part(one.examples, epoch)) for one in silver)]
            if epoch < self.epochs - LAST_EPOCHS
            else gold
            for epoch in range(self.epochs)
        ]

    def sample(self) -> list[Words]:
        """Return some texts, as the reader takes them."""
        import random

        from toolkit.model.train.names_data import joined, read_example

        texts = joined(self.gold[0][0].examples[: 10 * SAMPLE], random.Random(0))  # noqa: S311 - no secret
        return [read_example(one, self.vocab, self.source.cut).words for one in texts][:SAMPLE]

    def development(self) -> list[tuple[NameSet, dict[str, str], float]]:
        """Return the sets to choose by, with the kinds that count in them and how much they weigh."""
        found = [(one, *DEVELOPMENT_NAMES[name]) for name, one in self.sets(list(DEVELOPMENT_NAMES))]
        return [*found, (self.gold[1], {kind: kind for kind in KINDS}, 1.0)]


def _part(examples: Sequence[Any], number: int) -> list[Any]:
    """Return one of the parts of a set, of runs of paragraphs that follow one another."""
    return [one for place, one in enumerate(examples) if place // 50 % SILVER_PARTS == number % SILVER_PARTS]


def scored(run: Run, model: NameTagger) -> list[Scored]:
    """Return the development sets with the scores that a reader gives their words."""
    from dataclasses import replace

    from toolkit.model.train.names_data import read_example
    from toolkit.model.train.naming import scores_of
    from toolkit.model.train.parsing_balancing import Scored

    found = []
    for one, kinds, weight in run.development():
        examples, scores = [], []
        for example in one.examples:
            read = read_example(example, run.vocab, run.source.cut)
            places = {int(token): word for word, token in enumerate(read.tokens)}
            words = [(places.get(a, -1), places.get(b - 1, -1) + 1, kind) for a, b, kind in example.names or ()]
            examples.append(replace(example, names=words))
            scores.append(scores_of(model, read.words))
        found.append(Scored(examples, scores, kinds, weight))
    return found


def validate(run: Run, model: NameTagger) -> str:
    """Return typed F1 on the sets to choose by, as a line for the log."""
    import numpy as np

    from toolkit.model.train.names_data import LABELS

    return ", ".join(f"{one.f1(LABELS, np.zeros(len(LABELS), np.float32)):.1f}" for one in scored(run, model))


def build(run: Run) -> Path:
    """Do what is still to do of the whole recipe, and return the folder with the model's files."""
    from toolkit.model.train.naming import fit, untaught
    from toolkit.model.train.tagging import Schedule, start

    schedule = Schedule(rate=3e-4, seed=run.seed)
    model = fit(
        start(untaught(pretrained_folder(), run.sample()), schedule),
        run.parts(),
        run.source,
        run.out / f"names{run.seed}.pt",
        schedule=schedule,
        validate=lambda model: validate(run, model),
    )
    return export(run, model)


def export(run: Run, model: NameTagger) -> Path:
    """Write the model as int8 ONNX and its settings; return their folder."""
    import onnx

    from toolkit.model.name_reader import LONGEST
    from toolkit.model.train.exporting import watched_maxima, watched_tops
    from toolkit.model.train.graph import build_tagger
    from toolkit.model.train.names_data import LABELS
    from toolkit.model.train.naming import scores_of

    folder, sample = run.out / "names", run.sample()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "model.onnx"
    weights = {name: values.numpy() for name, values in model.state_dict().items()}

    def read() -> None:
        for words in sample:
            scores_of(model, words)

    tops = watched_maxima(model.layers, read) | watched_tops(model.layers, read)
    onnx.save(build_tagger(weights, tops, LONGEST), path)
    write_settings({"labels": list(LABELS), "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}, folder)
    _LOG.info("written: %s", folder)
    return folder


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the recipe from the command line; 2 is returned where it cannot start."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="folder that holds language/")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoint, log and the finished model")
    parser.add_argument("--clear-licences-only", action="store_true", help="leave out sets of unclear licence")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=4)
    return run_recipe(parser, arguments, _build_given)


def _build_given(given: argparse.Namespace) -> None:
    given.out.mkdir(parents=True, exist_ok=True)
    handlers: list[logging.Handler] = [logging.StreamHandler(), logging.FileHandler(given.out / "log.txt")]
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", handlers=handlers)
    build(Run(given.data, given.out, given.clear_licences_only, given.seed, given.epochs))


if __name__ == "__main__":
    raise SystemExit(main())
