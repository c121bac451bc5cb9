from __future__ import annotations

import datetime as dt
import pickle
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

mpl.use("agg")

from matplotlib import pyplot as plt
from matplotlib.patches import Rectangle

from toolkit import plots
from toolkit.display import rows as rows_of
from toolkit.errors import InputError
from toolkit.plots.chart import Chart, png
from toolkit.plots.lanes import HEADER, STATEMENTS, layout_of
from toolkit.plots.scale import LONGEST_GAP, scale_of, ticks_of
from toolkit.plots.statements import NEAR, statements_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from matplotlib.axes import Axes

    Draw = Callable[..., Axes]

Row = dict[str, Any]
Spans = list[tuple[int, int]]

HOSTILE = '<img src=x onerror=alert(1)> & "q" $x^{$ \\frac שלום'


@pytest.fixture(autouse=True)
def _close_figures() -> Iterator[None]:
    yield
    plt.close("all")


def texts(ax: Axes) -> list[str]:
    """All words that a chart shows, its figure's legend included."""
    ax.figure.draw_without_rendering()
    return [text.get_text() for text in ax.figure.findobj(mpl.text.Text) if text.get_text()]


def quotations(*speakers_and_kinds: tuple[Any, str]) -> pd.DataFrame:
    return pd.DataFrame(speakers_and_kinds, columns=["speaker", "kind"])


def statements(*rows: tuple[str, Any, str] | tuple[str, Any, str, Any]) -> pd.DataFrame:
    frame = pd.DataFrame(
        [(*row, pd.NA)[:4] for row in rows], columns=["kind", "said", "said_basis", "said_offset"], dtype="object"
    )
    return frame.assign(said=pd.to_datetime(frame["said"]), said_offset=frame["said_offset"].astype("Int64"))


def opinions(*rows: tuple[Any, str, int]) -> pd.DataFrame:
    """Holder, target and polarity, each in a sentence of its own."""
    found = [("a1", start, *row) for start, row in enumerate(rows)]
    return pd.DataFrame(found, columns=["article_id", "start", "holder", "target", "polarity"])


def rounds(*rows: Row) -> pd.DataFrame:
    default = {
        "series": "Lake talks",
        "ordinal": pd.NA,
        "label": "talks",
        "place": None,
        "first": pd.NaT,
        "last": pd.NaT,
        "offset_first": pd.NA,
        "offset_last": pd.NA,
        "precision": "day",
        "date_basis": "resolved",
        "status": "held",
        "conflicts": [],
    }
    more = {key for row in rows for key in row} - default.keys()
    frame = pd.DataFrame([{**default, **row} for row in rows], columns=[*default, *sorted(more)])
    for column in ("first", "last"):
        frame[column] = pd.to_datetime(frame[column])
    return frame.astype(dict.fromkeys(("ordinal", "offset_first", "offset_last"), "Int64"))


def day(first: str, last: str | None = None, **more: Any) -> Row:
    return {"first": pd.Timestamp(first), "last": pd.Timestamp(last or first), **more}


def bars(ax: Axes) -> list[Rectangle]:
    return [patch for patch in ax.patches if isinstance(patch, Rectangle) and patch.get_zorder() == 5]


def discs(ax: Axes) -> list[tuple[float, float, str]]:
    """Row, diameter and fill of each disc of statements."""
    circles = [line for line in ax.lines if line.get_marker() == "o" and line.get_zorder() == 5]
    return [(line.get_ydata()[0], line.get_markersize(), line.get_fillstyle()) for line in circles][1::2]


def conflict(field: str, articles: dict[str, str]) -> Row:
    return {"field": field, "values": {value: ids.split() for value, ids in articles.items()}}


