"""The same text in several outlets: counted once, kept with all of them.

Outlets print what an agency sends them, cut at the end or with a line of their own. So texts are compared by their
sentences, and by what stands in quotation marks, which survives where a sentence is rewritten: what two articles share
of the shorter one's words decides. Of those that are one the longest is kept, in the place of the first.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from toolkit.articles._outcomes import Found, LeftOut, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from toolkit.articles._article import Article

SHARED = 0.7
"""From this part of the shorter text on two articles are one."""
WORDS = 25
"""Below this only a text that is wholly the same counts as one."""
_UNIT_WORDS = 5
_COMMON = 200
"""A sentence in more articles than that is a turn of phrase, or stands under every page of a site."""
_SENTENCE = re.compile(r"(?<=[.!?])[\"”’]?\s+|\n+")
_QUOTED = re.compile(r"[“\"]([^”\"“]{20,600})[”\"]")
_WORD = re.compile(r"\w+")


class _Print(NamedTuple):
    """What a text is told by: its words in all, and the words of each sentence and quotation."""

    whole: int
    units: Mapping[int, int]
    size: int


def gathered(found: Iterable[Outcome]) -> Iterator[Outcome]:
    """Yield each text once, with the outlets of all that printed it, and a report of each other printing.

    Parameters
    ----------
    found
        Articles as they were read, and reports, which pass through.
    """
    everything = list(found)
    articles = {place: each for place, each in enumerate(everything) if isinstance(each, Found)}
    kept_for, shares = _groups({place: _print_of(each.article) for place, each in articles.items()})
    members = defaultdict(list)
    for place in articles:
        members[kept_for[place]].append(place)
    for place, each in enumerate(everything):
        if not isinstance(each, Found):
            yield each
            continue
        kept = kept_for[place]
        first = members[kept][0]
        if place == first:
            yield Found(articles[kept].source, _with_outlets(articles[kept].article, members[kept], articles))
        if place != kept:
            yield _left_out(each, articles[kept], shares[place])


def _left_out(each: Found, kept: Found, share: float) -> LeftOut:
    if each.article.text == kept.article.text or share == 1:
        return LeftOut(each.source, f"same text as {kept.source}; kept once")
    return LeftOut(each.source, f"nearly the same text as {kept.source} (it shares {share:.0%} of it); kept once")


def _with_outlets(article: Article, members: Iterable[int], articles: Mapping[int, Found]) -> Article:
    outlets = dict.fromkeys(
        outlet
        for place in members
        for outlet in (articles[place].article.outlet, *articles[place].article.reprints)
        if outlet and outlet != article.outlet
    )
    return article if tuple(outlets) == article.reprints else replace(article, reprints=tuple(outlets))


def _print_of(article: Article) -> _Print:
    words = _WORD.findall(article.body_text.casefold())
    units: Counter[int] = Counter()
    for unit in (*_SENTENCE.split(article.body_text), *_QUOTED.findall(article.body_text)):
        told = _WORD.findall(unit.casefold())
        if len(told) >= _UNIT_WORDS:
            units[hash(tuple(told))] = len(told)
    whole = tuple(words) if len(words) >= WORDS else article.body_text
    return _Print(hash(whole), units, len(words))


def _groups(prints: Mapping[int, _Print]) -> tuple[dict[int, int], dict[int, float]]:
    """Return for each article the one that is kept for it, and what part of it the two share."""
    kept_for: dict[int, int] = {}
    shares: dict[int, float] = {}
    by_whole: dict[int, int] = {}
    by_unit: dict[int, list[int]] = defaultdict(list)
    # The longest first: each that is kept can hold all that comes after it.
    for place in sorted(prints, key=lambda place: (-prints[place].size, place)):
        each = prints[place]
        kept, share = by_whole.get(each.whole), 1.0
        if kept is None:
            kept, share = _nearest(each, by_unit)
        if kept is None:
            kept = place
            by_whole[each.whole] = place
            for unit in each.units:
                if len(by_unit[unit]) <= _COMMON:
                    by_unit[unit].append(place)
        kept_for[place], shares[place] = kept, share
    return kept_for, shares


def _nearest(each: _Print, by_unit: Mapping[int, list[int]]) -> tuple[int | None, float]:
    """Return the kept article that shares most with another, where that is enough to be one."""
    size = sum(each.units.values())
    if size < WORDS:
        return None, 1.0
    shared: Counter[int] = Counter()
    for unit, words in each.units.items():
        places = by_unit.get(unit, ())
        if len(places) <= _COMMON:
            for place in places:
                shared[place] += words
    if not shared:
        return None, 1.0
    place, words = min(shared.items(), key=lambda item: (-item[1], item[0]))
    return (place, words / size) if words >= SHARED * size else (None, 1.0)
