"""What others find in the same articles, and how fast, each in a process of its own."""

from __future__ import annotations

import datetime as dt
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from _measuring import alone, articles_of, words_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from spacy.language import Language

    from toolkit.articles import Article

    Work = Callable[[Sequence[Article]], str]

LEAST = 0.05
"""Of a score that is taken for an opinion."""
WARMING = "Ada Lund said on Monday that the talks in Bergen had failed."


def main(folder: Path, count: int) -> None:
    """Measure on so many articles, and print."""
    print(f"{'':46}{'words/s':>9}{'MB':>6}  found")
    for name, (package, _) in SYSTEMS.items():
        if package and not find_spec(package):
            print(f"{name:46}{'-':>9}{'-':>6}  not installed: pip install {package}")
            continue
        cost = alone(measured, name, folder, count)
        words, found = cost.value
        print(f"{name:46}{words / cost.cpu:9,.0f}{cost.peak:6,.0f}  {found}", flush=True)


def measured(name: str, folder: Path, count: int) -> Iterator[tuple[int, str] | None]:
    """Yield when a system is ready, then the number of words and what it found in them."""
    from toolkit.articles import Article

    articles = articles_of(folder, count)
    work = SYSTEMS[name][1]
    work([Article(WARMING, published=dt.date(2030, 1, 7))])
    if name.endswith("by sentence"):
        for article in articles:
            _sentences(article)
    yield None
    yield words_in(articles), work(articles)


def _all(articles: Sequence[Article]) -> str:
    import toolkit as tk

    found = tk.analyze(articles, executor=1, progress=False)
    return ", ".join(f"{len(found[name]):,} {name}" for name in ("quotations", "sentiment", "times", "rounds"))


def _parses(articles: Sequence[Article]) -> str:
    import toolkit as tk

    nlp = tk.load()
    found = [nlp(article.text) for article in articles]
    return f"{sum(len(list(doc.sents)) for doc in found):,} sentences, {sum(len(doc.ents) for doc in found):,} names"


def _textacy(articles: Sequence[Article]) -> str:
    from textacy.extract import direct_quotations

    import toolkit as tk

    nlp = tk.load()
    return f"{sum(_counted(direct_quotations(nlp(article.text))) for article in articles):,} quotations"


def _counted(found: Iterator[object]) -> int:
    # It gives up on a text whose quotation marks are no pairs.
    count = 0
    try:
        for _ in found:
            count += 1
    except ValueError:
        pass
    return count


def _times(articles: Sequence[Article]) -> str:
    from toolkit.times import find_times

    return f"{sum(len(find_times(each.text, published=each.published)) for each in articles):,} times"


def _dateparser(articles: Sequence[Article]) -> str:
    from dateparser.search import search_dates

    found = (search_dates(one, languages=["en"]) or () for each in articles for one in _sentences(each))
    return f"{sum(map(len, found)):,} times"


def _vader(articles: Sequence[Article]) -> str:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    judge = _once(SentimentIntensityAnalyzer)
    return _judged(judge.polarity_scores(one)["compound"] for each in articles for one in _sentences(each))


def _textblob(articles: Sequence[Article]) -> str:
    from textblob import TextBlob

    return _judged(TextBlob(one).polarity for each in articles for one in _sentences(each))


def _judged(scores: Iterable[float]) -> str:
    signs = [abs(score) >= LEAST for score in scores]
    return f"{sum(signs):,} of {len(signs):,} sentences not neutral"


def _sentencizer(articles: Sequence[Article]) -> str:
    return f"{sum(len(_sentences(article)) for article in articles):,} sentences"


@cache
def _sentences(article: Article) -> list[str]:
    return [sent.text for sent in _once(_blank)(article.text).sents]


def _blank() -> Language:
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp


@cache
def _once(make: Callable[[], Any]) -> Any:
    """Return what is loaded once."""
    return make()


SYSTEMS: dict[str, tuple[str, Work]] = {
    "this toolkit, all of it": ("", _all),
    "this toolkit, parse and names": ("", _parses),
    "this toolkit, times": ("", _times),
    "textacy, direct quotations on the same parse": ("textacy", _textacy),
    "dateparser, by sentence": ("dateparser", _dateparser),
    "VADER, by sentence": ("vaderSentiment", _vader),
    "TextBlob, by sentence": ("textblob", _textblob),
    "spaCy blank, sentencizer": ("", _sentencizer),
}
"""Each with the package it needs."""
