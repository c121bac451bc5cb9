from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from outline import Outline, bare

from toolkit import views
from toolkit.errors import InputError
from toolkit.views.colours import PALETTE, shaded, speaker_colours

if TYPE_CHECKING:
    from collections.abc import Callable

    from toolkit.coverage import Coverage

mpl.use("agg")

HOSTILE = "<img src=x onerror=alert(1)> &amp; \"q\" 'p' $x$ שלום </mark></p><script>"

TEXT = 'The ferry will run, Ada said. "It was late," Bo replied, "and cold."\n\nNobody asked the gulls.\n'


def articles(text: str = TEXT, **more: Any) -> pd.DataFrame:
    row = {"article_id": "a1", "title": "Ferry", "outlet": "The Daily Otter", "published": pd.NaT, "text": text}
    return pd.DataFrame([{**row, **more}])


def quotation(number: int, spans: list[list[int]], **more: Any) -> dict[str, Any]:
    row = {
        "quotation_id": f"q{number}",
        "article_id": "a1",
        "spans": spans,
        "text": " ".join(TEXT[start:end] for start, end in spans),
        "kind": "direct",
        "speaker": "Bo",
        "cue": "replied",
        "cue_start": 48,
        "cue_end": 55,
        "source_text": "Bo",
        "source_start": 45,
        "source_end": 47,
        "via": None,
    }
    return {**row, **more}


def quotations(*rows: dict[str, Any]) -> pd.DataFrame:
    default = (
        quotation(1, [[0, 18]], speaker="Ada", kind="indirect", cue="said", cue_start=24, cue_end=28,
                  source_text="Ada", source_start=20, source_end=23),
        quotation(2, [[30, 44], [57, 68]]),
        quotation(3, [[70, 93]], speaker=None, kind="mixed", cue=None, cue_start=None, cue_end=None,
                  source_text=None, source_start=None, source_end=None),
    )  # fmt: skip
    return pd.DataFrame(rows or default)


def opinions(*rows: dict[str, Any]) -> pd.DataFrame:
    default = {"article_id": "a1", "start": 0, "end": 29, "target": "ferry", "target_start": 4, "target_end": 9,
               "holder": "Ada", "polarity": 1, "probability": 0.62}  # fmt: skip
    return pd.DataFrame(
        [{**default, **row} for row in rows or ({}, {"holder": None, "polarity": -1, "probability": None})]
    )


def rounds(**more: Any) -> pd.DataFrame:
    row = {"series": "Lake talks", "ordinal": 2, "label": "talks", "place": "Lund", "venue": "the old mill",
           "first": pd.Timestamp("2031-02-17"), "last": pd.Timestamp("2031-02-18"), "offset_first": pd.NA,
           "offset_last": pd.NA, "precision": "day", "date_text": "Monday", "date_basis": "resolved",
           "format": "direct", "parties": ["North", "South"], "people": ["Ada"], "leaders": {"North": "Ada"},
           "third_parties": [], "tracks": [{"name": "fishing", "status": "stuck"}], "status": "held",
           "outcome": None, "duration_text": None, "evidence": [["a1", 0, 29]],
           "conflicts": [{"field": "place", "values": {"Lund": ["a1"], "Ystad": ["a2"]}}]}  # fmt: skip
    return pd.DataFrame([{**row, **more}])


def actors(*rows: dict[str, Any]) -> pd.DataFrame:
    default = {"actor": "Ada", "kind": "person", "side": None, "role": "pilot", "aliases": ["A."],
               "n_mentions": 2, "n_quotations": 1}  # fmt: skip
    return pd.DataFrame([{**default, **row} for row in rows or ({}, {"actor": "Bo"}, {"actor": "Cy"})])


def marks_of(page: str) -> list[dict[str, str | None]]:
    """The pieces of marked quotations."""
    return [span for span in Outline(page).all("span") if "title" in span]


