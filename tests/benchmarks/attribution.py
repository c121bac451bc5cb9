"""Who said what, measured on PolNeAR: content, relation and speakers beside the published peers.

    python tests/benchmarks/attribution.py [DATA] [--split dev] [--calibrate]

DATA is the folder that holds ``attribution/`` (default: the environment variable TOOLKIT_DATA); the scorers stand in
``scorers/`` beside it. ``--calibrate`` prints, on the articles for training, how often a quotation of each kind and
force has the right content: the ``[confidence]`` table of ``toolkit/data/cues.toml``.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parent))
from _data import data_folder

from toolkit import load
from toolkit.actors import find_actors
from toolkit.quotations import find_quotations
from toolkit.speakers import resolve_speakers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.records import Quotation, Span

# Content soft F1, relation soft F1, relation soft F1 on speech cues; dev, from the same scorer.
PEERS = {
    "quotation marks, nearest name": (31.7, 23.7, 39.8),
    "textacy": (26.6, 24.9, 42.2),
    "GenderGapTracker / ATAP rules": (45.4, 38.9, 60.3),
    "BBC Citron, retrained": (51.1, 47.2, 60.0),
}
_WORD = re.compile(r"\w+")
_SOFT = 0.8


def main() -> None:
    """Measure and print."""
    options = _parser().parse_args()
    data = data_folder(options.data, "attribution")
    if options.calibrate:
        _calibrate(data / "attribution" / "train.jsonl.gz")
        return
    gold = data / "attribution" / f"{options.split}.jsonl.gz"
    with tempfile.TemporaryDirectory() as folder:
        predicted = Path(folder) / "predicted.jsonl"
        speed = _predict(gold, predicted)
        scorers = data.parent / "scorers"
        everything = _scores(scorers, gold, predicted)
        speech = _scores(scorers, gold, predicted, "--cues", str(scorers / "cues_speech.txt"))
        resolved = data.parent / "gold" / "speakers" / "dev"
        speakers = _run(scorers / "score_speakers.py", "--gold", str(resolved), "--pred", str(predicted))
    print(f"{'system':32}{'content':>9}{'relation':>9}{'speech':>8}")
    for name, figures in PEERS.items():
        print(f"{name:32}{figures[0]:9.1f}{figures[1]:9.1f}{figures[2]:8.1f}")
    print(f"{'this toolkit':32}{everything['content']:9.1f}{everything['relation']:9.1f}{speech['relation']:8.1f}")
    print(f"\n{speed:,.0f} words/s\n\nspeakers, 24 articles\n{speakers}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="?", help="folder that holds attribution/")
    parser.add_argument("--split", default="dev", choices=["dev", "train"])
    parser.add_argument("--calibrate", action="store_true")
    return parser


def _articles(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _predict(gold: Path, predicted: Path) -> float:
    """Write predictions in the scorers' format, the outer ones as PolNeAR is flat; return words read a second."""
    words, started, nlp = 0, time.perf_counter(), load()
    with predicted.open("w", encoding="utf-8") as out:
        for article in _articles(gold):
            words += len(article["text"].split())
            doc = nlp(article["text"])
            cast = find_actors(doc)
            quotations = resolve_speakers(doc, find_quotations(doc), cast)
            actors = [{"name": actor.name, "aliases": actor.aliases} for actor in cast.actors.values()]
            rows = [_row(quotation) for quotation in quotations if quotation.via is None]
            out.write(json.dumps({"file": article["file"], "attributions": rows, "actors": actors}) + "\n")
    return words / (time.perf_counter() - started)


def _row(quotation: Quotation) -> dict[str, Any]:
    return {
        "source": [quotation.source_span] if quotation.source_span else None,
        "cue": [quotation.cue_span] if quotation.cue_span else None,
        "content": quotation.spans,
        "speaker": quotation.speaker,
    }


def _scores(scorers: Path, gold: Path, predicted: Path, *options: str) -> dict[str, float]:
    report = _run(scorers / "score_attributions.py", str(gold), str(predicted), *options)
    found = re.findall(r"all: (content|relation) soft +[\d.]+ +[\d.]+ +([\d.]+)", report)
    return {name: float(value) for name, value in found}


def _run(script: Path, *arguments: str) -> str:
    return subprocess.run([sys.executable, str(script), *arguments], check=True, capture_output=True, text=True).stdout


def _calibrate(train: Path) -> None:
    """Print how often the content is right, by kind and force of the cue."""
    right: dict[tuple[str, str], list[bool]] = defaultdict(list)
    nlp = load()
    for article in _articles(train):
        text = article["text"]
        gold = [_words(text, row["content"]) for rows in list(article["annotators"].values())[:1] for row in rows]
        for quotation in find_quotations(nlp(text)):
            found = _words(text, quotation.spans)
            match = any(2 * len(found & words) >= _SOFT * (len(found) + len(words)) for words in gold)
            if quotation.via is None:
                right[quotation.kind, quotation.cue_force or "none"].append(match)
    for (kind, force), matches in sorted(right.items()):
        print(f"{kind:10}{force:10}{sum(matches) / len(matches):6.2f}  of {len(matches)}")


def _words(text: str, spans: Sequence[Span]) -> set[int]:
    return {match.start() for start, end in spans for match in _WORD.finditer(text, start, end)}


if __name__ == "__main__":
    main()
