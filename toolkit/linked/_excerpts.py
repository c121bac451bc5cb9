"""A coverage without its articles: only the sentences that are evidence stay, for texts one may not pass on."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

import pandas as pd

from toolkit.display import rows
from toolkit.frames import Role, in_context, moved, places_of_row, spans_of_row
from toolkit.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable

    from toolkit.coverage import Coverage
    from toolkit.display import Row
    from toolkit.records import Span

GAP, BREAK = " […] ", "\n[…]\n"


def excerpts(coverage: Coverage) -> Coverage:
    """Return a coverage whose articles hold only the sentences that are evidence.

    Evidence is every sentence with a quotation, its cue or its source, with an opinion, with what is known of a round,
    or with a row of a further frame. All offsets are those of the shortened texts; mentions and times elsewhere go with
    their sentences, and what points elsewhere, such as the place of an actor's role, is None.

    Parameters
    ----------
    coverage : Coverage
        As :func:`toolkit.analyze` returns it.

    Returns
    -------
    Coverage
        With ``[…]`` in the articles where text was left out; the quotations, opinions and rounds are all there.
    """
    evidence = _evidence(coverage)
    kept = {row["article_id"]: Excerpt(row, evidence[row["article_id"]]) for row in rows(coverage.articles)}
    frames = {name: moved(coverage[name], spec, kept) for name, spec in coverage.specs().items()}
    articles = frames["articles"]
    texts = [kept[name].text for name in articles["article_id"]]
    cells = pd.Series(texts, index=articles.index, dtype=articles["text"].dtype)
    frames["articles"] = articles.assign(text=cells, body_start=0)
    return coverage.with_frames(in_context(frames))


class Excerpt:
    """Parts of a text put together, and where an offset of the whole text lies in them.

    Parameters
    ----------
    article : dict
        A row of the articles frame.
    evidence : iterable of (int, int)
        What must be kept; whole sentences are.
    """

    def __init__(self, article: Row, evidence: Iterable[Span]) -> None:
        text = article["text"] or ""
        body = (int(article.get("body_start") or 0), len(text))
        self._parts = _joined(evidence, sentences(text, body))
        self._starts = [start for start, _ in self._parts]
        self._moved: list[int] = []
        pieces: list[str] = []
        at = length = 0
        for start, end in self._parts:
            between = _between(text[at:start]) if pieces or text[body[0] : start].strip() else ""
            self._moved.append(length + len(between))
            pieces += [between, text[start:end]]
            length, at = length + len(between) + end - start, end
        tail = _between(text[at:]) if text[at:].strip() else ""
        self.text = "".join([*pieces, tail.rstrip()])

    def holds(self, start: int, end: int) -> bool:
        """Tell whether a span was kept."""
        part = bisect_right(self._starts, start) - 1
        return part >= 0 and end <= self._parts[part][1]

    def span(self, start: int, end: int) -> list[int]:
        """Return a span of the excerpt from one of the text that was kept."""
        part = max(bisect_right(self._starts, start) - 1, 0)
        shift = self._moved[part] - self._starts[part]
        return [start + shift, end + shift]


def share_of_text(whole: Coverage, part: Coverage) -> float:
    """Return the share of the articles' characters that an excerpt keeps, 0 to 1."""
    before, after = (int(coverage.articles["text"].str.len().sum()) for coverage in (whole, part))
    return after / before if before else 1.0


def _evidence(coverage: Coverage) -> dict[str, list[Span]]:
    """Return what must be kept of each article."""
    found: dict[str, list[Span]] = {name: [] for name in coverage.articles["article_id"]}
    for name, spec in coverage.specs().items():
        article = spec.the(Role.ARTICLE)
        for row in rows(coverage[name]) if spec.evidence else ():
            if article and (bounds := [bound for span in spans_of_row(row, spec) for bound in span]):
                # From first to last, so that a quotation and the words that announce it stay in one piece.
                found.setdefault(row[article], []).append((min(bounds), max(bounds)))
            for article_id, start, end in places_of_row(row, spec):
                found.setdefault(article_id, []).append((start, end))
    return found


def _joined(evidence: Iterable[Span], found: list[Span]) -> list[Span]:
    """Return the sentences that hold evidence, those that touch put together."""
    wanted = sorted(evidence)
    whole = sorted(wanted + [s for s in found if any(start < s[1] and s[0] < end for start, end in wanted)])
    parts: list[Span] = []
    for start, end in whole:
        if parts and start <= parts[-1][1]:
            parts[-1] = parts[-1][0], max(parts[-1][1], end)
        else:
            parts.append((start, end))
    return parts


def _between(left_out: str) -> str:
    """Return what stands for text left out; white space alone stays as it is."""
    if not left_out.strip():
        return left_out
    return BREAK if "\n" in left_out else GAP
