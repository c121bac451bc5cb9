"""Figures of the parsing half on gold test sets.

    python -m toolkit.model.evaluate DATA [--pipeline NAME]

DATA holds ``language/``. Prints trees, tags, lemmas and sentences, names, and speed, time to load and size. Texts go in
raw; those of sets that a pipeline was trained on are not among them. ``--only memory`` reads a thousand articles of
``unlabelled/``.
"""

from __future__ import annotations

import argparse
import time
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.errors import ToolkitError
from toolkit.model.data_files import read_docs, read_rows
from toolkit.model.parsing_scores import (
    KINDS,
    PLACES,
    f1,
    interval,
    name_scores,
    names_of,
    parse,
    reporting_verbs,
    tree_scores,
)
from toolkit.pipeline import load

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.language import Language

TREES = {
    "PUD news": "pudnews_test_clear",
    "PUD": "pud_test_clear",
    "GUM news": "gumnews_test_clear",
    "GUM news, interview, speech": "gumnis_test_clear",
    "GUM": "gum_test_clear",
    "EWT": "ewt_test_clear",
}
NAMES = {
    "UNER PUD news": ("uner_pudnews", PLACES),
    "UNER PUD": ("uner_pud", PLACES),
    "UNER EWT": ("uner_ewt_test", PLACES),
    "world newspapers": ("ww_test", {kind: kind for kind in KINDS}),
    "GUM news": ("gumnews_ner_test", {kind: kind for kind in KINDS}),
    "GUM": ("gum_ner_test", {kind: kind for kind in KINDS}),
}
DEVELOPMENT_TREES = {"GUM news dev": "gumnews_dev_clear", "GUM dev": "gum_dev_clear", "EWT dev": "ewt_dev_clear"}
DEVELOPMENT_NAMES = {
    "world newspapers dev": ("ww_dev", {kind: kind for kind in KINDS}),
    "UNER EWT dev": ("uner_ewt_dev", PLACES),
}
TIMED = "ww_test"
RUNNING = "pudnews_test_clear"
PARAGRAPH = 10
ARTICLES = 1000


def print_trees(nlp: Language, folder: Path, sets: dict[str, str]) -> None:
    """Print the table of trees, tags, lemmas, sentences and reporting verbs."""
    print("| gold test set | UAS | LAS | XPOS | UPOS | lemma | sentences F | reporting verbs: subject, clause |")  # noqa: T201
    print("|---|---|---|---|---|---|---|---|")  # noqa: T201
    for title, name in sets.items():
        gold = read_docs(folder / f"{name}.spacy")
        found = parse(nlp, gold)
        scores = " | ".join(f"{score:.1f}" for score in tree_scores(gold, found).values())
        total, subject, clause = reporting_verbs(gold, found)
        print(f"| {title} | {scores} | {subject:.1f}, {clause:.1f} of {total} |")  # noqa: T201


def running_sentences(nlp: Language, folder: Path) -> float:
    """Return F1, in per cent, of the sentences of news put together as running text, ten to a line."""
    texts = [doc.text.strip() for doc in read_docs(folder / f"{RUNNING}.spacy")]
    gold: set[tuple[int, int]] = set()
    lines, begin = [], 0
    for first in range(0, len(texts), PARAGRAPH):
        lines.append(" ".join(texts[first : first + PARAGRAPH]))
        for text in texts[first : first + PARAGRAPH]:
            gold.add((begin, begin + len(text)))
            begin += len(text) + 1
    doc = nlp("\n".join(lines))
    return f1(gold, {(sent.start_char, sent.start_char + len(sent.text.rstrip())) for sent in doc.sents})


def print_names(nlp: Language, folder: Path, sets: dict[str, tuple[str, dict[str, str]]]) -> None:
    """Print the table of names."""
    print("| names, F1 | typed | 95 % | spans | by kind |")  # noqa: T201
    print("|---|---|---|---|---|")  # noqa: T201
    for title, (name, kinds) in sets.items():
        docs = read_docs(folder / f"{name}.spacy")
        gold, found = names_of(docs, kinds), names_of(parse(nlp, docs), kinds)
        scores = name_scores(gold, found)
        low, high = interval(gold, found)
        by_kind = ", ".join(f"{kind} {score:.1f}" for kind, score in scores.items() if kind not in {"all", "spans"})
        print(f"| {title} | {scores['all']:.1f} | {low:.1f}–{high:.1f} | {scores['spans']:.1f} | {by_kind} |")  # noqa: T201


def words_per_second(nlp: Language, folder: Path) -> float:
    """Return the words a second of processor time on texts as long as articles."""
    texts = [doc.text for doc in read_docs(folder / f"{TIMED}.spacy")]
    articles = ["\n".join(texts[first : first + 4]) for first in range(0, len(texts), 4)]
    started = time.process_time()
    for _ in nlp.pipe(articles):
        pass
    return sum(len(text.split()) for text in articles) / (time.process_time() - started)


def print_memory(nlp: Language, data: Path) -> None:
    """Print how much memory the process has come to need when it has read many articles, one after the other."""
    rows = islice(read_rows(data / "unlabelled" / "news.jsonl.gz", "unlabelled/"), ARTICLES)
    sizes = [len(doc) for doc in nlp.pipe(row["text"] for row in rows)]
    print(f"{len(sizes):,} articles, {sum(sizes):,} tokens{_memory()}")  # noqa: T201


def _memory() -> str:
    """Return the most memory that the process has had, where the system tells it."""
    if find_spec("resource") is None:
        return ""
    import resource

    return f"; {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB at most"


def _with_weights(folder: Path) -> Language:
    import spacy

    nlp = spacy.blank("en")
    load()  # spaCy knows the toolkit's components from then on
    nlp.add_pipe("toolkit_sentences")
    nlp.add_pipe("toolkit_parser", config={"folder": str(folder)})
    nlp.add_pipe("toolkit_names")
    return nlp


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables; 2 is returned where the data or the pipeline are not there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="folder that holds language/")
    parser.add_argument("--pipeline", help="an installed spaCy pipeline to measure in place of the toolkit's own")
    parser.add_argument("--weights", type=Path, help="folder that the recipe has written, to measure its weights")
    parser.add_argument("--dev", action="store_true", help="measure on development sets, to choose by")
    parser.add_argument("--only", choices=["trees", "names", "speed", "memory"], help="one of the parts")
    given = parser.parse_args(arguments)
    folder = given.data / "language"
    try:
        import onnxruntime  # noqa: F401 - the packages' own time to load is none of ours
        import spacy  # noqa: F401

        started = time.perf_counter()
        nlp = _with_weights(given.weights) if given.weights else load(given.pipeline)
        taken = time.perf_counter() - started
        if given.only in {None, "trees"}:
            print_trees(nlp, folder, DEVELOPMENT_TREES if given.dev else TREES)
        if given.only in {None, "trees"} and not given.dev:
            score = running_sentences(nlp, folder)
            print(f"\nsentences of PUD news as running text: F {score:.1f}\n")  # noqa: T201
        if given.only in {None, "names"}:
            print_names(nlp, folder, DEVELOPMENT_NAMES if given.dev else NAMES)
        if given.only in {None, "speed"}:
            print(f"loaded in {taken:.2f} s; {words_per_second(nlp, folder):,.0f} words/s{_memory()}")  # noqa: T201
        if given.only == "memory":
            print_memory(nlp, given.data)
    except ToolkitError as problem:
        parser.exit(2, f"{problem}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
