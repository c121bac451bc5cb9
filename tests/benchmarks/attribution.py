"""Who said what, measured on PolNeAR: content, relation and speakers beside the published peers.

    python tests/benchmarks/attribution.py [DATA] [--part figures|slices|scores|speed|speakers ...]

DATA is the folder that holds ``attribution/`` (default: the environment variable TOOLKIT_DATA); the scorers stand in
``scorers/`` beside it. ``slices`` tells how much of each sort of statement is found, ``scores`` how far the column
``score`` can be trusted. ``--calibrate`` prints, on the articles kept aside from training, how often what rules alone
find has the right content: the shares under ``[confidence]`` in ``toolkit/data/cues.toml``.
"""

from __future__ import annotations

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
from _data import data_folder, scorer_at
from _reliability import print_reliability

from toolkit import load
from toolkit.actors import find_actors
from toolkit.quotations import find_quotations
from toolkit.speakers import resolve_speakers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from spacy.tokens import Doc

    from toolkit.records import Quotation, Span

# Content soft F1, relation soft F1, relation soft F1 on speech cues; dev, from the same scorer.
PEERS = {
    "quotation marks, nearest name": (31.7, 23.7, 39.8),
    "textacy": (26.6, 24.9, 42.2),
    "GenderGapTracker / ATAP rules": (45.4, 38.9, 60.3),
    "BBC Citron, retrained": (51.1, 47.2, 60.0),
    "union of these": (56.1, 51.1, 67.3),
}
PARTS = ("figures", "slices", "scores", "speed", "speakers")
FIGURES = (
    ("all", "content soft"),
    ("all", "relation soft"),
    ("direct", "relation soft"),
    ("mixed", "relation soft"),
    ("indirect", "relation soft"),
    ("source", "segment"),
    ("cue", "segment"),
    ("content", "segment"),
)
_SOFT = 0.8
_SAMPLES = 1000
RUNS = 3


@dataclass
class Measured:
    """Articles with their gold, what was found in them, and the scorer."""

    scorer: Any
    gold: dict[str, Any]
    docs: dict[str, Doc]
    found: dict[str, list[Quotation]]
    speech: set[str]

    def rows(self, name: str) -> list[dict[str, Any]]:
        """Return what was found in an article in the scorer's format."""
        return [_row(quotation) for quotation in self.found[name]]


def main() -> None:
    """Measure and print."""
    options = _parser().parse_args()
    data = data_folder(options.data, "attribution")
    if options.calibrate:
        _calibrate(data)
        return
    measured = _measure(data, options.split)
    for part in options.part:
        {
            "figures": _figures,
            "slices": lambda m: _slices(m, data / "attribution" / "train.jsonl.gz"),
            "scores": _reliability,
            "speed": _speed,
            "speakers": lambda m: _speakers(m, data),
        }[part](measured)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="?", help="folder that holds attribution/")
    parser.add_argument("--split", default="dev", choices=["dev", "train"])
    parser.add_argument("--part", nargs="+", default=PARTS, choices=PARTS)
    parser.add_argument("--calibrate", action="store_true")
    return parser


def _measure(data: Path, split: str) -> Measured:
    scorer = scorer_at(data.parent / "scorers" / "score_attributions.py")
    gold = scorer.read_gold(str(data / "attribution" / f"{split}.jsonl.gz"))
    nlp = load()
    docs = {name: nlp(text) for name, (text, _, _) in gold.items()}
    found = {name: find_quotations(doc) for name, doc in docs.items()}
    speech = set((data.parent / "scorers" / "cues_speech.txt").read_text(encoding="utf-8").split())
    return Measured(scorer, gold, docs, found, speech)


def _row(quotation: Quotation) -> dict[str, Any]:
    return {
        "source": [quotation.source_span] if quotation.source_span else None,
        "cue": [quotation.cue_span] if quotation.cue_span else None,
        "content": quotation.spans,
        "speaker": quotation.speaker,
    }


def _figures(measured: Measured) -> None:
    """Print the peers and F1 of each sort, with the interval over articles drawn anew."""
    everything, speech = (_tallies(measured, wanted) for wanted in (None, measured.speech))
    print(f"{'system':32}{'content':>9}{'relation':>9}{'speech':>8}")
    for name, figures in PEERS.items():
        print(f"{name:32}{figures[0]:9.1f}{figures[1]:9.1f}{figures[2]:8.1f}")
    own = [_f1(sum(everything, Counter()), name) for name in FIGURES[:2]]
    print(f"{'this toolkit':32}{own[0]:9.1f}{own[1]:9.1f}{_f1(sum(speech, Counter()), FIGURES[1]):8.1f}\n")
    print(f"{'F1 (95 % over articles)':32}{'all':>20}{'speech cues':>22}")
    for name in FIGURES:
        print(f"{' '.join(name):32}{_interval(everything, name):>20}{_interval(speech, name):>22}")
    print()


