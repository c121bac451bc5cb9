"""The packaged network as a spaCy component: tags, forms, lemmas, dependency trees, and names as they are read.

Sentences must be set. An encoder, the lower layers of MiniLM (Wang et al. 2020), reads windows of whole paragraphs;
trees are built sentence by sentence. Weights, figures and weaknesses: ``parsing/CARD.md``; the recipe:
``train/parsing.py``.
"""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from spacy.tokens import Span

from toolkit.errors import PipelineError
from toolkit.model._onnx import load_session, one_thread, read_settings
from toolkit.model.decoding import OUTPUTS, Decoder
from toolkit.model.doc_words import read_doc
from toolkit.model.doc_writer import Writer
from toolkit.model.lemmas import LemmaRules
from toolkit.model.parsing_labels import Labels
from toolkit.model.window_scores import run_windows
from toolkit.model.words import cutter
from toolkit.packaged import read
from toolkit.text.doc_body import body_of

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

    from toolkit.model.decoding import Annotation
    from toolkit.model.doc_words import DocWords
    from toolkit.records import Span as Offsets

FOLDER: Final = Path(__file__).resolve().parent / "parsing"
MODEL, RELATIONS, LEMMAS = "model.onnx", "relations.npy", "lemmas.json"
LAYOUT: Final = 2
"""Of the network's inputs and outputs; raised when weights of before can no longer be read."""
NAMES_KEY: Final = "toolkit_read"
"""The key of ``Doc.spans`` under which the names that are read stand, before lists and rules."""


class Parser:
    """Reads Docs with the network in a folder of weights.

    Parameters
    ----------
    vocab : Vocab
        Of the Docs that will come.
    folder : Path
        Holds ``config.json``, ``model.onnx``, ``lemmas.json`` and ``relations.npy``.

    Raises
    ------
    PipelineError
        Where the weights are missing, damaged, or for another version of the toolkit.
    """

    def __init__(self, vocab: Vocab, folder: Path = FOLDER) -> None:
        settings = read_parser_settings(folder)
        digests = settings["sha256"]
        self._vocab, self._folder = vocab, folder
        self.classes = Labels.of(settings["labels"])
        self.session = load_session(folder / MODEL, digests[MODEL])
        relations = np.load(io.BytesIO(read(folder / RELATIONS, digests[RELATIONS])), allow_pickle=False)
        lemmas = LemmaRules.of(json.loads(read(folder / LEMMAS, digests[LEMMAS])))
        self.decoder = Decoder(self.classes, relations)
        self.writer = Writer(vocab, self.classes, lemmas)

    def __reduce__(self) -> tuple[type[Parser], tuple[Vocab, Path]]:
        """Have a copy, or a process of its own, load the weights again."""
        return Parser, (self._vocab, self._folder)

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels that the component gives, as spaCy asks for them: of tags and relations."""
        return (*self.classes.tags, *self.classes.deps)

    @one_thread()
    def __call__(self, doc: Doc) -> Doc:
        """Return the Doc with annotations set, and the names that are read in ``doc.spans``.

        A file's header is read apart, so that it has no say in how the article's text is read.
        """
        if not len(doc):
            return doc
        begin, end = body_of(doc)
        parts = [self._read(doc, part) for part in ((0, begin), (begin, end)) if part[0] < part[1]]
        self.writer.write(doc, parts)
        names = [name for read, found in parts for name in self.decoder.names(read, found)]
        doc.spans[NAMES_KEY] = [Span(doc, *name) for name in names]
        return doc

    def _read(self, doc: Doc, part: Offsets) -> tuple[DocWords, Annotation]:
        read = read_doc(doc, cutter(), part)
        scored = run_windows(self.session, OUTPUTS, read.words, read.windows())
        return read, self.decoder.annotation(read, scored)


def read_parser_settings(folder: Path = FOLDER) -> dict[str, Any]:
    """Return the settings of the weights in a folder: labels, name, version, and the ``sha256`` of each file.

    Raises
    ------
    PipelineError
        Where the package came without them, or they are for another version of the toolkit.
    """
    try:
        settings = read_settings(folder)
    except PipelineError as problem:
        raise PipelineError(f'{problem}; or name an installed spaCy pipeline: load("en_core_web_sm")') from None
    if settings.get("layout") != LAYOUT:
        raise PipelineError(
            f"{folder}: weights of layout {settings.get('layout')}, this toolkit reads {LAYOUT}; "
            "install the package again"
        )
    return settings
