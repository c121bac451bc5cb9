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
CELL = "padding: 2px 10px 2px 0; text-align: left; vertical-align: top"
HEAD = ("article_id", "published", "basis", "outlet", "title or opening words", "characters")


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
    caption = f"<caption>{escape(headline(articles))}</caption>"
    table = f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
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
    return "<tr>" + "".join(f'<td style="{CELL}">{escape(cell)}</td>' for cell in _cells(article)) + "</tr>"


def _folded(heading: str, reports: Sequence[Report]) -> str:
    items = "".join(f"<li>{escape(str(report))}</li>" for report in reports[:HTML_ROWS])
    if len(reports) > HTML_ROWS:
        items += f"<li>… and {len(reports) - HTML_ROWS} more</li>"
    return f"<details><summary>{escape(heading)}: {len(reports)}</summary><ul>{items}</ul></details>"
