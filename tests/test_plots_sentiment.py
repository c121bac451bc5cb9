from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import pandas as pd
import pytest

mpl.use("agg")

from matplotlib import pyplot as plt
from matplotlib.collections import PathCollection
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

from toolkit import plots
from toolkit.display import BLUE, GREY, GRID, VERMILION
from toolkit.errors import InputError
from toolkit.plots.chart import png

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from matplotlib.axes import Axes

    Draw = Callable[..., Axes]

HOSTILE = '<img src=x onerror=alert(1)> & "q" $x^{$ \\frac שלום'
COLUMNS = ["article_id", "start", "target", "holder", "polarity", "score", "quotation_id"]


@pytest.fixture(autouse=True)
def _close_figures() -> Iterator[None]:
    yield
    plt.close("all")


def texts(ax: Axes) -> list[str]:
    ax.figure.draw_without_rendering()
    return [text.get_text() for text in ax.figure.findobj(mpl.text.Text) if text.get_text()]


def labels(ax: Axes) -> list[str]:
    return [label.get_text() for label in ax.get_yticklabels()]


def opinion(target: Any, score: float, holder: Any = None, article: str = "a1", start: int = 0) -> tuple[Any, ...]:
    return article, start, target, holder, (score > 0) - (score < 0), score, "q" if holder else None


def frame(*rows: tuple[Any, ...]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=COLUMNS)


def articles(*days: str | None, text: str = "x" * 1000) -> pd.DataFrame:
    rows = [(f"a{n}", text, pd.Timestamp(day) if day else pd.NaT) for n, day in enumerate(days, start=1)]
    return pd.DataFrame(rows, columns=["article_id", "text", "published"])


def strip(sentiment: pd.DataFrame, **options: Any) -> Axes:
    return plots.sentiment_strip(articles("2031-02-17"), sentiment, **options)


def markers(ax: Axes) -> list[tuple[float, float, str, str]]:
    """Place, rim and filling of each marker, from the left."""
    found = []
    for drawn in ax.collections:
        assert isinstance(drawn, PathCollection)
        ((x, y),) = drawn.get_offsets().tolist()
        found.append((x, y, to_hex(drawn.get_edgecolor()[0]).upper(), to_hex(drawn.get_facecolor()[0]).upper()))
    return sorted(found)


def lines(target: str, polarities: str, holder: Any = None) -> list[tuple[Any, ...]]:
    """A sentence for each of ``-``, ``0`` and ``+``, one behind the other."""
    signs = {"-": -0.5, "0": 0.0, "+": 0.5}
    return [opinion(target, signs[sign], holder, start=n) for n, sign in enumerate(polarities)]


def bars(ax: Axes) -> list[tuple[float, float, float, str]]:
    """Left end, width, middle and colour of each part of the bars, from the top."""
    found = [patch for patch in ax.patches if isinstance(patch, Rectangle)]
    return [
        (each.get_x(), each.get_width(), each.get_y() + each.get_height() / 2, to_hex(each.get_facecolor()).upper())
        for each in found
    ]


