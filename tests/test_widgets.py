from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

import matplotlib as mpl
import pandas as pd
import pytest

from toolkit import widgets
from toolkit.errors import InputError

mpl.use("agg")

HOSTILE = "<img src=x onerror=alert(1)>"
TEXT = "The ferry will run, Ada said. It was late, Bo replied. "


def coverage(speaker: str = "Bo") -> Any:
    parts = ("cue", "cue_start", "cue_end", "source_text", "source_start", "source_end")
    said = [
        ("q1", "a1", 0, 18, "indirect", "Ada"),
        ("q2", "a1", 30, 41, "direct", speaker),
        ("q3", "a2", 0, 18, "direct", None),
    ]
    quotations = [
        {"quotation_id": q, "article_id": a, "spans": [[s, e]], "text": TEXT[s:e], "kind": kind, "speaker": name}
        for q, a, s, e, kind, name in said
    ]
    opinion = {"article_id": "a1", "start": 0, "end": 29, "target_start": 4, "target_end": 9, "polarity": 1}
    holders = [("Ada", "ferry"), (None, "Bo")]
    opinions = [{**opinion, "score": 0.5, "holder": holder, "target": target} for holder, target in holders]
    return SimpleNamespace(
        articles=pd.DataFrame({"article_id": ["a1", "a2"], "title": ["Ferry", "Ferry"], "text": [TEXT, TEXT]}),
        quotations=pd.DataFrame([{**dict.fromkeys(parts), **row} for row in quotations]),
        sentiment=pd.DataFrame(opinions),
    )


def rounds(day: dt.date | None) -> pd.DataFrame:
    known = None if day is None else pd.Timestamp(day)
    row = {"series": "Lake talks", "ordinal": 1, "label": "talks", "place": "Lund", "first": known, "last": known,
           "offset_first": 0, "offset_last": 0, "precision": "day", "date_text": "today",
           "date_basis": "resolved" if day else "unresolved", "parties": ["North"], "status": "held"}  # fmt: skip
    return pd.DataFrame([row])


def test_a_choice_can_be_read_and_set() -> None:
    explorer = widgets.quotation_explorer(coverage())
    assert explorer.selection == {"article_id": "a1", "speaker": None, "kind": None, "sure": True}
    explorer.selection = {"article_id": "a1", "speaker": "Ada"}
    assert explorer.selection == {"article_id": "a1", "speaker": "Ada", "kind": None, "sure": True}
    assert "1 of 2 quotations marked" in explorer.view.text
    copied = widgets.quotation_explorer(coverage())
    copied.selection = explorer.selection
    assert copied.view == explorer.view


def test_the_choice_of_all_shows_in_its_control() -> None:
    explorer = widgets.quotation_explorer(coverage())
    speaker = explorer.widget.children[0].children[1]
    for choice in ("Ada", None):
        explorer.selection = {"speaker": choice}
        assert explorer.selection["speaker"] == choice
    assert speaker.label == widgets.ALL


def test_a_click_changes_what_is_shown() -> None:
    explorer = widgets.quotation_explorer(coverage())
    controls, shown, _ = explorer.widget.children
    controls.children[2].value = "direct"
    assert explorer.selection["kind"] == "direct"
    assert shown.value == explorer.view.html
    assert "1 of 2 quotations marked" in shown.value


def test_options_carry_counts_and_end_with_no_speaker() -> None:
    controls = widgets.quotation_explorer(coverage()).widget.children[0].children
    assert [label for label, _ in controls[1].options] == ["(all)", "Ada (1)", "Bo (1)", "(no speaker named) (1)"]
    assert [label for label, _ in controls[2].options] == ["(all)", "direct (2)", "indirect (1)"]


def test_articles_of_one_title_are_told_apart() -> None:
    controls = widgets.quotation_explorer(coverage()).widget.children[0].children
    assert [label for label, _ in controls[0].options] == ["1. Ferry", "2. Ferry"]


def test_the_static_view_goes_with_the_widget() -> None:
    explorer = widgets.quotation_explorer(coverage())
    bundle = explorer._repr_mimebundle_()
    assert bundle["text/html"] == explorer.view._repr_html_()
    assert bundle["text/plain"].startswith("Quotation explorer (article_id='a1', speaker=None, kind=None, sure=True)\n")
    assert "application/vnd.jupyter.widget-view+json" in bundle


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        ({"reader": "Ada"}, "found 'reader', expected one of article_id, speaker, kind"),
        ({"kind": "direct", "speaker": "Nobody"}, "speaker 'Nobody' is not on offer; accepted are None, 'Ada', 'Bo'"),
    ],
)
def test_a_choice_not_on_offer_changes_nothing(choice: dict[str, str], message: str) -> None:
    explorer = widgets.quotation_explorer(coverage())
    before = explorer.selection
    with pytest.raises(InputError, match=message):
        explorer.selection = choice
    assert explorer.selection == before


def test_frames_of_ones_own_take_the_place_of_the_coverages() -> None:
    frames = coverage()
    corrected = frames.quotations.assign(speaker="Cy")
    explorer = widgets.quotation_explorer(frames, quotations=corrected)
    assert "Cy [indirect]" in explorer.view.text
    alone = widgets.quotation_explorer(articles=frames.articles, quotations=corrected)
    assert alone.view == explorer.view


