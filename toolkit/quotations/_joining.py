"""What belongs together: statements inside statements, and quotations that go on without a cue of their own."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from toolkit.quotations._reading import Draft, Reading, token_at, tokens_of
from toolkit.quotations._sources import subject_of_sentence
from toolkit.wordlists import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.quotations._cues import SourceAt
    from toolkit.quotations._marks import Quoted
    from toolkit.records import Span


_MANY_WORDS = 4
_SENTENCE_END = re.compile(r"\n|[a-z][.!?]\s")


def nest(drafts: list[Draft]) -> None:
    """Let a statement whose cue stands inside another's content name that one."""
    for inner in drafts:
        if inner.cue is None or inner.via is not None:
            continue
        place = inner.pieces[0]
        holders = [
            outer
            for outer in drafts
            if outer is not inner
            and any(start <= place[0] and place[1] <= end and (start, end) != place for start, end in outer.pieces)
        ]
        inner.via = min(holders, key=lambda outer: outer.pieces[-1][1] - outer.pieces[0][0], default=None)


def turn_inverted(reading: Reading, drafts: Sequence[Draft], by_rule: Sequence[Draft]) -> None:
    """Correct statements whose source was sought before the cue: "**The crew**, said Reis, **will wait**"."""
    turned = {
        draft.cue.start: draft
        for draft in by_rule
        if draft.cue is not None and _interrupted(draft) and _by_name(reading, draft) and not draft.cue.cue.fixed
    }
    for draft in drafts:
        right = turned.get(draft.cue.start) if draft.cue is not None else None
        if right is not None and draft.source is not None and _mistaken(reading, draft.source, right):
            draft.source, draft.pieces = right.source, right.pieces


def complete_conditional(reading: Reading, drafts: Sequence[Draft], by_rule: Sequence[Draft]) -> None:
    """Give a statement the condition before its cue: "**If the rain stays away**, Keller thinks **they will sign**"."""
    conditional = {draft.cue.start: draft for draft in by_rule if draft.cue and _conditional(reading, draft)}
    for draft in drafts:
        cues = range(draft.cue.start, draft.cue.end) if draft.cue is not None else ()
        whole = next((conditional[i] for i in cues if i in conditional), None)
        if whole is not None and whole.pieces[0][1] < draft.pieces[0][0]:
            draft.pieces.insert(0, whole.pieces[0])


def _conditional(reading: Reading, draft: Draft) -> bool:
    """Tell whether a statement goes on around its cue and source, and opens with a condition."""
    if len(draft.pieces) < 2:
        return False
    opening = tokens_of(reading.doc, draft.pieces[0])
    return opening[0].lower_ in {"if", "unless"} and len(opening) >= _MANY_WORDS


def _mistaken(reading: Reading, source: SourceAt, right: Draft) -> bool:
    """Tell whether a source stands before the cue that its person follows, or runs on over their comma into a verb."""
    if right.source is None or not source.inverted:
        return right.source is not None
    behind = right.source.end + 1
    return behind < source.end and reading.doc[behind].lower_ in words("grammar", "auxiliaries")


def _by_name(reading: Reading, draft: Draft) -> bool:
    """Tell whether the source is a person's name, as in "said Reis" but not in "told me"."""
    return draft.source is not None and reading.doc[draft.source.end - 1].ent_type_ == "PERSON"


def _interrupted(draft: Draft) -> bool:
    """Tell whether a cue and the source behind it stand between two pieces of a statement."""
    return draft.source is not None and draft.source.inverted and len(draft.pieces) > 1


def name_labels(reading: Reading, drafts: Sequence[Draft], by_rule: Sequence[Draft]) -> None:
    """Give a statement behind a colon the label before it as its source: "**Pia Lindgren**: talks may fail"."""
    labels = {draft.pieces[0][0]: draft.source for draft in by_rule if _is_label(reading, draft)}
    for draft in drafts:
        if draft.source is None and _is_label(reading, draft):
            draft.source = labels.get(draft.pieces[0][0])


def _is_label(reading: Reading, draft: Draft) -> bool:
    return draft.cue is not None and reading.doc[draft.cue.start].text == ":"


def add_missed(reading: Reading, drafts: Sequence[Draft], by_rule: Sequence[Draft]) -> list[Draft]:
    """Return the statements found by rule where none was found."""
    return [draft for draft in by_rule if _apart(reading, draft, drafts)]


def _apart(reading: Reading, draft: Draft, drafts: Sequence[Draft]) -> bool:
    """Tell whether a statement touches nothing that was found, and is of a sort that the tagger overlooks.

    Those are words in quotation marks, words behind a name and a colon, what another cue of a subject announces
    (", warning that …"), what someone is told, and sentences that a cue interrupts; other statements that rules
    alone find are as often wrong as right.
    """
    quoted = any(_overlap(piece, quote) for piece in draft.pieces for quote in reading.quoted)
    same_subject = any(_same_source(other, draft) for other in drafts)
    around = _conditional(reading, draft) or (_interrupted(draft) and _by_name(reading, draft))
    told = draft.audience is not None and draft.source is not None
    if not (quoted or _is_label(reading, draft) or draft.inherited or same_subject or told or around):
        return False
    taken = [piece for other in drafts for piece in other.pieces]
    return not any(start < piece[1] and piece[0] < end for start, end in draft.pieces for piece in taken)


def _same_source(found: Draft, missed: Draft) -> bool:
    """Tell whether a found cue shares its subject: "**Keller welcomed** the pause and called for a timetable"."""
    shared = found.source is not None and missed.source is not None and found.source.start == missed.source.start
    return shared and found.cue is not None and missed.cue is not None and missed.cue.end <= found.cue.start


def _overlap(piece: Span, quote: Quoted) -> bool:
    return piece[0] < quote.end and quote.start < piece[1]