class TestRanking:
    def test_the_most_judged_come_first_and_not_the_most_mentioned(self) -> None:
        ax = plots.sentiment_ranking(
            frame(*lines("Envoy", "0" * 30), *lines("Ada", "-" + "0" * 8), *lines("Bo", "++0000000"))
        )
        assert labels(ax) == ["Bo", "Ada", "Envoy"]
        assert ax.yaxis_inverted()

    def test_those_judged_in_voices_without_a_bar_are_not_lifted(self) -> None:
        ax = plots.sentiment_ranking(
            frame(*lines("Ada", "0" * 9), *lines("Ada", "-------", "Cy"), *lines("Bo", "+00000000"))
        )
        assert labels(ax) == ["Bo", "Ada"]

    def test_a_bar_has_blame_on_its_left_praise_on_its_right_and_the_neutral_between(self) -> None:
        ax = plots.sentiment_ranking(frame(*lines("Ada", "--00000+++")))
        assert [(x, width, colour) for x, width, _, colour in bars(ax)] == [
            (pytest.approx(0.0), pytest.approx(0.2), VERMILION),
            (pytest.approx(0.2), pytest.approx(0.5), GRID),
            (pytest.approx(0.7), pytest.approx(0.3), BLUE),
        ]
        assert {"−20 %", "+30 %", "n=10", "− blame", "neutral", "+ praise"} <= set(texts(ax))

    def test_parts_differ_in_more_than_colour(self) -> None:
        blame, neutral, praise = plots.sentiment_ranking(frame(*lines("Ada", "--00000+++"))).patches
        assert blame.get_hatch()
        assert not praise.get_hatch()
        assert min(neutral.get_facecolor()[:3]) > 0.8 > max(praise.get_facecolor()[:3])

    def test_intervals_hold_the_ends_of_their_parts(self) -> None:
        ax = plots.sentiment_ranking(frame(*lines("Ada", "--00000+++")))
        drawn = [line.get_xdata() for line in ax.lines if to_hex(line.get_color()).upper() in (VERMILION, BLUE)]
        (low, high), (right, left) = sorted(drawn, key=lambda ends: ends[0])
        assert low < 0.2 < high
        assert left < 0.7 < right

    def test_no_voice_hides_another(self) -> None:
        ax = plots.sentiment_ranking(frame(*(one for who in (None, "Bo", "Ada") for one in lines("Ada", "+" * 8, who))))
        assert {"by the outlet", "by others", "by themselves"} <= set(texts(ax))
        places = sorted({place for _, width, place, _ in bars(ax) if width})
        assert len(places) == 3
        assert ax.get_yticks()[0] == pytest.approx(sum(places) / 3)

    def test_description_tells_shares_intervals_and_numbers(self) -> None:
        ax = plots.sentiment_ranking(frame(*lines("Ada", "-" * 8), *lines("Ada", "-0", "Bo"), *lines("Cy", "+")))
        told = (
            "Ada by the outlet blame 100 % (68 % to 100 %), neutral 0 % (0 % to 32 %), praise 0 % (0 % to 32 %) (n=8)."
        )
        assert told in plots.describe(ax)
        assert plots.describe(ax).endswith(
            "for shares: Ada by others 1 blame, 1 neutral (n=2), Cy by the outlet 1 praise (n=1)."
        )

    def test_speakers_are_shown_by_how_they_speak_of_others(self) -> None:
        ax = plots.sentiment_ranking(frame(*lines("Ada", "+" * 8, "Bo"), *lines("Bo", "-" * 9, "Bo")), by="by")
        assert labels(ax) == ["Bo"]
        assert "Bo blame 0 %" in plots.describe(ax)
        assert "1 of 1 speaker with 8 sentences or more; 0 with fewer" in texts(ax)

    def test_what_is_left_out_is_counted(self) -> None:
        ax = plots.sentiment_ranking(frame(*(one for n in range(6, 10) for one in lines(f"T{n}", "+" * n))), top=1)
        assert labels(ax) == ["T9"]
        assert "1 of 2 actors with 8 sentences or more; 2 with fewer" in texts(ax)

    def test_speakers_who_share_statements_do_not_make_enough(self) -> None:
        ax = plots.sentiment_ranking(frame(*(one for who in ("Bo", "Cy") for one in lines("Ada", "+" * 7, who))))
        assert "no actor with 8 sentences or more" in plots.describe(ax)


