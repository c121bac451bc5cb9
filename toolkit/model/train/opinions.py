"""Recipe of the reader of pairs: a classifier of targets learns who judges whom.

    python -m toolkit.model.train.opinions DATA GOLD --out DIR

DATA holds ``opinions/`` (DSE) and ``sentiment/`` (NewsMTSC), GOLD ``coverage/`` (train and dev) and ``opinions/``.
A run that was stopped goes on where it was. What it writes into DIR/opinions is the model with its settings.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from toolkit.articles import Article
from toolkit.errors import InputError
from toolkit.model.data_files import read_rows
from toolkit.model.pair_reader import FOLDER, encode_questions, score_questions
from toolkit.model.train import pair_data as data
from toolkit.model.train.newsmtsc import read_examples, split
from toolkit.model.train.pair_calibration import calibrate
from toolkit.model.train.starting import mean_model, pretrained_folder, run_recipe, stored_weights, write_settings
from toolkit.model.train.written import filled, sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from toolkit.model.train.pair_data import Lesson, Read
    from toolkit.model.train.pair_fitting import Example, Share
    from toolkit.model.train.pair_network import PairNetwork

_LOG = logging.getLogger(__name__)
CLASSIFIER: Final = Path(__file__).resolve().parents[1] / "sentiment" / "model.onnx"
"""What the network begins as: the packaged classifier of targets."""
WEIGHTS: Final[Mapping[str, float]] = {
    "coverage": 2.0,
    "opinions": 1.0,
    "dse": 0.7,
    "news": 1.6,
    "negotiations": 1.2,
    "written": 1.5,
}
"""How much a pair of each source counts: the nearer its convention to what is asked, the more."""
SHARES: Final[Mapping[str, tuple[int, int]]] = {
    "coverage": (1500, 1800),
    "opinions": (1000, 700),
    "dse": (1300, 500),
    "news": (150, 150),
    "negotiations": (100, 50),
    "written": (200, 150),
}
"""Sentences of a part: those that judge, and others."""
FILLS: Final = 4
"""How often each written sentence gets other names."""
SAMPLE: Final = 80
"""Sentences of each source that tell how large activations become."""


def sources(folder: Path, gold: Path) -> dict[str, list[Lesson]]:
    """Return what is learned from, by source."""
    reader = article_reader()
    chance = random.Random(1)  # noqa: S311 - a choice of names, no secret
    fit, _ = split(read_examples(folder / "sentiment" / "newsmtsc_train.jsonl.gz"))
    names = sorted({text[a:b] for text, a, b in (one.item for one in fit) if text[a].isupper()})
    rows = {"coverage": coverage(gold / "coverage", "train"), "opinions": labelled(gold / "opinions")}
    found = {
        name: [lesson for row in given for lesson in data.lessons(reader(row["text"]), row, WEIGHTS[name])]
        for name, given in rows.items()
    }
    found["dse"] = [
        data.dse_lesson(reader(text), first, second, label, WEIGHTS["dse"])
        for text, first, second, label in data.read_dse(folder / "opinions" / "dse_train.txt.gz")
    ]
    for name, given in (("news", fit), ("negotiations", filled(sentences(), names, chance))):
        found[name] = [
            data.target_lesson(text, (start, end), int(np.argmax(one.gold)) - 1, WEIGHTS[name])
            for one in given
            for text, start, end in [one.item]
        ]
    found["written"] = [
        lesson
        for _ in range(FILLS)
        for row in data.written(chance)
        for lesson in data.lessons(reader(row["text"]), row, WEIGHTS["written"])
    ]
    return found


def coverage(folder: Path, part: str) -> Iterator[dict[str, Any]]:
    """Yield the labelled articles of a part of ``gold/coverage``, with their texts.

    Raises
    ------
    InputError
        Where there are none.
    """
    paths = sorted((folder / part).glob("*.json"))
    if not paths:
        raise InputError(
            f"{folder / part}: no labelled articles; GOLD is the folder that holds coverage/ and opinions/"
        )
    for path in paths:
        row = json.loads(path.read_text(encoding="utf-8"))
        text = json.loads((folder / "texts" / path.name).read_text(encoding="utf-8"))["text"]
        yield {"text": text, "actors": row["actors"], "opinions": row["opinions"]}


def labelled(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield the labelled articles of ``gold/opinions``."""
    return read_rows(folder / "train.jsonl.gz", "coverage/ and opinions/")