class TestSpeakers:
    def test_the_most_quoted_come_first_and_those_without_a_speaker_last(self) -> None:
        frame = quotations(("Ada", "direct"), (None, "direct"), (None, "mixed"), ("Bo", "mixed"), ("Bo", "direct"))
        ax = plots.speakers(frame)
        assert [label.get_text() for label in ax.get_yticklabels()] == ["Bo", "Ada", "(no speaker named)"]
        assert ax.yaxis_inverted()

    def test_nobody_is_left_out_when_others_are_folded(self) -> None:
        frame = quotations(*((f"S{i}", "direct") for i in range(5)), (None, "indirect"))
        ax = plots.speakers(frame, top=2)
        labels = [label.get_text() for label in ax.get_yticklabels()]
        assert labels == ["S0", "S1", "(3 others)", "(no speaker named)"]
        assert sum(patch.get_width() for patch in ax.patches) == len(frame)

    def test_nan_is_no_speaker(self) -> None:
        ax = plots.speakers(quotations((float("nan"), "direct")))
        assert "(no speaker named) 1 (1 direct)" in plots.describe(ax)

    def test_kinds_differ_in_more_than_colour(self) -> None:
        ax = plots.speakers(quotations(("Ada", "direct"), ("Ada", "mixed"), ("Ada", "indirect")))
        assert len({patch.get_hatch() or "" for patch in ax.patches}) == 3

    def test_description_tells_every_count(self) -> None:
        frame = quotations(("Ada", "direct"), ("Ada", "mixed"), ("Bo", "indirect"))
        expected = "Ada 2 (1 direct, 1 mixed); Bo 1 (1 indirect)."
        assert plots.describe(plots.speakers(frame)).endswith(expected)

    def test_a_kind_of_the_users_own_is_shown(self) -> None:
        ax = plots.speakers(quotations(("Ada", "direct"), ("Ada", "scare quotes")))
        assert "1 scare quotes" in plots.describe(ax)
        assert "scare quotes" in texts(ax)

    def test_long_names_are_cut(self) -> None:
        ax = plots.speakers(quotations(("N" * 80, "direct")))
        assert ax.get_yticklabels()[0].get_text() == "N" * 31 + "…"


class TestSentimentMatrix:
    def test_a_cell_tells_how_many_sentences_blame_and_praise(self) -> None:
        ax = plots.sentiment_matrix(opinions(*[("Ada", "Bo", sign) for sign in (-1, 0, 0, 0, 0, 0, 0, 1, 1)]))
        assert {"−1", "+2", "n=9"} <= set(texts(ax))
        widths = [round(patch.get_width(), 3) for patch in ax.patches][:3]
        assert widths == [round(0.88 * part / 9, 3) for part in (1, 6, 2)]

    def test_few_sentences_have_no_bar(self) -> None:
        ax = plots.sentiment_matrix(opinions(*[("Ada", "Bo", -1)] * 7))
        assert {"−7", "n=7"} <= set(texts(ax))
        assert "Ada toward Bo 7 blame (n=7)" in plots.describe(ax)
        assert {patch.get_width() for patch in ax.patches} == {1}
        assert ax.patches[0].get_hatch()

    def test_the_outlet_has_a_row_of_its_own(self) -> None:
        ax = plots.sentiment_matrix(opinions((None, "Bo", 1)), outlet_label="The Daily Otter")
        assert [label.get_text() for label in ax.get_yticklabels()] == ["The Daily Otter"]
        assert "The Daily Otter toward Bo" in plots.describe(ax)

    def test_what_is_left_out_is_counted(self) -> None:
        frame = opinions(*((f"H{i}", f"T{i}", 1) for i in range(4)))
        assert "2 of 4 holders, 2 of 4 targets" in " ".join(texts(plots.sentiment_matrix(frame, top=2)))

    def test_no_holder_is_an_empty_row(self) -> None:
        frame = opinions(("Ada", "Bo", 1), ("Ada", "Bo", 1), ("Cy", "Dee", 1))
        ax = plots.sentiment_matrix(frame, top=1)
        assert [label.get_text() for label in ax.get_yticklabels()] == ["Ada"]


