"""Statements found by the tagger, as drafts: spans snapped to quotation marks, with the cue's force and who is told."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from toolkit.lexicon.cues import Cue, by_first_word, cue_in, forms, is_cue
from toolkit.lexicon.wordlists import words
from toolkit.model.tags import MODES
from toolkit.quotations._audience import addresses, audience_behind, audience_of, channel_at
from toolkit.quotations._contents import behind_dateline
from toolkit.quotations._cues import CueAt, SourceAt
from toolkit.quotations._linking import link
from toolkit.quotations._reading import Certainty, Draft, Reading, span_of, tokens_of, trim
from toolkit.quotations._sources import sharing_source, source_left, source_right
from toolkit.text import syntax

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.model.attribution_tagger import TaggedSpan
    from toolkit.model.trunk_reader import ArticleStates
    from toolkit.quotations._linking import Attribution
    from toolkit.quotations._marks import Quoted
    from toolkit.records import Mode, Span

_Tokens = tuple[int, int]
_MARK = 3
"""Most characters of a quotation mark and the white space inside it."""
_FEW = 5
"""Words of those who are asked to do something."""
_SUREST = 1e-6
_AROUND = frozenset([",", ":", ";", ".", "—", "–", "-", "--"])


def drafts_by_tagger(reading: Reading, states: ArticleStates) -> tuple[list[Draft], list[Draft]]:
    """Return the statements with a cue that the tagger finds in a document, in order, and those told inside others.

    Contents without a cue in their paragraph are left to the rules on quotation marks.
    """
    from toolkit.model.attribution_tagger import tag

    tagged = tag(states)
    found, inner = (_drafts(reading, spans) for spans in tagged)
    inner += [draft for draft in found if _within_marks(reading, draft)]
    outer = [draft for draft in found if not _within_marks(reading, draft)]
    for draft in inner:
        _keep_within_marks(reading, draft)
        _with_subject(reading, draft)
    for draft in (*outer, *inner):
        _with_shared_subject(reading, draft)
    return outer, inner


def _drafts(reading: Reading, spans: Sequence[TaggedSpan]) -> list[Draft]:
    drafts = [_draft(reading, attribution) for attribution in link(spans) if attribution.cue]
    for draft in drafts:
        draft.pieces = [piece for piece in draft.pieces if not _is_own_subject(reading, draft, piece)]
    return [draft for draft in drafts if draft.pieces and _is_said(reading, draft)]


def _is_own_subject(reading: Reading, draft: Draft, piece: Span) -> bool:
    """Tell whether a piece of content is but who speaks: "**Neither Reis nor Holt** commented"."""
    assert draft.cue is not None
    verb = reading.doc[draft.cue.start : draft.cue.end].root
    if draft.source is not None or not verb.has_dep() or syntax.is_passive(verb):
        return False
    subject = syntax.subject(verb)
    inside = subject is not None and piece[0] <= subject.idx < piece[1] and subject.i not in reading.inside
    return inside and not any(map(syntax.is_verb, tokens_of(reading.doc, piece)))


def _within_marks(reading: Reading, draft: Draft) -> bool:
    """Tell whether a statement is part of what is quoted: "“**I ask them to wait.** We stay.”"."""
    parts = [part for part in (draft.cue, draft.source) if part is not None]
    return bool(parts) and all(part.start in reading.inside for part in parts)


def _keep_within_marks(reading: Reading, draft: Draft) -> None:
    """Take from a statement whose cue is quoted what stands outside of the marks: "“I **hope so**,” she said, …"."""
    if draft.cue is None or draft.cue.start not in reading.inside:
        return
    within = [piece for piece in draft.pieces if tokens_of(reading.doc, piece).start in reading.inside]
    draft.pieces = within or draft.pieces


def _with_subject(reading: Reading, draft: Draft) -> None:
    """Give a statement inside another the subject of its cue as its source: it seldom has one, or has another verb's.

    "The Swiss **had offered** a venue and the Danes had offered to pay": who stands beyond other words is not meant.
    """
    if draft.cue is None or (draft.source is not None and draft.source.start <= draft.cue.end):
        return
    sentence = reading.doc[draft.cue.start].sent
    draft.source = source_left(reading.doc, draft.cue, sentence.start) or draft.source


def _with_shared_subject(reading: Reading, draft: Draft) -> None:
    """Give a statement whose cue shares its subject with another verb that subject as its source."""
    if draft.source is not None or draft.cue is None or draft.pieces[0][0] < reading.doc[draft.cue.start].idx:
        return
    draft.source = sharing_source(reading.doc, draft.cue, reading.doc[draft.cue.start].sent.start)


def _is_said(reading: Reading, draft: Draft) -> bool:
    return not _so_called(reading, draft) and not _impersonal(reading, draft)


def _draft(reading: Reading, attribution: Attribution) -> Draft:
    pieces = [piece for content in attribution.contents for piece in _snapped(reading, content)]
    source, cue = _source(reading, attribution), _whole_cue(reading, _trimmed(reading, attribution.cue))
    source = source or _governed(reading, cue)
    source, cue = _with_document(reading, source, cue)
    inverted = bool(source and cue and source[0] > cue[0])
    draft = Draft(
        pieces=_joined(reading.text, pieces),
        cue=CueAt(*cue, _cue(reading, cue)) if cue else None,
        source=SourceAt(*source, inverted) if source else None,
        certainty=certainty(attribution),
        mode=_mode(attribution),
    )
    if draft.cue is not None and draft.pieces:
        _told(reading, draft)
        _without_subject(reading, draft)
    return draft


def _mode(attribution: Attribution) -> Mode | None:
    if attribution.cue is None:
        return None
    return MODES[int(np.argmax(attribution.cue.modes))]


def _so_called(reading: Reading, draft: Draft) -> bool:
    """Tell whether a cue is but the second half of "so-called"."""
    start = draft.cue.start if draft.cue is not None else 0
    return start > 1 and reading.doc[start - 2 : start + 1].text.lower() == "so-called"


def _impersonal(reading: Reading, draft: Draft) -> bool:
    """Tell whether nobody speaks: "It is unclear whether …" is the outlet's own."""
    if draft.cue is None or draft.source is not None or draft.cue.cue.force is not None:
        return False
    return reading.doc[draft.cue.start].lower_ == "it"


