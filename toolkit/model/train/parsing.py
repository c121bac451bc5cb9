"""Recipe of the parsing half: word vectors from MiniLM, one network for tags, forms, trees and names, lemma rules.

    python -m toolkit.model.train.parsing DATA --out DIR

DATA holds ``language/`` (treebanks, names) and ``unlabelled/`` (news). A run that was stopped goes on where it was:
each stage keeps what it made in DIR, and the log is DIR/log.txt. The last stage writes the pipeline's files into
DIR/parsing. ``--clear-licences-only`` leaves out the sets whose licence is unclear or forbids commercial use.
"""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import asdict, dataclass
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np

from toolkit.model.docbins import read_docs
from toolkit.model.lemmas import learn
from toolkit.model.parsing_features import FeatureReader
from toolkit.model.parsing_labels import Labels, name_labels
from toolkit.model.train.parsing_data import KEPT_NAMES, Example, NamePool, read_names, read_trees
from toolkit.model.train.parsing_schedule import Schedule
from toolkit.model.train.starting import pretrained_folder, read_rows, run_language_recipe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from toolkit.model.train.parsing_fitting import Fit, Learner, Parts

_LOG = logging.getLogger(__name__)
GOLD_TREES = ("ewt_train_clear", "gum_train_clear")
SILVER_TREES = ("polnear_dep_clear",)
GOLD_NAMES = ("ww_train", "gum_ner_train", "wikigold_ner")
SILVER_NAMES = ("polnear_ner",)
UNCLEAR = frozenset(["polnear_dep_clear", "polnear_ner", "ww_train", "ww_dev"])
"""Sets without a licence of their texts, or with one that forbids commercial use; likewise the unlabelled news."""
CUTS = {"silver_trees": 6, "gold_names": 2, "silver_names": 8}
LAST_CUTS = {"silver_trees": 6, "gold_names": 1}
"""An epoch has all gold trees, and one of so many parts of each other list; the last epochs have all gold names."""
LAST_EPOCHS = 4
RARE = 2
"""Forms (UPOS and features) seen less often than this are no class."""
ARTICLES_FOR_VECTORS = 5
"""Of the unlabelled news, one article in so many is read for the word vectors."""
PIECE = 40


