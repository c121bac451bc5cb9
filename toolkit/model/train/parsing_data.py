"""Examples for the parsing network, read from spaCy's ``DocBin`` files: trees with tags, trees alone, names."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from toolkit.model.data_files import read_docs
from toolkit.text.sentences import sentences

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from spacy.tokens import Doc

KEPT_NAMES = {
    **{label: label for label in ("PERSON", "ORG", "GPE", "LOC", "NORP", "FAC", "MISC")},
    "PRODUCT": "MISC",
}
"""Dates and amounts are left to rules; other kinds of names are learned, so that they are taken for none of these."""
ONE_KIND = {"wikigold_ner": (("GPE", "LOC", "FAC"), ("NORP", "MISC"))}
"""Kinds that the annotators of a set did not tell apart; which of them a name is, is left open."""
MOST_WORDS = 120
"""Paragraphs that follow one another in a set are read together up to about as many words."""
_BREAK = {
    "words": "\n",
    "spaces": False,
    "starts": False,
    "tags": "_SP",
    "forms": "SPACE",
    "lemmas": "\n",
    "deps": "dep",
}
"""The line end between two examples that are put together."""
_CURLED = {
    '"': ("“", "”"),
    "'": ("‘", "’"),
    "''": ("”", "”"),
    "``": ("“", "“"),
    "'s": ("’s", "’s"),
    "n't": ("n’t", "n’t"),
}


@dataclass(frozen=True, slots=True)
class Example:
    """Words with what is known of them; None where nothing is.

    ``heads`` are indices into ``words``, a root is its own head; ``forms`` are UPOS and features joined by a blank;
    ``names`` are (first, end, label).
    """

    words: list[str]
    spaces: list[bool]
    starts: list[bool]
    tags: list[str] | None = None
    forms: list[str] | None = None
    lemmas: list[str] | None = None
    heads: list[int] | None = None
    deps: list[str] | None = None
    names: list[tuple[int, int, str]] | None = None

    def __len__(self) -> int:
        return len(self.words)


class ExampleSet(NamedTuple):
    """The examples of one set, in order, and the kinds of names that it does not tell apart."""

    examples: list[Example]
    one_kind: tuple[tuple[str, ...], ...] = ()


def read_trees(path: Path, *, tagged: bool) -> ExampleSet:
    """Return a treebank; ``tagged`` is whether tags, forms and lemmas are gold too."""
    return ExampleSet([treed(doc, tagged=tagged) for doc in read_docs(path)])


def read_names(path: Path) -> ExampleSet:
    """Return a set's paragraphs with their names; their sentences are those the toolkit's rules find."""
    return ExampleSet([named(doc) for doc in read_docs(path)], ONE_KIND.get(path.stem, ()))


def treed(doc: Doc, *, tagged: bool) -> Example:
    """Return a Doc with its sentences and trees; ``tagged`` is whether tags, forms and lemmas are gold too."""
    example = Example(
        words=[token.text for token in doc],
        spaces=[bool(token.whitespace_) for token in doc],
        starts=[bool(token.is_sent_start) for token in doc],
        heads=[token.head.i for token in doc],
        deps=[token.dep_ for token in doc],
    )
    if not tagged:
        return example
    return replace(
        example,
        tags=[token.tag_ for token in doc],
        forms=[f"{token.pos_} {token.morph}".strip() for token in doc],
        lemmas=[token.lemma_ for token in doc],
    )


def named(doc: Doc) -> Example:
    """Return a Doc with its names, and the sentences that the toolkit's rules find."""
    starts = {start for start, _ in sentences(doc.text)} | {0}
    return Example(
        words=[token.text for token in doc],
        spaces=[bool(token.whitespace_) for token in doc],
        starts=[token.i == 0 or token.idx in starts for token in doc],
        names=[(ent.start, ent.end, KEPT_NAMES[ent.label_]) for ent in doc.ents if ent.label_ in KEPT_NAMES],
    )


