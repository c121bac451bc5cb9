"""Reading one article through a chain of stages: what it says, or the stage at which it failed."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from toolkit.analysis.chain import GIVEN, RECORDS
from toolkit.errors import AnalysisError, PipelineError, ToolkitError, WordsError
from toolkit.frames import DECLARED, check_rows, row_of, spans_of_row
from toolkit.lexicon.lexicon import current, using
from toolkit.terminal import printable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from toolkit.analysis.chain import Stage, Stages
    from toolkit.articles import Article
    from toolkit.frames import FrameSpec

DOC: Final = "doc"
"""The layer of spaCy's, which is let go when the article is read."""
_LONGEST_REASON: Final = 300
_SHOWN: Final = "analyze(..., errors='raise') on this article alone shows where"
_REPORT: Final = "; please report it"
_PACKAGE: Final = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Reading:
    """What one article says: the layers that become frames, by name, in plain records."""

    article: Article
    layers: Mapping[str, Any]

    @classmethod
    def of(cls, article: Article, layers: Mapping[str, Any], chain: Stages) -> Reading:
        """Return a reading without the layers that stages of the chain hand to each other alone."""
        return cls(article, {name: layers[name] for name in chain.records()})

    def __getitem__(self, layer: str) -> Any:
        """Return a layer; one that no stage gave is empty."""
        return self.layers.get(layer, ())


@dataclass(frozen=True, slots=True)
class Failure:
    """An article that could not be analysed: the stage at which it failed, why, and what can be done."""

    article: Article
    stage: str
    reason: str
    remedy: str

    @property
    def source(self) -> str:
        """What the article's reader would look it up by."""
        return self.article.source


def layers_of(article: Article, chain: Stages) -> dict[str, Any]:
    """Return all layers of an article, the Doc too; whatever a stage raises is handed on."""
    return _run(chain, {GIVEN: article}, [])


def read_article(article: Article, chain: Stages) -> Reading | Failure:
    """Return what an article says, or the stage at which it failed.

    Raises
    ------
    PipelineError
        Where weights or a pipeline are missing or damaged: no article could be read.
    WordsError
        Where word lists do not fit each other: likewise.
    """
    reached: list[Stage] = []
    try:
        layers = _run(chain, {GIVEN: article}, reached)
    except (PipelineError, WordsError, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    # Whatever one article brings about must not stop the others; a panic of a library in Rust is no Exception.
    except BaseException as fault:  # noqa: BLE001 - as just said
        step = reached[-1]
        return Failure(article, step.name, _reason(fault, step), _SHOWN + (_REPORT if step.is_own else ""))
    return Reading.of(article, layers, chain)


def _run(chain: Stages, layers: dict[str, Any], reached: list[Stage]) -> dict[str, Any]:
    with using(chain.words or current()):
        for step in chain:
            reached.append(step)
            made = _given(step, step(*(layers[need] for need in step.needs)))
            layers |= made if step.is_own else _checked(step, made, layers[GIVEN])
    return layers


def _given(step: Stage, given: Any) -> dict[str, Any]:
    """Return the layers that a stage gave, by name.

    Raises
    ------
    AnalysisError
        If it gave another number of them.
    """
    if len(step.gives) == 1:
        return {step.gives[0]: given}
    if not isinstance(given, tuple | list) or len(given) != len(step.gives):
        found = f"{len(given)} layers" if isinstance(given, tuple | list) else type(given).__name__
        raise AnalysisError(f"it is to give {', '.join(step.gives)}, {len(step.gives)} layers in a tuple; gave {found}")
    return dict(zip(step.gives, given, strict=True))


def _checked(step: Stage, made: dict[str, Any], article: Article) -> dict[str, Any]:
    """Return the layers of a stage that is not the toolkit's, its records such that they will make a frame.

    Raises
    ------
    AnalysisError
        If they would not: it is told here, where it costs one article, rather than when all have been read.
    """
    checked = dict(made)
    for layer, given in made.items():
        spec = step.frame or (DECLARED[layer] if layer in RECORDS else None)
        if spec is not None:
            checked[layer] = _records(layer, given, RECORDS.get(layer, spec.record))
            if layer not in _ACROSS:
                _try_frame(spec, checked[layer], article)
    return checked


_ACROSS: Final = ("actors", "rounds", "events", "negotiations")
"""Layers whose frames have other rows than their records: those of all articles together."""


def _records(layer: str, given: Any, kind: type | None) -> tuple[Any, ...]:
    """Return the records of a layer, which may be given by any iterable, such as a generator."""
    wanted = kind.__name__ if kind else "record"
    try:
        records = tuple(given)
    except TypeError:
        if hasattr(given, "__iter__"):
            raise
        raise AnalysisError(
            f"{layer} is {type(given).__name__}; return a list of {wanted}, an empty one where there is nothing"
        ) from None
    if wrong := next((one for one in records if kind and not isinstance(one, kind)), None):
        raise AnalysisError(f"{layer} holds {type(wrong).__name__}; return a list of {wanted}")
    return records


def _try_frame(spec: FrameSpec, records: tuple[Any, ...], article: Article) -> None:
    if not records:
        return
    found = [dict(row_of(spec, record)) for record in records]
    check_rows(found, spec)
    for row in found:
        if row["article_id"] != article.article_id:
            raise AnalysisError(f"{spec.name} tells of article {row['article_id']!r}; it is to tell of the one given")
        for start, end in spans_of_row(row, spec):
            if not 0 <= start <= end <= len(article.text):
                raise AnalysisError(
                    f"{spec.name} has a span {start}–{end}; the text has {len(article.text)} characters"
                )


def _reason(fault: BaseException, step: Stage) -> str:
    """Return a fault in one line, with the place that it comes from: in the stage's own file, or in the toolkit."""
    try:
        told = printable(" ".join(str(fault).split())[:_LONGEST_REASON])
    except Exception:  # noqa: BLE001 - a fault of one's own that cannot even be told
        told = "it says nothing that can be read"
    if isinstance(fault, ToolkitError):
        return told
    frames = traceback.extract_tb(fault.__traceback__)
    code = getattr(step.run, "__code__", None)
    # Another process knows the code of a notebook by another file's name.
    theirs = [frame for frame in frames if code is not None and frame.filename == code.co_filename]
    if theirs and not step.is_own:
        return f"{type(fault).__name__}: {told} (line {theirs[-1].lineno}, in {theirs[-1].name})"
    own = [frame for frame in frames if Path(frame.filename).is_relative_to(_PACKAGE)]
    place = (own or frames)[-1]
    path = Path(place.filename)
    where = path.relative_to(_PACKAGE).as_posix() if own else path.name
    return f"{type(fault).__name__}: {told} ({where}:{place.lineno})"
