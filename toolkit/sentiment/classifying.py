"""Sentiment toward targets in sentences of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.frames import DECLARED
from toolkit.model.masking import check_item
from toolkit.model.pair_reader import Pair, Question, judge
from toolkit.model.sentiment_classifier import classify as classify_alone
from toolkit.sentiment.candidates import marked_flags

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from toolkit.records import Span

    Item = tuple[str, int, int]
    Held = tuple[str, int, int, Span]


def classify(items: Iterable[Item | Held]) -> pd.DataFrame:
    """Return the sentiment of texts toward targets in them, whoever holds it or somebody in particular.

    Parameters
    ----------
    items : iterable of (str, int, int) or (str, int, int, (int, int))
        A sentence, the target's start and end in it, and, where a holder's opinion is asked for, the holder's span;
        any number.

    Returns
    -------
    pandas.DataFrame
        A row an item, in order: ``polarity`` int64 in {-1, 0, 1}, and the calibrated probabilities ``negative``,
        ``neutral`` and ``positive`` float64, which sum to 1. A row depends on its item alone. Without a holder it says
        how the sentence speaks of the target (the convention of NewsMTSC: harm that befalls it counts); with one,
        whether the holder judges the target.

    Raises
    ------
    InputError
        Where offsets are no stretch of their text.

    Examples
    --------
    >>> text = "The union praised Varga."
    >>> classify([(text, 18, 23)]).polarity.tolist()
    [1]
    >>> classify([(text, 18, 23, (0, 9))]).polarity.tolist()
    [1]
    """
    given = [(*item[:3], item[3] if len(item) == 4 else None) for item in items]
    for index, (text, start, end, holder) in enumerate(given):
        check_item(index, (text, start, end))
        if holder is not None:
            check_item(index, (text, *holder))
    alone = iter(classify_alone([item[:3] for item in given if item[3] is None]))
    held = iter(judge([_question(text, (start, end), by) for text, start, end, by in given if by is not None]))
    verdicts = (next(alone)._asdict() if item[3] is None else next(held)[0]._asdict() for item in given)
    return DECLARED["classification"].frame(list(verdicts))


def _question(text: str, target: Span, holder: Span) -> Question:
    """Return what is asked of a text, read as articles are: with its tree and its statements."""
    from toolkit.pipeline import load
    from toolkit.quotations import find_quotations

    doc = load()(text)
    flags = tuple(marked_flags(holder, target, find_quotations(doc), doc))
    return Question(text, tuple(sorted({holder, target})), (Pair((holder,), (target,), flags),))
