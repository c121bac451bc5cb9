"""For users of spaCy: the parsed articles, with what was found as span groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.analysis.analyzing import chain_of
from toolkit.analysis.reading import DOC, layers_of
from toolkit.frames import DECLARED, set_span_groups

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.language import Language
    from spacy.tokens import Doc

    from toolkit.articles import Article

SHOWN = ("quotations", "mentions", "times")
SPANS = tuple(group.name for name in SHOWN for group in DECLARED[name].groups)
"""Keys of ``Doc.spans`` that :func:`annotate` fills."""
_UNSEEN = ("sentiment", "negotiation", "rounds")


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
        for name in SHOWN:
            set_span_groups(layers[DOC], DECLARED[name], layers[name])
        yield layers[DOC]
