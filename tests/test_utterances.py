from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from toolkit.quotations import date_statements
from toolkit.records import Quotation, Span, TimeExpression

PUBLISHED = dt.date(2031, 2, 20)  # a Thursday
DAYS = {"Monday": 17, "Tuesday": 18, "Wednesday": 19, "Friday": 21}


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return start, start + len(words)


def statement(text: str, words: str, cue: str | None, **more: Any) -> Quotation:
    spans = tuple(span(text, piece) for piece in words.split(" … "))
    cue_span = span(text, cue) if cue else None
    facts = {"quotation_id": "q1", "kind": "indirect", "cue": cue, "cue_span": cue_span, **more}
    return Quotation(article_id="a", spans=spans, text=words, **facts)


def time(text: str, words: str, **more: Any) -> TimeExpression:
    start, end = span(text, words)
    day = {"first": dt.date(2031, 2, DAYS[words]), "last": dt.date(2031, 2, DAYS[words])} if words in DAYS else {}
    return TimeExpression("a", start, end, words, "DATE", "", **day | more)


def times(text: str) -> list[TimeExpression]:
    return [time(text, words) for words in DAYS if words in text]


def sentences(text: str) -> list[Span]:
    ends = [number + 1 for number, letter in enumerate(text) if letter == "."]
    return list(zip([0, *(end + 1 for end in ends)], ends, strict=False))


def dated(text: str, *quotations: Quotation, published: dt.date | None = PUBLISHED) -> list[Quotation]:
    return date_statements(quotations, sentences=sentences(text), times=times(text), published=published)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Duarte told reporters on Tuesday that the lake was calm.", 18),
        ("On Tuesday, Duarte told reporters that the lake was calm.", 18),
        ("On Monday Duarte told reporters in the old harbour on Tuesday that the lake was calm.", 17),
        ("Back since Monday, Duarte told a crowd Tuesday that the lake was calm.", 18),
        ("By Monday Holm told of Bex Tuesday that the lake was calm.", 18),
    ],
)
def test_the_day_beside_the_cue_is_when_it_was_said(text: str, day: int) -> None:
    (found,) = dated(text, statement(text, "that the lake was calm", "told"))
    assert (found.said, found.said_offset, found.said_basis) == (dt.date(2031, 2, day), None, "stated")


@pytest.mark.parametrize(
    "text",
    [
        "Duarte told reporters that the lake was calm.",
        "Duarte told reporters that the lake was calm. She left on Tuesday.",
        "The talks began on Monday. Duarte told reporters that the lake was calm.",
        "Ahead of Friday, Duarte told reporters that the lake was calm.",
    ],
)
def test_without_a_day_it_was_said_on_the_day_of_publication(text: str) -> None:
    (found,) = dated(text, statement(text, "that the lake was calm", "told"))
    assert (found.said, found.said_offset, found.said_basis) == (PUBLISHED, None, "published")


def test_time_inside_the_statement_is_not_its_day() -> None:
    text = "Duarte said that the ferry sank on Monday."
    (found,) = dated(text, statement(text, "that the ferry sank on Monday", "said"))
    assert (found.said, found.said_basis) == (PUBLISHED, "published")


def test_time_between_the_pieces_is() -> None:
    text = "“The ferry,” Duarte said on Tuesday, “sank on Monday.”"
    (found,) = dated(text, statement(text, "“The ferry,” … “sank on Monday.”", "said"))
    assert (found.said, found.said_basis) == (dt.date(2031, 2, 18), "stated")


def test_a_cue_inside_its_own_statement_takes_the_day_outside_it() -> None:
    text = "“The ferry, Duarte said, sank on Monday,” she wrote Tuesday."
    (found,) = dated(text, statement(text, "“The ferry, Duarte said, sank on Monday,”", "said"))
    assert (found.said, found.said_basis) == (dt.date(2031, 2, 18), "stated")


