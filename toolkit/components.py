"""The toolkit's spaCy components: sentences by rules, then the packaged network, then names by lists and network.

spaCy finds them by their names once this module is imported, and by the package's entry points.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Span

from toolkit.model.parser import FOLDER, Parser
from toolkit.names import merge_names
from toolkit.pipeline import BODY_START
from toolkit.sentences import sentences

if TYPE_CHECKING:
    from spacy.tokens import Doc


@Language.component("toolkit_sentences", assigns=["token.is_sent_start", "doc.sents"])
def set_sentences(doc: Doc) -> Doc:
    """Set the sentence starts of news text, by layout and punctuation."""
    body = (int(doc.user_data.get(BODY_START, 0)), len(doc.text))
    starts = {start for start, _ in sentences(doc.text, body)} | {body[0]}
    for token in doc:
        token.is_sent_start = token.i == 0 or token.idx in starts
    return doc


@Language.factory(
    "toolkit_parser",
    requires=["token.is_sent_start"],
    assigns=["token.tag", "token.pos", "token.morph", "token.lemma", "token.dep", "token.head", "doc.ents"],
    default_config={"folder": ""},
)
def make_parser(nlp: Language, name: str, folder: str) -> Parser:  # noqa: ARG001 - spaCy hands every factory the name
    """Return a network as a component: the packaged one, or that of a folder that the recipe has written."""
    return Parser(nlp.vocab, Path(folder) if folder else FOLDER)


@Language.component("toolkit_names", requires=["token.is_sent_start"], assigns=["doc.ents"])
def set_names(doc: Doc) -> Doc:
    """Set the names, from the lists, the rules and what the network read."""
    begin = int(doc.user_data.get(BODY_START, 0))
    first = next((token.i for token in doc if token.idx >= begin), 0)
    doc.set_ents(
        [Span(doc, piece.start, piece.end, label=piece.label) for piece in merge_names(doc, first_token=first)]
    )
    return doc
