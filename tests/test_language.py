"""Articles in other languages: told and left out, mixed ones told, short ones let pass."""

from __future__ import annotations

import subprocess
import sys

import made
import pytest

import toolkit as tk
from toolkit.reading._language import foreign, language_of

ENGLISH = made.FIRST.text
GERMAN = "\n\n".join(made.GERMAN)


def test_another_language_is_left_out_and_read_when_asked_for() -> None:
    with pytest.raises(tk.InputError, match=r"is in another language \(de\); to read it all the same, language=None"):
        tk.read({"name": "a.txt", "content": GERMAN.encode()})
    assert tk.read({"name": "a.txt", "content": GERMAN.encode()}, language=None)[0].body_text
    assert tk.read({"name": "a.txt", "content": GERMAN.encode()}, language="de")[0].body_text


def test_a_mixed_text_is_read_and_told() -> None:
    with pytest.warns(tk.ToolkitWarning, match=r"is in part in another language \(de\)"):
        assert tk.read({"name": "a.txt", "content": f"{ENGLISH}\n\n{GERMAN}".encode()})


@pytest.mark.parametrize("story", made.STORIES)
def test_english_passes(story: made.Story) -> None:
    assert language_of(story.text) == "en"
    assert foreign(story.text, "en") is None


@pytest.mark.parametrize("text", ["", "Ja.", "Umerov, Medinsky, Slutsky, Podolyak, Arakhamia. " * 2, "12 34 " * 100])
def test_what_gives_too_little_to_go_by_passes(text: str) -> None:
    assert foreign(text, "en") is None


def test_plain_english_does_not_load_the_model() -> None:
    code = (
        "import sys, toolkit as tk; from pathlib import Path; "
        f"tk.read({{'name': 'a.txt', 'content': {ENGLISH!r}.encode()}}); print('py3langid' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize(
    "text",
    [
        "De onderhandelaars van beide landen waren het eens dat de was en de bond van het ministerie bleven.",
        "Die onderhandelaars het in die stad vergader en die minister was nie tevrede met die antwoord nie.",
        "Delegasjonene fra begge land har for lengst avvist forslaget, og ministeren vil at de skal møtes.",
    ],
)
def test_neighbours_of_english_are_not_taken_for_it(text: str) -> None:
    assert language_of(f"{text} {text}") != "en"
