"""From articles to a coverage: reads each article, gives actors one name across all, and builds the frames."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from toolkit import tables
from toolkit.actors import Cast, Renaming, find_actors, merged, unify
from toolkit.corrections import correct, read_corrections
from toolkit.coverage import Coverage
from toolkit.errors import InputError
from toolkit.frames import DECLARED, renamed_record, set_span_groups
from toolkit.pipeline import NAME_LABELS, WEIGHTS, load
from toolkit.quotations import date_statements, find_quotations, quoted_spans
from toolkit.rounds import RoundInput, find_rounds, merge_rounds
from toolkit.sentiment import find_opinions
from toolkit.speakers import resolve_speakers
from toolkit.text.doc_body import BODY_START, first_token
from toolkit.text.sentences import paragraphs
from toolkit.times import find_times

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spacy.language import Language
    from spacy.tokens import Doc

    from toolkit.articles import Article
    from toolkit.corrections import Corrections
    from toolkit.records import Mention, Opinion, Quotation, Round, Span, TimeExpression

SPANS = tuple(group.name for name in ("quotations", "mentions", "times") for group in DECLARED[name].groups)
"""Keys of ``Doc.spans`` that :func:`annotate` fills."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one article says, in records."""

    article: Article
    sentences: tuple[Span, ...]
    cast: Cast
    quotations: tuple[Quotation, ...]
    times: tuple[TimeExpression, ...]


def annotate(articles: Iterable[Article], *, nlp: Language | None = None, progress: bool = False) -> Iterator[Doc]:
    """Yield a spaCy ``Doc`` for each article, with what was found as span groups.

    ``doc.spans`` holds ``quotations``, ``sources``, ``cues``, ``mentions`` (label: the actor) and ``times`` (label: the
    TIMEX3 value), snapped to tokens, and with the toolkit's own pipeline ``toolkit_read``, the names as the network
    reads them; ``doc.ents`` are those set right by lists and rules. ``doc.user_data["article_id"]`` names the article.
    The documents can be written to a ``DocBin``.

    Parameters
    ----------
    articles : iterable of Article
        As :func:`toolkit.read` gives them.
    nlp : Language, optional
        A pipeline from :func:`toolkit.load`; the toolkit's own by default.
    progress : bool
        Whether to show a progress bar.
    """
    for reading, doc in _read_all(articles, nlp or load(), progress=progress):
        _set_spans(doc, reading)
        yield doc


def analyze(
    articles: Iterable[Article],
    *,
    nlp: Language | None = None,
    progress: bool | None = None,
    corrections: Corrections | None = None,
) -> Coverage:
    """Return all that is found in the articles: actors, quotations, sentiment, times and rounds of talks.

    Parameters
    ----------
    articles : iterable of Article
        As :func:`toolkit.read` gives them.
    nlp : Language, optional
        A pipeline from :func:`toolkit.load`; the toolkit's own by default.
    progress : bool, optional
        Whether to show a progress bar; by default with twenty articles or more.
    corrections : str, Path, pandas.DataFrame or sequence of mappings, optional
        Names, sides, roles, colours and forms that a user keeps; see :func:`toolkit.correct`.

    Returns
    -------
    Coverage
        The frames, the same for the same input and version, whatever the order of the articles in a batch.

    Raises
    ------
    InputError
        If there is no article, an item is not an :class:`~toolkit.articles.Article`, or a correction cannot be read.
    """
    given = list(articles)
    _check(given)
    # Before the long work, so that a fault in the table is told at once.
    table = None if corrections is None else read_corrections(corrections)
    nlp = nlp or load()
    shown = len(given) >= 20 if progress is None else progress
    readings = [reading for reading, _ in _read_all(given, nlp, progress=shown)]
    renamed = [
        _renamed(reading, names) for reading, names in zip(readings, unify([r.cast for r in readings]), strict=True)
    ]
    coverage = _coverage(renamed, articles, nlp)
    return coverage if table is None else correct(coverage, table)


def _check(articles: Sequence[object]) -> None:
    from toolkit.articles import Article

    if not articles:
        raise InputError("there is no article to analyse. Pass what toolkit.read(...) returns.")
    wrong = [item for item in articles if not isinstance(item, Article)]
    if wrong:
        raise InputError(
            f"analyze() takes articles, found {type(wrong[0]).__name__}. "
            "Read files, folders or tables with toolkit.read(...) first."
        )


def _read_all(articles: Iterable[Article], nlp: Language, *, progress: bool) -> Iterator[tuple[Reading, Doc]]:
    from tqdm.auto import tqdm

    given = list(articles)
    docs = nlp.pipe(_document(nlp, article) for article in given)
    pairs = zip(given, docs, strict=True)
    for article, doc in tqdm(pairs, total=len(given), desc="Reading articles", disable=not progress):
        yield read_document(article, doc), doc


