"""Explore news coverage of negotiations: who said what, sentiment per actor, timelines of the rounds.

>>> import toolkit as tk
>>> articles = tk.read("seeds/")
>>> coverage = tk.analyze(articles)
>>> coverage.quotations.speaker.value_counts().index[0]
'Volodymyr Zelenskyy'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from toolkit import plots, sentiment, views, widgets
    from toolkit.analysis import analyze, annotate
    from toolkit.articles import Article, read
    from toolkit.corrections import as_code, correct, read_corrections, write_corrections
    from toolkit.coverage import Coverage
    from toolkit.errors import InputError, NotebookError, PipelineError, ToolkitError, ToolkitWarning
    from toolkit.lexicon.reading import words
    from toolkit.linked import explore
    from toolkit.pipeline import load
    from toolkit.sharing import share

__all__ = [
    # From files to findings.
    "Article",
    "Coverage",
    # What can go wrong.
    "InputError",
    "NotebookError",
    "PipelineError",
    "ToolkitError",
    "ToolkitWarning",
    "analyze",
    "annotate",
    # Hand corrections, applied again on each run.
    "as_code",
    "correct",
    # One linked view, and the same as a page to pass on.
    "explore",
    "load",
    # Looking at them.
    "plots",
    "read",
    "read_corrections",
    # Judging sentences of one's own.
    "sentiment",
    "share",
    "views",
    "widgets",
    # Reading by other word lists.
    "words",
    "write_corrections",
]

_HOMES = {
    "Article": "articles",
    "read": "articles",
    "as_code": "corrections",
    "correct": "corrections",
    "read_corrections": "corrections",
    "write_corrections": "corrections",
    "Coverage": "coverage",
    "analyze": "analysis",
    "annotate": "analysis",
    "explore": "linked",
    "share": "sharing",
    "load": "pipeline",
    "words": "lexicon.reading",
    "InputError": "errors",
    "NotebookError": "errors",
    "PipelineError": "errors",
    "ToolkitError": "errors",
    "ToolkitWarning": "errors",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for, so that ``import toolkit`` is quick."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = import_module(f"{__name__}.{_HOMES.get(name, name)}")
    value = getattr(module, name) if name in _HOMES else module
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
