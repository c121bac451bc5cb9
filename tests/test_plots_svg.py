"""Charts as the drawings of a page."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import matplotlib as mpl
import pandas as pd
import pytest
from test_plots import FILLED, HOSTILE, day, opinions, quotations, rounds

mpl.use("agg")

from toolkit import plots
from toolkit.display import DRAWN
from toolkit.plots.chart import Chart
from toolkit.plots.svg import drawings

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.axes import Axes

    Draw = Callable[..., Axes]

SENTENCES = pd.DataFrame({"article_id": ["a1"], "text": ["x" * 400], "published": [pd.Timestamp("2031-02-17")]})

CHARTS: list[tuple[Draw, pd.DataFrame]] = [
    *FILLED,
    (plots.sentiment_ranking, opinions(*[("Ada", HOSTILE, -1)] * 9)),
    (partial(plots.sentiment_strip, SENTENCES), opinions(("Ada", HOSTILE, 1), (None, "Bo", -1))),
]


def drawn(draw: Draw, frame: pd.DataFrame) -> list[ET.Element]:
    text = drawings(draw(frame, ax=Chart().subplots()))
    return list(ET.fromstring(f"<div>{text}</div>"))  # noqa: S314 - made here


def words(svg: ET.Element) -> str:
    return " ".join(node.text or "" for node in svg.iter("text"))


@pytest.mark.parametrize(("draw", "frame"), CHARTS)
def test_a_chart_is_drawn_wide_and_narrow_with_all_names_as_text(
    draw: Callable[..., Axes], frame: pd.DataFrame
) -> None:
    wide, narrow = drawn(draw, frame)
    assert [svg.get("class") for svg in (wide, narrow)] == ["tk-wide", "tk-narrow"]
    for svg, width in ((wide, 576), (narrow, 252)):
        assert (svg.get("viewBox") or "").split()[2] == str(width)
        assert "<img src=x onerror" in words(svg)
        assert not {node.tag for node in svg.iter()} & {"img", "script", "image", "foreignObject"}
        sizes = re.findall(r"font-size:([\d.]+)px", svg.findtext("style") or "")
        assert all(float(size) >= 9 for size in sizes)


def test_marks_lead_to_their_rows_once_each() -> None:
    wide, narrow = drawn(plots.speakers, quotations(("Ada & Co", "direct"), ("Ada & Co", "mixed"), (None, "direct")))
    for svg in (wide, narrow):
        led = [link.get("href") for link in svg.iter("a")]
        assert sorted(filter(None, led)) == [
            "#speaker=%28no+speaker+named%29",
            "#speaker=%28no+speaker+named%29&kind=direct",
            "#speaker=Ada+%26+Co",
            "#speaker=Ada+%26+Co&kind=direct",
            "#speaker=Ada+%26+Co&kind=mixed",
        ]


def test_charts_of_one_page_share_no_id_and_are_the_same_at_each_run() -> None:
    frame = rounds(day("2031-02-17", date_basis="assumed"), day("2032-02-17", status="planned"))
    both = [drawings(plots.timeline(frame.head(n), ax=Chart().subplots())) for n in (1, 2)]
    ids = [found for text in both for found in re.findall(r'\bid="([^"]*)"', text)]
    assert len(ids) == len(set(ids))
    assert all(
        name in ids for text in both for name in re.findall(r"url\(#([^)]*)\)|href=\"#(c\w+)\"", text)[0] if name
    )
    assert drawings(plots.timeline(frame, ax=Chart().subplots())) == both[1]


def test_a_chart_that_its_user_went_on_drawing_on_is_shown_as_it_is() -> None:
    ax = plots.speakers(quotations(("Ada", "direct")), ax=Chart().subplots())
    ax.annotate("look here", (0, 0))
    (only,) = ET.fromstring(f"<div>{drawings(ax)}</div>")  # noqa: S314 - made here
    assert only.get("class") == "tk-wide tk-only"
    assert "look here" in words(only)


def test_a_notebook_keeps_the_drawings_beside_the_picture() -> None:
    ax = plots.speakers(quotations(("Ada", "direct")), ax=Chart().subplots())
    assert "tk-narrow" in ax.figure._repr_mimebundle_()[DRAWN]
    assert Chart()._repr_mimebundle_() == {}
