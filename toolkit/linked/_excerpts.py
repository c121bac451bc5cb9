"""A coverage without its articles: only the sentences that are evidence stay, for texts one may not pass on."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from toolkit.display import rows
from toolkit.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from toolkit.coverage import Coverage
    from toolkit.display import Row
    from toolkit.records import Span

GAP, BREAK = " […] ", "\n[…]\n"

# The offsets of each frame, as pairs of columns that are moved together.
OFFSETS = {
    "mentions": (("start", "end"),),
    "quotations": (("start", "end"), ("cue_start", "cue_end"), ("source_start", "source_end")),
    "sentiment": (("start", "end"), ("target_start", "target_end")),
    "times": (("start", "end"),),
}


def excerpts(coverage: Coverage) -> Coverage:
    """Return a coverage whose articles hold only the sentences that are evidence.

    Evidence is every sentence with a quotation, its cue or its source, with an opinion, or with what is known of a
    round. All offsets are those of the shortened texts; mentions and times elsewhere go with their sentences.

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
    frames = {name: _moved(getattr(coverage, name), pairs, kept) for name, pairs in OFFSETS.items()}
    texts = [kept[name].text for name in coverage.articles["article_id"]]
    articles = _with_columns(coverage.articles, {"text": texts, "body_start": [0] * len(texts)})
    places = [
        [kept[name].place(name, start, end) for name, start, end in found or [] if name in kept]
        for found in coverage.rounds["evidence"]
    ]
    rounds = _with_columns(coverage.rounds, {"evidence": places})
    return replace(
        coverage,
        articles=articles,
        mentions=frames["mentions"],
        quotations=frames["quotations"],
        sentiment=frames["sentiment"],
        times=frames["times"],
        rounds=rounds,
    )


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

    def place(self, name: str, start: int, end: int) -> list[Any]:
        """Return a passage of evidence in the excerpt."""
        return [name, *self.span(int(start), int(end))]


def share_of_text(whole: Coverage, part: Coverage) -> float:
    """Return the share of the articles' characters that an excerpt keeps, 0 to 1."""
    before, after = (int(coverage.articles["text"].str.len().sum()) for coverage in (whole, part))
    return after / before if before else 1.0


def _evidence(coverage: Coverage) -> dict[str, list[Span]]:
    """Return what must be kept of each article."""
    found: dict[str, list[Span]] = {name: [] for name in coverage.articles["article_id"]}
    for name in ("quotations", "sentiment"):
        for row in rows(getattr(coverage, name)):
            # From first to last, so that a quotation and the words that announce it stay in one piece.
            bounds = [int(row[key]) for pair in OFFSETS[name] for key in pair if row[key] is not None]
            found.setdefault(row["article_id"], []).append((min(bounds), max(bounds)))
    for places in coverage.rounds["evidence"]:
        for article_id, start, end in places or []:
            found.setdefault(article_id, []).append((int(start), int(end)))
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


def _moved(frame: pd.DataFrame, pairs: tuple[tuple[str, str], ...], kept: dict[str, Excerpt]) -> pd.DataFrame:
    """Return a frame with its offsets moved, without the rows whose words were left out."""
    there = [
        row["article_id"] in kept and kept[row["article_id"]].holds(row["start"], row["end"]) for row in rows(frame)
    ]
    frame = frame[there]
    excerpts_of = [kept[name] for name in frame["article_id"]]
    columns: dict[str, Any] = {}
    for start, end in pairs:
        spans = [
            (None, None) if row[start] is None or row[end] is None else excerpt.span(int(row[start]), int(row[end]))
            for row, excerpt in zip(rows(frame), excerpts_of, strict=True)
        ]
        columns[start], columns[end] = ([span[side] for span in spans] for side in (0, 1))
    if "spans" in frame:
        moved = [[e.span(s, t) for s, t in spans] for e, spans in zip(excerpts_of, frame["spans"], strict=True)]
        columns["spans"] = moved
    return _with_columns(frame, columns)


def _with_columns(frame: pd.DataFrame, columns: dict[str, Any]) -> pd.DataFrame:
    import pandas as pd

    return frame.assign(
        **{name: pd.Series(values, index=frame.index, dtype=frame[name].dtype) for name, values in columns.items()}
    )
