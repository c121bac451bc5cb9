"""A coverage as one html file to pass on: no network, no kernel, nothing hidden in an article can run in it."""

from __future__ import annotations

from functools import partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from toolkit.display import count_of, names, one_line, rows
from toolkit.files import check_writable, write_text
from toolkit.linked._assets import chart_script, squeezed
from toolkit.linked._hoisting import hoisted
from toolkit.packaged import read_text
from toolkit.phrases import as_day, day_phrase
from toolkit.plots.describe import describe
from toolkit.statements import counts_phrase, left_out_phrase, sure_rows
from toolkit.terminal import printable
from toolkit.views.article import heading_text
from toolkit.views.colours import POLARITIES
from toolkit.views.markup import Markup, joined, tag
from toolkit.views.picture import chart, chart_style
from toolkit.views.table import table_style

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from matplotlib.axes import Axes

    from toolkit.coverage import Coverage
    from toolkit.display import Row

TITLE = "News coverage of negotiations"
STYLE = Path(__file__).resolve().parent / "templates" / "share" / "page.css"

FOUND = (
    "Quotations, speakers, sentiment and rounds were found by a program and may be wrong: each stands beside the words "
    "it was read from, with the share of such findings that proved right. Of the quotations shown nine in ten are "
    "right, in words and speaker; less sure ones come on demand."
)

JUDGED = (
    "How often rows that people judged proved right as first read, and the bounds that this share lies within 95 times "
    "in 100. Rows looked at because they seemed wrong tell nothing of the others."
)

MOST_SOURCES = 1_000
"""How many lines a table of where things come from holds; it says how many there are."""

BASES = {
    "metadata": "from its metadata",
    "dateline": "from its dateline",
    "url": "from its address",
    "text": "from its text",
    "given": "given by the user",
}


def share(coverage: Coverage, path: str | Path, *, title: str | None = None, texts: bool = True) -> Path:
    """Write a coverage as one page that opens in any browser, offline.

    The page holds a summary, the linked view of `toolkit.explore`, charts with alternative text, and where all of it
    comes from. It loads nothing, and its content-security policy lets no script run but the view's own; without
    scripts it is read as a static page.

    Parameters
    ----------
    coverage : Coverage
        What :func:`toolkit.analyze` returned.
    path : str or Path
        The file, replaced where it exists.
    title : str, optional
        Heading of the page.
    texts : bool
        Whether the whole text of each article goes into the page. False keeps only the sentences that are evidence,
        with ``[…]`` for the rest, for texts that may not be passed on.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    InputError
        If there can be no such file, or a frame lacks a column.
    FileError
        If the file cannot be written; what was there is whole.
    """
    path = Path(path)
    check_writable(path)
    write_text(path, page_of(coverage, title=title, texts=texts))
    return path


def page_of(coverage: Coverage, *, title: str | None = None, texts: bool = True) -> str:
    """Return the page that `share` writes; see there."""
    from toolkit.linked import LinkedView, script_source
    from toolkit.linked._excerpts import excerpts

    shown = coverage if texts else excerpts(coverage)
    heading = printable(title or TITLE)
    policy = (
        f"default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src {script_source()}; "
        "base-uri 'none'; form-action 'none'"
    )
    head = joined(
        [
            Markup('<meta charset="utf-8">'),
            Markup('<meta name="viewport" content="width=device-width, initial-scale=1">'),
            Markup(f'<meta http-equiv="Content-Security-Policy" content="{policy}">'),
            Markup('<meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer">'),
            tag("title", heading),
            Markup(f"<style>{squeezed(read_text(STYLE) + table_style() + chart_style())}</style>"),
        ],
        "\n",
    )
    body = joined(
        [
            tag("header", tag("h1", heading, dir="auto"), *_summary(coverage), _as_read("These counts are")),
            tag("main", tag("h2", "Explore"), LinkedView(shown).html(in_page=True)),
            *_positions(shown),
            _section("Charts", _as_read("The charts are"), tag("div", *_charts(coverage), **{"class": "charts"})),
            _section("Where this comes from", *_provenance(coverage, shown)),
            tag("footer", tag("p", "This page is one file and loads nothing.")),
            Markup(f"<script>{chart_script()}</script>"),
        ],
        "\n",
    )
    return f'<!DOCTYPE html>\n<html lang="en">\n<head>\n{head}\n</head>\n<body>\n{body}\n</body>\n</html>\n'


