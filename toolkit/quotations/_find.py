"""From sentences with their cues to quotations: which words are the statement, and what belongs together."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from toolkit.quotations._cues import CueAt, SourceAt, cues_in, source_left, source_right, subject_of_sentence
from toolkit.quotations._kinds import audience_of, confidence, quotation_kind, source_kind
from toolkit.quotations._marks import Quoted, quoted_spans
from toolkit.records import Quotation, Span
from toolkit.sentences import paragraphs
from toolkit.wordlists import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc

_COMMAS = frozenset([",", "—", "–", "--"])
_MANY_WORDS = 4
_LONGEST_LABEL = 7
_AUDIENCE_REACH = 8
_CONDITIONAL = frozenset(["if", "unless", "while", "although", "though", "once", "because", "since", "when"])


@dataclass(slots=True)
class Draft:
    """A quotation on its way: pieces of content as text spans, its cue and source as tokens."""

    pieces: list[Span]
    cue: CueAt | None = None
    source: SourceAt | None = None
    inherited: bool = False
    audience: Span | None = None
    via: Draft | None = None


@dataclass(slots=True)
class Reading:
    """A document as this module reads it."""

    doc: Doc
    text: str
    quoted: list[Quoted]
    inside: list[bool]
    announced: dict[int, Draft] = field(default_factory=dict)

    def announces(self, start: int, end: int) -> bool:
        """Tell whether a sentence ends in a colon, so that a quotation in the next paragraph is its statement."""
        last = next((token for token in reversed(self.doc[start:end]) if not token.is_space), None)
        return last is not None and last.text == ":"

    def ending_at(self, token: int) -> Quoted | None:
        """Return the quoted stretch that ends with a token."""
        end = self.doc[token].idx + len(self.doc[token])
        return next((quote for quote in self.quoted if quote.end == end), None)

    def starting_at(self, token: int) -> Quoted | None:
        """Return the quoted stretch that starts with a token."""
        if token >= len(self.doc):
            return None
        return next((quote for quote in self.quoted if quote.start == self.doc[token].idx), None)


def find_quotations(doc: Doc, *, article_id: str = "", body: Span | None = None) -> list[Quotation]:
    """Return the quotations of a document, in the order of their first words.

    Parameters
    ----------
    doc : Doc
        Tokens with sentences and entities, as :func:`toolkit.load` gives them.
    article_id : str
        Handed on to the records; part of each ``quotation_id``.
    body : (int, int), optional
        The part of the text to read.

    Returns
    -------
    list of Quotation
        With ``speaker`` None: sources are spans here. A statement inside another names that one in ``via``.
        ``score`` is the share of such quotations found to be right on held-in news, see ``toolkit/data/cues.toml``.
    """
    text = doc.text
    places = paragraphs(text, body)
    quoted = quoted_spans(text, places)
    reading = Reading(doc, text, quoted, _inside(doc, quoted))
    begin = body[0] if body else 0
    drafts = [
        draft
        for sentence in doc.sents
        if sentence.start_char >= begin
        for draft in _in_sentence(reading, sentence.start, sentence.end)
    ]
    _nest(drafts)
    drafts += _without_cue(reading, drafts, places)
    drafts.sort(key=lambda draft: (draft.pieces[0][0], -draft.pieces[-1][1]))
    return _records(reading, drafts, article_id)


def _inside(doc: Doc, quoted: list[Quoted]) -> list[bool]:
    inside, quotes, at = [], quoted, 0
    for token in doc:
        while at < len(quotes) and quotes[at].end <= token.idx:
            at += 1
        inside.append(at < len(quotes) and quotes[at].holds(token.idx))
    return inside


@dataclass(slots=True)
class _Clause:
    """A cue with the source that governs it, and where the statement before it must end."""

    cue: CueAt
    source: SourceAt | None
    inherited: bool
    begin: int


def _clauses(reading: Reading, start: int, end: int) -> list[_Clause]:
    found: list[_Clause] = []
    for cue in cues_in(reading.doc, start, end, reading.inside):
        clause = _clause(reading, cue, found, start, end)
        if clause is not None:
            found.append(clause)
    return found


def _clause(reading: Reading, cue: CueAt, before: list[_Clause], start: int, end: int) -> _Clause | None:
    doc = reading.doc
    governor = _before_auxiliaries(doc, cue.start, start)
    previous = doc[governor - 1] if governor > start else None
    participle = cue.cue.participle and governor == cue.start
    if cue.cue.words[0] in {"according", "in"}:
        source = source_right(doc, cue, end)
        return _Clause(cue, source, inherited=False, begin=cue.start) if source else None
    if previous is not None and (previous.lower_ in {"and", "but", "or"} or previous.text in _COMMAS):
        governing = _inherited(before, participle=participle)
        if governing is None and participle and cue.cue.takes != "object":
            governing = subject_of_sentence(doc, start, cue.start)
        if governing is not None:
            return _Clause(cue, governing, inherited=True, begin=_connector(reading, cue, start))
    if not participle and (source := source_left(doc, cue, start)):
        return _Clause(cue, source, inherited=False, begin=source.start)
    quote_before = previous is not None and (reading.inside[previous.i] or previous.text in _COMMAS)
    if quote_before and not cue.cue.participle and governor == cue.start and (source := source_right(doc, cue, end)):
        return _Clause(cue, source, inherited=False, begin=cue.start)
    return None


def _before_auxiliaries(doc: Doc, i: int, start: int) -> int:
    """Return the first of the auxiliaries and adverbs before token ``i``: "**has repeatedly** said"."""
    auxiliaries = words("cues", "grammar", "auxiliaries")
    while i > start and (doc[i - 1].lower_ in auxiliaries or doc[i - 1].lower_.endswith("ly")):
        i -= 1
    return i


def _inherited(before: list[_Clause], *, participle: bool) -> SourceAt | None:
    """Return the source of an earlier cue of the sentence: the main one's for ", warning", the last one's for "and said"."""
    sources = [clause.source for clause in before if clause.source is not None and clause.cue.cue.force != "thinks"]
    sources = sources or [clause.source for clause in before if clause.source is not None]
    if not sources:
        return None
    return sources[0] if participle else sources[-1]


def _connector(reading: Reading, cue: CueAt, start: int) -> int:
    """Return the token at which the statement before ", adding" or "and has said" ends."""
    i = _before_auxiliaries(reading.doc, cue.start, start)
    while i - 1 > start and (reading.doc[i - 1].lower_ in {"and", "but", "or"} or reading.doc[i - 1].text in _COMMAS):
        i = _before_auxiliaries(reading.doc, i - 1, start)
    return i


def _in_sentence(reading: Reading, start: int, end: int) -> Iterator[Draft]:
    clauses = _clauses(reading, start, end)
    if clauses and reading.announces(start, end):
        reading.announced[_content_end(reading.doc, start, end)] = Draft([], clauses[-1].cue, clauses[-1].source, clauses[-1].inherited)
    label = _label(reading, start, end)
    if label is not None:
        yield label
    for number, clause in enumerate(clauses):
        stop = _limit(reading, clauses[number + 1 :], clause, end)
        draft = Draft([], clause.cue, clause.source, clause.inherited)
        ahead = [] if clause.inherited else _before(reading, clause, start, clauses[:number])
        behind = _behind(reading, clause, stop, draft, has_before=bool(ahead))
        draft.pieces = [*ahead, *behind] if not ahead or behind else ahead
        if draft.pieces:
            yield draft


def _content_end(doc: Doc, start: int, end: int) -> int:
    """Return the token behind the last one of a sentence that is not white space."""
    while end > start and doc[end - 1].is_space:
        end -= 1
    return end


def _label(reading: Reading, start: int, end: int) -> Draft | None:
    """Return the statement of a line such as "Lavrov: talks may resume"."""
    doc = reading.doc
    colon = next((i for i in range(start, min(start + _LONGEST_LABEL, end)) if doc[i].text == ":"), None)
    if colon is None or colon == start or doc[colon - 1].ent_type_ not in {"PERSON", "ORG", "GPE"}:
        return None
    if any(doc[i].is_punct and doc[i].ent_iob_ != "I" for i in range(start, colon)):
        return None
    pieces = _trim(doc, colon + 1, end)
    return Draft(pieces, None, SourceAt(start, colon)) if pieces else None


def _limit(reading: Reading, later: list[_Clause], clause: _Clause, end: int) -> int:
    """Return where the statement behind a cue must end: at a later cue of its own source, or at a new main clause."""
    for following in later:
        same = following.inherited and following.source is not None and _not_behind(following.source, clause)
        before = reading.doc[following.begin - 1].lower_ if following.begin else ""
        coordinated = not following.inherited and before in {"while", "but", "whereas", ";"}
        if same or coordinated:
            return following.begin - (coordinated and following.begin > clause.cue.end)
    return end


def _not_behind(source: SourceAt, clause: _Clause) -> bool:
    """Tell whether a source belongs to a clause or an earlier one, so that what it says next ends this statement."""
    return clause.source is not None and source.start <= clause.source.start


def _before(reading: Reading, clause: _Clause, start: int, earlier: list[_Clause]) -> list[Span]:
    """Return the statement that stands before "…, he said"."""
    doc, last = reading.doc, clause.begin - 1
    while last > start and doc[last].is_space:
        last -= 1
    if last < start:
        return []
    quote = reading.ending_at(last) or (reading.ending_at(last - 1) if doc[last].text in _COMMAS and last else None)
    floor = max((other.cue.end for other in earlier), default=start)
    if quote is not None:
        begin = _opening(doc, floor, quote)
        return [(begin, quote.end)]
    if (earlier and not _closes(doc, clause)) or doc[last].text not in _COMMAS or not _states(doc, clause, start, last):
        return []
    first = _skip_openers(doc, start, last)
    return [(doc[first].idx, doc[last - 1].idx + len(doc[last - 1]))] if first < last else []


def _closes(doc: Doc, clause: _Clause) -> bool:
    """Tell whether nothing but who is addressed stands between a cue and the sentence's end: "…, two sources told Axios." """
    _, behind = audience_of(doc, clause.cue, clause.source.end if clause.source and clause.source.inverted else clause.cue.end, len(doc))
    return behind >= len(doc) or doc[behind].is_punct or bool(doc[behind].is_sent_start)