def certainty(attribution: Attribution) -> Certainty:
    """Return the log odds that the least probable content of an attribution, and that its cue, is just as found."""
    least = min(content.probability for content in attribution.contents)
    return _log_odds(least), _log_odds(attribution.cue.probability if attribution.cue is not None else 0.0)


def _log_odds(probability: float) -> float:
    share = min(max(probability, _SUREST), 1 - _SUREST)
    return math.log(share / (1 - share))


def _trimmed(reading: Reading, span: TaggedSpan | None) -> _Tokens | None:
    """Return the tokens of a span without the punctuation round it, unless that is all there is (a colon as cue)."""
    found = reading.doc.char_span(span.start, span.end, alignment_mode="expand") if span else None
    if found is None:
        return None
    start, end = found.start, found.end
    while end - 1 > start and reading.doc[end - 1].text in _AROUND:
        end -= 1
    while start + 1 < end and reading.doc[start].text in _AROUND:
        start += 1
    return start, end


def _source(reading: Reading, attribution: Attribution) -> _Tokens | None:
    tokens = _trimmed(reading, attribution.source)
    if tokens is None:
        return None
    doc, end = reading.doc, tokens[1]
    start = behind_dateline(doc, *tokens)
    placed = (i for i in range(start + 1, end - 1) if doc[i].lower_ == "on" and channel_at(doc, i + 1))
    return start, next(placed, end)


def _with_document(
    reading: Reading, source: _Tokens | None, cue: _Tokens | None
) -> tuple[_Tokens | None, _Tokens | None]:
    """Let a source hold the document that says something: "**The union's statement** said"."""
    if source is None or cue is None or source[1] != cue[0] or cue[1] - cue[0] < 2:
        return source, cue
    document = reading.doc[cue[0]].lower_ in words("grammar", "documents")
    if document and is_cue(reading.doc[cue[0] + 1].text):
        return (source[0], source[1] + 1), (cue[0] + 1, cue[1])
    return source, cue


def _governed(reading: Reading, cue: _Tokens | None) -> _Tokens | None:
    """Return the source that a preposition at a cue's end governs: "came the answer from **Paulo Reis**"."""
    if cue is None:
        return None
    doc, (start, end) = reading.doc, cue
    if doc[end - 1].lower_ not in {"from", "by"}:
        end += 1
    if end > len(doc) or doc[end - 1].lower_ not in {"from", "by"}:
        return None
    found = source_right(doc, CueAt(start, end, _cue(reading, cue)), doc[start].sent.end)
    named = found is not None and any(token.ent_type_ for token in doc[found.start : found.end])
    return (found.start, found.end) if found is not None and named else None


def _whole_cue(reading: Reading, tokens: _Tokens | None) -> _Tokens | None:
    """Return a cue with the rest of the listed phrase that its last word begins: "put" and "it"."""
    if tokens is None:
        return None
    last = tokens[1] - 1
    following = tuple(token.lower_ for token in reading.doc[last : last + 2])
    phrases = {cue.words for cue in by_first_word().get(following[0], ()) if cue.takes == "quotation"}
    return tokens[0], tokens[1] + (len(following) > 1 and following in phrases)


