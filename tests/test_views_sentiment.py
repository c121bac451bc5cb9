from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import pandas as pd
import pytest
from outline import Outline, bare

from toolkit import views
from toolkit.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

    Show = Callable[..., views.View]

mpl.use("agg")

HOSTILE = "<img src=x onerror=alert(1)> &amp; \"q\" 'p' $x$ שלום </td></details><script>"
TEXT = "Holm saved the ferry. Duarte called Holm a fool.\nNobody asked the gulls.\n"


def articles(*ids: str, text: str = TEXT) -> pd.DataFrame:
    rows = [(article_id, f"On {article_id}", "The Daily Otter", pd.NaT, text) for article_id in ids or ("a1",)]
    return pd.DataFrame(rows, columns=["article_id", "title", "outlet", "published", "text"])


def opinion(target: Any = "Holm", score: Any = 0.5, holder: Any = None, **more: Any) -> dict[str, Any]:
    polarity = 0 if not score else 1 if score > 0 else -1
    row = {"article_id": "a1", "start": 0, "end": 21, "target": target, "target_start": 0, "target_end": 4,
           "holder": holder, "polarity": polarity, "score": score, "quotation_id": "q" if holder else None}  # fmt: skip
    return {**row, **more}


def frame(*rows: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(opinion()))


def quoted(**more: Any) -> dict[str, Any]:
    place = {"start": 22, "end": 48, "target_start": 36, "target_end": 40}
    return opinion(**{"score": -0.6, "holder": "Duarte", **place, **more})


def cells(view: views.View) -> list[list[str]]:
    """The words of each row of a table, cell by cell."""
    found = re.findall(r"<tr[ >].*?</tr>|<tr>.*?</tr>", view.html, re.DOTALL)
    return [[bare(cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)] for row in found]


def lines(polarities: str, **more: Any) -> list[dict[str, Any]]:
    """A sentence for each of ``-``, ``0`` and ``+``, one behind the other."""
    signs = {"-": -0.6, "0": 0.0, "+": 0.5}
    return [opinion(score=signs[sign], start=n, **more) for n, sign in enumerate(polarities)]


def widths(html: str) -> list[float]:
    """The widths of the parts of bars, in percent."""
    return [float(width) for width in re.findall(r"width: ([0-9.]+)%; background-color", html)]


