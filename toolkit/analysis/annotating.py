"""For users of spaCy: the parsed articles, with what was found as span groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.analysis.analyze import chain_of
from toolkit.analysis.reading import DOC, layers_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from spacy.language import Language
    from spacy.tokens import Doc

    from toolkit.articles import Article

SPANS = ("quotations", "sources", "cues", "mentions", "times")
"""Keys of ``Doc.spans`` that :func:`annotate` fills."""
_UNSEEN = ("sentiment", "rounds")


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
    from tqdm.auto import tqdm

    chain = chain_of(None, nlp).without(*_UNSEEN)
    given = list(articles)
    for article in tqdm(given, desc="Reading articles", disable=not progress):
        layers = layers_of(article, chain)
        _set_spans(layers[DOC], layers)
        yield layers[DOC]


def _set_spans(doc: Doc, layers: Mapping[str, Any]) -> None:
    places: dict[str, list[tuple[int, int, str]]] = {key: [] for key in SPANS}
    for quotation in layers["quotations"]:
        places["quotations"] += [(*span, quotation.speaker or "") for span in quotation.spans]
        places["sources"] += [(*quotation.source_span, quotation.speaker or "")] if quotation.source_span else []
        places["cues"] += [(*quotation.cue_span, quotation.cue_force or "")] if quotation.cue_span else []
    places["mentions"] = [(mention.start, mention.end, mention.actor) for mention in layers["mentions"]]
    places["times"] = [(time.start, time.end, time.value) for time in layers["times"]]
    for key, spans in places.items():
        found = (doc.char_span(start, end, label=label, alignment_mode="expand") for start, end, label in spans)
        doc.spans[key] = [span for span in found if span is not None]