def _tallies(measured: Measured, wanted: set[str] | None) -> list[Counter[Any]]:
    return [
        measured.scorer.score({name: gold}, {name: measured.rows(name)}, wanted=wanted).c
        for name, gold in measured.gold.items()
    ]


def _f1(tally: Counter[Any], name: tuple[str, str]) -> float:
    right_gold, gold, right_found, found = (tally[name, key] for key in ("tg", "ng", "tp", "np"))
    if not gold or not found:
        return 0.0
    recall, precision = right_gold / gold, right_found / found
    return 100 * 2 * recall * precision / (recall + precision) if recall + precision else 0.0


def _interval(tallies: Sequence[Counter[Any]], name: tuple[str, str]) -> str:
    counts = np.array([[tally[name, key] for key in ("tg", "ng", "tp", "np")] for tally in tallies], float)
    drawn = np.random.default_rng(1).integers(0, len(counts), (_SAMPLES, len(counts)))
    sums = counts[drawn].sum(1)
    recall, precision = sums[:, 0] / sums[:, 1].clip(1e-9), sums[:, 2] / sums[:, 3].clip(1e-9)
    low, high = np.percentile(100 * 2 * recall * precision / (recall + precision).clip(1e-9), [2.5, 97.5])
    return f"{_f1(sum(tallies, Counter()), name):.1f} ({low:.1f}-{high:.1f})"


def _slices(measured: Measured, train: Path) -> None:
    """Print how much of each sort of gold statement is found, with and without its source."""
    known = _cues_of(measured.scorer, train)
    hits: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for name, (text, annotators, _) in measured.gold.items():
        article = measured.scorer.Article(text)
        for attributions in list(annotators.values())[:1]:
            gold = measured.scorer.prepare(article, attributions)
            found = measured.scorer.prepare(article, measured.rows(name))
            pairs = {i: (j, dice) for i, j, dice in measured.scorer.pair_up(*_contents(gold, found))}
            for i, row in enumerate(gold):
                j, dice = pairs.get(i, (None, 0.0))
                right = dice >= _SOFT
                sourced = right and _same_source(article, row["source"], found[j]["source"])
                for kind in _sorts(measured.docs[name], article, row, known):
                    hits[kind].append((right, sourced))
    print(f"{'statements':24}{'n':>6}{'content found':>15}{'with source':>13}")
    for kind, marks in sorted(hits.items(), key=lambda item: -len(item[1])):
        right, sourced = (100 * float(np.mean([mark[k] for mark in marks])) for k in range(2))
        print(f"{kind:24}{len(marks):6}{right:15.1f}{sourced:13.1f}")
    print()


def _contents(*sides: Sequence[dict[str, Any]]) -> list[list[Any]]:
    return [[row["content"][0] for row in side] for side in sides]


def _same_source(article: Any, gold: Any, found: Any) -> bool:
    if gold is None or found is None:
        return gold is None and found is None
    return bool(article.content_words(gold[0]) & article.content_words(found[0]))


def _cues_of(scorer: Any, train: Path) -> set[str]:
    """Return the cues of the articles for training, lower-case."""
    cues = set()
    for text, annotators, _ in scorer.read_gold(str(train)).values():
        for attributions in annotators.values():
            cues |= {_words(text, row["cue"]) for row in attributions}
    return cues


def _words(text: str, spans: Sequence[Sequence[int]] | None) -> str:
    return " ".join(" ".join(text[start:end] for start, end in spans or ()).lower().split())


def _sorts(doc: Doc, article: Any, row: dict[str, Any], known: set[str]) -> Iterator[str]:
    """Yield the sorts that a gold statement is of."""
    yield "all"
    yield row["kind"]
    raw = row["raw"]
    if raw["source"] is None:
        yield "no source"
    if len(article.segments(raw["content"])) > 1:
        yield "discontinuous"
    if raw["cue"] and _words(article.text, raw["cue"]) not in known:
        yield "cue unseen in training"
    if raw["cue"] and _noun_cue(article.text, raw["cue"]):
        yield "noun cue"
    start, end = raw["content"][0][0], raw["content"][-1][1]
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is not None and any(token.is_sent_start for token in span[1:] if not token.is_space):
        yield "across sentences"


