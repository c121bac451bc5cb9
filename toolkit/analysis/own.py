"""The toolkit's own chain: from the text to its parse, actors, statements, times, rounds, opinions and positions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib.metadata import version as version_of
from typing import TYPE_CHECKING

from toolkit.analysis.chain import GIVEN, OWN, Stage, Stages
from toolkit.analysis.reading import DOC, Reading, layers_of
from toolkit.text.doc_body import BODY_START, first_token
from toolkit.text.sentences import paragraphs

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from spacy.language import Language
    from spacy.tokens import Doc

    from toolkit.articles import Article
    from toolkit.lexicon.lexicon import Lexicon
    from toolkit.model.trunk_reader import ArticleStates
    from toolkit.records import (
        Actor,
        Event,
        Mention,
        Negotiation,
        Opinion,
        Position,
        Quotation,
        Round,
        Span,
        TimeExpression,
    )
    from toolkit.rounds._told import Told


def stages(*, nlp: Language | None = None, words: Lexicon | None = None) -> Stages:
    """Return the toolkit's own chain of stages, to be used as it is, extended or changed.

    Parameters
    ----------
    nlp : Language, optional
        A pipeline from :func:`toolkit.load`; the toolkit's own by default.
    words : Lexicon, optional
        Word lists from :func:`toolkit.words`; the packaged ones by default.

    Examples
    --------
    >>> print(stages())
    Stages
      parse (article) -> doc
      sentences (article, doc) -> sentences
      actors (article, doc) -> actors, mentions
      states (article, doc) -> states
      quotations (article, doc, states) -> quotations
      times (article, sentences) -> times
      speakers (doc, quotations, actors, mentions) -> quotations, actors, mentions
      days (article, quotations, sentences, times) -> quotations
      negotiation (article, doc, actors, mentions) -> negotiations
      told (doc, states, sentences, times, mentions, actors) -> told
      rounds (article, sentences, times, mentions, actors, told) -> rounds, events
      sentiment (doc, sentences, quotations, actors, mentions) -> sentiment, actors, mentions
      positions (article, doc, states, sentences, quotations, actors, mentions) -> positions, actors, mentions
    """
    return Stages(
        (
            parsing(nlp),
            _step("sentences", _sentences, "article doc"),
            _step("actors", _actors, "article doc", "actors mentions"),
            _step("states", _states, "article doc", about=_about_states),
            _step("quotations", _quotations, "article doc states", about=_about_quotations),
            _step("times", _times, "article sentences"),
            _step("speakers", _speakers, "doc quotations actors mentions", "quotations actors mentions"),
            _step("days", _days, "article quotations sentences times", "quotations"),
            _step("negotiation", _negotiation, "article doc actors mentions", "negotiations"),
            _step("told", _told, "doc states sentences times mentions actors", about=_about_told),
            _step("rounds", _rounds, "article sentences times mentions actors told", "rounds events"),
            _step(
                "sentiment",
                _sentiment,
                "doc sentences quotations actors mentions",
                "sentiment actors mentions",
                about=_about_sentiment,
            ),
            _step(
                "positions",
                _positions,
                "article doc states sentences quotations actors mentions",
                "positions actors mentions",
                about=_about_positions,
            ),
        ),
        words,
    )


def parsing(nlp: Language | None = None) -> Stage:
    """Return the stage that parses the text, with the toolkit's own pipeline or another."""
    parse = Parse(nlp)
    return _step("parse", parse, "article", "doc", about=parse.about)


def _step(
    name: str,
    run: Callable[..., Any],
    needs: str,
    gives: str = "",
    about: Callable[[], Mapping[str, str]] = dict,
) -> Stage:
    # The toolkit's version stands for all of its own stages.
    return Stage(name, run, tuple(needs.split()), tuple((gives or name).split()), about=about, version=OWN)


