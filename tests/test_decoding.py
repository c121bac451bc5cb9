"""From scores to tags, forms, trees and names."""

from __future__ import annotations

import numpy as np
import spacy
from spacy.tokens import Doc

from toolkit.model.decoding import Annotation, Decoder, best_trees
from toolkit.model.doc_words import read_doc
from toolkit.model.parsing_labels import Labels, name_labels
from toolkit.model.words import cutter

LABELS = Labels(
    tags=("NNP", "VBD"),
    forms=("NOUN Number=Plur", "NOUN Number=Sing", "VERB"),
    deps=("ROOT", "nsubj", "dobj"),
    names=name_labels(["GPE", "MISC", "PERSON"]),
)
RELATION = np.zeros((2, 3, 2), np.float32)
RELATION[0, 1, 0] = RELATION[1, 2, 1] = 1
"""A dependent's state times its head's speaks for a subject; an object is as likely as 1."""
DECODER = Decoder(LABELS, RELATION)
DOC = Doc(spacy.blank("en").vocab, ["Ana", "Duarte", "\n", "left", "Oslo"], sent_starts=[1, 0, 0, 1, 0])
READ = read_doc(DOC, cutter())


def test_scores_become_tags_forms_and_trees() -> None:
    [window] = READ.windows()
    tags = np.array([[1, 0], [1, 0], [0, 1], [1, 0]], np.float32)
    # The best form of the UPOS whose forms are likelier together: not "VERB", the best by itself.
    forms = np.tile(np.log(np.array([0.25, 0.35, 0.4], np.float32)), (4, 1))
    arcs = np.zeros((4, 4), np.float32)
    arcs[[0, 1, 2, 3], [1, 1, 2, 2]] = 5
    states = np.array([[2.0], [1.0], [1.0], [0.5]], np.float32)
    names = np.zeros((4, len(LABELS.names)), np.float32)
    found = DECODER.annotation(READ, [(window, [names, tags, forms, arcs, states, states])])
    assert found.tags.tolist() == [0, 0, 1, 0]
    assert found.forms.tolist() == [1, 1, 1, 1]
    assert found.heads.tolist() == [1, 1, 2, 2]
    assert [LABELS.deps[i] for i in found.deps] == ["nsubj", "ROOT", "ROOT", "dobj"]


def test_trees_are_the_best_of_each_sentence() -> None:
    arcs = np.zeros((4, 4), np.float32)
    arcs[0, 1] = arcs[1, 1] = arcs[2, 2] = arcs[3, 2] = 2
    arcs[2, 1] = 9
    assert best_trees(arcs, np.array([1, 1, 2, 2])).tolist() == [1, 1, 2, 2]
    assert best_trees(arcs, np.array([1, 1, 1, 1])).tolist() == [1, 1, 1, 2]


def test_names_are_the_best_path_of_each_sentence() -> None:
    found = Annotation.empty(4, len(LABELS.names))
    for word, label in enumerate(["B-PERSON", "L-PERSON", "U-MISC", "U-GPE"]):
        found.names[word, LABELS.names.index(label)] = 5
    assert list(DECODER.names(READ, found)) == [(0, 2, "PERSON"), (3, 4, "MISC"), (4, 5, "GPE")]
    # A name that begins must end: the next best path is taken.
    found.names[1] = 0
    found.names[1, LABELS.names.index("U-GPE")] = 1
    assert list(DECODER.names(READ, found)) == [(0, 2, "PERSON"), (3, 4, "MISC"), (4, 5, "GPE")]
    found.names[1, LABELS.names.index("U-GPE")] = 9
    assert list(DECODER.names(READ, found)) == [(1, 2, "GPE"), (3, 4, "MISC"), (4, 5, "GPE")]
