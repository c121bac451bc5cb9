"""Sets on a Doc what was found for its words."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

    from toolkit.model.decoding import Annotation
    from toolkit.model.doc_words import DocWords
    from toolkit.model.lemmas import LemmaRules
    from toolkit.model.parsing_labels import Labels


class Writer:
    """Writes annotations with the given labels.

    Parameters
    ----------
    vocab : Vocab
        Of the Docs that will come.
    labels : Labels
    lemmas : LemmaRules
    """

    def __init__(self, vocab: Vocab, labels: Labels, lemmas: LemmaRules) -> None:
        self._strings = strings = vocab.strings
        parts = [form.partition(" ") for form in labels.forms]
        self._tags = np.array([strings.add(tag) for tag in labels.tags], np.uint64)
        self._upos = np.array([strings.add(upos) for upos, _, _ in parts], np.uint64)
        self._morphs = np.array([vocab.morphology.add(features) for _, _, features in parts], np.uint64)
        self._deps = np.array([strings.add(dep) for dep in labels.deps], np.uint64)
        self._root = self._deps[labels.deps.index("ROOT")]
        self._blank = {name: np.uint64(strings.add(name)) for name in ("dep", "_SP", "SPACE")}
        self._unmarked = np.uint64(vocab.morphology.add(""))
        # As text: the number of a string does not outlive spaCy's memory zones.
        self._lemma = lru_cache(maxsize=100_000)(lambda form, tag: lemmas.lemma(form, labels.tags[tag]))

    def write(self, doc: Doc, parts: Sequence[tuple[DocWords, Annotation]]) -> None:
        """Set tags, forms, lemmas, heads and relations of a Doc that was read in parts; sentences stay as they are."""
        size = len(doc)
        tokens = np.concatenate([read.tokens for read, _ in parts])
        heads = np.concatenate([read.tokens[found.heads] for read, found in parts])
        deps, tags, forms = (
            np.concatenate([getattr(found, name) for _, found in parts]) for name in ("deps", "tags", "forms")
        )
        texts = [text for read, _ in parts for text in read.words.texts]
        sentences = np.cumsum(doc.to_array("SENT_START").astype(np.int64) == 1)
        whole = _hung(tokens, heads, sentences)
        joined = _further_roots(whole, sentences)

        def column(values: NDArray[np.uint64], filler: np.uint64) -> NDArray[np.uint64]:
            filled = np.full(size, filler, np.uint64)
            filled[tokens] = values
            return filled

        relations = column(self._deps[deps], self._blank["dep"])
        relations[joined] = self._blank["dep"]
        relations[whole == np.arange(size)] = self._root
        columns = [
            (whole - np.arange(size)).astype(np.uint64),
            relations,
            column(self._tags[tags], self._blank["_SP"]),
            column(self._upos[forms], self._blank["SPACE"]),
            column(self._morphs[forms], self._unmarked),
            self._lemmas_of(doc, tokens, texts, tags.tolist()),
        ]
        table: Any = np.stack(columns, 1)
        doc.from_array(["HEAD", "DEP", "TAG", "POS", "MORPH", "LEMMA"], table)

    def _lemmas_of(
        self, doc: Doc, tokens: NDArray[np.int64], texts: Sequence[str], tags: Sequence[int]
    ) -> NDArray[np.uint64]:
        add = self._strings.add
        column = np.zeros(len(doc), np.uint64)
        column[tokens] = [add(self._lemma(text, tag)) for text, tag in zip(texts, tags, strict=True)]
        for blank in np.flatnonzero(column == 0).tolist():
            column[blank] = add(doc[blank].text)
        return column


def _hung(tokens: NDArray[np.int64], heads: NDArray[np.int64], sentences: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the heads of all tokens; white space hangs on the word before it in its sentence, else on the one behind.

    Parameters
    ----------
    tokens, heads : ndarray
        Of the words: their places, rising, and those of their heads.
    sentences : ndarray
        Of all tokens: the number of each one's sentence.
    """
    whole = np.arange(len(sentences))
    whole[tokens] = heads
    blank = np.flatnonzero(np.bincount(tokens, minlength=len(sentences)) == 0)
    if not len(blank) or not len(tokens):
        return whole
    behind = np.searchsorted(tokens, blank)
    for neighbour in (np.minimum(behind, len(tokens) - 1), np.maximum(behind - 1, 0)):
        near = tokens[neighbour]
        same = sentences[near] == sentences[blank]
        whole[blank[same]] = near[same]
    return whole


def _further_roots(heads: NDArray[np.int64], sentences: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Hang further roots of a sentence, which was read in pieces, on its first one; return which tokens these are."""
    roots: NDArray[np.bool_] = heads == np.arange(len(heads))
    places = np.flatnonzero(roots)
    numbers, first = np.unique(sentences[places], return_index=True)
    roots[places[first]] = False
    heads[roots] = places[first][np.searchsorted(numbers, sentences[roots])]
    return roots