@dataclass(frozen=True, slots=True)
class Parse:
    """Parses an article; ``nlp`` None is the toolkit's own pipeline, which each process loads for itself."""

    nlp: Language | None = None

    def __call__(self, article: Article) -> Doc:
        """Return the article's text as a Doc with sentences and names, and what else the pipeline sets."""
        from toolkit.pipeline.tokenizing import tokenized

        nlp = self._pipeline()
        doc = tokenized(nlp, article.text)
        doc.user_data[BODY_START] = article.body[0]
        doc.user_data["article_id"] = article.article_id
        return _with_known_names(nlp(doc))

    def _pipeline(self) -> Language:
        from toolkit.pipeline import load

        return self.nlp or load()

    def about(self) -> dict[str, str]:
        """Return name, version and weights of the pipeline, and the versions of what computes it."""
        from toolkit.pipeline import WEIGHTS

        nlp = self._pipeline()
        return {
            "pipeline": f"{nlp.lang}_{nlp.meta['name']}",
            "pipeline_version": str(nlp.meta["version"]),
            "parsing_weights": str(nlp.meta.get(WEIGHTS, "")),
            "spacy": version_of("spacy"),
            "onnxruntime": version_of("onnxruntime"),
        }


def _with_known_names(doc: Doc) -> Doc:
    """Let a Doc go without names of kinds that the toolkit does not read, such as dates; the Doc itself is changed."""
    from toolkit.pipeline import NAME_LABELS

    doc.set_ents([ent for ent in doc.ents if ent.label_ in NAME_LABELS])
    return doc


def read_document(article: Article, doc: Doc) -> Reading:
    """Return what an article says, from its text parsed before by a pipeline of :func:`toolkit.load`."""
    parsed = Stage("parse", lambda _: _with_known_names(doc), (GIVEN,), (DOC,))
    chain = stages().replaced("parse", parsed)
    return Reading.of(article, layers_of(article, chain), chain)


def _sentences(article: Article, doc: Doc) -> tuple[Span, ...]:
    """Return the spans of the body's sentences, without the white space behind them."""
    begin = article.body[0]
    return tuple(
        (sent.start_char, sent.start_char + len(sent.text.rstrip()))
        for sent in doc.sents
        if sent.start_char >= begin and sent.text.strip()
    )


def _actors(article: Article, doc: Doc) -> tuple[tuple[Actor, ...], tuple[Mention, ...]]:
    from toolkit.actors import find_actors

    cast = find_actors(doc, article_id=article.article_id, first_token=first_token(doc))
    return tuple(cast.actors.values()), tuple(cast.mentions)


def _states(article: Article, doc: Doc) -> ArticleStates:
    """Return what the readers of statements and events both begin with, so that the text is read once for them."""
    from toolkit.model.trunk_reader import read_states

    return read_states(doc, article.body)


def _quotations(article: Article, doc: Doc, states: ArticleStates) -> tuple[Quotation, ...]:
    from toolkit.quotations import find_quotations

    return tuple(find_quotations(doc, article_id=article.article_id, body=article.body, states=states))


def _times(article: Article, sentences: Sequence[Span]) -> tuple[TimeExpression, ...]:
    """Return the time expressions of the body, so that a header's date is none of them."""
    from toolkit.quotations import quoted_spans
    from toolkit.times import find_times

    begin = article.body[0]
    quoted = quoted_spans(article.text, paragraphs(article.text, article.body))
    found = find_times(
        article.body_text,
        article_id=article.article_id,
        published=article.published,
        sentences=[(start - begin, end - begin) for start, end in sentences],
        quoted=[(quote.start - begin, quote.end - begin) for quote in quoted],
    )
    return tuple(replace(time, start=time.start + begin, end=time.end + begin) for time in found)


def _speakers(
    doc: Doc, quotations: Sequence[Quotation], actors: Sequence[Actor], mentions: Sequence[Mention]
) -> tuple[tuple[Quotation, ...], tuple[Actor, ...], tuple[Mention, ...]]:
    from toolkit.actors import Cast
    from toolkit.speakers import resolve_speakers

    cast = Cast(str(doc.user_data.get("article_id", "")), {actor.name: actor for actor in actors}, list(mentions))
    resolved = resolve_speakers(doc, quotations, cast)
    return tuple(resolved), tuple(cast.actors.values()), tuple(cast.mentions)