def _opening(doc: Doc, floor: int, quote: Quoted) -> int:
    """Return where the statement begins that ends with a quoted stretch: at its mark, or earlier in its sentence."""
    if doc[floor].idx >= quote.start:
        return quote.start
    head = [token for token in doc[floor:] if token.idx < quote.start]
    if not head or head[-1].text in {":", ","}:
        return quote.start
    return doc[_skip_openers(doc, floor, head[-1].i + 1)].idx


def _states(doc: Doc, clause: _Clause, start: int, last: int) -> bool:
    """Tell whether the clause before ", X said" is what was said, rather than a phrase that opens the sentence."""
    if clause.cue.cue.words[0] in {"according", "in"}:
        return True
    if doc[_skip_openers(doc, start, last)].lower_ in _CONDITIONAL or doc[last].text != ",":
        return True
    behind = doc[clause.cue.end : clause.cue.end + 2].text.lower().split() if clause.cue.end < len(doc) else []
    opens = bool(behind) and behind[0] in words("cues", "grammar", "clause_openers") - {"in", "on", "at", "for", "to", "as", "after", "before"}
    inverted = clause.source is not None and clause.source.inverted
    return last - start >= _MANY_WORDS and (inverted or not opens) and not _names_follow(doc, clause.cue.end)


def _names_follow(doc: Doc, i: int) -> bool:
    """Tell whether a statement with a name for its subject follows: "…, he said Russia would …"."""
    return i + 1 < len(doc) and bool(doc[i].ent_type_) and doc[i + 1].lower_ in words("cues", "grammar", "auxiliaries")