class TestTimeline:
    def test_labels_carry_the_facts(self) -> None:
        ax = plots.timeline(rounds(day("2031-02-17", "2031-02-18", ordinal=3, place="Lund", status="under way")))
        assert ax.get_yticklabels()[0].get_text() == "3rd round – Lund\n17–18 Feb 2031, under way"

    @pytest.mark.parametrize(
        ("row", "hatched", "filled"),
        [
            (day("2031-02-17", date_basis="stated"), False, True),
            (day("2031-02-17", date_basis="resolved"), False, True),
            (day("2031-02-17", date_basis="assumed"), False, False),
            ({"offset_first": -1, "offset_last": 0, "date_basis": "unresolved"}, True, True),
        ],
    )
    def test_the_fill_tells_how_days_are_known(self, row: Row, *, hatched: bool, filled: bool) -> None:
        (bar,) = bars(plots.timeline(rounds(row)))
        assert bool(bar.get_hatch()) is hatched
        assert (bar.get_facecolor()[:3] != (1.0, 1.0, 1.0)) is filled

    def test_a_month_is_a_bar_over_all_of_it(self) -> None:
        ax = plots.timeline(rounds(day("2031-02-01", "2031-02-28", precision="month"), day("2031-02-03")))
        assert max(bar.get_width() for bar in bars(ax)) == pytest.approx(28)
        assert "Feb 2031, held" in plots.describe(ax)
        assert "some time within these days" in texts(ax)

    def test_without_dates_the_axis_counts_from_publication(self) -> None:
        frame = rounds({"offset_first": -1, "offset_last": 0, "date_basis": "unresolved"})
        ax = plots.timeline(frame)
        assert [label.get_text() for label in ax.get_xticklabels()] == ["P−1", "P"]
        assert "P−1 to P, held" in plots.describe(ax)

    def test_rounds_without_a_day_stand_beside_the_axis_in_order(self) -> None:
        frame = rounds(day("2031-02-17", ordinal=3), {"ordinal": 2}, {"ordinal": pd.NA, "label": "a later meeting"})
        ax = plots.timeline(frame)
        names = [label.get_text().split("\n")[0] for label in ax.get_yticklabels()]
        assert names == ["2nd round", "3rd round", "a later meeting"]
        assert "no date\ngiven" in texts(ax)
        assert len(bars(ax)) == 1

    def test_days_from_publication_have_no_place_among_dates(self) -> None:
        frame = rounds(day("2031-02-17"), {"offset_first": -1, "offset_last": -1, "date_basis": "unresolved"})
        ax = plots.timeline(frame)
        assert len(bars(ax)) == 1
        assert "no calendar\ndate" in texts(ax)

    def test_series_come_in_the_order_of_their_days(self) -> None:
        frame = rounds(day("2031-02-17", series="Later"), {"series": "Undated"}, day("2029-01-01", series="Earlier"))
        headers = [text.get_text() for text in plots.timeline(frame).texts if text.get_weight() == "bold"]
        assert headers == ["Earlier", "Later", "Undated"]

    def test_an_open_end_is_said_and_drawn(self) -> None:
        ax = plots.timeline(rounds({"first": pd.Timestamp("2031-02-17"), "status": "planned"}))
        assert "from 17 Feb 2031" in plots.describe(ax)
        assert any(line.get_marker() == ">" for line in ax.lines)

    def test_a_cut_in_the_axis_is_marked_with_its_length(self) -> None:
        ax = plots.timeline(rounds(day("2029-02-17"), day("2031-02-17")))
        assert {"24 mo", "months with nothing, cut out"} <= set(texts(ax))
        assert "months with nothing, cut out" not in texts(plots.timeline(rounds(day("2029-02-17"))))

    def test_many_cuts_are_marked_without_their_unit(self) -> None:
        ax = plots.timeline(rounds(*(day(f"{year}-02-17") for year in range(2015, 2032))))
        assert "12" in texts(ax)
        assert not any(text.endswith(" mo") for text in texts(ax))

    def test_publication_is_marked(self) -> None:
        ax = plots.timeline(rounds(day("2031-02-17")), published=dt.date(2031, 2, 19))
        assert "published 19 Feb 2031" in texts(ax)

    def test_statuses_have_looks_of_their_own(self) -> None:
        statuses = ("proposed", "planned", "under way", "held", "concluded", "postponed", "collapsed")
        ax = plots.timeline(rounds(*(day("2031-02-17", status=status) for status in statuses)))
        beside = [line for line in ax.lines if line.get_xdata()[0] < 0]
        assert len({(line.get_color(), line.get_fillstyle(), line.get_marker()) for line in beside}) >= len(statuses)


