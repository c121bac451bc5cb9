"""Recipe of the ranker of speakers: what speaks for each candidate, weighed on whole readings of news.

    python -m toolkit.model.train.speakers GOLD --out DIR

GOLD holds ``texts/``, ``train/`` to learn from and ``dev/`` to calibrate by. The statements are those of the labels,
with their sources, and those that the toolkit finds. The last step writes DIR/speakers/config.json.
"""

from __future__ import annotations

import argparse
import logging
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from toolkit.errors import ToolkitError
from toolkit.model.speaker_ranker import Features, Ranker
from toolkit.model.train.events_gold import plain, read_labels
from toolkit.model.train.platt import fit_line
from toolkit.model.train.starting import write_settings
from toolkit.records import Quotation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from toolkit.records import QuotationKind

_LOG = logging.getLogger(__name__)
RIDGE = 10.0
"""What weights cost (chosen by cross-validation over articles)."""
LEAST = 4
"""Candidates that a feature must have to be weighed."""
_ROUNDS = 12
_OVERLAP = 0.5


class Example(NamedTuple):
    """A statement's candidates, the rules' verdict first: the features of each, and whether it is right."""

    features: Sequence[Features]
    right: Sequence[bool]


def main(arguments: Sequence[str] | None = None) -> int:
    """Learn, calibrate, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, help="folder that holds texts/, train/ and dev/")
    parser.add_argument("--out", type=Path, required=True, help="folder to write speakers/ into")
    given = parser.parse_args(arguments)
    try:
        train = [example for labelled in (True, False) for example in examples(given.gold, "train", labelled=labelled)]
        dev = list(examples(given.gold, "dev", labelled=False))
    except ToolkitError as problem:
        parser.exit(2, f"{problem}\n")
    folder = given.out / "speakers"
    folder.mkdir(parents=True, exist_ok=True)
    write_settings(settings_of(train, dev), folder)
    return 0


def settings_of(train: Sequence[Example], dev: Sequence[Example]) -> dict[str, Any]:
    """Return the weights learned from some statements, and the line from log odds to shares fitted on others."""
    weights = fit(train)
    ranker = Ranker(weights)
    numbers = [ranker.chosen(found.features) for found in dev]
    odds = [ranker.log_odds(found.features[number]) for found, number in zip(dev, numbers, strict=True)]
    right = [found.right[number] for found, number in zip(dev, numbers, strict=True)]
    line = fit_line(np.array(odds), np.array(right))
    _LOG.info("of %d statements %d have the right speaker", len(dev), sum(right))
    return {
        "calibration": [round(value, 4) for value in line],
        "weights": {name: round(weight, 4) for name, weight in weights.items()},
    }


def fit(examples: Sequence[Example]) -> dict[str, float]:
    """Return the weight of each feature: logistic regression over all candidates, by Newton's method."""
    rows = [row for example in examples for row in zip(example.features, example.right, strict=True)]
    counts = Counter(name for features, _ in rows for name in features)
    names = {name: i for i, name in enumerate(sorted(name for name in counts if counts[name] >= LEAST))}
    table = np.zeros((len(rows), len(names)))
    for i, (features, _) in enumerate(rows):
        for name in features.keys() & names.keys():
            table[i, names[name]] = features[name]
    weights = _newton(table, np.array([right for _, right in rows], float))
    return {name: float(weights[i]) for name, i in names.items()}


def _newton(table: NDArray[np.float64], right: NDArray[np.float64]) -> NDArray[np.float64]:
    weights = np.zeros(table.shape[1])
    for _ in range(_ROUNDS):
        shares = 1 / (1 + np.exp(-table @ weights))
        slope = table.T @ (right - shares) - RIDGE * weights
        curve = (table * (shares * (1 - shares))[:, None]).T @ table + RIDGE * np.eye(len(weights))
        weights += np.linalg.solve(curve, slope)
    return weights


def examples(gold: Path, part: str, *, labelled: bool) -> Iterator[Example]:
    """Yield the statements of a part of the gold with their candidates.

    Parameters
    ----------
    gold : Path
    part : str
    labelled : bool
        Whether the statements are those of the labels; else those found that overlap with one.
    """
    import datetime as dt

    from toolkit.analysis.own import Parse
    from toolkit.articles import Article
    from toolkit.quotations import find_quotations

    parse = Parse()
    for given, labels in read_labels(gold, part):
        day = dt.date.fromisoformat(given["published"]) if given["published"] else None
        article = Article(given["text"], published=day, title=given["title"])
        doc = parse(article)
        quotations = as_labelled(labels, doc.text) if labelled else find_quotations(doc, body=article.body)
        yield from examples_of(doc, quotations, labels)