def _skip_openers(doc: Doc, first: int, last: int) -> int:
    """Pass over "However," and "But" before a statement."""
    while first < last and (doc[first].is_space or doc[first].lower_ in {"and", "but", "however", "meanwhile", "still", ","}):
        first += 1
    return first


def _behind(reading: Reading, clause: _Clause, stop: int, draft: Draft, *, has_before: bool) -> list[Span]:
    """Return the statement that stands behind a cue, up to token ``stop``."""
    doc = reading.doc
    first = clause.source.end if clause.source and clause.source.inverted else clause.cue.end
    if clause.cue.cue.words[0] in {"according", "in"}:
        return [] if has_before else _rest(reading, first, stop)
    start = _statement_start(reading, clause, first, stop, draft)
    if start is None:
        return []
    if clause.cue.cue.takes == "quotation" and reading.starting_at(start) is None:
        return []
    quote = reading.starting_at(start)
    if has_before and quote is None and not _completes(doc, draft, clause):
        return []
    if quote is not None and (has_before or quote.end >= doc[stop - 1].idx):
        return [(quote.start, quote.end)]
    return _trim(doc, start, stop)


def _completes(doc: Doc, draft: Draft, clause: _Clause) -> bool:
    return clause.source is not None and not clause.source.inverted and clause.cue.end < len(doc) and not doc[clause.cue.end].is_punct


