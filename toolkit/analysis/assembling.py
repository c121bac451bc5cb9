"""From what each article says to the frames of a coverage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.analysis.across import (
    actors_across,
    by_day,
    names_across,
    playbill_of,
    renamings,
    told_across,
)
from toolkit.analysis.reading import Failure, Reading
from toolkit.coverage import Coverage
from toolkit.frames import DECLARED, of_negotiation, renamed, row_of
from toolkit.version import version

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd

    from toolkit.analysis.chain import Stages
    from toolkit.analysis.executing import Outcome
    from toolkit.articles import Report
    from toolkit.frames import FrameSpec
    from toolkit.records import Part

TOLD = ("negotiations", "rounds", "events", "positions")
"""Layers whose records are put together across articles."""
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
    bills = by_day(map(playbill_of, readings))
    renaming = renamings(bills, names_across(bills))
    frames = {
        name: renamed(frame, spec, {}, by_article=renaming)[0]
        for name, (spec, frame) in local_frames(readings, chain.specs()).items()
    }
    layers = {layer: [found for reading in readings for found in reading[layer]] for layer in TOLD}
    told = told_across(layers, renaming)
    frames = {name: of_negotiation(frame, told.by_article) for name, frame in frames.items()}
    articles = DECLARED["articles"].of(reading.article for reading in readings)
    frames |= {
        "articles": of_negotiation(articles, told.by_article),
        "actors": actors_frame(actors_across(bills, renaming)),
        **{name: DECLARED[name].of(getattr(told, name)) for name in TOLD},
        "left_out": DECLARED["left_out"].of([*reports, *failures]),
    }
    return coverage_of(frames, metadata_of(chain))


def local_frames(
    readings: Sequence[Reading], further: Mapping[str, FrameSpec]
) -> dict[str, tuple[FrameSpec, pd.DataFrame]]:
    """Return the frames whose rows each come from one article, with the names that actors have in it.

    Parameters
    ----------
    readings : sequence of Reading
    further : mapping of str to FrameSpec
        Frames beside the toolkit's own, by the layer that holds their records.
    """
    specs = {name: DECLARED[name] for name in OF_ONE_ARTICLE} | dict(further)
    return {
        spec.name: (spec, spec.of(record for reading in readings for record in reading[layer]))
        for layer, spec in specs.items()
    }


def coverage_of(frames: Mapping[str, pd.DataFrame], metadata: Mapping[str, str]) -> Coverage:
    """Return a coverage of frames, those that are not the toolkit's own as further ones."""
    # pandas, which those who only read articles do without.
    from toolkit.frames import in_context

    placed = in_context(frames)
    own = {name: frame for name, frame in placed.items() if name in DECLARED}
    return Coverage(**own, extra={name: frame for name, frame in placed.items() if name not in own}, metadata=metadata)


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
