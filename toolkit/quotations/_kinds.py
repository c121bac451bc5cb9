"""Kinds of quotations, sources and audiences, and the confidence of a find."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from toolkit.cues import forms
from toolkit.model.attribution_tagger import read_config
from toolkit.wordlists import load, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

    from toolkit.quotations._cues import CueAt, SourceAt
    from toolkit.quotations._marks import Quoted
    from toolkit.records import QuotationKind, SourceKind, Span

_WORD = re.compile(r"\w+")
_DIRECT = 0.9
ADDRESSING = frozenset(
    form
    for verb in ("tell", "inform", "ask", "advise", "urge", "assure", "warn", "brief", "promise")
    for form in forms(verb)
)
"""Forms of the verbs that take someone addressed."""


def quotation_kind(text: str, spans: Sequence[Span], quoted: Sequence[Quoted]) -> QuotationKind:
    """Return "direct" where nine words in ten stand in quotation marks, "indirect" where none does, else "mixed"."""
    positions = [match.start() for start, end in spans for match in _WORD.finditer(text, start, end)]
    marked = sum(any(quote.holds(position) for quote in quoted) for position in positions)
    if not marked:
        return "indirect"
    return "direct" if marked >= _DIRECT * len(positions) else "mixed"


def source_kind(doc: Doc, source: SourceAt | None) -> SourceKind:
    """Return what a source is by its words: named, unnamed ("two sources"), an institution, a document, or none."""
    if source is None:
        return "none"
    tokens = doc[source.start : source.end]
    lower = {token.lower_ for token in tokens}
    labels = {token.ent_type_ for token in tokens}
    if "PERSON" in labels or lower & words("grammar", "subject_pronouns"):
        return "named"
    for kind, key in (
        ("unnamed", "unnamed_sources"),
        ("document", "documents"),
        ("institution", "institutions"),
    ):
        if lower & words("grammar", key):
            return kind  # type: ignore[return-value]  # the three literals above
    if "ORG" in labels or labels & {"GPE", "LOC"}:
        return "institution"
    return "named" if any(token.text[0].isupper() for token in tokens[1:]) else "unnamed"


def audience_of(doc: Doc, cue: CueAt, first: int, stop: int) -> tuple[Span | None, int]:
    """Return the span of who is told, and the token behind it: "told **Axios** in an interview", "told **him**".

    Parameters
    ----------
    doc : Doc
    cue : CueAt
        Only cues that take someone addressed are looked at.
    first, stop : int
        Tokens behind the cue.

    Returns
    -------
    tuple of ((int, int) or None, int)
        Offsets into the text; the token at which the statement may begin.
    """
    if cue.cue.words[0] not in ADDRESSING or first >= stop:
        return None, first
    end = _addressed(doc, cue, first, stop)
    if end == first:
        return None, first
    return (doc[first].idx, doc[end - 1].idx + len(doc[end - 1])), end


def _addressed(doc: Doc, cue: CueAt, first: int, stop: int) -> int:
    """Return the token behind who is addressed, ``first`` where nobody is."""
    openers, tells = words("grammar", "clause_openers"), cue.cue.words[0] in forms("tell")
    owned = doc[first].lower_ == "her" and first + 1 < stop and doc[first + 1].text.islower()
    if doc[first].lower_ in words("grammar", "addressed_pronouns") and not (
        owned and doc[first + 1].lower_ not in openers
    ):
        subject = doc[first].lower_ in {"it", "you"} and first + 1 < stop
        return first if subject and doc[first + 1].lower_ in words("grammar", "auxiliaries") else first + 1
    end = first
    determined = doc[first].lower_ in words("grammar", "articles") | words("grammar", "possessives")
    if tells and (determined or _is_bare_noun(doc, first)):
        end = first + 1
        while end < stop and doc[end].is_alpha and doc[end].lower_ not in openers:
            end += 1
    while end < stop and (doc[end].ent_type_ or _joins_names(doc, end, first)):
        end += 1
    return end


def _is_bare_noun(doc: Doc, i: int) -> bool:
    """Tell whether a noun without an article is addressed: "told **reporters** …", "told **parliament** the …"."""
    word = doc[i].lower_
    function = any(word in words("grammar", name) for name in ("clause_openers", "inner_prepositions", "auxiliaries"))
    return doc[i].text.isalpha() and doc[i].text.islower() and not function


def _joins_names(doc: Doc, i: int, first: int) -> bool:
    return i > first and doc[i].lower_ in {"and", ","} and i + 1 < len(doc) and bool(doc[i + 1].ent_type_)


def confidence(kind: QuotationKind, force: str | None, certainty: float | None) -> float:
    """Return the probability that a statement's words are rightly cut.

    Parameters
    ----------
    kind : str
    force : str or None
    certainty : float or None
        The tagger's log odds, brought to the shares that proved right on articles kept aside (``calibration`` in the
        model's ``config.json``; Platt 1999). None where rules found the statement: then it is the share of
        quotations of a kind and force that proved right (``[confidence]`` in cues.toml).
    """
    if certainty is None:
        measured = load("cues")["confidence"]
        return float(measured[kind].get(force or "none", measured[kind]["other"]))
    intercept, slope = read_config()["calibration"]
    return 1 / (1 + math.exp(-(intercept + slope * certainty)))