def _document(nlp: Language, article: Article) -> Doc:
    doc = nlp.make_doc(article.text)
    doc.user_data[BODY_START] = article.body[0]
    doc.user_data["article_id"] = article.article_id
    return doc


def read_document(article: Article, doc: Doc) -> Reading:
    """Return what one article says, from its text parsed by a pipeline of :func:`toolkit.load`."""
    doc.set_ents([ent for ent in doc.ents if ent.label_ in NAME_LABELS])
    body = article.body
    sentences = tuple(
        (sent.start_char, sent.start_char + len(sent.text.rstrip()))
        for sent in doc.sents
        if sent.start_char >= body[0] and sent.text.strip()
    )
    cast = find_actors(doc, article_id=article.article_id, first_token=first_token(doc))
    found = find_quotations(doc, article_id=article.article_id, body=body)
    quoted = [(quote.start, quote.end) for quote in quoted_spans(article.text, paragraphs(article.text, body))]
    times = _times(article, sentences, quoted)
    quotations = date_statements(
        resolve_speakers(doc, found, cast), sentences=sentences, times=times, published=article.published
    )
    return Reading(article, sentences, cast, tuple(quotations), tuple(times))


def _times(article: Article, sentences: Sequence[Span], quoted: Sequence[Span]) -> list[TimeExpression]:
    """Return the time expressions of the body, so that a header's date is none of them."""
    begin = article.body[0]
    found = find_times(
        article.body_text,
        article_id=article.article_id,
        published=article.published,
        sentences=[(start - begin, end - begin) for start, end in sentences],
        quoted=[(start - begin, end - begin) for start, end in quoted],
    )
    return [replace(time, start=time.start + begin, end=time.end + begin) for time in found]


def _renamed(reading: Reading, names: Renaming) -> Reading:
    if not names:
        return reading
    cast = Cast(reading.cast.article_id)
    cast.actors = {
        actor.name: actor
        for actor in merged(replace(a, name=names.get(a.name, a.name)) for a in reading.cast.actors.values())
    }
    cast.mentions = [renamed_record(mention, DECLARED["mentions"], names) for mention in reading.cast.mentions]
    quotations = tuple(renamed_record(quotation, DECLARED["quotations"], names) for quotation in reading.quotations)
    return replace(reading, cast=cast, quotations=quotations)


def _coverage(readings: Sequence[Reading], articles: Iterable[Article], nlp: Language) -> Coverage:
    dated = sorted(readings, key=lambda reading: (reading.article.published or dt.date.max, reading.article.article_id))
    actors = merged(actor for reading in dated for actor in reading.cast.actors.values())
    mentions: list[Mention] = [mention for reading in readings for mention in reading.cast.mentions]
    quotations = [quotation for reading in readings for quotation in reading.quotations]
    frames = {
        "articles": tables.articles_frame(reading.article for reading in readings),
        "actors": tables.actors_frame(actors, mentions, quotations),
        "mentions": tables.mentions_frame(mentions),
        "quotations": tables.quotations_frame(quotations),
        "sentiment": tables.sentiment_frame(opinion for reading in readings for opinion in _opinions(reading)),
        "times": tables.times_frame(time for reading in readings for time in reading.times),
        "rounds": tables.rounds_frame(merge_rounds([found for reading in readings for found in _rounds(reading)])),
        "left_out": tables.left_out_frame(articles),
    }
    return Coverage(**tables.in_context(frames), metadata=_metadata(nlp), extra={})


def _opinions(reading: Reading) -> list[Opinion]:
    return find_opinions(reading.article.text, reading.sentences, reading.cast.mentions, reading.quotations)


def _rounds(reading: Reading) -> list[Round]:
    given = RoundInput(
        text=reading.article.text,
        article_id=reading.article.article_id,
        sentences=reading.sentences,
        times=reading.times,
        mentions=reading.cast.mentions,
        actors=list(reading.cast.actors.values()),
        published=reading.article.published,
        body=reading.article.body,
    )
    return find_rounds(given)


def _metadata(nlp: Language) -> dict[str, str]:
    from toolkit.model import attribution_tagger, sentiment_classifier
    from toolkit.version import version

    return {
        "toolkit": version(),
        "pipeline": f"{nlp.lang}_{nlp.meta['name']}",
        "pipeline_version": str(nlp.meta["version"]),
        "parsing_weights": str(nlp.meta.get(WEIGHTS, "")),
        "attribution_weights": attribution_tagger.read_config()["sha256"],
        "sentiment_weights": sentiment_classifier.read_config()["sha256"],
    }


def _set_spans(doc: Doc, reading: Reading) -> None:
    found = {"quotations": reading.quotations, "mentions": reading.cast.mentions, "times": reading.times}
    for name, records in found.items():
        set_span_groups(doc, DECLARED[name], records)