def _section(title: str, *content: Markup) -> Markup:
    """Return a part of the page that readers by ear can find by its name."""
    return tag("section", tag("h2", title), *content, **{"aria-label": title})


def _as_read(what: str) -> Markup:
    """Return a note that the script shows as soon as rows are corrected in the page."""
    return tag("p", f"{what} as first read, without the corrections made in this page.", **{"class": "as-read"})


def _summary(coverage: Coverage) -> Iterator[Markup]:
    articles = rows(coverage.articles)
    outlets = sorted({one_line(row.get("outlet")) for row in articles} - {""})
    days = sorted(day for row in articles if (day := as_day(row.get("published"))))
    undated = len(articles) - len(days)
    parts = [count_of(len(articles), "article")]
    if outlets:
        parts.append(f"from {names(outlets[:4])}" + (f" and {len(outlets) - 4} more" if len(outlets) > 4 else ""))
    if days:
        span = day_phrase(days[0]) if days[0] == days[-1] else f"{day_phrase(days[0])} to {day_phrase(days[-1])}"
        parts.append(f"published {span}")
    if undated:
        parts.append("without a known date" if undated == len(articles) else f"{undated:,} without a known date")
    shown = rows(sure_rows(coverage.quotations))
    left_out = left_out_phrase(len(coverage.quotations) - len(shown))
    found = [
        counts_phrase(shown) + (f" ({left_out})" if left_out else ""),
        count_of(len(coverage.actors), "actor"),
        count_of(len(coverage.rounds), "round") + " of talks",
    ]
    yield tag("p", f"{', '.join(parts)}: {', '.join(found)}.", dir="auto")
    if len(coverage.left_out):
        yield tag("p", f"{count_of(len(coverage.left_out), 'note')} on what was left out or doubtful stand at the end.")


def _positions(shown: Coverage) -> Iterator[Markup]:
    """Give the part on who stands where, if there are positions."""
    from toolkit.views import position_matrix, standings

    if shown.positions["issue"].notna().any():
        tables = position_matrix(shown.articles, shown.positions, top=5, limit=4), standings(shown.positions, top=5)
        html, classes = hoisted(joined([view.html for view in tables]), "p", ".stands")
        part = tag("div", html, **{"class": "stands"})
        yield _section("Who stands where", _as_read("These are positions"), Markup(f"<style>{classes}</style>"), part)


def _charts(coverage: Coverage) -> Iterator[Markup]:
    from toolkit import plots
    from toolkit.plots.chart import Chart

    timeline = partial(plots.timeline, events=coverage.events)
    wanted = (
        (
            plots.speakers,
            coverage.quotations,
            "Each bar leads to what the speaker says; a statement made together counts for each.",
        ),
        (plots.sentiment_ranking, coverage.sentiment, "Each bar leads to the sentences it counts."),
        (timeline, coverage.rounds, "Each sign leads to the passages it is read from."),
    )
    for draw, frame, caption in wanted:
        if len(frame):
            yield _figure(draw(frame, ax=Chart().subplots()), caption)


def _figure(ax: Axes, caption: str) -> Markup:
    words = tag("details", tag("summary", "In words"), tag("p", describe(ax), dir="auto"))
    return tag("figure", chart(ax), tag("figcaption", caption), words)