class TestMatrix:
    def test_a_cell_counts_its_sentences_and_opens_to_them(self) -> None:
        view = views.opinion_matrix(articles(), frame(*lines("0--+00000")))
        assert cells(view)[1][0] == "(the outlet)"
        assert cells(view)[1][1].split()[:3] == ["−2", "+1", "n=9−"]
        (details,) = re.findall(r"<details>.*</details>", view.html)
        assert widths(details) == pytest.approx([22.22, 66.67, 11.11], abs=0.01)
        assert re.findall(r"[−+±] (negative|neutral|positive)", bare(details)) == [
            *["negative"] * 2,
            "positive",
            *["neutral"] * 6,
        ]

    @pytest.mark.parametrize("n", [1, 7])
    def test_few_sentences_have_no_shares(self, n: int) -> None:
        view = views.opinion_matrix(articles(), frame(*(quoted(start=n) for n in range(22, 22 + n))))
        (summary,) = re.findall(r"<summary.*?</summary>", view.html)
        assert bare(summary) == f"−{n} n={n}"
        assert not widths(view.html)
        assert view.text.splitlines()[1] == f"Duarte toward Holm: {n} blame (n={n})"
        assert len(view.text.splitlines()) == 2 + n

    def test_who_shares_a_statement_is_told_beside_one_sentence(self) -> None:
        shared = frame(*(quoted(holder=name) for name in ("Duarte", "Keller")))
        view = views.sentiment_summary(articles(), shared)
        assert view.html.count("called ") == 1
        assert cells(view)[1][3].endswith("fool.Duarte, Keller")
        assert "1 (1 blame)" in cells(view)[1][3]

    def test_counts_are_those_of_the_chart(self) -> None:
        from toolkit import plots
        from toolkit.plots.chart import Chart

        sentiment = frame(
            *lines("0-+--0000"), *[quoted()] * 4, opinion("Duarte", -0.2), opinion(None), quoted(start=90),
            opinion("Duarte", 0.3, "Holm"), opinion(holder=None, quotation_id="q"),
        )  # fmt: skip
        told = plots.describe(plots.sentiment_matrix(sentiment, ax=Chart().subplots()))
        drawn = set(told.partition("). ")[2].rstrip(".").split("; "))
        listed = {line.replace(":", "") for line in views.opinion_matrix(articles(), sentiment).text.splitlines()[1:]}
        assert drawn == {line for line in listed if not line.startswith(" ")}

    def test_what_is_left_out_is_counted(self) -> None:
        others = [opinion(name, 0.1, "Varga") for name in ("Keller", "Ada", "Bo")]
        sentiment = frame(*(opinion("Holm", 0.1, "Duarte", start=n) for n in range(2)), *others)
        view = views.opinion_matrix(articles(), sentiment, top=1)
        assert "1 of 2 holders, 1 of 4 targets" in view.text
        assert "1 of 2 holders, 1 of 4 targets" in view.html
        assert "Duarte" in view.html
        assert "Varga" not in view.html

    def test_sentences_over_the_limit_are_counted(self) -> None:
        view = views.opinion_matrix(articles(), frame(*lines("+++++")), limit=2)
        assert bare(view.html).count("+ positive") == 2
        assert "2 of 5 sentences shown" in view.html
        assert "n=5" in view.html

    def test_articles_are_named_where_there_are_several(self) -> None:
        one, two = (views.opinion_matrix(articles(*ids), frame(opinion())).html for ids in (["a1"], ["a1", "a2"]))
        assert "On a1" not in one
        assert "On a1, The Daily Otter" in bare(two)

    def test_an_article_that_is_missing_is_said_to_be(self) -> None:
        view = views.opinion_matrix(articles("a2"), frame(opinion()))
        assert "article a1 is not in the articles frame" in view.html
        assert "article a1 is not in the articles frame" in view.text

    def test_words_of_another_voice_are_quieter(self) -> None:
        said = [quoted(evidence_start=29, evidence_end=48, probability=0.75, start=start) for start in (22, 23, 24, 25)]
        view = views.opinion_matrix(articles(), pd.DataFrame(said))
        assert '<span style="opacity: 0.7">Duarte </span>called ' in view.html
        assert "about 1 of 4 coloured judgements likely wrong" in view.text

    def test_headers_have_a_scope(self) -> None:
        heads = Outline(views.opinion_matrix(articles(), frame(opinion(), quoted())).html).all("th")
        assert [head["scope"] for head in heads] == ["col", "row", "row"]

    @pytest.mark.parametrize("show", [views.opinion_matrix, views.sentiment_summary])
    def test_a_wide_table_scrolls_in_its_own_box(self, show: Show) -> None:
        page = show(articles(), frame(opinion())).html
        assert re.search(r'<div style="overflow-x: auto[^>]*><table', page)
        assert page.index("judge") < page.index("overflow-x")