class TestStatements:
    LAKE = rounds(day("2031-02-17", "2031-02-18"))

    def test_each_kind_has_a_row_with_its_number(self) -> None:
        said = statements(*[("indirect", "2031-02-17", "stated")] * 2, ("direct", "2031-02-18", "stated"))
        ax = plots.timeline(self.LAKE, quotations=said)
        assert [label.get_text() for label in ax.get_yticklabels()][1:] == ["direct (1)", "indirect (2)"]
        assert len({row for row, _, _ in discs(ax)}) == 2

    def test_the_area_of_a_disc_is_the_number_of_statements(self) -> None:
        said = statements(*[("direct", "2031-02-17", "stated")] * 16, *[("direct", "2031-02-25", "stated")] * 4)
        (_, many, _), (_, few, _) = discs(plots.timeline(self.LAKE, quotations=said))
        assert (many / few) ** 2 == pytest.approx(4)
        assert {"16", "4"} <= set(texts(plots.timeline(self.LAKE, quotations=said)))

    def test_a_single_statement_is_a_small_disc(self) -> None:
        ((_, size, _),) = discs(plots.timeline(self.LAKE, quotations=statements(("direct", "2031-02-17", "stated"))))
        assert size < 6

    @pytest.mark.parametrize(
        ("bases", "fill"),
        [(["stated"], "full"), (["published"], "none"), (["unknown"], "none"), (["stated", "published"], "left")],
    )
    def test_the_fill_tells_how_the_day_is_known(self, bases: list[str], fill: str) -> None:
        ax = plots.timeline(self.LAKE, quotations=statements(*(("direct", "2031-02-17", basis) for basis in bases)))
        assert [found for _, _, found in discs(ax)] == [fill]

    def test_days_far_from_any_round_are_counted_but_not_drawn(self) -> None:
        said = statements(
            ("direct", "2031-03-20", "stated"), ("direct", "2031-03-21", "stated"), ("direct", "1999-01-01", "stated")
        )
        ax = plots.timeline(self.LAKE, quotations=said)
        assert "1 round in 1 series; 3 statements, not drawn: 2 far from any round" in texts(ax)
        assert "direct (1)" in texts(ax)
        assert "cut out" not in " ".join(texts(ax))

    def test_statements_without_a_day_are_counted(self) -> None:
        ax = plots.timeline(
            self.LAKE, quotations=statements(("direct", None, "unknown"), ("direct", None, "stated", 0))
        )
        assert "not drawn: 2 without a day" in plots.describe(ax)
        assert not discs(ax)

    def test_without_dates_days_are_counted_from_publication(self) -> None:
        undated = rounds({"offset_first": -1, "offset_last": 0, "date_basis": "unresolved"})
        said = statements(("direct", None, "published", 0), ("direct", None, "stated", -1))
        ax = plots.timeline(undated, quotations=said)
        assert "direct 2 (P−1: 1 stated, P: 1 by publication day)" in plots.describe(ax)
        assert len(discs(ax)) == 2

    def test_where_no_round_has_a_day_statements_make_the_axis(self) -> None:
        ax = plots.timeline(rounds({}), quotations=statements(("direct", "2031-02-17", "published")))
        assert "17 Feb\n2031" in [label.get_text() for label in ax.get_xticklabels()]
        assert len(discs(ax)) == 1

    def test_many_days_are_summed_up_in_words(self) -> None:
        said = statements(*(("mixed", f"2031-02-{number:02}", "published") for number in range(1, 21)))
        text = plots.describe(plots.timeline(self.LAKE, quotations=said))
        assert "mixed 20 (on 20 days from 1 Feb 2031 to 20 Feb 2031, 20 by publication day)" in text

    def test_numbers_of_close_days_stand_side_by_side(self) -> None:
        later = ("direct", "2031-03-15", "stated")
        said = statements(*[("direct", "2031-02-17", "stated")] * 3, ("direct", "2031-02-18", "stated"), later)
        ax = plots.timeline(self.LAKE, quotations=said)
        assert "3+1" in texts(ax)

    def test_no_statements_leave_the_timeline_as_it_is(self) -> None:
        ax = plots.timeline(self.LAKE, quotations=statements())
        assert len(ax.get_yticklabels()) == 1
        assert "0 statements" in plots.describe(ax)

    def test_a_missing_column_is_named(self) -> None:
        with pytest.raises(InputError, match=r"quotations frame lacks said_basis.*pass coverage"):
            plots.timeline(self.LAKE, quotations=statements().drop(columns="said_basis"))

    @given(st.lists(st.tuples(st.sampled_from(["direct", "odd", ""]), st.none() | st.integers(0, 120), st.booleans())))
    def test_every_statement_is_counted_once(self, said: list[tuple[str, int | None, bool]]) -> None:
        start = dt.date(2031, 1, 1).toordinal()
        found = statements_of(
            [
                {
                    "kind": kind,
                    "said": None if number is None else dt.date.fromordinal(start + number),
                    "said_basis": "stated" if stated else "published",
                }
                for kind, number, stated in said
            ],
            [(start + 40, start + 50)],
            dated=True,
        )
        drawn = [each for _, days in found.kinds for each in days]
        assert found.total == len(said)
        assert all(start + 40 - NEAR <= each.day <= start + 50 + NEAR and each.total for each in drawn)


