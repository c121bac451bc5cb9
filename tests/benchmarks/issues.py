"""Issues found among propositions, measured by B-cubed within articles against the words that annotators gave them.

    python tests/benchmarks/issues.py GOLD [--part dev] [--found]

GOLD is the folder ``gold/coverage`` that holds ``texts/`` and the labels of each part. Propositions are those of the
gold; with ``--found`` those that the toolkit finds, each with the annotators' issue of the gold row that its evidence
shares most characters with, at least half of theirs. Beside it: every proposition on an issue of its own, and only
those of the same words on one (Bagga and Baldwin 1998).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parent))
from coverage import article_at

import toolkit as tk
from toolkit.positions import with_found_issues
from toolkit.positions._topics import topics_in
from toolkit.records import Position

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from spacy.language import Language

    Labelled = list[tuple[Position, str]]

FEWEST = 0.5
"""The Dice coefficient from which on a position is that of a gold row."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, help="folder that holds texts/ and the labels")
    parser.add_argument("--part", default="dev", help="labels to measure by (default: dev)")
    parser.add_argument("--found", action="store_true", help="group what the toolkit finds, in place of the gold")
    given = parser.parse_args()
    if not (given.gold / given.part).is_dir():
        sys.exit(f"No gold: {given.gold} holds no folder {given.part}/.")
    read = _found if given.found else _labelled
    nlp = tk.load()
    articles = [
        read(path, given.gold / "texts" / path.name, nlp) for path in sorted((given.gold / given.part).glob("*.json"))
    ]
    print(f"{sum(map(len, articles))} propositions, {len(articles)} articles: B-cubed P, R, F1")
    for name, group in {"issues found": _grouped, "each its own": _apart, "same words": _same_words}.items():
        print(f"  {name:14} {' '.join(f'{100 * value:5.1f}' for value in _bcubed(articles, group))}")


def _labelled(labels: Path, text: Path, nlp: Language) -> Labelled:
    """Return the propositions of the gold with their issues."""
    article, rows = article_at(text), json.loads(labels.read_text(encoding="utf-8"))["positions"]
    doc = nlp(article.text)
    spans = [(tuple(row["prop"] or row["evidence"]), row) for row in rows if row["prop"] or row["evidence"]]
    return [(_position(article.text, span, row, topics_in(doc, span)), row["issue"]) for span, row in spans]


def _position(text: str, span: tuple[int, int], row: dict[str, Any], topics: tuple[str, ...]) -> Position:
    words = text[slice(*span)]
    return Position("", "", *span, words, row["stance"], row["act"], proposition=words, topics=topics)


def _found(labels: Path, text: Path, _: Language) -> Labelled:
    """Return the propositions that the toolkit finds, those that the gold has too with their issues."""
    rows = [row for row in json.loads(labels.read_text(encoding="utf-8"))["positions"] if row["evidence"]]
    frame = tk.analyze([article_at(text)], progress=False).positions
    found = []
    for row in frame.to_dict("records"):
        best = max(rows, key=lambda gold: _dice((row["start"], row["end"]), gold["evidence"]), default=None)
        if best and _dice((row["start"], row["end"]), best["evidence"]) >= FEWEST:
            position = Position("", "", row["start"], row["end"], row["text"], row["stance"], row["act"],
                                proposition=row["proposition"], issue=row["issue"])  # fmt: skip
            found.append((position, best["issue"]))
    return found


def _dice(one: Sequence[int], other: Sequence[int]) -> float:
    shared = max(0, min(one[1], other[1]) - max(one[0], other[0]))
    return 2 * shared / ((one[1] - one[0] + other[1] - other[0]) or 1)


def _grouped(positions: Sequence[Position]) -> list[object]:
    found = positions if any(one.issue for one in positions) else with_found_issues(positions)
    return [one.issue or number for number, one in enumerate(found)]


def _apart(positions: Sequence[Position]) -> list[object]:
    return list(range(len(positions)))


def _same_words(positions: Sequence[Position]) -> list[object]:
    return [(one.proposition or one.text).lower() for one in positions]


def _bcubed(articles: Sequence[Labelled], group: Callable[[Sequence[Position]], list[object]]) -> tuple[float, ...]:
    """Return precision, recall and F1, each proposition counting once."""
    shares = [pair for labelled in articles for pair in _shares(labelled, group([one for one, _ in labelled]))]
    precision, recall = (sum(values) / (len(shares) or 1) for values in zip(*shares, strict=True))
    return precision, recall, 2 * precision * recall / (precision + recall)


def _shares(labelled: Labelled, groups: Sequence[object]) -> Iterator[tuple[float, float]]:
    """Give for each proposition the share of its group that is on its issue, and of its issue that is in its group."""
    by_group, by_issue = defaultdict(set), defaultdict(set)
    for number, ((_, issue), group) in enumerate(zip(labelled, groups, strict=True)):
        by_group[group].add(number)
        by_issue[issue].add(number)
    for (_, issue), group in zip(labelled, groups, strict=True):
        both = len(by_group[group] & by_issue[issue])
        yield both / len(by_group[group]), both / len(by_issue[issue])


if __name__ == "__main__":
    main()
