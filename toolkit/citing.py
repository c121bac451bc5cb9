"""A statement to be put into a text of one's own: as words, as a footnote, or as a reference with the words in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.display import one_line, rows
from toolkit.errors import InputError
from toolkit.phrases import as_day, day_phrase
from toolkit.statements import manner_of, speakers_phrase, sureness_phrase
from toolkit.views.article import heading_text, printed_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from toolkit.coverage import Coverage
    from toolkit.display import Row

STYLES = ("text", "footnote", "ris")

HOW = {
    "direct": "quoted", "mixed": "quoted in part", "indirect": "reported", "thought": "told to think",
    "act": "reported", "relayed": "relayed", "denied": "told to deny",
}  # fmt: skip
"""What an article does with a statement of each manner."""

MARKS = "\"'“”‘’«»„"


def cite(row: Mapping[str, Any] | pd.Series[Any], coverage: Coverage, *, style: str = "text") -> str:
    """Return a statement with who made it, where it was printed, and how sure its words and its speaker are.

    Parameters
    ----------
    row : pandas.Series or mapping
        A row of the quotations frame, such as ``coverage.quotations.iloc[0]``.
    coverage : Coverage
        Where its article is.
    style : {"text", "footnote", "ris"}
        The words with their source, the source alone for a footnote, or a reference of the article for Zotero, EndNote
        and others, with the words in its note.

    Returns
    -------
    str
        One line, or the lines of the reference.

    Raises
    ------
    InputError
        If the style is none of these, or the article is not in the coverage.
    """
    from toolkit.export._ris import ris_of

    if style not in STYLES:
        raise InputError(f"cite: style {style!r} is none; accepted are {', '.join(STYLES)}")
    row = dict(row)
    found = rows(coverage.articles[coverage.articles["article_id"] == row["article_id"]])
    if not found:
        raise InputError(f"cite: article {row['article_id']!r} is not in this coverage; pass the one the row is of")
    article = found[0] | {"title": heading_text(found[0])}
    cells = {str(name): value for name, value in row.items()}
    how = f"{speakers_phrase(cells)}, {HOW.get(manner_of(cells), 'reported')}"
    sure = sureness_phrase(cells)
    told = f" [{sure}]" if sure else ""
    words = one_line(row["text"])
    words = words if words[:1] in MARKS else f"“{words}”"
    if style == "ris":
        return ris_of([article | {"notes": [f"{words} ({how}){told}"]}])
    source = ", ".join(filter(None, _source(article)))
    return f"{words} ({how} in {source}){told}" if style == "text" else f"{how[:1].upper()}{how[1:]} in {source}{told}."


def _source(article: Row) -> tuple[str, ...]:
    title, day = article["title"], as_day(article.get("published"))
    return (
        title if title[:1] in MARKS else f"“{title}”",
        printed_in(article),
        day_phrase(day) if day else "undated",
        one_line(article.get("url")),
    )
