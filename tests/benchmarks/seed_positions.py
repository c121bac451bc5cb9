"""Positions in the seed article measured against its hand-made gold.

    python tests/benchmarks/seed_positions.py GOLD [--words] [--scorer PATH]

GOLD is ``gold/seed/seed_gold.json``. Its stances are mapped: accept and conditional are for, reject is against, no
position is open; its acts are of another list and are not measured. ``--words`` measures the word lists alone, beside
which the learned reader stands. The scorer is ``score_coverage.py``, by default that of the folder ``scorers``.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parent))
from _data import scorer_at

import toolkit as tk
from toolkit.positions import PositionInput, find_phrases, positions_of

if TYPE_CHECKING:
    from toolkit.records import Position

SEED = Path(__file__).parents[2] / "seeds" / "000_2a7e18f9396dc323.txt"
STANCES = {"accept": "for", "conditional": "for", "reject": "against", "no position": "open"}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, help="seed_gold.json")
    parser.add_argument("--words", action="store_true", help="by the word lists alone")
    parser.add_argument("--scorer", type=Path, help="score_coverage.py (default: GOLD/../../../scorers/…)")
    given = parser.parse_args()
    if not given.gold.is_file():
        sys.exit(f"No gold: there is no file {given.gold}.")
    scorer = scorer_at(given.scorer or given.gold.parents[2] / "scorers" / "score_coverage.py")
    told = json.loads(given.gold.read_text(encoding="utf-8"))
    scores, _ = scorer.score({"seed": _labelled(told)}, {"seed": _found(words=given.words)}, ["positions"])
    for name, value in scores["positions"].items():
        print(f"  {name:20} {value}")


def _labelled(told: dict[str, Any]) -> dict[str, Any]:
    actors = [
        {"name": one["name"], "kind": one["type"], "forms": [*one["name_forms"], *one["nominal_forms"]]}
        for one in told["actors"]
    ]
    rows = [
        {"actor": row["actor"], "stance": STANCES[row["stance"]], "act": row["mode"], "issue": row["issue"],
         "prop": None, "evidence": row["evidence"]["span"]}
        for row in told["positions"]
    ]  # fmt: skip
    return {"id": "seed", "actors": actors, "positions": rows}


@tk.stage(gives="positions")
def by_words(article: Any, doc: Any, sentences: Any, quotations: Any, mentions: Any) -> list[Position]:
    """Read positions by the word lists alone."""
    given = PositionInput(doc, article.article_id, article.published, sentences, quotations, mentions)
    return positions_of(given, find_phrases(given))


def _found(*, words: bool) -> dict[str, Any]:
    chain = tk.stages().replaced("positions", by_words) if words else tk.stages()
    coverage = tk.analyze(tk.read(SEED, published="2026-02-18"), stages=chain, progress=False)
    actors = [{"name": row.actor, "forms": list(row.aliases)} for row in coverage.actors.itertuples()]
    rows = [
        {"span": [row.start, row.end], "actor": row.actor, "stance": row.stance, "act": row.act}
        for row in coverage.positions.itertuples()
    ]
    return {"id": "seed", "actors": actors, "positions": rows}


if __name__ == "__main__":
    main()
