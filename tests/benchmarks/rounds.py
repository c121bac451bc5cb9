"""Rounds of talks measured on hand-labelled articles: precision, recall and F1 of the rounds, whole rows, and fields.

    python tests/benchmarks/rounds.py [DATA] [--scorer FILE] [--held-out N] [--verbose]

DATA is the folder that holds ``rounds/dev/`` with pairs of ``NAME.txt`` and ``NAME.gold.json`` (default: the
environment variable TOOLKIT_DATA). The scorer is ``score_rounds.py``, by default that of the folder ``scorers`` beside
DATA. ``--held-out N`` scores every Nth article apart from the rest.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from _data import data_folder, iso_of, scorer_at

import toolkit as tk

Gold = dict[str, dict[str, Any]]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="?", help="folder that holds rounds/dev/")
    parser.add_argument("--scorer", type=Path, help="score_rounds.py (default: DATA/../scorers/score_rounds.py)")
    parser.add_argument("--held-out", type=int, metavar="N", help="every Nth article apart from the rest")
    parser.add_argument("--verbose", action="store_true", help="also each pair, miss and spurious round")
    given = parser.parse_args()
    folder = data_folder(given.data, "rounds")
    scorer = scorer_at(given.scorer or folder.parent / "scorers" / "score_rounds.py")
    gold = scorer.read_gold(str(folder / "rounds" / "dev"))
    predicted = {name: _rounds(folder / "rounds" / "dev" / f"{name}.txt", item) for name, item in gold.items()}
    for part, names in _parts(sorted(gold), given.held_out).items():
        print(f"{part}: {', '.join(names)}")
        _print(scorer.score({name: gold[name] for name in names}, predicted, given.verbose))


def _parts(names: list[str], step: int | None) -> dict[str, list[str]]:
    if step is None:
        return {"all": names}
    held = names[step - 1 :: step]
    return {"developed on": [name for name in names if name not in held], "held out": held}


def _print(scores: dict[str, Any]) -> None:
    for name, value in scores.items():
        print(f"  {name:20}" + (f"{value[0]:8}  of {value[1]}" if isinstance(value, list) else f"{value:8}"))


def _rounds(path: Path, item: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the rounds that the toolkit finds in one article, in the scorer's form."""
    published = dt.date.fromisoformat(item["published"]) if item["published"] else None
    rows = tk.analyze(tk.read(path, published=published), progress=False).rounds
    return [_row(row) for row in rows.to_dict("records")]


def _row(row: dict[str, Any]) -> dict[str, Any]:
    import pandas as pd

    return {
        "label": row["label"],
        "ordinal": None if pd.isna(row["ordinal"]) else int(row["ordinal"]),
        "date_start": iso_of(row["first"], row["precision"]),
        "date_end": iso_of(row["last"], row["precision"]),
        "place": row["place"],
        "status": row["status"],
        "parties": row["parties"],
        "people": row["people"],
        "mediators": row["third_parties"],
        "evidence": [[start, end] for _, start, end in row["evidence"]],
    }


if __name__ == "__main__":
    main()
