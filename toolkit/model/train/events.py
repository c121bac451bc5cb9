"""Recipe of the reader of events: phrases, statuses, sides, days and places, learned from whole readings of news.

    python -m toolkit.model.train.events GOLD --out DIR

GOLD holds ``texts/``, ``train/`` to learn from and ``dev/`` to choose by. The reader stands on the packaged shared
layers and begins with those of the tagger of attributions. A run that was stopped goes on where it was: DIR keeps what
was found in the articles and the last epoch. The last step writes the model and its settings into DIR/events.
"""

from __future__ import annotations

import argparse
import logging
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.model.event_tags import TYPES
from toolkit.model.train.events_gold import Found, read_example, read_labels
from toolkit.model.train.starting import kept, mean_model, run_recipe, write_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from toolkit.analysis.chain import Stages
    from toolkit.model.train.branch import Branch
    from toolkit.model.train.events_gold import Example
    from toolkit.model.train.events_net import Prepared

_LOG = logging.getLogger(__name__)
PLANNED, EPOCHS, HEAD_EPOCHS = 7, 5, 12
"""Passes that the rates are planned for, those that are made, and those of the head alone."""
RATE, HEAD_RATE = 2e-4, 1e-3
TRAIL = 0.99
SAMPLE = 25
"""Articles that tell how large activations become."""


@dataclass
class Run:
    """One run of the recipe: where the gold lies and where it keeps what it makes."""

    gold: Path
    out: Path

    @cached_property
    def train(self) -> list[Example]:
        """The articles to learn from."""
        return [example for example, _ in self.read("train")]

    @cached_property
    def dev(self) -> list[tuple[Example, Found]]:
        """The articles to choose by."""
        return self.read("dev")

    def read(self, part: str) -> list[tuple[Example, Found]]:
        """Return the articles of a part as they are learned from, with what the toolkit finds in them."""
        return kept(self.out / f"{part}.pickle", lambda: list(_read(self.gold, part)))


def _read(gold: Path, part: str) -> Any:
    import datetime as dt

    from toolkit.analysis.own import stages
    from toolkit.articles import Article

    chain = stages().without("days", "told", "rounds", "sentiment", "positions")
    for given, labels in read_labels(gold, part):
        day = dt.date.fromisoformat(given["published"]) if given["published"] else None
        yield _example(Article(given["text"], published=day, title=given["title"]), labels, chain)


def _example(article: Any, labels: Mapping[str, Any], chain: Stages) -> tuple[Example, Found]:
    from toolkit.analysis.reading import DOC, layers_of
    from toolkit.model.words import cutter, read_words
    from toolkit.rounds._candidates import candidates_of, places_of

    layers = layers_of(article, chain)
    parts = layers["mentions"], layers["actors"], layers["times"]
    found = Found(layers["sentences"], *parts, candidates_of(*parts, places_of(layers[DOC])))
    return read_example(read_words(layers[DOC], cutter(), article.body), labels, found), found


def fit(run: Run, seed: int, begin: Callable[[], Branch] | None = None) -> Branch:
    """Return a reader fitted to the articles, with the order and dropout of a seed.

    First its upper layers learn with the head; then the head alone goes on, which needs more rounds and little time.
    """
    from toolkit.model.train.branch import begun
    from toolkit.model.train.events_net import EventHead

    model = begin() if begin else begun(EventHead)
    model = _fit(run, model, seed, run.out / f"events{seed}.pt", (EPOCHS, PLANNED))
    alone = model.fix(len(model.layers))
    return _fit(run, alone, seed, run.out / f"heads{seed}.pt", (HEAD_EPOCHS, HEAD_EPOCHS))


def _fit(run: Run, model: Branch, seed: int, checkpoint: Path, passes: tuple[int, int]) -> Branch:
    from toolkit.model.train import branch_fitting
    from toolkit.model.train.events_net import SHARES, loss_of, prepare
    from toolkit.model.train.tagging import Schedule

    schedule = Schedule(rate=RATE, head_rate=HEAD_RATE, seed=seed, trail=TRAIL)
    plan = branch_fitting.Plan(schedule, *passes, SHARES)

    def prepared(begun: Branch) -> list[Prepared]:
        return [prepare(begun, example) for example in run.train]

    return branch_fitting.fit(model, prepared, loss_of, checkpoint, plan)


def export(model: Branch, sample: Sequence[Example], folder: Path) -> dict[str, Any]:
    """Write the model as int8 ONNX, its small networks and its settings into ``folder``; return the settings."""
    from toolkit.model.train import branch_fitting

    settings = branch_fitting.export(model, [example.words for example in sample], folder, "events")
    write_settings(settings, folder)
    return settings


def validate(model: Branch, given: Sequence[tuple[Example, Found]]) -> str:
    """Return, by type, precision and recall of phrases that share a word with a labelled one, as a line for the log."""
    from toolkit.model.event_reader import Settings, decode
    from toolkit.model.train.branch import scores_of
    from toolkit.model.train.branch_fitting import networks_of

    settings = Settings(model.head.transitions.detach().numpy(), networks_of(model))
    right: Counter[str] = Counter()
    for example, found in given:
        told = decode(example.words, scores_of(model, example.words), settings, found.candidates, found.sentences)
        gold = [
            (one.kind, example.words.spans[one.start][0], example.words.spans[one.end - 1][1])
            for one in example.phrases
        ]
        made = [(one.type, one.start, one.end) for one in told.phrases]
        for name, ours, theirs in (("found", gold, made), ("right", made, gold)):
            for kind, start, end in ours:
                right[f"{kind} {name}"] += any(kind == k and start < e and s < end for k, s, e in theirs)
                right[f"{kind} of {name}"] += 1
    return ", ".join(
        f"{kind} {_share(right, f'{kind}', 'right')} {_share(right, f'{kind}', 'found')}" for kind in TYPES
    )


def _share(counts: Mapping[str, int], kind: str, name: str) -> str:
    return f"{100 * counts[f'{kind} {name}'] / max(1, counts[f'{kind} of {name}']):.0f}"


def build(run: Run, seeds: Sequence[int]) -> Path:
    """Do what is still to do of the whole recipe, and return the folder with the model's files."""
    run.out.mkdir(parents=True, exist_ok=True)
    model = mean_model([fit(run, seed) for seed in seeds])
    _LOG.info("precision and recall of phrases on dev: %s", validate(model, run.dev))
    folder = run.out / "events"
    export(model, run.train[:SAMPLE], folder)
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