class TestReports:
    def test_each_version_of_the_days_is_a_thin_bar(self) -> None:
        last = conflict("last", {"2031-02-18": "a", "2031-02-20": "b c"})
        ax = plots.timeline(rounds(day("2031-02-17", "2031-02-20", conflicts=[last]), day("2031-03-01", "2031-03-04")))
        one, two, other = bars(ax)
        assert (one.get_width(), two.get_width()) == (2, 4)
        assert one.get_height() == two.get_height() < other.get_height() / 2
        assert one.get_y() + one.get_height() < two.get_y()
        assert "reports disagree on the days" in texts(ax)

    @pytest.mark.parametrize(
        ("conflicts", "words"),
        [
            (
                [conflict("last", {"2031-02-18": "a", "2031-02-20": "b c"})],
                "the days: 17–18 Feb 2031 (1 article), 17–20 Feb 2031 (2 articles)",
            ),
            (
                [
                    conflict("first", {"2031-02-17": "b", "2031-02-19": "a"}),
                    conflict("last", {"2031-02-18": "b", "2031-02-20": "a"}),
                ],
                "the days: 17–18 Feb 2031 (1 article), 19–20 Feb 2031 (1 article)",
            ),
            ([conflict("first", {"2031-02-17": "a", "2031-02-21": "b"})], "(1 article), 21 Feb 2031 (1 article)"),
            ([conflict("first", {"early": "a", "late": "b"})], "the first day: early (1 article), late (1 article)"),
            ([conflict("ordinal", {"2": "a", "3": "b"})], "the number: 2 (1 article), 3 (1 article)"),
            (
                [conflict("ordinal", {"2": "a", "3": "b"}), conflict("ordinal", {"3": "b a", "4": "c"})],
                "the number: 2 (1 article), 3 (2 articles), 4 (1 article)",
            ),
        ],
    )
    def test_the_description_tells_who_says_what(self, conflicts: list[Row], words: str) -> None:
        frame = rounds(day("2031-02-17", "2031-02-20", conflicts=conflicts))
        assert words in plots.describe(plots.timeline(frame))

    def test_other_differences_are_marked_beside_the_name(self) -> None:
        place, length = conflict("place", {"Lund": "a", "Oslo": "b"}), conflict("duration", {"hours": "a", "days": "b"})
        ax = plots.timeline(
            rounds(day("2031-02-17", ordinal=1, conflicts=[place, length]), day("2031-02-19", ordinal=2))
        )
        names = [label.get_text().split("\n")[0] for label in ax.get_yticklabels()]
        assert names == ["1st round ≠", "2nd round"]
        assert "reports disagree: place, length" in texts(ax)
        assert len(bars(ax)) == 2

    def test_days_of_reports_have_a_place_on_the_axis(self) -> None:
        years = [conflict(bound, {"2029-02-17": "a", "2031-02-17": "b"}) for bound in ("first", "last")]
        layout = layout_of(rows_of(rounds(day("2031-02-17", conflicts=years))), None)
        assert layout.scale
        assert all(layout.scale.shows(bound) for span in layout.lanes[0].spans for bound in span)
        assert len(layout.scale.stretches) == 2

    def test_an_open_end_is_open_in_every_version(self) -> None:
        first = conflict("first", {"2031-02-17": "a", "2031-02-21": "b"})
        ax = plots.timeline(rounds({"first": pd.Timestamp("2031-02-17"), "conflicts": [first]}))
        assert [line.get_marker() for line in ax.lines].count(">") == 2

    def test_without_a_date_of_its_own_a_round_has_no_bars(self) -> None:
        first = conflict("first", {"2031-02-17": "a", "2031-02-21": "b"})
        ax = plots.timeline(rounds({"conflicts": [first]}))
        assert not bars(ax)
        assert "the first day: 2031-02-17 (1 article)" in plots.describe(ax)

    def test_a_frame_without_conflicts_is_enough(self) -> None:
        assert plots.timeline(rounds(day("2031-02-17")).drop(columns="conflicts")).has_data()


