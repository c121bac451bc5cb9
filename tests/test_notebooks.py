"""What the notebooks say in prose holds of what their cells show."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from toolkit.sentiment.counting import FEWEST

if TYPE_CHECKING:
    from collections.abc import Callable

    from toolkit.coverage import Coverage

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"


class Claim(NamedTuple):
    """Words of a notebook's prose, and what must hold of the undated seed, or of the dated one with the notes."""

    notebook: str
    words: str
    holds: Callable[[Coverage, Coverage], bool]


def share_of_first_speaker(coverage: Coverage) -> float:
    return float(coverage.quotations.speaker.value_counts(normalize=True).iloc[0])


def all_speakers(coverage: Coverage) -> set[str]:
    rows = coverage.quotations
    return {*rows.speaker.dropna(), *rows.cospeakers.explode().dropna()}


def third_rounds(coverage: Coverage) -> set[str]:
    rounds = coverage.rounds
    return set(rounds.place[rounds.ordinal == 3].dropna())


CLAIMS = [
    Claim("00-Tour", "The report itself carries no date", lambda seed, _: bool(seed.articles.published.isna().all())),
    Claim("00-Tour", "accounts for most of what is said in it", lambda seed, _: share_of_first_speaker(seed) > 0.5),
    Claim(
        "01-Who-Said-What",
        "Indirect statements outnumber direct ones",
        lambda seed, _: (seed.quotations.kind == "indirect").sum() > (seed.quotations.kind == "direct").sum(),
    ),
    Claim(
        "01-Who-Said-What",
        "one speaker makes more than half of the statements",
        lambda seed, _: share_of_first_speaker(seed) > 0.5,
    ),
    Claim(
        "01-Who-Said-What",
        "more than half are told in the outlet's words",
        lambda seed, _: float((seed.quotations.kind == "indirect").mean()) > 0.5,
    ),
    Claim("01-Who-Said-What", "The inner statement is a row", lambda seed, _: bool(seed.quotations.via.notna().any())),
    Claim(
        "01-Who-Said-What",
        "two mediators who speak with one voice",
        lambda seed, _: {"Steve Witkoff", "Jared Kushner"} <= all_speakers(seed),
    ),
    Claim(
        "02-Sentiment-per-Actor",
        "few actors the eight sentences that a share needs",
        lambda seed, _: FEWEST == 8 and 0 < (seed.sentiment.groupby("target").start.nunique() >= FEWEST).sum() < 6,
    ),
    Claim(
        "03-Negotiation-Rounds",
        "The report says *Tuesday* and *Wednesday*",
        lambda seed, _: all(f" {day} " in seed.articles.text.iloc[0] for day in ("Tuesday", "Wednesday")),
    ),
    Claim(
        "03-Negotiation-Rounds",
        "there was a third round in Istanbul, too",
        lambda seed, both: third_rounds(seed) == {"Geneva"} and {"Geneva", "Istanbul"} <= third_rounds(both),
    ),
    Claim(
        "03-Negotiation-Rounds",
        "one round told of by several articles is one row",
        lambda _, both: bool((both.rounds.n_articles > 1).any()),
    ),
]


@pytest.mark.parametrize("claim", CLAIMS, ids=[claim.words for claim in CLAIMS])
def test_what_the_prose_says_holds(claim: Claim, undated: Coverage, coverage: Coverage) -> None:
    assert claim.words in prose(claim.notebook), "say what holds, or leave the claim out here too"
    assert claim.holds(undated, coverage)


def prose(notebook: str) -> str:
    cells = json.loads((NOTEBOOKS / f"{notebook}.ipynb").read_text(encoding="utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
