"""Whole processes of two checkouts of the toolkit in turn, with default settings, on the same articles."""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from toolkit.articles import Article

HERE = Path(__file__).resolve().parents[2]
# An older one may stop at an article that it cannot read: those are found before, and left out for both.
READABLE = """
import json, sys, toolkit
for place, article in enumerate(toolkit.read(sys.argv[1])):
    try:
        toolkit.analyze([article], progress=False)
    except Exception:
        continue
    print(place)
"""
ANALYSE = """
import json, sys, toolkit
toolkit.analyze(toolkit.read(sys.argv[1]), progress=False, **json.loads(sys.argv[2]))
"""


def main(articles: Sequence[Article], scratch: Path, against: Path, python: str, pairs: int) -> None:
    """Compare and print."""
    path = scratch / "articles.jsonl"
    _write(path, articles)
    told = _run(python, against, READABLE, str(path)).stdout.split()
    kept = [articles[int(place)] for place in told]
    _write(path, kept)
    print(f"{len(kept)} articles ({len(articles) - len(kept)} that the other cannot read left out), {pairs} turns")
    settings = {
        "the other": (python, against, {}),
        "this one": (sys.executable, HERE, {}),
        "this one, in one process": (sys.executable, HERE, {"executor": 1}),
    }
    turns = [{name: _spent(*own, path) for name, own in settings.items()} for _ in range(pairs)]
    print(f"{'medians':28}{'wall s':>9}{'CPU s':>9}{'times as fast':>15}{'of its CPU':>12}")
    for name in settings:
        wall, cpu = (statistics.median(turn[name][place] for turn in turns) for place in (0, 1))
        by_wall, by_cpu = (
            statistics.median(turn["the other"][place] / turn[name][place] for turn in turns) for place in (0, 1)
        )
        print(f"{name:28}{wall:9.1f}{cpu:9.1f}{by_wall:15.2f}{by_cpu:12.2f}")


def _write(path: Path, articles: Sequence[Article]) -> None:
    rows = (
        {"text": each.text, "title": each.title, "date": each.published and str(each.published)} for each in articles
    )
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def _spent(python: str, checkout: Path, options: Mapping[str, object], path: Path) -> tuple[float, float]:
    """Return wall and processor seconds of an analysis, those of the processes it starts too."""
    begin, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    _run(python, checkout, ANALYSE, str(path), json.dumps(options))
    wall, after = time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _run(python: str, checkout: Path, code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(checkout)}
    ran = subprocess.run(
        [python, "-c", code, *arguments], env=environment, cwd=checkout, capture_output=True, text=True, check=False
    )
    if ran.returncode:
        sys.exit(f"{checkout}: the analysis failed:\n{ran.stderr[-2000:]}")
    return ran