def examples_of(doc: Any, quotations: Sequence[Quotation], labels: Mapping[str, Any]) -> Iterator[Example]:
    """Yield the statements of one article that the labels hold too, with their candidates."""
    from toolkit.actors import find_actors
    from toolkit.speakers import resolve_speakers
    from toolkit.text.doc_body import first_token

    asked: dict[str, tuple[Sequence[Any], Sequence[Features]]] = {}

    def judge(quotation: Quotation, named: Sequence[Any], features: Sequence[Features]) -> tuple[int, float]:
        asked[quotation.quotation_id] = named, features
        return 0, 0.0

    cast = find_actors(doc, first_token=first_token(doc))
    resolve_speakers(doc, quotations, cast, judge=judge)
    told = Told(labels["actors"], {name: actor.aliases for name, actor in cast.actors.items()})
    for quotation, row in matched(quotations, labels["statements"]):
        named, features = asked[quotation.quotation_id]
        people = [[] if found is None else [found.name, *found.others] for found in named]
        yield Example(features, [told.right(names, row["speaker"]) for names in people])


def as_labelled(labels: Mapping[str, Any], text: str) -> list[Quotation]:
    """Return the statements of the labels as the toolkit's own search would give them."""
    from toolkit.quotations import quoted_spans

    marked = quoted_spans(text, [(0, len(text))])
    found = []
    for number, row in enumerate(labels["statements"]):
        spans = tuple((start, end) for start, end in row["content"])
        source, cue = (((part[0][0], part[-1][1]) if part else None) for part in (row["source"], row["cue"]))
        kind: QuotationKind = (
            "indirect" if not any(q.start < end and start < q.end for q in marked for start, end in spans) else "mixed"
        )
        via = None if row["via"] is None else str(row["via"])
        bare = Quotation(str(number), "", spans, " … ".join(text[start:end] for start, end in spans), kind, via=via)
        found.append(
            replace(
                bare,
                cue=text[slice(*cue)] if cue else None,
                cue_span=cue,
                source_text=text[slice(*source)] if source else None,
                source_span=source,
            )
        )
    return found


def matched(
    quotations: Sequence[Quotation], rows: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[Quotation, Mapping[str, Any]]]:
    """Yield the statements that share half of their characters (Dice) with one of the labels, with that one."""
    contents = [_characters(row["content"]) for row in rows]
    for quotation in quotations:
        own = _characters(quotation.spans)
        shares = [2 * len(own & content) / max(1, len(own) + len(content)) for content in contents]
        best = max(range(len(rows)), key=shares.__getitem__, default=None)
        if best is not None and shares[best] >= _OVERLAP:
            yield quotation, rows[best]


def _characters(spans: Iterable[Sequence[int]]) -> set[int]:
    return {place for start, end in spans for place in range(start, end)}


class Told:
    """Whether names mean labelled actors, by the forms of both; people by their last names, groups by any part.

    Parameters
    ----------
    actors : sequence of mapping
        Of the labels.
    aliases : mapping of str to sequence of str
        The forms of those found.
    """

    def __init__(self, actors: Sequence[Mapping[str, Any]], aliases: Mapping[str, Sequence[str]]) -> None:
        self._aliases = aliases
        self._kinds = {actor["name"]: actor["kind"] for actor in actors}
        self._forms = {actor["name"]: {plain(form) for form in (actor["name"], *actor["forms"])} for actor in actors}

    def right(self, names: Sequence[str], speakers: Sequence[str]) -> bool:
        """Tell whether any of some names is one of the speakers; nobody is right where the text does not tell."""
        if not names:
            return not speakers or any(self._kinds.get(speaker) == "unnamed" for speaker in speakers)
        return any(self._same(name, speaker) for name in names for speaker in speakers if speaker in self._forms)

    def _same(self, name: str, speaker: str) -> bool:
        forms, own = self._forms[speaker], plain(name)
        if own in forms:
            return True
        if not own or any(own in others for others in self._forms.values()):
            return False
        if any(plain(alias) in forms for alias in self._aliases.get(name, ())):
            return True
        if self._kinds[speaker] == "person":
            first, last = own.split()[0], own.split()[-1]
            bearers = [
                other for other, found in self._forms.items() if any(form.split()[-1:] == [last] for form in found)
            ]
            firsts = {form.split()[0] for form in forms if len(form.split()) > 1}
            clash = first != last and firsts and all(name[0] != first[0] for name in firsts)
            return bearers == [speaker] and not clash
        loose = self._kinds[speaker] in {"group", "unnamed"}
        return loose and any(f" {own} " in f" {form} " or f" {form} " in f" {own} " for form in forms)


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    raise SystemExit(main())