def test_time_inside_another_statement_is_of_that_one() -> None:
    text = "Holm said he swam on Monday, and Duarte said the lake was calm."
    first = statement(text, "he swam on Monday", "said")
    second = statement(text, "the lake was calm", "Duarte said", quotation_id="q2")
    assert [found.said_basis for found in dated(text, first, second)] == ["published", "published"]


def nested(text: str, inner_cue: str) -> tuple[Quotation, Quotation]:
    outer = statement(text, text[text.index("that") : -1], "said")
    return outer, statement(text, "the lake was calm", inner_cue, quotation_id="q2", via="q1")


def test_a_statement_within_another_is_of_an_unknown_day() -> None:
    text = "Duarte said that Holm told her the lake was calm."
    _, inner = dated(text, *nested(text, "told"))
    assert (inner.said, inner.said_offset, inner.said_basis) == (None, None, "unknown")


def test_the_day_of_the_outer_statement_is_not_that_of_the_inner() -> None:
    text = "On Tuesday, Duarte said that Holm told her the lake was calm."
    outer, inner = dated(text, *nested(text, "told"))
    assert (outer.said, outer.said_basis) == (dt.date(2031, 2, 18), "stated")
    assert (inner.said, inner.said_basis) == (None, "unknown")


def test_a_day_told_inside_the_outer_statement_is_that_of_the_inner() -> None:
    text = "Duarte said that Holm told her on Monday the lake was calm."
    outer, inner = dated(text, *nested(text, "told"))
    assert (outer.said, outer.said_basis) == (PUBLISHED, "published")
    assert (inner.said, inner.said_basis) == (dt.date(2031, 2, 17), "stated")


@pytest.mark.parametrize(
    ("first", "last", "said", "basis"),
    [(-2, -2, -2, "stated"), (0, 0, 0, "stated"), (1, 1, 0, "published"), (-7, -1, 0, "published")],
)
def test_without_a_date_days_count_from_publication(first: int, last: int, said: int, basis: str) -> None:
    text = "Duarte said then that the lake was calm."
    told = [time(text, "then", offset_first=first, offset_last=last)]
    quotation = statement(text, "that the lake was calm", "said")
    (found,) = date_statements([quotation], sentences=sentences(text), times=told, published=None)
    assert (found.said, found.said_offset, found.said_basis) == (None, said, basis)


def test_spans_of_days_and_unknown_days_do_not_count() -> None:
    text = "Duarte said last week at noon that the lake was calm."
    week = time(text, "last week", first=dt.date(2031, 2, 10), last=dt.date(2031, 2, 16))
    quotation = statement(text, "that the lake was calm", "said")
    (found,) = date_statements(
        [quotation], sentences=sentences(text), times=[week, time(text, "noon")], published=PUBLISHED
    )
    assert found.said_basis == "published"


@pytest.mark.parametrize("given", [[], [(20, 40)]])
def test_a_cue_outside_all_sentences_has_no_day_beside_it(given: list[Span]) -> None:
    text = "Duarte said on Tuesday that the lake was calm."
    quotation = statement(text, "that the lake was calm", "said")
    (found,) = date_statements([quotation], sentences=given, times=times(text), published=PUBLISHED)
    assert found.said_basis == "published"


def test_a_statement_without_a_cue_counts_as_made_on_publication() -> None:
    text = "The lake was calm on Monday."
    (found,) = dated(text, statement(text, "The lake was calm", None))
    assert (found.said, found.said_basis) == (PUBLISHED, "published")


def test_all_else_stays() -> None:
    text = "Duarte said on Tuesday that the lake was calm."
    quotation = statement(text, "that the lake was calm", "said", speaker="Duarte")
    (found,) = dated(text, quotation)
    kept = [name for name in Quotation.__slots__ if not name.startswith("said")]
    assert [getattr(found, name) for name in kept] == [getattr(quotation, name) for name in kept]
