"""Issues: what positions are on, found among their propositions or given by a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from covered import coverage_of
from hypothesis import given, settings
from hypothesis import strategies as st

import toolkit as tk
from toolkit.export import write_frame
from toolkit.positions import by_issues, issues, with_found_issues
from toolkit.positions._words import stem, stems
from toolkit.records import Position

if TYPE_CHECKING:
    import random
    from pathlib import Path

    from toolkit.coverage import Coverage

TOLD = {
    "free the sailors held on the island": ("sailors", "island"),
    "the release of all sailors": ("release of sailors", "sailors"),
    "release five more sailors": ("sailors",),
    "cut the fishing quota by a third": ("fishing quota", "third"),
    "a higher quota for fishing boats": ("quota", "fishing boats"),
    "raise the fishing quotas": ("fishing quotas",),
    "the tunnel": ("tunnel",),
}


def made(told: dict[str, tuple[str, ...]] = TOLD) -> list[Position]:
    return [
        Position(f"p{n}", "a", n, n + 1, words, "for", "seeks", "Peru" if n % 2 else "Chile", proposition=words,
                 topics=topics)
        for n, (words, topics) in enumerate(told.items())
    ]  # fmt: skip


@pytest.fixture
def coverage() -> Coverage:
    return coverage_of(positions=with_found_issues(made()))


def named(coverage: Coverage) -> dict[str, str]:
    return dict(zip(coverage.positions["proposition"], coverage.positions["issue"], strict=True))


def test_propositions_that_mean_the_same_are_on_one_issue(coverage: Coverage) -> None:
    issue = named(coverage)
    first, second, third, *quotas, tunnel = TOLD
    assert issue[first] == issue[second] == issue[third] == "sailors"
    assert len({issue[words] for words in quotas}) == 1
    assert "quota" in issue[quotas[0]]
    assert issue[tunnel] == "tunnel"
    assert set(coverage.positions["issue_basis"]) == {"found"}


@settings(max_examples=20, deadline=None)
@given(st.randoms(use_true_random=False))
def test_issues_do_not_depend_on_the_order(chance: random.Random) -> None:
    positions = made()
    before = {one.position_id: one.issue for one in with_found_issues(positions)}
    chance.shuffle(positions)
    assert {one.position_id: one.issue for one in with_found_issues(positions)} == before


def test_words_that_tell_nothing_are_on_no_issue() -> None:
    assert with_found_issues(made({"do so with them": ()}))[0].issue is None
    assert with_found_issues([]) == []


def test_the_list_of_what_was_found_changes_nothing_when_given_back(coverage: Coverage, tmp_path: Path) -> None:
    found = issues(coverage.positions)
    assert found["n_positions"].tolist() == [3, 3, 1]
    assert found["n_actors"].tolist() == [2, 2, 1]
    path = tmp_path / "issues.csv"
    write_frame(found, path)
    assert named(by_issues(coverage, path)) == named(coverage)


def test_issues_are_renamed_merged_and_split_by_the_list(coverage: Coverage) -> None:
    first, second, third, *quotas, tunnel = TOLD
    after = named(
        by_issues(
            coverage,
            [
                {"issue": "exchange of prisoners", "words": ["sailors"]},
                {"issue": "last five", "words": ["release five"]},
                {"issue": "sea", "words": [named(coverage)[quotas[0]], "tunnel"], "poles": ["more", "less"]},
            ],
        )
    )
    assert after[first] == after[second] == "exchange of prisoners"
    assert after[third] == "last five"
    assert {after[words] for words in (*quotas, tunnel)} == {"sea"}


def test_a_list_of_issues_is_read_from_toml_too(coverage: Coverage, tmp_path: Path) -> None:
    path = tmp_path / "issues.toml"
    path.write_text('[[issue]]\nissue = "under the sea"\nwords = ["tunnel"]\npoles = ["dig", "leave"]\n')
    after = by_issues(coverage, path).positions
    assert after[after["issue_basis"] == "given"]["issue"].tolist() == ["under the sea"]


def test_what_a_person_said_of_a_row_stands(coverage: Coverage) -> None:
    key = coverage.positions["key"].iloc[-1]
    mine = tk.check(coverage, who="AB", when="2024-05-04T09:00").set("positions", key, issue="the link").apply()
    after = by_issues(mine, [{"issue": "under the sea", "words": ["tunnel"]}])
    assert after.positions["issue"].tolist()[-1] == "the link"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name,words\nport,fees\n", "no column 'name'"),
        ("issue,words\n,fees\n", "it has no name"),
        ('issue,words\n"port,fees', "no csv or TOML"),
    ],
)
def test_faults_of_a_list_are_told_with_its_name(coverage: Coverage, tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(text)
    with pytest.raises(tk.InputError, match=f"mine.csv.*{told}"):
        by_issues(coverage, path)
    with pytest.raises(tk.InputError, match="cannot be read"):
        by_issues(coverage, tmp_path / "none.csv")


@pytest.mark.parametrize(
    ("word", "one"),
    [("Countries", "country"), ("quotas", "quota"), ("passes", "pass"), ("crisis", "crisis"), ("gas", "gas")],
)
def test_stems_are_singular(word: str, one: str) -> None:
    assert stem(word) == one


def test_stems_are_of_words_that_tell_something() -> None:
    assert stems("They’ll cut all of the port's fees by 2030") == ("cut", "port", "fee")