def split(given: ExampleSet, every: int = 10, run: int = 12) -> tuple[ExampleSet, ExampleSet]:
    """Return a set in two, the second a part in ``every``: runs of examples, for neighbours are of one document."""
    held = [number // run % every == every - 1 for number in range(len(given.examples))]
    pairs = list(zip(given.examples, held, strict=True))
    kept, aside = ([one for one, out in pairs if out is which] for which in (False, True))
    return given._replace(examples=kept), given._replace(examples=aside)


def joined(examples: Iterable[Example], chance: random.Random) -> Iterator[Example]:
    """Give examples put together with those that follow them, up to a number of words drawn anew each time."""
    together: list[Example] = []
    room = 0
    for example in examples:
        if together and room < len(example):
            yield _one(together)
            together = []
        if not together:
            room = chance.randint(1, MOST_WORDS)
        together.append(example)
        room -= len(example)
    if together:
        yield _one(together)


def _one(examples: Sequence[Example]) -> Example:
    """Return examples, which know the same of their words, as lines of one text."""
    columns: dict[str, list[Any]] = {}
    names: list[tuple[int, int, str]] = []
    size = 0
    for example in examples:
        for name, filler in _BREAK.items():
            values = getattr(example, name)
            if values is not None:
                columns.setdefault(name, []).extend([*values, filler])
        columns["spaces"][-2] = False
        if example.heads is not None:
            columns.setdefault("heads", []).extend([*(size + head for head in example.heads), size + len(example)])
        names += [(size + start, size + end, kind) for start, end, kind in example.names or ()]
        size += len(example) + 1
    return Example(**columns, names=names if examples[0].names is not None else None)


def curled(example: Example, chance: random.Random) -> Example:
    """Return the example with typographic quotation marks in place of straight ones."""
    words, opened = [], False
    for word in example.words:
        pair = _CURLED.get(word)
        if word == '"':
            opened = not opened
        words.append(word if pair is None else pair[0] if opened else pair[1])
    return replace(example, words=words) if chance.random() < 0.3 else example


class NamePool:
    """Names of the training texts, from which others can be drawn in their place."""

    SHARES = {"PERSON": 1.0, "GPE": 0.5, "ORG": 0.35}  # noqa: RUF012 - read alone

    def __init__(self, examples: Iterable[Example]) -> None:
        found: dict[str, dict[tuple[str, ...], None]] = {label: {} for label in self.SHARES}
        for example in examples:
            for start, end, label in example.names or ():
                words = tuple(example.words[start:end])
                if label in found and len(words) <= 5 and words[0][:1].isupper():
                    found[label][words] = None
        self.names = {label: list(names) for label, names in found.items()}
        self.people = [words for words in self.names["PERSON"] if 2 <= len(words) <= 4 and words[-1][:1].isupper()]

    def exchanged(self, example: Example, share: float, chance: random.Random) -> Example:
        """Return the example, in a share of the cases with other names, one name always for the same other."""
        if not example.names or not self.people or chance.random() > share:
            return example
        drawn: dict[tuple[str, str], tuple[str, ...]] = {}
        pieces: list[tuple[int, int, tuple[str, ...] | None]] = []
        for start, end, label in example.names:
            words = tuple(example.words[start:end])
            pieces.append((start, end, self._other(words, label, drawn, chance)))
        return _rewritten(example, pieces)

    def _other(
        self, words: tuple[str, ...], label: str, drawn: dict[tuple[str, str], tuple[str, ...]], chance: random.Random
    ) -> tuple[str, ...] | None:
        if label not in self.SHARES or chance.random() > self.SHARES[label]:
            return None
        if label == "PERSON":
            full = drawn.setdefault((label, words[-1]), chance.choice(self.people))
            return full if len(words) > 1 else full[-1:]
        return drawn.setdefault((label, " ".join(words)), chance.choice(self.names[label]))


def _rewritten(example: Example, pieces: Sequence[tuple[int, int, tuple[str, ...] | None]]) -> Example:
    words: list[str] = []
    spaces: list[bool] = []
    starts: list[bool] = []
    names: list[tuple[int, int, str]] = []
    done = 0
    for (start, end, other), (_, _, label) in zip(pieces, example.names or (), strict=True):
        new = example.words[start:end] if other is None else list(other)
        words += [*example.words[done:start], *new]
        spaces += [*example.spaces[done:start], *[True] * (len(new) - 1), example.spaces[end - 1]]
        starts += [*example.starts[done:start], example.starts[start], *[False] * (len(new) - 1)]
        names.append((len(words) - len(new), len(words), label))
        done = end
    words += example.words[done:]
    spaces += example.spaces[done:]
    starts += example.starts[done:]
    return replace(example, words=words, spaces=spaces, starts=starts, names=names)
