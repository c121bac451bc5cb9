"""What is looked up while speakers are found is what a look at all of it would find."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.actors import Cast
from toolkit.records import Mention, Quotation
from toolkit.speakers._scene import Attributed
from toolkit.speakers._spans import Holding

offsets = st.integers(0, 30)
spans = st.tuples(offsets, st.integers(1, 12)).map(lambda pair: (pair[0], sum(pair)))


@settings(max_examples=100, deadline=None)
@given(st.lists(spans, max_size=10), offsets)
def test_quotations_before_an_offset_are_found_from_the_last_on(told: list[tuple[int, int]], here: int) -> None:
    quotations = [Quotation(f"q{number}", "a", (span,), "", "direct") for number, span in enumerate(told)]
    attributed = Attributed()
    for quotation in quotations:
        attributed.add(quotation)
    assert list(attributed.before(here)) == [q for q in reversed(quotations) if q.spans[0][0] < here]


@settings(max_examples=100, deadline=None)
@given(st.lists(spans, max_size=10), st.lists(offsets, max_size=6).map(sorted))
def test_spans_that_hold_an_offset_come_in_their_order(told: list[tuple[int, int]], asked: list[int]) -> None:
    holding = Holding((span, number) for number, span in enumerate(told))
    for here in asked:
        assert holding.at(here) == [number for number, (start, end) in enumerate(told) if start <= here < end]


@settings(max_examples=100, deadline=None)
@given(st.lists(spans, max_size=10), st.lists(spans, max_size=10), spans)
def test_mentions_inside_a_stretch_come_in_the_order_in_which_they_were_added(
    told: list[tuple[int, int]], added: list[tuple[int, int]], stretch: tuple[int, int]
) -> None:
    cast = Cast("a", mentions=[Mention("a", *span, "", "Ada", "name") for span in told])
    for further in (added, []):
        start, end = stretch
        assert cast.at(start, end) == [m for m in cast.mentions if start <= m.start and m.end <= end]
        cast.mentions += [Mention("a", *span, "", "Ada", "name") for span in further]
    cast.sort()
    assert cast.at(start, end) == [m for m in cast.mentions if start <= m.start and m.end <= end]