class TestStrip:
    def test_polarity_gives_place_colour_and_shape(self) -> None:
        ax = strip(frame(opinion("Ada", 0.5, start=100), opinion("Ada", 0, start=500), opinion("Ada", -0.5, start=900)))
        above, on, below = markers(ax)
        assert [above[2], on[2], below[2]] == [BLUE, GREY, VERMILION]
        assert above[1] < on[1] == 0 < below[1]
        assert len({drawn.get_paths()[0].vertices.tobytes() for drawn in ax.collections}) == 3

    def test_markers_stand_where_the_sentences_do(self) -> None:
        ax = strip(frame(*(opinion("Ada", 0.5, start=start) for start in (0, 250, 990))))
        assert [x for x, *_ in markers(ax)] == pytest.approx([0, 250, 990], abs=1000 / 64)

    @pytest.mark.parametrize(
        ("holders", "fillings"),
        [([None], [BLUE]), (["Bo"], ["#FFFFFF"]), ([None, None, "Bo"], ["#FFFFFF", BLUE])],
    )
    def test_filled_is_the_outlet_and_hollow_is_quoted(self, holders: list[Any], fillings: list[str]) -> None:
        ax = strip(frame(*(opinion("Ada", 0.5, holder) for holder in holders)))
        assert [filling for *_, filling in markers(ax)] == sorted(fillings)

    def test_both_voices_in_one_place_leave_a_rim(self) -> None:
        ax = strip(frame(opinion("Ada", 0.5), opinion("Ada", 0.5, "Bo")))
        rim, filling = (drawn.get_sizes()[0] for drawn in ax.collections)
        assert filling < 0.5 * rim

    def test_more_sentences_are_larger(self) -> None:
        sizes = [strip(frame(*lines("Ada", "0" * n, "Bo"))).collections[0].get_sizes()[0] for n in (1, 2, 4)]
        assert sizes == sorted(set(sizes))

    def test_targets_come_in_the_order_asked_for_and_the_unknown_are_named(self) -> None:
        ax = strip(frame(opinion("Ada", 1), *lines("Bo", "++")), targets=["Ada", "Cy", "Bo", "Ada"])
        assert labels(ax) == ["Ada", "Bo"]
        assert "2 sentences on 2 of 2 actors; nobody speaks of Cy" in texts(ax)

    def test_targets_nobody_speaks_of_are_an_error(self) -> None:
        with pytest.raises(InputError, match="nobody speaks of Cy; spoken of are Ada"):
            strip(frame(opinion("Ada", 1)), targets=["Cy"])

    def test_those_most_judged_are_shown(self) -> None:
        ax = strip(frame(*lines("Ada", "+00000"), *lines("Bo", "+-")), top=1)
        assert labels(ax) == ["Bo"]
        assert "2 sentences on 1 of 2 actors" in texts(ax)

    def test_rows_of_one_sentence_count_once_and_neutral_where_nobody_judges(self) -> None:
        ax = strip(frame(*(opinion("Ada", score, who) for score, who in ((0, None), (0.5, "Bo"), (0.5, "Cy")))))
        assert [rim for _, _, rim, _ in markers(ax)] == [BLUE]
        assert plots.describe(ax).endswith("Ada 0 blame, 0 neutral, 1 praise.")
        assert ax.collections[0].get_sizes()[0] == strip(frame(opinion("Ada", 0.5, "Bo"))).collections[0].get_sizes()[0]

    def test_one_article_is_drawn_along_its_own_text_alone(self) -> None:
        ax = strip(frame(opinion("Ada", 1), opinion("Bo", 1, article="a9")))
        assert labels(ax) == ["Ada"]
        assert {"beginning of the text", "middle", "end"} <= set(texts(ax))

    def test_undated_articles_are_counted(self) -> None:
        frames = (
            articles("2031-02-17", None, "2031-03-17", None),
            frame(*(opinion("Ada", 1, article=f"a{n}") for n in (1, 2, 3))),
        )
        ax = plots.sentiment_strip(*frames)
        assert "2 sentences on 1 of 1 actor; 2 articles without a date left out" in texts(ax)
        assert len(markers(ax)) == 2

    def test_nothing_but_undated_articles_gives_a_message(self) -> None:
        ax = plots.sentiment_strip(articles(None, None), frame(opinion("Ada", 1)))
        assert plots.describe(ax) == "Sentiment over time: no sentiment to show; 2 articles without a date left out."

    @pytest.mark.parametrize("last", ["2031-02-17", "2031-02-19", "2031-05-01", "2041-05-01"])
    def test_days_stand_on_the_axis_without_touching(self, last: str) -> None:
        ax = plots.sentiment_strip(
            articles("2031-02-17", last), frame(opinion("Ada", 1), opinion("Ada", 1, article="a2"))
        )
        ax.figure.draw_without_rendering()
        boxes = [label.get_window_extent() for label in ax.get_xticklabels()]
        assert 1 <= len(boxes) <= 7
        assert all(left.x1 < right.x0 for left, right in pairwise(boxes))
        assert all(
            label.get_text().split()[1] in "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
            for label in ax.get_xticklabels()
        )

    def test_description_counts_sentences(self) -> None:
        assert plots.describe(strip(frame(*lines("Ada", "+0+")))).endswith("Ada 0 blame, 1 neutral, 2 praise.")


