from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st
from outline import Outline, bare

from toolkit.views.markup import Mark, Markup, anchor, escape, marked, tag

if TYPE_CHECKING:
    from collections.abc import Callable


@st.composite
def texts_and_marks(draw: Callable[..., Any]) -> tuple[str, list[Mark]]:
    text = draw(st.text(st.sampled_from("ab <>&\"';#\n☃שa"), max_size=30))
    bounds = st.integers(0, len(text))
    pairs = draw(st.lists(st.tuples(bounds, bounds), max_size=8))
    marks = [Mark(min(pair), max(pair), "mark", (("title", text),), f"m{index}") for index, pair in enumerate(pairs)]
    return text, marks


class TestMarked:
    @given(texts_and_marks())
    def test_without_tags_it_is_the_text(self, case: tuple[str, list[Mark]]) -> None:
        text, marks = case
        assert bare(marked(text, marks)) == text

    @given(texts_and_marks(), st.data())
    def test_a_part_is_that_part(self, case: tuple[str, list[Mark]], data: st.DataObject) -> None:
        text, marks = case
        start, end = sorted((data.draw(st.integers(0, len(text))), data.draw(st.integers(0, len(text)))))
        assert bare(marked(text, marks, start, end)) == text[start:end]

    @given(texts_and_marks())
    def test_elements_nest_and_anchors_are_unique(self, case: tuple[str, list[Mark]]) -> None:
        text, marks = case
        outline = Outline(marked(text, marks))
        assert outline.nests
        assert not outline.open
        found = [attributes["id"] for attributes in outline.all("mark") if "id" in attributes]
        assert sorted(map(str, found)) == sorted(str(mark.anchor) for mark in marks if mark.start < mark.end)

    @given(texts_and_marks())
    def test_each_mark_covers_its_span(self, case: tuple[str, list[Mark]]) -> None:
        text, marks = case
        covered: dict[int, int] = {}
        depth = at = 0
        for piece in re.findall(r"<[^>]*>|&[^;]+;|[^<&]", marked(text, marks)):
            if piece.startswith("<"):
                depth += -1 if piece.startswith("</") else 1
            else:
                covered[at] = depth
                at += 1
        assert covered == {i: sum(mark.start <= i < mark.end for mark in marks) for i in range(len(text))}

    def test_overlapping_marks_are_split(self) -> None:
        marks = [Mark(0, 2, "b", anchor="one"), Mark(1, 3, "i", anchor="two")]
        assert marked("abc", marks) == '<b id="one">a<i id="two">b</i></b><i>c</i>'


class TestTag:
    def test_texts_and_attributes_are_escaped_and_markup_is_not(self) -> None:
        assert tag("p", "<", Markup("<b>x</b>"), title='"&') == '<p title="&quot;&amp;">&lt;<b>x</b></p>'

    def test_nothing_is_said_of_missing_attributes(self) -> None:
        assert tag("p", title=None, style="") == "<p></p>"

    @given(st.text())
    def test_escaping_loses_nothing(self, text: str) -> None:
        assert html.unescape(escape(text)) == text


def test_anchors_differ_by_article_quotation_and_copy() -> None:
    assert len({anchor("a", "bc"), anchor("ab", "c"), anchor("a", "bc", 1), anchor("a", "b")}) == 4