class TestSummary:
    def test_a_row_for_each_actor_and_voice(self) -> None:
        view = views.sentiment_summary(articles(), frame(*lines("+" * 8), *lines("-" * 9, holder="Duarte")))
        assert [row[:3] for row in cells(view)] == [
            ["Actor", "In the words of", "Shares, 95 % intervals"],
            ["Holm", "other speakers", "−100 %+0 %70–100 %0–30 %"],
            ["Holm", "the outlet", "−0 %+100 %0–32 %68–100 %"],
        ]
        assert [row[3].partition(")")[0] for row in cells(view)[1:]] == [
            "9 (9 blame",
            "8 (8 praise",
        ]

    def test_few_sentences_are_shown_in_place_of_shares(self) -> None:
        view = views.sentiment_summary(articles(), frame(quoted(), quoted(start=23)))
        (row,) = cells(view)[1:]
        assert row[2] == "fewer than 8 sentences"
        assert row[3].count("called Holm a fool.") == 2
        assert view.text.splitlines()[1:] == [
            "Holm in the words of other speakers: 2 sentences",
            "  − negative Duarte called Holm a fool.",
            "  − negative uarte called Holm a fool.",
        ]

    def test_speakers_over_those_they_speak_of(self) -> None:
        said = frame(*lines("-" * 8, holder="Duarte"), quoted(target="Duarte"))
        assert views.sentiment_summary(articles(), said, by="by").text.splitlines()[1:] == [
            "Duarte speaks of others: blame 100 % (68–100 %), neutral 0 % (0–32 %), praise 0 % (0–32 %), 8 sentences"
        ]

    def test_every_sentence_is_behind_a_number(self) -> None:
        sentiment = frame(*lines("+0"), *lines("-0-", holder="Duarte"), opinion("Duarte", 0.1, "Duarte"))
        view = views.sentiment_summary(articles(), sentiment, limit=None)
        assert len(re.findall(r"[−+±] (?:positive|neutral|negative)", bare(view.html))) == len(sentiment)

    def test_what_is_left_out_is_counted(self) -> None:
        view = views.sentiment_summary(articles(), frame(*lines("+++++"), opinion("Duarte")), top=1, limit=2)
        assert "1 of 2 actors shown" in view.html
        assert "1 of 2 actors shown" in view.text
        assert "2 of 5 sentences shown" in view.html

    def test_another_level(self) -> None:
        view = views.sentiment_summary(articles(), frame(*lines("+++")), level=0.9)
        assert "90 % interval" in view.html

    def test_an_unknown_way_to_sum_up_is_an_error(self) -> None:
        with pytest.raises(InputError, match="by='on'"):
            views.sentiment_summary(articles(), frame(opinion()), by="on")  # type: ignore[arg-type]


SHOWN = [views.opinion_matrix, views.sentiment_summary]
POISONED = frame(
    *(opinion(HOSTILE, 0.5, start=start, end=len(HOSTILE)) for start in range(8)),
    opinion(f"{HOSTILE}!", -0.5, HOSTILE),
    opinion("x", 0.0, article_id=HOSTILE),
)
SAFE = {"div", "span", "em", "table", "caption", "thead", "tbody", "tr", "th", "td", "details", "summary"}


def poisoned(show: Show) -> str:
    return show(articles("a1", "a2", text=HOSTILE * 3).assign(title=HOSTILE, outlet=HOSTILE), POISONED).html


@pytest.mark.parametrize("show", SHOWN)
def test_hostile_text_is_shown_and_does_nothing(show: Show) -> None:
    outline = Outline(poisoned(show))
    assert {element for element, _ in outline.elements} <= SAFE
    assert not [key for _, attributes in outline.elements for key in attributes if key.startswith("on")]
    assert outline.nests
    assert not outline.open
    assert "<img src=x onerror=alert(1)>" in bare(poisoned(show))


@pytest.mark.parametrize("show", SHOWN)
def test_styles_are_those_that_untrusted_notebooks_keep(show: Show) -> None:
    styles = [str(attributes["style"]) for _, attributes in Outline(poisoned(show)).elements if "style" in attributes]
    assert styles
    assert not [
        style for style in styles if re.search(r"var\(|inherit|currentcolor|(^|; )color:", style, re.IGNORECASE)
    ]


@pytest.mark.parametrize("show", SHOWN)
def test_an_empty_frame_is_said_to_be(show: Show) -> None:
    view = show(articles(), frame())
    assert re.search(r"no sentiment to show|0 actors", view.text)
    assert view.text.splitlines()[0] in bare(view.html)


@pytest.mark.parametrize("show", SHOWN)
@pytest.mark.parametrize("column", ["target", "polarity", "end"])
def test_a_missing_column_is_named(show: Show, column: str) -> None:
    with pytest.raises(InputError, match=rf"sentiment frame lacks {column}.*pass coverage\.sentiment"):
        show(articles(), frame(opinion()).drop(columns=column))


@pytest.mark.parametrize("show", SHOWN)
def test_it_is_the_same_every_time(show: Show) -> None:
    assert show(articles(), frame(*[opinion()] * 4)) == show(articles(), frame(*[opinion()] * 4))
