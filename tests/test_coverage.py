from __future__ import annotations

import pickle
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd
import pytest

import toolkit as tk

if TYPE_CHECKING:
    from toolkit.coverage import Coverage


@dataclass(frozen=True, slots=True)
class Amount:
    article_id: str
    start: int
    end: int
    text: str
    payer: str | None = None


AMOUNTS = tk.frame("amounts", Amount, columns={"payer": "actor"})


@pytest.fixture
def further(coverage: Coverage) -> Coverage:
    first = coverage.articles["article_id"].iloc[0]
    return replace(coverage, extra={"amounts": AMOUNTS.of([Amount(first, 0, 3, "The", "Kenya")])})


def test_a_further_frame_is_one_of_the_frames(further: Coverage) -> None:
    assert list(further.frames())[-2:] == ["checked", "amounts"]
    assert further.specs()["amounts"] == AMOUNTS
    assert list(further.specs()) == list(further.frames())
    assert further["amounts"]["payer"].tolist() == ["Kenya"]
    assert further["quotations"] is further.quotations
    assert f" 1 {AMOUNTS.noun}. " in repr(further)
    assert "<code>[&quot;amounts&quot;]</code>" in further._repr_html_()


def test_it_outlives_a_pickle_and_a_change(further: Coverage) -> None:
    again = pickle.loads(pickle.dumps(further))  # noqa: S301 - our own
    pd.testing.assert_frame_equal(again["amounts"], further["amounts"])
    assert again.specs() == further.specs()
    emptied = further.with_frames({"amounts": AMOUNTS.of([]), "times": further.times.head(0)}, {"by": "hand"})
    assert (len(emptied["amounts"]), len(emptied.times), emptied.metadata) == (0, 0, {"by": "hand"})
    assert emptied.quotations is further.quotations


def test_only_declared_frames_are_taken(coverage: Coverage) -> None:
    for name, frame in {"amounts": pd.DataFrame(), "sums": AMOUNTS.of([]), "times": coverage.times}.items():
        with pytest.raises(tk.InputError, match=f"further frame '{name}' was not made by a declaration"):
            replace(coverage, extra={name: frame})
    with pytest.raises(tk.InputError, match="no frame 'sums'; this coverage has articles"):
        coverage["sums"]
