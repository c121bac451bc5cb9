"""Recipe of the reader of names: the lower layers of MiniLM, narrowed, fine-tuned on gold and silver names.

    python -m toolkit.model.train.names DATA --out DIR

DATA holds ``language/``. A run that was stopped goes on after its last epoch. Writes the model and its settings into
DIR/names, and a log.
"""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from toolkit.model.evaluate import DEVELOPMENT_NAMES
from toolkit.model.parsing_scores import KINDS
from toolkit.model.train.parsing import GOLD_NAMES, SILVER_NAMES, UNCLEAR
from toolkit.model.train.starting import pretrained_folder, run_language_recipe, write_settings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from spacy.vocab import Vocab

    from toolkit.model.train.names_data import NameSet, Source
    from toolkit.model.train.naming import NameTagger
    from toolkit.model.train.parsing_data import Example
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

    def development(self) -> list[tuple[NameSet, dict[str, str]]]:
        """Return the sets to choose by, with the kinds that count in them and as what."""
        kinds = dict(DEVELOPMENT_NAMES.values())
        found = [(one, kinds[name]) for name, one in self.sets(list(kinds))]
        return [*found, (self.gold[1], {kind: kind for kind in KINDS})]


def _part(examples: Sequence[Any], number: int) -> list[Any]:
    """Return one of the parts of a set, of runs of paragraphs that follow one another."""
    return [one for place, one in enumerate(examples) if place // 50 % SILVER_PARTS == number % SILVER_PARTS]


def validate(run: Run, model: NameTagger) -> str:
    """Return typed F1 on the sets to choose by, as a line for the log."""
    return ", ".join(f"{_f1(run, model, one.examples, kinds):.1f}" for one, kinds in run.development())


def _f1(run: Run, model: NameTagger, examples: Sequence[Example], kinds: Mapping[str, str]) -> float:
    from toolkit.model.name_reader import names_of
    from toolkit.model.parsing_scores import f1
    from toolkit.model.train.names_data import LABELS, read_example
    from toolkit.model.train.naming import scores_of

    gold, found = set(), set()
    for number, example in enumerate(examples):
        read = read_example(example, run.vocab, run.source.cut)
        read_names = names_of(read, scores_of(model, read.words), LABELS)
        gold |= {(number, start, end, kinds[kind]) for start, end, kind in example.names or () if kind in kinds}
        found |= {(number, start, end, kinds[kind]) for start, end, kind in read_names if kind in kinds}
    return f1(gold, found)


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
    return run_language_recipe(__doc__, Run, build, arguments)


if __name__ == "__main__":
    raise SystemExit(main())
