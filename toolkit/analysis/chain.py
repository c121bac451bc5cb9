"""The stages of reading one article: each says what it needs and gives, and the chain of them is checked when built.

A layer is what one stage hands to the next: ``article`` is given, ``doc`` is spaCy's and is let go when the article is
read, all others are plain records. A chain is a value: users copy, extend or replace its stages.
"""

from __future__ import annotations

import inspect
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, overload

from toolkit.analysis.sources import digest_of
from toolkit.errors import InputError
from toolkit.frames import Role
from toolkit.lexicon.lexicon import current
from toolkit.records import (
    Actor,
    Event,
    Mention,
    Negotiation,
    Opinion,
    Position,
    Quotation,
    Round,
    TimeExpression,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from toolkit.frames import FrameSpec
    from toolkit.lexicon.lexicon import Lexicon

GIVEN: Final = "article"
"""The layer that every chain begins with."""
PROCESS: Final = "process"
"""The stage of an article with which the process that read it ended; no other stage may be called so."""
OWN: Final = "own"
"""The version of the toolkit's own stages, which its version stands for."""
RECORDS: Final[Mapping[str, type]] = {
    "actors": Actor,
    "mentions": Mention,
    "quotations": Quotation,
    "sentiment": Opinion,
    "times": TimeExpression,
    "rounds": Round,
    "events": Event,
    "negotiations": Negotiation,
    "positions": Position,
}
"""The layers that the toolkit's own frames are made of, with the records in them."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of reading an article.

    Parameters
    ----------
    name : str
        Of the step, unique in its chain; it is named where the step fails.
    run : callable
        Takes the layers it needs, in order, and returns the layer it gives; of several, a tuple of them.
    needs : tuple of str
        Layers that stages before it give.
    gives : tuple of str
        Layers that it gives. One that it also needs is changed: the stages behind see what it made of it.
    frame : FrameSpec, optional
        How the records of its one layer become a frame of the coverage; not needed for the toolkit's own frames.
    about : callable, optional
        Returns what the metadata say of it, such as the digest of its weights.
    version : str, optional
        What changes when its results do; by default a digest of the function's code and of what it names.
    """

    name: str
    run: Callable[..., Any]
    needs: tuple[str, ...]
    gives: tuple[str, ...]
    frame: FrameSpec | None = None
    about: Callable[[], Mapping[str, str]] | None = field(default=None, compare=False)
    version: str = ""

    def __call__(self, *layers: object) -> Any:
        """Run the step, as the plain function that it was."""
        return self.run(*layers)

    @property
    def told_by(self) -> str:
        """What is other when its results may be: its version, or a digest of its code as it is now."""
        return self.version or digest_of(self.run)

    @property
    def is_own(self) -> bool:
        """Whether it is one of the toolkit's own."""
        return self.version == OWN

    def __str__(self) -> str:
        """Return the step as a line: "times (article, sentences, quoted) -> times"."""
        return f"{self.name} ({', '.join(self.needs)}) -> {', '.join(self.gives)}"


@overload
def stage(function: Callable[..., Any], /) -> Stage: ...


@overload
def stage(
    *, gives: str | Iterable[str] = (), name: str = "", frame: FrameSpec | None = None, version: str = ""
) -> Callable[[Callable[..., Any]], Stage]: ...


def stage(
    function: Callable[..., Any] | None = None,
    /,
    *,
    gives: str | Iterable[str] = (),
    name: str = "",
    frame: FrameSpec | None = None,
    version: str = "",
) -> Stage | Callable[[Callable[..., Any]], Stage]:
    """Make a function a stage: its parameters name the layers it needs.

    Parameters
    ----------
    gives : str or iterable of str
        The layer that it returns, or several; by default one of the stage's own name.
    name : str
        By default the layer it gives, or else the function's name.
    frame : FrameSpec, optional
        From :func:`toolkit.frame`: how its records become a frame of the coverage.
    version : str
        To be raised when its results change for a reason that the function's own code does not show, such as other
        weights behind a path; by default a digest of the code, and of the plain values and functions it names.

    Examples
    --------
    >>> @stage(gives="sentiment")
    ... def nobody_judges(article, mentions):
    ...     return []
    >>> print(nobody_judges)
    sentiment (article, mentions) -> sentiment
    """

    def made(run: Callable[..., Any]) -> Stage:
        given = (gives,) if isinstance(gives, str) else tuple(gives)
        own = name or (given[0] if len(given) == 1 else getattr(run, "__name__", type(run).__name__))
        return Stage(own, run, _parameters(run), given or (own,), frame, version=version)

    return made if function is None else made(function)


def _parameters(run: Callable[..., Any]) -> tuple[str, ...]:
    parameters = inspect.signature(run).parameters.values()
    free = [one.name for one in parameters if one.kind in {one.VAR_POSITIONAL, one.VAR_KEYWORD, one.KEYWORD_ONLY}]
    if free:
        raise InputError(
            f"the stage {run!r} takes {', '.join(free)}; each of its parameters must be the name of a layer it needs"
        )
    return tuple(one.name for one in parameters if one.default is one.empty)


@dataclass(frozen=True, slots=True, repr=False)
class Stages:
    """A chain of stages, in the order in which they run.

    Parameters
    ----------
    steps : tuple of Stage
    words : Lexicon, optional
        The word lists by which they read; those in force by default.

    Raises
    ------
    InputError
        Where a stage needs what none before it gives, two bear one name, one gives again what another gave, or a frame
        cannot be kept beside the others.
    """

    steps: tuple[Stage, ...]
    words: Lexicon | None = None

    def __post_init__(self) -> None:
        known = {GIVEN: "what is given"}
        for place, step in enumerate(self.steps):
            if step.name == PROCESS:
                raise InputError(f"no stage can be called {PROCESS!r}, which tells of a process that ended; rename it")
            if step.name in self.names[:place]:
                raise InputError(f"two stages are called {step.name!r}; replace one by the other, or rename it")
            missing = [layer for layer in step.needs if layer not in known]
            if missing:
                raise InputError(self._lack(step, place, missing))
            twice = [layer for layer in step.gives if layer in known and layer not in step.needs]
            if twice:
                raise InputError(
                    f"the stage {step.name!r} gives {', '.join(twice)}, which {known[twice[0]]!r} has given before; "
                    "replace that stage, or take the layer as a parameter to change it"
                )
            if step.frame is not None:
                self._check_frame(step, step.frame, place)
            known |= dict.fromkeys(step.gives, step.name)

    def _check_frame(self, step: Stage, frame: FrameSpec, place: int) -> None:
        if len(step.gives) != 1 or step.gives[0] in RECORDS:
            raise InputError(f"the stage {step.name!r} has a frame and must give one layer of its own, its records")
        if frame.the(Role.ARTICLE) != "article_id" or "article_id" not in frame.key:
            raise InputError(
                f"the frame {frame.name!r} of the stage {step.name!r} does not tell its rows by article; "
                "have an article_id in the record, and in the key of the frame"
            )
        if any(other.frame and other.frame.name == frame.name for other in self.steps[:place]):
            raise InputError(f"two stages have a frame {frame.name!r}; give one of them another name")

    def _lack(self, step: Stage, place: int, missing: list[str]) -> str:
        later = next((other.name for other in self.steps[place:] if missing[0] in other.gives), None)
        if later and later != step.name:
            remedy = f"the stage {later!r} gives it later: put this one behind it"
        else:
            known = dict.fromkeys([GIVEN, *(layer for other in self.steps[:place] for layer in other.gives)])
            remedy = f"known here are {', '.join(known)}"
        return f"the stage {step.name!r} needs {', '.join(missing)}, which no stage before it gives; {remedy}"

    @property
    def names(self) -> tuple[str, ...]:
        """The stages' names, in order."""
        return tuple(step.name for step in self.steps)

    @property
    def layers(self) -> tuple[str, ...]:
        """All layers that the chain gives, in the order in which they first are given."""
        return tuple(dict.fromkeys(layer for step in self.steps for layer in step.gives))

    def __iter__(self) -> Iterator[Stage]:
        return iter(self.steps)

    def __len__(self) -> int:
        return len(self.steps)

    def __getitem__(self, name: str) -> Stage:
        """Return the stage of a name.

        Raises
        ------
        InputError
            Where no stage is called so.
        """
        return self.steps[self._place(name)]

    def replaced(self, name: str, by: Stage | Callable[..., Any]) -> Stages:
        """Return a chain in which another stage takes the place, the name and, where it has none, the frame of one.

        A function gives what is new from the stage that it replaces; where that one only changed layers, all of them.
        """
        place = self._place(name)
        former = self.steps[place]
        new = tuple(layer for layer in former.gives if layer not in former.needs)
        step = by if isinstance(by, Stage) else stage(gives=new or former.gives)(by)
        frame = step.frame or (former.frame if step.gives == former.gives else None)
        return self._with(*self.steps[:place], replace(step, name=name, frame=frame), *self.steps[place + 1 :])

    def added(self, *steps: Stage | Callable[..., Any], before: str | None = None) -> Stages:
        """Return a chain with further stages, at its end or before a stage."""
        place = len(self.steps) if before is None else self._place(before)
        new = (step if isinstance(step, Stage) else stage(step) for step in steps)
        return self._with(*self.steps[:place], *new, *self.steps[place:])

    def without(self, *names: str) -> Stages:
        """Return a chain without some stages; frames that nothing fills then stay empty."""
        places = {self._place(name) for name in names}
        return self._with(*(step for place, step in enumerate(self.steps) if place not in places))

    def reading_by(self, words: Lexicon) -> Stages:
        """Return a chain that reads by other word lists, such as those of :func:`toolkit.words`."""
        return replace(self, words=words)

    def _with(self, *steps: Stage) -> Stages:
        return replace(self, steps=steps)

    def specs(self) -> dict[str, FrameSpec]:
        """Return the frames beside the toolkit's own, by the layer that holds their records."""
        return {step.gives[0]: step.frame for step in self.steps if step.frame is not None}

    def records(self) -> dict[str, type | None]:
        """Return the layers that become frames, with the class of their records."""
        given = {layer: kind for layer, kind in RECORDS.items() if layer in self.layers}
        return given | {layer: spec.record for layer, spec in self.specs().items()}

    def about(self) -> dict[str, str]:
        """Return what the metadata say of the stages: versions and digests, and which stages are not the toolkit's."""
        told: dict[str, str] = {}
        for step in self.steps:
            told |= step.about() if step.about else {f"stage {step.name}": f"{_name(step.run)} {step.told_by}"}
        return told | {"words": (self.words or current()).digest}

    def _place(self, name: str) -> int:
        if name not in self.names:
            raise InputError(f"there is no stage {name!r}; there are {', '.join(self.names)}")
        return self.names.index(name)

    def __repr__(self) -> str:
        """Return the stages, a line each."""
        return "\n".join(["Stages", *(f"  {step}" for step in self.steps)])


def _name(run: Callable[..., Any]) -> str:
    return f"{getattr(run, '__module__', '?')}.{getattr(run, '__qualname__', type(run).__qualname__)}"