def signs(ax: Axes) -> list[tuple[float, str, str]]:
    """Place, shape and filling of each sign on the axis."""
    found = [line for line in ax.lines if line.get_zorder() == 6]
    return [(line.get_xdata()[0], str(line.get_marker()), str(line.get_fillstyle())) for line in found]


def event(kind: str, status: str = "held", **more: Any) -> Row:
    return {"type": kind, "label": f"the {kind}", "status": status, **more}


class TestSigns:
    def test_each_type_has_a_shape_of_its_own(self) -> None:
        kinds = ("agreement", "deadline", "action", "vote")
        found = rounds(*(day("2031-02-17", **event(kind)) for kind in kinds)).assign(type=kinds)
        ax = plots.timeline(rounds(day("2031-02-16", status="planned")), events=found)
        assert len({shape for _, shape, _ in signs(ax)}) == 5
        assert {"encounter", *kinds} <= set(texts(ax))
        assert "1 round in 1 series; 4 other events" in texts(ax)
        assert "the vote, vote, 17 Feb 2031, held" in plots.describe(ax)

    @pytest.mark.parametrize(
        ("status", "fillings"),
        [("planned", ["none"]), ("proposed", ["none"]), ("under way", ["left"]), ("collapsed", ["none", "full"])],
    )
    def test_what_did_not_come_about_is_not_filled(self, status: str, fillings: list[str]) -> None:
        for days in (day("2031-02-17"), {}):
            ax = plots.timeline(rounds({**days, "status": status}))
            assert [filling for _, _, filling in signs(ax)][-len(fillings) :] == fillings

    @pytest.mark.parametrize(
        ("others", "low", "high"),
        [(("2031-02-01", None, "2031-02-21"), 1, 21), ((None, "2031-02-21"), -9, 0), (("2031-02-01", None), 21, 99)],
    )
    def test_a_round_without_a_day_stands_where_its_number_puts_it(
        self, others: tuple[str | None, ...], low: float, high: float
    ) -> None:
        numbered = [{**(day(each) if each else {}), "ordinal": n} for n, each in enumerate(others, start=1)]
        ax = plots.timeline(rounds(*numbered, day("2031-02-20", series="Other")))
        ((place, _, _),) = [sign for sign in signs(ax) if sign[0] < 1e3][-1:]
        assert low < place < high


