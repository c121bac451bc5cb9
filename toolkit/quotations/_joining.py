"""What rules add to the statements that the tagger finds, and which statements stand inside others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.lexicon.wordlists import words
from toolkit.quotations._reading import MANY_WORDS, Draft, Places, Reading, tokens_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.quotations._cues import SourceAt


def nest(drafts: list[Draft]) -> None:
    """Let a statement whose cue stands inside another's content name that one."""
    places = Places(drafts)
    for inner in drafts:
        if inner.cue is None or inner.via is not None:
            continue
        place = inner.pieces[0]
        holders = [
            outer
            for outer in places.touching(*place)
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
    return opening[0].lower_ in {"if", "unless"} and len(opening) >= MANY_WORDS


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
    places, last = Places(drafts), _last_cues(drafts)
    return [draft for draft in by_rule if _apart(reading, draft, last) and not _touched(draft, places)]


def _touched(draft: Draft, places: Places) -> bool:
    return any(places.touching(*piece) for piece in draft.pieces)


def _apart(reading: Reading, draft: Draft, last: dict[int, int]) -> bool:
    """Tell whether a statement is of a sort that the tagger overlooks.

    Those are words in quotation marks, words behind a name and a colon, what another cue of a subject announces
    (", warning that …"), what someone is told, and sentences that a cue interrupts; other statements that rules
    alone find are as often wrong as right.
    """
    quoted = any(reading.touching(*piece) for piece in draft.pieces)
    same_subject = _shares_subject(draft, last)
    around = _conditional(reading, draft) or (_interrupted(draft) and _by_name(reading, draft))
    told = draft.audience is not None and draft.source is not None
    return quoted or _is_label(reading, draft) or draft.inherited or same_subject or told or around


def _last_cues(drafts: Sequence[Draft]) -> dict[int, int]:
    """Return where the last cue of each source stands, by where the source begins."""
    cues = sorted((draft.cue.start, draft.source.start) for draft in drafts if draft.cue and draft.source)
    return {source: cue for cue, source in cues}


def _shares_subject(missed: Draft, last: dict[int, int]) -> bool:
    """Tell whether a found cue shares its subject: "**Keller welcomed** the pause and called for a timetable"."""
    if missed.source is None or missed.cue is None:
        return False
    return missed.cue.end <= last.get(missed.source.start, -1)
