"""Whether a bare weekday, month or date lies behind or ahead of the day of writing: signs of it, weighed.

A verb right beside the expression settles it ("met Thursday", "will meet on Thursday"), and so does a term ("by
Thursday"). Elsewhere the verb may be of something else, and signs are weighed: the verdict of the words around
(``_direction``) is one of several; how near the two days lie is another. The weights are those of a logistic
regression, learned by ``toolkit.model.train.directions``.
"""

from __future__ import annotations

import json
import math
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit import packaged
from toolkit.times._direction import AHEAD, DONE, LIKELY, OPEN, PAST, beside, cue, direction, is_term

if TYPE_CHECKING:
    from collections.abc import Mapping

    from toolkit.times._tokens import Tokens

WEIGHTS = Path(packaged.FOLDER, "model", "directions", "weights.json")
_NAMES = {DONE: "done", PAST: "past", OPEN: "open", LIKELY: "likely", AHEAD: "ahead"}
_WEEK = 7
SETTLED = {"settled behind": -100.0, "settled ahead": 100.0}
"""Signs that are not learned, since no other outweighs them."""
_TERMS = frozenset({"after by", "after until", "after till", "after of", "after before"})
# Words between a verb and the expression, from which on it no longer stands beside it, near it, or not far.
_REACHES = {"beside": 3, "near": 4, "by": 9}


@lru_cache(maxsize=1)  # The packaged weights: no word list stands behind them.
def packaged_weights() -> Mapping[str, float]:
    """Return what each sign weighs."""
    return dict(json.loads(packaged.read_text(WEIGHTS)))


def odds(signs: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return the log odds that a day lies ahead; signs without a weight tell nothing."""
    return math.fsum(strength * (weights.get(sign) or SETTLED.get(sign, 0)) for sign, strength in signs.items())


def signs_of(tokens: Tokens, first: int, last: int, *, behind: int, ahead: int) -> dict[str, float]:
    """Return what tells where the expression of tokens ``first`` to ``last`` lies.

    Parameters
    ----------
    tokens, first, last
        The text, the first token of the expression and the one after its last.
    behind, ahead
        Days to the latest such day behind and to the next one ahead; both above 0.

    Returns
    -------
    dict of str to float
        Names of the signs, such as ``"after by"`` or ``"verb before, past, near"``, with 1 for each but the nearness
        of the two days, which is the logarithm of ``ahead`` over ``behind``.
    """
    before, after = beside(tokens, first, last)
    kind = "weekday" if behind + ahead == _WEEK else "date"
    words = _NAMES[direction(tokens, first, last)]
    earlier = [cue(before, at) for at in range(len(before))]
    later = [cue(after, at) for at in range(len(after))]
    names = [
        kind,
        f"words, {words}",
        f"after {before[-1].casefold() if before else 'nothing'}",
        f"before {after[0].casefold() if after else 'nothing'}",
        f"verb before, {_nearest(earlier[::-1])}",
        f"verb behind, {_nearest(later)}",
        *(["future before"] if max(earlier, default=OPEN) > OPEN else []),
        *(["future behind"] if max(later, default=OPEN) > OPEN else []),
    ]
    signs = {**dict.fromkeys(names, 1.0), f"distance of a {kind}": math.log(ahead / behind)}
    return signs | dict.fromkeys(_settled(signs, term=is_term(before, after)), 1.0)


def _settled(signs: Mapping[str, float], *, term: bool) -> list[str]:
    """Return the sign that settles the matter, if one does."""
    if "words, done" in signs or {"weekday", "words, past", "verb before, past, beside"} <= signs.keys():
        return ["settled behind"]
    governed = {"verb before, ahead, beside", "verb before, likely, beside"} & signs.keys()
    if "words, ahead" in signs and (governed or (term and _TERMS & signs.keys())):
        return ["settled ahead"]
    return []


def _nearest(cues: list[int]) -> str:
    """Direction of the first verb of cues that begin beside the expression, and how near it stands."""
    at = next((at for at, found in enumerate(cues) if found), None)
    if at is None:
        return "none"
    return f"{_NAMES[cues[at]]}, {next((name for name, end in _REACHES.items() if at < end), 'far')}"
