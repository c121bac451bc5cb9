"""The parsing half: a spaCy ``Language`` that gives tokens, sentences and names."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from toolkit.errors import PipelineError
from toolkit.names import find_names
from toolkit.sentences import sentences

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

NAME_LABELS = frozenset(["PERSON", "ORG", "GPE", "LOC", "NORP", "FAC"])
"""Entity labels that the rest of the toolkit reads; others (dates, numbers) are passed over."""

BODY_START = "toolkit.body_start"
"""Key of ``Doc.user_data``: the offset at which the article's text begins, behind a file's header."""


@cache
def load(name: str | None = None) -> Language:
    """Return the language pipeline, loaded once.

    Parameters
    ----------
    name : str, optional
        An installed spaCy English pipeline to take instead of the toolkit's own rules, such as ``"en_core_web_trf"``.
        It must set sentences and entities.

    Raises
    ------
    PipelineError
        If the named pipeline is not installed, or gives no sentences or no entities.
    """
    return _own() if name is None else _installed(name)


def _own() -> Language:
    import spacy
    from spacy.language import Language

    if not Language.has_factory("toolkit_sentences"):
        Language.component("toolkit_sentences", func=_set_sentences)
        Language.component("toolkit_names", func=_set_names)
    nlp = spacy.blank("en")
    nlp.max_length = 10_000_000
    nlp.add_pipe("toolkit_sentences")
    nlp.add_pipe("toolkit_names")
    nlp.meta["name"] = "toolkit_rules"
    return nlp


def _installed(name: str) -> Language:
    import spacy

    try:
        nlp = spacy.load(name)
    except OSError as error:
        raise PipelineError(
            f"the spaCy pipeline {name!r} is not installed. Install it (python -m spacy download {name}), "
            "or call load() without a name for the pipeline that comes with the toolkit."
        ) from error
    if "ner" not in nlp.pipe_names and "entity_ruler" not in nlp.pipe_names:
        raise PipelineError(
            f"the spaCy pipeline {name!r} finds no names: it has {', '.join(nlp.pipe_names) or 'no components'}. "
            "Take one with an entity recogniser, such as en_core_web_sm."
        )
    if not {"parser", "senter", "sentencizer"} & set(nlp.pipe_names):
        raise PipelineError(f"the spaCy pipeline {name!r} sets no sentences; add_pipe('sentencizer') mends that.")
    return nlp


def _set_sentences(doc: Doc) -> Doc:
    body = (int(doc.user_data.get(BODY_START, 0)), len(doc.text))
    starts = {start for start, _ in sentences(doc.text, body)} | {body[0]}
    for token in doc:
        token.is_sent_start = token.i == 0 or token.idx in starts
    return doc


def _set_names(doc: Doc) -> Doc:
    from spacy.tokens import Span

    begin = int(doc.user_data.get(BODY_START, 0))
    first = next((token.i for token in doc if token.idx >= begin), 0)
    doc.set_ents([Span(doc, piece.start, piece.end, label=piece.label) for piece in find_names(doc, first_token=first)])
    return doc
