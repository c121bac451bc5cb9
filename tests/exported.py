"""A small coverage for the tests of exports: two articles, every frame; and its twin, whose fields are all traps."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import toy

from toolkit.analysis.assembling import coverage_of
from toolkit.articles import Article
from toolkit.frames import DECLARED, counted, in_context
from toolkit.records import Actor, Mention, Opinion, Quotation, Round, TimeExpression

if TYPE_CHECKING:
    from collections.abc import Callable

    from toolkit.coverage import Coverage

# A sign beyond the first plane, line ends of two kinds and an ellipsis between pieces: what moves offsets elsewhere.
FIRST = (
    "Harbour talks 🚢 resume.\r\n\r\nAda Berg told the union on Monday that “the quay stays shut”, and later “for "
    "good”. She praised Kip.\nTalks were held in Lund on 3 March."
)
SECOND = "=SUM(A1) was the motto of the day. Kip said the port would open."


def _span(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def coverage(change: Callable[[str], str] = str) -> Coverage:
    """Return the coverage; ``change`` is put to each field that is not a place in a text."""
    one = Article(
        FIRST,
        title=change("Harbour talks resume"),
        published=dt.date(2031, 3, 4),
        published_basis="given",
        outlet=change("Ferry Post"),
        author=change("Ida Moe"),
        url=change("https://example.org/harbour?a=1&b=2"),
        path=change("news/1.txt"),
    )
    two = Article(SECOND, title=None, outlet=None, path="news/2.txt")
    ada, kip, union = change("Ada Berg"), change("Kip"), change("Dock Union")
    a, b = one.article_id, two.article_id
    quay, good = _span(FIRST, "the quay stays shut"), _span(FIRST, "for good")
    actors = [
        Actor(ada, "person", side=change("Norland"), role=change("minister"), aliases=(ada, change("Berg; A."))),
        Actor(kip, "person", aliases=(kip,)),
        Actor(union, "organisation", aliases=(union,)),
    ]
    mentions = [
        Mention(a, *_span(FIRST, "Ada Berg"), "Ada Berg", ada, "name"),
        Mention(a, *_span(FIRST, "union"), "union", union, "description"),
        Mention(a, *_span(FIRST, "She"), "She", ada, "pronoun"),
        Mention(a, *_span(FIRST, "Kip"), "Kip", kip, "name"),
        Mention(b, *_span(SECOND, "Kip"), "Kip", kip, "name"),
    ]
    quotations = [
        Quotation(
            "q1",
            a,
            (quay, good),
            f"{FIRST[slice(*quay)]} … {FIRST[slice(*good)]}",
            "direct",
            cue="told",
            cue_span=_span(FIRST, "told"),
            cue_force="says",
            source_text="Ada Berg",
            source_span=_span(FIRST, "Ada Berg"),
            speaker=ada,
            speaker_how="name",
            source_kind="named",
            audience="the union",
            audience_span=_span(FIRST, "the union"),
            said=dt.date(2031, 3, 3),
            score=0.9,
        ),
        Quotation(
            "q2",
            b,
            (_span(SECOND, "the port would open"),),
            "the port would open",
            "indirect",
            cue="said",
            cue_span=_span(SECOND, "said"),
            speaker=kip,
            source_kind="named",
            score=0.5,
        ),
    ]
    praise = _span(FIRST, "She praised Kip.")
    sentiment = [
        Opinion(a, *praise, kip, _span(FIRST, "Kip"), ada, 1, 0.8, probability=0.9),
        Opinion(b, 0, len(SECOND), kip, _span(SECOND, "Kip"), None, -1, -0.6, probability=0.7),
        Opinion(b, 0, len(SECOND), kip, _span(SECOND, "Kip"), None, 0, 0.1, quotation_id="q2"),
    ]
    times = [TimeExpression(a, *_span(FIRST, "Monday"), "Monday", "DATE", "2031-03-03", first=dt.date(2031, 3, 3))]
    talks = Round(
        "r1",
        change("Harbour talks"),
        change("talks in Lund"),
        first=dt.date(2031, 3, 3),
        last=dt.date(2031, 3, 3),
        place=change("Lund"),
        parties=(union, change("Norland")),
        leaders=((change("Norland"), ada),),
        evidence=((a, *_span(FIRST, "Talks were held in Lund on 3 March.")), (b, 0, 5)),
    )
    numbers = [toy.Number(a, *_span(FIRST, "3"), "3", 3, ada, (change("on"), "March"), dt.date(1850, 1, 2), 0.1 + 0.2)]
    records = {
        "articles": [one, two],
        "actors": actors,
        "mentions": mentions,
        "quotations": quotations,
        "sentiment": sentiment,
        "times": times,
        "rounds": [talks],
        "left_out": [],
    }
    frames = {name: DECLARED[name].of(rows) for name, rows in records.items()}
    frames["actors"] = counted(frames["actors"], frames["mentions"], frames["quotations"])
    return coverage_of(in_context(frames | {"numbers": toy.NUMBERS.of(numbers)}), {"toolkit": "0"})


HOSTILE = (
    '=HYPERLINK("http://example.org")\x00\x1b]0;x\x07<b>&amp;</b>\r\nTY  - JOUR\u2028_x0041_\'";@\ufffe\ud800 ，'
    + "é" * 300
)


def hostile(text: str) -> str:
    """Return a field with a trap behind it for whatever reads it; still another for each field."""
    return f"{HOSTILE}{text}"
