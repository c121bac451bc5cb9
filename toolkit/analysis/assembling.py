"""From what each article says to the frames of a coverage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.analysis.across import actors_across, names_across, playbill_of, renamings, rounds_across
from toolkit.analysis.naming import under_final_names
from toolkit.analysis.reading import Failure, Reading
from toolkit.coverage import Coverage
from toolkit.frames import DECLARED, in_context
from toolkit.frames._building import row_of
from toolkit.version import version

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

    from toolkit.analysis.executing import Outcome
    from toolkit.analysis.stages import Stages
    from toolkit.articles import Report
    from toolkit.records import Part

OF_ONE_ARTICLE = ("mentions", "quotations", "sentiment", "times")
"""The toolkit's own frames whose rows each come from one article."""


def assembled(outcomes: Sequence[Outcome], chain: Stages, reports: Iterable[Report]) -> Coverage:
    """Return the coverage of articles that were read, in their order.

    Parameters
    ----------
    outcomes : sequence of Reading or Failure
    chain : Stages
        What they were read by.
    reports : iterable of Report
        What was left out before, or is to be known of an article.
    """
    readings = [outcome for outcome in outcomes if isinstance(outcome, Reading)]
    failures = [outcome for outcome in outcomes if isinstance(outcome, Failure)]
    bills = [playbill_of(reading) for reading in readings]
    renaming = renamings(bills, names_across(bills))
    frames = {
        name: under_final_names(frame, DECLARED[name], renaming) for name, frame in local_frames(readings).items()
    }
    rounds = rounds_across((found for reading in readings for found in reading["rounds"]), renaming)
    frames |= {
        "articles": DECLARED["articles"].of(reading.article for reading in readings),
        "actors": actors_frame(actors_across(bills, renaming)),
        "rounds": DECLARED["rounds"].of(rounds),
        "left_out": DECLARED["left_out"].of([*reports, *failures]),
    }
    return Coverage(**in_context(frames), metadata=metadata_of(chain))


def local_frames(readings: Sequence[Reading]) -> dict[str, pd.DataFrame]:
    """Return the frames whose rows each come from one article, with the names that actors have in it."""
    return {
        name: DECLARED[name].of(record for reading in readings for record in reading[name]) for name in OF_ONE_ARTICLE
    }


def actors_frame(parts: Iterable[Part]) -> pd.DataFrame:
    """Return the actors with their parts in all articles, the most mentioned first."""
    spec = DECLARED["actors"]
    ordered = sorted(parts, key=lambda part: (-part.n_mentions, part.actor.name))
    return spec.frame(
        {**row_of(spec, part.actor), "n_mentions": part.n_mentions, "n_quotations": part.n_quotations}
        for part in ordered
    )


def metadata_of(chain: Stages) -> dict[str, str]:
    """Return what the coverage was made by: the toolkit's version, and what the stages say of themselves."""
    return {"toolkit": version(), **chain.about()}