class TestMarkedArticle:
    def test_the_text_is_all_there(self) -> None:
        page = views.marked_article(articles(), quotations()).html
        assert bare(page).endswith(TEXT)

    @given(st.text(max_size=60))
    def test_any_text_is_all_there(self, text: str) -> None:
        frame = quotations().iloc[:0]
        assert bare(views.marked_article(articles(text), frame).html).endswith(text)

    def test_quotations_are_anchored_once_and_titled(self) -> None:
        marks = marks_of(views.marked_article(articles(), quotations()).html)
        assert [mark.get("title") for mark in marks] == [
            "Ada · indirect · said", "Bo · direct · replied", "Bo · direct · replied", "(no speaker named) · mixed",
        ]  # fmt: skip
        assert [bool(mark.get("id")) for mark in marks] == [True, True, False, True]

    def test_kinds_differ_in_more_than_colour(self) -> None:
        marks = marks_of(views.marked_article(articles(), quotations()).html)
        lines = {re.sub(r".*border-bottom: \S+ (\w+).*", r"\1", str(mark["style"])) for mark in marks}
        assert lines == {"solid", "dashed", "dotted"}

    def test_a_speaker_keeps_a_colour_when_others_are_left_out(self) -> None:
        whole = views.marked_article(articles(), quotations())
        part = views.marked_article(articles(), quotations(), speaker="Bo")
        style = {mark["style"] for mark in marks_of(part.html)}
        assert style == {mark["style"] for mark in marks_of(whole.html) if "Bo" in str(mark["title"])}

    @pytest.mark.parametrize(
        ("choice", "n"), [({"speaker": "(no speaker named)"}, 1), ({"kind": "direct"}, 1), ({"speaker": "Nobody"}, 0)]
    )
    def test_what_is_left_out_is_counted(self, choice: dict[str, str], n: int) -> None:
        view = views.marked_article(articles(), quotations(), **choice)
        assert f"{n} of 3 quotations marked" in view.html
        assert f"{n} of 3 quotations marked" in view.text

    def test_less_sure_ones_are_counted_and_marked_when_asked_for(self) -> None:
        frame = quotations().assign(score=[0.99, 0.05, 0.98])
        view = views.marked_article(articles(), frame)
        assert "2 quotations marked; 1 less sure not shown" in view.text
        assert {"Bo · direct · replied"}.isdisjoint(mark.get("title") for mark in marks_of(view.html))
        assert "3 quotations marked" in views.marked_article(articles(), frame, sure=False).text
        assert "2 quotations; 1 less sure not shown" in views.quotation_table(frame).text
        assert "3 quotations\n" in views.quotation_table(frame, sure=False).text

    def test_what_hovering_tells_is_told_in_words_too(self) -> None:
        page = views.marked_article(articles(), quotations().assign(score=0.97, cospeakers=[["Cy"], [], []])).html
        assert "Ada with Cy: The ferry will run indirect · said · sure: words 97 %" in " ".join(bare(page).split())
        links = {str(link["href"])[1:] for link in Outline(page).all("a")}
        assert links == {mark["id"] for mark in marks_of(page) if "id" in mark}

    def test_speakers_of_one_side_have_shades_of_one_colour(self) -> None:
        names = ["Ada", "Bo", "Cy", None]
        found = [{"speaker": name, "kind": "direct"} for name in names]
        colours = speaker_colours(found, sides={"Ada": "North", "Cy": "North"})
        assert colours["Cy"] == shaded(colours["Ada"], -0.45)
        assert colours["Bo"] == PALETTE[1]
        page = views.marked_article(articles(), quotations(), actors=actors().assign(side=["North", "South", "North"]))
        assert "North: Ada" in bare(page.html)

    def test_quotations_within_quotations_keep_their_anchors(self) -> None:
        frame = quotations(quotation(1, [[0, 40]]), quotation(2, [[10, 20]], via="q1"), quotation(3, [[30, 50]]))
        page = views.marked_article(articles(), frame).html
        assert Outline(page).nests
        assert len({mark["id"] for mark in marks_of(page) if "id" in mark}) == 3

    def test_views_of_the_same_article_can_be_told_apart(self) -> None:
        pages = [views.marked_article(articles(), quotations(), copy=copy).html for copy in (0, 1)]
        ids = [{mark["id"] for mark in marks_of(page) if "id" in mark} for page in pages]
        assert not ids[0] & ids[1]

    def test_it_is_the_same_every_time(self) -> None:
        one, other = (views.marked_article(articles(), quotations()) for _ in range(2))
        assert one == other

    def test_text_form_lists_the_quotations(self) -> None:
        text = repr(views.marked_article(articles(), quotations()))
        assert 'Bo replied [direct]: "It was late," "and cold."' in text

    @pytest.mark.parametrize(
        ("article_id", "message"), [(None, "2 articles; name one.*a1 .Ferry."), ("zz", "'zz' is in 0 rows.*a1")]
    )
    def test_an_article_that_cannot_be_told_is_an_error(self, article_id: str | None, message: str) -> None:
        both = pd.concat([articles(), articles(article_id="a2")])
        with pytest.raises(InputError, match=message):
            views.marked_article(both, quotations(), article_id)