def _noun_cue(text: str, cue: Sequence[Sequence[int]]) -> bool:
    from toolkit.lexicon.cues import by_noun

    last = _words(text, cue).split()[-1:]
    before = text[max(0, cue[0][0] - 12) : cue[0][0]].lower().split()
    owned = before[-1:] and (before[-1] in {"the", "a", "his", "her", "their", "its"} or before[-1].endswith("s"))
    return bool(last and last[0] in by_noun() and owned)


def _reliability(measured: Measured) -> None:
    """Print how often statements of each score prove right."""
    marks: list[tuple[float, bool]] = []
    for name, (text, annotators, _) in measured.gold.items():
        article = measured.scorer.Article(text)
        outer = [quotation for quotation in measured.found[name] if quotation.via is None]
        found = measured.scorer.prepare(article, [_row(quotation) for quotation in outer])
        gold = measured.scorer.prepare(article, next(iter(annotators.values())))
        right = {j for _, j, dice in measured.scorer.pair_up(*_contents(gold, found)) if dice >= _SOFT}
        marks += [(quotation.score, j in right) for j, quotation in enumerate(outer)]
    print_reliability(marks)
    print()


def _speed(measured: Measured) -> None:
    """Print words a second of one core, best of some runs: tagging, decoding and linking, and with the rules."""
    from toolkit.model.attribution_tagger import tag
    from toolkit.model.trunk_reader import read_states
    from toolkit.quotations._linking import link

    words = sum(len(doc.text.split()) for doc in measured.docs.values())

    def timed(work: Callable[[Doc], object]) -> float:
        return words / min(_seconds(work, measured.docs.values()) for _ in range(RUNS))

    print(f"tagging, decoding, linking {timed(lambda doc: link(tag(read_states(doc)).outer)):8,.0f} words/s")
    print(f"all of find_quotations     {timed(find_quotations):8,.0f} words/s\n")


def _seconds(work: Callable[[Doc], object], docs: Iterable[Doc]) -> float:
    started = time.process_time()
    for doc in docs:
        work(doc)
    return time.process_time() - started


def _speakers(measured: Measured, data: Path) -> None:
    """Print the figures of speakers, end to end; of outer statements alone, since PolNeAR has no others."""
    resolved = data.parent / "gold" / "speakers" / "dev"
    with tempfile.TemporaryDirectory() as folder:
        predicted = Path(folder) / "predicted.jsonl"
        with predicted.open("w", encoding="utf-8") as out:
            for name, doc in measured.docs.items():
                cast = find_actors(doc)
                resolved_here = resolve_speakers(doc, measured.found[name], cast)
                rows = [_row(quotation) for quotation in resolved_here if quotation.via is None]
                actors = [{"name": actor.name, "aliases": actor.aliases} for actor in cast.actors.values()]
                out.write(json.dumps({"file": name, "attributions": rows, "actors": actors}) + "\n")
        scorer = data.parent / "scorers" / "score_speakers.py"
        command = [sys.executable, str(scorer), "--gold", str(resolved), "--pred", str(predicted)]
        print(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def _calibrate(data: Path) -> None:
    """Print how often what rules alone find has the right content, with a cue and without."""
    from toolkit.model.attribution_tagger import tag
    from toolkit.model.train.polnear import held_out
    from toolkit.model.trunk_reader import read_states
    from toolkit.quotations._linking import link

    scorer = scorer_at(data.parent / "scorers" / "score_attributions.py")
    right: dict[str, list[bool]] = defaultdict(list)
    nlp = load()
    with gzip.open(data / "attribution" / "train.jsonl.gz", "rt", encoding="utf-8") as lines:
        for article in filter(held_out, map(json.loads, lines)):
            scored = scorer.Article(article["text"])
            gold = scorer.prepare(scored, next(iter(article["annotators"].values())))
            doc = nlp(article["text"])
            tagged = [
                (content.start, content.end)
                for made in link(tag(read_states(doc)).outer)
                if made.cue
                for content in made.contents
            ]
            found = [q for q in find_quotations(doc) if q.via is None and not _overlaps(q.spans[0], tagged)]
            rows = scorer.prepare(scored, [_row(quotation) for quotation in found])
            hits = {j for _, j, dice in scorer.pair_up(*_contents(gold, rows)) if dice >= _SOFT}
            for j, quotation in enumerate(found):
                right["announced" if quotation.cue else "unclaimed"].append(j in hits)
    for how, matches in sorted(right.items()):
        print(f"{how:10}{np.mean(matches):6.2f}  of {len(matches)}")


def _overlaps(span: Span, others: Sequence[Span]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)


if __name__ == "__main__":
    main()
