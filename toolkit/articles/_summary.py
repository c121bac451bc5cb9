"""How a list of articles shows itself: what was read, what was not, and what to do next."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from toolkit.articles._outcomes import clipped, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.articles._article import Article, Articles
    from toolkit.articles._outcomes import Report

TEXT_ROWS = 10
HTML_ROWS = 50
CELL = (
    "padding: 3px 16px 3px 0; text-align: left; vertical-align: top; border-bottom: 1px solid rgba(128, 128, 128, 0.4)"
)
HEAD = ("title or opening words", "published", "basis", "outlet", "characters", "article_id")


def headline(articles: Articles) -> str:
    """Say in one sentence how many articles there are, were left out, and lack a date."""
    parts = [f"{len(articles)} article{'' if len(articles) == 1 else 's'}"]
    if articles.left_out:
        parts.append(f"{len(articles.left_out)} left out (see .left_out)")
    if articles.problems:
        parts.append(f"{len(articles.problems)} with a problem (see .problems)")
    undated = sum(article.published is None for article in articles)
    if undated:
        parts.append(f"{undated} without a publication date (pass published=... to read)")
    return ", ".join(parts)


def as_text(articles: Articles) -> str:
    """Show the headline, the first articles, and why others were left out."""
    lines = [headline(articles)]
    lines += ["  " + "  ".join(_cells(article)[:5]) for article in articles[:TEXT_ROWS]]
    if len(articles) > TEXT_ROWS:
        lines.append(f"  … and {len(articles) - TEXT_ROWS} more")
    for heading, reports in _reports(articles):
        lines += [f"{heading}:", listed([str(report) for report in reports])]
    return "\n".join(lines)


def as_html(articles: Articles) -> str:
    """Show the same as an escaped table with the reports folded under it."""
    head = "".join(f'<th scope="col" style="{CELL}">{escape(name)}</th>' for name in HEAD)
    rows = "".join(_row(article) for article in articles[:HTML_ROWS])
    more = f"<p>… and {len(articles) - HTML_ROWS} more</p>" if len(articles) > HTML_ROWS else ""
    folded = "".join(_folded(heading, reports) for heading, reports in _reports(articles))
    caption = f'<caption style="text-align: left">{escape(headline(articles))}</caption>'
    body = f'<tbody role="rowgroup">{rows}</tbody>'
    # As all tables of the toolkit: in a narrow page rows are cards, in which each cell says what it is.
    table = f'<table class="tk-table" role="table">{caption}<thead><tr>{head}</tr></thead>{body}</table>'
    # Notebooks read what stands between two dollar signs as mathematics: prices, in an article.
    return f'<div class="tex2jax_ignore mathjax_ignore">{table}{more}{folded}</div>'


def _reports(articles: Articles) -> list[tuple[str, Sequence[Report]]]:
    pairs: list[tuple[str, Sequence[Report]]] = [
        ("Left out", articles.left_out),
        ("Problems", articles.problems),
    ]
    return [(heading, reports) for heading, reports in pairs if reports]


def _cells(article: Article) -> tuple[str, ...]:
    return (
        article.article_id,
        "no date" if article.published is None else article.published.isoformat(),
        article.published_basis,
        clipped(_outlets(article)),
        clipped(article.title or article.body_text[:400].strip()),
        str(len(article.text)),
    )


def _outlets(article: Article) -> str:
    others = f" and {len(article.reprints)} more" if article.reprints else ""
    return f"{article.outlet or '–'}{others}"


def _row(article: Article) -> str:
    identity, published, basis, outlet, title, characters = _cells(article)
    first = f'<th scope="row" role="rowheader" style="{CELL}; font-weight: normal">{escape(title) or "–"}</th>'
    cells = zip(HEAD[1:], (published, basis, outlet, characters, identity), strict=True)
    # A date stands in one line, what has more words takes several.
    others = (
        f'<td role="cell" data-head="{name}" style="{CELL}{"" if " " in cell else "; white-space: nowrap"}">'
        f"{escape(cell)}</td>"
        for name, cell in cells
    )
    return f'<tr role="row">{first}{"".join(others)}</tr>'


def _folded(heading: str, reports: Sequence[Report]) -> str:
    items = "".join(f"<li>{escape(str(report))}</li>" for report in reports[:HTML_ROWS])
    if len(reports) > HTML_ROWS:
        items += f"<li>… and {len(reports) - HTML_ROWS} more</li>"
    return f"<details><summary>{escape(heading)}: {len(reports)}</summary><ul>{items}</ul></details>"