def article_reader() -> Callable[[str], Read]:
    """Return what reads a text as the toolkit does, up to its speakers."""
    import toolkit
    from toolkit.actors import Cast
    from toolkit.analysis.reading import layers_of
    from toolkit.speakers import further_mentions

    chain = toolkit.stages(nlp=toolkit.load()).without("times", "days", "told", "rounds", "sentiment", "positions")

    @cache
    def read(text: str) -> Read:
        found = layers_of(Article(text), chain)
        cast = Cast("", {actor.name: actor for actor in found["actors"]}, list(found["mentions"]))
        more = further_mentions(found["doc"], cast, found["quotations"])
        mentions = sorted([*cast.mentions, *more], key=lambda mention: (mention.start, -mention.end))
        return data.Read(text, found["sentences"], found["actors"], mentions, found["quotations"], found["doc"])

    return read


def examples(lessons: Iterable[Lesson]) -> list[Example]:
    """Return lessons as the network takes them; pairs whose target lies behind the cut are left out."""
    from toolkit.model.pair_reader import Asked
    from toolkit.model.train.pair_fitting import Example

    given = list(lessons)
    found = []
    for lesson, asked in zip(given, encode_questions([one.question for one in given]), strict=True):
        kept = [index for index, places in enumerate(asked.targets) if places]
        if kept:
            parts = ([values[index] for index in kept] for values in (asked.holders, asked.targets, asked.flags))
            classes = [lesson.labels[index] + 1 for index in kept]
            found.append(Example(Asked(asked.ids, *parts), classes, lesson.weight))
    return found


def brought_back(model: PairNetwork, packaged: Path, kept: float) -> PairNetwork:
    """Return a network between what was learned and what is packaged (Wortsman et al. 2022, model soups).

    Parameters
    ----------
    model : PairNetwork
        Changed in place.
    packaged : Path
        Folder of a model that was learned from the same beginning.
    kept : float
        Share of what was learned.
    """
    import torch

    known = stored_weights(packaged)
    learned = model.state_dict()
    mean = {
        name: torch.lerp(torch.tensor(known[name]), value, kept) if name in known else value
        for name, value in learned.items()
    }
    model.load_state_dict(mean)
    return model


def build(folder: Path, gold: Path, out: Path, *, seeds: Sequence[int], parts: int, kept: float = 1.0) -> None:
    """Fit a network with each seed, and write the files of their mean into ``out / "opinions"``.

    ``kept`` is its share in the mean with the packaged network.
    """
    from toolkit.model._onnx import load_session
    from toolkit.model.train.pair_export import export
    from toolkit.model.train.pair_fitting import Schedule, fit
    from toolkit.model.train.pair_network import from_classifier

    out.mkdir(parents=True, exist_ok=True)
    given = {name: examples(lessons) for name, lessons in sources(folder, gold).items()}
    for name, found in given.items():
        _LOG.info("%s: %d sentences, %d that judge", name, len(found), sum(one.judges for one in found))
    schedule = Schedule(parts=parts)
    fitted = [
        fit(from_classifier(CLASSIFIER, pretrained_folder()), given, shares(), out / f"{seed}.pt", seed, schedule)
        for seed in seeds
    ]
    model = brought_back(mean_model(fitted), FOLDER, kept)
    path, sha256 = export(model, [one.asked for found in given.values() for one in found[:SAMPLE]], out / "opinions")
    reader = article_reader()
    held = [lesson for row in coverage(gold / "coverage", "dev") for lesson in data.lessons(reader(row["text"]), row)]
    session = load_session(path, sha256)
    scored = score_questions(session, encode_questions([lesson.question for lesson in held]))
    write_settings(calibrate(held, scored) | {"sha256": sha256}, path.parent)
    _LOG.info("written: %s", path.parent)


def shares() -> dict[str, Share]:
    """Return what each part takes of each source."""
    from toolkit.model.train.pair_fitting import Share

    return {name: Share(*counts) for name, counts in SHARES.items()}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the recipe from the command line; 2 is returned where it cannot start."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="folder that holds opinions/ and sentiment/")
    parser.add_argument("gold", type=Path, help="folder that holds coverage/ and opinions/")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints and the finished model")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2], help="whose mean is taken (default: 1 2)")
    parser.add_argument("--parts", type=int, default=10, help="parts to learn from (default: 10)")
    parser.add_argument(
        "--kept", type=float, default=1.0, help="its share in the mean with the packaged weights (default: 1)"
    )
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    return run_recipe(
        parser,
        arguments,
        lambda given: build(given.data, given.gold, given.out, seeds=given.seeds, parts=given.parts, kept=given.kept),
    )


if __name__ == "__main__":
    raise SystemExit(main())
