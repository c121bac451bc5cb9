"""What many tests share: the toolkit's own pipeline, and the seed article read once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

import toolkit as tk

if TYPE_CHECKING:
    from spacy.language import Language

    from toolkit.articles import Article
    from toolkit.coverage import Coverage

# How long an example may take says more of the machine than of the code.
settings.register_profile("suite", deadline=None, max_examples=50)
settings.load_profile("suite")

SEEDS = Path(__file__).parents[1] / "seeds"
SEED = SEEDS / "000_2a7e18f9396dc323.txt"


@pytest.fixture(scope="session")
def nlp() -> Language:
    return tk.load()


@pytest.fixture(scope="session")
def seed() -> Article:
    """The seed article as it came, without a date."""
    return tk.read(SEED)[0]


@pytest.fixture(scope="session")
def undated() -> Coverage:
    """The seed article alone, its publication date unknown."""
    return tk.analyze(tk.read(SEED))


@pytest.fixture(scope="session")
def coverage() -> Coverage:
    """The seed article, dated, with the background dispatches."""
    return tk.analyze([*tk.read(SEED, published="2026-02-18"), *tk.read(SEEDS / "background")])