@dataclass
class Run:
    """One run of the recipe: where its data lie, where it keeps what it makes, whether unclear sets are left out."""

    data: Path
    out: Path
    clear_only: bool = False
    seed: int = 1
    epochs: int = 11

    def sets(self, names: Sequence[str]) -> list[Path]:
        """Return the files of the sets that this run may read."""
        return [
            self.data / "language" / f"{name}.spacy" for name in names if not self.clear_only or name not in UNCLEAR
        ]

    @cached_property
    def examples(self) -> dict[str, list[Example]]:
        """The training examples by list."""
        return {
            "gold_trees": [one for path in self.sets(GOLD_TREES) for one in read_trees(path, tagged=True)],
            "silver_trees": [one for path in self.sets(SILVER_TREES) for one in read_trees(path, tagged=False)],
            "gold_names": [one for path in self.sets(GOLD_NAMES) for one in read_names(path)],
            "silver_names": [one for path in self.sets(SILVER_NAMES) for one in read_names(path)],
        }

    @cached_property
    def labels(self) -> Labels:
        """The labels that the examples have."""
        trees = self.examples["gold_trees"]
        forms = Counter(form for one in trees for form in one.forms or ())
        return Labels(
            tags=tuple(sorted({tag for one in trees for tag in one.tags or ()})),
            forms=tuple(sorted(form for form, count in forms.items() if count >= RARE)),
            deps=tuple(sorted({dep for one in trees for dep in one.deps or ()})),
            names=name_labels(sorted(set(KEPT_NAMES.values()))),
        )

    @cached_property
    def vectors(self) -> tuple[list[str], NDArray[np.float32]]:
        """The words of the table of vectors, and the table with a first row for unknown words."""
        kept = self.out / "vectors.npz"
        if not kept.is_file():
            from toolkit.model.train.parsing_vectors import Budget, build_vectors

            words, table = build_vectors(list(self._sentences()), pretrained_folder(), Budget())
            np.savez(kept, words=np.array(words), table=table)
        with np.load(kept) as found:
            table = found["table"].astype(np.float32)
            return found["words"].tolist(), np.concatenate([np.zeros((1, table.shape[1]), np.float32), table])

    def _sentences(self) -> Iterator[list[str]]:
        """Give the training texts in pieces of forty words, without labels."""
        for path in self.sets([*GOLD_TREES, *GOLD_NAMES, *SILVER_NAMES]):
            for doc in read_docs(path):
                yield from _pieces([token.text for token in doc if not token.is_space])
        if not self.clear_only:
            yield from self._unlabelled()

    def _unlabelled(self) -> Iterator[list[str]]:
        import spacy

        tokenizer = spacy.blank("en").tokenizer
        rows = read_rows(self.data / "unlabelled" / "news.jsonl.gz", "language/ and unlabelled/")
        for row in islice(rows, None, None, ARTICLES_FOR_VECTORS):
            yield from _pieces([token.text for token in tokenizer(row["text"]) if not token.is_space])

    @property
    def schedule(self) -> Schedule:
        """How the network learns."""
        return Schedule(epochs=self.epochs, turn=max(1, self.epochs - LAST_EPOCHS))

    def settings(self) -> dict[str, Any]:
        """Return what the pipeline's config says of how it was made."""
        names = [*GOLD_TREES, *SILVER_TREES, *GOLD_NAMES, *SILVER_NAMES]
        sets = [path.stem for path in self.sets(names)]
        return {
            "command": "python -m toolkit.model.train.parsing",
            "sets": sets,
            "seed": self.seed,
            **asdict(self.schedule),
        }

    def parts(self) -> Parts:
        """Return the examples as epochs take them."""
        from toolkit.model.train.parsing_fitting import Parts

        others, last = ([(self.examples[name], cuts) for name, cuts in some.items()] for some in (CUTS, LAST_CUTS))
        return Parts(self.examples["gold_trees"], others, last, self.schedule.turn)

    def learner(self) -> Learner:
        """Return what turns examples into tensors."""
        from toolkit.model.train.parsing_fitting import Learner

        pool = NamePool(self.examples["gold_names"])
        return Learner(FeatureReader(self.vectors[0]), self.labels, pool, self.schedule)


def _pieces(words: Sequence[str]) -> Iterator[list[str]]:
    for first in range(0, len(words), PIECE):
        yield list(words[first : first + PIECE])


def fit_network(run: Run) -> Fit:
    """Return the network fitted to all examples."""
    from toolkit.model.train.parsing_fitting import fit

    sizes = {name: (len(found), sum(map(len, found))) for name, found in run.examples.items()}
    _LOG.info("examples and words: %s", sizes)
    return fit(run.parts(), run.learner(), run.vectors[1], run.out / f"network{run.seed}.pt", seed=run.seed)


def build(run: Run) -> None:
    """Do what is still to do of the whole recipe, and write the pipeline's files into ``run.out / "parsing"``."""
    from toolkit.model.train.parsing_exporting import Finished, export

    model = fit_network(run).mean.module.eval()
    trees = run.examples["gold_trees"]
    lemmas = learn(triple for one in trees for triple in _lemma_triples(one))
    finished = Finished(model, run.vectors[0], run.labels, lemmas, run.settings())
    export(finished, run.out / "parsing")
    _LOG.info("written: %s", run.out / "parsing")


def _lemma_triples(example: Example) -> Iterator[tuple[str, str, str]]:
    columns = zip(example.words, example.tags or (), example.lemmas or (), strict=True)
    return (triple for triple in columns if triple[0].strip())


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the recipe from the command line; 2 is returned where it cannot start."""
    return run_language_recipe(__doc__, Run, build, arguments)


if __name__ == "__main__":
    raise SystemExit(main())