def _provenance(coverage: Coverage, shown: Coverage) -> Iterator[Markup]:
    yield tag("p", FOUND)
    yield tag("p", _texts_note(coverage, shown))
    yield _table(("Article", "Outlet", "Published", "Source"), [_source_cells(row) for row in rows(coverage.articles)])
    yield from _judged(coverage)
    if len(coverage.left_out):
        yield tag("h3", "Left out or doubtful")
        cells = [(_file(row["source"]), one_line(row["reason"])) for row in rows(coverage.left_out)]
        yield _table(("Source", "Reason"), cells)
    versions = [tag("li", f"{one_line(key).replace('_', ' ')}: {one_line(value)}")
                for key, value in coverage.metadata.items()]  # fmt: skip
    yield tag("details", tag("summary", "Versions"), tag("ul", *versions), **{"class": "versions"})


def _judged(coverage: Coverage) -> Iterator[Markup]:
    """Give what share of the rows that people judged proved right, if any were."""
    from toolkit.corrections import precision

    shares = rows(precision(coverage))
    if not shares:
        return
    yield tag("h3", "Checked by hand")
    yield tag("p", JUDGED)
    yield _as_read("These shares are")
    cells = [
        (one_line(row["frame"]), _kind(row), f"{row['n_right']:,} of {row['n']:,}", _percent(row["precision"]),
         f"{_percent(row['low'])} to {_percent(row['high'])}")
        for row in shares
    ]  # fmt: skip
    yield _table(("Rows", "Kind", "Right", "Share", "Between (95 %)"), cells)


def _percent(share: float) -> str:
    return f"{round(100 * share)} %"


def _kind(row: Row) -> str:
    kind = one_line(row["kind"]) or "all"
    return " ".join(POLARITIES[int(kind)][:2]) if row["frame"] == "sentiment" and kind in {"-1", "0", "1"} else kind


def _texts_note(coverage: Coverage, shown: Coverage) -> str:
    from toolkit.linked._apart import fitting
    from toolkit.linked._excerpts import share_of_text

    if shown is coverage:
        held, total = len(fitting(shown).articles), len(shown.articles)
        if held < total:
            return (
                f"The page holds the whole text of the first {held:,} of {total:,} articles; the others are left out."
            )
        return "The page holds the whole text of each article."
    return (
        "The page holds only the sentences that are evidence, with […] for the rest: "
        f"{share_of_text(coverage, shown):.0%} of the characters."
    )


def _source_cells(row: Row) -> tuple[str, ...]:
    day = as_day(row.get("published"))
    basis = BASES.get(one_line(row.get("published_basis")), "")
    published = f"{day_phrase(day)} ({basis})" if day and basis else day_phrase(day) if day else "unknown"
    # An address is shown as text, never as a link: it comes from the articles.
    source = " · ".join(part for part in (one_line(row.get("url")), _file(row.get("path"))) if part)
    return heading_text(row), one_line(row.get("outlet")), published, source


def _file(path: Any) -> str:
    """Return the name of a file without the folders it lay in, which are nobody's business."""
    return PurePath(one_line(path).replace("\\", "/")).name


def _table(head: Sequence[str], every: Sequence[Sequence[str]]) -> Markup:
    """Return a table without the columns that are empty throughout; in a narrow page its rows are cards."""
    cells = every[:MOST_SOURCES]
    caption = f"The first {len(cells):,} of {len(every):,}; the others are left out."
    above = [tag("caption", caption)] if len(cells) < len(every) else []
    told = [0, *(number for number in range(1, len(head)) if any(row[number] for row in cells))]
    top = tag("tr", *(tag("th", head[number], scope="col") for number in told))
    body = [
        tag("tr", tag("th", row[0], scope="row", dir="auto", role="rowheader"),
            *(tag("td", row[number], dir="auto", role="cell", **{"data-head": head[number]}) for number in told[1:]),
            role="row")
        for row in cells
    ]  # fmt: skip
    table = tag("table", *above, tag("thead", top), tag("tbody", *body, role="rowgroup"), role="table",
                **{"class": "tk-table"})  # fmt: skip
    return tag("div", table, tabindex="0", role="region",
               **{"class": "scroll", "aria-label": f"{head[0]} and {head[-1]}"})  # fmt: skip
