"""From what each article says to the frames of a coverage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit import tables
from toolkit.analysis.across import actors_across, names_across, playbill_of, renamings, rounds_across
from toolkit.analysis.naming import under_final_names
from toolkit.analysis.reading import Failure, Reading
from toolkit.coverage import Coverage
from toolkit.version import version

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

    from toolkit.analysis.executing import Outcome
    from toolkit.analysis.stages import Stages
    from toolkit.articles import Report


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
    frames = {name: under_final_names(frame, renaming) for name, frame in local_frames(readings).items()}
    rounds = rounds_across((found for reading in readings for found in reading["rounds"]), renaming)
    frames |= {
        "articles": tables.articles_frame(reading.article for reading in readings),
        "actors": tables.actors_frame(actors_across(bills, renaming)),
        "rounds": tables.rounds_frame(rounds),
        "left_out": tables.left_out_frame([*reports, *failures]),
    }
    return Coverage(**tables.in_context(frames), metadata=metadata_of(chain))


def local_frames(readings: Sequence[Reading]) -> dict[str, pd.DataFrame]:
    """Return the frames whose rows each come from one article, with the names that actors have in it."""
    return {
        name: build(record for reading in readings for record in reading[name])
        for name, build in (
            ("mentions", tables.mentions_frame),
            ("quotations", tables.quotations_frame),
            ("sentiment", tables.sentiment_frame),
            ("times", tables.times_frame),
        )
    }


def metadata_of(chain: Stages) -> dict[str, str]:
    """Return what the coverage was made by: the toolkit's version, and what the stages say of themselves."""
    return {"toolkit": version(), **chain.about()}