def _rest(reading: Reading, first: int, stop: int) -> list[Span]:
    doc = reading.doc
    if first < stop and doc[first].text in _COMMAS:
        return _trim(doc, first + 1, stop)
    return []


def _statement_start(reading: Reading, clause: _Clause, first: int, stop: int, draft: Draft) -> int | None:
    """Return the first token of the statement behind a cue, passing over who is addressed and the words between."""
    doc = reading.doc
    if first >= stop:
        return None
    for i in range(first, min(first + 3, stop)):
        if reading.starting_at(i) and all(doc[k].text in {",", ":", "that"} or doc[k].is_space for k in range(first, i)):
            return first if doc[first].lower_ == "that" and i == first + 1 else i
    draft.audience, behind = audience_of(doc, clause.cue, first, stop)
    if behind < stop and (doc[behind].lower_ in {"that", "how", "if", "whether"} or reading.starting_at(behind)):
        return behind
    for i in range(first, min(first + _AUDIENCE_REACH + 4, stop)):
        if doc[i].lower_ == "that" and clause.cue.cue.takes == "clause" and not _demonstrative(doc, i):
            return i
        if doc[i].is_punct and doc[i].text not in {",", "'s", "-"}:
            break
    return behind if behind < stop and _opens_statement(doc, clause, behind) else None


def _demonstrative(doc: Doc, i: int) -> bool:
    return i > 0 and doc[i - 1].lower_ in words("cues", "grammar", "inner_prepositions") | {"after", "before"}


def _opens_statement(doc: Doc, clause: _Clause, i: int) -> bool:
    token = doc[i]
    if token.is_punct or token.is_space:
        return False
    if clause.cue.cue.takes == "object" or len(clause.cue.cue.words) > 1:
        return True
    time = token.lower_ in words("names", "calendar_words")
    if clause.cue.cue.force in {"agrees", "thinks"}:
        return not time and (token.lower_ not in {"in", "on", "at", "for", "as", "after", "before"})
    preposition = token.lower_ in {"in", "on", "at", "for", "to", "as", "after", "before", "when", "while", "by", "with", "from", "during"}
    return not time and not preposition and not token.lower_.endswith("ly")


def _trim(doc: Doc, start: int, stop: int) -> list[Span]:
    while stop > start and (doc[stop - 1].is_space or doc[stop - 1].text in {".", ",", ";", ":", "—", "and", "but", "?", "!"}):
        stop -= 1
    while start < stop and (doc[start].is_space or doc[start].text in {",", ":"}):
        start += 1
    return [(doc[start].idx, doc[stop - 1].idx + len(doc[stop - 1]))] if start < stop else []


def _nest(drafts: list[Draft]) -> None:
    """Let a statement whose cue stands inside another's content name that one."""
    for inner in drafts:
        if inner.cue is None:
            continue
        place = inner.pieces[0]
        holders = [
            outer
            for outer in drafts
            if outer is not inner and any(start <= place[0] and place[1] <= end and (start, end) != place for start, end in outer.pieces)
        ]
        inner.via = min(holders, key=lambda outer: outer.pieces[-1][1] - outer.pieces[0][0], default=None)