class TestTables:
    def test_rows_link_to_the_marked_article(self) -> None:
        page = views.marked_article(articles(), quotations(), copy=2).html
        table = views.quotation_table(quotations(), copy=2).html
        targets = {f"#{mark['id']}" for mark in marks_of(page) if "id" in mark}
        assert {link["href"] for link in Outline(table).all("a")} == targets

    def test_links_can_be_left_out(self) -> None:
        assert not Outline(views.quotation_table(quotations(), link=False).html).all("a")

    @pytest.mark.parametrize(
        ("show", "frame", "noun"),
        [(views.quotation_table, quotations(), "quotations"), (views.actor_table, actors(), "actors"),
         (views.round_table, pd.concat([rounds()] * 3), "rounds")],
    )  # fmt: skip
    def test_what_a_limit_leaves_out_is_counted(
        self, show: Callable[..., views.View], frame: pd.DataFrame, noun: str
    ) -> None:
        assert f"2 of 3 {noun} shown" in show(frame, limit=2).html
        assert f"3 {noun}" in show(frame, limit=None).text

    def test_headers_have_a_scope(self) -> None:
        heads = Outline(views.actor_table(actors()).html).all("th")
        assert [head["scope"] for head in heads] == ["col"] * 7 + ["row"] * 3

    def test_a_round_tells_its_facts(self) -> None:
        text = bare(views.round_table(rounds()).html)
        assert all(fact in text for fact in ("2nd round – Lund", "17–18 Feb 2031", "Monday", "North, South", "held"))


class TestEvidence:
    def test_the_target_is_marked_in_its_sentence(self) -> None:
        assert ">ferry</span> will run" in views.sentiment_evidence(articles(), opinions()).html

    def test_polarity_is_a_word_and_a_sign(self) -> None:
        text = bare(views.sentiment_evidence(articles(), opinions()).html)
        assert "+ positive, sure: 62 %" in text
        assert "− negative" in text
        assert "nan" not in text

    @pytest.mark.parametrize(
        ("choice", "n"),
        [
            ({}, 2),
            ({"holder": "Ada"}, 1),
            ({"holder": "(the outlet)"}, 1),
            ({"target": "ferry"}, 2),
            ({"target": "x"}, 0),
        ],
    )
    def test_it_shows_the_sentences_of_one_cell(self, choice: dict[str, str], n: int) -> None:
        view = views.sentiment_evidence(articles(), opinions(), **choice)
        assert view.html.count("</tr>") - 1 == n

    def test_what_a_limit_leaves_out_is_counted(self) -> None:
        found = opinions().assign(start=[0, 4])
        assert "1 of 2 sentences shown" in views.sentiment_evidence(articles(), found, limit=1).text

    def test_a_round_unfolds_to_its_passages(self) -> None:
        view = views.round_evidence(articles(), rounds())
        assert len(Outline(view.html).all("details")) == 1
        text = bare(view.html)
        assert "The ferry will run, Ada said." in text
        differ = "place: Lund (a1) / Ystad (a2)"
        for fact in ("the old mill, Lund", "North: Ada", "name: fishing, status: stuck", differ):
            assert fact in text

    def test_evidence_in_a_missing_article_is_said_to_be_missing(self) -> None:
        view = views.round_evidence(articles(), rounds(evidence=[["gone", 0, 3]]))
        assert "article gone is not in the articles frame" in view.text
        assert "article gone is not in the articles frame" in view.html


def test_colours_go_to_the_most_quoted_and_then_run_out() -> None:
    names = [*(f"S{i:02}" for i in range(30)), "S08", None]
    colours = speaker_colours([{"speaker": name, "kind": "direct"} for name in names])
    assert colours["S08"] == PALETTE[0]
    assert len(set(colours.values())) == 3 * len(PALETTE) + 1
    assert list(colours)[-1] == "(no speaker named)"


