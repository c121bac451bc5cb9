"""The first lines of a page: what is headline, byline and date there, and what is the article."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.reading._opening import find_opening

BODY = "Envoys met on Monday. Ana Sorel said no."


@pytest.mark.parametrize(
    ("before", "fields"),
    [
        ("Talks near a text\n\n", {"title": "Talks near a text"}),
        ("Talks near a text\nBy Ana Roe\n\n", {"title": "Talks near a text", "author": "Ana Roe"}),
        (
            "Talks near a text\n\nBY ANA ROE AND BO LIND\n\n",
            {"title": "Talks near a text", "author": "ANA ROE AND BO LIND"},
        ),
        ("Talks near a text\r\n\r\nThu 12 Mar 2026 09.14 CET\r\n\r\n", {"title": "Talks near a text"}),
        (
            "Talks near a text\n\nPublished March 12, 2026\nUpdated 4:15 PM EDT, March 13, 2026\n\n",
            {"title": "Talks near a text"},
        ),
        ("Talks near a text in the U.S.\n\n", {"title": "Talks near a text in the U.S."}),
        ("“We are close”: talks in Lima\n\n", {"title": "“We are close”: talks in Lima"}),
        ("By Ana Roe | March 12, 2026\n", {"author": "Ana Roe"}),
        ("# Talks near a text\n\n*By Ana Roe*\n\n", {"title": "Talks near a text", "author": "Ana Roe"}),
        ("LIMA, March 12, 2026 —\n", {}),
    ],
)
def test_what_stands_before_an_article(before: str, fields: dict[str, str]) -> None:
    found = find_opening(before + BODY, 0, {})
    assert found.fields == fields
    assert found.body_start == len(before)


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        f"They met again.\n\n{BODY}",
        f"Ana Sorel said: no. They met\n\n{BODY}",
        f"By the river they met\n{BODY}",
        f"Talks\n\n{BODY}",
        f"Envoys met on Monday in the old town hall of Lima\nand said no. {BODY}",
        "A headline alone",
        "A headline alone\n\nBy Ana Roe",
        f"{'A very long line that runs on and on ' * 6}\n\n{BODY}",
    ],
)
def test_what_is_the_article_itself(text: str) -> None:
    assert find_opening(text, 0, {}) == ({}, 0)


def test_a_known_title_and_author_are_passed_over_and_kept() -> None:
    text = f"Talks near a text.\nAna Roe\n{BODY}"
    found = find_opening(text, 0, {"title": "TALKS NEAR A TEXT", "author": "Ana Roe"})
    assert found.fields == {}
    assert text[found.body_start :] == BODY


@given(st.text(max_size=300))
def test_something_always_remains(text: str) -> None:
    start = find_opening(text, 0, {}).body_start
    assert start == 0 or text[start:].strip()
