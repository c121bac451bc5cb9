"""The result of an analysis: the frames, bundled, with what was left out and what made them."""

from __future__ import annotations

import html
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from toolkit.display import noun_of
from toolkit.errors import InputError
from toolkit.frames import COVERAGE, DECLARED, FrameSpec, spec_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import pandas as pd


@dataclass(frozen=True, slots=True, repr=False)
class Coverage:
    """All that was found in a set of articles.

    Attributes
    ----------
    articles, actors, mentions, quotations, sentiment, times, rounds, events, negotiations, positions : pandas.DataFrame
        Their columns are described in :data:`toolkit.frames.DECLARED`.
    left_out : pandas.DataFrame
        Sources that could not be read or analysed, and what was wrong in those that were.
    checked : pandas.DataFrame
        What became of each line of the corrections that were applied; empty where there were none.
    metadata : mapping of str to str
        Versions of the toolkit and of the language pipeline, the SHA-256 of the sentiment weights, and how many
        corrections were applied, if any.
    extra : mapping of str to pandas.DataFrame
        Further frames by name, each made by its declaration (:func:`toolkit.frame`).

    Raises
    ------
    InputError
        If a further frame has the name of another, or was not made by its declaration.
    """

    articles: pd.DataFrame
    actors: pd.DataFrame
    mentions: pd.DataFrame
    quotations: pd.DataFrame
    sentiment: pd.DataFrame
    times: pd.DataFrame
    rounds: pd.DataFrame
    left_out: pd.DataFrame
    events: pd.DataFrame = field(default_factory=lambda: DECLARED["events"].frame([]))
    negotiations: pd.DataFrame = field(default_factory=lambda: DECLARED["negotiations"].frame([]))
    positions: pd.DataFrame = field(default_factory=lambda: DECLARED["positions"].frame([]))
    checked: pd.DataFrame = field(default_factory=lambda: DECLARED["checked"].frame([]))
    metadata: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, pd.DataFrame] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, frame in self.extra.items():
            spec = spec_of(frame)
            if name in DECLARED or spec is None or spec.name != name:
                raise InputError(
                    f"the further frame {name!r} was not made by a declaration of that name; declare it with "
                    "toolkit.frame(...) and make it with its .of(records) or .frame(rows)"
                )

    def frames(self) -> dict[str, pd.DataFrame]:
        """Return all frames by name, the further ones last."""
        return {spec.name: getattr(self, spec.name) for spec in COVERAGE} | dict(self.extra)

    def specs(self) -> dict[str, FrameSpec]:
        """Return what each frame is declared to be, by name, in the order of the frames."""
        found = {spec.name: spec for spec in COVERAGE}
        return found | {name: spec for name, frame in self.extra.items() if (spec := spec_of(frame))}

    def with_frames(self, frames: Mapping[str, pd.DataFrame], metadata: Mapping[str, str] | None = None) -> Coverage:
        """Return a coverage with other frames in place of those of the same names, further ones among them."""
        own = {spec.name: frames[spec.name] for spec in COVERAGE if spec.name in frames}
        extra = {name: frame for name, frame in frames.items() if name not in own}
        kept = self.metadata if metadata is None else metadata
        return replace(self, **own, extra={**self.extra, **extra}, metadata=kept)

    def sure(self) -> Coverage:
        """Return a coverage with the statements alone that are sure: nine in ten of them are right.

        Views and charts show no others unless they are asked to. Actors are counted anew; opinions stay, for each has
        a probability of its own.

        Returns
        -------
        Coverage
            Its quotations have a score of at least :data:`toolkit.statements.SURE`, or were checked by a person.
        """
        from toolkit.frames import counted
        from toolkit.statements import sure_rows

        quotations = sure_rows(self.quotations)
        return self.with_frames({"quotations": quotations, "actors": counted(self.actors, quotations=quotations)})

    def save(self, folder: str | Path) -> Path:
        """Write all frames to a folder, as Parquet, from which :func:`toolkit.open` reads them with their types.

        Parameters
        ----------
        folder : str or Path
            A new or empty folder, or one that a coverage was saved to before, which is replaced in one step.

        Raises
        ------
        InputError
            If the folder holds something else, cannot be written, or a frame has a column that is not declared.
        FileError
            If the disk is full; what was saved before is then still there.
        """
        from toolkit.store import save

        return save(self, folder)

    def export(self, path: str | Path, *, format: str | None = None) -> Path:  # noqa: A002 - what users call it
        """Write what was found for another program, in the format that the name of the file asks for.

        Parameters
        ----------
        path : str or Path
            A folder for tables, or a file: ``.xlsx``, ``.graphml``, ``.positions.graphml``,
            ``.plover.csv``, ``.labelstudio.json``, ``.dna``, ``.qdpx``,
            ``.jsonld``, ``.ris``, ``.ics`` or ``.timeline.json``; what was there is replaced.
        format : str, optional
            The name of a format of :data:`toolkit.export.FORMATS`, whatever the path ends in.

        Returns
        -------
        Path
            What was written.

        Raises
        ------
        InputError
            If no format has the ending, or a text holds what the file cannot.
        FileError
            If it could not be written; what was there is whole.

        Warns
        -----
        ToolkitWarning
            Of rounds that the format cannot hold.
        """
        from pathlib import Path

        from toolkit.export import export

        export(self, path, format)
        return Path(path)

    def __getitem__(self, name: str) -> pd.DataFrame:
        """Return a frame by name."""
        frames = self.frames()
        if name not in frames:
            raise InputError(f"no frame {name!r}; this coverage has {', '.join(frames)}")
        return frames[name]

    def __repr__(self) -> str:
        """Say how much of each kind was found, and what to look at next."""
        counts = [f"{len(frame):,} {noun}" for _, noun, frame in self._counted()]
        return f"Coverage: {', '.join(counts) or 'no articles'}. Frames: .quotations, .sentiment, .rounds …"

    def _repr_html_(self) -> str:
        items = "".join(
            f"<li><b>{len(frame):,}</b> {html.escape(noun)} <code>{html.escape(self._how(name))}</code></li>"
            for name, noun, frame in self._counted()
        )
        return f"<p><b>Coverage</b></p><ul>{items}</ul>"

    def _counted(self) -> Iterator[tuple[str, str, pd.DataFrame]]:
        """Yield the frames that hold anything, with the noun for as many rows."""
        frames = self.frames()
        for name, spec in self.specs().items():
            if len(frames[name]):
                yield name, noun_of(len(frames[name]), spec.noun), frames[name]

    def _how(self, name: str) -> str:
        """Return what is put behind a coverage to have a frame of it."""
        return f'["{name}"]' if name in self.extra else f".{name}"