def give_back(reading: Reading, drafts: Sequence[Draft]) -> None:
    """Give a quotation that opens a sentence to who spoke the last one: "“We go,” he said when told of it. **“Now.”**".

    A nearer cue ("told") has a content of its own between the two.
    """
    for draft in drafts:
        for piece in draft.pieces[1:]:
            speaking = _speaking(reading, drafts, draft, piece)
            if speaking is not None:
                draft.pieces.remove(piece)
                speaking.pieces.append(piece)


def _speaking(reading: Reading, drafts: Sequence[Draft], draft: Draft, piece: Span) -> Draft | None:
    """Return the statement whose quotation a piece of another one goes on with."""
    if draft.cue is None or not any(quote.start == piece[0] for quote in reading.quoted):
        return None
    own = [other[0] for other in draft.pieces if other[1] <= piece[0]]
    opens = reading.text[max(0, piece[0] - 4) : piece[0]].rstrip(" ").endswith((".", "!", "?"))
    if not own or not opens:
        return None
    start = min(*own, reading.doc[draft.cue.start].idx)
    spoken = (other for other in drafts if other is not draft and _spoken_before(reading, other, start))
    return max(spoken, key=lambda other: other.pieces[-1], default=None)


def _spoken_before(reading: Reading, draft: Draft, position: int) -> bool:
    """Tell whether a statement is a quotation that a comma ends, with its cue behind it, all before a position.

    It must stand in the same paragraph, with no sentence's end between its cue and the position.
    """
    if draft.cue is None:
        return False
    end, cue = draft.pieces[-1][1], reading.doc[draft.cue.start].idx
    between = reading.text[cue:position] if end <= cue < position else "\n"
    quoted = any(quote.end == end for quote in reading.quoted)
    return quoted and reading.text[max(0, end - 4) : end].rstrip("\"”'»’").endswith(",") and not _SENTENCE_END.search(between)


def join_unclaimed(reading: Reading, drafts: list[Draft], places: Sequence[Span]) -> list[Draft]:
    """Give the quoted stretches no cue has claimed to the statement they continue, or keep them without a source."""
    added: list[Draft] = []
    _join_backwards(reading, drafts)
    previous: Quoted | None = None
    for quote in reading.quoted:
        if not _claimed(drafts, quote):
            owner = _continued(reading, drafts + added, previous, quote, places) or _led_to(reading, quote)
            if owner is not None:
                if not owner.pieces:
                    added.append(owner)
                owner.pieces.append((quote.start, quote.end))
            elif _is_statement(reading, quote):
                added.append(Draft([(quote.start, quote.end)]))
        previous = quote
    return added


def _claimed(drafts: list[Draft], quote: Quoted) -> bool:
    return any(_overlap(piece, quote) for draft in drafts for piece in draft.pieces)


def _join_backwards(reading: Reading, drafts: list[Draft]) -> None:
    """Give a paragraph of a quotation to the cue of a later one: "“We came. ¶ “We leave,” she said."."""
    for quote, following in reversed(list(pairwise(reading.quoted))):
        announced = token_at(reading.doc, quote.start) in reading.announced
        if quote.goes_on and not announced and not _claimed(drafts, quote):
            owner = next((draft for draft in drafts if draft.pieces[0][0] == following.start), None)
            if owner is not None:
                owner.pieces.insert(0, (quote.start, quote.end))


def _led_to(reading: Reading, quote: Quoted) -> Draft | None:
    """Return a statement of the sentence's subject where a colon leads to a quotation: "Umerov was blunt: “No.”"."""
    first = reading.doc.char_span(quote.start, quote.start + 1, alignment_mode="expand")
    if first is None or first.start == 0 or reading.doc[first.start - 1].text != ":":
        return None
    source = subject_of_sentence(reading.doc, first.sent.start, first.start - 1)
    return Draft([], None, source) if source else None


def _continued(
    reading: Reading, drafts: list[Draft], previous: Quoted | None, quote: Quoted, places: Sequence[Span]
) -> Draft | None:
    """Return the statement that a quotation goes on with: over paragraphs, or behind a finished "…," she said."""
    announcing = reading.announced.get(token_at(reading.doc, quote.start))
    if announcing is not None and not announcing.pieces:
        return announcing
    if previous is None:
        return None
    owner = next((draft for draft in drafts if draft.pieces[-1][1] == previous.end), None)
    if owner is None:
        return None
    if previous.goes_on or (owner.cue is not None and _alone_behind(reading, quote, previous, places)):
        return owner
    same_paragraph = any(start <= previous.start and quote.end <= end for start, end in places)
    between = reading.text[previous.end : quote.start]
    finished = owner.cue is not None and reading.doc[owner.cue.start].idx >= previous.end
    opens = bool(re.search(r"[.!?]\s*$", between))
    return owner if same_paragraph and finished and opens else None


def _alone_behind(reading: Reading, quote: Quoted, previous: Quoted, places: Sequence[Span]) -> bool:
    """Tell whether a quotation is a paragraph of its own, right behind the one with another: "“We go,” he said. ¶ “Now.”"."""
    for place, following in pairwise(places):
        if following[0] <= quote.start < following[1]:
            own = reading.text[slice(*following)].strip() == reading.text[quote.start : quote.end]
            return own and place[0] <= previous.start < place[1]
    return False


def _is_statement(reading: Reading, quote: Quoted) -> bool:
    """Tell a statement from words in scare quotes or a title: many words, or a sentence's end inside the marks."""
    inner = reading.text[quote.start : quote.end].strip("\"“”«»‘’„`' ")
    return len(inner.split()) > _MANY_WORDS or (inner[-1:] in {".", "!", "?", ","} and len(inner.split()) > 1)
