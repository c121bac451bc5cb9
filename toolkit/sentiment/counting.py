"""What a figure on sentiment stands on: distinct sentences, however many rows of the frame each has.

A row with a polarity says that its holder, in the article's account, judges its target. Speakers who share a statement
have a row each; of the actor whom they judge it is one sentence. A sentence blames where a row of it is negative,
praises where one is positive, counts half for each where both are there, and is neutral where nobody judges.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import fsum
from typing import TYPE_CHECKING, NamedTuple

from toolkit.display import amount, count_of, holder_of, one_line, percent, require, rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import pandas as pd

    from toolkit.display import Row

FEWEST = 8
"""Sentences below which no share is given: it would say more of the sentences than of the actor."""

COUNTED = ("article_id", "start", "target", "holder", "polarity")
"""Columns of the sentiment frame that its sentences are counted by."""

MORE = ("quotation_id", "probability")
"""Columns that are counted by where they are there: they tell unnamed speakers, and errors to be expected."""

LABELS = {"blame": "− blame", "neutral": "neutral", "praise": "+ praise"}
"""What sentences do, with its sign, from left to right."""

Pair = tuple[str, str]
Place = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Tally:
    """Distinct sentences, by how they judge.

    Parameters
    ----------
    n : int
        All of them.
    blame, praise : float
        Those that blame, and those that praise; one that does both counts half for each.
    wrong : float or None
        How many of those that judge are to be expected wrong, by the probabilities of the model that read them; None
        where a judgement has none.
    """

    n: int
    blame: float
    praise: float
    wrong: float | None

    @property
    def judged(self) -> int:
        """Sentences that blame or praise."""
        return round(self.blame + self.praise)

    @property
    def neutral(self) -> int:
        """Sentences that do neither."""
        return self.n - self.judged

    @property
    def is_enough(self) -> bool:
        """Whether the sentences are enough for shares."""
        return self.n >= FEWEST

    @property
    def parts(self) -> dict[str, float]:
        """The sentences by what they do, which sum up to all of them."""
        return {"blame": self.blame, "neutral": self.neutral, "praise": self.praise}

    @property
    def counts(self) -> str:
        """The sentences by what they do, in words."""
        return ", ".join(f"{amount(part)} {word}" for word, part in self.parts.items() if part)

    @property
    def signs(self) -> tuple[str, str]:
        """Those that blame and those that praise, each with its sign; empty where there are none."""
        blame, praise = amount(self.blame), amount(self.praise)
        return f"−{blame}" if self.blame else "", f"+{praise}" if self.praise else ""

    @property
    def words(self) -> str:
        """The shares, or the counts where there are too few sentences for shares, and the number of sentences."""
        shares = ", ".join(f"{word} {percent(part / self.n)}" for word, part in self.parts.items())
        return f"{shares if self.is_enough else self.counts} (n={self.n:,})"


def tally(found: Iterable[Row]) -> Tally:
    """Count the sentences of some rows of the sentiment frame."""
    sentences: dict[Place, dict[int, float | None]] = {}
    for row in found:
        signs = sentences.setdefault(place_of(row), {})
        if sign := sign_of(row):
            signs[sign] = _surest(signs.get(sign, 0.0), row.get("probability"))
    judging = [signs for signs in sentences.values() if signs]
    wrong = [None if sure is None else (1 - sure) / len(signs) for signs in judging for sure in signs.values()]
    return Tally(
        n=len(sentences),
        blame=sum((-1 in signs) / len(signs) for signs in judging),
        praise=sum((1 in signs) / len(signs) for signs in judging),
        wrong=None if None in wrong else fsum(value for value in wrong if value is not None),
    )


def _surest(known: float | None, probability: float | None) -> float | None:
    """Return the larger of two probabilities: a judgement told by several rows is there if one of them is right."""
    return None if known is None or probability is None else max(known, float(probability))


def place_of(row: Row) -> Place:
    """Return what tells the sentence of a row of the sentiment frame from all others: its article and its start."""
    return row["article_id"], int(row["start"])


def sign_of(row: Row) -> int:
    """Return the polarity of a row of the sentiment frame: -1, 0 or 1."""
    polarity = row["polarity"] or 0
    return int(polarity > 0) - int(polarity < 0)


def countable(sentiment: pd.DataFrame) -> list[Row]:
    """Return the rows of a sentiment frame with the columns that counting reads, and no others.

    Raises
    ------
    InputError
        If a column is missing.
    """
    require(sentiment, COUNTED, "sentiment")
    return rows(sentiment[[*COUNTED, *(name for name in MORE if name in sentiment.columns)]])


def errors_phrase(tallies: Iterable[Tally]) -> str:
    """Return how many of the judgements that are shown are likely wrong, in words; empty where nothing tells.

    The probabilities are calibrated on articles that people labelled; on words of another kind more may be wrong.
    """
    judging = [one for one in tallies if one.judged]
    wrong = [one.wrong for one in judging if one.wrong is not None]
    if not judging or len(wrong) < len(judging):
        return ""
    judgements = count_of(sum(one.judged for one in judging), "coloured judgement")
    return f"about {round(fsum(wrong)):,} of {judgements} likely wrong"


def holder_and_target(row: Row) -> Pair | None:
    """Return whose words of whom a row of the sentiment frame holds, None where it counts for nobody."""
    target = one_line(row["target"])
    return None if not target or row["polarity"] is None else (holder_of(row), target)


def grouped(found: Iterable[Row], key_of: Callable[[Row], Pair | None]) -> dict[Pair, list[Row]]:
    """Return rows by the key that each counts for, without those that count for none."""
    groups: defaultdict[Pair, list[Row]] = defaultdict(list)
    for row in found:
        key = key_of(row)
        if key is not None:
            groups[key].append(row)
    return dict(groups)


def ranked(groups: Mapping[Pair, Sequence[Row]], part: int) -> list[str]:
    """Return the names at one place of the keys, those with the most sentences that judge first."""
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for key, group in groups.items():
        found[key[part]] += group
    tallies = {name: tally(group) for name, group in found.items()}
    return sorted(tallies, key=lambda name: (-tallies[name].judged, -tallies[name].n, name))


class Matrix(NamedTuple):
    """Who judges whom: the names of rows and columns, and the rows of the sentiment frame in each cell."""

    holders: list[str]
    targets: list[str]
    cells: dict[Pair, list[Row]]
    caption: str


def matrix_of(found: Iterable[Row], top: int) -> Matrix:
    """Return the holders and targets with the most sentences that judge, ``top`` of each, and what they say.

    The caption counts all of them.
    """
    cells = grouped(found, holder_and_target)
    targets = ranked(cells, 1)[:top]
    # Holders who speak of other targets alone would be empty rows.
    within = {key: cell for key, cell in cells.items() if key[1] in targets}
    holders = ranked(within, 0)[:top]
    pairs = ((holder, target) for holder in holders for target in targets)
    shown = {pair: within[pair] for pair in pairs if pair in within}
    n_holders, n_targets = (len({key[part] for key in cells}) for part in (0, 1))
    caption = f"{_of(len(holders), n_holders, 'holder')}, {_of(len(targets), n_targets, 'target')}"
    return Matrix(holders, targets, shown, caption)


def _of(shown: int, total: int, noun: str) -> str:
    return count_of(total, noun) if shown == total else f"{shown} of {count_of(total, noun)}"