def _days(
    article: Article, quotations: Sequence[Quotation], sentences: Sequence[Span], times: Sequence[TimeExpression]
) -> tuple[Quotation, ...]:
    from toolkit.quotations import date_statements

    return tuple(date_statements(quotations, sentences=sentences, times=times, published=article.published))


def _sentiment(
    doc: Doc,
    sentences: Sequence[Span],
    quotations: Sequence[Quotation],
    actors: Sequence[Actor],
    mentions: Sequence[Mention],
) -> tuple[tuple[Opinion, ...], tuple[Actor, ...], tuple[Mention, ...]]:
    """Return the opinions, and the actors and mentions with those who are such for an opinion alone."""
    from toolkit.actors import Cast
    from toolkit.sentiment import add_judged, find_opinions
    from toolkit.speakers import further_mentions

    cast = Cast(str(doc.user_data.get("article_id", "")), {actor.name: actor for actor in actors}, list(mentions))
    further = further_mentions(doc, cast, quotations)
    found = find_opinions(doc.text, sentences, mentions, quotations, further=further, doc=doc)
    add_judged(cast, found, further)
    return tuple(found), tuple(cast.actors.values()), tuple(cast.mentions)


def _positions(  # noqa: PLR0913, PLR0917 - these are the layers it needs
    article: Article,
    doc: Doc,
    states: ArticleStates,
    sentences: Sequence[Span],
    quotations: Sequence[Quotation],
    actors: Sequence[Actor],
    mentions: Sequence[Mention],
) -> tuple[tuple[Position, ...], tuple[Actor, ...], tuple[Mention, ...]]:
    """Return the positions, and the actors and mentions with those who are such for a position alone."""
    from toolkit.actors import Cast
    from toolkit.positions import PositionInput, add_holders, find_positions
    from toolkit.speakers import further_mentions

    cast = Cast(article.article_id, {actor.name: actor for actor in actors}, list(mentions))
    further = further_mentions(doc, cast, quotations)
    everyone = [*mentions, *further]
    given = PositionInput(doc, article.article_id, article.published, sentences, quotations, everyone)
    found = find_positions(given, states, actors)
    add_holders(cast, found, further)
    return tuple(found), tuple(cast.actors.values()), tuple(cast.mentions)


def _told(
    doc: Doc,
    states: ArticleStates,
    sentences: Sequence[Span],
    times: Sequence[TimeExpression],
    mentions: Sequence[Mention],
    actors: Sequence[Actor],
) -> Told:
    from toolkit.rounds import read_told

    return read_told(doc, states, sentences, times, mentions, actors)


def _rounds(
    article: Article,
    sentences: Sequence[Span],
    times: Sequence[TimeExpression],
    mentions: Sequence[Mention],
    actors: Sequence[Actor],
    told: Told,
) -> tuple[tuple[Round, ...], tuple[Event, ...]]:
    from toolkit.rounds import RoundInput, find_events, find_rounds

    given = RoundInput(
        text=article.text,
        article_id=article.article_id,
        sentences=sentences,
        times=times,
        mentions=mentions,
        actors=actors,
        published=article.published,
        body=article.body,
        told=told,
    )
    return tuple(find_rounds(given)), tuple(find_events(given))


def _negotiation(
    article: Article, doc: Doc, actors: Sequence[Actor], mentions: Sequence[Mention]
) -> tuple[Negotiation, ...]:
    from toolkit.rounds import find_negotiation

    return (find_negotiation(doc, actors, mentions, article_id=article.article_id, published=article.published),)


def _about_states() -> dict[str, str]:
    from toolkit.model.trunk_reader import read_config

    return {"trunk_weights": read_config()["sha256"]}


def _about_quotations() -> dict[str, str]:
    from toolkit.model.attribution_tagger import read_config

    return {"attribution_weights": read_config()["sha256"]}


def _about_told() -> dict[str, str]:
    from toolkit.model.event_reader import read_config

    return {"event_weights": read_config()["sha256"]}


def _about_positions() -> dict[str, str]:
    from toolkit.model.position_reader import read_config

    return {"position_weights": read_config()["sha256"]}


def _about_sentiment() -> dict[str, str]:
    from toolkit.model.pair_reader import read_config

    return {"sentiment_weights": read_config()["sha256"]}
