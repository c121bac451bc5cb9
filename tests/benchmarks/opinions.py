"""Who speaks how of whom, measured on an article whose opinions were labelled by hand.

    python tests/benchmarks/opinions.py GOLD [--list]

GOLD is the folder that holds ``seed/seed_gold.json``; the article stands in ``seeds/``. A pair is found where the
sentiment frame has a row of the same sentence, holder and target. Of several such rows the one whose words overlap the
labelled evidence most is asked for its polarity. Opinions on issues, which nothing in the toolkit looks for, are
counted apart. Rules were written with this article in sight: it is a check, not a measure.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import toolkit as tk

Span = tuple[int, int]
ROOT = Path(__file__).parents[2]
SIGNS = {"negative": -1, "neutral": 0, "positive": 1}


@dataclass(frozen=True, slots=True)
class Held:
    """An opinion as labelled or as found: whose it is, of whom, how, in which sentence and by which words."""

    holder: str
    target: str
    polarity: int
    sentence: Span
    evidence: Span


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, help="folder that holds seed/seed_gold.json")
    parser.add_argument("--list", action="store_true", help="list what is missed and what is judged otherwise")
    options = parser.parse_args()
    path = options.gold / "seed" / "seed_gold.json"
    if not path.is_file():
        parser.exit(2, f"No gold: {path} is not there.\n")
    gold = json.loads(path.read_text(encoding="utf-8"))
    labelled, issues = _labelled(gold)
    found = _found(gold)
    pairs = [(opinion, _answer(opinion, found)) for opinion in labelled]
    answered = [(opinion, answer) for opinion, answer in pairs if answer]
    right = sum(opinion.polarity == answer.polarity for opinion, answer in answered)
    loaded = [opinion for opinion in found if opinion.polarity]
    confirmed = sum(any(_same(opinion, other) for other in labelled) for opinion in loaded)
    print(f"opinions on actors: {len(labelled)}; on issues: {issues}")
    print(f"holder and target found: {_share(len(answered), len(labelled))}")
    print(f"with opinions on issues counted as missed: {_share(len(answered), len(labelled) + issues)}")
    print(f"polarity right where found: {_share(right, len(answered))}")
    print(f"rows found that are not neutral: {len(loaded)}; of a labelled holder and target: {confirmed}")
    if options.list:
        _list(pairs)


def _labelled(gold: dict[str, Any]) -> tuple[list[Held], int]:
    """Return the labelled opinions on actors, and the number of those on issues."""
    names = _names(gold)
    opinions = [
        Held(
            names.get(row["holder"].lower(), row["holder"]),
            names.get(row["target"].lower(), row["target"]),
            SIGNS[row["polarity"]],
            tuple(gold["sentences"][row["sentence"]]),
            tuple(row["evidence"]["span"]),
        )
        for row in gold["sentiment"]
        if row["target_type"] == "actor"
    ]
    return opinions, len(gold["sentiment"]) - len(opinions)


def _found(gold: dict[str, Any]) -> list[Held]:
    names = _names(gold)
    frame = tk.analyze(tk.read(ROOT / "seeds" / gold["file"])).sentiment
    return [
        Held(
            names.get(row.holder.lower(), row.holder),
            names.get(row.target.lower(), row.target),
            row.polarity,
            (row.start, row.end),
            (row.evidence_start, row.evidence_end),
        )
        for row in frame[frame.holder.notna()].itertuples()
    ]


def _names(gold: dict[str, Any]) -> dict[str, str]:
    """Return each form of an actor's name, in small letters and without its article, with the labelled name."""
    return {
        form.lower().removeprefix("the "): actor["name"]
        for actor in gold["actors"]
        for form in [actor["name"], *actor["name_forms"], *actor["nominal_forms"]]
    }


def _same(one: Held, other: Held) -> bool:
    pair = (one.holder, one.target) == (other.holder, other.target)
    return pair and _overlap(one.sentence, other.sentence) > 0


def _answer(opinion: Held, found: list[Held]) -> Held | None:
    candidates = [other for other in found if _same(opinion, other)]
    return max(candidates, key=lambda other: _overlap(other.evidence, opinion.evidence), default=None)


def _overlap(one: Span, other: Span) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({part / max(1, whole):.0%})"


def _list(pairs: list[tuple[Held, Held | None]]) -> None:
    for opinion, answer in pairs:
        if answer is None or answer.polarity != opinion.polarity:
            said = "missed" if answer is None else f"judged {answer.polarity:+d}"
            print(f"  {opinion.holder} on {opinion.target}, {opinion.polarity:+d}, {said}, at {opinion.evidence}")


if __name__ == "__main__":
    main()
