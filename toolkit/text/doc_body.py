"""The part of a Doc that is the article's text, behind a file's header."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from toolkit.records import Span

BODY_START: Final = "toolkit.body_start"
"""Key of ``Doc.user_data``: the offset at which the article's text begins."""


def body_of(doc: Doc) -> Span:
    """Return where an article's text begins in its Doc, and where it ends."""
    return int(doc.user_data.get(BODY_START, 0)), len(doc.text)


def first_token(doc: Doc) -> int:
    """Return the place of the first token of an article's text; that behind the last one where the text is empty."""
    begin = body_of(doc)[0]
    return next((token.i for token in doc if token.idx >= begin), len(doc)) if begin else 0
