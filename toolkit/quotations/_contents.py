"""Which words are the statement: what stands before ", he said", and what stands behind "he said that"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.lexicon.cues import Cue
from toolkit.lexicon.wordlists import words
from toolkit.quotations._audience import audience_of
from toolkit.quotations._clauses import COMMAS, Clause
from toolkit.quotations._cues import CueAt, SourceAt
from toolkit.quotations._reading import Draft, Reading, trim

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from toolkit.quotations._marks import Quoted
    from toolkit.records import Span


_FEWEST_WORDS = 4
_REACH = 12
_LONGEST_LABEL = 7


def statement_before(reading: Reading, clause: Clause, start: int, earlier: list[Clause]) -> list[Span]:
    """Return the statement that stands before "…, he said"."""
    doc, last = reading.doc, clause.begin - 1
    while last > start and doc[last].is_space:
        last -= 1
    if last < start:
        return []
    quote = reading.ending_at(last) or (reading.ending_at(last - 1) if doc[last].text in COMMAS and last else None)
    floor = max((other.cue.end for other in earlier), default=start)
    if quote is not None:
        begin = _opening(doc, floor, quote)
        return [(begin, quote.end)]
    if doc[last].text not in COMMAS or (earlier and not _closes(doc, clause)):
        return []
    if not _states(reading, clause, start, last):
        return []
    first = skip_openers(doc, start, last)
    return [(doc[first].idx, doc[last - 1].idx + len(doc[last - 1]))] if first < last else []


def _closes(doc: Doc, clause: Clause) -> bool:
    """Tell whether but who is addressed stands behind a cue: "…, two sources told Axios" and the sentence's end."""
    _, behind = audience_of(
        doc,
        clause.cue,
        clause.source.end if clause.source and clause.source.inverted else clause.cue.end,
        len(doc),
    )
    return behind >= len(doc) or doc[behind].is_punct or bool(doc[behind].is_sent_start)


def _opening(doc: Doc, floor: int, quote: Quoted) -> int:
    """Return where the statement begins that ends with a quoted stretch: at its mark, or earlier in its sentence."""
    if doc[floor].idx >= quote.start:
        return quote.start
    last = floor
    while doc[last + 1].idx < quote.start:
        last += 1
    return quote.start if doc[last].text in {":", ","} else doc[skip_openers(doc, floor, last + 1)].idx


def _states(reading: Reading, clause: Clause, start: int, last: int) -> bool:
    """Tell whether the clause before ", X said" is what was said, rather than a phrase that opens the sentence."""
    doc = reading.doc
    if clause.cue.cue.fixed:
        return True
    behind = clause.cue.end
    announces = behind < len(doc) and (doc[behind].text in {":", "that"} or reading.starting_at(behind) is not None)
    opener = doc[skip_openers(doc, start, last)].lower_
    if announces or opener in words("grammar", "participle_openers"):
        return False
    if opener in words("grammar", "conditional_openers") or doc[last].text != "," or _interrupts(doc, clause, last):
        return True
    inverted = clause.source is not None and clause.source.inverted
    return last - start >= _FEWEST_WORDS and (inverted or _closes(doc, clause) or _adverbial_follows(doc, behind))


def _interrupts(doc: Doc, clause: Clause, last: int) -> bool:
    """Tell whether a cue between commas stands inside its statement: "The deal, Holm said, is within reach"."""
    behind = clause.source.end if clause.source is not None and clause.source.inverted else clause.cue.end
    if behind + 1 >= len(doc) or doc[behind].text != "," or doc[last].text != ",":
        return False
    verbs = words("grammar", "finite_auxiliaries") | words("grammar", "passive_auxiliaries") | {"has", "have", "had"}
    return last - doc[last].sent.start < _FEWEST_WORDS or doc[behind + 1].lower_ in verbs


def _adverbial_follows(doc: Doc, i: int) -> bool:
    """Tell whether what follows a cue is no statement: "…, he said on Monday in Vienna"."""
    token = doc[i]
    adverbial = token.lower_ in words("grammar", "adverbial_openers") or token.lower_.endswith("ly")
    return token.is_punct or adverbial or token.lower_ in words("names", "calendar_words")


def skip_openers(doc: Doc, first: int, last: int) -> int:
    """Pass over a dateline, "However," and "But" before a statement."""
    first = behind_dateline(doc, first, last)
    while first < last and (doc[first].is_space or doc[first].lower_ in words("grammar", "sentence_connectors")):
        first += 1
    return first


def behind_dateline(doc: Doc, first: int, last: int) -> int:
    """Return the token behind "GENEVA, March 3 (Reuters) — "; ``first`` where there is none."""
    if first >= last or not doc[first].is_upper or not doc[first].is_alpha or len(doc[first]) < 3:
        return first
    dashes = (i + 1 for i in range(first + 1, min(first + _REACH, last)) if doc[i].text in {"—", "–", "-", "--"})
    return next((i for i in dashes if doc[i - 2].whitespace_ and doc[i - 1].whitespace_), first)


def statement_behind(reading: Reading, clause: Clause, stop: int, draft: Draft, *, has_before: bool) -> list[Span]:
    """Return the statement that stands behind a cue, up to token ``stop``."""
    doc = reading.doc
    first = clause.source.end if clause.source and clause.source.inverted else clause.cue.end
    if clause.cue.cue.fixed:
        return [] if has_before else _rest(reading.doc, first, stop)
    if clause.cue.cue.takes == "characterisation":
        return [] if has_before else _characterisation(reading, first, stop)
    if has_before and _interrupts(doc, clause, clause.begin - 1):
        return trim(doc, first, stop)
    start = _statement_start(reading, clause, first, stop, draft)
    if start is None:
        return []
    if clause.cue.cue.takes == "quotation" and reading.starting_at(start) is None:
        return []
    quote = reading.starting_at(start)
    if has_before and quote is None and not _completes(doc, clause):
        return []
    if quote is not None and (has_before or quote.end >= doc[stop - 1].idx or _finished(reading.text, quote)):
        return [(quote.start, quote.end)]
    return trim(doc, start, stop)


