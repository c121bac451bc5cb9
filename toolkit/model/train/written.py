"""Sentences about negotiations, written for training, with names in their blanks (``negotiations.toml``)."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.lexicon import gazetteer
from toolkit.model.train.newsmtsc import Example
from toolkit.packaged import read_text

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Sequence

    from toolkit.model.masking import Item

PATH = Path(__file__).with_name("negotiations.toml")
_BLANK = re.compile(r"\{([-0+])\}")
_GOLD = {"-": (1.0, 0.0, 0.0), "0": (0.0, 1.0, 0.0), "+": (0.0, 0.0, 1.0)}
_STATES = 0.4
"""Share of the blanks that are filled with a state or a body of the word lists; the others get names of news."""


def filled(written: Iterable[str], names: Sequence[str], chance: random.Random) -> list[Example]:
    """Return an example for each blank of written sentences, names drawn anew at each call.

    Parameters
    ----------
    written : iterable of str
        From :func:`sentences`.
    names : sequence of str
        Of news.
    chance : Random
    """
    return [example for sentence in written for example in fill(sentence, _drawn(sentence, names, chance))]


def fill(sentence: str, names: Sequence[str]) -> list[Example]:
    """Return a written sentence as an example for each of its blanks, filled with the names in order."""
    text, spans, done = "", list[tuple[int, int, str]](), 0
    for blank, name in zip(_BLANK.finditer(sentence), names, strict=True):
        text += sentence[done : blank.start()]
        shown = name[0].upper() + name[1:] if not text.strip("“\"' ") else name
        spans.append((len(text), len(text) + len(shown), blank[1]))
        text, done = text + shown, blank.end()
    text += sentence[done:]
    items: list[tuple[Item, str]] = [((text, start, end), sign) for start, end, sign in spans]
    return [Example(item, _GOLD[sign]) for item, sign in items]


def _drawn(sentence: str, names: Sequence[str], chance: random.Random) -> list[str]:
    """Return a name for each blank, no name twice."""
    chosen: list[str] = []
    for _ in _BLANK.finditer(sentence):
        pool = _bodies() if chance.random() < _STATES else names
        chosen.append(chance.choice([name for name in chance.sample(pool, min(8, len(pool))) if name not in chosen]))
    return chosen


@cache
def sentences() -> tuple[str, ...]:
    """Return the written sentences, blanks as ``{+}``, ``{-}`` and ``{0}``: spoken of well, ill, neither."""
    return tuple(tomllib.loads(read_text(PATH))["examples"])


@cache
def _bodies() -> list[str]:
    """Return the states and bodies of the word lists, in order."""
    found = [(entry.category, form) for form, entry in gazetteer.entries().items()]
    bodies = [f"the {form}" if " " in form else form for category, form in found if category == "organisation"]
    return sorted([*(form for category, form in found if category == "state"), *bodies])
