from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.text.sentences import paragraphs, sentences

if TYPE_CHECKING:
    from toolkit.articles import Article

WRAPPED = """The two delegations met for a third day on the shore of the lake and
left in the evening without a word to those who had waited outside for
hours. A spokesman promised news by the morning, and asked the press to
be patient until then.

The ports stay closed. Exporters count the days and fear for the grain
that fills their stores, while buyers look for another harbour and a new
price."""


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Sen. Paula Marsh met Gen. Ito and Dr. Roy in the St. Gallen hotel.",
        "Mr. Roy Jr. and Ms. Ito left on Jan. 5 with Art. 5 and No. 3 unread.",
        "U.S. President John Mercer met the U.N. envoy.",
        "J. R. Mercer spoke for the E.U. Commission.",
        "The fund holds 3.5 billion, i.e. half of the pledge.",
        "The talks (which began at 9 a.m. local time) went on.",
        '"Will it hold?" he asked.',
        "“Will it hold?” the envoy asked.",
        '"Sign it!" shouted one delegate.',
        "“Will it hold?” Mercer asked reporters.",
        "The offer … came late.",
        "Wait... what offer?",
    ],
)
def test_stays_one_sentence(text: str) -> None:
    assert split(text) == [text]


@pytest.mark.parametrize(
    "parts",
    [
        ["The fund is empty.", "Nobody paid."],
        ["Is the fund empty?", "Nobody knows."],
        ["Sign it!", "Nobody did."],
        ["He left the U.S.", "The talks went on."],
        ["They met on 5 Jan.", "The talks went on."],
        ['"The fund is empty."', '"Nobody paid."'],
        ["“The fund is empty.”", "“Nobody paid.”"],
        ['"The fund is empty," she said.', '"Nobody paid."'],
        ["“Will it hold?”", "The envoy had no reply."],
        ["(Nobody paid.)", "The fund is empty."],
        ["It ended…", "Then it began again."],
    ],
)
def test_splits(parts: list[str]) -> None:
    assert split(" ".join(parts)) == parts


def test_headline_and_dateline_stand_alone() -> None:
    text = "Talks Fail Over Fish\nBy Ann Poe\n\nOSLO, March 3 — The talks failed. Nobody wept."
    assert split(text) == ["Talks Fail Over Fish", "By Ann Poe", "OSLO, March 3 — The talks failed.", "Nobody wept."]


def test_text_wrapped_at_a_width_is_joined_to_the_blank_line() -> None:
    assert len(paragraphs(WRAPPED)) == 2
    assert [sentence.replace("\n", " ")[:13] for sentence in split(WRAPPED)] == [
        "The two deleg",
        "A spokesman p",
        "The ports sta",
        "Exporters cou",
    ]


def test_windows_line_ends_leave_no_white_space() -> None:
    assert split("Talks failed.\r\n\r\nNobody wept. ") == ["Talks failed.", "Nobody wept."]


def test_body_alone() -> None:
    text = "title: Talks. Failed.\n\nNobody wept. Nobody left."
    assert [text[s:e] for s, e in sentences(text, (23, len(text)))] == ["Nobody wept.", "Nobody left."]


def test_empty() -> None:
    assert sentences(" \n ") == paragraphs("") == []


def test_seed_has_the_sentences_counted_by_hand(seed: Article) -> None:
    assert len(sentences(seed.text)) == 39
    assert len(paragraphs(seed.text)) == 33


@given(st.text(alphabet=st.sampled_from(" \n\r\t.!?…,\"'“”’)(AbcU.S1é—"), max_size=200))
def test_sentences_are_in_order_trimmed_and_lose_no_word(text: str) -> None:
    found = sentences(text)
    assert all(text[start:end].strip() == text[start:end] != "" for start, end in found)
    assert all(first[1] <= second[0] for first, second in pairwise(found))
    kept = "".join(text[start:end] for start, end in found)
    assert "".join(kept.split()) == "".join(text.split())
