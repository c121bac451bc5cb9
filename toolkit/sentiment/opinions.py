"""Sentiment toward actors: who is spoken of how, and by whom.

The words of one voice round a mention (inside a quotation the speaker's, outside it the outlet's) are judged by a small
encoder fine-tuned on news sentences (``toolkit/model/sentiment/CARD.md``); the target's own name is hidden from it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.frames import DECLARED
from toolkit.records import Mention, Opinion, Quotation, Span
from toolkit.sentiment.judgements import judges

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import pandas as pd

    from toolkit.model.sentiment_classifier import TargetSentiment

_BESIDE = 60
"""Mentions to either side of one: more than a judgement reaches over, titles counted."""


def classify(items: Iterable[tuple[str, int, int]]) -> pd.DataFrame:
    """Return the sentiment of texts toward targets in them.

    Parameters
    ----------
    items : iterable of (str, int, int)
        A sentence, and the target's start and end in it; any number.

    Returns
    -------
    pandas.DataFrame
        A row an item, in order: ``polarity`` int64 in {-1, 0, 1}, and the calibrated probabilities ``negative``,
        ``neutral`` and ``positive`` float64, which sum to 1. A row depends on its item alone.

    Raises
    ------
    InputError
        Where offsets are no stretch of their text.

    Examples
    --------
    >>> text = "The union praised Varga."
    >>> classify([(text, 18, 23)]).polarity.tolist()
    [1]
    """
    from toolkit.model.sentiment_classifier import classify as judged

    return DECLARED["classification"].frame([verdict._asdict() for verdict in judged(items)])


def find_opinions(
    text: str, sentences: Sequence[Span], mentions: Sequence[Mention], quotations: Sequence[Quotation]
) -> list[Opinion]:
    """Return one opinion for each sentence, actor mentioned in it, and voice that mentions the actor.

    Parameters
    ----------
    text : str
    sentences : sequence of (int, int)
        In order.
    mentions : sequence of Mention
        In reading order; of several of one actor in one voice of a sentence the first is the target.
    quotations : sequence of Quotation
        With speakers. A mention inside one is held by its speaker, the innermost where they nest; so is who is told:
        "he advised **Kushner** not to …". Speakers who share a statement hold an opinion each. Where a verb beside the
        mention tells a judgement ("the union praised **Varga**"), it is held by the verb's subject.
    """
    ordered = sorted(mentions, key=lambda mention: mention.start)
    starts = [mention.start for mention in ordered]
    found = [
        passage
        for sentence, near in zip(sentences, _near(sentences, quotations), strict=True)
        for passage in _passages(
            text, sentence, ordered[bisect_left(starts, sentence[0]) : bisect_left(starts, sentence[1])], near
        )
    ]
    from toolkit.model.sentiment_classifier import classify as judged

    verdicts = judged([passage.item for passage in found])
    pairs = zip(found, verdicts, strict=True)
    return [opinion for passage, verdict in pairs for opinion in _opinions(passage, verdict)]


@dataclass(frozen=True, slots=True)
class _Passage:
    """The words of one voice round a mention: the text to judge with the mention's place in it, and who holds it."""

    sentence: Span
    mention: Mention
    quotation: Quotation | None
    holders: tuple[str | None, ...]
    evidence: Span
    item: tuple[str, int, int]


def _near(sentences: Sequence[Span], quotations: Sequence[Quotation]) -> list[list[Quotation]]:
    """Return for each sentence the quotations that reach into it, in their order."""
    starts, ends = [start for start, _ in sentences], [end for _, end in sentences]
    near: list[list[Quotation]] = [[] for _ in sentences]
    for quotation in quotations:
        reached = [range(bisect_right(ends, start), bisect_left(starts, end)) for start, end in _spoken(quotation)]
        for number in sorted({number for numbers in reached for number in numbers}):
            near[number].append(quotation)
    return near


def _voice(mention: Mention, quotations: Sequence[Quotation]) -> Quotation | None:
    holding = [q for q in quotations if any(start <= mention.start and mention.end <= end for start, end in _spoken(q))]
    return min(holding, key=lambda quotation: quotation.envelope[1] - quotation.envelope[0], default=None)


def _spoken(quotation: Quotation) -> tuple[Span, ...]:
    """Return the spans in the speaker's voice: the content, and who is told."""
    return (*quotation.spans, quotation.audience_span) if quotation.audience_span else quotation.spans


def _passages(
    text: str, sentence: Span, mentions: Sequence[Mention], quotations: Sequence[Quotation]
) -> Iterator[_Passage]:
    """Give what a sentence says of each actor in each voice, once."""
    inside = [mention for mention in mentions if mention.end <= sentence[1]]
    voices = [_voice(mention, quotations) for mention in inside]
    spoken: dict[int, list[Mention]] = defaultdict(list)
    places = []
    for mention, quotation in zip(inside, voices, strict=True):
        places.append(len(spoken[id(quotation)]))
        spoken[id(quotation)].append(mention)
    seen: set[tuple[str, str | None, tuple[str | None, ...]]] = set()
    for mention, quotation, place in zip(inside, voices, places, strict=True):
        if mention.how == "title":
            continue
        beside = spoken[id(quotation)][max(0, place - _BESIDE) : place + _BESIDE]
        holders = _holders(text, mention, quotation, beside)
        key = (mention.actor, quotation.quotation_id if quotation else None, holders)
        if key not in seen:
            seen.add(key)
            evidence, voiced = _words_of(text, sentence, mention, quotation, quotations)
            item = (voiced, mention.start - evidence[0], mention.end - evidence[0])
            yield _Passage(sentence, mention, quotation, holders, evidence, item)


def _holders(
    text: str, mention: Mention, quotation: Quotation | None, beside: Sequence[Mention]
) -> tuple[str | None, ...]:
    """Return whose opinion it is: who judges by a verb, else who speaks; None is the outlet, or nobody named."""
    told = judges(text, mention, beside)
    return tuple(told) or ((quotation.speaker, *quotation.cospeakers) if quotation else (None,))


def _words_of(
    text: str, sentence: Span, mention: Mention, quotation: Quotation | None, quotations: Sequence[Quotation]
) -> tuple[Span, str]:
    """Return where the words of one voice round a mention stand, and the words."""
    if quotation is None:
        return sentence, _outlets_words(text, sentence, quotations)
    # What the speaker relays of others stays in: the model reads a sentence better whole than with gaps.
    evidence = _stretch(sentence, mention, quotation)
    return evidence, text[slice(*evidence)]


def _opinions(passage: _Passage, verdict: TargetSentiment) -> list[Opinion]:
    return [
        Opinion(
            article_id=passage.mention.article_id,
            start=passage.sentence[0],
            end=passage.sentence[1],
            target=passage.mention.actor,
            target_span=(passage.mention.start, passage.mention.end),
            holder=holder,
            polarity=verdict.polarity,
            score=verdict.score,
            quotation_id=passage.quotation.quotation_id if passage.quotation else None,
            evidence=passage.evidence,
            probability=verdict.probability,
        )
        for holder in passage.holders
    ]


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


def _outlets_words(text: str, sentence: Span, quotations: Sequence[Quotation]) -> str:
    """Return a sentence with the words of every statement in it blanked out, so that no offset moves."""
    start, end = sentence
    words = text[start:end]
    for first, last in (span for quotation in quotations for span in quotation.spans):
        if first < end and last > start:
            begin, stop = max(first, start) - start, min(last, end) - start
            words = words[:begin] + " " * (stop - begin) + words[stop:]
    return words
