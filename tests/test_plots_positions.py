"""Figures, tables and the explorer of positions: stances by sign, what changed, what amounts are told."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from covered import coverage_of

import toolkit as tk
from toolkit.articles import Article
from toolkit.frames import DECLARED
from toolkit.plots.chart import Chart
from toolkit.positions.counting import changes_of, countable, stand_of, standings_of
from toolkit.records import Position

if TYPE_CHECKING:
    import pandas as pd

TEXT = "Peru wants a ban on nets <b>now</b> if Chile pays. Chile rejects it. Chile and Bolivia share the water."
ARTICLE = Article(TEXT, title="Nets", published=dt.date(2024, 5, 1))


def told(
    actor: str | None, stance: str, day: int | None = 1, issue: str | None = "ban on nets", **more: Any
) -> Position:
    act = {"for": "seeks", "against": "rejects", "open": "considers"}[stance]
    given = {"act": act, "condition": None, "text": TEXT[:25], "proposition": TEXT[11:24], "prop_span": (11, 24)} | more
    date = None if day is None else dt.date(2024, 5, day)
    return Position("p", ARTICLE.article_id, 0, 25, stance=stance, actor=actor, issue=issue, date=date, **given)  # type: ignore[arg-type]


ROWS = [
    told("Peru", "for", 1, condition="if Chile pays", condition_span=(36, 49)),
    told("Peru", "for", 4),
    told("Peru", "against", 9),
    told("Chile", "against", 1),
    told("Chile", "against", 6, act="withdraws"),
    told("Bolivia", "against", 3),
    told("Bolivia", "for", 2, issue="water"),
    told("Chile", "for", 2, issue="water", act="agreed"),
    told(None, "for", 2),
    told("Peru", "open", None, issue="water"),
    told("Peru", "for", 2, issue=None),
    told("Peru", "for", 7, issue="fee", act="offers", amount=5e6, unit="USD"),
    told("Chile", "for", 7, issue="fee", act="demands", amount=9e6, unit="USD"),
    told("Bolivia", "for", 8, issue="fee", act="demands", amount=3.0, unit="percent"),
]


@pytest.fixture
def positions() -> pd.DataFrame:
    return DECLARED["positions"].of(ROWS)


@pytest.fixture
def articles() -> pd.DataFrame:
    return DECLARED["articles"].of([ARTICLE])


def row(stance: str, *, condition: str | None = None, time: str = "now") -> dict[str, Any]:
    return {"stance": stance, "condition": condition, "time": time}


@pytest.mark.parametrize(
    ("found", "sign", "words"),
    [
        ([row("for")], "+", "for (n=1)"),
        ([row("for"), row("for"), row("against")], "+", "for (n=3)"),
        ([row("for"), row("against")], "±", "for and against (n=2)"),
        ([row("open")], "?", "open (n=1)"),
        ([row("open"), row("against")], "−", "against (n=2)"),
        ([row("for", condition="if paid")], "(+)", "for, on a condition (n=1)"),
        ([row("for", time="past"), row("against")], "−", "against (n=2)"),
        ([row("for", time="past")], "+", "for (n=1)"),
    ],
)
def test_the_sign_of_a_cell(found: list[dict[str, Any]], sign: str, words: str) -> None:
    assert (stand_of(found).sign, stand_of(found).words) == (sign, words)


def test_what_changed_is_told_with_the_position(positions: pd.DataFrame) -> None:
    changes = [(one.row["actor"], one.change) for one in changes_of(countable(positions)) if one.change]
    assert changes == [("Peru", "drops the condition"), ("Chile", "withdraws"), ("Peru", "now against")]


def test_who_agreed_and_who_stands_alone(positions: pd.DataFrame) -> None:
    ban, fee, water = standings_of(countable(positions))
    assert (ban.issue, ban.against, ban.favour, ban.alone) == ("ban on nets", ["Bolivia", "Chile"], ["Peru"], "Peru")
    assert (fee.favour, fee.alone) == (["Bolivia", "Chile", "Peru"], None)
    assert (water.agreed, water.favour, water.undecided) == (["Chile"], ["Bolivia", "Chile"], ["Peru"])


def test_the_matrix_has_a_sign_and_a_number_in_each_cell(positions: pd.DataFrame) -> None:
    ax = tk.plots.positions(positions, ax=Chart().subplots())
    assert "Peru on ban on nets: for (n=3)" in tk.plots.describe(ax)
    texts = [text.get_text() for text in ax.texts]
    assert {"+", "−", "?"} <= set(texts)
    assert "3 of 3 actors, 3 of 3 issues" in tk.plots.describe(ax)


def test_one_issue_over_time_marks_what_changed(positions: pd.DataFrame) -> None:
    ax = tk.plots.positions_over_time(positions, "ban on nets", ax=Chart().subplots())
    assert {"drops the condition", "now against", "withdraws"} <= {text.get_text() for text in ax.texts}
    assert "1 not drawn" in tk.plots.describe(ax)
    with pytest.raises(tk.InputError, match="no position is on 'tunnel'; the issues told of most are"):
        tk.plots.positions_over_time(positions, "tunnel")


def test_amounts_are_of_one_unit(positions: pd.DataFrame) -> None:
    words = tk.plots.describe(tk.plots.amounts(positions, ax=Chart().subplots()))
    assert "7 May 2024 Peru offers 5 million" in words
    assert "Chile demands 9 million" in words
    assert "1 of other units" in words
    assert "3" in tk.plots.describe(tk.plots.amounts(positions, unit="percent", ax=Chart().subplots()))


def test_without_positions_the_charts_say_so(positions: pd.DataFrame) -> None:
    for draw in (tk.plots.positions, tk.plots.amounts):
        assert "to show" in tk.plots.describe(draw(positions.head(0), ax=Chart().subplots()))


def test_a_cell_opens_to_its_words_which_are_escaped(articles: pd.DataFrame, positions: pd.DataFrame) -> None:
    view = tk.views.position_matrix(articles, positions)
    assert "<details>" in view.html
    assert "<b>a ban on nets</b>" in view.html
    assert "&lt;b&gt;now&lt;/b&gt; <i>if Chile pays</i>" in view.html
    assert "<b>now</b>" not in view.html
    assert "Peru on ban on nets: for (n=3)" in view.text


def test_tables_tell_changes_and_standings(articles: pd.DataFrame, positions: pd.DataFrame) -> None:
    changes = tk.views.position_changes(articles, positions, issue="ban on nets", actor="Peru")
    assert "9 May 2024, Peru, against [now against]" in changes.text
    assert "3 positions" in changes.text
    assert "water; agreed: Chile; for: Bolivia, Chile; open: Peru" in tk.views.standings(positions).text
    assert "1 of 3 issues" in tk.views.standings(positions, top=1).text


def test_the_explorer_shows_what_is_chosen(articles: pd.DataFrame, positions: pd.DataFrame) -> None:
    explorer = tk.widgets.position_explorer(articles=articles, positions=positions)
    explorer.selection = {"issue": "water", "actor": "Chile"}
    assert "Chile on water: 1 position" in repr(explorer)
    assert tk.widgets.position_explorer(coverage_of(articles=[ARTICLE], positions=ROWS)).selection["issue"] is None
