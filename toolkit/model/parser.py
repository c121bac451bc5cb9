"""The packaged parsing network as a spaCy component: tags, forms, lemmas and dependency trees.

Sentences must be set. The text is read in windows of whole sentences; trees are built sentence by sentence. The
network has scores of names too, from which its recipe learns; names are read by ``name_reader``.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

import numpy as np

from toolkit.errors import PipelineError
from toolkit.model._onnx import load_session
from toolkit.model.lemmas import LemmaRules
from toolkit.model.parsing_features import FeatureReader
from toolkit.model.parsing_labels import Labels
from toolkit.model.trees import best_heads
from toolkit.model.windows import Window, windows_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray
    from onnxruntime import InferenceSession
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

FOLDER: Final = Path(__file__).resolve().parent / "parsing"
BATCH: Final = 8
"""Windows to a run, of like lengths."""
OUTPUTS: Final = ("tags", "forms", "arcs", "dependents", "heads")
LAYOUT: Final = 1
"""Of the network's inputs and outputs; raised when weights of before can no longer be read."""


@dataclass(slots=True)
class Annotation:
    """What is found for one Doc: places in the labels by token, heads as indices of the Doc."""

    tags: NDArray[np.int64]
    forms: NDArray[np.int64]
    deps: NDArray[np.int64]
    heads: NDArray[np.int64]

    @classmethod
    def empty(cls, size: int) -> Annotation:
        """Return an annotation to be filled."""
        tags, forms, deps = (np.zeros(size, np.int64) for _ in range(3))
        return cls(tags, forms, deps, np.arange(size))


class Parser:
    """Reads Docs with the network in a folder of weights.

    Parameters
    ----------
    vocab : Vocab
        Of the Docs that will come.
    folder : Path
        Holds ``settings.json``, ``network.onnx``, ``words.txt``, ``lemmas.json`` and ``relations.npy``.
    """

    def __init__(self, vocab: Vocab, folder: Path = FOLDER) -> None:
        self.settings = read_settings(folder)
        self.classes = Labels.of(self.settings["labels"])
        self.session: InferenceSession = load_session(folder / "network.onnx", self.settings["sha256"])
        self.reader = FeatureReader((folder / "words.txt").read_text(encoding="utf-8").split("\n"))
        self.lemmas = LemmaRules.of(json.loads((folder / "lemmas.json").read_text(encoding="utf-8")))
        self.relation = _unfolded(np.load(folder / "relations.npy"))
        self.writer = Writer(vocab, self.classes, self.lemmas)
        upos = [form.split(" ", 1)[0] for form in self.classes.forms]
        self._upos = np.array([[one == other for other in sorted(set(upos))] for one in upos], np.float32)

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels that the component gives, as spaCy asks for them: of tags and relations."""
        return (*self.classes.tags, *self.classes.deps)

    def __call__(self, doc: Doc) -> Doc:
        """Return the Doc with annotations set."""
        return next(self.pipe([doc]))

    def pipe(self, docs: Iterable[Doc], *, batch_size: int = 16) -> Iterator[Doc]:
        """Yield the Docs with annotations set; ``batch_size`` are read together."""
        batch: list[Doc] = []
        for doc in docs:
            batch.append(doc)
            if len(batch) >= batch_size:
                yield from self._read(batch)
                batch = []
        yield from self._read(batch)

    def _read(self, docs: Sequence[Doc]) -> Sequence[Doc]:
        features = [self._features(doc) for doc in docs]
        windows = [window for number, doc in enumerate(docs) for window in windows_of(number, doc)]
        windows.sort(key=lambda window: window.end - window.start)
        annotations = [Annotation.empty(len(doc)) for doc in docs]
        for first in range(0, len(windows), BATCH):
            batch = windows[first : first + BATCH]
            for window, scores in zip(batch, self._scores(batch, features), strict=True):
                self._annotate(docs[window.doc], window, scores, annotations[window.doc])
        for doc, annotation in zip(docs, annotations, strict=True):
            if len(doc):
                self.writer.write(doc, annotation)
        return docs

    def _features(self, doc: Doc) -> NDArray[np.int32]:
        spaces, starts = doc.to_array(["SPACY", "SENT_START"]).T
        return self.reader.read([token.text for token in doc], (spaces == 1).tolist(), (starts == 1).tolist())

    def _scores(self, windows: Sequence[Window], features: Sequence[NDArray[np.int32]]) -> Iterator[list[Any]]:
        """Give each window's scores: tags, forms, arcs, and the states that relations come from."""
        lengths = np.array([window.end - window.start for window in windows], np.int64)
        rows = np.zeros((len(windows), int(lengths.max()), features[0].shape[1]), np.int64)
        for row, window in zip(rows, windows, strict=True):
            row[: window.end - window.start] = features[window.doc][window.start : window.end]
        outputs = self.session.run(OUTPUTS, {"features": rows, "lengths": lengths})
        for number, size in enumerate(lengths):
            parts = [output[number, :size] for output in outputs]
            parts[2] = parts[2][:, :size]
            yield parts

    def _annotate(self, doc: Doc, window: Window, scores: Sequence[Any], into: Annotation) -> None:
        tags, forms, arcs, dependents, heads = scores
        here = slice(window.start, window.end)
        into.tags[here] = tags.argmax(1)
        into.forms[here] = self._best_forms(forms)
        spaces = _white_space(doc)[window.start : window.end]
        chosen = np.arange(window.end - window.start)
        for start, end in window.sentences:
            chosen[start:end] = start + _tree(arcs[start:end, start:end], spaces[start:end])
        into.heads[here] = window.start + chosen
        into.deps[here] = self._best_relations(dependents, heads[chosen], chosen == np.arange(len(chosen)))

    def _best_forms(self, scores: NDArray[np.float32]) -> NDArray[np.int64]:
        """Return the best form of the UPOS whose forms have the greatest probability together."""
        powers = np.exp(scores - scores.max(1, keepdims=True))
        upos = (powers @ self._upos).argmax(1)
        best: NDArray[np.int64] = (powers * self._upos[:, upos].T).argmax(1)
        return best

    def _best_relations(
        self, dependents: NDArray[np.float32], heads: NDArray[np.float32], roots: NDArray[np.bool_]
    ) -> NDArray[np.int64]:
        partial = (_with_one(dependents) @ self.relation).reshape(len(heads), -1, heads.shape[1] + 1)
        scores = (partial @ _with_one(heads)[:, :, None])[:, :, 0]
        root = self.classes.deps.index("ROOT")
        scores[:, root] = np.where(roots, np.inf, -np.inf)
        best: NDArray[np.int64] = scores.argmax(1)
        return best


