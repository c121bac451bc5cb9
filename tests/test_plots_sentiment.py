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

from toolkit import plots
from toolkit.display import BLUE, GREY, VERMILION
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


class TestRanking:
    def test_the_most_positive_come_first(self) -> None:
        ax = plots.sentiment_ranking(frame(*[opinion("Ada", -0.5)] * 4, *[opinion("Bo", 0.5)] * 3))
        assert labels(ax) == ["Bo", "Ada"]
        assert ax.yaxis_inverted()

    def test_the_voice_of_most_sentences_gives_the_rank(self) -> None:
        ax = plots.sentiment_ranking(
            frame(*[opinion("Ada", 0.9)] * 3, *[opinion("Ada", -0.9, "Cy")] * 4, *[opinion("Bo", 0.1)] * 3)
        )
        assert labels(ax) == ["Bo", "Ada"]

    def test_voices_differ_in_more_than_colour(self) -> None:
        ax = plots.sentiment_ranking(
            frame(*(opinion("Ada", 0.1, who) for who in (None, "Bo", "Ada") for _ in range(3)))
        )
        drawn = [line for line in ax.lines if line.get_marker() not in ("None", None, "")]
        assert len({line.get_marker() for line in drawn}) == len({line.get_color() for line in drawn}) == 3
        assert {"by the outlet", "by other speakers", "by themselves", "95 % interval"} <= set(texts(ax))

    def test_no_voice_hides_another(self) -> None:
        ax = plots.sentiment_ranking(
            frame(*(opinion("Ada", 0.1, who) for who in (None, "Bo", "Ada") for _ in range(3)))
        )
        places = [line.get_ydata()[0] for line in ax.lines if line.get_marker() not in ("None", None, "")]
        assert len(set(places)) == 3
        assert ax.get_yticks()[0] == pytest.approx(sum(places) / 3)

    def test_description_tells_means_intervals_and_numbers(self) -> None:
        ax = plots.sentiment_ranking(
            frame(*[opinion("Ada", 0.25)] * 3, *[opinion("Ada", -1, "Bo")] * 2, opinion("Cy", 1))
        )
        assert "Ada by the outlet +0.25, between +0.25 and +0.25 (n=3)." in plots.describe(ax)
        assert plots.describe(ax).endswith("for a mean: Ada by other speakers (n=2), Cy by the outlet (n=1).")
        assert "−1.00" not in " ".join(texts(ax))

    def test_speakers_are_ranked_by_how_they_speak_of_others(self) -> None:
        ax = plots.sentiment_ranking(frame(*[opinion("Ada", 0.25, "Bo")] * 3, *[opinion("Bo", -1, "Bo")] * 3), by="by")
        assert labels(ax) == ["Bo"]
        assert "Bo +0.25, between" in plots.describe(ax)
        assert "1 of 1 speaker with 3 sentences or more; 0 with fewer" in texts(ax)

    def test_what_is_left_out_is_counted(self) -> None:
        ax = plots.sentiment_ranking(frame(*(opinion(f"T{n}", 0.1) for n in range(4) for _ in range(n + 1))), top=1)
        assert labels(ax) == ["T3"]
        assert "1 of 2 actors with 3 sentences or more; 2 with fewer" in texts(ax)

    def test_too_few_sentences_give_a_message(self) -> None:
        ax = plots.sentiment_ranking(frame(opinion("Ada", 0.5)))
        assert "no actor with 3 sentences or more" in plots.describe(ax)


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
        sizes = [strip(frame(*[opinion("Ada", 0, "Bo")] * n)).collections[0].get_sizes()[0] for n in (1, 2, 4)]
        assert sizes == sorted(set(sizes))

    def test_targets_come_in_the_order_asked_for_and_the_unknown_are_named(self) -> None:
        ax = strip(frame(opinion("Ada", 1), opinion("Bo", 1), opinion("Bo", 1)), targets=["Ada", "Cy", "Bo", "Ada"])
        assert labels(ax) == ["Ada", "Bo"]
        assert "3 sentences on 2 of 2 actors; nobody speaks of Cy" in texts(ax)

    def test_targets_nobody_speaks_of_are_an_error(self) -> None:
        with pytest.raises(InputError, match="nobody speaks of Cy; spoken of are Ada"):
            strip(frame(opinion("Ada", 1)), targets=["Cy"])

    def test_those_most_spoken_of_are_shown(self) -> None:
        ax = strip(frame(opinion("Ada", 1), opinion("Bo", 1), opinion("Bo", 1)), top=1)
        assert labels(ax) == ["Bo"]
        assert "2 sentences on 1 of 2 actors" in texts(ax)

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

    def test_description_counts_polarities(self) -> None:
        ax = strip(frame(opinion("Ada", 1), opinion("Ada", 0), opinion("Ada", 1)))
        assert plots.describe(ax).endswith("Ada 2 positive, 1 neutral, 0 negative.")


CHARTS = [plots.sentiment_ranking, strip]
FILLED = frame(*[opinion(HOSTILE, 0.4)] * 3, *[opinion("$x_{", -0.1, HOSTILE)] * 3, opinion(HOSTILE, 0, HOSTILE))


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
