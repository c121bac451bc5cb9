"""Examples for the parsing network, read from spaCy's ``DocBin`` files: trees with tags, trees alone, names."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from toolkit.model.docbins import read_docs
from toolkit.model.windows import LONGEST
from toolkit.sentences import sentences

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


def read_trees(path: Path, *, tagged: bool) -> list[Example]:
    """Return treebank examples; ``tagged`` is whether tags, forms and lemmas are gold too."""
    return [piece for doc in read_docs(path) for piece in cut(_tree(doc, tagged=tagged))]


def read_names(path: Path) -> list[Example]:
    """Return examples with names; their sentences are those the toolkit's rules find."""
    return [piece for doc in read_docs(path) for piece in cut(named(doc))]


def _tree(doc: Doc, *, tagged: bool) -> Example:
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
    """Return a whole Doc with its names, and the sentences that the toolkit's rules find."""
    starts = {start for start, _ in sentences(doc.text)} | {0}
    return Example(
        words=[token.text for token in doc],
        spaces=[bool(token.whitespace_) for token in doc],
        starts=[token.i == 0 or token.idx in starts for token in doc],
        names=[(ent.start, ent.end, KEPT_NAMES[ent.label_]) for ent in doc.ents if ent.label_ in KEPT_NAMES],
    )


def cut(example: Example) -> Iterator[Example]:
    """Give an example in pieces of whole sentences, as long as ``LONGEST`` allows."""
    begin = 0
    bounds = [i for i, start in enumerate(example.starts) if start and i] + [len(example)]
    for position, end in enumerate(bounds):
        following = bounds[position + 1] if position + 1 < len(bounds) else None
        if following is None or following - begin > LONGEST:
            yield from _piece(example, begin, end)
            begin = end


def _piece(example: Example, begin: int, end: int) -> Iterator[Example]:
    if end <= begin:
        return
    parts: dict[str, Any] = {
        key: getattr(example, key)[begin:end] if getattr(example, key) is not None else None
        for key in ("words", "spaces", "starts", "tags", "forms", "lemmas", "deps")
    }
    heads = None if example.heads is None else [head - begin for head in example.heads[begin:end]]
    names = None
    if example.names is not None:
        names = [(a - begin, b - begin, label) for a, b, label in example.names if begin <= a and b <= end]
    yield Example(**parts, heads=heads, names=names)


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
