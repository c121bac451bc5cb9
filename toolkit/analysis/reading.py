"""Reading one article through a chain of stages: what it says, or the stage at which it failed."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from toolkit.analysis.chain import GIVEN
from toolkit.errors import PipelineError, ToolkitError
from toolkit.lexicon.lexicon import current, using

if TYPE_CHECKING:
    from collections.abc import Mapping

    from toolkit.analysis.chain import Stages
    from toolkit.articles import Article

DOC: Final = "doc"
"""The one layer that is no record: it is let go when the article is read."""
PROCESS: Final = "process"
"""The stage of an article with which the process that read it ended."""
_LONGEST_REASON: Final = 300
_PACKAGE: Final = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Reading:
    """What one article says: its layers by name, in plain records."""

    article: Article
    layers: Mapping[str, Any]

    @classmethod
    def of(cls, article: Article, layers: Mapping[str, Any]) -> Reading:
        """Return a reading of the layers that are records."""
        return cls(article, {name: layer for name, layer in layers.items() if name not in {GIVEN, DOC}})

    def __getitem__(self, layer: str) -> Any:
        """Return a layer; one that no stage gave is empty."""
        return self.layers.get(layer, ())


@dataclass(frozen=True, slots=True)
class Failure:
    """An article that could not be analysed: the stage at which it failed, why, and what can be done."""

    article: Article
    stage: str
    reason: str
    remedy: str = "analyze(..., errors='raise') on this article alone shows where; please report it"

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
    """
    reached: list[str] = []
    try:
        layers = _run(chain, {GIVEN: article}, reached)
    except PipelineError:
        raise
    except Exception as fault:  # noqa: BLE001 - whatever one article brings about must not stop the others
        return Failure(article, reached[-1], _reason(fault))
    return Reading.of(article, layers)


def _run(chain: Stages, layers: dict[str, Any], reached: list[str]) -> dict[str, Any]:
    with using(chain.words or current()):
        for step in chain:
            reached.append(step.name)
            given = step(*(layers[need] for need in step.needs))
            layers |= dict(zip(step.gives, (given,) if len(step.gives) == 1 else given, strict=True))
    return layers


def _reason(fault: Exception) -> str:
    """Return a fault in one line, with the place in the toolkit that it comes from."""
    told = " ".join(str(fault).split())[:_LONGEST_REASON]
    if isinstance(fault, ToolkitError):
        return told
    places = [Path(frame.filename) for frame in traceback.extract_tb(fault.__traceback__)]
    lines = [frame.lineno for frame in traceback.extract_tb(fault.__traceback__)]
    own = [(path, line) for path, line in zip(places, lines, strict=True) if path.is_relative_to(_PACKAGE)]
    path, line = own[-1] if own else (places[-1], lines[-1])
    where = path.relative_to(_PACKAGE) if own else path.name
    return f"{type(fault).__name__}: {told} ({where}:{line})"
