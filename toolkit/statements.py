"""What lists, counts and charts ask of a statement: who speaks, in what manner, and how sure that is.

A statement is a row of the quotations frame. Whatever counts statements or speakers counts them by this module, so
that a list, a button, a chart and a sentence can never give two numbers for one thing.
"""

from __future__ import annotations

from collections import Counter
from math import prod
from typing import TYPE_CHECKING, Any

from toolkit.display import KINDS, NO_SPEAKER, count_of, is_missing, one_line, percent, rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd

    from toolkit.display import Row

SURE = 0.69
"""Score from which on a statement is shown unless all are asked for.

At and above it nine statements in ten are right, in words and speaker, on articles that nothing was learned from:
``python tests/benchmarks/coverage.py GOLD --layer statements --sure 0.9``.
"""

SCORES = ("score", "speaker_score")
"""Columns of the quotations frame that say how sure the words are, and the speaker: probabilities that multiply."""

CHECKED = ("confirmed", "corrected", "added")
"""Origins of rows that a person vouches for."""

MANNERS = (*KINDS, "thought", "act", "relayed", "denied")
"""How a statement was made, in the order of lists and legends.

Only what a speaker said is direct, mixed or indirect. What they are told to think, what they did in words ("rejected
the offer"), what comes through another's mouth, and what they denied or did not say are kinds of their own.
"""


def voices_of(row: Mapping[str, Any]) -> list[str]:
    """Return all who make a statement: its speaker, or a phrase where there is none, then those who share it."""
    shared = map(one_line, () if is_missing(row.get("cospeakers")) else row["cospeakers"])
    return list(dict.fromkeys([one_line(row["speaker"]) or NO_SPEAKER, *shared]))


def manner_of(row: Mapping[str, Any]) -> str:
    """Return the manner of a statement, one of :data:`MANNERS`, or the kind that a frame of one's own gives it."""
    if not is_missing(row.get("via")):
        return "relayed"
    negated = row.get("negated")
    if (not is_missing(negated) and negated) or row.get("cue_force") == "denies":
        return "denied"
    mode = one_line(row.get("mode"))
    if mode in {"thought", "act"} or (not mode and row.get("cue_force") == "thinks"):
        return mode or "thought"
    return one_line(row["kind"]) or "unknown"


def in_order(manners: Iterable[str]) -> list[str]:
    """Return manners once each, in their order, those of one's own last."""
    found = set(manners)
    return [manner for manner in MANNERS if manner in found] + sorted(found.difference(MANNERS))


def sureness(row: Mapping[str, Any]) -> float | None:
    """Return the probability that words and speaker of a statement are right, None where nothing tells."""
    if one_line(row.get("origin")) in CHECKED:
        return 1.0
    known = [float(row[name]) for name in SCORES if not is_missing(row.get(name))]
    return prod(known) if known else None


def is_sure(row: Mapping[str, Any]) -> bool:
    """Tell whether a statement is shown where only sure ones are: so are those of which nothing tells how sure."""
    score = sureness(row)
    return score is None or score >= SURE


def sure_rows(quotations: pd.DataFrame, *, sure: bool = True) -> pd.DataFrame:
    """Return the statements that are sure, or all of them.

    Parameters
    ----------
    quotations : pandas.DataFrame
        The quotations frame, or one like it.
    sure : bool
        False gives the frame as it is.

    Returns
    -------
    pandas.DataFrame
        Rows whose score is at least :data:`SURE`, those that a person checked, and those without any score.
    """
    if not sure:
        return quotations
    known = [name for name in (*SCORES, "origin") if name in quotations.columns]
    return quotations[[is_sure(row) for row in rows(quotations[known])]]


def by_speaker(statements: Iterable[Row]) -> dict[str, Counter[str]]:
    """Count the manners of all who speak, those quoted most first, the phrase for nobody last.

    A statement that several share counts for each of them.
    """
    counts: dict[str, Counter[str]] = {}
    for row in statements:
        for name in voices_of(row):
            counts.setdefault(name, Counter())[manner_of(row)] += 1
    ranked = sorted(counts, key=lambda name: (name == NO_SPEAKER, -counts[name].total(), name))
    return {name: counts[name] for name in ranked}


def speakers_of(statements: Iterable[Row]) -> list[str]:
    """Return the names of all who speak, those quoted most first."""
    return [name for name in by_speaker(statements) if name != NO_SPEAKER]


def counts_phrase(statements: Sequence[Row]) -> str:
    """Return how many statements there are and of how many speakers, ``12 quotations, 4 speakers``."""
    speakers = len(speakers_of(statements))
    return f"{count_of(len(statements), 'quotation')}, {count_of(speakers, 'speaker')}"


def speakers_phrase(row: Mapping[str, Any]) -> str:
    """Return all who make a statement in one line, ``Ada Lorne with Bo Rask``."""
    first, *others = voices_of(row)
    return f"{first} with {', '.join(others)}" if others else first


def sureness_phrase(row: Mapping[str, Any]) -> str:
    """Return how sure the words of a statement are, and its speaker; empty where nothing tells."""
    if one_line(row.get("origin")) in CHECKED:
        return "checked by a person"
    known = zip(("words", "speaker"), SCORES, strict=True)
    told = [f"{what} {percent(row[name])}" for what, name in known if not is_missing(row.get(name))]
    return f"sure: {', '.join(told)}" if told else ""


def left_out_phrase(left_out: int) -> str:
    """Return how many statements are not shown for they are less sure; empty where all are."""
    return f"{left_out:,} less sure not shown" if left_out else ""
