"""An article with its quotations marked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from toolkit.display import GREY, count_of, ellipsis, given_colours, one_line, require, rows
from toolkit.errors import InputError
from toolkit.phrases import as_day, day_phrase
from toolkit.statements import (
    by_speaker,
    in_order,
    left_out_phrase,
    manner_of,
    speakers_phrase,
    sure_rows,
    sureness_phrase,
    voices_of,
)
from toolkit.views.colours import LINES, chip_style, quotation_style, sides_of, speaker_colours
from toolkit.views.markup import QUIET, Mark, Markup, View, anchor, joined, marked, place_anchor, tag

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd

    from toolkit.display import Row

COLUMNS = (
    "quotation_id", "article_id", "spans", "text", "kind", "speaker",
    "cue", "cue_start", "cue_end", "source_text", "source_start", "source_end",
)  # fmt: skip

MENTION = ("article_id", "start", "end", "text", "actor", "how")
MENTION_STYLE = "border-top: 1px dotted rgba(128, 128, 128, 0.7)"

CUE_STYLE = "font-weight: bold; font-style: italic"
SOURCE_STYLE = "border: 1px solid rgba(128, 128, 128, 0.6); border-radius: 3px"

_PARAGRAPH = re.compile(r"[^\n\r]+")


def marked_article(  # noqa: PLR0913 - what is shown, which of it, and where links lead to
    articles: pd.DataFrame,
    quotations: pd.DataFrame,
    article_id: str | None = None,
    *,
    speaker: str | None = None,
    kind: str | None = None,
    mentions: pd.DataFrame | None = None,
    actors: pd.DataFrame | None = None,
    sure: bool = True,
    copy: int = 0,
) -> View:
    """Show an article with its quotations marked: coloured by speaker, underlined by manner.

    Direct quotations are underlined, mixed ones dashed, indirect ones dotted, all others doubly; cues are bold
    italics, sources are outlined. A list above the text unfolds to who says what, how, and how sure that is, each with
    a link to its place. Each quotation is an anchor that `quotation_table` links to.

    Parameters
    ----------
    articles : pandas.DataFrame
        Columns ``article_id`` and ``text``; ``title``, ``outlet`` and ``published`` are shown where they exist.
    quotations : pandas.DataFrame
        The quotations frame; those of other articles are left aside.
    article_id : str, optional
        Which article; not needed where there is only one.
    speaker, kind : str, optional
        Mark only these; ``"(no speaker named)"`` for quotations without a speaker. A kind is one of
        :data:`toolkit.statements.MANNERS`.
    mentions : pandas.DataFrame, optional
        The mentions frame: each mention is an anchor that `actor_table` links to, and tells who is meant.
    actors : pandas.DataFrame, optional
        The actors frame: speakers of one side stand together, in shades of one colour.
    sure : bool
        Mark only quotations that are sure; the caption counts the others. False marks all.
    copy : int
        Number of this view, where a page shows the same article more than once.

    Returns
    -------
    View
        The article; as text, the list of its quotations.

    Raises
    ------
    InputError
        If a column is missing, the article unknown, or several could be meant.
    """
    require(quotations, COLUMNS, "quotations")
    article = article_row(articles, article_id)
    of_article = quotations[quotations["article_id"] == article["article_id"]]
    found = rows(sure_rows(of_article, sure=sure))
    shown = [row for row in found if speaker in (None, *voices_of(row)) and kind in (None, manner_of(row))]
    # Colours come from all quotations, so that a speaker keeps a colour whatever is picked, here and in tables.
    sides = sides_of(actors)
    colours = speaker_colours(rows(quotations), given_colours(quotations), sides)
    caption = "; ".join(
        filter(None, (_marked_of(len(shown), len(found)), left_out_phrase(len(of_article) - len(found))))
    )
    marks = [*_marks(shown, colours, copy), *_mention_marks(article, mentions, copy)]
    body = _body(article["text"] or "", marks)
    html = tag("div", heading(article), _legend(shown, colours, sides, caption), _in_words(shown, copy), body)
    lines = [f"{heading_text(article)}: {caption}", *(f"  {quotation_line(row)}" for row in shown)]
    return View(html, "\n".join(lines))


def _marked_of(shown: int, found: int) -> str:
    return f"{'' if shown == found else f'{shown} of '}{count_of(found, 'quotation')} marked"


def article_row(articles: pd.DataFrame, article_id: str | None) -> Row:
    """Return the row of an article, the only one where none is named."""
    require(articles, ("article_id", "text"), "articles")
    found = rows(articles if article_id is None else articles[articles["article_id"] == article_id])
    if len(found) == 1:
        return found[0]
    known = ", ".join(
        f"{row['article_id']} ({ellipsis(row.get('title'), 40) or 'no title'})" for row in rows(articles)[:8]
    )
    if article_id is None:
        raise InputError(
            f"the articles frame has {len(articles)} articles; name one by its article_id: {known or 'none'}"
        )
    raise InputError(
        f"article_id {article_id!r} is in {len(found)} rows of the articles frame, expected one of: {known}"
    )


def heading(article: Row) -> Markup:
    """Return the title, outlet and date of an article."""
    title = tag("div", heading_text(article), style="font-weight: bold; font-size: 115%", dir="auto")
    facts = heading_facts(article)
    return joined([title, tag("div", facts, style=QUIET, dir="auto") if facts else ""])


def heading_text(article: Row) -> str:
    """Return what to call an article: its title, or its first words where it has none."""
    title, text = one_line(article.get("title")), article.get("text") or ""
    opening = ellipsis(text[int(article.get("body_start") or 0) :][:200], 60)
    return title or (f"“{opening}”" if opening else f"Article {article['article_id']}")


def printed_in(article: Row) -> str:
    """Return the outlet of an article, and how many others printed it."""
    outlet, others = one_line(article.get("outlet")), len(article.get("reprints") or ())
    return f"{outlet or 'one outlet'} and {others} other{'' if others == 1 else 's'}" if others else outlet


def heading_facts(article: Row) -> str:
    """Return the outlets and the date of an article."""
    published = as_day(article.get("published"))
    return " · ".join(
        part
        for part in (
            printed_in(article),
            day_phrase(published) if published else "publication date unknown",
        )
        if part
    )


def quotation_line(row: Row) -> str:
    """Return a quotation in one line of text."""
    cue = f" {one_line(row['cue'])}" if row["cue"] else ""
    return f"{speakers_phrase(row)}{cue} [{manner_of(row)}]: {ellipsis(row['text'], 100)}"


def _marks(shown: Sequence[Row], colours: dict[str, str], copy: int) -> Iterator[Mark]:
    extra: set[Mark] = set()
    for row in shown:
        identity = anchor(row["article_id"], row["quotation_id"], copy)
        name = " · ".join(part for part in (speakers_phrase(row), manner_of(row), one_line(row["cue"])) if part)
        style = quotation_style(colours[voices_of(row)[0]], manner_of(row), depth=1 if row.get("via") else 0)
        for piece, (start, end) in enumerate(row["spans"]):
            attributes = (("title", name), ("style", style))
            yield Mark(int(start), int(end), "span", attributes, None if piece else identity)
        extra.update(_side_mark(row, "cue", "em", CUE_STYLE))
        extra.update(_side_mark(row, "source", "span", SOURCE_STYLE))
    # Two quotations may share a cue or a source, which is marked once.
    yield from sorted(extra, key=lambda mark: (mark.start, mark.end, mark.name))


def _mention_marks(article: Row, mentions: pd.DataFrame | None, copy: int) -> Iterator[Mark]:
    if mentions is None:
        return
    require(mentions, MENTION, "mentions")
    own = mentions[mentions["article_id"] == article["article_id"]]
    for row in rows(own.drop_duplicates(["start", "end"])):
        start, end = int(row["start"]), int(row["end"])
        attributes = (("title", f"{one_line(row['actor'])}, by {row['how']}"), ("style", MENTION_STYLE))
        yield Mark(start, end, "span", attributes, place_anchor(article["article_id"], start, end, copy))


def _side_mark(row: Row, part: str, name: str, style: str) -> Iterator[Mark]:
    start, end = row[f"{part}_start"], row[f"{part}_end"]
    if start is not None and end is not None:
        yield Mark(int(start), int(end), name, (("style", style),))


def _body(text: str, marks: Sequence[Mark]) -> Markup:
    """Return the text in paragraphs; without its tags it is the text exactly."""
    pieces: list[Any] = []
    at = 0
    for paragraph in _PARAGRAPH.finditer(text):
        start, end = paragraph.span()
        pieces += [text[at:start], tag("p", marked(text, marks, start, end), dir="auto")]
        at = end
    style = "max-width: 46em; line-height: 1.7; overflow-wrap: break-word"
    return tag("div", *pieces, text[at:], style=style, **{"class": "tk-article"})


def _legend(shown: Sequence[Row], colours: dict[str, str], sides: dict[str, str], caption: str) -> Markup:
    counts = by_speaker(shown)
    groups: dict[str, list[Markup]] = {}
    for name, kinds in counts.items():
        chip = tag("span", tag("bdi", name), f" {kinds.total()}", style=chip_style(colours[name]))
        groups.setdefault(sides.get(name, ""), []).append(chip)
    speakers = [tag("div", f"{side}: " if side else "", joined(chips, " ")) for side, chips in groups.items()]
    manners = in_order(manner_of(row) for row in shown)
    lines = {LINES.get(manner, "double"): manner for manner in reversed(manners)}
    others = ", ".join(manner for manner in manners if manner not in LINES)
    keys = [
        tag(
            "span",
            others if line == "double" else manner,
            style=f"border-bottom: {3 if line == 'double' else 2}px {line} {GREY}",
        )
        for line, manner in reversed(lines.items())
    ]
    keys += [tag("em", "cue", style=CUE_STYLE), tag("span", "source", style=f"{SOURCE_STYLE}; padding: 0 3px")]
    return tag(
        "div",
        tag("div", caption, style=QUIET),
        *speakers,
        tag("div", joined(keys, " · "), style=QUIET),
        style="line-height: 1.9; margin: 4px 0 8px 0",
    )


def _in_words(shown: Sequence[Row], copy: int) -> Markup:
    """Return who says what, folded until opened: what hovering tells, for those who cannot hover."""
    if not shown:
        return Markup("")
    items = []
    for row in shown:
        link = tag("a", ellipsis(row["text"], 80), href=f"#{anchor(row['article_id'], row['quotation_id'], copy)}")
        facts = (manner_of(row), one_line(row["cue"]), sureness_phrase(row))
        items.append(
            tag(
                "div",
                tag("bdi", speakers_phrase(row)),
                ": ",
                link,
                " ",
                tag("span", " · ".join(filter(None, facts)), style=QUIET),
                dir="auto",
            )
        )
    summary = tag("summary", f"Who says what: {count_of(len(shown), 'quotation')} in order")
    return tag("details", summary, *items, style="margin: 4px 0 8px 0; line-height: 1.6; max-width: 46em")
