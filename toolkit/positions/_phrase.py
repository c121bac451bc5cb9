"""What any reader of positions gives: the words of a stand, before who holds it has a name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from toolkit.speakers import Holding

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from spacy.tokens import Doc, Token

    from toolkit.records import Act, Mention, PositionBasis, PositionTime, Quotation, Span, Stance


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words of a stand on a proposition.

    Parameters
    ----------
    start, end : int
        From the word that carries the stand to the end of what it is about.
    stance : {"for", "against", "open"}
    act : str
        One of :data:`toolkit.records.Act`.
    prop, condition : (int, int), optional
        What the stand is on, and the words that say when it holds.
    holder : Mention, optional
        Who holds it. Without one it is whoever makes the statement that it stands in, if ``is_speakers``, else nobody
        that the text names.
    basis, time : str
    score : float, optional
        Probability that there is such a stand.
    """

    start: int
    end: int
    stance: Stance
    act: Act
    prop: Span | None = None
    condition: Span | None = None
    holder: Mention | None = None
    is_speakers: bool = False
    basis: PositionBasis = "stated"
    time: PositionTime = "now"
    score: float | None = None


@dataclass(frozen=True)
class PositionInput:
    """What the reading of positions needs of an article.

    Parameters
    ----------
    doc : Doc
        Parsed; its text is the article's.
    article_id : str
    published : datetime.date, optional
    sentences : sequence of (int, int)
    quotations : sequence of Quotation
        With speakers and days.
    mentions : sequence of Mention
        All places where somebody is spoken of, groups and pronouns too.
    """

    doc: Doc
    article_id: str
    published: dt.date | None
    sentences: Sequence[Span]
    quotations: Sequence[Quotation]
    mentions: Sequence[Mention]

    @cached_property
    def text(self) -> str:
        """The article's text, which a Doc puts together anew each time that it is asked."""
        return self.doc.text

    def words(self, span: Span | None) -> str | None:
        """Return the words of a span, None of none."""
        return None if span is None else self.text[span[0] : span[1]]

    def mention_over(self, token: Token) -> Mention | None:
        """Return the longest mention that a word lies in, None where there is none."""
        return self._mentions.get(token.idx)

    def voices(self) -> Voices:
        """Return who speaks where."""
        return Voices(self.quotations)

    @cached_property
    def _mentions(self) -> dict[int, Mention]:
        found: dict[int, Mention] = {}
        for one in sorted(self.mentions, key=lambda one: (one.end - one.start, one.how != "pronoun")):
            if one.how != "title":
                found |= dict.fromkeys(range(one.start, one.end), one)
        return found


class Voices:
    """The statements that spans stand in, for spans that begin ever farther on: each statement is looked at once."""

    def __init__(self, quotations: Sequence[Quotation]) -> None:
        self._holding = Holding((span, (span[1], one)) for one in quotations for span in one.spans)

    def over(self, span: Span) -> Quotation | None:
        """Return the innermost statement that holds a span, None outside statements."""
        held = [one for end, one in self._holding.at(span[0]) if span[1] <= end]
        return min(held, key=lambda one: (one.envelope[1] - one.envelope[0], one.envelope), default=None)