@pytest.mark.parametrize("make", [widgets.quotation_explorer, widgets.sentiment_explorer])
def test_a_missing_frame_is_named(make: Any) -> None:
    with pytest.raises(InputError, match="no articles frame"):
        make()


def test_no_articles_is_an_error() -> None:
    frames = coverage()
    with pytest.raises(InputError, match="articles frame is empty"):
        widgets.quotation_explorer(frames, articles=frames.articles.iloc[:0])


def test_sentiment_shows_the_sentences_of_a_holder_and_a_target() -> None:
    explorer = widgets.sentiment_explorer(coverage())
    explorer.selection = {"holder": "(the outlet)", "target": "Bo"}
    assert "(the outlet) toward Bo: 1 sentence" in explorer.view.text


def test_a_publication_date_resolves_the_timeline() -> None:
    explorer = widgets.timeline_explorer(rounds)
    assert explorer.selection == {"published": None}
    assert "1st round – Lund, P, held" in explorer.view.text
    explorer.selection = {"published": dt.date(2031, 2, 17)}
    assert "1st round – Lund, 17 Feb 2031, held" in explorer.view.text
    assert 'alt="Timeline: rounds of talks' in explorer.view.html


def test_what_is_no_date_is_refused() -> None:
    with pytest.raises(InputError, match=r"'17 Feb' is no date; give a datetime\.date"):
        widgets.timeline_explorer(rounds).selection = {"published": "17 Feb"}


def test_an_error_of_the_toolkit_is_shown_in_place_of_the_timeline() -> None:
    def fail(day: dt.date | None) -> pd.DataFrame:
        raise InputError(f"no article: {HOSTILE} {day}")

    view = widgets.timeline_explorer(fail).view
    assert view.text == f"No timeline: no article: {HOSTILE} None"
    assert HOSTILE not in view.html


def test_an_error_of_the_users_own_is_not_swallowed() -> None:
    def fail(_day: dt.date | None) -> pd.DataFrame:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        widgets.timeline_explorer(fail)


def test_charts_of_an_explorer_stay_out_of_pyplot() -> None:
    from matplotlib import pyplot as plt

    before = plt.get_fignums()
    widgets.timeline_explorer(rounds)
    assert plt.get_fignums() == before


def test_hostile_names_are_shown_and_do_nothing() -> None:
    explorer = widgets.quotation_explorer(coverage(HOSTILE))
    explorer.selection = {"speaker": HOSTILE}
    assert HOSTILE not in explorer.widget.children[1].value
    assert "&lt;img src=x onerror=alert(1)&gt;" in explorer.widget.children[1].value


def test_one_choice_makes_one_view() -> None:
    made: list[dt.date | None] = []
    explorer = widgets.timeline_explorer(lambda day: (made.append(day), rounds(day))[1])
    made.clear()
    explorer.selection = {"published": dt.date(2031, 2, 17)}
    assert made == [dt.date(2031, 2, 17)]


def test_a_picker_leaves_the_rows_of_its_choice() -> None:
    frame = pd.DataFrame({"speaker": ["Ada", "Bo", None, "Ada"], "votes": [1, 2, 3, 4]})
    picker = widgets.speaker_picker(frame)
    assert len(picker.rows) == 4
    for choice, votes in (("Ada", [1, 4]), ("(no speaker named)", [3]), (None, [1, 2, 3, 4])):
        picker.selection = {"speaker": choice}
        assert picker.rows["votes"].tolist() == votes
    assert widgets.speaker_picker(frame.rename(columns={"speaker": "target"}), column="target").selection == {
        "target": None
    }
    with pytest.raises(InputError, match="lacks speaker"):
        widgets.speaker_picker(frame[["votes"]])


def test_a_date_picker_leaves_the_rows_between_its_days() -> None:
    days = ["2024-05-01", "2024-05-02T18:00", None, "2024-05-04"]
    picker = widgets.date_picker(pd.DataFrame({"published": pd.to_datetime(days, format="ISO8601"), "n": [1, 2, 3, 4]}))
    for first, last, kept in (
        (None, None, [1, 2, 3, 4]),
        (2, None, [2, 4]),
        (None, 2, [1, 2]),
        (2, 2, [2]),
        (3, 3, []),
    ):
        bounds = [None if day is None else dt.date(2024, 5, day) for day in (first, last)]
        picker.selection = dict(zip(("first", "last"), bounds, strict=True))
        assert picker.rows["n"].tolist() == kept
    with pytest.raises(InputError, match="column n of the given frame holds no dates"):
        widgets.date_picker(pd.DataFrame({"n": ["x"]}), column="n")
    with pytest.raises(InputError, match="first 'soon' is no date"):
        picker.selection = {"first": "soon"}


def test_pickers_of_an_empty_frame() -> None:
    assert widgets.speaker_picker(pd.DataFrame({"speaker": []})).rows.empty
    assert widgets.date_picker(pd.DataFrame({"published": pd.to_datetime([])})).rows.empty
