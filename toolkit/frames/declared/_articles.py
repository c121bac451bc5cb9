"""Articles, and what gave none."""

from __future__ import annotations

from typing import Any

from toolkit.articles import Article, LeftOut
from toolkit.frames import _settling as settling
from toolkit.frames._columns import Column, FrameSpec, Role
from toolkit.frames.declared._shared import ARTICLE_ID, KEY, NEGOTIATION, ORIGIN


def _article_row(article: Article) -> dict[str, Any]:
    return {"n_words": len(article.body_text.split())}


ARTICLES = FrameSpec(
    "articles",
    (
        ARTICLE_ID,
        Column("title", "object", "title, or None", editable=True),
        Column("published", "datetime64[s]", "publication day, NaT where unknown", Role.DAY, editable=True),
        Column("published_basis", "object", "metadata, dateline, url, text, given or unknown", Role.CATEGORY),
        Column("outlet", "object", "outlet, or None", editable=True),
        Column("author", "object", "author, or None", editable=True),
        Column("url", "object", "address, or None; never opened"),
        Column("path", "object", "file or row it was read from"),
        Column("text", "object", "the text, as decoded; all offsets are into it"),
        Column("body_start", "int64", "offset behind a file's header", Role.NUMBER),
        Column("n_words", "int64", "words of the body", Role.NUMBER),
        Column("reprints", "object", "list of other outlets that printed the same text", holds=list[str]),
        NEGOTIATION,
        ORIGIN,
        KEY,
    ),
    key=("article_id",),
    brief=("title", "outlet", "published", "n_words"),
    noun="article",
    record=Article,
    row=_article_row,
    settled=settling.ARTICLES,
)


LEFT_OUT = FrameSpec(
    "left_out",
    (
        Column("source", "object", "file or row"),
        Column("reason", "object", "why it was left out, or what was wrong"),
        Column("stage", "object", "reading, corrections, or a stage of the analysis", Role.CATEGORY),
        Column("remedy", "object", "what would help, or None"),
        KEY,
    ),
    key=("source", "stage", "reason"),
    brief=("source", "reason"),
    noun="note",
    record=LeftOut,
)
