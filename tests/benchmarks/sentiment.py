"""Sentiment toward a target: macro F1 over the three classes, on the development halves of NewsMTSC and on our own set.

    python tests/benchmarks/sentiment.py [DATA]

DATA is the folder that holds ``sentiment/`` (default: the environment variable TOOLKIT_DATA). Our own set are sentences
about negotiations (``negotiations.toml``), written without knowledge of the project's texts, and never trained on. In
brackets stands the interval that holds 95 % of the figure over 1,000 bootstrap samples of the sentences.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
import tomllib
from collections import defaultdict
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent))
from _data import data_folder
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from toolkit.model.sentiment_classifier import classify
from toolkit.model.train.written import fill

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Item = tuple[str, int, int]
Gold = tuple[str, int, int, int]
LABELS = {2: -1, 4: 0, 6: 1}
SAMPLES = 1000
NAMES = (
    "Amina Diallo", "Wei Zhang", "Carlos Mendoza", "Olga Petrova", "Mohammed al-Hassan", "Emily Johnson",
    "Rajesh Patel", "Kwame Mensah", "Fatima Yilmaz", "John Miller", "Yuki Tanaka", "Ingrid Larsen",
)  # fmt: skip

FILLERS = ("Norway", "Ghana", "the European Commission", "Varga", "Maria Varga", "Holm", "Okafor", "the steel union")
PRONOUNS = {"he", "she", "it", "they", "his", "her", "its", "their", "we", "our", "i", "my", "you", "your"}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="?", help="folder that holds sentiment/")
    folder = data_folder(parser.parse_args().data, "sentiment") / "sentiment"
    halves = [_items(folder / f"newsmtsc_dev_{half}.jsonl") for half in ("rw", "mt")]
    sets = [*halves, _negotiations()]
    classify([("Warm up.", 0, 4)])
    print(f"{'system':24}{'rw':>20}{'mt':>20}{'negotiations':>20}{'targets/s':>12}")
    for name, system in _systems().items():
        started = time.process_time()
        predicted = [system([item[:3] for item in items]) for items in sets]
        speed = sum(map(len, sets)) / (time.process_time() - started)
        figures = [_figure(items, each) for items, each in zip(sets, predicted, strict=True)]
        print(f"{name:24}{''.join(f'{figure:>20}' for figure in figures)}{speed:12,.0f}")
    everything = [item for items in halves for item in items]
    print(f"\nour probabilities: calibration error {_calibration_error(everything):.3f} (ten bins, both halves)")
    print(f"our labels right where people say negative, neutral, positive: {_right_by_class(everything)}")
    print(f"our labels that change with the target's name: {_changed_by_name(everything):.1%}")


def _systems() -> dict[str, Callable[[Sequence[Item]], list[int]]]:
    vader = SentimentIntensityAnalyzer()
    systems: dict[str, Callable[[Sequence[Item]], list[int]]] = {
        "VADER, sentence": lambda items: [_sign(vader.polarity_scores(text)["compound"], 0.05) for text, _, _ in items],
        "this toolkit": lambda items: [judged.polarity for judged in classify(items)],
    }
    if find_spec("textblob"):
        from textblob import TextBlob

        systems["TextBlob, sentence"] = lambda items: [_sign(TextBlob(text).polarity, 0.05) for text, _, _ in items]
    return systems


def _items(path: Path) -> list[Gold]:
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [
        (row["sentence_normalized"], target["from"], target["to"], LABELS[int(target["polarity"])])
        for row in rows
        for target in row["targets"]
    ]


def _negotiations() -> list[Gold]:
    chance = random.Random(1)  # noqa: S311 - a choice of names, no secret
    sentences = tomllib.loads(Path(__file__).with_name("negotiations.toml").read_text(encoding="utf-8"))["examples"]
    filled = [one for sentence in sentences for one in fill(sentence, chance.sample(FILLERS, sentence.count("{")))]
    return [(*one.item, one.gold.index(1.0) - 1) for one in filled]


def _sign(score: float, threshold: float) -> int:
    return 0 if abs(score) < threshold else (1 if score > 0 else -1)


def _figure(items: Sequence[Gold], predicted: Sequence[int]) -> str:
    """Return macro F1 with its bootstrap interval; whole sentences are drawn, as targets of one hang together."""
    by_sentence: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for item, label in zip(items, predicted, strict=True):
        by_sentence[item[0]].append((item[3], label))
    groups, chance = list(by_sentence.values()), random.Random(1)  # noqa: S311 - a sample, no secret
    drawn = sorted(
        _macro_f1([pair for group in chance.choices(groups, k=len(groups)) for pair in group]) for _ in range(SAMPLES)
    )
    low, high = drawn[int(0.025 * SAMPLES)], drawn[int(0.975 * SAMPLES)]
    whole = _macro_f1([pair for group in groups for pair in group])
    return f"{100 * whole:.1f} ({100 * low:.1f}–{100 * high:.1f})"


def _macro_f1(pairs: Sequence[tuple[int, int]]) -> float:
    each = [_f1([(gold == label, found == label) for gold, found in pairs]) for label in LABELS.values()]
    return sum(each) / len(each)


def _f1(pairs: Sequence[tuple[bool, bool]]) -> float:
    right = sum(gold and found for gold, found in pairs)
    return 2 * right / max(1, sum(gold + found for gold, found in pairs))


def _calibration_error(items: Sequence[Gold]) -> float:
    """Return the mean gap between a label's probability and the share of right ones (Guo et al. 2017)."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for item, judged in zip(items, classify([item[:3] for item in items]), strict=True):
        top = max(judged.negative, judged.neutral, judged.positive)
        bins[min(9, int(10 * top))].append((top, judged.polarity == item[3]))
    gaps = [abs(sum(top for top, _ in each) - sum(right for _, right in each)) for each in bins.values()]
    return sum(gaps) / len(items)


def _right_by_class(items: Sequence[Gold]) -> str:
    judged = classify([item[:3] for item in items])
    pairs = [(item[3], found.polarity) for item, found in zip(items, judged, strict=True)]
    right = [[gold == found for gold, found in pairs if gold == label] for label in LABELS.values()]
    return ", ".join(f"{sum(each) / len(each):.0%}" for each in right)


def _changed_by_name(items: Sequence[Gold]) -> float:
    """Return the share of labels that change where a target's name gives way to another, meant over :data:`NAMES`."""
    targets = [item[:3] for item in items]
    named = [(text, a, b) for text, a, b in targets if text[a].isupper() and text[a:b].lower() not in PRONOUNS]
    before = [judged.polarity for judged in classify(named)]
    changed = 0
    for name in NAMES:
        swapped = [(f"{text[:start]}{name}{text[end:]}", start, start + len(name)) for text, start, end in named]
        changed += sum(a != b.polarity for a, b in zip(before, classify(swapped), strict=True))
    return changed / (len(named) * len(NAMES))


if __name__ == "__main__":
    main()