def _cue(reading: Reading, tokens: _Tokens) -> Cue:
    """Return the listed cue that a cue holds, or one of its own words and no known force."""
    own = tuple(token.lower_ for token in reading.doc[slice(*tokens)])
    listed = cue_in(own)
    return listed[1] if listed else Cue(own, None, "clause", participle=False)


def _told(reading: Reading, draft: Draft) -> None:
    """Note who is told; where the content begins with them ("told **him** the union …"), they are cut off it."""
    assert draft.cue is not None
    doc, cue = reading.doc, draft.cue
    first = _behind_verb(reading, draft)
    stop = doc[cue.start].sent.end
    coming = next((piece for piece in draft.pieces if piece[0] > doc[cue.start].idx), None)
    before = next((i for i in range(first, stop) if coming and doc[i].idx >= coming[0]), stop)
    draft.audience = audience_behind(doc, cue, first, before)
    if coming is not None and _left_to_do(reading, draft, first, before):
        draft.pieces[draft.pieces.index(coming)] = (doc[first].idx, coming[1])
    if coming is None or before != first or cue.cue.words[0] not in forms("tell"):
        return
    told, behind = audience_of(doc, cue, first, stop)
    if told is None or behind >= stop or doc[behind].idx >= coming[1]:
        return
    draft.audience = told
    if doc[behind].lower_ not in {"to", "not", "never", "who", "whose", "which"}:
        draft.pieces[draft.pieces.index(coming)] = (doc[behind].idx, coming[1])


def _left_to_do(reading: Reading, draft: Draft, first: int, before: int) -> bool:
    """Tell whether those who are to do something were cut off a content: "urged **both sides** to return"."""
    assert draft.cue is not None
    doc = reading.doc
    asked = addresses(draft.cue) and doc[before].lower_ == "to"
    return asked and 0 < before - first <= _FEW and not any(token.is_punct for token in doc[first:before])


def _without_subject(reading: Reading, draft: Draft) -> None:
    """Take a passive's subject out of the content: "**Reis** was quoted as saying …", "**Reis** was told that …"."""
    assert draft.cue is not None
    doc, cue = reading.doc, draft.cue
    saying, told = cue.cue.words[-2:] == ("as", "saying"), addresses(cue)
    if draft.source is not None or not (saying or told):
        return
    subject = source_left(doc, cue, doc[cue.start].sent.start)
    openers = words("grammar", "told_openers")
    behind = [piece for piece in draft.pieces if piece[0] > doc[cue.start].idx]
    if subject is None or not behind or tokens_of(doc, behind[0])[0].lower_ not in openers:
        return
    draft.pieces = behind
    if saying:
        draft.source = SourceAt(subject.start, subject.end)
    elif doc[cue.start].lower_ in words("grammar", "auxiliaries"):
        draft.audience = span_of(doc, subject.start, subject.end)


def _behind_verb(reading: Reading, draft: Draft) -> int:
    """Return the token behind a cue's verb, and behind a source that follows it."""
    assert draft.cue is not None
    cue = draft.cue
    listed = cue_in([token.lower_ for token in reading.doc[cue.start : cue.end]])
    first = cue.start + listed[0] + len(listed[1].words) if listed else cue.end
    return max(first, draft.source.end) if draft.source is not None and draft.source.inverted else first


def _snapped(reading: Reading, content: TaggedSpan) -> list[Span]:
    start, end = content.start, content.end
    for quote in reading.touching(start, end):
        start, end = _with_marks(quote, start, end)
    if end in reading.ends:
        return [(start, end)]
    span = reading.doc.char_span(start, end, alignment_mode="expand")
    return trim(reading.doc, span.start, span.end) if span is not None else [(start, end)]


def _with_marks(quote: Quoted, start: int, end: int) -> Span:
    """Let a content that holds the words of a quotation hold its marks."""
    opens = quote.start < start <= quote.start + _MARK
    closes = quote.end - _MARK <= end < quote.end or (quote.goes_on and end == quote.end)
    if opens and end >= quote.end - _MARK:
        start = quote.start
    if closes and start <= quote.start + _MARK:
        end = quote.end
    return start, end


def _joined(text: str, pieces: Sequence[Span]) -> list[Span]:
    """Return pieces in order, those with nothing but white space between them as one."""
    found: list[Span] = []
    for start, end in sorted(pieces):
        if found and not text[found[-1][1] : start].strip() and "\n" not in text[found[-1][1] : start]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found