class Writer:
    """Sets what was found on a Doc."""

    def __init__(self, vocab: Vocab, labels: Labels, lemmas: LemmaRules) -> None:
        strings = vocab.strings
        parts = [form.partition(" ") for form in labels.forms]
        self._vocab, self._lemmas, self._labels = vocab, lemmas, labels
        self._tags = np.array([strings.add(tag) for tag in labels.tags], np.uint64)
        self._upos = np.array([strings.add(upos) for upos, _, _ in parts], np.uint64)
        self._morphs = np.array([vocab.morphology.add(features) for _, _, features in parts], np.uint64)
        self._deps = np.array([strings.add(dep) for dep in labels.deps], np.uint64)
        self._space = [np.uint64(strings.add(value)) for value in ("dep", "_SP", "SPACE")]
        self._lemma = lru_cache(maxsize=100_000)(self._lemma_id)

    def _lemma_id(self, form: str, tag: int) -> int:
        return int(self._vocab.strings.add(self._lemmas.lemma(form, self._labels.tags[tag])))

    def write(self, doc: Doc, found: Annotation) -> None:
        """Set tags, forms, lemmas, heads and relations; sentences stay as they are."""
        spaces = _white_space(doc)
        deps, tags, upos = self._deps[found.deps], self._tags[found.tags], self._upos[found.forms]
        heads, joined = _one_root_each(doc, found.heads)
        deps[joined] = self._space[0]
        rooted = heads == np.arange(len(heads))
        for column, value in zip((deps, tags, upos), self._space, strict=True):
            column[spaces & ~rooted if column is deps else spaces] = value
        lemmas = [self._lemma(token.text, tag) for token, tag in zip(doc, found.tags.tolist(), strict=True)]
        columns = [
            (heads - np.arange(len(heads))).astype(np.uint64),
            deps,
            tags,
            upos,
            np.where(spaces, np.uint64(self._vocab.morphology.add("")), self._morphs[found.forms]),
            np.array(lemmas, np.uint64),
        ]
        table: Any = np.stack(columns, 1)
        doc.from_array(["HEAD", "DEP", "TAG", "POS", "MORPH", "LEMMA"], table)


def _white_space(doc: Doc) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = doc.to_array("IS_SPACE") == 1
    return found


def _tree(arcs: NDArray[np.float32], spaces: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return the heads of one sentence; white space hangs on what stands before it."""
    words = np.flatnonzero(~spaces)
    if not len(words):
        return np.zeros(len(spaces), np.int64)
    heads = np.zeros(len(spaces), np.int64)
    heads[words] = words[best_heads(arcs[np.ix_(words, words)])]
    blank = np.flatnonzero(spaces)
    heads[blank] = words[np.maximum(0, np.searchsorted(words, blank) - 1)]
    return heads


def _one_root_each(doc: Doc, heads: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return heads with one root in each sentence, and which tokens were hung on it: of sentences read in pieces."""
    roots = heads == np.arange(len(heads))
    sentence = np.cumsum([bool(token.is_sent_start) for token in doc])
    places = np.flatnonzero(roots)
    _, first = np.unique(sentence[places], return_index=True)
    joined = roots.copy()
    joined[places[first]] = False
    firsts = dict(zip(sentence[places[first]].tolist(), places[first].tolist(), strict=True))
    heads = heads.copy()
    heads[joined] = [firsts[number] for number in sentence[joined].tolist()]
    return heads, joined


def _with_one(states: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.concatenate([states, np.ones((len(states), 1), np.float32)], 1)


def _unfolded(relation: NDArray[Any]) -> NDArray[np.float32]:
    """Return the relations' weights (width, relations, width) with the last two axes as one."""
    return np.ascontiguousarray(relation.reshape(relation.shape[0], -1), np.float32)


def read_settings(folder: Path = FOLDER) -> dict[str, Any]:
    """Return the settings of the weights in a folder: labels, version, and the network's ``sha256``.

    Raises
    ------
    PipelineError
        Where the package came without them, or they are for another version of the toolkit.
    """
    path = folder / "settings.json"
    if not path.is_file():
        raise PipelineError(
            f"{path}: no such file; install the package again, with its model/ folder, "
            'or name an installed spaCy pipeline: load("en_core_web_sm")'
        )
    settings = cast("dict[str, Any]", json.loads(path.read_text(encoding="utf-8")))
    if settings.get("layout") != LAYOUT:
        raise PipelineError(
            f"{path}: weights of layout {settings.get('layout')}, this toolkit reads {LAYOUT}; "
            "install the package again"
        )
    return settings
