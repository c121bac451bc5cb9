"""A coverage as plain columns for a page: texts once, names once, everything else by number.

What belongs to what (the rounds that a quotation speaks of, the targets it speaks to) is worked out here, so that
page and kernel filter by the same facts and can never count differently.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from toolkit.display import given_colours, holder_of, one_line, require, rows
from toolkit.linked._checks import packed_checks, packed_judged
from toolkit.linked._further import packed_further
from toolkit.phrases import as_day, basis_phrase, date_phrase, round_name, series_name
from toolkit.round_facts import facts_of, in_order
from toolkit.sentiment.counting import FEWEST, sign_of
from toolkit.statements import SCORES, is_sure, manner_of, voices_of
from toolkit.views.article import heading_text
from toolkit.views.colours import sides_of, speaker_colours

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from toolkit.coverage import Coverage
    from toolkit.display import Row

NEEDED = {
    "articles": ("article_id", "text"),
    "quotations": ("quotation_id", "article_id", "spans", "kind", "speaker"),
    "sentiment": ("article_id", "start", "end", "target", "target_start", "target_end", "holder", "polarity", "score"),
    "actors": ("actor",),
    "mentions": ("article_id", "start", "end", "actor", "how"),
    "times": ("article_id", "start", "end", "value", "basis"),
    "rounds": ("round_id", "label", "series", "first", "last", "date_basis", "status", "evidence"),
}

Columns = dict[str, list[Any]]


def packed(coverage: Coverage) -> dict[str, Any]:
    """Return what the linked view shows, as JSON holds it.

    Parameters
    ----------
    coverage : Coverage
        What to show; its frames may have been corrected or thinned out.

    Returns
    -------
    dict
        ``names`` (list of str), then for each frame its columns by name, lists of one length. Names and articles
        are given by their number, -1 for none; offsets count UTF-16 code units, as a page does. ``further`` holds
        frames that are known by their declaration alone, if there are any.

    Raises
    ------
    InputError
        If a frame lacks a column.
    """
    require_frames(coverage)
    return _Packer(coverage).pack()


def require_frames(coverage: Coverage) -> None:
    """Raise an InputError if a frame lacks a column that the view needs."""
    for name, columns in NEEDED.items():
        require(getattr(coverage, name), columns, name)


class Names:
    """Strings by number, each kept once."""

    def __init__(self) -> None:
        self.all: list[str] = []
        self._numbers: dict[str, int] = {}

    def number(self, name: str) -> int:
        """Return the number of a string, a new one where it has none; -1 for an empty one."""
        if not name:
            return -1
        if name not in self._numbers:
            self._numbers[name] = len(self.all)
            self.all.append(name)
        return self._numbers[name]


class Offsets:
    """Turns offsets in characters into offsets in UTF-16 code units."""

    def __init__(self, text: str) -> None:
        self._wide = [] if text.isascii() else [i for i, character in enumerate(text) if character > "\uffff"]

    def __call__(self, offset: Any) -> int:
        at = int(offset)
        return at + bisect_left(self._wide, at) if self._wide else at


class _Packer:
    def __init__(self, coverage: Coverage) -> None:
        self.coverage = coverage
        self.frames = {name: rows(coverage[name]) for name in NEEDED}
        self.frames["rounds"] = in_order(self.frames["rounds"])
        self.given = given_colours(coverage.quotations)
        self.names = Names()
        self.places = {row["article_id"]: number for number, row in enumerate(self.frames["articles"])}
        self.offsets = [Offsets(row["text"] or "") for row in self.frames["articles"]]
        self.evidence = _evidence_by_article(self.frames["rounds"])
        # A row whose article is not in the coverage has no text to be shown in.
        for name in ("quotations", "sentiment", "mentions", "times"):
            self.frames[name] = [row for row in self.frames[name] if row["article_id"] in self.places]
        self.quotation_numbers = {row["quotation_id"]: i for i, row in enumerate(self.frames["quotations"])}

    def pack(self) -> dict[str, Any]:
        colours = self.given | speaker_colours(self.frames["quotations"], self.given, sides_of(self.coverage.actors))
        parts = {
            "articles": _columns(map(self._article, self.frames["articles"]), ARTICLE),
            "quotations": _columns(map(self._quotation, self.frames["quotations"]), QUOTATION),
            "opinions": _columns(map(self._opinion, self.frames["sentiment"]), OPINION),
            "actors": _columns(map(self._actor, self.frames["actors"]), ACTOR),
            "mentions": _columns(map(self._mention, self.frames["mentions"]), MENTION),
            "times": _columns(map(self._time, self.frames["times"]), TIME),
            "rounds": _columns(map(self._round, self.frames["rounds"]), ROUND),
        }
        tints = [[self.names.number(name), colour] for name, colour in colours.items()]
        seldom = {
            "further": packed_further(self.coverage, self.places, self.offsets),
            "judged": packed_judged(self.coverage),
        }
        checks = packed_checks(self.coverage)
        whole = {"names": self.names.all, "colours": tints, "fewest": FEWEST, "checks": checks}
        return {**whole, **parts, **{name: found for name, found in seldom.items() if found}}

    def _span(self, row: Row, start: str, end: str) -> list[int] | None:
        if row.get(start) is None or row.get(end) is None:
            return None
        offset = self.offsets[self.places[row["article_id"]]]
        return [offset(row[start]), offset(row[end])]

    def _rounds_of(self, row: Row, start: int, end: int) -> list[int]:
        near = self.evidence[row["article_id"]]
        return sorted({number for number, first, last in near if first < end and start < last})

    def _day_said(self, row: Row) -> str | None:
        """Return the day of a statement; that of its article where the frame holds no such days."""
        said = (
            row["said"] if "said" in row else self.frames["articles"][self.places[row["article_id"]]].get("published")
        )
        day = as_day(said)
        return day.isoformat() if day else None

    def _article(self, row: Row) -> list[Any]:
        day = as_day(row.get("published"))
        return [
            row["article_id"],
            heading_text(row),
            PurePath(row.get("path") or "").name or None,
            day.isoformat() if day else None,
            *(one_line(row.get(name)) or None for name in ("outlet", "author", "url", "published_basis")),
            len(row.get("reprints") or ()),
            row["text"] or "",
            self.offsets[self.places[row["article_id"]]](row.get("body_start") or 0),
        ]

    def _quotation(self, row: Row) -> list[Any]:
        offset = self.offsets[self.places[row["article_id"]]]
        text = self.frames["articles"][self.places[row["article_id"]]]["text"] or ""
        spans = [[int(start), int(end)] for start, end in row["spans"]]
        words = " … ".join(text[start:end] for start, end in spans)
        kind, manner = one_line(row["kind"]), manner_of(row)
        return [
            row["quotation_id"],
            self.places[row["article_id"]],
            [offset(bound) for span in spans for bound in span],
            None if row.get("text", words) == words else row["text"],
            self.names.number(kind),
            self.names.number("" if manner == kind else manner),
            [self.names.number(name) for name in voices_of(row)],
            self.names.number(one_line(row.get("speaker_how"))),
            self.names.number(one_line(row.get("source_kind"))),
            self.names.number(one_line(row.get("cue"))),
            self._span(row, "cue_start", "cue_end"),
            self.names.number(one_line(row.get("cue_force"))),
            self.names.number(one_line(row.get("source_text"))),
            self._span(row, "source_start", "source_end"),
            self.names.number(one_line(row.get("audience"))),
            self.quotation_numbers.get(row.get("via"), -1),
            *(None if row.get(name) is None else round(float(row[name]), 2) for name in SCORES),
            is_sure(row),
            self.names.number(one_line(row.get("origin"))),
            self._day_said(row),
            self.names.number(one_line(row.get("said_basis"))),
            self._rounds_of(row, spans[0][0], spans[-1][1]) if spans else [],
            row.get("key"),
        ]

    def _opinion(self, row: Row) -> list[Any]:
        score = None if row["score"] is None else float(row["score"])
        return [
            self.places[row["article_id"]],
            self._span(row, "start", "end"),
            self.names.number(one_line(row["target"])),
            self._span(row, "target_start", "target_end"),
            self.names.number(holder_of(row)),
            sign_of(row),
            None if score is None else round(score, 4),
            self.quotation_numbers.get(row.get("quotation_id"), -1),
            self._rounds_of(row, row["start"], row["end"]),
            None if row.get("probability") is None else round(float(row["probability"]), 2),
            self.names.number(one_line(row.get("origin"))),
            row.get("key"),
        ]

    def _actor(self, row: Row) -> list[Any]:
        article_id, start, end = row.get("role_evidence") or (None, 0, 0)
        place = self.places.get(article_id)
        return [
            *(self.names.number(one_line(row.get(name))) for name in ("actor", "kind", "side", "role")),
            None if place is None else [place, self.offsets[place](start), self.offsets[place](end)],
        ]

    def _mention(self, row: Row) -> list[Any]:
        return [
            self.places[row["article_id"]],
            self._span(row, "start", "end"),
            self.names.number(one_line(row["actor"])),
            self.names.number(one_line(row["how"])),
        ]

    def _time(self, row: Row) -> list[Any]:
        meaning = one_line(row.get("edtf")) or one_line(row["value"])
        return [
            self.places[row["article_id"]],
            self._span(row, "start", "end"),
            self.names.number(meaning),
            self.names.number(one_line(row["basis"])),
        ]

    def _round(self, row: Row) -> list[Any]:
        first, last = as_day(row["first"]), as_day(row["last"])
        written = one_line(row.get("date_text"))
        evidence = [place for place in row["evidence"] or [] if place[0] in self.places]
        return [
            row["round_id"],
            round_name(row),
            series_name(row),
            date_phrase(row),
            basis_phrase(row),
            one_line(row["status"]),
            first.isoformat() if first else None,
            last.isoformat() if last else None,
            None if row.get("offset_first") is None else int(row["offset_first"]),
            [["In the text", written]] * bool(written) + [list(fact) for fact in facts_of(row) if fact[0] not in SAID],
            [
                [self.places[name], self.offsets[self.places[name]](start), self.offsets[self.places[name]](end)]
                for name, start, end in evidence
            ],
            self.names.number(one_line(row.get("place"))),
            [self.names.number(one_line(name)) for name in row.get("parties") or []],
            self.names.number(one_line(row.get("origin"))),
            row.get("key"),
            row.get("keys") or [],
        ]


ARTICLE = ("id", "title", "file", "day", "outlet", "author", "url", "basis", "others", "text", "body")
QUOTATION = (
    "id", "article", "spans", "text", "kind", "way", "voices", "how", "sourceKind", "cue", "cueSpan", "force",
    "source", "sourceSpan", "audience", "via", "score", "speakerScore", "isSure", "origin", "day", "dayBasis",
    "rounds", "key",
)  # fmt: skip
OPINION = (
    "article", "span", "target", "targetSpan", "holder", "polarity", "score", "quotation", "rounds", "sure", "origin",
    "key",
)  # fmt: skip
ACTOR = ("name", "kind", "side", "role", "roleAt")
# What a round's own line says already.
SAID = ("Series", "Called", "Days", "Status")

MENTION = ("article", "span", "actor", "how")
TIME = ("article", "span", "meaning", "basis")
ROUND = (
    "id", "name", "series", "days", "basis", "status", "first", "last", "offset", "facts", "evidence", "place",
    "parties", "origin", "key", "keys",
)  # fmt: skip


def _columns(found: Iterable[list[Any]], keys: Sequence[str]) -> Columns:
    kept = list(found)
    return {key: [row[place] for row in kept] for place, key in enumerate(keys)}


def _evidence_by_article(rounds: Sequence[Row]) -> dict[str, list[tuple[int, int, int]]]:
    found: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for number, row in enumerate(rounds):
        for article_id, start, end in row["evidence"] or []:
            found[article_id].append((number, int(start), int(end)))
    return found
