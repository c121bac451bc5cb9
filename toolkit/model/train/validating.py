"""How good a reader in the making is, on development sets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from toolkit.model.decoding import Decoder
from toolkit.model.parsing_scores import f1
from toolkit.model.train.predicting import read_windows

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from toolkit.model.train.parsing_data import ExampleSet
    from toolkit.model.train.parsing_windows import Source
    from toolkit.model.train.reader import Reader


def validator(
    trees: Sequence[ExampleSet], names: Sequence[tuple[ExampleSet, Mapping[str, str]]], source: Source
) -> Callable[[Reader], str]:
    """Return what tells a reader's figures as a line for the log: attachment and tags by treebank, typed F1 of names.

    Parameters
    ----------
    trees : sequence of ExampleSet
        Gold tokens and sentences are given.
    names : sequence of (ExampleSet, mapping)
        With the kinds that count in each set and as what.
    source : Source
    """

    def validate(model: Reader) -> str:
        attached = ", ".join("/".join(f"{score:.1f}" for score in _tree_scores(model, one, source)) for one in trees)
        named = ", ".join(f"{_name_score(model, one, kinds, source):.1f}" for one, kinds in names)
        return f"LAS/UPOS {attached}; names {named}"

    return validate


def _tree_scores(model: Reader, given: ExampleSet, source: Source) -> tuple[float, float]:
    """Return the shares, in per cent, of words with the right head and relation, and with the right UPOS."""
    decoder, labels = _decoder(model, source), source.labels
    attached, upos = [], []
    for example in given.examples:
        read, gold = source.known(example)
        found = decoder.annotation(read, read_windows(model, read))
        right = (found.heads == gold["heads"]) & (found.deps == gold["deps"])
        attached += right[gold["deps"] != labels.deps.index("punct")].tolist()
        forms = [(example.forms or ())[i] for i in read.tokens]
        upos += [labels.forms[a].split()[0] == b.split()[0] for a, b in zip(found.forms, forms, strict=True)]
    return 100 * float(np.mean(attached)), 100 * float(np.mean(upos))


def _name_score(model: Reader, given: ExampleSet, kinds: Mapping[str, str], source: Source) -> float:
    decoder = _decoder(model, source)
    gold: set[tuple[int, int, int, str]] = set()
    found: set[tuple[int, int, int, str]] = set()
    for number, example in enumerate(given.examples):
        read = source.read(example)
        names = decoder.names(read, decoder.annotation(read, read_windows(model, read)))
        for names_of_side, side in ((names, found), (example.names or (), gold)):
            side |= {(number, start, end, kinds[kind]) for start, end, kind in names_of_side if kind in kinds}
    return f1(gold, found)


def _decoder(model: Reader, source: Source) -> Decoder:
    return Decoder(source.labels, model.head.relation.detach().numpy())
