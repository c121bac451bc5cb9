"""Recipe of the directions of times: whether "Tuesday", "in May" or "on May 3" lies behind or ahead.

    python -m toolkit.model.train.directions DATA --out DIR

DATA holds ``timex/`` (TimeBank, AQUAINT and WikiWars as TimeML). ``--coverage GOLD`` names whole readings of news, of
which the days of events in ``train/`` are learned too (default: ``gold/coverage`` beside DATA). Writes the weights of a
logistic regression into DIR/directions, and prints how many directions it gets right in files that it was not fitted
on.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from toolkit.errors import InputError, ToolkitError
from toolkit.model.train.timeml import read_timeml
from toolkit.times import questions
from toolkit.times._ahead import SETTLED, odds

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from toolkit.times import Question

CORPORA = ("timebank", "aquaint", "wikiwars")
RIDGE = 1.0
"""Weight of the squares that a fit keeps small."""
LEAST = 5
"""A sign found in fewer files is not weighed."""
FOLDS = 10
_STEPS = 50


@dataclass(frozen=True, slots=True)
class Example:
    """A question of a file, and whether the day lies ahead."""

    corpus: str
    file: str
    signs: Mapping[str, float]
    ahead: bool


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the recipe."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--coverage", type=Path, help="whole readings (default: DATA/../gold/coverage)")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args(arguments)
    try:
        examples = read_examples(given.data, given.coverage or given.data.parent / "gold" / "coverage")
    except ToolkitError as problem:
        parser.exit(2, f"{problem}\n")
    for corpus, (right, of) in cross_validated(examples).items():
        sys.stdout.write(f"{corpus:12}{right:5} of {of:4} directions right\n")
    folder = given.out / "directions"
    folder.mkdir(parents=True, exist_ok=True)
    write(fit(examples), folder / "weights.json")
    return 0


def read_examples(data: Path, coverage: Path) -> list[Example]:
    """Return the questions of TimeML files and of whole readings whose answer is labelled."""
    marked = [example for corpus in CORPORA for example in _of_corpus(corpus, data / "timex" / f"{corpus}.tar.gz")]
    return [*marked, *_of_coverage(coverage)]


def cross_validated(examples: Sequence[Example], folds: int = FOLDS) -> dict[str, tuple[int, int]]:
    """Return for each corpus how many directions are right where a fit knew the other files alone, and of how many."""
    right: dict[str, list[bool]] = defaultdict(list)
    fold_of = folds_of({example.file for example in examples}, folds)
    for fold in range(folds):
        weights = fit([example for example in examples if fold_of[example.file] != fold])
        for example in examples:
            if fold_of[example.file] == fold:
                right[example.corpus].append((odds(example.signs, weights) > 0) == example.ahead)
    return {corpus: (sum(answers), len(answers)) for corpus, answers in right.items()}


def folds_of(files: Collection[str], folds: int = FOLDS) -> dict[str, int]:
    """Return the fold of each file."""
    return {file: at % folds for at, file in enumerate(sorted(files))}


def fit(examples: Sequence[Example]) -> dict[str, float]:
    """Return what each sign weighs: a logistic regression, fitted by Newton's method.

    Raises
    ------
    InputError
        Where there is nothing to learn from.
    """
    examples = [example for example in examples if not example.signs.keys() & SETTLED.keys()]
    files: dict[str, set[str]] = defaultdict(set)
    for example in examples:
        for sign in example.signs:
            files[sign].add(example.file)
    names = sorted(sign for sign, found in files.items() if len(found) >= LEAST)
    if not names:
        raise InputError("no labelled direction: look whether the folders hold TimeML and whole readings")
    rows = np.array([[example.signs.get(name, 0.0) for name in names] for example in examples])
    ahead = np.array([example.ahead for example in examples], float)
    return dict(zip(names, _fit_rows(rows, ahead).tolist(), strict=True))


def _fit_rows(rows: NDArray[np.float64], ahead: NDArray[np.float64]) -> NDArray[np.float64]:
    weights = np.zeros(rows.shape[1])
    for _ in range(_STEPS):
        shares = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (ahead - shares) - RIDGE * weights
        curve = (rows * (shares * (1 - shares))[:, None]).T @ rows + RIDGE * np.eye(len(weights))
        weights += np.linalg.solve(curve, slope)
    return weights


def write(weights: Mapping[str, float], path: Path) -> None:
    """Write weights as they are packaged."""
    rounded = {name: round(weight, 3) for name, weight in sorted(weights.items())}
    path.write_text(json.dumps(rounded, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _of_corpus(corpus: str, archive: Path) -> Iterator[Example]:
    for timed in read_timeml(archive):
        for question in questions(timed.text, timed.created):
            start, end = question.start, question.end
            near = [value for (first, last), value in timed.values.items() if first < end and start < last]
            yield from _answered(corpus, timed.name, question, near)


def _of_coverage(folder: Path) -> Iterator[Example]:
    """Questions in the words that tell of an event, answered by its day."""
    for path in sorted((folder / "train").glob("*.json")):
        article = json.loads((folder / "texts" / path.name).read_text(encoding="utf-8"))
        if not article["published"]:
            continue
        published = dt.date.fromisoformat(article["published"][:10])
        told = _days_told(json.loads(path.read_text(encoding="utf-8"))["events"])
        for question in questions(article["text"], published, [(start, end) for start, end in article["sentences"]]):
            days = [day for (start, end), day in told if start <= question.start < end]
            yield from _answered("coverage", path.stem, question, days)


def _days_told(events: Sequence[Mapping[str, Any]]) -> list[tuple[tuple[int, int], str]]:
    """Sentences that tell of an event, each with the event's first day and with its last."""
    return [
        ((start, end), day)
        for event in events
        for evidence in event["evidence"]
        for start, end in [evidence["sentence"]]
        for day in (event["date"] or "").split("/")
    ]


def _answered(corpus: str, file: str, question: Question, values: Sequence[str]) -> Iterator[Example]:
    """Yield the question where labelled values answer it, and all alike."""
    answers = {
        ahead
        for value in values
        for ahead, day in ((False, question.behind), (True, question.ahead))
        if value.startswith(day)
    }
    if len(answers) == 1:
        yield Example(corpus, file, question.signs, answers.pop())


if __name__ == "__main__":
    raise SystemExit(main())
