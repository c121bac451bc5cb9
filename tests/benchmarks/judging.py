"""Who judges whom, measured on articles and on sentences with two marked actors that others labelled.

    python tests/benchmarks/judging.py GOLD DATA [--part dev] [--boot N] [--errors N] [--every N]

GOLD is the folder ``gold`` that holds ``coverage/``; the scorer is ``score_coverage.py`` in the folder ``scorers``
beside it. DATA is the folder that holds ``opinions/`` (DSE, valid). Printed are holder, target and polarity found
together; beside them what judging verbs alone find over the same trees; how often a judgement is right that the model
gives a probability; and, on DSE, F1 of its five classes where both actors are given, and where they have to be found.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from itertools import islice, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

sys.path.insert(0, str(Path(__file__).parent))
from _data import scorer_at

from toolkit.model.pair_reader import Flag, judge
from toolkit.model.train.opinions import article_reader
from toolkit.model.train.pair_data import dse_lesson, read_dse
from toolkit.records import Opinion
from toolkit.sentiment import find_opinions
from toolkit.sentiment.candidates import candidates, question

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from types import ModuleType

    from toolkit.model.train.pair_data import Read
    from toolkit.records import Span

BINS = (0.3, 0.4, 0.5, 0.6, 0.7, 1.0)
PRAISING = (
    "prais",
    "thank",
    "applaud",
    "commend",
    "congratulat",
    "hail",
    "admir",
    "trust",
    "endors",
    "welcom",
    "defend",
)
"""How the words begin that tell praise, for the simple system."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, help="folder that holds coverage/")
    parser.add_argument("data", type=Path, help="folder that holds opinions/")
    parser.add_argument("--part", default="dev", help="labels to measure by (default: dev)")
    parser.add_argument("--boot", type=int, default=0, help="draws of articles for an interval of 95 %%")
    parser.add_argument("--errors", type=int, default=0, help="how many errors to list")
    parser.add_argument("--every", type=int, default=1, help="of DSE each how many-th sentence (default: 1, all)")
    given = parser.parse_args()
    folder, scorer = given.gold / "coverage", scorer_at(given.gold.parent / "scorers" / "score_coverage.py")
    read = article_reader()
    gold = scorer.read(str(folder / given.part))
    texts = {name: json.loads((folder / "texts" / f"{name}.json").read_text(encoding="utf-8"))["text"] for name in gold}
    for title, system in (("toolkit", opinions), ("judging verbs alone", by_verbs)):
        found = {name: _predicted(name, read(text), system) for name, text in texts.items()}
        scores, errors = scorer.score(gold, found, ["opinions"], given.boot)
        print(title, *(f"  {name:24} {value}" for name, value in scores["opinions"].items()), sep="\n")
        if system is opinions:
            _reliability(scorer, gold, found)
            print(*errors["opinions"][: given.errors], sep="\n")
    _dse(read, given.data / "opinions" / "dse_valid.txt.gz", given.every)


def opinions(read: Read) -> list[Opinion]:
    """Return the opinions of an article as the toolkit finds them."""
    return find_opinions(read.text, read.sentences, read.mentions, read.quotations, doc=read.doc)


def by_verbs(read: Read) -> list[Opinion]:
    """Return who does to whom what a judging verb tells, by the tree alone: the simple system to beat."""
    found = []
    for sentence, inside, pairs in candidates(read.sentences, read.mentions, read.quotations):
        words = read.text[slice(*sentence)].lower()
        sign: Literal[-1, 1] = 1 if any(word in words for word in PRAISING) else -1
        for pair, asked in zip(pairs, question(read.text, sentence, inside, pairs, read.doc).pairs, strict=True):
            if Flag.JUDGING in asked.flags and Flag.SUPPOSED not in asked.flags:
                found.append(Opinion("", *sentence, pair.target, sentence, pair.holder, sign, float(sign)))
    return found


def _predicted(name: str, read: Read, system: Callable[[Read], Iterable[Opinion]]) -> dict[str, Any]:
    rows = [
        {
            "span": [one.start, one.end],
            "holder": one.holder or (None if one.quotation_id else "OUTLET"),
            "target": one.target,
            "polarity": one.polarity,
            "probability": one.probability,
        }
        for one in system(read)
        if one.polarity
    ]
    return {"id": name, "actors": [{"name": a.name, "forms": list(a.aliases)} for a in read.actors], "opinions": rows}


def _reliability(scorer: ModuleType, gold: dict[str, Any], found: dict[str, Any]) -> None:
    """Print for ranges of the probability of a judgement how many there are, and which share is right."""
    for low, high in pairwise(BINS):
        part = {
            name: {**one, "opinions": [row for row in one["opinions"] if low <= row["probability"] < high]}
            for name, one in found.items()
        }
        rows = [row["probability"] for one in part.values() for row in one["opinions"]]
        right = scorer.score(gold, part, ["opinions"], 0)[0]["opinions"]["triple P R F1"][0]
        mean = 100 * sum(rows) / max(1, len(rows))
        print(f"  probability {low:.1f} to {high:.1f}: {len(rows)} judgements, mean {mean:.1f} %, right {right} %")


def _dse(read: Callable[[str], Read], path: Path, every: int) -> None:
    given, found = Counter[tuple[int, int]](), Counter[str]()
    for text, first, second, label in islice(read_dse(path), None, None, every):
        known = read(text)
        [verdicts] = judge([dse_lesson(known, first, second, label).question])
        given[label, _class([(one.polarity, one.probability) for one in verdicts])] += 1
        one, other = ({m.actor for m in known.mentions if _meets((m.start, m.end), span)} for span in (first, second))
        held = {
            (forth, opinion.polarity)
            for opinion in opinions(known)
            for forth, by, of in ((True, one, other), (False, other, one))
            if opinion.polarity and opinion.holder in by and opinion.target in of
        }
        found["gold"] += label > 0
        found["found"] += len(held)
        found["right"] += label > 0 and (label < 3) in {sign > 0 for forth, sign in held if forth == bool(label % 2)}
    each = [_f1(given[one, one], _with(given, 0, one) + _with(given, 1, one)) for one in range(5)]
    print(f"DSE, actors given: F1 {[round(value, 1) for value in each]}, macro {sum(each) / 5:.1f}")
    print(f"DSE, actors found: F1 {_f1(found['right'], found['gold'] + found['found']):.1f}, {dict(found)}")


def _f1(right: int, both: int) -> float:
    return 200 * right / max(1, both)


def _with(counts: Counter[tuple[int, int]], side: int, label: int) -> int:
    return sum(number for pair, number in counts.items() if pair[side] == label)


def _class(verdicts: Sequence[tuple[int, float]]) -> int:
    (one, sure), (other, surer) = verdicts
    if not one and not other:
        return 0
    if one and (not other or sure >= surer):
        return 1 if one > 0 else 3
    return 2 if other > 0 else 4


def _meets(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


if __name__ == "__main__":
    main()
