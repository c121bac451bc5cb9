"""Opinions: who judges whom in an article's account, in which sentence and by which words.

Rules find the pairs of a sentence that may judge (:mod:`toolkit.sentiment.candidates`); a small encoder reads the
sentence once and says of each whether the holder judges the target, and how (``toolkit/model/opinions/CARD.md``).
What befalls a target, what it is asked or ought to do, and what it does is no judgement.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from toolkit.model.pair_reader import judge
from toolkit.records import Opinion
from toolkit.sentiment.candidates import candidates, question
from toolkit.speakers import add_further

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spacy.tokens import Doc

    from toolkit.actors import Cast
    from toolkit.model.pair_reader import Judgement
    from toolkit.records import Mention, Quotation, Span
    from toolkit.sentiment.candidates import Candidate


def find_opinions(
    text: str,
    sentences: Sequence[Span],
    mentions: Sequence[Mention],
    quotations: Sequence[Quotation],
    *,
    further: Sequence[Mention] = (),
    doc: Doc | None = None,
) -> list[Opinion]:
    """Return who judges whom, and who is spoken of without being judged.

    Parameters
    ----------
    text : str
    sentences : sequence of (int, int)
        In order.
    mentions : sequence of Mention
        In reading order; of several of one actor in one voice of a sentence the first is the target.
    quotations : sequence of Quotation
        With speakers. A mention inside one is spoken of by its speaker, the innermost where they nest; so is who is
        told: "he advised **Kushner** not to …". Speakers who share a statement hold an opinion each.
    further : sequence of Mention
        Places of groups, bodies and pronouns that count only where they judge or are judged.
    doc : Doc, optional
        The article with its trees, which tell the model who acts on whom; without it opinions are found less well.

    Returns
    -------
    list of Opinion
        A row with a polarity for each judgement: of the speaker, of somebody mentioned ("the union praised **Varga**")
        or of the outlet. For an actor whom a voice mentions and nobody judges there, a row of that voice with polarity
        0.
    """
    merged = sorted([*mentions, *further], key=lambda mention: (mention.start, -mention.end))
    known = {mention.actor for mention in mentions}
    found = list(candidates(sentences, merged, quotations))
    asked = [question(text, sentence, inside, pairs, doc) for sentence, inside, pairs in found]
    return [
        _opinion(pair, verdict)
        for (_, _, pairs), verdicts in zip(found, judge(asked), strict=True)
        for pair, verdict in _told(list(zip(pairs, verdicts, strict=True)), known)
    ]


def add_judged(cast: Cast, opinions: Iterable[Opinion], further: Iterable[Mention]) -> None:
    """Add those to a cast, with their mentions, who are in it for an opinion alone: "the **strikers** blame Varga".

    Parameters
    ----------
    cast : Cast
        Changed in place.
    opinions : iterable of Opinion
    further : iterable of Mention
        Those that the opinions were found with.
    """
    told = [opinion for opinion in opinions if opinion.polarity]
    pairs = {(opinion.start, name) for opinion in told for name in (opinion.holder, opinion.target)}
    ends = {opinion.start: opinion.end for opinion in told}
    starts = sorted(ends)

    def is_told_of(mention: Mention) -> bool:
        number = bisect_right(starts, mention.start) - 1
        start = starts[number] if number >= 0 else mention.start
        return mention.end <= ends.get(start, 0) and (start, mention.actor) in pairs

    add_further(cast, filter(is_told_of, further))


def _told(judged: Sequence[tuple[Candidate, Judgement]], known: set[str]) -> Iterator[tuple[Candidate, Judgement]]:
    """Give the pairs of a sentence that are told of: judgements, and whom a voice mentions without one."""
    targets = {pair.target for pair, verdict in judged if verdict.polarity and not pair.is_voice}
    for pair, verdict in judged:
        if verdict.polarity or (pair.is_voice and pair.target in known and pair.target not in targets):
            yield pair, verdict


def _opinion(pair: Candidate, verdict: Judgement) -> Opinion:
    first, quotation = pair.of[0], pair.quotation
    return Opinion(
        article_id=first.article_id,
        start=pair.sentence[0],
        end=pair.sentence[1],
        target=pair.target,
        target_span=(first.start, first.end),
        holder=pair.holder,
        polarity=verdict.polarity,
        score=verdict.score,
        quotation_id=quotation.quotation_id if quotation else None,
        evidence=_stretch(pair.sentence, first, quotation) if quotation and pair.speaks else pair.sentence,
        probability=verdict.probability,
    )


def _stretch(sentence: Span, mention: Mention, quotation: Quotation) -> Span:
    """Return the part of the sentence in the speaker's voice, with the cue before it: "**accused** Lukashenko of …"."""
    told = quotation.audience_span
    if told and told[0] <= mention.start and mention.end <= told[1]:
        reached = [(start, end) for start, end in quotation.spans if start >= told[1] and end <= sentence[1]]
        held = [told, quotation.cue_span or told, *reached]
        return min(start for start, _ in held), max(end for _, end in held)
    piece = next(span for span in quotation.spans if span[0] <= mention.start and mention.end <= span[1])
    start, end = max(piece[0], sentence[0]), min(piece[1], sentence[1])
    cue = quotation.cue_span
    if cue and sentence[0] <= cue[0] and cue[1] <= start:
        start = cue[0]
    return start, end
