"""Sentiment toward actors: who is spoken of how, and by whom.

The tone of the words round a mention is read from VADER's lexicon (Hutto and Gilbert 2014), within one voice: inside a
quotation the speaker's, outside it the outlet's.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from toolkit.records import Mention, Opinion, Quotation, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

Verdict = tuple[Literal[-1, 0, 1], float]

_WORD = re.compile(r"\S+")
WINDOW = 12
"""Words to each side of a mention that count; best of 4 to 16 and the sentence on NewsMTSC's training part."""
THRESHOLD = 0.1
"""Scores nearer to zero than this are neutral; chosen with the window, by macro F1 (53.2 there)."""


def tone(text: str, start: int, end: int) -> float:
    """Return the tone of the words round ``text[start:end]``, from -1 (negative) to 1 (positive).

    The mention's own words do not count, so that a name never carries a tone of its own.

    Parameters
    ----------
    text : str
        A sentence, or the part of it in one voice.
    start, end : int
        The mention inside it.
    """
    before = list(_WORD.finditer(text, 0, start))[-WINDOW:]
    behind = list(_WORD.finditer(text, end))[:WINDOW]
    first = before[0].start() if before else start
    last = behind[-1].end() if behind else end
    masked = f"{text[first:start]} it {text[end:last]}"
    return float(_analyzer().polarity_scores(masked)["compound"])


def judge(items: Sequence[tuple[str, int, int]]) -> list[Verdict]:
    """Return polarity and score toward each target.

    Parameters
    ----------
    items : sequence of (str, int, int)
        A text and the mention's place in it.
    """
    scores = [tone(*item) for item in items]
    return [(polarity(score), score) for score in scores]


def polarity(score: float) -> Literal[-1, 0, 1]:
    """Return -1, 0 or 1 for a score, with :data:`THRESHOLD` round zero as neutral."""
    if abs(score) < THRESHOLD:
        return 0
    return 1 if score > 0 else -1


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
        "he advised **Kushner** not to …". Speakers who share a statement hold an opinion each.
    """
    found: list[tuple[_Passage, Mention]] = []
    ordered = sorted(mentions, key=lambda mention: mention.start)
    starts = [mention.start for mention in ordered]
    for sentence, near in zip(sentences, _near(sentences, quotations), strict=True):
        seen: set[tuple[str, str | None]] = set()
        for mention in ordered[bisect_left(starts, sentence[0]) : bisect_left(starts, sentence[1])]:
            if mention.end > sentence[1] or mention.how == "title":
                continue
            quotation = _voice(mention, near)
            key = (mention.actor, quotation.quotation_id if quotation else None)
            if key not in seen:
                seen.add(key)
                found.append((_passage(text, sentence, mention, quotation, near), mention))
    verdicts = judge([passage.item for passage, _ in found])
    pairs = zip(found, verdicts, strict=True)
    return [opinion for (passage, mention), verdict in pairs for opinion in _opinions(passage, mention, verdict)]


@dataclass(frozen=True, slots=True)
class _Passage:
    """The words of one voice round a mention: the text to judge with the mention's place in it."""

    sentence: Span
    quotation: Quotation | None
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


def _passage(
    text: str, sentence: Span, mention: Mention, quotation: Quotation | None, quotations: Sequence[Quotation]
) -> _Passage:
    start, end = _stretch(sentence, mention, quotation)
    voiced = _without_others(text, (start, end), mention, quotations)
    return _Passage(sentence, quotation, (voiced, mention.start - start, mention.end - start))


def _opinions(passage: _Passage, mention: Mention, verdict: Verdict) -> list[Opinion]:
    quotation = passage.quotation
    holders = (quotation.speaker, *quotation.cospeakers) if quotation else (None,)
    return [
        Opinion(
            article_id=mention.article_id,
            start=passage.sentence[0],
            end=passage.sentence[1],
            target=mention.actor,
            target_span=(mention.start, mention.end),
            holder=holder,
            polarity=verdict[0],
            score=verdict[1],
            quotation_id=quotation.quotation_id if quotation else None,
        )
        for holder in holders
    ]


def _stretch(sentence: Span, mention: Mention, quotation: Quotation | None) -> Span:
    """Return the part of the sentence in the mention's voice, with the cue before it: "**accused** Lukashenko of …"."""
    if quotation is None:
        return sentence
    told = quotation.audience_span
    if told and told[0] <= mention.start and mention.end <= told[1]:
        reached = [end for start, end in quotation.spans if start >= told[1] and end <= sentence[1]]
        return (quotation.cue_span or told)[0], max([told[1], *reached])
    piece = next(span for span in quotation.spans if span[0] <= mention.start and mention.end <= span[1])
    start, end = max(piece[0], sentence[0]), min(piece[1], sentence[1])
    cue = quotation.cue_span
    if cue and sentence[0] <= cue[0] and cue[1] <= start:
        start = cue[0]
    return start, end


def _without_others(text: str, stretch: Span, mention: Mention, quotations: Sequence[Quotation]) -> str:
    """Return a stretch with the words of every statement in another voice blanked out."""
    start, end = stretch
    voiced = text[start:end]
    others = [q for q in quotations if not any(s <= mention.start and mention.end <= e for s, e in _spoken(q))]
    for first, last in (span for quotation in others for span in quotation.spans):
        if first < end and last > start:
            begin, stop = max(first, start) - start, min(last, end) - start
            voiced = voiced[:begin] + " " * (stop - begin) + voiced[stop:]
    return voiced


@cache
def _analyzer() -> Any:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    return SentimentIntensityAnalyzer()
