"""How the cost of one article grows with its length, by what it is made of.

    python tests/benchmarks/growth.py [--kinds "names,full stops"] [--size 40000] [--doublings 3] [--longest 60]

A row a text: the processor's seconds, how many times those of half the size, and of which stages. Texts are invented.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from time import process_time

import toolkit as tk
from toolkit.analysis import stages

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from growing import KINDS

SHOWN = 0.1
"""Least share of the whole from which on a stage is named."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kinds", help="names from tests/growing.py, joined by commas (default: all)")
    parser.add_argument("--size", type=int, default=40_000, help="characters of the shortest text")
    parser.add_argument("--doublings", type=int, default=3)
    parser.add_argument("--longest", type=float, default=60, help="seconds after which a kind is let be")
    given = parser.parse_args()
    seconds_by_stage(KINDS["paragraphs"][0](1000))
    print(f"{'kind':24} {'characters':>10} {'seconds':>8} {'times':>6}  stages")
    for kind in given.kinds.split(",") if given.kinds else KINDS:
        before = 0.0
        for step in range(given.doublings + 1):
            size = given.size * 2**step
            spent = seconds_by_stage(KINDS[kind][0](size))
            total = sum(spent.values())
            stages_shown = ", ".join(f"{name} {took:.1f}" for name, took in spent.items() if took > SHOWN * total)
            times = f"{total / before:.2f}" if before else ""
            print(f"{kind:24} {size:10} {total:8.2f} {times:>6}  {stages_shown}", flush=True)
            before = total
            if total > given.longest:
                break


def seconds_by_stage(text: str) -> dict[str, float]:
    """Return the processor's seconds that each stage takes over a text."""
    layers: dict[str, object] = {"article": tk.Article(text)}
    spent = {}
    for stage in stages():
        begin = process_time()
        given = stage(*(layers[need] for need in stage.needs))
        spent[stage.name] = process_time() - begin
        layers |= dict(zip(stage.gives, (given,) if len(stage.gives) == 1 else given, strict=True))
    return spent


if __name__ == "__main__":
    main()
