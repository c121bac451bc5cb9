"""Tokens of any text in time that grows with its length.

spaCy tries its rules on a stretch without white space again for each mark that it takes off an end: the square of the
stretch's length. Stretches longer than any word or address are cut up before they are tokenized.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from spacy.tokens import Doc

if TYPE_CHECKING:
    from spacy.language import Language

LONGEST: Final = 400
"""Most characters without white space that are tokenized as one stretch; longer ones stand in no ordinary text."""

_LONG = re.compile(rf"(?<!\S)\S{{{LONGEST + 1},}}")


def tokenized(nlp: Language, text: str) -> Doc:
    """Return the tokens of a text, as the pipeline's tokenizer gives them.

    Parameters
    ----------
    nlp : Language
        Any pipeline; its tokenizer alone is used.
    text : str
        Stretches without white space of more than :data:`LONGEST` characters are tokenized in pieces.
    """
    cuts = [cut for long in _LONG.finditer(text) for cut in range(long.start() + LONGEST, long.end(), LONGEST)]
    # A text that is too long for the pipeline as a whole is refused as a whole.
    if not cuts or len(text) > nlp.max_length:
        return nlp.make_doc(text)
    parts = [nlp.make_doc(text[start:end]) for start, end in pairwise([0, *cuts, len(text)])]
    joined = Doc.from_docs(parts, ensure_whitespace=False)
    assert joined is not None
    return joined
