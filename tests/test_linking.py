"""Linking of tagged spans: each content to a cue, each cue to its source."""

from __future__ import annotations

from toolkit.model.attribution_tagger import TaggedSpan
from toolkit.quotations._linking import link

NO_SOURCE, BEFORE, BEHIND = (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)
CUE_BEFORE, CUE_BEHIND = (1.0, 0.0), (0.0, 1.0)


def spans_of(marked: str) -> list[TaggedSpan]:
    """Return the spans of a line: ``role:side`` of each at the place where it is written, one paragraph to a line."""
    sides = {"none": NO_SOURCE, "before": BEFORE, "behind": BEHIND}
    found = []
    for paragraph, line in enumerate(marked.split("\n")):
        place = 0
        for word in line.split(" "):
            role, _, side = word.partition(":")
            if role in {"source", "cue", "content"}:
                links = sides[side] if role == "cue" else (CUE_BEFORE if side == "before" else CUE_BEHIND)
                links = () if role == "source" else links
                found.append(TaggedSpan(role, place, place + len(word), paragraph, 0.9, links))
            place += len(word) + 1
    return found


def linked(marked: str) -> list[tuple[str, str | None, list[str]]]:
    """Return cue, source and contents of each attribution, as numbers among those of their role."""
    spans = spans_of(marked)
    names: dict[TaggedSpan | None, str | None] = {None: None}
    for role in ("source", "cue", "content"):
        names |= {span: f"{role}{n}" for n, span in enumerate(s for s in spans if s.role == role)}
    return [(str(names[m.cue]), names[m.source], [str(names[c]) for c in m.contents]) for m in link(spans)]


def test_a_content_goes_to_the_cue_on_its_side() -> None:
    assert linked("source cue:before content:before and source cue:before content:before") == [
        ("cue0", "source0", ["content0"]),
        ("cue1", "source1", ["content1"]),
    ]


def test_a_cue_behind_its_content_is_found() -> None:
    assert linked("content:behind cue:behind source") == [("cue0", "source0", ["content0"])]


def test_nothing_is_linked_over_paragraphs() -> None:
    assert linked("source cue:before content:before\ncontent:before") == [
        ("cue0", "source0", ["content0"]),
        ("None", None, ["content1"]),
    ]


def test_a_cue_says_that_it_has_no_source() -> None:
    assert linked("source and cue:none content:before") == [("cue0", None, ["content0"])]


def test_a_cue_without_contents_takes_those_before_one_with_its_own() -> None:
    """As in: "We stay," Duarte, who opposed the deal, told reporters."""
    assert linked("content:behind source who cue:before content:before , cue:before reporters") == [
        ("cue0", "source0", ["content1"]),
        ("cue1", "source0", ["content0"]),
    ]


def test_a_cue_without_contents_is_none() -> None:
    assert linked("source cue:before") == []
