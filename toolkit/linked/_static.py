"""The linked view without script: the same articles, marks, tables and rounds, to be read and searched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.display import NO_SPEAKER, count_of, percent
from toolkit.linked._filters import _slice, manner, quotation_text
from toolkit.linked._further import static_table
from toolkit.plots.leading import place_name
from toolkit.statements import left_out_phrase
from toolkit.views import marked_article, round_evidence
from toolkit.views.colours import POLARITIES
from toolkit.views.markup import QUIET, Markup, anchor, joined, tag

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    import pandas as pd

    from toolkit.coverage import Coverage

# Beyond this many characters the static form would outgrow the data of the live one.
FULL_TEXT = 60_000
FEW_ROWS = 100

# Where a style sheet reaches the page, cells would be set to the right.
LINE = "text-align: left; vertical-align: top"


def static_form(
    coverage: Coverage,
    data: Mapping[str, Any],
    found: Mapping[str, Sequence[int]],
    filters: Mapping[str, str],
    total: int | None = None,
) -> Markup:
    """Return the view as static html: all of it for a few articles, a stated part of it for many.

    Parameters
    ----------
    coverage : Coverage
        What to show.
    data : mapping
        The same, packed.
    found : mapping of str to sequence of int
        The rows that the filters leave, by ``quotations`` and ``opinions``.
    filters : mapping of str to str
        The filters, to be named.
    total : int, optional
        How many articles there are, where the coverage holds some of them.
    """
    shown = _articles_that_fit(data, found)
    limit = None if len(shown) == len(data["articles"]["id"]) else FEW_ROWS
    quotations = coverage.quotations[coverage.quotations["article_id"].isin(data["articles"]["id"])]
    quotations = quotations.iloc[list(found["quotations"])]
    return tag(
        "div",
        tag("div", *_headline(data, found, filters, len(shown), total or 0)),
        *(_marked(coverage, quotations, data["articles"]["id"][number]) for number in shown),
        *([] if limit is None else [_section("Quotations", _table(data, found["quotations"], limit))]),
        _section("Sentiment, by sentence", _sentences(data, found["opinions"], limit)),
        _section("Rounds of talks", _rounds(coverage, limit)),
        *(_section(_title(part), static_table(part, _words_in(data), limit)) for part in data.get("further", ())),
        **{"data-part": "static"},
    )


def _rounds(coverage: Coverage, limit: int | None) -> Markup:
    """Return the rounds with what they are read from, the first of them where there are many."""
    few = coverage.rounds if limit is None else coverage.rounds.iloc[:limit]
    html = round_evidence(coverage.articles, few).html
    if len(few) == len(coverage.rounds):
        return html
    return joined([tag("div", f"{limit:,} of {count_of(len(coverage.rounds), 'round')} shown", style=QUIET), html])


def _marked(coverage: Coverage, quotations: pd.DataFrame, article_id: str) -> Markup:
    """Return an article with the quotations marked that the filters leave, and told in words above it."""
    return marked_article(coverage.articles, quotations, article_id, actors=coverage.actors, sure=False).html


def headline(data: Mapping[str, Any], found: Mapping[str, Sequence[int]], filters: Mapping[str, str]) -> str:
    """Return what is shown, in counts."""
    sure = data["quotations"]["isSure"]
    total, matching = len(sure) if filters.get("show") == "all" else sum(sure), len(found["quotations"])
    counted = count_of(total, "quotation") if matching == total else f"{matching:,} of {count_of(total, 'quotation')}"
    voices = {data["names"][name] for number in found["quotations"] for name in data["quotations"]["voices"][number]}
    parts = [
        counted,
        count_of(len(voices - {NO_SPEAKER}), "speaker"),
        count_of(len(data["articles"]["id"]), "article"),
        count_of(len(data["rounds"]["id"]), "round"),
        left_out_phrase(len(found["less_sure"])),
    ]
    return " · ".join(filter(None, parts))


def _headline(
    data: Mapping[str, Any], found: Mapping[str, Sequence[int]], filters: Mapping[str, str], shown: int, total: int
) -> Iterator[Markup]:
    yield tag("div", headline(data, found, filters), style=QUIET)
    if filters:
        chosen = ", ".join(f"{key}: {value}" for key, value in filters.items())
        yield tag("div", f"Filtered by {chosen}", style=QUIET, dir="auto")
    articles = len(data["articles"]["id"])
    if total > articles:
        yield tag(
            "div",
            f"The first {articles:,} of {count_of(total, 'article')} are here; the other {total - articles:,} are left "
            "out, for no page could hold them. All are in the view of a running notebook: tk.explore(…).widget().",
            style=QUIET,
        )
    whole = "All of them are" if total <= articles else f"All {articles:,} articles are"
    if shown < articles:
        yield tag(
            "div",
            f"{shown:,} of {count_of(articles, 'article')} and the first {FEW_ROWS} rows of each table stand here. "
            f"{whole} in the live form: trust the notebook and run the cell, or open the page in a browser "
            "that runs scripts.",
            style=QUIET,
        )


def _section(title: str, content: Markup) -> Markup:
    return tag("div", tag("div", title, style="font-weight: bold; font-size: 115%; margin-top: 1.5em"), content)


def _title(part: Mapping[str, Any]) -> str:
    return str(part["name"]).replace("_", " ").capitalize()


def _words_in(data: Mapping[str, Any]) -> Callable[[Sequence[int]], str]:
    def words(span: Sequence[int]) -> str:
        article, start, end = span
        return _slice(data["articles"]["text"][article], start, end)

    return words


def _articles_that_fit(data: Mapping[str, Any], found: Mapping[str, Sequence[int]]) -> list[int]:
    """Return the articles to show: those with something that matches first, as many as stay readable."""
    wanted = {data["quotations"]["article"][number] for number in found["quotations"]}
    wanted |= {data["opinions"]["article"][number] for number in found["opinions"]}
    lengths = [len(text) for text in data["articles"]["text"]]
    room = FULL_TEXT
    shown: list[int] = []
    for number in sorted(range(len(lengths)), key=lambda number: number not in wanted):
        room -= lengths[number]
        if shown and room < 0:
            break
        shown.append(number)
    return sorted(shown)


def _table(data: Mapping[str, Any], quotations: Sequence[int], limit: int | None) -> Markup:
    """Return the quotations as a table, each linked to its place in the article."""
    columns, names = data["quotations"], data["names"]
    lines = []
    for count, number in enumerate(quotations[:limit], start=1):
        target = anchor(data["articles"]["id"][columns["article"][number]], columns["id"][number])
        speaker = ", ".join(names[voice] for voice in columns["voices"][number])
        cue = names[columns["cue"][number]] if columns["cue"][number] >= 0 else ""
        cells = [
            tag("th", tag("a", count, href=f"#{target}"), scope="row"),
            tag("td", speaker, dir="auto"),
            tag("td", cue),
            tag("td", quotation_text(data, number), dir="auto"),
            tag("td", manner(data, number)),
        ]
        lines.append(tag("tr", *cells, style=LINE))
    head = tag(
        "tr", *(tag("th", name, scope="col") for name in ("#", "Speaker", "Cue", "Quotation", "Kind")), style=LINE
    )
    caption = f"{min(limit or len(quotations), len(quotations)):,} of {count_of(len(quotations), 'quotation')}"
    return tag("table", tag("caption", caption), tag("thead", head), tag("tbody", *lines), style="line-height: 1.45")


def _sentences(data: Mapping[str, Any], opinions: Sequence[int], limit: int | None) -> Markup:
    """Return each sentence once, with who speaks in it of whom, and how."""
    columns, names = data["opinions"], data["names"]
    groups: dict[tuple[int, int, int], list[int]] = {}
    for number in opinions:
        start, end = columns["span"][number]
        groups.setdefault((columns["article"][number], start, end), []).append(number)
    items: list[Markup] = []
    known: set[str] = set()
    for (article, start, end), numbers in list(groups.items())[:limit]:
        sentence = _slice(data["articles"]["text"][article], start, end)
        voices = [f"{names[holder]} → {', '.join(tones)}" for holder, tones in _by_holder(columns, names, numbers)]
        spoken = tag("div", "; ".join(voices), style=QUIET, dir="auto")
        items.append(tag("li", *_places(columns, names, numbers, known), sentence, spoken, dir="auto"))
    caption = count_of(len(groups), "sentence")
    if limit is not None and len(groups) > limit:
        caption = f"{limit:,} of {caption} shown"
    return joined([tag("div", caption, style=QUIET), tag("ol", *items, style="max-width: 46em; line-height: 1.5")])


def _places(
    columns: Mapping[str, Any], names: Sequence[str], numbers: Sequence[int], known: set[str]
) -> Iterator[Markup]:
    """Give the places that charts lead to: of each target, and of each holder on it, its first sentence."""
    for number in numbers:
        holder, target = names[columns["holder"][number]], names[columns["target"][number]]
        for rows in ({"target": target}, {"speaker": holder, "target": target}):
            if (place := place_name(rows)) not in known:
                known.add(place)
                yield tag("span", id=place)


def _by_holder(
    columns: Mapping[str, Any], names: Sequence[str], numbers: Sequence[int]
) -> Iterable[tuple[int, list[str]]]:
    """Return each holder of a sentence once, with the tone toward each target."""
    found: dict[int, list[str]] = {}
    for number in numbers:
        tone = f"{names[columns['target'][number]]} {_tone(columns, number)}"
        found.setdefault(columns["holder"][number], []).append(tone)
    return found.items()


def _tone(columns: Mapping[str, Any], number: int) -> str:
    sign, _, _ = POLARITIES[columns["polarity"][number]]
    sure = columns["sure"][number]
    return sign if sure is None else f"{sign} {percent(sure)}"


def text_form(data: Mapping[str, Any], found: Mapping[str, Sequence[int]], filters: Mapping[str, str]) -> str:
    """Return the view as a few lines of text."""
    names, columns = data["names"], data["quotations"]
    lines = [f"Linked view: {headline(data, found, filters)}"]
    if filters:
        lines.append("Filters: " + ", ".join(f"{key}={value!r}" for key, value in filters.items()))
    for number in found["quotations"][:8]:
        speaker = ", ".join(names[voice] for voice in columns["voices"][number])
        words = " ".join(quotation_text(data, number).split())
        lines.append(f"  {speaker}: {words[:99] + '…' if len(words) > 100 else words}")
    if len(found["quotations"]) > 8:
        lines.append(f"  … and {len(found['quotations']) - 8:,} more: .quotations")
    return "\n".join(lines)