class TestFolding:
    MANY = rounds(
        *(day(f"20{10 + n // 4}-02-{n + 1:02}", series=f"S{n // 2}", round_id=f"r{n}") for n in range(28)),
        *({"series": "S0", "status": "planned"} for _ in range(5)),
    )

    def test_of_many_rounds_each_series_is_a_row(self) -> None:
        ax = plots.timeline(self.MANY)
        labels = [label.get_text() for label in ax.get_yticklabels()]
        assert len(labels) == 14
        assert labels[0] == "S0\n7 rounds"
        assert len(signs(ax)) == len(self.MANY)
        assert len({place for place, _, filling in signs(ax) if filling == "none"}) == 5
        assert plots.describe(ax).count("held") == 28

    def test_negotiations_are_rows_where_there_are_several(self) -> None:
        found = self.MANY.assign(negotiation=["Lake", "Sea", *["Lake"] * 31])
        labels = [label.get_text() for label in plots.timeline(found).get_yticklabels()]
        assert labels == ["Lake\n32 rounds", "Sea\n1 Jan 2010, held".replace("1 Jan", "2 Feb")]

    def test_the_smallest_of_very_many_share_a_row(self) -> None:
        found = rounds(*(day(f"2031-01-{1 + n % 28:02}", series=f"S{n}") for n in range(60)))
        labels = [label.get_text() for label in plots.timeline(found).get_yticklabels()]
        assert labels[-1].startswith("(34 others)\n34 rounds")


class TestRows:
    def test_no_row_runs_into_the_next(self) -> None:
        said = rows_of(statements(("direct", "2031-02-17", "stated"), ("mixed", "2031-02-17", "stated")))
        layout = layout_of(
            rows_of(rounds(day("2031-02-17"), day("2031-02-18"), day("2031-02-19", series="B"))), None, said
        )
        rows = [(place, 1.0) for place in layout.places]
        rows += [(place, STATEMENTS) for place in layout.statement_places]
        rows += [(place, HEADER) for place, _ in layout.headers]
        edges = sorted((place - height / 2, place + height / 2) for place, height in rows)
        assert all(lower[0] >= upper[1] - 0.1 for upper, lower in pairwise(edges))
        assert edges[-1][1] == pytest.approx(layout.n_rows)

    def test_a_chart_of_many_series_stays_compact(self) -> None:
        many = rounds(*(day(f"2031-02-{number:02}", series=f"S{number}") for number in range(1, 13)))
        assert plots.timeline(many).figure.get_figheight() < 8


days = st.integers(730_000, 740_000)
spans = st.lists(
    st.tuples(days, st.integers(0, 400)).map(lambda pair: (pair[0], pair[0] + pair[1])), min_size=1, max_size=12
)


@given(spans)
def test_the_axis_shows_every_day_of_every_span_in_order(spans: Spans) -> None:
    scale = scale_of(spans)
    bounds = sorted({bound for span in spans for bound in span})
    assert all(scale.shows(bound) for bound in bounds)
    places = [scale.x(bound) for bound in bounds]
    assert places == sorted(places)
    assert len(set(places)) == len(places)
    assert 0 <= places[0] <= places[-1] <= scale.end


@given(spans)
def test_days_within_a_span_are_drawn_to_scale(spans: Spans) -> None:
    scale = scale_of(spans)
    assert all(scale.x(last) - scale.x(first) == pytest.approx(last - first) for first, last in spans)


@given(spans, st.floats(1, 500))
def test_tick_labels_keep_their_distance(spans: Spans, apart: float) -> None:
    scale = scale_of(spans)
    # Labels stand in the middle of their day.
    places = [scale.x(tick + 0.5) for tick in ticks_of(scale, spans, dated=True, apart=apart)]
    assert all(b - a >= apart - 1e-6 for a, b in pairwise(places))
    assert places


def test_long_gaps_are_cut_and_short_ones_are_not() -> None:
    assert len(scale_of([(0, 1), (1 + LONGEST_GAP, 70)]).stretches) == 1
    assert len(scale_of([(0, 1), (2 + LONGEST_GAP, 70)]).stretches) == 2


