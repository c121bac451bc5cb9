"""Whole readings of negotiation news measured against hand-made gold, layer by layer.

    python tests/benchmarks/coverage.py GOLD [--part dev] [--layer events] [--errors N] [--boot N] [--scores]
    python tests/benchmarks/coverage.py GOLD --layer statements --sure 0.9

The second line finds the least score at which so many of the statements shown are right, in words and speaker: what
``toolkit.statements.SURE`` is set to.

GOLD is the folder ``gold/coverage`` that holds ``texts/`` and the labels of each part. The scorer is
``score_coverage.py``, by default that of the folder ``scorers`` beside ``gold``. ``--scores`` tells how far the
statements' column ``score`` can be trusted.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parent))
import pandas as pd
from _data import iso_of, scorer_at
from _reliability import print_reliability

import toolkit as tk
from toolkit.statements import sureness

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

Row = dict[str, Any]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, help="folder that holds texts/ and the labels")
    parser.add_argument("--part", default="dev", help="labels to measure by (default: dev)")
    parser.add_argument("--layer", action="append", choices=LAYERS, help="one or several (default: all)")
    parser.add_argument("--scorer", type=Path, help="score_coverage.py (default: GOLD/../../scorers/…)")
    parser.add_argument("--errors", type=int, default=0, help="how many errors of a layer to list")
    parser.add_argument("--boot", type=int, default=0, help="draws of articles for an interval of 95 %%")
    parser.add_argument("--sure", type=float, help="share of right statements to find the least score for")
    parser.add_argument("--scores", action="store_true", help="how often statements of each score have the right words")
    given = parser.parse_args()
    if not (given.gold / given.part).is_dir():
        sys.exit(f"No gold: {given.gold} holds no folder {given.part}/.")
    scorer = scorer_at(given.scorer or given.gold.parents[1] / "scorers" / "score_coverage.py")
    layers = given.layer or list(LAYERS)
    gold = scorer.read(str(given.gold / given.part))
    found = {name: predicted(given.gold / "texts" / f"{name}.json", layers) for name in gold}
    scores, errors = scorer.score(gold, found, layers, given.boot)
    for layer in layers:
        print(f"{layer}, {len(gold)} articles")
        for name, value in scores[layer].items():
            print(f"  {name:36} {value}")
        print(*errors[layer][: given.errors], sep="\n")
    if given.scores and "statements" in layers:
        print_reliability([mark for name in gold for mark in _judged(scorer, gold[name], found[name], "words")])
    if given.sure:
        scored = [mark for name in gold for mark in _judged(scorer, gold[name], found[name], "both")]
        print(_shown_from(scored, sum(len(one["statements"]) for one in gold.values()), given.sure))


def _judged(scorer: ModuleType, gold: Row, found: Row, what: str) -> list[tuple[float, bool]]:
    """Return the score of each statement found, and whether it is right, in its words or in words and speaker both."""
    names, wanted, given = scorer.Names(gold, found), gold["statements"], found["statements"]
    chars = [[scorer.chars(row["content"]) for row in rows] for rows in (wanted, given)]
    close = lambda i, j: scorer.dice(chars[0][i], chars[1][j])  # noqa: E731 - what the scorer compares
    pairs = scorer.greedy(range(len(wanted)), range(len(given)), close)
    right = {j for i, j in pairs if what == "words" or names.speaker(given[j]["speaker"], wanted[i]["speaker"])}
    return [(row["words" if what == "words" else "score"] or 0.0, place in right) for place, row in enumerate(given)]


def _shown_from(scored: list[tuple[float, bool]], n_gold: int, share: float) -> str:
    """Return the least score, in hundredths, at and above which a share of the statements are right, in words."""
    for step in range(101):
        kept = [right for score, right in scored if score >= step / 100]
        if kept and sum(kept) >= share * len(kept):
            told = f"{sum(kept)} of {len(kept)} shown are right, {100 * sum(kept) / n_gold:.1f} % of all there are"
            return f"sure from {step / 100:.2f} on: {told}; {len(scored) - len(kept)} less sure"
    return f"no score from which on {share:.0%} are right"


def predicted(path: Path, layers: list[str]) -> Row:
    """Return what the toolkit finds in one article, in the scorer's form."""
    coverage = tk.analyze([article_at(path)], progress=False)
    actors = [{"name": row.actor, "forms": list(row.aliases)} for row in coverage.actors.itertuples()]
    return {"id": path.stem, "actors": actors} | {layer: LAYERS[layer](coverage) for layer in layers}


def article_at(path: Path) -> tk.Article:
    """Return the article of a file of ``texts/``."""
    given = json.loads(path.read_text(encoding="utf-8"))
    published = dt.date.fromisoformat(given["published"]) if given["published"] else None
    return tk.Article(given["text"], published=published, title=given["title"])


def _events(coverage: tk.Coverage) -> list[Row]:
    return [_event(row) for frame in (coverage.rounds, coverage.events) for row in frame.to_dict("records")]


def _event(row: Row) -> Row:
    first, last = (iso_of(row[name], row["precision"]) for name in ("first", "last"))
    ordinal = row.get("ordinal")
    return {
        "type": row["type"],
        "label": row["label"],
        "ordinal": None if ordinal is None or pd.isna(ordinal) else int(ordinal),
        # The gold gives one date for what began or ended on a day.
        "first": first or last,
        "last": last or first,
        "place": row["place"],
        "parties": row["parties"],
        "third": row["third_parties"],
        "people": row["people"],
        "status": row["status"],
        "evidence": [[start, end] for _, start, end in row["evidence"]],
    }


def _statements(coverage: tk.Coverage) -> list[Row]:
    return [_statement(row) for row in coverage.quotations.to_dict("records")]


def _statement(row: Row) -> Row:
    return {
        "content": [list(span) for span in row["spans"]],
        "speaker": [name for name in (row["speaker"], *row["cospeakers"]) if name],
        "words": None if pd.isna(row["score"]) else float(row["score"]),
        "score": sureness(row),
    }


def _positions(coverage: tk.Coverage) -> list[Row]:
    return [_position(row) for row in coverage.positions.to_dict("records")]


def _position(row: Row) -> Row:
    condition = None if pd.isna(row["condition_start"]) else [row["condition_start"], row["condition_end"]]
    return {"span": [row["start"], row["end"]], "condition": condition} | {
        name: row[name] for name in ("actor", "stance", "act")
    }


LAYERS: dict[str, Callable[[tk.Coverage], list[Row]]] = {
    "events": _events,
    "positions": _positions,
    "statements": _statements,
}


if __name__ == "__main__":
    main()
