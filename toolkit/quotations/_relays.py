"""Who relays whom: statements that hold found ones, that go on behind "and", or for which a source is cited."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from toolkit.lexicon.cues import Cue, forms
from toolkit.lexicon.wordlists import words
from toolkit.quotations._audience import audience_of
from toolkit.quotations._cues import CueAt, SourceAt, dictionary_forms
from toolkit.quotations._reading import Draft, Places, Reading, tokens_of, trim
from toolkit.quotations._sources import source_right, speaking_nouns

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from spacy.tokens import Doc, Token

_CONNECTORS = frozenset(["and", "but", "or"])


def part_relayed(reading: Reading, drafts: Sequence[Draft], by_rule: Sequence[Draft]) -> None:
    """Give a statement its own cue where it was given that of one inside it: "**told him** the broker believed"."""
    taken = {draft.cue.start for draft in drafts if draft.cue}
    ruled, telling = defaultdict(list), defaultdict(list)
    for rule in by_rule:
        if rule.cue is not None and rule.source is not None:
            ruled[rule.cue.start].append(rule)
            telling[rule.source.start].append(rule)
    for draft in drafts:
        cues = range(draft.cue.start, draft.cue.end) if draft.cue is not None else ()
        inner = next((rule for i in cues for rule in ruled[i] if _behind(rule, draft)), None)
        if inner is None or draft.source is None or inner.source is None:
            continue
        for teller in telling[draft.source.start]:
            assert teller.cue is not None
            if teller.cue.start not in taken and draft.source.end <= teller.cue.start < inner.source.start:
                draft.cue, draft.audience = teller.cue, teller.audience
                draft.pieces = [(reading.doc[inner.source.start].idx, draft.pieces[-1][1])]
                break


def _behind(rule: Draft, draft: Draft) -> bool:
    """Tell whether a rule gives a cue a later source, before the cue."""
    if rule.source is None or draft.source is None or rule.cue is None or rule.inherited:
        return False
    return draft.source.end <= rule.source.start < rule.cue.start


def part_others(reading: Reading, drafts: Sequence[Draft], by_rule: Sequence[Draft]) -> list[Draft]:
    """Return what another says, cut off a statement: "said the vote was final, **and Brandt said he was sorry**"."""
    found, places = [], Places(drafts)
    for further in by_rule:
        if further.source is None or further.cue is None or not _named_behind_and(reading, further):
            continue
        stop = further.source.start - 2
        for outer in _reaching(places, further, reading.doc[stop].idx):
            start, end = outer.pieces[-1]
            inside = start < reading.doc[stop].idx and further.pieces[-1][1] <= end + 1
            if inside and outer.cue is not None and outer.cue.end <= stop and stop not in reading.inside:
                outer.pieces[-1:] = trim(reading.doc, tokens_of(reading.doc, (start, end)).start, stop)
                further.source = _with_apposition(reading.doc, further.source, further.cue)
                found.append(further)
                break
    return found


def _reaching(places: Places, further: Draft, position: int) -> list[Draft]:
    """Return the statements that may begin before a position and hold all of a further one."""
    return places.touching(min(further.pieces[-1][1] - 2, position - 1), position)


def _with_apposition(doc: Doc, source: SourceAt, cue: CueAt) -> SourceAt:
    """Return a source with what stands between commas up to its cue: "Brandt**, the labour minister,** said"."""
    between = source.end + 1 < cue.start and doc[source.end].text == doc[cue.start - 1].text == ","
    return SourceAt(source.start, cue.start - 1) if between else source


def _named_behind_and(reading: Reading, draft: Draft) -> bool:
    """Tell whether a person whose statement it is stands behind ", and", and speaks: no thought of a third."""
    assert draft.source is not None
    assert draft.cue is not None
    doc, first = reading.doc, draft.source.start
    behind = first > 1 and doc[first - 1].lower_ in _CONNECTORS and doc[first - 2].text == ","
    speaks = draft.cue.cue.force == "says" and draft.cue.start > first and not draft.inherited
    return behind and speaks and doc[first].ent_type_ == "PERSON"


def holding(reading: Reading, drafts: Sequence[Draft], by_rule: Sequence[Draft]) -> list[Draft]:
    """Return the statements found by rule that hold found ones, cue and all: "He claimed that **she said …**"."""
    places, taken = Places(drafts), {draft.cue.start for draft in drafts if draft.cue}
    return [draft for draft in by_rule if _holds_one(reading, draft, places, taken)]


def _holds_one(reading: Reading, outer: Draft, places: Places, taken: AbstractSet[int]) -> bool:
    if outer.cue is None or outer.inherited or outer.cue.cue.takes != "clause" or len(outer.pieces) != 1:
        return False
    start, end = outer.pieces[0]
    if not reading.text.startswith("that ", start) or not _is_spoken(reading.doc, outer):
        return False
    touching = places.touching(start, end)
    return (
        bool(touching)
        and outer.cue.start not in taken
        and all(_within(reading, draft, start, end) for draft in touching)
    )


def _is_spoken(doc: Doc, draft: Draft) -> bool:
    """Tell whether a cue is surely a verb: a past, or the present of a name or pronoun ("reasons that" is none)."""
    assert draft.cue is not None
    subject = doc[draft.source.end - 1] if draft.source else None
    if subject is not None and (subject.ent_type_ or subject.lower_ in words("grammar", "subject_pronouns")):
        return True
    return not draft.cue.cue.words[0].endswith("s") and draft.cue.cue.words[0] not in dictionary_forms()


def _within(reading: Reading, draft: Draft, start: int, end: int) -> bool:
    """Tell whether a statement stands with its source and cue in a stretch of text."""
    marks = [part.start for part in (draft.cue, draft.source) if part is not None]
    inside = all(start <= reading.doc[mark].idx < end for mark in marks)
    return bool(marks) and inside and start <= draft.pieces[0][0] and draft.pieces[-1][1] <= end + 1


def continue_inner(reading: Reading, drafts: list[Draft], inner: Sequence[Draft]) -> None:
    """Let a statement behind "and" go on with an inner one where its own source is its object.

    In "Keller said the owners told her the ship was lost and advised **her** to wait" it is the owners who advised.
    """
    spoken = defaultdict(list)
    for draft in drafts:
        spoken[draft.source].append(draft)
    by_cue = sorted((made.cue.start, number) for number, made in enumerate(inner) if made.cue and made.source)
    for draft in drafts:
        outer = _before(reading, draft, spoken[draft.source])
        if outer is None or not _object_follows(reading, draft):
            continue
        first, stop = (bisect_left(reading.doc, position, key=lambda token: token.idx) for position in outer.pieces[-1])
        held = by_cue[bisect_left(by_cue, (first,)) : bisect_left(by_cue, (stop,))]
        if held:
            _inherit(reading, draft, inner[min(number for _, number in held)])
            spoken[draft.source].append(draft)
            outer.pieces[-1] = (outer.pieces[-1][0], max(outer.pieces[-1][1], draft.pieces[-1][1]))


def _inherit(reading: Reading, draft: Draft, last: Draft) -> None:
    assert draft.cue is not None
    draft.source, draft.inherited = last.source, True
    draft.audience, behind = audience_of(reading.doc, draft.cue, draft.cue.end, draft.cue.end + 2)
    start, end = draft.pieces[0]
    if draft.audience is not None and start <= draft.audience[0] and reading.doc[behind].lower_ == "to":
        draft.pieces[0] = (reading.doc[behind].idx, end)


def complete_fronted(reading: Reading, drafts: Sequence[Draft]) -> None:
    """Let "He claimed that in the second round, | managers promised …" hold what its opening phrase leads to."""
    for outer, following in pairwise(sorted(drafts, key=lambda draft: draft.pieces[0])):
        start, end = outer.pieces[-1]
        if following.source is None or outer.cue is None:
            continue
        tokens = tokens_of(reading.doc, (start, end))
        adverbial = words("grammar", "place_prepositions") | words("grammar", "adverbial_openers")
        fronted = tokens[0].lower_ == "that" and tokens[1:2].text.lower() in adverbial
        begins = reading.doc[following.source.start]
        if fronted and begins.sent == tokens.sent and reading.text[end : begins.idx].strip() == ",":
            outer.pieces[-1] = (start, following.pieces[-1][1])


def _before(reading: Reading, draft: Draft, spoken: Sequence[Draft]) -> Draft | None:
    """Return the statement of the same source whose words end before the "and" in front of a cue."""
    if draft.cue is None or draft.source is None or draft.cue.start < 1:
        return None
    joint = reading.doc[draft.cue.start - 1]
    same = (other for other in spoken if other is not draft and other.source == draft.source)
    if joint.lower_ not in _CONNECTORS:
        return None
    return next((other for other in same if 0 <= joint.idx - other.pieces[-1][1] <= 1), None)


def _object_follows(reading: Reading, draft: Draft) -> bool:
    """Tell whether a pronoun that cannot be the subject follows a cue: "advised **him** to …"."""
    assert draft.cue is not None
    following = reading.doc[draft.cue.end].lower_ if draft.cue.end < len(reading.doc) else ""
    return following in words("grammar", "object_pronouns") or following == "her"


def part_coordinated(reading: Reading, drafts: Sequence[Draft], by_rule: Sequence[Draft]) -> list[Draft]:
    """Return what a source says further, cut off what it said first: "said the text was ready | but warned it …"."""
    found, places = [], Places(drafts)
    for further in by_rule:
        if not further.inherited or further.cue is None or further.source is None:
            continue
        cue = reading.doc[further.cue.start].idx
        for outer in _reaching(places, further, cue):
            start, end = outer.pieces[-1]
            same = outer.source is not None and outer.source.start == further.source.start
            inside = same and start < cue < end and further.pieces[-1][1] <= end + 1
            if inside and _is_further_statement(reading, outer, further):
                stop = _connector(reading, further.cue.start)
                outer.pieces[-1:] = trim(reading.doc, tokens_of(reading.doc, (start, end)).start, stop)
                further.source = outer.source
                found.append(further)
                break
    return found


def _is_further_statement(reading: Reading, outer: Draft, further: Draft) -> bool:
    """Tell whether a later cue has its own statement, rather than being what the first statement tells of.

    "She said they found him and told him to go" may be one statement; ", adding that …" and "but warned that …" are.
    """
    assert outer.cue is not None
    assert further.cue is not None
    doc, cue = reading.doc, further.cue.cue
    joint = doc[_connector(reading, further.cue.start)].lower_ if not cue.participle else ","
    opening = tokens_of(doc, further.pieces[0])[0]
    announced = opening.lower_ == "that" or reading.starting_at(opening.i) is not None
    if cue.participle:
        return announced and doc[further.cue.start - 1].text == ","
    clause = announced or opening.lower_ in words("grammar", "subject_pronouns")
    if joint == "but":
        return clause and cue.force != "thinks"
    return joint == "and" and (cue == outer.cue.cue or (clause and cue.words[0] in forms("say")))


def _connector(reading: Reading, i: int) -> int:
    while i > 0 and (
        reading.doc[i - 1].lower_ in words("grammar", "auxiliaries") or reading.doc[i - 1].lower_ in _CONNECTORS
    ):
        i -= 1
    return i


def cited(reading: Reading, drafts: list[Draft]) -> list[Draft]:
    """Return what a relayed source is cited for: "The Herald, **citing a letter**, said …"; a bare "citing" goes."""
    found, dropped = [], set()
    by_cue = sorted((draft.cue.start, number) for number, draft in enumerate(drafts) if draft.cue)
    for token in reading.doc:
        if token.lower_ != "citing" or token.i in reading.inside:
            continue
        cue = CueAt(token.i, token.i + 1, Cue(("citing",), "says", "clause", participle=True))
        source = source_right(reading.doc, cue, token.sent.end)
        beside = by_cue[slice(*(bisect_left(by_cue, (edge,)) for edge in (token.sent.start, token.sent.end)))]
        near = [number for _, number in beside if number not in dropped]
        outer = _told_beside(drafts, near, token)
        if source is not None and outer is not None and _speaks(reading.doc, source):
            dropped |= {number for number in near if _covers(drafts[number].cue, token)}
            found.append(Draft(list(outer.pieces), cue, source, via=outer))
    drafts[:] = [draft for number, draft in enumerate(drafts) if number not in dropped]
    return found


def _told_beside(drafts: Sequence[Draft], near: Sequence[int], citing: Token) -> Draft | None:
    """Return the nearest of some statements to "citing", outside whose words it stands."""
    free = [
        (abs(cue.start - citing.i), number)
        for number in near
        if (cue := drafts[number].cue) is not None and not _covers(cue, citing)
        if not any(start <= citing.idx < end for start, end in drafts[number].pieces)
    ]
    return drafts[min(free)[1]] if free else None


def _covers(cue: CueAt | None, token: Token) -> bool:
    return cue is not None and cue.start <= token.i < cue.end


def _speaks(doc: Doc, source: SourceAt) -> bool:
    """Tell whether what is cited can say something: people, bodies and documents, rather than a reason."""
    head = takewhile(
        lambda token: token.lower_ not in words("grammar", "inner_prepositions"), doc[source.start : source.end]
    )
    return any(token.ent_type_ in {"PERSON", "ORG", "GPE"} or token.lower_ in speaking_nouns() for token in head)