def test_a_picture_says_what_it_shows() -> None:
    from toolkit import plots
    from toolkit.plots.chart import Chart

    ax = plots.speakers(pd.DataFrame({"speaker": [HOSTILE], "kind": ["direct"]}), ax=Chart().subplots())
    view = views.picture(ax)
    (image,) = Outline(view.html).all("img")
    assert image["alt"] == plots.describe(ax) == view.text
    assert str(image["src"]).startswith("data:image/png;base64,")


def hostile(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with hostile text wherever text may stand, lists and dicts included."""

    def poison(value: Any) -> Any:
        if isinstance(value, str):
            return HOSTILE
        if isinstance(value, dict):
            return {f"{HOSTILE}{key}": poison(item) for key, item in value.items()}
        if isinstance(value, list):
            return [poison(item) for item in value]
        return value

    keep = ("article_id", "spans", "evidence", "text")
    columns = {name: frame[name] if name in keep else frame[name].map(poison) for name in frame}
    return pd.DataFrame(columns)


PAGES = {
    "article": lambda: views.marked_article(hostile(articles(HOSTILE * 3)), hostile(quotations())),
    "quotations": lambda: views.quotation_table(hostile(quotations()).assign(text=HOSTILE)),
    "actors": lambda: views.actor_table(hostile(actors())),
    "rounds": lambda: views.round_table(hostile(rounds())),
    "sentiment": lambda: views.sentiment_evidence(hostile(articles(HOSTILE * 3)), hostile(opinions())),
    "evidence": lambda: views.round_evidence(hostile(articles(HOSTILE * 3)), hostile(rounds())),
}
SAFE = {"div", "span", "p", "em", "bdi", "a", "table", "caption", "thead", "tbody", "tr", "th", "td",
        "details", "summary", "blockquote"}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_styles_are_those_that_untrusted_notebooks_keep(name: str) -> None:
    styles = [
        str(attributes["style"]) for _, attributes in Outline(PAGES[name]().html).elements if "style" in attributes
    ]
    assert styles
    assert not [
        style for style in styles if re.search(r"var\(|inherit|currentcolor|(^|; )color:", style, re.IGNORECASE)
    ]


@pytest.mark.parametrize("name", PAGES)
def test_hostile_text_is_shown_and_does_nothing(name: str) -> None:
    page = PAGES[name]().html
    outline = Outline(page)
    assert {element for element, _ in outline.elements} <= SAFE
    assert not [key for _, attributes in outline.elements for key in attributes if key.startswith("on")]
    assert outline.nests
    assert not outline.open
    assert "<img src=x onerror=alert(1)>" in bare(page)


@pytest.mark.parametrize(
    "show",
    [
        lambda frame: views.marked_article(articles(), frame),
        views.quotation_table,
        views.actor_table,
        views.round_table,
        lambda frame: views.sentiment_evidence(articles(), frame),
        lambda frame: views.round_evidence(articles(), frame),
    ],
)
def test_a_missing_column_is_named(show: Callable[[pd.DataFrame], views.View]) -> None:
    with pytest.raises(InputError, match="lacks"):
        show(pd.DataFrame({"x": [1]}))


@pytest.mark.parametrize("name", ["quotations", "actors", "rounds"])
def test_an_empty_frame_is_an_empty_table(name: str) -> None:
    frame = {"quotations": quotations, "actors": actors, "rounds": rounds}[name]().iloc[:0]
    show = {"quotations": views.quotation_table, "actors": views.actor_table, "rounds": views.round_table}[name]
    assert f"0 {name}" in show(frame).html


def test_each_form_and_mention_of_an_actor_leads_to_its_place(undated: Coverage) -> None:
    table = str(views.actor_table(undated.actors, mentions=undated.mentions).html)
    article = str(views.marked_article(undated.articles, undated.quotations, mentions=undated.mentions).html)
    links = set(re.findall(r'href="#(m-[^"]+)"', table))
    anchors = re.findall(r'id="(m-[^"]+)"', article)
    assert links <= set(anchors)
    assert len(anchors) == len(set(anchors)) == len(undated.mentions.drop_duplicates(["start", "end"]))
    for row in undated.actors.to_dict("records"):
        for form in row["aliases"]:
            assert re.search(rf'<a href="#m-[^>]+>{re.escape(html.escape(form))}</a>', table), form
    assert re.search(r'<a href="#m-[^>]+>Russian delegation leader</a>', table)


def test_a_table_of_actors_without_mentions_has_no_links(undated: Coverage) -> None:
    assert "<a " not in str(views.actor_table(undated.actors).html)