CHARTS = [
    (plots.speakers, quotations()),
    (plots.sentiment_matrix, opinions()),
    (plots.timeline, rounds()),
]


@pytest.mark.parametrize(("draw", "frame"), CHARTS)
def test_an_empty_frame_gives_a_message(draw: Draw, frame: pd.DataFrame) -> None:
    assert "to show" in plots.describe(draw(frame))


@pytest.mark.parametrize(("draw", "frame"), CHARTS)
def test_a_missing_column_is_named(draw: Draw, frame: pd.DataFrame) -> None:
    with pytest.raises(InputError, match=f"lacks {frame.columns[0]}.*pass coverage"):
        draw(frame.drop(columns=frame.columns[0]))


@pytest.mark.parametrize(("draw", "frame"), CHARTS)
def test_something_else_than_a_frame_is_named(draw: Draw, frame: pd.DataFrame) -> None:
    with pytest.raises(InputError, match="found list"):
        draw(list(frame.columns))


FILLED = [
    (plots.speakers, quotations((HOSTILE, "direct"), ("Ada", HOSTILE))),
    (plots.sentiment_matrix, opinions((HOSTILE, "x$_{", 1), (None, HOSTILE, 0))),
    (
        plots.timeline,
        rounds(
            day("2031-02-17", series=HOSTILE, place=HOSTILE, status=HOSTILE, precision=HOSTILE, date_basis=HOSTILE),
            {"label": HOSTILE, "series": "$"},
        ),
    ),
    (
        partial(plots.timeline, quotations=statements((HOSTILE, "2031-02-17", HOSTILE))),
        rounds(
            day("2031-02-17", conflicts=[{"field": HOSTILE, "values": {HOSTILE: ["a"], "$": ["b"]}}]),
            {"status": "planned"},
        ),
    ),
]


@pytest.mark.parametrize(("draw", "frame"), FILLED)
def test_names_are_drawn_as_they_are(draw: Draw, frame: pd.DataFrame) -> None:
    picture = png(draw(frame))
    assert picture.startswith(b"\x89PNG")


@pytest.mark.parametrize(("draw", "frame"), FILLED)
def test_every_word_is_large_enough_to_read(draw: Draw, frame: pd.DataFrame) -> None:
    ax = draw(frame)
    small = [text for text in ax.figure.findobj(mpl.text.Text) if text.get_text() and text.get_fontsize() < 9]
    assert not small


@pytest.mark.parametrize(("draw", "frame"), FILLED)
def test_the_figure_reads_as_its_description(draw: Draw, frame: pd.DataFrame) -> None:
    ax = draw(frame)
    assert repr(ax.figure) == plots.describe(ax)
    assert repr(pickle.loads(pickle.dumps(ax.figure))) == plots.describe(ax)  # noqa: S301 - made here
    assert plots.describe(ax).encode() in png(ax) or not plots.describe(ax).isascii()


@pytest.mark.parametrize(("draw", "frame"), FILLED)
def test_given_axes_are_drawn_on(draw: Draw, frame: pd.DataFrame) -> None:
    _, (left, right) = plt.subplots(1, 2, figsize=(16, 5))
    assert draw(frame, ax=right) is right
    assert not left.has_data()
    assert plots.describe(right)


def test_a_chart_outside_pyplot_takes_the_height_of_its_content() -> None:
    few, many = Chart().subplots(), Chart().subplots()
    plots.speakers(quotations(("Ada", "direct")), ax=few)
    plots.speakers(quotations(*((f"S{i}", "direct") for i in range(12))), ax=many)
    assert few.figure.get_figheight() < many.figure.get_figheight()
    assert plt.get_fignums() == []


def test_nothing_is_shown_before_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plt, "show", lambda *_, **__: pytest.fail("a chart was shown"))
    plots.speakers(quotations(("Ada", "direct")))


def test_axes_of_others_have_no_description() -> None:
    with pytest.raises(InputError, match=r"toolkit\.plots"):
        plots.describe(plt.figure().subplots())
