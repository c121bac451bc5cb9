"""Kinds of quotations and sources, and the confidence of a find."""

from __future__ import annotations

import math
import re
from operator import mul
from typing import TYPE_CHECKING

from toolkit.lexicon.wordlists import load, words
from toolkit.model.attribution_tagger import read_config

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as TokenSpan

    from toolkit.quotations._cues import SourceAt
    from toolkit.quotations._reading import Draft, Reading
    from toolkit.records import Mode, QuotationKind, SourceKind, Span

_MODES: dict[str, Mode] = {
    "thinks": "thought",
    "denies": "act",
    "promises": "act",
    "agrees": "act",
    "asks": "act",
    "accuses": "act",
}
"""What cues of a force mostly tell of in articles for training, where it is not what was said."""
_WORD = re.compile(r"\w+")
_DIRECT = 0.9
_HANGING = frozenset(["who", "whose", "which", "that", "speaking", "including"])


def quotation_kind(reading: Reading, spans: Sequence[Span]) -> QuotationKind:
    """Return "direct" where nine words in ten stand in quotation marks, "indirect" where none does, else "mixed"."""
    if not any(reading.touching(*span) for span in spans):
        return "indirect"
    starts = [match.start() for start, end in spans for match in _WORD.finditer(reading.text, start, end)]
    marked = sum(bool(reading.touching(start, start + 1)) for start in starts)
    if not marked:
        return "indirect"
    return "direct" if marked >= _DIRECT * len(starts) else "mixed"


def mode_of(given: Mode | None, force: str | None) -> Mode:
    """Return what a statement is by the tagger, or by its cue's force where rules found it."""
    return given or _MODES.get(force or "", "said")


def source_kind(doc: Doc, source: SourceAt | None) -> SourceKind:
    """Return what a source is by its words: named, unnamed ("two sources"), an institution, a document, or none."""
    if source is None:
        return "none"
    tokens = doc[source.start : source.end]
    core = _core(tokens)
    lower = {token.lower_ for token in core}
    if any(token.ent_type_ == "PERSON" for token in core) or tokens[0].lower_ in words("grammar", "subject_pronouns"):
        return "named"
    for kind, key in (
        ("unnamed", "unnamed_sources"),
        ("unnamed", "speaking_for"),
        ("document", "documents"),
        ("institution", "institutions"),
    ):
        if lower & words("grammar", key):
            return kind  # type: ignore[return-value]  # the literals above
    labels = {token.ent_type_ for token in core}
    if "PERSON" in {token.ent_type_ for token in tokens} and tokens[-1].ent_type_ == "PERSON":
        return "named"
    if "ORG" in labels or labels & {"GPE", "LOC"}:
        return "institution"
    return "named" if any(token.text[0].isupper() for token in core[1:]) else "unnamed"


def _core(tokens: TokenSpan) -> list[Token]:
    """Return a source without owners and what hangs on it: "Kenya's **ministry**", "**a spokesman** for the bank"."""
    kept: list[Token] = []
    segment: list[Token] = []
    hanging = False
    for token in tokens:
        if token.text == ",":
            kept, segment, hanging = kept + segment, [], False
        elif token.lower_ in {"'s", "’s", "'", "’"}:
            segment = segment if hanging else []
        elif segment and token.lower_ in _HANGING | words("grammar", "inner_prepositions"):
            hanging = True
        elif not hanging:
            segment.append(token)
    return kept + segment or list(tokens)


def confidence(draft: Draft) -> float:
    """Return the probability that a statement's words are rightly cut.

    The tagger's log odds of content and cue are brought to the shares that proved right on articles kept aside
    (``calibration`` in the model's ``config.json``; Platt 1999). What rules alone found is right as often as such
    statements are (``[confidence]`` in cues.toml).
    """
    if draft.certainty is None:
        return float(load("cues")["confidence"]["announced" if draft.cue else "unclaimed"])
    intercept, *slopes = read_config()["calibration"]
    return 1 / (1 + math.exp(-(intercept + sum(map(mul, slopes, draft.certainty)))))
