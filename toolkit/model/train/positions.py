"""Recipe of the reader of positions: words that carry a stand, what they say, and who holds it, from whole readings.

    python -m toolkit.model.train.positions GOLD --out DIR

GOLD holds ``texts/``, ``train/`` to learn from and ``dev/`` to choose by. The reader stands on the packaged shared
layers and begins with those of the tagger of attributions. A run that was stopped goes on where it was: DIR keeps what
was found in the articles and the last pass. The last step writes the model and its settings into DIR/positions.
"""

from __future__ import annotations

import argparse
import logging
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from toolkit.model.train.events_gold import read_labels
from toolkit.model.train.positions_gold import read_example
from toolkit.model.train.starting import kept, mean_model, run_recipe, write_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from toolkit.analysis.chain import Stages
    from toolkit.articles import Article
    from toolkit.model.train.branch import Branch
    from toolkit.model.train.positions_gold import Example
    from toolkit.model.train.positions_net import Prepared

_LOG = logging.getLogger(__name__)
PASSES = 5
RATE, HEAD_RATE = 2e-4, 3e-3
TRAIL = 0.99
SAMPLE = 25
"""Articles that tell how large activations become."""
EASING = 0.1
"""What words in a stand gain over those outside, so that as many stands are found as there are."""
ALIKE = 0.5
"""Dice of two runs of words that are taken for the same stand."""


@dataclass
class Run:
    """One run of the recipe: where the gold lies and where it keeps what it makes."""

    gold: Path
    out: Path

    @cached_property
    def train(self) -> list[Example]:
        """The articles to learn from."""
        return self.read("train")

    @cached_property
    def dev(self) -> list[Example]:
        """The articles to choose by."""
        return self.read("dev")

    def read(self, part: str) -> list[Example]:
        """Return the articles of a part as they are learned from."""
        return kept(self.out / f"{part}.pickle", lambda: list(_read(self.gold, part)))


def _read(gold: Path, part: str) -> Iterator[Example]:
    import datetime as dt

    from toolkit.analysis.own import stages
    from toolkit.articles import Article

    chain = stages().without("days", "told", "rounds", "sentiment", "positions")
    for given, labels in read_labels(gold, part):
        day = dt.date.fromisoformat(given["published"]) if given["published"] else None
        yield _example(Article(given["text"], published=day, title=given["title"]), labels, chain)


def _example(article: Article, labels: Mapping[str, Any], chain: Stages) -> Example:
    from toolkit.actors import Cast
    from toolkit.analysis.reading import DOC, layers_of
    from toolkit.positions import PositionInput
    from toolkit.positions._read import scene_of
    from toolkit.speakers import further_mentions

    layers = layers_of(article, chain)
    doc, actors, mentions = layers[DOC], layers["actors"], layers["mentions"]
    cast = Cast(article.article_id, {actor.name: actor for actor in actors}, list(mentions))
    everyone = [*mentions, *further_mentions(doc, cast, layers["quotations"])]
    given = PositionInput(
        doc, article.article_id, article.published, layers["sentences"], layers["quotations"], everyone
    )
    return read_example(scene_of(given, layers["states"], actors), labels, actors)


def fit(run: Run, seed: int, begin: Callable[[], Branch] | None = None) -> Branch:
    """Return a reader fitted to the articles, with the order and dropout of a seed."""
    from toolkit.model.train import branch_fitting
    from toolkit.model.train.branch import begun
    from toolkit.model.train.positions_net import SHARES, PositionHead, loss_of, prepare
    from toolkit.model.train.tagging import Schedule

    schedule = Schedule(rate=RATE, head_rate=HEAD_RATE, seed=seed, trail=TRAIL)
    plan = branch_fitting.Plan(schedule, PASSES, PASSES, SHARES)

    def prepared(model: Branch) -> list[Prepared]:
        return [prepare(model, example) for example in run.train]

    model = begin() if begin else begun(PositionHead)
    return branch_fitting.fit(model, prepared, loss_of, run.out / f"positions{seed}.pt", plan)


def calibrate(model: Branch, dev: Sequence[Example]) -> dict[str, Any]:
    """Return what words in a stand gain, and the line from the chain's log odds to how often there is a stand."""
    from toolkit.model.position_reader import Settings, find_words
    from toolkit.model.position_tags import TAGS
    from toolkit.model.train.branch import scores_of
    from toolkit.model.train.platt import fit_line

    settings = Settings(model.head.transitions.detach().numpy(), EASING, (0.0, 1.0), {})
    marked = model.head.marks.weight.detach().numpy()
    sure: list[float] = []
    right: list[bool] = []
    for example in dev:
        scores = scores_of(model, example.words)[:, : len(TAGS)] + marked[example.marks]
        found = find_words(example.words, scores, settings)
        sure += [share for *_, share in found]
        right += _right(example, found)
    both = len(sure) + sum(len(example.stands) for example in dev)
    _LOG.info("stands of dev: F1 %.1f", 200 * sum(right) / max(1, both))
    shares = np.array(sure)
    line = fit_line(np.log(shares / (1 - shares)), np.array(right, bool))
    return {"opening": EASING, "scale": [round(each, 3) for each in line]}


def _right(example: Example, stands: Sequence[tuple[int, int, float]]) -> list[bool]:
    """Return which runs of words are a labelled stand, each at most once."""
    spans = example.words.spans
    gold = [(spans[one.start][0], spans[one.end - 1][1]) for one in example.stands]
    made = [(spans[start][0], spans[end - 1][1]) for start, end, _ in stands]
    alike = sorted(((_dice(a, b), i, j) for i, a in enumerate(gold) for j, b in enumerate(made)), reverse=True)
    taken: set[int] = set()
    right = [False] * len(made)
    for share, i, j in alike:
        if share >= ALIKE and i not in taken and not right[j]:
            taken.add(i)
            right[j] = True
    return right


def _dice(one: tuple[int, int], other: tuple[int, int]) -> float:
    shared = max(0, min(one[1], other[1]) - max(one[0], other[0]))
    return 2 * shared / (one[1] - one[0] + other[1] - other[0])


def export(model: Branch, train: Sequence[Example], dev: Sequence[Example], folder: Path) -> dict[str, Any]:
    """Write the model as int8 ONNX, its small networks and its settings into ``folder``; return the settings."""
    from toolkit.model.train import branch_fitting
    from toolkit.model.train.positions_wording import fit_wording

    sample = [example.words for example in train[:SAMPLE]]
    settings = branch_fitting.export(model, sample, folder, "positions", fit_wording(train))
    settings |= calibrate(model, dev)
    write_settings(settings, folder)
    return settings


def build(run: Run, seeds: Sequence[int]) -> Path:
    """Do what is still to do of the whole recipe, and return the folder with the model's files."""
    run.out.mkdir(parents=True, exist_ok=True)
    model = mean_model([fit(run, seed) for seed in seeds])
    folder = run.out / "positions"
    export(model, run.train, run.dev, folder)
    _LOG.info("written: %s", folder)
    return folder


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the recipe from the command line; 2 is returned where it cannot start."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, help="folder that holds texts/, train/ and dev/")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints and the finished model")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1], help="one fit for each (default: 1)")
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    return run_recipe(parser, arguments, lambda given: build(Run(given.gold, given.out), given.seeds))


if __name__ == "__main__":
    raise SystemExit(main())