CHARTS = [plots.sentiment_ranking, plots.sentiment_matrix, strip]
FILLED = frame(*lines(HOSTILE, "+" * 8), *lines("$x_{", "-" * 8, HOSTILE), opinion(HOSTILE, 0, HOSTILE, start=90))


@pytest.mark.parametrize("draw", CHARTS)
def test_the_line_above_tells_how_many_of_the_coloured_are_likely_wrong(draw: Draw) -> None:
    ax = draw(frame(*lines("Ada", "--000000++")).assign(probability=0.7))
    assert any("about 1 of 4 coloured judgements likely wrong" in text for text in texts(ax))
    assert "about 1 of 4 coloured judgements likely wrong" in plots.describe(ax)


@pytest.mark.parametrize("draw", CHARTS)
def test_speakers_who_share_a_statement_change_nothing_for_whom_they_judge(draw: Draw) -> None:
    one = [*lines("Ada", "-0+", "Bo"), *lines("Ada", "0" * 9), *lines("Dee", "+" * 8, "Bo")]
    two = [*one, *lines("Ada", "-0+", "Cy"), *lines("Dee", "+" * 8, "Cy")]
    told = [plots.describe(draw(frame(*rows))) for rows in (one, two)]
    if draw is plots.sentiment_matrix:
        # There who shares a statement has a row beside the other's.
        told = [
            text.replace("3 holders", "2 holders").replace("Cy", "Bo").partition(". ")[2].split("; ") for text in told
        ]
        assert {part.rstrip(".") for part in told[0]} == {part.rstrip(".") for part in told[1]}
    else:
        assert told[0] == told[1]


@pytest.mark.parametrize("draw", CHARTS)
def test_an_empty_frame_gives_a_message(draw: Draw) -> None:
    assert ": no " in plots.describe(draw(frame()))


@pytest.mark.parametrize("draw", CHARTS)
def test_a_missing_column_is_named(draw: Draw) -> None:
    with pytest.raises(InputError, match=r"sentiment frame lacks target.*pass coverage\.sentiment"):
        draw(FILLED.drop(columns="target"))


@pytest.mark.parametrize("draw", CHARTS)
def test_names_are_drawn_as_they_are(draw: Draw) -> None:
    ax = draw(FILLED)
    assert png(ax).startswith(b"\x89PNG")
    assert "$x_{" in texts(ax)
    assert HOSTILE in plots.describe(ax)


@pytest.mark.parametrize("draw", CHARTS)
def test_every_word_is_large_enough_to_read(draw: Draw) -> None:
    assert min(text.get_fontsize() for text in draw(FILLED).figure.findobj(mpl.text.Text) if text.get_text()) >= 9


@pytest.mark.parametrize("draw", CHARTS)
def test_given_axes_are_drawn_on(draw: Draw) -> None:
    _, (left, right) = plt.subplots(1, 2, figsize=(16, 5))
    assert draw(FILLED, ax=right) is right
    assert not left.has_data()
    assert plots.describe(right)