def _finished(text: str, quote: Quoted) -> bool:
    """Tell whether punctuation inside the mark ends a statement: "said, “Nobody leaves,” and locked the gate"."""
    return text[quote.start : quote.end].rstrip("”\"’'»")[-1:] in {",", ".", "!", "?"}


def _characterisation(reading: Reading, first: int, stop: int) -> list[Span]:
    """Return the thing and the words in quotation marks for it: "called **the offer “an insult”** on Monday"."""
    doc = reading.doc
    opening = next((i for i in range(first, min(first + _REACH, stop)) if reading.starting_at(i)), None)
    quote = reading.starting_at(opening) if opening is not None else None
    return [(doc[first].idx, quote.end)] if quote else []


def _completes(doc: Doc, clause: Clause) -> bool:
    return (
        clause.source is not None
        and not clause.source.inverted
        and clause.cue.end < len(doc)
        and not doc[clause.cue.end].is_punct
    )


def _rest(doc: Doc, first: int, stop: int) -> list[Span]:
    if first < stop and doc[first].text in COMMAS:
        return trim(doc, first + 1, stop)
    return []


def _statement_start(reading: Reading, clause: Clause, first: int, stop: int, draft: Draft) -> int | None:
    """Return the first token of the statement behind a cue, passing over who is addressed and the words between."""
    doc = reading.doc
    if first >= stop:
        return None
    for i in range(first, min(first + 3, stop)):
        if reading.starting_at(i) and all(
            doc[k].text in {",", ":", "that"} or doc[k].is_space for k in range(first, i)
        ):
            return first if doc[first].lower_ == "that" and i == first + 1 else i
    draft.audience, behind = audience_of(doc, clause.cue, first, stop)
    announced = {"that", "how", "if", "whether"} | ({"to"} if draft.audience else set())
    if behind < stop and (doc[behind].lower_ in announced or reading.starting_at(behind)):
        return behind
    if behind < stop and doc[behind].text == "," and reading.starting_at(behind + 1):
        return behind + 1
    for i in range(first, min(first + _REACH, stop)):
        if doc[i].lower_ == "that" and clause.cue.cue.takes == "clause" and not _demonstrative(doc, i):
            return i
        if doc[i].text == ":" and i + 1 < stop:
            return i + 1
        if doc[i].is_punct and doc[i].text not in {",", "'s", "-"}:
            break
    behind = _behind_occasion(doc, clause, behind, stop)
    return behind if behind < stop and _opens_statement(doc, clause, behind) else None


def _behind_occasion(doc: Doc, clause: Clause, i: int, stop: int) -> int:
    """Pass over when and where something is said: "said **on Monday** the text …", "said **in a letter** they …"."""
    if clause.cue.cue.takes != "clause" or clause.cue.cue.force in {"agrees", "thinks"}:
        return i
    if i >= stop or doc[i].lower_ not in words("grammar", "adverbial_openers") | words("names", "calendar_words"):
        return i
    subjects = words("grammar", "subject_pronouns") - {"who"} | {"there"}
    for j in range(i + 1, min(i + _REACH, stop)):
        if doc[j].is_punct and doc[j].text != ",":
            break
        after_day = doc[j - 1].lower_ in words("names", "calendar_words")
        if doc[j].lower_ in subjects or (after_day and _opens_clause(doc, j)):
            return j
    return i


def _opens_clause(doc: Doc, i: int) -> bool:
    opens = words("grammar", "clause_openers") - words("grammar", "adverbial_openers")
    return doc[i].lower_ in opens or bool(doc[i].ent_type_)


def _demonstrative(doc: Doc, i: int) -> bool:
    return i > 0 and doc[i - 1].lower_ in words("grammar", "inner_prepositions") | {"after", "before"}


def _opens_statement(doc: Doc, clause: Clause, i: int) -> bool:
    token = doc[i]
    if token.is_punct or token.is_space:
        return False
    if clause.cue.cue.takes == "object" or len(clause.cue.cue.words) > 1:
        return True
    if token.lower_ in words("names", "calendar_words"):
        return False
    adverbial = token.lower_ in words("grammar", "adverbial_openers")
    if clause.cue.cue.force in {"agrees", "thinks", "warns", "insists", "claims"}:
        return not adverbial or token.lower_ == "to"
    return not adverbial and not token.lower_.endswith("ly")


def labelled(reading: Reading, start: int, end: int) -> Draft | None:
    """Return the statement of a line such as "Lavrov: talks may resume"."""
    doc = reading.doc
    colon = next((i for i in range(start, min(start + _LONGEST_LABEL, end)) if doc[i].text == ":"), None)
    if colon is None or colon == start or doc[colon - 1].ent_type_ not in {"PERSON", "ORG", "GPE"}:
        return None
    if any(doc[i].is_punct and doc[i].ent_iob_ != "I" for i in range(start, colon)):
        return None
    pieces = trim(doc, colon + 1, end)
    cue = CueAt(colon, colon + 1, Cue((":",), None, "clause", participle=False))
    return Draft(pieces, cue, SourceAt(start, colon)) if pieces else None
