"""Names of columns: guessed in several languages, told, and chosen by the user."""

from __future__ import annotations

import pandas as pd
import pytest

import toolkit as tk

ROW = {
    "Schlagzeile": "Talks",
    "Body": "Envoys met in Lima.",
    "Pub Date": "2031-05-02",
    "Zeitung": "The Ferry Post",
    "Pages": "4",
}


def test_what_was_guessed_and_what_is_not_read_is_told_once() -> None:
    with pytest.warns(tk.ToolkitWarning) as caught:
        (article,) = tk.read(pd.DataFrame([ROW]))
    assert (article.title, article.text, str(article.published), article.outlet) == (
        "Talks",
        "Envoys met in Lima.",
        "2031-05-02",
        "The Ferry Post",
    )
    assert len(caught) == 1
    assert str(caught[0].message).endswith(
        "DataFrame: columns read: text from 'Body', title from 'Schlagzeile', published from 'Pub Date', outlet from "
        "'Zeitung'; not read: 'Pages'; to choose others, columns={'text': …}"
    )


def test_a_choice_is_followed_and_the_rest_still_guessed() -> None:
    frame = pd.DataFrame({"text": ["a stub"], "Long": ["Envoys met in Lima."], "title": ["Talks"]})
    with pytest.warns(tk.ToolkitWarning, match="text from 'Long'; not read: 'text'"):
        (article,) = tk.read(frame, columns={"text": "long"})
    assert (article.text, article.title) == ("Envoys met in Lima.", "Talks")


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ({"body": "Body"}, "an article has no 'body'; give any of text, title, published"),
        ({"text": "Corps"}, r"has no column 'Corps' for the text \(found: Schlagzeile, Body"),
    ],
)
def test_a_choice_that_cannot_be_followed_is_refused(columns: dict[str, str], told: str) -> None:
    with pytest.raises(tk.InputError, match=told):
        tk.read(pd.DataFrame([ROW]), columns=columns)


def test_a_summary_is_read_where_there_is_no_text() -> None:
    frame = pd.DataFrame(
        {"title": ["Talks", "Tea"], "text": ["Envoys met in Lima.", None], "summary": ["Short.", "Tea was had."]}
    )
    assert [article.text for article in tk.read(frame)] == ["Envoys met in Lima.", "Tea was had."]
    with pytest.warns(tk.ToolkitWarning, match="teaser from 'summary'"):
        assert tk.read(frame.drop(columns="text"))[0].text == "Short."


def test_the_day_of_a_change_is_no_day_of_publication() -> None:
    frame = pd.DataFrame({"text": ["Envoys met."], "updated": ["2031-05-02"], "date_modify": ["2031-05-02"]})
    with pytest.warns(tk.ToolkitWarning, match="not read: 'updated', 'date_modify'"):
        assert tk.read(frame)[0].published is None
