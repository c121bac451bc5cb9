"""Sentiment toward a target, measured on the development halves of NewsMTSC: macro F1 over the three classes.

    python tests/benchmarks/sentiment.py [DATA]

DATA is the folder that holds ``sentiment/`` (default: the environment variable TOOLKIT_DATA).
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent))
from _data import data_folder
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from toolkit.sentiment import polarity, tone

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Item = tuple[str, int, int, int]
LABELS = {2: -1, 4: 0, 6: 1}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="?", help="folder that holds sentiment/")
    folder = data_folder(parser.parse_args().data, "sentiment") / "sentiment"
    halves = {half: _items(folder / f"newsmtsc_dev_{half}.jsonl") for half in ("rw", "mt")}
    vader = SentimentIntensityAnalyzer()
    systems: dict[str, Callable[[str, int, int], int]] = {
        "VADER, sentence": lambda text, _start, _end: _sign(vader.polarity_scores(text)["compound"], 0.05),
        "this toolkit": lambda text, start, end: polarity(tone(text, start, end)),
    }
    print(f"{'system':20}{'rw':>7}{'mt':>7}{'targets/s':>12}")
    for name, classify in systems.items():
        started = time.perf_counter()
        figures = [100 * _macro_f1(items, [classify(*item[:3]) for item in items]) for items in halves.values()]
        speed = sum(map(len, halves.values())) / (time.perf_counter() - started)
        print(f"{name:20}{figures[0]:7.1f}{figures[1]:7.1f}{speed:12,.0f}")


def _items(path: Path) -> list[Item]:
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [
        (row["sentence_normalized"], target["from"], target["to"], LABELS[int(target["polarity"])])
        for row in rows
        for target in row["targets"]
    ]


def _sign(score: float, threshold: float) -> int:
    return 0 if abs(score) < threshold else (1 if score > 0 else -1)


def _macro_f1(items: Sequence[Item], predicted: Sequence[int]) -> float:
    gold = [item[3] for item in items]
    each = [_f1([g == label for g in gold], [p == label for p in predicted]) for label in LABELS.values()]
    return sum(each) / len(each)


def _f1(gold: Sequence[bool], predicted: Sequence[bool]) -> float:
    right = sum(g and p for g, p in zip(gold, predicted, strict=True))
    return 2 * right / max(1, sum(gold) + sum(predicted))


if __name__ == "__main__":
    main()