def _without_cue(reading: Reading, drafts: list[Draft], places: list[Span]) -> list[Draft]:
    """Give the quoted stretches no cue has claimed to the statement they continue, or keep them without a source."""
    added: list[Draft] = []
    previous: Quoted | None = None
    for quote in reading.quoted:
        whole = any(start <= quote.start and quote.end <= end for draft in drafts for start, end in draft.pieces)
        if not whole:
            owner = _continued(reading, drafts + added, previous, quote, places)
            if owner is not None:
                if not owner.pieces:
                    added.append(owner)
                owner.pieces.append((quote.start, quote.end))
            elif _is_statement(reading, quote):
                added.append(Draft([(quote.start, quote.end)]))
        previous = quote
    return added


def _continued(reading: Reading, drafts: list[Draft], previous: Quoted | None, quote: Quoted, places: list[Span]) -> Draft | None:
    """Return the statement that a quotation goes on with: over paragraphs, or behind a finished "…," she said."""
    announcing = reading.announced.get(_token_at(reading.doc, quote.start))
    if announcing is not None and not announcing.pieces:
        return announcing
    if previous is None:
        return None
    owner = next((draft for draft in drafts if draft.pieces[-1][1] == previous.end), None)
    if owner is None:
        return None
    if previous.goes_on:
        return owner
    same_paragraph = any(start <= previous.start and quote.end <= end for start, end in places)
    between = reading.text[previous.end : quote.start]
    finished = owner.cue is not None and reading.doc[owner.cue.start].idx >= previous.end
    opens = bool(re.search(r"[.!?]\s*$", between))
    return owner if same_paragraph and finished and opens else None


def _token_at(doc: Doc, position: int) -> int:
    """Return the token that starts at an offset, behind the white space before it; -1 where none does."""
    span = doc.char_span(position, position + 1, alignment_mode="expand")
    if span is None:
        return -1
    first = span.start
    while first > 0 and doc[first - 1].is_space:
        first -= 1
    return first


def _is_statement(reading: Reading, quote: Quoted) -> bool:
    """Tell a statement from words in scare quotes or a title: many words, or a sentence's end inside the marks."""
    inner = reading.text[quote.start : quote.end].strip("\"“”«»‘’„`' ")
    return len(inner.split()) > _MANY_WORDS or (inner[-1:] in {".", "!", "?", ","} and len(inner.split()) > 1)


def _records(reading: Reading, drafts: list[Draft], article_id: str) -> list[Quotation]:
    names = {id(draft): _identity(article_id, draft) for draft in drafts}
    return [_record(reading, draft, article_id, names) for draft in drafts]


def _identity(article_id: str, draft: Draft) -> str:
    cue = (draft.cue.start, draft.cue.end) if draft.cue else ()
    return hashlib.sha256(f"{article_id}|{draft.pieces}|{cue}".encode()).hexdigest()[:12]


def _record(reading: Reading, draft: Draft, article_id: str, names: dict[int, str]) -> Quotation:
    doc, text = reading.doc, reading.text
    spans = tuple(sorted(draft.pieces))
    cue = _span(doc, draft.cue.start, draft.cue.end) if draft.cue else None
    source = _span(doc, draft.source.start, draft.source.end) if draft.source else None
    kind = quotation_kind(text, spans, reading.quoted)
    return Quotation(
        quotation_id=names[id(draft)],
        article_id=article_id,
        spans=spans,
        text=" … ".join(text[start:end] for start, end in spans),
        kind=kind,
        cue=text[slice(*cue)] if cue else None,
        cue_span=cue,
        cue_force=draft.cue.cue.force if draft.cue else None,
        source_text=text[slice(*source)] if source else None,
        source_span=source,
        source_kind=source_kind(doc, draft.source),
        audience=text[slice(*draft.audience)] if draft.audience else None,
        via=names[id(draft.via)] if draft.via else None,
        score=confidence(kind, draft.cue.cue.force if draft.cue else None),
    )


def _span(doc: Doc, start: int, end: int) -> Span:
    return doc[start].idx, doc[end - 1].idx + len(doc[end - 1])
